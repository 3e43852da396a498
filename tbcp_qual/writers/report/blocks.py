"""What a report is made of: headings, paragraphs, tables and places to write, with no word about how they look.

All that is said goes through `Text`, so that labels can be exchanged in one pass before anything leaves the team.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

Look = Literal["", "label", "quiet", "reference", "negative"]
Kind = Literal[
    "normal",
    "question",
    "sub-question",
    "answer",
    "caveats",
    "finding",
    "explained",
    "lead",
    "note",
    "notice",
    "fact",
    "name",
    "definition",
    "codes",
    "group",
    "quotation",
    "to write",
    "cell",
    "cell name",
    "cell detail",
    "cell summary",
    "cell quotation",
]
EDITABLE: dict[str, Kind] = {
    "summary": "cell summary",
    "finding": "finding",
    "explained": "explained",
    "answer": "answer",
    "caveats": "caveats",
}
"""What an author may change in the file so that it finds its way back: each kind of text has a look of its own."""

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Text:
    """Words in one look; `to` is the anchor they lead to."""

    words: str
    look: Look = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; with an `anchor` it can be led to, or found again."""

    kind: Kind
    content: tuple[Text, ...]
    anchor: str = ""

    @property
    def words(self) -> str:
        """All it says."""
        return "".join(text.words for text in self.content)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3."""

    level: int
    words: str


Cell = tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with one row of headings; every row has as many cells as there are headings."""

    title: str
    description: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    """Shares of the width of the page; they add up to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestLine:
    """A figure of a forest plot with its interval."""

    label: str
    value: float | None
    """None where there is no figure: it is named, and nothing is drawn."""
    ends: tuple[float, float] | None
    """Of the interval; None where there is none."""
    said: str
    """What stands at the right: `0.71 (0.62 to 0.80)`."""
    pooled: bool = False
    """Whether it is drawn as a diamond, as what stands for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A forest plot."""

    title: str
    description: str
    """What a screen reader says in its place."""
    axis: str
    """What is measured."""
    lines: tuple[ForestLine, ...]


Block = Heading | Paragraph | Table | Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a report, which can also be had alone."""

    key: str
    """What it is called on the command line."""
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A report as it will be written."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    """What stands on the title page."""
    notices: tuple[str, ...]
    state: str
    """Anchor that says which state of the project it shows; empty where nothing is to be read back."""
    header: str
    parts: tuple[Part, ...]
    tables: tuple[Table, ...] = ()
    """Those for a workbook alone."""

    def blocks(self) -> Iterator[Block]:
        """Give all blocks."""
        for part in self.parts:
            yield from part.blocks

    def placed_tables(self) -> Iterator[Table]:
        """Give the tables that stand in the report."""
        return (block for block in self.blocks() if isinstance(block, Table))


def say(kind: Kind, words: str, *, anchor: str = "", look: Look = "") -> Paragraph:
    """Return a paragraph of one look."""
    return Paragraph(kind, (Text(words, look),), anchor)


def fact(name: str, words: str) -> Paragraph:
    """Return a name with what is to be said of it."""
    return Paragraph("fact", (Text(f"{name}\t", "label"), Text(words)))


def to_write(what: str) -> Paragraph:
    """Return a place for the author."""
    return say("to write", f"[To write: {what}]")


def cells(*words: str, first: Kind = "cell name", others: Kind = "cell") -> tuple[Cell, ...]:
    """Return a row of plain cells; a dash where there is nothing to say."""
    return tuple((say(first if n == 0 else others, text.strip() or NOTHING),) for n, text in enumerate(words))


def plain_table(
    title: str, description: str, headings: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float]
) -> Table:
    """Return a table of plain cells."""
    return Table(
        title=title,
        description=description,
        headings=tuple(headings),
        rows=tuple(cells(*row) for row in rows),
        widths=tuple(widths),
    )


def values(composed: Composed) -> dict[str, Any]:
    """Return a report as values for JSON: part by part, each block with what it is and what it says."""
    return {
        "title": composed.title,
        "subtitle": composed.subtitle,
        "facts": dict(composed.facts),
        "notices": composed.notices,
        "parts": [{"part": part.key, "blocks": [_values(block) for block in part.blocks]} for part in composed.parts],
    }


def _values(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"heading": block.words, "level": block.level}
    if isinstance(block, Paragraph):
        return {block.kind: block.words}
    if isinstance(block, Figure):
        return {
            "figure": block.title,
            "description": block.description,
            "lines": [{"label": line.label, "value": line.value, "ends": line.ends} for line in block.lines],
        }
    return {
        "table": block.title,
        "headings": block.headings,
        "rows": [["\n".join(paragraph.words for paragraph in cell) for cell in row] for row in block.rows],
    }


def exchanged(composed: Composed, change: Callable[[str], str]) -> Composed:
    """Return a report in which every word went through `change`; anchors stay."""

    def paragraph(block: Paragraph) -> Paragraph:
        return replace(block, content=tuple(replace(text, words=change(text.words)) for text in block.content))

    def block_of(block: Block) -> Block:
        if isinstance(block, Heading):
            return replace(block, words=change(block.words))
        if isinstance(block, Figure):
            return figure_of(block)
        return paragraph(block) if isinstance(block, Paragraph) else table_of(block)

    def figure_of(block: Figure) -> Figure:
        return replace(
            block,
            title=change(block.title),
            description=change(block.description),
            axis=change(block.axis),
            lines=tuple(replace(line, label=change(line.label)) for line in block.lines),
        )

    def table_of(block: Table) -> Table:
        return replace(
            block,
            title=change(block.title),
            description=change(block.description),
            headings=tuple(map(change, block.headings)),
            rows=tuple(tuple(tuple(map(paragraph, cell)) for cell in row) for row in block.rows),
        )

    return replace(
        composed,
        title=change(composed.title),
        subtitle=change(composed.subtitle),
        header=change(composed.header),
        facts=tuple((name, change(words)) for name, words in composed.facts),
        notices=tuple(map(change, composed.notices)),
        parts=tuple(replace(part, blocks=tuple(map(block_of, part.blocks))) for part in composed.parts),
        tables=tuple(map(table_of, composed.tables)),
    )
