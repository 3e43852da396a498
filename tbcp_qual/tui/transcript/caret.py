"""The caret and the selection, and what every key and click does to them; no screen is needed.

The selection runs from an anchor, which stays, to a head, which moves; while it is extended the caret is at the head.
Keys, mouse and the widget all go through this one state.
"""

from typing import Literal

from tbcp_qual.coding.spans import Span
from tbcp_qual.tui.transcript.passages import Piece
from tbcp_qual.tui.transcript.rows import RowMap
from tbcp_qual.tui.transcript.selection import grown_head, shrunk_head, widened

Unit = Literal["letter", "word", "row", "page", "turn", "edge", "document"]
"""What a movement goes by; `edge` is the start or end of the row."""


class Caret:
    """Where the reader is in a transcript, and what is selected."""

    def __init__(self, rows: RowMap, offset: int = 0) -> None:
        self.rows = rows
        self.offset = rows.passages.place(offset)
        self.selection: Span | None = None
        self._anchor = self._head = self.offset
        self._wanted: int | None = None
        """The column that movements by row keep to; None after any other movement."""

    def rewrap(self, rows: RowMap) -> None:
        """Go on in the same text at another width."""
        self.rows = rows
        self._wanted = None

    @property
    def turn(self) -> int:
        """The index of the turn with the caret."""
        return self.rows.passages.turn_of(self.offset) if self.rows.turns else 0

    def move(self, unit: Unit, direction: int, *, extend: bool = False, page: int = 1) -> None:
        """Move by a unit, back (-1) or on (1).

        Args:
            extend: select up to the new place.
            page: rows in a page.
        """
        if not self.rows.turns:
            return
        if extend:
            if self.selection is None:
                self._anchor = self.offset if unit == "letter" else self._start_of_extending(direction)
                self._head = self.offset
            self._stretch(self._extended_to(unit, direction, page))
        else:
            self.clear()
            self.offset = self._moved(self.offset, unit, direction, page)

    def move_to(self, offset: int, *, extend: bool = False) -> None:
        """Place the caret at an offset, or at the nearest place where it can stand."""
        offset = self.rows.passages.place(offset)
        self._wanted = None
        if extend:
            if self.selection is None:
                self._anchor = self.offset
            self._stretch(offset)
        else:
            self.clear()
            self.offset = offset

    def select(self, span: Span) -> None:
        """Select a span, without labels or white space at its ends; the caret goes to its start unless it is inside."""
        tidied = self.rows.passages.tidied(span)
        if tidied is None:
            self.clear()
            return
        self.selection = tidied
        self._anchor, self._head = tidied
        self._wanted = None
        if not tidied.start <= self.offset <= tidied.end:
            self.offset = tidied.start

    def clear(self) -> None:
        """Select nothing; the caret stays."""
        self.selection = None

    def widen(self) -> None:
        """Select the sentence at the caret; again: the turn; again: the answer."""
        found = widened(self.rows.passages, self.selection, self.offset)
        if found:
            self.select(found)

    def grow(self, piece: Piece, direction: int) -> None:
        """Widen (1) or narrow (-1) the selection by a word or sentence, at the end that moved last."""
        passages = self.rows.passages
        if self.selection is None:
            at_caret = passages.sentence_at(self.offset) if piece == "sentence" else passages.word_at(self.offset)
            if at_caret and direction > 0:
                self.select(at_caret)
            return
        change = grown_head if direction > 0 else shrunk_head
        self._anchor, self._head = self._ends()
        self._stretch(change(passages, piece, self._anchor, self._head))

    def turn_round(self) -> None:
        """Let the other end of the selection be the one that moves; the caret goes there."""
        if self.selection is not None:
            self._head, self._anchor = self._ends()
            self.offset = self.rows.passages.place(self._head)
            self._wanted = None

    def click(self, offset: int, count: int) -> None:
        """Place the caret (1), or select the word (2), the sentence (3) or the turn (4 and more) under it."""
        passages = self.rows.passages
        self.move_to(offset)
        if not self.rows.turns or count < 2:
            return
        if count == 2:
            found = passages.word_at(offset)
        else:
            found = passages.sentence_at(offset) if count == 3 else passages.body(self.turn)
        if found and found.end > found.start:
            self.select(found)

    def drag(self, pressed: int, offset: int) -> None:
        """Select from the character under the pressed button to the one under the pointer, both included."""
        self.offset = self.rows.passages.place(offset)
        self._wanted = None
        first, last = min(pressed, self.offset), max(pressed, self.offset)
        self.selection = self.rows.passages.tidied(Span(first, last + 1)) if first != last else None
        self._anchor, self._head = (first, last + 1) if self.offset >= pressed else (last + 1, first)

    def drop(self) -> None:
        """End a drag: the selection becomes whole words."""
        if self.selection is None:
            return
        forwards = self._head >= self._anchor
        self.selection = self.rows.passages.whole_words(self.selection)
        start, end = self.selection
        self._anchor, self._head = (start, end) if forwards else (end, start)
        self.offset = self._head

    def _ends(self) -> tuple[int, int]:
        """Anchor and head on the selection as it is shown."""
        if self.selection is None:
            return self.offset, self.offset
        start, end = self.selection
        return (start, end) if self._head >= self._anchor else (end, start)

    def _stretch(self, head: int) -> None:
        self._head = head
        self.offset = self.rows.passages.place(head)
        self.selection = self.rows.passages.tidied(Span(min(self._anchor, head), max(self._anchor, head)))

    def _start_of_extending(self, direction: int) -> int:
        """Where a selection begins that is extended from the bare caret: never within a word."""
        passages = self.rows.passages
        inside = passages.starting_before("word", self.offset)
        if inside is None or inside.end <= self.offset:
            return self.offset
        return inside.start if direction > 0 else inside.end

    def _extended_to(self, unit: Unit, direction: int, page: int) -> int:
        passages = self.rows.passages
        if unit == "word":
            if direction > 0:
                word = passages.ending_after("word", self._head)
                return word.end if word else self.rows.turns[-1].end
            word = passages.starting_before("word", self._head)
            return word.start if word else self.rows.turns[0].start
        if unit == "letter":
            return self._by_letter(self._head, direction)
        if unit == "turn":
            turn = passages.turn_of(self._head)
            body = self.rows.turns[turn]
            if direction > 0:
                onward = self._head >= body.end and turn + 1 < len(self.rows.turns)
                return self.rows.turns[turn + onward].end
            return self.rows.turns[turn - (self._head <= body.start and turn > 0)].start
        head = self._moved(self._head, unit, direction, page)
        if unit == "edge" or unit == "document":
            return head if direction < 0 else min(head + 1, self.rows.turns[passages.turn_of(head)].end)
        word = passages.starting_before("word", head)
        if word is None or word.end <= head:
            return head
        return word.end if head > self._anchor else word.start

    def _moved(self, offset: int, unit: Unit, direction: int, page: int) -> int:
        rows, passages = self.rows, self.rows.passages
        if unit == "row" or unit == "page":
            return self._by_rows(offset, direction if unit == "row" else direction * page)
        self._wanted = None
        if unit == "letter":
            return self._by_letter(offset, direction)
        if unit == "edge":
            return rows.offset_at(rows.row_of(offset), 0 if direction < 0 else rows.width)
        if unit == "document":
            return rows.turns[0].start if direction < 0 else rows.turns[-1].end
        if unit == "turn":
            turn = passages.turn_of(offset) + direction
            return rows.turns[min(max(turn, 0), len(rows.turns) - 1)].start
        if direction < 0:
            word = passages.starting_before("word", offset)
            return word.start if word else rows.turns[0].start
        word = passages.ending_after("word", offset)
        if word and word.start <= offset:
            word = passages.ending_after("word", word.end)
        return word.start if word else rows.turns[-1].end

    def _by_letter(self, offset: int, direction: int) -> int:
        """Return the next place between two letters; what belongs to one, such as an accent, is never cut off."""
        place = self.rows.passages.place(offset + direction)
        row = self.rows.row_of(place)
        if direction < 0:
            return self.rows.offset_at(row, self.rows.column(row, place))
        return next((known for known in self.rows.cells(row).offsets if known >= place), place)

    def _by_rows(self, offset: int, distance: int) -> int:
        row, column = self.rows.position(offset)
        if self._wanted is None:
            self._wanted = column
        found = self.rows.offset_near(row + distance, self._wanted, 1 if distance > 0 else -1)
        return offset if found is None else found
