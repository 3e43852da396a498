"""Krippendorff's alpha: agreement beyond chance for any number of coders, four levels, and missing values."""

from collections import Counter
from collections.abc import Callable, Mapping
from itertools import combinations
from math import fsum
from typing import Any

from tbcp_qual.agreement.ratings import NO_UNITS, Coefficient, Figure, Level, Ratings, Statistic, Undefined, Value

Distance = Callable[[Any, Any], float]
"""The squared difference of two different values."""

LARGEST = 1e100
"""Beyond it a squared difference may be too large for the machine."""


def krippendorff_alpha(ratings: Ratings) -> Figure:
    """Return 1 - Do / De at the level of the ratings (Krippendorff 2011).

    Source: "Computing Krippendorff's Alpha-Reliability", University of Pennsylvania, the general form and p. 8.
    Only units that at least two coders rated count, each with 1 / (m - 1) for its m values. De is without replacement.
    Undefined where all values are the same: nothing shows then that coders can tell units apart.

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
    units = ratings.pairable()
    if not units:
        return Undefined(NO_UNITS)
    totals: Counter[Value] = Counter()
    for values, weight in units.items():
        for value in values:
            totals[value] += weight
    if len(totals) == 1:
        return Undefined("no variation: every unit got the same value from everybody")
    distance = DISTANCES[ratings.level](totals)
    observed = []
    for values, weight in units.items():
        for (one, m), (other, n) in combinations(Counter(values).items(), 2):
            observed.append(weight * m * n * distance(one, other) / (len(values) - 1))
    expected = fsum(m * n * distance(one, other) for (one, m), (other, n) in combinations(totals.items(), 2))
    if not expected:
        return Undefined("the values differ by less than can be computed with")
    value = 1 - (totals.total() - 1) * fsum(observed) / expected
    return Coefficient(value=value, n=sum(units.values()))


def nominal(totals: Mapping[Any, int]) -> Distance:
    """Different is different."""
    return lambda one, other: 1.0


def ordinal(totals: Mapping[Any, int]) -> Distance:
    """How many values lie between the two, half of their own counted.

    That sum is the difference of their mean ranks.
    """
    ranks: dict[Any, float] = {}
    below = 0
    for value in sorted(totals):
        ranks[value] = below + totals[value] / 2
        below += totals[value]
    return lambda one, other: float((ranks[one] - ranks[other]) ** 2)


def interval(totals: Mapping[Any, int]) -> Distance:
    """How far one lies from the other."""
    return lambda one, other: float((one - other) ** 2)


def ratio(totals: Mapping[Any, int]) -> Distance:
    """How far one lies from the other, in relation to their size."""
    return lambda one, other: float(((one - other) / (one + other)) ** 2)


DISTANCES: Mapping[Level, Callable[[Mapping[Any, int]], Distance]] = {
    "nominal": nominal,
    "ordinal": ordinal,
    "interval": interval,
    "ratio": ratio,
}
"""By level: how to make the squared difference from how often each value occurs in pairable units."""


def _accepts(ratings: Ratings) -> str | None:
    if ratings.coders < 2:
        return "Krippendorff's alpha needs at least two coders"
    if ratings.level == "nominal":
        return None
    numbers = [value for pattern in ratings.patterns for value in pattern if value is not None]
    if not all(isinstance(value, int | float) and abs(value) <= LARGEST for value in numbers):
        return f"the {ratings.level} level needs numbers, none beyond {LARGEST:g}"
    if ratings.level == "ratio" and any(value < 0 for value in numbers if isinstance(value, int | float)):
        return "the ratio level needs numbers of 0 and above"
    return None


STATISTIC = Statistic(
    name="krippendorff_alpha",
    label="Krippendorff's alpha",
    source="Krippendorff 2011, p. 8",
    accepts=_accepts,
    compute=krippendorff_alpha,
)
