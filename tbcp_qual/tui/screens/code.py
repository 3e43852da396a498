"""The coding screen: documents, the transcript, the codes, and what is at the caret.

It gathers what the coder means and shows what came of it; the acts themselves are in `tasks/coding.py`.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar, Literal, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from tbcp_qual.coding.records import Code, Coding
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import QualError
from tbcp_qual.tasks import coding as acts
from tbcp_qual.tasks.coding import Act
from tbcp_qual.tui.labels import short_labels
from tbcp_qual.tui.palette import colour
from tbcp_qual.tui.transcript.marks import Mark
from tbcp_qual.tui.transcript.view import TranscriptView
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import Line, LineList

if TYPE_CHECKING:
    from tbcp_qual.tui.app import Workbench
    from tbcp_qual.tui.desk import Desk

NARROW = 110
"""Below this many columns the side panes fold away."""

Filter = Literal["all", "mine", "branch", "none"]
FILTERS: tuple[Filter, ...] = ("all", "mine", "branch", "none")


class CodeScreen(Screen[None]):
    """Where a coder spends the day."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "pick", "Code the selection", id="code.pick", tooltip="Choose a code for the words selected"),
        *(
            Binding(f"{n}", f"slot({n})", f"Code in slot {n}", id=f"code.slot_{n}", tooltip="Code with a pinned code")
            for n in range(1, 10)
        ),
        Binding("full_stop", "repeat", "Repeat", id="code.repeat", tooltip="Code with the code used last"),
        Binding("i", "in_vivo", "In-vivo code", id="code.in_vivo", tooltip="Make a code of the words selected"),
        Binding("x", "remove", "Remove coding", id="code.remove", tooltip="Remove your coding at the caret"),
        Binding("e", "recode", "Change code", id="code.recode", tooltip="Give your coding at the caret another code"),
        Binding("m", "memo", "Memo", id="code.memo", tooltip="Write a memo on your coding at the caret"),
        Binding("exclamation_mark", "negative", "Negative case", id="code.negative", tooltip="Negative case on, off"),
        Binding("space", "nothing", "Nothing to code", id="code.nothing", tooltip="Nothing to code here; next turn"),
        Binding("g", "next_gap", "Next turn not reviewed", id="code.gap", tooltip="Go to the next turn not reviewed"),
        Binding("n", "coding(1)", "Next coding", id="code.next", tooltip="Go to the next coding"),
        Binding("N", "coding(-1)", "Previous coding", id="code.previous", tooltip="Go to the coding before"),
        Binding("u", "undo", "Undo", id="code.undo", tooltip="Take back your last act"),
        Binding("ctrl+r", "redo", "Redo", id="code.redo", tooltip="Do again what you undid"),
        Binding("d", "done", "Done", id="code.done", tooltip="This document is done, or not after all"),
        Binding("p", "pin", "Pin", id="code.pin", tooltip="Pin the highlighted code to a slot, or unpin it"),
        Binding("f", "filter", "Filter", id="code.filter", tooltip="Show all codings, yours, one branch, or none"),
        Binding("o", "open", "Open document", id="code.open", tooltip="Open another document"),
        Binding("slash", "find", "Find", id="code.find", tooltip="Find words in this document"),
        Binding("y", "copy", "Copy with label", id="code.copy", tooltip="Copy the passage with its source label"),
        Binding("z", "fold", "Fold panes", id="code.fold", tooltip="Fold the side panes, or bring one up"),
        Binding("tab", "next_pane", "Next pane", id="code.pane", show=False, tooltip="Go to the next pane"),
        Binding("question_mark", "help", "Help", id="code.help", tooltip="The keys of this screen"),
        Binding("escape", "back", "Back", id="code.back", show=False, tooltip="One step back; nothing is lost"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._labels: dict[str, str] = {}
        self._filter: Filter = "all"
        self._branch: set[str] = set()
        self._last_code: str | None = None
        self._recent: list[str] = []
        self._found: list[Span] = []
        self._at_caret: tuple[str, ...] = ()
        self._folds: str | None = None

    # -- parts

    @property
    def bench(self) -> "Workbench":
        """The workbench."""
        return cast("Workbench", self.app)

    @property
    def desk(self) -> "Desk":
        """What lies open."""
        return self.bench.desk

    @property
    def page(self) -> TranscriptView:
        """The transcript."""
        return self.query_one(TranscriptView)

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        yield Bar(id="where")
        with Horizontal(id="panes"):
            yield LineList(id="documents", empty="No documents yet. They come in with: tbcp-qual documents import PATH")
            with Vertical(id="sheet"):
                yield TranscriptView(id="page")
            with Vertical(id="side"):
                yield LineList(id="codes", empty="No codes yet. `c` on words makes one; `i` makes one of the words.")
                yield LineList(id="here", empty="No coding at the caret.")
        yield Bar(id="caret")
        yield Bar(id="slots")
        yield Bar(id="said")

    def on_mount(self) -> None:
        """Open the document that was open last, or the first."""
        self._fold_to_fit(self.app.size.width)
        self.app.theme_changed_signal.subscribe(self, lambda _: self._show_colours())
        known = {document.id for document in self.desk.documents}
        last = self.bench.places.document
        if last not in known and self.desk.documents:
            last = self.desk.documents[0].id
        if last in known and last is not None:
            self.open_document(last)
        else:
            self.show_desk()
        self.page.focus()
        self.say("")

    def on_resize(self, event: events.Resize) -> None:
        """Fold or unfold the side panes."""
        self._fold_to_fit(event.size.width)

    def _fold_to_fit(self, width: int) -> None:
        self.set_class(width < NARROW, "narrow")
        if width >= NARROW:
            self.remove_class("codes-only", "documents-only")

    # -- showing

    def open_document(self, document_id: str) -> None:
        """Open a document at the place it was left."""
        document = next((d for d in self.desk.documents if d.id == document_id), None)
        if document is None:
            return
        self.keep_place()
        try:
            self.bench.open_document(document)
        except QualError as problem:
            self.say(problem.message, problem=True)
            return
        self._found = []
        self.show_desk()

    def keep_place(self) -> None:
        """Remember where the caret is."""
        if self.desk.document is not None and self.is_mounted:
            self.bench.places.carets[self.desk.document.id] = self.page.caret

    def show_desk(self) -> None:
        """Show all that lies on the desk anew."""
        desk = self.desk
        self._labels = short_labels(desk.codebook)
        if desk.document is not None:
            caret = self.bench.places.carets.get(desk.document.id, 0)
            self.page.load(desk.text, desk.turns, list(self._marks(desk.codings.values())), caret)
        self.show_documents()
        self._show_codes()
        self._show_where()
        self._show_caret()

    def _marks(self, codings: Iterable[Coding]) -> Iterator[Mark]:
        desk, book = self.desk, self.desk.codebook
        for coding in codings:
            code = book.current(coding.code)
            own = coding.coder == desk.viewer
            if (
                self._filter == "none"
                or (self._filter == "mine" and not own)
                or (self._filter == "branch" and code.id not in self._branch)
            ):
                continue
            yield Mark(
                id=coding.id,
                start=coding.start,
                end=coding.end,
                label=self._labels.get(code.id, ""),
                colour=book.colour(code.id),
                negative=coding.negative,
                own=own,
            )

    def _show_marks(self) -> None:
        self.page.update_marks(list(self._marks(self.desk.codings.values())))

    def show_counts(self) -> None:
        """Show how often each code is used, and which documents are done."""
        self._show_codes()
        self.show_documents()
        self._show_where()

    def _show_colours(self) -> None:
        self._show_codes()
        self._show_caret()

    def show_documents(self) -> None:
        """Show the documents and how far the coder is in each."""
        desk = self.desk
        lines: list[Line] = []
        group = None
        for document in desk.documents:
            if document.source_type != group:
                group = document.source_type
                if lines:
                    lines.append(Line(key="", text=""))
                lines.append(Line(key="", text=group or "no source type"))
            reviewed, turns = desk.progress(document.id)
            if desk.is_done(document.id):
                sign, note = "●", ""
            elif reviewed:
                sign, note = "◐", f"{reviewed}/{turns}"
            else:
                sign, note = "○", ""
            lines.append(Line(key=document.id, text=document.name, note=note, sign=sign))
        pane = self.query_one("#documents", LineList)
        pane.show(lines)
        if desk.document is not None and pane.here != desk.document.id:
            pane.here = desk.document.id
            pane.put_cursor(desk.document.id)

    def _show_codes(self) -> None:
        desk, book = self.desk, self.desk.codebook
        dark = self.app.current_theme.dark
        own: dict[str, int] = {}
        for code_id, number in desk.coding_counts.items():
            if code_id in book.by_id:
                current = book.current(code_id).id
                own[current] = own.get(current, 0) + number
        slots = {code: n for n, code in enumerate(self.bench.places.slots, 1) if code}
        lines = []
        for depth, code in book.walk():
            total = (
                sum(own.get(c, 0) for c in book.branch(code.id)) if book.children.get(code.id) else own.get(code.id, 0)
            )
            slot = str(slots.get(code.id, " "))
            lines.append(
                Line(
                    key=code.id,
                    text=f"{slot} {'  ' * depth}{code.name}",
                    note=str(total) if total else "",
                    sign="▎",
                    colour=colour(book.colour(code.id), dark=dark),
                )
            )
        self.query_one("#codes", LineList).show(lines)
        pinned = [f"{n} {desk.codes[code].name}" for code, n in slots.items() if code in desk.codes]
        self.query_one("#slots", Bar).show(left="   ".join(pinned) or "c codes the selection; p pins a code to a key")

    def _show_where(self) -> None:
        desk = self.desk
        viewer = desk.coders.get(desk.viewer)
        name = viewer.name if viewer else ""
        if desk.document is None:
            self.query_one("#where", Bar).show(strong=desk.project.name, left="", right=name)
            return
        document = desk.document
        reviewed, turns = desk.progress(document.id)
        parts = [p for p in (document.source_type, document.time_point) if p]
        filtered = {"all": "", "mine": "only yours", "branch": "one branch", "none": "no codings"}[self._filter]
        done = " · done" if desk.is_done(document.id) else ""
        turn = f"turn {self.page.turn_index + 1} of {len(desk.turns)}" if desk.turns else ""
        wide = self.app.size.width >= NARROW
        left = "".join(f" · {p}" for p in (*parts, turn, f"showing {filtered}" if filtered else "") if p)
        self.query_one("#where", Bar).show(
            strong=f"{_shortened(desk.project.name, 40)} ▸ {document.name}" if wide else document.name,
            left=left,
            right=f"{name} · {reviewed} of {turns} reviewed{done}{f' {_progress(reviewed, turns)}' if wide else ''}",
        )

    def _show_caret(self) -> None:
        desk, book = self.desk, self.desk.codebook
        found = desk.codings_at(self.page.caret) if desk.document is not None else []
        dark = self.app.current_theme.dark
        lines = []
        for coding in found:
            code = book.current(coding.code)
            coder = desk.coders.get(coding.coder)
            flags = " − negative case" if coding.negative else ""
            lines.append(
                Line(
                    key=coding.id,
                    text=f"{self._labels.get(code.id, '')} {code.name}{flags}",
                    note=coder.name if coder else "",
                    sign="▎",
                    colour=colour(book.colour(code.id), dark=dark),
                )
            )
            lines.extend(Line(key="", text=f"  {row}") for row in _wrapped(coding.memo, 32))
        self.query_one("#here", LineList).show(lines)
        one = "   ".join(
            f"▎{line.text}{' ' + line.note if line.note else ''}" if line.key else line.text.strip() for line in lines
        )
        self.query_one("#caret", Bar).show(left=one or "no coding at the caret")

    def say(self, what: str, *, problem: bool = False) -> None:
        """Tell the coder something, in the bottom row."""
        bar = self.query_one("#said", Bar)
        bar.set_class(problem, "problem")
        bar.show(left=what or "s sentence · 1-9 pinned · c code · space next", right="/ find  ? help")

    # -- what the parts report

    @on(TranscriptView.CaretMoved)
    def _caret_moved(self) -> None:
        self._show_caret()
        self._show_where()

    @on(LineList.Chosen, "#documents")
    def _document_chosen(self, event: LineList.Chosen) -> None:
        self.open_document(event.line.key)
        self.remove_class("documents-only")
        self.page.focus()

    @on(LineList.Chosen, "#codes")
    def _code_chosen(self, event: LineList.Chosen) -> None:
        self.remove_class("codes-only")
        self.page.focus()
        self._code_with(event.line.key)

    @on(LineList.Moved, "#codes")
    def _code_moved(self, event: LineList.Moved) -> None:
        code = self.desk.codes.get(event.line.key)
        if code is not None and event.lines.has_focus:
            self.say(code.brief or f"{code.name}: no definition yet")
            if self._filter == "branch":
                self._branch = self.desk.codebook.branch(code.id)
                self._show_marks()

    # -- acts

    def _perform(self, act: Act, said: str) -> None:
        if not act.changes:
            return
        kinds = {change.kind for change in act.changes}
        codings = [change.id for change in act.changes if change.kind == "coding"]
        self.bench.perform(act)
        self._touched(kinds, codings)
        self.say(f"{said} · u undo")

    def _touched(self, kinds: set[str], codings: Iterable[str]) -> None:
        if "code" in kinds:
            self._labels = short_labels(self.desk.codebook)
            self._show_marks()
        elif "coding" in kinds:
            touched = list(codings)
            marks = list(self._marks(self.desk.codings[key] for key in touched if key in self.desk.codings))
            shown = {mark.id for mark in marks}
            self.page.change_marks(marks, [key for key in touched if key not in shown])
        if kinds & {"code", "coding"}:
            self._show_codes()
        self._show_caret()
        self._show_where()
        self.show_documents()

    def _attempt(self, make: Callable[[], tuple[Act, str] | None]) -> None:
        if self.desk.document is None:
            self.say("Open a document first: o", problem=True)
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
            self.say("No coding of yours at the caret. n goes to the next one.", problem=True)
        else:
            self._attempt(lambda: make(coding))

    def action_pick(self) -> None:
        """Choose a code for the selection."""
        if self.page.selection is None:
            self.say("Select words first: s takes the sentence, shift and arrows take words.", problem=True)
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
            self.say(f"Slot {number} is free: highlight a code (tab) and press p.", problem=True)
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

    def action_next_gap(self) -> None:
        """Go to the next turn that is not reviewed."""
        if self.desk.document is not None:
            self._go_to_turn(self.desk.next_to_review(self.page.turn_index))

    def _go_to_turn(self, index: int | None) -> None:
        if index is None:
            self.say("All turns are reviewed. d marks the document done.")
        else:
            self.page.move_to(self.desk.turns[index].start)

    def action_coding(self, step: int) -> None:
        """Go to the next or the previous coding."""
        coding = self.desk.next_coding(self.page.caret, step)
        if coding is None:
            self.say("No coding further on." if step > 0 else "No coding before this.")
        else:
            self.page.move_to(coding.start)

    def action_undo(self) -> None:
        """Take back the last act."""
        self.bench.take_back(again=False, done=self._taken_back)

    def action_redo(self) -> None:
        """Do again what was undone."""
        self.bench.take_back(again=True, done=self._taken_back)

    def _taken_back(self, label: str, keys: set[tuple[str, str]]) -> None:
        self._touched({kind for kind, _ in keys}, [key for kind, key in keys if kind == "coding"])
        again = "u undo" if label.startswith("did again") else "ctrl+r do again"
        self.say(f"{label} · {again}")

    def action_done(self) -> None:
        """Mark the document done, or not done after all."""

        def make() -> tuple[Act, str] | None:
            desk = self.desk
            assert desk.document is not None
            act = acts.mark_done(desk.marks.get(desk.document.id), document=desk.document, coder=desk.viewer)
            return act, act.label

        self._attempt(make)

    def action_pin(self) -> None:
        """Pin the highlighted code to the first free slot, or unpin it."""
        pane = self.query_one("#codes", LineList)
        code = pane.line.key if pane.line is not None else ""
        slots = self.bench.places.slots
        if not code:
            return
        name = self.desk.codes[code].name
        if code in slots:
            slots[slots.index(code)] = None
            self.say(f"unpinned {name}")
        elif None in slots:
            place = slots.index(None)
            slots[place] = code
            self.say(f"{name} is on key {place + 1}")
        else:
            self.say("All nine slots are taken: unpin one with p first.", problem=True)
        self._show_codes()

    def action_filter(self) -> None:
        """Show all codings, only one's own, only one branch, or none."""
        self._filter = FILTERS[(FILTERS.index(self._filter) + 1) % len(FILTERS)]
        pane = self.query_one("#codes", LineList)
        self._branch = self.desk.codebook.branch(pane.line.key) if pane.line is not None and pane.line.key else set()
        self._show_marks()
        self._show_where()
        lit = self.desk.codes[pane.line.key].name if pane.line is not None and pane.line.key else ""
        said = {"all": "all codings", "mine": "only your codings", "branch": f"only {lit}", "none": "no codings"}
        self.say(f"showing {said[self._filter]} · f next")

    def action_open(self) -> None:
        """Open another document."""
        from tbcp_qual.tui.dialogs.opening import DocumentPicker

        def picked(document: str | None) -> None:
            if document:
                self.open_document(document)

        self.app.push_screen(DocumentPicker(self.desk), picked)

    def action_find(self) -> None:
        """Find words in this document."""
        from tbcp_qual.tui.dialogs.finding import FindDialog

        def found(span: Span | None) -> None:
            if span is not None:
                self.page.move_to(span.start)
                self.page.select(span)

        if self.desk.document is not None:
            self.app.push_screen(FindDialog(self.desk.text, self.page.caret), found)

    def action_copy(self) -> None:
        """Copy the passage with its label and the question before it."""
        if self.desk.document is None:
            return
        span = self.page.selection
        if span is None:
            turn = self.desk.turns[self.page.turn_index]
            span = Span(turn.start, turn.end)
        self.app.copy_to_clipboard(acts.with_label(self.desk.document, self.desk.turns, span, self.desk.text))
        self.say("copied with its label")

    def action_fold(self) -> None:
        """Fold the side panes, or bring one up."""
        if self.app.size.width >= NARROW:
            self.toggle_class("folded")
        elif self.has_class("codes-only"):
            self.remove_class("codes-only")
            self.add_class("documents-only")
            self.query_one("#documents").focus()
        elif self.has_class("documents-only"):
            self.remove_class("documents-only")
            self.page.focus()
        else:
            self.add_class("codes-only")
            self.query_one("#codes").focus()

    def action_next_pane(self) -> None:
        """Go to the next pane that is shown."""
        panes = [self.page, self.query_one("#codes"), self.query_one("#here"), self.query_one("#documents")]
        shown = [
            pane for pane in panes if all(part.display for part in (pane, *pane.ancestors) if part is not self.app)
        ]
        place = next((n for n, pane in enumerate(shown) if pane.has_focus), -1)
        shown[(place + 1) % len(shown)].focus()

    def action_help(self) -> None:
        """Show the keys of this screen."""
        from tbcp_qual.tui.dialogs.help import HelpDialog

        self.app.push_screen(HelpDialog([*self.BINDINGS, *TranscriptView.BINDINGS, *self.app.BINDINGS]))

    def action_back(self) -> None:
        """Go one step back: close a pane, leave a list, drop the selection."""
        if self.has_class("codes-only") or self.has_class("documents-only"):
            self.remove_class("codes-only", "documents-only")
            self.page.focus()
        elif not self.page.has_focus:
            self.page.focus()
        else:
            self.page.clear_selection()
            self.say("")


def _progress(done: int, total: int, cells: int = 8) -> str:
    eighths = round(done / total * cells * 8) if total else 0
    full, part = divmod(min(eighths, cells * 8), 8)
    return f"▕{'█' * full}{' ▏▎▍▌▋▊▉'[part] if full < cells else ''}".ljust(cells + 1) + "▏"


def _short(text: str, span: Span) -> str:
    return _shortened(text[span.start : min(span.end, span.start + 80)], 40)


def _shortened(text: str, longest: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def _wrapped(text: str, width: int) -> list[str]:
    import textwrap

    return [row for line in text.splitlines() for row in textwrap.wrap(line, width)]
