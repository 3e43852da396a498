"""Find words in the open document; upper and lower case are the same."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from tbcp_qual.coding.spans import Span
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import Line, LineList

MOST = 500
AROUND = 30


class FindDialog(ModalScreen[Span | None]):
    """Type words, see where they stand, open one."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", tooltip="Back to where you were"),
        Binding("down", "move(1)", "Down", priority=True, show=False, tooltip="The next place"),
        Binding("up", "move(-1)", "Up", priority=True, show=False, tooltip="The place before"),
    ]

    def __init__(self, text: str, caret: int) -> None:
        super().__init__()
        self._text = text
        self._caret = caret

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog"):
            yield Bar(id="title")
            yield Input(placeholder="words in this document", id="typed")
            yield LineList(id="found", lit=True)

    def on_mount(self) -> None:
        """Say what this does."""
        self.query_one("#title", Bar).show(strong="find", right="enter go there · esc back")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        places = self._places(event.value)
        lines = [self._line(place, len(event.value)) for place in places]
        found = self.query_one("#found", LineList)
        found.show(lines, keep=False)
        after = next((str(place) for place in places if place >= self._caret), "")
        if after:
            found.put_cursor(after)
        more = "+" if len(places) == MOST else ""
        self.query_one("#title", Bar).show(strong=f"find · {len(places)}{more}" if event.value else "find")

    def _places(self, typed: str) -> list[int]:
        import re

        if not typed.strip():
            return []
        pattern = re.compile(r"\s+".join(re.escape(word) for word in typed.split()), re.IGNORECASE)
        places = []
        for match in pattern.finditer(self._text):
            places.append(match.start())
            if len(places) == MOST:
                break
        return places

    def _line(self, place: int, length: int) -> Line:
        before = " ".join(self._text[max(place - AROUND, 0) : place].split("\n")).rjust(AROUND)
        after = " ".join(self._text[place : place + length + 2 * AROUND].split("\n"))
        return Line(key=str(place), text=f"{before}{after}")

    @on(Input.Submitted)
    @on(LineList.Chosen)
    def _take(self) -> None:
        line = self.query_one("#found", LineList).line
        if line is not None:
            start = int(line.key)
            typed = self.query_one(Input).value
            self.dismiss(Span(start, min(start + len(typed.strip()), len(self._text))))

    def action_move(self, step: int) -> None:
        """Move the highlight while typing goes on."""
        self.query_one("#found", LineList).action_cursor(step)
