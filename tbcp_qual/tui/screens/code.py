"""The coding screen: its keys, moving about in it, and what opens from it."""

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType

from tbcp_qual.coding.records import STAGES
from tbcp_qual.coding.spans import Span
from tbcp_qual.store import Project
from tbcp_qual.tasks import coding as acts
from tbcp_qual.tui.places import keep_tour_seen
from tbcp_qual.tui.screens.bench_screen import NARROW, shortened
from tbcp_qual.tui.screens.code_bindings import BINDINGS
from tbcp_qual.tui.screens.code_split import CodeSplit
from tbcp_qual.tui.sieve import NONE, Sieve, offered
from tbcp_qual.tui.transcript.view import TranscriptView
from tbcp_qual.tui.widgets.lines import LineList

if TYPE_CHECKING:
    from tbcp_qual.tui.tour import Tour


class CodeScreen(CodeSplit):
    """Where a coder spends the day."""

    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]

    def action_next_gap(self) -> None:
        """Go to the next turn that is not reviewed."""
        if self.desk.document is not None:
            self._go_to_turn(self.desk.next_to_review(self.page.turn_index))

    def action_coding(self, step: int) -> None:
        """Go to the next or the previous coding of those shown; where none is to be shown, of all."""
        shown = self._is_shown if self._sieve != NONE else (lambda _: True)
        coding = self.desk.next_coding(self.page.caret, step, shown)
        if coding is None:
            self.say("No coding further on." if step > 0 else "No coding before this.")
        else:
            self.page.move_to(coding.start)

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
            self.say(self.keyed("All nine slots are taken: unpin one with {code.pin} first."), problem=True)
        self._show_codes()

    def action_filter(self) -> None:
        """Choose what is shown: all codings, one code, one branch, one coder, or none."""
        from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog

        by_value = {sieve.said or "all codings": sieve for sieve in self._sieves()}
        choices = [Choice(value=said if sieve != NONE else "", text=said) for said, sieve in by_value.items()]

        def chosen(said: str | None) -> None:
            if said is not None:
                self._sieve = by_value[said or NONE.said]
                self._show_marks()
                self._show_where()
                self.say(f"showing {said or NONE.said} · {self.keyed('{code.filter} changes that')}")

        now = "" if self._sieve == NONE else self._sieve.said or "all codings"
        self.app.push_screen(ChoiceDialog("show", choices, now), chosen)

    def _sieves(self) -> list[Sieve]:
        return offered(self.desk.codebook, self._code_meant(), self.desk.viewer, self.desk.coders.values())

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

    def action_stage(self) -> None:
        """Say how far the document is."""
        document = self.desk.document
        if document is None:
            self.say(self.keyed("Open a document first: {code.open}"), problem=True)
            return
        from tbcp_qual.tasks.describing import set_stage
        from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog

        coder, id = self.desk.viewer, document.id

        def chosen(stage: str | None) -> None:
            if stage == "read":
                self._note_reading(id, document.name)
            elif stage is not None:
                self.bench.do(lambda project: set_stage(project, [id], stage, coder=coder))

        choices = [*(Choice(value=stage) for stage in STAGES if stage), Choice(value="", text="· not recorded")]
        self.app.push_screen(ChoiceDialog(f"stage of {document.name}", choices, document.stage), chosen)

    def action_rate(self) -> None:
        """Rate the document on the items of the audit, beside its text."""
        from tbcp_qual.tui.dialogs.rating import open_form

        if self.desk.document is None:
            self.say(self.keyed("Open a document first: {code.open}"), problem=True)
        else:
            open_form(self.bench, self.desk.document)

    def _note_reading(self, document: str, name: str) -> None:
        """Ask what was noted on getting to know a document; leaving that empty sets the stage alone."""
        from tbcp_qual.tasks.familiarising import have_read, noted
        from tbcp_qual.tui.dialogs.memo import MemoDialog

        coder = self.desk.viewer

        def written(body: str | None) -> None:
            self.bench.do(lambda project: have_read(project, document, body or "", coder=coder))

        def known(body: str) -> None:
            self.app.push_screen(MemoDialog(body, f"{shortened(name, 30)} is read · familiarisation memo"), written)

        def job(project: Project) -> str:
            memo = noted(project.snapshot(coder, [document]), document)
            return memo.body if memo is not None else ""

        self.bench.writer.catch_up()
        self.bench.read(job, known)

    def action_case(self) -> None:
        """Show all about the case of the words at the caret; its other documents open from there."""
        cases = self.desk.cases_at(self.page.caret) if self.desk.document is not None else []
        if not cases:
            self.say(
                self.keyed("No case is known here. {mode.P} has the cases, and says who belongs to which."),
                problem=True,
            )
            return
        from tbcp_qual.tui.dialogs.case_card import CaseCard, Wanted

        def wanted(what: Wanted | None) -> None:
            if what is not None and what.document:
                self.open_document(what.document)
            elif what is not None and (what.attribute or what.person):
                self.bench.show_person(what)

        self.app.push_screen(CaseCard(cases), wanted)

    def action_structure(self) -> None:
        """Correct who speaks in this turn, split it, or join it with the next."""
        if not self.desk.turns:
            self.say(self.keyed("Open a document first: {code.open}"), problem=True)
            return
        from tbcp_qual.tui.screens.structure import Correcting

        Correcting(self).ask()

    def action_copy(self) -> None:
        """Copy the passage with its label and the question before it."""
        desk, span = self.desk, self.page.selection
        if desk.document is None:
            return
        if span is None:
            turn = desk.turns[self.page.turn_index]
            span = Span(turn.start, turn.end)
        self.app.copy_to_clipboard(acts.with_label(desk.document, desk.turns, span, desk.text, desk.documents))
        self.say("copied with its label")

    def action_fold(self) -> None:
        """Fold the side panes, or bring one up."""
        if self.app.size.width >= NARROW:
            self.toggle_class("folded")
            self.call_after_refresh(self._fit_halves)
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
        panes = [*self.halves(), self.query_one("#codes"), self.query_one("#here"), self.query_one("#documents")]
        shown = [
            pane for pane in panes if all(part.display for part in (pane, *pane.ancestors) if part is not self.app)
        ]
        place = next((n for n, pane in enumerate(shown) if pane.has_focus), -1)
        shown[(place + 1) % len(shown)].focus()

    def action_help(self) -> None:
        """Show the keys of this screen."""
        from tbcp_qual.tui.dialogs.help import HelpDialog

        self.app.push_screen(HelpDialog([*self.BINDINGS, *TranscriptView.BINDINGS, *self.app.BINDINGS]))

    async def action_tour(self) -> None:
        """Show round, one small card after the other; shown already, it begins again."""
        from tbcp_qual.tui.tour import Tour

        if self.desk.document is None:
            self.say(self.keyed("Open a document first: {code.open}"), problem=True)
            return
        keep_tour_seen()
        await self.query("#tour").remove()
        await self.mount(Tour(), before="#caret")
        self.page.focus()

    def action_keep_ends(self) -> None:
        """Keep the ends that are being changed; else show the next card of the tour, where it is shown."""
        tour = self._tour()
        if tour is not None and self._ends is None:
            tour.go_on()
        else:
            super().action_keep_ends()

    def _tour(self) -> "Tour | None":
        return cast("Tour | None", next(iter(self.query("#tour")), None))

    def action_back(self) -> None:
        """Go one step back: end the tour, close a pane, leave a list, drop the selection."""
        tour = self._tour()
        if tour is not None:
            tour.end()
        elif self.has_class("codes-only") or self.has_class("documents-only"):
            self.remove_class("codes-only", "documents-only")
            self.page.focus()
        elif not self.page.has_focus:
            self.page.focus()
        else:
            self.page.clear_selection()
            self.say("")
