"""A passage on paper: its words wrapped, and under each row what each coder coded, to the character."""

import shutil
from textwrap import fill
from typing import TYPE_CHECKING

from rich.cells import cell_len

from tbcp_qual.cli.showing import printable, say

if TYPE_CHECKING:
    from tbcp_qual.tasks.differing import Lane, Shown

WIDEST = 96
MARK, BESIDE = "━", "·"
FIELDS = {"brief": "", "full": "", "use_when": "When: ", "not_when": "Not when: ", "example": "Example: "}


def draw(shown: "Shown", decision: str) -> None:
    """Print a passage to decide on."""
    line = shown.line
    say(f"{line.id[:8]}  {line.label}")
    for difference in shown.differences:
        say(f"  {difference}")
    if decision:
        say(f"  → {decision}")
    say()
    width = min(WIDEST, shutil.get_terminal_size((80, 24)).columns)
    keys = [key for key, _ in zip(_keys(), shown.lanes, strict=False)]
    gutter = 2 + max(map(len, keys), default=1) + 1
    text = "\n".join(map(printable, shown.text.split("\n")))
    for start, end in rows(text, width - gutter - 1):
        say(" " * gutter + text[start:end].rstrip())
        for key, lane in zip(keys, shown.lanes, strict=True):
            if lane.start < end and start < lane.end and text[max(start, lane.start) : min(end, lane.end)].strip():
                say(f"  {key} " + _marks(text, start, end, lane))
    say()
    for key, lane in zip(keys, shown.lanes, strict=True):
        beside = "" if lane.at_issue else "   (all share it)" if len(lane.coders) > 1 else "   (another passage)"
        say(f"  {key} {', '.join(lane.coders)}: {lane.code}{beside}")
        for memo in lane.memos:
            say(f"      memo: {' '.join(memo.split())}")
    for definition in shown.definitions:
        say(f"\n  {definition.path}{'   (changed since the lock)' if definition.changed else ''}")
        for name, label in FIELDS.items():
            said = " ".join(str(getattr(definition, name)).split())
            if said:
                say(fill(f"{label}{said}", width, initial_indent="    ", subsequent_indent="    "))
    if shown.like_this:
        say(f"\n  {len(shown.like_this)} more like this, not settled:")
        for other in shown.like_this:
            say(f"    {other.id[:8]}  {other.label}")


def _keys() -> list[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [*letters, *(first + second for first in letters for second in letters)]


def rows(text: str, width: int) -> list[tuple[int, int]]:
    """Return where the rows of a text begin and end, broken at spaces; no row is wider than so many cells."""
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end, space, cells = start, -1, 0
        while end < len(text) and text[end] != "\n":
            cells += cell_len(text[end])
            if cells > width:
                break
            if text[end] == " ":
                space = end
            end += 1
        if end < len(text) and text[end] not in " \n" and space > start:
            end = space
        end = max(end, start + 1)
        found.append((start, end))
        start = end
        while start < len(text) and text[start] in " \n":
            start += 1
    return found


def _marks(text: str, start: int, end: int, lane: "Lane") -> str:
    mark = MARK if lane.at_issue else BESIDE
    signs = [(mark if lane.start <= place < lane.end else " ") * cell_len(text[place]) for place in range(start, end)]
    return "".join(signs).rstrip()
