"""What a coder does on the coding screen: each key as an act that is shown at once and can be undone."""

from collections.abc import Callable, Iterable

from textual import on

from tbcp_qual.coding.records import Code, Coding
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import QualError
from tbcp_qual.tasks import coding as acts
from tbcp_qual.tasks.coding import Act
from tbcp_qual.tui.labels import short_labels
from tbcp_qual.tui.screens.bench_screen import shortened
from tbcp_qual.tui.screens.code_page import CodePage
from tbcp_qual.tui.widgets.lines import LineList

NO_CODING = "No coding of yours at the caret. {code.next} goes to the next one."
NO_WORDS = "Select words first: {transcript.select.sentence} takes the sentence, shift and arrows take words."


class CodeActs(CodePage):
    """The acts; the rules of the method are in `tasks/coding.py`."""

    def __init__(self) -> None:
        super().__init__()
        self._last_code: str | None = None
        self._recent: list[str] = []

    def _perform(self, act: Act, said: str) -> None:
        if not act.changes:
            # What was said last would seem to be what was done now.
            self.say("That is so already; nothing to change.")
            return
        kinds = {change.kind for change in act.changes}
        codings = [change.id for change in act.changes if change.kind == "coding"]
        self.bench.perform(act)
        self._touched(kinds, codings)
        self.say(f"{said} · {self.keyed('{code.undo} undo')}")

    def _touched(self, kinds: set[str], codings: Iterable[str]) -> None:
        if "code" in kinds:
            self._labels = short_labels(self.desk.codebook)
            self._show_marks()
        elif "coding" in kinds:
            touched = list(codings)
            marks = list(self._marks(self.desk.codings[key] for key in touched if key in self.desk.codings))
            shown = {mark.id for mark in marks}
            for page in self.pages():
                page.change_marks(marks, [key for key in touched if key not in shown])
        if kinds & {"code", "coding"}:
            self._show_codes()
        self._show_caret()
        self._show_where()
        self.show_documents()

    def _attempt(self, make: Callable[[], tuple[Act, str] | None]) -> None:
        if self.desk.document is None:
            self.say(self.keyed("Open a document first: {code.open}"), problem=True)
            return
        try:
            made = make()
            if made is not None:
                self._perform(*made)
        except QualError as problem:
            self.say(f"{problem.message} {problem.hint}".strip(), problem=True)

    def _selected(self) -> Span:
        span = self.page.selection
        return Span(span.start, span.end) if span is not None else Span(0, 0)

    def _code_with(self, code_id: str) -> None:
        def make() -> tuple[Act, str] | None:
            desk, span = self.desk, self._selected()
            assert desk.document is not None
            code = desk.codebook.current(code_id)
            act = acts.code_selection(
                desk.own_near(span), desk.codebook, document=desk.document, span=span, code=code, coder=desk.viewer
            )
            self._used(code)
            return act, f"coded “{_short(desk.text, span)}” as {code.name}"

        self._attempt(make)

    def _used(self, code: Code) -> None:
        self._last_code = code.id
        self._recent = [code.id, *(c for c in self._recent if c != code.id)][:20]

    def _own_at_caret(self) -> Coding | None:
        """Return the viewer's coding at the caret: the highlighted one, else the shortest."""
        desk = self.desk
        pane = self.query_one("#here", LineList)
        found = [c for c in desk.codings_at(self.page.caret) if c.coder == desk.viewer]
        lit = pane.line.key if pane.line is not None and pane.has_focus else ""
        return next((c for c in found if c.id == lit), found[0] if found else None)

    def _on_coding(self, make: Callable[[Coding], tuple[Act, str]]) -> None:
        coding = self._own_at_caret()
        if coding is None:
            self.say(self.keyed(NO_CODING), problem=True)
        else:
            self._attempt(lambda: make(coding))

    def action_pick(self) -> None:
        """Choose a code for the selection."""
        if self.page.selection is None:
            self.say(self.keyed(NO_WORDS), problem=True)
            return
        from tbcp_qual.tui.dialogs.picker import CodePicker, Picked

        def picked(answer: Picked | None) -> None:
            if answer is None:
                return
            if answer.code:
                self._code_with(answer.code)
            else:
                self._code_with_new(answer.new_name, answer.under)

        span = self._selected()
        title = f"code “{_short(self.desk.text, span)}” as"
        self.app.push_screen(CodePicker(self.desk.codebook, self._labels, self._recent, title), picked)

    def _code_with_new(self, name: str, under: str | None) -> None:
        def make() -> tuple[Act, str] | None:
            desk, span = self.desk, self._selected()
            assert desk.document is not None
            parent = desk.codes.get(under) if under else None
            code, act = acts.new_code_for_selection(
                desk.codebook, name=name, under=parent, document=desk.document, span=span, coder=desk.viewer
            )
            self._used(code)
            return act, f"new code {code.name}; coded “{_short(desk.text, span)}”"

        self._attempt(make)

    def action_slot(self, number: int) -> None:
        """Code the selection with a pinned code."""
        code = self.bench.places.slots[number - 1]
        if code is None or code not in self.desk.codes:
            self.say(
                self.keyed(f"Slot {number} is free: highlight a code ({{code.pane}}) and press {{code.pin}}."),
                problem=True,
            )
        else:
            self._code_with(code)

    def action_repeat(self) -> None:
        """Code the selection with the code used last."""
        if self._last_code is None:
            self.say("No code has been used yet.", problem=True)
        else:
            self._code_with(self._last_code)

    def action_in_vivo(self) -> None:
        """Make a code of the words selected, and code them."""

        def make() -> tuple[Act, str] | None:
            desk, span = self.desk, self._selected()
            assert desk.document is not None
            words = desk.text[span.start : span.end]
            act = acts.code_in_vivo(
                desk.own_near(span), desk.codebook, document=desk.document, span=span, words=words, coder=desk.viewer
            )
            return act, f"in-vivo code “{_short(desk.text, span)}”"

        self._attempt(make)

    def action_remove(self) -> None:
        """Remove the viewer's coding at the caret."""
        book = self.desk.codebook
        self._on_coding(lambda c: (acts.remove(c, book), f"removed {book.current(c.code).name}"))

    def action_negative(self) -> None:
        """Flag the coding at the caret as a negative case, or take the flag away."""

        def make(coding: Coding) -> tuple[Act, str]:
            act = acts.turn_negative(coding, self.desk.codebook)
            return act, act.label

        self._on_coding(make)

    def action_recode(self) -> None:
        """Give the coding at the caret another code."""
        coding = self._own_at_caret()
        if coding is None:
            self.say("No coding of yours at the caret.", problem=True)
            return
        from tbcp_qual.tui.dialogs.picker import CodePicker, Picked

        def picked(answer: Picked | None) -> None:
            if answer is None or not answer.code:
                return
            code = self.desk.codes[answer.code]
            self._attempt(lambda: (acts.recode(coding, self.desk.codebook, code), f"recoded as {code.name}"))

        title = f"instead of {self.desk.codebook.current(coding.code).name}"
        self.app.push_screen(CodePicker(self.desk.codebook, self._labels, self._recent, title, new=False), picked)

    def action_memo(self) -> None:
        """Write the memo of the coding at the caret."""
        coding = self._own_at_caret()
        if coding is None:
            self.say("A memo belongs to a coding: put the caret on one of yours.", problem=True)
            return
        from tbcp_qual.tui.dialogs.memo import MemoDialog

        name = self.desk.codebook.current(coding.code).name

        def written(memo: str | None) -> None:
            if memo is not None:
                now = self.desk.codings.get(coding.id)
                if now is not None:
                    self._attempt(lambda: (acts.set_memo(now, self.desk.codebook, memo), f"memo on {name}"))

        self.app.push_screen(MemoDialog(coding.memo, f"memo · {name}"), written)

    def action_nothing(self) -> None:
        """Say that there is nothing to code in this turn, and go to the next."""
        desk = self.desk
        if desk.document is None:
            return
        index = self.page.turn_index
        if desk.to_review(index):
            self._perform(acts.nothing_to_code(desk.turns[index], desk.viewer), "nothing to code here")
        self._go_to_turn(desk.next_to_review(index))

    def _go_to_turn(self, index: int | None) -> None:
        if index is None:
            self.say(self.keyed("All turns are reviewed. {code.done} marks the document done."))
        else:
            self.page.move_to(self.desk.turns[index].start)

    def action_undo(self) -> None:
        """Take back the last act."""
        self.bench.take_back(again=False, done=self.taken_back)

    def action_redo(self) -> None:
        """Do again what was undone."""
        self.bench.take_back(again=True, done=self.taken_back)

    def taken_back(self, label: str, keys: set[tuple[str, str]]) -> None:
        """Show that an act was undone, or done again, and say so."""
        self._touched({kind for kind, _ in keys}, [key for kind, key in keys if kind == "coding"])
        again = "{code.undo} undo" if label.startswith("did again") else "{code.redo} do again"
        self.say(f"{label} · {self.keyed(again)}")

    def action_done(self) -> None:
        """Mark the document done, or not done after all."""

        def make() -> tuple[Act, str] | None:
            desk = self.desk
            assert desk.document is not None
            act = acts.mark_done(desk.marks.get(desk.document.id), document=desk.document, coder=desk.viewer)
            return act, act.label

        self._attempt(make)

    @on(LineList.Chosen, "#codes")
    def _code_chosen(self, event: LineList.Chosen) -> None:
        self.remove_class("codes-only")
        self.page.focus()
        self._code_with(event.line.key)


def _short(text: str, span: Span) -> str:
    return shortened(text[span.start : min(span.end, span.start + 80)], 40)
