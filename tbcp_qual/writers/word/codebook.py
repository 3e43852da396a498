"""The codebook as a Word file for reading: the tree at a glance, every definition, the themes, what was retired."""

import datetime
import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path

from tbcp_qual.coding.codebook import in_order
from tbcp_qual.coding.records import Approach, Code
from tbcp_qual.coding.versions import Framework
from tbcp_qual.writers.word import markup
from tbcp_qual.writers.word.contents import Contents
from tbcp_qual.writers.word.document import Properties, write_document
from tbcp_qual.writers.word.markup import bookmark, bookmark_name, field, link, paragraph, run
from tbcp_qual.writers.word.wording import counted, day, listed

_APPROACHES = {
    "framework": "framework analysis with a codebook",
    "coding reliability": "coding reliability",
    "reflexive": "reflexive thematic analysis",
}
_NOTICE = (
    "Examples may be words of people who took part. They are de-identified, not anonymous: check each for what could "
    "point to a person before the codebook is published."
)
_DEFINITIONS = (
    ("What it is", "brief"),
    ("Definition", "full"),
    ("When to use", "use_when"),
    ("When not to use", "not_when"),
)
_WIDTHS = (2700, 5398, 1200)
_WIDTHS_COUNTED = (2500, 3648, 1150, 1000, 1000)
"""Twentieths of a point; an A4 page has 9298 between its margins."""
_STEP = "\u2003"
"""Before a name, for each level of the tree."""

Counts = tuple[Mapping[str, int], Mapping[str, int]]
"""Codings of each code alone and with those below it, by id."""


def write_codebook(
    framework: Framework,
    path: Path,
    *,
    project: str,
    approach: Approach,
    version: str,
    counts: Counts | None = None,
    made: datetime.datetime | None = None,
) -> None:
    """Write a codebook to a Word file, which is replaced as a whole.

    Args:
        framework: the codebook.
        path: the file.
        project: what the study is called.
        approach: of the study.
        version: which version it is, in words.
        counts: to be shown with the codes; None for none.
        made: when, in UTC; None for now.

    Raises:
        BadInput: the file cannot be written.
    """
    made = made or datetime.datetime.now(datetime.UTC)
    numbers = itertools.count(1)
    contents = Contents(numbers)
    body = [
        *_glance(framework, contents, counts),
        *_definitions(framework, contents, numbers, counts),
        *_themes(framework, contents),
        *_questions(framework, contents),
        *_retired(framework, contents),
        markup.section(landscape=False),
    ]
    write_document(
        path,
        [*_front(framework, project, approach, version, made.date()), *contents.field(), *body],
        Properties(
            title=f"Codebook: {project}",
            subject="Codes, definitions and themes",
            author=project,
            keywords="codebook; qualitative evaluation",
            comments="Made with tbcp-qual. De-identified, not anonymous.",
            header=f"{project} · codebook",
            created=made.replace(tzinfo=None),
        ),
    )


def _fact(name: str, text: str) -> str:
    return paragraph("Fact", run(f"{name}\t", "Label"), run(text))


def _front(framework: Framework, project: str, approach: Approach, version: str, made: datetime.date) -> Iterator[str]:
    used = [code for code in framework.codes if code.id in framework.in_use]
    provisional = sum(code.status == "provisional" for code in used)
    retired = len(framework.codes) - len(used)
    parts = [f"{len(used) - provisional:,} agreed", f"{provisional:,} provisional"]
    codes = f"{counted(len(used), 'code')}: {listed(parts)}{f'; {retired:,} taken out of use' if retired else ''}"
    yield paragraph("Title", run("Codebook"))
    yield paragraph("Subtitle", run(project))
    yield _fact("Made", f"{day(made)}, with tbcp-qual")
    yield _fact("Approach", _APPROACHES[approach])
    yield _fact("Version", version)
    yield _fact("Codes", codes if framework.codes else "none yet")
    yield _fact("Themes", f"{len(framework.themes):,}" if framework.themes else "none yet")
    yield paragraph("Notice", run(_NOTICE))


def _anchor(code: Code) -> str:
    return bookmark_name("d", code.id)


def _glance(framework: Framework, contents: Contents, counts: Counts | None) -> Iterator[str]:
    """Give the tree as a table: each name leads to its definition."""
    yield contents.heading(1, "The codes at a glance")
    walked = list(framework.codebook.walk())
    if not walked:
        yield paragraph("Normal", run("No codes yet."))
        return
    title = "Codes, by their place in the tree"
    yield paragraph("Caption", run("Table "), field("SEQ Table \\* ARABIC", "1"), run(f". {title}"))
    widths = _WIDTHS if counts is None else _WIDTHS_COUNTED
    names = ["Code", "What it is", "Status", *(["Codings", "With below"] if counts is not None else [])]
    head = [paragraph("MatrixHeading", run(name)) for name in names]
    rows = [markup.table_row(zip(widths, head, strict=True), header=True)]
    for depth, code in walked:
        name = run(_STEP * depth) + link(_anchor(code), run(code.name, "SourceLink"))
        cells = [
            paragraph("MatrixText" if depth else "MatrixRow", name),
            paragraph("MatrixText", run(code.brief)),
            paragraph("MatrixDetail", run(code.status)),
        ]
        if counts is not None:
            cells += [paragraph("MatrixText", run(f"{numbers.get(code.id, 0):,}")) for numbers in counts]
        rows.append(markup.table_row(zip(widths, cells, strict=True)))
    yield markup.table(
        rows,
        style="EvidenceTable",
        widths=list(widths),
        title=title,
        description="A row is a code; those below it follow it, further to the right.",
    )


def _definitions(
    framework: Framework, contents: Contents, numbers: Iterator[int], counts: Counts | None
) -> Iterator[str]:
    yield contents.heading(1, "Definitions")
    for depth, code in framework.codebook.walk():
        heading = contents.heading(2 if depth == 0 else 3, code.name, listed=depth == 0)
        yield f"{heading.removesuffix('</w:p>')}{bookmark(next(numbers), _anchor(code), '')}</w:p>"
        yield paragraph("MatrixNote", run(_place(framework, code, counts)))
        told = [(name, str(getattr(code, which))) for name, which in _DEFINITIONS]
        yield from (_fact(name, text) for name, text in told if text)
        if code.example:
            yield _fact("Example", code.example if code.example.startswith(("“", "‘", '"')) else f"“{code.example}”")
        if not any(text for _, text in told):
            yield _fact("Definition", "none yet")


def _place(framework: Framework, code: Code, counts: Counts | None) -> str:
    """Return where a code lies, where it came from and what is known of it, on one line."""
    book = framework.codebook
    parts = [f"below {book.path(code.parent)}"] if code.parent in book.by_id and code.parent else []
    parts += [code.origin, code.status]
    keys = [framework.keys[question] for question in code.questions if question in framework.keys]
    if keys:
        parts.append(f"{'question' if len(keys) == 1 else 'questions'} {', '.join(keys)}")
    if code.domain:
        parts.append(f"excludes others of “{code.domain}”")
    if book.colour(code.id):
        parts.append(book.colour(code.id))
    if counts is not None:
        own, branch = (numbers.get(code.id, 0) for numbers in counts)
        parts.append(counted(own, "coding") + (f", {branch:,} with those below" if branch != own else ""))
    return " · ".join(parts)


def _themes(framework: Framework, contents: Contents) -> Iterator[str]:
    if not framework.themes:
        return
    yield contents.heading(1, "Themes")
    book = framework.codebook
    for theme in sorted(framework.themes, key=lambda theme: (theme.position, theme.name, theme.id)):
        codes = [book.path(code) for code in theme.codes if code in framework.in_use]
        keys = [framework.keys[question] for question in theme.questions if question in framework.keys]
        yield paragraph("ThemeName", run(theme.name))
        yield paragraph("ThemeDefinition", run(theme.definition or "No definition yet."))
        about = f"{'Question' if len(keys) == 1 else 'Questions'} {', '.join(keys)} · " if keys else ""
        takes = f"Codes: {'; '.join(codes)}" if codes else "No codes yet."
        yield paragraph("ThemeCodes", run(f"{about}{takes}"))


def _questions(framework: Framework, contents: Contents) -> Iterator[str]:
    if not framework.questions:
        return
    yield contents.heading(1, "Evaluation questions")
    for question in in_order(framework.questions):
        if question.parent is None:
            short = f"{question.short}: " if question.short else ""
            yield paragraph("Question", run(f"{question.key}  {short}", "Label"), run(question.text))
        else:
            yield paragraph("Subquestion", run(f"{question.key}\t", "Label"), run(question.text))


def _retired(framework: Framework, contents: Contents) -> Iterator[str]:
    """Give what is no longer in use, so that a report on earlier coding can still be read."""
    gone = [code for _, code in framework.codebook.walk(retired=True) if code.id not in framework.in_use]
    if not gone:
        return
    yield contents.heading(1, "Taken out of use")
    book = framework.codebook
    for code in gone:
        what = f"merged into {book.path(code.merged_into)}" if code.merged_into else "retired"
        yield paragraph("ThemeName", run(book.path(code.id)))
        yield paragraph("ThemeCodes", run(what))
        if code.brief:
            yield paragraph("ThemeDefinition", run(code.brief))
