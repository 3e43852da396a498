"""Documents in: one module a format, each with a `READER`; what they give is cleaned and cut into turns here."""

from pathlib import Path

from tbcp_qual.coding.text import clean
from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents import plain, word
from tbcp_qual.readers.documents.draft import Draft, DraftTurn, Reader
from tbcp_qual.readers.documents.turns import recognise

__all__ = ["READERS", "SUFFIXES", "Draft", "DraftTurn", "read_document"]

READERS: tuple[Reader, ...] = (plain.READER, word.READER)
SUFFIXES = {suffix: reader for reader in READERS for suffix in reader.suffixes}
"""Which reader takes which kind of file."""


def read_document(path: Path) -> Draft:
    """Read a document: its clean text, and its turns.

    Raises:
        BadInput: the file is missing, empty, too large, not what its name says, or has no words.
    """
    reader = SUFFIXES.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(SUFFIXES)
        raise BadInput(f"{path}: files of this kind are not read.", f"These are: {known}.")
    reading = reader.read(path)
    cleaned = clean(reading.text)
    if not cleaned.text.strip():
        raise BadInput(f"{path} has no words in it.", "It may be a picture of a page.")
    forward = cleaned.offsets.forward
    found = recognise(
        cleaned.text,
        headings=[forward(offset) for offset in reading.headings],
        rows=[tuple(forward(offset) for offset in row) for row in reading.rows],
    )
    return Draft(text=cleaned.text, turns=found.turns, kind=found.kind, warnings=(*reading.warnings, *found.warnings))
