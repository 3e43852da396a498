"""The tables of a report as a workbook: one sheet each, to sort and filter; a matrix is one sheet however wide."""

import datetime
import re
from collections.abc import Sequence
from pathlib import Path

from tbcp_qual.writers.report.blocks import NOTHING, Composed
from tbcp_qual.writers.report.blocks import Table as Block
from tbcp_qual.writers.tables import Cell, Table, write_workbook

_PART = re.compile(r", part \d+ of \d+$")
_ON_PAPER = ("questions", "headings", "methods", "codebook")
"""Parts whose tables are for reading, or stand in a sheet of their own already."""
_COUNT = re.compile(r"-?\d{1,9}")


def write_tables(
    report: Composed, path: Path, *, made: datetime.datetime | None = None, also: Sequence[Table] = ()
) -> int:
    """Write the tables of a report to a workbook, which is replaced as a whole; return how many sheets it has.

    Args:
        report: what holds the tables.
        path: the file.
        made: when, in UTC; None for now.
        also: sheets that come after them.

    Raises:
        BadInput: a text is longer than a cell can be, or the file cannot be written.
    """
    joined: dict[str, Block] = {}
    placed = (block for part in report.parts if part.key not in _ON_PAPER for block in part.blocks)
    for table in (*report.tables, *(block for block in placed if isinstance(block, Block))):
        title = _PART.sub("", table.title)
        joined[title] = _beside(joined[title], table) if title in joined else table
    sheets = [_sheet(title, table) for title, table in joined.items()]
    about: tuple[tuple[Cell, ...], ...] = tuple((name, words) for name, words in report.facts)
    about += tuple(("Mind", words) for words in report.notices)
    first = Table(title="About", headings=("What", report.subtitle), rows=about)
    sheets = [first, *sheets, *also]
    write_workbook(sheets, path, title=f"{report.title}: {report.subtitle}", made=made)
    return len(sheets)


def _beside(first: Block, other: Block) -> Block:
    """Join the parts of a table that were set apart for paper; each repeats the first column."""
    return Block(
        title=first.title,
        description=first.description,
        headings=(*first.headings, *other.headings[1:]),
        rows=tuple((*row, *more[1:]) for row, more in zip(first.rows, other.rows, strict=True)),
        widths=(*first.widths, *other.widths[1:]),
    )


def _sheet(title: str, table: Block) -> Table:
    return Table(
        title=title,
        headings=table.headings,
        rows=[[_value("\n".join(paragraph.words for paragraph in cell)) for cell in row] for row in table.rows],
    )


def _value(words: str) -> Cell:
    """Return a count as a number, so that it sorts as one; keys such as `02` stay words."""
    if words == NOTHING:
        return None
    plain = words.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+", words) else words
    return int(plain) if _COUNT.fullmatch(plain) and str(int(plain)) == plain else words
