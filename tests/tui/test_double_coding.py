"""Double coding worked end to end in a real pseudo-terminal: two code apart, the round is locked and reconciled on R."""

import importlib.util
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tbcp_qual.store import Project
from tbcp_qual.tasks.consensus import consensus_snapshot
from tbcp_qual.tasks.demo import sample_folders

from ..cli.shell import Shell
from ..conftest import REPOSITORY

pytest.importorskip("pty", reason="pseudo-terminals are a thing of Unix")

_SPEC = importlib.util.spec_from_file_location("terminal_of_two", REPOSITORY / "benchmarks" / "terminal.py")
assert _SPEC is not None
assert _SPEC.loader is not None
terminal_module = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(terminal_module)

PROGRAM = str(Path(sys.executable).with_name("tbcp-qual"))
FILE = "F07_review.txt"
AK_KEYS = ("g", "s", "1", "g", "s", "2", "g", "s", "3", "d")
RM_KEYS = ("g", "s", "1", "g", "s", "4", "g", "space", "g", "s", "2", "d")
"""The first sentence alike; the second with other codes; the third AK alone; the fourth RM alone."""


class Team:
    """A project of the sample; commands run in this process, and each coder sits at a terminal of their own."""

    def __init__(self, folder: Path, shell: Shell) -> None:
        codebooks, transcripts = sample_folders()
        self.folder, self.path, self.shell = folder, shell.path, shell
        assert shell("new", self.path, "--codebook", codebooks / "tbcp.yaml") == 0
        assert shell("documents", "import", transcripts / FILE) == 0
        (document,) = shell.json("documents", "list")
        assert shell("rounds", "open", "pilot", "--coders", "AK,RM", "--documents", document["name"]) == 0

    def sit(self, coder: str, *keys: str, path: Path | None = None, until: Callable[[Project], bool]) -> None:
        """Open a project on screen, press keys, and leave once what they did is on disk."""
        path = path or self.path
        command = [PROGRAM, "--coder", coder, "open", str(path)]
        with terminal_module.Terminal(command, environment={"HOME": str(self.folder)}) as terminal:
            assert terminal.read_until(b"? help", limit=60) is not None
            terminal.read_until_quiet(0.3, limit=5)
            for key in keys:
                terminal.press(key)
                if key == "R" and b"what stands?" not in terminal.last:
                    assert terminal.read_until(b"what stands?", limit=30) is not None
            deadline = time.monotonic() + 30
            reached = False
            while not reached and time.monotonic() < deadline:
                with Project.open(path, read_only=True) as project:
                    reached = until(project)
                time.sleep(0.05)
            assert reached
            terminal.press("\x11")
            terminal.read_until_quiet(0.3, limit=5)

    def is_done(self, coder: str) -> Callable[[Project], bool]:
        def done(project: Project) -> bool:
            known = project.coder_named(coder)
            return known is not None and any(m.done and m.coder == known.id for m in project.records("done"))

        return done

    def reconcile(self) -> list[tuple[str, str]]:
        """Lock the round, settle it on R, and return what stands: codes and words."""
        assert self.shell("rounds", "lock", "pilot") == 0
        listed = self.shell.json("reconcile", "list", "pilot", "--order", "document")
        passages = [line["difference"] for line in listed]
        assert [passage.split(":")[0] for passage in passages] == [
            "different code (siblings)",
            "missed by RM",
            "missed by AK",
        ]
        # By document; RM's code stands on the first, nothing on the second; the third is put off, and then all stands.
        self.sit("AK", "R", "b", "2", "0", "d", "=", until=lambda project: len(settled(project)) == 3)
        told = self.shell.json("reconcile", "status", "pilot")
        assert (told["agreed"], told["passages"], told["settled"], told["unresolved"]) == (1, 3, 3, 0)
        assert told["outcomes"] == {"coders": 1, "neither": 1, "all": 1}
        assert self.shell("verify", self.path) == 0
        with Project.open(self.path, read_only=True) as project:
            coder = project.coder_named("AK")
            assert coder is not None
            now = consensus_snapshot(project, viewer=coder.id)
            return [(now.codebook.path(c.code), now.words(c)) for c in now.codings]


def settled(project: Project) -> list[str]:
    return [decision.id for decision in project.records("decision") if decision.outcome != "deferred"]


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Team:
    return Team(tmp_path, Shell(tmp_path / "team.tbcp", monkeypatch, capsys))


def test_a_round_in_one_file_from_the_first_code_to_the_consensus(team: Team) -> None:
    team.sit("AK", *AK_KEYS, until=team.is_done("AK"))
    assert team.shell("reconcile", "list", "pilot") == 5
    team.sit("RM", *RM_KEYS, until=team.is_done("RM"))
    stands = team.reconcile()
    assert len({code for code, _ in stands}) == len(stands) == 3


def test_a_round_by_packs_that_two_worked_on_offline(team: Team) -> None:
    packs = {coder: team.folder / f"{coder}.tbcp" for coder in ("AK", "RM")}
    for coder, path in packs.items():
        assert team.shell("rounds", "pack", "pilot", coder, path) == 0
    for coder, keys in (("AK", AK_KEYS), ("RM", RM_KEYS)):
        team.sit(coder, *keys, path=packs[coder], until=team.is_done(coder))
    for coder in ("RM", "AK", "RM"):
        assert team.shell("merge", packs[coder]) == 0
    assert len(team.reconcile()) == 3
