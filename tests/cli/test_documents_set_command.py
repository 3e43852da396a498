"""`documents stage` and `documents set`: what documents are, each act undone by one step."""

from pathlib import Path

import pytest

from tests.cli.shell import Shell


@pytest.fixture
def two(shell: Shell, tmp_path: Path) -> Shell:
    """The sample with a second interview and two families."""
    (tmp_path / "K03.txt").write_text("INT: Hello?\nK03: Hello.\nINT: Go on.\nK03: We went.\n")
    assert shell("documents", "import", tmp_path / "K03.txt", "--case", "F02") == 0
    assert shell("cases", "add", "F03") == 0
    return shell


def listed(shell: Shell, field: str) -> dict[str, object]:
    return {row["name"]: row[field] for row in shell.json("documents", "list")}


def test_an_import_says_who_was_taken_to_speak(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "P02.txt"
    path.write_text("I: So?\nR: She came.\nI: And?\nR: Cake.\n")
    assert shell("documents", "import", path, "--case", "F02") == 0
    assert "New participants: P02 (parent, F02)." in shell.err


def test_the_stage_of_several_documents_is_set_and_undone_together(two: Shell) -> None:
    assert two("documents", "stage", "P07", "k03", "checked") == 0
    assert "2 documents: checked" in two.err
    assert listed(two, "stage") == {"P07": "checked", "K03": "checked"}
    assert two("documents", "stage", "P07", "none") == 0
    assert listed(two, "stage") == {"P07": "", "K03": "checked"}
    assert two("undo") == 0
    assert two("undo") == 0
    assert listed(two, "stage") == {"P07": "", "K03": ""}
    assert two("documents", "stage", "P07", "finished") == 2
    assert two("documents", "stage", "P08", "read") == 2


def test_what_a_document_is_can_be_said_and_taken_back(two: Shell) -> None:
    options = ["--time-point", "second", "--permission", "role label only", "--cases", "F03; f02"]
    assert two("documents", "set", "K03", "--source-type", "partner", *options) == 0
    assert "Said of K03: source type, time point, permission, cases" in two.err
    row = next(row for row in two.json("documents", "list") if row["name"] == "K03")
    assert (row["source_type"], row["time_point"], row["permission"], row["cases"]) == (
        "partner", "second", "role label only", ["F03", "F02"],
    )  # fmt: skip
    assert two("documents", "set", "K03", "--time-point", "none", "--permission", "none", "--cases", "none") == 0
    row = next(row for row in two.json("documents", "list") if row["name"] == "K03")
    assert (row["source_type"], row["time_point"], row["permission"], row["cases"]) == ("partner", "", "", [])
    assert two("undo") == 0
    assert listed(two, "cases")["K03"] == ["F03", "F02"]


def test_a_record_becomes_a_case_file_by_its_source_type(two: Shell) -> None:
    assert two("documents", "set", "K03", "--source-type", "case file") == 0
    assert listed(two, "kind") == {"P07": "interview", "K03": "case file"}
    assert two("documents", "set", "K03", "--source-type", "none") == 0
    assert listed(two, "kind")["K03"] == "case file"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--cases", "F09"], "There is no case “F09”"),
        (["--permission", "always"], "always"),
        ([], "Nothing is said of the documents"),
    ],
)
def test_what_cannot_be_said_is_refused(two: Shell, arguments: list[str], message: str) -> None:
    assert two("documents", "set", "K03", *arguments) == 2
    assert message in two.err
