"""Scott's pi: agreement of two coders beyond chance, where chance is what both together use."""

from tbcp_qual.agreement.arrays import Array, Table, lay_out, rated_by_two
from tbcp_qual.agreement.ratings import FOR_TWO, Figure, Ratings, Statistic
from tbcp_qual.agreement.statistics.fleiss_kappa import by_shared_margins, values_by_shared_margins
from tbcp_qual.agreement.weights import chosen, refusal


def scott_pi(ratings: Ratings) -> Figure:
    """Return (Po - Pe) / (1 - Pe), Pe from the mean of the two coders' margins.

    Source: Scott 1955, Public Opinion Quarterly 19(3), p. 323. Units that one of the two did not rate are left out; in
    this it differs from Fleiss' kappa of two coders. Weighted only where weights were chosen. Undefined where both gave
    one and the same value throughout. For more coders it is Fleiss' kappa.

    The table of Artstein and Poesio (2008, Computational Linguistics 34(4), p. 568) has .7995:

    >>> counts = {("s", "s"): 46, ("i", "i"): 32, ("c", "c"): 10, ("i", "s"): 6, ("i", "c"): 6}
    >>> round(scott_pi(Ratings(coders=2, patterns=counts)).value, 4)
    0.7995
    """
    return by_shared_margins(rated_by_two(lay_out(ratings)), chosen(ratings, by_level=False))


def values(table: Table) -> Array:
    """The same for many sets of units."""
    return values_by_shared_margins(rated_by_two(table), chosen(table.ratings, by_level=False))


def _accepts(ratings: Ratings) -> str | None:
    if ratings.coders != 2:
        return FOR_TWO
    return refusal(ratings, chosen(ratings, by_level=False))


STATISTIC = Statistic(
    name="scott_pi",
    label="Scott's pi",
    source="Scott 1955, p. 323",
    error="Gwet 2014, chapter 5",
    accepts=_accepts,
    compute=scott_pi,
    values=values,
)
