"""Percent agreement: the share of units on which coders say the same."""

from collections import Counter
from math import fsum

from tbcp_qual.agreement.ratings import NO_UNITS, Coefficient, Figure, Ratings, Statistic, Undefined


def percent_agreement(ratings: Ratings) -> Figure:
    """Return the share of agreeing pairs of coders in a unit, averaged over units; between 0 and 1.

    With two coders this is the share of units on which they agree. With more, each unit counts once, however many
    coders rated it (Fleiss 1971, Psychological Bulletin 76, p. 379); units rated by fewer than two are left out.
    Krippendorff's 1 - Do differs where values are missing: there a unit counts as often as it was rated.

    The table of Artstein and Poesio (2008, Computational Linguistics 34, p. 568) has .88:

    >>> counts = {("s", "s"): 46, ("i", "i"): 32, ("c", "c"): 10, ("i", "s"): 6, ("i", "c"): 6}
    >>> percent_agreement(Ratings(coders=2, patterns=counts))
    Coefficient(value=0.88, n=100)
    """
    units = ratings.pairable()
    n = sum(units.values())
    if not n:
        return Undefined(NO_UNITS)
    agreeing = []
    for values, weight in units.items():
        pairs = len(values) * (len(values) - 1)
        same = sum(count * (count - 1) for count in Counter(values).values())
        agreeing.append(weight * same / pairs)
    return Coefficient(value=fsum(agreeing) / n, n=n)


def _accepts(ratings: Ratings) -> str | None:
    return None if ratings.coders > 1 else "percent agreement needs at least two coders"


STATISTIC = Statistic(
    name="percent_agreement",
    label="percent agreement",
    source="Fleiss 1971, p. 379",
    accepts=_accepts,
    compute=percent_agreement,
)
