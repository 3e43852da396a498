"""How the width of the transcript is shared out: number, speaker, text and lanes.

Text comes first, up to a measure that is easy to read; what is left over goes to the labels of the stripes, and then to
the margins. Nothing here depends on the codings, so that adding one never wraps the page anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from tbcp_qual.tui.transcript.lanes import SHOWN

MEASURE = 74
"""The widest text column, in cells."""
LANES = ((3, 34), (4, 46), (5, 60), (6, 68))
"""Cells of a lane, and how wide the text must at least remain for it; else a lane takes two."""
MORE = 4
"""Cells for ` +n`."""


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
    """One lane: its stripe and its label."""

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
    narrow = width < 60
    rule = 1 if narrow else 3
    longest = 4 if narrow else 8 if width < 100 else 10
    speaker = min(speakers, longest) + (1 if narrow else 2) if speakers else 0
    gap = 1 if narrow else 2
    rest = width - number - rule - speaker - gap - MORE
    lane = max((cells for cells, least in LANES if rest - cells * SHOWN >= least), default=2)
    text = max(min(rest - lane * SHOWN, MEASURE), 4)
    spare = max(rest - lane * SHOWN - text, 0)
    return Columns(margin=spare // 2, number=number, rule=rule, speaker=speaker, text=text, gap=gap, lane=lane)


def usual_width(widths: Iterable[int]) -> int:
    """Return the width that nine in ten labels fit into; 0 where there are none."""
    known = sorted(width for width in widths if width)
    return known[len(known) * 9 // 10] if known else 0
