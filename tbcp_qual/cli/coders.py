"""Commands on the people who code."""

import click

from tbcp_qual.cli.running import LazyGroup, Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table, remark
from tbcp_qual.coding.counting import some


@click.group(
    cls=LazyGroup,
    lazy={
        "list": ("tbcp_qual.cli.coders:list_coders", "Who codes, and how much they have done."),
        "rename": ("tbcp_qual.cli.coders:rename", "Spell a coder's name another way."),
        "join": ("tbcp_qual.cli.coders:join", "Make two coders who are one person one."),
    },
)
def coders() -> None:
    """Who codes."""


@click.command("list")
@json_option
@options
def list_coders(session: Session, as_json: bool) -> None:
    """List the coders with their codings and the documents they have marked done."""
    with session.reading() as (project, viewer):
        snapshot = project.snapshot(viewer)
    made: dict[str, int] = {}
    for coding in snapshot.codings:
        made[coding.coder] = made.get(coding.coder, 0) + 1
    done: dict[str, int] = {}
    for finished in snapshot.done_by_document.values():
        for coder in finished:
            done[coder] = done.get(coder, 0) + 1
    rows = [
        {"name": c.name, "id": c.id, "codings": made.get(c.id, 0), "done": done.get(c.id, 0)} for c in snapshot.coders
    ]
    if as_json:
        print_json(rows)
    else:
        print_table(
            [(row["name"], row["codings"], row["done"]) for row in rows], ("coder", "codings", "documents done")
        )


@click.command()
@click.argument("name")
@click.argument("new_name")
@options
def rename(session: Session, name: str, new_name: str) -> None:
    """Spell a coder's name another way; their codings stay theirs."""
    from tbcp_qual.tasks.coders import rename_coder

    with session.writing() as (project, by):
        rename_coder(project, name, new_name, by=by)
    remark(f"{name} is now {new_name}.")


@click.command()
@click.argument("name")
@click.argument("other")
@json_option
@options
def join(session: Session, name: str, other: str, as_json: bool) -> None:
    """Make two coders who are one person one: all that was OTHER's becomes NAME's.

    It happens where somebody began in two copies before they met. Name both by their ids where they are spelt alike,
    or give the name twice. Locked rounds stay as they were locked. `undo` takes it back.
    """
    from tbcp_qual.tasks.coders import join_coders

    with session.writing(known=True) as (project, by):
        joined = join_coders(project, name, other, by=by)
    if as_json:
        print_json(
            {
                "kept": joined.kept.id,
                "gone": joined.gone.id,
                "records": joined.records,
                "locked_rounds": list(joined.locked),
            }
        )
        return
    remark(f"{some(joined.records, 'record')} of {joined.gone.name} are {joined.kept.name}'s now.")
    if joined.locked:
        remark(f"{joined.gone.name} stays listed, for what was locked stays: {', '.join(joined.locked)}.")
