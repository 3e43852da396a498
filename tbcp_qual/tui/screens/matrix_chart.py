"""The framework matrix to chart in: the grid, and below it the passages of a cell beside what is written of them.

What is written is kept as soon as one leaves it, by whichever key: there is nothing to save.
"""

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from tbcp_qual.coding.text import clean
from tbcp_qual.errors import QualError
from tbcp_qual.store import Project
from tbcp_qual.tasks import charting
from tbcp_qual.tasks.cells import Spot, cell_at
from tbcp_qual.tui import going
from tbcp_qual.tui.screens.matrix_cell import GONE, Cell, how_it_stands, passage_items, why_none
from tbcp_qual.tui.screens.matrix_grid import Grid, Mark
from tbcp_qual.tui.screens.matrix_rows import (
    Charted,
    Laid,
    Narrowed,
    column_key,
    column_of,
    counted_states,
    laid_out,
    laid_row,
    read_matrix,
    with_summary,
)
from tbcp_qual.tui.screens.panes import ReadPane
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.field import Writing
from tbcp_qual.tui.widgets.lines import LineList
from tbcp_qual.tui.widgets.passages import PassageList
from tbcp_qual.tui.widgets.table import Table

NO_THEMES = (
    "No themes yet: the columns of the matrix are themes. {mode.B}, then {panes.next}, makes them from the codes."
)
NO_ROWS = "Nothing to chart yet: rows are families or source types with documents that are by or about them."
NONE_LIKE_THAT = "No row is like that. {modes.back} shows all."
MEANWHILE = "Somebody had written there meanwhile: {mode.H} shows both, and brings either back."
TO_WRITE = "{table.choose} writes here what these passages come to; leaving keeps it"


class ChartPane(ReadPane):
    """The matrix."""

    NAME = "framework"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.of: Charted | None = None
        """The matrix as it was last read; None before that, and where there are no themes."""
        self.narrowed = Narrowed()
        self.rows_are = "case"
        self.by_wave = False
        self.turned = False
        """Whether themes are the rows."""
        self._states = ""
        self._sought = ""
        """Id of a summary to go to, once it is there."""
        self._open: tuple[Spot, str] | None = None
        """Where what stands in the field belongs, and what was written there before."""
        self._unkept: dict[Spot, str] = {}
        """What was written and could not be kept; it stays in the field of its cell."""

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        with Vertical(id="sheet"):
            yield Grid(id="grid", empty="reading …")
        with Vertical(id="below"):
            yield Bar(id="of")
            with Horizontal():
                yield Writing(id="words")
                yield PassageList(id="side")

    @property
    def grid(self) -> Grid:
        """The cells."""
        return self.query_one("#grid", Grid)

    @property
    def words(self) -> Writing:
        """What is written of a cell."""
        return self.query_one("#words", Writing)

    @property
    def listed(self) -> PassageList:
        """The passages of a cell."""
        return self.query_one("#side", PassageList)

    @property
    def cell(self) -> Cell | None:
        """The cell the cursor is on; None beside the matrix."""
        row, column = self.grid.row, self.grid.column
        if self.of is None or row is None or column is None or column.key == "row":
            return None
        row_key, across = (column.key, row.key) if self.turned else (row.key, column.key)
        theme_key, wave = column_of(across)
        chart_row = next((r for r in self.of.chart.rows if r.id == row_key), None)
        theme = next((t for t in self.of.chart.themes if t.id == theme_key), None)
        found = self.of.chart.cells.get((row_key, theme_key, wave))
        if chart_row is None or theme is None or found is None:
            return None
        return Cell(chart_row, theme, wave, found)

    def focus_list(self) -> None:
        """Go to the grid."""
        self.grid.focus()

    def enter(self) -> None:
        """Read the matrix, where something has changed."""
        self.words.placeholder = self.home.keyed(TO_WRITE)
        super().enter()

    def summary(self) -> str:
        """Say how far the charting is."""
        said = self.narrowed.said(self.of) if self.of is not None else ""
        rows = {"case": "families"}.get(self.rows_are, self.rows_are.replace("_", " "))
        return f"{rows} ▸ {f'{said} · ' if said else ''}{self._states}" if self._states else "framework"

    def hint(self) -> str:
        """Say the keys."""
        if self.words.has_focus:
            return "{modes.back} keeps it and goes back · {matrix.next} to the passages · ctrl+z undoes typing"
        if self.side.has_focus:
            return "{matrix.cite} cites, or no more · {list.choose} opens the passage · {modes.back} back"
        return (
            "{table.choose} writes · {panes.side} passages · {matrix.gap} next gap · {matrix.filter} filter · "
            "{matrix.rows} rows · {matrix.waves} waves · {matrix.pivot} pivot · {matrix.groups} two groups · "
            "{matrix.holds} still holds · {matrix.memo} memo"
        )

    def step_back(self) -> bool:
        """Keep what is being written; show all rows again."""
        if self.words.has_focus:
            self.focus_list()
            return True
        if self.grid.clear_filter():
            return True
        if self.narrowed == Narrowed():
            return False
        self.narrow(Narrowed())
        return True

    # -- reading and showing

    def read_list(self) -> None:
        """Read the matrix beside the screen."""
        viewer, rows, by_wave = self.home.desk.viewer, self.rows_are, self.by_wave
        narrowed, turned = self.narrowed, self.turned

        def job(project: Project) -> tuple[Charted, Laid] | None:
            return read_matrix(project.snapshot(viewer), rows, narrowed, by_wave=by_wave, turned=turned)

        def read(found: tuple[Charted, Laid] | None) -> None:
            if found is None:
                self.of = None
                self.grid.teach(self.home.keyed(NO_THEMES))
                self.grid.show_marked([], [], {})
                self._tell()
                return
            self.of, laid = found
            self.rows_are = self.of.chart.rows_are
            self._show(laid if (narrowed, turned) == (self.narrowed, self.turned) else None)
            self._go_to_sought()

        self.read(job, read)

    def _show(self, laid: Laid | None = None) -> None:
        if self.of is None:
            return
        laid = laid or laid_out(self.of, self.narrowed, turned=self.turned)
        self._states = counted_states(self.of, self.narrowed)
        self.grid.teach(self.home.keyed(NO_ROWS if self.narrowed == Narrowed() else NONE_LIKE_THAT))
        self.grid.show_marked(laid.columns, laid.rows, laid.marks)
        # A few rows leave the room to the passages.
        self.query_one("#sheet").styles.height = len(laid.rows) + 4
        self.home.show_pane()
        self._tell()

    def seek(self, summary: str) -> None:
        """Go to the cell of a summary, in whatever rows and waves it was written; now, or once it is read."""
        self._sought = summary
        if self.of is not None and self.is_read:
            self._go_to_sought()

    def _go_to_sought(self) -> None:
        summary = self.of.summaries.get(self._sought) if self.of is not None else None
        if summary is None:
            return
        rows = "case" if summary.case else summary.group.partition(":")[0]
        if (rows, bool(summary.wave), self.narrowed, self.turned) != (self.rows_are, self.by_wave, Narrowed(), False):
            self.rows_are, self.by_wave, self.narrowed, self.turned = rows, bool(summary.wave), Narrowed(), False
            self.read_list()
            return
        self._sought = ""
        row = summary.case or summary.group.removeprefix("source type: ")
        self.grid.put_cursor(row, column_key(summary.theme, summary.wave))

    def narrow(self, narrowed: Narrowed) -> None:
        """Show another part of the matrix."""
        self.keep()
        self.narrowed = narrowed
        self._show()

    @on(Table.Moved, "#grid")
    def _moved(self) -> None:
        self.keep()
        self._tell()

    def _tell(self) -> None:
        """Show the cell: its passages, and what is written of them."""
        cell, bar = self.cell, self.query_one("#of", Bar)
        if self.words.has_focus and self._open is not None:
            # What is being written stays under the hands of whoever writes it.
            self._list_passages(cell)
            return
        if cell is None:
            self._open = None
            row = self.grid.row
            bar.show(strong=row.cells[0] if row is not None and self.of is not None else "", left="", right="")
            self.words.text = ""
            self.words.read_only = True
            self.listed.show_items([], keep=False)
            return
        self._say_cell(cell)
        written = clean(cell.cell.summary.words).text if cell.cell.summary is not None else ""
        spot = self.spot(cell)
        shown = self._unkept.get(spot, written)
        if self._open != (spot, written) or self.words.text != shown:
            self._open = (spot, written)
            self.words.text = shown
        self.words.read_only = False
        self._list_passages(cell)

    def _say_cell(self, cell: Cell) -> None:
        assert self.of is not None
        bar = self.query_one("#of", Bar)
        bar.set_class(cell.cell.stale, "problem")
        section = self.of.section_of[cell.theme.id]
        holds = self.home.keyed(" · {matrix.holds} still holds") if cell.cell.stale else ""
        bar.show(
            strong=cell.name,
            left=f"   {how_it_stands(cell, self.of, self.narrowed)}{holds}",
            right=f"{section.key} {section.short}".strip(),
        )

    def _list_passages(self, cell: Cell | None) -> None:
        self.listed.teach(why_none(cell) if cell is not None else "")
        self.listed.show_items(passage_items(cell, self.narrowed) if cell is not None else [])

    def spot(self, cell: Cell) -> Spot:
        """Return where a cell is."""
        return Spot(self.rows_are, *cell.key)

    # -- writing

    def write(self) -> None:
        """Go into the field, at the end of what is written."""
        if self.cell is None:
            return
        self.home.remove_class("folded")
        self.words.move_cursor(self.words.document.end)
        self.words.focus()

    def keep(self) -> None:
        """Keep what was written, where it is other than before."""
        if self._open is None:
            return
        spot, before = self._open
        words = self.words.text.strip()
        if words == before.strip():
            return
        self._open = (spot, words)
        self._put(spot, words)
        coder = self.home.desk.viewer

        def job(project: Project) -> tuple[str, bool]:
            try:
                place = cell_at(project.snapshot(coder), spot)
                now = place.cell.summary.words.strip() if place.cell.summary is not None else ""
                charting.write_in(project, place, words, coder=coder)
            except QualError as problem:
                return f"{problem.message} {problem.hint}".strip(), False
            return self.home.keyed(MEANWHILE) if now not in (before.strip(), words) else "", True

        def done(answer: tuple[str, bool]) -> None:
            said, kept = answer
            if kept:
                self._unkept.pop(spot, None)
            else:
                self._unkept[spot] = words
                self.app.copy_to_clipboard(words)
                said = f"{said} What you wrote stays in the field, and is copied."
                self.read_list()
            if said:
                self.home.say(said, problem=not kept)

        self.home.bench.do(job, done)

    def _put(self, spot: Spot, words: str) -> None:
        """Show a summary before it is on disk."""
        if self.of is None:
            # The last theme went while somebody wrote.
            return
        row = next((r for r in self.of.chart.rows if r.id == spot.row), None)
        changed = with_summary(self.of, (spot.row, spot.theme, spot.wave), words, self.home.desk.viewer)
        if row is None or changed is None or spot.rows != self.rows_are:
            return
        self.of = changed
        if self.turned:
            self._show()
            return
        marks: dict[tuple[str, str], Mark] = {}
        self.grid.put_row(laid_row(self.of, row, self.grid.columns, self.narrowed, marks), marks)

    @on(events.DescendantBlur)
    def _left(self) -> None:
        self.keep()

    # -- the passages

    def cite(self) -> None:
        """Cite the passage that is lit in the summary, or cite it no longer."""
        cell, lit = self.cell, self.listed.item
        if cell is None or lit is None:
            return
        if not self.listed.has_focus:
            keys = self.home.keyed("{panes.side} goes to the passages; there {matrix.cite} cites the one that is lit.")
            self.home.say(keys)
            return
        self.keep()
        cell = self.cell
        if cell is None or cell.cell.summary is None:
            self.home.say("Write the summary first: enter on the cell.", problem=True)
            return
        spot, coder, reference = self.spot(cell), self.home.desk.viewer, lit.key.removeprefix(GONE)
        away = lit.key.startswith(GONE) or any(p.reference == reference for p in cell.cell.cited)

        def job(project: Project) -> None:
            place = cell_at(project.snapshot(coder), spot)
            charting.cite_in(project, place, [reference], coder=coder, take_away=away)

        self.home.bench.do(job)

    def holds(self) -> None:
        """Say that the summary still holds for the passages as they are now."""
        cell, coder = self.cell, self.home.desk.viewer
        if cell is None or not cell.cell.stale:
            self.home.say("Only a stale summary has to be looked at again.", problem=True)
            return
        spot = self.spot(cell)
        self.home.bench.do(
            lambda project: charting.holds_in(project, cell_at(project.snapshot(coder), spot), coder=coder)
        )

    @on(LineList.Chosen, "#side")
    def _open_passage(self, event: LineList.Chosen) -> None:
        cell = self.cell
        passage = next((p for p in cell.cell.passages if p.reference == event.line.key), None) if cell else None
        if passage is None:
            return
        if passage.placed:
            going.to_span(self.home.bench, passage.document, passage.span)
        else:
            going.to_coding(self.home.bench, passage.document, passage.codings[0])

    @on(Table.Chosen, "#grid")
    def _chosen(self) -> None:
        if self.cell is not None:
            self.write()
            return
        row = self.grid.row
        found = next((r for r in self.of.chart.rows if row and r.id == row.key), None) if self.of else None
        if found is not None and found.case:
            going.to_case(self.home.bench, found.case)
