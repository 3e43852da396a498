"""What reconciling a round has come to: shares kept, changed and unresolved, decisions, and the codebook since."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical

from tbcp_qual.coding.counting import some
from tbcp_qual.errors import QualError
from tbcp_qual.store import Project
from tbcp_qual.tasks.consensus import ONLY_A_NEW_ROUND, Upshot, codebook_review, spoken, upshot
from tbcp_qual.tasks.reconciling import Reconciliation
from tbcp_qual.tui.screens.panes import Pane
from tbcp_qual.tui.screens.reconcile_queue import Queue
from tbcp_qual.tui.widgets.passages import Passage, PassageList

OUTCOMES = {
    "coders": "one coder’s codings stand",
    "all": "all stand",
    "neither": "none stands",
    "own": "decided anew",
    "deferred": "put off",
    "referred": "a third person is asked",
}
CONCERNS = {
    "confused": "sharpen both definitions, or merge the two",
    "boundary": "agree how much around the words is taken along",
    "unused": "talk the definition through, with examples",
}
"""What each kind of point of the review asks for."""


class AccountPane(Pane):
    """Figures to read, and beside them what the differences say of the codebook."""

    NAME = "account"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._figures: dict[str, str] = {}
        """How far the coders agreed before they talked, in words, by id of the round."""

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        with Vertical(id="sheet"):
            yield PassageList(id="account", empty="No round is locked: nothing was reconciled yet.")
        yield PassageList(id="side", empty="The differences say nothing of the codebook that several cases bear out.")

    def focus_list(self) -> None:
        """Go to the figures."""
        self.query_one("#account", PassageList).focus()

    def enter(self) -> None:
        """Show what was read."""
        self.show_account()
        self.focus_list()

    def changed(self) -> None:
        """Show it anew, once the other pane has read it."""
        if self.display:
            self.call_after_refresh(self.show_account)

    def summary(self) -> str:
        """Say of which round."""
        opened = self.home.query_one(Queue).opened
        return f"what came of it{f' ▸ {opened.round.name}' if opened is not None else ''}"

    def hint(self) -> str:
        """Say the keys."""
        return "{panes.next} to the differences · {panes.side} what it says of the codebook · {modes.undo} undo"

    def show_account(self) -> None:
        """Show the figures, as they are after the last decision."""
        queue = self.home.query_one(Queue)
        opened = queue.opened
        account, side = self.query_one("#account", PassageList), self.query_one("#side", PassageList)
        if opened is None:
            return
        if queue.reflexive:
            said = "In a reflexive project nothing is counted of what coders see differently: it is there to discuss."
            account.show_items([Passage(key="reflexive", label=opened.round.name, body=said)])
            side.show_items([])
            return
        figure = self._figures.get(opened.round.id, "")
        account.show_items(list(_items(opened, upshot(opened), figure, hidden=queue.names_hidden)))
        if not figure:
            self._look_up_figure(opened.round.id)
        points = codebook_review(opened)
        side.show_items(
            [
                Passage(
                    key=str(n),
                    label=CONCERNS.get(point.concern, point.concern),
                    body=spoken(opened, point, hidden=queue.names_hidden),
                )
                for n, point in enumerate(points)
            ]
        )

    def _look_up_figure(self, round_id: str) -> None:
        viewer = self.home.desk.viewer

        def read(figure: str) -> None:
            self._figures[round_id] = figure
            if self.display:
                self.show_account()

        self.home.look_up("figure", lambda project: _agreed(project, round_id, viewer), read)


def _agreed(project: Project, round_id: str, viewer: str) -> str:
    """Say how far the coders of a round agreed, over all codes, as it was locked."""
    from tbcp_qual.agreement.bootstrap import Interval
    from tbcp_qual.agreement.ratings import Coefficient
    from tbcp_qual.agreement.statistics import STATISTICS
    from tbcp_qual.tasks.agreement import round_agreement

    try:
        report = round_agreement(project, round_id, viewer=viewer)
    except QualError as problem:
        return problem.message
    name = report.fixed.statistic if report.fixed else "krippendorff_alpha"
    whole = report.together or next(iter(report.pairs), None)
    line = whole.pooled if whole is not None else None
    if line is None or not isinstance(figure := line.figures[name], Coefficient):
        return "no figure can be computed: tbcp-qual agreement --round says why"
    said = f"{STATISTICS[name].label} {figure.value:.2f}"
    interval = line.intervals.get(name)
    if isinstance(interval, Interval):
        said += f" ({interval.low:.2f} to {interval.high:.2f})"
    return f"{said}, all codes pooled, by {report.unit}. It stays as it is, whatever is settled here."


def _items(opened: Reconciliation, reached: Upshot, figure: str, *, hidden: bool) -> Iterator[Passage]:
    account = reached.account
    left = account.passages - account.settled
    agreed = some(account.agreed, "coding")
    yield Passage(
        key="passages",
        label=f"{some(account.passages, 'passage')} differed",
        body=f"{account.settled:,} settled, {left:,} open. {agreed} that all coders share "
        f"{'stands' if account.agreed == 1 else 'stand'} without a decision.",
    )
    if figure:
        yield Passage(key="figure", label="before anybody talked", body=figure)
    for shares in account.coders:
        yield Passage(
            key=shares.coder,
            label=f"{opened.who(shares.coder, hidden=hidden)}: {some(shares.codings, 'coding')}",
            body=f"{_share(shares.agreed + shares.kept, shares.codings)} kept ({shares.agreed:,} that all share, "
            f"{shares.kept:,} after a decision) · {_share(shares.changed, shares.codings)} changed · "
            f"{_share(shares.unresolved, shares.codings)} unresolved",
        )
    yield Passage(
        key="kinds",
        label="kinds of difference",
        body="\n".join(f"{kind}: {n:,}, {done:,} settled" for kind, (n, done) in account.kinds.items()),
    )
    if account.outcomes:
        ordered = sorted(account.outcomes.items(), key=lambda pair: -pair[1])
        yield Passage(key="outcomes", label="decisions", body="\n".join(f"{OUTCOMES[o]}: {n:,}" for o, n in ordered))
    if account.reasons:
        ordered_reasons = sorted(account.reasons.items(), key=lambda pair: -pair[1])
        yield Passage(key="reasons", label="reasons", body="\n".join(f"{why}: {n:,}" for why, n in ordered_reasons))
    changes = [
        f"{change.path}: {', '.join(change.what)}"
        + (f"; at issue in {some(change.at_issue, 'settled passage')}" if change.at_issue else "")
        for change in reached.codebook
    ]
    yield Passage(key="codebook", label="the codebook since the lock", body="\n".join(changes) or "no changes")
    yield Passage(key="only", label="", body=ONLY_A_NEW_ROUND)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "none"
