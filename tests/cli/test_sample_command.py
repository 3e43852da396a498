"""`cases sample` and `sample`: drawn, kept, drawn again, and set beside the cohort."""

from pathlib import Path

import pytest

from tests.cli.shell import Shell


@pytest.fixture
def cohort(shell: Shell, tmp_path: Path) -> Shell:
    """Forty families: ten of acute need; of the last the need is not known."""
    path = tmp_path / "cohort.csv"
    rows = [
        f"F{n},{'acute' if n <= 10 else 'unknown' if n == 40 else 'targeted'},{n % 5},{20 + n % 7},{'yes' if n % 2 else ''}"
        for n in range(1, 41)
    ]
    path.write_text("case,need,children,age,first baby\n" + "\n".join(rows) + "\n")
    assert shell("cases", "import", path, "--types", "children=category") == 0
    return shell


def test_a_sample_is_drawn_and_said_so_that_a_report_can_say_it(cohort: Shell) -> None:
    arguments = ["cases", "sample", "--size", "8", "--by", "need", "--seed", "11", "--exclude", "F3=moved away"]
    assert cohort(*arguments) == 0
    lines = cohort.out.splitlines()
    assert lines[0] == (
        "sample 1: 8 of 39 cases drawn by stratified random sampling in proportion (largest remainder), by need, "
        "seed 11; 1 had been excluded."
    )
    assert [line.split() for line in lines[2:6]] == [
        ["need", "Cases", "Share", "Drawn"],
        ["acute", "9", "1.85", "2"],
        ["not", "known", "1", "0.21", "0"],
        ["targeted", "29", "5.95", "6"],
    ]
    assert lines[-1] == "Excluded: F3, moved away"
    assert cohort.err == "not known: none of 1 case is in the sample.\n"
    assert cohort("undo") == 0
    assert cohort.json("sample", "list") == []


def test_the_same_seed_draws_the_same_cases_in_another_project(cohort: Shell, tmp_path: Path) -> None:
    first = cohort.json("cases", "sample", "--size", "6", "--by", "need", "--seed", "5")["cases"]
    cohort.path = tmp_path / "other.tbcp"
    assert cohort("new", cohort.path) == 0
    assert cohort("cases", "import", tmp_path / "cohort.csv") == 0
    assert cohort.json("cases", "sample", "--size", "6", "--by", "NEED", "--seed", "5")["cases"] == first


def test_samples_are_listed_shown_and_named(cohort: Shell) -> None:
    cohort("cases", "sample", "--size", "4", "--seed", "1", "--name", "Pilot")
    cohort("cases", "sample", "--size", "6", "--by", "need,first baby", "--allocation", "equal", "--seed", "2")
    assert [(s["sample"], s["method"], s["allocation"], s["by"]) for s in cohort.json("sample", "list")] == [
        ("Pilot", "random", "", []),
        ("sample 1", "stratified", "equal", ["need", "first baby"]),
    ]
    assert cohort.json("sample", "show")["sample"] == "sample 1"
    shown = cohort.json("sample", "show", "pilot")
    assert (len(shown["cases"]), shown["seed"], shown["population"], shown["drawn_by"]) == (4, 1, 40, "AK")
    assert cohort("sample", "show", "other") == 2
    assert "There is: Pilot; sample 1." in cohort.err
    assert cohort("cases", "sample", "--size", "4", "--name", "PILOT") == 2
    assert cohort("sample", "list") == 0
    assert "Pilot" in cohort.out


def test_without_a_seed_one_is_taken_and_kept(cohort: Shell) -> None:
    drawn = cohort.json("cases", "sample", "--size", "4")
    again = cohort.json("cases", "sample", "--size", "4", "--seed", str(drawn["seed"]))
    assert again["cases"] == drawn["cases"]


def test_a_record_that_no_longer_gives_its_cases_says_so(cohort: Shell) -> None:
    cases = cohort.json("cases", "sample", "--size", "8", "--by", "need", "--seed", "11")["cases"]
    for case in cases[:3]:
        cohort("cases", "set", case, "need=unknown")
    assert cohort("sample", "show") == 0
    assert "what is known of the cases has changed since" in cohort.out
    assert cohort.json("sample", "show")["strata"] is None
    assert cohort.json("sample", "show")["cases"] == cases


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "How many cases"),
        (["--size", "41"], "there are 40 cases"),
        (["--size", "4", "--by", "age"], "“age” is a number"),
        (["--size", "4", "--by", "shoes"], "no attribute “shoes”"),
        (["--size", "4", "--allocation", "equal"], "nothing to divide"),
        (["--size", "4", "--exclude", "F3"], "is not CASE=REASON"),
        (["--size", "4", "--exclude", "F3="], "Why is F3 excluded"),
        (["--size", "4", "--exclude", "F99=gone"], "There is no case “F99”"),
    ],
)
def test_what_cannot_be_drawn_is_refused(cohort: Shell, arguments: list[str], message: str) -> None:
    assert cohort("cases", "sample", *arguments) == 2
    assert message in cohort.err
    assert cohort.json("sample", "list") == []


def test_a_sample_is_set_beside_the_cohort(cohort: Shell, tmp_path: Path) -> None:
    scores = tmp_path / "scores.csv"
    scores.write_text("case,bond_before,bond_after\n" + "".join(f"F{n},{n},{n + 3}\n" for n in range(1, 31)))
    assert cohort("cases", "import", scores) == 0
    chosen = cohort.json("cases", "sample", "--size", "8", "--seed", "4", "--exclude", "F1=closed")["cases"]
    checked = cohort.json("sample", "check")
    assert (checked["size"], checked["cohort"], checked["excluded"]) == (8, 40, [{"case": "F1", "reason": "closed"}])
    need, children, age, baby = checked["attributes"]
    numbers = {label: int(label[1:]) for label in chosen}
    assert [(level["value"], level["cohort"]) for level in need["levels"]] == [("acute", 10), ("targeted", 29)]
    assert need["levels"][0]["sample"] == sum(n <= 10 for n in numbers.values())
    assert (need["cohort"]["missing"], need["cohort"]["few_missing"]) == (1, True)
    assert need["levels"][1]["few_cohort"] is False
    assert age["sample"]["mean"] == pytest.approx(sum(20 + n % 7 for n in numbers.values()) / 8)
    assert baby["difference"] == 0.0
    assert [level["value"] for level in children["levels"]] == ["0", "1", "2", "3", "4"]
    assert [measure["name"] for measure in checked["measures"]] == ["bond, before", "bond, after"]
    assert checked["measures"][0]["cohort"]["n"] == 30


def test_small_counts_are_marked_and_what_is_undefined_says_why(cohort: Shell) -> None:
    cohort("cases", "sample", "--size", "1", "--seed", "4")
    assert cohort("sample", "check") == 0
    rows = {line.split("  ")[0]: line for line in cohort.out.splitlines()}
    assert "undefined: fewer than two values" in rows["age"]
    assert "1*" in cohort.out
    assert "* a count from 1 to 5" in cohort.out
    assert "nan" not in cohort.out.casefold()


def test_a_check_without_a_sample_says_how_to_draw_one(cohort: Shell) -> None:
    assert cohort("sample", "check") == 0
    assert "cases sample --size" in cohort.err


def test_a_sample_chosen_on_purpose_says_by_what_and_stands_beside_the_cohort(cohort: Shell) -> None:
    chosen = cohort.json("cases", "sample", "--cases", "F2, f1,F2", "--why", "Both parents heard.", "--name", "Files")
    assert (chosen["method"], chosen["cases"], chosen["strata"]) == ("purposive", ["F1", "F2"], None)
    assert cohort("sample", "show") == 0
    assert cohort.out.startswith("Files: 2 of 40 cases chosen on purpose: Both parents heard.\n")
    assert "Drawn again" not in cohort.out
    need = next(one for one in cohort.json("sample", "check")["attributes"] if one["name"] == "need")
    assert need["levels"][0] == {
        "value": "acute", "sample": 2, "cohort": 10, "few_sample": True, "few_cohort": False
    }  # fmt: skip
    for wrong in (
        ["--cases", "F1"],
        ["--why", "x"],
        ["--cases", "F1", "--why", "x", "--size", "3"],
        ["--cases", "F99", "--why", "x"],
    ):
        assert cohort("cases", "sample", *wrong) == 2
    assert len(cohort.json("sample", "list")) == 1
