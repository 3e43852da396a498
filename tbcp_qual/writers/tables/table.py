"""What a table is, before it is a file."""

from collections.abc import Sequence
from dataclasses import dataclass

Cell = str | int | float | bool | None
"""Text and numbers as they are; `yes` and `no` for truth; None for an empty cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under headings; every row has as many cells as there are headings."""

    title: str
    """What the sheet of a workbook is called."""
    headings: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


def worded(cell: Cell) -> str | int | float:
    """Return a cell as text or number; empty text for what is not there."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else cell
