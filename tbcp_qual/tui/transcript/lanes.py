"""Which lane each stripe keeps: two marks that share a row never share a lane, and a lane once given stays.

Adding and removing marks moves no other, and one that comes back (undo, a filter) gets its old lane where it is free.
Only when the page is wrapped anew may a mark move, and only one that would otherwise be hidden by another.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping

SHOWN = 4
"""Lanes that are painted; marks in the others are counted as `+n`."""

Rows = tuple[int, int]
"""First and last row of a stripe, both included."""


class Lanes:
    """The lane of each mark by its id, from 0 at the text outwards."""

    def __init__(self) -> None:
        self._lanes: dict[str, int] = {}
        """Also of marks that are away for now."""

    def __getitem__(self, mark: str) -> int:
        return self._lanes[mark]

    def place(self, rows: Mapping[str, Rows]) -> None:
        """Give every mark a lane: at its own where that is free, else at the first free one, from the top down."""
        known = [mark for mark in rows if mark in self._lanes]
        new = [mark for mark in rows if mark not in self._lanes]
        taken: list[_Taken] = []
        for mark in [*sorted(known, key=lambda m: (self._lanes[m], rows[m][0], m)), *_from_the_top(new, rows)]:
            wanted = self._lanes.get(mark)
            if wanted is not None and _lane(taken, wanted).is_free(rows[mark]):
                lane = wanted
            else:
                lane = next(i for i in range(len(taken) + 1) if _lane(taken, i).is_free(rows[mark]))
            taken[lane].add(rows[mark])
            self._lanes[mark] = lane

    def add(self, mark: str, rows: Rows, neighbours: Iterable[tuple[str, Rows]]) -> None:
        """Give one more mark a lane, beside those that touch the same turns."""
        first, last = rows
        taken = {self._lanes[other] for other, (top, bottom) in neighbours if top <= last and first <= bottom}
        wanted = self._lanes.get(mark)
        if wanted is None or wanted in taken:
            self._lanes[mark] = next(lane for lane in range(len(taken) + 1) if lane not in taken)


class _Taken:
    """Rows taken in one lane: disjoint stretches."""

    def __init__(self) -> None:
        self._firsts: list[int] = []
        self._lasts: list[int] = []

    def is_free(self, rows: Rows) -> bool:
        index = bisect_right(self._firsts, rows[1])
        return index == 0 or self._lasts[index - 1] < rows[0]

    def add(self, rows: Rows) -> None:
        index = bisect_right(self._firsts, rows[0])
        self._firsts.insert(index, rows[0])
        self._lasts.insert(index, rows[1])


def _lane(taken: list[_Taken], lane: int) -> _Taken:
    while len(taken) <= lane:
        taken.append(_Taken())
    return taken[lane]


def _from_the_top(marks: Iterable[str], rows: Mapping[str, Rows]) -> list[str]:
    return sorted(marks, key=lambda mark: (rows[mark][0], -rows[mark][1], mark))
