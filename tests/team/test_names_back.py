"""Names that one copy replaced and purged, and that an older copy has written on with: a merge takes them out again."""

import shutil
from pathlib import Path

import pytest

from tbcp_qual.store import Project
from tbcp_qual.team.names import instead_of
from tests.cli.shell import Shell
from tests.conftest import revise_texts

INTERVIEW = """INT: How did you hear of it?
P07: My midwife told me. My son Zebedee was eleven weeks old.
INT: And then?
P07: She came round, and Zebedee Quark's dad, he was in too.
"""


class Team:
    """A copy in which two names were replaced and purged, and another that has written on with them."""

    def __init__(self, folder: Path, shell: Shell) -> None:
        self.shell, self.folder = shell, folder
        self.mine, self.theirs = shell.path, folder / "theirs.tbcp"
        (folder / "P07.txt").write_text(INTERVIEW, encoding="utf-8")
        (folder / "names.txt").write_text("Zebedee\nQuark\n", encoding="utf-8")
        with Project.create(shell.path, name="Study"):
            pass
        self.do(self.mine, "documents", "import", folder / "P07.txt")
        self.do(self.mine, "codes", "add", "Kindness")
        shutil.copy(self.mine, self.theirs)
        self.do(self.mine, "memos", "add", "Zebedee came first.")
        replace = ("privacy", "replace", "--kind", "name", "--names", folder / "names.txt", "--list", self.list)
        self.do(self.mine, *replace)
        self.do(self.mine, "privacy", "purge", "--yes", "--list", self.list)
        (folder / "new.txt").write_text(
            INTERVIEW.replace("She came", "She did come").replace("INT: And then?", "INT: And then, with Zebedee?"),
            encoding="utf-8",
        )
        self.do(self.theirs, "documents", "revise", "P07", folder / "new.txt", coder="RM")
        self.do(self.theirs, "memos", "add", "ZEBEDEE\nQuark again", "--document", "P07", coder="RM")
        (folder / "c.csv").write_text(
            "document,turn,quotation,code,memo\nP07,4,She did come round,Kindness,as Quark said\n", encoding="utf-8"
        )
        self.do(self.theirs, "codings", "import", folder / "c.csv", coder="RM")

    @property
    def list(self) -> Path:
        return self.folder / "key" / "pseudonyms.csv"

    def do(self, path: Path, *arguments: str | Path, coder: str = "AK") -> int:
        self.shell.path = path
        code = self.shell(*arguments, coder=coder)
        assert code in (0, 1), self.shell.err
        return code

    def clean(self, path: Path) -> bool:
        raw = path.read_bytes().lower()
        return b"zebedee" not in raw and b"quark" not in raw

    def sound(self, path: Path) -> None:
        with Project.open(path, read_only=True) as project:
            assert project.verify() == []


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Team:
    return Team(tmp_path, Shell(tmp_path / "mine.tbcp", monkeypatch, capsys))


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("into", ["mine", "theirs"])
def test_a_merge_with_a_copy_that_wrote_on_brings_no_name_back(team: Team, into: str, listed: bool) -> None:
    here, there = (team.mine, team.theirs) if into == "mine" else (team.theirs, team.mine)
    assert team.clean(team.mine)
    assert not team.clean(team.theirs)
    team.shell.path = here
    arguments = ("merge", there, *(("--list", team.list) if listed else ()))
    assert team.shell(*arguments, coder="RM") == 1
    said = team.shell.out + team.shell.err
    assert "came back, and were taken out again for good: P07 (3 places), 2 other records." in said
    assert "zebedee" not in said.lower()
    assert team.clean(here), said
    team.sound(here)
    (memo,) = [m for m in team.shell.json("memos", "list") if "again" in m["body"]]
    assert memo["body"].startswith("[")
    assert team.shell.json("codings", "list")[0]["words"] == "She did come round"
    report = team.shell.json(*arguments, code=1)
    assert (report["names_again"], report["names_elsewhere"], report["revisions"]) == ([], 0, 0)
    team.do(there, "merge", here)
    assert team.clean(there)
    team.do(here, "merge", there)
    assert team.clean(here)
    for path in (here, there):
        team.sound(path)
    assert "[" in team.shell.json("documents", "list")[0]["name"] or team.shell("documents", "show", "P07") == 0


def test_what_was_never_in_the_other_copy_is_found_by_the_list_alone(team: Team, tmp_path: Path) -> None:
    """A name that only new work holds leaves no trace in what was purged: without the list nothing tells of it."""
    (tmp_path / "P09.txt").write_text("INT: Who?\nP09: Umberto Vasq did.\n", encoding="utf-8")
    with_list, without = tmp_path / "with.tbcp", tmp_path / "without.tbcp"
    team.do(team.theirs, "documents", "import", tmp_path / "P09.txt", coder="RM")
    (tmp_path / "names.txt").write_text("Umberto Vasq\n", encoding="utf-8")
    (tmp_path / "P10.txt").write_text("INT: Who?\nP10: Umberto Vasq again.\n", encoding="utf-8")
    team.do(team.mine, "documents", "import", tmp_path / "P10.txt")
    team.do(team.mine, "privacy", "replace", "--kind", "name", "--names", tmp_path / "names.txt", "--list", team.list)
    team.do(team.mine, "privacy", "purge", "--yes", "--list", team.list)
    assert b"Vasq" not in team.mine.read_bytes()
    for path in (with_list, without):
        shutil.copy(team.mine, path)
    team.do(with_list, "merge", team.theirs, "--list", team.list)
    assert b"Vasq" not in with_list.read_bytes()
    team.do(without, "merge", team.theirs)
    assert b"Vasq" in without.read_bytes()
    assert team.clean(without)
    assert team.do(without, "privacy", "check", "--kind", "name", "--names", tmp_path / "names.txt") == 1


def test_a_name_that_was_replaced_but_never_purged_is_not_taken_out_by_a_merge(team: Team, tmp_path: Path) -> None:
    (tmp_path / "P10.txt").write_text("INT: Who?\nP10: Umberto Vasq again.\n", encoding="utf-8")
    (tmp_path / "names.txt").write_text("Umberto Vasq\n", encoding="utf-8")
    team.do(team.mine, "documents", "import", tmp_path / "P10.txt")
    team.do(team.mine, "privacy", "replace", "--kind", "name", "--names", tmp_path / "names.txt", "--list", team.list)
    team.do(team.mine, "merge", team.theirs, "--list", team.list)
    assert team.clean(team.mine)
    assert b"Vasq" in team.mine.read_bytes()


@pytest.mark.parametrize("listed", [True, False])
def test_a_name_of_two_people_comes_back_as_neither(team: Team, tmp_path: Path, listed: bool) -> None:
    base, here, there = (tmp_path / f"{name}.tbcp" for name in ("base", "here", "there"))
    shutil.copy(team.mine, base)
    for name in ("A1", "A2"):
        (tmp_path / f"{name}.txt").write_text(f"INT: {name}?\nP09: Umberto did.\n", encoding="utf-8")
        team.do(base, "documents", "import", tmp_path / f"{name}.txt")
    for path in (here, there):
        shutil.copy(base, path)
    (tmp_path / "names.txt").write_text("Umberto\n", encoding="utf-8")
    given = ("--names", tmp_path / "names.txt")
    found = team.shell.json("privacy", "check", "A1", "A2", *given, "--project", here, code=1)["findings"]
    for one, child in zip([f for f in found if f["words"] == "Umberto"], "AB", strict=True):
        with Project.open(here) as project:
            revise_texts(
                project, {one["record"]: [(one["start"], one["end"], f"[Child {child}]")]}, label="replaced", coder=""
            )
    with Project.open(here) as project:
        words = {"Umberto": "[Child]"}
        present = {document.text for document in project.records("document")}
        project.purge("names", coder="", texts=project.standing(words).texts - present, words=words)
    team.do(there, "memos", "add", "Umberto once more")
    listing = tmp_path / "people.csv"
    listing.write_text("kind,words,pseudonym\nname,Umberto,[Child]\n", encoding="utf-8")
    team.do(here, "merge", there, *(("--list", listing) if listed else ()))
    assert b"Umberto" not in here.read_bytes()
    assert any("once more" in m["body"] and "[" in m["body"] for m in team.shell.json("memos", "list"))


def test_two_copies_that_purged_different_names_of_one_memo_keep_neither(team: Team, tmp_path: Path) -> None:
    """Both replaced words in the same value, each without what the other replaced."""
    base, one, two = (tmp_path / f"{name}.tbcp" for name in ("base", "one", "two"))
    shutil.copy(team.mine, base)
    team.do(base, "memos", "add", "Umberto and Vasq met Umberto's aunt")
    for path, name in ((one, "Umberto"), (two, "Vasq")):
        shutil.copy(base, path)
        with Project.open(path) as project:
            project.purge("names", coder="", words={name: f"[{name[0]}]"})
    for first, second in ((one, two), (two, one), (one, two)):
        team.do(first, "merge", second)
    for path in (one, two):
        team.shell.path = path
        bodies = [m["body"] for m in team.shell.json("memos", "list")]
        assert "[U] and [V] met [U]'s aunt" in bodies
        assert b"Vasq" not in path.read_bytes()
        assert b"Umberto" not in path.read_bytes()
        team.sound(path)


@pytest.mark.parametrize(
    ("before", "after", "pairs"),
    [
        ("Tyler's nan, and Ann", "[Child A]'s nan, and [Parent B]", {"Tyler": "[Child A]", "Ann": "[Parent B]"}),
        ("[P07] saw Tyler\nOkafor", "[P07] saw [Child A]", {"Tyler Okafor": "[Child A]"}),
        ("She said so", "He said so", {}),
        ("She said so", "[Child A] was not there", {}),
        ("Tyler", "Tyler", {}),
        ("a" * 500, "[Child A]", {}),
    ],
)
def test_the_words_behind_pseudonyms_are_read_off_what_was_there(
    before: str, after: str, pairs: dict[str, str]
) -> None:
    assert instead_of(before, after) == pairs
