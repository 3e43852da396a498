"""Half-open stretches of a text, in code points."""

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """Code points `start` to `end`, `end` not included."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a code point; touching is not overlapping."""
        return self.start < other.end and other.start < self.end

    def contains(self, offset: int) -> bool:
        """Whether the code point at `offset` lies within."""
        return self.start <= offset < self.end


def union(spans: Iterable[Span]) -> list[Span]:
    """Return the stretches covered, sorted, with overlapping and touching ones joined; empty ones are left out.

    >>> union([Span(5, 9), Span(0, 3), Span(2, 5), Span(12, 12)])
    [Span(start=0, end=9)]
    """
    joined: list[Span] = []
    for span in sorted(spans):
        if span.end <= span.start:
            continue
        if joined and span.start <= joined[-1].end:
            if span.end > joined[-1].end:
                joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(Span(*span))
    return joined


def intersection(first: list[Span], second: list[Span]) -> list[Span]:
    """Return what two sorted, disjoint lists share.

    >>> intersection([Span(0, 4), Span(6, 9)], [Span(2, 7)])
    [Span(start=2, end=4), Span(start=6, end=7)]
    """
    shared: list[Span] = []
    i = j = 0
    while i < len(first) and j < len(second):
        start = max(first[i].start, second[j].start)
        end = min(first[i].end, second[j].end)
        if start < end:
            shared.append(Span(start, end))
        if first[i].end < second[j].end:
            i += 1
        else:
            j += 1
    return shared
