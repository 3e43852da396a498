"""Making a project, and saying what it is and who answers for its data."""

import datetime
from pathlib import Path

from tbcp_qual.coding.changes import Revision, update
from tbcp_qual.coding.records import Approach, ProjectInfo
from tbcp_qual.coding.text import one_line
from tbcp_qual.errors import UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.coders import ensure_coder


def new_project(
    path: Path, *, name: str | None, approach: Approach | None, coder: str, codebook: Path | None
) -> Project:
    """Make a project file with its first coder, and its codebook where one is given.

    The codebook is read first: where it is faulty no file is made.
    """
    from tbcp_qual.readers.codebooks import read_codebook
    from tbcp_qual.tasks.codebook import add_codebook

    draft = read_codebook(codebook) if codebook else None
    title = one_line(name or "") or (draft.project if draft else "") or one_line(path.stem)
    project = Project.create(path, name=title, approach=approach or (draft.approach if draft else "framework"))
    try:
        first = ensure_coder(project, coder)
        if draft:
            add_codebook(project, draft, coder=first.id)
    except BaseException:
        project.close()
        path.unlink(missing_ok=True)
        raise
    return project


def describe_project(
    project: Project,
    *,
    coder: str,
    name: str | None = None,
    approach: Approach | None = None,
    data_controller: str | None = None,
    lawful_basis: str | None = None,
    destroy_by: str | None = None,
) -> Revision | None:
    """Say what a project is and who answers for its data; one revision. None leaves a thing as it is.

    Args:
        project: which.
        coder: id of who does it.
        name: what it is called.
        approach: how the team works.
        data_controller: who answers for the personal data, in law; empty where that is not stated.
        lawful_basis: on what ground they are held; likewise.
        destroy_by: the day by which they must be destroyed; likewise.

    Raises:
        UsageError: the name is empty, or the day is none.
    """
    fields: dict[str, str] = {}
    if name is not None:
        fields["name"] = one_line(name)
        if not fields["name"]:
            raise UsageError("A project needs a name.")
    if approach is not None:
        fields["approach"] = approach
    for field, value in (("data_controller", data_controller), ("lawful_basis", lawful_basis)):
        if value is not None:
            fields[field] = one_line(value)
    if destroy_by is not None:
        from tbcp_qual.coding.values import day

        found = day(destroy_by) if destroy_by.strip() else ""
        if found is None or len(found) == len("2024-03"):
            raise UsageError(f"“{one_line(destroy_by)[:20]}” is no day.", "Write it as 2027-03-31.")
        fields["destroy_by"] = found
    said = ", ".join(field.replace("_", " ") for field in fields)
    return project.apply(f"said of the project: {said}", [update(project.info, **fields)], coder=coder)


def overdue(info: ProjectInfo, today: datetime.date | None = None) -> str:
    """Say that the data should be destroyed by now; empty where they may be kept.

    Args:
        info: what is said of the project.
        today: the day that counts; None for the present one.
    """
    if not info.destroy_by or info.destroy_by >= (today or datetime.date.today()).isoformat():
        return ""
    who = f" (data controller: {info.data_controller})" if info.data_controller else ""
    return f"The data of this project were to be destroyed by {info.destroy_by}{who}."
