"""Plain text files."""

from tbcp_qual.readers.documents.draft import Reading, Source
from tbcp_qual.readers.documents.limits import measure
from tbcp_qual.readers.documents.webvtt import WebVtt, read_captions
from tbcp_qual.readers.documents.wrapped import breaks, rejoined
from tbcp_qual.readers.files import decode


class PlainText:
    """Reads `.txt`."""

    name = "plain text"
    suffixes: tuple[str, ...] = (".txt", ".text")

    def read(self, source: Source) -> Reading:
        """Read a text file in whatever encoding it is, and say so where that was a guess."""
        decoded = decode(source.content, source.path)
        measure(decoded.text, source.path)
        if decoded.text.lstrip("\ufeff").startswith("WEBVTT"):
            return read_captions(source, WebVtt.name)
        text, joined = rejoined(decoded.text)
        return Reading(text=text, warnings=decoded.warnings, left_out=breaks(joined))


READER = PlainText()
