"""Where each character of a transcript stands on the screen: turn bodies wrapped into rows, and both ways back.

In bulk only the offset at which each row starts is kept; strings and cells are made for the rows that are painted.
Most text takes one cell a character and is wrapped by searching for spaces; the rest goes by grapheme clusters.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from rich.cells import split_graphemes

from tbcp_qual.coding.records import Turn
from tbcp_qual.tui.transcript.passages import Passages

TAB = 4
"""Cells from one tab stop to the next, counted from the start of the row."""

ONE_CELL = " -~\xa0-\xac\xae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038e-\u03a1\u03a3-\u0482\u2010-\u2015\u2018-\u2027\u2030-\u205e\u20ac\u2122"
"""Characters known to take one cell, as the inside of a regular expression's set."""

_SPECIAL = re.compile(f"[^\n{ONE_CELL}]")
_PLAIN_ASCII = bytes([10, *range(32, 127)])
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_JOINERS = "\u200d\ufe0f"

RowKind = Literal["body", "blank", "section"]


class Row(NamedTuple):
    """One row of the screen; `start` to `end` is its part of the text, both 0 where it has none."""

    kind: RowKind
    turn: int
    start: int
    end: int
    first: bool
    """Whether a turn's body begins here."""


class Cells(NamedTuple):
    """What a row shows, cluster by cluster; the last entry is the empty place after the text."""

    offsets: list[int]
    columns: list[int]
    shown: list[str]


class RowMap:
    """The rows of a transcript at one width of its text column, in cells."""

    def __init__(self, text: str, turns: Sequence[Turn], width: int) -> None:
        self.text = text
        self.turns = turns
        self.width = max(width, 2)
        self.passages = Passages(text, turns)
        self._starts: list[int] = []
        """Offset at which each body row starts, all turns in one list."""
        self._body: list[int] = []
        """For each turn: which entry of `_starts` is its first row."""
        self._tops: list[int] = []
        """For each turn: the first row that belongs to it, be it blank, heading or text."""
        self._firsts: list[int] = []
        """For each turn: the row where its body begins."""
        self._cells: dict[int, Cells] = {}
        self.height = self._wrap()

    def _wrap(self) -> int:
        text, starts = self.text, self._starts
        search = _SPECIAL.search
        plain = text.isascii() and not text.encode().translate(None, _PLAIN_ASCII)
        row = 0
        section = ""
        for index, turn in enumerate(self.turns):
            self._tops.append(row)
            row += index > 0
            row += bool(turn.section) and turn.section != section
            section = turn.section
            self._firsts.append(row)
            before = len(starts)
            self._body.append(before)
            if plain or search(text, turn.start, turn.end) is None:
                _wrap_plain(text, turn.start, turn.end, self.width, starts)
            else:
                _wrap_clusters(text, turn.start, turn.end, self.width, starts)
            row += len(starts) - before
        return row

    def turn_at(self, row: int) -> int:
        """Return the index of the turn that a row belongs to; a blank row or a heading goes with the turn below."""
        return max(bisect_right(self._tops, row) - 1, 0)

    def last_row(self, turn: int) -> int:
        """Return the row where a turn's body ends."""
        return (self._tops[turn + 1] if turn + 1 < len(self._tops) else self.height) - 1

    def row(self, row: int) -> Row:
        """Return what a row holds."""
        turn = self.turn_at(row)
        below = row - self._firsts[turn]
        if below < 0:
            top = row == self._tops[turn] and turn > 0
            return Row("blank" if top else "section", turn, 0, 0, False)
        index = self._body[turn] + below
        last = self._body[turn + 1] if turn + 1 < len(self._body) else len(self._starts)
        end = self._starts[index + 1] if index + 1 < last else self.turns[turn].end
        return Row("body", turn, self._starts[index], end, below == 0)

    def body_row(self, row: int, direction: int) -> int | None:
        """Return the first row with text at or beyond `row` in that direction (1 or -1); None where there is none."""
        while 0 <= row < self.height:
            turn = self.turn_at(row)
            if row >= self._firsts[turn]:
                return row
            row = self._firsts[turn] if direction > 0 else self._tops[turn] - 1
        return None

    def row_of(self, offset: int) -> int:
        """Return the row on which an offset stands; one outside every body is taken to the nearest."""
        return self._row_in(*self.passages.locate(offset))

    def rows_of(self, start: int, end: int) -> tuple[int, int, int, int]:
        """Return first and last row, and first and last turn, of a stretch of text; all included."""
        first, place = self.passages.locate(start)
        top = self._row_in(first, place)
        if end - 1 <= place:
            return top, top, first, first
        last, place = self.passages.locate(end - 1)
        return top, max(self._row_in(last, place), top), first, max(last, first)

    def _row_in(self, turn: int, offset: int) -> int:
        if not self.turns:
            return 0
        body = self._body[turn]
        last = self._body[turn + 1] if turn + 1 < len(self._body) else len(self._starts)
        return self._firsts[turn] + bisect_right(self._starts, offset, body, last) - 1 - body

    def position(self, offset: int) -> tuple[int, int]:
        """Return row and cell of an offset; white space that hangs over the end of a row is at its last cell."""
        if not self.turns:
            return 0, 0
        turn, offset = self.passages.locate(offset)
        row = self._row_in(turn, offset)
        return row, self.column(row, offset)

    def column(self, row: int, offset: int) -> int:
        """Return the cell of an offset that stands on `row`."""
        cells = self.cells(row)
        return cells.columns[bisect_right(cells.offsets, offset) - 1]

    def offset_at(self, row: int, column: int) -> int:
        """Return the offset shown at a cell of a row with text; beyond its end: the last place on it."""
        here = self.row(row)
        cells = self.cells(row)
        index = bisect_right(cells.columns, max(column, 0)) - 1
        if index == len(cells.offsets) - 1 and here.end != self.turns[here.turn].end and index:
            index -= 1
        return cells.offsets[index]

    def offset_near(self, row: int, column: int, direction: int = 1) -> int | None:
        """Return the offset nearest to a cell: on the next row with text in that direction, else in the other one."""
        row = min(max(row, 0), self.height - 1)
        found = self.body_row(row, direction)
        if found is None:
            found = self.body_row(row, -direction)
        return None if found is None else self.offset_at(found, column)

    def cells(self, row: int) -> Cells:
        """Return the clusters of a row with text; tabs are spaces, and what has no glyph shows nothing."""
        found = self._cells.get(row)
        if found is None:
            if len(self._cells) > 512:
                self._cells.clear()
            found = self._cells[row] = self._make_cells(self.row(row))
        return found

    def _make_cells(self, here: Row) -> Cells:
        offsets: list[int] = []
        columns: list[int] = []
        shown: list[str] = []
        column = 0
        for offset, cluster, width in _clusters(self.text, here.start, here.end):
            if cluster == "\t":
                width = TAB - column % TAB
                cluster = " " * width
            room = self.width - column
            if width > room and self.text[offset] in " \t\n":
                cluster, width = " " * max(room, 0), max(room, 0)
            offsets.append(offset)
            columns.append(column)
            shown.append(cluster)
            column += width
        offsets.append(here.end)
        columns.append(column)
        shown.append("")
        return Cells(offsets, columns, shown)


def _wrap_plain(text: str, start: int, end: int, width: int, starts: list[int]) -> None:
    """Add where each row starts, one cell a character."""
    while True:
        newline = text.find("\n", start, end)
        stop = end if newline < 0 else newline
        starts.append(start)
        while stop - start > width:
            space = text.rfind(" ", start, start + width + 1)
            if space < 0:
                start += width
            else:
                start = space + 1
                while start < stop and text[start] == " ":
                    start += 1
                if start == stop:
                    break
            starts.append(start)
        if newline < 0 or newline + 1 >= end:
            return
        start = newline + 1


def _wrap_clusters(text: str, start: int, end: int, width: int, starts: list[int]) -> None:
    """Add where each row starts, cluster by cluster."""
    while True:
        newline = text.find("\n", start, end)
        clusters = list(_clusters(text, start, end if newline < 0 else newline))
        starts.append(start)
        first = 0
        while True:
            column, after_space, index = 0, 0, first
            while index < len(clusters):
                offset, _, cells = clusters[index]
                if text[offset] in " \t":
                    column += cells or TAB - column % TAB
                    after_space = index + 1
                elif column + cells > width and index > first:
                    break
                else:
                    column += cells
                index += 1
            if index == len(clusters):
                break
            first = after_space or index
            starts.append(clusters[first][0])
        if newline < 0 or newline + 1 >= end:
            return
        start = newline + 1


def _clusters(text: str, start: int, end: int) -> Iterator[tuple[int, str, int]]:
    """Yield offset, what is shown and its cells; a tab as itself with 0 cells, what cannot be shown as nothing."""
    place = start
    while place < end:
        found = _UNSHOWN.search(text, place, end)
        stop = found.start() if found else end
        if stop > place:
            yield from _graphemes(text[place:stop], place)
        if found:
            yield stop, "\t" if found[0] == "\t" else "", 0
        place = stop + 1


def _graphemes(run: str, base: int) -> Iterator[tuple[int, str, int]]:
    if not _SPECIAL.search(run):
        for index, character in enumerate(run):
            yield base + index, character, 1
        return
    for index, (start, end, cells) in enumerate(split_graphemes(run)[0]):
        shown = run[start:end].rstrip("\u200d")
        if index == 0 and cells == 0:
            marks = "".join(c for c in shown if c not in _JOINERS and unicodedata.category(c) in ("Mn", "Me"))
            yield base + start, f"◌{marks}" if marks else "", 1 if marks else 0
        else:
            yield base + start, shown, cells


def fitted(text: str, cells: int) -> tuple[str, int]:
    """Return what a terminal can show of a text in so many cells, cut with an ellipsis, and the cells it takes."""
    shown: list[tuple[str, int]] = [
        (c if c != "\t" else " ", w or c == "\t") for _, c, w in _clusters(text, 0, len(text))
    ]
    width = sum(w for _, w in shown)
    if width <= cells:
        return "".join(c for c, _ in shown), width
    if cells < 2:
        first = next(((c, w) for c, w in shown if w), ("", 0))
        return first if cells and first[1] <= cells else ("…"[:cells], min(cells, 1))
    kept, used = "", 0
    for cluster, width in shown:
        if used + width > cells - 1:
            break
        kept += cluster
        used += width
    return kept + "…", used + 1
