"""What statistics are computed from: how many units got which combination of values, and what comes out.

The cost of a statistic follows the number of different combinations, never the number of units or the length of a text.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Value = Hashable
"""What a coder said of a unit: coded or not, a category, a number. None means missing, and is never a value."""

Level = Literal["nominal", "ordinal", "interval", "ratio"]
"""What may be said of two different values (Stevens 1946, Science 103, p. 678)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratings:
    """Combinations of values, one value per coder, each with the number of units that got it."""

    coders: int
    patterns: Mapping[tuple[Value | None, ...], int]
    """Values in the order of the coders; for characters the units are code points."""
    level: Level = "nominal"

    def __post_init__(self) -> None:
        if any(len(pattern) != self.coders for pattern in self.patterns):
            raise ValueError("a combination needs one value, or None, per coder")

    @classmethod
    def from_rows(cls, rows: Iterable[Sequence[Value | None]], *, coders: int, level: Level = "nominal") -> "Ratings":
        """Count a table of shape `(units, coders)`.

        >>> Ratings.from_rows([["a", "a"], ["a", None], ["a", "a"]], coders=2).patterns
        {('a', 'a'): 2, ('a', None): 1}
        """
        return cls(coders=coders, patterns=dict(Counter(tuple(row) for row in rows)), level=level)

    @classmethod
    def pooled(cls, parts: Iterable["Ratings"], *, coders: int, level: Level = "nominal") -> "Ratings":
        """Put the units of several tables of the same coders into one."""
        total: Counter[tuple[Value | None, ...]] = Counter()
        for part in parts:
            total.update(part.patterns)
        return cls(coders=coders, patterns=dict(total), level=level)

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


@dataclass(frozen=True, slots=True)
class Undefined:
    """There is no figure, and why."""

    reason: str


Figure = Coefficient | Undefined

NO_UNITS = "no unit was rated by two coders"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """One way to say how far coders agree."""

    name: str
    """What it is called in files: `cohen_kappa`."""
    label: str
    """What it is called on paper: `Cohen's kappa`."""
    source: str
    """Author, year and page of the formula."""
    accepts: Callable[[Ratings], str | None]
    """Says why it cannot be had of these ratings, whatever their values; None where it can."""
    compute: Callable[[Ratings], Figure]
    """The formula, for ratings it accepts."""

    def of(self, ratings: Ratings) -> Figure:
        """Return the figure, or why there is none."""
        reason = self.accepts(ratings)
        return Undefined(reason) if reason else self.compute(ratings)
