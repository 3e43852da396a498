"""Runs commands as a person would, in this process or in one of its own."""

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tbcp_qual.cli import cli
from tbcp_qual.cli.running import run

PROGRAM = [sys.executable, "-c", "from tbcp_qual.cli import main; main()"]
CODES = {0, 1, 2, 3, 4, 5, 130}
"""The exit codes that are promised."""


class Shell:
    """Runs commands on one project; never a traceback, never another exit code than those promised."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = path
        self._monkeypatch, self._capsys = monkeypatch, capsys
        self.out = self.err = ""

    def __call__(self, *arguments: str | Path, coder: str = "AK") -> int:
        options = ["--project", self.path, "--coder", coder]
        self._monkeypatch.setattr(sys, "argv", ["tbcp-qual", *map(str, [*options, *arguments])])
        code = run(cli)
        self.out, self.err = self._capsys.readouterr()
        assert code in CODES, self.err
        return code

    def json(self, *arguments: str | Path, coder: str = "AK", code: int = 0) -> Any:
        """Run a command with `--json`; return what it printed."""
        assert self(*arguments, "--json", coder=coder) == code, self.err
        return json.loads(self.out)


def process(*arguments: str | Path, folder: Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own."""
    environment = {**os.environ, **variables}
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)], cwd=folder, env=environment, capture_output=True, check=False
    )


def conversation(*arguments: str | Path, answers: list[str]) -> tuple[str, int]:
    """Run a command in a pseudo-terminal and answer its questions, which end in a colon.

    Returns:
        All that stood on the terminal, and the exit code.
    """
    pty = pytest.importorskip("pty", reason="pseudo-terminals are a thing of Unix")
    ours, theirs = pty.openpty()
    running = subprocess.Popen([*PROGRAM, *map(str, arguments)], stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said, heard, waiting = b"", 0, list(answers)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if select.select([ours], [], [], 0.05)[0]:
            try:
                read = os.read(ours, 4096)
            except OSError:
                break  # the other end is closed
            if not read:
                break
            said += read
        elif waiting and said[heard:].rstrip().endswith(b":"):
            heard = len(said)
            os.write(ours, f"{waiting.pop(0)}\n".encode())
    running.kill()
    code = running.wait(60)
    os.close(ours)
    return said.decode(), code
