"""How nearly two different categories count as agreement: the eight schemes in use, as matrices.

Source: Gwet 2014, Handbook of Inter-Rater Reliability, 4th ed., chapter 3. Each is 1 on the diagonal.
Numbers count by their size; other categories by their place, from 1 on, in the order that is said.
"""

from collections.abc import Callable, Mapping
from typing import Any, get_args

import numpy as np

from tbcp_qual.agreement.arrays import Array, is_number, numbers_only
from tbcp_qual.agreement.ratings import Level, Ratings, Scheme, Weights

SCHEMES: tuple[Scheme, ...] = get_args(Scheme)

OF_LEVEL: Mapping[Level, Scheme] = {
    "nominal": "identity",
    "ordinal": "ordinal",
    "interval": "quadratic",
    "ratio": "ratio",
}
"""What a statistic that needs weights takes where nobody chose them."""

MOST = 2_000
"""Categories that weights are worked out for: more is measuring, not putting into categories."""


def identity(x: Array) -> Array:
    """Only the same is agreement: 0 for all others."""
    return np.eye(len(x))


def linear(x: Array) -> Array:
    """1 - |a - b| / (max - min)."""
    return _of_distance(np.abs(_between(x)))


def quadratic(x: Array) -> Array:
    """1 - (a - b)² / (max - min)²."""
    return _of_distance(_between(x) ** 2)


def radical(x: Array) -> Array:
    """1 - √|a - b| / √(max - min)."""
    return _of_distance(np.sqrt(np.abs(_between(x))))


def ordinal(x: Array) -> Array:
    """1 - the number of pairs among the categories from a to b, in relation to all pairs."""
    steps = np.abs(_between(np.arange(len(x), dtype=float)))
    return _of_distance(steps * (steps + 1) / 2)


def ratio(x: Array) -> Array:
    """1 - ((a - b) / (a + b))², in relation to that of max and min."""
    both = x[:, None] + x[None, :]
    return _of_distance((_between(x) / np.where(both == 0, 1, both)) ** 2)


def circular(x: Array) -> Array:
    """1 - sin²(π (a - b) / (max - min + 1)), in relation to the largest: the last lies beside the first."""
    return _of_distance(np.sin(np.pi * _between(x) / (x.max() - x.min() + 1)) ** 2)


def bipolar(x: Array) -> Array:
    """1 - (a - b)² / ((a + b - 2 min) (2 max - a - b)), in relation to the largest: the ends are far apart."""
    both = x[:, None] + x[None, :]
    room = (both - 2 * x.min()) * (2 * x.max() - both)
    return _of_distance(_between(x) ** 2 / np.where(room == 0, 1, room))


_MATRICES: Mapping[Scheme, Callable[[Array], Array]] = {
    "identity": identity,
    "linear": linear,
    "quadratic": quadratic,
    "ordinal": ordinal,
    "radical": radical,
    "ratio": ratio,
    "circular": circular,
    "bipolar": bipolar,
}


def chosen(ratings: Ratings, *, by_level: bool) -> Weights:
    """Return the weights that were chosen, else those of the level, else none.

    Args:
        ratings: what is compared.
        by_level: whether the statistic takes those of the level where nobody chose.
    """
    return ratings.weights or (OF_LEVEL[ratings.level] if by_level else "identity")


def refusal(ratings: Ratings, weights: Weights) -> str | None:
    """Say why these weights cannot be had of these ratings; None where they can."""
    if weights == "identity":
        return None
    offered = ratings.categories
    if not isinstance(weights, str):
        size = len(weights)
        fits = offered is not None and len(offered) == size and all(len(row) == size for row in weights)
        return None if fits else "weights of one's own need the categories they stand for, in order"
    if offered is None and not numbers_only(ratings):
        return f"{weights} weights need numbers, or categories in a stated order"
    values: set[Any] = set(offered or (value for pattern in ratings.patterns for value in pattern)) - {None}
    if weights == "ratio" and all(map(is_number, values)) and any(value < 0 for value in values):
        return "ratio weights need numbers of 0 and above"
    if len(values) > MOST:
        return f"there are {len(values):,} different values; weights are worked out for at most {MOST:,}"
    return None


def matrix(categories: tuple[Any, ...], weights: Weights) -> Array | None:
    """Return the weight of each pair of categories, shape `(categories, categories)`; None for identity."""
    if weights == "identity" or len(categories) < 2:
        return None
    if not isinstance(weights, str):
        return np.array(weights, dtype=float)
    return _MATRICES[weights](_sizes(categories, weights))


def _sizes(categories: tuple[Any, ...], weights: Scheme) -> Array:
    if not all(map(is_number, categories)):
        return np.arange(1, len(categories) + 1, dtype=float)
    lowest = 0 if weights == "ratio" else min(categories)
    return np.array([float(number - lowest) for number in categories])


def _between(x: Array) -> Array:
    return x[:, None] - x[None, :]


def _of_distance(distance: Array) -> Array:
    largest = distance.max()
    return 1 - distance / largest if largest > 0 else np.ones_like(distance)
