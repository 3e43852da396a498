"""The sixty invented families: what is recorded, what is missing, and how little changes."""

from statistics import mean

import pytest

from tests.sample.conftest import TRANSCRIPTS

Cohort = dict[str, dict[str, str]]
SCALES = {"attachment": (15, 75), "confidence": (0, 40)}
YES_NO = (
    "learning_difficulty",
    "mental_ill_health",
    "domestic_abuse",
    "substance_misuse",
    "isolation",
    "care_experience",
    "previous_removal",
)
ALLOWED = {
    "referred": {"before birth", "after birth"},
    "first_time_parent": {"yes", "no"},
    "ethnicity": {"White British", "White other", "Asian", "Black", "Mixed", "Other or not stated"},
    "level_of_need": {"targeted", "complex", "acute"},
    "ward_group": {"Tannery and Weir", "Hilltop", "Quayside", "Eastern Villages"},
    "key_worker": {f"KW{n}" for n in range(1, 7)},
    "exit": {"planned", "still open", "disengaged", "stepped up", "moved away"},
    **{column: {"yes", "no", ""} for column in YES_NO},
}
SCORES = [f"{scale}_{when}" for scale in SCALES for when in ("before", "after")]


def changes(cohort: Cohort, scale: str) -> list[int]:
    """Return after less before for the families that have both."""
    scores = [(row[f"{scale}_before"], row[f"{scale}_after"]) for row in cohort.values()]
    return [int(after) - int(before) for before, after in scores if before and after]


def share_missing(cohort: Cohort, column: str, exits: set[str]) -> float:
    """Return the share of families with one of these exits that lack a score."""
    rows = [row for row in cohort.values() if row["exit"] in exits]
    return sum(not row[column] for row in rows) / len(rows)


def readme() -> str:
    return " ".join((TRANSCRIPTS / "README.md").read_text(encoding="utf-8").split())


def test_there_are_sixty_families(cohort: Cohort) -> None:
    assert list(cohort) == [f"F{n:02}" for n in range(1, 61)]


def test_columns_hold_what_they_may_hold_and_the_readme_names_each(cohort: Cohort) -> None:
    text = readme()
    for row in cohort.values():
        assert list(row) == ["case", *YES_NO, *(c for c in ALLOWED if c not in YES_NO), *SCORES]
        for column, values in ALLOWED.items():
            assert row[column] in values, (row["case"], column)
    for column in ("case", *ALLOWED, *SCORES):
        assert f"`{column}`" in text
    for values in (ALLOWED[c] for c in ("referred", "ethnicity", "level_of_need", "ward_group", "exit")):
        assert [value for value in values if value not in text] == []


@pytest.mark.parametrize("scale", SCALES)
def test_scores_lie_within_the_range_of_their_scale(cohort: Cohort, scale: str) -> None:
    lowest, highest = SCALES[scale]
    for when in ("before", "after"):
        given = [int(row[f"{scale}_{when}"]) for row in cohort.values() if row[f"{scale}_{when}"]]
        assert len(given) >= 30
        assert lowest <= min(given) < max(given) <= highest
    assert f"{lowest} to {highest}" in readme()


@pytest.mark.parametrize("scale", SCALES)
def test_second_scores_are_missing_most_among_those_who_left_or_are_still_there(cohort: Cohort, scale: str) -> None:
    after = f"{scale}_after"
    planned = share_missing(cohort, after, {"planned"})
    disengaged = share_missing(cohort, after, {"disengaged"})
    assert 0 < planned < 0.2 < 0.5 < disengaged
    assert planned < share_missing(cohort, after, {"still open"})
    assert disengaged > share_missing(cohort, after, set(ALLOWED["exit"]) - {"disengaged", "still open", "moved away"})


@pytest.mark.parametrize(("scale", "usual", "figure"), [("attachment", 3.9, "+3.9"), ("confidence", 3.3, "+3.3")])
def test_change_is_modest_and_some_families_fall_back(cohort: Cohort, scale: str, usual: float, figure: str) -> None:
    theirs = changes(cohort, scale)
    assert mean(theirs) == pytest.approx(usual, abs=0.05)
    assert 0.15 < sum(change <= 0 for change in theirs) / len(theirs) < 0.45
    assert f"{figure} in the {len(theirs)} families with both" in readme()


def test_the_readme_counts_families_as_the_table_does(cohort: Cohort) -> None:
    rows = list(cohort.values())
    text = readme()
    assert f"{sum(row['referred'] == 'before birth' for row in rows)} referred before birth" in text
    for end in ALLOWED["exit"]:
        assert f"{end} {sum(row['exit'] == end for row in rows)}" in text
