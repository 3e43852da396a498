"""What each coder decided on each unit, one row a unit and code: from these rows anybody can compute the figures again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from operator import itemgetter

from tbcp_qual.agreement.sweep import Laid
from tbcp_qual.agreement.units import Unit, by_case, decisions, laid_out
from tbcp_qual.coding.records import Document
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span

Decided = tuple[bool | None, ...]
"""By each coder; None for one who has not marked the document done."""

RUNS: tuple[Unit, ...] = ("character", "word")
"""Units of which there are so many that a row stands for several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """A unit and a code."""

    of: str
    """Id of the document; with cases as units that of the case."""
    number: int
    """Of the first unit of the row within it, from 1."""
    size: int
    """How many units the row stands for: of characters and words, those in a row on which all decided alike; else 1."""
    code: str
    decided: Decided


def unit_rows(
    snapshot: Snapshot,
    documents: Sequence[Document],
    unit: Unit,
    *,
    codes: Sequence[str],
    coders: Sequence[str],
    interviewer: bool,
) -> Iterator[UnitRow]:
    """Give the rows of documents that two coders or more have marked done, document by document, then code by code.

    Args:
        snapshot: as it was compared.
        documents: what was compared.
        unit: any but segments, which are the coders' own.
        codes: ids.
        coders: ids; the decisions stand in this order.
        interviewer: whether what interviewers say counted too.
    """
    if unit == "case":
        laid = by_case(snapshot, documents, coders=coders, interviewer=interviewer)
    else:
        laid = [(d.id, laid_out(snapshot, d, unit, coders=coders, interviewer=interviewer)) for d in documents]
    for of, document in laid:
        if len(document.done) < 2:
            continue
        for code in codes:
            parts = _cut(document, code) if unit == "character" else document
            found = decisions(parts, [code], coders)
            sizes = [span.end - span.start for span in parts.units] if unit == "character" else [1] * len(found)
            number = 1
            for decided, size in _runs(found, sizes) if unit in RUNS else zip(found, sizes, strict=True):
                yield UnitRow(of=of, number=number, size=size, code=code, decided=decided)
                number += size


def _runs(found: Sequence[Decided], sizes: Sequence[int]) -> Iterator[tuple[Decided, int]]:
    """Join units that follow one another, and on which all decided alike."""
    for decided, run in groupby(zip(found, sizes, strict=True), key=itemgetter(0)):
        yield decided, sum(size for _, size in run)


def _cut(document: Laid, code: str) -> Laid:
    """Cut the stretches of a document wherever a coding of a code begins or ends."""
    ends = sorted({end for (of, _), spans in document.spans.items() if of == code for span in spans for end in span})
    units = []
    for unit in document.units:
        within = [unit.start, *(end for end in ends if unit.start < end < unit.end), unit.end]
        units += [Span(start, end) for start, end in pairwise(within)]
    return replace(document, units=units)
