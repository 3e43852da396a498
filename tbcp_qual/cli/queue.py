"""Commands on the recode queue: queue, confirm, recode, drop, revisited; they stand under `codes`."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, cast

import click

from tbcp_qual.cli.acting import carry_out, dry_run_option, say_difference
from tbcp_qual.cli.running import Session, json_option, options
from tbcp_qual.cli.showing import print_json, remark, say
from tbcp_qual.coding.counting import some
from tbcp_qual.errors import UsageError

if TYPE_CHECKING:
    from tbcp_qual.coding.recoding import Reason
    from tbcp_qual.coding.snapshot import Snapshot
    from tbcp_qual.tasks.coding import Act
    from tbcp_qual.tasks.recoding import QueueLine

SHOWN = 56
"""Characters of the words that a line shows; --json has all."""

REASONS = {
    "split": "was split",
    "merged": "stands for a merged code",
    "retired": "is retired",
    "redefined": "was redefined",
    "renamed": "was renamed",
    "new code": "came after these documents were done",
}
"""What is said of a code, by the reason for which something waits."""

code_option = click.option("--code", "path", metavar="PATH", help="Only at this code, or below it.")
reason_option = click.option("--reason", type=click.Choice(list(REASONS)), help="Only what waits for this reason.")


@click.command()
@code_option
@reason_option
@click.option("--mine", is_flag=True, help="Only what you can decide.")
@json_option
@options
def queue(session: Session, path: str | None, reason: str | None, mine: bool, as_json: bool) -> int:
    """List what waits for a decision since the codebook changed.

    Codings made under an older definition, codings of a code that was split, merged or retired, and documents that
    you had done before a code was there. Each is for whoever made it: `codes confirm`, `codes recode`, `codes drop`,
    `codes revisited`. Exit code 1 while something waits for you.
    """
    from tbcp_qual.tasks.codebook import find_any
    from tbcp_qual.tasks.recoding import narrowed, queue_lines, waiting_now

    with session.reading() as (project, viewer):
        snapshot, everything = waiting_now(project, viewer)
    code = find_any(snapshot.codebook, path) if path else None
    chosen = narrowed(everything, snapshot.codebook, code=code, reason=cast("Reason | None", reason))
    lines = queue_lines(snapshot, [waiting for waiting in chosen if waiting.own or not mine])
    own = sum(line.waiting.own for line in lines)
    if as_json:
        print_json([_plain(line) for line in lines])
    else:
        for _, group in groupby(lines, key=lambda line: (line.waiting.code, line.waiting.reason)):
            _show(list(group))
        if not lines:
            remark("Nothing waits.")
        else:
            remark(f"{some(own, 'waits', 'wait')} for you, {some(len(lines) - own, 'waits', 'wait')} for others.")
    return 1 if own else 0


def _plain(line: "QueueLine") -> dict[str, object]:
    coding = line.waiting.coding
    return {
        "id": coding.id if coding else None,
        "reason": line.waiting.reason,
        "code": line.code,
        "made_as": line.made_as or None,
        "document": line.document,
        "label": line.label,
        "coder": line.coder,
        "own": line.waiting.own,
        "words": line.words or None,
        "definition": [{"field": field, "before": before, "now": now} for field, before, now in line.unlike],
        "parts": list(line.parts),
    }


def _show(lines: "Sequence[QueueLine]") -> None:
    """Print what waits at one code for one reason: what became of the definition, then the passages."""
    from tbcp_qual.analysis.passages import shortened
    from tbcp_qual.tasks.recoding import SHORT_ID

    first = lines[0]
    reason = first.waiting.reason
    parts = f": {', '.join(first.parts)}" if reason == "split" else ""
    say(f"{first.code} {REASONS[reason]}{parts}")
    if reason == "new code":
        say(f"  {', '.join(line.document for line in lines)}\n")
        return
    said: set[object] = set()
    width = max(len(line.label) for line in lines)
    coders = max(len(line.coder) for line in lines)
    for line in lines:
        known = (line.made_as, line.unlike)
        if known not in said and reason != "retired":
            said.add(known)
            if line.made_as:
                say(f"  made as {line.made_as}")
            for field, before, now in line.unlike:
                say_difference(field, before, now)
        assert line.waiting.coding is not None
        words = shortened(" ".join(line.words.split()), SHOWN)
        say(f"  {line.waiting.coding.id[-SHORT_ID:]}  {line.coder:<{coders}}  {line.label:<{width}}  “{words}”")
    say()


@click.command()
@click.argument("codings", nargs=-1)
@code_option
@reason_option
@dry_run_option
@options
def confirm(session: Session, codings: tuple[str, ...], path: str | None, reason: str | None, dry_run: bool) -> None:
    """Keep CODINGS of yours as they are: they are right under the definitions of today.

    A coding is named by its id or the last digits of it, as `codes queue` shows them. With --code or --reason all that
    wait there for you are kept.
    """

    def build(snapshot: "Snapshot") -> "Act":
        from tbcp_qual.tasks import recoding

        return recoding.confirm(snapshot, recoding.own_codings(snapshot, codings))

    def build_all(snapshot: "Snapshot") -> "Act":
        from tbcp_qual.tasks import recoding
        from tbcp_qual.tasks.codebook import find_any

        code = find_any(snapshot.codebook, path) if path else None
        chosen = recoding.narrowed(waiting, snapshot.codebook, code=code, reason=cast("Reason | None", reason))
        return recoding.confirm(snapshot, [w.coding for w in chosen if w.own and w.coding is not None])

    if codings and (path or reason):
        raise UsageError("Either codings or --code and --reason.", "tbcp-qual codes confirm --reason renamed")
    if codings:
        carry_out(session, build, dry_run=dry_run, whole=True, same="They do not wait.")
        return
    from tbcp_qual.tasks.recoding import waiting_now

    with session.reading() as (project, viewer):
        if not path and not reason:
            raise UsageError("Which codings?", "Give their ids, or --code PATH, or --reason REASON.")
        _, waiting = waiting_now(project, viewer)
    carry_out(session, build_all, dry_run=dry_run, whole=True, same="Nothing waits there for you.")


@click.command()
@click.argument("codings", nargs=-1, required=True)
@click.argument("code")
@dry_run_option
@options
def recode(session: Session, codings: tuple[str, ...], code: str, dry_run: bool) -> None:
    """Give CODINGS of yours, by id or its last digits, another CODE; their words stay."""

    def build(snapshot: "Snapshot") -> "Act":
        from tbcp_qual.tasks import recoding

        return recoding.recode(snapshot, recoding.own_codings(snapshot, codings), snapshot.codebook.find(code))

    carry_out(session, build, dry_run=dry_run, whole=True)


@click.command()
@click.argument("codings", nargs=-1, required=True)
@dry_run_option
@options
def drop(session: Session, codings: tuple[str, ...], dry_run: bool) -> None:
    """Take CODINGS of yours away, by id or its last digits."""

    def build(snapshot: "Snapshot") -> "Act":
        from tbcp_qual.tasks import recoding

        return recoding.drop(snapshot, recoding.own_codings(snapshot, codings))

    carry_out(session, build, dry_run=dry_run, whole=True)


@click.command()
@click.argument("code")
@click.argument("documents", nargs=-1, required=True)
@dry_run_option
@options
def revisited(session: Session, code: str, documents: tuple[str, ...], dry_run: bool) -> None:
    """Say that you have read DOCUMENTS again for a CODE that came after they were done.

    Each is kept as a memo of yours, a method decision, so that it can be shown.
    """

    def build(snapshot: "Snapshot") -> "Act":
        from tbcp_qual.tasks import recoding
        from tbcp_qual.tasks.documents import find_document

        found = [find_document(snapshot.documents, name) for name in documents]
        return recoding.revisited(snapshot, snapshot.codebook.find(code), found)

    carry_out(session, build, dry_run=dry_run, whole=True, same="That is said already.")
