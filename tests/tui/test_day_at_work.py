"""A coder's day in a real pseudo-terminal: everything is done by keys and mouse, and is there the next morning."""

import importlib.util
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tbcp_qual.coding.changes import create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Code
from tbcp_qual.store import Project

from ..conftest import REPOSITORY
from .eyes import Seat

pytest.importorskip("pty", reason="pseudo-terminals are a thing of Unix")

_SPEC = importlib.util.spec_from_file_location("terminal_of_a_day", REPOSITORY / "benchmarks" / "terminal.py")
assert _SPEC is not None
assert _SPEC.loader is not None
terminal_module = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(terminal_module)

PROGRAM = str(Path(sys.executable).with_name("tbcp-qual"))
CODES = ("Trust", "Waiting", "Family", "Money", "Publicity")
TURNS = 40
RARE = "lighthouse"
"""A word in two of the answers."""


def transcript() -> str:
    lines = []
    for n in range(TURNS):
        extra = f" There was a {RARE} on the leaflet." if n in (35, 38) else ""
        lines += [
            f"INT: And what happened in week {n}?",
            f"P01: In week {n} she came and sat with us.{extra} It went on.",
        ]
    return "\n\n".join(lines) + "\n"


class Day:
    """A project, the commands typed beside it, and what is in its file."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "day.tbcp"
        self.environment = {"HOME": str(folder), "TBCP_CODER": "AK"}

    def type(self, *arguments: str | Path) -> None:
        command = [PROGRAM, *map(str, arguments)]
        done = subprocess.run(
            command, env={**os.environ, **self.environment}, cwd=self.path.parent, capture_output=True
        )
        assert done.returncode == 0, done.stderr

    def open(self):
        return terminal_module.Terminal(
            [PROGRAM, "open", str(self.path)], columns=120, rows=40, environment=self.environment
        )

    def codings(self) -> list[tuple[str, str, str]]:
        """Words, code and memo of all codings, in the order of the text."""
        with Project.open(self.path, read_only=True) as project:
            coder = project.coder_named("AK")
            assert coder is not None
            now = project.snapshot(coder.id)
            ordered = sorted(now.codings, key=lambda coding: (coding.start, coding.end))
            return [(now.words(c), now.codebook.current(c.code).name, c.memo) for c in ordered]

    def counts(self) -> dict[str, int]:
        return dict(Counter(code for _, code, _ in self.codings()))

    def wait(self, counts: dict[str, int]) -> None:
        deadline = time.monotonic() + 30
        while self.counts() != counts and time.monotonic() < deadline:
            time.sleep(0.05)
        assert self.counts() == counts


def ready(terminal) -> None:
    assert terminal.read_until(b"? help", limit=60) is not None
    terminal.read_until_quiet(0.3, limit=5)


def press(terminal, *keys: str) -> None:
    for key in keys:
        terminal.press(key)


def words_by_mouse(seat: Seat) -> list[str]:
    """Code five stretches with Money by mouse, near the end of the transcript; return the words aimed at, in order."""
    seat.press("ctrl+end")
    eyes = seat.look()

    seat.click(*eyes.find("came and sat", 4), times=2)
    seat.press("4")

    x, y = eyes.find("In week 37 she")
    seat.click(x + 3, y + 1, times=3)
    seat.click(*eyes.find("Money"))

    seat.click(*eyes.find("week 39 she"), times=4)
    seat.press("4")

    # Over two rows and on into the next turn; the words under the button are taken whole.
    x, y = eyes.find("sat with us", 2)
    to = eyes.find("happened in week 36")
    seat.drag((x + 1, y), (x, y + 1), (to[0] + 2, to[1]))
    seat.press("4")

    # Up beyond the first row, until earlier weeks come into view; then back to one of their words.
    x, y = eyes.find("came and sat", 1)
    seat.mouse(0, x, y)
    seat.mouse(32, x, 5)
    seat.mouse(32, x, 0)
    seat.wait(lambda eyes: any("in week 31?" in row for row in eyes.rows()[2:]))
    seat.mouse(32, x, 20)
    to = seat.look().find("happened in week 31?")
    seat.mouse(32, *to)
    seat.mouse(0, *to, up=True)
    seat.look()
    seat.press("4")
    before = (
        transcript()
        .split("happened in week 31?")[1]
        .split("came and sat with us. It went on.\n\nINT: And what happened in week 35?")
    )
    return [
        f"happened in week 31?{before[0]}came",
        "sat with us. There was a lighthouse on the leaflet. It went on.\n\nINT: And what happened",
        "came",
        "It went on.",
        "In week 39 she came and sat with us. It went on.",
    ]


def test_a_day_at_work_is_all_there_the_next_morning(tmp_path):
    day = Day(tmp_path)
    (tmp_path / "P01 parent.txt").write_text(transcript(), encoding="utf-8")
    with Project.create(day.path, name="Day") as project:
        codes = [create(Code(id=new_id(), name=name, position=n)) for n, name in enumerate(CODES)]
        project.apply("codes", codes, coder="", undoable=False)
    day.type("documents", "import", "P01 parent.txt")

    with day.open() as terminal:
        ready(terminal)
        # The tour begins at the first opening ever; escape ends it for good.
        terminal.read_until_quiet(0.5, limit=2)
        press(terminal, "escape")
        for n in range(30):
            press(terminal, "g", "s", "123"[n % 3])
        day.wait({"Trust": 10, "Waiting": 10, "Family": 10})

        press(terminal, "ctrl+home", "n", "e", *"public", "enter")
        day.wait({"Trust": 9, "Waiting": 10, "Family": 10, "Publicity": 1})
        press(terminal, "u")
        day.wait({"Trust": 10, "Waiting": 10, "Family": 10})

        aimed_at = words_by_mouse(Seat(terminal, 120, 40))
        day.wait({"Trust": 10, "Waiting": 10, "Family": 10, "Money": 5})
        assert [words for words, code, _ in day.codings() if code == "Money"] == aimed_at

        # Two codes become one in another window; this one takes it over and goes on.
        day.type("codes", "merge", "Family", "Waiting")
        terminal.read_until_quiet(2.5, limit=10)

        press(terminal, "F", *RARE)
        terminal.read_until_quiet(1.0, limit=10)
        press(terminal, "down", "c", *"public", "enter")
        terminal.read_until_quiet(1.0, limit=10)
        press(terminal, "enter")
        day.wait({"Trust": 10, "Waiting": 20, "Money": 5, "Publicity": 2})

        press(terminal, "C", "ctrl+home", "n", "m", *"warm", "\x13")
        deadline = time.monotonic() + 30
        while not any(memo for *_, memo in day.codings()) and time.monotonic() < deadline:
            time.sleep(0.05)
        press(terminal, "\x11")
        terminal.read_until_quiet(0.3, limit=5)

    evening = day.codings()
    assert [memo for *_, memo in evening if memo] == ["warm"]
    day.type("verify", day.path)

    with day.open() as terminal:
        ready(terminal)
        press(terminal, "u")
        deadline = time.monotonic() + 30
        while any(memo for *_, memo in day.codings()) and time.monotonic() < deadline:
            time.sleep(0.05)
        press(terminal, "\x11")
        terminal.read_until_quiet(0.3, limit=5)
    assert [(words, code) for words, code, _ in day.codings()] == [(words, code) for words, code, _ in evening]
    assert not any(memo for *_, memo in day.codings())
    day.type("verify", day.path)
