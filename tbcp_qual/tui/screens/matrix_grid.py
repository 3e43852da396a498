"""A table whose cells say how they stand: a number at the right end, dim where there is nothing, a sign where it is old.

Only what is seen is drawn, so that a thousand families by twelve themes are no more work than ten.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.strip import Strip

from tbcp_qual.tui.widgets.lines import fitted
from tbcp_qual.tui.widgets.table import Table
from tbcp_qual.tui.widgets.table_bindings import BINDINGS
from tbcp_qual.tui.widgets.table_parts import GAP, Column, Row

Kind = Literal["plain", "silent", "open", "stale"]

LEAST = 20
"""Cells of a column that may hold a summary, at least."""
FIRST = 30
"""Cells of the first column, at most."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a cell is drawn besides its words."""

    kind: Kind = "plain"
    number: str = ""
    """Drawn at the right end."""


PLAIN = Mark()


def even_widths(wanted: Sequence[int], room: int) -> list[int]:
    """Return widths with the first as wide as it needs and all others alike, as many of them as are readable.

    >>> even_widths([10, 0, 0, 0], 80), even_widths([50, 0], 100)
    ([11, 21, 21, 21], [25, 73])
    """
    if not wanted:
        return []
    first = min(wanted[0], FIRST, max(room // 4, 8))
    left = room - first
    seen = max(min(len(wanted) - 1, left // (LEAST + GAP)), 1)
    # What is left over goes to the first: the beginning of one more column says nothing.
    return [first + left % seen, *([max(left // seen - GAP, 4)] * (len(wanted) - 1))]


def first_widest(wanted: Sequence[int], room: int) -> list[int]:
    """Return widths with the others as wide as they need, and the first with all that is left, at least a third.

    >>> first_widest([90, 10, 10], 80), first_widest([90, 40, 40], 80)
    ([56, 10, 10], [26, 40, 40])
    """
    if not wanted:
        return []
    others = list(wanted[1:])
    return [max(room - sum(others) - GAP * len(others), room // 3), *others]


class Grid(Table, inherit_bindings=False):
    """A table with a mark for each cell; `s` is left to the screen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"grid--open", "grid--stale"}
    DEFAULT_CSS = """
    Grid {
        & > .grid--open { color: $primary; }
        & > .grid--stale { color: $warning; text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in BINDINGS if isinstance(binding, tuple) or binding.id != "table.sort"
    ]

    def __init__(
        self,
        *,
        id: str | None = None,
        empty: str = "",
        widths: Callable[[Sequence[int], int], list[int]] = even_widths,
    ) -> None:
        super().__init__(id=id, empty=empty)
        self._marks: Mapping[tuple[str, str], Mark] = {}
        self._fit = widths

    @property
    def marks(self) -> Mapping[tuple[str, str], Mark]:
        """How cells are drawn, by key of the row and of the column."""
        return self._marks

    def teach(self, empty: str) -> None:
        """Say something else where there are no rows."""
        self._empty = empty
        self.refresh()

    def show_marked(
        self, columns: Sequence[Column], rows: Sequence[Row], marks: Mapping[tuple[str, str], Mark]
    ) -> None:
        """Show other rows, which hold nothing that a terminal would obey.

        Args:
            columns: the first names the rows.
            rows: as they are to be drawn.
            marks: by key of the row and of the column; cells that have none are plain.
        """
        here = self.column.key if self.column else ""
        self._columns, self._rows, self._marks = list(columns), list(rows), marks
        usual = 1 if len(self._columns) > 1 else 0
        self._arrange(next((n for n, c in enumerate(self._columns) if here and c.key == here), usual))

    def put_row(self, row: Row, marks: Mapping[tuple[str, str], Mark]) -> None:
        """Show one row anew."""
        self._marks = {**self._marks, **marks}
        for rows in (self._rows, self._shown):
            for n, old in enumerate(rows):
                if old.key == row.key:
                    rows[n] = row
        self.refresh()

    # -- widths

    def _arrange(self, column: int) -> None:
        self._wanted = [self._needed(n, column) for n, column in enumerate(self._columns)]
        super()._arrange(column)

    def _reveal(self) -> bool:
        """Bring the cursor into view, in columns as wide as this table wants them."""
        self._widths = self._fit(self._wanted, self._room)
        return super()._reveal()

    def _needed(self, place: int, column: Column) -> int:
        # Rows beyond those that may be seen soon are not looked at: the width must not cost more with more of them.
        near = self._rows[:200]
        numbers = [cell_len(self._marks.get((row.key, column.key), PLAIN).number) for row in near]
        words = [cell_len(row.cells[place][:200]) for row in near]
        cells = (word + number + bool(number) for word, number in zip(words, numbers, strict=True))
        return max(cell_len(column.title), max(cells, default=0))

    # -- drawing

    def _drawn(self, place: int, y: int, width: int) -> Strip:
        row = self._shown[place]
        first, last = self._taken()
        here = first <= place <= last
        base = self.get_component_rich_style("table--row" if here else "table--text")
        quiet = base + Style.from_color(self.get_component_rich_style("table--quiet").color)
        lit = self.get_component_rich_style("table--cell")
        styles: dict[Kind, Style] = {
            "plain": quiet if row.quiet and not here else base,
            "silent": quiet,
            "open": base + Style.from_color(self.get_component_rich_style("grid--open").color),
            "stale": base + Style.from_color(self.get_component_rich_style("grid--stale").color) + Style(bold=True),
        }
        segments = []
        for n, _, cells in self._seen():
            column = self._columns[n]
            mark = self._marks.get((row.key, column.key), PLAIN)
            style = lit if here and n == self.cursor[1] and self.has_focus else styles[mark.kind]
            number = mark.number if cell_len(mark.number) < cells else ""
            room = cells - cell_len(number) - bool(number)
            words = fitted(row.cells[n], room)
            segments.append(Segment(f"{words} {number}" if number else words, style))
            segments.append(Segment(" " * GAP, base))
        strip = Strip(segments).adjust_cell_length(width - 1, base)
        return Strip([*strip, Segment(self._bar(y), self.get_component_rich_style("table--bar"))], width)
