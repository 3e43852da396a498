"""Type a passphrase unseen: once to open a file, twice to seal one; it is kept nowhere."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from tbcp_qual.errors import UsageError
from tbcp_qual.tasks.sealing import check_passphrase
from tbcp_qual.tui.widgets.bar import Bar


class PassphraseDialog(ModalScreen[str | None]):
    """Gives a passphrase; empty where a file is to go unsealed; None where nothing is to be done."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", tooltip="Back; nothing is done"),
        Binding("tab,down", "other(1)", "Other field", priority=True, show=False, tooltip="To the other field"),
        Binding("shift+tab,up", "other(-1)", "Other field", priority=True, show=False, tooltip="To the other field"),
    ]

    def __init__(self, title: str, *, new: bool) -> None:
        """Make a dialog.

        Args:
            title: what is sealed or opened.
            new: whether it seals: it is typed twice then, and may be left empty.
        """
        super().__init__()
        self._title = title
        self._new = new

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog"):
            yield Bar(id="title")
            yield Input(password=True, placeholder="the passphrase", id="typed")
            if self._new:
                yield Input(password=True, placeholder="the same once more", id="again")
            yield Bar(id="definition")

    def on_mount(self) -> None:
        """Say what is asked."""
        right = "enter · empty: not sealed · esc back" if self._new else "enter opens · esc back"
        self.query_one("#title", Bar).show(strong=self._title, right=right)
        self._say("")
        self.query_one("#typed", Input).focus()
        self.query_one(".dialog").styles.height = 8 if self._new else 6

    def _say(self, problem: str) -> None:
        hint = (
            "Tell it on another way than the file; without it nobody can open it."
            if self._new
            else "Who sealed the file knows it; upper and lower case and spaces count."
        )
        bar = self.query_one("#definition", Bar)
        bar.set_class(bool(problem), "problem")
        bar.show(left=problem or hint)

    def action_other(self, step: int) -> None:
        """Go to the other field."""
        fields = list(self.query(Input))
        fields[(fields.index(self.focused) + step) % len(fields) if isinstance(self.focused, Input) else 0].focus()

    @on(Input.Changed)
    def _typed(self) -> None:
        self._say("")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        typed = self.query_one("#typed", Input).value
        if not self._new:
            if typed:
                self.dismiss(typed)
            return
        again = self.query_one("#again", Input).value
        if not typed and not again:
            self.dismiss("")
            return
        try:
            check_passphrase(typed)
        except UsageError as short:
            self._say(short.message)
            return
        if event.input.id == "typed" and not again:
            self.query_one("#again", Input).focus()
        elif again != typed:
            self._say("The two are not the same.")
        else:
            self.dismiss(typed)
