"""Codings from CSV, and where the words that they quote stand in a text."""

import re
from dataclasses import dataclass
from pathlib import Path

from tbcp_qual.coding.spans import Span
from tbcp_qual.readers.files import read_csv

_SAME = {
    **dict.fromkeys("'‘’‚‛ʼ′`´", "['‘’‚‛ʼ′`´]"),
    **dict.fromkeys('"“”„‟″«»', '["“”„‟″«»]'),
}
_GAP = re.compile(r"\s+(?:…|\.\.\.)\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingRow:
    """One coding as the file has it; nothing of it has been looked up yet."""

    line: int
    document: str
    turn: str
    """Number of the turn, counted from 1; empty where the words are to be found in the whole document."""
    quotation: str
    code: str
    memo: str
    negative: str


def read_codings(path: Path) -> tuple[CodingRow, ...]:
    """Read codings.

    Raises:
        BadInput: the file is no sound CSV or lacks a column; with the line.
    """
    sheet = read_csv(path, columns=("document", "quotation", "code"), optional=("turn", "memo", "negative"))
    return tuple(
        CodingRow(
            line=row.line,
            document=row.cells["document"],
            turn=row.cells.get("turn", ""),
            quotation=row.cells["quotation"],
            code=row.cells["code"],
            memo=row.cells.get("memo", ""),
            negative=row.cells.get("negative", ""),
        )
        for row in sheet.rows
    )


def find_quotation(text: str, quotation: str, within: Span) -> list[Span]:
    """Return where words stand in a stretch of a text; straight and curly quotes, and all white space, are the same.

    `first words … last words` stands for all from the one to the other. Each place where the first words stand counts
    with each place after it where the last words do, so that more than one result means: not told apart.

    >>> find_quotation("She  said “no”.", 'said "no"', Span(0, 15))
    [Span(start=5, end=14)]
    >>> find_quotation("one two three four", "one … three", Span(0, 18))
    [Span(start=0, end=13)]
    """
    whole = _places(text, quotation, within)
    parts = _GAP.split(quotation.strip())
    if whole or len(parts) != 2:
        return whole
    firsts, lasts = _places(text, parts[0], within), _places(text, parts[1], within)
    return [Span(first.start, last.end) for first in firsts for last in lasts if last.start >= first.end]


def _places(text: str, words: str, within: Span) -> list[Span]:
    pieces = words.split()
    if not pieces:
        return []
    pattern = r"\s+".join("".join(_SAME.get(c) or re.escape(c) for c in piece) for piece in pieces)
    # A look-ahead finds overlapping places too.
    found = re.compile(f"(?=({pattern}))").finditer(text, within.start, within.end)
    return [Span(*match.span(1)) for match in found]
