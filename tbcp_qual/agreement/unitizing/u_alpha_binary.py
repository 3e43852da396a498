"""Krippendorff's |u-alpha: agreement on what is coded at all, whatever the codes."""

from collections import Counter

from tbcp_qual.agreement.ratings import Figure, Undefined
from tbcp_qual.agreement.unitizing.coincidences import (
    SOURCE,
    Lengths,
    agreement_beyond_chance,
    observed,
    unfit,
    whole_units,
)
from tbcp_qual.agreement.unitizing.continuum import Continuum, SpanFigure, SpanStatistic

CODED = "coded"


def u_alpha_binary(continuum: Continuum) -> SpanFigure:
    """Return 1 - Do / De of coded against not coded (2016, equation 6).

    The example of `u_alpha`; Krippendorff (2019, p. 340) prints .413:

    >>> example = Continuum.of(
    ...     60,
    ...     Alex=[(2, 9, "1"), (11, 17, "2"), (24, 30, "5"), (32, 36, "6"), (36, 44, "6"), (44, 60, "7")],
    ...     Paul=[(2, 9, "1"), (11, 17, "3"), (19, 25, "5"), (32, 44, "6")],
    ...     Suzan=[(2, 9, "1"), (11, 17, "4"), (21, 27, "5"), (32, 36, "6"), (36, 40, "6"), (40, 44, "6")],
    ... )
    >>> round(u_alpha_binary(example).overall.value, 3)
    0.413
    """
    return SpanFigure(overall=unfit(continuum) or _figure(continuum))


def _figure(continuum: Continuum) -> Figure:
    binary: Lengths = Counter()
    for (one, other), length in observed(continuum).items():
        binary[one and CODED, other and CODED] += length
    if not binary[None, None] + binary[None, CODED]:
        return Undefined("nobody left a gap")
    return agreement_beyond_chance(binary, whole_units(continuum), continuum.units)


STATISTIC = SpanStatistic(
    name="u_alpha_binary", label="Krippendorff's |u-alpha", source=f"{SOURCE}, equation 6", compute=u_alpha_binary
)
