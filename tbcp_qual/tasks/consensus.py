"""What reconciling came to: the consensus as a coder's codings, what became of the independent ones, the codebook.

No coefficient is computed from a consensus: how far coders agree is what they coded apart. Only a new blind round on
other documents shows whether they agree better now.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tbcp_qual.analysis.confusion import NOTHING, Confusion, Point, between, review
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.placing import Places, placed
from tbcp_qual.coding.reconciliation import (
    CONSENSUS,
    Account,
    account,
    codebook_changes,
    consensus,
    is_settled,
)
from tbcp_qual.coding.records import Coding, Done, done_id
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.errors import QualError, UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.reconciling import Reconciliation, reconciliation_of

ONLY_A_NEW_ROUND = "Only a new blind round on other documents shows whether the coders agree better now."


def means_consensus(project: Project, name: str | None) -> bool:
    """Whether a name stands for the consensus: no coder of the project is called so."""
    return name is not None and name.strip().casefold() == CONSENSUS.name and project.coder_named(name.strip()) is None


def refuse_coefficients(names: Iterable[str]) -> None:
    """Refuse to compare the consensus with anybody.

    Raises:
        UsageError: one of the names is that of the consensus.
    """
    if any(name.strip().casefold() == CONSENSUS.name for name in names):
        raise UsageError(
            "No coefficient is computed from a consensus: its coders have talked, and it holds what they settled.",
            ONLY_A_NEW_ROUND,
        )


def consensus_of(opened: Reconciliation) -> tuple[Coding, ...]:
    """Return the codings that stand after a round, on the texts that were locked."""
    return consensus(opened.independents, opened.compared, opened.decisions, opened.book)


def consensus_snapshot(project: Project, *, viewer: str) -> Snapshot:
    """Return the project as if the consensus of its locked rounds were one coder, and the only one.

    A document is done where every passage of it is settled. Where several rounds cover one document the one that was
    locked last counts. Training rounds are left out: they are no material.

    Raises:
        QualError: no round has been locked whose documents the viewer may see.
    """
    rounds = [made for made in project.records("round") if made.locked and made.purpose == "reliability"]
    by_document: dict[str, list[Coding]] = {}
    finished: dict[str, bool] = {}
    for made in sorted(rounds, key=lambda made: (made.locked_at, made.id)):
        opened = reconciliation_of(project, made, viewer=viewer)
        for one in opened.compared:
            by_document[one.document] = []
            finished[one.document] = all(is_settled(opened.decisions.get(c.id)) for c in one.clusters)
        for coding in consensus_of(opened):
            by_document[coding.document].append(coding)
    if not by_document:
        raise QualError("There is no consensus yet: no round has been locked.", "tbcp-qual rounds list")
    now = project.snapshot(viewer)
    ways = Places(project.records("forward"), project.records("placement"))
    everything = placed((c for codings in by_document.values() for c in codings), now.document_by_id, ways)
    kept = [coding for coding in everything if coding.code in now.codebook.by_id]
    lost = {coding.text for coding in kept} - set(now.texts)
    done = (
        Done(id=done_id(d, CONSENSUS.id), document=d, coder=CONSENSUS.id, done=True)
        for d, full in finished.items()
        if full
    )
    return replace(
        now,
        coders=(CONSENSUS,),
        codings=tuple(sorted(kept, key=lambda c: (c.document, c.start, c.end, c.id))),
        reviews=(),
        done=tuple(done),
        texts={**now.texts, **project.texts(lost)},
    )


def open_passages(project: Project, *, viewer: str) -> int:
    """Count the passages of locked rounds that nobody has settled, and which a consensus therefore leaves out."""
    rounds = [made for made in project.records("round") if made.locked and made.purpose == "reliability"]
    opened = (reconciliation_of(project, made, viewer=viewer) for made in rounds)
    return sum(not is_settled(one.decisions.get(cluster)) for one in opened for cluster in one.clusters)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedCode:
    """What became of a code since the lock."""

    path: str
    was: str
    """Its name then; empty for one that was not there."""
    what: tuple[str, ...]
    at_issue: int
    """Settled passages that had this code among those that differed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upshot:
    """What the reconciliation of a round has come to."""

    account: Account
    codebook: tuple[ChangedCode, ...]


def upshot(opened: Reconciliation) -> Upshot:
    """Return what became of the independent codings, and of the codebook since.

    Raises:
        UsageError: the project is reflexive.
    """
    _only_lists(opened)
    settled = [c for c in opened.clusters.values() if is_settled(opened.decisions.get(c.id))]
    changes = codebook_changes(opened.locked.codes, opened.locked.definitions, opened.now.codebook)
    return Upshot(
        account=account(opened.independents, opened.compared, opened.decisions),
        codebook=tuple(
            ChangedCode(
                path=opened.path(change.code),
                was=change.was,
                what=change.what,
                at_issue=sum(change.code in cluster.codes for cluster in settled),
            )
            for change in changes
        ),
    )


def confusion(opened: Reconciliation, coders: Sequence[str] = ()) -> Confusion:
    """Return code against code among some coders, by name; without names among all of the round.

    Raises:
        UsageError: the project is reflexive, or nobody who coded in the round is called so.
    """
    _only_lists(opened)
    return between(opened.compared, opened.book, _coders(opened, coders))


def codebook_review(opened: Reconciliation, coders: Sequence[str] = ()) -> tuple[Point, ...]:
    """Return what the differences of a round say of the codebook.

    Raises:
        UsageError: the project is reflexive, or nobody who coded in the round is called so.
    """
    _only_lists(opened)
    return review(opened.compared, opened.book, _coders(opened, coders))


def _coders(opened: Reconciliation, names: Sequence[str]) -> list[str]:
    there = dict.fromkeys(coder for one in opened.compared for coder in one.coders)
    if not names:
        return [coder for coder in opened.coders if coder in there]
    by_name = {opened.who(coder, hidden=False).casefold(): coder for coder in there}
    found = [by_name.get(name.strip().casefold(), "") for name in names]
    if "" in found:
        known = ", ".join(opened.who(coder, hidden=False) for coder in there)
        raise UsageError(f"“{names[found.index('')].strip()}” coded no document of this round.", f"There is: {known}.")
    if len(set(found)) < 2:
        raise UsageError("It takes two coders to set code against code.", "Name them: --between A,B")
    return list(dict.fromkeys(found))


def _only_lists(opened: Reconciliation) -> None:
    if opened.now.project.approach == "reflexive":
        raise UsageError(
            "In a reflexive project nothing is counted of what coders see differently: it is there to be discussed.",
            f'tbcp-qual reconcile list "{opened.round.name}" lists the differences to discuss.',
        )


def spoken(opened: Reconciliation, point: Point, *, hidden: bool = False) -> str:
    """Say in one sentence what the differences say of the codebook."""
    names = [opened.path(code) for code in point.codes]
    who = opened.who(point.coder, hidden=hidden) if point.coder else ""
    if point.concern == "confused":
        return f"“{names[0]}” and “{names[1]}” stand for one another: {point.count} of {point.of} times."
    if point.concern == "boundary":
        what = f"of “{names[0]}” " if names else ""
        return f"{who} codes more words {what}than the others: in {point.count} of {point.of} boundary differences."
    instead = " or ".join(
        f"{'nothing' if code == NOTHING else f'“{opened.path(code)}”'} ({count})" for code, count in point.instead
    )
    return f"{who} never uses “{names[0]}”; others do {point.count} times, where {who} has {instead}."
