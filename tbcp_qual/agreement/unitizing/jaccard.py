"""Jaccard's coefficient of spans: what two coders coded alike, as a share of what either coded."""

from fractions import Fraction

from tbcp_qual.agreement.unitizing.continuum import Continuum, SpanFigure, SpanStatistic
from tbcp_qual.agreement.unitizing.dice import covered
from tbcp_qual.agreement.unitizing.pairs import Own, Parts, mean_of_pairs


def jaccard(continuum: Continuum) -> SpanFigure:
    """Return |A and B| / |A or B| in positions; with more coders the mean of the pairs (Jaccard 1912, p. 39).

    Codes are compared one by one and their positions summed. Nothing is taken off for chance. Two coders who each
    coded 125 of 1,000 positions, 50 of them both:

    >>> jaccard(Continuum.of(1000, AK=[(0, 125, "trust")], RM=[(75, 200, "trust")])).overall.value
    0.25
    """
    return mean_of_pairs(continuum, _parts, "nobody coded anything")


def _parts(one: Own, other: Own, _length: int) -> Parts:
    both, first, second = covered(one, other)
    return Fraction(both), Fraction(first + second - both)


STATISTIC = SpanStatistic(
    name="jaccard", label="Jaccard of spans", source="Jaccard 1912, New Phytologist 11(2), p. 39", compute=jaccard
)
