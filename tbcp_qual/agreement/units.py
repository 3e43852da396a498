"""Which units a document has, and how many of them got which combination of the coders' decisions on a code.

A unit is coded by a coder if any of their codings overlaps it. Code points are swept, in `sweep`; segments, which are
the coders' own units, are matched in `segments`.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Literal, get_args

from tbcp_qual.agreement.arrays import Table, stacked
from tbcp_qual.agreement.ratings import Ratings
from tbcp_qual.agreement.segments import matched
from tbcp_qual.agreement.sweep import CODED_OR_NOT, Laid, Spans, characters
from tbcp_qual.coding.aboutness import Aboutness
from tbcp_qual.coding.answers import answer_numbers
from tbcp_qual.coding.records import Document, Turn
from tbcp_qual.coding.sentences import sentences, words
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span, union

Unit = Literal["character", "word", "sentence", "turn", "answer", "paragraph", "document", "case", "overlap"]
UNITS: tuple[Unit, ...] = get_args(Unit)

EXPLAINED: dict[Unit, str] = {
    "character": "code point",
    "answer": "what is said between two turns of the interviewer",
    "paragraph": "line of a turn",
    "case": "all that is about a case, over the documents compared",
    "overlap": "segment as a coder drew it",
}
"""What some units are, for whoever reads a figure."""

SHARE = 0.5
"""The share of two segments that has to be common where nobody says another."""


def stretches(snapshot: Snapshot, document: Document, unit: Unit, *, interviewer: bool = False) -> list[Span]:
    """Return the units of a document; for those made of several stretches, and for characters, the stretches.

    Args:
        snapshot: holds the turns and the text of the document.
        document: the document.
        unit: what counts as one unit.
        interviewer: whether what interviewers say counts too.
    """
    turns = [Span(turn.start, turn.end) for turn in _turns(snapshot, document) if _counts(turn, interviewer)]
    if unit == "character":
        return union(turns)
    parts: dict[Unit, Callable[[str], Iterable[Span]]] = {"word": words, "sentence": sentences, "paragraph": _lines}
    if unit not in parts:
        return turns
    text = snapshot.texts[document.text]
    return [
        Span(turn.start + part.start, turn.start + part.end)
        for turn in turns
        for part in parts[unit](text[turn.start : turn.end])
    ]


def laid_out(snapshot: Snapshot, document: Document, unit: Unit, *, coders: Iterable[str], interviewer: bool) -> Laid:
    """Lay a document out for comparing coders.

    Args:
        snapshot: holds the turns, text and codings of the document.
        document: the document.
        unit: what counts as one unit.
        coders: ids.
        interviewer: whether what interviewers say counts too.
    """
    return Laid(
        units=stretches(snapshot, document, unit, interviewer=interviewer),
        spans=coded_spans(snapshot, document),
        done=snapshot.done_by_document.get(document.id, set()) & set(coders),
        groups=_groups(snapshot, document, unit, interviewer=interviewer),
    )


def _turns(snapshot: Snapshot, document: Document) -> list[Turn]:
    return [turn for turn in snapshot.turns_by_document.get(document.id, []) if turn.text == document.text]


def _counts(turn: Turn, interviewer: bool) -> bool:
    return turn.start < turn.end and (interviewer or turn.role != "interviewer")


def _lines(text: str) -> Iterator[Span]:
    """Give the lines of a turn, without those that are empty.

    >>> list(_lines("One.\\n\\n Two. "))
    [Span(start=0, end=4), Span(start=7, end=11)]
    """
    start = 0
    for line in text.split("\n"):
        if line.strip():
            lead = len(line) - len(line.lstrip())
            yield Span(start + lead, start + lead + len(line.strip()))
        start += len(line) + 1


def _groups(snapshot: Snapshot, document: Document, unit: Unit, *, interviewer: bool) -> list[int] | None:
    """Return for each stretch the number of the unit it is part of; None where each is one."""
    turns = _turns(snapshot, document)
    if unit == "document":
        return [0 for turn in turns if _counts(turn, interviewer)]
    if unit == "answer":
        # What an interviewer says is nobody's answer: each such turn is a unit of its own.
        numbers = zip(turns, answer_numbers(turns), range(-1, -len(turns) - 1, -1), strict=True)
        return [answer if answer >= 0 else own for turn, answer, own in numbers if _counts(turn, interviewer)]
    return None


def by_case(
    snapshot: Snapshot, documents: Sequence[Document], *, coders: Sequence[str], interviewer: bool
) -> list[tuple[str, Laid]]:
    """Lay out the cases that documents are about, each as one unit over all of them, by id of the case.

    Whoever has marked only some of the documents about a case done is missing there. What is about no case is left out.
    """
    about = Aboutness(snapshot.documents, snapshot.turns, snapshot.abouts, snapshot.participants)
    found: dict[str, list[tuple[Document, Span]]] = {}
    for document in documents:
        for span in stretches(snapshot, document, "turn", interviewer=interviewer):
            for case in about.cases_of(document.id, document.text, span).about:
                found.setdefault(case, []).append((document, span))
    offsets: dict[str, int] = {}
    place = 0
    for document in documents:
        offsets[document.id] = place
        place += len(snapshot.texts[document.text]) + 1
    spans: dict[tuple[str, str], list[Span]] = {}
    for document in documents:
        for key, coded in coded_spans(snapshot, document).items():
            spans.setdefault(key, []).extend(_moved(span, offsets[document.id]) for span in coded)
    done = snapshot.done_by_document
    laid = []
    for case, of in found.items():
        about_it = {document.id for document, _ in of}
        laid.append(
            (
                case,
                Laid(
                    units=[_moved(span, offsets[document.id]) for document, span in of],
                    spans=spans,
                    done={c for c in coders if all(c in done.get(document, ()) for document in about_it)},
                    groups=[0] * len(of),
                ),
            )
        )
    return laid


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def count_units(snapshot: Snapshot, documents: Sequence[Document], unit: Unit, *, interviewer: bool) -> int:
    """Return how many units documents have; segments are drawn by coders, and there are none before."""
    if unit == "case":
        return len(by_case(snapshot, documents, coders=(), interviewer=interviewer))
    total = 0
    for document in documents:
        found = stretches(snapshot, document, unit, interviewer=interviewer)
        groups = _groups(snapshot, document, unit, interviewer=interviewer)
        if unit == "character":
            total += sum(span.end - span.start for span in found)
        else:
            total += len(found) if groups is None else len(set(groups))
    return total


def coded_spans(snapshot: Snapshot, document: Document) -> dict[tuple[str, str], list[Span]]:
    """Return what each coder coded with each code, by `(code, coder)`; merged codes count as what they became."""
    found: dict[tuple[str, str], list[Span]] = {}
    for coding in snapshot.codings_by_document.get(document.id, []):
        if coding.text == document.text:
            code = snapshot.codebook.current(coding.code).id
            found.setdefault((code, coding.coder), []).append(Span(coding.start, coding.end))
    return {key: union(spans) for key, spans in found.items()}


def by_document(
    documents: Sequence[Laid],
    unit: Unit,
    *,
    codes: Sequence[Collection[str]],
    coders: Sequence[str],
    share: float = SHARE,
) -> Table:
    """Count the units of each document by what the coders decided on each.

    Args:
        documents: laid out for this unit.
        unit: what counts as one unit.
        codes: ids; one row of units for each collection, coded where any of its codes is.
        coders: ids; the values of a combination stand in this order.
        share: of two segments, what has to be common to both; for the unit "overlap" alone.

    Returns:
        a table with units of shape `(codes, documents, patterns)`
    """
    if unit == "character":
        return characters(documents, codes=codes, coders=coders)

    def counted(document: Laid, members: Collection[str]) -> Ratings:
        return (
            matched(document, members, coders, share) if unit == "overlap" else _whole_units(document, members, coders)
        )

    return stacked(
        [[counted(document, members) for document in documents] for members in codes],
        Ratings(coders=len(coders), patterns={}, categories=CODED_OR_NOT),
    )


def decisions(document: Laid, codes: Collection[str], coders: Sequence[str]) -> list[tuple[bool | None, ...]]:
    """Return for each unit of a document whether each coder coded it with any of the codes; None who is missing."""
    columns: list[Iterable[bool | None]] = []
    units = len(document.units) if document.groups is None else len(set(document.groups))
    for coder in coders:
        if coder in document.done:
            spans = union(span for code in codes for span in document.spans.get((code, coder), ()))
            coded = _touched(spans, document.units)
            columns.append(coded if document.groups is None else _any_of(coded, document.groups))
        else:
            columns.append([None] * units)
    return list(zip(*columns, strict=True))


def _whole_units(document: Laid, codes: Collection[str], coders: Sequence[str]) -> Ratings:
    return Ratings.from_rows(decisions(document, codes, coders), coders=len(coders))


def _touched(spans: Spans, units: Sequence[Span]) -> list[bool]:
    """Return for each unit whether any stretch shares words with it; the cost follows the stretches, which are fewer.

    Args:
        spans: in order, apart from each other.
        units: likewise.
    """
    touched = [False] * len(units)
    for span in spans:
        place = bisect_right(units, span.start, key=_end)
        while place < len(units) and units[place].start < span.end:
            touched[place] = True
            place += 1
    return touched


def _end(span: Span) -> int:
    return span.end


def _any_of(coded: Sequence[bool], groups: Sequence[int]) -> list[bool]:
    """Return for each unit, in the order of its first stretch, whether any of its stretches was coded."""
    found = dict.fromkeys(groups, False)
    for is_coded, group in zip(coded, groups, strict=True):
        found[group] = found[group] or is_coded
    return list(found.values())
