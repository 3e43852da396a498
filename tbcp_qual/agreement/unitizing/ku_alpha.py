"""Krippendorff's (k)u-alpha: agreement on one code, where at least two coders coded something."""

from collections import Counter
from fractions import Fraction

from tbcp_qual.agreement.ratings import Coefficient, Figure, Undefined
from tbcp_qual.agreement.unitizing.coincidences import SOURCE, Lengths, Value, unfit, valued_only
from tbcp_qual.agreement.unitizing.continuum import Continuum, SpanFigure, SpanStatistic

BY_CODE = "by code: see by_code"


def ku_alpha(continuum: Continuum) -> SpanFigure:
    """Return, for each code, 1 - Do / De of this code against the others among coded stretches (2016, equation 13).

    There is no overall figure: that is `cu_alpha`. The example of `u_alpha`, whose authors print 1 for 1, 5 and 6,
    0 for 2, 3 and 4, and none for 7:

    >>> example = Continuum.of(
    ...     60,
    ...     Alex=[(2, 9, "1"), (11, 17, "2"), (24, 30, "5"), (32, 36, "6"), (36, 44, "6"), (44, 60, "7")],
    ...     Paul=[(2, 9, "1"), (11, 17, "3"), (19, 25, "5"), (32, 44, "6")],
    ...     Suzan=[(2, 9, "1"), (11, 17, "4"), (21, 27, "5"), (32, 36, "6"), (36, 40, "6"), (40, 44, "6")],
    ... )
    >>> for code, figure in ku_alpha(example).by_code.items():
    ...     print(code, round(figure.value, 3) if isinstance(figure, Coefficient) else figure.reason)
    1 1.0
    2 0.0
    3 0.0
    4 0.0
    5 1.0
    6 1.0
    7 where it was used nobody else coded anything
    """
    unfitting = unfit(continuum)
    if unfitting:
        return SpanFigure(overall=unfitting, by_code=dict.fromkeys(continuum.codes, unfitting))
    coincidences, own = valued_only(continuum)
    units = Counter(span.code for spans in continuum.spans.values() for span in spans)
    return SpanFigure(
        overall=Undefined(BY_CODE),
        by_code={code: _figure(code, coincidences, own, units[code]) for code in continuum.codes},
    )


def _figure(code: str, coincidences: Lengths, own: Counter[Value], n: int) -> Figure:
    margins: Counter[Value] = Counter()
    for (one, _), length in coincidences.items():
        margins[one] += length
    others = margins.total() - margins[code]
    if not margins[code]:
        return Undefined("where it was used nobody else coded anything")
    if not others:
        return Undefined("no variation: where two coders coded, they used no other code")
    # Equation 13 with the expected coincidences written out; what they share as a factor falls away.
    expected = margins[code] * margins.total() - own[code]
    disagreeing = margins[code] - coincidences[code, code]
    return Coefficient(value=float(1 - Fraction(expected * disagreeing, margins[code] ** 2 * others)), n=n)


STATISTIC = SpanStatistic(
    name="ku_alpha", label="Krippendorff's (k)u-alpha", source=f"{SOURCE}, equation 13", compute=ku_alpha
)
