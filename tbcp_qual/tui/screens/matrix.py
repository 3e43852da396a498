"""The framework matrix: families by themes, charted cell by cell from the passages that stand beside."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from tbcp_qual.tui.screens import matrix_narrow, matrix_steps
from tbcp_qual.tui.screens.matrix_chart import ChartPane
from tbcp_qual.tui.screens.panes import PanedScreen


class MatrixScreen(PanedScreen):
    """One pane."""

    NAME = "Matrix"
    CSS_PATH = ["mode.tcss", "matrix.tcss"]
    PANES = (ChartPane,)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "part(1)", "Next part", id="matrix.next", tooltip="Grid, what is written, passages"),
        Binding("shift+tab", "part(-1)", "Part before", show=False, id="matrix.before", tooltip="The part before"),
        Binding("space", "on('framework', 'cite')", "Cite", id="matrix.cite", tooltip="Cite the passage, or no more"),
        Binding("g", "act('gap')", "Next gap", id="matrix.gap", tooltip="Next cell to chart, or stale"),
        Binding(
            "k",
            "on('framework', 'holds')",
            "Still holds",
            id="matrix.holds",
            tooltip="A stale summary holds all the same",
        ),
        Binding("f", "act('filter')", "Filter", id="matrix.filter", tooltip="By state, theme, source, wave, attribute"),
        Binding("r", "act('rows')", "Rows", id="matrix.rows", tooltip="Families, source types, or an attribute"),
        Binding("w", "act('waves')", "Waves", id="matrix.waves", tooltip="A column for each wave, and what changed"),
        Binding("p", "act('pivot')", "Pivot", id="matrix.pivot", tooltip="Themes as rows, or as columns again"),
        Binding("d", "act('groups')", "Two groups", id="matrix.groups", tooltip="Two groups of families side by side"),
        Binding(
            "right_square_bracket",
            "step(1)",
            "Next question",
            id="matrix.question",
            tooltip="To the themes of the next evaluation question",
        ),
        Binding(
            "left_square_bracket",
            "step(-1)",
            "Question before",
            show=False,
            id="matrix.question_before",
            tooltip="To the themes of the evaluation question before",
        ),
        Binding("j", "jot", "Memo", id="matrix.memo", tooltip="Write a memo on the cell, its family, theme or passage"),
        Binding("y", "act('copy')", "Copy", id="matrix.copy", tooltip="Copy the summary with its citations"),
    ]

    @property
    def chart(self) -> ChartPane:
        """The matrix."""
        return self.query_one(ChartPane)

    def keep_place(self) -> None:
        """Keep what is being written: the program may be about to end."""
        # It may end while the screen is being laid out, too.
        for pane in self.query(ChartPane):
            pane.keep()

    def go_to(self, kind: str, record: str) -> None:
        """Go to the cell of a summary."""
        self.chart.seek(record)

    def action_part(self, step: int) -> None:
        """Go to the next part of the screen."""
        parts = [self.chart.grid, self.chart.words, self.chart.listed]
        here = next((n for n, part in enumerate(parts) if part.has_focus), 0)
        self.remove_class("folded")
        if self.has_class("narrow"):
            self.remove_class("side-only")
        parts[(here + step) % len(parts)].focus()

    def action_act(self, what: str) -> None:
        """Show another part of the matrix, turn it, or go about in it."""
        acts = {
            "filter": matrix_narrow.ask_filter,
            "rows": matrix_narrow.ask_rows,
            "waves": matrix_narrow.turn_waves,
            "pivot": matrix_narrow.pivot,
            "groups": matrix_narrow.ask_groups,
            "gap": matrix_steps.gap,
            "copy": matrix_steps.copy,
        }
        acts[what](self.chart)

    def action_step(self, step: int) -> None:
        """Go to another evaluation question."""
        matrix_steps.question(self.chart, step)
