"""Which units a document has, and how many of them got which combination of the coders' decisions on a code.

A unit is coded by a coder if any of their codings overlaps it. Boundaries of spans are swept: the cost follows the
number of codings, never the length of the text.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal, get_args

from tbcp_qual.agreement.ratings import Ratings, Value
from tbcp_qual.coding.records import Document
from tbcp_qual.coding.sentences import sentences
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span, union

Unit = Literal["character", "sentence", "turn"]
UNITS: tuple[Unit, ...] = get_args(Unit)

CODED_OR_NOT = (False, True)
"""What a coder can say of a unit and a code: both are always on offer."""

Spans = Sequence[Span]
"""Sorted and disjoint, as `union` gives them."""


def stretches(snapshot: Snapshot, document: Document, unit: Unit, *, interviewer: bool = False) -> list[Span]:
    """Return the units of a document; for characters, the stretches whose code points are the units.

    Args:
        snapshot: holds the turns and the text of the document.
        document: the document.
        unit: what counts as one unit.
        interviewer: whether what interviewers say counts too.
    """
    turns = [
        Span(turn.start, turn.end)
        for turn in snapshot.turns_by_document.get(document.id, [])
        if turn.text == document.text and turn.start < turn.end and (interviewer or turn.role != "interviewer")
    ]
    if unit == "turn":
        return turns
    if unit == "character":
        return union(turns)
    text = snapshot.texts[document.text]
    return [
        Span(turn.start + sentence.start, turn.start + sentence.end)
        for turn in turns
        for sentence in sentences(text[turn.start : turn.end])
    ]


def coded_spans(snapshot: Snapshot, document: Document) -> dict[tuple[str, str], list[Span]]:
    """Return what each coder coded with each code, by `(code, coder)`; merged codes count as what they became."""
    found: dict[tuple[str, str], list[Span]] = {}
    for coding in snapshot.codings_by_document.get(document.id, []):
        if coding.text == document.text:
            code = snapshot.codebook.current(coding.code).id
            found.setdefault((code, coding.coder), []).append(Span(coding.start, coding.end))
    return {key: union(spans) for key, spans in found.items()}


def decisions(
    spans: Mapping[tuple[str, str], Spans],
    units: Spans,
    unit: Unit,
    *,
    codes: Collection[str],
    coders: Sequence[str],
    done: Collection[str],
) -> Ratings:
    """Say of each unit of a document which coders gave it one of the codes.

    Args:
        spans: what each coder coded, from `coded_spans`.
        units: from `stretches`.
        unit: what counts as one unit.
        codes: ids; a coder coded a unit if any of these is on it.
        coders: ids; the values of a pattern stand in this order.
        done: ids of those who have marked the document done; the others are missing here, not "uncoded".
    """
    by_coder = [
        union(span for code in codes for span in spans.get((code, coder), ())) if coder in done else None
        for coder in coders
    ]
    sweep = _characters if unit == "character" else _whole_units
    return Ratings(coders=len(coders), patterns=sweep(units, by_coder), categories=CODED_OR_NOT)


def _whole_units(units: Spans, by_coder: Sequence[Spans | None]) -> dict[tuple[Value | None, ...], int]:
    columns: list[Iterable[bool | None]] = []
    for spans in by_coder:
        if spans is None:
            columns.append([None] * len(units))
        else:
            ends = [span.end for span in spans]
            columns.append([_touched(spans, ends, unit) for unit in units])
    return dict(Counter(zip(*columns, strict=True)))


def _touched(spans: Spans, ends: Sequence[int], unit: Span) -> bool:
    first_after = bisect_right(ends, unit.start)
    return first_after < len(spans) and spans[first_after].start < unit.end


def _characters(units: Spans, by_coder: Sequence[Spans | None]) -> dict[tuple[Value | None, ...], int]:
    rows: list[Spans] = [units, *(spans or () for spans in by_coder)]
    boundaries = sorted((offset, row) for row, spans in enumerate(rows) for span in spans for offset in span)
    patterns: Counter[tuple[Value | None, ...]] = Counter()
    counts = False
    state: list[bool | None] = [None if spans is None else False for spans in by_coder]
    last = 0
    for offset, row in boundaries:
        if counts and offset > last:
            patterns[tuple(state)] += offset - last
        if row == 0:
            counts = not counts
        else:
            state[row - 1] = not state[row - 1]
        last = offset
    return dict(patterns)
