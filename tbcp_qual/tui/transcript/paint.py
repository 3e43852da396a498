"""One row of the transcript as segments, left to right: number, speaker, text, time, stripes.

Text becomes segments as it is, never by way of markup.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from rich.segment import Segment

from tbcp_qual.coding.records import Turn
from tbcp_qual.coding.spans import Span
from tbcp_qual.tui.transcript.columns import Columns
from tbcp_qual.tui.transcript.lanes import SHOWN
from tbcp_qual.tui.transcript.looks import Looks
from tbcp_qual.tui.transcript.rows import Row, RowMap, fitted
from tbcp_qual.tui.transcript.stripes import Stripe

OWN, OTHERS = "▎", "▏"
"""A stripe of one's own, and one of another coder."""

_CODED, _SELECTED, _CARET = 1, 2, 4
_LOOKS = ("coded", "selected", "caret")


class RowState(NamedTuple):
    """Everything the picture of a row depends on besides the document, the width and the looks."""

    row: int
    caret: int
    """The cell of the caret in the text column; -1 where it is elsewhere."""
    selected: Span | None
    """What is selected of this row."""
    here: bool
    """Whether the caret is in this turn."""
    focused: bool
    stripes: tuple[Stripe, ...]


def paint(rows: RowMap, columns: Columns, width: int, state: RowState, look: Looks) -> list[Segment]:
    """Return the segments of one row, `width` cells in all."""
    here = rows.row(state.row)
    turn = rows.turns[here.turn]
    plain = look()
    segments = _gutter(here, turn, columns, state, look)
    if here.kind == "body":
        text, used = _text(rows, here, turn, state, look)
        segments += text
        if here.first and turn.time is not None:
            time = clock(turn.time)
            if used + 2 + len(time) <= columns.text:
                segments += [Segment(" " * (columns.text - used - len(time)), plain), Segment(time, look("time"))]
                used = columns.text
    elif here.kind == "section":
        heading, used = fitted(turn.section, columns.text)
        segments.append(Segment(heading, look("section")))
    else:
        used = 0
    segments.append(Segment(" " * (columns.text + columns.gap - used), plain))
    segments += _stripes(state, columns, look)
    rest = width - columns.lanes_start - columns.side
    if rest > 0:
        segments.append(Segment(" " * rest, plain))
    return [
        Segment("".join(segment.text for segment in run), style)
        for style, run in groupby(segments, key=attrgetter("style"))
        if run
    ]


def clock(seconds: float) -> str:
    """Return a time in a recording as `00:04:10`.

    >>> clock(250.4)
    '00:04:10'
    """
    whole = max(int(seconds), 0)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def _gutter(here: Row, turn: Turn, columns: Columns, state: RowState, look: Looks) -> list[Segment]:
    plain = look()
    quiet = turn.role == "interviewer"
    number = str(here.turn + 1) if here.first else ""
    speaker, used = fitted(turn.speaker, max(columns.speaker - 1, 0)) if here.first else ("", 0)
    side = columns.rule // 2
    is_here = state.here and here.kind != "blank"
    return [
        Segment(" " * columns.margin, plain),
        Segment(number.rjust(columns.number), look("number", "here") if state.here else look("number")),
        Segment(" " * side, plain),
        Segment("┊", look("rule", "here") if is_here else look("rule")),
        Segment(" " * (columns.rule - 1 - side), plain),
        Segment(speaker, look("speaker", "quiet") if quiet else look("speaker")),
        Segment(" " * (columns.speaker - used), plain),
    ]


def _text(rows: RowMap, here: Row, turn: Turn, state: RowState, look: Looks) -> tuple[list[Segment], int]:
    offsets, starts, shown = rows.cells(state.row)
    count = len(shown)
    marks = bytearray(count)
    worded = here.start + len(rows.text[here.start : here.end].rstrip())
    for stripe in state.stripes:
        _set(marks, offsets, stripe.mark.start, min(stripe.mark.end, worded), _CODED)
    if state.selected:
        _set(marks, offsets, state.selected.start, min(state.selected.end, worded), _SELECTED)
    used = starts[-1]
    if state.caret >= 0:
        caret = bisect_right(starts, state.caret) - 1
        marks[caret] |= _CARET
        if not shown[caret]:
            shown = [*shown]
            shown[caret] = " "
            used += 1
    base = ("quiet",) if turn.role == "interviewer" else ()
    segments = []
    for flags, run in groupby(range(count), key=marks.__getitem__):
        names = [name for bit, name in enumerate(_LOOKS) if flags >> bit & 1]
        if flags & _CARET and not state.focused:
            names[-1] = "resting"
        segments.append(Segment("".join([shown[i] for i in run]), look(*base, *names)))
    return segments, used


def _set(marks: bytearray, offsets: Sequence[int], start: int, end: int, flag: int) -> None:
    last = len(offsets) - 1
    first = max(bisect_right(offsets, start) - 1, 0)
    for index in range(first, min(bisect_left(offsets, end), last)):
        marks[index] |= flag


def _stripes(state: RowState, columns: Columns, look: Looks) -> list[Segment]:
    shown = [stripe for stripe in state.stripes if stripe.lane < SHOWN]
    hidden = len(state.stripes) - len(shown)
    more = fitted(f" +{hidden}", 4)[0] if hidden else ""
    segments: list[Segment] = []
    place = 0
    waiting: list[Stripe] = []
    for index, stripe in enumerate(shown):
        last = index + 1 == len(shown)
        segments.append(Segment(" " * (stripe.lane * columns.lane - place), look()))
        segments.append(Segment(OWN if stripe.mark.own else OTHERS, look.stripe(stripe.mark.colour)))
        place = stripe.lane * columns.lane + 1
        if stripe.first == state.row:
            waiting.append(stripe)
        if columns.lane > 1 or last:
            stop = columns.side - len(more) if last else shown[index + 1].lane * columns.lane
            for number, labelled in enumerate(waiting):
                place += _label(labelled, stop - place - bool(number), bool(number), segments, look)
            waiting = []
    segments.append(Segment(" " * (columns.side - len(more) - place), look()))
    segments.append(Segment(more, look("more")))
    return segments


def _label(stripe: Stripe, room: int, spaced: bool, segments: list[Segment], look: Looks) -> int:
    """Add a label with a space before it where it is not the first; return the cells taken."""
    mark = stripe.mark
    label, used = fitted("−" * mark.negative + mark.label, max(room, 0))
    if not used:
        return 0
    segments.append(Segment(" " * spaced + label, look.stripe(mark.colour, pending=mark.pending)))
    return used + spaced
