"""Rows that are painted elsewhere, to read and to scroll: a passage with each coder's codings beside it."""

from collections.abc import Sequence
from typing import ClassVar, Literal, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

Look = Literal["text", "issue", "chosen", "strong", "quiet", "note"]


class Piece(NamedTuple):
    """A stretch of one row."""

    text: str
    """With nothing in it that a terminal would obey."""
    look: Look = "text"
    colour: str = ""
    """As hexadecimal; empty for that of the look."""


Painted = tuple[Piece, ...]


class PaintedRows(Widget, can_focus=True):
    """Rows as they were painted; longer than the room there is, they scroll."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "painted--text",
        "painted--issue",
        "painted--chosen",
        "painted--strong",
        "painted--quiet",
        "painted--note",
        "painted--bar",
    }
    DEFAULT_CSS = """
    PaintedRows {
        & > .painted--text { color: $foreground 70%; }
        & > .painted--issue { color: $foreground; }
        & > .painted--chosen { color: $foreground; background: $accent 35%; }
        & > .painted--strong { color: $foreground; text-style: bold; }
        & > .painted--quiet { color: $foreground 60%; }
        & > .painted--note { color: $accent; text-style: bold; }
        & > .painted--bar { color: $foreground 20%; }
        &:nocolor > .painted--issue, &:ansi > .painted--issue { text-style: bold; }
        &:nocolor > .painted--chosen, &:ansi > .painted--chosen { text-style: reverse; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll(-1)", "Up", show=False, id="painted.up", tooltip="See what is above"),
        Binding("down", "scroll(1)", "Down", show=False, id="painted.down", tooltip="See what is below"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="painted.page_up", tooltip="A page up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="painted.page_down", tooltip="A page down"),
    ]
    ALLOW_SELECT = False

    class Resized(Message):
        """There is more room, or less: what was painted has to be painted anew."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Sequence[Painted] = ()
        self._top = 0

    @property
    def rows(self) -> Sequence[Painted]:
        """What is shown."""
        return self._rows

    def paint(self, rows: Sequence[Painted], *, keep: bool = False, seen: int = 0) -> None:
        """Show rows, from the first on.

        Args:
            rows: what to show.
            keep: whether it stays scrolled as it is.
            seen: with `keep`, a row that has to be in view.
        """
        self._rows = rows
        top = min(max(self._top, seen - self.size.height + 1), seen) if keep else 0
        self._top = max(0, min(top, len(rows) - self.size.height))
        self.refresh()

    def on_resize(self) -> None:
        """Ask for rows that fit."""
        self.post_message(self.Resized())

    def action_scroll(self, step: int) -> None:
        """Go on reading, or back."""
        self._go(self._top + step)

    def action_page(self, step: int) -> None:
        """Go a page on or back."""
        self._go(self._top + step * max(self.size.height - 1, 1))

    def on_mouse_scroll_down(self) -> None:
        """See what is below."""
        self._go(self._top + 3)

    def on_mouse_scroll_up(self) -> None:
        """See what is above."""
        self._go(self._top - 3)

    def _go(self, top: int) -> None:
        top = max(0, min(top, len(self._rows) - self.size.height))
        if top != self._top:
            self._top = top
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        width, height = self.size
        base = self.get_component_rich_style("painted--text")
        place = y + self._top
        segments = [self._segment(piece) for piece in self._rows[place]] if place < len(self._rows) else []
        overflows = len(self._rows) > height
        drawn = Strip(segments).adjust_cell_length(width - overflows, base)
        if not overflows:
            return drawn
        first = self._top * height // len(self._rows)
        thumb = max(height * height // len(self._rows), 1)
        sign = "▐" if first <= y < first + thumb else " "
        return Strip([*drawn, Segment(sign, self.get_component_rich_style("painted--bar"))], width)

    def _segment(self, piece: Piece) -> Segment:
        style = self.get_component_rich_style(f"painted--{piece.look}")
        return Segment(piece.text, style + Style(color=piece.colour) if piece.colour else style)
