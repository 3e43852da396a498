"""`history restore`: what bringing an earlier state back would change is shown; `--yes` does it."""

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from tbcp_qual.cli.running import Session, json_option, options
from tbcp_qual.cli.showing import print_json, remark, say
from tbcp_qual.errors import UsageError

if TYPE_CHECKING:
    from tbcp_qual.store import Project
    from tbcp_qual.tasks.restoring import Left, Plan

MANY = 25
"""Records that are shown one by one; --json has all."""


@click.command()
@click.argument("act", metavar="ID")
@click.option("--record", "record", nargs=2, metavar="KIND ID", help="One record, such as a coding or memo of yours.")
@click.option("--code", metavar="PATH", help="What this code was called, said and hung under.")
@click.option("--document", metavar="NAME", help="What was said of this document; not its text.")
@click.option("--codings", metavar="NAME", help="Your codings in this document.")
@click.option("--all", "everything", is_flag=True, help="Everything, as far as it is yours to change.")
@click.option("--yes", is_flag=True, help="Do what is shown, as one act that `undo` takes back.")
@json_option
@options
def restore(
    session: Session,
    act: str,
    record: tuple[str, str] | None,
    code: str | None,
    document: str | None,
    codings: str | None,
    everything: bool,
    yes: bool,
    as_json: bool,
) -> int:
    """Bring back what there was right after an act; shown first, done with --yes.

    What others coded and wrote stays, and so do rounds, decisions, agreed versions, the records of searches and
    exports, corrected texts, what people allow, and whatever was purged. Exit code 1 where something stays as it is
    because a rule forbids it to come back.
    """
    with session.writing(known=True) if yes else session.reading() as (project, coder):
        if not yes:
            coder = session.known_coder(project)
        if [record is not None, bool(code), bool(document), bool(codings), everything].count(True) != 1:
            raise UsageError("What is to come back?", "One of --record, --code, --document, --codings and --all.")
        plan = _plan(project, act, coder, record, code, document, codings)
        if yes:
            from tbcp_qual.tasks.restoring import restore as carry_out

            carry_out(project, plan, coder=coder)
    if as_json:
        print_json({name: value for name, value in asdict(plan).items() if name != "changes"} | {"done": yes})
    else:
        _say(plan)
    _remark(plan, yes)
    return 1 if plan.left else 0


def _plan(
    project: "Project",
    act: str,
    coder: str,
    record: tuple[str, str] | None,
    code: str | None,
    document: str | None,
    codings: str | None,
) -> "Plan":
    from tbcp_qual.tasks import restoring

    if record is not None:
        return restoring.plan_record(project, act, *record, coder=coder)
    if code:
        return restoring.plan_code(project, act, code, coder=coder)
    if document:
        return restoring.plan_document(project, act, document, coder=coder)
    if codings:
        return restoring.plan_codings(project, act, codings, coder=coder)
    return restoring.plan_all(project, act, coder=coder)


def _say(plan: "Plan") -> None:
    from tbcp_qual.tasks.telling import CALLED, counted, in_short

    for record in plan.records[:MANY]:
        say(f"{record.act}: {CALLED.get(record.kind, record.kind)} {record.called}")
        for field in record.fields:
            say(f"  {field.name}: {in_short(field.before)} → {in_short(field.after)}")
    more = Counter((record.act, record.kind) for record in plan.records[MANY:])
    for (act, kind), number in more.items():
        say(f"{act}: {counted(kind, number)} more")


def _remark(plan: "Plan", done: bool) -> None:
    from tbcp_qual.tasks.telling import counted

    when = plan.at[:16].replace("T", " ")
    for coder, kinds in plan.others.items():
        theirs = ", ".join(counted(kind, number) for kind, number in kinds.items())
        remark(f"Left as they are, for they are {coder}'s: {theirs}.")
    for line in _reasons(plan.left):
        remark(line)
    if not plan.records:
        remark(f"Nothing to bring back: {plan.what} is as it was at {when} UTC, as far as it is yours.")
        return
    kinds = Counter(record.kind for record in plan.records)
    what = ", ".join(counted(kind, number) for kind, number in kinds.items())
    if done:
        remark(f"Restored {plan.what} as of {when} UTC: {what}. `undo` takes that back.")
    else:
        remark(f"Would restore {plan.what} as of {when} UTC: {what}. Nothing was changed; --yes does it.")


def _reasons(left: "tuple[Left, ...]") -> list[str]:
    """Say what stays and why; many of one reason by their number."""
    by_reason: dict[str, list[str]] = {}
    for one in left:
        by_reason.setdefault(one.reason, []).append(one.called)
    return [
        f"Left: {'; '.join(called) if len(called) <= 3 else f'{len(called)} records'}: {reason}."
        for reason, called in by_reason.items()
    ]
