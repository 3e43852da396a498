"""What the reconcile screen reads of a project: a locked round, the memos of its codings, and a line a passage."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tbcp_qual.coding.counting import some
from tbcp_qual.coding.records import Round
from tbcp_qual.errors import QualError
from tbcp_qual.store import Project
from tbcp_qual.tasks.differing import lines, memos_of
from tbcp_qual.tasks.reconciling import Reconciliation, reconciliation_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What was read."""

    rounds: tuple[Round, ...]
    """Those that are locked, the latest first."""
    opened: Reconciliation | None
    """None where no round can be reconciled."""
    memos: Mapping[str, str]
    """By id of the coding."""


class Entry(NamedTuple):
    """What the queue says of a passage; nothing of it changes by a decision."""

    reference: str
    document: str
    kind: str
    code: str
    words: str
    resting: str
    """How many findings rest on it, in words."""


def entries(opened: Reconciliation) -> dict[str, Entry]:
    """Return what the queue says of each passage, by its id."""
    texts = {document.id: document.text for document in opened.then.documents}
    clusters = opened.clusters.values()
    places = {cluster.id: (cluster.document, texts[cluster.document], cluster.span) for cluster in clusters}
    references = opened.sources.references(places.values())
    return {
        line.id: Entry(
            reference=references[places[line.id]],
            document=line.document,
            kind=line.kind,
            code=line.codes[0].rpartition(" > ")[2],
            words=line.words[:80],
            resting=_resting(len(line.findings)),
        )
        for line in lines(opened, [*clusters])
    }


def read_ground(project: Project, wanted: str, viewer: str) -> Ground:
    """Read a round by its id, or the one that was locked last; one that none two coded gives way to the next.

    Raises:
        QualError: there are locked rounds, and none of them can be reconciled.
    """
    rounds = sorted((r for r in project.records("round") if r.locked), key=lambda r: r.locked_at, reverse=True)
    problem: QualError | None = None
    for made in sorted(rounds, key=lambda r: r.id != wanted):
        try:
            opened = reconciliation_of(project, made, viewer=viewer)
        except QualError as refused:
            problem = problem or refused
            continue
        documents = [one.document for one in opened.independents]
        return Ground(rounds=tuple(rounds), opened=opened, memos=memos_of(project, documents, viewer=viewer))
    if problem is not None:
        raise problem
    return Ground(rounds=(), opened=None, memos={})


def _resting(findings: int) -> str:
    if not findings:
        return "no finding rests on these"
    return f"{some(findings, 'finding')} {'rests' if findings == 1 else 'rest'} on each of these"
