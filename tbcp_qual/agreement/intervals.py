"""Standard errors and 95 % intervals by Student's t, for units drawn at random.

Units in a transcript are not drawn at random: there `bootstrap` resamples documents.
"""

from functools import lru_cache
from math import atan, cos, inf, pi, sin, sqrt
from statistics import NormalDist

from tbcp_qual.agreement.arrays import Array, Table
from tbcp_qual.agreement.ratings import Coefficient, Figure, Undefined

NOTHING = 1e-12
"""A standard error below it is none: all units say the same, and a formula cannot tell how far that carries."""

EXACT_BELOW = 1_000
"""Degrees of freedom from which Student's t is the normal distribution with four terms of correction."""


def between_minus_and_plus(t: float, freedom: int) -> float:
    """Return the probability that Student's t lies between -t and t (Abramowitz & Stegun 1964, 26.7.3 and 26.7.4).

    >>> round(between_minus_and_plus(12.706, 1), 5), round(between_minus_and_plus(2.228, 10), 4)
    (0.95, 0.95)
    """
    angle = atan(t / sqrt(freedom))
    if freedom == 1:
        return 2 * angle / pi
    square = cos(angle) ** 2
    odd = freedom % 2
    term = cos(angle) if odd else 1.0
    total = term
    for k in range(3 if odd else 2, freedom - 1, 2):
        term *= square * (k - 1) / k
        total += term
    return 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total


@lru_cache(maxsize=1_024)
def t_of_95_percent(freedom: int) -> float:
    """Return the t that 95 % of Student's distribution lie within, both sides; beyond 1,000 by 26.7.5.

    >>> [round(t_of_95_percent(freedom), 3) for freedom in (1, 2, 11, 30, 120, 100_000_000)]
    [12.706, 4.303, 2.201, 2.042, 1.98, 1.96]
    """
    x = NormalDist().inv_cdf(0.975)
    if freedom >= EXACT_BELOW:
        terms = (
            (x**3 + x) / 4,
            (5 * x**5 + 16 * x**3 + 3 * x) / 96,
            (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
            (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
        )
        return x + sum(term / float(freedom) ** power for power, term in enumerate(terms, start=1))
    low, high = 1.0, 20.0
    while low < (middle := (low + high) / 2) < high:
        if between_minus_and_plus(middle, freedom) < 0.95:
            low = middle
        else:
            high = middle
    return high


def figure(table: Table, value: float, *, undefined: str, error: float | None = None, lowest: float = -inf) -> Figure:
    """Return a coefficient with its interval, or why there is none.

    Args:
        table: what it was computed from.
        value: NaN where it is undefined.
        undefined: the reason then.
        error: the standard error; None where none is published.
        lowest: where the interval ends at the latest, as it does at 1 above.
    """
    if not -inf < value < inf:
        return Undefined(undefined)
    n = table.n
    if error is None or not NOTHING < error < inf:
        return Coefficient(value=value, n=n)
    reach = t_of_95_percent(int(table.units.sum()) - 1) * error
    return Coefficient(value=value, n=n, se=error, ci95=(max(lowest, value - reach), min(1.0, value + reach)))


def error_of(table: Table, influence: Array, *, large_sample: bool = False) -> float | None:
    """Return the standard error of a mean of what each unit contributes.

    Args:
        table: a single one.
        influence: what a unit of each combination contributes; shape `(patterns,)`.
        large_sample: divide by n² and not by n (n - 1).
    """
    n = float(table.units.sum())
    if n < 2:
        return None
    mean = float(table.units @ influence) / n
    squares = float(table.units @ (influence - mean) ** 2)
    return sqrt(squares / (n * n if large_sample else n * (n - 1)))
