"""`cases`: what a table holds is said and asked about, and a family is shown and corrected."""

from pathlib import Path

import pytest

from tests.cli.shell import Shell, conversation

COHORT = """case,age,need,first_baby,bond_before,bond_after
F01,21,low,yes,40,50
F02,unknown,high,no,,45
F10,33,medium,,38,
"""


@pytest.fixture
def cohort(tmp_path: Path) -> Path:
    path = tmp_path / "cohort.csv"
    path.write_text(COHORT)
    return path


def test_what_each_column_was_taken_for_is_said_with_what_is_missing(shell: Shell, cohort: Path) -> None:
    assert shell("cases", "import", cohort) == 0
    assert shell.out == ""
    assert shell.err.splitlines() == [
        "  age: number, guessed; 1 missing (among them “unknown”)",
        "  need: ordered category: low, medium, high, guessed",
        "  first_baby: yes/no, guessed; 1 missing",
        "  bond_before: the measure bond, before, guessed; 1 missing",
        "  bond_after: the measure bond, after, guessed; 1 missing",
        "3 new cases, 0 known before.",
        "Values: 7 added, 0 changed, 0 removed; 4 missing in the file.",
        "Scores: 4 added, 0 changed, 0 removed.",
    ]


def test_types_and_measures_that_a_person_gives_are_taken(shell: Shell, cohort: Path) -> None:
    types = ["--types", "need=ordered category:high,medium,low,age=category"]
    assert shell("cases", "import", cohort, *types, "--measures", "Bond Scale: bond_before=T1, bond_after=T2") == 0
    assert {v["name"]: (v["type"], v["levels"]) for v in shell.json("cases", "variables")} == {
        "age": ("category", []), "need": ("ordered category", ["high", "medium", "low"]), "first_baby": ("yes/no", []),
    }  # fmt: skip
    assert shell.json("cases", "measures") == [
        {"case": "F01", "scale": "Bond Scale", "scores": {"T1": 40.0, "T2": 50.0}},
        {"case": "F02", "scale": "Bond Scale", "scores": {"T2": 45.0}},
        {"case": "F10", "scale": "Bond Scale", "scores": {"T1": 38.0}},
    ]
    assert shell("cases", "import", cohort, "--types", "shoes=number") == 2
    assert "no column “shoes”" in shell.err


def test_on_a_terminal_guesses_are_shown_with_examples_and_may_be_changed(shell: Shell, cohort: Path) -> None:
    command: list[str | Path] = ["--project", shell.path, "--coder", "AK", "cases", "import", cohort]
    said, code = conversation(*command, answers=["n"])
    assert (code, shell.json("cases", "list")) == (0, [])
    assert ["column", "is", "taken", "as", "missing", "such", "as"] in [line.split() for line in said.splitlines()]
    assert "Nothing was taken in." in said
    said, code = conversation(*command, answers=["c", "nothing=number", "", "c", "age=category", "", "y"])
    assert code == 0, said
    assert "has no column" in said
    assert len(shell.json("cases", "list")) == 3
    types = {line["name"]: line["type"] for line in shell.json("cases", "variables")}
    assert types["age"] == "category"


def test_without_a_terminal_or_with_yes_nothing_is_asked(shell: Shell, cohort: Path) -> None:
    assert shell("cases", "import", cohort, "--yes") == 0
    assert "is taken as" not in shell.err
    assert len(shell.json("cases", "list")) == 3


def test_cases_stand_in_the_order_of_their_numbers_and_columns_in_that_of_the_file(shell: Shell, cohort: Path) -> None:
    shell("cases", "import", cohort)
    listed = shell.json("cases", "list")
    assert [case["case"] for case in listed] == ["F01", "F02", "F10"]
    assert list(listed[0]["attributes"]) == ["age", "need", "first_baby"]
    assert shell("cases", "list") == 0
    assert shell.out.splitlines()[0].split() == ["Case", "Documents", "age", "need", "first_baby"]


def test_a_case_is_shown_with_all_that_belongs_to_it(shell: Shell, cohort: Path, tmp_path: Path) -> None:
    shell("cases", "import", cohort)
    (tmp_path / "K02.txt").write_text("I: So?\nK02: She came.\nI: And then?\nK02: He did too.\n")
    shell("documents", "import", tmp_path / "K02.txt", "--case", "F01", "--case", "F02")
    found = shell.json("cases", "show", "f01")
    assert found["attributes"] == [
        {"name": "age", "type": "number", "value": "21"},
        {"name": "need", "type": "ordered category", "value": "low"},
        {"name": "first_baby", "type": "yes/no", "value": "yes"},
    ]
    assert found["measures"] == [{"scale": "bond", "scores": {"before": 40.0, "after": 50.0}}]
    assert [(d["document"], d["whole"], d["also_about"], d["codings"]) for d in found["documents"]] == [
        ("K02", True, ["F02"], 0)
    ]
    assert shell("cases", "show", "F02") == 0
    assert "age         (missing)" in shell.out
    assert "all of it, as of F01" in shell.out
    assert shell("cases", "show", "F11") == 2
    assert "Is it “F10” or “F01”?" in shell.err


def test_a_case_is_made_corrected_and_renamed_and_each_act_undone(shell: Shell, cohort: Path) -> None:
    shell("cases", "import", cohort)
    assert shell("cases", "add", "F11") == 0
    assert shell("cases", "add", "f11") == 2
    assert shell("cases", "type", "ward", "category:Hill,Quay") == 0
    assert shell("cases", "set", "F11", "ward=hill", "age=30", "--score", "bond", "before", "44") == 0
    assert shell.json("cases", "show", "F11")["attributes"][0]["value"] == "30"
    assert shell.json("cases", "list")[3]["attributes"] == {"age": "30", "ward": "Hill"}
    assert shell("cases", "set", "F11", "ward=Dale") == 2
    assert "must be one of Hill, Quay" in shell.err
    assert shell("cases", "set", "F11", "ward") == 2
    assert shell("cases", "set", "F11", "age=", "--label", "F12") == 0
    assert shell.json("cases", "list")[3]["attributes"] == {"ward": "Hill"}
    assert shell("undo") == 0
    assert shell.json("cases", "list")[3]["attributes"] == {"age": "30", "ward": "Hill"}
    assert shell("cases", "set", "F11", "age=30") == 0
    assert "Nothing to change" in shell.err
    assert shell("cases", "type", "age", "colour") == 2
    assert "is no type" in shell.err


def test_a_value_that_does_not_fit_names_file_and_line(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "cohort.csv"
    path.write_text("case,age\nF01,21\nF02,\nF03,old\n")
    assert shell("cases", "import", path, "--types", "age=number") == 3
    assert "cohort.csv, line 4: column “age” does not hold a number" in shell.err
    assert shell.json("cases", "list") == []
