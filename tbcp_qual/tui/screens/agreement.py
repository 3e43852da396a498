"""Agreement: how far coders agree and what that means here, code against code, and what it says of the codebook."""

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType

from tbcp_qual.coding.counting import some
from tbcp_qual.store import Project
from tbcp_qual.tui.agreement_ground import NO_ROUND, Asked, Behind, Found, among, read_behind, read_found
from tbcp_qual.tui.agreement_rows import as_table
from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog
from tbcp_qual.tui.screens.agreement_codebook import ConfusionPane, ReviewPane
from tbcp_qual.tui.screens.agreement_figures import FiguresPane
from tbcp_qual.tui.screens.panes import TABS, PanedScreen

if TYPE_CHECKING:
    from tbcp_qual.tui.screens.reconcile import ReconcileScreen
    from tbcp_qual.writers.tables import Table


class AgreementScreen(PanedScreen):
    """Three panes: the figures, code against code, and a review of the codebook."""

    NAME = "Agreement"
    CSS_PATH = ["mode.tcss", "agreement.tcss"]
    PANES = (FiguresPane, ConfusionPane, ReviewPane)
    BINDINGS: ClassVar[list[BindingType]] = [
        *TABS,
        Binding("o", "other_round", "Round", id="agreement.round", tooltip="Another round, or codings as they are now"),
        Binding(
            "x", "on('figures', 'explore')", "Explore", id="agreement.explore",
            tooltip="Other units and statistics, marked as exploratory",
        ),
        Binding("p", "other_pair", "Coders", id="agreement.pair", tooltip="Other two coders, or all"),
        Binding(
            "d", "on('figures', 'by_document')", "By document", id="agreement.parts",
            tooltip="The figure of all codes by document and by source type",
        ),
        Binding("v", "on('figures', 'read_all')", "Read all", id="agreement.read", tooltip="All that is said of this figure"),
        Binding("j", "on('figures', 'write_json')", "JSON", id="agreement.json", tooltip="Write all figures to a JSON file"),
        Binding(
            "w", "on('figures', 'write_appendix')", "Appendix", id="agreement.word",
            tooltip="Write the appendix on agreement: Word, a page, or a workbook",
        ),
        Binding(
            "b", "on('review', 'go_to_code')", "Codebook", id="agreement.code", tooltip="Go to the code in the codebook"
        ),
        Binding(
            "r", "on('review', 'settle')", "Differences", id="agreement.settle", tooltip="Go to the differences behind it"
        ),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.asked = Asked()
        self.found: Found | None = None
        self.behind: Behind | None = None
        self.table = 0
        """Which of the tables is seen: coders together, or a pair."""

    # -- reading

    def refresh_all(self) -> None:
        """Read everything anew; until it is there the screen stays as it is."""
        asked, viewer = self.asked, self.desk.viewer

        def job(project: Project) -> Found:
            return read_found(project, asked, viewer=viewer)

        self.read(job, self._read)

    def _read(self, found: Found) -> None:
        other = self.found is None or self.found.round != found.round
        were, self.found = self.keys(), found
        self.table = min(self.table, max(len(found.tables) - 1, 0))
        if other:
            self.behind = None
            self.table = 0
        self._show_all()
        self.renew_keys(were)
        made, viewer = found.round, self.desk.viewer
        if found.report is not None and made is not None:
            who = self.coders
            self.look_up("behind", lambda project: read_behind(project, made, who, viewer=viewer), self._read_behind)

    def _read_behind(self, behind: Behind | None) -> None:
        self.behind = behind
        self._show_all()

    def _show_all(self) -> None:
        for pane in self.query(FiguresPane):
            pane.fill()
        for other in self.query(ConfusionPane):
            other.fill()
        for last in self.query(ReviewPane):
            last.fill()
        self.show_pane()

    @property
    def coders(self) -> tuple[str, ...]:
        """Names of the coders whose table is seen."""
        tables = self.found.tables if self.found else ()
        return tables[self.table].coders if self.table < len(tables) else ()

    def ask(self, asked: Asked) -> None:
        """Ask something else."""
        self.asked = asked
        self.refresh_all()

    def show_round(self, made: str) -> None:
        """Show a round by what it fixed."""
        self.go_to_pane(FiguresPane.NAME)
        self.ask(Asked(round=made))

    def listing(self) -> "Table | None":
        """Return the figures that are seen, to be written; else what is listed."""
        tables = self.found.tables if self.found else ()
        if self.tab == FiguresPane.NAME and self.table < len(tables):
            return as_table(
                tables[self.table], f"agreement {self.found.round.name if self.found and self.found.round else 'now'}"
            )
        return super().listing()

    def name_of_round(self) -> str:
        """Say which round is seen."""
        if self.found is None:
            return ""
        return f"round {self.found.round.name}" if self.found.round else "codings as they are now"

    # -- keys

    def action_other_pair(self) -> None:
        """Show the figures and differences of other coders."""
        tables = self.found.tables if self.found else ()
        if len(tables) < 2:
            self.say("There are only two coders." if tables else "There is no figure yet.")
            return
        choices = [
            Choice(value=str(n), text=" × ".join(each.coders), note=some(len(each.documents), "document"))
            for n, each in enumerate(tables)
        ]
        self.app.push_screen(ChoiceDialog("whose agreement", choices, str(self.table)), self._pair_chosen)

    def _pair_chosen(self, value: str | None) -> None:
        if value is None:
            return
        self.table = int(value)
        self._show_all()
        behind, who = self.behind, self.coders
        if behind is not None:
            self.look_up("behind", lambda _: among(behind.opened, who), self._read_behind)

    def action_other_round(self) -> None:
        """Choose a round."""
        if self.found is None:
            self.say("The rounds are still being read.")
            return
        rounds = self.found.rounds
        choices = [
            Choice(
                value=made.id,
                text=f"round {made.name}",
                note=f"{made.purpose} · {f'locked {made.locked_at[:10]}' if made.locked else 'not locked'}",
            )
            for made in reversed(rounds)
        ]
        choices.append(Choice(value=NO_ROUND, text="no round: codings as they are now", note="exploratory"))
        now = self.found.round.id if self.found.round else NO_ROUND

        def chosen(value: str | None) -> None:
            if value:
                self.show_round(value)

        self.app.push_screen(ChoiceDialog("agreement of which round", choices, now), chosen)

    def settle(self, code: str = "", passage: str = "") -> None:
        """Go to the differences of the round, over a code, and to one of them."""
        made = self.found.round if self.found else None
        if made is None:
            return
        self.bench.action_mode("R")
        screen = cast("ReconcileScreen", self.bench.screen)

        def show() -> None:
            screen.show_differences(made.id, code)
            if passage:
                screen.differences.go_to(passage)

        screen.call_after_refresh(show)
