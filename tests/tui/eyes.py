"""What a real terminal shows, and a mouse in it: what the program paints laid out in rows and cells, words found by eye."""

import os
import re
import time
from collections.abc import Callable

from rich.cells import cell_len

_PAINTED = re.compile(r"\x1b\[([0-9;?<>=]*)([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP.*?\x1b\\|\x1b.|.", re.DOTALL)

PRESS, DRAG, SHIFT = 0, 32, 4


class Eyes:
    """Reads what is painted as a terminal would; one entry a cell, the second cell of a wide character empty."""

    def __init__(self, columns: int, rows: int) -> None:
        self.cells = [[" "] * columns for _ in range(rows)]
        self._row = self._column = 0
        self._kept = b""

    def read(self, painted: bytes) -> None:
        """Take in what was painted; a character cut in two waits for its other half."""
        painted = self._kept + painted
        cut = next((n for n in range(1, 4) if len(painted) >= n and painted[-n] >= 0xC0), 0)
        whole = len(painted) - cut if cut and cut < _bytes(painted[-cut]) else len(painted)
        begun = painted.rfind(b"\x1b", max(whole - 40, 0))
        if begun >= 0 and re.fullmatch(rb"\x1b(\[[0-9;?<>=]*)?", painted[begun:whole]):
            whole = begun
        self._kept = painted[whole:]
        for found in _PAINTED.finditer(painted[:whole].decode()):
            self._take(found[0], found[1], found[2])

    def _take(self, what: str, numbers: str | None, order: str | None) -> None:
        if order == "H":
            row, _, column = (numbers or "").partition(";")
            self._row, self._column = int(row or 1) - 1, int(column or 1) - 1
        elif what == "\r":
            self._column = 0
        elif what == "\n":
            self._row += 1
        elif not what.startswith("\x1b") and self._row < len(self.cells):
            width = cell_len(what)
            for n in range(width):
                if self._column + n < len(self.cells[0]):
                    self.cells[self._row][self._column + n] = "" if n else what
            self._column += width

    def rows(self) -> list[str]:
        """Return what each row shows."""
        return ["".join(row) for row in self.cells]

    def find(self, words: str, nth: int = 0) -> tuple[int, int]:
        """Return column and row of the first cell of words that stand in one row; the nth place where they do."""
        places = []
        for number, row in enumerate(self.cells):
            for match in re.finditer(re.escape(words), "".join(row)):
                before, column = "".join(row)[: match.start()], 0
                while len("".join(row[:column])) < len(before):
                    column += 1
                while row[column] == "":
                    column += 1
                places.append((column, number))
        assert len(places) > nth, f"{words!r} is not shown:\n" + "\n".join(self.rows())
        return places[nth]


def _bytes(first: int) -> int:
    return 2 if first < 0xE0 else 3 if first < 0xF0 else 4


class Seat:
    """Somebody at a real terminal: their eyes, their keys and their mouse."""

    def __init__(self, terminal, columns: int, rows: int) -> None:
        self.terminal = terminal
        self.eyes = Eyes(columns, rows)

    def look(self, quiet: float = 0.15, limit: float = 5.0) -> Eyes:
        """Look until nothing moves any more."""
        if self.terminal.read_until_quiet(quiet, limit=limit) is not None:
            self.eyes.read(self.terminal.last)
        return self.eyes

    def wait(self, seen: Callable[[Eyes], bool], limit: float = 30.0) -> None:
        """Look until something is seen."""
        deadline = time.monotonic() + limit
        while not seen(self.look(0.05, 0.5)):
            assert time.monotonic() < deadline, "\n".join(self.eyes.rows())

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            if self.terminal.press(key) is not None:
                self.eyes.read(self.terminal.last)

    def mouse(self, button: int, column: int, row: int, *, up: bool = False) -> None:
        """Send what a terminal sends when the mouse does something at a cell; cells are counted from 1 there."""
        os.write(self.terminal._fd, f"\x1b[<{button};{column + 1};{row + 1}{'m' if up else 'M'}".encode())

    def click(self, column: int, row: int, times: int = 1, *, shift: bool = False) -> None:
        """Click once or several times in a row, as fast as a hand does."""
        held = SHIFT if shift else 0
        for _ in range(times):
            self.mouse(PRESS | held, column, row)
            self.mouse(PRESS | held, column, row, up=True)
            time.sleep(0.02)
        self.look()

    def drag(self, *places: tuple[int, int], rest: float = 0.0) -> None:
        """Press at the first place, pull over the others, rest at the last one and let go there."""
        self.mouse(PRESS, *places[0])
        for place in places[1:]:
            self.mouse(DRAG, *place)
            time.sleep(0.02)
        if rest:
            self.look(quiet=rest, limit=rest)
        self.mouse(PRESS, *places[-1], up=True)
        self.look()
