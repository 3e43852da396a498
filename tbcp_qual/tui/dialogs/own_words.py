"""Choose words of a passage: both ends go by words, or the whole sentence is taken; Enter takes them."""

import re
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tbcp_qual.coding.sentences import sentences
from tbcp_qual.coding.spans import Span
from tbcp_qual.tui.reconcile_rows import MARGIN, MEASURE, laid_out, words_of
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.painted import PaintedRows, Piece

_WORD = re.compile(r"\S+")


class OwnWordsDialog(ModalScreen[Span | None]):
    """Gives where the words lie in the text shown; None where none are taken."""

    CSS_PATH = ["dialogs.tcss", "asking.tcss", "own_words.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", tooltip="Back; nothing is decided"),
        Binding("enter,c", "take", "Take", priority=True, tooltip="Take these words, and choose their code"),
        Binding("right,right_square_bracket", "end(1)", "One word more", tooltip="Take one more word at the end"),
        Binding("left,left_square_bracket", "end(-1)", "One word less", tooltip="Leave out the last word"),
        Binding("shift+right", "begin(1)", "Begin later", tooltip="Leave out the first word"),
        Binding("shift+left", "begin(-1)", "Begin earlier", tooltip="Take one more word at the beginning"),
        Binding("s", "sentence", "Sentences", tooltip="Take whole sentences"),
        Binding("w", "issue", "Words at issue", tooltip="Take the words at issue, as at first"),
    ]

    def __init__(self, text: str, issue: Span) -> None:
        """Make a dialog.

        Args:
            text: of which words are chosen.
            issue: the words at issue, chosen at first.
        """
        super().__init__()
        self._text = text
        self._issue = issue
        self._words = [Span(*found.span()) for found in _WORD.finditer(text)] or [issue]
        self._sentences = sentences(text)
        self._first = self._last = 0
        self._choose(issue)

    @property
    def chosen(self) -> Span:
        """The words chosen; as long as they are those at issue, to the letter."""
        span = Span(self._words[self._first].start, self._words[self._last].end)
        touched = self._touched(self._issue)
        return self._issue if (self._first, self._last) == touched else span

    def _touched(self, span: Span) -> tuple[int, int]:
        places = [n for n, word in enumerate(self._words) if word.overlaps(span)] or [0]
        return places[0], places[-1]

    def _choose(self, span: Span) -> None:
        self._first, self._last = self._touched(span)

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog"):
            yield Bar(id="title")
            yield PaintedRows(id="words")
            yield Bar(id="definition")

    def on_mount(self) -> None:
        """Show the words."""
        self.query_one("#title", Bar).show(strong="which words", right="enter takes them · esc back")
        keys = "← → last word · shift+← → first word · s whole sentences · w the words at issue"
        self.query_one("#definition", Bar).show(left=keys)
        self.query_one(PaintedRows).focus()

    @on(PaintedRows.Resized)
    def _resized(self) -> None:
        self._show()

    def _show(self) -> None:
        page = self.query_one(PaintedRows)
        rows = laid_out(self._text, min(max(page.size.width - 2 * MARGIN, 10), MEASURE))
        painted = [(Piece(" " * MARGIN), *words_of(rows, row, self.chosen, "chosen")[0]) for row in range(rows.height)]
        page.paint(painted, keep=True, seen=rows.row_of(max(self.chosen.end - 1, 0)))

    def action_end(self, step: int) -> None:
        """Move the last word."""
        self._last = max(self._first, min(self._last + step, len(self._words) - 1))
        self._show()

    def action_begin(self, step: int) -> None:
        """Move the first word."""
        self._first = min(self._last, max(self._first + step, 0))
        self._show()

    def action_sentence(self) -> None:
        """Take the sentences that are touched, whole."""
        touched = [sentence for sentence in self._sentences if sentence.overlaps(self.chosen)]
        if touched:
            self._choose(Span(touched[0].start, touched[-1].end))
        self._show()

    def action_issue(self) -> None:
        """Take the words at issue."""
        self._choose(self._issue)
        self._show()

    def action_take(self) -> None:
        """Take the words chosen."""
        self.dismiss(self.chosen)
