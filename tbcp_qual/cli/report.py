"""The report for the evaluation: one Word file, or a part of it."""

from pathlib import Path

import click

from tbcp_qual.cli.releasing import audience_named, audience_options, keep_record, say_concerns
from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.showing import print_json, remark


@click.command()
@click.argument("file", type=FILE)
@click.option("--part", "parts", multiple=True, metavar="NAME", help="Only this part; repeat for several.")
@click.option("--template", type=FILE, metavar="DOCX", help="A Word file whose styles, headers and footers are used.")
@click.option("--headings", is_flag=True, help="Add feasibility, promise and readiness for a trial as headings.")
@click.option("--longest", type=click.IntRange(min=20), metavar="N", help="Cut quotations after N characters.")
@click.option("--no-quotations", is_flag=True, help="Leave out all words of others.")
@click.option("--all-quotations", is_flag=True, help="All passages in the annex, and not only those cited.")
@click.option("--without", multiple=True, metavar="REF", help="Leave this quotation out; repeat. The check names them.")
@click.option("--attribute", "attributes", multiple=True, metavar="NAME", help="A case attribute to show; repeat.")
@click.option(
    "--few",
    type=click.IntRange(0, 50),
    default=5,
    show_default=True,
    help="Beyond the team, counts up to N are not given.",
)
@audience_options
@json_option
@options
def report(
    session: Session,
    file: Path,
    parts: tuple[str, ...],
    template: Path | None,
    headings: bool,
    longest: int | None,
    no_quotations: bool,
    all_quotations: bool,
    without: tuple[str, ...],
    attributes: tuple[str, ...],
    few: int,
    audience: str,
    reason: str,
    as_json: bool,
) -> int:
    """Write the report to FILE: answers, findings, matrix, agreement, methods, quotations.

    FILE.docx is for Word, FILE.html for a browser, with search and folding, FILE.xlsx has the tables to sort and filter.

    Beyond the team labels are made anew, what may not be quoted is left out, and small counts are taken out. Before it
    is written the disclosure check says what it would still give away; beyond the team nothing is written while the
    check has findings (exit code 1), unless you say why it goes out. With --json the report is printed as well.

    Parts: answers, questions, headings, logic-model, triangulation, flow, sample, audit, agreement, limitations,
    matrix, methods, codebook, annex.
    """
    from tbcp_qual.tasks.releasing import check_release, may_leave
    from tbcp_qual.tasks.report import prepare_report, report_path, write_prepared
    from tbcp_qual.writers.report.blocks import values

    readers = audience_named(audience)
    with session.reading() as (project, viewer):
        if readers != "team":
            viewer = session.known_coder(project)
        path = report_path(project, file)
        now = project.snapshot(viewer)
        prepared = prepare_report(
            project,
            now,
            viewer=viewer,
            audience=readers,
            parts=parts,
            headings=headings,
            longest=longest,
            quotations=not no_quotations,
            everything=all_quotations,
            attributes=attributes,
            without=without,
            tables=path.suffix.casefold() == ".xlsx",
            largest=few,
        )
        for where, word in prepared.overclaiming:
            remark(f"{where} says “{word}”: without a comparison group it is change or promise.")
        concerns = check_release(project, now, prepared.matter, readers)
        say_concerns(concerns, readers, reason)
        if not may_leave(concerns, readers, reason):
            return 1
        holds = write_prepared(prepared, path, template=template)
        if as_json:
            print_json(values(prepared.composed))
    remark(f"{path}: {holds}.")
    remark("De-identified, not anonymous: keep the file where the project is kept.")
    if viewer:
        keep_record(session, path, "report", readers, concerns, reason)
    return 1 if concerns and readers != "team" else 0
