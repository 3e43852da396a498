"""Take one or several of many: type a few letters, tab marks, Enter takes what is marked, or else what is lit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from tbcp_qual.language.matching import Candidate, rank
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.field import Field
from tbcp_qual.tui.widgets.lines import Line, LineList

MOST = 300
"""Lines that are shown at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One thing that can be taken."""

    key: str
    name: str
    note: str = ""
    colour: str = ""


class SeveralDialog(ModalScreen[tuple[str, ...] | None]):
    """Take several; None where nothing is changed, empty where none is wanted any more."""

    CSS_PATH = ["dialogs.tcss", "asking.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", tooltip="Back; nothing is changed"),
        Binding("tab", "mark", "Mark", priority=True, tooltip="Mark what is lit, or no more"),
        Binding("down", "move(1)", "Down", priority=True, show=False, tooltip="The line below"),
        Binding("up", "move(-1)", "Up", priority=True, show=False, tooltip="The line above"),
        Binding("ctrl+x", "none", "None of them", priority=True, tooltip="Take none of them any more"),
    ]

    def __init__(self, title: str, offers: Sequence[Offer], marked: Iterable[str] = ()) -> None:
        """Make a dialog.

        Args:
            title: what is asked for.
            offers: in their order.
            marked: keys of those taken now.
        """
        super().__init__()
        self._title = title
        self._offers = {offer.key: offer for offer in offers}
        self._marked = dict.fromkeys(key for key in marked if key in self._offers)
        self._had = bool(self._marked)
        self._candidates = [Candidate(offer.key, offer.name, offer.note) for offer in offers]

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog"):
            yield Bar(id="title")
            yield Field(placeholder="type a few letters", id="typed")
            yield LineList(id="found", empty="Nothing is called that.", lit=True)
            yield Bar(id="definition")

    def on_mount(self) -> None:
        """Offer all, what is marked first."""
        self.query_one("#title", Bar).show(strong=self._title, right="tab mark · enter take · esc back")
        self._show("")
        self.query_one(Input).focus()

    def _show(self, typed: str, *, keep: bool = False) -> None:
        recent = () if typed.strip() else tuple(self._marked)
        lines = []
        for key, _ in rank(self._candidates, typed, recent)[:MOST]:
            offer = self._offers[key]
            sign = "✓" if key in self._marked else "▎" if offer.colour else " "
            lines.append(Line(key=key, text=offer.name, note=offer.note, sign=sign, colour=offer.colour))
        self.query_one("#found", LineList).show(lines, keep=keep)
        names = ", ".join(self._offers[key].name for key in self._marked)
        left = f"marked: {names}" if names else "none marked: enter takes the line that is lit"
        self.query_one("#definition", Bar).show(left=left, right="ctrl+x none of them" if self._had else "")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    def action_mark(self) -> None:
        """Mark what is lit, or no more; what was typed goes, so that the next can be typed."""
        line = self.query_one("#found", LineList).line
        if line is None:
            return
        if line.key in self._marked:
            del self._marked[line.key]
        else:
            self._marked[line.key] = None
        field = self.query_one(Input)
        if field.value:
            field.value = ""
        else:
            self._show("", keep=True)

    @on(Input.Submitted)
    def _take(self) -> None:
        line = self.query_one("#found", LineList).line
        if line is not None and (self.query_one(Input).value.strip() or not (self._marked or self._had)):
            self._marked[line.key] = None
        if self._marked or self._had:
            self.dismiss(tuple(self._marked))

    @on(LineList.Chosen)
    def _chosen(self) -> None:
        self.action_mark()

    def action_none(self) -> None:
        """Take none any more."""
        self.dismiss(())

    def action_move(self, step: int) -> None:
        """Move the highlight while typing goes on."""
        self.query_one("#found", LineList).action_cursor(step)
