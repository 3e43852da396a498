"""Where spans lie in the present text of their document, after the text they were made on was corrected.

A record keeps the text and span it was made with. Views follow the forwards from text to text; a placement, found by
its words or said by a person, is stronger. What can be followed nowhere stays on its old text: it is *unplaced*.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol, TypeVar

from tbcp_qual.coding.records import Document, Forward, Placement, Turn
from tbcp_qual.coding.spans import Span


class Anchored(Protocol):
    """A record that holds a span; one on no span has an empty text."""

    @property
    def id(self) -> str: ...
    @property
    def document(self) -> str | None: ...
    @property
    def text(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Anchor(NamedTuple):
    """Where a record holds its span, and nothing of what it says or whose it is."""

    kind: str
    id: str
    document: str
    text: str
    start: int
    end: int


A = TypeVar("A", bound=Anchored)

Kept = Sequence[tuple[int, int, int]]
"""`(start before, start after, length)` of the stretches two texts share, rising in both.

A last one of no length says where both texts end, so that what was replaced there is known too.
"""


class Way:
    """From the offsets of one text to those of the next."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._starts = [block[0] for block in self._kept]

    def span(self, span: Span) -> Span | None:
        """Return where a span lies in the next text; None where nothing says so.

        An end on words that stay moves with them; an end on words that were replaced takes in what replaced them.
        A span on nothing but replaced words is followed only if it covers all that was replaced together.
        """
        first, last = self._block(span.start), self._block(span.end - 1)
        if first is None and last is None and self._before(span.start) == self._before(span.end - 1):
            before, after = self._gap(span.start)
            return after if after.end > after.start and span.start <= before.start and span.end >= before.end else None
        start = self._gap(span.start)[1].start if first is None else span.start + first[1] - first[0]
        end = self._gap(span.end - 1)[1].end if last is None else span.end + last[1] - last[0]
        return Span(start, end) if start < end else None

    def _before(self, offset: int) -> int:
        """Return the place of the last stretch that begins at or before an offset; -1 where none does."""
        return bisect_right(self._starts, offset) - 1

    def _block(self, offset: int) -> tuple[int, int, int] | None:
        place = self._before(offset)
        if place < 0:
            return None
        block = self._kept[place]
        return block if offset < block[0] + block[2] else None

    def _gap(self, offset: int) -> tuple[Span, Span]:
        """Return the stretch that was replaced around an offset, and what replaced it; open at the ends of a text."""
        place = self._before(offset)
        a, c = (0, 0) if place < 0 else (sum(self._kept[place][::2]), sum(self._kept[place][1:]))
        if place + 1 < len(self._kept):
            b, d = self._kept[place + 1][0], self._kept[place + 1][1]
        else:
            b, d = offset + 1, c
        return Span(a, b), Span(c, d)


class Places:
    """The ways between the texts of documents, ready to follow."""

    def __init__(self, forwards: Iterable[Forward], placements: Iterable[Placement]) -> None:
        self._next: dict[tuple[str, str], list[Forward]] = {}
        for forward in forwards:
            self._next.setdefault((forward.document, forward.before), []).append(forward)
        self._placed = {(p.record, p.text): Span(p.start, p.end) for p in placements}
        self._ways: dict[str, Way] = {}
        self._paths: dict[tuple[str, str, str], list[Forward] | None] = {}

    def span(self, record: Anchored, text: str) -> Span | None:
        """Return where a record lies in a text of its document; None where it is unplaced."""
        said = self._placed.get((record.id, text))
        if said is not None:
            return said if said.start < said.end else None
        span: Span | None = Span(record.start, record.end)
        if record.text == text:
            return span
        path = self._path(record.document or "", record.text, text)
        for forward in path or ():
            said = self._placed.get((record.id, forward.after))
            if said is not None:
                span = said if said.start < said.end else None
            elif span is not None:
                if forward.id not in self._ways:
                    self._ways[forward.id] = Way(forward.kept)
                span = self._ways[forward.id].span(span)
        return span if path else None

    def _path(self, document: str, before: str, after: str) -> list[Forward] | None:
        """Return the fewest forwards that lead from one text to another."""
        key = (document, before, after)
        if key not in self._paths:
            came: dict[str, Forward | None] = {before: None}
            queue = deque([before])
            while queue and after not in came:
                here = queue.popleft()
                for forward in self._next.get((document, here), ()):
                    if forward.after not in came:
                        came[forward.after] = forward
                        queue.append(forward.after)
            path: list[Forward] | None = None
            if after in came:
                path, step = [], came[after]
                while step is not None:
                    path.append(step)
                    step = came[step.before]
                path.reverse()
            self._paths[key] = path
        return self._paths[key]


def placed(records: Iterable[A], documents: Mapping[str, Document], places: Places) -> list[A]:
    """Return records as they lie in the present texts; unplaced ones keep their old text and span."""
    found: list[A] = []
    for record in records:
        document = documents.get(record.document or "")
        if not record.text or document is None or document.text == record.text:
            found.append(record)
            continue
        span = places.span(record, document.text)
        if span is None:
            found.append(record)
        else:
            moved = {"text": document.text, "start": span.start, "end": span.end}
            if isinstance(record, Turn):
                moved["head"] = head_of(record, document.text, places)
            found.append(replace(record, **moved))  # type: ignore[type-var]
    return found


def head_of(turn: Turn, text: str, places: Places) -> int:
    """Return where what announces a turn begins in a text in which the turn lies."""
    whole, said = (places.span(one, text) for one in (replace(turn, start=turn.head), turn))
    assert said is not None
    return min(whole.start if whole else said.start, said.start)


def is_unplaced(record: Anchored, document: Document) -> bool:
    """Whether a record, as a snapshot gives it, lies on no words of its document's present text."""
    return bool(record.text) and record.text != document.text
