"""Gwet's AC2: AC1 in which near misses count as part agreement."""

from tbcp_qual.agreement.arrays import Array, Table
from tbcp_qual.agreement.ratings import Figure, Ratings, Statistic
from tbcp_qual.agreement.statistics.gwet_ac1 import agreement_coefficient, agreement_coefficients
from tbcp_qual.agreement.weights import chosen, refusal


def gwet_ac2(ratings: Ratings) -> Figure:
    """Return (Po - Pe) / (1 - Pe), Pe = T Σ π (1 - π) / (q (q - 1)) with T the sum of all weights.

    Source: Gwet 2014, Handbook of Inter-Rater Reliability, 4th ed., chapter 4. Weights of the ratings, else those of
    their level: identity (then it is AC1), ordinal, quadratic, ratio. The rest as for AC1.

    The 12 units and 4 coders of Gwet (2014), with quadratic weights, have .914:

    >>> rows = [(1, 1, None, 1), (2, 2, 3, 2), (3, 3, 3, 3), (3, 3, 3, 3), (2, 2, 2, 2), (1, 2, 3, 4)]
    >>> rows += [(4, 4, 4, 4), (1, 1, 2, 1), (2, 2, 2, 2), (None, 5, 5, 5), (None, None, 1, 1), (None, None, 3, None)]
    >>> figure = gwet_ac2(Ratings.from_rows(rows, coders=4, level="interval"))
    >>> round(figure.value, 3), round(figure.se, 3), tuple(round(end, 3) for end in figure.ci95)
    (0.914, 0.104, (0.685, 1.0))
    """
    return agreement_coefficient(ratings, chosen(ratings, by_level=True))


def values(table: Table) -> Array:
    """The same for many sets of units."""
    return agreement_coefficients(table, chosen(table.ratings, by_level=True))


def _accepts(ratings: Ratings) -> str | None:
    if ratings.coders < 2:
        return "Gwet's AC2 needs at least two coders"
    return refusal(ratings, chosen(ratings, by_level=True))


STATISTIC = Statistic(
    name="gwet_ac2",
    label="Gwet's AC2",
    source="Gwet 2014, chapter 4",
    error="Gwet 2014, chapter 5",
    accepts=_accepts,
    compute=gwet_ac2,
    values=values,
)
