"""What is said of documents: source type, time point, stage, permission, and the cases that the whole of one is about."""

from collections.abc import Iterable, Sequence
from typing import Any

from tbcp_qual.coding.changes import Revision, update
from tbcp_qual.coding.records import PERMISSIONS, STAGES, Case, Document
from tbcp_qual.coding.text import one_line
from tbcp_qual.errors import UsageError
from tbcp_qual.readers.files import as_name
from tbcp_qual.store import Project
from tbcp_qual.tasks.cases import find_case
from tbcp_qual.tasks.documents import find_document


def set_stage(project: Project, names: Iterable[str], stage: str, *, coder: str) -> Revision | None:
    """Say how far the work on documents has come; one revision.

    Raises:
        UsageError: there is no such document or stage.
    """
    if stage not in STAGES:
        raise UsageError(f"{as_name(stage)} is no stage.", f"It is {', '.join(STAGES[1:])}, or none.")
    documents = _named(project, names)
    changes = [update(document, stage=stage) for document in documents]
    return project.apply(f"{_what(documents)}: {stage or 'no stage'}", changes, coder=coder)


def describe(
    project: Project,
    names: Iterable[str],
    *,
    coder: str,
    source_type: str | None = None,
    time_point: str | None = None,
    permission: str | None = None,
    cases: Sequence[str] | None = None,
) -> Revision | None:
    """Say what documents are; one revision. None leaves a thing as it is, an empty word takes it away.

    Args:
        project: which.
        names: of the documents.
        coder: id of who does it.
        source_type: `case file` makes records of them, any other type interviews.
        time_point: such as `first`.
        permission: what may be done with their words.
        cases: labels of the cases that the whole of them is about.

    Raises:
        UsageError: there is no such document, case or permission.
    """
    documents = _named(project, names)
    fields: dict[str, Any] = {}
    if source_type is not None:
        fields["source_type"] = one_line(source_type)
        if fields["source_type"]:
            fields["kind"] = "case file" if fields["source_type"].casefold() == "case file" else "interview"
    if time_point is not None:
        fields["time_point"] = one_line(time_point)
    if permission is not None:
        if permission not in ("", *PERMISSIONS):
            raise UsageError(f"{as_name(permission)} is no permission.", f"It is {', '.join(PERMISSIONS)}, or none.")
        fields["permission"] = permission
    if cases is not None:
        known: list[Case] = project.records("case")
        fields["cases"] = tuple(dict.fromkeys(find_case(known, label).id for label in cases))
    if not fields:
        raise UsageError("Nothing is said of the documents.", "Such as --time-point second")
    said = ", ".join(name.replace("_", " ") for name in fields if name != "kind")
    changes = [update(document, **fields) for document in documents]
    return project.apply(f"said of {_what(documents)}: {said}", changes, coder=coder)


def _named(project: Project, names: Iterable[str]) -> list[Document]:
    known: list[Document] = project.records("document")
    return list({document.id: document for document in (find_document(known, name) for name in names)}.values())


def _what(documents: Sequence[Document]) -> str:
    return documents[0].name if len(documents) == 1 else f"{len(documents)} documents"
