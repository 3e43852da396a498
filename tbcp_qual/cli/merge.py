"""Commands for several copies of one project."""

from contextlib import ExitStack
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tbcp_qual.cli.privacy import list_option
from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.sealed import passphrase
from tbcp_qual.cli.showing import print_json, remark, say
from tbcp_qual.coding.counting import some

if TYPE_CHECKING:
    from tbcp_qual.tasks.conflicts import ConflictLine
    from tbcp_qual.tasks.merging import MergeReport


@click.command()
@click.argument("other", type=FILE)
@list_option
@json_option
@options
def merge(session: Session, other: Path, list_: Path | None, as_json: bool) -> int:
    """Bring in the work of another copy of this project.

    As often as you like, in any order: the same work is never taken in twice, and nobody's is lost. A sealed pack is
    opened by its passphrase. Names that were replaced and purged in one of the two are taken out again at once where
    the other brings them back; they are known from what the other still holds in their places, and from the list of
    pseudonyms where it is at hand.
    Exit code 1 where two people changed one thing without seeing each other, where codes that exclude each other are
    now on the same words, where names were taken out again, or where coding came after its round was locked.
    """
    from tbcp_qual.tasks.merging import merge_file
    from tbcp_qual.tasks.sealing import is_sealed, unsealed_for

    secret = passphrase(new=False) if is_sealed(other) else ""
    with session.writing() as (project, coder), ExitStack() as until_merged:
        opened = until_merged.enter_context(unsealed_for(other, project.path.parent, secret)) if secret else other
        report = merge_file(project, opened, viewer=coder, pseudonyms=list_)
    if as_json:
        print_json(asdict(report))
        return 1 if report.open else 0
    _say_what_came(report, other)
    _remark_what_to_look_at(report)
    return 1 if report.open else 0


def _say_what_came(report: "MergeReport", other: Path) -> None:
    from tbcp_qual.tasks.telling import counted

    if not report.revisions and not report.withheld:
        say(f"Nothing new in {other}.")
    if report.revisions:
        who = ", ".join(f"{name} {n}" for name, n in sorted(report.by_coder.items()))
        say(f"{some(report.revisions, 'act')} came in ({who}).")
        what = ", ".join(counted(kind, n) for kind, n in sorted(report.changed.items()))
        say(f"Changed: {what or 'nothing that shows'}.")
    if report.withheld:
        say("Others' work on documents of a blind round came in too; it is shown once the round is locked.")
    for name in report.kept:
        say(f"Kept though it was deleted in one copy, because it is in use: {name}")
    for line in report.ahead:
        say(f"A clock was ahead: {line}")


def _remark_what_to_look_at(report: "MergeReport") -> None:
    for name in report.same_name:
        remark(
            f"Two coders are called {name}, one from each copy; their work stays apart."
            " Where they are one person: tbcp-qual coders join"
        )
    if report.withdrawn_again:
        remark(f"Words of somebody who has withdrawn were taken out again: {', '.join(report.withdrawn_again)}.")
    for name in report.late:
        remark(f"Coding of round “{name}” came after it was locked: it is kept, and no part of what was locked.")
    if report.names_again or report.names_elsewhere or report.names_withheld:
        where = [f"{one.document} ({some(one.places, 'place')})" for one in report.names_again]
        if report.names_elsewhere:
            where.append(some(report.names_elsewhere, "other record"))
        if report.names_withheld:
            where.append("others' work in a blind round")
        remark(f"Names that were purged came back, and were taken out again for good: {', '.join(where)}.")
        remark("Other copies may hold them still: merge this one into them, or delete them.")
    if report.unplaced:
        remark(f"{some(report.unplaced, 'record lies', 'records lie')} on no words: tbcp-qual documents unplaced")
    for clash in report.clashes:
        remark(f"{clash}.")
    if report.conflicts:
        remark(f"{some(len(report.conflicts), 'conflict is', 'conflicts are')} open: tbcp-qual conflicts")


@click.command()
@click.option("--settle", "number", type=int, metavar="N", help="Settle the conflict with this number.")
@click.option(
    "--keep",
    default="standing",
    show_default=True,
    metavar="standing|other",
    help="Which is to stand; of three, other2 too.",
)
@json_option
@options
def conflicts(session: Session, number: int | None, keep: str, as_json: bool) -> int:
    """List what two people changed without seeing each other; the later stands until somebody settles it.

    A transcript that was corrected twice is one conflict, and so is a passage decided twice: settling it takes all that
    belongs to it. Exit code 1 while any is open.
    """
    from tbcp_qual.tasks.conflicts import conflicts as open_conflicts
    from tbcp_qual.tasks.conflicts import settle

    if number is not None:
        with session.writing() as (project, coder):
            line = settle(project, number, keep, coder=coder)
            remark(f"Settled: {line.told}. `tbcp-qual undo` takes it back.")
            left = open_conflicts(project, viewer=coder)
    else:
        with session.reading() as (project, viewer):
            left = open_conflicts(project, viewer=viewer)
    if as_json:
        print_json([{"number": place, **asdict(line)} for place, line in enumerate(left, 1)])
        return 1 if left else 0
    for place, line in enumerate(left, 1):
        _say(place, line)
    if left and number is None:
        remark("Next: tbcp-qual conflicts --settle N --keep standing (or other)")
    if not left:
        remark("No conflict is open.")
    return 1 if left else 0


def _say(place: int, line: "ConflictLine") -> None:
    say(f"{place}. {line.told}")
    for choice in line.choices:
        by = f"{choice.by}, {_when(choice.at)}" if choice.by else "as it was"
        say(f"   {f'{choice.keep}:':<10}{by}: {choice.told}")


def _when(at: str) -> str:
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return "some time"
    return f"{moment.day} {moment:%B %Y, %H:%M}"
