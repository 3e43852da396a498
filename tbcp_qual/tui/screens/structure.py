"""Correcting who speaks where, at the caret of the coding screen: what is offered, what it touches, and doing it."""

from collections.abc import Callable
from typing import Any

from tbcp_qual.coding import structure
from tbcp_qual.coding.records import Role, Turn
from tbcp_qual.errors import UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks import structure as tasks
from tbcp_qual.tasks.documents import set_role
from tbcp_qual.tasks.participants import assign
from tbcp_qual.tasks.roles import role_changes
from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog
from tbcp_qual.tui.dialogs.value import ValueDialog
from tbcp_qual.tui.screens.bench_screen import shortened
from tbcp_qual.tui.screens.code_page import CodePage

SAME = "same"
"""Key of the same speaker going on after a split; no label can be so, as labels are shown beside it."""


class Correcting:
    """The corrections that can be made at the caret; each is one revision, and no offset moves."""

    def __init__(self, screen: CodePage) -> None:
        self._screen = screen
        self._bench = screen.bench
        self._desk = screen.desk
        assert self._desk.document is not None
        self._document = self._desk.document
        self._caret = screen.page.caret
        self._place = self._desk.turn_at(self._caret)
        self._turn: Turn = self._desk.turns[self._place]
        self._other: Role = "participant" if self._turn.role == "interviewer" else "interviewer"

    def ask(self) -> None:
        """Say what can be corrected here and what each would touch, and do what is chosen."""
        turn, number = self._turn, self._place + 1
        here = len(structure.said_by(self._desk.turns, turn.speaker))
        is_other = f"is {'an interviewer' if self._other == 'interviewer' else 'a participant'}"
        choices = []
        if turn.speaker:
            choices += [
                Choice(value="rename", text=f"rename {turn.speaker} in this document", note=_turns(here)),
                Choice(value="rename all", text=f"rename {turn.speaker} in all documents", note="…"),
            ]
        choices.append(
            Choice(value="split", text=f"split turn {number} at the caret", note=f"…  |  {self._second_half()}")
        )
        if number < len(self._desk.turns):
            choices.append(Choice(value="join", text="join it with the next", note=f"turns {number} and {number + 1}"))
        choices.append(Choice(value="turn", text=f"this turn is the {self._other}'s", note="1 turn"))
        choices.append(Choice(value="give", text="this turn is another speaker's", note="1 turn"))
        if turn.speaker:
            choices += [
                Choice(value="role", text=f"{turn.speaker} {is_other} in this document", note=_turns(here)),
                Choice(value="role all", text=f"{turn.speaker} {is_other} in all documents", note="…"),
            ]
        choices.append(Choice(value="heading", text="a heading from here on", note=_turns(self._under_heading())))
        if turn.speaker and turn.role != "interviewer":
            person = next((p.label for p in self._desk.frame.participants if p.id == turn.participant), "nobody yet")
            choices.append(Choice(value="who", text=f"which participant {turn.speaker} is here", note=person))
        if turn.date or not turn.speaker:
            choices.append(Choice(value="date", text="the day of this entry", note=turn.date or "not known"))
        dialog = ChoiceDialog(f"correct turn {number} of {self._document.name}", choices)
        self._bench.push_screen(dialog, self._chosen)
        if turn.speaker:
            self._count_everywhere(dialog)

    def _second_half(self) -> str:
        return f"“{shortened(self._desk.text[self._caret : min(self._caret + 60, self._turn.end)], 30)}”"

    def _under_heading(self) -> int:
        """Return how many turns a new heading would stand over."""
        return len(structure.set_section(self._desk.turns, self._place, None, "\x00"))

    def _count_everywhere(self, dialog: ChoiceDialog) -> None:
        speaker = self._turn.speaker

        def count(project: Project) -> tuple[int, int]:
            theirs = structure.said_by(project.records("turn"), speaker)
            return len(theirs), len({turn.document for turn in theirs})

        def counted(found: tuple[int, int]) -> None:
            turns, documents = found
            note = f"{_turns(turns)} in {documents} {'document' if documents == 1 else 'documents'}"
            dialog.note("rename all", note)
            dialog.note("role all", note)

        self._bench.read(count, counted)

    # -- doing it

    def _chosen(self, what: str | None) -> None:
        if what is None:
            return
        if what in ("rename", "rename all"):
            self._rename(everywhere=what == "rename all")
        elif what == "split":
            self._split()
        elif what == "heading":
            self._heading()
        elif what == "give":
            self._give()
        elif what == "who":
            self._who()
        elif what == "date":
            self._date()
        elif what == "join":
            self._join()
        else:
            document, number, coder = self._document.id, str(self._place + 1), self._desk.viewer
            speaker, other, turn = self._turn.speaker, self._other, self._turn
            jobs: dict[str, Callable[[Project], Any]] = {
                "role": lambda project: set_role(project, speaker, other, coder=coder, document=document),
                "role all": lambda project: set_role(project, speaker, other, coder=coder),
                "turn": lambda project: project.apply(
                    f"turn {number} of {self._document.name} is the {other}'s",
                    role_changes(project, [turn], other)[1],
                    coder=coder,
                ),
            }
            self._bench.do(jobs[what])

    def _rename(self, *, everywhere: bool) -> None:
        old, document, coder = self._turn.speaker, self._document.id, self._desk.viewer
        others = dict.fromkeys(turn.speaker for turn in self._desk.turns if turn.speaker not in ("", old))

        def named(new: str | None) -> None:
            if new and new != old:
                self._bench.do(
                    lambda project: tasks.rename_speaker(
                        project, document, old, new, coder=coder, everywhere=everywhere
                    )
                )

        dialog = ValueDialog(
            f"{old} is called, {'in all documents' if everywhere else 'in this document'}",
            old,
            hint="Where somebody has that name already, the two become one.",
            offered=list(others),
            problem=lambda name: "" if name.strip() else "A speaker needs a name.",
        )
        self._bench.push_screen(dialog, named)

    def _split(self) -> None:
        speakers = dict.fromkeys(turn.speaker for turn in self._desk.turns if turn.speaker != self._turn.speaker)
        same = f"{self._turn.speaker} goes on" if self._turn.speaker else "nobody is named"
        choices = [Choice(value=SAME, text=same), *(Choice(value=name, text=name) for name in speakers if name)]
        document, place, at, coder = self._document, self._place, self._caret, self._desk.viewer

        def chosen(who: str | None) -> None:
            if who is None:
                return

            def job(project: Project) -> object:
                opened = tasks.open_document(project, coder, document.id)
                speaker = None if who == SAME else who
                changes = structure.split_turn(opened.turns, opened.turns[place], at, opened.words, speaker=speaker)
                return project.apply(f"turn {place + 1} of {document.name} split in two", changes, coder=coder)

            self._bench.do(job)

        if len(choices) == 1:
            chosen(SAME)
        else:
            self._bench.push_screen(ChoiceDialog(f"who says {self._second_half()}", choices, SAME), chosen)

    def _join(self) -> None:
        document, number, coder = self._document.id, str(self._place + 1), self._desk.viewer
        following = self._desk.turns[self._place + 1]
        speakers = {turn.speaker.casefold(): turn.speaker for turn in (self._turn, following) if turn.speaker}

        def chosen(speaker: str | None) -> None:
            if speaker is not None:
                self._bench.do(
                    lambda project: tasks.join_turns(project, document, number, coder=coder, speaker=speaker)
                )

        if len(speakers) < 2:
            chosen("")
        else:
            choices = [Choice(value=name, text=f"the whole is {name}'s") for name in speakers.values()]
            self._bench.push_screen(ChoiceDialog("two speakers become one turn", choices, self._turn.speaker), chosen)

    def _give(self) -> None:
        document, number, coder = self._document.id, str(self._place + 1), self._desk.viewer
        others = dict.fromkeys(
            turn.speaker for turn in self._desk.turns if turn.speaker not in ("", self._turn.speaker)
        )

        def named(speaker: str | None) -> None:
            if speaker and speaker != self._turn.speaker:
                self._bench.do(
                    lambda project: tasks.assign_turns(project, document, number, coder=coder, speaker=speaker)
                )

        dialog = ValueDialog(
            f"turn {number} is said by",
            "",
            hint="One who is heard here, or a new name; the role comes with the name.",
            offered=list(others),
            problem=lambda name: "" if name.strip() else "A speaker needs a name.",
        )
        self._bench.push_screen(dialog, named)

    def _who(self) -> None:
        document, speaker, coder = self._document.id, self._turn.speaker, self._desk.viewer
        labels = [participant.label for participant in self._desk.frame.participants]
        known = {label.casefold() for label in labels}

        def named(label: str | None) -> None:
            if label:
                self._bench.do(lambda project: assign(project, document, speaker, label, coder=coder))

        def problem(label: str) -> str:
            return "" if label.strip().casefold() in known else "There is no such participant; P and + makes one."

        here = _turns(len(structure.said_by(self._desk.turns, speaker)))
        dialog = ValueDialog(f"{speaker} here, in {here}, is participant", "", offered=labels, problem=problem)
        self._bench.push_screen(dialog, named)

    def _date(self) -> None:
        document, number, coder = self._document.id, str(self._place + 1), self._desk.viewer

        def problem(day: str) -> str:
            try:
                tasks.checked_date(day)
            except UsageError as wrong:
                return f"{wrong.message} {wrong.hint}"
            return ""

        def given(day: str | None) -> None:
            if day is not None and day != self._turn.date:
                self._bench.do(lambda project: tasks.set_date(project, document, number, day, coder=coder))

        hint = "Such as 2024-03-12 or 2024-03. Empty it where no day is given."
        dialog = ValueDialog(f"day of the entry in turn {number}", self._turn.date, hint=hint, problem=problem)
        self._bench.push_screen(dialog, given)

    def _heading(self) -> None:
        document, number, coder = self._document.id, str(self._place + 1), self._desk.viewer
        there = dict.fromkeys(turn.section for turn in self._desk.turns if turn.section)

        def named(title: str | None) -> None:
            if title is not None:
                self._bench.do(lambda project: tasks.set_section(project, document, number, title, coder=coder))

        dialog = ValueDialog(
            f"heading over {_turns(self._under_heading())} from here on",
            self._turn.section,
            hint="Empty it for no heading.",
            offered=list(there),
        )
        self._bench.push_screen(dialog, named)


def _turns(number: int) -> str:
    return f"{number} {'turn' if number == 1 else 'turns'}"
