"""The card of a case: what is known of it, its people, its documents, and what is coded of it, in one place."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen

from tbcp_qual.tui.case_card import ATTRIBUTE, DOCUMENT, PERSON, Card, known_lines, read_card, work_lines
from tbcp_qual.tui.screens.bench_screen import NARROW
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import Line, LineList

if TYPE_CHECKING:
    from tbcp_qual.tui.app import Workbench


class Wanted(NamedTuple):
    """What the person wants to see next."""

    case: str
    """Id of the case that was shown last."""
    document: str = ""
    """Id of a document to open; empty for none."""
    person: str = ""
    """Id of a participant to go to; empty for none."""
    attribute: str = ""
    """Name of an attribute to change; empty for none."""


class CaseCard(ModalScreen[Wanted]):
    """Shows one case of some; left and right go to the others."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,a,q", "leave", "Back", tooltip="Back"),
        Binding("left", "turn(-1)", "Case before", show=False, tooltip="The case before"),
        Binding("right", "turn(1)", "Next case", show=False, tooltip="The next case"),
        Binding("tab", "other_column", "Other column", show=False, tooltip="The other column"),
        Binding("z", "other_column", "Other column", show=False, tooltip="The other column"),
    ]

    def __init__(self, cases: Sequence[str], at: int = 0) -> None:
        """Make a card.

        Args:
            cases: ids of those that can be gone through, one at least.
            at: place of the one to show first.
        """
        super().__init__()
        self._cases = list(cases)
        self._at = at

    @property
    def bench(self) -> "Workbench":
        """The workbench."""
        return cast("Workbench", self.app)

    def compose(self) -> ComposeResult:
        """Lay out the card."""
        with Vertical(classes="dialog tall"):
            yield Bar(id="title")
            with Horizontal(id="columns"):
                yield LineList(id="left", empty="reading …")
                yield LineList(id="right")
            yield Bar(id="keys")

    def on_mount(self) -> None:
        """Show the case."""
        self._fit(self.app.size.width)
        self.query_one("#right" if not self.has_class("narrow") else "#left").focus()
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """Put the columns below each other where there is no room for both."""
        if self.has_class("narrow") != (event.size.width < NARROW):
            self._fit(event.size.width)
            self._show()

    def _fit(self, width: int) -> None:
        self.set_class(width < NARROW, "narrow")

    def _show(self) -> None:
        case = self._cases[self._at]
        label = next((one.label for one in self.bench.desk.frame.cases if one.id == case), "")
        others = f"  {self._at + 1} of {len(self._cases)}" if len(self._cases) > 1 else ""
        turn = "← → other cases · " if len(self._cases) > 1 else ""
        self.query_one("#title", Bar).show(strong=f"case {label}", left=others, right=f"{turn}esc back")
        viewer = self.bench.desk.viewer
        self.bench.read(lambda project: read_card(project, case, viewer), self._fill, self.action_leave)

    def _fill(self, card: Card) -> None:
        if not self.is_mounted or card.details.case.id != self._cases[self._at]:
            return
        known, work = known_lines(card), work_lines(card, self.bench.desk, dark=self.app.current_theme.dark)
        left, right = self.query_one("#left", LineList), self.query_one("#right", LineList)
        if self.has_class("narrow"):
            left.show([*work, Line(key="", text=""), *known])
            right.show([])
        else:
            left.show(known)
            right.show(work)
        first = next((line.key for line in work if line.key.startswith(DOCUMENT)), "")
        (left if self.has_class("narrow") else right).put_cursor(first)
        self.query_one("#keys", Bar).show(left="enter opens a document, or changes what is known")

    def action_turn(self, step: int) -> None:
        """Show another case."""
        self._at = (self._at + step) % len(self._cases)
        self._show()

    def action_other_column(self) -> None:
        """Go to the other column, where there are two."""
        if not self.has_class("narrow"):
            self.query_one("#right" if self.query_one("#left").has_focus else "#left").focus()

    def action_leave(self) -> None:
        """Go back; the case shown last is remembered."""
        self.dismiss(Wanted(self._cases[self._at]))

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        case, key = self._cases[self._at], event.line.key
        if key.startswith(DOCUMENT):
            self.dismiss(Wanted(case, document=key.removeprefix(DOCUMENT)))
        elif key.startswith(ATTRIBUTE):
            self.dismiss(Wanted(case, attribute=key.removeprefix(ATTRIBUTE)))
        elif key.startswith(PERSON):
            self.dismiss(Wanted(case, person=key.removeprefix(PERSON)))
