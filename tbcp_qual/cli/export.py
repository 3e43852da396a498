"""Tables for Word."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from tbcp_qual.cli.export_agreement import agreement
from tbcp_qual.cli.reconciled import say_what_is_open
from tbcp_qual.cli.releasing import audience_named, audience_options, keep_record, say_concerns
from tbcp_qual.cli.report import report
from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.showing import print_json, remark
from tbcp_qual.errors import UsageError

if TYPE_CHECKING:
    from tbcp_qual.analysis.matrix import Rows


@click.group()
def export() -> None:
    """Tables for Word."""


@export.command()
@click.argument("file", type=FILE, required=False)
@click.option(
    "--rows",
    type=click.Choice(["case", "source-type"]),
    help="What the rows are; else cases, if most documents are about one.",
)
@click.option("--by", metavar="CODER", help="Only what this coder coded; consensus: what was settled.")
@click.option("--most", type=click.IntRange(min=0), default=3, show_default=True, help="Quotations in a cell.")
@click.option("--attribute", "attributes", multiple=True, metavar="NAME", help="A case attribute to show; repeat.")
@audience_options
@json_option
@options
def matrix(
    session: Session,
    file: Path | None,
    rows: str | None,
    by: str | None,
    most: int,
    attributes: tuple[str, ...],
    audience: str,
    reason: str,
    as_json: bool,
) -> int:
    """Write the thematic matrix to a Word FILE: a section for each evaluation question, all quotations in an annex.

    Before it is written the disclosure check says what it would give away. Beyond the team nothing is written while
    the check has findings (exit code 1), unless you say why it goes out. With --json the matrix is printed as well,
    with every quotation; FILE may then be left out.
    """
    from tbcp_qual.tasks.export import export_matrix, matrix_values, thematic_matrix
    from tbcp_qual.tasks.releasing import check_release, matter_of_matrix, may_leave

    if file is not None and str(file) == "-":
        file = None
    if file is None and not as_json:
        raise UsageError("Where should the matrix go?", "Name a file: tbcp-qual export matrix FILE.docx")
    wanted = cast("Rows | None", rows and rows.replace("-", " "))
    readers = audience_named(audience)
    with session.reading() as (project, viewer):
        if readers != "team":
            viewer = session.known_coder(project)
        now = project.snapshot(viewer)
        built = thematic_matrix(project, viewer=viewer, rows=wanted, coder=by, attributes=attributes, now=now)
        say_what_is_open(project, by, viewer=viewer)
        concerns = check_release(project, now, matter_of_matrix(now, built), readers)
        say_concerns(concerns, readers, reason)
        if not may_leave(concerns, readers, reason):
            return 1
        if file is not None:
            done = export_matrix(project, file, viewer=viewer, most=most, built=built)
            remark(
                f"{done.path}: {done.sections} sections, {done.tables} tables by {done.rows}, "
                f"{done.quotations:,} quotations in the annex."
            )
            remark("De-identified, not anonymous: keep the file where the project is kept.")
        if as_json:
            print_json(matrix_values(built))
    if file is not None and viewer:
        keep_record(session, done.path, "thematic matrix", readers, concerns, reason)
    return 1 if concerns and readers != "team" else 0


export.add_command(report)
export.add_command(agreement)
