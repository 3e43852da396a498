"""Merging: take in what another copy knows and this one does not.

The state is a fold of all revisions in the order of their clocks, so that copies merged in any order, any number of
times, say the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tbcp_qual.coding.changes import Revision
from tbcp_qual.coding.records import TEXTS
from tbcp_qual.errors import Conflict
from tbcp_qual.store import Project
from tbcp_qual.store.packing import Packed
from tbcp_qual.store.refold import Key
from tbcp_qual.team.names import taken_out
from tbcp_qual.team.quoting import quoted

NO_NAMES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a merge brought."""

    revisions: tuple[Revision, ...]
    """Those that were new here; a pack that takes the project's part gets none as such."""
    number: int
    """How many there were."""
    altered: tuple[Key, ...]
    """The records that changed, came or went."""
    of_round: str
    """Id of the round whose pack the other file is; empty for a whole copy."""
    names: Mapping[str, str]
    """Words that were taken out for good in one of the two, and stood in the other or may have; with what stands there."""
    quotations: frozenset[str]
    """What one of the two wrote that repeats words of somebody who withdrew in the other."""


def merge(project: Project, other: Path | str, *, names: Mapping[str, str] = NO_NAMES) -> Merged:
    """Bring the work of another copy into this one.

    Args:
        project: this copy.
        other: the file of the other one.
        names: words that the team has replaced, with their pseudonyms, where the list of them is at hand.

    Raises:
        Conflict: the two files are not copies of one project.
        ProjectUnusable: the other file cannot be read.
    """
    with Project.open(other, read_only=True) as theirs:
        ours = project.info
        if theirs.info.id != ours.id:
            raise Conflict(
                f"{other} is another project (“{theirs.info.name}”), not a copy of “{ours.name}”.",
                "Import its documents or its codebook instead.",
            )
        mine = project.packed()
        _check_packs(mine, theirs, project, other)
        found, repeating = taken_out(project, theirs, names), quoted(project, theirs)
        purged = theirs.purged()
        if mine is not None:
            number, altered = project.take(theirs.excerpt(mine), purged)
            return Merged(
                revisions=(),
                number=number,
                altered=tuple(altered),
                of_round="",
                names=found,
                quotations=repeating,
            )
        revisions = theirs.revisions(theirs.revision_ids() - project.revision_ids())
        hashes = {
            value
            for revision in revisions
            for change in revision.changes
            for field in TEXTS.get(change.kind, ())
            for value in change.fields.get(field, ())
            if value
        }
        texts, packed = theirs.texts(hashes | purged.rewritten()), theirs.packed()
    altered = project.absorb(revisions, texts.values(), purged)
    return Merged(
        revisions=tuple(revisions),
        number=len(revisions),
        altered=tuple(altered),
        of_round=packed.round if packed is not None else "",
        names=found,
        quotations=repeating,
    )


def _check_packs(mine: Packed | None, theirs: Project, project: Project, other: Path | str) -> None:
    """Raise where one file could only pass on part of what it knows."""
    if theirs.packed() is None:
        return
    if mine is not None:
        raise Conflict("Two packs do not merge with each other.", "Merge each of them into the project.")
    if theirs.borrowed() - project.revision_ids():
        raise Conflict(
            f"{other} is a pack of a project that knows more than {project.path} does.",
            "Merge the project it was made from first, and then the pack.",
        )
