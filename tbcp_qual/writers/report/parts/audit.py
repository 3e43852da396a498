"""What the case-file audit found: a table for each section of the tool, in counts of files."""

from itertools import groupby

from tbcp_qual.analysis.audit import Audit, ItemResult
from tbcp_qual.analysis.suppression import SMALLEST, hidden_counts, suppressed
from tbcp_qual.coding.records import BESIDE_LEVELS
from tbcp_qual.writers.report.blocks import NOTHING, Block, Heading, Part, Table, say, to_write
from tbcp_qual.writers.report.material import Material

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
        table, took_out = _table(material, section, list(results), len(audit.files))
        blocks.append(table)
        hidden = hidden or took_out
    blocks.append(say("note", f"{len(audit.files)} files. " + (hidden_counts(material.largest) if hidden else "")))
    if not material.reflexive:
        told = [audit.agreed(item) for item in audit.items]
        if any(one.rated for one in told):
            said = "; ".join(f"{one.item.key} {one.same} of {one.rated}" for one in told if one.rated)
            blocks.append(say("normal", f"Files of which two raters said the same before they talked: {said}."))
    blocks.append(to_write("what the audit means for the questions it speaks to."))
    return Part(key="audit", blocks=tuple(blocks))


def _table(material: Material, section: str, results: list[ItemResult], files: int) -> tuple[Table, bool]:
    """Return the table of a section, and whether counts were taken out of it."""
    rows, hidden = [], False
    for one in results:
        counts = [*one.counts.values(), one.differs, one.unrated]
        (shown,) = suppressed([counts], column_totals=False, largest=material.largest) if material.beyond else [counts]
        hidden = hidden or None in shown
        cells = [
            f"≤ {material.largest}"
            if left is None and SMALLEST <= count <= material.largest
            else "*"
            if left is None
            else str(left)
            for count, left in zip(counts, shown, strict=True)
        ]
        levels = [
            f"{level}: {cell}" for level, cell in zip(one.item.levels, cells[: len(one.item.levels)], strict=True)
        ]
        beside = [
            f"{words}: {cell}"
            for words, cell, count in zip(
                (*BESIDE_LEVELS, "raters differ", "not rated"),
                cells[len(one.item.levels) :],
                counts[len(one.item.levels) :],
                strict=True,
            )
            if count
        ]
        questions = [question.key for question in material.now.ordered_questions if question.id in one.item.questions]
        rows.append(
            (
                (say("cell name", one.item.key),),
                (say("cell", one.item.text),),
                tuple(say("cell", level) for level in levels),
                tuple(say("cell", words) for words in beside) or (say("cell", NOTHING),),
                (say("cell", ", ".join(questions) or NOTHING),),
            )
        )
    title = f"Case-file audit: {section[:1].lower()}{section[1:]}" if section else "Case-file audit"
    table = Table(
        title=title,
        description=f"A row is an item of the audit tool; counts are of {files} files, at each level of the item.",
        headings=("Item", "What is looked for", "Files at each level", "Beside the scale", "Question"),
        rows=tuple(rows),
        widths=(0.08, 0.38, 0.24, 0.2, 0.1),
    )
    return table, hidden
