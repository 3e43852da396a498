"""Which units a document has, and how many of them got which combination of the coders' decisions on a code.

A unit is coded by a coder if any of their codings overlaps it. Code points are swept, in `sweep`.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from typing import Literal, get_args

from tbcp_qual.agreement.arrays import Table, stacked
from tbcp_qual.agreement.ratings import Ratings
from tbcp_qual.agreement.sweep import CODED_OR_NOT, Laid, Spans, characters
from tbcp_qual.coding.records import Document
from tbcp_qual.coding.sentences import sentences
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span, union

Unit = Literal["character", "sentence", "turn"]
UNITS: tuple[Unit, ...] = get_args(Unit)


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


def by_document(
    documents: Sequence[Laid], unit: Unit, *, codes: Sequence[Collection[str]], coders: Sequence[str]
) -> Table:
    """Count the units of each document by what the coders decided on each.

    Args:
        documents: laid out for this unit.
        unit: what counts as one unit.
        codes: ids; one row of units for each collection, coded where any of its codes is.
        coders: ids; the values of a combination stand in this order.

    Returns:
        a table with units of shape `(codes, documents, patterns)`
    """
    if unit == "character":
        return characters(documents, codes=codes, coders=coders)
    return stacked(
        [[_whole_units(document, members, coders) for document in documents] for members in codes],
        Ratings(coders=len(coders), patterns={}, categories=CODED_OR_NOT),
    )


def _whole_units(document: Laid, codes: Collection[str], coders: Sequence[str]) -> Ratings:
    columns: list[Iterable[bool | None]] = []
    for coder in coders:
        if coder in document.done:
            spans = union(span for code in codes for span in document.spans.get((code, coder), ()))
            ends = [span.end for span in spans]
            columns.append([_touched(spans, ends, unit) for unit in document.units])
        else:
            columns.append([None] * len(document.units))
    return Ratings.from_rows(zip(*columns, strict=True), coders=len(coders))


def _touched(spans: Spans, ends: Sequence[int], unit: Span) -> bool:
    first_after = bisect_right(ends, unit.start)
    return first_after < len(spans) and spans[first_after].start < unit.end
