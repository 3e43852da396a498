"""What statistics are computed from: how many units got which combination of values, and what comes out.

The cost of a statistic follows the number of different combinations, never the number of units or the length of a text.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tbcp_qual.agreement.arrays import Array, Table

Value = Hashable
"""What a coder said of a unit: coded or not, a category, a number. None means missing, and is never a value."""

Level = Literal["nominal", "ordinal", "interval", "ratio"]
"""What may be said of two different values (Stevens 1946, Science 103(2684), p. 678)."""

Scheme = Literal["identity", "linear", "quadratic", "ordinal", "radical", "ratio", "circular", "bipolar"]
"""How nearly two different categories count as agreement; the formulas are in `weights`."""

Matrix = tuple[tuple[float, ...], ...]
"""Weights of one's own: rows and columns in the order of the categories, 1 on the diagonal."""

Weights = Scheme | Matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratings:
    """Combinations of values, one value per coder, each with the number of units that got it."""

    coders: int
    patterns: Mapping[tuple[Value | None, ...], int]
    """Values in the order of the coders; for characters the units are code points."""
    level: Level = "nominal"
    categories: tuple[Value, ...] | None = None
    """All that coders could choose from, in order where they have one; None where only those that occur are known."""
    weights: Weights | None = None
    """None where nobody chose: statistics that cannot do without take those of the level, the others none."""

    def __post_init__(self) -> None:
        if any(len(pattern) != self.coders for pattern in self.patterns):
            raise ValueError("a combination needs one value, or None, per coder")

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[Sequence[Value | None]],
        *,
        coders: int,
        level: Level = "nominal",
        categories: tuple[Value, ...] | None = None,
        weights: Weights | None = None,
    ) -> "Ratings":
        """Count a table of shape `(units, coders)`.

        >>> Ratings.from_rows([["a", "a"], ["a", None], ["a", "a"]], coders=2).patterns
        {('a', 'a'): 2, ('a', None): 1}
        """
        counted = dict(Counter(tuple(row) for row in rows))
        return cls(coders=coders, patterns=counted, level=level, categories=categories, weights=weights)

    def pairable(self) -> dict[tuple[Value, ...], int]:
        """Return the values, without the missing ones, of the units that at least two coders rated."""
        found: dict[tuple[Value, ...], int] = {}
        for pattern, weight in self.patterns.items():
            values = tuple(value for value in pattern if value is not None)
            if len(values) > 1 and weight:
                found[values] = found.get(values, 0) + weight
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """What a statistic came to."""

    value: float
    n: int
    """How many units it rests on: those that at least two coders rated."""
    se: float | None = None
    """Standard error where one is published, over units drawn at random; None also where it comes out as nothing."""
    ci95: tuple[float, float] | None = None
    """The interval by that error and Student's t; None where there is no error."""


@dataclass(frozen=True, slots=True)
class Undefined:
    """There is no figure, and why."""

    reason: str


Figure = Coefficient | Undefined

FOR_TWO = "it is for two coders"
NO_UNITS = "no unit was rated by two coders"
NO_VARIATION = "no variation: every unit got the same value from everybody"
ONE_CATEGORY = "only one category occurs, and which others were offered is not said"
TOO_CLOSE = "the values differ by less than can be computed with"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """One way to say how far coders agree."""

    name: str
    """What it is called in files: `cohen_kappa`."""
    label: str
    """What it is called on paper: `Cohen's kappa`."""
    source: str
    """Author, year and page of the formula."""
    error: str | None
    """Source of its standard error; None where none is published."""
    accepts: Callable[[Ratings], str | None]
    """Says why it cannot be had of these ratings, whatever their values; None where it can."""
    compute: Callable[[Ratings], Figure]
    """The formula, for ratings it accepts."""
    values: Callable[["Table"], "Array"]
    """The formula for many sets of units at once, as `bootstrap` draws them: shape `units.shape[:-1]`, NaN where it is
    undefined. For ratings it accepts."""

    def of(self, ratings: Ratings) -> Figure:
        """Return the figure, or why there is none."""
        reason = self.accepts(ratings)
        return Undefined(reason) if reason else self.compute(ratings)
