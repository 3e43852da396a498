"""A report as a Word file: blocks become paragraphs and tables of our styles, or of the team's own template."""

import datetime
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

from tbcp_qual.writers.report.blocks import (
    NOTHING,
    Block,
    Cell,
    Composed,
    Figure,
    Heading,
    Kind,
    Look,
    Paragraph,
    Table,
    Text,
)
from tbcp_qual.writers.report.forest import drawn
from tbcp_qual.writers.word import markup
from tbcp_qual.writers.word.contents import Contents
from tbcp_qual.writers.word.document import Properties, write_document
from tbcp_qual.writers.word.drawing import picture, picture_id
from tbcp_qual.writers.word.markup import bookmark, field, link, paragraph, run
from tbcp_qual.writers.word.metafile import metafile

_STYLES: dict[Kind, str] = {
    "normal": "Normal",
    "question": "Question",
    "sub-question": "Subquestion",
    "answer": "Answer",
    "caveats": "Caveats",
    "finding": "Finding",
    "explained": "Explained",
    "lead": "MatrixNote",
    "note": "TableNote",
    "notice": "Notice",
    "fact": "Fact",
    "name": "ThemeName",
    "definition": "ThemeDefinition",
    "codes": "ThemeCodes",
    "group": "QuotationGroup",
    "quotation": "Quotation",
    "to write": "ToWrite",
    "cell": "MatrixText",
    "cell name": "MatrixRow",
    "cell detail": "MatrixDetail",
    "cell summary": "MatrixSummary",
    "cell quotation": "MatrixQuotation",
}
_LOOKS: dict[Look, str] = {
    "": "",
    "label": "Label",
    "quiet": "Quiet",
    "reference": "Reference",
    "negative": "NegativeCase",
}
_PORTRAIT, _LANDSCAPE = 9298, 15136
"""Twentieths of a point between the margins of an A4 page."""
_TWIPS_PER_POINT = 20
_TWIPS_PER_CHARACTER = 84
"""Of 8.5 point text, on average."""
_LINES_OF_A_PAGE = {False: 58, True: 36}


def write_report(
    report: Composed, path: Path, *, template: Path | None = None, made: datetime.datetime | None = None
) -> None:
    """Write a report to a Word file.

    Args:
        report: what to write.
        path: the file, which is replaced as a whole.
        template: a Word file whose styles, headers and footers are used; None for ours.
        made: when, in UTC; None for now.

    Raises:
        BadInput: the template cannot be used, or the file cannot be written.
    """
    made = made or datetime.datetime.now(datetime.UTC)
    body = _Body()
    written = list(body.parts(report))
    contents = body.contents.field() if body.contents.entries else []
    write_document(
        path,
        [*_title_page(report, body.numbers), *contents, *written],
        Properties(
            title=report.title,
            subject=report.subtitle,
            author=report.subtitle,
            keywords="qualitative evaluation; evidence by evaluation question",
            comments="Made with tbcp-qual. De-identified, not anonymous.",
            header=report.header,
            created=made.replace(tzinfo=None),
        ),
        template=template,
        pictures=body.pictures,
    )


def _title_page(report: Composed, numbers: Iterator[int]) -> Iterator[str]:
    title = run(report.title)
    yield paragraph("Title", bookmark(next(numbers), report.state, title) if report.state else title)
    yield paragraph("Subtitle", run(report.subtitle))
    for name, words in report.facts:
        yield paragraph("Fact", run(f"{name}\t", "Label"), run(words))
    for words in report.notices:
        yield paragraph("Notice", run(words))


class _Body:
    """Writes blocks, and numbers bookmarks and tables as it goes."""

    def __init__(self) -> None:
        self.numbers = itertools.count(1)
        self.contents = Contents(self.numbers, deepest=1)
        self.tables = itertools.count(1)
        self.pictures: dict[str, bytes] = {}
        self._anchored: set[str] = set()

    def parts(self, report: Composed) -> Iterator[str]:
        across = False
        for part in report.parts:
            if part.landscape != across:
                yield paragraph("SectionEnd", section=markup.section(landscape=across))
                across = part.landscape
            for block in part.blocks:
                yield from self._block(block, across)
        yield markup.section(landscape=across)

    def _block(self, block: Block, across: bool) -> Iterator[str]:
        if isinstance(block, Heading):
            # In a house template a heading may begin no page; the first one leaves the contents behind.
            yield self.contents.heading(block.level, block.words, new_page=not self.contents.entries)
        elif isinstance(block, Paragraph):
            yield self._paragraph(block)
        elif isinstance(block, Figure):
            yield from self._figure(block, across)
        else:
            yield from self._table(block, across)

    def _paragraph(self, block: Paragraph) -> str:
        content = "".join(map(_text, block.content))
        if block.anchor and block.anchor not in self._anchored:
            self._anchored.add(block.anchor)
            content = bookmark(next(self.numbers), block.anchor, content)
        return paragraph(_STYLES[block.kind], content)

    def _figure(self, figure: Figure, across: bool) -> Iterator[str]:
        number = len(self.pictures) + 1
        plan = drawn(figure, (_LANDSCAPE if across else _PORTRAIT) / _TWIPS_PER_POINT)
        self.pictures[picture_id(number)] = metafile(plan)
        size = plan.width, plan.height
        shown = picture(number, size, title=figure.title, description=figure.description)
        yield paragraph("Normal", shown, with_next=True)
        caption = run("Figure ") + field("SEQ Figure \\* ARABIC", str(number)) + run(f". {figure.title}")
        yield paragraph("Caption", caption, with_next=False)

    def _table(self, table: Table, across: bool) -> Iterator[str]:
        number = str(next(self.tables))
        caption = run("Table ") + field("SEQ Table \\* ARABIC", number) + run(f". {table.title}")
        yield paragraph("Caption", caption, with_next=True)
        whole = _LANDSCAPE if across else _PORTRAIT
        widths = [round(whole * share) for share in table.widths]
        head = [paragraph("MatrixHeading", run(name or NOTHING)) for name in table.headings]
        rows = [markup.table_row(zip(widths, head, strict=True), header=True)]
        for row in table.rows:
            most = max(_lines(cell, width) for cell, width in zip(row, widths, strict=True))
            written = [self._cell(cell) for cell in row]
            split = most > _LINES_OF_A_PAGE[across]
            rows.append(markup.table_row(zip(widths, written, strict=True), may_split=split))
        yield markup.table(rows, style="EvidenceTable", widths=widths, title=table.title, description=table.description)
        yield paragraph("AfterTable")

    def _cell(self, cell: Cell) -> str:
        said = [block for block in cell if block.words.strip()]
        return "".join(map(self._paragraph, said)) or paragraph("MatrixText", run(NOTHING))


def _text(text: Text) -> str:
    if text.to:
        return link(text.to, run(text.words, "SourceLink"))
    return run(text.words, _LOOKS[text.look])


def _lines(cell: Iterable[Paragraph], width: int) -> int:
    """Estimate how many lines a cell takes."""
    across = max(width // _TWIPS_PER_CHARACTER, 1)
    return sum(1 + len(block.words) // across + block.words.count("\n") for block in cell)
