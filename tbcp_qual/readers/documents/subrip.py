"""SubRip captions."""

from tbcp_qual.readers.documents.draft import Reading, Source
from tbcp_qual.readers.documents.webvtt import read_captions


class SubRip:
    """Reads `.srt`."""

    name = "SubRip captions"
    suffixes: tuple[str, ...] = (".srt",)

    def read(self, source: Source) -> Reading:
        """Read captions; those of one utterance are one turn, and its time is that of the first."""
        return read_captions(source, self.name)


READER = SubRip()
