"""What an export would give away is found, said, and answered with what to do."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from tbcp_qual.analysis.suppression import suppressed
from tbcp_qual.privacy.disclosure import Counted, Matter, Quoted, check
from tbcp_qual.privacy.finding import Finding


def nothing(_: str) -> tuple[Finding, ...]:
    return ()


def quoted(reference: str, words: str = "She just sat with me.", **values) -> Quoted:
    usual = {"theme": "Trust", "speaker": "P07", "role": "mother", "families": ("F07",), "permission": "quote"}
    return Quoted(reference=reference, words=words, **(usual | values))


def kinds(matter: Matter, audience, find=nothing, **values) -> list[tuple[str, str]]:
    return [(c.kind, c.where) for c in check(matter, audience, find=find, **values)]


def test_the_team_is_told_of_identifiers_alone_and_others_of_permissions() -> None:
    def postcodes(words: str) -> tuple[Finding, ...]:
        return (Finding(kind="postcode", start=0, end=7, score=1.0, suggestion="[postcode]"),) if "LS" in words else ()

    matter = Matter(
        quotations=(
            quoted("P07.1", "LS1 4AB it was"),
            quoted("F07.2", permission="paraphrase only"),
            quoted("P07.3", permission="role label only"),
            quoted("P07.4", permission="role label only", speaker="mother"),
        ),
        cells=(("F07 × Trust", ("F07",)),),
    )
    assert kinds(matter, "team", postcodes) == [("identifier", "P07.1")]
    beyond = [("identifier", "P07.1"), ("permission", "F07.2"), ("permission", "P07.3")]
    unasked = Matter(quotations=tuple(quoted(f"P09.{n}", speaker="P09", recorded=False) for n in (1, 2)))
    assert kinds(unasked, "team") == []
    concern = next(one for one in check(unasked, "steering group", find=nothing) if one.kind == "permission")
    assert (concern.where, concern.message[:21]) == ("P09.1", "2 quotations of P09, ")
    assert kinds(matter, "steering group", postcodes)[:3] == beyond


def test_cells_of_one_or_two_families_are_named_beyond_the_team() -> None:
    matter = Matter(cells=(("a", ("F1",)), ("b", ("F1", "F2", "F2")), ("c", ("F1", "F2", "F3")), ("d", ())))
    assert kinds(matter, "team") == []
    assert kinds(matter, "steering group") == [("few families", "a"), ("few families", "b")]


def test_one_voice_in_a_theme_is_named() -> None:
    one = [quoted(f"P07.{n}") for n in range(3)]
    other = [quoted(f"P0{n}.1", speaker=f"P0{n}") for n in range(3)]
    assert ("one voice", "Trust") in kinds(Matter(quotations=(*one, *other[:2])), "public")
    assert ("one voice", "Trust") not in kinds(Matter(quotations=(*one, *other)), "public")


def test_rare_combinations_are_counted_in_the_cohort() -> None:
    rows = {"F01": ("teenage", "care leaver"), "F02": ("teenage", "no")}
    cohort = {**rows, "F03": ("teenage", "no"), "F04": ("teenage", "no")}
    assert kinds(Matter(rows=rows, cohort=cohort), "steering group") == [("rare combination", "F01")]
    assert kinds(Matter(rows=rows, cohort=cohort), "public", rarest=1) == []
    assert len(kinds(Matter(rows=rows), "steering group")) == 2


def test_two_quotations_that_point_to_one_person_together_are_named() -> None:
    def find(words: str) -> tuple[Finding, ...]:
        found = {"eleven weeks": "exact age", "Larch ward": "ward"}
        return tuple(
            Finding(kind=kind, start=0, end=1, score=0.9, suggestion="[x]") for w, kind in found.items() if w in words
        )

    age, ward = quoted("P07.1", "at eleven weeks"), quoted("P07.9", "on Larch ward", theme="Birth")
    assert kinds(Matter(quotations=(age,)), "commissioner", find) == [("sole post", "P07.1")]
    assert ("together", "P07.1, P07.9") in kinds(Matter(quotations=(age, ward)), "commissioner", find)
    elsewhere = quoted("P08.9", "on Larch ward", speaker="P08", families=("F08",))
    assert not [k for k in kinds(Matter(quotations=(age, elsewhere)), "commissioner", find) if k[0] == "together"]


def test_small_counts_are_named_and_those_of_interviews_looked_at() -> None:
    files = Counted(title="Referrals", unit="families", of_people_asked=False, counts=[[3, 12], [0, 9]])
    asked = Counted(title="Interviews", unit="parents", of_people_asked=True, counts=[[4]])
    concerns = check(Matter(tables=(files, asked)), "commissioner", find=nothing)
    assert [(c.where, c.remedies) for c in concerns] == [("Referrals", ("suppress", "band")), ("Interviews", ("band",))]


tables = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 20), min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(tables)
def test_no_total_gives_a_suppressed_count_away(counts: list[list[int]]) -> None:
    table = suppressed(counts)
    lines = [list(zip(c, t, strict=True)) for c, t in zip(counts, table, strict=True)]
    lines += [list(line) for line in zip(*lines, strict=True)] if len(counts) > 1 else []
    for line in lines:
        gaps = [count for count, shown in line if shown is None]
        assert len(gaps) != 1 or len(line) == 1
    for count, shown in itertools.chain(*[zip(c, t, strict=True) for c, t in zip(counts, table, strict=True)]):
        assert shown == count or shown is None
        assert not (1 <= count <= 5 and shown is not None)


@given(st.lists(st.integers(0, 8), min_size=2, max_size=4))
def test_whoever_adds_up_a_line_is_left_with_two_values_for_each_small_count(counts: list[int]) -> None:
    (row,) = suppressed([counts], largest=3)
    hidden = [count for count, shown in zip(counts, row, strict=True) if shown is None]
    if all(shown is None for shown in row):
        return
    may_be = [range(1, 4) if 1 <= count <= 3 else [0, *range(4, sum(hidden) + 1)] for count in hidden]
    adding_up = [way for way in itertools.product(*may_be) if sum(way) == sum(hidden)]
    for place, count in enumerate(hidden):
        if 1 <= count <= 3:
            assert len({way[place] for way in adding_up}) > 1


@given(tables)
def test_without_totals_only_small_counts_go(counts: list[list[int]]) -> None:
    table = suppressed(counts, row_totals=False, column_totals=False)
    assert table == [[None if 1 <= n <= 5 else n for n in row] for row in counts]


def finding(kind: str) -> tuple[Finding, ...]:
    return (Finding(kind=kind, start=0, end=1, score=0.9, suggestion="[x]"),)


def test_a_named_place_or_a_sole_post_in_a_quotation_is_told_beyond_the_team() -> None:
    def find(words: str) -> tuple[Finding, ...]:
        return finding("hospital") if "Royal" in words else finding("sole post") if "only" in words else ()

    usual = quoted("P07.2"), quoted("P08.2", speaker="P08", families=("F08",))
    matter = Matter(
        quotations=(*usual, quoted("P07.1", "at the Royal"), quoted("P08.1", "the only nurse", speaker="P08"))
    )
    assert kinds(matter, "team", find) == []
    assert kinds(matter, "steering group", find) == [("identifier", "P07.1"), ("sole post", "P08.1")]


def test_what_stands_beside_the_quotations_is_looked_at_but_for_days_of_the_study() -> None:
    def find(words: str) -> tuple[Finding, ...]:
        return finding("exact date") if "March" in words else finding("name")

    matter = Matter(prose=(("methods", "locked on 3 March"), ("code Kayleigh", "Kayleigh")))
    assert kinds(matter, "team", find) == [("identifier", "code Kayleigh")]


def test_rarity_is_counted_whatever_the_order_of_attributes_and_says_its_k() -> None:
    rows = {f"F0{n}": ("teenage", "no") if n % 2 else ("no", "teenage") for n in range(1, 4)}
    assert kinds(Matter(rows=rows), "steering group") == []
    (concern,) = check(Matter(rows={"F01": ("teenage",)}, cohort={"F01": ("teenage",)}), "public", find=nothing)
    assert "(k = 5)" in concern.message
    assert concern.remedies == ("band", "drop")


def test_every_concern_says_what_helps_and_none_repeats_a_quotation() -> None:
    def find(words: str) -> tuple[Finding, ...]:
        return finding("exact age") if "weeks" in words else finding("name") + finding("ward") if "Ava" in words else ()

    matter = Matter(
        quotations=(
            *(quoted(f"P07.{n}", f"Ava {n}") for n in range(3)),
            quoted("P07.9", "weeks", permission="paraphrase only"),
        ),
        cells=(("F07 × Trust", ("F07",)),),
        rows={"F07": ("acute",)},
        tables=(Counted(title="Files", unit="files", of_people_asked=False, counts=[[2]]),),
    )
    concerns = check(matter, "public", find=find)
    assert {c.kind for c in concerns} == {
        "identifier", "permission", "few families", "one voice", "rare combination", "together", "sole post", "small count",
    }  # fmt: skip
    assert all(c.remedies and c.where and "Ava" not in c.message + c.where for c in concerns)
    assert {r for c in concerns for r in c.remedies} == {
        "replace",
        "paraphrase",
        "re-key labels",
        "suppress",
        "band",
        "drop",
    }
