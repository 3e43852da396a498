"""Commands on what was done: history, undo, redo."""

import click

from tbcp_qual.cli.running import Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table, remark


@click.command()
@click.option("--by", metavar="CODER", help="Only what this coder did.")
@click.option("-n", "--last", type=click.IntRange(min=0), default=30, show_default=True, help="How many; 0 for all.")
@json_option
@options
def history(session: Session, by: str | None, last: int, as_json: bool) -> None:
    """Show who did what, and when; the latest first."""
    from tbcp_qual.errors import UsageError

    with session.reading() as (project, viewer):
        coder = project.coder_named(by) if by else None
        if by and coder is None:
            raise UsageError(f"There is no coder “{by}” in this project.")
        deeds = project.history(viewer=viewer, coder=coder.id if coder else None, limit=last or None)
        names = {c.id: c.name for c in project.records("coder")}
    if as_json:
        print_json(
            [
                {
                    "id": deed.revision.id,
                    "at": deed.revision.at,
                    "coder": names.get(deed.revision.coder),
                    "label": deed.revision.label,
                    "stands": deed.stands,
                    "undoes": deed.revision.undoes,
                    "records": [{"kind": c.kind, "id": c.id} for c in deed.revision.changes],
                }
                for deed in deeds
            ]
        )
        return
    print_table(
        [
            (
                deed.revision.at[:16].replace("T", " "),
                names.get(deed.revision.coder, ""),
                deed.revision.label,
                "" if deed.stands else "undone",
            )
            for deed in deeds
        ],
        ("when (UTC)", "who", "what", ""),
    )


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
