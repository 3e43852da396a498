"""One person gets one pseudonym however they are called, and two people of one name get two, when somebody says so."""

from pathlib import Path

import pytest

from tbcp_qual.store import Project
from tests.cli.shell import Shell

TEXTS = {
    "F02 mother": "INT: Who?\nP02: Mrs Okafor came. My friend Ngozi Okafor, I mean. Ngozi's lovely. And my sister Sarah.\n",
    "F07 mother": "INT: Who?\nP07: Well, Ngozi came too, and my daughter Sarah, and Jaswinder Gill. Jas knows.\n",
}


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Two families; a worker who is called three ways in both, and a Sarah in each."""
    monkeypatch.setenv("TBCP_PSEUDONYMS", str(tmp_path / "key" / "list.csv"))
    shell = Shell(tmp_path / "study.tbcp", monkeypatch, capsys)
    with Project.create(shell.path, name="Study"):
        pass
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        assert shell("cases", "add", name[:3]) == 0, shell.err
        assert shell("documents", "import", tmp_path / f"{name}.txt") == 0, shell.err
        assert shell("documents", "set", name, "--cases", name[:3]) == 0, shell.err
    return shell


def texts(shell: Shell) -> str:
    with Project.open(shell.path, read_only=True) as project:
        assert project.verify() == []
        return "\n".join(project.texts([document.text])[document.text] for document in project.records("document"))


def test_what_is_said_of_people_gives_them_their_pseudonyms(shell: Shell, tmp_path: Path) -> None:
    proposed = shell.json("privacy", "people")
    assert [one["names"] for one in proposed["one"]] == [["Ngozi Okafor", "Okafor", "Ngozi"], ["Jaswinder Gill", "Jas"]]
    assert {one["name"]: one["families"] for one in proposed["several"]} == {
        "Ngozi": ["F02", "F07"],
        "Sarah": ["F02", "F07"],
    }
    assert shell("privacy", "people") == 0
    assert "Ngozi Okafor = Okafor = Ngozi" in shell.out
    assert shell("privacy", "same", "Mrs Okafor", "Ngozi Okafor", "Ngozi") == 0, shell.err
    assert shell("privacy", "apart", "Sarah") == 0, shell.err
    assert "in F02" in shell.err
    assert shell("privacy", "apart", "Jas") == 2
    assert shell("memos", "add", "--case", "F07", "I like Sarah") == 0
    left = shell.json("privacy", "people")
    assert [one["names"] for one in left["one"]] == [["Jaswinder Gill", "Jas"]]
    assert left["several"] == []
    assert shell("privacy", "replace", "--kind", "name") == 0, shell.err
    said = texts(shell)
    worker = said.split("P02: ")[1].split(" came")[0]
    assert said.count(worker) == 4
    assert f"{worker}'s lovely" in said
    sarahs = {
        words.split("]")[0]
        for words in said.replace("my sister ", "\x00").replace("my daughter ", "\x00").split("\x00")[1:]
    }
    assert len(sarahs) == 2
    (memo,) = [memo["body"] for memo in shell.json("memos", "list")]
    assert memo.removeprefix("I like ") in said.splitlines()[-1]
    key = (tmp_path / "key" / "list.csv").read_text(encoding="utf-8")
    assert key.count("Sarah") == 2
    assert b"list.csv" not in shell.path.read_bytes()
    assert shell("privacy", "purge", "--yes") == 0, shell.err
    raw = shell.path.read_bytes()
    assert not [name for name in (b"Ngozi", b"Okafor", b"Sarah", b"Jaswinder") if name in raw]


def test_people_who_stand_in_texts_under_two_pseudonyms_are_not_made_one(shell: Shell) -> None:
    found = shell.json("privacy", "check", "--kind", "name", code=1)["findings"]
    by_name = {one["words"]: one["id"] for one in found}
    assert shell("privacy", "replace", by_name["Ngozi Okafor"], "--with", "[Worker A]") == 0
    found = shell.json("privacy", "check", "--kind", "name", code=1)["findings"]
    ngozi = [one["id"] for one in found if one["words"] == "Ngozi"]
    assert shell("privacy", "replace", *ngozi, "--with", "[Worker B]") == 0, shell.err
    assert shell("privacy", "same", "Ngozi", "Ngozi Okafor") == 2
    assert "as [Worker A] and [Worker B]" in shell.err
