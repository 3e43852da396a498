"""Commands on what was done: history, undo, redo."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from tbcp_qual.cli.restoring import restore
from tbcp_qual.cli.running import Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table, remark, say

if TYPE_CHECKING:
    from tbcp_qual.store.asking import Deed
    from tbcp_qual.tasks.history import ToldDeed

MANY = 30
"""Records of one act that are shown; --json has all."""


@click.group(invoke_without_command=True)
@click.option("--document", metavar="NAME", help="Only what was done to it or to anything in it.")
@click.option("--code", metavar="PATH", help="Only what was done to it, a code below it, or anything coded so.")
@click.option("--by", metavar="CODER", help="Only what this coder did.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only what touched a coding, memo, …; repeat.")
@click.option("--since", metavar="DAY", help="Only since then (UTC): 2025-03-12, or 2025-03-12T14:30.")
@click.option("-n", "--last", type=click.IntRange(min=0), default=30, show_default=True, help="How many; 0 for all.")
@json_option
@options
def history(
    session: Session,
    document: str | None,
    code: str | None,
    by: str | None,
    kinds: tuple[str, ...],
    since: str | None,
    last: int,
    as_json: bool,
) -> None:
    """Show who did what, and when; the latest first.

    What others did in documents of a blind round is told without saying what, and not at all where it is asked what
    was touched.
    """
    if click.get_current_context().invoked_subcommand is not None:
        return
    from tbcp_qual.tasks import history as told

    with session.reading() as (project, viewer):
        deeds = told.history(
            project, viewer=viewer, document=document, code=code, by=by, kinds=kinds, since=since, last=last or None
        )
        names = {c.id: c.name for c in project.records("coder")}
    if as_json:
        print_json([_values(deed, names) for deed in deeds])
        return
    print_table(
        [
            (
                told.short_revision(deed.revision.id),
                deed.revision.at[:16].replace("T", " "),
                names.get(deed.revision.coder, ""),
                deed.revision.label,
                "" if deed.stands else "undone",
            )
            for deed in deeds
        ],
        ("id", "when (UTC)", "who", "what", ""),
    )
    if last and len(deeds) == last:
        remark(f"These are the latest {last}; --last 0 shows all.")


def _values(deed: "Deed", names: dict[str, str]) -> dict[str, object]:
    return {
        "id": deed.revision.id,
        "at": deed.revision.at,
        "coder": names.get(deed.revision.coder),
        "label": deed.revision.label,
        "stands": deed.stands,
        "undoes": deed.revision.undoes,
        "records": [{"kind": c.kind, "id": c.id} for c in deed.revision.changes],
    }


@history.command()
@click.argument("act", metavar="ID")
@json_option
@options
def show(session: Session, act: str, as_json: bool) -> None:
    """Show one act field by field, before and after; `history` shows the ids."""
    from tbcp_qual.tasks.history import show as told

    with session.reading() as (project, viewer):
        deed = told(project, act, viewer=viewer)
    if as_json:
        print_json(asdict(deed))
    else:
        _say(deed)


def _say(deed: "ToldDeed") -> None:
    from tbcp_qual.tasks.telling import CALLED, in_short

    undone = "" if deed.stands else " (undone)"
    say(f"{deed.label}{undone}")
    say(", ".join(part for part in (deed.coder, f"{deed.at[:19].replace('T', ' ')} UTC", deed.id) if part))
    if deed.undoes:
        say(f"It is about this act: {deed.undoes_label}, {deed.undoes}")
    for record in deed.records[:MANY]:
        say()
        say(f"{record.act}: {CALLED.get(record.kind, record.kind)} {record.called} ({record.id})")
        for field in record.fields:
            if record.act == "changed":
                say(f"  {field.name}: {in_short(field.before)} → {in_short(field.after)}")
            else:
                say(f"  {field.name}: {in_short(field.after if record.act == 'made' else field.before)}")
    if len(deed.records) > MANY:
        remark(f"… and {len(deed.records) - MANY:,} more; --json has all.")


history.add_command(restore)


@click.command()
@options
def undo(session: Session) -> None:
    """Take back your last act that still stands."""
    with session.writing(known=True) as (project, coder):
        _done(project.undo(coder).label)


@click.command()
@options
def redo(session: Session) -> None:
    """Do again what you undid last."""
    with session.writing(known=True) as (project, coder):
        _done(project.redo(coder).label)


def _done(label: str) -> None:
    remark(f"{label[0].upper()}{label[1:]}.")
