"""A list of codes as a tree: what is dragged onto another line is dropped there."""

from textual import events
from textual.message import Message
from textual.strip import Strip

from tbcp_qual.tui.widgets.lines import LineList


class TreeList(LineList):
    """Lines that can be dragged; a click only goes to a line, two open it."""

    class Dropped(Message):
        """A line was dragged onto another."""

        def __init__(self, tree: "TreeList", key: str, onto: str) -> None:
            super().__init__()
            self.tree = tree
            self.key = key
            self.onto = onto
            """Key of the line it was dropped on; empty below all lines."""

        @property
        def control(self) -> "TreeList":
            """The tree."""
            return self.tree

    class Taken(Message):
        """A line is being dragged."""

        def __init__(self, tree: "TreeList", key: str) -> None:
            super().__init__()
            self.tree = tree
            self.key = key

        @property
        def control(self) -> "TreeList":
            """The tree."""
            return self.tree

    def __init__(self, *, id: str | None = None, classes: str | None = None, empty: str = "") -> None:
        super().__init__(id=id, classes=classes, empty=empty)
        self._dragged = ""
        """Key of the line that is dragged; empty for none."""
        self._over: int | None = None
        """Place the pointer is over while it drags; None while it has not left the line."""

    @property
    def dragged(self) -> str:
        """Key of the line that is dragged; empty for none."""
        return self._dragged

    def _place_at(self, event: events.MouseEvent) -> int:
        return event.y - self.content_offset.y + self._top

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of a line."""
        place = self._place_at(event)
        if event.button == 1 and 0 <= place < len(self._lines) and self._lines[place].key:
            self._dragged = self._lines[place].key
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show where it would be dropped; at the edges the tree scrolls. Where news of the button was lost, let it be."""
        if not self._dragged:
            return
        if not event.button:
            self._let_go()
            return
        y = event.y - self.content_offset.y
        if y < 0 or y >= self.size.height:
            self._show_from(self._top + (1 if y > 0 else -1))
        place = self._place_at(event)
        here = self._lines[place].key if 0 <= place < len(self._lines) else ""
        over = None if here == self._dragged and self._over is None else place
        if over != self._over:
            if self._over is None:
                self.post_message(self.Taken(self, self._dragged))
            self._over = over
            self.refresh()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Drop it."""
        if not self._dragged:
            return
        key, over = self._dragged, self._over
        self._let_go()
        if over is None:
            return
        onto = self._lines[over].key if 0 <= over < len(self._lines) else ""
        if onto != key:
            self.post_message(self.Dropped(self, key, onto))

    def _let_go(self) -> None:
        self.release_mouse()
        self._dragged, self._over = "", None
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Go to the line that was clicked; twice: open it."""
        place = event.get_content_offset_capture(self).y + self._top
        if 0 <= place < len(self._lines) and self._lines[place].key:
            self.cursor = place
            if event.chain == 2:
                self.action_choose()

    def render_line(self, y: int) -> Strip:
        """Draw one row; where something would be dropped it is underlined."""
        strip = super().render_line(y)
        place = y + self._top
        if self._over is None or place != min(self._over, len(self._lines)):
            return strip
        return strip.apply_style(self.get_component_rich_style("lines--here"))
