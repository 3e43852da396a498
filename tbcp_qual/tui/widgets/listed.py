"""What a list or table on the screen holds, as rows under headings: what is drawn, whole, in the order shown."""

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from tbcp_qual.tui.widgets.concordance import HitLine
from tbcp_qual.tui.widgets.lines import Line, LineList
from tbcp_qual.tui.widgets.passages import PassageList
from tbcp_qual.tui.widgets.table import Table
from tbcp_qual.writers.tables import Table as Written

Rows = list[tuple[str, ...]]


def listed(widget: Widget | None, title: str) -> Written | None:
    """Return what a widget lists; None for one that lists nothing.

    Headings within a list are a column of their own, `under`.
    """
    if isinstance(widget, Table):
        headings = tuple(column.title or column.key for column in widget.columns)
        rows = [row.cells for row in widget.rows]
    elif isinstance(widget, PassageList):
        headings = ("under", "what", "note", "words")
        rows = _under((item.key, item.label, (item.label, item.note, item.body)) for item in widget.items)
    elif isinstance(widget, LineList):
        hits = any(isinstance(line, HitLine) for line in widget.lines)
        headings = ("under", "source", "before", "words", "after") if hits else ("under", "what", "note")
        rows = _under((line.key, line.text, _cells(line, hits=hits)) for line in widget.lines)
    else:
        return None
    kept = [n for n, heading in enumerate(headings) if heading != "under" or any(row[n] for row in rows)]
    rows = [tuple(row[n] for n in kept) for row in rows]
    return Written(title=title, headings=tuple(headings[n] for n in kept), rows=rows) if rows else None


def _cells(line: Line, *, hits: bool) -> tuple[str, ...]:
    if isinstance(line, HitLine):
        return line.text, line.before, line.words, line.after
    return (line.text, "", "", "") if hits else (line.text.strip(), line.note)


def _under(lines: Iterable[tuple[str, str, Sequence[str]]]) -> Rows:
    """Return the lines that stand for something, each with the heading above it."""
    rows: Rows = []
    heading = ""
    for key, text, cells in lines:
        if key:
            rows.append((heading, *cells))
        elif text.strip():
            heading = text.strip()
    return rows
