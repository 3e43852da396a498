"""Dice's coefficient of spans: what two coders coded alike, as a share of what each coded."""

from fractions import Fraction

from tbcp_qual.agreement.unitizing.continuum import Continuum, SpanFigure, SpanStatistic
from tbcp_qual.agreement.unitizing.pairs import Own, Parts, mean_of_pairs
from tbcp_qual.coding.spans import Span, intersection, union


def dice(continuum: Continuum) -> SpanFigure:
    """Return 2 |A and B| / (|A| + |B|) in positions; with more coders the mean of the pairs (Dice 1945, p. 298).

    Codes are compared one by one and their positions summed. Nothing is taken off for chance. Two coders who each
    coded 125 of 1,000 positions, 50 of them both:

    >>> dice(Continuum.of(1000, AK=[(0, 125, "trust")], RM=[(75, 200, "trust")])).overall.value
    0.4
    """
    return mean_of_pairs(continuum, _parts, "nobody coded anything")


def _parts(one: Own, other: Own, _length: int) -> Parts:
    both, first, second = covered(one, other)
    return Fraction(2 * both), Fraction(first + second)


def covered(one: Own, other: Own) -> tuple[int, int, int]:
    """Return how many positions both coded, the one coded, and the other coded."""
    first, second = (union(Span(span.start, span.end) for span in own) for own in (one, other))
    both, one_coded, other_coded = (
        sum(span.end - span.start for span in spans) for spans in (intersection(first, second), first, second)
    )
    return both, one_coded, other_coded


STATISTIC = SpanStatistic(name="dice", label="Dice of spans", source="Dice 1945, Ecology 26(3), p. 298", compute=dice)
