"""The transcript on screen: a widget that paints rows on demand and keeps the caret, the selection and the stripes.

A key or click changes plain state; then each visible row whose state differs from what was painted is painted again,
and nothing else. No work follows the length of the document except opening it and wrapping it to a new width.
Past 400 lines, as keys, mouse and painting share one state, which is private to the widget.
"""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from tbcp_qual.coding.records import Turn
from tbcp_qual.coding.spans import Span
from tbcp_qual.tui.transcript.bindings import BINDINGS
from tbcp_qual.tui.transcript.caret import Caret, Unit
from tbcp_qual.tui.transcript.columns import columns, usual_width
from tbcp_qual.tui.transcript.looks import CSS, PARTS, PREFIX, Looks
from tbcp_qual.tui.transcript.marks import Mark
from tbcp_qual.tui.transcript.messages import FromView
from tbcp_qual.tui.transcript.paint import RowState, paint
from tbcp_qual.tui.transcript.passages import Piece
from tbcp_qual.tui.transcript.rows import RowMap, fitted
from tbcp_qual.tui.transcript.stripes import Stripes

MARGIN = 3
"""Rows kept between the caret and the edge."""
UNKNOWN_WIDTH = 80
"""Cells that are assumed until the widget has a size."""

_Before = tuple[int, Span | None]


class TranscriptView(ScrollView, can_focus=True, inherit_bindings=False):
    """A transcript to read, select in and code."""

    ALLOW_SELECT = False
    place = reactive(0, repaint=False)
    """The caret as it was last moved; what watches it is painted in the same frame, what hears the message in the next."""
    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]
    COMPONENT_CLASSES: ClassVar[set[str]] = {PREFIX + part for part in PARTS}
    DEFAULT_CSS = CSS

    class CaretMoved(FromView):
        """The caret is at another place."""

        def __init__(self, view: "TranscriptView", caret: int, turn_index: int) -> None:
            super().__init__(view)
            self.caret = caret
            self.turn_index = turn_index

    class SelectionChanged(FromView):
        """Another stretch is selected, or none."""

        def __init__(self, view: "TranscriptView", selection: Span | None) -> None:
            super().__init__(view)
            self.selection = selection

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._text = ""
        self._turns: Sequence[Turn] = ()
        self._marks: dict[str, Mark] = {}
        self._stripes = Stripes()
        self._rows = RowMap("", (), 2)
        self._caret = Caret(self._rows)
        self._width = 0
        """Cells beside the scroll bar."""
        self._columns = columns(UNKNOWN_WIDTH, turns=0, speakers=0)
        self._speakers = 0
        self._strips: LRUCache[RowState, Strip] = LRUCache(1024)
        self._painted: dict[int, RowState] = {}
        self._looks = Looks(self)
        self._pressed: int | None = None
        """The offset where the button went down; None while it is up."""
        self._edge_timer: Timer | None = None
        self._pointer = (0, 0)
        self._unseen = True
        """Whether the document was loaded and not yet scrolled to the caret."""

    # What the app reads and asks for

    @property
    def caret(self) -> int:
        """The offset of the caret; always within the body of a turn, or at its end."""
        return self._caret.offset

    @property
    def selection(self) -> Span | None:
        """What is selected; None where nothing is."""
        return self._caret.selection

    @property
    def turn_index(self) -> int:
        """The index of the turn with the caret."""
        return self._caret.turn

    def load(self, text: str, turns: Sequence[Turn], marks: Sequence[Mark], caret: int = 0) -> None:
        """Show a document; turns in order, the caret where it was left."""
        self._text, self._turns = text, turns
        self._marks = {mark.id: mark for mark in marks}
        self._stripes = Stripes()
        widths = {name: fitted(name, 80)[1] for name in {turn.speaker for turn in turns}}
        self._speakers = usual_width(widths[turn.speaker] for turn in turns)
        self._rows = RowMap("", (), 2)
        self._caret = Caret(self._rows)
        self._wrap(caret)

    def update_marks(self, marks: Iterable[Mark]) -> None:
        """Show these marks; only rows of marks that differ are painted again, and no stripe changes its lane."""
        self._marks = {mark.id: mark for mark in marks}
        self._stripes.update(self._marks.values())
        self._repaint()

    def change_marks(self, put: Iterable[Mark] = (), gone: Iterable[str] = ()) -> None:
        """Add or replace some marks and take others away by their ids; the cost follows these, not all there are."""
        put, gone = list(put), list(gone)
        for id in gone:
            self._marks.pop(id, None)
        self._marks.update((mark.id, mark) for mark in put)
        self._stripes.change(put, gone)
        self._repaint()

    def move_to(self, offset: int, extend: bool = False, centre: bool = False) -> None:
        """Take the caret to an offset and into view."""
        before = self._before()
        self._caret.move_to(offset, extend=extend)
        self._settle(before, centre=centre)

    def select(self, span: Span) -> None:
        """Select a span and bring its start into view."""
        before = self._before()
        self._caret.select(span)
        self._settle(before)

    def turn_round(self) -> None:
        """Let the other end of the selection be the one that moves, and bring it into view."""
        before = self._before()
        self._caret.turn_round()
        self._settle(before)

    def clear_selection(self) -> None:
        """Select nothing; the caret stays."""
        before = self._before()
        self._caret.clear()
        self._settle(before)

    # Keys

    def action_move(self, unit: Unit, direction: int, extend: bool = False) -> None:
        """Move the caret, or extend the selection."""
        before = self._before()
        self._caret.move(unit, direction, extend=extend)
        self._settle(before, whole_turn=unit == "turn")

    def action_page(self, direction: int, extend: bool = False) -> None:
        """Move by as many rows as are shown, less two."""
        before = self._before()
        page = max(self.size.height - 2, 1)
        self._caret.move("page", direction, extend=extend, page=page)
        self._scroll_rows(direction * page)
        self._settle(before)

    def action_select_sentence(self) -> None:
        """Select the sentence at the caret; again: the turn; again: the answer."""
        before = self._before()
        self._caret.widen()
        self._settle(before)

    def action_grow(self, unit: Piece, direction: int) -> None:
        """Widen (1) or narrow (-1) the selection by a word or sentence."""
        before = self._before()
        self._caret.grow(unit, direction)
        self._settle(before)

    # Mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Place the caret, or extend to it with shift; a drag may follow."""
        offset = self._offset_at(*self._place(event))
        if event.button != 1 or offset is None:
            return
        event.stop()
        before = self._before()
        self._caret.move_to(offset, extend=event.shift)
        if event.shift:
            self._caret.drop()
        else:
            self._pressed = offset
            self.capture_mouse()
        self._settle(before, reveal=False)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select while the button is down, scrolling at the edges; once it is up, the news of that was lost."""
        if self._pressed is None:
            return
        event.stop()
        if event.button:
            self._pull(*self._place(event))
        else:
            self._let_go(event)

    def _pull(self, x: int, y: int) -> None:
        self._pointer = x, y
        self._drag()
        if self._beyond() and self._edge_timer is None:
            self._edge_timer = self.set_interval(0.05, self._drag_on)
        elif not self._beyond():
            self._stop_edge_timer()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End a drag; what was selected becomes whole words, unless ctrl or alt is held."""
        if self._pressed is None:
            return
        event.stop()
        self._let_go(event)

    def _let_go(self, event: events.MouseEvent) -> None:
        self._pressed = None
        self._stop_edge_timer()
        self.release_mouse()
        before = self._before()
        if not (event.ctrl or event.meta):
            self._caret.drop()
        self._settle(before, reveal=False)

    def follow(self, event: events.MouseMove | events.MouseUp) -> None:
        """Take in what reached another widget: over a slow line a drag may be over it before the mouse is captured."""
        if self._pressed is None:
            return
        inside = self.content_region
        self._pull(int(event.screen_x) - inside.x, int(event.screen_y) - inside.y)
        if isinstance(event, events.MouseUp):
            self._let_go(event)

    def on_click(self, event: events.Click) -> None:
        """Select the word at a double click, the sentence at a triple one, the turn at a fourth."""
        offset = self._offset_at(*self._place(event))
        if event.chain < 2 or event.button != 1 or offset is None:
            return
        event.stop()
        before = self._before()
        self._caret.click(offset, event.chain)
        self._settle(before, reveal=False)

    def _place(self, event: events.MouseEvent) -> tuple[int, int]:
        inset = self.content_offset
        return event.x - inset.x, event.y - inset.y

    def _offset_at(self, x: int, y: int) -> int | None:
        """The offset painted at a cell of the widget, else the nearest; None where the document has no words."""
        y = min(max(y, 0), self.size.height - 1)
        return self._rows.offset_near(y + self.scroll_offset.y, x - self._columns.text_start)

    def _drag(self) -> None:
        offset = self._offset_at(*self._pointer)
        if self._pressed is None or offset is None:
            return
        before = self._before()
        self._caret.drag(self._pressed, offset)
        self._settle(before, reveal=False)

    def _drag_on(self) -> None:
        self._scroll_rows(self._beyond())
        self._drag()

    def _beyond(self) -> int:
        """Whether the pointer is above (-1) or below (1) the text; at the edge of the screen its last row counts."""
        y, region = self._pointer[1], self.region
        above = y < (region.y == 0)
        below = y >= self.size.height - (region.bottom == self.screen.size.height)
        return below - above

    def _stop_edge_timer(self) -> None:
        if self._edge_timer is not None:
            self._edge_timer.stop()
            self._edge_timer = None

    # Painting

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return rows as they lie in the cache, with all that was worked out on them, where nothing goes around them."""
        if any(self.styles.gutter) or self.opacity < 1 or self.styles.tint.a:
            return super().render_lines(crop)
        return [self.render_line(y).crop(crop.x, crop.right) for y in crop.line_range]

    def render_line(self, y: int) -> Strip:
        """Return a row of the view, with the app's filters on it; from the cache unless something of it changed."""
        row = y + self.scroll_offset.y
        if row >= self._rows.height:
            return self._finished([Segment(" " * self._width, self._looks())])
        state = self._state(row)
        if len(self._painted) > 4096:
            self._painted.clear()
        self._painted[row] = state
        strip = self._strips.get(state)
        if strip is None:
            segments = paint(self._rows, self._columns, self._width, state, self._looks)
            strip = self._strips[state] = self._finished(segments)
        return strip

    def _finished(self, segments: list[Segment]) -> Strip:
        for line_filter in self.get_line_filters():
            segments = line_filter.apply(segments, self.background_colors[1])
        return Strip(segments).adjust_cell_length(self._width, self._looks())

    def _state(self, row: int) -> RowState:
        caret = self._caret
        caret_row, column = self._rows.position(caret.offset)
        selected = None
        if caret.selection is not None:
            here = self._rows.row(row)
            start, end = max(caret.selection.start, here.start), min(caret.selection.end, here.end)
            selected = Span(start, end) if start < end else None
        return RowState(
            row,
            column if row == caret_row else -1,
            selected,
            self._rows.turn_at(row) == caret.turn,
            self.has_focus,
            self._stripes.beside(row),
        )

    def notify_style_update(self) -> None:
        """Forget every picture: the theme, the focus or a style changed."""
        super().notify_style_update()
        self._looks.forget()
        self._strips.clear()

    def _repaint(self) -> None:
        """Paint the visible rows again whose state differs from what was painted."""
        top = self.scroll_offset.y
        bottom = min(top + self.size.height, self._rows.height)
        changed = [
            Region(0, row - top, self._width, 1)
            for row in range(top, bottom)
            if self._painted.get(row) != self._state(row)
        ]
        if changed:
            self.refresh(*changed)

    # Staying in step

    def on_resize(self) -> None:
        """Wrap the text to the new width."""
        self._wrap()

    def _wrap(self, caret: int | None = None) -> None:
        """Wrap the text to the width there is; the row of the caret stays where it is on the screen.

        Args:
            caret: where the caret belongs in a document that was just loaded; None to leave it.
        """
        self._width, height = self.scrollable_size
        above = self._rows.row_of(self._caret.offset) - self.scroll_offset.y
        self._columns = columns(self._width or UNKNOWN_WIDTH, turns=len(self._turns), speakers=self._speakers)
        self._strips.clear()
        self._painted.clear()
        if caret is not None or self._columns.text != self._rows.width:
            self._rows = RowMap(self._text, self._turns, self._columns.text)
            self._stripes.wrap(self._rows, self._marks.values())
            if caret is None:
                self._caret.rewrap(self._rows)
            else:
                self._caret = Caret(self._rows, caret)
                self._unseen = True
        self.virtual_size = Size(self._width, self._rows.height)
        row = self._rows.row_of(self._caret.offset)
        if self._unseen:
            above = min(row, height // 3)
            self._unseen = not height
        self.scroll_to(y=row - min(max(above, 0), max(height - 1, 0)), animate=False, force=True)
        self._reveal(row)
        self.refresh()

    def _before(self) -> _Before:
        return self._caret.offset, self._caret.selection

    def _settle(self, before: _Before, *, centre: bool = False, whole_turn: bool = False, reveal: bool = True) -> None:
        """Bring the caret into view, paint what changed and say so, once."""
        offset, selection = self._caret.offset, self._caret.selection
        if reveal:
            row = self._rows.row_of(offset)
            if centre:
                self._scroll_rows(row - self.size.height // 2 - self.scroll_offset.y)
            elif whole_turn:
                self._reveal(self._rows.last_row(self._caret.turn))
            self._reveal(row)
        self._repaint()
        if offset != before[0]:
            self.place = offset
            self.post_message(self.CaretMoved(self, offset, self._caret.turn))
        if selection != before[1]:
            self.post_message(self.SelectionChanged(self, selection))

    def _reveal(self, row: int) -> None:
        """Scroll as little as brings a row into view, with a few rows around it."""
        height = self.size.height
        margin = min(MARGIN, max(height - 1, 0) // 2)
        top = self.scroll_offset.y
        if row < top + margin:
            self._scroll_rows(row - margin - top)
        elif row > top + height - 1 - margin:
            self._scroll_rows(row - height + 1 + margin - top)

    def _scroll_rows(self, rows: int) -> None:
        if rows:
            self.scroll_to(y=self.scroll_offset.y + rows, animate=False, force=True)
