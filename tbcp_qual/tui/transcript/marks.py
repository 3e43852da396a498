"""Codings as the transcript shows them, and which of them touch a turn.

A mark that covers many turns is kept under a few blocks of turns that double in size, so that adding, removing and
asking stay cheap whether it covers one turn or the whole document.
"""

from collections.abc import Iterator

from tbcp_qual.coding.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One coding on the page."""

    id: str
    start: int
    end: int
    label: str = ""
    """The code's short label."""
    colour: str = ""
    """A palette name."""
    negative: bool = False
    own: bool = True
    """Whether the person at the screen made it."""
    pending: bool = False
    """Whether it is still on its way to the disk."""


class MarksByTurn:
    """Marks by the turns they touch."""

    def __init__(self, turns: int) -> None:
        self._levels = max(turns, 1).bit_length()
        self._blocks: dict[tuple[int, int], dict[str, Mark]] = {}

    def add(self, mark: Mark, first: int, last: int) -> None:
        """Put a mark on the turns `first` to `last`, both included."""
        for block in _blocks(first, last):
            self._blocks.setdefault(block, {})[mark.id] = mark

    def remove(self, mark: Mark, first: int, last: int) -> None:
        """Take a mark from the turns it was put on."""
        for block in _blocks(first, last):
            del self._blocks[block][mark.id]

    def at(self, turn: int) -> Iterator[Mark]:
        """Yield the marks that touch a turn."""
        for level in range(self._levels):
            found = self._blocks.get((level, turn >> level))
            if found:
                yield from found.values()


def _blocks(first: int, last: int) -> Iterator[tuple[int, int]]:
    level, start, end = 0, first, last + 1
    while start < end:
        if start & 1:
            yield level, start
            start += 1
        if end & 1:
            end -= 1
            yield level, end
        start >>= 1
        end >>= 1
        level += 1
