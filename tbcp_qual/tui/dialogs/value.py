"""Type a value; what was typed before elsewhere is offered, and what does not fit is said while one types."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from tbcp_qual.language.matching import Candidate, rank
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import Line, LineList

MOST = 12
"""Offers that are seen at a time."""


class ValueDialog(ModalScreen[str | None]):
    """Type a value; None where nothing is to be changed."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", tooltip="Back; nothing is changed"),
        Binding("down", "move(1)", "Down", priority=True, show=False, tooltip="What is offered below"),
        Binding("up", "move(-1)", "Up", priority=True, show=False, tooltip="What is offered above"),
    ]

    def __init__(
        self,
        title: str,
        value: str,
        *,
        hint: str = "",
        offered: Sequence[str] = (),
        problem: Callable[[str], str] = lambda _: "",
    ) -> None:
        """Make a dialog.

        Args:
            title: what is asked for.
            value: what it is now.
            hint: what may be typed, said below.
            offered: values that may be taken by the arrows.
            problem: says what is wrong with a value; empty where nothing is.
        """
        super().__init__()
        self._title = title
        self._value = value
        self._hint = hint
        self._offered = [Candidate(str(n), text) for n, text in enumerate(offered)]
        self._problem = problem
        self._taking = False
        """Whether the arrows have gone into what is offered: Enter takes it then."""

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog"):
            yield Bar(id="title")
            yield Input(self._value, id="typed")
            yield LineList(id="found")
            yield Bar(id="definition")

    def on_mount(self) -> None:
        """Show what is offered."""
        right = "enter keep · ↓ take one below · esc back" if self._offered else "enter keep · esc back"
        self.query_one("#title", Bar).show(strong=self._title, right=right)
        self._offer("")
        self._say(self._value)
        self.query_one(Input).focus()
        self.query_one(".dialog").styles.height = min(len(self._offered), MOST) + 6

    def _offer(self, typed: str) -> None:
        found = rank(self._offered, typed)[:200]
        names = {candidate.key: candidate.name for candidate in self._offered}
        self.query_one("#found", LineList).show([Line(key=key, text=names[key]) for key, _ in found], keep=False)
        self._take(False)

    def _say(self, typed: str) -> str:
        problem = self._problem(typed)
        bar = self.query_one("#definition", Bar)
        bar.set_class(bool(problem), "problem")
        bar.show(left=problem or self._hint)
        return problem

    def _take(self, taking: bool) -> None:
        self._taking = taking
        self.query_one("#found", LineList).light(taking)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if event.value != self._value:
            self._offer(event.value)
            self._say(event.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        line = self.query_one("#found", LineList).line
        if self._taking and line is not None:
            self._keep(line.text)
        else:
            self._keep(self.query_one(Input).value)

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        self._keep(event.line.text)

    def _keep(self, value: str) -> None:
        value = value.strip()
        if not self._say(value):
            self.dismiss(value)

    def action_move(self, step: int) -> None:
        """Go into what is offered, and about in it."""
        found = self.query_one("#found", LineList)
        if not found.lines:
            return
        if not self._taking:
            self._take(step > 0)
        elif step < 0 and found.cursor == 0:
            self._take(False)
        else:
            found.action_cursor(step)
