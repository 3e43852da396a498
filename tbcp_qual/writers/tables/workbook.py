"""Tables as an Excel workbook: text is never a formula or a link, headings stay in view, columns can be filtered."""

import datetime
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tbcp_qual.errors import BadInput
from tbcp_qual.writers.tables.table import Table, worded
from tbcp_qual.writers.whole import whole_file
from tbcp_qual.writers.word.markup import legal

LONGEST_CELL = 32_767
"""UTF-16 code units that Excel takes in one cell."""
MOST_ROWS = 1_048_576

_TINT = "#EAF1F2"
_ACCENT = "#1F5A66"
_WIDEST, _NARROWEST = 60, 9
"""Characters."""
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")


def write_workbook(tables: Sequence[Table], path: Path, *, title: str, made: datetime.datetime | None = None) -> None:
    """Write tables to a workbook, a sheet each; it is replaced as a whole.

    Args:
        tables: one or more.
        path: the file.
        title: what the file says it is.
        made: when, in UTC; None for now.

    Raises:
        BadInput: a text is longer than a cell can be, there are more rows than a sheet takes, or the file cannot be
            written.
    """
    import xlsxwriter

    _check(tables, path)
    # Words of a transcript go into no temporary file: the library would write its parts to one.
    with whole_file(path) as file:
        book = xlsxwriter.Workbook(file, {"in_memory": True})
        created = (made or datetime.datetime.now(datetime.UTC)).replace(tzinfo=None)
        book.set_properties({"title": legal(title), "comments": "Made with tbcp-qual.", "created": created})
        head = book.add_format(
            {
                "bold": True,
                "bg_color": _TINT,
                "bottom": 2,
                "bottom_color": _ACCENT,
                "text_wrap": True,
                "valign": "bottom",
            }
        )
        cell = book.add_format({"text_wrap": True, "valign": "top"})
        taken: set[str] = set()
        for table in tables:
            sheet = book.add_worksheet(_sheet_name(table.title, taken))
            _fill(sheet, table, head, cell, path)
        book.close()


def _check(tables: Sequence[Table], path: Path) -> None:
    for table in tables:
        if len(table.rows) >= MOST_ROWS:
            raise BadInput(f"{path}: {len(table.rows):,} rows are more than a sheet takes.", "Write them as CSV.")
        for number, row in enumerate(table.rows, start=2):
            for heading, cell in zip(table.headings, row, strict=True):
                if isinstance(cell, str) and len(cell.encode("utf-16-le", "replace")) // 2 > LONGEST_CELL:
                    raise BadInput(
                        f"{path}, sheet {table.title}, row {number}: “{heading}” has {len(cell):,} characters; "
                        f"Excel takes {LONGEST_CELL:,} in a cell.",
                        "Write it as CSV, or shorten it.",
                    )


def _fill(sheet: Any, table: Table, head: Any, cell: Any, path: Path) -> None:
    for column, heading in enumerate(table.headings):
        sheet.write_string(0, column, legal(heading), head)
        sheet.set_column(column, column, _width(table, column), cell)
    for line, row in enumerate(table.rows, start=1):
        for column, value in enumerate(map(worded, row)):
            if isinstance(value, str):
                refused = value != "" and sheet.write_string(line, column, legal(value), cell)
            else:
                refused = sheet.write_number(line, column, value, cell)
            if refused:
                raise BadInput(f"{path}, sheet {table.title}, row {line + 1}: a cell was refused.")
    sheet.freeze_panes(1, 1)
    if table.headings:
        sheet.autofilter(0, 0, len(table.rows), len(table.headings) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _width(table: Table, column: int) -> int:
    """Return the width of a column in characters: as wide as its longest line, within limits."""
    cells = (str(worded(row[column])) for row in table.rows)
    longest = max((len(line) for cell in cells for line in cell.split("\n")), default=0)
    return min(max(longest + 2, len(table.headings[column]) + 5, _NARROWEST), _WIDEST)


def _sheet_name(title: str, taken: set[str]) -> str:
    """Return a name as Excel allows it: 31 characters, without some signs, used once."""
    base = " ".join(_NOT_IN_A_TITLE.sub(" ", legal(title)).split()).strip("' ")[:31].strip() or "Sheet"
    name, again = base, 1
    while name.casefold() in taken:
        again += 1
        name = f"{base[: 30 - len(str(again))]} {again}"
    taken.add(name.casefold())
    return name
