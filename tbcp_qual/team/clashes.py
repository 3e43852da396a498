"""Codes that exclude each other on the same words, told so that a person finds the place."""

from dataclasses import dataclass

from tbcp_qual.analysis.sources import Sources
from tbcp_qual.coding.clashes import clashes
from tbcp_qual.coding.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class ClashLine:
    """Two codes of one exclusive domain on the same words by one coder."""

    coder: str
    source: str
    """How the words are cited: `P07, parent, turn 14`."""
    domain: str
    codes: tuple[str, str]
    """Paths of the two codes."""
    codings: tuple[str, str]
    """Ids of the two codings."""

    def __str__(self) -> str:
        return (
            f"{self.source}: “{self.codes[0]}” and “{self.codes[1]}” by {self.coder}; only one “{self.domain}” can be"
        )


def clash_lines(snapshot: Snapshot) -> tuple[ClashLine, ...]:
    """Return the clashes among the codings of a snapshot, in order of place."""
    found = clashes(snapshot.codings, snapshot.codebook)
    if not found:
        return ()
    codebook, sources = snapshot.codebook, Sources(snapshot)

    def path(code: str) -> str:
        return codebook.path(codebook.current(code).id)

    return tuple(
        ClashLine(
            coder=snapshot.coder_by_id[first.coder].name,
            source=sources.label(first.document, first.text, clash.span),
            domain=clash.domain,
            codes=(path(first.code), path(second.code)),
            codings=(first.id, second.id),
        )
        for clash in found
        for first, second in ((clash.first, clash.second),)
    )
