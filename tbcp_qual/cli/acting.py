"""Acts on the codebook: what one touches is said first, and with `--dry-run` that is all; and what became of a field."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from tbcp_qual.cli.running import Session
from tbcp_qual.cli.showing import remark, say

if TYPE_CHECKING:
    from tbcp_qual.coding.records import Code
    from tbcp_qual.coding.snapshot import Snapshot
    from tbcp_qual.tasks.coding import Act

SHORT = 60
"""Characters of two values that stand on one line."""

dry_run_option = click.option("--dry-run", is_flag=True, help="Say what it would touch; change nothing.")


def carry_out(
    session: Session,
    build: "Callable[[Snapshot], Act]",
    *,
    dry_run: bool = False,
    whole: bool = False,
    same: str = "",
) -> None:
    """Build an act from what the coder may see, and apply it as one revision.

    Args:
        session: which project, and who is asking.
        build: makes the act; says first what it touches.
        dry_run: say what would be done, and change nothing.
        whole: let it see the codings and texts of all documents.
        same: what to say where nothing changes.
    """
    with session.reading() if dry_run else session.writing() as (project, coder):
        act = build(project.snapshot(coder, None if whole else []))
        if not act.changes:
            remark(same or "Nothing to change.")
        elif dry_run:
            remark(f"Would be done: {act.label}. Nothing was changed.")
        else:
            project.apply(act.label, act.changes, coder=coder)
            remark(f"{act.label}.")


def say_touched(snapshot: "Snapshot", code: "Code") -> None:
    """Say what an act on a code touches, before it is done."""
    from tbcp_qual.coding.code_edits import touched

    remark(f"“{code.name}” touches {touched(snapshot.codebook, snapshot.codings, snapshot.themes, code)}.")


def say_difference(field: str, before: str, after: str) -> None:
    """Print what became of a field: on a line where both are short, else what went and what came below each other."""
    old, new = " ".join(before.split()), " ".join(after.split())
    if len(old) + len(new) < SHORT and field != "codes":
        say(f"  {field}: {f'{old} → {new}' if old and new else f'+ {new}' if new else f'- {old}'}")
        return
    if field == "codes":
        gone, come = (words.split("; ") if words else [] for words in (before, after))
        lines = [
            *(f"- {code}" for code in gone if code not in come),
            *(f"+ {code}" for code in come if code not in gone),
        ]
    elif old and new.startswith(old):
        lines = [f"+ […] {new[len(old) :].lstrip()}"]
    else:
        lines = [f"{sign} {words}" for sign, words in (("-", old), ("+", new)) if words]
    say("\n".join([f"  {field}", *(f"    {line}" for line in lines)]))
