"""Spans of one continuum from CSV: a row a span, with who drew it, from where to where, and its code."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tbcp_qual.agreement.unitizing.continuum import CodedSpan, Continuum
from tbcp_qual.errors import BadInput
from tbcp_qual.readers.files import Row, read_csv

COLUMNS = ("coder", "start", "end", "code")

_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanSheet:
    """A table of spans as the file has it."""

    continuum: Continuum
    """Its coders in the order of the file, then those who were named besides."""
    empty: tuple[int, ...]
    """Lines of spans that hold nothing; they are left out, their coders are not."""


def read_spans(path: Path, *, length: int, coders: Sequence[str] = ()) -> SpanSheet:
    """Read a table with the header `coder,start,end,code`, its spans half-open.

    Args:
        path: the file.
        length: of the continuum, which begins at 0.
        coders: who is to be there though the file may have no row of theirs.

    Raises:
        BadInput: a column is missing or unknown, a cell is empty or no whole number, a span ends before it begins or
            lies outside the continuum, or two of one coder and one code overlap; with the line.
    """
    sheet = read_csv(path, columns=COLUMNS, optional=())
    drawn: dict[str, dict[str, list[tuple[int, int, int]]]] = {}
    empty = []
    for row in sheet.rows:
        where = f"{path}, line {row.line}"
        for name in COLUMNS:
            if not row.cells[name]:
                raise BadInput(f"{where}: the column “{name}” is empty.", "Each row has a coder, start, end and code.")
        start, end = (_position(row, name, where) for name in ("start", "end"))
        _check(start, end, length, where)
        own = drawn.setdefault(row.cells["coder"], {})
        if start == end:
            empty.append(row.line)
        else:
            own.setdefault(row.cells["code"], []).append((start, end, row.line))
    for by_code in drawn.values():
        for spans in by_code.values():
            _check_apart(sorted(spans), path)
    for coder in coders:
        drawn.setdefault(coder, {})
    spans_by_coder = {
        coder: tuple(sorted(CodedSpan(start, end, code) for code in by_code for start, end, _ in by_code[code]))
        for coder, by_code in drawn.items()
    }
    return SpanSheet(continuum=Continuum(length=length, spans=spans_by_coder), empty=tuple(empty))


def _position(row: Row, name: str, where: str) -> int:
    cell = row.cells[name]
    if not _WHOLE.fullmatch(cell):
        raise BadInput(f"{where}: the {name} is no whole number.", "Positions are counted from 0.")
    return int(cell)


def _check(start: int, end: int, length: int, where: str) -> None:
    if start < 0:
        raise BadInput(f"{where}: the span begins at {start}, before the continuum.", "Positions are counted from 0.")
    if end < start:
        raise BadInput(f"{where}: the span ends at {end}, before it begins at {start}.", "Are start and end swapped?")
    if end > length:
        raise BadInput(f"{where}: the span ends at {end}, but the continuum at {length}.", "Is --length right?")


def _check_apart(spans: Sequence[tuple[int, int, int]], path: Path) -> None:
    """See that spans of one coder and one code, sorted, do not overlap."""
    for (_, end, line), (start, _, next_line) in pairwise(spans):
        if start < end:
            raise BadInput(
                f"{path}, line {max(line, next_line)}: the span overlaps the one on line {min(line, next_line)}, of the "
                "same coder and code.",
                "Make one of them, or let the one end where the other begins.",
            )
