"""The report on a study: gathered, composed for its readers, checked for what it would give away, and written."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from tbcp_qual.analysis.confidence import overclaims
from tbcp_qual.analysis.suppression import LARGEST, SMALLEST
from tbcp_qual.coding.records import Audience
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.errors import BadInput, UsageError
from tbcp_qual.privacy.disclosure import Counted, Matter, Quoted
from tbcp_qual.store import Project
from tbcp_qual.tasks.rekeying import PRESENT
from tbcp_qual.tasks.report_material import anchor_name, gather
from tbcp_qual.writers.report.blocks import Composed, Heading, Paragraph, Part, Table, exchanged
from tbcp_qual.writers.report.material import Material, days
from tbcp_qual.writers.report.order import PARTS
from tbcp_qual.writers.report.parts.standards import APPROACHES
from tbcp_qual.writers.report.parts.tables import evidence_tables
from tbcp_qual.writers.word.wording import counted, listed

SUFFIXES = (".docx", ".html", ".xlsx")
"""What a report can be written as."""
_PERSONS = frozenset({"answer", "caveats", "finding", "explained", "cell summary"})
"""Kinds of paragraphs that somebody wrote; what may identify people is looked for in them too."""
CITING = ("questions", "matrix")
"""Parts that cite quotations: an annex alone holds what they would."""
_QUOTED = frozenset({"quotation", "cell quotation"})
PRIVACY = (
    "The texts are de-identified, not anonymous: pseudonymised words of families are still personal data. Keep this "
    "file where the project is kept."
)
PRIVACY_BEYOND = "Made for readers beyond the team: labels were made for this report, words that may not be quoted are left out{few}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A report that is composed but not yet written."""

    composed: Composed
    matter: Matter
    """What the disclosure check looks at."""
    made: datetime.datetime
    quotations: int
    overclaiming: tuple[tuple[str, str], ...]
    """Where a statement says more than a study without a comparison group can, and the word."""


def prepare_report(
    project: Project,
    now: Snapshot,
    *,
    viewer: str,
    audience: Audience,
    parts: Sequence[str] = (),
    headings: bool = False,
    longest: int | None = None,
    quotations: bool = True,
    everything: bool = False,
    attributes: Sequence[str] = (),
    without: Collection[str] = (),
    tables: bool = False,
    largest: int = LARGEST,
    made: datetime.datetime | None = None,
) -> Prepared:
    """Compose a report for its readers.

    Args:
        project: an open project.
        now: what the viewer may see of it.
        viewer: id of the coder who looks.
        audience: who reads it.
        parts: keys of the parts that are wanted; none for all of them.
        headings: whether feasibility, promise and readiness are headings of their own.
        longest: characters of a quotation, beyond which `[…]` stands; None for all.
        quotations: whether words are quoted at all.
        everything: whether the annex holds all passages, and not only those cited.
        attributes: names of the case attributes that rows of the matrix show.
        without: references of passages that must not be shown.
        tables: whether there are tables for a workbook as well.
        largest: counts of families and files from 1 to this are not given beyond the team; 0 gives all of them.
        made: when, in UTC; None for now.

    Raises:
        BadInput: there are no themes.
        UsageError: there is no such part or attribute.
    """
    unknown = [key for key in parts if key not in PARTS]
    if unknown:
        raise UsageError(f"No part of the report is called “{unknown[0]}”.", f"There is: {', '.join(PARTS)}.")
    made = made or datetime.datetime.now(datetime.UTC)
    wanted: Collection[str] = [key for key in PARTS if not parts or key in parts]
    material, labels = gather(
        project,
        now,
        viewer=viewer,
        audience=audience,
        made=made,
        parts=wanted,
        headings=headings or "headings" in parts,
        longest=longest,
        quotations=quotations,
        everything=everything,
        attributes=attributes,
        without=without,
        largest=largest,
    )
    few = f", and counts from {SMALLEST} to {largest} of families and case files are not given" if largest else ""
    composed = exchanged(
        Composed(
            title="Evidence by evaluation question",
            subtitle=now.project.name,
            facts=tuple(_facts(material)),
            notices=(PRIVACY_BEYOND.format(few=few), PRIVACY) if material.beyond else (PRIVACY,),
            state="" if material.beyond else _state(project),
            header=f"{now.project.name} · {'for the ' if material.beyond else 'de-identified, for the '}{audience}",
            parts=_composed(material, wanted),
            tables=evidence_tables(material) if tables and not parts else (),
        ),
        labels.change,
    )
    return Prepared(
        composed=composed,
        matter=_matter(material, composed),
        made=made,
        quotations=sum(bool(one.words) for one, _ in material.quotes.cited),
        overclaiming=tuple(_overclaiming(material)),
    )


def _composed(material: Material, wanted: Collection[str]) -> tuple[Part, ...]:
    if set(wanted).isdisjoint(CITING):
        for key in CITING if "annex" in wanted else ():
            PARTS[key](material)
    # A citation in the methods counts what the parts before cite, and the annex comes after all of them.
    parts = (PARTS[key](material) for key in wanted)
    return tuple(part for part in parts if part.blocks)


def _state(project: Project) -> str:
    """Return the anchor that says which state of the project a file shows: what was last done to it."""
    last = project.history(limit=1)[0].revision.id
    return anchor_name("at", last.replace(".", "_"))


def _facts(material: Material) -> list[tuple[str, str]]:
    now = material.now
    kinds = [f"{told.people:,} {told.unit}" for told in material.flow if told.people]
    coders = [coder.name for coder in material.coders]
    return [
        ("Made", f"{days(material.made.date().isoformat())}, with tbcp-qual"),
        ("For", f"the {material.audience}"),
        ("Approach", APPROACHES[now.project.approach]),
        ("Rests on", listed(kinds) or "no documents yet"),
        ("Coding", f"{counted(len(now.codings), 'coding')} by {listed(coders) or 'nobody yet'}"),
        ("Findings", f"{counted(len(now.findings), 'finding')} on {counted(len(material.boards), 'question')}"),
    ]


def _matter(material: Material, composed: Composed) -> Matter:
    """Return what of a report could give somebody away."""
    quotations = [
        Quoted(
            reference=one.passage.reference,
            words=one.words,
            theme=theme,
            speaker=one.voice.label or one.voice.role,
            role="" if one.voice.role == PRESENT else one.voice.role,
            families=tuple(sorted({*one.passage.about, *one.passage.by})),
            permission=one.permission,
            recorded=one.recorded,
        )
        for one, themes in material.quotes.cited
        if one.words
        for theme in themes or ("",)
    ]
    lines = {line.finding.id: line for board in material.boards for line in board.findings}
    cells = [(f"finding {line.finding.key}", line.families) for line in lines.values()]
    rows = None
    if not material.beyond and material.chart.rows_are == "case":
        rows = {row.label: row.details for row in material.chart.rows}
    written, others = said_in(composed)
    people = [told.people for told in material.flow if told.people]
    return Matter(
        quotations=(*quotations, *(_prose(where, words) for where, words in written)),
        prose=tuple(others),
        cells=tuple(cells),
        rows=rows,
        tables=(Counted(title="who took part", unit="people or files", of_people_asked=True, counts=[people]),),
    )


def _prose(where: str, words: str) -> Quoted:
    return Quoted(reference=where, words=words, theme="", speaker="", role="", families=(), permission="quote")


def said_in(composed: Composed) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return what people wrote of families, and what else is said beside the quotations; each with where it stands."""
    of_people: list[tuple[str, str]] = []
    others: list[tuple[str, str]] = []
    for part in composed.parts:
        title = ""
        for block in part.blocks:
            paragraphs: list[Paragraph] = []
            if isinstance(block, Heading):
                title = title or block.words
                others.append((f"heading of {title}", block.words))
            elif isinstance(block, Paragraph):
                paragraphs = [block]
            elif isinstance(block, Table):
                paragraphs = [paragraph for row in block.rows for cell in row for paragraph in cell]
            for paragraph in paragraphs:
                if paragraph.kind in _PERSONS:
                    where = f"{paragraph.kind.removeprefix('cell ')} {len(of_people) + 1}"
                    of_people.append((where, paragraph.words))
                elif paragraph.kind not in _QUOTED:
                    others.append((f"{title}: {paragraph.kind}".strip(": "), paragraph.words))
    return of_people, list(dict.fromkeys(others))


def _overclaiming(material: Material) -> list[tuple[str, str]]:
    told = [(f"finding {finding.key}", finding.statement) for finding in material.now.findings]
    keys = {question.id: question.key for question in material.now.questions}
    told += [(f"the answer to {keys.get(a.question, '')}", f"{a.words} {a.caveats}") for a in material.now.answers]
    return [(where, word) for where, words in told for word in overclaims(words)[:1]]


def report_path(project: Project, path: Path) -> Path:
    """Return where a report is written; `.docx` is added where the name does not say what kind of file it is.

    Raises:
        BadInput: it is the project itself.
    """
    if path.suffix.casefold() not in SUFFIXES and not path.is_dir():
        path = path.with_name(path.name + SUFFIXES[0])
    if path.exists() and path.samefile(project.path):
        raise BadInput(f"{path} is the project itself.", "Give the report another name.")
    return path


def write_prepared(prepared: Prepared, path: Path, *, template: Path | None = None) -> str:
    """Write a report as the ending of its name says; return what it holds, in words.

    Raises:
        BadInput: the template cannot be used, a text is too long for a cell, or the file cannot be written.
        UsageError: there is a template, and the file is none of Word.
    """
    kind = path.suffix.casefold()
    if template is not None and kind != ".docx":
        raise UsageError("A template is for Word files.", "Name the report FILE.docx, or leave out --template.")
    quotations = counted(prepared.quotations, "quotation")
    if kind == ".xlsx":
        from tbcp_qual.writers.excel.report import write_tables

        return f"{counted(write_tables(prepared.composed, path, made=prepared.made), 'sheet')}, {quotations}"
    tables = counted(sum(1 for _ in prepared.composed.placed_tables()), "table")
    if kind == ".html":
        from tbcp_qual.writers.web.report import write_page

        write_page(prepared.composed, path)
    else:
        from tbcp_qual.writers.word.report import write_report

        write_report(prepared.composed, path, template=template, made=prepared.made)
    return f"{tables}, {quotations}"
