"""The cells of a table with all their lines: definitions are prose, which tables of names and numbers fold.

The shape of the table is checked by the readers of tables that all of us share; here only the words are read anew.
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from tbcp_qual.coding.text import clean, one_line
from tbcp_qual.formats.cells import unguarded
from tbcp_qual.readers.files import decode, parse_csv, read_bytes
from tbcp_qual.readers.workbooks import read_workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a table."""

    where: str
    """The file and line, for a sentence."""
    cells: dict[str, str]
    """By column, in lower case; line ends within a cell are kept, white space around it is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """A table of prose."""

    where: str
    """The file, and the sheet of a workbook."""
    columns: tuple[str, ...]
    """In lower case."""
    lines: tuple[Line, ...]


def csv_cells(path: Path) -> Cells:
    """Read a CSV file with a header.

    Raises:
        BadInput: it is none, or a row is ragged; with the line.
    """
    content = read_bytes(path)
    sheet = parse_csv(content, path)
    text = clean(decode(content, path).text).text
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    raw = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(map(str.strip, row))]
    columns = tuple(one_line(name).casefold() for name in sheet.columns)
    lines = tuple(
        Line(
            where=f"{path}, line {row.line}",
            cells=dict(zip(columns, (unguarded(cell.strip()).strip() for cell in cells), strict=True)),
        )
        for row, cells in zip(sheet.rows, raw[1:], strict=True)
    )
    return Cells(where=str(path), columns=columns, lines=lines)


def workbook_cells(path: Path, *, sheet: str | None, column: str) -> tuple[Cells, str, tuple[str, ...]]:
    """Read one sheet of a workbook; return it with its name and those of the others.

    Args:
        path: the file.
        sheet: its name; None for the first that has the column.
        column: a column by which it is known.

    Raises:
        BadInput: it is no workbook, or the sheet is no table; with the row.
        UsageError: there is no such sheet.
    """
    from python_calamine import CalamineWorkbook

    table, name, others = read_workbook(path, sheet=sheet, column=column)
    book = CalamineWorkbook.from_filelike(io.BytesIO(read_bytes(path)))
    raw = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    header = list(table.columns)
    starts = (
        next((at for at in range(len(row)) if [one_line(str(c)) for c in row[at : at + len(header)]] == header), None)
        for row in raw[: table.rows[0].line - 1 if table.rows else 0]
    )
    first = next((start for start in starts if start is not None), 0)
    columns = tuple(column.casefold() for column in header)
    lines = []
    for row in table.rows:
        exact = raw[row.line - 1][first : first + len(header)]
        words = {
            key: clean(cell).text.strip() if isinstance(cell, str) else row.cells[column]
            for key, column, cell in zip(columns, header, [*exact, *[""] * len(header)], strict=False)
        }
        lines.append(Line(where=f"{path}, sheet {name}, row {row.line}", cells=words))
    return Cells(where=f"{path}, sheet {name}", columns=columns, lines=tuple(lines)), name, others
