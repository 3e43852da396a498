"""A board for each evaluation question: its answer, its findings with who bears them out, its gaps; beside what is lit."""

from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from tbcp_qual.analysis.evidence import Board, FindingLine, ThemeLine
from tbcp_qual.analysis.passages import Passage as Said
from tbcp_qual.coding.counting import some
from tbcp_qual.coding.records import Answer, Question
from tbcp_qual.errors import BadInput
from tbcp_qual.store import Project
from tbcp_qual.tui import going
from tbcp_qual.tui.screens.evidence_items import (
    AGAINST,
    FOR,
    KIND,
    answer_items,
    finding_items,
    theme_items,
    triangulation_items,
)
from tbcp_qual.tui.screens.evidence_rows import (
    ANSWER,
    FINDING,
    THEME,
    Told,
    asked_of,
    laid_out,
    row_of,
    rows_of,
    told,
)
from tbcp_qual.tui.screens.matrix_grid import Grid, first_widest
from tbcp_qual.tui.screens.panes import ReadPane
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import LineList
from tbcp_qual.tui.widgets.passages import Passage, PassageList
from tbcp_qual.tui.widgets.table import Table

NO_THEMES = (
    "No themes yet: evidence is what is coded under themes. {mode.B}, then {panes.next}, makes them from the codes."
)
NO_QUESTIONS = "No evaluation questions yet. They come in with the codebook: tbcp-qual codebook import FILE"
NO_FINDINGS = "No finding answers no question."

LEGEND = "✓ yes ~ partly ✗ no () proposed ? one ≠ differ"


class Lit(NamedTuple):
    """What the cursor is on; one of them is there, or none."""

    answer: tuple[Question, Answer | None] | None = None
    finding: FindingLine | None = None
    theme: ThemeLine | None = None


class BoardPane(ReadPane):
    """One question at a time."""

    NAME = "questions"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.of: Told | None = None
        """The evidence as it was last read; None before that, and where there are no themes."""
        self._place = 0
        """Which board is shown; the last is for findings that answer no question, where there are any."""
        self._triangulating = False
        self._wanted = ""
        """Key of a row to go to once it is there."""
        self._sought = ("", "")
        """Kind and id of a record to go to, once it is known which row is its own."""

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        with Vertical(id="sheet"):
            yield Bar(id="asked")
            yield Grid(id="board", empty="reading …", widths=first_widest)
        with Vertical(id="below"):
            yield Bar(id="of")
            yield PassageList(id="side")

    @property
    def grid(self) -> Grid:
        """The board."""
        return self.query_one("#board", Grid)

    @property
    def listed(self) -> PassageList:
        """What belongs to the row that is lit."""
        return self.query_one("#side", PassageList)

    @property
    def places(self) -> int:
        """How many boards there are."""
        return 0 if self.of is None else len(self.of.boards) + bool(self.of.loose)

    @property
    def board(self) -> Board | None:
        """The board that is shown; None for the findings that answer no question."""
        boards = self.of.boards if self.of is not None else ()
        return boards[self._place] if self._place < len(boards) else None

    @property
    def lit(self) -> Lit:
        """What the cursor is on."""
        row, board = self.grid.row, self.board
        if row is None or self.of is None:
            return Lit()
        lines = board.findings if board is not None else self.of.loose
        for line in lines:
            if row.key == f"{FINDING}{line.finding.id}":
                return Lit(finding=line)
        if board is None:
            return Lit()
        for theme in board.themes:
            if row.key == f"{THEME}{theme.theme.id}":
                return Lit(theme=theme)
        answers = ((board.question, board.answer), *board.subquestions)
        return Lit(answer=next((pair for pair in answers if row.key == f"{ANSWER}{pair[0].id}"), None))

    def focus_list(self) -> None:
        """Go to the board."""
        self.grid.focus()

    def summary(self) -> str:
        """Say which question this is."""
        if self.of is None or not self.places:
            return "questions"
        board = self.board
        which = f"{self._place + 1} of {self.places}"
        if board is None:
            return f"findings that answer no question · {which}"
        return f"{board.question.key} {board.question.short or board.question.text} · {which}"

    def hint(self) -> str:
        """Say the keys."""
        if self.side.has_focus and self._triangulating:
            return "{list.choose} judges · {evidence.triangulate} back to the evidence · {modes.back} back"
        if self.side.has_focus:
            return (
                "{list.choose} opens the passage · {evidence.for} for · {evidence.against} against · "
                "{evidence.explain} explain · {evidence.take_away} take back · {modes.back} back"
            )
        rest = "{evidence.next} next question · {panes.side} beside · {evidence.report} report"
        if self.lit.answer is not None:
            return f"{{table.choose}} answers · {{evidence.new}} new finding · {rest}"
        if self.lit.theme is not None:
            return f"{{evidence.new}} new finding · {{evidence.triangulate}} triangulation · {rest}"
        return (
            "{evidence.new} new · {table.choose} edit · {evidence.for} for · {evidence.against} against · "
            "{evidence.why} why · {evidence.triangulate} triangulation · {evidence.look} look for negative cases · "
            "{evidence.report} report · {evidence.memo} memo"
        )

    def step_back(self) -> bool:
        """Show the evidence again instead of the triangulation; show all rows."""
        if self._triangulating:
            self.triangulate()
            return True
        return self.grid.clear_filter()

    # -- reading and showing

    def read_list(self) -> None:
        """Read the evidence."""
        viewer = self.home.desk.viewer

        def job(project: Project) -> Told | None:
            try:
                return told(project.snapshot(viewer))
            except BadInput:
                return None

        def read(found: Told | None) -> None:
            self._wanted = self._wanted or (self.grid.row.key if self.grid.row is not None else "")
            self.of = found
            if found is not None and self._sought[0]:
                self._wanted, self._sought = row_of(found, *self._sought) or self._wanted, ("", "")
            self._place = self._place_of(self._wanted)
            self._show()

        self.read(job, read)

    def _show(self) -> None:
        self._place = max(min(self._place, self.places - 1), 0)
        if self.of is None or not self.places:
            self.grid.teach(self.home.keyed(NO_THEMES) if self.of is None else NO_QUESTIONS)
            self.grid.show_marked([], [], {})
            self.query_one("#asked", Bar).show(left="")
            self._tell()
            return
        laid = laid_out(self.of, self.board)
        self.grid.teach(NO_FINDINGS)
        self.grid.show_marked(laid.columns, laid.rows, laid.marks)
        self.query_one("#asked", Bar).show(left=asked_of(self.board) if self.board is not None else "", right=LEGEND)
        self.query_one("#sheet").styles.height = len(laid.rows) + 5
        self.grid.put_cursor(self._wanted)
        self._wanted = ""
        self.home.show_pane()
        self._tell()

    def _place_of(self, row: str) -> int:
        """Return the board that has a row, the one that is shown before others; that one too where none has it."""
        boards = (*self.of.boards, None) if self.of is not None else ()
        found = [n for n, board in enumerate(boards) if self.of and row in rows_of(self.of, board)]
        return self._place if self._place in found or not found else found[0]

    def go_to(self, row: str) -> None:
        """Go to a row: now, or once it is there."""
        self._wanted = row
        if self.of is not None and row in rows_of(self.of, self.board):
            self._show()

    def seek(self, kind: str, record: str) -> None:
        """Go to the row on which a record is told: now, or once it is read."""
        if self.of is None or not self.is_read:
            self._sought = (kind, record)
            return
        self._wanted = row_of(self.of, kind, record) or self._wanted
        self._place = self._place_of(self._wanted)
        self._show()

    @on(Table.Moved, "#board")
    def _moved(self) -> None:
        self._tell(keep=False)
        self.home.say_keys()

    def _tell(self, *, keep: bool = True) -> None:
        bar, lit, of = self.query_one("#of", Bar), self.lit, self.of
        row = self.grid.row
        if of is None or row is None:
            bar.show(strong="", left="", right="")
            self.listed.show_items([], keep=False)
            return
        right = ""
        items: list[Passage] = []
        if self._triangulating and (lit.finding or lit.theme):
            found = of.triangulated(lit.finding, lit.theme)
            items = triangulation_items(of, found) if found is not None else []
            right = "triangulation: two people judge"
        elif lit.finding is not None:
            items = finding_items(of, lit.finding, self.home.keyed)
            right = f"{some(len(lit.finding.supporting), 'passage')} for, {len(lit.finding.negative)} against"
        elif lit.theme is not None:
            items = theme_items(of, lit.theme, self.home.keyed)
            right = some(lit.theme.passages, "passage")
        elif lit.answer is not None and self.board is not None:
            items = answer_items(of, *lit.answer, self.board, self.home.keyed)
        bar.show(strong=_called(lit), left="", right=right)
        self.listed.show_items(items, keep=keep)

    # -- going

    def step(self, step: int) -> None:
        """Go to another question."""
        if self.places:
            self._place = (self._place + step) % self.places
            self._show()
            self.grid.put_cursor(self.grid.rows[0].key if self.grid.rows else "")

    def choose(self) -> None:
        """Go to a question by its name."""
        from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog

        if self.of is None:
            return
        choices = [
            Choice(value=str(n), text=f"{b.question.key} {b.question.short or b.question.text}")
            for n, b in enumerate(self.of.boards)
        ]
        if self.of.loose:
            choices.append(Choice(value=str(len(self.of.boards)), text="findings that answer no question"))

        def chosen(place: str | None) -> None:
            if place is not None:
                self._place = int(place)
                self._show()

        self.app.push_screen(ChoiceDialog("evaluation question", choices, str(self._place)), chosen)

    def triangulate(self) -> None:
        """Show how each source type bears on what is lit, or the evidence again."""
        if not self._triangulating and self.lit.answer is not None:
            self.home.say("A finding or a theme is triangulated: go to one.", problem=True)
            return
        self._triangulating = not self._triangulating
        self._tell(keep=False)
        if self._triangulating and not self.side.has_focus:
            self.home.action_side()
        self.home.say_keys()

    @property
    def item(self) -> tuple[str, str]:
        """What is lit beside: what it is (`FOR`, `AGAINST`, `KIND`, or empty), and its name."""
        key = self.listed.line.key if self.listed.has_focus and self.listed.line is not None else ""
        return next(
            ((what, key.removeprefix(what)) for what in (FOR, AGAINST, KIND) if key.startswith(what)), ("", key)
        )

    @on(LineList.Chosen, "#side")
    def _open_beside(self) -> None:
        from tbcp_qual.tui.screens import evidence_acts

        what, name = self.item
        if what == KIND:
            evidence_acts.judge_source(self, name)
        elif what:
            self._open_passage(name)
        else:
            evidence_acts.edit(self, name)

    @property
    def passage(self) -> Said | None:
        """The passage that the cursor is on beside the board; None on anything else."""
        what, reference = self.item
        return self._passage(reference) if what in (FOR, AGAINST) else None

    def _passage(self, reference: str) -> Said | None:
        lit, there = self.lit, list[Said]()
        if lit.finding is not None:
            there = [*lit.finding.supporting, *(case.passage for case in lit.finding.negative)]
        elif lit.theme is not None and self.of is not None:
            there = list(self.of.passages.get(lit.theme.theme.id, ()))
        return next((p for p in there if p.reference == reference), None)

    def _open_passage(self, reference: str) -> None:
        passage = self._passage(reference)
        if passage is not None and passage.placed:
            going.to_span(self.home.bench, passage.document, passage.span)
        elif passage is not None:
            going.to_coding(self.home.bench, passage.document, passage.codings[0])

    @on(Table.Chosen, "#board")
    def _chosen(self) -> None:
        from tbcp_qual.tui.screens import evidence_acts

        if self.lit.theme is not None:
            self.home.action_side()
        else:
            evidence_acts.edit(self, "")


def _called(lit: Lit) -> str:
    if lit.finding is not None:
        return f"F{lit.finding.finding.key}"
    if lit.theme is not None:
        return lit.theme.theme.name
    return f"{lit.answer[0].key} {lit.answer[0].short}".strip() if lit.answer is not None else ""
