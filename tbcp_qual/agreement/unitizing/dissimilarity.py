"""How unlike two units are, by place and by code, as the gamma method counts it.

Source: Mathet, Widlöcher and Métivier 2015, Computational Linguistics 41(3), section 4.3.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tbcp_qual.agreement.unitizing.continuum import CodedSpan

Apart = Callable[[str, str], float]
"""How unlike two different codes are, from 0 to 1; the same both ways round."""


def nominal(one: str, other: str) -> float:
    """Different is different."""
    return 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Dissimilarity:
    """The combined dissimilarity; a unit and none are 1 apart."""

    place: float = 1.0
    """The weight of place: alpha in the paper. Above 0."""
    code: float = 1.0
    """The weight of the code: beta in the paper."""
    apart: Apart = nominal
    """How unlike two different codes are."""

    def between(self, one: CodedSpan, other: CodedSpan) -> float:
        """Return how unlike two units are (equations 3 to 6).

        >>> Dissimilarity().between(CodedSpan(10, 20, "trust"), CodedSpan(15, 25, "trust"))
        0.25
        """
        moved = abs(one.start - other.start) + abs(one.end - other.end)
        by_code = 0.0 if one.code == other.code else self.apart(one.code, other.code)
        return self.place * (moved / (one.length + other.length)) ** 2 + self.code * by_code
