"""What a merge would bring in, looked at before anything is written."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tbcp_qual.errors import Conflict, UsageError
from tbcp_qual.store import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What a merge would bring in."""

    revisions: int
    """How many are new here."""
    by_coder: Mapping[str, int]
    """New revisions by the name of the coder; empty where somebody's work is blind to the viewer."""
    pack: str
    """Whose pack the other file is, and of which round; empty for a whole copy."""
    withheld: bool
    """Whether the viewer is not to know who did how much."""


def coming(project: Project, other: Path, *, viewer: str) -> Coming:
    """Look what a merge would bring in; nothing is written.

    Args:
        project: this copy.
        other: the file of the other one.
        viewer: id of the coder who looks.

    Raises:
        UsageError: the other file is this file.
        Conflict: it is no copy of this project.
        ProjectUnusable: it cannot be read.
    """
    if other.exists() and other.samefile(project.path):
        raise UsageError("That is this very file.", "Name the other copy.")
    with Project.open(other, read_only=True) as theirs:
        if theirs.info.id != project.info.id:
            raise Conflict(
                f"{other} is another project (“{theirs.info.name}”), not a copy of “{project.info.name}”.",
                "Import its documents or its codebook instead.",
            )
        unseen = theirs.revisions(theirs.revision_ids() - project.revision_ids())
        names = {coder.id: coder.name for coder in (*theirs.records("coder"), *project.records("coder"))}
        packed = theirs.packed()
    rounds = {made.id: made.name for made in project.records("round")}
    withheld = bool(project.blind(viewer)) and any(revision.coder != viewer for revision in unseen)
    counted = Counter(names.get(revision.coder, "the program") for revision in unseen)
    return Coming(
        revisions=len(unseen),
        by_coder={} if withheld else dict(counted),
        pack=f"{names.get(packed.coder, '')}, round {rounds.get(packed.round, '')}" if packed else "",
        withheld=withheld,
    )
