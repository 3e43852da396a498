"""All about one case in one place: what is known of it, its scores, its people and its documents."""

from dataclasses import dataclass

from tbcp_qual.coding.records import Case, Document, Participant, Variable
from tbcp_qual.coding.values import time_order
from tbcp_qual.store import Project
from tbcp_qual.tasks.cases import find_case


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDocument:
    """A document about a case."""

    document: Document
    whole: bool
    """False where only parts of it are about the case."""
    others: tuple[str, ...]
    """Labels of the other cases that the whole of it is about."""
    codings: int
    """How many the viewer may see in all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDetails:
    """All about one case."""

    case: Case
    values: tuple[tuple[Variable, str], ...]
    """Every attribute there is, with its value; empty where it is missing."""
    scores: dict[str, dict[str, float]]
    """By scale and time point, in order."""
    participants: tuple[Participant, ...]
    documents: tuple[CaseDocument, ...]


def case_details(project: Project, label: str, *, viewer: str) -> CaseDetails:
    """Return all about one case.

    Raises:
        UsageError: there is no such case.
    """
    snapshot = project.snapshot(viewer, [])
    counts = project.counts(viewer).codings_by_document
    case = find_case(snapshot.cases, label)
    values = {a.name.casefold(): a.value for a in snapshot.attributes if a.case == case.id}
    scores: dict[str, dict[str, float]] = {}
    for measure in sorted(snapshot.measures, key=lambda m: (m.scale.casefold(), time_order(m.time_point))):
        if measure.case == case.id:
            scores.setdefault(measure.scale, {})[measure.time_point] = measure.value
    in_part = {about.document for about in project.records("about") if about.case == case.id}
    return CaseDetails(
        case=case,
        values=tuple((variable, values.get(variable.name.casefold(), "")) for variable in snapshot.variables),
        scores=scores,
        participants=tuple(p for p in snapshot.participants if p.case == case.id),
        documents=tuple(
            CaseDocument(
                document=document,
                whole=case.id in document.cases,
                others=tuple(
                    snapshot.case_by_id[c].label for c in document.cases if c != case.id and c in snapshot.case_by_id
                ),
                codings=counts.get(document.id, 0),
            )
            for document in snapshot.documents
            if case.id in document.cases or document.id in in_part
        ),
    )
