"""Cohen's kappa: agreement of two coders beyond what their own habits would give by chance."""

from collections import Counter

from tbcp_qual.agreement.ratings import NO_UNITS, Coefficient, Figure, Ratings, Statistic, Undefined, Value


def cohen_kappa(ratings: Ratings) -> Figure:
    """Return (Po - Pe) / (1 - Pe), Pe from each coder's own margins (Cohen 1960, EPM 20, p. 40).

    Values are taken as categories, whatever their level. Units that one of the two did not rate are left out.
    Undefined where both gave one and the same value throughout: Pe is 1 then. Where only one coder never varies it is
    0 by the formula, however the other rated.

    The table of Cohen (1960, p. 45) has .492:

    >>> table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    >>> counts = {(i, j): n for i, row in enumerate(table) for j, n in enumerate(row)}
    >>> cohen_kappa(Ratings(coders=2, patterns=counts))  # doctest: +ELLIPSIS
    Coefficient(value=0.4915..., n=200)
    """
    agreed = n = 0
    first: Counter[Value] = Counter()
    second: Counter[Value] = Counter()
    for (one, other), weight in ratings.pairable().items():
        n += weight
        agreed += weight * (one == other)
        first[one] += weight
        second[other] += weight
    if not n:
        return Undefined(NO_UNITS)
    by_chance = sum(count * second[value] for value, count in first.items())
    if by_chance == n * n:
        return Undefined("no variation: both coders gave every unit the same value")
    return Coefficient(value=(agreed * n - by_chance) / (n * n - by_chance), n=n)


def _accepts(ratings: Ratings) -> str | None:
    return None if ratings.coders == 2 else "Cohen's kappa is for two coders"


STATISTIC = Statistic(
    name="cohen_kappa",
    label="Cohen's kappa",
    source="Cohen 1960, p. 40",
    accepts=_accepts,
    compute=cohen_kappa,
)
