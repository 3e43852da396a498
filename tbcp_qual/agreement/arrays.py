"""Ratings as arrays, and the sums that most statistics are made of.

Units have any number of leading axes (codes, resamples), so that one formula serves a table and a thousand of them.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tbcp_qual.agreement.ratings import Ratings, Value

Array = NDArray[np.float64]
Places = NDArray[np.intp]

LARGEST = 1e100
"""Beyond it the square of a number may be too large for the machine."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """Combinations of values laid out as arrays; what nobody rated is not in it."""

    ratings: Ratings
    """What it was laid out from."""
    categories: tuple[Value, ...]
    """Those offered, else those that occur: numbers in their order, others as they come."""
    given: Places
    """Place of each value among the categories, -1 where it is missing; shape `(patterns, coders)`."""
    rated: Array
    """How many coders rated; shape `(patterns,)`."""
    units: Array
    """How many units got each combination; shape `(..., patterns)`."""

    @property
    def pairable(self) -> Array:
        """1 for combinations with at least two values, else 0; shape `(patterns,)`."""
        return (self.rated > 1).astype(float)

    @property
    def n(self) -> int:
        """How many units at least two coders rated, in a table that is only one."""
        return int(self.units @ self.pairable)


def numbers_only(ratings: Ratings) -> bool:
    """Whether all values and categories are numbers that can be squared."""
    values = [value for pattern in ratings.patterns for value in pattern if value is not None]
    return all(is_number(value) for value in (*values, *(ratings.categories or ())))


def is_number(value: Value) -> bool:
    """Whether a value is a finite number that can be squared."""
    return isinstance(value, int | float) and abs(value) <= LARGEST and isfinite(value)


def lay_out(ratings: Ratings) -> Table:
    """Return ratings as arrays, of the units that anybody rated.

    Raises:
        ValueError: a value is none of the categories offered.
    """
    patterns = {
        pattern: n for pattern, n in ratings.patterns.items() if n and any(value is not None for value in pattern)
    }
    categories = ratings.categories
    if categories is None:
        occurring = dict.fromkeys(value for pattern in patterns for value in pattern if value is not None)
        categories = tuple(occurring)
        if numbers_only(ratings):
            numbers: list[Any] = list(occurring)
            categories = tuple(sorted(numbers))
    place: dict[Value | None, int] = {value: i for i, value in enumerate(categories)}
    place[None] = -1
    if any(value not in place for pattern in patterns for value in pattern):
        raise ValueError("a value is none of the categories offered")
    given = np.array([[place[value] for value in pattern] for pattern in patterns], dtype=np.intp)
    given = given.reshape(len(patterns), ratings.coders)
    return Table(
        ratings=ratings,
        categories=categories,
        given=given,
        rated=(given >= 0).sum(axis=1).astype(float),
        units=np.array(list(patterns.values()), dtype=float),
    )


def stacked(parts: Sequence[Sequence[Ratings]], ratings: Ratings) -> Table:
    """Lay out tables of the same coders together.

    Args:
        parts: of shape `(rows, documents)`.
        ratings: says the coders, the categories offered and the level of all.

    Returns:
        a table with units of shape `(rows, documents, patterns)`
    """
    whole = replace(ratings, patterns=Counter(pattern for row in parts for part in row for pattern in part.patterns))
    table = lay_out(whole)
    known = [pattern for pattern in whole.patterns if any(value is not None for value in pattern)]
    units = [[[part.patterns.get(pattern, 0) for pattern in known] for part in row] for row in parts]
    shape = (len(parts), len(parts[0]) if parts else 0, len(known))
    return replace(table, units=np.array(units, dtype=float).reshape(shape))


def unstacked(table: Table) -> Ratings:
    """Return a table as combinations of values, its units summed over all leading axes."""
    total = table.units.sum(axis=tuple(range(table.units.ndim - 1)))
    patterns = {
        tuple(None if place < 0 else table.categories[place] for place in given): round(units)
        for given, units in zip(table.given.tolist(), total.tolist(), strict=True)
        if units
    }
    return replace(table.ratings, patterns=patterns)


def rated_by_two(table: Table) -> Table:
    """Leave out the units that only one coder rated."""
    kept = table.rated > 1
    return replace(table, given=table.given[kept], rated=table.rated[kept], units=table.units[..., kept])


def tally(table: Table, units: Array, *, coder: int | None = None) -> Array:
    """Add up units over the ratings of each category, by all coders or by one.

    Args:
        table: which combination holds which value.
        units: what each combination counts for each rating in it; shape `(..., patterns)`.
        coder: the place of one coder; None for all.

    Returns:
        shape `(..., categories)`
    """
    given = table.given if coder is None else table.given[:, coder : coder + 1]
    pattern, of = np.nonzero(given >= 0)
    category, size = given[pattern, of], len(table.categories)
    if units.ndim == 1:
        return np.bincount(category, weights=units[pattern], minlength=size).astype(float)
    # Many sets of units have few combinations among them, so that this matrix is small.
    cell = pattern * size + category
    ratings = np.bincount(cell, minlength=len(given) * size).reshape(len(given), size).astype(float)
    total: Array = units @ ratings
    return total


Between = Callable[[Places, Places], Array]
"""How far two values agree, or differ, by their places; broadcasts."""


def mean_over_pairs(table: Table, between: Between) -> Array:
    """Return the mean over the pairs of coders who rated a unit; 0 where there is no pair.

    Returns:
        shape `(patterns,)`, or with the leading axes of `between`
    """
    total: Array = np.zeros(len(table.given))
    for one, other in combinations(range(table.ratings.coders), 2):
        first, second = table.given[:, one], table.given[:, other]
        both = (first >= 0) & (second >= 0)
        total = total + np.where(both, between(first, second), 0)
    pairs = table.rated * (table.rated - 1) / 2
    mean: Array = np.where(pairs > 0, total / np.where(pairs > 0, pairs, 1), 0)
    return mean


def same(first: Places, second: Places) -> Array:
    """1 where two values are the same, else 0."""
    return np.where(first == second, 1.0, 0.0)


def margins(table: Table) -> tuple[Array, Array]:
    """Return how many units each coder rated, and what share of them got each category.

    Returns:
        shapes `(..., coders)` and `(..., coders, categories)`; shares are 0 for a coder who rated nothing
    """
    counts = np.stack([tally(table, table.units, coder=coder) for coder in range(table.ratings.coders)], axis=-2)
    rated = counts.sum(axis=-1)
    return rated, counts / np.where(rated > 0, rated, 1)[..., None]


def quotient(numerator: Array, denominator: Array) -> Array:
    """Divide; NaN where there is nothing to divide by."""
    enough = np.abs(denominator) > 1e-14
    return np.where(enough, numerator / np.where(enough, denominator, 1), np.nan)
