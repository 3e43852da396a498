"""What a command shows: data on stdout, remarks on stderr, and nothing that a terminal would obey.

Names and memos come from files that others made; an escape sequence in them must not move the cursor or set a title.
"""

import json
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Self, TextIO

import click

from tbcp_qual.coding.counting import some

if TYPE_CHECKING:
    from pathlib import Path

    from tbcp_qual.tasks.imported import Imported

_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""What a terminal obeys instead of showing it, and what cannot be written in any encoding."""


def printable(text: str) -> str:
    """Return a line in which a space stands for whatever a terminal would obey instead of showing it."""
    return _OBEYED.sub(" ", text)


def say(text: str = "") -> None:
    """Print lines on stdout; nothing in them is obeyed by a terminal."""
    click.echo("\n".join(printable(line) for line in text.split("\n")))


def remark(text: str) -> None:
    """Say one line to the person, on stderr."""
    click.echo(printable(text), err=True)


class Progress:
    """A bar on stderr, on a terminal only."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._on = _is_terminal(sys.stderr)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def clear(self) -> None:
        """Take the bar away, so that something else can be said."""
        if self._on:
            click.echo("\r\x1b[K", nl=False, err=True)

    def show(self, done: int, total: int, name: str) -> None:
        """Draw how far it is."""
        if not self._on or total < 2:
            return
        filled = 30 * done // total
        bar = f"[{'#' * filled}{'-' * (30 - filled)}] {done}/{total} {printable(name)[:30]}"
        click.echo(f"\r\x1b[K{self._label} {bar}", nl=False, err=True)


def print_json(value: object) -> None:
    """Print a value as JSON on stdout; what a terminal would obey is written as an escape."""
    wide = sys.stdout is None or (sys.stdout.encoding or "").lower().startswith("utf")
    text = json.dumps(value, ensure_ascii=not wide, indent=2)
    click.echo("\n".join(_OBEYED.sub(lambda c: f"\\u{ord(c.group()):04x}", line) for line in text.split("\n")))


def print_table(rows: Sequence[Sequence[object]], headings: Sequence[str], *, nothing: str = "") -> None:
    """Print rows in columns on stdout; numbers to the right.

    Args:
        nothing: what is said, on stderr, where there are no rows.
    """
    if nothing and not rows:
        remark(nothing)
        return
    lines = [[_cell(cell) for cell in line] for line in (headings, *rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(headings))]
    numeric = [bool(rows) and all(isinstance(row[i], int | float) for row in rows) for i in range(len(headings))]
    for line in lines:
        cells = [c.rjust(w) if n else c.ljust(w) for c, w, n in zip(line, widths, numeric, strict=True)]
        click.echo("  ".join(cells).rstrip())


def _cell(cell: object) -> str:
    return printable(f"{cell:.3f}" if isinstance(cell, float) else str(cell))


def print_remarks(rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns on stderr, beside a question."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        remark("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def remark_imported(brought: "Imported", one: str, file: "Path") -> None:
    """Say what a file brought, and what of the project is not in it."""
    remark(f"{some(brought.new, one)} new, {brought.changed:,} changed, {brought.same:,} as before.")
    if brought.absent:
        remark(f"Not in {file.name}, and left as they are: {'; '.join(brought.absent)}.")


def can_ask() -> bool:
    """Whether a person sits there who can be asked, whatever becomes of the data."""
    return _is_terminal(sys.stdin) and _is_terminal(sys.stderr)


def on_terminal() -> bool:
    """Whether a person sits at both ends."""
    return _is_terminal(sys.stdin) and _is_terminal(sys.stdout)


def _is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is one; a program may be started with it closed."""
    return stream is not None and stream.isatty()
