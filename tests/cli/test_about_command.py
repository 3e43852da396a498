"""`tbcp-qual documents about`: turns, sections and quotations are about a family, and that can be taken back."""

import pytest

from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.records import Case
from tbcp_qual.store import Project
from tests.cli.shell import Shell
from tests.conftest import Sample


@pytest.fixture
def cases(sample: Sample, shell: Shell) -> Shell:
    """The sample with two families, of which the document is about the first."""
    with Project.open(sample.path) as project:
        made = [create(Case(id="f07", label="F07")), create(Case(id="f11", label="F11"))]
        project.apply("made", [*made, update(sample.document, cases=("f07",))], coder=sample.ak.id)
    return shell


def parts(shell: Shell) -> list[tuple[str, int, int, str]]:
    return [(p["case"], p["first"], p["last"], p["words"]) for p in shell.json("documents", "about", "P07")["parts"]]


def test_turns_words_and_sections_are_about_a_family(cases: Shell) -> None:
    assert cases("documents", "about", "P07", "--turn", "2-3", "--case", "f11") == 0
    assert cases("documents", "about", "P07", "--quotation", "just sat with me", "--case", "F07") == 0
    cases("documents", "section", "P07", "--turn", "3", "--title", "The end")
    assert cases("documents", "about", "P07", "--section", "the END", "--case", "F07") == 0
    assert cases.json("documents", "about", "P07")["cases"] == ["F07"]
    assert parts(cases) == [
        ("F11", 2, 3, "My midwife said. She just sat with me.\nP07: It was not for the form."),
        ("F07", 2, 2, "just sat with me"),
        ("F07", 3, 3, "It was not for the form."),
    ]
    assert cases("documents", "about", "P07") == 0
    assert [line.split()[0] for line in cases.out.splitlines()] == ["Turns", "whole", "2-3", "2", "3"]
    assert cases("verify") == 0


def test_what_was_said_is_taken_back_by_name_or_by_undo(cases: Shell) -> None:
    cases("documents", "about", "P07", "--turn", "2-3", "--case", "F11")
    assert cases("documents", "about", "P07", "--turn", "2-3", "--case", "F11") == 0
    assert "Nothing to change" in cases.err
    assert cases("documents", "about", "P07", "--turn", "2", "--case", "F11", "--remove") == 2
    assert "turns 2-3" in cases.err
    assert cases("documents", "about", "P07", "--turn", "2-3", "--case", "F11", "--remove") == 0
    assert parts(cases) == []
    assert cases("undo") == 0
    assert len(parts(cases)) == 1
    assert cases("documents", "about", "P07", "--turn", "2-3", "--case", "F11", "--remove") == 0
    assert cases("documents", "about", "P07", "--turn", "2-3", "--case", "F11") == 0
    assert len(parts(cases)) == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--case", "F07"], "Which part"),
        (["--turn", "2"], "Which case"),
        (["--turn", "2", "--case", "F99"], "no case"),
        (["--turn", "9", "--case", "F07"], "turns 1 to 3"),
        (["--turn", "2", "--section", "x", "--case", "F07"], "Which part"),
        (["--section", "x", "--case", "F07"], "no sections"),
        (["--quotation", "nowhere", "--case", "F07"], "not in"),
        (["--quotation", "It was not", "--turn", "2", "--case", "F07"], "those turns"),
    ],
)
def test_what_cannot_be_done_is_a_matter_of_usage(cases: Shell, arguments: list[str], sentence: str) -> None:
    assert cases("documents", "about", "P07", *arguments) == 2
    assert sentence in cases.err
