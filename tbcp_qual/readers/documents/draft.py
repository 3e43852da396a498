"""What a reader of documents hands over: a clean text and its turns, nothing of which is stored yet."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tbcp_qual.coding.records import DocumentKind, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one format gave: the words in order, and what it marks that words alone do not show."""

    text: str
    """Not yet cleaned; all offsets below are offsets in it."""
    headings: tuple[int, ...] = ()
    """Where paragraphs begin that the format marks as headings."""
    rows: tuple[tuple[int, ...], ...] = ()
    """For each table row of several cells: where each cell begins, and last where the row ends."""
    warnings: tuple[str, ...] = ()


class Reader(Protocol):
    """One format of documents."""

    name: str
    suffixes: tuple[str, ...]
    """In lower case, with the dot."""

    def read(self, path: Path) -> Reading:
        """Read a file.

        Raises:
            BadInput: it is not what its name says, or cannot be read.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftTurn:
    """A turn that has no record yet; offsets are code points of the clean text, `head <= start <= end`."""

    head: int
    """Where its heading, time stamp or label begins."""
    start: int
    end: int
    speaker: str = ""
    role: Role = ""
    section: str = ""
    time: float | None = None
    """Seconds from the start of the recording; None where no time is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document as it was read."""

    text: str
    """Clean; it holds all words of the file in their order."""
    turns: tuple[DraftTurn, ...]
    kind: DocumentKind = "interview"
    warnings: tuple[str, ...] = ()
