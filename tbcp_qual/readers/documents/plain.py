"""Plain text files."""

from tbcp_qual.readers.documents.draft import Reading, Source
from tbcp_qual.readers.documents.limits import measure
from tbcp_qual.readers.documents.wrapped import rejoined
from tbcp_qual.readers.files import decode


class PlainText:
    """Reads `.txt`."""

    name = "plain text"
    suffixes: tuple[str, ...] = (".txt", ".text")

    def read(self, source: Source) -> Reading:
        """Read a text file in whatever encoding it is, and say so where that was a guess."""
        decoded = decode(source.content, source.path)
        measure(decoded.text, source.path)
        text, joined = rejoined(decoded.text)
        warnings = [guessed(decoded.guessed)] if decoded.guessed else []
        return Reading(text=text, warnings=tuple(warnings), left_out=breaks(joined))


def guessed(encoding: str) -> str:
    """Say that an encoding was guessed."""
    return f"its encoding was guessed to be {encoding}; look at accents and quotation marks"


def breaks(joined: int) -> tuple[str, ...]:
    """Say that lines were joined."""
    return (f"line breaks made by width ({joined})",) if joined else ()


READER = PlainText()
