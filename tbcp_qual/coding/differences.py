"""Where coders who worked alone differ: every difference typed, and gathered so that one passage is one decision.

Pure, and from what was locked alone: neither a later edit nor the order of coders changes a passage or its id, so that
two people who settle it in two copies of a project meet in the same record.
"""

from collections.abc import Sequence
from hashlib import sha256

from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.ground import Ground, Link, gathered
from tbcp_qual.coding.pairing import Difference, Kind, Neighbours, Pairing, Stretch, Tree, differences_of, pairings
from tbcp_qual.coding.records import Coding
from tbcp_qual.coding.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Independent:
    """A document as each of its coders coded it, alone, at the moment of the lock."""

    document: str
    text_hash: str
    text: str
    coders: tuple[str, ...]
    """Ids of those who had marked it done, two at least."""
    codings: tuple[Coding, ...]
    turns: tuple[Span, ...] = ()
    """Where the turns lay; empty: the lines of the text bound a passage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """The same code by all coders of a document on the same words: taken without anybody deciding."""

    code: str
    start: int
    end: int
    """What all of them coded: a full stop that one took along and another did not is left out."""
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A passage that coders coded differently: one decision."""

    id: str
    """The same in every copy of the project."""
    document: str
    coders: tuple[str, ...]
    """Ids of all who coded the document, whether they have anything here or not."""
    stretches: tuple[Stretch, ...]
    """By place; each belongs to one passage only."""
    differences: tuple[Difference, ...]
    """What it is called after comes first."""
    pairings: tuple[Pairing, ...]

    @property
    def span(self) -> Span:
        """From the first to the last word that anybody coded."""
        return Span(min(s.start for s in self.stretches), max(s.end for s in self.stretches))

    @property
    def kind(self) -> Kind:
        """What it is called."""
        return self.differences[0].kind

    @property
    def codes(self) -> tuple[str, ...]:
        """Ids of its codes, those that it is called after first."""
        called = (code for difference in self.differences for code in difference.codes)
        return tuple(dict.fromkeys((*called, *(s.code for s in self.stretches))))

    @property
    def likeness(self) -> frozenset[tuple[Kind, tuple[str, ...]]]:
        """What it shares with passages that are like it: the same kinds with the same codes."""
        return frozenset((difference.kind, difference.codes) for difference in self.differences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One document: what all its coders share, and the passages on which they differ."""

    document: str
    coders: tuple[str, ...]
    agreed: tuple[Agreed, ...]
    clusters: tuple[Cluster, ...]
    """By place."""


def compared(independent: Independent, codebook: Codebook, round_id: str) -> Compared:
    """Compare what the coders of a document coded; each stretch is in `agreed` or in exactly one cluster.

    Args:
        independent: the document; codings by others than its coders, or on another text, are left out.
        codebook: as it was locked; it says which codes stand for merged ones, and which are related.
        round_id: part of the ids of passages.
    """
    coders = tuple(sorted(set(independent.coders)))
    ground, tree = Ground(independent.text, independent.turns), Tree(codebook)
    stretches = stretches_of(independent, codebook)
    neighbours: dict[Stretch, list[Stretch]] = {stretch: [] for stretch in stretches}
    for i, j in ground.overlapping([stretch.span for stretch in stretches]):
        neighbours[stretches[i]].append(stretches[j])
        neighbours[stretches[j]].append(stretches[i])
    agreed, differing = _parted(stretches, coders, ground)
    clusters: list[Cluster] = []
    links = _links(differing, neighbours, ground, tree)
    for places in gathered([stretch.span for stretch in differing], links, ground):
        members = [differing[place] for place in places]
        found = pairings(members, coders, ground, tree, neighbours)
        clusters.append(
            Cluster(
                id=_cluster_id(round_id, independent, members),
                document=independent.document,
                coders=coders,
                stretches=tuple(members),
                differences=tuple(differences_of(found, coders, ground, tree, neighbours)),
                pairings=tuple(found),
            )
        )
    clusters.sort(key=lambda cluster: (cluster.span, cluster.id))
    return Compared(document=independent.document, coders=coders, agreed=tuple(agreed), clusters=tuple(clusters))


def stretches_of(independent: Independent, codebook: Codebook) -> list[Stretch]:
    """Return what each coder coded, by place; codings of one code by one coder that overlap are one."""
    by_code: dict[tuple[str, str], list[Coding]] = {}
    for coding in independent.codings:
        here = (coding.document, coding.text) == (independent.document, independent.text_hash)
        if here and coding.coder in independent.coders and coding.start < coding.end:
            code = codebook.current(coding.code).id if coding.code in codebook.by_id else coding.code
            by_code.setdefault((coding.coder, code), []).append(coding)
    found: list[Stretch] = []
    for (coder, code), codings in by_code.items():
        joined: list[tuple[int, int, list[str]]] = []
        for coding in sorted(codings, key=lambda c: (c.start, c.end, c.id)):
            if joined and coding.start < joined[-1][1]:
                start, end, ids = joined[-1]
                joined[-1] = (start, max(end, coding.end), [*ids, coding.id])
            else:
                joined.append((coding.start, coding.end, [coding.id]))
        found += [Stretch(coder=coder, code=code, start=s, end=e, codings=tuple(ids)) for s, e, ids in joined]
    return sorted(found, key=_place)


def _place(stretch: Stretch) -> tuple[int, int, str, str]:
    return (stretch.start, stretch.end, stretch.code, stretch.coder)


def _parted(stretches: Sequence[Stretch], coders: Sequence[str], ground: Ground) -> tuple[list[Agreed], list[Stretch]]:
    """Part what all coders have on the same words from the rest."""
    same: dict[tuple[str, Span], list[Stretch]] = {}
    for stretch in stretches:
        same.setdefault((stretch.code, ground.words(stretch.span)), []).append(stretch)
    agreed: list[Agreed] = []
    rest: list[Stretch] = []
    for (code, _), theirs in same.items():
        by_coder = [[s for s in theirs if s.coder == coder] for coder in coders]
        if len({len(own) for own in by_coder}) > 1:
            rest += theirs
            continue
        for alike in zip(*by_coder, strict=True):
            start, end = max(s.start for s in alike), min(s.end for s in alike)
            if start < end:
                agreed.append(Agreed(code=code, start=start, end=end, stretches=alike))
            else:
                rest += alike
    return agreed, sorted(rest, key=_place)


def _links(stretches: Sequence[Stretch], neighbours: Neighbours, ground: Ground, tree: Tree) -> list[Link]:
    """Return the pairs of stretches whose difference hangs together."""
    places = {stretch: place for place, stretch in enumerate(stretches)}
    links = []
    for stretch, i in places.items():
        for other in neighbours[stretch]:
            j = places.get(other, -1)
            if j <= i:
                continue
            if stretch.code == other.code:
                rank = 0
            elif stretch.coder != other.coder and tree.related(stretch.code, other.code):
                rank = 1
            elif ground.same_passage(stretch.span, other.span):
                rank = 2
            else:
                continue
            links.append(Link(i, j, rank, ground.share(stretch.span, other.span)))
    return links


def _cluster_id(round_id: str, independent: Independent, members: Sequence[Stretch]) -> str:
    """Return one id for a passage, from what was coded in it."""
    parts = sorted("\x1e".join((s.coder, s.code, str(s.start), str(s.end))) for s in members)
    whole = "\x1f".join(("passage", round_id, independent.document, independent.text_hash, *parts))
    return sha256(whole.encode()).hexdigest()[:32]
