"""Documents in: one module a format, each with a `READER`; what they give is cleaned and cut into turns here."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from tbcp_qual.coding.text import clean
from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents import (
    csv_table,
    excel,
    markdown,
    opendocument,
    pdf,
    plain,
    richtext,
    subrip,
    web,
    webvtt,
    word,
)
from tbcp_qual.readers.documents.composed import compose
from tbcp_qual.readers.documents.draft import Draft, DraftTurn, Reader, Reading, Source
from tbcp_qual.readers.documents.kinds import kind_of
from tbcp_qual.readers.documents.limits import measure
from tbcp_qual.readers.documents.stamps import without_stamps
from tbcp_qual.readers.documents.turns import recognise
from tbcp_qual.readers.files import read_bytes

__all__ = ["READERS", "SUFFIXES", "TABLES", "Draft", "DraftTurn", "Source", "read_document", "read_source"]

READERS: tuple[Reader, ...] = (
    word.READER,
    opendocument.READER,
    richtext.READER,
    pdf.READER,
    plain.READER,
    markdown.READER,
    web.READER,
    webvtt.READER,
    subrip.READER,
    csv_table.READER,
    excel.READER,
)
SUFFIXES = {suffix: reader for reader in READERS for suffix in reader.suffixes}
"""Which reader takes which kind of file."""
TABLES = (*csv_table.READER.suffixes, *excel.READER.suffixes)
"""Kinds of file that are documents only where their columns say so."""


def read_document(path: Path, *, columns: Mapping[str, Sequence[str]] | None = None) -> Draft:
    """Read a document: its clean text, and its turns.

    Args:
        columns: of a table, which column holds what, where its names do not say it: `{"text": ["Answer"]}`.

    Raises:
        BadInput: the file is missing, empty, too large, not what its name says, or has no words.
    """
    reader_of(path)
    given = {field: tuple(names) for field, names in (columns or {}).items()}
    return read_source(Source(path=path, content=read_bytes(path), columns=given))


def read_source(source: Source) -> Draft:
    """Read a document whose bytes are there already, as `read_document` does.

    Raises:
        BadInput: as `read_document`.
    """
    path = source.path
    reader = reader_of(path)
    what, suffix = kind_of(source.content)
    if what and suffix not in reader.suffixes and not (suffix == "" and reader.name in _SAY_THEMSELVES):
        hint = f"Let its name end in {suffix}." if suffix in SUFFIXES or suffix == ".zip" else "It is not read."
        raise BadInput(f"{path} is {what}, not {reader.name} as its name says.", hint)
    reading = reader.read(source)
    draft = compose(reading) if reading.said else _recognised(reading, path)
    if not draft.text.strip():
        raise BadInput(f"{path} has no words in it.", "It may be a picture of a page.")
    measure(draft.text, path)
    return draft


_SAY_THEMSELVES = frozenset((word.READER.name, excel.READER.name))
"""Readers that have a sentence of their own for an old Office file."""


def reader_of(path: Path) -> Reader:
    """Return the reader for a file of this name.

    Raises:
        BadInput: there is none.
    """
    reader = SUFFIXES.get(path.suffix.lower())
    if reader is None:
        raise BadInput(f"{path}: files of this kind are not read.", f"These are: {', '.join(SUFFIXES)}.")
    return reader


def _recognised(reading: Reading, path: Path) -> Draft:
    """Clean a text and cut it into turns."""
    measure(reading.text, path)
    cleaned = clean(reading.text)
    stamped = without_stamps(cleaned.text, {row[0]: row[-1] for row in reading.rows})

    def forward(offset: int) -> int:
        return stamped.offsets.forward(cleaned.offsets.forward(offset))

    found = recognise(
        stamped.text,
        headings=[forward(offset) for offset in reading.headings],
        rows=[tuple(forward(offset) for offset in row) for row in reading.rows],
        close=[forward(offset) for offset in reading.close],
    )
    left_out = (*reading.left_out, *((f"time stamps inside turns ({stamped.taken})",) if stamped.taken else ()))
    return Draft(
        text=stamped.text,
        turns=found.turns,
        kind=found.kind,
        warnings=(*reading.warnings, *found.warnings),
        left_out=left_out,
        shape=reading.shape,
    )
