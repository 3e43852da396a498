"""Write a memo: its kind, a title, and the words in markdown; escape keeps what was written and goes back."""

from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tbcp_qual.coding.memos import MEMO_KINDS
from tbcp_qual.coding.records import MemoKind
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.field import Field, Writing


class Note(NamedTuple):
    """What was written."""

    kind: MemoKind
    title: str
    body: str


class NoteDialog(ModalScreen[Note | None]):
    """Gives what was written; None where nothing was changed, or nothing is there."""

    CSS_PATH = ["dialogs.tcss", "asking.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "Keep", priority=True, tooltip="Keep the memo"),
        Binding("escape", "keep", "Keep and back", priority=True, tooltip="Keep the memo and go back"),
        Binding("ctrl+k", "kind", "Other kind", priority=True, tooltip="Another kind of memo"),
        Binding("tab", "other", "Title or words", priority=True, show=False, tooltip="From the title to the words"),
        Binding(
            "shift+tab", "other", "Title or words", priority=True, show=False, tooltip="From the words to the title"
        ),
    ]

    def __init__(self, about: str, note: Note) -> None:
        super().__init__()
        self._about = about
        self._note = note
        self._kind = note.kind
        self._shown = note
        """What the fields hold at first."""

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog tall"):
            yield Bar(id="title")
            yield Field(" ".join(self._note.title.split()), placeholder="title, if you like", id="heading")
            yield Writing(self._note.body, id="body")
            yield Bar(id="definition")

    def on_mount(self) -> None:
        """Begin with the words."""
        self._say_kind()
        self.query_one("#definition", Bar).show(
            left="markdown: # heading, - list, **strong**", right="tab title · ctrl+k other kind · esc keep and go back"
        )
        body = self.query_one("#body", Writing)
        body.move_cursor(body.document.end)
        body.focus()
        self._shown = self._written()

    def _say_kind(self) -> None:
        self.query_one("#title", Bar).show(strong=f"{self._kind} memo", left=f"  on {self._about}")

    def _written(self) -> Note:
        return Note(self._kind, self.query_one("#heading", Field).value, self.query_one("#body", Writing).text)

    def action_kind(self) -> None:
        """Go to the next kind."""
        self._kind = MEMO_KINDS[(MEMO_KINDS.index(self._kind) + 1) % len(MEMO_KINDS)]
        self._say_kind()

    def action_other(self) -> None:
        """Go to the other field."""
        self.query_one("#heading" if self.query_one("#body").has_focus else "#body").focus()

    def on_input_submitted(self) -> None:
        """Go on to the words."""
        self.query_one("#body").focus()

    def action_keep(self) -> None:
        """Keep what was written."""
        written = self._written()
        empty = not written.title.strip() and not written.body.strip()
        self.dismiss(None if empty or written == self._shown else written)
