"""A table that draws only what is seen: people and cases, agreement, history.

The first column stays while the others move sideways; widths follow from what is in the cells and from the room there
is. Words come from people: they are drawn as they are, never read as markup, and cut with an ellipsis.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tbcp_qual.tui.widgets.lines import fitted, literal
from tbcp_qual.tui.widgets.table_bindings import BINDINGS
from tbcp_qual.tui.widgets.table_parts import (
    GAP,
    Column,
    Row,
    arranged,
    fitting_widths,
    literal_row,
    wanted_widths,
)


class Table(Widget, can_focus=True):
    """Rows and columns with a cursor on one cell."""

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
    Table {
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
    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]
    ALLOW_SELECT = False
    cursor = reactive((0, 0), repaint=False)
    """Place of the row and of the column the cursor is on, among those shown."""

    class Moved(Message):
        """The cursor is on another cell."""

        def __init__(self, table: "Table", row: Row, column: Column) -> None:
            super().__init__()
            self.table = table
            self.row = row
            self.column = column

        @property
        def control(self) -> "Table":
            """The table."""
            return self.table

    class Chosen(Moved):
        """A cell was chosen."""

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

    # -- what is shown

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

    @property
    def taken(self) -> list[Row]:
        """The row the cursor is on, with those that are taken together with it."""
        first, last = self._taken()
        return self._shown[first : last + 1]

    def _taken(self) -> tuple[int, int]:
        row = self.cursor[0]
        anchor = row if self._anchor is None else min(self._anchor, len(self._shown) - 1)
        return min(row, anchor), max(row, anchor)

    def let_go(self) -> bool:
        """Take only the row of the cursor again; whether there were others."""
        were = self._anchor is not None
        self._anchor = None
        self.refresh()
        return were

    def show(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Show other rows; the cursor stays on its row and column where they are still there."""
        column = self.column.key if self.column else ""
        columns = [replace(c, title=literal(c.title)) for c in columns]
        self._columns, self._rows = columns, [literal_row(row) for row in rows]
        self._wanted = wanted_widths(columns, self._rows)
        place = next((n for n, c in enumerate(columns) if c.key == column), 0)
        self._arrange(place)

    def _arrange(self, column: int) -> None:
        """Filter and sort, keep the cursor on its row, and draw anew."""
        key = self.row.key if self.row else ""
        before = self.cursor[0]
        self._anchor = None
        self._shown = arranged(self._rows, self._columns, self.wanted, self.sorted_by)
        place = next((n for n, row in enumerate(self._shown) if row.key == key), before)
        moved = (max(0, min(place, len(self._shown) - 1)), column)
        self._widths = fitting_widths(self._wanted, self._room)
        self.set_reactive(Table.cursor, moved)
        self._reveal()
        self.refresh()
        if self.row is not None and self.column is not None and self.row.key != key:
            self.post_message(self.Moved(self, self.row, self.column))

    def go_across(self, column: str) -> None:
        """Put the cursor on a column; the rows taken stay so."""
        self.cursor = (self.cursor[0], next(n for n, c in enumerate(self._columns) if c.key == column))

    def put_cursor(self, row: str, column: str = "") -> None:
        """Put the cursor on a row, and on a column where one is named."""
        self._anchor = None
        at = next((n for n, r in enumerate(self._shown) if r.key == row), self.cursor[0])
        across = next((n for n, c in enumerate(self._columns) if c.key == column), self.cursor[1])
        self.cursor = (at, across)

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

    # -- keys and mouse

    def watch_cursor(self, before: tuple[int, int], now: tuple[int, int]) -> None:
        """Draw what changed, and keep the cursor in view."""
        if self._reveal() or before[1] != now[1] or self._anchor is not None:
            self.refresh()
        else:
            for row in (before[0], now[0]):
                self.refresh(Region(0, row - self._top + 1, self.size.width, 1))
        if self.row is not None and self.column is not None:
            self.post_message(self.Moved(self, self.row, self.column))

    def watch_has_focus(self, focused: bool) -> None:
        """Draw the cursor anew; words typed into the filter stay."""
        self.typing = self.typing and focused
        self.refresh()

    def _go(self, row: int, column: int, *, extend: bool = False) -> None:
        if extend and self._anchor is None:
            self._anchor = self.cursor[0]
        elif not extend and row != self.cursor[0]:
            self.let_go()
        self.cursor = (max(0, min(row, len(self._shown) - 1)), max(0, min(column, len(self._columns) - 1)))

    def action_down(self, step: int) -> None:
        """Go a row up or down."""
        self._go(self.cursor[0] + step, self.cursor[1])

    def action_take(self, step: int) -> None:
        """Take one more row, up or down."""
        self._go(self.cursor[0] + step, self.cursor[1], extend=True)

    def action_across(self, step: int) -> None:
        """Go a column back or on."""
        self._go(self.cursor[0], self.cursor[1] + step)

    def action_page(self, step: int) -> None:
        """Go a page up or down."""
        self._go(self.cursor[0] + step * max(self._height - 1, 1), self.cursor[1])

    def action_edge(self, step: int) -> None:
        """Go to the first or last column."""
        self._go(self.cursor[0], 0 if step < 0 else len(self._columns) - 1)

    def action_far(self, step: int) -> None:
        """Go to the first or last row."""
        self._go(0 if step < 0 else len(self._shown) - 1, self.cursor[1])

    def action_choose(self) -> None:
        """Choose the cell the cursor is on."""
        if self.row is not None and self.column is not None:
            self.post_message(self.Chosen(self, self.row, self.column))

    def action_sort(self) -> None:
        """Sort by the column of the cursor; again: the other way round; again: as given."""
        if self.column is not None:
            self.sort_by(self.column.key)

    def sort_by(self, key: str) -> None:
        """Sort by a column, and go to the first row; what is sorted by already is turned round, and then left."""
        now = self.sorted_by
        self.sorted_by = (key, False) if now is None or now[0] != key else None if now[1] else (key, True)
        self._arrange(self.cursor[1])
        self._go(0, self.cursor[1])

    def action_filter(self) -> None:
        """Type words that rows must hold."""
        self.typing = True
        self._arrange(self.cursor[1])

    def clear_filter(self) -> bool:
        """Show all rows again; whether there was a filter."""
        was = bool(self.wanted or self.typing)
        self.wanted, self.typing = "", False
        if was:
            self._arrange(self.cursor[1])
        return was

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key goes into the filter."""
        return self.typing and character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Take what is typed into the filter."""
        if not self.typing:
            return
        if event.key == "escape":
            self.clear_filter()
        elif event.key == "enter":
            self.typing = False
            self._arrange(self.cursor[1])
        elif event.key == "backspace":
            self._want(self.wanted[:-1])
        elif event.key == "ctrl+u":
            self._want("")
        elif event.is_printable and event.character:
            self._want(self.wanted + event.character)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted into the filter."""
        if self.typing:
            self._want(self.wanted + literal(event.text))
            event.stop()

    def _want(self, words: str) -> None:
        self.wanted = words
        self._arrange(self.cursor[1])

    def on_click(self, event: events.Click) -> None:
        """Sort by the heading clicked; go to the cell clicked; twice: choose it."""
        at = event.get_content_offset_capture(self)
        column = next((n for n, start, width in self._seen() if start <= at.x < start + width + GAP), None)
        row = at.y - 1 + self._top
        if column is None:
            return
        if at.y == 0:
            self.sort_by(self._columns[column].key)
        elif row < len(self._shown) and at.y <= self._height:
            self._go(row, column)
            if event.chain == 2:
                self.action_choose()

    def on_mouse_scroll_down(self) -> None:
        """See what is below; the cursor stays."""
        self._scroll(3)

    def on_mouse_scroll_up(self) -> None:
        """See what is above; the cursor stays."""
        self._scroll(-3)

    def _scroll(self, rows: int) -> None:
        top = max(0, min(self._top + rows, len(self._shown) - self._height))
        if top != self._top:
            self._top = top
            self.refresh()

    def on_resize(self) -> None:
        """Fit the columns into the room there is now."""
        self._widths = fitting_widths(self._wanted, self._room)
        self._reveal()
        self.refresh()

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
