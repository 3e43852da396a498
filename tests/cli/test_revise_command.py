"""A corrected transcript on the command line: what becomes of what was coded, and what is placed by hand."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tbcp_qual.coding.changes import create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Coding
from tbcp_qual.store import Project
from tests.cli.shell import Shell
from tests.conftest import Sample

Coded = dict[str, str]
"""Ids of codings by their words."""


@pytest.fixture
def coded(sample: Sample, shell: Shell) -> Coded:
    """Three codings by AK and one by RM."""
    ids: Coded = {}
    with Project.open(shell.path) as project:
        for words in ("My midwife said", "just sat", "It was not for the form.", "hear of it"):
            coder = sample.rm.id if words == "just sat" else sample.ak.id
            start = sample.TEXT.index(words)
            coding = Coding(
                id=new_id(), document=sample.document.id, text=sample.document.text, start=start,
                end=start + len(words), code=sample.key_worker.id, coder=coder,
            )  # fmt: skip
            project.apply("coded", [create(coding)], coder=coder)
            ids[words] = coding.id
    return ids


@pytest.fixture
def corrected(tmp_path: Path) -> Callable[..., Path]:
    def write(*pairs: tuple[str, str]) -> Path:
        text = Sample.TEXT
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "P07 corrected.txt"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_correction_is_told_in_a_table_and_line_by_line(
    shell: Shell, coded: Coded, corrected: Callable[..., Path]
) -> None:
    file = corrected(("My midwife", "The midwife"), ("\nP07: It was not for the form.", ""))
    assert shell("documents", "revise", "P07", file) == 1
    assert [line.split() for line in shell.out.splitlines()[:2]] == [
        ["P07", "Unchanged", "Moved", "Changed", "Unplaced"],
        ["Codings", "2", "0", "1", "1"],
    ]
    assert "changed: Key worker, AK, turn 2\n  was: “My midwife said”\n  now: “The midwife said”\n" in shell.out
    assert (
        f"unplaced: Key worker, AK, turn 3\n  was: “It was not for the form.”\n  id:  {coded['It was not for the form.']}"
        in shell.out
    )
    assert "turn 3, P07: not in the corrected text" in shell.out
    assert "P07 revised: " in shell.err
    assert shell("undo") == 0
    assert shell("documents", "unplaced") == 0
    assert shell.json("documents", "show", "P07")["turns"][1]["words"].startswith("My midwife")


def test_a_dry_run_writes_nothing(shell: Shell, coded: Coded, corrected: Callable[..., Path]) -> None:
    before = shell.path.read_bytes()
    told = shell.json("documents", "revise", "P07", corrected(("just sat", "was sat there")), "--dry-run")
    assert told["counts"] == {"coding": {"unchanged": 3, "moved": 0, "changed": 1, "unplaced": 0}}
    assert told["done"] is False
    assert [r["new_words"] for r in told["records"] if r["fate"] == "changed"] == ["was sat"]
    assert shell.path.read_bytes() == before


def test_the_same_text_changes_nothing_and_says_so(shell: Shell, coded: Coded, corrected: Callable[..., Path]) -> None:
    before = shell.path.read_bytes()
    assert shell("documents", "revise", "P07", corrected()) == 0
    assert "nothing changed" in shell.err
    assert shell.path.read_bytes() == before


def test_what_is_unplaced_is_listed_and_placed_by_hand(
    shell: Shell, coded: Coded, corrected: Callable[..., Path]
) -> None:
    lost = coded["It was not for the form."]
    assert (
        shell(
            "documents", "revise", "P07", corrected(("It was not for the form.", "Nothing else to say."), ("just ", ""))
        )
        == 0
    )
    # Words in the same place may be what others were corrected to; a person may say otherwise.
    assert shell("documents", "place", lost, "--turn", "2", "--quotation", "She sat with me") == 0
    assert shell.err.splitlines()[-1] == "Placed in turn 2 of P07: Key worker."
    listed = {c["id"]: c["words"] for c in shell.json("codings", "list")}
    assert listed[lost] == "She sat with me"
    assert shell("undo") == 0
    assert {c["id"]: c["words"] for c in shell.json("codings", "list")}[lost] == "Nothing else to say."


def test_a_coding_of_words_struck_out_waits_to_be_placed(
    shell: Shell, coded: Coded, corrected: Callable[..., Path]
) -> None:
    lost = coded["just sat"]
    assert shell("documents", "revise", "P07", corrected((" She just sat with me.", ""))) == 1
    (told,) = shell.json("documents", "unplaced", code=1)
    assert told == {
        "kind": "coding", "id": lost, "document": "P07", "what": "Key worker", "coder": "RM", "words": "just sat",
    }  # fmt: skip
    assert shell("documents", "unplaced") == 1
    assert shell.out.splitlines() == ["P07, coding: Key worker, RM", "  was: “just sat”", f"  id:  {lost}"]
    assert shell("documents", "place", lost, "--document", "P07", "--turn", "3") == 0
    assert shell("documents", "unplaced") == 0
    assert shell.err.splitlines()[-1] == "Everything is placed."
    assert {c["id"]: c["words"] for c in shell.json("codings", "list")}[lost] == "It was not for the form."
    assert shell("verify") == 0


def test_a_text_that_is_restored_places_what_was_lost(
    shell: Shell, coded: Coded, corrected: Callable[..., Path]
) -> None:
    shell("documents", "revise", "P07", corrected((" She just sat with me.", "")))
    assert shell("documents", "revise", "P07", corrected()) == 0
    assert {c["id"]: c["words"] for c in shell.json("codings", "list")}[coded["just sat"]] == "just sat"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing", "--turn", "1"), "No coding, memo or mark of a case with that id"),
        (("LOST",), "Where does it belong?"),
        (("LOST", "--turn", "9"), "There is no turn “9”"),
        (("LOST", "--turn", "1", "--quotation", "sat with me"), "not in turn 1"),
        (("LOST", "--document", "P08", "--turn", "1"), "No document is called “P08”"),
        (("NEW", "--turn", "1"), "made on the present text"),
    ],
)
def test_placing_says_what_does_not_fit(
    shell: Shell, sample: Sample, coded: Coded, corrected: Callable[..., Path], arguments: tuple[str, ...], said: str
) -> None:
    shell("documents", "revise", "P07", corrected((" She just sat with me.", "")))
    with Project.open(shell.path) as project:
        document = project.record("document", sample.document.id)
        new = Coding(
            id=new_id(), document=sample.document.id, text=document.text, start=5, end=8,  # type: ignore[union-attr]
            code=sample.listened.id, coder=sample.ak.id,
        )  # fmt: skip
        project.apply("coded", [create(new)], coder=sample.ak.id)
    ids = {"LOST": coded["just sat"], "NEW": new.id}
    assert shell("documents", "place", *(ids.get(a, a) for a in arguments)) == 2
    assert said in shell.err


def test_a_file_of_another_interview_is_refused_until_somebody_insists(
    shell: Shell, coded: Coded, tmp_path: Path
) -> None:
    other = tmp_path / "P11.txt"
    other.write_text("Q: Which bus is it?\nP11: The nine, when there is one, up by Granby Road.\n", encoding="utf-8")
    assert shell("documents", "revise", "P07", other) == 3
    assert "looks like another document" in shell.err
    assert shell("documents", "revise", "P07", other, "--anyway", "--dry-run") == 1
    assert shell("documents", "revise", "P07", tmp_path / "not there.txt") == 3
    assert shell("documents", "revise", "P99", other) == 2


def test_nothing_in_the_report_takes_over_the_terminal(
    shell: Shell, sample: Sample, coded: Coded, corrected: Callable[..., Path]
) -> None:
    file = corrected(("My midwife", "The \u202emidwife\x1b[31m"), ("\nP07: It was not for the form.", ""))
    assert shell("documents", "revise", "P07", file) == 1
    assert "\x1b" not in shell.out + shell.err
    assert "\u202e" not in shell.out + shell.err
    assert json.dumps(shell.json("documents", "unplaced", code=1)).isascii()
