"""What the statistics of spans are computed from: one continuum, and who coded which stretches of it with what.

Spans stay units of their own even where they touch: the measures of unitizing tell two short ones from one long one.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from tbcp_qual.agreement.ratings import Figure, Undefined
from tbcp_qual.coding.spans import Span

NOBODY = "nobody coded anything"
ONE_CODER = "agreement needs at least two coders"


class CodedSpan(NamedTuple):
    """Positions `start` to `end`, `end` not included, and what they were coded with."""

    start: int
    end: int
    code: str

    @property
    def length(self) -> int:
        """How many positions it covers."""
        return self.end - self.start


@dataclass(frozen=True, kw_only=True)
class Continuum:
    """A text, or any other line of positions, as several coders unitized it."""

    length: int
    """Positions 0 to `length`, `length` not included."""
    spans: Mapping[str, tuple[CodedSpan, ...]]
    """By coder, in order; a coder who coded nothing is there too. Those of one coder and one code do not overlap."""

    def __post_init__(self) -> None:
        for own in self.spans.values():
            ends: dict[str, int] = {}
            for span in own:
                if not 0 <= span.start < span.end <= self.length:
                    raise ValueError("a span must lie within the continuum and hold at least one position")
                if span.start < ends.get(span.code, 0):
                    raise ValueError("spans of one coder and one code must be in order and must not overlap")
                ends[span.code] = span.end

    @classmethod
    def of(cls, length: int, **spans: list[tuple[int, int, str]]) -> "Continuum":
        """Make one from spans by coder, in any order.

        >>> Continuum.of(9, AK=[(4, 6, "trust"), (0, 2, "time")], RM=[]).codes
        ('time', 'trust')
        """
        return cls(length=length, spans={who: tuple(sorted(CodedSpan(*s) for s in own)) for who, own in spans.items()})

    @property
    def coders(self) -> tuple[str, ...]:
        """Who unitized it."""
        return tuple(self.spans)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """What was used at least once, by name."""
        return tuple(sorted({span.code for own in self.spans.values() for span in own}))

    @cached_property
    def units(self) -> int:
        """How many spans all coders drew together."""
        return sum(map(len, self.spans.values()))

    def only(self, code: str) -> "Continuum":
        """Return the layer of one code."""
        layer = {who: tuple(span for span in own if span.code == code) for who, own in self.spans.items()}
        return Continuum(length=self.length, spans=layer)

    @cached_property
    def doubled(self) -> tuple[str, Span] | None:
        """The first stretch that one coder coded with two codes, and who; None where nobody did."""
        for who, own in self.spans.items():
            reach = 0
            for span in own:
                if span.start < reach:
                    return who, Span(span.start, min(reach, span.end))
                reach = max(reach, span.end)
        return None

    def stretches(self) -> Iterator[tuple[int, tuple[int | None, ...]]]:
        """Give the longest stretches over which no coder changes: their length, and the span of each coder by number.

        None stands for a gap. For continua in which nothing is coded twice by one coder.
        """
        marks = {0, self.length, *(place for own in self.spans.values() for span in own for place in span[:2])}
        places = sorted(marks)
        at = [0] * len(self.spans)
        for start, end in pairwise(places):
            here: list[int | None] = []
            for i, own in enumerate(self.spans.values()):
                while at[i] < len(own) and own[at[i]].end <= start:
                    at[i] += 1
                here.append(at[i] if at[i] < len(own) and own[at[i]].start <= start else None)
            yield end - start, tuple(here)

    def valued(self) -> Counter[tuple[str | None, ...]]:
        """Return how many positions got which combination of codes, in the order of the coders; None is a gap."""
        owns = list(self.spans.values())
        found: Counter[tuple[str | None, ...]] = Counter()
        for length, here in self.stretches():
            found[tuple(None if at is None else own[at].code for own, at in zip(owns, here, strict=True))] += length
        return found


def missing(continuum: Continuum) -> Undefined | None:
    """Say why no statistic at all can be had; None where one can."""
    if len(continuum.spans) < 2:
        return Undefined(ONE_CODER)
    return None if continuum.units else Undefined(NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanFigure:
    """What a statistic of spans came to."""

    overall: Figure
    by_code: Mapping[str, Figure] | None = None
    """None where the statistic is not to be had code by code."""
    stated: Mapping[str, object] = field(default_factory=dict)
    """What else must be said of the figure: a seed, how many samples, what it was computed from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanStatistic:
    """One way to say how far coders agree on spans."""

    name: str
    """What it is called in files: `u_alpha`."""
    label: str
    """What it is called on paper: `Krippendorff's u-alpha`."""
    source: str
    """Author, year and page of the formula."""
    compute: Callable[[Continuum], SpanFigure]
    """The formula."""
