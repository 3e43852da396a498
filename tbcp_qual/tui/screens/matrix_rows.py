"""The framework matrix as rows and columns of words: what each cell says, what is shown of it, and how it is narrowed.

Pure values, worked out beside the screen: a thousand families by twelve themes must not be felt by whoever reads.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tbcp_qual.analysis.framework import CHANGE, WHOLE, CellState, Chart, ChartCell, ChartRow, chart
from tbcp_qual.analysis.matrix import Column as Theme
from tbcp_qual.analysis.matrix import Section
from tbcp_qual.analysis.passages import Passage
from tbcp_qual.coding.records import Summary
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.tui.screens.matrix_grid import Mark
from tbcp_qual.tui.widgets.lines import literal
from tbcp_qual.tui.widgets.table_parts import Column, Row

BETWEEN = "\x1f"
"""Divides a theme from a wave in a key."""

STALE = "stale"
TO_CHART: CellState = "not yet charted"
STATES = (
    TO_CHART,
    STALE,
    "charted",
    "asked, not raised",
    "not asked",
    "not recorded",
    "not asked, not recorded",
    "outside the schedule",
    "not yet confirmed",
    "no coding",
    "not yet coded",
    "wave not held",
)
"""What cells can be looked for."""

_ROWS = {"case": "family"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """Which part of the matrix is shown; empty: all of it."""

    question: str = ""
    """Key."""
    theme: str = ""
    """Id."""
    state: str = ""
    source_type: str = ""
    wave: str = ""
    attribute: tuple[str, str] = ("", "")
    """Name and value."""

    def said(self, charted: "Charted") -> str:
        """Say it."""
        themes = {theme.id: theme.name for theme in charted.chart.themes}
        parts = [
            f"question {self.question}" if self.question else "",
            themes.get(self.theme, ""),
            f"rows with a cell {self.state}" if self.state else "",
            f"{self.source_type} only" if self.source_type else "",
            self.wave,
            f"{self.attribute[0].replace('_', ' ')}: {self.attribute[1]}" if self.attribute[0] else "",
        ]
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Charted:
    """The matrix as it was read, with what is needed to narrow it."""

    chart: Chart
    section_of: Mapping[str, Section]
    """By theme, the question it is first shown under."""
    source_types: Mapping[str, str]
    """By document."""
    values: Mapping[str, Mapping[str, str]]
    """By attribute and family; only of attributes of which something is known."""
    coders: Mapping[str, str]
    """Names."""
    summaries: Mapping[str, Summary]
    """By id; of whatever rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """What the grid shows."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    marks: Mapping[tuple[str, str], Mark]


def charted(snapshot: Snapshot, chart: Chart) -> Charted:
    """Return a matrix with what is needed to narrow it."""
    sections: dict[str, Section] = {}
    for section in chart.sections:
        for theme in section.columns:
            sections.setdefault(theme.id, section)
    values: dict[str, dict[str, str]] = {}
    for attribute in snapshot.attributes:
        if attribute.value.strip():
            values.setdefault(attribute.name, {})[attribute.case] = attribute.value.strip()
    return Charted(
        chart=chart,
        section_of=sections,
        source_types={document.id: document.source_type for document in snapshot.documents},
        values=values,
        coders={coder.id: coder.name for coder in snapshot.coders},
        summaries={summary.id: summary for summary in snapshot.summaries},
    )


def read_matrix(
    snapshot: Snapshot, rows: str, narrowed: Narrowed, *, by_wave: bool, turned: bool
) -> tuple[Charted, Laid] | None:
    """Return the matrix and what the grid shows of it; None where there are no themes.

    Where families are wanted and no document is about one, the rows are source types.
    """
    if not snapshot.themes:
        return None
    made = chart(snapshot, rows=rows, by_wave=by_wave)
    if rows == "case" and not made.rows:
        made = chart(snapshot, rows="source type", by_wave=by_wave)
    found = charted(snapshot, made)
    return found, laid_out(found, narrowed, turned=turned)


def wanted_themes(of: Charted, narrowed: Narrowed) -> list[Theme]:
    """Return the themes that are shown, question by question."""
    asked = {t.id for s in of.chart.sections if s.key == narrowed.question for t in s.columns}
    return [
        theme
        for theme in of.chart.themes
        if narrowed.theme in ("", theme.id) and (not narrowed.question or theme.id in asked)
    ]


def wanted_waves(of: Charted, narrowed: Narrowed) -> list[str]:
    """Return the waves that are shown."""
    return [wave for wave in of.chart.waves if narrowed.wave in ("", wave)]


def wanted_rows(of: Charted, narrowed: Narrowed) -> list[ChartRow]:
    """Return the rows that are shown."""
    name, value = narrowed.attribute
    having = of.values.get(name, {})
    rows = [
        row
        for row in of.chart.rows
        if (not name or any(having.get(case) == value for case in row.cases))
        and (not narrowed.source_type or any(of.source_types[d] == narrowed.source_type for d in row.documents))
    ]
    if not narrowed.state:
        return rows
    themes, waves = wanted_themes(of, narrowed), wanted_waves(of, narrowed)
    return [
        row
        for row in rows
        if any(in_state(of.chart.cell(row, theme, wave), narrowed.state) for theme in themes for wave in waves)
    ]


def in_state(cell: ChartCell, state: str) -> bool:
    """Whether a cell is in one of `STATES`."""
    return cell.stale if state == STALE else cell.state == state


def shown_passages(cell: ChartCell, narrowed: Narrowed) -> list[Passage]:
    """Return the passages of a cell that are shown."""
    return [p for p in cell.passages if narrowed.source_type in ("", p.source_type)]


def words_of(cell: ChartCell, narrowed: Narrowed) -> tuple[str, Mark]:
    """Return what stands in a cell of the grid, and how it is drawn."""
    number = len(shown_passages(cell, narrowed))
    said = f"[{number}]" if number else ""
    if cell.summary is not None:
        words = literal(" ".join(cell.summary.words.split()))
        return (f"! stale: {words}", Mark("stale", said)) if cell.stale else (words, Mark("plain", said))
    if cell.state == TO_CHART:
        return TO_CHART, Mark("open", said)
    return cell.state, Mark("silent", said)


def column_key(theme: str, wave: str) -> str:
    """Return the key of a theme in a wave."""
    return f"{theme}{BETWEEN}{wave}"


def column_of(key: str) -> tuple[str, str]:
    """Return theme and wave of a key."""
    theme, _, wave = key.partition(BETWEEN)
    return theme, wave


def _titles(of: Charted, narrowed: Narrowed) -> Iterator[tuple[str, str]]:
    """Give the key and title of each theme, in each wave."""
    waves = wanted_waves(of, narrowed)
    for theme in wanted_themes(of, narrowed):
        for wave in waves:
            title = theme.name if wave == WHOLE else f"{'what changed' if wave == CHANGE else wave}: {theme.name}"
            yield column_key(theme.id, wave), literal(title)


def laid_out(of: Charted, narrowed: Narrowed, *, turned: bool = False) -> Laid:
    """Return what the grid shows.

    Args:
        of: the matrix.
        narrowed: what is wanted of it.
        turned: whether themes are the rows, and families or source types the columns.
    """
    rows = wanted_rows(of, narrowed)
    if not turned:
        columns = [Column(key="row", title=_ROWS.get(of.chart.rows_are) or of.chart.rows_are.replace("_", " "))]
        columns += [Column(key=key, title=title) for key, title in _titles(of, narrowed)]
        marks: dict[tuple[str, str], Mark] = {}
        drawn = [laid_row(of, row, columns, narrowed, marks) for row in rows]
        return Laid(columns=columns, rows=drawn, marks=marks)
    columns = [Column(key="row", title="theme"), *(Column(key=r.id, title=literal(r.label)) for r in rows)]
    marks = {}
    drawn = []
    for key, title in _titles(of, narrowed):
        cells = [title]
        for row in rows:
            words, marks[key, row.id] = words_of(of.chart.cell(row, _theme(of, key), column_of(key)[1]), narrowed)
            cells.append(words)
        drawn.append(Row(key=key, cells=tuple(cells)))
    return Laid(columns=columns, rows=drawn, marks=marks)


def _theme(of: Charted, key: str) -> Theme:
    wanted = column_of(key)[0]
    return next(theme for theme in of.chart.themes if theme.id == wanted)


def laid_row(
    of: Charted,
    row: ChartRow,
    columns: Sequence[Column],
    narrowed: Narrowed,
    marks: dict[tuple[str, str], Mark],
) -> Row:
    """Return a row of the grid, and put its marks to the others."""
    cells = [literal(" · ".join((row.label, *row.details)))]
    for column in columns[1:]:
        words, marks[row.id, column.key] = words_of(of.chart.cells[(row.id, *column_of(column.key))], narrowed)
        cells.append(words)
    return Row(key=row.id, cells=tuple(cells))


def with_summary(of: Charted, key: tuple[str, str, str], words: str, coder: str) -> Charted | None:
    """Return the matrix with other words in a cell, before they are on disk; None where there is no such cell.

    Args:
        of: the matrix.
        key: row, theme and wave of the cell.
        words: empty where the summary is taken away.
        coder: id of whoever writes.
    """
    old = of.chart.cells.get(key)
    if old is None:
        return None
    made = replace(old.summary or Summary(id="", coder=coder), words=words) if words else None
    state: CellState = "charted" if made else TO_CHART if old.passages else "no coding"
    new = replace(old, state=state, summary=made, came=(), went=(), lost=())
    return replace(of, chart=replace(of.chart, cells={**of.chart.cells, key: new}))


def counted_states(of: Charted, narrowed: Narrowed) -> str:
    """Say how far the charting is: `56 of 154 charted · 3 stale · 5 asked, not raised · 9 not asked`."""
    counts: dict[str, int] = {}
    stale = 0
    themes, waves = wanted_themes(of, narrowed), wanted_waves(of, narrowed)
    for row in wanted_rows(of, narrowed):
        for theme in themes:
            for wave in waves:
                cell = of.chart.cells[row.id, theme.id, wave]
                counts[cell.state] = counts.get(cell.state, 0) + 1
                stale += cell.stale
    done = counts.pop("charted", 0)
    first = [f"{done:,} of {done + counts.pop(TO_CHART, 0):,} charted"]
    if stale:
        first.append(f"{stale:,} stale")
    rest = [f"{number:,} {state}" for state, number in sorted(counts.items(), key=lambda c: -c[1])]
    return " · ".join([*first, *rest])
