"""Reconciling a locked round: its passages, in an order in which they are settled.

What is shown comes from what was locked; only names, definitions and memos are today's. A document that is blind for
whoever looks, because another round still runs on it, stays out.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal, get_args

from tbcp_qual.analysis.sources import Sources
from tbcp_qual.analysis.themes import themes_by_code
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.differences import Cluster, Compared, Independent, compared
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.reconciliation import is_settled
from tbcp_qual.coding.records import Decision, Round
from tbcp_qual.coding.rounds import Locked, as_locked, everybody, read_locked, withheld
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import Conflict, QualError, UsageError
from tbcp_qual.store import Project

Order = Literal["findings", "document", "code"]
ORDERS: tuple[Order, ...] = get_args(Order)

SHORTEST_ID = 4
"""Digits of the id of a passage that are enough, where no other begins with them."""


@dataclass(frozen=True, kw_only=True)
class Reconciliation:
    """A locked round with the passages on which its coders differ, and what was decided on them."""

    round: Round
    then: Snapshot
    """As it was locked, without the documents that are left out."""
    now: Snapshot
    """Names, themes, findings and the codebook of today; no texts."""
    locked: Locked
    independents: tuple[Independent, ...]
    compared: tuple[Compared, ...]
    """In the order of documents."""
    decisions: Mapping[str, Decision]
    """By id of the passage."""
    left_out: tuple[str, ...]
    """Names of documents that another round keeps blind for whoever looks."""

    @cached_property
    def clusters(self) -> dict[str, Cluster]:
        """The passages by id, by document and place."""
        return {cluster.id: cluster for one in self.compared for cluster in one.clusters}

    @cached_property
    def sources(self) -> Sources:
        """How passages are cited."""
        return Sources(self.then)

    @property
    def coders(self) -> tuple[str, ...]:
        """Ids of all who coded; their places are their numbers where names are hidden."""
        return everybody(self.locked.round)

    @property
    def book(self) -> Codebook:
        """The codebook as it was locked."""
        return self.then.codebook

    def text(self, cluster: Cluster) -> str:
        """Return the text of a passage's document, as it was locked."""
        return self.then.texts[self.then.document_by_id[cluster.document].text]

    def label(self, cluster: Cluster) -> str:
        """Return how a passage is cited: `K03, key worker, turn 22`."""
        return self.sources.label(cluster.document, self.then.document_by_id[cluster.document].text, cluster.span)

    def who(self, coder: str, *, hidden: bool) -> str:
        """Return a coder's name, or their number where names are hidden."""
        if hidden:
            return str(self.coders.index(coder) + 1)
        known = self.now.coder_by_id.get(coder)
        return known.name if known else coder

    def path(self, code: str) -> str:
        """Return the path of a code in the codebook of today; as it was where it is there no more."""
        book = self.now.codebook if code in self.now.codebook.by_id else self.book
        return book.path(code) if code in book.by_id else code

    def findings(self, cluster: Cluster) -> tuple[str, ...]:
        """Return the keys of the findings that rest on codings of a passage."""
        codings = {coding for stretch in cluster.stretches for coding in stretch.codings}
        resting = {evidence.finding for evidence in self.now.evidence if codings.intersection(evidence.codings)}
        return tuple(sorted(finding.key for finding in self.now.findings if finding.id in resting))


def open_reconciliation(project: Project, name: str | None, *, viewer: str) -> Reconciliation:
    """Read a locked round.

    Args:
        project: an open project.
        name: of the round; None for the only one.
        viewer: id of the coder who looks.

    Raises:
        UsageError: there is no such round.
        Conflict: it is not locked.
        QualError: no document of it was coded by two.
    """
    from tbcp_qual.tasks.rounds import find_round  # brings numpy, which lists of codings must not wait for

    return reconciliation_of(project, find_round(project, name), viewer=viewer)


def reconciliation_of(project: Project, made: Round, *, viewer: str) -> Reconciliation:
    """Read a round that is at hand, as `open_reconciliation` does."""
    if not made.locked:
        raise Conflict(
            f"Round “{made.name}” is not locked: until then its coders work apart, and nobody sees where they differ.",
            f'When all have marked their documents done: tbcp-qual rounds lock "{made.name}"',
        )
    locked = read_locked(project.texts([made.locked]).get(made.locked, ""))
    now = project.snapshot(viewer, [])
    blind = project.blind(viewer)
    then = as_locked(locked, now, project.texts, blind=blind)
    independents = tuple(_independents(then, locked))
    left_out = withheld(locked, now, blind)
    if not independents and not left_out:
        raise QualError(
            f"No document of round “{made.name}” was coded by two people.", "There is nothing to reconcile in it."
        )
    return Reconciliation(
        round=made,
        then=then,
        now=now,
        locked=locked,
        independents=independents,
        compared=tuple(compared(one, then.codebook, made.id) for one in independents),
        decisions={d.id: d for d in project.records("decision") if d.round == made.id and d.document not in blind},
        left_out=left_out,
    )


def _independents(then: Snapshot, locked: Locked) -> Iterable[Independent]:
    """Give the documents that two coders or more had marked done, with their codings of the codes in scope."""
    scope = {then.codebook.current(code).id for code in locked.round.codes if code in then.codebook.by_id}
    for document in then.documents:
        done = then.done_by_document.get(document.id, set())
        if len(done) < 2:
            continue
        yield Independent(
            document=document.id,
            text_hash=document.text,
            text=then.texts[document.text],
            coders=tuple(sorted(done)),
            codings=tuple(
                coding
                for coding in then.codings_by_document.get(document.id, ())
                if not scope or then.codebook.current(coding.code).id in scope
            ),
            turns=tuple(Span(turn.start, turn.end) for turn in then.turns_by_document.get(document.id, ())),
        )


def passage_named(project: Project, wanted: str, *, viewer: str) -> tuple[Reconciliation, Cluster]:
    """Return the passage whose id begins with some digits, with its round.

    Raises:
        UsageError: there is none, or several.
    """
    digits = wanted.strip().casefold()
    found: list[tuple[Reconciliation, Cluster]] = []
    if len(digits) >= SHORTEST_ID:
        for made in project.records("round"):
            if made.locked:
                opened = reconciliation_of(project, made, viewer=viewer)
                found += [(opened, cluster) for id_, cluster in opened.clusters.items() if id_.startswith(digits)]
    if len(found) != 1:
        several = f"{len(found)} passages begin with “{wanted}”." if found else f"No passage has the id “{wanted}”."
        raise UsageError(several, "`tbcp-qual reconcile list ROUND` gives the ids; the first digits will do.")
    return found[0]


# -- in which order


def queue(opened: Reconciliation, order: Order = "findings", *, settled: bool = False) -> list[Cluster]:
    """Return the passages to settle; with `settled` those that are settled too.

    By findings: those on which most findings rest come first, then by evaluation question and theme. No order looks at
    what a decision would do to a coefficient.
    """
    clusters = [c for c in opened.clusters.values() if settled or not is_settled(opened.decisions.get(c.id))]
    if order == "document":
        return clusters
    by_code = {code.id: place for place, (_, code) in enumerate(opened.book.walk(retired=True))}
    last = len(by_code)
    if order == "code":
        return sorted(clusters, key=lambda cluster: [by_code.get(code, last) for code in cluster.codes[:2]])
    asked = _asked(opened.now)
    nowhere = (len(asked), 0)
    return sorted(
        clusters,
        key=lambda cluster: (
            -len(opened.findings(cluster)),
            min((asked.get(code, nowhere) for code in cluster.codes), default=nowhere),
        ),
    )


def _asked(now: Snapshot) -> dict[str, tuple[int, int]]:
    """Return for each code the place of the first evaluation question it speaks to, and of the theme by which."""
    questions = {question.id: place for place, question in enumerate(now.ordered_questions)}
    themes = {theme.id: place for place, theme in enumerate(now.themes)}
    of_theme = {
        theme.id: min((questions[q] for q in theme.questions if q in questions), default=-1) for theme in now.themes
    }
    found = {}
    for code, ids in themes_by_code(now.themes, now.codebook).items():
        places = [(of_theme[theme], themes[theme]) for theme in ids if of_theme[theme] >= 0]
        if places:
            found[code] = min(places)
    return found
