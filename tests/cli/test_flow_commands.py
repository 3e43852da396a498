"""Who was invited, who declined and who took part, on the command line and in the report."""

from pathlib import Path

from tests.cli.shell import Shell


def test_invitations_are_recorded_changed_and_told_beside_who_took_part(shell: Shell, tmp_path: Path) -> None:
    assert shell("participants", "invited", "Parent", "9", "--declined", "4", "--note", "No time.") == 0
    assert shell("participants", "invited", "partner", "3") == 0
    told = {one["source_type"]: one for one in shell.json("participants", "flow")}
    assert (told["parent"]["invited"], told["parent"]["declined"], told["parent"]["people"]) == (9, 4, 1)
    assert (told["partner"]["invited"], told["partner"]["people"]) == (3, 0)
    assert shell("participants", "flow") == 0
    assert "No time." in shell.out
    assert shell("participants", "invited", "parent", "8", "--declined", "9") == 2
    assert "9 of 8 cannot have declined" in shell.err
    assert shell("participants", "invited", "parent") == 2
    assert shell("participants", "invited", "teacher", "--delete") == 2
    assert shell("participants", "invited", "partner", "--delete") == 0
    assert [one["source_type"] for one in shell.json("participants", "flow")] == ["parent"]
    assert shell("undo") == 0
    assert len(shell.json("participants", "flow")) == 2
    assert shell("verify") == 0


def test_those_invited_before_anybody_was_heard_are_told_with_them_however_spelt(shell: Shell, tmp_path: Path) -> None:
    assert shell("participants", "invited", "Teacher", "9") == 0
    interview = tmp_path / "T01.txt"
    interview.write_text("INT: How was it at school?\nT01: She was all right.\n", encoding="utf-8")
    assert shell("documents", "import", interview, "--source-type", "teacher") == 0
    told = [(one["source_type"], one["invited"]) for one in shell.json("participants", "flow")]
    assert told == [("parent", None), ("teacher", 9)]
