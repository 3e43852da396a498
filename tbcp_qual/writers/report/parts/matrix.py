"""The framework matrix: a landscape table for each readable group of themes, every part repeating row and attributes."""

from collections.abc import Iterator, Sequence

from tbcp_qual.analysis.framework import ChartCell, ChartRow
from tbcp_qual.analysis.heard import families_of
from tbcp_qual.analysis.matrix import Column, Section
from tbcp_qual.analysis.passages import chosen
from tbcp_qual.writers.report.blocks import NOTHING, Block, Cell, Heading, Paragraph, Part, Table, Text, say
from tbcp_qual.writers.report.material import Material
from tbcp_qual.writers.report.quotations import quoted
from tbcp_qual.writers.word.matrix import column_groups
from tbcp_qual.writers.word.wording import counted

FEW_FAMILIES = 2
"""Beyond the team a cell says no more than this much where it rests on so few families."""
SHOWN = 1
"""Quotations in a cell that nobody has summed up."""
QUOTATION_LENGTH = 140
LABEL_WIDTH = 0.13


def part(material: Material) -> Part:
    """Return the tables."""
    chart = material.chart
    rows_are = "family" if chart.rows_are == "case" else chart.rows_are.replace("_", " ")
    blocks: list[Block] = [Heading(1, "The framework matrix"), say("lead", _how(material, rows_are))]
    for section in chart.sections:
        blocks += _section(material, section, rows_are)
    return Part(key="matrix", blocks=tuple(blocks), landscape=True)


def _how(material: Material, rows_are: str) -> str:
    said = (
        f"A row is a {rows_are}, a column a theme. A cell holds what was summed up from its passages, with the "
        "references it cites; where nobody has summed them up yet, how many there are and one of them."
    )
    if material.beyond:
        return f"{said} Cells that rest on one or two families say only that they do."
    without = material.chart.without_documents
    if without:
        said += f" {counted(without, 'family', 'families')} of whom there is no document are left out."
    return f"{said} “Stale”: passages have come or gone since it was written."


def _section(material: Material, section: Section, rows_are: str) -> Iterator[Block]:
    name = section.short or section.text
    title = f"Question {section.key}: {name}" if section.key else name
    yield Heading(2, title)
    groups = column_groups(section.columns)
    for number, columns in enumerate(groups, start=1):
        of = f", part {number} of {len(groups)}" if len(groups) > 1 else ""
        share = (1 - LABEL_WIDTH) / len(columns)
        yield Table(
            title=f"{title}, by {rows_are} and theme{of}",
            description=f"A row is a {rows_are}, a column a theme; a cell holds a summary, or counts and a quotation.",
            headings=(rows_are.capitalize(), *(column.name for column in columns)),
            rows=tuple(_row(material, row, columns) for row in material.chart.rows),
            widths=(LABEL_WIDTH, *(share for _ in columns)),
        )


def _row(material: Material, row: ChartRow, columns: Sequence[Column]) -> tuple[Cell, ...]:
    label = [say("cell name", row.label or NOTHING), say("cell detail", counted(len(row.documents), "document"))]
    if row.details and not material.beyond:
        label.append(say("cell detail", "; ".join(row.details)))
    return (tuple(label), *(_cell(material, material.chart.cell(row, column), column) for column in columns))


def _cell(material: Material, cell: ChartCell, column: Column) -> Cell:
    if cell.summary is not None and cell.summary.words:
        said = [say("cell summary", cell.summary.words, anchor=material.anchor("summary", cell.summary.id))]
        links = _links(material, cell, column)
        if links.content:
            said.append(links)
        if cell.stale and not material.beyond:
            gone = sorted({*cell.went, *cell.lost})
            changes = [f"new: {', '.join(cell.came)}"] * bool(cell.came) + [f"gone: {', '.join(gone)}"] * bool(gone)
            said.append(say("cell detail", f"stale; {'; '.join(changes)}"))
        return tuple(said)
    if not cell.passages:
        return (say("cell detail", NOTHING if cell.state in ("no coding", "not yet confirmed") else cell.state),)
    families = len(families_of(cell.passages))
    if material.beyond and 1 <= families <= FEW_FAMILIES:
        return (say("cell detail", "one or two families"),)
    lines = [say("cell", _holds(material, cell))]
    if not material.beyond:
        lines.append(say("cell detail", "not yet charted"))
    for passage in chosen([p for p in cell.passages if material.quotes.quotable(p)], SHOWN):
        one = material.quotes.cite(passage, column.name)
        if one is not None:
            lines.append(quoted(one, "cell quotation", most=QUOTATION_LENGTH))
    return tuple(lines)


def _holds(material: Material, cell: ChartCell) -> str:
    """Say how many passages in how many documents; beyond the team few case files are not counted out."""
    documents = {passage.document for passage in cell.passages}
    files = all(material.now.document_by_id[document].kind == "case file" for document in documents)
    if material.beyond and files and len(documents) <= material.largest:
        return f"{material.passages(len(cell.passages), files=True)} passages, {material.largest} files or fewer"
    return f"{counted(len(cell.passages), 'passage')}, {counted(len(documents), 'document')}"


def _links(material: Material, cell: ChartCell, column: Column) -> Paragraph:
    content: list[Text] = []
    for passage in cell.cited:
        one = material.quotes.cite(passage, column.name)
        if one is not None:
            content += [Text(", ")] if content else []
            content.append(Text(one.reference, to=one.anchor))
    return Paragraph("cell detail", tuple(content))
