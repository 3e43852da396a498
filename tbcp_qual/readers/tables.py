"""Tables of units × coders from CSV: a row a unit, a column a coder, an empty cell what is missing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from tbcp_qual.agreement.ratings import Value
from tbcp_qual.errors import BadInput
from tbcp_qual.readers.files import as_name, read_csv

UNIT = "unit"
"""The column that names the units."""

_WHOLE = re.compile(r"[+-]?[0-9]{1,400}")
_DECIMAL = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingSheet:
    """A table as the file has it."""

    coders: tuple[str, ...]
    """Column names."""
    rows: tuple[tuple[Value | None, ...], ...]
    """Values in the order of the coders; numbers where numbers were asked for, else text; None is missing."""


def read_ratings(path: Path, *, numbers: bool, allowed: Sequence[Value] | None = None) -> RatingSheet:
    """Read a table with the header `unit,CODER1,CODER2,…`.

    Args:
        path: the file.
        numbers: whether each value must be a number.
        allowed: what may stand in a cell; None for anything.

    Raises:
        BadInput: the header is another, a unit is there twice, or a value is no number or not allowed; with the line.
    """
    sheet = read_csv(path)
    first, *coders = sheet.columns
    if first.casefold() != UNIT or len(coders) < 2:
        raise BadInput(
            f"{path}, line 1: a column “{UNIT}” and one for each of two or more coders are needed.",
            f"The first line is {UNIT},CODER1,CODER2 and so on.",
        )
    lines: dict[str, int] = {}
    rows = []
    for row in sheet.rows:
        name = row.cells[first]
        if name and name in lines:
            raise BadInput(
                f"{path}, line {row.line}: unit {as_name(name)} is on line {lines[name]} already.",
                "One row a unit, with the values of all coders.",
            )
        lines[name] = row.line
        rows.append(
            tuple(_value(row.cells[coder], f"{path}, line {row.line}", coder, numbers, allowed) for coder in coders)
        )
    return RatingSheet(coders=tuple(coders), rows=tuple(rows))


def _value(cell: str, where: str, coder: str, numbers: bool, allowed: Sequence[Value] | None) -> Value | None:
    if not cell:
        return None
    value: Value | None = number(cell) if numbers else cell
    if value is None:
        raise BadInput(
            f"{where}: the value of {as_name(coder)} is no number.",
            "Leave the cell empty where a value is missing; write 3.5 with a point.",
        )
    if allowed is not None and value not in allowed:
        raise BadInput(
            f"{where}: the value of {as_name(coder)} is none of the {len(allowed)} categories in the order given.",
            "Name all categories: --order a,b,c",
        )
    return value


def in_numbers(sheet: RatingSheet) -> RatingSheet | None:
    """Return a table of text as one of numbers; None where not all values are."""
    sizes = {cell: number(str(cell)) for row in sheet.rows for cell in row if cell is not None}
    if None in sizes.values():
        return None
    rows = tuple(tuple(None if cell is None else sizes[cell] for cell in row) for row in sheet.rows)
    return RatingSheet(coders=sheet.coders, rows=rows)


def number(text: str) -> float | int | None:
    """Return what a cell says as a number, whole ones exactly; None where it is none.

    >>> number("3"), number("-2.5e1"), number("3,5"), number("nan")
    (3, -25.0, None, None)
    """
    if _WHOLE.fullmatch(text):
        return int(text)
    value = float(text) if _DECIMAL.fullmatch(text) else None
    return value if value is not None and isfinite(value) else None
