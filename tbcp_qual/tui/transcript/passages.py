"""Words, sentences, turns and answers around a place in a transcript.

Only turn bodies count: labels, headings and the space between turns can be neither reached nor selected on their own.
Every look-up splits one turn, so that its cost does not follow the length of the document.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal

from tbcp_qual.coding.records import Turn
from tbcp_qual.coding.sentences import sentences, words
from tbcp_qual.coding.spans import Span

Piece = Literal["word", "sentence"]


class Passages:
    """A text and its turns, asked for what lies at, before or after an offset."""

    def __init__(self, text: str, turns: Sequence[Turn]) -> None:
        self.text = text
        self.turns = turns
        self.starts = [turn.start for turn in turns]
        self._pieces: dict[tuple[Piece, int], tuple[Span, ...]] = {}
        self._interviewed = any(turn.role == "interviewer" for turn in turns)

    def turn_of(self, offset: int) -> int:
        """Return the index of the turn whose label or body holds `offset`, else of the one before; 0 at the start."""
        index = bisect_right(self.starts, offset) - 1
        following = index + 1
        if (
            following < len(self.turns)
            and offset >= self.turns[following].head
            and (index < 0 or offset > self.turns[index].end)
        ):
            return following
        return max(index, 0)

    def locate(self, offset: int) -> tuple[int, int]:
        """Return the turn of an offset and the nearest place in its body, or at its end, where the caret can stand."""
        if not self.turns:
            return 0, 0
        index = self.turn_of(offset)
        turn = self.turns[index]
        return index, turn.start if offset < turn.start else min(offset, turn.end)

    def place(self, offset: int) -> int:
        """Return the nearest offset where the caret can stand: within a turn's body, or at its end."""
        return self.locate(offset)[1]

    def body(self, turn: int) -> Span:
        """Return the words of a turn without the white space around them."""
        start, end = self.turns[turn].start, self.turns[turn].end
        said = self.text[start:end]
        return (
            Span(start + len(said) - len(said.lstrip()), start + len(said.rstrip()))
            if said.strip()
            else Span(start, end)
        )

    def pieces(self, piece: Piece, turn: int) -> tuple[Span, ...]:
        """Return the words or sentences of a turn, in offsets of its body."""
        found = self._pieces.get((piece, turn))
        if found is None:
            body = self.text[self.turns[turn].start : self.turns[turn].end]
            found = words(body) if piece == "word" else sentences(body)
            if len(self._pieces) > 256:
                self._pieces.clear()
            self._pieces[piece, turn] = found
        return found

    def ending_after(self, piece: Piece, offset: int) -> Span | None:
        """Return the first word or sentence that ends after `offset`; None after the last."""
        turn = self.turn_of(offset)
        while turn < len(self.turns):
            base = self.turns[turn].start
            found = self.pieces(piece, turn)
            index = bisect_right(found, offset - base, key=_end)
            if index < len(found):
                return Span(found[index].start + base, found[index].end + base)
            turn += 1
        return None

    def starting_before(self, piece: Piece, offset: int) -> Span | None:
        """Return the last word or sentence that starts before `offset`; None before the first."""
        turn = self.turn_of(offset)
        while turn >= 0 and self.turns:
            base = self.turns[turn].start
            found = self.pieces(piece, turn)
            index = bisect_left(found, offset - base, key=_start) - 1
            if index >= 0:
                return Span(found[index].start + base, found[index].end + base)
            turn -= 1
        return None

    def sentence_at(self, offset: int) -> Span | None:
        """Return the sentence at `offset`, else the nearest one of the same turn; None where a turn has no words."""
        return self._at("sentence", offset)

    def word_at(self, offset: int) -> Span | None:
        """Return the word at `offset`, else the nearest one of the same turn; None where a turn has no words."""
        return self._at("word", offset)

    def _at(self, piece: Piece, offset: int) -> Span | None:
        if not self.turns:
            return None
        turn = self.turn_of(offset)
        base = self.turns[turn].start
        found = self.pieces(piece, turn)
        if not found:
            return None
        index = max(bisect_right(found, offset - base, key=_start) - 1, 0)
        if found[index].end <= offset - base and index + 1 < len(found):
            nearer = found[index + 1].start - (offset - base) < offset - base - found[index].end
            index += nearer
        return Span(found[index].start + base, found[index].end + base)

    def answer(self, turn: int) -> Span | None:
        """Return all turns around `turn` between two of the interviewer, within one section.

        None for the interviewer's own turn, and where neither an interviewer nor a section bounds it.
        """
        turns = self.turns
        here = turns[turn]
        if here.role == "interviewer" or not (self._interviewed or here.section):
            return None
        first = last = turn
        while first and turns[first - 1].role != "interviewer" and turns[first - 1].section == here.section:
            first -= 1
        while (
            last + 1 < len(turns) and turns[last + 1].role != "interviewer" and turns[last + 1].section == here.section
        ):
            last += 1
        return Span(self.body(first).start, self.body(last).end)

    def whole_words(self, span: Span) -> Span:
        """Return the stretch from the first to the last word that a span touches; the span itself where none is."""
        first = self.ending_after("word", span.start)
        last = self.starting_before("word", span.end)
        if first is None or last is None or first.start > last.start:
            return span
        return Span(first.start, last.end)

    def tidied(self, span: Span) -> Span | None:
        """Return a span without white space, labels or headings at its ends; None where nothing is left."""
        if not self.turns:
            return None
        start, end = span
        first, last = self.turn_of(start), self.turn_of(end)
        start, end = max(start, self.turns[first].start), min(end, self.turns[last].end)
        while first < last and not self.text[start : self.turns[first].end].strip():
            first += 1
            start = self.turns[first].start
        while first < last and not self.text[self.turns[last].start : end].strip():
            last -= 1
            end = self.turns[last].end
        if first == last and not self.text[start:end].strip():
            return None
        head = self.text[start : self.turns[first].end]
        tail = self.text[self.turns[last].start : end]
        return Span(start + len(head) - len(head.lstrip()), end - len(tail) + len(tail.rstrip()))


def _start(span: Span) -> int:
    return span.start


def _end(span: Span) -> int:
    return span.end
