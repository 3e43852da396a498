"""The unitary alignments that a best alignment may need, of many continua at once, by arrays.

Units far apart in place are never looked at together, so the cost follows the number of units that lie near one another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from tbcp_qual.agreement.unitizing.continuum import Continuum
from tbcp_qual.agreement.unitizing.dissimilarity import Dissimilarity

Whole = NDArray[np.intp]
Real = NDArray[np.float64]

MOST = 2_000_000
"""Unitary alignments, in one call, beyond which it is given up."""


class TooMany(Exception):
    """So many units lie over one another that their alignments cannot be listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Unitary alignments with what they cost; the first of them are the units by themselves, at 1 each."""

    coders: int
    continuum: Whole
    """For each unit, from left to right: in which continuum it is."""
    first_coder: NDArray[np.bool_]
    """For each unit: whether the first of the coders drew it."""
    cost: Real
    """For each unitary alignment: its disorder."""
    size: Whole
    """For each unitary alignment: how many units it holds."""
    members: Whole
    """The units of all unitary alignments one after another; each has its own from left to right."""

    @property
    def units(self) -> int:
        """How many units there are."""
        return len(self.continuum)

    @property
    def begins(self) -> Whole:
        """For each unitary alignment: where its units begin among the members."""
        begins: Whole = np.cumsum(self.size) - self.size
        return begins

    def of(self, chosen: NDArray[np.bool_]) -> "Candidates":
        """Return those of some continua, by a mark for each continuum; the continua keep their numbers."""
        kept = chosen[self.continuum]
        number = np.cumsum(kept) - 1
        groups = kept[self.members[self.begins]]
        return Candidates(
            coders=self.coders,
            continuum=self.continuum[kept],
            first_coder=self.first_coder[kept],
            cost=self.cost[groups],
            size=self.size[groups],
            members=number[self.members[np.repeat(groups, self.size)]],
        )


def candidates(continua: Sequence[Continuum], dissimilarity: Dissimilarity) -> Candidates:
    """List what may be needed of continua of the same coders; there must be units.

    A unitary alignment costs the mean of the dissimilarities of its pairs, 1 for a pair that lacks a unit (section
    4.4). One from which a unit would better be left out is never needed; that is stricter than the bound of section
    5.1.1, n times the cost of a missing unit.

    Raises:
        TooMany: there are more than `MOST`.
    """
    n = len(continua[0].spans)
    pairs = n * (n - 1) // 2
    place = _Units.of(continua, dissimilarity)
    first, second, unlike = place.near(pairs + n - 1, dissimilarity)
    begins = np.searchsorted(first, np.arange(len(place.start) + 1))
    key = first * len(place.start) + second
    found_members = [np.arange(len(place.start))]
    found_cost = [np.ones(len(place.start))]
    found_size = [np.ones(len(place.start), np.intp)]
    members, sums, total = np.stack([first, second], 1), np.stack([unlike, unlike], 1), unlike
    for k in range(2, n + 1):
        cost = (total + pairs - k * (k - 1) / 2) / pairs
        good = (sums <= pairs + k - 1).all(1) & (cost < k)
        found_members.append(members[good].ravel())
        found_cost.append(cost[good])
        found_size.append(np.full(np.count_nonzero(good), k, np.intp))
        if k == n:
            break
        # Whatever grows into something needed keeps each unit within this of all others together.
        growing = (sums <= pairs + n - 1).all(1)
        members, sums, total = members[growing], sums[growing], total[growing]
        group, at = _spread(begins[members[:, -1]], begins[members[:, -1] + 1])
        new = second[at]
        other = (place.coder[members[group]] != place.coder[new][:, None]).all(1)
        group, at, new = group[other], at[other], new[other]
        added = np.empty((len(group), k))
        linked = np.ones(len(group), bool)
        for i in range(k):
            wanted = members[group, i] * len(place.start) + new
            where = np.minimum(np.searchsorted(key, wanted), max(len(key) - 1, 0))
            linked &= key[where] == wanted
            added[:, i] = unlike[where]
        group, new, added = group[linked], new[linked], added[linked]
        members = np.concatenate([members[group], new[:, None]], 1)
        sums = np.concatenate([sums[group] + added, added.sum(1)[:, None]], 1)
        total = total[group] + added.sum(1)
    return Candidates(
        coders=n,
        continuum=place.continuum,
        first_coder=place.coder == 0,
        cost=np.concatenate(found_cost),
        size=np.concatenate(found_size),
        members=np.concatenate(found_members),
    )


def _spread(begins: Whole, ends: Whole) -> tuple[Whole, Whole]:
    """Return every number from begin up to its end, and which of the ranges it is of."""
    counts = ends - begins
    if counts.sum() > MOST:
        raise TooMany
    which = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return which, begins[which] + within


@dataclass(frozen=True, slots=True, kw_only=True)
class _Units:
    """Units of several continua, laid out one continuum after another, by their middles."""

    start: Real
    end: Real
    coder: Whole
    code: Whole
    continuum: Whole
    middle: Real
    apart: Real
    """By code and code."""

    @classmethod
    def of(cls, continua: Sequence[Continuum], dissimilarity: Dissimilarity) -> "_Units":
        """Lay units out; the order within a continuum is that of their middles."""
        codes = sorted({code for continuum in continua for code in continuum.codes})
        number = {code: i for i, code in enumerate(codes)}
        rows = [
            (span.start, span.end, coder, number[span.code], i)
            for i, continuum in enumerate(continua)
            for coder, own in enumerate(continuum.spans.values())
            for span in own
        ]
        table = np.array(rows, dtype=np.float64)
        table = table[np.lexsort((table[:, 0] + table[:, 1], table[:, 4]))]
        apart = np.array([[0.0 if a == b else dissimilarity.apart(a, b) for b in codes] for a in codes])
        coder, code, continuum = (table[:, i].astype(np.intp) for i in (2, 3, 4))
        start, end = table[:, 0], table[:, 1]
        return cls(
            start=start,
            end=end,
            coder=coder,
            code=code,
            continuum=continuum,
            middle=(start + end) / 2,
            apart=apart,
        )

    def near(self, most: float, dissimilarity: Dissimilarity) -> tuple[Whole, Whole, Real]:
        """Return pairs of units of two coders that are at most so unlike, sorted, and how unlike they are."""
        length = self.end - self.start
        # Ends that differ by so much together have middles that differ by half of it at most.
        reach = sqrt(most / dissimilarity.place) / 2
        room = self.middle.max() - self.middle.min() + 2 * reach * length.max() + 1
        laid = self.middle - self.middle.min() + self.continuum * room
        last = np.searchsorted(laid, laid + reach * (length + length.max()) + 1e-6 * room, side="right")
        first, second = _spread(np.arange(1, len(laid) + 1), last)
        kept = (self.coder[first] != self.coder[second]) & (self.continuum[first] == self.continuum[second])
        first, second = first[kept], second[kept]
        moved = np.abs(self.start[first] - self.start[second]) + np.abs(self.end[first] - self.end[second])
        unlike = dissimilarity.place * (moved / (length[first] + length[second])) ** 2
        unlike += dissimilarity.code * self.apart[self.code[first], self.code[second]]
        kept = unlike <= most
        return first[kept], second[kept], unlike[kept]
