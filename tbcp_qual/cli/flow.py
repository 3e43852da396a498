"""The commands `participants flow` and `participants invited`."""

from dataclasses import asdict

import click

from tbcp_qual.cli.findings import say_done
from tbcp_qual.cli.running import Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table

NOT_RECORDED = "–"


@click.command()
@json_option
@options
def flow(session: Session, as_json: bool) -> None:
    """Show how many were invited, declined, took part and withdrew, by source type; each in its own unit."""
    from tbcp_qual.analysis.heard import Heard
    from tbcp_qual.tasks.flow import participant_flow

    with session.reading() as (project, viewer):
        now = project.snapshot(viewer)
        told = participant_flow(project, now, Heard(now))
    if as_json:
        print_json([asdict(one) for one in told])
        return
    print_table(
        [
            [
                one.source_type or "no source type",
                NOT_RECORDED if one.invited is None else one.invited,
                NOT_RECORDED if one.declined is None else one.declined,
                f"{one.people} {one.unit}",
                one.documents,
                one.withdrawn,
                one.note,
            ]
            for one in told
        ],
        ["", "Invited", "Declined", "Took part", "Documents", "Withdrew", "Why some declined"],
        nothing="Nobody has taken part yet: tbcp-qual documents import PATH",
    )


@click.command()
@click.argument("source_type")
@click.argument("number", type=click.IntRange(min=0), required=False)
@click.option(
    "--declined", type=click.IntRange(min=0), default=0, metavar="N", help="How many of them did not want to."
)
@click.option("--note", default="", metavar="WORDS", help="Why, as far as it is known.")
@click.option("--delete", is_flag=True, help="Take away what is recorded.")
@options
def invited(session: Session, source_type: str, number: int | None, declined: int, note: str, delete: bool) -> None:
    """Record how many people of a SOURCE_TYPE were invited to take part, and how many declined."""
    from tbcp_qual.tasks.flow import record_invited

    if (number is None) != delete:
        raise click.UsageError("Say a NUMBER, or --delete.")
    with session.writing() as (project, coder):
        say_done(record_invited(project, source_type, number, coder=coder, declined=declined, note=note))
