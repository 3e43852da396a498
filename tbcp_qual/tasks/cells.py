"""Questions, themes and cells of the framework matrix, found by how a person names them, or by where a screen has them."""

from typing import NamedTuple

from tbcp_qual.analysis.framework import WHOLE, Chart, ChartCell, ChartRow, attribute_named, chart
from tbcp_qual.analysis.matrix import Column
from tbcp_qual.coding.records import Question, Theme
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.text import one_line
from tbcp_qual.errors import UsageError


def question_named(snapshot: Snapshot, key: str) -> Question:
    """Return the evaluation question of this key.

    Raises:
        UsageError: there is none.
    """
    for question in snapshot.questions:
        if question.key.casefold() == one_line(key).casefold():
            return question
    keys = ", ".join(q.key for q in snapshot.ordered_questions) or "none"
    raise UsageError(f"There is no evaluation question “{key[:40]}”.", f"There is: {keys}.")


def theme_named(snapshot: Snapshot, name: str) -> Theme:
    """Return the theme of this name; its first words will do where they tell it from all others.

    Raises:
        UsageError: there is none, or several begin so.
    """
    wanted = one_line(name).replace("’", "'").casefold()
    names = {theme.id: theme.name.replace("’", "'").casefold() for theme in snapshot.themes}
    exact = [t for t in snapshot.themes if names[t.id] == wanted]
    found = exact or [t for t in snapshot.themes if wanted and names[t.id].startswith(wanted)]
    if len(found) == 1:
        return found[0]
    raise UsageError(
        f"{'Several themes begin with' if found else 'There is no theme'} “{name[:60]}”.",
        f"There is: {'; '.join(t.name for t in found or snapshot.themes)}.",
    )


class Place(NamedTuple):
    """A cell of the framework matrix, found by its names."""

    snapshot: Snapshot
    row: ChartRow
    theme: Column
    wave: str
    cell: ChartCell

    @property
    def name(self) -> str:
        """`F07 × A worker who stays`, with its wave."""
        return f"{self.row.label} × {self.theme.name}" + (f", {self.wave}" if self.wave else "")


class Spot(NamedTuple):
    """Where a cell of the framework matrix is, by ids: as a screen knows it."""

    rows: str
    """What the rows are: `case`, `source type`, or the name of an attribute."""
    row: str
    theme: str
    wave: str = WHOLE


def cell_at(snapshot: Snapshot, spot: Spot) -> Place:
    """Return a cell.

    Raises:
        UsageError: it is gone: nothing is by or about its row any more, or its theme or wave is no more.
    """
    found = chart(snapshot, rows=spot.rows, by_wave=spot.wave != WHOLE, themes=[spot.theme])
    row = next((row for row in found.rows if row.id == spot.row), None)
    if row is None or not found.themes or spot.wave not in found.waves:
        raise UsageError("This cell is not there any more.", "Its documents, theme or wave went in the meantime.")
    return Place(snapshot, row, found.themes[0], spot.wave, found.cell(row, found.themes[0], spot.wave))


class Cells:
    """Finds cells by their names; each kind of rows is charted once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._now = snapshot
        self._charts: dict[tuple[str, bool], Chart] = {}

    def named(self, row: str, theme: str, wave: str = WHOLE) -> Place:
        """Return a cell, as `cell_named` does."""
        column = theme_named(self._now, theme)
        rows, label = _row_kind(self._now, row)
        key = (rows, bool(wave))
        if key not in self._charts:
            self._charts[key] = chart(self._now, rows=rows, by_wave=bool(wave))
        found = self._charts[key]
        made = next((r for r in found.rows if label.casefold() in (r.label.casefold(), r.id.casefold())), None)
        if made is None:
            raise UsageError(
                f"There is no document by or about “{row[:60]}”.", "Without documents there is nothing to chart."
            )
        waves = {name.casefold(): name for name in found.waves}
        if wave.casefold() not in waves:
            raise UsageError(f"There is no wave “{wave[:40]}”.", f"There is: {', '.join(found.waves)}.")
        spelt = waves[wave.casefold()]
        only = next(t for t in found.themes if t.id == column.id)
        return Place(self._now, made, only, spelt, found.cell(made, only, spelt))


def cell_named(snapshot: Snapshot, row: str, theme: str, wave: str = WHOLE) -> Place:
    """Return a cell.

    Args:
        snapshot: of all documents.
        row: the label of a family, a source type, or `NAME=VALUE` for the families that have it.
        theme: name of the theme, or its first words.
        wave: a time point, or as `analysis.framework` names two more; empty for all waves together.

    Raises:
        UsageError: there is no such row, theme or wave.
    """
    return Cells(snapshot).named(row, theme, wave)


def _row_kind(snapshot: Snapshot, row: str) -> tuple[str, str]:
    """Return what the rows are among which a row stands, and its label there."""
    wanted = one_line(row)
    if any(case.label.casefold() == wanted.casefold() for case in snapshot.cases):
        return "case", wanted
    if any(document.source_type.casefold() == wanted.casefold() for document in snapshot.documents):
        return "source type", wanted
    for mark in ("=", ":"):
        name, equals, value = wanted.partition(mark)
        if equals:
            spelt = attribute_named(snapshot, name)
            return spelt, f"{spelt}: {value.strip()}"
    raise UsageError(
        f"There is no row “{row[:60]}”.", "A row is a family, a source type, or NAME=VALUE for families that have it."
    )
