"""Percent agreement: the share of units on which coders say the same."""

from collections import Counter
from collections.abc import Mapping

from tbcp_qual.agreement.arrays import Array, Table, lay_out
from tbcp_qual.agreement.chance import agreement_by_pattern, error_given_sample, observed
from tbcp_qual.agreement.intervals import figure
from tbcp_qual.agreement.ratings import NO_UNITS, Figure, Ratings, Statistic, Value


def percent_agreement(ratings: Ratings) -> Figure:
    """Return the share of agreeing pairs of coders in a unit, averaged over units; between 0 and 1.

    With two coders this is the share of units on which they agree. With more, each unit counts once, however many
    coders rated it (Fleiss 1971, Psychological Bulletin 76(5), p. 379); units rated by fewer than two are left out.
    Krippendorff's 1 - Do differs where values are missing: there a unit counts as often as it was rated.

    The table of Artstein and Poesio (2008, Computational Linguistics 34(4), p. 568) has .88:

    >>> counts = {("s", "s"): 46, ("i", "i"): 32, ("c", "c"): 10, ("i", "s"): 6, ("i", "c"): 6}
    >>> percent_agreement(Ratings(coders=2, patterns=counts)).value
    0.88
    """
    table = lay_out(ratings)
    agreeing = agreement_by_pattern(table, None)
    value = float(observed(table, agreeing))
    error = error_given_sample(table, value, agreeing, 0, None)
    return figure(table, value, undefined=NO_UNITS, error=error, lowest=0)


def values(table: Table) -> Array:
    """The same for many sets of units."""
    return observed(table, agreement_by_pattern(table, None))


def specific_agreement(ratings: Ratings) -> Mapping[Value, float]:
    """Return, per category that occurs, how often a coder's partner says it too when one of them does.

    Of coded and uncoded these are positive and negative agreement, for two coders 2a / (2a + b + c) and
    2d / (2d + b + c) (Cicchetti & Feinstein 1990, Journal of Clinical Epidemiology 43(6), pp. 551 to 558). With more
    coders pairs are counted; where a unit was rated by more, it counts for more.

    The 2 × 2 table of one coding in DESIGN.md, 50 both, 75 and 75 by one alone, 800 neither:

    >>> counts = {(True, True): 50, (True, False): 75, (False, True): 75, (False, False): 800}
    >>> {value: round(share, 3) for value, share in specific_agreement(Ratings(coders=2, patterns=counts)).items()}
    {True: 0.4, False: 0.914}
    """
    agreeing: Counter[Value] = Counter()
    possible: Counter[Value] = Counter()
    for given, units in ratings.pairable().items():
        for value, count in Counter(given).items():
            agreeing[value] += units * count * (count - 1)
            possible[value] += units * count * (len(given) - 1)
    return {value: agreeing[value] / pairs for value, pairs in possible.items()}


def _accepts(ratings: Ratings) -> str | None:
    return None if ratings.coders > 1 else "percent agreement needs at least two coders"


STATISTIC = Statistic(
    name="percent_agreement",
    label="percent agreement",
    source="Fleiss 1971, p. 379",
    error="Gwet 2014, chapter 5",
    accepts=_accepts,
    compute=percent_agreement,
    values=values,
)
