"""Cohen's kappa: agreement of two coders beyond what their own habits would give by chance."""

from tbcp_qual.agreement.arrays import Array, Table, lay_out
from tbcp_qual.agreement.ratings import FOR_TWO, Figure, Ratings, Statistic
from tbcp_qual.agreement.two_coders import kappa, kappa_values


def cohen_kappa(ratings: Ratings) -> Figure:
    """Return (Po - Pe) / (1 - Pe), Pe from each coder's own margins.

    Source: Cohen 1960, Educational and Psychological Measurement 20(1), p. 40.
    Values are taken as categories, whatever their level. Units that one of the two did not rate are left out.
    Undefined where both gave one and the same value throughout: Pe is 1 then. Where only one coder never varies it is
    0 by the formula, however the other rated.

    The table of Cohen (1960, p. 45) has .492:

    >>> table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    >>> counts = {(i, j): n for i, row in enumerate(table) for j, n in enumerate(row)}
    >>> figure = cohen_kappa(Ratings(coders=2, patterns=counts))
    >>> round(figure.value, 3), figure.n
    (0.492, 200)
    """
    return kappa(lay_out(ratings), "identity")


def values(table: Table) -> Array:
    """The same for many sets of units."""
    return kappa_values(table, "identity")


def _accepts(ratings: Ratings) -> str | None:
    return None if ratings.coders == 2 else FOR_TWO


STATISTIC = Statistic(
    name="cohen_kappa",
    label="Cohen's kappa",
    source="Cohen 1960, p. 40",
    error="Fleiss, Cohen & Everitt 1969, pp. 323-327",
    accepts=_accepts,
    compute=cohen_kappa,
    values=values,
)
