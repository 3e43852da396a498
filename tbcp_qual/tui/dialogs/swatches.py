"""Choose a colour: each by its name and as it looks."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tbcp_qual.tui.dialogs.several import Offer
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import Line, LineList

_NONE = "none"


class SwatchDialog(ModalScreen[str | None]):
    """Gives the name of a colour, empty for none of its own; None where nothing is changed."""

    CSS_PATH = ["dialogs.tcss", "asking.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", tooltip="Back; nothing is changed"),
    ]

    def __init__(self, title: str, offers: Sequence[Offer], now: str) -> None:
        super().__init__()
        self._title = title
        self._offers = offers
        self._now = now

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog"):
            yield Bar(id="title")
            yield LineList(id="found", lit=True)

    def on_mount(self) -> None:
        """Show the colours."""
        self.query_one("#title", Bar).show(strong=self._title, right="enter take · esc back")
        found = self.query_one(LineList)
        found.show(
            [
                Line(key=offer.key or _NONE, text=offer.name, sign="██████", colour=offer.colour)
                for offer in self._offers
            ]
        )
        found.here = self._now or _NONE
        found.put_cursor(self._now or _NONE)
        found.focus()

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        self.dismiss("" if event.line.key == _NONE else event.line.key)
