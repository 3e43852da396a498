"""Krippendorff's cu-alpha: agreement on the code where at least two coders coded something, gaps left out."""

from tbcp_qual.agreement.ratings import Figure, Undefined
from tbcp_qual.agreement.unitizing.coincidences import SOURCE, agreement_beyond_chance, unfit, valued_only
from tbcp_qual.agreement.unitizing.continuum import Continuum, SpanFigure, SpanStatistic

NOWHERE = "no stretch was coded by two coders"


def cu_alpha(continuum: Continuum) -> SpanFigure:
    """Return 1 - Do / De over what coded stretches of two coders share (2016, equations 10 and 11).

    The example of `u_alpha`; Krippendorff (2019, p. 340) prints .724:

    >>> example = Continuum.of(
    ...     60,
    ...     Alex=[(2, 9, "1"), (11, 17, "2"), (24, 30, "5"), (32, 36, "6"), (36, 44, "6"), (44, 60, "7")],
    ...     Paul=[(2, 9, "1"), (11, 17, "3"), (19, 25, "5"), (32, 44, "6")],
    ...     Suzan=[(2, 9, "1"), (11, 17, "4"), (21, 27, "5"), (32, 36, "6"), (36, 40, "6"), (40, 44, "6")],
    ... )
    >>> round(cu_alpha(example).overall.value, 3)
    0.724
    """
    return SpanFigure(overall=unfit(continuum) or _figure(continuum))


def _figure(continuum: Continuum) -> Figure:
    coincidences, own = valued_only(continuum)
    return agreement_beyond_chance(coincidences, own, continuum.units) if coincidences else Undefined(NOWHERE)


STATISTIC = SpanStatistic(
    name="cu_alpha", label="Krippendorff's cu-alpha", source=f"{SOURCE}, equation 11", compute=cu_alpha
)
