"""A terminal without a window: runs a program in a pseudo-terminal, presses keys and notes when its last byte came.

What is timed is what a person waits for: from the key's bytes written to the last byte painted after it.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from typing import Self

KEYS = {
    "left": "\x1b[D",
    "right": "\x1b[C",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "shift+left": "\x1b[1;2D",
    "shift+right": "\x1b[1;2C",
    "shift+up": "\x1b[1;2A",
    "shift+down": "\x1b[1;2B",
    "ctrl+up": "\x1b[1;5A",
    "ctrl+down": "\x1b[1;5B",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "ctrl+home": "\x1b[1;5H",
    "ctrl+end": "\x1b[1;5F",
    "enter": "\r",
    "space": " ",
    "tab": "\t",
    "escape": "\x1b",
}
"""What a terminal sends for the keys that are not a character."""

_ASKED_FOR_SYNC = b"\x1b[?2026$p"
_HAS_SYNC = b"\x1b[?2026;2$y"


class Terminal:
    """A program in a pseudo-terminal of its own."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 40,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.started = time.perf_counter()
        self._pid, self._fd = pty.fork()
        if not self._pid:
            # Readline, which test runners load, leaves a size in the environment of the C library, unseen in
            # `os.environ`: a program that got it would believe it rather than the terminal.
            known = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "LINES", "COLUMNS")}
            known |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})}
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            try:
                os.execvpe(command[0], list(command), known)
            finally:
                os._exit(127)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.painted = 0
        """Bytes painted so far."""
        self.last = b""
        """What was painted last."""

    def read_until_quiet(self, quiet: float, limit: float = 60.0) -> float | None:
        """Read until nothing was painted for `quiet` seconds.

        Returns:
            When the last byte came, on the clock of `time.perf_counter`; None where nothing came within `limit` seconds.
        """
        came: float | None = None
        parts: list[bytes] = []
        deadline = time.perf_counter() + limit
        while True:
            now = time.perf_counter()
            wait = deadline - now if came is None else min(came + quiet, deadline) - now
            if wait <= 0 or not select.select([self._fd], [], [], wait)[0]:
                break
            try:
                read = os.read(self._fd, 1 << 16)
            except OSError:
                break
            if not read:
                break
            came = time.perf_counter()
            parts.append(read)
            self.painted += len(read)
            if _ASKED_FOR_SYNC in read:
                os.write(self._fd, _HAS_SYNC)
        self.last = b"".join(parts)
        return came

    def read_until(self, words: bytes, limit: float = 30.0) -> float | None:
        """Read until these words are painted; return when, or None where they were not within `limit` seconds."""
        seen = b""
        deadline = time.perf_counter() + limit
        while words not in seen and time.perf_counter() < deadline:
            if self.read_until_quiet(0.0, limit=0.05) is not None:
                seen = seen[-len(words) :] + self.last
        return time.perf_counter() if words in seen else None

    def press(self, key: str, *, quiet: float = 0.05) -> float | None:
        """Press a key by its name; return the seconds to the last painted byte, None where nothing was painted."""
        sent = time.perf_counter()
        os.write(self._fd, KEYS.get(key, key).encode())
        came = self.read_until_quiet(quiet, limit=1.0)
        return None if came is None else came - sent

    def close(self) -> None:
        """End the program."""
        try:
            os.kill(self._pid, signal.SIGTERM)
            deadline = time.perf_counter() + 5
            while time.perf_counter() < deadline and not os.waitpid(self._pid, os.WNOHANG)[0]:
                self.read_until_quiet(0.05, limit=0.05)
            else:
                if time.perf_counter() >= deadline:
                    os.kill(self._pid, signal.SIGKILL)
                    os.waitpid(self._pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        os.close(self._fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
