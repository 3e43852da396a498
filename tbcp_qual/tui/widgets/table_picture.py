"""How a table is drawn: its heading, the rows that are seen, the filter below, and the scroll bar."""

import textwrap
from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tbcp_qual.tui.widgets.lines import fitted
from tbcp_qual.tui.widgets.table_parts import GAP, Column, Row


class TablePicture(Widget):
    """What a table shows, and from where; which keys change that is the table's."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--text",
        "table--quiet",
        "table--head",
        "table--head-here",
        "table--row",
        "table--cell",
        "table--bar",
    }
    DEFAULT_CSS = """
    TablePicture {
        & > .table--text { color: $foreground; }
        & > .table--quiet { color: $foreground 45%; }
        & > .table--head { color: $foreground 60%; }
        & > .table--head-here { color: $accent; text-style: bold; }
        & > .table--row { background: $panel; color: $foreground; }
        & > .table--cell { background: $accent 30%; color: $foreground; text-style: bold; }
        & > .table--bar { color: $foreground 20%; }
        &:nocolor > .table--cell, &:ansi > .table--cell { text-style: reverse; }
        &:nocolor > .table--row, &:ansi > .table--row { text-style: bold; }
        &:nocolor > .table--head-here, &:ansi > .table--head-here { text-style: bold underline; }
    }
    """
    ALLOW_SELECT = False
    cursor = reactive((0, 0), repaint=False)
    """Place of the row and of the column the cursor is on, among those shown."""

    def __init__(self, *, id: str | None = None, classes: str | None = None, empty: str = "") -> None:
        super().__init__(id=id, classes=classes)
        self._columns: list[Column] = []
        self._rows: list[Row] = []
        self._shown: list[Row] = []
        """Those that pass the filter, sorted."""
        self._wanted: list[int] = []
        """How wide each column would be if there were room."""
        self._widths: list[int] = []
        self._empty = empty
        self._top = 0
        """Place of the first row that is seen."""
        self._first = 1
        """The first column that is seen beside the one that stays."""
        self._anchor: int | None = None
        """Place of the row from which on rows are taken together; None where one alone is."""
        self.sorted_by: tuple[str, bool] | None = None
        """Key of a column, and whether the other way round; None: as the rows were given."""
        self.wanted = ""
        """The words that rows must hold."""
        self.typing = False
        """Whether keys go into the filter."""

    @property
    def rows(self) -> Sequence[Row]:
        """The rows that pass the filter, in order."""
        return self._shown

    @property
    def columns(self) -> Sequence[Column]:
        """All columns."""
        return self._columns

    @property
    def row(self) -> Row | None:
        """The row the cursor is on; None where there is none."""
        place = self.cursor[0]
        return self._shown[place] if 0 <= place < len(self._shown) else None

    @property
    def column(self) -> Column | None:
        """The column the cursor is on; None where there is none."""
        place = self.cursor[1]
        return self._columns[place] if 0 <= place < len(self._columns) else None

    def _taken(self) -> tuple[int, int]:
        row = self.cursor[0]
        anchor = row if self._anchor is None else min(self._anchor, len(self._shown) - 1)
        return min(row, anchor), max(row, anchor)

    # -- places

    @property
    def _room(self) -> int:
        width: int = self.size.width
        return width - 1

    @property
    def _height(self) -> int:
        """Rows that can be seen at a time."""
        return max(self.size.height - 1 - bool(self.typing or self.wanted), 1)

    def _reveal(self) -> bool:
        """Bring the cursor into view; whether anything moved."""
        row, column = self.cursor
        before = self._top, self._first
        top = max(min(self._top, row), row - self._height + 1)
        self._top = max(0, min(top, len(self._shown) - self._height))
        if 0 < column < self._first:
            self._first = column
        while self._first < column and self._end_of(column) > self._room:
            self._first += 1
        while self._first > 1 and self._end_of(len(self._columns) - 1, self._first - 1) <= self._room:
            self._first -= 1
        return before != (self._top, self._first)

    def _end_of(self, column: int, first: int | None = None) -> int:
        """Return where a column ends if the table is moved sideways to a first column."""
        seen: list[int] = [0, *range(self._first if first is None else first, column + 1)]
        return sum(self._widths[n] + GAP for n in seen) - GAP

    def _seen(self) -> list[tuple[int, int, int]]:
        """Return the columns that are seen: place, where it begins, and how wide it is drawn."""
        found, start = [], 0
        for n in (0, *range(max(self._first, 1), len(self._columns))):
            if n >= len(self._widths):
                break
            width = min(self._widths[n], self._room - start)
            if width < min(self._widths[n], 4):
                break
            found.append((n, start, width))
            start += width + GAP
        return found

    # -- drawing

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        width, height = self.size
        quiet = self.get_component_rich_style("table--quiet")
        if not self._rows and self._empty:
            rows = textwrap.wrap(self._empty, max(width, 8))
            return Strip([Segment(fitted(rows[y] if y < len(rows) else "", width), quiet)], width)
        if y == 0:
            return self._head(width)
        if (self.typing or self.wanted) and y == height - 1:
            return self._filter_row(width)
        place = y - 1 + self._top
        if place >= len(self._shown) or y > self._height:
            text = "  No row holds these words." if y == 2 and not self._shown else ""
            return Strip([Segment(fitted(text, width), quiet)], width)
        return self._drawn(place, y, width)

    def _head(self, width: int) -> Strip:
        usual = self.get_component_rich_style("table--head")
        here = self.get_component_rich_style("table--head-here")
        segments = []
        seen = self._seen()
        for n, _, cells in seen:
            column = self._columns[n]
            by = self.sorted_by
            sign = ("▼" if by[1] else "▲") if by is not None and by[0] == column.key else ""
            text = fitted(column.title, cells - cell_len(sign)).rstrip() + sign
            drawn = text.rjust(cells - cell_len(text) + len(text)) if column.right else fitted(text, cells)
            segments.append(Segment(drawn, here if n == self.cursor[1] and self.has_focus else usual))
            left = n == 0 and self._first > 1
            segments.append(Segment(" ‹" if left else " " * GAP, usual))
        strip = Strip(segments).adjust_cell_length(width - 1, usual)
        more = bool(seen) and (seen[-1][0] < len(self._columns) - 1 or seen[-1][2] < self._widths[seen[-1][0]])
        return Strip([*strip, Segment("›" if more else " ", usual)], width)

    def _filter_row(self, width: int) -> Strip:
        style = self.get_component_rich_style("table--head-here")
        caret = "█" if self.typing else ""
        keys = "  enter keeps · escape shows all" if self.typing else "  escape shows all"
        said = f"{len(self._shown):,} of {len(self._rows):,}{keys}"
        typed = fitted(f"/ {self.wanted}{caret}", max(width - cell_len(said) - 2, 8)).rstrip()
        return Strip([Segment(fitted(f"{typed}  {said}", width), style)], width)

    def _drawn(self, place: int, y: int, width: int) -> Strip:
        row = self._shown[place]
        first, last = self._taken()
        here = first <= place <= last
        base = self.get_component_rich_style("table--row" if here else "table--text")
        quiet = base + Style(color=self.get_component_rich_style("table--quiet").color)
        lit = self.get_component_rich_style("table--cell")
        if row.quiet and not here:
            base = quiet
        segments = []
        for n, _, cells in self._seen():
            column, text = self._columns[n], row.cells[n]
            style = base if text else quiet
            if here and n == self.cursor[1] and self.has_focus:
                style = lit
            drawn = fitted(text or column.empty, cells)
            if column.right:
                bare = drawn.rstrip()
                drawn = " " * (cell_len(drawn) - cell_len(bare)) + bare
            segments.append(Segment(drawn, style))
            segments.append(Segment(" " * GAP, base))
        strip = Strip(segments).adjust_cell_length(width - 1, base)
        return Strip([*strip, Segment(self._bar(y), self.get_component_rich_style("table--bar"))], width)

    def _bar(self, y: int) -> str:
        """Return the scroll bar's part of a row."""
        rows, height = len(self._shown), self._height
        if rows <= height:
            return " "
        first = self._top * height // rows
        return "▐" if first <= y - 1 < first + max(height * height // rows, 1) else " "
