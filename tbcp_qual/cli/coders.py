"""Commands on the people who code."""

import click

from tbcp_qual.cli.running import LazyGroup, Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table, remark


@click.group(
    cls=LazyGroup,
    lazy={
        "list": ("tbcp_qual.cli.coders:list_coders", "Who codes, and how much they have done."),
        "rename": ("tbcp_qual.cli.coders:rename", "Spell a coder's name another way."),
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
