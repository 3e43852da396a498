"""Brennan and Prediger's coefficient: chance is one in as many as there are categories."""

import numpy as np

from tbcp_qual.agreement.arrays import Array, Table, lay_out
from tbcp_qual.agreement.chance import agreement_by_pattern, corrected, error_given_sample, observed, weight_matrix
from tbcp_qual.agreement.intervals import figure
from tbcp_qual.agreement.ratings import NO_UNITS, ONE_CATEGORY, Figure, Ratings, Statistic, Undefined
from tbcp_qual.agreement.weights import chosen, refusal


def brennan_prediger(ratings: Ratings) -> Figure:
    """Return (Po - 1/q) / (1 - 1/q) for q categories; Po as for percent agreement.

    Source: Brennan & Prediger 1981, Educational and Psychological Measurement 41(3), pp. 687 to 699. Of two coders it is
    Bennett's S (1954), of more Randolph's free-marginal kappa (2005). q counts the categories that were offered, and
    where that is not said those that occur. Weighted only where weights were chosen: 1/q is then the mean weight.
    Undefined where there is only one category.

    The table of Artstein and Poesio (2008, Computational Linguistics 34(4), p. 568) has .82:

    >>> counts = {("s", "s"): 46, ("i", "i"): 32, ("c", "c"): 10, ("i", "s"): 6, ("i", "c"): 6}
    >>> round(brennan_prediger(Ratings(coders=2, patterns=counts)).value, 4)
    0.82
    """
    table = lay_out(ratings)
    if not table.n:
        return Undefined(NO_UNITS)
    weights = weight_matrix(table, chosen(ratings, by_level=False))
    agreeing = agreement_by_pattern(table, weights)
    chance = _chance(table, weights)
    value = float(corrected(observed(table, agreeing), np.array(chance)))
    error = error_given_sample(table, value, agreeing, chance, None)
    return figure(table, value, undefined=ONE_CATEGORY, error=error)


def values(table: Table) -> Array:
    """The same for many sets of units."""
    weights = weight_matrix(table, chosen(table.ratings, by_level=False))
    return corrected(observed(table, agreement_by_pattern(table, weights)), np.array(_chance(table, weights)))


def _chance(table: Table, weights: Array | None) -> float:
    if not table.categories:
        return 1.0
    return 1 / len(table.categories) if weights is None else float(weights.mean())


def _accepts(ratings: Ratings) -> str | None:
    if ratings.coders < 2:
        return "Brennan and Prediger's coefficient needs at least two coders"
    return refusal(ratings, chosen(ratings, by_level=False))


STATISTIC = Statistic(
    name="brennan_prediger",
    label="Brennan-Prediger",
    source="Brennan & Prediger 1981, pp. 687-699",
    error="Gwet 2014, chapter 5",
    accepts=_accepts,
    compute=brennan_prediger,
    values=values,
)
