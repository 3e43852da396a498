"""What is changed in the tables of people and cases; the rules are in `tasks/`, and each change is one revision."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from tbcp_qual.coding.changes import Revision
from tbcp_qual.coding.records import PERMISSIONS, SOURCE_TYPES, STAGES, Variable
from tbcp_qual.coding.values import Typed, is_missing, spelt
from tbcp_qual.store import Project
from tbcp_qual.tasks.attributes import what_fits
from tbcp_qual.tasks.cases import add_cases, set_values
from tbcp_qual.tasks.describing import describe, set_stage
from tbcp_qual.tasks.participants import ARCHIVE, add_participant, set_participants
from tbcp_qual.tui.people_rows import ATTRIBUTE, BETWEEN, NUMBERS, SCORE, SEVERAL, variables
from tbcp_qual.tui.screens.mode import ModeScreen
from tbcp_qual.tui.widgets.table import Table
from tbcp_qual.tui.widgets.table_parts import Row

if TYPE_CHECKING:
    from tbcp_qual.tui.dialogs.case_card import Wanted

CHOICES: Mapping[str, Sequence[str]] = {
    "permission": PERMISSIONS,
    "archive": ARCHIVE,
    "stage": [stage for stage in STAGES if stage],
}
"""Columns that take one of a few values, and these."""

OPEN: Mapping[str, Sequence[str]] = {
    "participants": ("label", "role", "case", "permission", "archive"),
    "documents": ("source_type", "time_point", "stage", "permission", "cases"),
}
"""Columns that can be changed, besides attributes, scores and the names of cases."""


class PeopleEdits(ModeScreen):
    """The changes; which table is seen is the screen's."""

    CSS_PATH = ["mode.tcss", "people.tcss"]

    def __init__(self) -> None:
        super().__init__()
        self._seen_table = "cases"

    @property
    def table(self) -> Table:
        """The table that is seen."""
        return self.query_one(f"#{self._seen_table}", Table)

    def takes(self, column: str) -> str:
        """Say what a column takes, and how much of it is missing."""
        typed = self._typed(column)
        if typed is not None:
            place = next((n for n, one in enumerate(self.table.columns) if one.key == column), 0)
            missing = sum(not row.cells[place] for row in self.table.rows)
            return f"{typed}{f' · {missing} missing' if missing else ''}"
        if self._seen_table == "documents" and column == "permission":
            return "default: what its kind and its people allow"
        if column in CHOICES:
            return ", ".join(CHOICES[column])
        if column == "name":
            return "enter opens it"
        return "" if self._can_change(column) else "cannot be changed here"

    def _can_change(self, column: str) -> bool:
        if self._seen_table == "cases":
            return column == "label" or self._typed(column) is not None
        return column in OPEN[self._seen_table]

    def _typed(self, column: str) -> Typed | None:
        """Return the type of an attribute or score; None for other columns."""
        if column.startswith(SCORE):
            return NUMBERS
        if not column.startswith(ATTRIBUTE):
            return None
        variable = self._variable(column)
        return Typed(scale=variable.scale, levels=variable.levels)

    def _variable(self, column: str) -> Variable:
        name = column.removeprefix(ATTRIBUTE)
        return next(variable for variable in variables(self.desk.frame) if variable.name == name)

    # -- changing a cell

    def action_column(self, column: str) -> None:
        """Change what stands in a column of this row."""
        if column in OPEN.get(self._seen_table, ()):
            row = self.table.row
            if row is not None:
                self.table.go_across(column)
                self.action_edit()
        else:
            self.say(f"The table of {self._seen_table} has no {column}: tab goes to the next.", problem=True)

    def action_edit(self) -> None:
        """Change what stands in the cell, or in the same column of all rows taken."""
        row, column = self.table.row, self.table.column
        if row is None or column is None:
            return
        if not self._can_change(column.key):
            self.say(f"What stands under {column.title} cannot be changed here.", problem=True)
            return
        rows = self.table.taken
        if len(rows) > 1 and (self._seen_table == "cases" or column.key == "label"):
            self.say("One at a time here: escape lets the other rows go.", problem=True)
            return
        what = row.cells[0] if len(rows) == 1 else f"{len(rows)} {self._seen_table}"
        now = row.cells[self.table.cursor[1]]
        self._ask(f"{what} · {column.title}", column.key, now, lambda value: self._change(rows, column.key, value))

    def _ask(self, title: str, column: str, now: str, keep: Callable[[str], None]) -> None:
        from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog
        from tbcp_qual.tui.dialogs.value import ValueDialog

        def answered(value: str | None) -> None:
            if value is not None and value != now:
                keep(value)

        typed = self._typed(column)
        given = ["yes", "no"] if typed is not None and typed.scale == "yes/no" else list(typed.levels) if typed else []
        given = list(CHOICES.get(column, given))
        if given:
            none = "· not known" if typed is not None else "· not recorded"
            choices = [*(Choice(value=value) for value in given), Choice(value="", text=none)]
            self.app.push_screen(ChoiceDialog(title, choices, now), answered)
            return
        hint = "Empty it where nothing is known." if column not in ("label",) else ""
        if typed is not None:
            hint = f"{what_fits(typed)[0].upper()}{what_fits(typed)[1:]}. {hint}"
        elif column in ("case", "cases"):
            hint = "The label of a case. Empty it where they belong to none."
            if column == "cases":
                hint = f"The labels of cases, divided by {SEVERAL} Empty it where it is about none."
        dialog = ValueDialog(title, now, hint=hint, offered=self._offered(column), problem=lambda v: _problem(v, typed))
        self.app.push_screen(dialog, answered)

    def _offered(self, column: str) -> list[str]:
        """Return what may be taken instead of typing."""
        if column in ("case", "cases"):
            return [case.label for case in self.desk.frame.cases]
        if column == "label" or column.startswith(SCORE):
            return []
        typed = self._typed(column)
        if typed is not None and typed.scale in ("number", "date"):
            return []
        place = next(n for n, one in enumerate(self.table.columns) if one.key == column)
        usual = SOURCE_TYPES if column == "source_type" else ()
        return list(dict.fromkeys([*usual, *(row.cells[place] for row in self.table.rows if row.cells[place])]))

    def _change(self, rows: Sequence[Row], column: str, value: str) -> None:
        coder, ids = self.desk.viewer, [row.key for row in rows]
        what = rows[0].cells[0] if len(rows) == 1 else f"{len(rows)} {self._seen_table}"

        def job(project: Project) -> Revision | None:
            if column == "stage":
                return set_stage(project, ids, value, coder=coder)
            if self._seen_table == "documents":
                return _describe(project, ids, column, value, coder)
            if self._seen_table == "participants":
                return set_participants(project, ids, {column: value}, coder=coder)
            if column == "label":
                return set_values(project, ids[0], {}, coder=coder, new_label=value)
            if column.startswith(SCORE):
                scale, _, when = column.removeprefix(SCORE).partition(BETWEEN)
                return set_values(project, ids[0], {}, [(scale, when, value)], coder=coder)
            return set_values(project, ids[0], {column.removeprefix(ATTRIBUTE): value}, coder=coder)

        title = next(one.title for one in self.table.columns if one.key == column)

        def done(revision: Revision | None) -> None:
            if revision is not None:
                self.say(f"{what} · {title}: {value or 'not known'} · u undo")

        self.bench.do(job, done)

    # -- new ones, and all about one

    def action_add(self) -> None:
        """Make a case, or a participant."""
        from tbcp_qual.tui.dialogs.value import ValueDialog

        if self._seen_table == "documents":
            self.say("Documents come in with: tbcp-qual documents import PATH", problem=True)
            return
        coder, cases = self.desk.viewer, self._seen_table == "cases"

        def named(label: str | None) -> None:
            if label:
                self.bench.do(
                    lambda project: (
                        add_cases(project, [label], coder=coder)
                        if cases
                        else add_participant(project, label, {}, coder=coder)
                    )
                )

        title = "new case" if cases else "new participant"
        hint = "A label that names nobody: F07" if cases else "A pseudonym: P07"
        self.app.push_screen(ValueDialog(title, "", hint=hint), named)

    def action_card(self) -> None:
        """Show all about the case of this row."""
        from tbcp_qual.tui.dialogs.case_card import CaseCard

        row = self.table.row
        frame = self.desk.frame
        if row is None:
            return
        if self._seen_table == "cases":
            ids = [one.key for one in self.table.rows]
            self.app.push_screen(CaseCard(ids, self.table.cursor[0]), self._from_card)
            return
        if self._seen_table == "participants":
            belongs = next((p.case for p in frame.participants if p.id == row.key), None)
            ids = [belongs] if belongs else []
        else:
            ids = list(next((d.cases for d in frame.documents if d.id == row.key), ()))
        if ids:
            self.app.push_screen(CaseCard(ids), self._from_card)
        else:
            self.say(f"{row.cells[0]} belongs to no case yet.", problem=True)

    def _from_card(self, wanted: "Wanted | None") -> None:
        if wanted is None:
            return
        if wanted.document:
            self.bench.show_document(wanted.document)
        else:
            self.go_to(wanted)

    def go_to(self, wanted: "Wanted") -> None:
        """Go to a case or a participant in its table, and change an attribute where one is named."""
        raise NotImplementedError


def _describe(project: Project, documents: Sequence[str], column: str, value: str, coder: str) -> Revision | None:
    if column == "cases":
        labels = [label for label in value.split(SEVERAL) if label.strip()]
        return describe(project, documents, coder=coder, cases=labels)
    if column == "source_type":
        return describe(project, documents, coder=coder, source_type=value)
    if column == "time_point":
        return describe(project, documents, coder=coder, time_point=value)
    return describe(project, documents, coder=coder, permission=value)


def _problem(value: str, typed: Typed | None) -> str:
    if typed is None or is_missing(value) or spelt(value, typed) is not None:
        return ""
    return f"It must be {what_fits(typed)}."
