"""What all coefficients of the form (Po - Pe) / (1 - Pe) share: observed agreement, and the error of the whole."""

from math import isnan

import numpy as np

from tbcp_qual.agreement.arrays import Array, Places, Table, mean_over_pairs, quotient, same, tally
from tbcp_qual.agreement.intervals import error_of
from tbcp_qual.agreement.ratings import Weights
from tbcp_qual.agreement.weights import matrix


def weight_matrix(table: Table, weights: Weights) -> Array | None:
    """Return the weights of the categories of a table; None for identity.

    With more than two coders nobody is the first: a matrix that is not symmetric is made so.
    """
    found = matrix(table.categories, weights)
    return found if found is None or table.ratings.coders == 2 else (found + found.T) / 2


def agreement_by_pattern(table: Table, weights: Array | None) -> Array:
    """Return how far the pairs of coders agree in units of each combination, 0 where there is no pair.

    Returns:
        shape `(patterns,)`
    """
    if weights is None:
        return mean_over_pairs(table, same)

    def weight(first: Places, second: Places) -> Array:
        return weights[first, second]

    return mean_over_pairs(table, weight)


def observed(table: Table, agreeing: Array) -> Array:
    """Return the mean over units that at least two rated; NaN where there are none. Shape `(...)`."""
    return quotient(table.units @ (agreeing * table.pairable), table.units @ table.pairable)


def shares(table: Table) -> Array:
    """Return the mean share of each category in a unit, units with a single rating taken in (Gwet 2014, chapter 2).

    Returns:
        shape `(..., categories)`
    """
    units = table.units.sum(axis=-1)
    return tally(table, table.units / table.rated) / np.where(units > 0, units, 1)[..., None]


def weighted(weights: Array | None, of: Array) -> Array:
    """Return what each category gets of a distribution by the weights. Shape as `of`: `(..., categories)`."""
    return of if weights is None else of @ ((weights + weights.T) / 2)


def corrected(observed: Array, chance: Array) -> Array:
    """Return (Po - Pe) / (1 - Pe); NaN where chance alone would agree throughout."""
    return quotient(observed - chance, 1 - chance)


def mean_of(table: Table, by_category: Array) -> Array:
    """Return the mean of what the ratings of a unit have by their categories; shape `(patterns,)`."""
    there = table.given >= 0
    total: Array = np.where(there, by_category[np.where(there, table.given, 0)], 0).sum(axis=1)
    return total / table.rated


def error_given_sample(
    table: Table, value: float, agreeing: Array, chance: float, chance_by_pattern: Array | None
) -> float | None:
    """Return the standard error conditional on the coders, over units drawn at random (Gwet 2014, chapter 5).

    Args:
        table: a single one.
        value: the coefficient.
        agreeing: from `agreement_by_pattern`.
        chance: the agreement expected by chance.
        chance_by_pattern: what a unit of each combination contributes to it; None where it is fixed.
    """
    if isnan(value):
        return None
    n = float(table.units.sum())
    pairable = table.pairable
    with_pairs = float(table.units @ pairable)
    influence = n / with_pairs * (agreeing - chance) * pairable / (1 - chance)
    if chance_by_pattern is not None:
        influence = influence - 2 * (1 - value) * (chance_by_pattern - chance) / (1 - chance)
    return error_of(table, influence)
