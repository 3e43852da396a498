"""Weighted kappa: Cohen's kappa in which near misses count as part agreement."""

from tbcp_qual.agreement.arrays import Array, Table, lay_out
from tbcp_qual.agreement.ratings import FOR_TWO, Figure, Ratings, Statistic
from tbcp_qual.agreement.two_coders import kappa, kappa_values
from tbcp_qual.agreement.weights import chosen, refusal


def weighted_kappa(ratings: Ratings) -> Figure:
    """Return (Po - Pe) / (1 - Pe) with each pair of categories counted by its weight.

    Source: Cohen 1968, Psychological Bulletin 70(4), pp. 213 to 220. Weights of the ratings, else those of their level:
    identity (then it is Cohen's kappa), ordinal, quadratic, ratio. Units and undefined cases as for Cohen's kappa.

    The table of Artstein and Poesio (2008, Computational Linguistics 34(4), p. 568) has .8163 where the third category
    counts as half an agreement with the others:

    >>> counts = {("s", "s"): 46, ("i", "i"): 32, ("c", "c"): 10, ("i", "s"): 6, ("i", "c"): 6}
    >>> weights = ((1.0, 0.0, 0.5), (0.0, 1.0, 0.5), (0.5, 0.5, 1.0))
    >>> round(weighted_kappa(Ratings(coders=2, patterns=counts, categories=("s", "i", "c"), weights=weights)).value, 4)
    0.8163
    """
    return kappa(lay_out(ratings), chosen(ratings, by_level=True))


def values(table: Table) -> Array:
    """The same for many sets of units."""
    return kappa_values(table, chosen(table.ratings, by_level=True))


def _accepts(ratings: Ratings) -> str | None:
    if ratings.coders != 2:
        return FOR_TWO
    return refusal(ratings, chosen(ratings, by_level=True))


STATISTIC = Statistic(
    name="weighted_kappa",
    label="weighted kappa",
    source="Cohen 1968, pp. 213-220",
    error="Fleiss, Cohen & Everitt 1969, pp. 323-327",
    accepts=_accepts,
    compute=weighted_kappa,
    values=values,
)
