"""A list to read: each item has a line that says what it is, and words below it that are wrapped and never cut.

Retrieved codings, the recode queue, memos, definitions. Words come from people and are drawn as they are.
"""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip

from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.tui.widgets.lines import Line, LineList, fitted
from tbcp_qual.tui.widgets.wrapping import wrapped

MARGIN = 2
"""Cells before the words of an item."""

MEASURE = 96
"""Cells of a row of words at most: longer rows are hard to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One item to read."""

    key: str
    """What it stands for; empty for a heading over items."""
    label: str
    note: str = ""
    """What stands at the right end of the label."""
    body: str = ""
    sign: str = ""
    colour: str = ""
    quiet: bool = False
    """Whether its words are drawn dim."""
    tight: bool = False
    """Whether no empty row follows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyLine(Line):
    """One row of the words of an item."""

    of: str = ""
    """Key of the item."""


class PassageList(LineList):
    """Items with a cursor; Enter or a double click opens one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"passages--body", "passages--lit", "passages--label"}
    DEFAULT_CSS = """
    PassageList {
        & > .passages--body { color: $foreground; }
        & > .passages--lit { color: $foreground; background: $panel; }
        & > .passages--label { color: $foreground 70%; }
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None, empty: str = "") -> None:
        super().__init__(id=id, classes=classes, empty=empty)
        self._items: list[Passage] = []
        self._rows_of: dict[str, int] = {}
        """Place of the last row of each item."""
        self._wrapped_to = 0

    @property
    def items(self) -> Sequence[Passage]:
        """What is shown."""
        return self._items

    @property
    def item(self) -> Passage | None:
        """The item the cursor is on; None where there is none."""
        key = self.line.key if self.line is not None else ""
        return next((item for item in self._items if key and item.key == key), None)

    def show_items(self, items: Sequence[Passage], *, keep: bool = True) -> None:
        """Show other items; the cursor stays on its item where that is still there, else near its place."""
        near = self._place_of_item() if keep else 0
        here = self.line.key if keep and self.line else ""
        self._items = list(items)
        self._wrap(keep=keep)
        keys = [item.key for item in items if item.key]
        if keep and here and here not in keys and keys:
            self.put_cursor(keys[min(near, len(keys) - 1)])

    def _place_of_item(self) -> int:
        keys = [item.key for item in self._items if item.key]
        key = self.line.key if self.line is not None else ""
        return keys.index(key) if key in keys else 0

    def _wrap(self, *, keep: bool = True) -> None:
        self._wrapped_to = self.size.width
        width = max(min(self.size.width - MARGIN - 2, MEASURE), 8)
        lines: list[Line] = []
        self._rows_of = {}
        for n, item in enumerate(self._items):
            lines.append(Line(key=item.key, text=item.label, note=item.note, sign=item.sign, colour=item.colour))
            if item.body:
                rows = wrapped(item.body, width)
                lines.extend(BodyLine(key="", text=row, of=item.key, quiet=item.quiet) for row in rows)
            self._rows_of[item.key] = len(lines) - 1
            if not item.tight and n < len(self._items) - 1:
                lines.append(Line(key="", text=""))
        self.show(lines, keep=keep)
        self.refresh()

    def _reveal(self) -> None:
        """Bring the whole item into view, where it fits."""
        super()._reveal()
        height = max(self.size.height, 1)
        last = self._rows_of.get(self.line.key, self.cursor) if self.line is not None else self.cursor
        if last >= self._top + height:
            self._show_from(min(self.cursor, last - height + 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Draw the items anew, whole."""
        super().watch_cursor(before, now)
        self.refresh()

    def action_cursor(self, step: int) -> None:
        """Go to the item above or below; an item that is longer than the screen is read on first."""
        height = max(self.size.height, 1)
        last = self._rows_of.get(self.line.key, self.cursor) if self.line is not None else self.cursor
        if step > 0 and last >= self._top + height:
            self._show_from(self._top + max(height // 2, 1))
        elif step < 0 and self.cursor < self._top:
            self._show_from(max(self._top - max(height // 2, 1), self.cursor))
        else:
            super().action_cursor(step)

    def on_click(self, event: events.Click) -> None:
        """Go to the item that was clicked; twice: open it."""
        place = event.get_content_offset_capture(self).y + self._top
        if not 0 <= place < len(self._lines):
            return
        line = self._lines[place]
        key = line.of if isinstance(line, BodyLine) else line.key
        if key:
            self.put_cursor(key)
            if event.chain == 2:
                self.action_choose()

    def on_resize(self) -> None:
        """Wrap the words to the width there is now."""
        if self.size.width != self._wrapped_to:
            self._wrap()
        self._reveal()

    def _drawn(self, line: Line, place: int, width: int, base: Style) -> Strip:
        if not isinstance(line, BodyLine):
            if line.key:
                base = self.get_component_rich_style("passages--label")
            return super()._drawn(line, place, width, base)
        lit = self.line is not None and bool(line.of) and line.of == self.line.key and (self.has_focus or self._lit)
        style = self.get_component_rich_style("passages--lit" if lit else "passages--body")
        if line.quiet:
            style = style + Style(color=self.get_component_rich_style("lines--quiet").color)
        return Strip([Segment(fitted(f"{' ' * MARGIN}{line.text}", width), style)], width)
