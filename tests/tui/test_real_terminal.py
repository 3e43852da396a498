"""The program in a real pseudo-terminal: keys go in as bytes, and what they did is on disk when it is gone."""

import importlib.util
import sys
import time
from pathlib import Path

import pytest

from tbcp_qual.store import Project

from ..conftest import REPOSITORY

pytest.importorskip("pty", reason="pseudo-terminals are a thing of Unix")

_SPEC = importlib.util.spec_from_file_location("terminal", REPOSITORY / "benchmarks" / "terminal.py")
assert _SPEC is not None
assert _SPEC.loader is not None
terminal_module = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(terminal_module)

PROGRAM = str(Path(sys.executable).with_name("tbcp-qual"))


def words(sample):
    with Project.open(sample.path, read_only=True) as project:
        now = project.snapshot(sample.ak.id)
        assert project.verify() == []
    return [(now.words(c), now.codebook.by_id[c.code].name, c.memo) for c in now.codings]


def wait_for(sample, expected):
    deadline = time.monotonic() + 60
    while words(sample) != expected and time.monotonic() < deadline:
        time.sleep(0.05)
    assert words(sample) == expected


@pytest.mark.parametrize(
    "environment", [{}, {"NO_COLOR": "1"}, {"TERM": "tmux-256color"}], ids=["usual", "no colour", "tmux"]
)
@pytest.mark.parametrize("size", [(80, 24), (160, 50)], ids=lambda s: f"{s[0]}x{s[1]}")
def test_a_sitting_is_on_disk_when_it_ends(sample, tmp_path, size, environment):
    sample.project.close()
    command = [PROGRAM, "--coder", "AK", "open", str(sample.path)]
    state = {"HOME": str(tmp_path), **environment}
    with terminal_module.Terminal(command, columns=size[0], rows=size[1], environment=state) as terminal:
        assert terminal.read_until(b"? help", limit=60) is not None
        terminal.read_until_quiet(0.3, limit=5)
        for key in ("ctrl+down", "s", "1", "ctrl+down", "s", "2", "u"):
            terminal.press(key)
        wait_for(sample, [("My midwife said.", "Key worker", "")])
        for key in ("ctrl+up", "m", *"who"):
            terminal.press(key)
        terminal.press("\x13")
        wait_for(sample, [("My midwife said.", "Key worker", "who")])
        terminal.press("\x11")
        terminal.read_until_quiet(0.3, limit=5)
    assert words(sample) == [("My midwife said.", "Key worker", "who")]


def test_the_terminal_going_away_loses_nothing(sample, tmp_path):
    sample.project.close()
    command = [PROGRAM, "--coder", "AK", "open", str(sample.path)]
    with terminal_module.Terminal(command, environment={"HOME": str(tmp_path)}) as terminal:
        assert terminal.read_until(b"? help", limit=60) is not None
        terminal.read_until_quiet(0.3, limit=5)
        for key in ("ctrl+down", "s", "1"):
            terminal.press(key)
        wait_for(sample, [("My midwife said.", "Key worker", "")])
    # Leaving the block closes the terminal and ends the program in mid-sitting.
    assert words(sample) == [("My midwife said.", "Key worker", "")]
