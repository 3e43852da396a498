"""Make a round: all that is fixed before anybody codes, with what would be drawn and what stands in its way below."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tbcp_qual.agreement.statistics import STATISTICS
from tbcp_qual.errors import QualError
from tbcp_qual.store import Project
from tbcp_qual.tasks.rounds import Planned, checklist, plan_round
from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog
from tbcp_qual.tui.dialogs.several import Offer, SeveralDialog
from tbcp_qual.tui.dialogs.value import ValueDialog
from tbcp_qual.tui.palette import colour
from tbcp_qual.tui.round_form import OPEN, PURPOSES, UNITS, Form, form_lines, given, new_seed, problem_of
from tbcp_qual.tui.rounds_rows import check_items
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import LineList
from tbcp_qual.tui.widgets.passages import Passage, PassageList

if TYPE_CHECKING:
    from tbcp_qual.tui.app import Workbench

HINTS = {
    "name": "Such as 1, or pilot.",
    "new": "Names of coders the project does not know yet, with commas between; empty for none.",
    "share": "How much of all documents is drawn: 20%.",
    "seed": "The same number draws the same documents on every machine; it is kept and reported.",
    "threshold": "What each code has to reach before field work: .8",
    "due": "The day it should be finished: 2027-03-31. Empty for none.",
}


class NewRoundDialog(ModalScreen[Form | None]):
    """Gives what was said; None where no round is to be opened."""

    CSS_PATH = ["dialogs.tcss", "new_round.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", tooltip="Back; no round is opened"),
        Binding("ctrl+s", "open_round", "Open the round", tooltip="Open the round as it is said here"),
        Binding("tab", "other", "Below", show=False, tooltip="To what is looked at below, and back"),
    ]

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.form = form
        self._may_open = False
        self._stop_reading: Callable[[], None] = lambda: None

    @property
    def bench(self) -> "Workbench":
        """The workbench."""
        return cast("Workbench", self.app)

    @property
    def _reflexive(self) -> bool:
        return self.bench.desk.project.approach == "reflexive"

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog tall"):
            yield Bar(id="title")
            yield LineList(id="fields", lit=True)
            yield Bar(id="looked")
            yield PassageList(id="check")

    def on_mount(self) -> None:
        """Show the fields."""
        self.query_one("#title", Bar).show(
            strong="new round",
            left="  fixed before coding",
            right="enter changes · ctrl+s opens · esc back",
        )
        self.query_one("#fields").focus()
        self._show()

    def _show(self) -> None:
        desk = self.bench.desk
        names = {document.id: document.name for document in desk.documents}
        fields = self.query_one("#fields", LineList)
        lines = form_lines(self.form, names, reflexive=self._reflexive, documents=len(names))
        fields.show(lines)
        fields.styles.height = min(len(lines), max(self.app.size.height * 9 // 10 - 9, 5))
        self._look()

    def _look(self) -> None:
        """Look, beside the writer, what would be opened and what stands in its way."""
        form, reflexive = self.form, self._reflexive
        self._may_open = False
        self._stop_reading()

        def job(project: Project) -> Planned | str:
            try:
                return plan_round(project, form.name, **given(form, reflexive=reflexive))
            except QualError as problem:
                # Options of a command are no help here: the fields stand above.
                return f"{problem.message} {'' if '--' in problem.hint else problem.hint}".strip()

        self._stop_reading = self.bench.read(job, self._looked)

    def _looked(self, planned: Planned | str) -> None:
        if not self.is_mounted:
            return
        bar, check = self.query_one("#looked", Bar), self.query_one("#check", PassageList)
        if isinstance(planned, str):
            bar.show(strong="not yet", left="")
            check.show_items([Passage(key="problem", label="to do", body=planned)])
            return
        self._may_open = not planned.check.stops
        names = {document.id: document.name for document in self.bench.desk.documents}
        drawn = ", ".join(names.get(document, "") for document in planned.check.round.documents)
        bar.show(
            strong="looked at",
            left="  nothing stands in its way" if self._may_open else "  something stands in its way",
        )
        items = check_items(checklist(planned.check))[1:]
        check.show_items(
            [*items, Passage(key="drawn", label="documents", body=f"{planned.check.round.drawn}:\n{drawn}")]
        )

    # -- changing a field

    @on(LineList.Chosen, "#fields")
    def _change(self, event: LineList.Chosen) -> None:
        field = event.line.key
        match field:
            case "coders" | "documents" | "codes":
                self._ask_several(field)
            case "by_source_type" | "blind" | "interviewer":
                self._set(field, not getattr(self.form, field))
            case "purpose" | "gold" | "unit" | "statistic":
                self._ask_choice(field)
            case _ if field == OPEN:
                self.action_open_round()
            case _:
                dialog = ValueDialog(
                    field,
                    str(getattr(self.form, field)),
                    hint=HINTS.get(field, ""),
                    problem=lambda v: problem_of(field, v),
                )
                self.app.push_screen(dialog, lambda typed: None if typed is None else self._set(field, typed))

    def _set(self, field: str, value: Any) -> None:
        if field == "seed":
            value = int(value)
        self.form = replace(self.form, **{field: value})
        if field == "documents" and not value:
            self.form = replace(self.form, seed=new_seed())
        self._show()

    def _ask_several(self, field: str) -> None:
        desk, dark = self.bench.desk, self.app.current_theme.dark
        book = desk.codebook
        offers = {
            "coders": [Offer(key=coder.name, name=coder.name) for coder in desk.coders.values()],
            "documents": [Offer(key=d.id, name=d.name, note=d.source_type) for d in desk.documents],
            "codes": [
                Offer(key=book.path(code.id), name=book.path(code.id), colour=colour(book.colour(code.id), dark=dark))
                for _, code in book.walk()
            ],
        }[field]
        titles = {
            "coders": "who codes",
            "documents": "which documents; none: they are drawn",
            "codes": "which codes; none: all",
        }
        dialog = SeveralDialog(titles[field], offers, getattr(self.form, field))
        self.app.push_screen(dialog, lambda keys: None if keys is None else self._set(field, keys))

    def _ask_choice(self, field: str) -> None:
        choices = {
            "purpose": [Choice(value=purpose, note=said) for purpose, said in PURPOSES.items()],
            "gold": [Choice(value=coder.name) for coder in self.bench.desk.coders.values()],
            "unit": [Choice(value=unit) for unit in UNITS],
            "statistic": [Choice(value=name, text=statistic.label) for name, statistic in STATISTICS.items()],
        }[field]
        dialog = ChoiceDialog(field, choices, getattr(self.form, field))
        self.app.push_screen(dialog, lambda value: self._set(field, value) if value else None)

    # -- keys

    def action_other(self) -> None:
        """Go to what is looked at, or back to the fields."""
        self.query_one("#check" if self.query_one("#fields").has_focus else "#fields").focus()

    def action_open_round(self) -> None:
        """Open the round, where nothing stands in its way."""
        if self._may_open:
            self.dismiss(self.form)
        else:
            self.query_one("#looked", Bar).show(left="  it cannot be opened like this: see below")
