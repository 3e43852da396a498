"""The thematic matrix as a Word file: front matter, a landscape section for each question, the quotations in an annex."""

import datetime
import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tbcp_qual.analysis.matrix import Cell, Column, Matrix, Row, Section
from tbcp_qual.analysis.passages import Relation, chosen, shortened
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.writers.word import markup
from tbcp_qual.writers.word.annex import Anchors, annex
from tbcp_qual.writers.word.contents import Contents
from tbcp_qual.writers.word.document import Properties, write_document
from tbcp_qual.writers.word.front import reading_guide, title_block
from tbcp_qual.writers.word.markup import field, link, paragraph, run
from tbcp_qual.writers.word.wording import cell_count, counted, listed, question_title

QUOTATION_LENGTH = 160
MOST_COLUMNS = 5
_TABLE_WIDTH = 15136
_LABEL_WIDTH = 1816
_TWIPS_PER_CHARACTER = 84
"""Of 8.5 point text, on average."""
_LINES_OF_A_PAGE = 38
_NOTE = (
    "Long quotations are cut where […] stands; each source leads to the full words in the annex. "
    "A dash: the documents of the row were coded, and none of their words speak to the theme."
)
_NOTE_ASKED = (
    " “Asked, not raised” and “not asked” are told apart where a coder confirmed what was asked; the dash stands where "
    "nobody did."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a Word file holds."""

    sections: int
    tables: int
    quotations: int
    """Entries of the annex."""


def write_matrix(matrix: Matrix, path: Path, *, most: int = 3, made: datetime.datetime | None = None) -> Written:
    """Write the matrix to a Word file.

    Args:
        matrix: what to write.
        path: the file, which is replaced as a whole.
        most: quotations shown in a cell; all are in the annex.
        made: when, in UTC; None for now.

    Raises:
        BadInput: the file cannot be written.
    """
    made = made or datetime.datetime.now(datetime.UTC)
    numbers = itertools.count(1)
    contents, anchors = Contents(numbers), Anchors(matrix)
    tables = itertools.count(1)
    body = [contents.heading(1, "How to read the tables"), *reading_guide(matrix, most)]
    for section in matrix.sections:
        body.extend(_question(section, contents))
        if section.columns:
            body.extend(_tables(matrix, section, contents, anchors, most, tables))
    body.extend(annex(matrix, contents, anchors, numbers))
    body.append(markup.section(landscape=False))
    write_document(
        path,
        [*title_block(matrix, made.date()), *contents.field(), *body],
        Properties(
            title=f"Thematic matrix: {matrix.project}",
            subject=f"Passages by evaluation question and theme, by {matrix.rows_are}",
            author=", ".join(matrix.coverage.coders) or matrix.project,
            keywords="thematic matrix; qualitative evaluation; de-identified research data",
            comments="Made with tbcp-qual. De-identified, not anonymous.",
            header=f"{matrix.project} · de-identified research data",
            created=made.replace(tzinfo=None),
        ),
    )
    return Written(
        sections=len(matrix.sections),
        tables=next(tables) - 1,
        quotations=sum(len(passages) for passages in matrix.passages.values()),
    )


def column_groups(columns: Sequence[Column]) -> list[Sequence[Column]]:
    """Split the themes of a question into tables of nearly equal width that can still be read."""
    tables = -(-len(columns) // MOST_COLUMNS)
    size, larger = divmod(len(columns), tables)
    groups: list[Sequence[Column]] = []
    start = 0
    for table in range(tables):
        end = start + size + (table < larger)
        groups.append(columns[start:end])
        start = end
    return groups


def _question(section: Section, contents: Contents) -> Iterator[str]:
    """Give the portrait page of a question; its last paragraph ends the section, if a table follows."""
    yield contents.heading(1, question_title(section))
    if section.text:
        yield paragraph("Question", run(section.text))
    for question in section.subquestions:
        yield paragraph("Subquestion", run(f"{question.key}\t", "Label"), run(question.text))
    if not section.columns:
        yield paragraph("Normal", run("No theme speaks to this question yet."))
        return
    yield contents.heading(2, "Themes", listed=False)
    for column in section.columns:
        last = column is section.columns[-1]
        yield paragraph("ThemeName", run(column.name))
        yield paragraph("ThemeDefinition", run(column.definition or "No definition yet."))
        yield paragraph(
            "ThemeCodes",
            run(f"Codes: {'; '.join(column.codes)}" if column.codes else "No codes yet."),
            section=markup.section(landscape=False) if last else "",
        )


def _tables(
    matrix: Matrix, section: Section, contents: Contents, anchors: Anchors, most: int, numbers: Iterator[int]
) -> Iterator[str]:
    yield contents.heading(2, f"Matrix by {matrix.rows_are}")
    yield paragraph("MatrixNote", run(_NOTE + (_NOTE_ASKED if matrix.coverage.asked else "")))
    name = f"{question_title(section)}, passages by {matrix.rows_are} and theme"
    groups = column_groups(section.columns)
    for part, columns in enumerate(groups, start=1):
        title = f"{name}{f', part {part} of {len(groups)}' if len(groups) > 1 else ''}"
        number = str(next(numbers))
        yield paragraph("Caption", run("Table "), field("SEQ Table \\* ARABIC", number), run(f". {title}"))
        yield _table(matrix, columns, title, anchors, most)
    yield paragraph("SectionEnd", section=markup.section(landscape=True))


def _table(matrix: Matrix, columns: Sequence[Column], title: str, anchors: Anchors, most: int) -> str:
    width = (_TABLE_WIDTH - _LABEL_WIDTH) // len(columns)
    names = [matrix.rows_are.capitalize(), *(column.name for column in columns)]
    widths = [_LABEL_WIDTH, *(width for _ in columns)]
    head = ((w, paragraph("MatrixHeading", run(name))) for w, name in zip(widths, names, strict=True))
    rows = [markup.table_row(head, header=True)]
    without = [row for row in matrix.rows if row.state == "no document"]
    for row in matrix.rows:
        if row.state != "no document":
            cells = [matrix.cell(row, column) for column in columns]
            content = [
                _row_label(row),
                *(_cell(cell, row.id, column.id, anchors, most) for cell, column in zip(cells, columns, strict=True)),
            ]
            split = max(_lines(cell, most, width) for cell in cells) > _LINES_OF_A_PAGE
            rows.append(markup.table_row(zip(widths, content, strict=True), may_split=split))
    if without:
        rows.append(_rows_without(without, widths))
    return markup.table(
        rows,
        style="EvidenceTable",
        widths=widths,
        title=title,
        description=f"A row is a {matrix.rows_are}, a column a theme; a cell holds counts and quotations.",
    )


def _row_label(row: Row) -> str:
    lines = [paragraph("MatrixRow", run(row.label))]
    lines.append(paragraph("MatrixDetail", run(counted(len(row.documents), "document"))))
    if row.details:
        lines.append(paragraph("MatrixAttributes", run("; ".join(row.details))))
    return "".join(lines)


def _rows_without(rows: Sequence[Row], widths: Sequence[int]) -> str:
    """Return one row for all cases that no document is about."""
    label = paragraph("MatrixRow", run(rows[0].label if len(rows) == 1 else counted(len(rows), "case")))
    if len(rows) > 1:
        label += paragraph("MatrixDetail", run(", ".join(row.label for row in rows)))
    nothing = paragraph("MatrixDetail", run("no document"))
    return markup.table_row(zip(widths, [label, *(nothing for _ in widths[1:])], strict=True))


def _cell(cell: Cell, row: str, theme: str, anchors: Anchors, most: int) -> str:
    if not cell.passages:
        return paragraph("MatrixDetail", run(cell_count(cell)))
    lines = [paragraph("MatrixCount", run(cell_count(cell)))]
    kinds = cell.by_source_type
    if len(kinds) > 1:
        said = ", ".join(f"{kind or 'no source type'} {number}" for kind, number in kinds.items())
        lines.append(paragraph("MatrixDetail", run(said)))
    relations = cell.by_relation(row)
    if any(relation != "about" for relation in relations):
        lines.append(paragraph("MatrixDetail", run(_whose(relations))))
    shown = chosen(cell.passages, most)
    for passage in shown:
        source = link(anchors.name(theme, passage), run(passage.source, "SourceLink"))
        if row in passage.relations and not passage.narrowed and passage.relations[row] == "about":
            source += run(f" · about {counted(len(passage.about), 'case')}", "Quiet")
        if row in passage.relations and passage.relations[row] == "by":
            source += run(f" · about {listed(passage.about) or 'no case'}", "Quiet")
        if passage.negative:
            source += run(" · ", "Quiet") + run("negative case", "NegativeCase")
        words = run(f"“{shortened(passage.words, QUOTATION_LENGTH)}”")
        lines.append(paragraph("MatrixQuotation", words, markup.line_break(), source))
    more = [passage for passage in cell.passages if passage not in shown]
    if more:
        text = f"+ {len(more):,} more in the annex" if shown else f"{len(more):,} in the annex"
        lines.append(paragraph("MatrixQuotation", link(anchors.name(theme, more[0]), run(text, "SourceLink"))))
    return "".join(lines)


def _whose(relations: Mapping[Relation, int]) -> str:
    """Return how many passages the family speaks, and how many others speak about it."""
    own = relations.get("by", 0) + relations.get("by and about", 0)
    others = relations.get("about", 0)
    return f"by the family {own}, about it {others}" if others else "by the family"


def _lines(cell: Cell, most: int, width: int) -> int:
    """Estimate how many lines a cell takes."""
    across = width // _TWIPS_PER_CHARACTER
    shown = chosen(cell.passages, most)
    return 3 + sum(2 + min(len(p.words), QUOTATION_LENGTH) // across + len(p.source) // across for p in shown)
