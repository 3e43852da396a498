"""What the four coefficients of the u-alpha family share: which values met over how many positions.

Source: Krippendorff, Mathet, Bouvry and Widlöcher 2016, Quality & Quantity 50, pp. 2347-2364.
"""

from collections import Counter, defaultdict
from fractions import Fraction

from tbcp_qual.agreement.ratings import Coefficient, Figure, Undefined
from tbcp_qual.agreement.unitizing.continuum import Continuum, missing

SOURCE = "Krippendorff, Mathet, Bouvry and Widlöcher 2016, Quality & Quantity 50, pp. 2347-2364"

Value = str | None
"""A code, or None for the gaps between units."""
Lengths = Counter[tuple[Value, Value]]
"""Positions by the values of two coders, both ways round."""


def unfit(continuum: Continuum) -> Undefined | None:
    """Say why the family cannot be had: each coder may give a position one value only."""
    if continuum.doubled:
        who, span = continuum.doubled
        return Undefined(
            f"{who} coded {span.start} to {span.end} with two codes; this needs one value a position: "
            "see u_alpha by code, where each code is a layer of its own"
        )
    return missing(continuum)


def observed(continuum: Continuum) -> Lengths:
    """Return the positions at which two coders met with two values, summed over ordered pairs of coders.

    That is (m - 1) times the coincidences of equation 1, in whole numbers.
    """
    found: Lengths = Counter()
    for values, length in continuum.valued().items():
        counted = Counter(values)
        for one, n in counted.items():
            for other, m in counted.items():
                pairs = n * m - n * (one == other)
                if pairs:
                    found[one, other] += pairs * length
    return found


def agreement_beyond_chance(coincidences: Lengths, own: Counter[Value], n: int) -> Figure:
    """Return 1 - Do / De, where a unit never meets itself by chance.

    Args:
        coincidences: as `observed` gives them, of all values or of some.
        own: what is taken from the expected coincidences of a value with itself, because it is one and the same unit;
            in the same scale, (m - 1) squared times that of the paper.
        n: how many units it rests on.
    """
    margins: Counter[Value] = Counter()
    for (one, _), length in coincidences.items():
        margins[one] += length
    total = margins.total()
    disagreeing = total - sum(coincidences[value, value] for value in margins)
    by_chance = total**2 - sum(length**2 for length in margins.values())
    if not by_chance:
        return Undefined("no variation: every position that counts has the same value")
    apart = total**2 - own.total()
    if apart <= 0:
        return Undefined("too few units meet to say what chance would give")
    return Coefficient(value=float(1 - Fraction(disagreeing * apart, total * by_chance)), n=n)


def whole_units(continuum: Continuum) -> Counter[Value]:
    """Return what units have in common with themselves: their squared length; a position of a gap is a unit of one."""
    m = len(continuum.spans)
    own: Counter[Value] = Counter()
    for spans in continuum.spans.values():
        for span in spans:
            own[span.code] += span.length**2
        own[None] += continuum.length - sum(span.length for span in spans)
    return Counter({value: (m - 1) ** 2 * squares for value, squares in own.items()})


def valued_only(continuum: Continuum) -> tuple[Lengths, Counter[Value]]:
    """Return the coincidences of codes with codes, and what units have in common with themselves there.

    A unit counts by what it shares with the coded stretches of each other coder (equation 10).
    """
    coincidences = Counter({pair: n for pair, n in observed(continuum).items() if None not in pair})
    shared: dict[tuple[int, int, int], int] = defaultdict(int)
    for length, here in continuum.stretches():
        coded = [(coder, unit) for coder, unit in enumerate(here) if unit is not None]
        for coder, unit in coded:
            for other, _ in coded:
                if other != coder:
                    shared[coder, unit, other] += length
    spans = list(continuum.spans.values())
    own: Counter[Value] = Counter()
    for (coder, unit, _), length in shared.items():
        own[spans[coder][unit].code] += length**2 * (len(spans) - 1)
    return coincidences, own
