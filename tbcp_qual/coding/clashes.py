"""Where one coder has two codes of one exclusive domain on the same words.

Coding on screen refuses that; imports and merges keep what they find, so what they brought together is listed.
"""

from collections.abc import Iterable
from typing import NamedTuple

from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.records import Coding
from tbcp_qual.coding.spans import Span


class Clash(NamedTuple):
    """Two codings that exclude each other."""

    domain: str
    first: Coding
    second: Coding

    @property
    def span(self) -> Span:
        """The words that both are on."""
        return Span(self.second.start, min(self.first.end, self.second.end))


def clashes(codings: Iterable[Coding], codebook: Codebook) -> list[Clash]:
    """Return the pairs of overlapping codings by one coder with different codes of one domain, in order of place.

    Codes that were merged count as the one that stands for them.
    """
    grouped: dict[tuple[str, str, str, str], list[Coding]] = {}
    for coding in codings:
        domain = codebook.current(coding.code).domain
        if domain:
            grouped.setdefault((coding.document, coding.text, coding.coder, domain), []).append(coding)
    found: list[Clash] = []
    for (*_, domain), theirs in grouped.items():
        before: list[Coding] = []
        for coding in sorted(theirs, key=lambda c: (c.start, c.end, c.id)):
            before = [other for other in before if other.end > coding.start]
            if coding.end > coding.start:
                code = codebook.current(coding.code).id
                found.extend(Clash(domain, o, coding) for o in before if codebook.current(o.code).id != code)
                before.append(coding)
    return sorted(found, key=lambda clash: (clash.first.document, clash.span, clash.first.id, clash.second.id))
