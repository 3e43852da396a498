"""The cheapest way to pair what two coders drew, some of it left alone: shortest augmenting paths on a sparse table."""

from collections.abc import Sequence
from heapq import heappop, heappush

ALONE = -1


def assignment(costs: Sequence[Sequence[tuple[int, float]]], columns: int) -> list[int]:
    """Return the column of each row, `ALONE` for none, with the least sum; a row by itself costs 0.

    Exact for any table (Jonker and Volgenant 1987, Computing 38, pp. 325-340).

    Args:
        costs: for each row the columns it may have, and what each costs; worth having only below 0.
        columns: how many columns there are.

    >>> assignment([[(0, -2.0), (1, -1.5)], [(0, -1.9)]], 2)
    [1, 0]
    """
    column_of = [ALONE] * len(costs)
    row_of = [ALONE] * columns
    row_price = [0.0] * len(costs)
    column_price = [0.0] * columns
    for start in range(len(costs)):
        shortest: dict[int, float] = {}
        came_from: dict[int, int] = {}
        settled: dict[int, float] = {}
        queue: list[tuple[float, int]] = []
        row, walked = start, 0.0
        # To end with a row by itself is always possible; so far, with the one that starts.
        least, end_row, end_column = 0.0, start, ALONE
        while True:
            for column, cost in costs[row]:
                if column in settled:
                    continue
                length = walked + cost - row_price[row] - column_price[column]
                if length < least and length < shortest.get(column, least):
                    shortest[column], came_from[column] = length, row
                    heappush(queue, (length, column))
            while queue and queue[0][1] in settled:
                heappop(queue)
            if not queue or queue[0][0] >= least:
                break
            walked, column = heappop(queue)
            settled[column] = walked
            if row_of[column] == ALONE:
                least, end_row, end_column = walked, ALONE, column
                break
            row = row_of[column]
            if walked - row_price[row] < least:
                least, end_row, end_column = walked - row_price[row], row, ALONE
        for column, length in settled.items():
            if length < least:
                column_price[column] += length - least
                if row_of[column] != ALONE:
                    row_price[row_of[column]] += least - length
        row_price[start] = least
        if end_row == start:
            continue
        if end_row != ALONE:
            end_column, column_of[end_row] = column_of[end_row], ALONE
        while True:
            row = came_from[end_column]
            row_of[end_column] = row
            end_column, column_of[row] = column_of[row], end_column
            if row == start:
                break
    return column_of
