"""Passages to read on top of a screen; where something is to be decided, Enter goes on and escape goes back."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import LineList
from tbcp_qual.tui.widgets.passages import Passage, PassageList


class ReadDialog(ModalScreen[str | None]):
    """Shows passages; gives the key of the one that Enter takes, None for escape."""

    CSS_PATH = ["dialogs.tcss", "asking.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Back", tooltip="Back; nothing is done"),
    ]

    def __init__(self, title: str, items: Sequence[Passage], *, keys: str = "", empty: str = "") -> None:
        """Make a dialog.

        Args:
            title: what the passages are.
            items: the passages.
            keys: what Enter does; empty where it does nothing.
            empty: what is said where there are none.
        """
        super().__init__()
        self._title = title
        self._items = items
        self._keys = keys
        self._empty = empty

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog tall"):
            yield Bar(id="title")
            yield PassageList(id="found", empty=self._empty)

    def on_mount(self) -> None:
        """Show the passages."""
        right = f"{self._keys} · esc back" if self._keys else "esc back"
        self.query_one("#title", Bar).show(strong=self._title, right=right)
        listed = self.query_one(PassageList)
        listed.show_items(self._items)
        listed.focus()

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        if self._keys:
            self.dismiss(event.line.key)
