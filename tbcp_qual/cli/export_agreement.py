"""The appendix on agreement: a round's figures with intervals, its differences, and the units to compute them again."""

from pathlib import Path

import click

from tbcp_qual.cli.releasing import audience_named, audience_options, keep_record, say_concerns
from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.showing import print_json, remark


@click.command()
@click.argument("file", type=FILE)
@click.option("--round", "round_name", metavar="NAME", help="Which round; else the only one.")
@click.option("--no-units", is_flag=True, help="Without the sheet of units.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), metavar="N", help="What intervals are drawn with; else 1.")
@click.option("--resamples", type=click.IntRange(100, 100_000), metavar="N", help="How often; else 1,000 times.")
@audience_options
@json_option
@options
def agreement(
    session: Session,
    file: Path,
    round_name: str | None,
    no_units: bool,
    seed: int | None,
    resamples: int | None,
    audience: str,
    reason: str,
    as_json: bool,
) -> int:
    """Write the appendix on agreement of a locked round to FILE: figures, forest plot, differences, decisions.

    FILE.docx is for Word, FILE.html for a browser; beside them goes a CSV file of all units, from which anybody can
    compute the figures again. FILE.xlsx holds the tables and the units.

    Beyond the team documents have no names in it. Units tell document by document what was coded: the disclosure check
    says so, and beyond the team nothing is written while it has findings (exit code 1), unless you say why it goes out
    or leave the units away.
    """
    from tbcp_qual.agreement.bootstrap import RESAMPLES
    from tbcp_qual.agreement.report import SEED
    from tbcp_qual.tasks.agreement_appendix import prepare_appendix, write_appendix
    from tbcp_qual.tasks.releasing import check_release, may_leave
    from tbcp_qual.tasks.report import report_path
    from tbcp_qual.writers.report.blocks import values

    readers = audience_named(audience)
    with session.reading() as (project, viewer):
        if readers != "team":
            viewer = session.known_coder(project)
        path = report_path(project, file)
        now = project.snapshot(viewer)
        prepared = prepare_appendix(
            project,
            now,
            path,
            viewer=viewer,
            round_name=round_name,
            audience=readers,
            units=not no_units,
            seed=SEED if seed is None else seed,
            resamples=RESAMPLES if resamples is None else resamples,
        )
        concerns = check_release(project, now, prepared.matter, readers)
        say_concerns(concerns, readers, reason)
        if not may_leave(concerns, readers, reason):
            return 1
        holds = write_appendix(prepared, path)
        if as_json:
            print_json(values(prepared.composed))
    remark(f"{path}: {holds}.")
    if viewer:
        keep_record(session, path, "appendix on agreement", readers, concerns, reason)
    return 1 if concerns and readers != "team" else 0
