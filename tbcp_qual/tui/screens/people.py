"""People and cases: families with what is known of them, who speaks and what they allow, documents and their stage."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from tbcp_qual.tui.people_rows import ATTRIBUTE, TABLES, Heard, read_heard
from tbcp_qual.tui.screens.people_edits import OPEN, PeopleEdits
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.table import Table

if TYPE_CHECKING:
    from tbcp_qual.tui.dialogs.case_card import Wanted

TEACHING = {
    "cases": "No cases yet. They come in with: tbcp-qual cases import FILE, or one by one with +",
    "participants": "No participants yet. They come with the transcripts in which somebody answers, or with +",
    "documents": "No documents yet. They come in with: tbcp-qual documents import PATH",
}


class PeopleScreen(PeopleEdits):
    """Three tables, of which one is seen at a time."""

    NAME = "People and cases"
    HINT = (
        "{table.choose} opens, changes · {people.card} case · {table.sort} sort · {table.filter} filter"
        " · {people.next} next"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "table(1)", "Next table", id="people.next", tooltip="Cases, participants, documents"),
        Binding("shift+tab", "table(-1)", "Table before", show=False, id="people.before", tooltip="The table before"),
        Binding("e", "edit", "Change", id="people.edit", tooltip="Change what is in this cell"),
        Binding("a", "card", "All about the case", id="people.card", tooltip="All about the case, in one place"),
        Binding("r", "column('role')", "Role", id="people.role", tooltip="What a participant is: mother, key worker"),
        Binding("c", "column('case')", "Case", id="people.case", tooltip="The case a participant belongs to"),
        Binding(
            "p", "column('permission')", "Permission", id="people.permission", tooltip="What may be done with words"
        ),
        Binding("k", "column('archive')", "Archive", id="people.archive", tooltip="Whether words may go to an archive"),
        Binding("t", "column('stage')", "Stage", id="people.stage", tooltip="How far a document is"),
        Binding("plus", "add", "New", id="people.add", tooltip="A new case, or a new participant"),
        Binding("w", "withdraw", "Withdraw", id="people.withdraw", tooltip="A participant withdraws: what it touches"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._heard: Heard | None = None

    def body(self) -> ComposeResult:
        """Lay out the tables."""
        with Vertical(id="sheet"):
            for name in TABLES:
                yield Table(id=name, empty=TEACHING[name])
        yield Bar(id="cell")

    def on_mount(self) -> None:
        """Begin with the cases."""
        super().on_mount()
        self._show_table("cases")

    def _show_table(self, name: str) -> None:
        self._seen_table = name
        for other in TABLES:
            self.query_one(f"#{other}", Table).display = other == name
        self.table.focus()
        self.refresh_bindings()
        self._say_where()
        self._say_cell()

    def refresh_all(self) -> None:
        """Show everything anew, in the same place; who is heard where follows."""
        self._fill()
        viewer = self.desk.viewer

        def read(heard: Heard) -> None:
            self._heard = heard
            self._fill()

        self.read(lambda project: read_heard(project, viewer), read)

    def show_counts(self) -> None:
        """Show how far the coder is in each document."""
        self._fill()

    def _fill(self) -> None:
        for name, rows_of in TABLES.items():
            self.query_one(f"#{name}", Table).show(*rows_of(self.desk, self._heard))
        self._say_where()
        self._say_cell()

    def _say_where(self) -> None:
        frame = self.desk.frame
        many = {"cases": len(frame.cases), "participants": len(frame.participants), "documents": len(frame.documents)}
        others = "  ".join(f"{name} {many[name]}" for name in TABLES if name != self._seen_table)
        self.show_where(f" ▸ {self._seen_table} {many[self._seen_table]}   tab {others}")

    @on(Table.Moved)
    def _say_cell(self) -> None:
        """Say in full what the cell holds, and what it takes."""
        row, column = self.table.row, self.table.column
        bar = self.query_one("#cell", Bar)
        if row is None or column is None:
            bar.show(strong="", left="", right="")
            return
        value = row.cells[self.table.cursor[1]]
        bar.show(
            strong=f"{row.cells[0]} · {column.title}",
            left=f"  {value or column.empty or 'nothing'}",
            right=self.takes(column.key),
        )

    def step_back(self) -> bool:
        """Let go of the rows taken; show all rows again, where a filter hides some."""
        return self.table.let_go() or self.table.clear_filter()

    def go_to(self, wanted: "Wanted") -> None:
        """Go to a case or a participant in its table, and change an attribute where one is named."""
        if wanted.person:
            self._show_table("participants")
            self.table.put_cursor(wanted.person)
            return
        if self._seen_table == "cases" or wanted.attribute:
            self._show_table("cases")
            self.table.put_cursor(wanted.case, f"{ATTRIBUTE}{wanted.attribute}")
        if wanted.attribute:
            self.action_edit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what the table that is seen can do."""
        if action == "column":
            return parameters[0] in OPEN.get(self._seen_table, ())
        if action == "add":
            return self._seen_table != "documents"
        if action == "withdraw":
            return self._seen_table == "participants"
        return action != "fold"

    def action_table(self, step: int) -> None:
        """Go to the next table."""
        names = list(TABLES)
        self._show_table(names[(names.index(self._seen_table) + step) % len(names)])

    def action_withdraw(self) -> None:
        """Show what it touches that this participant withdraws; it is done once their name is typed."""
        from tbcp_qual.tui.screens.withdrawing import Withdrawing

        row = self.table.row
        if row is not None and self._seen_table == "participants":
            Withdrawing(self, row.key).ask()

    @on(Table.Chosen)
    def _chosen(self) -> None:
        """Open what the first column names; change what stands in the others."""
        row, column = self.table.row, self.table.column
        if row is None or column is None:
            return
        if self._seen_table == "documents" and column.key == "name":
            self.bench.show_document(row.key)
        elif self._seen_table == "cases" and not column.key.startswith((ATTRIBUTE, "score:")):
            self.action_card()
        else:
            self.action_edit()
