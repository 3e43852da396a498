"""What the kappas of two coders share: only units that both rated, and each coder's own margins."""

from math import isnan

import numpy as np

from tbcp_qual.agreement.arrays import Array, Table, margins, rated_by_two
from tbcp_qual.agreement.chance import agreement_by_pattern, corrected, observed, weight_matrix
from tbcp_qual.agreement.intervals import error_of, figure
from tbcp_qual.agreement.ratings import NO_UNITS, Figure, Weights

SAME_THROUGHOUT = "no variation: both coders gave every unit the same value"


def by_own_margins(table: Table, weights: Array | None) -> Array:
    """Return the agreement that two coders would have by their own habits alone. Shape `(...)`."""
    _, share = margins(table)
    first, second = share[..., 0, :], share[..., 1, :]
    if weights is not None:
        first = first @ weights
    expected: Array = (first * second).sum(axis=-1)
    return expected


def kappa_values(table: Table, weights: Weights) -> Array:
    """Return kappa of two coders for many sets of units; NaN where it is undefined."""
    table = rated_by_two(table)
    by_pair = weight_matrix(table, weights)
    return corrected(observed(table, agreement_by_pattern(table, by_pair)), by_own_margins(table, by_pair))


def kappa(table: Table, weights: Weights) -> Figure:
    """Return kappa of two coders with its standard error in large samples.

    Source of the error: Fleiss, Cohen & Everitt 1969, Psychological Bulletin 72(5), pp. 323 to 327.
    """
    table = rated_by_two(table)
    if not table.n:
        return figure(table, np.nan, undefined=NO_UNITS)
    by_pair = weight_matrix(table, weights)
    agreeing = agreement_by_pattern(table, by_pair)
    chance = float(by_own_margins(table, by_pair))
    value = float(corrected(observed(table, agreeing), np.array(chance)))
    error = None
    if not isnan(value):
        _, share = margins(table)
        towards_second, towards_first = share[1], share[0]
        if by_pair is not None:
            towards_second, towards_first = by_pair @ share[1], share[0] @ by_pair
        usual = towards_second[table.given[:, 0]] + towards_first[table.given[:, 1]]
        error = error_of(table, (agreeing - (1 - value) * usual) / (1 - chance), large_sample=True)
    return figure(table, value, undefined=SAME_THROUGHOUT, error=error)
