"""Double coding: every round, document and coder; packs out and back, the lock, and what did not fit together."""

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType

from tbcp_qual.tui.rounds_rows import Rounds, as_table, read_rounds
from tbcp_qual.tui.screens.panes import TABS, PanedScreen
from tbcp_qual.tui.screens.rounds_board import BoardPane
from tbcp_qual.tui.screens.rounds_conflicts import ConflictsPane

if TYPE_CHECKING:
    from tbcp_qual.tui.screens.agreement import AgreementScreen
    from tbcp_qual.tui.screens.reconcile import ReconcileScreen
    from tbcp_qual.writers.tables import Table


class RoundsScreen(PanedScreen):
    """Two panes: the board, and conflicts."""

    NAME = "Double coding"
    CSS_PATH = ["mode.tcss", "rounds.tcss"]
    PANES = (BoardPane, ConflictsPane)
    BINDINGS: ClassVar[list[BindingType]] = [
        *TABS,
        Binding("n", "on('board', 'new')", "New round", id="rounds.new", tooltip="Make a round: who codes which documents"),
        Binding("d", "on('board', 'done')", "Done", id="rounds.done", tooltip="You are done with this document, or not yet"),
        Binding("l", "on('board', 'ask_lock')", "Lock", id="rounds.lock", tooltip="Lock the round, shown first; not to be undone"),
        Binding("w", "on('board', 'pack')", "Write pack", id="rounds.pack", tooltip="Write a file for one coder, without others' work"),
        Binding("b", "bring_in", "Bring in", id="rounds.merge", tooltip="Bring in a pack or a copy that came back, shown first"),
        Binding("a", "on('board', 'agreement')", "Agreement", id="rounds.agreement", tooltip="How far the coders of this round agree"),
        Binding("r", "on('board', 'differences')", "Differences", id="rounds.differences", tooltip="Where the coders of this round differ"),
        Binding("v", "on('board', 'read_all')", "Read all", id="rounds.read", tooltip="All that is said of this round"),
        *(
            Binding(
                str(n), f"settle({n})", "Keep this value", show=False, id=f"rounds.keep.{n}",
                tooltip="Settle the conflict for the value with this number",
            )
            for n in range(1, 10)
        ),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.found: Rounds | None = None

    def refresh_all(self) -> None:
        """Read every round anew."""
        viewer = self.desk.viewer
        self.read(lambda project: read_rounds(project, viewer), self._read)

    def _read(self, found: Rounds) -> None:
        were, self.found = self.keys(), found
        self.query_one(BoardPane).fill()
        self.query_one(ConflictsPane).fill()
        self.show_pane()
        self.renew_keys(were)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what the pane that is seen can do."""
        if action == "settle":
            return self.tab == ConflictsPane.NAME
        return super().check_action(action, parameters)

    def listing(self) -> "Table | None":
        """Return how far everybody is, to be written; else what is listed."""
        if self.tab == BoardPane.NAME and self.found is not None and self.found.boards:
            return as_table(self.found)
        return super().listing()

    def action_settle(self, number: int) -> None:
        """Settle the conflict that is lit."""
        self.query_one(ConflictsPane).settle(number)

    def action_bring_in(self) -> None:
        """Bring in a pack or a copy that came back."""
        from tbcp_qual.tui.screens.bringing_in import BringingIn

        BringingIn(self).ask()

    def to_agreement(self, made: str) -> None:
        """Go to the agreement of a round, by its id."""
        self.bench.action_mode("A")
        screen = cast("AgreementScreen", self.bench.screen)
        screen.call_after_refresh(screen.show_round, made)

    def to_differences(self, made: str) -> None:
        """Go to the differences of a round, by its id."""
        self.bench.action_mode("R")
        screen = cast("ReconcileScreen", self.bench.screen)
        screen.call_after_refresh(screen.show_differences, made, "")
