"""Making a project."""

from pathlib import Path

from tbcp_qual.coding.records import Approach
from tbcp_qual.coding.text import one_line
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
