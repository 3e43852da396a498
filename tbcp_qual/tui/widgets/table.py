"""A table that draws only what is seen: people and cases, agreement, history.

The first column stays while the others move sideways; widths follow from what is in the cells and from the room there
is. Words come from people: they are drawn as they are, never read as markup, and cut with an ellipsis.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message

from tbcp_qual.tui.widgets.lines import literal
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
from tbcp_qual.tui.widgets.table_picture import TablePicture


class Table(TablePicture, can_focus=True):
    """Rows and columns with a cursor on one cell."""

    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]

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

    @property
    def taken(self) -> list[Row]:
        """The row the cursor is on, with those that are taken together with it."""
        first, last = self._taken()
        return self._shown[first : last + 1]

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

    def teach(self, empty: str) -> None:
        """Say something else where there are no rows."""
        if empty != self._empty:
            self._empty = empty
            self.refresh()

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
