"""Small counts taken out of a table, and as many others as it takes so that totals do not give them away."""

from collections.abc import Sequence

SMALLEST, LARGEST = 1, 5
"""Counts from 1 to 5 are taken out unless a team decides otherwise; none at all may be shown."""


def hidden_counts(largest: int) -> str:
    """Say what stands where counts were taken out.

    >>> hidden_counts(5)[:42]
    '“≤ 5” stands for counts from 1 to 5; “*” f'
    """
    return (
        f"“≤ {largest}” stands for counts from {SMALLEST} to {largest}; “*” for others taken out so that they cannot be "
        "worked out."
    )


Table = list[list[int | None]]
"""Counts by row and column; None where a count was taken out."""


def suppressed(
    counts: Sequence[Sequence[int]], *, row_totals: bool = True, column_totals: bool = True, largest: int = LARGEST
) -> Table:
    """Return a table of counts without those that are too small.

    Where a gap could be worked out from its line and the total of that, its smallest count above zero goes too, and so
    on: a single gap, or two that can only be 1 and 1. Zeros stay where they can.

    >>> suppressed([[3, 12, 20], [9, 30, 8]])
    [[None, None, 20], [None, None, 8]]
    >>> suppressed([[2, 9, 40]], row_totals=False, column_totals=False)
    [[None, 9, 40]]
    >>> suppressed([[1, 1, 9, 40]], column_totals=False)
    [[None, None, None, 40]]
    """
    table: Table = [[None if SMALLEST <= count <= largest else count for count in row] for row in counts]
    rows = [[(r, c) for c in range(len(row))] for r, row in enumerate(table)] if row_totals else []
    width = max((len(row) for row in table), default=0)
    columns = [[(r, c) for r, row in enumerate(table) if c < len(row)] for c in range(width)]
    lines = [*rows, *(columns if column_totals and len(table) > 1 else [])]
    open_lines = True
    while open_lines:
        open_lines = False
        for line in lines:
            hidden = [counts[r][c] for r, c in line if table[r][c] is None]
            shown = [(counts[r][c] == 0, counts[r][c], r, c) for r, c in line if table[r][c] is not None]
            if hidden and shown and _told(hidden, largest):
                _, _, r, c = min(shown)
                table[r][c] = None
                open_lines = True
    return table


def _told(hidden: Sequence[int], largest: int) -> bool:
    """Whether the sum of hidden counts leaves but one value for any of them, when one knows which are the small ones."""
    if len(hidden) == 1:
        return True
    small = sum(SMALLEST <= count <= largest for count in hidden)
    others, large, total = small - 1, len(hidden) - small, sum(hidden)
    possible = sum(
        others * SMALLEST <= total - one <= others * largest
        or (large > 0 and total - one - others * SMALLEST > largest)
        for one in range(SMALLEST, largest + 1)
    )
    return small > 0 and largest > SMALLEST and possible == 1
