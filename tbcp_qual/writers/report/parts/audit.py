"""What the case-file audit found: a table for each section of the tool, in counts of files."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import groupby

from tbcp_qual.analysis.audit import Audit, ItemResult
from tbcp_qual.analysis.suppression import SMALLEST, hidden_counts, suppressed
from tbcp_qual.coding.records import BESIDE_LEVELS, Item
from tbcp_qual.writers.report.blocks import NOTHING, Block, Heading, Part, Table, fact, say, to_write
from tbcp_qual.writers.report.material import Material
from tbcp_qual.writers.word.wording import counted

_EXPLAINED = (
    "Every file was held against the same items. Counts are of files, and a family may have several. Where raters saw a "
    "file differently it has no result until they have settled it."
)


def part(material: Material) -> Part:
    """Return the tables; nothing where there is no audit."""
    audit = Audit(material.now)
    if not audit.items or not material.now.ratings:
        return Part(key="audit", blocks=())
    blocks: list[Block] = [Heading(1, "The case-file audit"), say("normal", _EXPLAINED)]
    hidden = False
    for section, results in groupby(audit.results(), key=lambda one: one.item.section):
        told = [_told(material, one) for one in results]
        blocks.append(_table(material, section, told, len(audit.files)))
        hidden = hidden or any(one.hidden for one in told)
    blocks.append(
        say("note", f"{counted(len(audit.files), 'file')}. " + (hidden_counts(material.largest) if hidden else ""))
    )
    if not material.reflexive:
        agreed = [audit.agreed(item) for item in audit.items]
        if any(one.rated for one in agreed):
            said = "; ".join(f"{one.item.key} {one.same} of {one.rated}" for one in agreed if one.rated)
            blocks.append(say("normal", f"Files of which two raters said the same before they talked: {said}."))
    blocks.append(to_write("what the audit means for the questions it speaks to."))
    return Part(key="audit", blocks=tuple(blocks))


def on_question(material: Material, questions: Set[str]) -> Iterator[Block]:
    """Give what the audit says to some questions, item by item; nothing where it has no item on them."""
    audit = Audit(material.now)
    items = [item for item in audit.items if not questions.isdisjoint(item.questions)] if material.now.ratings else []
    if not items:
        return
    yield Heading(2, "What the case-file audit says")
    told = [_told(material, audit.result(item)) for item in items]
    for one in told:
        yield fact(one.item.key, f"{one.item.text.rstrip('.')}. Files: {'; '.join((*one.levels, *one.beside))}.")
    hidden = hidden_counts(material.largest) if any(one.hidden for one in told) else ""
    yield say("note", f"Of {counted(len(audit.files), 'file')}, and a family may have several. {hidden}".strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """An item as its readers may know it."""

    item: Item
    levels: tuple[str, ...]
    """`own words: 6`."""
    beside: tuple[str, ...]
    """What stands beside the scale, where there is any."""
    hidden: bool
    """Whether counts were taken out."""


def _told(material: Material, one: ItemResult) -> _Told:
    """Count files out; what raters have not settled or not looked at says nothing of a family."""
    counts = list(one.counts.values())
    (shown,) = suppressed([counts], column_totals=False, largest=material.largest) if material.beyond else [counts]
    said = [
        f"{level}: {_count(count, left, material.largest)}"
        for (level, count), left in zip(one.counts.items(), shown, strict=True)
        if count or level not in BESIDE_LEVELS
    ]
    scale = len(one.item.levels)
    others = (("raters differ", one.differs), ("not rated", one.unrated))
    return _Told(
        item=one.item,
        levels=tuple(said[:scale]),
        beside=(*said[scale:], *(f"{words}: {count}" for words, count in others if count)),
        hidden=None in shown,
    )


def _count(count: int, left: int | None, largest: int) -> str:
    if left is not None:
        return str(left)
    return f"≤ {largest}" if SMALLEST <= count <= largest else "*"


def _table(material: Material, section: str, told: list[_Told], files: int) -> Table:
    keys = {question.id: question.key for question in material.now.ordered_questions}
    title = f"Case-file audit: {section[:1].lower()}{section[1:]}" if section else "Case-file audit"
    return Table(
        title=title,
        description=f"A row is an item of the audit tool; counts are of {files} files, at each level of the item.",
        headings=("Item", "What is looked for", "Files at each level", "Beside the scale", "Questions"),
        rows=tuple(
            (
                (say("cell name", one.item.key),),
                (say("cell", one.item.text),),
                tuple(say("cell", level) for level in one.levels),
                tuple(say("cell", words) for words in one.beside) or (say("cell", NOTHING),),
                (say("cell", ", ".join(key for id, key in keys.items() if id in one.item.questions) or NOTHING),),
            )
            for one in told
        ),
        widths=(0.08, 0.35, 0.23, 0.21, 0.13),
    )
