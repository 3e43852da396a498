"""Reconciling: what coders of a locked round coded differently, settled with a reason; and what came of it."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from tbcp_qual.tui.screens.panes import TABS, PanedScreen
from tbcp_qual.tui.screens.reconcile_account import AccountPane
from tbcp_qual.tui.screens.reconcile_deciding import DifferencesPane

SETTLING = {"take_all", "take_none", "take_several", "own", "for_all", "defer", "refer", "say_why", "together"}
"""Acts of the pane that a reflexive project has not."""


class ReconcileScreen(PanedScreen):
    """Two panes: the differences, and what came of them."""

    NAME = "Reconcile"
    CSS_PATH = ["mode.tcss", "reconcile.tcss"]
    PANES = (DifferencesPane, AccountPane)
    BINDINGS: ClassVar[list[BindingType]] = [
        *TABS,
        *(
            Binding(
                str(n), f"take({n})", f"Coder {n}’s", show=False, id=f"reconcile.take_{n}",
                tooltip="What the coder with that number coded stands",
            )
            for n in range(1, 10)
        ),
        Binding("equals_sign", "on('differences', 'take_all')", "All stand", id="reconcile.all", tooltip="What all coded stands"),
        Binding("0", "on('differences', 'take_none')", "Neither", id="reconcile.none", tooltip="Nothing stands on this passage"),
        Binding("a", "on('differences', 'take_several')", "Several", id="reconcile.several", tooltip="What several coders coded stands"),
        Binding("e", "on('differences', 'own')", "Own", id="reconcile.own", tooltip="Other words, or another code, stand instead"),
        Binding("l", "on('differences', 'for_all')", "Like this", id="reconcile.like", tooltip="The same decision for all like this, shown first"),
        Binding("d", "on('differences', 'defer')", "Defer", id="reconcile.defer", tooltip="Put it off; it stays in the queue"),
        Binding("t", "on('differences', 'refer')", "Third person", id="reconcile.refer", tooltip="Let a third person decide"),
        Binding("r", "on('differences', 'say_why')", "Reason", id="reconcile.reason", tooltip="Why the coders differ, and words with it"),
        Binding("g", "on('differences', 'go_on')", "Next open", id="reconcile.open", tooltip="The next passage that is open"),
        Binding("n,right", "go(1)", "Next", id="reconcile.next", tooltip="The next passage, settled or not"),
        Binding("N,left", "go(-1)", "Before", id="reconcile.before", tooltip="The passage before"),
        Binding("w", "on('differences', 'together')", "Together", id="reconcile.together", tooltip="Decide together: large, nothing hidden"),
        Binding("v", "on('differences', 'hide_names')", "Names", id="reconcile.names", tooltip="Numbers for names, or names again"),
        Binding("b", "on('differences', 'other_order')", "Order", id="reconcile.order", tooltip="By findings, by document, by code"),
        Binding("f", "on('differences', 'of_code')", "Of a code", id="reconcile.code", tooltip="Only the differences of one code"),
        Binding("o", "on('differences', 'other_round')", "Round", id="reconcile.round", tooltip="Another round that is locked"),
        Binding("m", "jot", "Memo", id="reconcile.memo", tooltip="Write a memo on the passage"),
    ]  # fmt: skip

    @property
    def differences(self) -> DifferencesPane:
        """The pane of the differences."""
        return self.query_one(DifferencesPane)

    def show_differences(self, round_id: str, code_id: str) -> None:
        """Show what differs in a round in the use of one code; with an empty id, of all codes."""
        self.go_to_pane(DifferencesPane.NAME)
        self.differences.ask(round_id, code_id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the pane can do; where differences are discussed and not settled, no decision."""
        if action in ("take", "go", "jot") and self.tab != DifferencesPane.NAME:
            return False
        if self.desk.project.approach == "reflexive" and (
            action == "take" or (action == "on" and parameters[1] in SETTLING)
        ):
            return False
        return super().check_action(action, parameters)

    def action_take(self, number: int) -> None:
        """Let what one coder coded stand."""
        self.differences.take(number)

    def action_go(self, step: int) -> None:
        """Go to the passage after this one, or before it."""
        self.differences.go(step)

    def action_jot(self) -> None:
        """Write a memo on the passage, or on its document where the text was corrected since."""
        from tbcp_qual.tui.jotting import Target, write

        cluster, opened = self.differences.cluster, self.differences.opened
        if cluster is None or opened is None:
            return
        then, now = opened.then.document_by_id[cluster.document], opened.now.document_by_id.get(cluster.document)
        if now is None:
            self.say("Its document is gone.", problem=True)
        elif now.text == then.text:
            write(self, Target("words", now.id, "the passage", cluster.span))
        else:
            write(self, Target("document", now.id, now.name))

    def _taken_back(self, label: str, keys: set[tuple[str, str]]) -> None:
        """Go to the passage whose decision was taken back."""
        passages = sorted(record for kind, record in keys if kind == "decision")
        if passages:
            self.go_to_pane(DifferencesPane.NAME)
            self.differences.go_to(passages[0])
        super()._taken_back(label, keys)
