"""Segments as the coders drew them: which of two coders' are the same, at a stated share of common text.

A segment is what one coder coded with one code without a break. Nobody says of a text how many segments it could have
had, so that there is no "neither", and nothing by chance to be taken off.
"""

from bisect import bisect_right
from collections.abc import Collection, Sequence

from tbcp_qual.agreement.ratings import Ratings
from tbcp_qual.agreement.sweep import CODED_OR_NOT, Laid, Spans
from tbcp_qual.coding.spans import Span, union

OFFERED = ("percent_agreement",)
"""Statistics that can be had of segments."""

NO_NEITHER = "segments have no “neither”: nobody says how many more there could have been"


def matched(document: Laid, codes: Collection[str], coders: Sequence[str], share: float) -> Ratings:
    """Count the segments that both of two coders drew, and those that only one did.

    Two segments are the same where what they share, by what they cover together, is at least `share`. Each is matched
    once; the pairs that share most come first.

    Args:
        document: `units` says which text is compared; a segment counts if it touches it.
        codes: ids; what was coded with any of them.
        coders: the ids of two coders; of more, or where one is missing, nothing is counted.
        share: above 0 and up to 1.
    """
    if len(coders) != 2 or not all(coder in document.done for coder in coders):
        return Ratings(coders=len(coders), patterns={}, categories=CODED_OR_NOT)
    first, second = (_segments(document, codes, coder) for coder in coders)
    common = _same(first, second, share)
    return Ratings(
        coders=2,
        patterns={
            (True, True): common,
            (True, False): len(first) - common,
            (False, True): len(second) - common,
        },
        categories=CODED_OR_NOT,
    )


def _segments(document: Laid, codes: Collection[str], coder: str) -> list[Span]:
    drawn = union(span for code in codes for span in document.spans.get((code, coder), ()))
    counted = union(document.units)
    ends = [span.end for span in counted]
    return [span for span in drawn if _touches(counted, ends, span)]


def _touches(counted: Spans, ends: Sequence[int], span: Span) -> bool:
    first_after = bisect_right(ends, span.start)
    return first_after < len(counted) and counted[first_after].start < span.end


def _same(first: Spans, second: Spans, share: float) -> int:
    """Count the pairs of segments that are the same.

    >>> _same([Span(0, 10), Span(20, 30)], [Span(0, 8), Span(29, 40)], 0.5)
    1
    """
    near: list[tuple[float, int, int]] = []
    ends = [span.end for span in second]
    for i, one in enumerate(first):
        for j in range(bisect_right(ends, one.start), len(second)):
            other = second[j]
            if other.start >= one.end:
                break
            common = min(one.end, other.end) - max(one.start, other.start)
            together = max(one.end, other.end) - min(one.start, other.start)
            if common >= share * together:
                near.append((-common / together, i, j))
    ones: set[int] = set()
    others: set[int] = set()
    for _, i, j in sorted(near):
        if i not in ones and j not in others:
            ones.add(i)
            others.add(j)
    return len(ones)
