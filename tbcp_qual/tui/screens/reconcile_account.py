"""What reconciling a round has come to: shares kept, changed and unresolved, decisions, and the codebook since."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical

from tbcp_qual.tasks.consensus import ONLY_A_NEW_ROUND, Upshot, codebook_review, spoken, upshot
from tbcp_qual.tasks.reconciling import Reconciliation
from tbcp_qual.tui.screens.panes import Pane, some
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
        return "tab to the differences · s what it says of the codebook · u undo"

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
        account.show_items(list(_items(opened, upshot(opened), hidden=queue.names_hidden)))
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


def _items(opened: Reconciliation, reached: Upshot, *, hidden: bool) -> Iterator[Passage]:
    account = reached.account
    left = account.passages - account.settled
    agreed = some(account.agreed, "coding")
    yield Passage(
        key="passages",
        label=f"{some(account.passages, 'passage')} differed",
        body=f"{account.settled:,} settled, {left:,} open. {agreed} that all coders share "
        f"{'stands' if account.agreed == 1 else 'stand'} without a decision.",
    )
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
