"""The commands that settle differences between coders of a locked round: list, show, decide, and what came of it."""

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from tbcp_qual.cli.lanes import draw
from tbcp_qual.cli.running import LazyGroup, Session, json_option, json_rows, options
from tbcp_qual.cli.showing import print_json, remark, say
from tbcp_qual.coding.counting import some
from tbcp_qual.errors import UsageError

if TYPE_CHECKING:
    from tbcp_qual.coding.differences import Cluster
    from tbcp_qual.coding.records import Outcome, Reason
    from tbcp_qual.tasks.differing import Line
    from tbcp_qual.tasks.reconciling import Order, Reconciliation

RESULTS = {
    "status": ("tbcp_qual.cli.reconciled:status", "What became of the independent codings."),
    "review": ("tbcp_qual.cli.reconciled:review", "What the differences say of the codebook."),
    "confusion": ("tbcp_qual.cli.reconciled:confusion", "Code against code."),
}
REASONS = ("oversight", "boundary", "unclear definition", "genuine difference")

hide_option = click.option("--hide-names", "hidden", is_flag=True, help="Numbers in the place of coders.")
with_option = click.option("--with", "together", multiple=True, metavar="NAME", help="Who decides with you; repeat.")
words_option = click.option("--words", default="", help="Why, in your words.")
like_option = click.option("--like-this", is_flag=True, help="The same for all that are like it and not settled.")


@click.group(cls=LazyGroup, lazy=RESULTS)
def reconcile() -> None:
    """Differences between coders, once a round is locked: look at them, and settle them with a reason.

    What all coders share is taken without a decision. The consensus is computed from the locked codings and your
    decisions: `--by consensus` shows it wherever a coder can be named.
    """


@reconcile.command("list")
@click.argument("round_name", metavar="[ROUND]", required=False)
@click.option(
    "--order",
    type=click.Choice(["findings", "document", "code"]),
    default="findings",
    show_default=True,
    help="What comes first; findings: what most rests on, then by evaluation question.",
)
@click.option("--all", "settled", is_flag=True, help="Those that are settled too.")
@hide_option
@json_rows
@options
def list_(session: Session, round_name: str | None, order: "Order", settled: bool, hidden: bool, as_json: bool) -> None:
    """List the passages that coders coded differently, each of them one decision."""
    from tbcp_qual.tasks.differing import SHORT_ID, lines, open_lines
    from tbcp_qual.tasks.reconciling import open_reconciliation, queue

    with session.reading() as (project, viewer):
        opened = open_reconciliation(project, round_name, viewer=viewer)
        listed = lines(opened, queue(opened, order, settled=settled), hidden=hidden)
    _say_left_out(opened)
    if as_json:
        print_json([asdict(line) for line in listed])
        return
    for line in listed:
        resting = f" · findings {', '.join(line.findings)}" if line.findings else ""
        say(f"{line.id[:SHORT_ID]}  {line.label}{resting}")
        say(f"          {line.difference}{f'; {line.others} more' if line.others else ''}")
        say(f"          “{_short(line.words)}”")
        if line.decision:
            say(f"          → {_decision(line)}")
    passages, done, put_off = open_lines(opened)
    agreed = sum(len(one.agreed) for one in opened.compared)
    if opened.now.project.approach == "reflexive":
        remark(f"{some(passages, 'difference')} to discuss.")
        return
    remark(
        f"{some(passages, 'passage')} differ: {done:,} settled, {put_off:,} put off, {passages - done - put_off:,} open. "
        f"{some(agreed, 'coding')} that all coders share {'is' if agreed == 1 else 'are'} taken as they are."
    )


@reconcile.command()
@click.argument("passage", metavar="ID")
@hide_option
@json_option
@options
def show(session: Session, passage: str, hidden: bool, as_json: bool) -> None:
    """Show one passage once, with what each coder coded as lanes under it, memos, definitions, and what is like it."""
    from tbcp_qual.tasks.differing import show as passage_shown
    from tbcp_qual.tasks.reconciling import passage_named

    with session.reading() as (project, viewer):
        opened, cluster = passage_named(project, passage, viewer=viewer)
        shown = passage_shown(project, opened, cluster, viewer=viewer, hidden=hidden)
    if as_json:
        print_json(asdict(shown))
        return
    draw(shown, _decision(shown.line))


@reconcile.command()
@click.argument("passage", metavar="ID")
@click.option("--take", multiple=True, metavar="CODER", help="Whose codings stand; or all, or neither; repeat.")
@click.option("--code", "codes", multiple=True, metavar="PATH", help="The code that stands instead; repeat.")
@click.option("--quotation", metavar="WORDS", help="The words that it stands on; else the whole passage.")
@click.option("--reason", type=click.Choice(REASONS), help="Why the coders differ.")
@words_option
@with_option
@like_option
@options
def decide(
    session: Session,
    passage: str,
    take: tuple[str, ...],
    codes: tuple[str, ...],
    quotation: str | None,
    reason: "Reason | None",
    words: str,
    together: tuple[str, ...],
    like_this: bool,
) -> None:
    """Settle a passage: whose codings stand, or which code on which words.

    With --like-this the same is decided for all passages of the same kind with the same codes that are not settled;
    `reconcile show` lists them first. One `undo` takes all of it back.
    """
    from tbcp_qual.tasks.deciding import coder_called, words_chosen

    def decided(opened: "Reconciliation", cluster: "Cluster") -> dict[str, Any]:
        if bool(take) == bool(codes or quotation):
            raise UsageError(
                "What stands?", "--take CODER, --take all, --take neither; or --code PATH --quotation WORDS"
            )
        whole = [name for name in map(str.casefold, take) if name in ("all", "neither")]
        if whole and len(take) > 1:
            raise UsageError(f"--take {whole[0]} stands alone.", "Or name coders.")
        if whole:
            return {"outcome": whole[0]}
        if take:
            return {"outcome": "coders", "taken": [coder_called(opened, cluster, name) for name in take]}
        book = opened.now.codebook
        span = words_chosen(opened, cluster, quotation) if quotation else None
        return {"outcome": "own", "codes": [book.find(code).id for code in codes], "span": span}

    _write(session, passage, decided, reason=reason or "", words=words, together=together, like_this=like_this)


@reconcile.command()
@click.argument("passage", metavar="ID")
@words_option
@with_option
@like_option
@options
def defer(session: Session, passage: str, words: str, together: tuple[str, ...], like_this: bool) -> None:
    """Put a passage off: it stays in the list, and out of the consensus."""
    _write(session, passage, _always("deferred"), words=words, together=together, like_this=like_this)


@reconcile.command()
@click.argument("passage", metavar="ID")
@click.option("--to", "referred", required=True, metavar="NAME", help="Who is to decide.")
@words_option
@with_option
@like_option
@options
def refer(
    session: Session, passage: str, referred: str, words: str, together: tuple[str, ...], like_this: bool
) -> None:
    """Let a third person decide: it stays in the list under their name."""
    _write(
        session, passage, _always("referred"), referred=referred, words=words, together=together, like_this=like_this
    )


def _always(outcome: "Outcome") -> "Callable[[Reconciliation, Cluster], dict[str, Any]]":
    return lambda _opened, _cluster: {"outcome": outcome}


def _write(
    session: Session,
    passage: str,
    decided: "Callable[[Reconciliation, Cluster], dict[str, Any]]",
    *,
    like_this: bool,
    **said: Any,
) -> None:
    """Decide on a passage, say what was decided on which others, and what is left."""
    from tbcp_qual.tasks.deciding import decide as write
    from tbcp_qual.tasks.deciding import would_decide
    from tbcp_qual.tasks.differing import lines, open_lines
    from tbcp_qual.tasks.reconciling import passage_named

    with session.writing() as (project, coder):
        opened, cluster = passage_named(project, passage, viewer=coder)
        decisions = would_decide(opened, cluster, coder=coder, like_this=like_this, **decided(opened, cluster), **said)
        revision = write(project, opened, decisions, coder=coder)
        opened, cluster = passage_named(project, cluster.id, viewer=coder)
    if revision is None:
        remark("That had been decided before; nothing has changed.")
        return
    for line in lines(opened, [opened.clusters[decision.id] for decision in decisions]):
        remark(f"{line.label}: {_decision(line)}.")
    passages, settled, put_off = open_lines(opened)
    remark(f"{settled:,} of {some(passages, 'passage')} settled, {put_off:,} put off. `undo` takes it back.")


def _decision(line: "Line") -> str:
    """Say what was decided, why and by whom; empty where nothing is."""
    if line.decision is None:
        return ""
    told = line.decision
    why = f" ({told.reason}{f': {told.words}' if told.words else ''})" if told.reason else ""
    who = f", {' and '.join(told.by)}" if told.by else ""
    return f"{told.what}{why}{who}" + (f": {told.words}" if told.words and not told.reason else "")


def _short(words: str, length: int = 64) -> str:
    words = " ".join(words.split())
    return words if len(words) <= length else f"{words[: length - 1].rstrip()}…"


def _say_left_out(opened: "Reconciliation") -> None:
    if opened.left_out:
        remark(f"Left out, as another round keeps them blind for you: {', '.join(opened.left_out)}.")
