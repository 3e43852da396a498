"""The maximum of Cohen's kappa: the largest that it could be, given how often each coder used each category."""

import numpy as np

from tbcp_qual.agreement.arrays import Array, Table, lay_out, margins, rated_by_two
from tbcp_qual.agreement.chance import corrected
from tbcp_qual.agreement.intervals import figure
from tbcp_qual.agreement.ratings import FOR_TWO, NO_UNITS, Figure, Ratings, Statistic, Undefined
from tbcp_qual.agreement.two_coders import SAME_THROUGHOUT, by_own_margins


def cohen_kappa_max(ratings: Ratings) -> Figure:
    """Return (Pmax - Pe) / (1 - Pe), Pmax the sum of the smaller of the two coders' margins per category.

    Source: Cohen 1960, Educational and Psychological Measurement 20(1), p. 42.
    What is between it and 1 is owed to different habits alone. Units and undefined cases as for Cohen's kappa.

    The table of Cohen (1960, p. 45) has .831:

    >>> table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    >>> counts = {(i, j): n for i, row in enumerate(table) for j, n in enumerate(row)}
    >>> round(cohen_kappa_max(Ratings(coders=2, patterns=counts)).value, 3)
    0.831
    """
    table = rated_by_two(lay_out(ratings))
    return figure(table, float(values(table)), undefined=SAME_THROUGHOUT) if table.n else Undefined(NO_UNITS)


def values(table: Table) -> Array:
    """The same for many sets of units."""
    table = rated_by_two(table)
    rated, share = margins(table)
    # The sum of the smaller margins, written so that equal margins give exactly 1.
    most = 1 - np.abs(share[..., 0, :] - share[..., 1, :]).sum(axis=-1) / 2
    most = np.where(rated[..., 0] > 0, most, np.nan)
    return corrected(most, by_own_margins(table, None))


def _accepts(ratings: Ratings) -> str | None:
    return None if ratings.coders == 2 else FOR_TWO


STATISTIC = Statistic(
    name="cohen_kappa_max",
    label="maximum of Cohen's kappa",
    source="Cohen 1960, p. 42",
    error=None,
    accepts=_accepts,
    compute=cohen_kappa_max,
    values=values,
)
