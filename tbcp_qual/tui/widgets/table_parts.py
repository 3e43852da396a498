"""Rows and columns of a table as values: how wide columns are, which rows are shown, and in which order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rich.cells import cell_len

from tbcp_qual.coding.values import natural
from tbcp_qual.tui.widgets.lines import literal

GAP = 2
"""Cells between two columns."""

WIDEST = 28
"""Columns are never wider, however long what is in them."""

NARROWEST = 9
"""Columns are cut down to this before the table begins to move sideways."""

CUT = 12
"""How wide a column may be once the table moves sideways."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column."""

    key: str
    title: str
    right: bool = False
    """Whether its cells stand at the right, as numbers do."""
    empty: str = ""
    """What is drawn, dim, in a cell that holds nothing."""
    tight: bool = False
    """Whether its heading keeps no room for the sign of sorting."""
    order: Callable[[str], Any] = natural
    """Key by which its cells are sorted; cells that hold nothing come last in any case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row."""

    key: str
    cells: tuple[str, ...]
    quiet: bool = False
    """Drawn dim."""


def fitting_widths(wanted: Sequence[int], room: int) -> list[int]:
    """Return widths for columns: as wanted where there is room, else the widest are cut first.

    The first, which says what a row is, keeps up to a third of the room. Where even narrow columns do not fit, they are
    a little wider again, and some are out of sight.

    >>> fitting_widths([4, 10, 20], 100), fitting_widths([4, 10, 20], 30)
    ([4, 10, 20], [4, 10, 12])
    """
    if not wanted or sum(wanted) + GAP * (len(wanted) - 1) <= room:
        return list(wanted)
    first = min(wanted[0], max(room // 3, NARROWEST))
    others = wanted[1:]
    left = room - first - GAP * len(others)
    for widest in range(max(others, default=0), NARROWEST - 1, -1):
        widths = [min(width, widest) for width in others]
        if sum(widths) <= left:
            return [first, *widths]
    return [first, *(min(width, max(CUT, room // 8)) for width in others)]


def wanted_widths(columns: Sequence[Column], rows: Sequence[Row]) -> list[int]:
    """Return how wide each column would be if there were room; a heading keeps room for the sign of sorting."""
    return [
        min(
            max(
                [
                    cell_len(column.title) + 2 * (not column.tight),
                    cell_len(column.empty),
                    *(_width(row.cells[n]) for row in rows),
                ]
            ),
            WIDEST,
        )
        for n, column in enumerate(columns)
    ]


def literal_row(row: Row) -> Row:
    """Return a row with nothing in it that a terminal would obey."""
    if all(map(str.isprintable, row.cells)):
        return row
    return replace(row, cells=tuple(map(literal, row.cells)))


def arranged(
    rows: Sequence[Row], columns: Sequence[Column], words: str, sorted_by: tuple[str, bool] | None
) -> list[Row]:
    """Return the rows that hold all the words, sorted.

    Args:
        rows: as they were given.
        columns: of the table.
        words: upper and lower case are the same.
        sorted_by: key of a column, and whether the other way round; None: in the order given.
    """
    wanted = words.casefold().split()
    shown = [row for row in rows if _holds(row, wanted)] if wanted else list(rows)
    place = next((n for n, c in enumerate(columns) if sorted_by is not None and c.key == sorted_by[0]), None)
    if sorted_by is None or place is None:
        return shown
    order = columns[place].order
    full = [row for row in shown if row.cells[place]]
    full.sort(key=lambda row: order(row.cells[place]), reverse=sorted_by[1])
    return [*full, *(row for row in shown if not row.cells[place])]


def _width(text: str) -> int:
    return len(text) if text.isascii() else cell_len(text[: WIDEST + 1])


def _holds(row: Row, words: Sequence[str]) -> bool:
    whole = "\n".join(row.cells).casefold()
    return all(word in whole for word in words)
