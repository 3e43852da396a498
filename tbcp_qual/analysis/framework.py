"""The framework matrix as it is charted: what each cell holds, what was written of it, and whether that still holds.

A summary rests on the passages that were in its cell when it was written; where they are others now it is stale, and
the cell says which passages came and which went.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Literal

from tbcp_qual.analysis.asked import Asked
from tbcp_qual.analysis.matrix import Column, Matrix, Row, Section, State, build
from tbcp_qual.analysis.passages import Passage
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.records import Document, Summary
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.values import natural
from tbcp_qual.errors import UsageError

CellState = State | Literal["charted", "not yet charted", "wave not held"]

WHOLE = ""
"""The wave of a summary that takes all waves together."""
UNDATED = "at no one time"
"""The wave of documents that name no time point: files and workers look back over all of it."""
CHANGE = "change"
"""The wave of a summary of what changed from one wave to the next."""

UNKNOWN = "not known"
"""The group of families of which an attribute is not known."""

_USUAL_WAVES = ("before", "baseline", "first", "second", "third", "fourth", "fifth", "last", "after", "follow-up")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRow:
    """A row: a family, a source type, or the families that share a value of an attribute."""

    id: str
    label: str
    details: tuple[str, ...]
    case: str | None
    """Id of the family; None where the row is something else."""
    group: str
    """What a summary of the row is kept under where it is no family; else empty."""
    documents: tuple[str, ...]
    cases: tuple[str, ...]
    """Ids of the families in it; empty for source types."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartCell:
    """A row under a theme, as a whole or in one wave."""

    state: CellState
    passages: tuple[Passage, ...] = ()
    summary: Summary | None = None
    cited: tuple[Passage, ...] = ()
    """The passages of the cell that the summary cites."""
    lost: tuple[str, ...] = ()
    """References of passages that the summary cites and that are not in the cell any more."""
    came: tuple[str, ...] = ()
    """References of passages that were not there when it was summed up."""
    went: tuple[str, ...] = ()
    """References, as they were then, of passages that are not there any more."""

    @property
    def stale(self) -> bool:
        """Whether the summary rests on other passages than those in the cell."""
        return bool(self.came or self.went or self.lost)

    @property
    def open(self) -> bool:
        """Whether somebody has still to write here, or to look again."""
        return self.state == "not yet charted" or self.stale


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The matrix, or the part of it that was asked for."""

    rows_are: str
    """`case`, `source type`, or the name of an attribute."""
    waves: tuple[str, ...]
    """Columns under each theme; `WHOLE` alone where waves are not told apart."""
    sections: tuple[Section, ...]
    """Evaluation questions with their themes; one that has none of those asked for is left out."""
    themes: tuple[Column, ...]
    rows: tuple[ChartRow, ...]
    without_documents: int
    """Rows left out because there is no document by or about them."""
    cells: Mapping[tuple[str, str, str], ChartCell]
    """By row, theme and wave."""

    def cell(self, row: ChartRow, theme: Column, wave: str = WHOLE) -> ChartCell:
        """Return a cell."""
        return self.cells[row.id, theme.id, wave]

    def places(self) -> Iterator[tuple[ChartRow, Column, str, ChartCell]]:
        """Give all cells, row by row."""
        for row in self.rows:
            for theme in self.themes:
                for wave in self.waves:
                    yield row, theme, wave, self.cells[row.id, theme.id, wave]

    def states(self) -> dict[CellState, int]:
        """Count cells by state, the most frequent first."""
        return dict(Counter(cell.state for cell in self.cells.values()).most_common())

    def stale(self) -> int:
        """Count the cells whose summary is stale."""
        return sum(cell.stale for cell in self.cells.values())

    def next_gap(self, after: tuple[str, str, str] | None = None) -> tuple[ChartRow, Column, str, ChartCell] | None:
        """Return the next cell that is open, beginning anew at the top; None where there is none.

        Args:
            after: row, theme and wave of the cell to go on from.
        """
        places = list(self.places())
        keys = [(row.id, theme.id, wave) for row, theme, wave, _ in places]
        start = keys.index(after) + 1 if after in keys else 0
        return next((place for place in (*places[start:], *places[:start]) if place[3].open), None)


def fingerprint(passage: Passage) -> str:
    """Return 12 hexadecimal digits that differ as soon as the words of a passage do, or whether it is a negative case."""
    parts = (passage.document, " ".join(passage.words.split()), str(passage.negative))
    return sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def resting_on(passages: Iterable[Passage]) -> tuple[tuple[str, str, str], ...]:
    """Return what a summary keeps of the passages it rests on."""
    return tuple((p.document, fingerprint(p), p.reference) for p in passages)


def wave_order(waves: Collection[str]) -> list[str]:
    """Sort time points: usual words for them in their order, then others, numbers in them by value."""
    usual = {name: place for place, name in enumerate(_USUAL_WAVES)}
    return sorted(waves, key=lambda wave: (usual.get(wave.casefold(), len(usual)), natural(wave)))


def chart(
    snapshot: Snapshot,
    *,
    rows: str = "case",
    by_wave: bool = False,
    coder: str | None = None,
    themes: Collection[str] | None = None,
    cases: Collection[str] | None = None,
    attributes: Sequence[str] = (),
) -> Chart:
    """Return the framework matrix, or a part of it.

    Args:
        snapshot: of all documents.
        rows: `case`, `source type`, or the name of an attribute whose values are the rows.
        by_wave: a column for each time point, and one for what changed between them.
        coder: id of the coder whose codings alone count; summaries are not held against them then.
        themes: ids of the themes that are wanted; None for all.
        cases: ids of the families that are wanted; None for all.
        attributes: names of the attributes shown below the label of a family.

    Raises:
        BadInput: there are no themes.
        UsageError: no family has such an attribute.
    """
    source_rows = rows == "source type"
    matrix = build(snapshot, rows="source type" if source_rows else "case", coder=coder, attributes=attributes)
    if source_rows:
        made = [_source_row(row) for row in matrix.rows]
    else:
        wanted = [row for row in matrix.rows if row.id and (cases is None or row.id in cases)]
        made = [_case_row(row) for row in wanted] if rows == "case" else _groups(snapshot, rows, wanted)
    with_documents = [row for row in made if row.documents]
    columns = {
        column.id: column
        for section in matrix.sections
        for column in section.columns
        if themes is None or column.id in themes
    }
    sections = [
        Section(
            key=section.key,
            short=section.short,
            text=section.text,
            subquestions=section.subquestions,
            columns=tuple(column for column in section.columns if column.id in columns),
        )
        for section in matrix.sections
    ]
    filling = _Filling(snapshot, matrix, coder)
    waves = filling.waves(with_documents) if by_wave else (WHOLE,)
    return Chart(
        rows_are=rows,
        waves=waves,
        sections=tuple(section for section in sections if section.columns),
        themes=tuple(columns.values()),
        rows=tuple(with_documents),
        without_documents=len(made) - len(with_documents),
        cells={
            (row.id, theme, wave): cell
            for row in with_documents
            for theme in columns
            for wave, cell in filling.cells(row, theme, waves)
        },
    )


def _case_row(row: Row) -> ChartRow:
    return ChartRow(
        id=row.id,
        label=row.label,
        details=row.details,
        case=row.id,
        group="",
        documents=row.documents,
        cases=(row.id,),
    )


def _source_row(row: Row) -> ChartRow:
    return ChartRow(
        id=row.id,
        label=row.label,
        details=(),
        case=None,
        group=f"source type: {row.id}",
        documents=row.documents,
        cases=(),
    )


def attribute_named(snapshot: Snapshot, name: str) -> str:
    """Return an attribute as the project spells it.

    Raises:
        UsageError: no family has such an attribute.
    """
    known = {a.name.casefold(): a.name for a in snapshot.attributes}
    wanted = name.strip().casefold()
    for spelt in (wanted, wanted.replace(" ", "_")):
        if spelt in known:
            return known[spelt]
    raise UsageError(
        f"No family has an attribute called “{name}”.",
        f"There is: case, source type, {', '.join(known.values())}." if known else "There is: case, source type.",
    )


def _groups(snapshot: Snapshot, name: str, rows: Iterable[Row]) -> list[ChartRow]:
    """Return a row for each value of an attribute, in the order of its levels."""
    name = attribute_named(snapshot, name)
    value_of = {a.case: a.value.strip() for a in snapshot.attributes if a.name == name}
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(value_of.get(row.id) or UNKNOWN, []).append(row)
    levels = next((v.levels for v in snapshot.variables if v.name == name), ())
    order = {level: place for place, level in enumerate(levels)}
    values = sorted(grouped, key=lambda value: (value == UNKNOWN, order.get(value, len(order)), natural(value)))
    return [
        ChartRow(
            id=f"{name}: {value}",
            label=f"{name.replace('_', ' ')}: {value}",
            details=(", ".join(row.label for row in grouped[value] if row.documents),),
            case=None,
            group=f"{name}: {value}",
            documents=tuple(dict.fromkeys(d for row in grouped[value] for d in row.documents)),
            cases=tuple(row.id for row in grouped[value]),
        )
        for value in values
    ]


class _Filling:
    """Fills cells: passages, what was written of them, and what it means that there are none."""

    def __init__(self, snapshot: Snapshot, matrix: Matrix, coder: str | None) -> None:
        self._matrix = matrix
        self._all_coders = coder is None
        self._documents: Mapping[str, Document] = snapshot.document_by_id
        self._asked = Asked(snapshot, coder) if snapshot.topics else None
        codings = {c.document for c in snapshot.codings if coder is None or c.coder == coder}
        self._begun = codings | {mark.document for mark in snapshot.done if mark.done and coder in (None, mark.coder)}
        self._summaries = {(s.case, s.group, s.theme, s.wave): s for s in snapshot.summaries if s.words}

    def _wave(self, document: str) -> str:
        return self._documents[document].time_point or UNDATED

    def waves(self, rows: Iterable[ChartRow]) -> tuple[str, ...]:
        """Return the waves of the documents of some rows, and what comes after them."""
        held = {self._wave(document) for row in rows for document in row.documents}
        dated = wave_order(held - {UNDATED})
        return (*dated, *([UNDATED] if UNDATED in held else []), *([CHANGE] if len(dated) > 1 else []))

    def cells(self, row: ChartRow, theme: str, waves: Sequence[str]) -> Iterator[tuple[str, ChartCell]]:
        """Give the cells of a row under a theme, a wave each."""
        passages = self._passages(row, theme)
        if waves == (WHOLE,):
            yield WHOLE, self._cell(row, theme, WHOLE, passages, row.documents)
            return
        for wave in waves:
            if wave == CHANGE:
                documents = tuple(d for d in row.documents if self._wave(d) != UNDATED)
                if len({self._wave(d) for d in documents}) < 2:
                    documents = ()
            else:
                documents = tuple(d for d in row.documents if self._wave(d) == wave)
            theirs = tuple(p for p in passages if p.document in documents)
            yield wave, self._cell(row, theme, wave, theirs, documents)

    def _passages(self, row: ChartRow, theme: str) -> tuple[Passage, ...]:
        if row.case is not None or not row.cases:
            cell = self._matrix.cells.get((row.id, theme))
            return cell.passages if cell else ()
        found: dict[int, Passage] = {}
        for case in row.cases:
            cell = self._matrix.cells.get((case, theme))
            found.update((id(p), p) for p in (cell.passages if cell else ()))
        return tuple(found.values())

    def _cell(
        self, row: ChartRow, theme: str, wave: str, passages: tuple[Passage, ...], documents: Sequence[str]
    ) -> ChartCell:
        summary = self._summaries.get((row.case, row.group, theme, wave))
        if summary is None:
            state = "not yet charted" if passages else self._silence(theme, wave, documents)
            return ChartCell(state=state, passages=passages)
        cited, lost = _cited(summary, passages)
        came: tuple[str, ...] = ()
        went: tuple[str, ...] = ()
        if self._all_coders:
            now = {mark: reference for _, mark, reference in resting_on(passages)}
            then = {mark: reference for _, mark, reference in summary.rests_on}
            came = tuple(reference for mark, reference in now.items() if mark not in then)
            went = tuple(reference for mark, reference in then.items() if mark not in now)
        return ChartCell(
            state="charted",
            passages=passages,
            summary=summary,
            cited=cited,
            lost=lost if self._all_coders else (),
            came=came,
            went=went,
        )

    def _silence(self, theme: str, wave: str, documents: Sequence[str]) -> CellState:
        if not documents:
            return "no document" if wave == WHOLE else "wave not held"
        if not any(document in self._begun for document in documents):
            return "not yet coded"
        return self._asked.silence(documents, theme, self._begun) if self._asked else "no coding"


def _cited(summary: Summary, passages: Sequence[Passage]) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
    """Return the passages that a summary cites, in their order, and the references of those that are gone."""
    holding = {coding: passage for passage in passages for coding in passage.codings}
    found: set[int] = set()
    lost: list[str] = []
    for reference, *codings in summary.cites:
        passage = next((holding[coding] for coding in codings if coding in holding), None)
        if passage is None:
            lost.append(reference)
        else:
            found.add(id(passage))
    return tuple(p for p in passages if id(p) in found), tuple(lost)
