"""The marks of a transcript, each with its lane and the rows it stands beside."""

from collections.abc import Iterable

from tbcp_qual.coding.frozen import dataclass
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
    turns: tuple[int, int]
    """The first and the last turn it touches."""


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
        kept = {mark.id: (mark, rows.rows_of(mark.start, mark.end)) for mark in marks if rows.turns}
        self._lanes.place({id: (first, last) for id, (_, (first, last, *_)) in kept.items()})
        self._by_turn = MarksByTurn(len(rows.turns))
        self._by_row.clear()
        self._stripes = {}
        for mark, extent in kept.values():
            self._put(mark, *extent)

    def update(self, marks: Iterable[Mark]) -> None:
        """Show these marks from now on and no others; those that stay keep their lanes."""
        wanted = {mark.id: mark for mark in marks}
        gone = [id for id in self._stripes if id not in wanted]
        changed = [mark for id, mark in wanted.items() if (old := self._stripes.get(id)) is None or old.mark != mark]
        self.change(changed, gone)

    def change(self, put: Iterable[Mark], gone: Iterable[str]) -> None:
        """Add or replace some marks and take others away; all others stay as they are."""
        if self._rows is None or not self._rows.turns:
            return
        put = list(put)
        for id in [*gone, *(mark.id for mark in put)]:
            old = self._stripes.pop(id, None)
            if old is not None:
                self._by_turn.remove(old.mark, *old.turns)
        self._by_row.clear()
        for mark in sorted(put, key=lambda mark: (mark.start, -mark.end, mark.id)):
            first, last, *turns = self._rows.rows_of(mark.start, mark.end)
            beside = {other.id for turn in range(turns[0], turns[1] + 1) for other in self._by_turn.at(turn)}
            neighbours = [self._stripes[other] for other in beside]
            self._lanes.add(mark.id, (first, last), [(s.mark.id, (s.first, s.last)) for s in neighbours])
            self._put(mark, first, last, *turns)

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

    def _put(self, mark: Mark, first: int, last: int, first_turn: int, last_turn: int) -> None:
        self._stripes[mark.id] = Stripe(mark, self._lanes[mark.id], first, last, (first_turn, last_turn))
        self._by_turn.add(mark, first_turn, last_turn)
