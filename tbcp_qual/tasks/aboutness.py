"""Saying which family a part of a document is about: a turn, a section, or any words."""

from dataclasses import dataclass
from itertools import groupby

from tbcp_qual.analysis.sources import Sources
from tbcp_qual.coding import aboutness
from tbcp_qual.coding.changes import Revision
from tbcp_qual.coding.spans import Span
from tbcp_qual.coding.text import one_line
from tbcp_qual.errors import UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.cases import find_case
from tbcp_qual.tasks.structure import Opened, open_document


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPart:
    """A part of a document and the case that it is about."""

    case: str
    first: int
    """Number of the turn it begins in, counted from 1; 0 where it lies in none."""
    last: int
    section: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutDocument:
    """What a document and its parts are about."""

    document: str
    cases: tuple[str, ...]
    """Labels of what the whole of it is about: this holds wherever nothing is said of a part."""
    parts: tuple[AboutPart, ...]


def about_document(project: Project, name: str, *, viewer: str) -> AboutDocument:
    """Return what a document and its parts are about.

    Raises:
        UsageError: there is no such document.
    """
    opened = open_document(project, viewer, name)
    snapshot, document = opened.snapshot, opened.document
    sources = Sources(snapshot)
    parts = []
    for about in snapshot.abouts:
        touched = sources.turns(document.id, about.text, Span(about.start, about.end))
        parts.append(
            AboutPart(
                case=snapshot.case_by_id[about.case].label,
                first=touched[0][0] if touched else 0,
                last=touched[-1][0] if touched else 0,
                section=", ".join(dict.fromkeys(turn.section for _, turn in touched if turn.section)),
                start=about.start,
                end=about.end,
                words=opened.words[about.start : about.end] if about.text == document.text else "",
            )
        )
    labels = tuple(snapshot.case_by_id[case].label for case in document.cases if case in snapshot.case_by_id)
    return AboutDocument(document=document.name, cases=labels, parts=tuple(parts))


def set_about(
    project: Project,
    name: str,
    case: str,
    *,
    coder: str,
    turns: str = "",
    section: str = "",
    quotation: str = "",
    take_back: bool = False,
) -> Revision | None:
    """Say that a part of a document is about a case, or take that back; one revision.

    Args:
        name: of the document.
        case: label of the case.
        turns: `4` or `4-9`; with `quotation` the one turn that holds the words.
        section: its heading.
        quotation: the words themselves.
        take_back: take back what was said of exactly this part.

    Raises:
        UsageError: there is no such document, case or part.
    """
    opened = open_document(project, coder, name)
    found = find_case(opened.snapshot.cases, case)
    spans = _spans(opened, turns, section, quotation)
    label = f"{'no longer said: ' if take_back else ''}part of {opened.document.name} is about {found.label}"
    if not take_back:
        changes = aboutness.mark_about(opened.snapshot.abouts, opened.document, spans, found.id)
        return project.apply(label, changes, coder=coder)
    changes = aboutness.unmark_about(opened.snapshot.abouts, opened.document, spans, found.id)
    if not changes:
        said = about_document(project, name, viewer=coder)
        theirs = [_turns(part) for part in said.parts if part.case == found.label]
        hint = f"It is said of {'; '.join(dict.fromkeys(theirs))}." if theirs else "Nothing is said to be about it."
        raise UsageError(f"Of exactly this part nobody said that it is about {found.label}.", hint)
    return project.apply(label, changes, coder=coder)


def _turns(part: AboutPart) -> str:
    return f"turn {part.first}" if part.first == part.last else f"turns {part.first}-{part.last}"


def _spans(opened: Opened, turns: str, section: str, quotation: str) -> list[Span]:
    """Return the stretches that a person named in one of three ways."""
    if bool(section) + bool(turns or quotation) != 1:
        raise UsageError("Which part is meant?", "Name turns, a section or a quotation: --turn 4-9")
    if section:
        wanted = one_line(section).casefold()
        spans = [
            Span(stretch[0].start, stretch[-1].end)
            for title, group in groupby(opened.turns, key=lambda turn: turn.section.casefold())
            if title == wanted and (stretch := list(group))
        ]
        if not spans:
            there = list(dict.fromkeys(turn.section for turn in opened.turns if turn.section))
            hint = f"Its sections are: {', '.join(there[:20])}." if there else "It has no sections."
            raise UsageError(f"“{opened.document.name}” has no section “{one_line(section)[:60]}”.", hint)
        return spans
    within, where = Span(0, len(opened.words)), f"“{opened.document.name}”"
    if turns:
        first, last = opened.named(turns)
        within = Span(opened.turns[first].start, opened.turns[last].end)
        where = f"those turns of {where}"
    return [opened.quoted(quotation, within, where)] if quotation else [within]
