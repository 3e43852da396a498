"""Choose one of a few things: by its number, or by the arrows and Enter."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import Line, LineList

MOST = 15
"""Choices that are seen at a time."""

NONE = "none"
"""Key of the line that takes a value away, as no line may be without a key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing to choose."""

    value: str
    """Empty for what takes a value away; it is chosen by 0."""
    text: str = ""
    """Shown instead of the value."""
    note: str = ""


class ChoiceDialog(ModalScreen[str | None]):
    """Choose a value; None where nothing is chosen."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", tooltip="Back; nothing is changed"),
    ]

    def __init__(self, title: str, choices: Sequence[Choice], now: str = "") -> None:
        """Make a dialog.

        Args:
            title: what the choice is about.
            choices: in order; numbers are given by place.
            now: the value that holds now; the cursor begins there.
        """
        super().__init__()
        self._title = title
        self._now = now
        self._by_key = {choice.value or NONE: choice for choice in choices}
        self._notes: dict[str, str] = {}
        """Notes that came later."""
        given = [choice.value for choice in choices if choice.value]
        self._by_number = {"0": ""} if "" in (choice.value for choice in choices) else {}
        self._by_number |= {str(n): value for n, value in enumerate(given[:9], 1)}
        """Values by the digit that takes them."""

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog"):
            yield Bar(id="title")
            yield LineList(id="found", lit=True)

    def on_mount(self) -> None:
        """Show the choices."""
        self.query_one("#title", Bar).show(strong=self._title, right="a number, or enter · esc back")
        found = self.query_one("#found", LineList)
        found.show(self._lines())
        found.here = self._now or NONE
        found.put_cursor(self._now or NONE)
        found.focus()
        self.query_one(".dialog").styles.height = min(len(self._by_key), MOST) + 3

    def _lines(self) -> list[Line]:
        numbers = {value or NONE: number for number, value in self._by_number.items()}
        return [
            Line(
                key=key,
                text=f"{numbers.get(key, ' ')}  {choice.text or choice.value}",
                note=self._notes.get(key, choice.note),
            )
            for key, choice in self._by_key.items()
        ]

    def note(self, value: str, note: str) -> None:
        """Say of a choice what was not known when it was offered."""
        self._notes[value] = note
        if self.is_mounted:
            self.query_one("#found", LineList).show(self._lines())

    def on_key(self, event: events.Key) -> None:
        """Take the choice with this number."""
        if event.character in self._by_number:
            event.stop()
            self.dismiss(self._by_number[event.character])

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        self.dismiss(self._by_key[event.line.key].value)
