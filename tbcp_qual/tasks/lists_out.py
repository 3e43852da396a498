"""A list or a table of a screen that leaves as a file: checked for what would give somebody away, written, recorded."""

from collections.abc import Iterator
from pathlib import Path

from tbcp_qual.coding.permissions import permission_for
from tbcp_qual.coding.records import Audience
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.errors import UsageError
from tbcp_qual.privacy.disclosure import Concern, Matter, Quoted
from tbcp_qual.store import Project
from tbcp_qual.tasks.releasing import check_release, may_leave, record_export
from tbcp_qual.writers.tables import Table, write_csv, write_json


def check_list(project: Project, now: Snapshot, table: Table, audience: Audience) -> list[Concern]:
    """Run the disclosure check on every cell of a list that is about to leave."""
    prose = tuple(
        (f"row {n}, {heading}", cell)
        for n, row in enumerate(table.rows, 1)
        for heading, cell in zip(table.headings, row, strict=True)
        if isinstance(cell, str) and cell
    )
    return check_release(project, now, Matter(prose=prose, quotations=tuple(_quoted(now, table))), audience)


def _quoted(now: Snapshot, table: Table) -> Iterator[Quoted]:
    """Yield rows with words of documents, and what may be done with these: what a row names, it may quote."""
    if "words" not in table.headings:
        return
    for n, row in enumerate(table.rows, 1):
        said = " ".join(map(str, row))
        people = [one for one in now.participants if one.label and one.label in said]
        for document in now.documents:
            if document.name in said:
                allowed = permission_for(document, people)
                yield Quoted(
                    reference=f"row {n}",
                    words=said,
                    theme="",
                    speaker=people[0].label if people else "",
                    role=people[0].role if people else "",
                    families=(),
                    permission=allowed.permission,
                    recorded=allowed.recorded,
                )


def write_list(
    project: Project,
    table: Table,
    path: Path,
    *,
    audience: Audience,
    concerns: list[Concern],
    reason: str,
    coder: str,
) -> None:
    """Write a list as JSON where the name of the file ends so, else as CSV, and keep in the record that it was made.

    Raises:
        UsageError: the check has findings, and nobody said why it goes out beyond the team.
        BadInput: the file cannot be written.
    """
    if not may_leave(concerns, audience, reason):
        raise UsageError("Nothing was written: the disclosure check has findings.", "Say why it goes out.")
    (write_json if path.suffix.lower() == ".json" else write_csv)(table, path)
    record_export(
        project,
        path,
        what=f"list of {table.title}",
        audience=audience,
        concerns=concerns,
        reason=reason,
        coder=coder,
    )
