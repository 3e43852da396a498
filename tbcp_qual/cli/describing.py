"""Commands under `documents` that say what documents are: stage, set."""

import click

from tbcp_qual.cli.running import Session, options
from tbcp_qual.cli.showing import remark
from tbcp_qual.coding.records import PERMISSIONS, STAGES

NONE = "none"
"""Takes away what is said."""


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.argument("stage", metavar="read|coded|checked|charted|none", type=click.Choice([*STAGES[1:], NONE]))
@options
def stage(session: Session, names: tuple[str, ...], stage: str) -> None:
    """Say how far the team has come with documents; who has coded them is said by `documents done`."""
    from tbcp_qual.tasks.describing import set_stage

    with session.writing() as (project, coder):
        revision = set_stage(project, names, "" if stage == NONE else stage, coder=coder)
    remark(f"{revision.label[0].upper()}{revision.label[1:]}." if revision else "Nothing to change.")


@click.command("set")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--source-type", metavar="TYPE", help="parent, practitioner, partner, case file, …, or none.")
@click.option("--time-point", metavar="WHEN", help="Such as first or second, or none.")
@click.option(
    "--permission",
    type=click.Choice([*PERMISSIONS, NONE], case_sensitive=False),
    help="What may be done with their words; none: what their kind and those who speak allow.",
)
@click.option("--cases", metavar="LABELS", help="All cases they are about, divided by semicolons, or none.")
@options
def set_(
    session: Session,
    names: tuple[str, ...],
    source_type: str | None,
    time_point: str | None,
    permission: str | None,
    cases: str | None,
) -> None:
    """Say what documents are, whom they are about, and what may be done with their words."""
    from tbcp_qual.tasks.describing import describe

    def said(value: str | None) -> str | None:
        return "" if value is not None and value.casefold() == NONE else value

    labels = said(cases)
    with session.writing() as (project, coder):
        revision = describe(
            project,
            names,
            coder=coder,
            source_type=said(source_type),
            time_point=said(time_point),
            permission=said(permission),
            cases=None if labels is None else [label for label in labels.split(";") if label.strip()],
        )
    remark(f"{revision.label[0].upper()}{revision.label[1:]}." if revision else "Nothing to change.")


COMMANDS = (stage, set_)
