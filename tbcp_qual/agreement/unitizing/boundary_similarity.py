"""Fournier's boundary similarity: how much of the boundaries two coders drew need not be edited to make them the same.

An edit adds a boundary, puts one code for another, or moves a boundary by less than the window.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from tbcp_qual.agreement.ratings import Coefficient, Figure, Undefined
from tbcp_qual.agreement.unitizing.continuum import CodedSpan, Continuum, SpanFigure, SpanStatistic, missing

WINDOW = 2
"""Positions that a boundary moved may span; the default of the paper: it may be off by one."""

Boundaries = Mapping[int, frozenset[str]]
"""By position: the codes of which a span begins or ends before it. The ends of the continuum are no boundaries."""


def boundary_similarity(continuum: Continuum) -> SpanFigure:
    """Return B of two coders, or its mean over the pairs (Fournier 2013, ACL, section 3), codes being boundary types.

    A substitution counts 1, for codes have no order; a boundary moved counts how far it moved by the window. Nothing
    is taken off for chance. Segments of 2, 3 and 6 positions against 2, 2 and 7, a near miss:

    >>> one, other = [(0, 2, "x"), (2, 5, "x"), (5, 11, "x")], [(0, 2, "x"), (2, 4, "x"), (4, 11, "x")]
    >>> boundary_similarity(Continuum.of(11, one=one, other=other)).overall.value
    0.75
    """
    unfitting = missing(continuum)
    if unfitting:
        return SpanFigure(overall=unfitting, by_code=dict.fromkeys(continuum.codes, unfitting))
    return SpanFigure(
        overall=_mean_of_pairs(continuum),
        by_code={code: _mean_of_pairs(continuum.only(code)) for code in continuum.codes},
        stated={"window": WINDOW},
    )


def _mean_of_pairs(continuum: Continuum) -> Figure:
    drawn = [boundaries(own, continuum.length) for own in continuum.spans.values()]
    counted = [edits(one, other) for one, other in combinations(drawn, 2)]
    shares = [edit.similarity for edit in counted if edit.boundaries]
    if not shares:
        return Undefined("no boundary lies within the continuum")
    return Coefficient(value=float(sum(shares) / len(shares)), n=continuum.units)


def boundaries(own: tuple[CodedSpan, ...], length: int) -> Boundaries:
    """Return where spans begin and end, with their codes."""
    found: dict[int, set[str]] = defaultdict(set)
    for start, end, code in own:
        for place in (start, end):
            if 0 < place < length:
                found[place].add(code)
    return {place: frozenset(codes) for place, codes in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """What makes the boundaries of one coder those of another."""

    matches: int
    additions: int
    substitutions: int
    moves: tuple[int, ...]
    """Positions by which boundaries are moved."""
    window: int

    @property
    def boundaries(self) -> int:
        """Matches and edits together."""
        return self.matches + self.additions + self.substitutions + len(self.moves)

    @property
    def similarity(self) -> Fraction:
        """Return 1 less the weighted share of edits."""
        return 1 - (self.additions + self.substitutions + Fraction(sum(self.moves), self.window)) / self.boundaries


def edits(first: Boundaries, second: Boundaries, *, window: int = WINDOW) -> Edits:
    """Return the least edits (Fournier 2013, section 3): near moves first, unless two substitutions would do instead."""
    places = sorted(first.keys() | second.keys())
    nothing: frozenset[str] = frozenset()
    ours = {place: set(first.get(place, nothing) - second.get(place, nothing)) for place in places}
    theirs = {place: set(second.get(place, nothing) - first.get(place, nothing)) for place in places}
    moves: list[int] = []
    for far in range(1, window):
        for place in places:
            there = place + far
            if there not in ours or (ours[place] and theirs[place] and ours[there] and theirs[there]):
                continue
            for here, yonder in ((ours, theirs), (theirs, ours)):
                moved = here[place] & yonder[there]
                here[place] -= moved
                yonder[there] -= moved
                moves += [far] * len(moved)
    left = [(len(ours[place]), len(theirs[place])) for place in places]
    return Edits(
        matches=sum(len(first.get(place, nothing) & second.get(place, nothing)) for place in places),
        additions=sum(abs(a - b) for a, b in left),
        substitutions=sum(min(a, b) for a, b in left),
        moves=tuple(moves),
        window=window,
    )


STATISTIC = SpanStatistic(
    name="boundary_similarity",
    label="Boundary similarity",
    source="Fournier 2013, Proceedings of the 51st ACL, pp. 1702-1712",
    compute=boundary_similarity,
)
