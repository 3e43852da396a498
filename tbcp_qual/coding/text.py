"""The clean text, made before the first offset exists, and the map from what came in to what is kept.

Removed: byte order marks, control characters other than newline and tab, and the marks that reverse the direction of
what follows (a terminal would show other words than are stored). CRLF, CR and the Unicode line ends become a newline.
"""

import re
from bisect import bisect_right
from hashlib import sha256

from tbcp_qual.coding.frozen import dataclass

_LINE_END = "\r\n|\r|\x85|\u2028|\u2029|\x0b|\x0c"
_DROP = "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\u202a-\u202e\u2066-\u2069]"
_UNCLEAN = re.compile(f"(?P<line>{_LINE_END})|(?P<drop>{_DROP})|(?P<lone>[\ud800-\udfff])")


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where offsets of one text lie in another; both lists start with 0 and rise."""

    old: tuple[int, ...]
    new: tuple[int, ...]

    def forward(self, offset: int) -> int:
        """Return the place in the new text of an offset of the old one; inside a removed stretch: its start."""
        i = bisect_right(self.old, offset) - 1
        moved = self.new[i] + offset - self.old[i]
        return min(moved, self.new[i + 1]) if i + 1 < len(self.new) else moved


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text that will not change any more, and how it came from what was read."""

    text: str
    offsets: OffsetMap


def clean(text: str) -> CleanText:
    """Return the text that is kept, with the offset map from the text given.

    >>> clean("\\ufeffone\\r\\ntwo\\x07").text
    'one\\ntwo'
    >>> clean("a\\r\\nb").offsets.forward(3)
    2
    """
    old, new, parts = [0], [0], []
    kept = last = 0
    for found in _UNCLEAN.finditer(text):
        before = text[last : found.start()]
        parts.append(before)
        kept += len(before)
        if found.lastgroup != "drop":
            parts.append("\n" if found.lastgroup == "line" else "\ufffd")
            kept += 1
        last = found.end()
        if old[-1] == last:
            new[-1] = kept
        else:
            old.append(last)
            new.append(kept)
    parts.append(text[last:])
    return CleanText("".join(parts), OffsetMap(tuple(old), tuple(new)))


def one_line(text: str) -> str:
    """Clean a name or label and fold its white space, so that it stays on one line."""
    return " ".join(clean(text).text.split())


def text_hash(text: str) -> str:
    """Return the SHA-256 of a clean text, in hexadecimal."""
    return sha256(text.encode()).hexdigest()
