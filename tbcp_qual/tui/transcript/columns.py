"""How the width of the transcript is shared out: number, speaker, text and lanes.

Text comes first, up to a measure that is easy to read; what is left over goes to the labels of the stripes, and then to
the margins. Nothing here depends on the codings, so that adding one never wraps the page anew.
"""

from collections.abc import Iterable

from tbcp_qual.coding.frozen import dataclass

MEASURE = 74
"""The widest text column, in cells."""
CRAMPED = 72
"""Below this many cells labels of speakers are short, so that the text is not."""
SIDES = ((6, 28, 68), (5, 24, 60), (4, 20, 46), (1, 12, 40), (1, 10, 18), (1, 7, 12), (1, 5, 0))
"""Cells of a lane, cells of all lanes with their labels, and the narrowest text beside which there is room for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Cells of each column, left to right."""

    margin: int
    number: int
    rule: int
    """The rule with the space around it."""
    speaker: int
    """The speaker's label with the space after it."""
    text: int
    gap: int
    """Room for the caret behind a full row."""
    lane: int
    """One lane: its stripe and its label; with 1 all labels of a row stand behind its last stripe."""
    side: int
    """All lanes, with what does not fit into them."""

    @property
    def text_start(self) -> int:
        """The cell where the text column begins."""
        return self.margin + self.number + self.rule + self.speaker

    @property
    def lanes_start(self) -> int:
        """The cell of the first stripe."""
        return self.text_start + self.text + self.gap


def columns(width: int, *, turns: int, speakers: int) -> Columns:
    """Share out `width` cells for a document with so many turns, whose speakers' labels take so many cells."""
    number = len(str(max(turns, 1)))
    narrow = width < CRAMPED
    rule = 1 if narrow else 3
    longest = 4 if narrow else 8 if width < 100 else 10
    speaker = min(speakers, longest) + (1 if narrow else 2) if speakers else 0
    gap = 1 if narrow else 2
    rest = width - number - rule - speaker - gap
    lane, side = next(((lane, side) for lane, side, least in SIDES if rest - side >= least), SIDES[-1][:2])
    text = max(min(rest - side, MEASURE), 4)
    margin = max(rest - side - text, 0) // 2
    return Columns(margin=margin, number=number, rule=rule, speaker=speaker, text=text, gap=gap, lane=lane, side=side)


def usual_width(widths: Iterable[int]) -> int:
    """Return the width that nine in ten labels fit into; 0 where there are none."""
    known = sorted(width for width in widths if width)
    return known[len(known) * 9 // 10] if known else 0
