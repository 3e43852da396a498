"""What a coder changes about a coding that is there: its ends, its weight, whether it was prompted; and going on by code."""

from collections import Counter
from functools import partial
from typing import Literal

from textual import on

from tbcp_qual.coding.counting import some
from tbcp_qual.coding.records import Coding, Prompting
from tbcp_qual.coding.spans import Span
from tbcp_qual.store import Project
from tbcp_qual.tasks import coding as acts
from tbcp_qual.tasks.coding import Act
from tbcp_qual.tui.screens.bench_screen import shortened
from tbcp_qual.tui.screens.code_acts import NO_CODING, CodeActs
from tbcp_qual.tui.transcript.view import TranscriptView
from tbcp_qual.tui.widgets.lines import LineList

NEXT: dict[Prompting, Prompting] = {"": "prompted", "prompted": "volunteered", "volunteered": ""}
"""What is said next of a coding, each time the key is pressed."""


ENDS = (
    "{transcript.select.word.less} {transcript.select.word.more} word · "
    "{transcript.select.sentence.less} {transcript.select.sentence.more} sentence · "
    "{code.ends} other end · {code.keep_ends} keep · {code.back} leave"
)
OF_CODE = "{code.next_of_code} next · {code.previous_of_code} before"


class CodeChanges(CodeActs):
    """Changes to one coding of the viewer's, each an act that can be undone."""

    def __init__(self) -> None:
        super().__init__()
        self._ends: str | None = None
        """Id of the coding whose ends the selection stands for; None where it stands for itself."""

    def refresh_all(self) -> None:
        """Show all anew; a coding that has gone has no ends to change."""
        super().refresh_all()
        if self._ends not in self.desk.codings or self.page.selection is None:
            self._ends = None

    @on(TranscriptView.SelectionChanged)
    def _selection_changed(self) -> None:
        if self.page.selection is None:
            self._ends = None

    def action_ends(self) -> None:
        """Change where the coding at the caret begins and ends; pressed again, the other end moves."""
        if self._ends in self.desk.codings:
            self.page.turn_round()
            return
        coding = self._own_at_caret()
        if coding is None:
            self.say(self.keyed(NO_CODING), problem=True)
            return
        self._ends = coding.id
        self.page.focus()
        self.page.select(Span(coding.start, coding.end))
        name = shortened(self.desk.codebook.current(coding.code).name, 20)
        self.say(f"ends of {name}: {self.keyed(ENDS)}")

    def action_keep_ends(self) -> None:
        """Let the coding whose ends are being changed lie on what is selected."""
        desk, span = self.desk, self._selected()
        coding = desk.codings.get(self._ends or "")
        if coding is None or desk.document is None:
            return
        document, name = desk.document, desk.codebook.current(coding.code).name

        def make() -> tuple[Act, str]:
            act = acts.set_span(
                desk.own_near(span), coding, desk.codebook, document=document, text=desk.text, span=span
            )
            return act, f"{name} now begins and ends there"

        self._attempt(make)
        self._ends = None
        kept = desk.codings.get(coding.id)
        self.page.move_to(kept.start if kept is not None else span.start)

    def action_weight(self) -> None:
        """Say how strongly the words speak for the code of the coding at the caret."""
        coding = self._own_at_caret()
        if coding is None:
            self.say(self.keyed(NO_CODING), problem=True)
            return
        from tbcp_qual.tui.dialogs.value import ValueDialog

        def written(typed: str | None) -> None:
            now = self.desk.codings.get(coding.id)
            if typed is None or now is None:
                return

            def make() -> tuple[Act, str]:
                act = acts.set_weight(now, self.desk.codebook, int(typed) if typed else None)
                return act, act.label

            self._attempt(make)

        title = f"weight · {self.desk.codebook.current(coding.code).name}"
        given = "" if coding.weight is None else str(coding.weight)
        hint = "0 to 100: how strongly the words speak for the code; nothing takes it away"
        self.app.push_screen(ValueDialog(title, given, hint=hint, problem=_no_weight), written)

    def action_prompted(self) -> None:
        """Say that the words at the caret answer a question, that they came of themselves, or neither."""

        def make(coding: Coding) -> tuple[Act, str]:
            act = acts.set_prompted(coding, self.desk.codebook, NEXT[coding.prompted])
            return act, act.label

        self._on_coding(make)

    def action_code_speaker(self) -> None:
        """Code all turns of a speaker with one code: shown first, then one act."""
        desk = self.desk
        if desk.document is None or not desk.turns:
            self.say(self.keyed("Open a document first: {code.open}"), problem=True)
            return
        from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog
        from tbcp_qual.tui.dialogs.code_speaker import CodeSpeakerDialog
        from tbcp_qual.tui.dialogs.picker import CodePicker, Picked

        document = desk.document.id
        turns = Counter(turn.speaker for turn in desk.turns if turn.speaker and turn.start < turn.end)
        here = desk.turns[self.page.turn_index].speaker

        def spoken(speaker: str | None) -> None:
            if not speaker:
                return

            def picked(answer: Picked | None) -> None:
                if answer is not None and answer.code:
                    self.app.push_screen(CodeSpeakerDialog(speaker, self.desk.codes[answer.code], document))

            title = f"code all turns of {shortened(speaker, 30)} as"
            self.app.push_screen(CodePicker(self.desk.codebook, self._labels, self._recent, title, new=False), picked)

        choices = [Choice(value=name, note=some(n, "turn")) for name, n in turns.most_common()]
        if choices:
            self.app.push_screen(ChoiceDialog("code all turns of", choices, here), spoken)
        else:
            self.say(
                self.keyed("Nobody is named as a speaker here. {code.structure} corrects who speaks."), problem=True
            )

    # -- the same code elsewhere

    def _code_meant(self) -> str:
        """Return the code highlighted in its pane, else the one at the caret, else the highlighted one all the same."""
        desk, pane = self.desk, self.query_one("#codes", LineList)
        lit = pane.line.key if pane.line is not None else ""
        at_caret = desk.codings_at(self.page.caret) if desk.document is not None else []
        if pane.has_focus or not at_caret:
            return lit
        own = self._own_at_caret()
        return desk.codebook.current((own or at_caret[0]).code).id

    def action_same_code(self, step: Literal[1, -1]) -> None:
        """Go to the next or the previous coding of this code, first here and then in the other documents."""
        desk = self.desk
        code = self._code_meant()
        if desk.document is None or not code:
            self.say(self.keyed("Put the caret on a coding, or highlight a code ({code.pane})."), problem=True)
            return
        name = desk.codebook.by_id[code].name
        here = desk.next_coding(self.page.caret, step, lambda c: desk.codebook.current(c.code).id == code)
        if here is not None:
            self.page.move_to(here.start)
            self.say(f"{name} · {self.keyed(OF_CODE)}")
            return
        place = next((n for n, document in enumerate(desk.documents) if document.id == desk.document.id), 0)
        round_about = [*desk.documents[place + 1 :], *desk.documents[:place]]
        if step < 0:
            round_about.reverse()
        frame, opened = desk.frame, desk.document.id

        def job(project: Project) -> Coding | None:
            from tbcp_qual.tasks.next_coding import next_of_code

            return next_of_code(project, frame, round_about, code, step=step)

        self.say(f"looking for {name} …")
        self.bench.writer.catch_up()
        self.bench.read(job, partial(self._came_to, code, name, opened))

    def _came_to(self, code: str, name: str, asked_in: str, found: Coding | None) -> None:
        desk = self.desk
        if desk.document is None or desk.document.id != asked_in:
            return
        if found is None:
            self.say(f"{name} is on nothing in another document.")
            return
        self.open_document(found.document)
        self.page.move_to(found.start)
        self.say(f"{name} · in {shortened(desk.document.name, 30)} · {self.keyed(OF_CODE)}")


def _no_weight(typed: str) -> str:
    fits = not typed.strip() or (typed.strip().isascii() and typed.strip().isdecimal() and int(typed) <= 100)
    return "" if fits else "A weight is a whole number from 0 to 100, or nothing."
