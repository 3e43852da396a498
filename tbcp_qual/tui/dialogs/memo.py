"""Write a memo; leaving it with escape keeps what was there before."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import TextArea

from tbcp_qual.tui.widgets.bar import Bar


class MemoDialog(ModalScreen[str | None]):
    """A few lines on a coding."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "Keep", priority=True, tooltip="Keep the memo"),
        Binding("escape", "keep", "Keep and back", priority=True, tooltip="Keep the memo and go back"),
        Binding("ctrl+z", "undo", "Undo typing", show=False, tooltip="Undo typing"),
    ]

    def __init__(self, memo: str, title: str) -> None:
        super().__init__()
        self._memo = memo
        self._title = title

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog"):
            yield Bar(id="title")
            yield TextArea(self._memo, id="memo", soft_wrap=True, show_line_numbers=False)

    def on_mount(self) -> None:
        """Put the cursor at the end."""
        self.query_one("#title", Bar).show(strong=self._title, right="esc keep and go back")
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()

    def action_keep(self) -> None:
        """Keep what was written."""
        self.dismiss(self.query_one(TextArea).text)
