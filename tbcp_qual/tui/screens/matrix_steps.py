"""Going about in the framework matrix: to the next gap, to the next question; and taking a summary along."""

from tbcp_qual.tui.screens.matrix_chart import ChartPane
from tbcp_qual.tui.screens.matrix_rows import column_of


def gap(pane: ChartPane) -> None:
    """Go to the next cell that is to be charted, or is stale, among those shown."""
    pane.keep()
    if pane.of is None:
        return
    grid = pane.grid
    marks = grid.marks
    places = [(row.key, column.key) for row in grid.rows for column in grid.columns[1:]]
    here = (grid.row.key, grid.column.key) if grid.row and grid.column else ("", "")
    start = places.index(here) + 1 if here in places else 0
    found = next((p for p in (*places[start:], *places[:start]) if marks[p].kind in ("open", "stale")), None)
    if found is None:
        pane.home.say("Nothing to chart, and nothing stale, in what is shown.")
    else:
        grid.put_cursor(*found)
        pane.focus_list()


def question(pane: ChartPane, step: int) -> None:
    """Go to the first theme of the next evaluation question, or of the one before."""
    cell, of, grid = pane.cell, pane.of, pane.grid
    if of is None or pane.turned:
        return
    keys = [of.section_of[column_of(c.key)[0]].key for c in grid.columns[1:]]
    order = list(dict.fromkeys(keys))
    at = order.index(of.section_of[cell.theme.id].key) if cell is not None else -1
    if order:
        wanted = order[(at + step) % len(order)]
        grid.go_across(grid.columns[1 + keys.index(wanted)].key)


def copy(pane: ChartPane) -> None:
    """Copy the summary with what it cites."""
    cell = pane.cell
    if cell is not None and cell.cell.summary is not None:
        cited = "; ".join(p.reference for p in cell.cell.cited)
        pane.app.copy_to_clipboard(f"{cell.name}: {cell.cell.summary.words}{f' ({cited})' if cited else ''}")
        pane.home.say("copied the summary")
