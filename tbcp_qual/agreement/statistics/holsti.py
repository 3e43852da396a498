"""Holsti's method: agreements in relation to all that the two coders decided."""

from itertools import combinations

import numpy as np

from tbcp_qual.agreement.arrays import Array, Table, lay_out
from tbcp_qual.agreement.intervals import figure
from tbcp_qual.agreement.ratings import NO_UNITS, Figure, Ratings, Statistic


def holsti(ratings: Ratings) -> Figure:
    """Return 2 M / (N1 + N2), M agreements and N1, N2 units that each of two coders rated (Holsti 1969, p. 140).

    Content Analysis for the Social Sciences and Humanities, Addison-Wesley. With more than two coders it is the mean
    over the pairs; a pair without a common unit is left out. Without missing values it is the mean pairwise percent
    agreement; a unit that only one of the two rated lowers it, which percent agreement passes over.

    The table of Artstein and Poesio (2008, Computational Linguistics 34(4), p. 558) has no missing values, and .7:

    >>> counts = {("s", "s"): 20, ("i", "s"): 20, ("s", "i"): 10, ("i", "i"): 50}
    >>> holsti(Ratings(coders=2, patterns=counts))
    Coefficient(value=0.7, n=100, se=None, ci95=None)
    """
    table = lay_out(ratings)
    return figure(table, float(values(table)), undefined=NO_UNITS)


def values(table: Table) -> Array:
    """The same for many sets of units."""
    total = np.zeros(table.units.shape[:-1])
    pairs = np.zeros(table.units.shape[:-1])
    for one, other in combinations(range(table.ratings.coders), 2):
        first, second = table.given[:, one], table.given[:, other]
        both = (first >= 0) & (second >= 0)
        decided = table.units @ ((first >= 0).astype(float) + (second >= 0))
        agreed = table.units @ (both & (first == second)).astype(float)
        there = table.units @ both.astype(float) > 0
        total += np.where(there, 2 * agreed / np.where(there, decided, 1), 0)
        pairs += there
    return np.where(pairs > 0, total / np.where(pairs > 0, pairs, 1), np.nan)


def _accepts(ratings: Ratings) -> str | None:
    return None if ratings.coders > 1 else "Holsti's method needs at least two coders"


STATISTIC = Statistic(
    name="holsti",
    label="Holsti's method",
    source="Holsti 1969, p. 140",
    error=None,
    accepts=_accepts,
    compute=holsti,
    values=values,
)
