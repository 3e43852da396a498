"""Finding words, coding what was found, and retrieving codings, from the command line."""

import csv
from pathlib import Path

import pytest

from tbcp_qual.store import Project
from tests.analysis.study import small_study
from tests.cli.shell import Shell
from tests.conftest import Sample


@pytest.fixture
def shell(sample: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    sample.project.close()
    return Shell(sample.path, monkeypatch, capsys)


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    from tbcp_qual.coding.changes import create

    made = small_study()
    path = tmp_path / "study.tbcp"
    with Project.create(path, name="Study") as project:
        project.apply("made", [create(r) for r in made.everything()], coder="", texts=made.texts.values())
    return Shell(path, monkeypatch, capsys)


def test_words_are_shown_in_their_context(shell: Shell) -> None:
    assert shell("find", "sat", "with") == 0
    assert "She just »sat« with me." in shell.out
    assert shell.err.strip() == "Found: 1 turn."
    found = shell.json("find", "MIDWIFE")
    assert found["by kind"] == {"turn": 1}
    assert [(hit["source"], hit["words"]) for hit in found["hits"]] == [("P07, parent, turn 2", "midwife")]
    hit = found["hits"][0]
    assert Sample.TEXT[hit["start"] : hit["end"]] == "midwife"


@pytest.mark.parametrize("typed", ['"', "AND", "((", "a NEAR", "*", "-x", "'; --", "[P07]", "\x1b[31m"])
def test_whatever_is_typed_is_no_error(shell: Shell, typed: str) -> None:
    assert shell("find", "--", typed) == 0
    assert "\x1b" not in shell.out + shell.err


def test_hits_are_shown_before_they_are_coded_in_one_act(shell: Shell, sample: Sample) -> None:
    assert shell("find", "it", "OR", "midwife", "--code", "Mistrust") == 0
    assert "P07: My midwife said." in shell.out
    assert "2 places would be coded" in shell.err
    assert shell.json("codings", "list") == []
    assert shell("find", "it", "OR", "midwife", "--code", "Mistrust", "--apply") == 0
    assert [c["words"] for c in shell.json("codings", "list")] == ["My midwife said.", "It was not for the form."]
    assert shell("find", "midwife", "--code", "Mistrust", "--extent", "turn") == 0
    assert "1 left that touch this code already" in shell.err
    assert shell("undo") == 0
    assert shell.json("codings", "list") == []


def test_codings_are_retrieved_saved_and_the_search_is_kept_in_the_record(study: Shell, tmp_path: Path) -> None:
    everything = study.json("codings", "find", coder="RM")["found"]
    assert len(everything) > 3
    code = everything[0]["code"]
    wanted = study.json("codings", "find", code, "--save", "mine", "--log", "negative cases of F4", coder="RM")
    assert {one["code"].split(" > ")[0] for one in wanted["found"]} == {code.split(" > ")[0]}
    assert study.json("codings", "find", "--query", "MINE", coder="RM") == wanted
    (logged,) = study.json("queries", "log", coder="RM")
    assert (logged["who"], logged["what for"], logged["found"]) == ("RM", "negative cases of F4", len(wanted["found"]))
    assert study.json("queries", "list", coder="RM")[0]["asks"] == wanted["asked"]
    assert study("codings", "find", code, "--csv", tmp_path / "out.csv", coder="RM") == 0
    rows = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8-sig", newline="")))
    assert [row["words"] for row in rows] == [one["words"] for one in wanted["found"]]
    assert study("queries", "delete", "mine", coder="RM") == 0
    assert study("codings", "find", "--query", "mine", coder="RM") == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing of the kind"],
        ["--by", "nobody"],
        ["--document", "none"],
        ["--attribute", "x"],
        ["--with", "x@nowhere"],
        ["--round", "7"],
    ],
)
def test_a_name_that_is_not_known_is_a_sentence(study: Shell, arguments: list[str]) -> None:
    assert study("codings", "find", *arguments, coder="RM") in (2, 3)
    assert study.err.startswith("tbcp-qual: ")
