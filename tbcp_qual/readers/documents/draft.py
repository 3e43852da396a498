"""What a reader of documents hands over: a clean text and its turns, nothing of which is stored yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tbcp_qual.coding.records import DocumentKind, Role
from tbcp_qual.errors import BadInput

FIELDS = ("text", "speaker", "role", "time", "date", "section")
"""What the columns of a table can hold."""


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
class Column:
    """A column of a table, and what it was taken for."""

    name: str
    field: str = ""
    """What is taken from it; empty where nothing is."""
    examples: tuple[str, ...] = ()
    """A few of its values, cut short."""
    lengths: tuple[int, ...] = ()
    """Of a column of text: characters of a few of its cells, which are not shown."""


class Unmapped(BadInput):
    """A table of which it cannot be told what its columns hold."""

    def __init__(self, message: str, hint: str, shape: tuple[Column, ...]) -> None:
        super().__init__(message, hint)
        self.shape = shape


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
    shape: tuple[Column, ...] = ()
    """Of a table: all its columns."""


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
    shape: tuple[Column, ...] = ()
    """Of a table: all its columns."""

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Of a table: what was taken from which column, the text first."""
        taken = [(FIELDS.index(column.field), column) for column in self.shape if column.field]
        return tuple((column.field, column.name) for _, column in sorted(taken, key=lambda pair: pair[0]))
