"""The code picker: a few letters, Enter; what does not exist yet can be made here."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.language.matching import Candidate, rank
from tbcp_qual.tui.palette import colour
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import Line, LineList

NEW = "new"


class Picked(NamedTuple):
    """What was chosen: a code, or the name of a new one."""

    code: str
    """Id of the code; empty for a new one."""
    new_name: str = ""
    under: str | None = None
    """Id of the code that the new one goes below; None for the top."""


class CodePicker(ModalScreen[Picked | None]):
    """Choose a code by typing."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", tooltip="Back; nothing is coded"),
        Binding("down", "move(1)", "Down", priority=True, show=False, tooltip="The code below"),
        Binding("up", "move(-1)", "Up", priority=True, show=False, tooltip="The code above"),
        Binding("ctrl+n", "make", "New code here", tooltip="Make a code of this name below the highlighted one"),
    ]

    def __init__(
        self,
        codebook: Codebook,
        labels: Mapping[str, str],
        recent: Sequence[str],
        title: str,
        *,
        new: bool = True,
    ) -> None:
        super().__init__()
        self._codebook = codebook
        self._labels = labels
        self._recent = recent
        self._title = title
        self._new = new
        self._candidates = [Candidate(code.id, code.name, codebook.path(code.id)) for _, code in codebook.walk()]

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog"):
            yield Bar(id="title")
            yield Input(placeholder="type a few letters", id="typed")
            yield LineList(id="found", empty="No code is called that. Enter makes it.", lit=True)
            yield Bar(id="definition")

    def on_mount(self) -> None:
        """Show all codes, the recent ones first."""
        right = "enter take · ctrl+n new below · esc back" if self._new else "enter take · esc back"
        self.query_one("#title", Bar).show(strong=self._title, right=right)
        self._show("")

    def _show(self, typed: str) -> None:
        dark = self.app.current_theme.dark
        book = self._codebook
        lines = []
        new = Line(key=NEW, text=f"new code: {typed.strip()}", sign="+") if self._new and typed.strip() else None
        for key, exact in rank(self._candidates, typed, self._recent)[:200]:
            if new is not None and not exact:
                # What is only spelt alike comes after the offer to make what was typed.
                lines.append(new)
                new = None
            above = [code.name for code in reversed(book.ancestors(key))]
            lines.append(
                Line(
                    key=key,
                    text=book.by_id[key].name,
                    note=" › ".join(above),
                    sign="▎",
                    colour=colour(book.colour(key), dark=dark),
                )
            )
        if new is not None:
            lines.append(new)
        found = self.query_one("#found", LineList)
        found.show(lines, keep=False)
        self._define(found.line)

    def _define(self, line: Line | None) -> None:
        code = self._codebook.by_id.get(line.key) if line else None
        self.query_one("#definition", Bar).show(left=code.brief if code else "")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(LineList.Moved)
    def _moved(self, event: LineList.Moved) -> None:
        self._define(event.line)

    @on(Input.Submitted)
    @on(LineList.Chosen)
    def _take(self) -> None:
        line = self.query_one("#found", LineList).line
        typed = self.query_one(Input).value.strip()
        if line is None or line.key == NEW:
            if self._new and typed:
                self.dismiss(Picked("", typed, None))
            return
        self.dismiss(Picked(line.key))

    def action_move(self, step: int) -> None:
        """Move the highlight while typing goes on."""
        self.query_one("#found", LineList).action_cursor(step)

    def action_make(self) -> None:
        """Make a code of the typed name below the highlighted code."""
        line = self.query_one("#found", LineList).line
        typed = self.query_one(Input).value.strip()
        if self._new and typed:
            self.dismiss(Picked("", typed, line.key if line is not None and line.key != NEW else None))
