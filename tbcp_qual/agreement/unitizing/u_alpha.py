"""Krippendorff's u-alpha: agreement on units and their codes, gaps included."""

from tbcp_qual.agreement.ratings import Figure
from tbcp_qual.agreement.unitizing.coincidences import (
    SOURCE,
    agreement_beyond_chance,
    observed,
    unfit,
    whole_units,
)
from tbcp_qual.agreement.unitizing.continuum import Continuum, SpanFigure, SpanStatistic


def u_alpha(continuum: Continuum) -> SpanFigure:
    """Return 1 - Do / De over all positions, coded or not (2016, equation 5), and the same for each code alone.

    By chance a unit is drawn whole, a gap position by position. By code, all other codes count as gaps, so that codes
    which lie over one another can be compared too.

    Alex, Paul and Suzan (2016, the example throughout; also Krippendorff 2019, p. 340, which prints .510):

    >>> example = Continuum.of(
    ...     60,
    ...     Alex=[(2, 9, "1"), (11, 17, "2"), (24, 30, "5"), (32, 36, "6"), (36, 44, "6"), (44, 60, "7")],
    ...     Paul=[(2, 9, "1"), (11, 17, "3"), (19, 25, "5"), (32, 44, "6")],
    ...     Suzan=[(2, 9, "1"), (11, 17, "4"), (21, 27, "5"), (32, 36, "6"), (36, 40, "6"), (40, 44, "6")],
    ... )
    >>> round(u_alpha(example).overall.value, 3)
    0.51
    """
    return SpanFigure(
        overall=_figure(continuum), by_code={code: _figure(continuum.only(code)) for code in continuum.codes}
    )


def _figure(continuum: Continuum) -> Figure:
    return unfit(continuum) or agreement_beyond_chance(observed(continuum), whole_units(continuum), continuum.units)


STATISTIC = SpanStatistic(
    name="u_alpha", label="Krippendorff's u-alpha", source=f"{SOURCE}, equation 5", compute=u_alpha
)
