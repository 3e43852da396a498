"""How far two values differ, for Krippendorff's alpha: the four levels, and values with a shape of their own.

Every distance stands where the squared difference stands in the formula: 0 for the same, and only proportions matter.
"""

from collections.abc import Callable, Hashable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Protocol

import numpy as np

from tbcp_qual.agreement.arrays import Array, Places, is_number
from tbcp_qual.agreement.ratings import Level, Value

Distance = Callable[[Any, Any], float]
"""The distance of two values, the same both ways, 0 of a value from itself."""

ROWS = 32
"""Categories compared with all others at a time; bounds the memory that many different numbers take."""


class Difference(Protocol):
    """A distance laid out for arrays of places among the categories."""

    def between(self, first: Places, second: Places) -> Array:
        """Return how far values differ; broadcasts, with the leading axes of the totals it was made from."""

    def from_all(self, weights: Array) -> Array:
        """Return how far each category differs from all, each counted by its weight; shape as `weights`."""


class _Nominal:
    def between(self, first: Places, second: Places) -> Array:
        return np.where(first != second, 1.0, 0.0)

    def from_all(self, weights: Array) -> Array:
        total: Array = weights.sum(axis=-1, keepdims=True)
        return total - weights


class _Scores:
    """Squared differences of scores, shape `(..., categories)`."""

    def __init__(self, scores: Array) -> None:
        self._scores = scores

    def between(self, first: Places, second: Places) -> Array:
        apart: Array = self._scores[..., first] - self._scores[..., second]
        return apart**2

    def from_all(self, weights: Array) -> Array:
        total = weights.sum(axis=-1, keepdims=True)
        apart = np.where(total > 0, total, 1)
        middle = (weights * self._scores).sum(axis=-1, keepdims=True) / apart
        spread = (weights * (self._scores - middle) ** 2).sum(axis=-1, keepdims=True)
        found: Array = total * (self._scores - middle) ** 2 + spread
        return found


class _Ratio:
    def __init__(self, numbers: Array) -> None:
        self._numbers = numbers

    def _of(self, first: Array, second: Array) -> Array:
        both = first + second
        both[both == 0] = 1
        apart = first - second
        apart /= both
        apart *= apart
        return apart

    def between(self, first: Places, second: Places) -> Array:
        return self._of(self._numbers[first], self._numbers[second])

    def from_all(self, weights: Array) -> Array:
        rows = [self._numbers[i : i + ROWS, None] for i in range(0, len(self._numbers), ROWS)]
        return np.concatenate([weights @ self._of(row, self._numbers).T for row in rows], axis=-1)


class _Listed:
    def __init__(self, matrix: Array) -> None:
        self._matrix = matrix

    def between(self, first: Places, second: Places) -> Array:
        return self._matrix[first, second]

    def from_all(self, weights: Array) -> Array:
        return weights @ self._matrix


def of_level(level: Level, categories: tuple[Value, ...], totals: Array) -> Difference:
    """Return the difference of a level (Krippendorff 2011, pp. 5 and 6).

    Nominal: different is different. Ordinal: how many values lie between the two, half of their own counted, which is
    the difference of their mean ranks. Interval: how far apart. Ratio: the same in relation to their size.

    Args:
        level: what may be said of two different values.
        categories: in their order.
        totals: how often each occurs in pairable units; shape `(..., categories)`.
    """
    if level == "nominal":
        return _Nominal()
    if level == "ordinal":
        return _Scores(np.cumsum(totals, axis=-1) - totals / 2)
    numbers: list[Any] = list(categories)
    if level == "ratio":
        return _Ratio(np.array([float(number) for number in numbers]))
    lowest, highest = min(numbers), max(numbers)
    # Differences of whole numbers are exact before they become floats, and scaled they cannot overflow.
    return _Scores(np.array([float(number - lowest) for number in numbers]) / (float(highest - lowest) or 1.0))


def of_function(distance: Distance, categories: tuple[Value, ...]) -> Difference:
    """Return a distance given as a function, worked out for each two categories once."""
    matrix = np.zeros((len(categories), len(categories)))
    for i, one in enumerate(categories):
        for j in range(i):
            matrix[i, j] = matrix[j, i] = distance(one, categories[j])
    return _Listed(matrix)


def jaccard_distance(one: AbstractSet[Hashable], other: AbstractSet[Hashable]) -> float:
    """Return 1 - what two sets share of what they hold together (Jaccard 1912, New Phytologist 11(2), pp. 37 to 50).

    Two empty sets are the same.

    >>> jaccard_distance({"listened to", "trust"}, {"trust"})
    0.5
    """
    together = len(one | other)
    return 1 - len(one & other) / together if together else 0.0


def masi_distance(one: AbstractSet[Hashable], other: AbstractSet[Hashable]) -> float:
    """Return 1 - J M: J as for Jaccard; M 1 for equal sets, 2/3 where one holds the other, 1/3 for overlap, else 0.

    Source: Passonneau 2006, Measuring Agreement on Set-valued Items (MASI), LREC, pp. 831 to 836.

    >>> masi_distance({"a", "b", "c"}, {"a", "b"}) == 1 - 2 / 3 * 2 / 3
    True
    """
    if one == other:
        return 0.0
    if not one & other:
        return 1.0
    return 1 - (1 - jaccard_distance(one, other)) * (2 / 3 if one <= other or other <= one else 1 / 3)


def tree_distance(parents: Mapping[str, str | None]) -> Distance:
    """Return the distance of two codes in a tree: a sibling counts less than a stranger.

    It is 1 - 2 d / (d1 + d2), with d1 and d2 how deep the codes lie, a code at the top being 1 deep, and d how deep
    their last common ancestor (Wu & Palmer 1994, ACL, pp. 133 to 138). Below different tops it is 1; a value that is no code,
    as "uncoded", is 1 from all.

    Args:
        parents: the code above each code; None at the top.

    >>> distance = tree_distance({"barriers": None, "travel": "barriers", "cost": "barriers", "trust": None})
    >>> distance("travel", "cost"), round(distance("travel", "barriers"), 3), distance("travel", "trust")
    (0.5, 0.333, 1.0)
    """

    def way_down(code: str) -> list[str]:
        way: list[str] = []
        at: str | None = code
        while at is not None and at not in way:
            way.append(at)
            at = parents.get(at)
        return way[::-1]

    ways = {code: way_down(code) for code in parents}

    def distance(one: str, other: str) -> float:
        if one == other:
            return 0.0
        if one not in ways or other not in ways:
            return 1.0
        first, second = ways[one], ways[other]
        shared = 0
        while shared < min(len(first), len(second)) and first[shared] == second[shared]:
            shared += 1
        return 1 - 2 * shared / (len(first) + len(second))

    return distance


def need(level: Level, categories: tuple[Value, ...] | None, occurring: list[Any]) -> str | None:
    """Say what a level needs that the values do not have; None where they have it.

    Args:
        level: what may be said of two different values.
        categories: those offered, in order; None where that is not said.
        occurring: all values.
    """
    if level == "nominal" or (level == "ordinal" and categories is not None):
        return None
    if not all(is_number(value) for value in (*occurring, *(categories or ()))):
        or_order = ", or categories in a stated order" if level == "ordinal" else ""
        return f"the {level} level needs numbers, none beyond 1e+100{or_order}"
    if level == "ratio" and any(value < 0 for value in occurring):
        return "the ratio level needs numbers of 0 and above"
    return None
