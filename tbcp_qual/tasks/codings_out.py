"""A list of codings that leaves as a table: checked for what would give somebody away, written, and recorded."""

from collections.abc import Sequence
from pathlib import Path

from tbcp_qual.analysis.retrieval import Retrieved
from tbcp_qual.coding.records import Audience
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.errors import UsageError
from tbcp_qual.privacy.disclosure import Concern
from tbcp_qual.store import Project
from tbcp_qual.tasks.releasing import check_release, matter_of_codings, may_leave, record_export
from tbcp_qual.writers.tables import Table, write_csv

HEADINGS = ("reference", "source", "code", "coder", "words", "memo", "negative")


def check_codings(project: Project, now: Snapshot, found: Sequence[Retrieved], audience: Audience) -> list[Concern]:
    """Run the disclosure check on codings that are about to leave."""
    return check_release(project, now, matter_of_codings(now, found), audience)


def write_codings(
    project: Project,
    now: Snapshot,
    found: Sequence[Retrieved],
    path: Path,
    *,
    audience: Audience,
    concerns: list[Concern],
    reason: str,
    coder: str,
) -> None:
    """Write codings to a CSV file, and keep in the record that it was made.

    Args:
        project: where the record is kept.
        now: the snapshot they were found in.
        found: which.
        path: the file.
        audience: who reads it.
        concerns: what the disclosure check found.
        reason: why it goes out all the same.
        coder: id of who lets it out.

    Raises:
        UsageError: the check has findings, and nobody said why it goes out beyond the team.
        BadInput: the file cannot be written.
    """
    if not may_leave(concerns, audience, reason):
        raise UsageError("Nothing was written: the disclosure check has findings.", "Say why it goes out.")
    rows = [
        (
            one.reference,
            one.source,
            one.code,
            now.coder_by_id[one.coding.coder].name,
            one.words,
            one.coding.memo,
            "negative" if one.coding.negative else "",
        )
        for one in found
    ]
    write_csv(Table(title="codings", headings=HEADINGS, rows=rows), path)
    record_export(
        project,
        path,
        what="list of codings",
        audience=audience,
        concerns=concerns,
        reason=reason,
        coder=coder,
    )
