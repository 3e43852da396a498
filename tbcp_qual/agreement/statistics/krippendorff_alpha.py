"""Krippendorff's alpha: agreement beyond chance for any number of coders, four levels, and missing values."""

from math import isnan

import numpy as np

from tbcp_qual.agreement.arrays import Array, Table, lay_out, mean_over_pairs, rated_by_two, tally
from tbcp_qual.agreement.chance import mean_of
from tbcp_qual.agreement.distances import Difference, Distance, need, of_function, of_level
from tbcp_qual.agreement.intervals import error_of, figure
from tbcp_qual.agreement.ratings import NO_UNITS, NO_VARIATION, TOO_CLOSE, Figure, Ratings, Statistic, Undefined


def krippendorff_alpha(ratings: Ratings, distance: Distance | None = None) -> Figure:
    """Return 1 - Do / De at the level of the ratings (Krippendorff 2011).

    Source: "Computing Krippendorff's Alpha-Reliability", University of Pennsylvania, the general form and p. 8.
    Only units that at least two coders rated count, each with 1 / (m - 1) for its m values. De is without replacement.
    Undefined where all values are the same: nothing shows then that coders can tell units apart.

    Args:
        ratings: what is compared.
        distance: stands for the squared difference of two values, whatever the level; see `distances`.

    The table of Krippendorff (2011, p. 8), 12 units and 4 coders:

    >>> rows = [(1, 1, None, 1), (2, 2, 3, 2), (3, 3, 3, 3), (3, 3, 3, 3), (2, 2, 2, 2), (1, 2, 3, 4)]
    >>> rows += [(4, 4, 4, 4), (1, 1, 2, 1), (2, 2, 2, 2), (None, 5, 5, 5), (None, None, 1, 1), (None, 3, None, None)]
    >>> for level in ("nominal", "ordinal", "interval", "ratio"):
    ...     print(f"{krippendorff_alpha(Ratings.from_rows(rows, coders=4, level=level)).value:.3f}")
    0.743
    0.815
    0.849
    0.797
    """
    table = rated_by_two(lay_out(ratings))
    if not table.n:
        return Undefined(NO_UNITS)
    totals = tally(table, table.units)
    difference = _difference(table, totals, distance)
    disagreeing = mean_over_pairs(table, difference.between)
    apart = difference.from_all(totals)
    value = float(_alpha(table, totals, apart, disagreeing))
    reason = NO_VARIATION if np.count_nonzero(totals) < 2 else TOO_CLOSE
    error = _error(table, totals, apart, disagreeing) if not isnan(value) else None
    return figure(table, value, undefined=reason, error=error)


def values(table: Table) -> Array:
    """The same for many sets of units."""
    table = rated_by_two(table)
    totals = tally(table, table.units)
    difference = _difference(table, totals, None)
    return _alpha(table, totals, difference.from_all(totals), mean_over_pairs(table, difference.between))


def _difference(table: Table, totals: Array, distance: Distance | None) -> Difference:
    if distance is not None:
        return of_function(distance, table.categories)
    return of_level(table.ratings.level, table.categories, totals)


def _alpha(table: Table, totals: Array, apart: Array, disagreeing: Array) -> Array:
    observed = (table.units * (table.rated * disagreeing)).sum(axis=-1)
    # Without variation there is nothing to expect, however the sums are rounded.
    varies = (totals > 0).sum(axis=-1) > 1
    expected = np.where(varies, (totals * apart).sum(axis=-1), 0)
    relation = np.where(expected > 0, observed / np.where(expected > 0, expected, 1), np.nan)
    alpha: Array = 1 - (totals.sum(axis=-1) - 1) * relation
    return alpha


def _error(table: Table, totals: Array, apart: Array, disagreeing: Array) -> float | None:
    """Return the standard error over units drawn at random (Gwet 2014, chapter 5), the distance taken as fixed."""
    ratings = float(totals.sum())
    size = table.rated / (ratings / table.n)
    apart = apart / ratings
    expected = float(totals @ apart) / ratings
    observed = float(table.units @ (size * disagreeing)) / table.n
    corrected = observed * (1 - 1 / ratings)
    by_unit = (size * (corrected - disagreeing) + expected - corrected) / expected
    by_chance = (size * (expected - mean_of(table, apart))) / expected
    return error_of(table, by_unit - 2 * observed / expected * by_chance)


def _accepts(ratings: Ratings) -> str | None:
    if ratings.coders < 2:
        return "Krippendorff's alpha needs at least two coders"
    occurring = [value for pattern in ratings.patterns for value in pattern if value is not None]
    return need(ratings.level, ratings.categories, occurring)


STATISTIC = Statistic(
    name="krippendorff_alpha",
    label="Krippendorff's alpha",
    source="Krippendorff 2011, p. 8",
    error="Gwet 2014, chapter 5",
    accepts=_accepts,
    compute=krippendorff_alpha,
    values=values,
)
