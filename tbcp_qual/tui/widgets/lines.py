"""A list of lines that draws only what is seen: documents, codes, what the picker finds.

It scrolls by itself and draws its own scroll bar: the lines change with every key, and no layout may follow from that.
Words come from people: they are drawn as they are, never read as markup, and cut with an ellipsis.
"""

import textwrap
import unicodedata
from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tbcp_qual.coding.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a list."""

    key: str
    """What the line stands for; empty for a heading, which cannot be chosen."""
    text: str
    note: str = ""
    """What stands at the right end."""
    colour: str = ""
    """A colour for the sign before the text, as hexadecimal."""
    sign: str = ""
    """A sign before the text."""
    quiet: bool = False
    """Drawn dim."""


def fitted(text: str, width: int) -> str:
    """Cut a text to a number of cells, with an ellipsis where it is cut, and fill it up with spaces."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)


def literal(text: str) -> str:
    """Return a text with a space for what a terminal would obey, and without joiners, which each one counts otherwise.

    >>> literal("a\\x1b[31mb"), literal("a\\u200db")
    ('a [31mb', 'ab')
    """
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(sign: str) -> str:
    if sign.isprintable():
        return sign
    return "" if unicodedata.category(sign) == "Cf" else " "


class LineList(Widget, can_focus=True):
    """Lines with a cursor; Enter or a click chooses."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "lines--text",
        "lines--quiet",
        "lines--cursor",
        "lines--here",
        "lines--bar",
    }
    DEFAULT_CSS = """
    LineList {
        & > .lines--text { color: $foreground; }
        & > .lines--quiet { color: $foreground 60%; }
        & > .lines--cursor { background: $accent 30%; color: $foreground; text-style: bold; }
        & > .lines--here { color: $accent; text-style: bold; }
        & > .lines--bar { color: $foreground 20%; }
        &:nocolor > .lines--cursor, &:ansi > .lines--cursor { text-style: reverse; }
        &:nocolor > .lines--here, &:ansi > .lines--here { text-style: bold underline; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor(-1)", "Up", show=False, id="list.up", tooltip="The line above"),
        Binding("down", "cursor(1)", "Down", show=False, id="list.down", tooltip="The line below"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="list.page_up", tooltip="A page up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="list.page_down", tooltip="A page down"),
        Binding("home", "end(-1)", "First", show=False, id="list.first", tooltip="The first line"),
        Binding("end", "end(1)", "Last", show=False, id="list.last", tooltip="The last line"),
        Binding("enter", "choose", "Open", show=False, id="list.choose", tooltip="Open or take this line"),
    ]
    ALLOW_SELECT = False
    cursor = reactive(0, repaint=False)
    """Place of the line the cursor is on."""
    here = reactive("", repaint=False)
    """Key of the line that is open now; marked."""

    class Moved(Message):
        """The cursor is on another line."""

        def __init__(self, lines: "LineList", line: Line) -> None:
            super().__init__()
            self.lines = lines
            self.line = line

        @property
        def control(self) -> "LineList":
            """The list."""
            return self.lines

    class Chosen(Moved):
        """A line was chosen."""

    def __init__(
        self, *, id: str | None = None, classes: str | None = None, empty: str = "", lit: bool = False
    ) -> None:
        """Make a list.

        Args:
            id: of the widget.
            classes: of the widget.
            empty: what is said where there are no lines.
            lit: whether the cursor is shown as active while something else has the focus, as below a field.
        """
        super().__init__(id=id, classes=classes)
        self._lit = lit
        self._lines: list[Line] = []
        self._empty = empty
        self._top = 0
        """Place of the first line that is seen."""

    @property
    def lines(self) -> Sequence[Line]:
        """The lines shown."""
        return self._lines

    @property
    def line(self) -> Line | None:
        """The line the cursor is on."""
        return self._lines[self.cursor] if 0 <= self.cursor < len(self._lines) else None

    def show(self, lines: Sequence[Line], *, keep: bool = True) -> None:
        """Show other lines; the cursor stays on its line where that is still there."""
        if self._lines == lines:
            return
        key = self.line.key if keep and self.line else ""
        before, at, top = self._lines, self.cursor, self._top
        self._lines = list(lines)
        place = next((n for n, line in enumerate(lines) if key and line.key == key), None)
        self.set_reactive(LineList.cursor, self._choosable(place if place is not None else 0, 1))
        self._reveal()
        if len(before) == len(lines) and (at, top) == (self.cursor, self._top):
            rows = range(top, min(top + self.size.height, len(lines)))
            changed = [Region(0, n - top, self.size.width, 1) for n in rows if before[n] != lines[n]]
            if changed:
                self.refresh(*changed)
        else:
            self.refresh()

    def teach(self, empty: str) -> None:
        """Say something else where there are no lines."""
        if empty != self._empty:
            self._empty = empty
            self.refresh()

    def light(self, lit: bool) -> None:
        """Show the cursor as active, or no more, while something else has the focus."""
        if lit != self._lit:
            self._lit = lit
            self.refresh()

    def put_cursor(self, key: str) -> None:
        """Put the cursor on the line with this key, and bring it into view."""
        for place, line in enumerate(self._lines):
            if line.key == key:
                self.cursor = place
                return

    def _show_from(self, top: int) -> None:
        top = max(0, min(top, len(self._lines) - self.size.height))
        if top != self._top:
            self._top = top
            self.refresh()

    def _reveal(self) -> None:
        """Bring the cursor into view, with the headings right above it."""
        height = max(self.size.height, 1)
        above = self.cursor
        while 0 < above <= len(self._lines) and not self._lines[above - 1].key:
            above -= 1
        top = min(self._top, above)
        self._show_from(max(top, self.cursor - height + 1))

    def _choosable(self, place: int, step: int) -> int:
        """Return the nearest line that can be chosen, first in the direction of the step; 0 where there is none."""
        last = len(self._lines) - 1
        start: int = max(0, min(place, last))
        down, up = range(start, last + 1), range(min(start, last), -1, -1)
        nearest = [*down, *up] if step > 0 else [*up, *down]
        return next((other for other in nearest if self._lines[other].key), start)

    def watch_cursor(self, before: int, now: int) -> None:
        """Draw the two lines anew, and keep the cursor in view."""
        self._reveal()
        for place in (before, now):
            self.refresh(Region(0, place - self._top, self.size.width, 1))
        if self.line is not None:
            self.post_message(self.Moved(self, self.line))

    def watch_here(self) -> None:
        """Draw the mark anew."""
        self.refresh()

    def watch_has_focus(self, _: bool) -> None:
        """Draw the cursor anew."""
        self.refresh()

    def action_cursor(self, step: int) -> None:
        """Go a line up or down, past headings."""
        self.cursor = self._choosable(self.cursor + step, step)

    def action_page(self, step: int) -> None:
        """Go a page up or down."""
        self.cursor = self._choosable(self.cursor + step * max(self.size.height - 1, 1), step)

    def action_end(self, step: int) -> None:
        """Go to the first or last line."""
        self.cursor = self._choosable(0 if step < 0 else len(self._lines) - 1, -step)

    def action_choose(self) -> None:
        """Choose the line the cursor is on."""
        if self.line is not None and self.line.key:
            self.post_message(self.Chosen(self, self.line))

    def on_click(self, event: events.Click) -> None:
        """Choose the line that was clicked."""
        place = event.get_content_offset_capture(self).y + self._top
        if 0 <= place < len(self._lines) and self._lines[place].key:
            self.cursor = place
            self.action_choose()

    def on_mouse_scroll_down(self) -> None:
        """See what is below; the cursor stays."""
        self._show_from(self._top + 3)

    def on_mouse_scroll_up(self) -> None:
        """See what is above; the cursor stays."""
        self._show_from(self._top - 3)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._reveal()

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        width, height = self.size
        place = y + self._top
        base = self.get_component_rich_style("lines--text")
        if not self._lines and self._empty:
            rows = textwrap.wrap(self._empty, max(width, 8))
            words = rows[place] if place < len(rows) else ""
            return Strip([Segment(fitted(words, width), self.get_component_rich_style("lines--quiet"))], width)
        overflows = len(self._lines) > height
        inner = width - overflows
        if place >= len(self._lines):
            return Strip([Segment(" " * width, base)], width)
        drawn = self._drawn(self._lines[place], place, inner, base)
        if not overflows:
            return drawn
        first = self._top * height // len(self._lines)
        thumb = max(height * height // len(self._lines), 1)
        sign = "▐" if first <= y < first + thumb else " "
        return Strip([*drawn, Segment(sign, self.get_component_rich_style("lines--bar"))], width)

    def _drawn(self, line: Line, place: int, width: int, base: Style) -> Strip:
        style = base
        if line.quiet or not line.key:
            style = self.get_component_rich_style("lines--quiet")
        if line.key and line.key == self.here:
            style = self.get_component_rich_style("lines--here")
        if place == self.cursor and line.key and (self.has_focus or self._lit):
            style = self.get_component_rich_style("lines--cursor")
        segments = []
        if line.sign:
            coloured = style + Style(color=line.colour) if line.colour else style
            segments.append(Segment(f"{line.sign} ", coloured))
        taken = cell_len(line.sign) + 1 if line.sign else 0
        note = f" {literal(line.note)}" if line.note else ""
        room = width - taken - cell_len(note)
        segments.append(Segment(fitted(literal(line.text), room), style))
        if note:
            segments.append(Segment(note, style))
        return Strip(segments).adjust_cell_length(width, style)
