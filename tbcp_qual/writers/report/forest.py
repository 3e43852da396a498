"""A forest plot as lines, dots and words on a plane: Word gets them as a metafile, a browser as SVG.

Lengths are in points; y goes down.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tbcp_qual.writers.report.blocks import Figure, ForestLine

ROW = 13.0
SIZE = 8.0
"""Of the words, in points."""
RIGHT = 92.0
"""What stands at the right."""
HEAD, FOOT = 4.0, 32.0
STEP = 0.25
"""Between two marks of the axis."""
SLACK = 0.03
"""An end of an interval that lies so little beyond the axis is drawn at its end; the words beside it are exact."""
LABELS = 0.4
"""Of the width, for the names of lines at most."""
_NARROW = {
    **dict.fromkeys("ijl'", 222),
    **dict.fromkeys(" !,./:;[]\\ftI|", 278),
    **dict.fromkeys("()-r`", 333),
    **dict.fromkeys("ckszvxyJ", 500),
}
_WIDE = {
    **dict.fromkeys("+<=>~−", 584),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mM", 833),
    **dict.fromkeys("W%", 930),
    **dict.fromkeys("@—…", 1000),
}
_ADVANCES = _NARROW | _WIDE
"""Of signs, in thousandths of their size, in Arial and its like; all others are taken for as wide as a digit."""
_STRONGER = 1.06


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    heavy: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A dot, or a diamond."""

    x: float
    y: float
    radius: float
    diamond: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A row of words; `x` is their left, middle or right end."""

    x: float
    y: float
    """Of their middle."""
    words: str
    at: Literal["left", "middle", "right"]
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """All of it."""

    width: float
    height: float
    shapes: tuple[Stroke | Mark | Words, ...]


def drawn(figure: Figure, width: float) -> Drawing:
    """Lay a forest plot out; its axis goes to 1, and down as far as any interval does."""
    left = _label_room(figure.lines, width)
    start, end = left + 10.0, width - RIGHT - 10.0
    known = [end for line in figure.lines for end in (line.value, *(line.ends or ())) if end is not None]
    low = min(0.0, math.floor((min(known, default=0.0) + SLACK) / STEP) * STEP)

    def across(value: float) -> float:
        return start + (max(min(value, 1.0), low) - low) / (1.0 - low) * (end - start)

    bottom = HEAD + ROW * len(figure.lines)
    shapes: list[Stroke | Mark | Words] = []
    for place in range(round((1.0 - low) / STEP) + 1):
        value = low + place * STEP
        x = across(value)
        shapes.append(Stroke(x1=x, y1=HEAD, x2=x, y2=bottom + 3, quiet=value != 0))
        shapes.append(Words(x=x, y=bottom + 9, words=f"{value:.2f}".replace("-", "−"), at="middle"))
    shapes.append(Words(x=(start + end) / 2, y=bottom + 22, words=figure.axis, at="middle"))
    for place, line in enumerate(figure.lines):
        y = HEAD + ROW * (place + 0.5)
        shapes.append(Words(x=0, y=y, words=_cut(line.label, left), at="left", strong=line.pooled))
        shapes.append(Words(x=width, y=y, words=line.said, at="right", strong=line.pooled))
        if line.ends is not None:
            first, last = map(across, line.ends)
            shapes.append(Stroke(x1=first, y1=y, x2=last, y2=y, heavy=True))
            shapes += [Stroke(x1=x, y1=y - 2.5, x2=x, y2=y + 2.5, heavy=True) for x in (first, last)]
        if line.value is not None:
            shapes.append(Mark(x=across(line.value), y=y, radius=4.2 if line.pooled else 3.0, diamond=line.pooled))
    return Drawing(width=width, height=bottom + FOOT, shapes=tuple(shapes))


def _label_room(lines: Sequence[ForestLine], width: float) -> float:
    longest = max((_length(line.label, strong=line.pooled) for line in lines), default=0.0)
    return min(longest + 6, width * LABELS)


def width_of(sign: str, *, strong: bool = False) -> float:
    """Return how wide a sign is, in points."""
    return _ADVANCES.get(sign, 556) / 1000 * SIZE * (_STRONGER if strong else 1.0)


def _length(words: str, *, strong: bool = False) -> float:
    return sum(width_of(sign, strong=strong) for sign in words)


def _cut(label: str, room: float) -> str:
    if _length(label) <= room:
        return label
    while label and _length(f"{label}…") > room:
        label = label[:-1]
    return f"{label.rstrip()}…"
