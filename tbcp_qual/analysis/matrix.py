"""The thematic matrix: a section for each evaluation question, rows of cases or source types, columns of themes."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from tbcp_qual.analysis.asked import Asked, Silence
from tbcp_qual.analysis.passages import Passage, Relation, passages_by_theme
from tbcp_qual.analysis.sources import Sources
from tbcp_qual.analysis.themes import codes_of, themes_by_code
from tbcp_qual.coding.aboutness import Aboutness
from tbcp_qual.coding.codebook import themes_of
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.records import SOURCE_TYPES, Approach, Question, Theme
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.values import natural
from tbcp_qual.errors import BadInput, UsageError

Rows = Literal["case", "source type"]
State = Silence | Literal["coded", "no document"]

NO_CASE = "no case"
SHOWN_ATTRIBUTES = 3
_NUMBER = re.compile(r"[-+]?[\d.,]+%?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A theme as a column."""

    id: str
    name: str
    definition: str
    codes: tuple[str, ...]
    """Names of the codes it gathers, in the order of the codebook; retired ones are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """An evaluation question with its themes."""

    key: str
    """`2`; empty for the themes that speak to no question."""
    short: str
    text: str
    subquestions: tuple[Question, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A case or a source type."""

    id: str
    label: str
    details: tuple[str, ...]
    """What is shown below the label: attributes of a case."""
    documents: tuple[str, ...]
    state: State
    """What a cell of it says that has no passages, as long as nobody confirmed what was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The passages of one row under one theme."""

    state: State
    passages: tuple[Passage, ...] = ()

    @property
    def documents(self) -> int:
        """How many documents the passages come from."""
        return len({passage.document for passage in self.passages})

    @property
    def by_source_type(self) -> dict[str, int]:
        """Passages by source type; they are never added up into a weight, as accounts of one family overlap."""
        return dict(Counter(passage.source_type for passage in self.passages))

    def by_relation(self, row: str) -> dict[Relation, int]:
        """Passages by what they are to the case of the row; empty where rows are no cases."""
        return dict(Counter(p.relations[row] for p in self.passages if row in p.relations))


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What the matrix rests on."""

    documents: tuple[tuple[str, int], ...]
    """Source types with the number of their documents."""
    coders: tuple[str, ...]
    """Those whose codings are in it."""
    coded: int
    """Documents with at least one coding."""
    done: int
    """Documents that at least one of the coders marked done."""
    not_begun: tuple[str, ...]
    """Names of the documents without a coding that nobody marked done: nothing can be said of them."""
    codings: int
    """Codings of codes that belong to a theme."""
    left_out: int
    """Codings of codes that belong to no theme."""
    codes_left_out: tuple[str, ...]
    several_cases: tuple[tuple[str, int], ...]
    """Names of the documents with passages of which nobody said about which of its cases they are; how many those are."""
    unplaced: int
    """Codings in it of words that are not in the corrected text of their document."""
    asked: bool
    """Whether anybody confirmed what was asked."""
    speakers_known: bool
    """Whether it is known of any passage that a member of a case speaks it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The whole of it; a theme that speaks to two questions has the same cells in both."""

    project: str
    approach: Approach
    rows_are: Rows
    coder: str
    """The coder whose codings alone are shown; empty for all."""
    coverage: Coverage
    sections: tuple[Section, ...]
    rows: tuple[Row, ...]
    passages: Mapping[str, tuple[Passage, ...]]
    """All passages of each theme, by document and place; of each source type, those without a place come last."""
    cells: Mapping[tuple[str, str], Cell]
    """By row and theme; those without passages of which nothing more is known than of their row are left out."""

    def cell(self, row: Row, column: Column) -> Cell:
        """Return a cell; one without passages says why."""
        return self.cells.get((row.id, column.id)) or Cell(state=row.state)


def build(snapshot: Snapshot, *, rows: Rows, coder: str | None = None, attributes: Sequence[str] = ()) -> Matrix:
    """Build the matrix from what a viewer may see.

    Args:
        snapshot: of all documents.
        rows: what the rows are.
        coder: id of the coder whose codings alone count; None for all coders.
        attributes: names of the case attributes below a label; empty for the first few that say something.

    Raises:
        BadInput: there are no themes.
        UsageError: an attribute is not known.
    """
    if not snapshot.themes:
        raise BadInput(
            "This project has no themes, so the matrix has no columns.",
            "Themes and evaluation questions come with the codebook: codebooks/README.md.",
            nothing_yet=True,
        )
    by_code = themes_by_code(snapshot.themes, snapshot.codebook)
    codings = [c for c in snapshot.codings if coder is None or c.coder == coder]
    themed = [c for c in codings if by_code[c.code]]
    aboutness = Aboutness(snapshot.documents, snapshot.turns, snapshot.abouts, snapshot.participants)
    found = passages_by_theme(snapshot, themed, by_code, Sources(snapshot), aboutness)
    passages = [p for group in found.values() for theirs in group.values() for p in theirs]
    by_source_type: dict[str, list[str]] = {}
    for document in snapshot.documents:
        by_source_type.setdefault(document.source_type, []).append(document.id)
    coded = {c.document for c in codings}
    done = {mark.document for mark in snapshot.done if mark.done and coder in (None, mark.coder)}
    begun = coded | done
    if rows == "case":
        loose = {p.document for p in passages if not p.relations}
        made = _case_rows(snapshot, begun, attributes, aboutness, loose)
    else:
        made = _source_rows(snapshot, begun)
    broad = {p.document: len(p.about) for p in passages if rows == "case" and not p.narrowed}
    return Matrix(
        project=snapshot.project.name,
        approach=snapshot.project.approach,
        rows_are=rows,
        coder=snapshot.coder_by_id[coder].name if coder else "",
        coverage=Coverage(
            documents=_by_source_type(snapshot),
            coders=tuple(sorted({snapshot.coder_by_id[c.coder].name for c in codings}, key=str.casefold)),
            coded=len(coded),
            done=len(done),
            not_begun=tuple(document.name for document in snapshot.documents if document.id not in begun),
            codings=len(themed),
            left_out=len(codings) - len(themed),
            codes_left_out=_names(snapshot, {c.code for c in codings if not by_code[c.code]}),
            several_cases=tuple((d.name, broad[d.id]) for d in snapshot.documents if d.id in broad),
            unplaced=sum(c.text != snapshot.document_by_id[c.document].text for c in themed),
            asked=bool(snapshot.asked),
            speakers_known=rows == "case" and any(p.by for p in passages),
        ),
        sections=tuple(_sections(snapshot)),
        rows=tuple(made),
        passages={
            theme: tuple(
                passage
                for documents in by_source_type.values()
                for passage in _placed_first([p for d in documents for p in group.get(d, ())])
            )
            for theme, group in found.items()
        },
        cells=_silent(snapshot, made, begun, coder) | dict(_cells(made, rows, found)),
    )


def usual_rows(snapshot: Snapshot) -> Rows:
    """Return cases where most documents are about one, else source types."""
    about = sum(bool(document.cases) for document in snapshot.documents)
    return "case" if snapshot.cases and 2 * about > len(snapshot.documents) else "source type"


def _cells(
    made: Iterable[Row], rows: Rows, found: Mapping[str, Mapping[str, list[Passage]]]
) -> Iterable[tuple[tuple[str, str], Cell]]:
    """Give the cells that hold passages; a case has those by it and those about it."""
    for row in made:
        for theme, by_document in found.items():
            of_row: list[Passage] = []
            for document in row.documents:
                theirs = by_document.get(document, ())
                if rows == "case":
                    theirs = [p for p in theirs if (row.id in p.relations if row.id else not p.relations)]
                of_row.extend(theirs)
            if of_row:
                yield (row.id, theme), Cell(state="coded", passages=tuple(_placed_first(of_row)))


def _placed_first(passages: list[Passage]) -> list[Passage]:
    """Put those whose words are not in the corrected text behind the others."""
    behind = [p for p in passages if not p.placed]
    return [p for p in passages if p.placed] + behind if behind else passages


def _silent(snapshot: Snapshot, made: Iterable[Row], begun: set[str], coder: str | None) -> dict[tuple[str, str], Cell]:
    """Return what every cell of rows that are coded says where it turns out to hold no passage."""
    if not snapshot.topics:
        return {}
    asked = Asked(snapshot, coder)
    return {
        (row.id, theme.id): Cell(state=asked.silence(row.documents, theme.id, begun))
        for row in made
        if row.state == "no coding"
        for theme in snapshot.themes
    }


def _sections(snapshot: Snapshot) -> Iterable[Section]:
    placed: set[str] = set()
    for question in snapshot.ordered_questions:
        if question.parent is None:
            themes = themes_of(snapshot.themes, question, snapshot.questions)
            placed.update(theme.id for theme in themes)
            yield Section(
                key=question.key,
                short=question.short,
                text=question.text,
                subquestions=tuple(q for q in snapshot.ordered_questions if q.parent == question.id),
                columns=tuple(_column(snapshot, theme) for theme in themes),
            )
    others = [theme for theme in snapshot.themes if theme.id not in placed]
    if others:
        columns = tuple(_column(snapshot, theme) for theme in others)
        yield Section(key="", short="Themes without a question", text="", subquestions=(), columns=columns)


def _column(snapshot: Snapshot, theme: Theme) -> Column:
    codes = codes_of(theme, snapshot.codebook)
    names = tuple(code.name for _, code in snapshot.codebook.walk() if code.id in codes)
    return Column(id=theme.id, name=theme.name, definition=theme.definition, codes=names)


def _state(documents: Iterable[str], begun: set[str]) -> State:
    documents = list(documents)
    if not documents:
        return "no document"
    return "no coding" if any(document in begun for document in documents) else "not yet coded"


def _case_rows(
    snapshot: Snapshot, begun: set[str], attributes: Sequence[str], aboutness: Aboutness, loose: set[str]
) -> list[Row]:
    """Return a row for each case, and one for what is by and about none; `loose` has documents with such passages."""
    by_case: dict[str, list[str]] = {case.id: [] for case in snapshot.cases}
    without: list[str] = []
    for document in snapshot.documents:
        parts = aboutness.speaking(document.id, document.text), aboutness.said_of(document.id, document.text)
        concerned = dict.fromkeys(case for cases in (document.cases, *parts) for case in cases)
        for case in concerned:
            by_case[case].append(document.id)
        if not concerned or document.id in loose:
            without.append(document.id)
    details = _details(snapshot, attributes)
    rows = [
        Row(
            id=case.id,
            label=case.label,
            details=details.get(case.id, ()),
            documents=tuple(by_case[case.id]),
            state=_state(by_case[case.id], begun),
        )
        for case in sorted(snapshot.cases, key=lambda case: natural(case.label))
    ]
    if without:
        rows.append(Row(id="", label=NO_CASE, details=(), documents=tuple(without), state=_state(without, begun)))
    return rows


def _source_rows(snapshot: Snapshot, begun: set[str]) -> list[Row]:
    by_type: dict[str, list[str]] = {}
    for document in snapshot.documents:
        by_type.setdefault(document.source_type, []).append(document.id)
    return [
        Row(
            id=source_type,
            label=source_type or "no source type",
            details=(),
            documents=tuple(by_type[source_type]),
            state=_state(by_type[source_type], begun),
        )
        for source_type in sorted(by_type, key=_source_place)
    ]


def _source_place(source_type: str) -> tuple[int, str]:
    known = SOURCE_TYPES.index(source_type) if source_type in SOURCE_TYPES else len(SOURCE_TYPES)
    return (known, source_type.casefold())


def _details(snapshot: Snapshot, wanted: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return what is said of each case: a yes by its name, a no not at all, other values with their name.

    They stand in the order of the cohort's columns.
    """
    columns = {variable.name.casefold(): place for place, variable in enumerate(snapshot.variables)}
    there = sorted({a.name for a in snapshot.attributes}, key=lambda n: (columns.get(n.casefold(), len(columns)), n))
    column = {name: place for place, name in enumerate(there)}
    by_case: dict[str, list[str]] = {}
    names = {name.casefold() for name in wanted}
    known = {attribute.name.casefold(): attribute.name for attribute in snapshot.attributes}
    for name in wanted:
        if name.casefold() not in known:
            said = ", ".join(known.values()) or "none"
            raise UsageError(f"No case has an attribute called “{name}”.", f"There is: {said}.")
    for attribute in sorted(snapshot.attributes, key=lambda a: column[a.name]):
        name, value = attribute.name.replace("_", " "), attribute.value.strip()
        if names:
            if attribute.name.casefold() not in names:
                continue
        elif value.casefold() in ("", "no") or _NUMBER.fullmatch(value):
            continue
        by_case.setdefault(attribute.case, []).append(name if value.casefold() == "yes" else f"{name}: {value}")
    return {case: tuple(said if names else said[:SHOWN_ATTRIBUTES]) for case, said in by_case.items()}


def _by_source_type(snapshot: Snapshot) -> tuple[tuple[str, int], ...]:
    number = Counter(document.source_type for document in snapshot.documents)
    return tuple((source_type, number[source_type]) for source_type in sorted(number, key=_source_place))


def _names(snapshot: Snapshot, codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({snapshot.codebook.current(code).name for code in codes}, key=str.casefold))
