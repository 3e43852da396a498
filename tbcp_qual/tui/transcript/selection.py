"""What a selection becomes when it is widened or narrowed, as functions of the passages and two ends.

`anchor` is the end that stays, `head` the one that moves; either may come first in the text.
"""

from tbcp_qual.coding.spans import Span
from tbcp_qual.tui.transcript.passages import Passages, Piece


def widened(passages: Passages, selected: Span | None, caret: int) -> Span | None:
    """Return the sentence at the caret; where it is selected already: the turn; then the answer; then the sentence."""
    if not passages.turns:
        return None
    if selected is not None and not selected.contains(caret):
        caret = selected.start
    turn = passages.turn_of(caret)
    sentence, whole = passages.sentence_at(caret), passages.body(turn)
    steps = [step for step in (sentence, whole, passages.answer(turn)) if step is not None and step.end > step.start]
    if selected in steps:
        for step in steps[steps.index(selected) + 1 :]:
            if step != selected:
                return step
    return steps[0] if steps else None


def grown_head(passages: Passages, piece: Piece, anchor: int, head: int) -> int:
    """Return the moving end one word or sentence further out."""
    if head >= anchor:
        found = passages.ending_after(piece, head)
        return found.end if found else head
    found = passages.starting_before(piece, head)
    return found.start if found else head


def shrunk_head(passages: Passages, piece: Piece, anchor: int, head: int) -> int:
    """Return the moving end one word or sentence further in; where it would meet the anchor it stays."""
    if head >= anchor:
        last = passages.starting_before(piece, head)
        kept = passages.starting_before(piece, last.start) if last else None
        return kept.end if kept and kept.end > anchor else head
    first = passages.ending_after(piece, head)
    kept = passages.ending_after(piece, first.end) if first else None
    return kept.start if kept and kept.start < anchor else head
