"""Gwet's AC1: agreement beyond chance, where chance is how often an uncertain unit is agreed on by luck."""

import numpy as np

from tbcp_qual.agreement.arrays import Array, Table, lay_out
from tbcp_qual.agreement.chance import (
    agreement_by_pattern,
    corrected,
    error_given_sample,
    mean_of,
    observed,
    shares,
    weight_matrix,
)
from tbcp_qual.agreement.intervals import figure
from tbcp_qual.agreement.ratings import NO_UNITS, ONE_CATEGORY, Figure, Ratings, Statistic, Undefined, Weights


def gwet_ac1(ratings: Ratings) -> Figure:
    """Return (Po - Pe) / (1 - Pe), Pe = Σ π (1 - π) / (q - 1) with the mean share π of each of q categories.

    Source: Gwet 2008, British Journal of Mathematical and Statistical Psychology 61(1), pp. 29 to 48; with missing
    values Gwet (2014, chapter 2): Po over units with at least two ratings, π over units with any. q counts the
    categories that were offered, and where that is not said those that occur; undefined where that is only one.

    The table of Cohen (1960, Educational and Psychological Measurement 20(1), p. 45) has .576:

    >>> table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    >>> counts = {(i, j): n for i, row in enumerate(table) for j, n in enumerate(row)}
    >>> round(gwet_ac1(Ratings(coders=2, patterns=counts)).value, 3)
    0.576
    """
    return agreement_coefficient(ratings, "identity")


def values(table: Table) -> Array:
    """The same for many sets of units."""
    return agreement_coefficients(table, "identity")


def agreement_coefficient(ratings: Ratings, weights: Weights) -> Figure:
    """Return AC1, or AC2 by weights, of one table."""
    table = lay_out(ratings)
    if not table.n:
        return Undefined(NO_UNITS)
    if len(table.categories) < 2:
        return Undefined(ONE_CATEGORY)
    by_pair = weight_matrix(table, weights)
    agreeing = agreement_by_pattern(table, by_pair)
    share = shares(table)
    scale = _scale(table, by_pair)
    chance = float(scale * (share * (1 - share)).sum())
    value = float(corrected(observed(table, agreeing), np.array(chance)))
    error = error_given_sample(table, value, agreeing, chance, scale * mean_of(table, 1 - share))
    return figure(table, value, undefined=ONE_CATEGORY, error=error)


def agreement_coefficients(table: Table, weights: Weights) -> Array:
    """Return the same for many sets of units."""
    if len(table.categories) < 2:
        return np.full(table.units.shape[:-1], np.nan)
    by_pair = weight_matrix(table, weights)
    share = shares(table)
    chance = _scale(table, by_pair) * (share * (1 - share)).sum(axis=-1)
    return corrected(observed(table, agreement_by_pattern(table, by_pair)), chance)


def _scale(table: Table, weights: Array | None) -> float:
    q = len(table.categories)
    return (q if weights is None else float(weights.sum())) / (q * (q - 1))


def _accepts(ratings: Ratings) -> str | None:
    return None if ratings.coders > 1 else "Gwet's AC1 needs at least two coders"


STATISTIC = Statistic(
    name="gwet_ac1",
    label="Gwet's AC1",
    source="Gwet 2008, pp. 29-48",
    error="Gwet 2014, chapter 5",
    accepts=_accepts,
    compute=gwet_ac1,
    values=values,
)
