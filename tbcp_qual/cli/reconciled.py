"""The commands that say what reconciling a round came to; no coefficient is among it."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from tbcp_qual.cli.running import Session, json_option, json_rows, options
from tbcp_qual.cli.showing import print_json, print_table, remark, say
from tbcp_qual.coding.counting import some

if TYPE_CHECKING:
    from tbcp_qual.coding.reconciliation import Account
    from tbcp_qual.store import Project
    from tbcp_qual.tasks.consensus import ChangedCode
    from tbcp_qual.tasks.reconciling import Reconciliation

OUTCOMES = {
    "coders": "one coder’s codings stand",
    "all": "all stand",
    "neither": "none stands",
    "own": "decided anew",
    "deferred": "put off",
    "referred": "a third person is asked",
}
hide_option = click.option("--hide-names", "hidden", is_flag=True, help="Numbers in the place of coders.")
between_option = click.option("--between", metavar="A,B", help="The coders; else all of the round.")


def say_what_is_open(project: "Project", by: str | None, *, viewer: str) -> None:
    """Say what a consensus leaves out, where one was asked for."""
    from tbcp_qual.tasks.consensus import means_consensus, open_passages

    if means_consensus(project, by):
        left = open_passages(project, viewer=viewer)
        remark(
            "The consensus of the locked rounds: what all coders share, and what was decided. "
            + (
                f"{some(left, 'passage')} that nobody has settled are left out."
                if left
                else "Every passage is settled."
            )
        )


@click.command()
@click.argument("round_name", metavar="[ROUND]", required=False)
@hide_option
@json_option
@options
def status(session: Session, round_name: str | None, hidden: bool, as_json: bool) -> int:
    """Say what became of the independent codings: kept, changed, unresolved; and of the codebook since.

    Exit code 1 while passages are open.
    """
    from tbcp_qual.tasks.consensus import ONLY_A_NEW_ROUND, upshot
    from tbcp_qual.tasks.reconciling import open_reconciliation

    with session.reading() as (project, viewer):
        opened = open_reconciliation(project, round_name, viewer=viewer)
        reached = upshot(opened)
    account = reached.account
    left = account.passages - account.settled
    if as_json:
        print_json(
            {
                "round": opened.round.name,
                "agreed": account.agreed,
                "passages": account.passages,
                "settled": account.settled,
                "unresolved": left,
                "outcomes": account.outcomes,
                "reasons": account.reasons,
                "kinds": {kind: {"passages": n, "settled": done} for kind, (n, done) in account.kinds.items()},
                "coders": [
                    {**asdict(shares), "coder": opened.who(shares.coder, hidden=hidden)} for shares in account.coders
                ],
                "codebook": [asdict(change) for change in reached.codebook],
                "stray decisions": account.stray,
                "left out": opened.left_out,
                "note": ONLY_A_NEW_ROUND,
            }
        )
        return 1 if left else 0
    say(f"Round {opened.round.name}, locked {opened.round.locked_at[:10]}")
    say(f"{some(account.agreed, 'coding')} that all coders share: taken without a decision.")
    say(f"{some(account.passages, 'passage')} differ: {account.settled:,} settled, {left:,} not.")
    _print_shares(account, opened, hidden=hidden)
    _print_kinds(account)
    _print_codebook(reached.codebook)
    if account.stray:
        remark(f"{some(account.stray, 'decision')} on passages of documents that are gone.")
    say(f"\n{ONLY_A_NEW_ROUND}")
    return 1 if left else 0


def _print_shares(account: "Account", opened: "Reconciliation", *, hidden: bool) -> None:
    if not account.coders:
        return
    say()
    rows = [
        [
            opened.who(shares.coder, hidden=hidden),
            shares.codings,
            shares.agreed,
            shares.kept,
            shares.changed,
            shares.unresolved,
            _share(shares.agreed + shares.kept, shares.codings),
            _share(shares.changed, shares.codings),
            _share(shares.unresolved, shares.codings),
        ]
        for shares in account.coders
    ]
    headings = ["coder", "codings", "agreed", "kept", "changed", "open", "kept %", "changed %", "open %"]
    print_table(rows, headings)
    say("kept %: what all share, and what stands as it was after a decision.")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"


def _print_kinds(account: "Account") -> None:
    if account.kinds:
        say()
        print_table(
            [[kind, n, done] for kind, (n, done) in account.kinds.items()], ["difference", "passages", "settled"]
        )
    if account.outcomes:
        say()
        print_table(
            [[OUTCOMES[outcome], n] for outcome, n in sorted(account.outcomes.items(), key=lambda pair: -pair[1])],
            ["decision", "passages"],
        )
    if account.reasons:
        say()
        reasons = sorted(account.reasons.items(), key=lambda pair: -pair[1])
        print_table([[reason or "none given", n] for reason, n in reasons], ["reason", "passages"])


def _print_codebook(changes: "tuple[ChangedCode, ...]") -> None:
    say(f"\nThe codebook since the lock: {'no changes' if not changes else some(len(changes), 'code')}.")
    for change in changes:
        was = f", was “{change.was}”" if "renamed" in change.what else ""
        issue = f" · at issue in {some(change.at_issue, 'settled passage')}" if change.at_issue else ""
        say(f"  {change.path}: {' and '.join(change.what)}{was}{issue}")


@click.command()
@click.argument("round_name", metavar="[ROUND]", required=False)
@between_option
@hide_option
@json_rows
@options
def review(session: Session, round_name: str | None, between: str | None, hidden: bool, as_json: bool) -> None:
    """Say what the differences of a round say of the codebook: what to merge, to sharpen, to give an example of.

    Codes that stand for one another, codes that one coder never uses, and who codes more words than the others; each
    with its passages.
    """
    from tbcp_qual.tasks.consensus import codebook_review, spoken
    from tbcp_qual.tasks.differing import SHORT_ID
    from tbcp_qual.tasks.reconciling import open_reconciliation

    with session.reading() as (project, viewer):
        opened = open_reconciliation(project, round_name, viewer=viewer)
        points = codebook_review(opened, between.split(",") if between else ())
    if as_json:
        print_json(
            [
                {
                    **asdict(point),
                    "codes": [opened.path(code) for code in point.codes],
                    "coder": opened.who(point.coder, hidden=hidden) if point.coder else None,
                    "instead": [[opened.path(code) if code else None, n] for code, n in point.instead],
                    "says": spoken(opened, point, hidden=hidden),
                }
                for point in points
            ]
        )
        return
    for point in points:
        say(spoken(opened, point, hidden=hidden))
        say(f"    suggestion: {', or '.join(point.suggestions)}")
        labels = [f"{passage[:SHORT_ID]} {opened.label(opened.clusters[passage])}" for passage in point.passages[:3]]
        more = len(point.passages) - len(labels)
        say(f"    passages: {'; '.join(labels)}{f'; and {more} more (--json)' if more else ''}")
    if not points:
        remark(
            "The differences of this round say nothing of the codebook: no code is confused, unused or cut otherwise."
        )


@click.command()
@click.argument("round_name", metavar="[ROUND]", required=False)
@between_option
@hide_option
@json_option
@options
def confusion(session: Session, round_name: str | None, between: str | None, hidden: bool, as_json: bool) -> None:
    """Set code against code: how often coders used which two codes on the same words.

    Counted in pairs of coders: what two of them have on the words of one passage. Of two coders the first has the left
    column.
    """
    from tbcp_qual.analysis.confusion import NOTHING
    from tbcp_qual.tasks.consensus import confusion as code_by_code
    from tbcp_qual.tasks.reconciling import open_reconciliation

    with session.reading() as (project, viewer):
        opened = open_reconciliation(project, round_name, viewer=viewer)
        table = code_by_code(opened, between.split(",") if between else ())
    who = [opened.who(coder, hidden=hidden) for coder in table.coders]
    cells = [
        {
            "first": opened.path(first) if first else None,
            "second": opened.path(second) if second else None,
            "count": count,
            "passages": list(table.passages.get((first, second), ())),
        }
        for (first, second), count in sorted(
            table.cells.items(), key=lambda cell: (NOTHING in cell[0], -cell[1], cell[0])
        )
    ]
    if as_json:
        print_json({"coders": who, "codes": [opened.path(code) for code in table.codes], "cells": cells})
        return
    unlike = [cell for cell in cells if cell["first"] != cell["second"]]
    headings = [who[0], who[1], "times"] if len(who) == 2 else ["code", "code", "times"]
    print_table([[cell["first"] or "nothing", cell["second"] or "nothing", cell["count"]] for cell in unlike], headings)
    alike = sum(count for (first, second), count in table.cells.items() if first == second)
    remark(f"The same code {some(alike, 'time')}; {', '.join(who)}. --json has all, with the passages.")
