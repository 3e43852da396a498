"""What a reader of documents hands over: a clean text and its turns, nothing of which is stored yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tbcp_qual.coding.records import DocumentKind, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file as it came."""

    path: Path
    """What an error calls it; a document inside an archive has the archive's path before its own."""
    content: bytes
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Which columns of a table hold what, where a person said so: `{"text": ("Answer",)}`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A turn that the format itself divides off, such as a caption or a row of a table."""

    words: str
    title: str = ""
    """What stands above the words, such as the name of a column."""
    speaker: str = ""
    role: Role = ""
    section: str = ""
    time: float | None = None
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one format gave: words in order, and what it marks that words alone do not show; or turns ready made."""

    text: str = ""
    """Not yet cleaned; all offsets below are offsets in it."""
    headings: tuple[int, ...] = ()
    """Where paragraphs begin that the format marks as headings."""
    rows: tuple[tuple[int, ...], ...] = ()
    """For each table row of several cells: where each cell begins, and last where the row ends."""
    close: tuple[int, ...] = ()
    """Where paragraphs begin that stand right below another, without the empty one that sets others off."""
    said: tuple[Said, ...] = ()
    """The turns where the format itself says who spoke; the text is then made of them."""
    warnings: tuple[str, ...] = ()
    """What a person should look at."""
    left_out: tuple[str, ...] = ()
    """What the file holds besides, and the document does not."""
    columns: tuple[tuple[str, str], ...] = ()
    """Of a table: what was taken from which column."""


class Reader(Protocol):
    """One format of documents."""

    name: str
    suffixes: tuple[str, ...]
    """In lower case, with the dot."""

    def read(self, source: Source) -> Reading:
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
    date: str = ""
    """Day of an entry, ISO 8601, as far as it is given: `2024-03-12`, `2024-03`; empty where none is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document as it was read."""

    text: str
    """Clean; it holds the words of the file in their order."""
    turns: tuple[DraftTurn, ...]
    kind: DocumentKind = "interview"
    warnings: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
