"""Plain text files."""

from pathlib import Path

from tbcp_qual.readers.documents.draft import Reading
from tbcp_qual.readers.files import decode, read_bytes


class PlainText:
    """Reads `.txt`."""

    name = "plain text"
    suffixes: tuple[str, ...] = (".txt",)

    def read(self, path: Path) -> Reading:
        """Read a text file in whatever encoding it is, and say so where that was a guess."""
        decoded = decode(read_bytes(path), path)
        if decoded.guessed:
            warning = f"its encoding was guessed to be {decoded.guessed}; look at accents and quotation marks"
            return Reading(text=decoded.text, warnings=(warning,))
        return Reading(text=decoded.text)


READER = PlainText()
