"""Write several fields of one thing; escape keeps what was written and goes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.field import Field, Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One field."""

    name: str
    title: str
    words: str
    """What it says now."""
    long: bool = False
    """Whether it may run over several lines."""


class DefinitionDialog(ModalScreen[dict[str, str] | None]):
    """Gives the fields that were changed; None where none was."""

    CSS_PATH = ["dialogs.tcss", "asking.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "Keep", priority=True, tooltip="Keep what was written"),
        Binding("escape", "keep", "Keep and back", priority=True, tooltip="Keep what was written, and go back"),
        Binding("tab", "next(1)", "Next field", priority=True, show=False, tooltip="The next field"),
        Binding("shift+tab", "next(-1)", "Field before", priority=True, show=False, tooltip="The field before"),
    ]

    def __init__(self, title: str, asked: Sequence[Asked], first: str = "", *, hint: str = "") -> None:
        """Make a dialog.

        Args:
            title: what the fields belong to.
            asked: the fields, in order.
            first: name of the one to begin with; empty for the first.
            hint: said below.
        """
        super().__init__()
        self._title = title
        self._asked = {one.name: one for one in asked}
        self._first = first if first in self._asked else next(iter(self._asked))
        self._hint = hint
        self._shown: dict[str, str] = {}
        """The fields as they were shown at first."""

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog tall"):
            yield Bar(id="title")
            with VerticalScroll(can_focus=False):
                for one in self._asked.values():
                    bar = Bar(id=f"of-{one.name}")
                    bar.left = one.title
                    yield bar
                    if one.long:
                        yield Writing(one.words, id=f"field-{one.name}")
                    else:
                        yield Field(" ".join(one.words.split()), id=f"field-{one.name}")
            yield Bar(id="definition")

    def on_mount(self) -> None:
        """Begin with the first field."""
        self.query_one("#title", Bar).show(strong=self._title, right="tab next field · esc keep and go back")
        self.query_one("#definition", Bar).show(left=self._hint)
        self._shown = {name: self._written(name) for name in self._asked}
        self._field(self._first).focus()

    def _field(self, name: str) -> Widget:
        return self.query_one(f"#field-{name}")

    def action_next(self, step: int) -> None:
        """Go to another field."""
        names = list(self._asked)
        here = next((n for n, name in enumerate(names) if self._field(name).has_focus), 0)
        self._field(names[(here + step) % len(names)]).focus()

    def on_input_submitted(self) -> None:
        """Go on to the next field."""
        self.action_next(1)

    def _written(self, name: str) -> str:
        field = self._field(name)
        return field.text if isinstance(field, TextArea) else field.value if isinstance(field, Input) else ""

    def action_keep(self) -> None:
        """Keep what was changed."""
        written = {name: self._written(name) for name in self._asked}
        self.dismiss({name: words for name, words in written.items() if words != self._shown[name]} or None)
