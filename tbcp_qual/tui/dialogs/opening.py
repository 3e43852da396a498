"""Open another document by a few letters of its name."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from tbcp_qual.language.matching import Candidate, rank
from tbcp_qual.tui.desk import Desk
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import Line, LineList


class DocumentPicker(ModalScreen[str | None]):
    """Choose a document by typing."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", tooltip="Back"),
        Binding("down", "move(1)", "Down", priority=True, show=False, tooltip="The document below"),
        Binding("up", "move(-1)", "Up", priority=True, show=False, tooltip="The document above"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._documents = {document.id: document for document in desk.documents}
        self._candidates = [
            Candidate(d.id, d.name, f"{d.source_type} {d.time_point}") for d in self._documents.values()
        ]

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog"):
            yield Bar(id="title")
            yield Input(placeholder="type a few letters", id="typed")
            yield LineList(id="found", empty="No document is called that.", lit=True)

    def on_mount(self) -> None:
        """Show all documents."""
        self.query_one("#title", Bar).show(strong="open", right="enter open · esc back")
        self._show("")

    def _show(self, typed: str) -> None:
        lines = []
        for key, _ in rank(self._candidates, typed)[:500]:
            document = self._documents[key]
            reviewed, turns = self._desk.progress(key)
            sign = "●" if self._desk.is_done(key) else "◐" if reviewed else "○"
            said = (document.source_type, document.time_point, document.stage, f"{reviewed}/{turns}")
            note = " · ".join(part for part in said if part)
            lines.append(Line(key=key, text=document.name, note=note, sign=sign))
        self.query_one("#found", LineList).show(lines, keep=False)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(Input.Submitted)
    @on(LineList.Chosen)
    def _take(self) -> None:
        line = self.query_one("#found", LineList).line
        if line is not None:
            self.dismiss(line.key)

    def action_move(self, step: int) -> None:
        """Move the highlight while typing goes on."""
        self.query_one("#found", LineList).action_cursor(step)
