"""Bringing copies together, and settling what did not fit."""

from dataclasses import replace
from pathlib import Path

from tbcp_qual.coding.changes import Change
from tbcp_qual.errors import UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.purging import repeat_withdrawals
from tbcp_qual.team.merge import ConflictLine, MergeReport, conflicts, merge, open_mismatches

__all__ = ["ConflictLine", "MergeReport", "conflicts", "merge_file", "settle"]


def merge_file(project: Project, other: Path, *, viewer: str) -> MergeReport:
    """Bring in the work of another copy; what somebody said who has withdrawn does not come back with it.

    Raises:
        UsageError: the other file is this file.
    """
    if other.exists() and other.samefile(project.path):
        raise UsageError("That is this very file.", "Name the other copy.")
    report = merge(project, other, viewer=viewer)
    again = repeat_withdrawals(project, coder=viewer) if report.revisions and project.packed() is None else ()
    return replace(report, conflicts=conflicts(project, viewer=viewer), withdrawn_again=again) if again else report


def settle(project: Project, number: int, keep: str, *, coder: str) -> ConflictLine:
    """Settle one of the open conflicts for the value that stands, or for the other one; one undoable revision.

    Args:
        project: the project.
        number: its place in the list, from 1.
        keep: `standing` or `other`.
        coder: who decides.
    """
    open_now = conflicts(project, viewer=coder)
    if not 1 <= number <= len(open_now):
        raise UsageError(f"There is no conflict {number}; {len(open_now)} are open.")
    line = open_now[number - 1]
    mismatch = open_mismatches(project, viewer=coder)[number - 1]
    now = project.value(mismatch.kind, mismatch.id, mismatch.field)
    if keep == "other":
        written = [
            change.fields[mismatch.field][1]
            for revision in reversed(project.revisions({mismatch.later, mismatch.earlier}))
            for change in revision.changes
            if change.id == mismatch.id
        ]
        others = [value for value in written if value != now]
        if not others:
            raise UsageError("The other value is not known any more.", "Edit the record itself.")
        after = others[0]
        if mismatch.kind == "document" and mismatch.field == "text" and after in project.purged().texts:
            raise UsageError(
                f"The other text of {line.name} was purged; there is nothing left of it to keep.",
                "Keep the one that stands; `documents revise` takes in a corrected file.",
            )
    else:
        after = now
    change = Change(mismatch.kind, mismatch.id, {mismatch.field: (now, after)})
    project.apply(f"settled a conflict: {line.field} of {line.name}", [change], coder=coder)
    return line
