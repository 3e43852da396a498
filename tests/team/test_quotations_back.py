"""Words of somebody who withdrew, that an older copy quoted meanwhile: a merge takes them out again."""

import shutil
from pathlib import Path

import pytest

from tbcp_qual.store import Project
from tests.cli.shell import Shell

ASKED = "INT: What would you say to another mother who is asked?"
ALONE = f"{ASKED}\nP07: I would tell her that the kettle is always on there.\nINT: And then?\nP07: No.\n"
BOTH = (
    f"{ASKED}\nP02: That she should go and see for herself, nothing more.\n"
    "Gran: My own mother walked eleven miles through the snow for less than that.\nINT: Why?\nP02: No.\nGran: Yes.\n"
)


@pytest.mark.parametrize("into", ["the copy in which they withdrew", "the older copy"])
def test_what_an_older_copy_quoted_goes_again(
    into: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, theirs = tmp_path / "mine.tbcp", tmp_path / "theirs.tbcp"
    shell = Shell(mine, monkeypatch, capsys)
    with Project.create(mine, name="Study"):
        pass
    (tmp_path / "P07.txt").write_text(ALONE, encoding="utf-8")
    (tmp_path / "P02.txt").write_text(BOTH, encoding="utf-8")
    assert shell("documents", "import", tmp_path / "P07.txt", tmp_path / "P02.txt", coder="AK") == 0
    shutil.copy(mine, theirs)
    for person in ("P07", "P02 Gran"):
        assert shell("participants", "withdraw", person, "--yes", coder="AK") == 0
    shell.path = theirs
    said = [
        "She said: tell her that the KETTLE is always on.",
        "Walked eleven miles through the snow, she did.",
        "All were asked: what would you say to another mother?",
        "The kettle is always on.",
    ]
    for words in said:
        assert shell("memos", "add", words, coder="AK") == 0
    target, other = (mine, theirs) if into.startswith("the copy") else (theirs, mine)
    shell.path = target
    assert shell("merge", other, coder="AK") == 0
    assert "Words of somebody who has withdrawn were taken out again: 2 memos." in shell.err
    with Project.open(target, read_only=True) as project:
        assert {memo.body for memo in project.snapshot("").memos} == {
            "She said: [withdrawn].",
            "[withdrawn], she did.",
            *said[2:],
        }
        assert project.verify() == []
    raw = target.read_bytes()
    assert b"eleven miles through" not in raw
    assert b"kettle is always on there" not in raw
    assert shell("merge", other, coder="AK") == 0
    assert "taken out again" not in shell.err
