"""The keys of a screen, drawn from its bindings."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tbcp_qual.tui.hints import key_shown
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import Line, LineList


class HelpDialog(ModalScreen[None]):
    """All keys, one a line."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q", "dismiss(None)", "Back", tooltip="Back"),
    ]

    def __init__(self, bindings: Sequence[BindingType]) -> None:
        super().__init__()
        self._shown = bindings

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog tall"):
            yield Bar(id="title")
            yield LineList(id="found", lit=True)

    def on_mount(self) -> None:
        """List the keys; what shares a sentence shares a line."""
        self.query_one("#title", Bar).show(strong="keys", right="ctrl+p anything by name · esc back")
        by_sentence: dict[str, list[str]] = {}
        keymap: Mapping[str, str] = getattr(self.app, "keymap", {})
        for binding in self._shown:
            if isinstance(binding, Binding) and binding.description:
                key = keymap.get(binding.id or "", binding.key)
                by_sentence.setdefault(binding.tooltip or binding.description, []).append(key_shown(key))
        lines = []
        for sentence, keys in by_sentence.items():
            shown = f"{keys[0]} … {keys[-1]}" if len(keys) > 4 else " ".join(keys)
            lines.append(Line(key=sentence, text=f"{shown:<22}{sentence}"))
        self.query_one("#found", LineList).show(lines)
