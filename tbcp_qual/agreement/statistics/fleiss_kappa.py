"""Fleiss' kappa: agreement of any number of coders beyond chance, where chance is what all together use."""

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
    weighted,
)
from tbcp_qual.agreement.intervals import figure
from tbcp_qual.agreement.ratings import NO_UNITS, NO_VARIATION, Figure, Ratings, Statistic, Undefined, Weights
from tbcp_qual.agreement.weights import chosen, refusal


def fleiss_kappa(ratings: Ratings) -> Figure:
    """Return (Po - Pe) / (1 - Pe), Po over agreeing pairs in a unit, Pe from the mean share of each category.

    Source: Fleiss 1971, Psychological Bulletin 76(5), p. 379, for as many ratings in each unit; where values are
    missing as in Gwet (2014, chapter 2): Po over units with at least two ratings, Pe over units with any.
    Weighted only where weights were chosen. Undefined where all values are the same.

    Table 1 of Fleiss (1971, p. 379), 30 patients and 6 psychiatrists, has .430:

    >>> counts = [(0, 0, 0, 6, 0), (0, 3, 0, 0, 3), (0, 1, 4, 0, 1), (0, 0, 0, 0, 6), (0, 3, 0, 3, 0), (2, 0, 4, 0, 0),
    ...     (0, 0, 4, 0, 2), (2, 0, 3, 1, 0), (2, 0, 0, 4, 0), (0, 0, 0, 0, 6), (1, 0, 0, 5, 0), (1, 1, 0, 4, 0),
    ...     (0, 3, 3, 0, 0), (1, 0, 0, 5, 0), (0, 2, 0, 3, 1), (0, 0, 5, 0, 1), (3, 0, 0, 1, 2), (5, 1, 0, 0, 0),
    ...     (0, 2, 0, 4, 0), (1, 0, 2, 0, 3), (0, 0, 0, 0, 6), (0, 1, 0, 5, 0), (0, 2, 0, 1, 3), (2, 0, 0, 4, 0),
    ...     (1, 0, 0, 4, 1), (0, 5, 0, 1, 0), (4, 0, 0, 0, 2), (0, 2, 0, 4, 0), (1, 0, 5, 0, 0), (0, 0, 0, 0, 6)]
    >>> rows = [[k for k, n in enumerate(row) for _ in range(n)] for row in counts]
    >>> round(fleiss_kappa(Ratings.from_rows(rows, coders=6)).value, 3)
    0.43
    """
    return by_shared_margins(lay_out(ratings), chosen(ratings, by_level=False))


def values(table: Table) -> Array:
    """The same for many sets of units."""
    return values_by_shared_margins(table, chosen(table.ratings, by_level=False))


def by_shared_margins(table: Table, weights: Weights) -> Figure:
    """Return the coefficient in which chance is the mean share of each category."""
    if not table.n:
        return Undefined(NO_UNITS)
    by_pair = weight_matrix(table, weights)
    agreeing = agreement_by_pattern(table, by_pair)
    share = shares(table)
    by_chance = weighted(by_pair, share)
    chance = float(share @ by_chance)
    value = float(corrected(observed(table, agreeing), np.array(chance)))
    error = error_given_sample(table, value, agreeing, chance, mean_of(table, by_chance))
    return figure(table, value, undefined=NO_VARIATION, error=error)


def values_by_shared_margins(table: Table, weights: Weights) -> Array:
    """Return the same for many sets of units."""
    by_pair = weight_matrix(table, weights)
    share = shares(table)
    chance = (share * weighted(by_pair, share)).sum(axis=-1)
    return corrected(observed(table, agreement_by_pattern(table, by_pair)), chance)


def _accepts(ratings: Ratings) -> str | None:
    if ratings.coders < 2:
        return "Fleiss' kappa needs at least two coders"
    return refusal(ratings, chosen(ratings, by_level=False))


STATISTIC = Statistic(
    name="fleiss_kappa",
    label="Fleiss' kappa",
    source="Fleiss 1971, p. 379",
    error="Gwet 2014, chapter 5",
    accepts=_accepts,
    compute=fleiss_kappa,
    values=values,
)
