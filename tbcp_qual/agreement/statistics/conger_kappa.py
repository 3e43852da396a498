"""Conger's kappa: Cohen's for any number of coders, chance from each coder's own margins."""

import numpy as np

from tbcp_qual.agreement.arrays import Array, Table, lay_out, margins
from tbcp_qual.agreement.chance import (
    agreement_by_pattern,
    corrected,
    error_given_sample,
    observed,
    weight_matrix,
    weighted,
)
from tbcp_qual.agreement.intervals import figure
from tbcp_qual.agreement.ratings import NO_UNITS, NO_VARIATION, Figure, Ratings, Statistic, Undefined
from tbcp_qual.agreement.weights import chosen, refusal


def conger_kappa(ratings: Ratings) -> Figure:
    """Return (Po - Pe) / (1 - Pe), Pe the mean over pairs of coders of what Cohen's kappa would expect of them.

    Source: Conger 1980, Psychological Bulletin 88(2), pp. 322 to 328; Hubert's kappa of 1977 is the same. With missing values
    as in Gwet (2014, chapter 2): Po over units with at least two ratings, each coder's margins over all that they
    rated. A coder who rated nothing is left out. Weighted only where weights were chosen.

    The 12 units and 4 coders of Gwet (2014), which are those of Krippendorff (2011), have .763:

    >>> rows = [(1, 1, None, 1), (2, 2, 3, 2), (3, 3, 3, 3), (3, 3, 3, 3), (2, 2, 2, 2), (1, 2, 3, 4)]
    >>> rows += [(4, 4, 4, 4), (1, 1, 2, 1), (2, 2, 2, 2), (None, 5, 5, 5), (None, None, 1, 1), (None, None, 3, None)]
    >>> figure = conger_kappa(Ratings.from_rows(rows, coders=4))
    >>> round(figure.value, 3), tuple(round(end, 3) for end in figure.ci95)
    (0.763, (0.435, 1.0))
    """
    table = lay_out(ratings)
    if not table.n:
        return Undefined(NO_UNITS)
    weights = weight_matrix(table, chosen(ratings, by_level=False))
    agreeing = agreement_by_pattern(table, weights)
    chance = float(_chance(table, weights))
    value = float(corrected(observed(table, agreeing), np.array(chance)))
    error = error_given_sample(table, value, agreeing, chance, _chance_by_pattern(table, weights, chance))
    return figure(table, value, undefined=NO_VARIATION, error=error)


def values(table: Table) -> Array:
    """The same for many sets of units."""
    weights = weight_matrix(table, chosen(table.ratings, by_level=False))
    return corrected(observed(table, agreement_by_pattern(table, weights)), _chance(table, weights))


def _chance(table: Table, weights: Array | None) -> Array:
    rated, share = margins(table)
    coders = (rated > 0).sum(axis=-1)
    together = share.sum(axis=-2)
    all_pairs = (together * weighted(weights, together)).sum(axis=-1)
    with_themselves = (share * weighted(weights, share)).sum(axis=(-2, -1))
    pairs = coders * (coders - 1)
    chance: Array = (all_pairs - with_themselves) / np.where(pairs > 0, pairs, 1)
    return chance


def _chance_by_pattern(table: Table, weights: Array | None, chance: float) -> Array:
    """Return what a unit of each combination contributes to chance (Gwet 2014, chapter 5). Shape `(patterns,)`."""
    n = float(table.units.sum())
    rated, share = margins(table)
    coders = np.flatnonzero(rated > 0)
    total = np.zeros(len(table.given))
    for coder in coders:
        others = weighted(weights, share.sum(axis=0) - share[coder])
        there = table.given[:, coder] >= 0
        theirs = np.where(there, others[table.given[:, coder]], 0)
        total += n / rated[coder] * (theirs - (there - rated[coder] / n) * (others @ share[coder]))
    return total / (len(coders) * (len(coders) - 1))


def _accepts(ratings: Ratings) -> str | None:
    if ratings.coders < 2:
        return "Conger's kappa needs at least two coders"
    return refusal(ratings, chosen(ratings, by_level=False))


STATISTIC = Statistic(
    name="conger_kappa",
    label="Conger's kappa",
    source="Conger 1980, pp. 322-328",
    error="Gwet 2014, chapter 5",
    accepts=_accepts,
    compute=conger_kappa,
    values=values,
)
