"""What the tables of cases, participants and documents show, drawn from values; no Textual here.

What takes long to read (who is heard where) comes later: until then its cells show that it is being read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from tbcp_qual.coding.records import STAGES, Variable
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.values import Typed, plain_number, time_order, value_order
from tbcp_qual.store import Project
from tbcp_qual.tasks.participants import Person, people
from tbcp_qual.tui.desk import Desk
from tbcp_qual.tui.widgets.table_parts import Column, Row

MISSING = "·"
"""What stands where nothing is known; never a no."""

COMING = "…"
"""What stands where something is still being read."""

ATTRIBUTE, SCORE = "attribute:", "score:"
BETWEEN = "\x1f"

SEVERAL = ";"
"""Divides labels of cases in a cell."""

NUMBERS = Typed(scale="number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Who is heard where, and how much is coded."""

    people: Mapping[str, Person]
    """By id of the participant."""
    documents_by_case: Mapping[str, frozenset[str]]
    """Ids of documents that are about a case, in whole or in part, or in which one of its people speaks."""
    codings_by_document: Mapping[str, int]


def read_heard(project: Project, viewer: str) -> Heard:
    """Read who is heard where."""
    persons = people(project)
    by_case: dict[str, set[str]] = {}
    for document in project.records("document"):
        for case in document.cases:
            by_case.setdefault(case, set()).add(document.id)
    for about in project.records("about"):
        by_case.setdefault(about.case, set()).add(about.document)
    for person in persons:
        if person.participant.case:
            by_case.setdefault(person.participant.case, set()).update(heard.document.id for heard in person.heard)
    return Heard(
        people={person.participant.id: person for person in persons},
        documents_by_case={case: frozenset(documents) for case, documents in by_case.items()},
        codings_by_document=project.counts(viewer).codings_by_document,
    )


def variables(frame: Snapshot) -> list[Variable]:
    """Return all attributes there are, those that only occur in values among them."""
    known = {variable.name.casefold(): variable for variable in frame.variables}
    for attribute in frame.attributes:
        known.setdefault(attribute.name.casefold(), Variable(id="", name=attribute.name))
    return list(known.values())


def scores(frame: Snapshot) -> list[tuple[str, str]]:
    """Return the scales and time points there are scores of, in order."""
    found = {(measure.scale, measure.time_point) for measure in frame.measures}
    return sorted(found, key=lambda score: (score[0].casefold(), time_order(score[1])))


def case_table(desk: Desk, heard: Heard | None) -> tuple[list[Column], list[Row]]:
    """Return cases by attributes and scores."""
    frame = desk.frame
    known = variables(frame)
    columns = [
        Column(key="label", title="case"),
        Column(key="documents", title="documents", right=True, order=_number),
        Column(key="people", title="people", right=True, order=_number),
        *(_attribute_column(variable) for variable in known),
        *(
            Column(
                key=f"{SCORE}{scale}{BETWEEN}{when}", title=f"{scale} {when}", right=True, empty=MISSING, order=_number
            )
            for scale, when in scores(frame)
        ),
    ]
    values = {(a.case, a.name.casefold()): a.value for a in frame.attributes}
    scored = {(m.case, m.scale, m.time_point): plain_number(m.value) for m in frame.measures}
    belonging: dict[str, int] = {}
    for participant in frame.participants:
        if participant.case:
            belonging[participant.case] = belonging.get(participant.case, 0) + 1
    rows = [
        Row(
            key=case.id,
            cells=(
                case.label,
                COMING if heard is None else str(len(heard.documents_by_case.get(case.id, ()))),
                str(belonging.get(case.id, 0)),
                *(values.get((case.id, variable.name.casefold()), "") for variable in known),
                *(scored.get((case.id, scale, when), "") for scale, when in scores(frame)),
            ),
        )
        for case in desk.frame.cases
    ]
    return columns, rows


def _attribute_column(variable: Variable) -> Column:
    return Column(
        key=f"{ATTRIBUTE}{variable.name}",
        title=variable.name,
        right=variable.scale == "number",
        empty=MISSING,
        order=partial(value_order, typed=Typed(scale=variable.scale, levels=variable.levels)),
    )


def participant_table(desk: Desk, heard: Heard | None) -> tuple[list[Column], list[Row]]:
    """Return participants: what they are, what they allow, and where they are heard."""
    labels = {case.id: case.label for case in desk.frame.cases}
    somebody = any(participant.withdrawn for participant in desk.frame.participants)
    columns = [
        Column(key="label", title="participant"),
        Column(key="role", title="role", empty=MISSING),
        Column(key="case", title="case", empty=MISSING),
        Column(key="permission", title="permission", empty="not recorded"),
        Column(key="archive", title="archive", empty=MISSING),
        *([Column(key="withdrawn", title="withdrawn")] if somebody else []),
        Column(key="documents", title="heard in"),
        Column(key="turns", title="turns", right=True, order=_number),
    ]
    rows = []
    for participant in desk.frame.participants:
        person = heard.people.get(participant.id) if heard is not None else None
        where = ", ".join(one.document.name for one in person.heard) if person else ""
        turns = str(sum(one.turns for one in person.heard)) if person else ""
        rows.append(
            Row(
                key=participant.id,
                cells=(
                    participant.label,
                    participant.role,
                    labels.get(participant.case or "", ""),
                    participant.permission,
                    participant.archive,
                    *([participant.withdrawn] if somebody else []),
                    COMING if heard is None else where,
                    COMING if heard is None else turns,
                ),
                quiet=bool(participant.withdrawn),
            )
        )
    return columns, rows


def document_table(desk: Desk, heard: Heard | None) -> tuple[list[Column], list[Row]]:
    """Return documents: where they come from, how far they are, and what may be done with them."""
    labels = {case.id: case.label for case in desk.frame.cases}
    columns = [
        Column(key="name", title="document"),
        Column(key="source_type", title="source", empty=MISSING),
        Column(key="time_point", title="time point", empty=MISSING, order=time_order),
        Column(key="stage", title="stage", empty=MISSING, order=_stage),
        Column(key="reviewed", title="reviewed", right=True, order=_share),
        Column(key="codings", title="codings", right=True, order=_number),
        Column(key="permission", title="permission", empty="default"),
        Column(key="cases", title="cases", empty=MISSING),
    ]
    rows = [
        Row(
            key=document.id,
            cells=(
                document.name,
                document.source_type,
                document.time_point,
                document.stage,
                "{}/{}".format(*desk.progress(document.id)) + (" done" if desk.is_done(document.id) else ""),
                COMING if heard is None else str(heard.codings_by_document.get(document.id, 0)),
                document.permission,
                f"{SEVERAL} ".join(labels[case] for case in document.cases if case in labels),
            ),
        )
        for document in desk.documents
    ]
    return columns, rows


TABLES: dict[str, Callable[[Desk, Heard | None], tuple[list[Column], list[Row]]]] = {
    "cases": case_table,
    "participants": participant_table,
    "documents": document_table,
}
"""In the order in which tab goes through them."""


def _number(cell: str) -> Any:
    return value_order(cell, NUMBERS)


def _stage(cell: str) -> int:
    return next((n for n, stage in enumerate(STAGES) if stage == cell), 0)


def _share(cell: str) -> float:
    done, _, all_of = cell.partition(" ")[0].partition("/")
    return int(done) / int(all_of) if all_of not in ("", "0") else 0.0
