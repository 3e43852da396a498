"""Excel workbooks as documents: one row a turn, or one row a record; several sheets of the same kind one after another."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents.columns import Cell, Table, find_columns, not_taken, shape_of, turns_of
from tbcp_qual.readers.documents.draft import Reading, Said, Source
from tbcp_qual.readers.spreadsheets import guard

_SAVE_AGAIN = "Open it in Excel or LibreOffice and save it as .xlsx again."
_TITLES = 10
"""Rows among which the header is looked for; forms have a title above it."""


class Excel:
    """Reads `.xlsx`."""

    name = "an Excel workbook"
    suffixes: tuple[str, ...] = (".xlsx", ".xlsm")

    def read(self, source: Source) -> Reading:
        """Read a workbook; its columns are found by their names."""
        sheets, hidden = _sheets(source.content, source.path)
        said: list[Said] = []
        reading = Reading()
        refused: list[tuple[str, BadInput]] = []
        for name, rows in sheets.items():
            if not rows:
                continue
            try:
                table, columns = _table(rows, source)
            except BadInput as problem:
                refused.append((name, problem))
                continue
            turns = turns_of(table, columns)
            several = sum(map(bool, sheets.values())) > 1
            said += [replace(turn, section=turn.section or name) if several else turn for turn in turns]
            reading = replace(
                reading,
                shape=tuple({(c.name, c.field): c for c in (*shape_of(table, columns), *reading.shape)}.values()),
                left_out=tuple(dict.fromkeys((*reading.left_out, *not_taken(table, columns)))),
            )
        if not said and refused:
            raise refused[0][1]
        if not said:
            raise BadInput(f"{source.path} has no words in it.", "All its sheets are empty.")
        left = tuple(f"sheet {i + 1}" for i, name in enumerate(sheets) if name in {name for name, _ in refused})
        left += (f"hidden sheets ({hidden})",) if hidden else ()
        return replace(reading, said=tuple(said), left_out=reading.left_out + left)


def _table(rows: list[list[Cell]], source: Source) -> tuple[Table, dict[str, tuple[int, ...]]]:
    """Return a sheet below its header, which is the first row whose names are understood."""
    first: BadInput | None = None
    for i, row in enumerate(rows[:_TITLES]):
        header = tuple(" ".join(str(cell).split()) if isinstance(cell, str) else "" for cell in row)
        if not any(header):
            continue
        table = Table(header=header, rows=tuple(tuple(r) for r in rows[i + 1 :] if any(c not in ("", None) for c in r)))
        try:
            columns = find_columns(table, source.columns, source.path)
        except BadInput as problem:
            first = first if first and sum(map(bool, header)) < 2 else problem if first is None else first
            continue
        if table.rows:
            return table, columns
    raise first or BadInput(f"{source.path}: no row of it names columns.", "The first row names the columns.")


def _sheets(content: bytes, path: Path) -> tuple[dict[str, list[list[Cell]]], int]:
    """Return the rows of each sheet, and how many are hidden: what somebody has hidden is not meant to be read."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    guard(content, path)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        about = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        visible = [sheet.name for sheet in about if sheet.visible == SheetVisibleEnum.Visible]
        rows = {name: workbook.get_sheet_by_name(name).to_python() for name in visible}
        cells = {name: [[None if cell == "" else cell for cell in row] for row in rows[name]] for name in visible}
        return cells, len(about) - len(visible)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as problem:  # the library is not Python's: what it raises in panic is no Exception
        raise BadInput(f"{path} is damaged, or not an Excel workbook.", _SAVE_AGAIN) from problem


READER = Excel()
