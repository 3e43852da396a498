"""What the card of a case shows: read as values, and laid out as lines. No Textual here."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tbcp_qual.coding.aboutness import Aboutness
from tbcp_qual.coding.records import Document
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span
from tbcp_qual.coding.values import plain_number
from tbcp_qual.store import Project
from tbcp_qual.tasks.case_details import CaseDetails, case_details
from tbcp_qual.tui.desk import Desk
from tbcp_qual.tui.palette import colour
from tbcp_qual.tui.people_rows import MISSING
from tbcp_qual.tui.widgets.lines import Line

DOCUMENT = "document:"
"""Begins the key of a line that stands for a document."""

PERSON = "person:"

ATTRIBUTE = "attribute:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """How much one code is used of a case."""

    code: str
    by: int
    """Codings of words of its people."""
    about: int
    """Codings of words about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """All about one case, with what is coded of it."""

    details: CaseDetails
    documents: tuple[Document, ...]
    """Those that are about it, and those in which one of its people speaks."""
    codings: tuple[Spoken, ...]
    """By code, the most used first; only what the viewer may see."""


def read_card(project: Project, case: str, viewer: str) -> Card:
    """Read all about a case, by its id."""
    details = case_details(project, case, viewer=viewer)
    its = {participant.id for participant in details.participants}
    heard = {turn.document for turn in project.records("turn") if turn.participant in its} if its else set()
    wanted = heard | {one.document.id for one in details.documents}
    snapshot = project.snapshot(viewer, sorted(wanted))
    return Card(
        details=details,
        documents=tuple(document for document in snapshot.documents if document.id in wanted),
        codings=tuple(_spoken(snapshot, details.case.id)),
    )


def _spoken(snapshot: Snapshot, case: str) -> Iterator[Spoken]:
    concerned = Aboutness(snapshot.documents, snapshot.turns, snapshot.abouts, snapshot.participants)
    book = snapshot.codebook
    by: Counter[str] = Counter()
    about: Counter[str] = Counter()
    for coding in snapshot.codings:
        of = concerned.cases_of(coding.document, coding.text, Span(coding.start, coding.end))
        code = book.current(coding.code).id
        by[code] += case in of.by
        about[code] += case in of.about
    order = [code.id for _, code in book.walk(retired=True)]
    used = [code for code in order if by[code] or about[code]]
    for code in sorted(used, key=lambda code: -max(by[code], about[code])):
        yield Spoken(code=code, by=by[code], about=about[code])


def known_lines(card: Card) -> list[Line]:
    """Lines of what is known of the case: attributes, scores."""
    lines = [_heading("attributes")]
    lines += [
        Line(key=f"{ATTRIBUTE}{variable.name}", text=variable.name, note=value or MISSING)
        for variable, value in card.details.values
    ] or [_teaching("none: they come in with `tbcp-qual cases import`")]
    if card.details.scores:
        lines += [_heading(""), _heading("measures")]
        for scale, by_time in card.details.scores.items():
            shown = "  ".join(f"{when} {plain_number(value)}" for when, value in by_time.items())
            lines.append(Line(key=f"scale:{scale}", text=scale, note=shown))
    return lines


def work_lines(card: Card, desk: Desk, *, dark: bool) -> list[Line]:
    """Lines of the people of the case, its documents, and what is coded of it."""
    lines = [_heading("people")]
    lines += [
        Line(
            key=f"{PERSON}{person.id}",
            text=f"{person.label}  {person.role}".strip(),
            note="withdrawn" if person.withdrawn else person.permission or "permission not recorded",
        )
        for person in card.details.participants
    ] or [_teaching("nobody is said to belong to it")]
    lines += [_heading(""), _heading("documents")]
    parts = {one.document.id: one for one in card.details.documents}
    for document in card.documents:
        there = parts.get(document.id)
        how = "" if there and there.whole else "in part" if there else "speaks"
        others = f"with {', '.join(there.others)}" if there and there.others else ""
        reviewed, turns = desk.progress(document.id)
        sign = "●" if desk.is_done(document.id) else "◐" if reviewed else "○"
        notes = (how, others, document.time_point, document.stage or f"{reviewed}/{turns}")
        lines.append(
            Line(
                key=f"{DOCUMENT}{document.id}",
                text=document.name,
                note=" · ".join(note for note in notes if note),
                sign=sign,
            )
        )
    if not card.documents:
        lines.append(_teaching("no document is about it yet"))
    lines += [_heading(""), _heading("codings")]
    for spoken in card.codings:
        code = desk.codebook.by_id.get(spoken.code)
        if code is None:
            continue
        said = [f"by {spoken.by}" if spoken.by else "", f"about {spoken.about}" if spoken.about else ""]
        lines.append(
            Line(
                key=f"code:{code.id}",
                text=code.name,
                note="  ".join(part for part in said if part),
                sign="▎",
                colour=colour(desk.codebook.colour(code.id), dark=dark),
            )
        )
    if not card.codings:
        lines.append(_teaching("nothing is coded of it yet"))
    return lines


def _heading(text: str) -> Line:
    return Line(key="", text=text)


def _teaching(text: str) -> Line:
    return Line(key="", text=f"  {text}", quiet=True)
