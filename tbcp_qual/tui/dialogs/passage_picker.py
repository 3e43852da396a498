"""Choose passages by reading them: type words they hold, tab marks, Enter takes; each is there word for word."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.field import Field
from tbcp_qual.tui.widgets.lines import LineList
from tbcp_qual.tui.widgets.passages import Passage, PassageList

MOST = 200
"""Passages that are shown at a time; typing finds the others."""


class PassagePicker(ModalScreen[tuple[str, ...] | None]):
    """Gives the keys of the passages taken; None where none is."""

    CSS_PATH = ["dialogs.tcss", "picking.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", tooltip="Back; nothing is changed"),
        Binding("tab", "mark", "Mark", priority=True, tooltip="Mark the passage that is lit, or no more"),
        Binding("down", "move(1)", "Down", priority=True, show=False, tooltip="The passage below"),
        Binding("up", "move(-1)", "Up", priority=True, show=False, tooltip="The passage above"),
        Binding("pagedown", "page(1)", "Page down", priority=True, show=False, tooltip="A page down"),
        Binding("pageup", "page(-1)", "Page up", priority=True, show=False, tooltip="A page up"),
    ]

    def __init__(self, title: str, offered: Sequence[Passage]) -> None:
        """Make a dialog.

        Args:
            title: what they are chosen for.
            offered: in their order.
        """
        super().__init__()
        self._title = title
        self._offered = offered
        self._sought = [f"{p.label}\n{p.note}\n{p.body}".casefold() for p in offered]
        self._marked: dict[str, None] = {}

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog tall"):
            yield Bar(id="title")
            yield Field(placeholder="words that it holds", id="typed")
            yield PassageList(id="found", empty="No passage holds these words.")
            yield Bar(id="definition")

    def on_mount(self) -> None:
        """Show them all."""
        self.query_one("#title", Bar).show(strong=self._title, right="tab mark · enter take · esc back")
        self._list.light(True)
        self._show("")
        self.query_one(Input).focus()

    @property
    def _list(self) -> PassageList:
        return self.query_one("#found", PassageList)

    def _show(self, typed: str, *, keep: bool = False) -> None:
        words = typed.casefold().split()
        found = [
            passage
            for passage, sought in zip(self._offered, self._sought, strict=True)
            if all(word in sought for word in words)
        ]
        marks = [replace(p, sign="✓" if p.key in self._marked else p.sign) for p in found[:MOST]]
        self._list.show_items(marks, keep=keep)
        more = f", the first {MOST} shown" if len(found) > MOST else ""
        left = f"{len(self._marked)} marked" if self._marked else "none marked: enter takes the one that is lit"
        self.query_one("#definition", Bar).show(left=left, right=f"{len(found):,} of {len(self._offered):,}{more}")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    def action_mark(self) -> None:
        """Mark the passage that is lit, or no more, and go on to the next."""
        item = self._list.item
        if item is None:
            return
        if item.key in self._marked:
            del self._marked[item.key]
        else:
            self._marked[item.key] = None
        self._show(self.query_one(Input).value, keep=True)
        self._list.action_cursor(1)

    @on(Input.Submitted)
    @on(LineList.Chosen)
    def _take(self) -> None:
        item = self._list.item
        if not self._marked and item is not None:
            self._marked[item.key] = None
        if self._marked:
            self.dismiss(tuple(self._marked))

    def action_move(self, step: int) -> None:
        """Move on while typing goes on."""
        self._list.action_cursor(step)

    def action_page(self, step: int) -> None:
        """Move on by a page."""
        self._list.action_page(step)
