"""A sample beside its cohort: how many, how much, what is missing, and the standardised difference.

The sample is part of the cohort it stands beside, excluded cases included, so that what an exclusion does is seen too.
Missing values take no part in a difference; they are counted beside it.
"""

import datetime
import math
from collections.abc import Sequence

from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.values import Typed, days, natural, number

FEW = 5
"""Counts from one up to this may point to a family; they are marked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A standardised difference, or why there is none."""

    value: float | None
    """In standard deviations; None where `reason` says why."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How often one value occurs."""

    value: str
    sample: int
    cohort: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Numbers in short; a date is its day number."""

    n: int
    missing: int
    mean: float | None = None
    """None where there is no value."""
    sd: float | None = None
    """With n - 1; None where there are fewer than two values."""
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One attribute or measure in the sample and in the cohort."""

    name: str
    typed: Typed
    sample: Spread
    cohort: Spread
    levels: tuple[Level, ...]
    """In the order of the type; empty for numbers and dates."""
    difference: Difference


def of_numbers(sample: Sequence[float], cohort: Sequence[float]) -> Difference:
    """Return the difference of two means in standard deviations, positive where the sample's is higher.

    d = (m1 - m2) / sqrt((s1² + s2²) / 2), variances with n - 1: Austin (2009), Communications in Statistics -
    Simulation and Computation 38, 1228-1234; Yang and Dalton (2012), SAS Global Forum, paper 335-2012, the first formula.

    >>> round(of_numbers([2, 4], [1, 3, 5, 7]).value, 3)
    -0.48
    """
    if min(len(sample), len(cohort)) < 2:
        return Difference(value=None, reason="fewer than two values")
    apart = _mean(sample) - _mean(cohort)
    pooled = math.sqrt((_variance(sample) + _variance(cohort)) / 2)
    return _scaled(apart, pooled)


def of_shares(sample: tuple[int, int], cohort: tuple[int, int]) -> Difference:
    """Return the difference of two shares in standard deviations, positive where the sample's is higher.

    d = (p1 - p2) / sqrt((p1(1 - p1) + p2(1 - p2)) / 2); sources as for `of_numbers`.

    Args:
        sample: how many have it, of how many.
        cohort: likewise.

    >>> round(of_shares((4, 8), (15, 60)).value, 3)
    0.535
    """
    if not sample[1] or not cohort[1]:
        return Difference(value=None, reason="no values")
    p, q = sample[0] / sample[1], cohort[0] / cohort[1]
    return _scaled(p - q, math.sqrt((p * (1 - p) + q * (1 - q)) / 2))


def of_levels(sample: Sequence[int], cohort: Sequence[int]) -> Difference:
    """Return how far two distributions over the same levels lie apart; never below zero.

    d = sqrt((T - C)' S⁻¹ (T - C)), T and C the shares without one level, S the mean of the two multinomial
    covariance matrices: Yang and Dalton (2012), SAS Global Forum, paper 335-2012, on more than two levels. With two it
    is the size of `of_shares`. Levels that occur in neither are left out.

    Args:
        sample: counts, shape (levels,).
        cohort: counts of the same levels, shape (levels,).

    >>> round(of_levels([2, 1, 1], [5, 5, 10]).value, 3)
    0.603
    """
    if not sum(sample) or not sum(cohort):
        return Difference(value=None, reason="no values")
    both = [(s / sum(sample), c / sum(cohort)) for s, c in zip(sample, cohort, strict=True) if s or c][1:]
    apart = [p - q for p, q in both]
    covariance = [
        [
            (p * (1 - p) + q * (1 - q)) / 2 if i == j else -(p * other_p + q * other_q) / 2
            for j, (other_p, other_q) in enumerate(both)
        ]
        for i, (p, q) in enumerate(both)
    ]
    solved = _solve(covariance, apart)
    if solved is None:
        return _scaled(1.0 if any(apart) else 0.0, 0.0)
    return Difference(value=math.sqrt(max(0.0, sum(a * b for a, b in zip(apart, solved, strict=True)))))


def compare(name: str, typed: Typed, sample: Sequence[str], cohort: Sequence[str]) -> Compared:
    """Set the values of an attribute in a sample beside those in its cohort.

    Args:
        name: what the attribute is called.
        typed: what kind of values it takes; numbers and dates are averaged, other values counted.
        sample: a value for each case, empty where it is missing.
        cohort: likewise.
    """
    if typed.scale in ("number", "date"):
        read = number if typed.scale == "number" else days
        numbers = [[read(value) for value in values] for values in (sample, cohort)]
        return compare_numbers(name, typed, *numbers)
    known = [value for value in cohort if value]
    foreseen = ("yes", "no") if typed.scale == "yes/no" and known else typed.levels
    there = [*foreseen, *sorted(set(known) - set(foreseen), key=natural)]
    levels = tuple(Level(value=v, sample=list(sample).count(v), cohort=known.count(v)) for v in there)
    n, n_cohort = sum(level.sample for level in levels), len(known)
    if typed.scale == "yes/no" and levels:
        difference = of_shares((levels[0].sample, n), (levels[0].cohort, n_cohort))
    else:
        difference = of_levels([level.sample for level in levels], [level.cohort for level in levels])
    return Compared(
        name=name,
        typed=typed,
        sample=Spread(n=n, missing=len(sample) - n),
        cohort=Spread(n=n_cohort, missing=len(cohort) - n_cohort),
        levels=levels,
        difference=difference,
    )


def compare_numbers(
    name: str, typed: Typed, sample: Sequence[float | None], cohort: Sequence[float | None]
) -> Compared:
    """Set numbers of a sample beside those of its cohort; None is a missing one."""
    first, second = ([value for value in values if value is not None] for values in (sample, cohort))
    return Compared(
        name=name,
        typed=typed,
        sample=_spread(first, len(sample)),
        cohort=_spread(second, len(cohort)),
        levels=(),
        difference=of_numbers(first, second),
    )


def as_date(day_number: float) -> str:
    """Write a day number as a date, ISO 8601; a mean is rounded to the day."""
    return datetime.date.fromordinal(round(day_number)).isoformat()


def _spread(values: Sequence[float], cases: int) -> Spread:
    if not values:
        return Spread(n=0, missing=cases)
    return Spread(
        n=len(values),
        missing=cases - len(values),
        mean=_mean(values),
        sd=math.sqrt(_variance(values)) if len(values) > 1 else None,
        least=min(values),
        most=max(values),
    )


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _variance(values: Sequence[float]) -> float:
    middle = _mean(values)
    return math.fsum((value - middle) ** 2 for value in values) / (len(values) - 1)


def _scaled(apart: float, spread: float) -> Difference:
    if spread > 1e-12:
        return Difference(value=apart / spread)
    if abs(apart) < 1e-12:
        return Difference(value=0.0)
    return Difference(value=None, reason="no variation within either")


def _solve(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float] | None:
    """Solve a system of linear equations by elimination with pivots; None where it has no single solution."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i in range(size):
        best = max(range(i, size), key=lambda r: abs(rows[r][i]))
        if abs(rows[best][i]) < 1e-12:
            return None
        rows[i], rows[best] = rows[best], rows[i]
        for r in range(i + 1, size):
            factor = rows[r][i] / rows[i][i]
            for c in range(i, size + 1):
                rows[r][c] -= factor * rows[i][c]
    solved = [0.0] * size
    for i in reversed(range(size)):
        known = sum(rows[i][c] * solved[c] for c in range(i + 1, size))
        solved[i] = (rows[i][size] - known) / rows[i][i]
    return solved
