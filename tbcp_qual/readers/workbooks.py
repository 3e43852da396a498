"""Excel workbooks as tables of text, within limits that are checked before the library meets the file.

Hidden sheets are passed over: what somebody has hidden, such as the key to pseudonyms, is not meant to be read.
"""

import datetime
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from tbcp_qual.coding.text import one_line
from tbcp_qual.coding.values import plain_number
from tbcp_qual.errors import BadInput, UsageError
from tbcp_qual.readers.files import Row, Sheet, as_name, read_bytes
from tbcp_qual.readers.spreadsheets import guard

SUFFIXES = (".xlsx", ".xlsm")

_SAVE_AGAIN = "Open it in Excel or LibreOffice and save it as .xlsx again."
_TITLES = 10
"""Rows among which the header is looked for; sheets have a title above it."""


def read_workbook(path: Path, *, sheet: str | None = None, column: str = "case") -> tuple[Sheet, str, tuple[str, ...]]:
    """Read one sheet of a workbook as a table; rows without any content are passed over.

    Args:
        path: the file.
        sheet: its name; else the first that has a column of the name given, else the first with a header.
        column: the name by which the sheet is known.

    Returns:
        The table, whose lines are rows of the sheet; the name of the sheet; the names of the other visible ones.

    Raises:
        BadInput: it is no workbook, too large, or no sheet is a table; with the row.
        UsageError: there is no sheet of that name.
    """
    sheets = _sheets(read_bytes(path), path)
    if sheet is not None:
        named = [name for name in sheets if name.casefold() == sheet.strip().casefold()]
        if not named:
            there = ", ".join(as_name(name) for name in sheets) or "none"
            raise UsageError(f"{path} has no sheet called {as_name(sheet)}.", f"Its sheets: {there}.")
        sheets_tried = named
    else:
        sheets_tried = [name for name in sheets if any(_has(row, column) for row in sheets[name][:_TITLES])] or [
            name for name, rows in sheets.items() if any(map(any, rows))
        ]
    if not sheets_tried:
        raise BadInput(f"{path} is empty.", "All its sheets are, or are hidden.")
    chosen = sheets_tried[0]
    table = _table(sheets[chosen], f"{path}, sheet {as_name(chosen)}", column)
    return table, chosen, tuple(name for name in sheets if name != chosen)


def _has(row: Sequence[str], column: str) -> bool:
    return any(cell.casefold() == column for cell in row)


def _table(rows: Sequence[Sequence[str]], where: str, column: str) -> Sheet:
    first = next((i for i, row in enumerate(rows[:_TITLES]) if _has(row, column)), None)
    if first is None:
        # A title stands alone in its row; names of columns do not.
        wide = [i for i, row in enumerate(rows[:_TITLES]) if sum(map(bool, row)) > 1]
        filled = [i for i, row in enumerate(rows) if any(row)]
        if not filled:
            raise BadInput(f"{where}: it is empty.")
        first = wide[0] if wide else filled[0]
    header = list(rows[first])
    width = max(i for i, cell in enumerate(header) if cell) + 1
    begins = next(i for i, cell in enumerate(header) if cell)
    names = header[begins:width]
    if "" in names:
        raise BadInput(
            f"{where}, row {first + 1}: column {begins + names.index('') + 1} has no name.", "Name every one."
        )
    for i, name in enumerate(names):
        if name.casefold() in (earlier.casefold() for earlier in names[:i]):
            raise BadInput(
                f"{where}, row {first + 1}: the column {as_name(name)} is there twice.", "Rename one of them."
            )
    made = []
    for i, row in enumerate(rows[first + 1 :], first + 2):
        cells = [*row, *[""] * (width - len(row))]
        if any(cells[width:]):
            raise BadInput(
                f"{where}, row {i}: a cell stands beside the named columns.", "Name its column, or clear it."
            )
        if any(cells):
            made.append(Row(line=i, cells=dict(zip(names, cells[begins:width], strict=True))))
    return Sheet(columns=tuple(names), rows=tuple(made))


def _sheets(content: bytes, path: Path) -> dict[str, list[list[str]]]:
    """Return the cells of each visible sheet as text, from its first row and column on."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    guard(content, path)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        visible = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        return {
            name: [
                [_text(cell) for cell in row]
                for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ]
            for name in visible
        }
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as problem:  # the library is not Python's: what it raises in panic is no Exception
        raise BadInput(f"{path} is damaged, or not an Excel workbook.", _SAVE_AGAIN) from problem


def _text(cell: Any) -> str:
    """Return a cell as text; errors of formulas come as nothing already."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return plain_number(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return one_line(str(cell))
