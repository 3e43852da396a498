"""What the measures without a correction for chance share: two coders at a time, then the mean over the pairs."""

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations

from tbcp_qual.agreement.ratings import Coefficient, Figure, Undefined
from tbcp_qual.agreement.unitizing.continuum import CodedSpan, Continuum, SpanFigure, missing

Own = tuple[CodedSpan, ...]
Parts = tuple[Fraction, Fraction]
"""What two coders have in common, and what it is a share of."""


def mean_of_pairs(continuum: Continuum, parts: Callable[[Own, Own, int], Parts], nothing: str) -> SpanFigure:
    """Return the mean share of all pairs of coders, for each code and with the parts summed over the codes.

    Args:
        parts: of the spans of one code by two coders on a continuum of this length.
        nothing: why there is no figure where no pair has a share.
    """
    unfitting = missing(continuum)
    if unfitting:
        return SpanFigure(overall=unfitting, by_code=dict.fromkeys(continuum.codes, unfitting))
    pairs = list(combinations(continuum.coders, 2))
    layers = {code: continuum.only(code) for code in continuum.codes}
    found = {
        code: [parts(layer.spans[one], layer.spans[other], layer.length) for one, other in pairs]
        for code, layer in layers.items()
    }
    summed = [
        (sum((own[i][0] for own in found.values()), Fraction()), sum((own[i][1] for own in found.values()), Fraction()))
        for i in range(len(pairs))
    ]
    return SpanFigure(
        overall=_mean(summed, continuum.units, nothing),
        by_code={code: _mean(found[code], layer.units, nothing) for code, layer in layers.items()},
    )


def _mean(parts: list[Parts], n: int, nothing: str) -> Figure:
    """Return the mean of the shares; a pair of which neither has anything has none."""
    shares = [common / whole for common, whole in parts if whole]
    return Coefficient(value=float(sum(shares) / len(shares)), n=n) if shares else Undefined(nothing)
