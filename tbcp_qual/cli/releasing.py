"""What every command that lets something out says and keeps: the findings of the disclosure check, and the record."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from tbcp_qual.cli.running import Session
from tbcp_qual.cli.showing import remark
from tbcp_qual.coding.counting import some
from tbcp_qual.errors import Conflict, ProjectUnusable

if TYPE_CHECKING:
    from tbcp_qual.coding.records import Audience
    from tbcp_qual.privacy.disclosure import Concern

F = TypeVar("F", bound=Callable[..., Any])

FEW = 8
"""Findings of one kind that are said one by one; of more only the number."""


def audience_options(command: F) -> F:
    """Give a command that lets something out `--audience` and `--reason`."""
    command = click.option(
        "--reason", default="", metavar="WORDS", help="Why it goes out although the check has findings."
    )(command)
    return click.option(
        "--audience",
        type=click.Choice(["team", "steering", "commissioner", "public"]),
        default="team",
        show_default=True,
        help="Who reads it; the farther from the team, the more is checked.",
    )(command)


def audience_named(name: str) -> "Audience":
    """Return the audience that an option names."""
    return cast("Audience", "steering group" if name == "steering" else name)


def say_concerns(concerns: "list[Concern]", audience: "Audience", reason: str) -> None:
    """Say what an export would give away, and what to do about it."""
    if not concerns:
        return
    remark(f"Disclosure check for the {audience}: {some(len(concerns), 'finding')}.")
    number = Counter(concern.kind for concern in concerns)
    said: Counter[str] = Counter()
    for concern in concerns:
        said[concern.kind] += 1
        if said[concern.kind] <= FEW:
            remark(f"  {concern.kind}: {concern.where} {concern.message} ({' or '.join(concern.remedies)})")
        elif said[concern.kind] == FEW + 1:
            remark(f"  {concern.kind}: … and {number[concern.kind] - FEW} more")
    if audience == "team":
        remark("It goes to the team all the same; settle these before it goes further.")
    elif not reason.strip():
        remark("Nothing was written. Settle them, or say why it goes out: --reason")


def keep_record(
    session: Session, path: Path, what: str, audience: "Audience", concerns: "list[Concern]", reason: str
) -> None:
    """Record that a file was made; to the team it goes even from a project that cannot be written."""
    from tbcp_qual.tasks.releasing import record_export

    try:
        with session.writing(known=True) as (project, coder):
            record_export(project, path, what=what, audience=audience, concerns=concerns, reason=reason, coder=coder)
    except (Conflict, ProjectUnusable) as problem:
        if audience != "team":
            path.unlink(missing_ok=True)
            raise
        remark(f"That it was made is not in the record: {problem.message}")
