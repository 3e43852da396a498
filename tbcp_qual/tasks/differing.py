"""What a person sees of a difference: a line in a list, or the passage with each coder's codings as lanes under it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tbcp_qual.coding.differences import Cluster
from tbcp_qual.coding.pairing import Difference, Kind, Stretch
from tbcp_qual.coding.reconciliation import alike, is_settled, proposed_reason, standing
from tbcp_qual.coding.records import Decision, Outcome, Reason, definition_fingerprint
from tbcp_qual.coding.sentences import sentences
from tbcp_qual.coding.spans import Span
from tbcp_qual.store import Project
from tbcp_qual.tasks.reconciling import Reconciliation

SHORT_ID = 8
"""Digits of an id that a list shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A decision in words."""

    outcome: Outcome
    what: str
    """`RM's`, `all`, `neither`, `Joint working on 12 words`, `put off`, `JB is asked`."""
    reason: Reason
    words: str
    by: tuple[str, ...]
    """Names of those who decided."""
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A passage in a list."""

    id: str
    label: str
    """How it is cited: `K03, key worker, turn 22`."""
    document: str
    """Its name."""
    kind: Kind
    codes: tuple[str, ...]
    """Paths, those that it is called after first."""
    difference: str
    """In words: `different code (siblings): Joint visits (AK) / Sharing information (RM)`."""
    others: int
    """Further differences on the same passage."""
    words: str
    findings: tuple[str, ...]
    """Keys of the findings that rest on it."""
    decision: Told | None
    """None where nobody has decided yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One stretch of one coder, to be drawn along the passage."""

    coders: tuple[str, ...]
    """Names, or numbers; several where all have it alike."""
    numbers: tuple[int, ...]
    """The places of these coders in the round, from 1."""
    code: str
    """Path."""
    code_id: str
    start: int
    """In code points of `Shown.text`, as `end`; may lie outside of what is shown."""
    end: int
    memos: tuple[str, ...]
    at_issue: bool
    """False for what stands beside: agreed by all, or part of another passage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A code that is at issue, as it is defined today."""

    path: str
    brief: str
    full: str
    use_when: str
    not_when: str
    example: str
    changed: bool
    """Whether it was defined otherwise when the round was locked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A passage to decide on."""

    line: Line
    text: str
    """The words at issue within their sentences, in the turns they lie in."""
    passage: Span
    """The words at issue, in `text`."""
    lanes: tuple[Lane, ...]
    """What is at issue first, by place."""
    differences: tuple[str, ...]
    """Each in words."""
    definitions: tuple[Definition, ...]
    like_this: tuple[Line, ...]
    """Passages of the same kinds with the same codes that nobody has settled."""
    proposed_reason: Reason


def in_words(opened: Reconciliation, difference: Difference, *, hidden: bool = False) -> str:
    """Say a difference: what it is called, the codes, who has them and who has not."""

    def who(coders: Iterable[str]) -> str:
        return ", ".join(opened.who(coder, hidden=hidden) for coder in coders)

    names = [_name(opened, code) for code in difference.codes]
    match difference.kind:
        case "different code" | "parent and child":
            kind = "different code (siblings)" if difference.siblings else difference.kind
            said = " / ".join(f"{n} ({who(side)})" for n, side in zip(names, difference.sides, strict=True))
            return f"{kind}: {said}"
        case "missed":
            return f"missed by {who(difference.lacking)}: {names[0]} ({who(difference.sides[0])})"
        case "extra":
            return f"extra, by {who(difference.sides[0])} alone: {names[0]}"
    return f"{difference.kind}: {names[0]} ({who(difference.sides[0])})"


def _name(opened: Reconciliation, code: str) -> str:
    return opened.path(code).rpartition(" > ")[2]


def told(opened: Reconciliation, cluster: Cluster, decision: Decision, *, hidden: bool = False) -> Told:
    """Say a decision in words."""
    names = [opened.who(coder, hidden=hidden) for coder in decision.taken]
    match decision.outcome:
        case "coders":
            what = " and ".join(f"{name}’s" for name in names)
        case "own":
            pieces = standing(cluster, decision)
            what = ", ".join(_name(opened, piece.code) for piece in pieces)
            what += (
                " on the whole passage" if set(decision.spans) == {tuple(cluster.span)} else " on words of their own"
            )
        case "deferred":
            what = "put off"
        case "referred":
            what = f"{decision.referred} is asked"
        case _:
            what = decision.outcome
    coder = opened.now.coder_by_id.get(decision.coder)
    by = ((coder.name,) if coder and not hidden else ()) + (() if hidden else decision.together)
    return Told(
        outcome=decision.outcome, what=what, reason=decision.reason, words=decision.words, by=by, at=decision.at
    )


def lines(opened: Reconciliation, clusters: Sequence[Cluster], *, hidden: bool = False) -> list[Line]:
    """Return passages as a list shows them."""
    return [_line(opened, cluster, hidden) for cluster in clusters]


def _line(opened: Reconciliation, cluster: Cluster, hidden: bool) -> Line:
    decision = opened.decisions.get(cluster.id)
    return Line(
        id=cluster.id,
        label=opened.label(cluster),
        document=opened.then.document_by_id[cluster.document].name,
        kind=cluster.kind,
        codes=tuple(opened.path(code) for code in cluster.codes),
        difference=in_words(opened, cluster.differences[0], hidden=hidden),
        others=len(cluster.differences) - 1,
        words=opened.text(cluster)[cluster.span.start : cluster.span.end],
        findings=opened.findings(cluster),
        decision=None if decision is None else told(opened, cluster, decision, hidden=hidden),
    )


def memos_of(project: Project, documents: Iterable[str], *, viewer: str) -> dict[str, str]:
    """Return the memos of codings of some documents, as they are today, by id of the coding."""
    return {coding.id: coding.memo for coding in project.snapshot(viewer, [*documents]).codings if coding.memo}


def show(project: Project, opened: Reconciliation, cluster: Cluster, *, viewer: str, hidden: bool = False) -> Shown:
    """Return a passage to decide on, with its memos read from the project."""
    return laid_open(opened, cluster, memos_of(project, [cluster.document], viewer=viewer), hidden=hidden)


def laid_open(
    opened: Reconciliation, cluster: Cluster, memos: Mapping[str, str], *, hidden: bool = False, around: int = 1
) -> Shown:
    """Return a passage to decide on.

    Args:
        opened: the round.
        cluster: the passage.
        memos: by id of the coding.
        hidden: whether numbers stand for names.
        around: how many sentences are shown before and after those at issue, in the same turns.
    """
    text = opened.text(cluster)
    shown = _around(opened, cluster, text, around)
    order = {coder: place for place, coder in enumerate(opened.coders)}

    def lane(stretches: Sequence[Stretch], *, at_issue: bool) -> Lane:
        first = stretches[0]
        coders = sorted((s.coder for s in stretches), key=lambda coder: order[coder])
        return Lane(
            coders=tuple(opened.who(coder, hidden=hidden) for coder in coders),
            numbers=tuple(order[coder] + 1 for coder in coders),
            code=opened.path(first.code),
            code_id=first.code,
            start=first.start - shown.start,
            end=first.end - shown.start,
            memos=tuple(dict.fromkeys(memos[c] for s in stretches for c in s.codings if c in memos)),
            at_issue=at_issue,
        )

    lanes = [
        lane([stretch], at_issue=True)
        for stretch in sorted(cluster.stretches, key=lambda s: (order[s.coder], s.start, s.end))
    ]
    here = next(one for one in opened.compared if one.document == cluster.document)
    beside = [agreed.stretches for agreed in here.agreed]
    beside += [(s,) for other in here.clusters if other.id != cluster.id for s in other.stretches]
    lanes += [lane(s, at_issue=False) for s in beside if s[0].span.overlaps(cluster.span)]
    others = alike(cluster, opened.compared, opened.decisions)
    return Shown(
        line=_line(opened, cluster, hidden),
        text=text[shown.start : shown.end],
        passage=Span(cluster.span.start - shown.start, cluster.span.end - shown.start),
        lanes=tuple(lanes),
        differences=tuple(in_words(opened, difference, hidden=hidden) for difference in cluster.differences),
        definitions=tuple(_definition(opened, code) for code in cluster.codes if code in opened.now.codebook.by_id),
        like_this=tuple(lines(opened, others, hidden=hidden)),
        proposed_reason=proposed_reason(cluster),
    )


def _around(opened: Reconciliation, cluster: Cluster, text: str, around: int) -> Span:
    """Return the sentences that a passage touches with some before and after, within the turns it touches."""
    turns = [
        Span(turn.start, turn.end)
        for turn in opened.then.turns_by_document.get(cluster.document, ())
        if Span(turn.start, turn.end).overlaps(cluster.span)
    ]
    first = min((turn.start for turn in turns), default=cluster.span.start)
    last = max((turn.end for turn in turns), default=cluster.span.end)
    found = [Span(first + s.start, first + s.end) for s in sentences(text[first:last])]
    touched = [place for place, sentence in enumerate(found) if sentence.overlaps(cluster.span)] or [0]
    near = found[max(0, touched[0] - around) : touched[-1] + around + 1]
    return Span(min([cluster.span.start, *(s.start for s in near)]), max([cluster.span.end, *(s.end for s in near)]))


def _definition(opened: Reconciliation, code: str) -> Definition:
    today = opened.now.codebook.by_id[code]
    return Definition(
        path=opened.path(code),
        brief=today.brief,
        full=today.full,
        use_when=today.use_when,
        not_when=today.not_when,
        example=today.example,
        changed=definition_fingerprint(today) != opened.locked.definitions.get(code),
    )


def open_lines(opened: Reconciliation) -> tuple[int, int, int]:
    """Return how many passages differ, are settled, and are put off."""
    decided = [opened.decisions.get(cluster) for cluster in opened.clusters]
    settled = sum(is_settled(decision) for decision in decided)
    return len(decided), settled, sum(decision is not None for decision in decided) - settled
