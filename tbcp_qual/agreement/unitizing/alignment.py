"""The disorder of the best alignment of continua: the least that any way to align the coders' units comes to."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tbcp_qual.agreement.unitizing.assignment import ALONE, assignment
from tbcp_qual.agreement.unitizing.candidates import Candidates, Real, TooMany, candidates
from tbcp_qual.agreement.unitizing.continuum import Continuum
from tbcp_qual.agreement.unitizing.dissimilarity import Dissimilarity
from tbcp_qual.agreement.unitizing.partition import partition

AT_ONCE = 6_000
"""Units of how many continua are solved together; more would only take memory."""
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Disorder:
    """How far units are from being aligned."""

    value: float
    """That of the best alignment found."""
    least: float
    """What no alignment goes below; the same as the value where the best is proven."""

    @property
    def exact(self) -> bool:
        """Whether the alignment is proven to be a best one."""
        return self.value - self.least <= 1e-9 * max(1.0, self.value)


def disorders(continua: Sequence[Continuum], dissimilarity: Dissimilarity) -> list[Disorder]:
    """Return the disorder of each continuum; all have the same number of coders, two at least, and have units.

    The sum of what the unitary alignments cost, by the mean number of units a coder drew (Mathet, Widlöcher and
    Métivier 2015, section 4.4).

    Raises:
        TooMany: in one of them too many units lie over one another.
    """
    found: list[Disorder] = []
    batch: list[Continuum] = []
    units = 0
    for continuum in continua:
        if batch and units + continuum.units > AT_ONCE:
            found += _together(batch, dissimilarity)
            batch, units = [], 0
        batch.append(continuum)
        units += continuum.units
    return found + _together(batch, dissimilarity) if batch else found


def _together(continua: list[Continuum], dissimilarity: Dissimilarity) -> list[Disorder]:
    try:
        listed = candidates(continua, dissimilarity)
    except TooMany:
        if len(continua) == 1:
            raise
        half = len(continua) // 2
        return _together(continua[:half], dissimilarity) + _together(continua[half:], dissimilarity)
    if listed.coders == 2:
        cost = bound = _pairs(listed, len(continua))
    else:
        cost, bound = partition(listed, len(continua))
    mean_units = np.array([continuum.units / listed.coders for continuum in continua])
    # Sums of prices come out at 0 but for rounding where everything is aligned.
    values = np.where(cost > ROUNDING, cost, 0.0) / mean_units
    return [
        Disorder(value=float(value), least=float(max(0.0, min(least, value))))
        for value, least in zip(values, bound / mean_units, strict=True)
    ]


def _pairs(listed: Candidates, continua: int) -> Real:
    """Return for each continuum of two coders the least cost: an assignment of the units of one to those of the other."""
    by_themselves = np.bincount(listed.continuum, minlength=continua).astype(np.float64)
    pairs = listed.members[listed.units :].reshape(-1, 2)
    if not len(pairs):
        return by_themselves
    saved = listed.cost[listed.units :] - 2
    first = listed.first_coder
    ours = np.where(first[pairs[:, 0]], pairs[:, 0], pairs[:, 1])
    theirs = np.where(first[pairs[:, 0]], pairs[:, 1], pairs[:, 0])
    rows, row = np.unique(ours, return_inverse=True)
    columns, column = np.unique(theirs, return_inverse=True)
    costs: list[list[tuple[int, float]]] = [[] for _ in rows]
    for i, j, cost in zip(row.tolist(), column.tolist(), saved.tolist(), strict=True):
        costs[i].append((j, cost))
    chosen = assignment(costs, len(columns))
    saved_by_row = [
        0.0 if j == ALONE else next(cost for k, cost in own if k == j) for j, own in zip(chosen, costs, strict=True)
    ]
    return by_themselves + np.bincount(listed.continuum[rows], saved_by_row, minlength=continua)
