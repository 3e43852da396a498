"""Time stamps in the middle of what is said, such as `[00:12:31]`: no words to code, so they are taken out of the text
before the first offset exists. At the start of a paragraph a stamp stays, for it says when the turn began.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tbcp_qual.coding.text import OffsetMap
from tbcp_qual.readers.documents.labels import head_of

_STAMP = re.compile(
    r"(?P<before>[ \t]{0,8})(?:[\[<{]\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\]>}]|\(\d{1,3}:\d{2}:\d{2}(?:[.,]\d{1,3})?\)"
    r"|#\d{1,2}:\d{2}:\d{2}-\d#)(?P<after>[ \t]{0,8})"
)

_FAR = 400
"""Characters; so far behind the start of its line a stamp cannot belong to a label."""


@dataclass(frozen=True, slots=True)
class Unstamped:
    """A text without stamps inside its paragraphs."""

    text: str
    offsets: OffsetMap
    """From the text that had them."""
    taken: int


def without_stamps(text: str, rows: Mapping[int, int]) -> Unstamped:
    """Take stamps out that stand behind words of their paragraph, with the white space that is then too much.

    Args:
        rows: where table rows begin and end; what stands in them is left alone.
    """
    old, new, pieces = [0], [0], []
    place = kept = taken = 0
    in_rows = sorted(rows.items())
    row = 0
    for found in _STAMP.finditer(text):
        start, end = found.span()
        while row < len(in_rows) and in_rows[row][1] <= start:
            row += 1
        if row < len(in_rows) and in_rows[row][0] <= start:
            continue
        line = text.rfind("\n", max(0, start - _FAR), start) + 1
        far = not line and start > _FAR
        if not far and (not text[line:start].strip() or _is_head(text, line, end)):
            continue
        ends = end == len(text) or text[end] == "\n"
        space = "" if ends or text[end] in ".,;:?!" or not (found["before"] or found["after"]) else " "
        pieces += [text[place:start], space]
        kept += start - place + len(space)
        taken += 1
        place = end
        old.append(end)
        new.append(kept)
    pieces.append(text[place:])
    return Unstamped("".join(pieces), OffsetMap(tuple(old), tuple(new)), taken)


def _is_head(text: str, line: int, end: int) -> bool:
    """Whether a stamp belongs to the label at the start of its line."""
    stamp = text[line:end].rstrip()
    return len(stamp) <= 120 and head_of(text[line : end + 60].split("\n", 1)[0]) >= len(stamp)
