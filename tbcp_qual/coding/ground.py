"""A text as the ground that codings of several people lie on: which lie on the same words, which on one passage.

Spans are compared by the words they touch, so that a full stop or a space more is no difference.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tbcp_qual.coding.sentences import sentences, words
from tbcp_qual.coding.spans import Span


class Link(NamedTuple):
    """Two of a list of spans that belong to one passage."""

    first: int
    second: int
    rank: int
    """0 for those that belong together most."""
    share: float
    """How much of the longer they have in common."""


class Ground:
    """One text, with what bounds a passage in it."""

    def __init__(self, text: str, turns: Sequence[Span] = ()) -> None:
        """Without turns the lines of the text are the bounds."""
        found = words(text)
        self._word_starts = [word.start for word in found]
        self._word_ends = [word.end for word in found]
        self._sentence_starts = [sentence.start for sentence in sentences(text)]
        starts = sorted(turn.start for turn in turns)
        self._bounds = starts or [0, *(place + 1 for place, sign in enumerate(text) if sign == "\n")]

    def words(self, span: Span) -> Span:
        """Return the stretch from the first to the last word that a span touches; itself where it touches none."""
        first = bisect_right(self._word_ends, span.start)
        last = bisect_left(self._word_starts, span.end) - 1
        return span if first > last else Span(self._word_starts[first], self._word_ends[last])

    def overlapping(self, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
        """Give the places of each two spans that share a word."""
        touched = [self.words(span) for span in spans]
        open_: list[int] = []
        for place in sorted(range(len(touched)), key=touched.__getitem__):
            open_ = [other for other in open_ if touched[other].end > touched[place].start]
            yield from ((min(other, place), max(other, place)) for other in open_)
            open_.append(place)

    def share(self, first: Span, second: Span) -> float:
        """Return how much of the longer of two spans that share a word both have."""
        one, other = self.words(first), self.words(second)
        common = min(one.end, other.end) - max(one.start, other.start)
        return common / max(one.end - one.start, other.end - other.start)

    def same_passage(self, first: Span, second: Span) -> bool:
        """Whether two spans that share a word have half of the longer in common, or lie within one sentence."""
        one, other = self.words(first), self.words(second)
        hull = Span(min(one.start, other.start), max(one.end, other.end))
        return self.share(first, second) >= 0.5 or self._within(self._sentence_starts, hull)

    def _within(self, starts: Sequence[int], span: Span) -> bool:
        return bisect_right(starts, span.start) == bisect_left(starts, span.end)

    def turns(self, span: Span) -> tuple[int, int]:
        """Return the places of the first and last turn that a span touches."""
        touched = self.words(span)
        return bisect_right(self._bounds, touched.start), bisect_left(self._bounds, touched.end)


def gathered(spans: Sequence[Span], links: Iterable[Link], ground: Ground) -> list[list[int]]:
    """Gather linked spans into passages, the strongest links first; return their places in the list.

    A passage lies within one turn, or reaches no further than one turn beyond one of its own spans on either side:
    spans that overlap one another in a row never make one passage of a whole document.
    """
    member_of = list(range(len(spans)))
    members: dict[int, list[int]] = {place: [place] for place in member_of}
    touched = [ground.turns(span) for span in spans]

    def strength(link: Link) -> tuple[int, float, Span, Span]:
        first, second = sorted((spans[link.first], spans[link.second]))
        return link.rank, -link.share, first, second

    for link in sorted(links, key=strength):
        one, other = sorted((member_of[link.first], member_of[link.second]))
        if one == other:
            continue
        both = members[one] + members[other]
        first, last = min(touched[m][0] for m in both), max(touched[m][1] for m in both)
        if first == last or any(touched[m][0] - 1 <= first and last <= touched[m][1] + 1 for m in both):
            members[one] = both
            for moved in members.pop(other):
                member_of[moved] = one
    return [sorted(group) for group in members.values()]
