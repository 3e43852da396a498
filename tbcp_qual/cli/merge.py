"""Commands for several copies of one project."""

from dataclasses import asdict
from pathlib import Path

import click

from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.showing import print_json, remark, say, some


@click.command()
@click.argument("other", type=FILE)
@json_option
@options
def merge(session: Session, other: Path, as_json: bool) -> int:
    """Bring in the work of another copy of this project.

    As often as you like, in any order: the same work is never taken in twice, and nobody's is lost.
    Exit code 1 where two people changed one thing without seeing each other, or where codes that exclude each
    other are now on the same words.
    """
    from tbcp_qual.tasks.merging import merge_file

    with session.writing() as (project, coder):
        report = merge_file(project, other, viewer=coder)
    if as_json:
        print_json(asdict(report))
        return 1 if report.open else 0
    if not report.revisions and not report.withheld:
        say(f"Nothing new in {other}.")
    if report.revisions:
        who = ", ".join(f"{name} {n}" for name, n in sorted(report.by_coder.items()))
        say(f"{some(report.revisions, 'revision')} came in ({who}).")
        what = ", ".join(f"{n} {kind}{'' if n == 1 else 's'}" for kind, n in sorted(report.changed.items()))
        say(f"Changed: {what or 'nothing that shows'}.")
    if report.withheld:
        say("Others' work on documents of a blind round came in too; it is shown once the round is locked.")
    for name in report.kept:
        say(f"Kept though it was deleted in one copy, because it is in use: {name}")
    for line in report.ahead:
        say(f"A clock was ahead: {line}")
    for name in report.same_name:
        remark(
            f"Two coders are called {name}, one from each copy; their work stays apart."
            " Where they are one person: tbcp-qual coders join"
        )
    if report.withdrawn_again:
        remark(f"Words of somebody who has withdrawn were taken out again: {', '.join(report.withdrawn_again)}.")
    for clash in report.clashes:
        remark(f"{clash}.")
    if report.conflicts:
        remark(f"{some(len(report.conflicts), 'conflict is', 'conflicts are')} open: tbcp-qual conflicts")
    return 1 if report.open else 0


@click.command()
@click.option("--settle", "number", type=int, metavar="N", help="Settle the conflict with this number.")
@click.option("--keep", type=click.Choice(["standing", "other"]), default="standing", help="Which value is to stand.")
@json_option
@options
def conflicts(session: Session, number: int | None, keep: str, as_json: bool) -> int:
    """List what two people changed without seeing each other; the later value stands until somebody settles it.

    Exit code 1 while any is open.
    """
    from tbcp_qual.tasks.merging import conflicts as open_conflicts
    from tbcp_qual.tasks.merging import settle

    if number is not None:
        with session.writing() as (project, coder):
            line = settle(project, number, keep, coder=coder)
            remark(f"Settled: {line.field} of {line.kind} “{line.name}”. `tbcp-qual undo` takes it back.")
            left = open_conflicts(project, viewer=coder)
    else:
        with session.reading() as (project, viewer):
            left = open_conflicts(project, viewer=viewer)
    if as_json:
        print_json([asdict(line) for line in left])
    for place, line in enumerate(left if not as_json else (), 1):
        say(f"{place}. {line.kind} “{line.name}”, {line.field}")
        say(f"   stands: {_value(line.stands)} ({line.stands_by or 'as it was'})")
        say(f"   other:  {_value(line.other)} ({line.other_by or 'not known'})")
    return 1 if left else 0


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(_value, value)) or "none"
    return "none" if value is None else f"“{value}”"
