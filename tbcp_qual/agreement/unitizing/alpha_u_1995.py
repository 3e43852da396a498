"""Krippendorff's alpha-U of 1995: agreement on the units of one code by squared differences of their ends."""

from bisect import bisect_left
from collections.abc import Iterator
from fractions import Fraction
from itertools import accumulate, combinations

from tbcp_qual.agreement.ratings import Coefficient, Figure, Undefined
from tbcp_qual.agreement.unitizing.continuum import CodedSpan, Continuum, SpanFigure, SpanStatistic, missing
from tbcp_qual.coding.spans import Span

Section = tuple[Span, bool]
"""A stretch of one coder's continuum, and whether it is a unit; else it is a gap."""


def alpha_u_1995(continuum: Continuum) -> SpanFigure:
    """Return 1 - Do / De for each code, and with Do and De summed over the codes.

    Not `u_alpha` of 2016, which mended it for more than two coders. The example of Krippendorff (2004, p. 254), its
    continuum from 150 to 450 moved to 0; printed are .7286, 1 and .8591:

    >>> example = Continuum.of(
    ...     300,
    ...     one=[(75, 145, "c"), (220, 250, "c"), (30, 90, "k"), (150, 200, "k")],
    ...     two=[(70, 150, "c"), (205, 225, "c"), (250, 270, "c"), (30, 90, "k"), (150, 200, "k")],
    ... )
    >>> found = alpha_u_1995(example)
    >>> [round(figure.value, 3) for figure in (*found.by_code.values(), found.overall)]
    [0.729, 1.0, 0.859]
    """
    unfitting = missing(continuum)
    if unfitting:
        return SpanFigure(overall=unfitting, by_code=dict.fromkeys(continuum.codes, unfitting))
    layers = {code: continuum.only(code) for code in continuum.codes}
    observed = {code: observed_disagreement(layer) for code, layer in layers.items()}
    expected = {code: expected_disagreement(layer) for code, layer in layers.items()}
    return SpanFigure(
        overall=_figure(sum(observed.values(), Fraction()), sum(expected.values(), Fraction()), continuum.units),
        by_code={code: _figure(observed[code], expected[code], layer.units) for code, layer in layers.items()},
    )


def _figure(observed: Fraction, expected: Fraction, n: int) -> Figure:
    if not expected:
        return Undefined("no variation: chance could not disagree either")
    return Coefficient(value=float(1 - observed / expected), n=n)


def observed_disagreement(layer: Continuum) -> Fraction:
    """Return Do of one code (2004, section 11.7): the mean squared difference of sections that meet."""
    m = len(layer.spans)
    sections = [list(_sections(own, layer.length)) for own in layer.spans.values()]
    total = 0
    for first, second in combinations(sections, 2):
        i = j = 0
        while i < len(first) and j < len(second):
            total += squared_difference(first[i], second[j])
            one, other = first[i][0].end, second[j][0].end
            i += one <= other
            j += other <= one
    return Fraction(2 * total, m * (m - 1) * layer.length**2)


def squared_difference(one: Section, other: Section) -> int:
    """Return how much two sections differ (2004, section 11.7): by both ends, or by a unit that falls into a gap.

    >>> squared_difference((Span(225, 295), True), (Span(220, 300), True))
    50
    >>> squared_difference((Span(400, 450), False), (Span(400, 420), True))
    400
    """
    (a, is_unit), (b, other_is_unit) = one, other
    if is_unit and other_is_unit:
        return (a.start - b.start) ** 2 + (a.end - b.end) ** 2 if a.overlaps(b) else 0
    if is_unit == other_is_unit:
        return 0
    unit, gap = (a, b) if is_unit else (b, a)
    return (unit.end - unit.start) ** 2 if gap.start <= unit.start and unit.end <= gap.end else 0


def expected_disagreement(layer: Continuum) -> Fraction:
    """Return De of one code (2004, section 11.7): every unit laid everywhere that it could lie."""
    m, length = len(layer.spans), layer.length
    units = [span.length for own in layer.spans.values() for span in own]
    gaps = sorted(
        span.end - span.start for own in layer.spans.values() for span, is_unit in _sections(own, length) if not is_unit
    )
    sums = [0, *accumulate(gaps)]
    total = 0
    for unit in units:
        fits = bisect_left(gaps, unit)
        places = sums[-1] - sums[fits] - (len(gaps) - fits) * (unit - 1)
        total += (len(units) - 1) * (2 * unit**3 - 3 * unit**2 + unit) // 3 + unit**2 * places
    pairs = m * length * (m * length - 1) - sum(unit * (unit - 1) for unit in units)
    return Fraction(2 * total, length * pairs)


def _sections(own: tuple[CodedSpan, ...], length: int) -> Iterator[Section]:
    """Give units and the gaps around them in order."""
    reached = 0
    for start, end, _ in own:
        if start > reached:
            yield Span(reached, start), False
        yield Span(start, end), True
        reached = end
    if reached < length:
        yield Span(reached, length), False


STATISTIC = SpanStatistic(
    name="alpha_u_1995",
    label="Krippendorff's alpha-U of 1995",
    source="Krippendorff 1995, Sociological Methodology 25, pp. 47-76; 2004, Content Analysis, section 11.7",
    compute=alpha_u_1995,
)
