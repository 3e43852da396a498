"""The marks of a transcript, each with its lane and the rows it stands beside."""

from collections.abc import Iterable
from dataclasses import dataclass

from tbcp_qual.tui.transcript.lanes import Lanes
from tbcp_qual.tui.transcript.marks import Mark, MarksByTurn
from tbcp_qual.tui.transcript.rows import RowMap


@dataclass(frozen=True, slots=True, eq=False)
class Stripe:
    """A mark on the page; a new one is made whenever anything of it changes, so that identity is equality."""

    mark: Mark
    lane: int
    first: int
    """The first row it stands beside."""
    last: int


class Stripes:
    """All stripes of a document at one width."""

    def __init__(self) -> None:
        self._lanes = Lanes()
        self._rows: RowMap | None = None
        self._stripes: dict[str, Stripe] = {}
        self._by_turn = MarksByTurn(0)
        self._by_row: dict[int, tuple[Stripe, ...]] = {}

    def wrap(self, rows: RowMap, marks: Iterable[Mark]) -> None:
        """Take these marks to these rows; lanes stay as far as they can."""
        self._rows = rows
        kept = {mark.id: mark for mark in marks if rows.turns}
        spans = {mark.id: _rows_of(rows, mark) for mark in kept.values()}
        self._lanes.place(spans)
        self._by_turn = MarksByTurn(len(rows.turns))
        self._by_row.clear()
        self._stripes = {}
        for mark in kept.values():
            self._put(mark, *spans[mark.id])

    def update(self, marks: Iterable[Mark]) -> None:
        """Show these marks from now on; those that stay keep their lanes."""
        if self._rows is None or not self._rows.turns:
            return
        wanted = {mark.id: mark for mark in marks}
        changed = [mark for mark in wanted.values() if (old := self._stripes.get(mark.id)) is None or old.mark != mark]
        gone = [stripe for stripe in self._stripes.values() if wanted.get(stripe.mark.id) != stripe.mark]
        if not changed and not gone:
            return
        self._by_row.clear()
        for stripe in gone:
            del self._stripes[stripe.mark.id]
            self._by_turn.remove(stripe.mark, *self._turns_of(stripe.mark))
        for mark in sorted(changed, key=lambda mark: (mark.start, -mark.end, mark.id)):
            span = _rows_of(self._rows, mark)
            first, last = self._turns_of(mark)
            beside = {other.id for turn in range(first, last + 1) for other in self._by_turn.at(turn)}
            neighbours = [self._stripes[other] for other in beside]
            self._lanes.add(mark.id, span, [(other.mark.id, (other.first, other.last)) for other in neighbours])
            self._put(mark, *span)

    def beside(self, row: int) -> tuple[Stripe, ...]:
        """Return the stripes beside a row, by lane."""
        found = self._by_row.get(row)
        if found is None:
            if len(self._by_row) > 2048:
                self._by_row.clear()
            found = self._by_row[row] = self._find(row)
        return found

    def _find(self, row: int) -> tuple[Stripe, ...]:
        if self._rows is None or not self._stripes:
            return ()
        stripes = (self._stripes[mark.id] for mark in self._by_turn.at(self._rows.turn_at(row)))
        return tuple(sorted((s for s in stripes if s.first <= row <= s.last), key=lambda stripe: stripe.lane))

    def _put(self, mark: Mark, first: int, last: int) -> None:
        self._stripes[mark.id] = Stripe(mark, self._lanes[mark.id], first, last)
        self._by_turn.add(mark, *self._turns_of(mark))

    def _turns_of(self, mark: Mark) -> tuple[int, int]:
        assert self._rows is not None
        passages = self._rows.passages
        first = passages.turn_of(mark.start)
        return first, max(passages.turn_of(max(mark.end - 1, mark.start)), first)


def _rows_of(rows: RowMap, mark: Mark) -> tuple[int, int]:
    first = rows.row_of(mark.start)
    return first, max(rows.row_of(max(mark.end - 1, mark.start)), first)
