"""WebVTT captions, as Teams and Zoom save them."""

from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents.cues import cues_of, turns_of
from tbcp_qual.readers.documents.draft import Reading, Source
from tbcp_qual.readers.documents.limits import count, measure
from tbcp_qual.readers.files import decode


class WebVtt:
    """Reads `.vtt`."""

    name = "WebVTT captions"
    suffixes: tuple[str, ...] = (".vtt",)

    def read(self, source: Source) -> Reading:
        """Read captions; those of one utterance are one turn, and its time is that of the first."""
        return read_captions(source, self.name)


def read_captions(source: Source, name: str) -> Reading:
    """Read a file of captions.

    Raises:
        BadInput: there are none in it.
    """
    decoded = decode(source.content, source.path)
    measure(decoded.text, source.path)
    count(decoded.text.count("-->"), "captions", source.path)
    cues = cues_of(decoded.text)
    if not cues:
        raise BadInput(
            f"{source.path} is not {name}: no line in it has times with an arrow (-->).",
            "Download the captions again; or is it plain text?",
        )
    return Reading(said=tuple(turns_of(cues)), warnings=decoded.warnings)


READER = WebVtt()
