"""The sheet split in two: two documents, or one at two places; both to code in, and the panes follow the half in use."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from textual import events

from tbcp_qual.coding.records import Coding, Document, Turn
from tbcp_qual.errors import QualError
from tbcp_qual.tui.screens.bench_screen import shortened
from tbcp_qual.tui.screens.code_changes import CodeChanges
from tbcp_qual.tui.screens.code_page import Half
from tbcp_qual.tui.transcript.view import TranscriptView
from tbcp_qual.tui.widgets.bar import Bar

BESIDE = 112
"""From this many columns the halves stand side by side; where there are fewer, one above the other."""


class Lying(NamedTuple):
    """What the half that is not in use shows."""

    document: Document
    text: str
    turns: Sequence[Turn]
    codings: Mapping[str, Coding]


class CodeSplit(CodeChanges):
    """Only the half in use lies on the desk; the other is a picture of what lay there when it was left."""

    def __init__(self) -> None:
        super().__init__()
        self._other: TranscriptView | None = None
        """The half that is not in use; None where the sheet is whole."""
        self._lying: Lying | None = None
        """What it shows; None where it shows what lies on the desk."""

    def halves(self) -> list[TranscriptView]:
        """Return the transcripts, in the order in which they stand on the screen."""
        return [half.page for half in self.query(Half)]

    def pages(self) -> list[TranscriptView]:
        """Return the transcripts that show what lies on the desk."""
        return [self.page, self._other] if self._other is not None and self._lying is None else [self.page]

    async def action_split(self) -> None:
        """Split the sheet, and show the same place twice; or keep only the half in use."""
        desk, document = self.desk, self.desk.document
        if document is None:
            self.say(self.keyed("Open a document first: {code.open}"), problem=True)
        elif self._other is None:
            left, made = self.page, TranscriptView()
            sheet = self.query_one("#sheet")
            await sheet.mount(Half(made))
            self.watch(made, "place", partial(self._caret_moved, made), init=False)
            sheet.add_class("split")
            self._fit_halves()
            self._other, self.page = left, made
            self._load(made, document, desk.text, desk.turns, desk.codings.values(), left.caret)
            made.focus()
            self._name_halves()
            self.say(self.keyed("{code.half} other half · {code.open} another document here · {code.split} one again"))
        else:
            gone, self._other, self._lying = self._other, None, None
            self._shown_text.pop(gone, None)
            self.query_one("#sheet").remove_class("split", "beside")
            await next(half for half in self.query(Half) if half.page is gone).remove()
            self.page.focus()
            self.say("")

    def action_other_half(self) -> None:
        """Go to the other half."""
        if self._other is None:
            self.say(self.keyed("There is one half only. {code.split} splits the view."), problem=True)
        else:
            self._other.focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let the keys go to the half that has the focus, and lay its document on the desk."""
        if self._other is not None and event.widget is self._other:
            self._turn_to(self._other)

    def _turn_to(self, half: TranscriptView) -> None:
        desk = self.desk
        if desk.document is None:
            return
        self.keep_place()
        self._ends = None
        wanted = self._lying
        if wanted is not None:
            left = Lying(desk.document, desk.text, desk.turns, dict(desk.codings))
            now = next((d for d in desk.documents if d.id == wanted.document.id), None)
            try:
                if now is None:
                    return
                self.bench.open_document(now)
            except QualError as problem:
                self.say(problem.message, problem=True)
                return
            self._lying = left if left.document.id != now.id else None
        self._other, self.page = self.page, half
        if wanted is not None:
            half.update_marks(self._marks(desk.codings.values()))
        self.show_documents()
        self._show_where()
        self._show_caret()
        self._name_halves()

    def open_document(self, document_id: str) -> None:
        """Open a document in the half in use; the other goes on showing what it shows."""
        desk = self.desk
        if self._other is not None and desk.document is not None:
            if document_id == desk.document.id:
                return
            if self._lying is None:
                self._lying = Lying(desk.document, desk.text, desk.turns, dict(desk.codings))
            elif self._lying.document.id == document_id:
                # It is open in the other half already: from now on both show what lies on the desk.
                self._lying = None
        super().open_document(document_id)
        self._name_halves()

    def refresh_all(self) -> None:
        """Show all anew, in both halves."""
        super().refresh_all()
        self._refresh_other()
        self._name_halves()

    def _refresh_other(self) -> None:
        other, lying, desk = self._other, self._lying, self.desk
        if other is None or desk.document is None:
            return
        if lying is not None:
            now = next((d for d in desk.documents if d.id == lying.document.id), None)
            if now is not None:
                there = self.bench.seen(now)
                codings = {c.id: c for c in there.codings if c.document == now.id and c.text == now.text}
                turns = [turn for turn in there.turns if turn.document == now.id]
                lying = self._lying = Lying(now, there.texts[now.text], turns, codings)
        if lying is None:
            lying = Lying(desk.document, desk.text, desk.turns, desk.codings)
        self._load(other, lying.document, lying.text, lying.turns, lying.codings.values(), other.caret)

    def _show_marks(self) -> None:
        super()._show_marks()
        if self._other is not None:
            codings = self._lying.codings if self._lying is not None else self.desk.codings
            self._other.update_marks(self._marks(codings.values()))

    def _name_halves(self) -> None:
        """Say above each half which document it shows, in bold above the half in use."""
        desk = self.desk
        if self._other is None or desk.document is None:
            return
        other = self._lying.document if self._lying is not None else desk.document
        for half in self.query(Half):
            bar = half.query_one(".title", Bar)
            if half.page is self.page:
                bar.show(strong=f"▸ {shortened(desk.document.name, 60)}", left="")
            else:
                bar.show(strong="", left=f"  {shortened(other.name, 60)}")

    def on_resize(self, event: events.Resize) -> None:
        """Fold what does not fit, and lay the halves as there is room."""
        super().on_resize(event)
        self.call_after_refresh(self._fit_halves)

    def _fit_halves(self) -> None:
        sheet = self.query_one("#sheet")
        sheet.set_class(sheet.has_class("split") and sheet.size.width >= BESIDE, "beside")
