"""`tbcp-qual codes queue` and the decisions on it: one's own codings only, each act undone alone."""

from pathlib import Path

import pytest

from tests.cli.shell import Shell


@pytest.fixture
def waiting(shell: Shell, tmp_path: Path) -> Shell:
    """Mistrust was coded twice by AK and once by RM, and then redefined."""
    table = tmp_path / "codings.csv"
    table.write_text("document,turn,quotation,code\nP07,2,My midwife,Mistrust\nP07,3,not for the form,Mistrust\n")
    assert shell("codings", "import", table, "--done") == 0
    table.write_text("document,turn,quotation,code\nP07,2,She just sat with me,Mistrust\n")
    assert shell("codings", "import", table, coder="RM") == 0
    assert shell("codes", "define", "Mistrust", "--use-when", "Of services.") == 0
    return shell


def ids(shell: Shell, *, own: bool = True, code: int = 1) -> list[str]:
    return [line["id"] for line in shell.json("codes", "queue", code=code) if line["own"] == own]


def test_the_queue_shows_both_definitions_and_says_for_whom_each_waits(waiting: Shell) -> None:
    lines = waiting.json("codes", "queue", code=1)
    assert [(line["reason"], line["coder"], line["own"]) for line in lines] == [
        ("redefined", "AK", True),
        ("redefined", "RM", False),
        ("redefined", "AK", True),
    ]
    assert lines[0]["definition"] == [{"field": "when to use", "before": "", "now": "Of services."}]
    assert (lines[0]["words"], lines[0]["label"]) == ("My midwife", "P07, parent, turn 2")
    assert waiting("codes", "queue") == 1
    assert "Mistrust was redefined\n  when to use: + Of services.\n" in waiting.out
    assert waiting.err == "2 wait for you, 1 waits for others.\n"
    assert waiting("codes", "queue", "--mine") == 1
    assert "She just sat" not in waiting.out


def test_each_coding_is_kept_recoded_or_dropped_and_each_is_undone(waiting: Shell) -> None:
    first, second = ids(waiting)
    assert waiting("codes", "confirm", first[-8:]) == 0
    assert waiting.err == "confirmed 1 coding under Mistrust.\n"
    assert ids(waiting) == [second]
    assert waiting("codes", "recode", second, "Key worker") == 0
    assert waiting.err == "recoded 1 coding as Key worker.\n"
    assert ids(waiting, code=0) == []
    assert waiting("undo") == 0
    assert waiting("codes", "drop", second, "--dry-run") == 0
    assert waiting("codes", "drop", second) == 0
    assert waiting.err == "dropped 1 coding of Mistrust.\n"
    assert waiting("undo") == 0
    assert waiting("undo") == 0
    assert ids(waiting) == [first, second]
    assert waiting("verify") == 0


def test_all_that_wait_somewhere_are_kept_at_once_and_others_stay(waiting: Shell) -> None:
    assert waiting("codes", "confirm", "--code", "Key worker") == 0
    assert "Nothing waits there for you." in waiting.err
    assert waiting("codes", "confirm", "--reason", "redefined") == 0
    assert waiting.err == "confirmed 2 codings under Mistrust.\n"
    assert ids(waiting, own=False, code=0) != []
    assert waiting("codes", "confirm", "--code", "Mistrust", coder="RM") == 0
    assert waiting.json("codes", "queue") == []


def test_what_is_somebody_elses_is_listed_and_not_touched(waiting: Shell) -> None:
    (theirs,) = ids(waiting, own=False)
    for act in (["confirm", theirs], ["recode", theirs, "Key worker"], ["drop", theirs]):
        assert waiting("codes", *act) == 5
        assert "Only RM can decide on it." in waiting.err
    assert waiting("codes", "confirm") == 2
    assert waiting("codes", "confirm", theirs, "--reason", "redefined") == 2
    assert waiting("codes", "drop", "nosuch") == 2
    assert waiting("codes", "drop", "-") == 2


def test_documents_done_before_a_code_came_wait_until_they_were_read_again(waiting: Shell) -> None:
    assert waiting("codes", "add", "Waiting lists") == 0
    (line,) = waiting.json("codes", "queue", "--reason", "new code", code=1)
    assert (line["code"], line["document"], line["id"]) == ("Waiting lists", "P07", None)
    assert waiting("codes", "queue", "--reason", "new code") == 1
    assert waiting.out == "Waiting lists came after these documents were done\n  P07\n\n"
    assert waiting("codes", "revisited", "Waiting lists", "P07") == 0
    assert waiting.json("codes", "queue", "--reason", "new code") == []
    assert waiting("codes", "revisited", "Waiting lists", "P07") == 0
    assert "That is said already." in waiting.err
    assert waiting("undo") == 0
    assert waiting("codes", "queue", "--reason", "new code") == 1


def test_who_is_nobody_here_sees_what_waits_for_others(waiting: Shell) -> None:
    assert waiting("codes", "queue") == 1
    waiting("coders", "rename", "AK", "Annika")
    lines = waiting.json("codes", "queue", coder="Annika", code=1)
    assert {line["coder"] for line in lines} == {"Annika", "RM"}
