"""Key word in context: each hit a row, the words found lit and below one another.

Words come from documents: they are drawn as they are, never read as markup, and cut with an ellipsis.
"""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.tui.widgets.lines import Line, LineList, fitted, literal

LABEL = 22
"""Cells of the source label, at most."""

USUAL_WORDS = 16
"""Cells of the words found that leave the same room before and after them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HitLine(Line):
    """One hit; `text` says where it stands."""

    before: str = ""
    words: str = ""
    after: str = ""


def fitted_left(text: str, width: int) -> str:
    """Return the end of a text in a number of cells, at the right, with an ellipsis where it is cut.

    >>> fitted_left("one two", 9), fitted_left("one two", 5)
    ('  one two', '… two')
    """
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return " " * (width - cell_len(text)) + text
    kept = text[-width:]
    while cell_len(kept) > width - 1:
        kept = kept[1:]
    return " " * (width - 1 - cell_len(kept)) + "…" + kept


class Concordance(LineList):
    """Hits with a cursor; headings between them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"hits--label", "hits--context", "hits--words"}
    DEFAULT_CSS = """
    Concordance {
        & > .hits--label { color: $foreground 60%; }
        & > .hits--context { color: $foreground 85%; }
        & > .hits--words { color: $accent; text-style: bold; }
        &:nocolor > .hits--words, &:ansi > .hits--words { text-style: bold underline; }
    }
    """

    _label_cells = LABEL

    def show(self, lines: Sequence[Line], *, keep: bool = True) -> None:
        """Show other hits; the labels take as much room as the longest of them needs."""
        widest = max((cell_len(line.text) for line in lines if isinstance(line, HitLine)), default=LABEL)
        if min(widest, LABEL) != self._label_cells:
            self._label_cells = min(widest, LABEL)
            self.refresh()
        super().show(lines, keep=keep)

    def _drawn(self, line: Line, place: int, width: int, base: Style) -> Strip:
        if not isinstance(line, HitLine):
            return super()._drawn(line, place, width, base)
        lit = place == self.cursor and (self.has_focus or self._lit)
        over = self.get_component_rich_style("lines--cursor") if lit else Style.null()
        label, context, words = (
            self.get_component_rich_style(name) + over for name in ("hits--label", "hits--context", "hits--words")
        )
        if lit:
            words = words + Style(underline=True)
        label_cells = min(self._label_cells, max(width // 4, 10))
        room = width - label_cells - 2
        found = literal(line.words)
        if cell_len(found) > room // 2:
            found = fitted(found, room // 2).rstrip()
        before_cells = min(max((room - USUAL_WORDS) // 2, 8), room - cell_len(found))
        segments = [
            Segment(fitted(literal(line.text), label_cells), label),
            Segment("  ", label),
            Segment(fitted_left(literal(line.before), before_cells), context),
            Segment(found, words),
            Segment(fitted(literal(line.after), room - before_cells - cell_len(found)), context),
        ]
        return Strip(segments).adjust_cell_length(width, context)
