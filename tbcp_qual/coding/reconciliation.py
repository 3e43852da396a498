"""How differences are settled, and the consensus that follows: computed from what was locked and the decisions.

Nothing here is stored but decisions. What all coders share is taken without a decision; what nobody has settled yet is
left out of the consensus.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from tbcp_qual.coding.changes import Change, create, update
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.differences import Cluster, Compared, Independent
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.ground import Ground
from tbcp_qual.coding.pairing import Kind, Stretch
from tbcp_qual.coding.records import Code, Coder, Coding, Decision, Outcome, Reason, definition_fingerprint
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import Conflict, UsageError

CONSENSUS = Coder(id="consensus", name="consensus")
"""Whom the consensus is by: no record, and nobody can be called so while there is one."""

SETTLED: frozenset[Outcome] = frozenset(("coders", "all", "neither", "own"))
"""Outcomes that settle a passage; the others put it off."""

_PROPOSED: Mapping[Kind, Reason] = {
    "different code": "unclear definition",
    "parent and child": "unclear definition",
    "lumped or split": "boundary",
    "boundary": "boundary",
    "missed": "oversight",
    "extra": "oversight",
}


class Piece(NamedTuple):
    """A stretch of words under one code that stands."""

    code: str
    start: int
    end: int
    codings: tuple[str, ...] = ()
    """Ids of the codings it comes from; empty for what was decided anew."""


def is_settled(decision: Decision | None) -> bool:
    """Whether a passage needs nobody any more."""
    return decision is not None and decision.outcome in SETTLED


def proposed_reason(cluster: Cluster) -> Reason:
    """Return the reason that a difference of its kind most often has; a person says whether it is."""
    return _PROPOSED[cluster.kind]


def held_by(cluster: Cluster, coder: str) -> tuple[Stretch, ...]:
    """Return what one coder has on a passage."""
    return tuple(stretch for stretch in cluster.stretches if stretch.coder == coder)


def standing(cluster: Cluster, decision: Decision) -> tuple[Piece, ...]:
    """Return what stands on a passage after a decision; nothing while it is put off."""
    if decision.outcome == "own":
        return tuple(
            Piece(code, start, end) for code, (start, end) in zip(decision.codes, decision.spans, strict=False)
        )
    if decision.outcome not in ("coders", "all"):
        return ()
    whose = cluster.coders if decision.outcome == "all" else decision.taken
    return _joined(Piece(s.code, s.start, s.end, s.codings) for s in cluster.stretches if s.coder in whose)


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Make one piece of those of one code that overlap, by place."""
    joined: list[Piece] = []
    for piece in sorted(pieces):
        last = joined[-1] if joined else None
        if last and last.code == piece.code and piece.start < last.end:
            codings = tuple(dict.fromkeys((*last.codings, *piece.codings)))
            joined[-1] = Piece(last.code, last.start, max(last.end, piece.end), codings)
        else:
            joined.append(piece)
    return tuple(sorted(joined, key=lambda p: (p.start, p.end, p.code)))


# -- deciding


def settle(cluster: Cluster, decision: Decision, before: Decision | None, codebook: Codebook, length: int) -> Change:
    """Return the change that settles a passage, or settles it anew.

    Args:
        cluster: the passage.
        decision: whatever its id, round and document.
        before: the decision that stands; None where there is none.
        codebook: as it is today.
        length: of the text that was locked, in code points.

    Raises:
        UsageError: the decision says nothing that can be done with this passage.
        Conflict: two codes that exclude each other would stand on the same words.
    """
    _check(cluster, decision, codebook, length)
    pieces = standing(cluster, decision)
    for place, piece in enumerate(pieces):
        for other in pieces[place + 1 :]:
            one, another = (_today(codebook, p.code) for p in (piece, other))
            overlap = Span(piece.start, piece.end).overlaps(Span(other.start, other.end))
            if overlap and one and another and one.domain and one.id != another.id and one.domain == another.domain:
                raise Conflict(
                    f"“{one.name}” and “{another.name}” exclude each other and would stand on the same words.",
                    "Take one coder's codings, or say which code stands.",
                )
    if before is None:
        return create(decision)
    fields = ("outcome", "taken", "codes", "spans", "referred", "reason", "words", "coder", "together", "at")
    return update(before, **{name: getattr(decision, name) for name in fields})


def _today(codebook: Codebook, code: str) -> Code | None:
    return codebook.current(code) if code in codebook.by_id else None


def _check(cluster: Cluster, decision: Decision, codebook: Codebook, length: int) -> None:
    if decision.outcome == "coders" and not (decision.taken and set(decision.taken) <= set(cluster.coders)):
        raise UsageError("Only the codings of whoever coded this document can be taken.")
    if decision.outcome == "referred" and not decision.referred.strip():
        raise UsageError("Who is to decide?", "Name them: --to NAME")
    if decision.outcome == "own":
        if not decision.codes or len(decision.codes) != len(decision.spans):
            raise UsageError("A decision of one's own needs a code and its words.")
        for code in decision.codes:
            known = codebook.by_id.get(code)
            if known is None or known.retired:
                raise UsageError(f"The code “{known.name if known else code}” is retired.", "Choose another.")
        if any(not 0 <= start < end <= length for start, end in decision.spans):
            raise UsageError("The words chosen are not in the text that was locked.")


def alike(cluster: Cluster, everything: Iterable[Compared], decisions: Mapping[str, Decision]) -> list[Cluster]:
    """Return the other passages of a round that are like this one: the same kinds, the same codes.

    Those that are settled, or that a third person is asked about, are left out.
    """

    def is_open(other: Cluster) -> bool:
        decision = decisions.get(other.id)
        return decision is None or decision.outcome == "deferred"

    return [
        other
        for one in everything
        for other in one.clusters
        if other.id != cluster.id and other.likeness == cluster.likeness and is_open(other)
    ]


def carried(decision: Decision, cluster: Cluster, other: Cluster) -> Decision | None:
    """Return the same decision for a passage that is like this one; None where it would mean something else there.

    Whose codings stand is carried over by what they coded: where the two have changed sides, so does the decision. A
    code of one's own is carried over if it stands on the whole passage.
    """
    moved = replace(decision, id=other.id, document=other.document)
    if decision.outcome == "coders":
        taken = [_counterpart(coder, cluster, other) for coder in decision.taken]
        known = tuple(sorted({coder for coder in taken if coder}))
        return replace(moved, taken=known) if len(known) == len(decision.taken) else None
    if decision.outcome == "own":
        if set(decision.spans) != {tuple(cluster.span)}:
            return None
        return replace(moved, spans=tuple((other.span.start, other.span.end) for _ in decision.codes))
    return moved


def _counterpart(coder: str, cluster: Cluster, other: Cluster) -> str | None:
    """Return who has on another passage the codes that a coder has on this one; themselves, if they do."""
    codes = {stretch.code for stretch in held_by(cluster, coder)}
    ready = [who for who in other.coders if {stretch.code for stretch in held_by(other, who)} == codes]
    return coder if coder in ready else ready[0] if ready else None


# -- what follows


def consensus(
    independents: Iterable[Independent],
    everything: Iterable[Compared],
    decisions: Mapping[str, Decision],
    codebook: Codebook,
) -> tuple[Coding, ...]:
    """Return the codings that stand, by document and place, each on the text that was locked.

    Each keeps the id of the first coding it comes from, so that what was placed by hand and what findings cite is
    found again; it is a negative case where anybody whose coding it comes from said so.
    """
    found: list[Coding] = []
    by_document = {independent.document: independent for independent in independents}
    for one in everything:
        independent = by_document[one.document]
        originals = {coding.id: coding for coding in independent.codings}
        for number, piece in enumerate(_pieces(one, decisions)):
            sources = [originals[coding] for coding in piece.codings]
            code = codebook.by_id.get(piece.code)
            found.append(
                Coding(
                    id=sources[0].id if sources else f"{CONSENSUS.id}-{one.document}-{number}",
                    document=one.document,
                    text=independent.text_hash,
                    start=piece.start,
                    end=piece.end,
                    code=piece.code,
                    coder=CONSENSUS.id,
                    definition=sources[0].definition if sources else definition_fingerprint(code) if code else "",
                    negative=any(source.negative for source in sources),
                )
            )
    return tuple(found)


def _pieces(one: Compared, decisions: Mapping[str, Decision]) -> tuple[Piece, ...]:
    pieces = [
        Piece(a.code, a.start, a.end, tuple(coding for s in a.stretches for coding in s.codings)) for a in one.agreed
    ]
    for cluster in one.clusters:
        decision = decisions.get(cluster.id)
        if decision is not None:
            pieces += standing(cluster, decision)
    return _joined(pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """What became of the codings of one coder; overlapping ones of one code count as one."""

    coder: str
    """Id."""
    codings: int
    agreed: int
    """All coders had them: taken without a decision."""
    kept: int
    """They stand after a decision as they were: same code, same words."""
    changed: int
    """They do not stand, or with other words."""
    unresolved: int
    """On passages that nobody has settled yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How far the reconciliation of a round is; no coefficient is ever computed of it."""

    agreed: int
    """Passages that all coders coded alike: taken without a decision."""
    passages: int
    """Passages on which they differ."""
    outcomes: Mapping[Outcome, int]
    """Of the passages that somebody decided on or put off."""
    reasons: Mapping[Reason, int]
    """Of the passages that are settled."""
    kinds: Mapping[Kind, tuple[int, int]]
    """`(passages, settled)` of each kind that occurs."""
    coders: tuple[Shares, ...]
    stray: int
    """Decisions on passages that are not among them: of documents that are gone."""

    @property
    def settled(self) -> int:
        """Passages that are settled."""
        return sum(count for outcome, count in self.outcomes.items() if outcome in SETTLED)


def account(
    independents: Iterable[Independent], everything: Sequence[Compared], decisions: Mapping[str, Decision]
) -> Account:
    """Say what became of the independent codings."""
    outcomes: dict[Outcome, int] = {}
    reasons: dict[Reason, int] = {}
    kinds: dict[Kind, tuple[int, int]] = {}
    clusters = [cluster for one in everything for cluster in one.clusters]
    for cluster in clusters:
        decision = decisions.get(cluster.id)
        passages, settled = kinds.get(cluster.kind, (0, 0))
        kinds[cluster.kind] = (passages + 1, settled + is_settled(decision))
        if decision is not None:
            outcomes[decision.outcome] = outcomes.get(decision.outcome, 0) + 1
            if is_settled(decision):
                reasons[decision.reason] = reasons.get(decision.reason, 0) + 1
    return Account(
        agreed=sum(len(one.agreed) for one in everything),
        passages=len(clusters),
        outcomes=outcomes,
        reasons=reasons,
        kinds=dict(sorted(kinds.items(), key=lambda item: -item[1][0])),
        coders=_shares(independents, everything, decisions),
        stray=len(set(decisions) - {cluster.id for cluster in clusters}),
    )


def _shares(
    independents: Iterable[Independent], everything: Iterable[Compared], decisions: Mapping[str, Decision]
) -> tuple[Shares, ...]:
    counted: dict[str, dict[str, int]] = {}

    def count(coder: str, what: str) -> None:
        of_coder = counted.setdefault(coder, dict.fromkeys(("agreed", "kept", "changed", "unresolved"), 0))
        of_coder[what] += 1

    by_document = {independent.document: independent for independent in independents}
    for one in everything:
        independent = by_document[one.document]
        ground = Ground(independent.text)
        stand = {(p.code, ground.words(Span(p.start, p.end))) for p in _pieces(one, decisions)}
        for agreed in one.agreed:
            for stretch in agreed.stretches:
                count(stretch.coder, "agreed")
        for cluster in one.clusters:
            settled = is_settled(decisions.get(cluster.id))
            for stretch in cluster.stretches:
                kept = (stretch.code, ground.words(stretch.span)) in stand
                count(stretch.coder, ("kept" if kept else "changed") if settled else "unresolved")
    return tuple(
        Shares(coder=coder, codings=sum(of_coder.values()), **of_coder) for coder, of_coder in sorted(counted.items())
    )


# -- the codebook since


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeChange:
    """What became of one code since the round was locked."""

    code: str
    """Id."""
    was: str
    """Its name then; empty for one that was not there."""
    what: tuple[str, ...]
    """Of `added`, `renamed`, `redefined`, `moved`, `merged`, `retired`, `brought back`, `deleted`."""


def codebook_changes(then: Iterable[Code], definitions: Mapping[str, str], now: Codebook) -> tuple[CodeChange, ...]:
    """Return what became of the codes since a round was locked, in the order of the codebook today.

    Args:
        then: the codes that were locked; their definitions need not be known.
        definitions: fingerprints of their definitions, by id.
        now: the codebook today.
    """
    before = {code.id: code for code in then}
    found = [CodeChange(code=c.id, was=c.name, what=("deleted",)) for c in before.values() if c.id not in now.by_id]
    for _, code in now.walk(retired=True):
        old = before.get(code.id)
        if old is None:
            found.append(CodeChange(code=code.id, was="", what=("added",)))
            continue
        what = []
        if code.name != old.name:
            what.append("renamed")
        if definition_fingerprint(replace(code, name=old.name)) != definitions.get(code.id):
            what.append("redefined")
        if code.parent != old.parent:
            what.append("moved")
        if code.merged_into != old.merged_into and code.merged_into:
            what.append("merged")
        elif code.retired != old.retired:
            what.append("retired" if code.retired else "brought back")
        if what:
            found.append(CodeChange(code=code.id, was=old.name, what=tuple(what)))
    return tuple(found)
