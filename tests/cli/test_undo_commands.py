"""`undo` and `redo` on the command line."""

from tests.cli.shell import Shell


def test_what_was_undone_is_told_with_its_capitals(shell: Shell) -> None:
    assert shell("codes", "rename", "Key worker", "Key Worker AK") == 0
    assert shell("undo") == 0
    assert shell.err == "Undid: Key worker renamed Key Worker AK.\n"
    assert shell("redo") == 0
    assert shell.err == "Did again: Key worker renamed Key Worker AK.\n"


def test_a_person_whom_the_project_does_not_know_has_nothing_to_undo_and_is_not_added(shell: Shell) -> None:
    before = shell.path.read_bytes()
    for command in ("undo", "redo"):
        assert shell(command, coder="ZZ") == 2
        assert "no coder “ZZ”" in shell.err
    assert shell.path.read_bytes() == before


def test_a_new_coder_who_has_done_nothing_has_nothing_to_undo(shell: Shell) -> None:
    assert shell("documents", "done", "P07", "--undo", coder="New") == 0
    assert shell("undo", coder="New") == 5
    assert "nothing of yours to undo" in shell.err


def test_history_takes_no_negative_number(shell: Shell) -> None:
    assert shell("history", "-n", "-5") == 2
    assert len(shell.json("history", "-n", "1")) == 1
