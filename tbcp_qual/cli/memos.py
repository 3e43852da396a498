"""Commands on memos: add, list, show, edit, link, unlink, delete, export."""

import contextlib
import os
import secrets
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tbcp_qual.cli.releasing import say_concerns
from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.showing import on_terminal, print_json, print_table, remark, say
from tbcp_qual.coding.counting import some
from tbcp_qual.errors import UsageError

if TYPE_CHECKING:
    from tbcp_qual.store import Project
    from tbcp_qual.tasks.coding import Act
    from tbcp_qual.tasks.memos import ListedMemo

KINDS = ["familiarisation", "analytic", "reflexive", "method-decision"]
kind_option = click.option("--kind", type=click.Choice(KINDS, case_sensitive=False), help="What it is for.")


@click.group()
def memos() -> None:
    """Notes on passages, documents, cases, codes, themes and the project."""


@memos.command()
@click.argument("text", required=False)
@kind_option
@click.option("--title", default="", metavar="WORDS", help="A line over it.")
@click.option("--document", metavar="NAME", help="It is about this document.")
@click.option("--turn", metavar="N", help="About this turn of the document.")
@click.option("--quotation", metavar="WORDS", help="About these words of the document, or of the turn.")
@click.option("--case", metavar="LABEL", help="It is about this case.")
@click.option("--code", metavar="PATH", help="It is about this code.")
@click.option("--theme", metavar="NAME", help="It is about this theme.")
@click.option("--coding", "codings", multiple=True, metavar="ID", help="It draws on this coding; repeat.")
@options
def add(
    session: Session,
    text: str | None,
    kind: str | None,
    title: str,
    codings: tuple[str, ...],
    document: str | None,
    turn: str | None,
    quotation: str | None,
    case: str | None,
    code: str | None,
    theme: str | None,
) -> None:
    """Write a memo, in markdown: TEXT, or - to read it from stdin; without TEXT your editor opens.

    Where nothing says what it is about, it is about the project. A memo is analytic unless --kind says otherwise.
    """
    from tbcp_qual.tasks import memos as acts
    from tbcp_qual.tasks.naming import short_id

    where = {"document": document, "turn": turn, "quotation": quotation, "case": case, "code": code, "theme": theme}
    with session.reading() as (project, viewer):  # what cannot be written about is said before anything is written
        acts.find_subject(project, viewer=viewer, **where)
        acts.find_codings(project.snapshot(viewer), codings) if codings else []
    with _written(session, text, "") as body, session.writing() as (project, coder):
        subject = acts.find_subject(project, viewer=coder, **where)
        now = project.snapshot(coder, None if codings else [subject.document.id] if subject.document else [])
        linked = acts.find_codings(now, codings)
        act = acts.write(now, subject, kind=acts.memo_kind(kind or "analytic"), title=title, body=body, codings=linked)
        _carry_out(project, act, coder, f" ({short_id(act.changes[0].id)})")


@memos.command("list")
@kind_option
@click.option("--document", metavar="NAME", help="Only on this document, or on words in it.")
@click.option("--case", metavar="LABEL", help="Only on this case.")
@click.option("--code", metavar="PATH", help="Only on this code, or one below it.")
@click.option("--theme", metavar="NAME", help="Only on this theme.")
@click.option("--on-project", is_flag=True, help="Only on the project as a whole.")
@click.option("--coding", metavar="ID", help="Only those that draw on this coding.")
@click.option("--by", metavar="CODER", help="Only by this coder.")
@json_option
@options
def list_(
    session: Session,
    kind: str | None,
    document: str | None,
    case: str | None,
    code: str | None,
    theme: str | None,
    on_project: bool,
    coding: str | None,
    by: str | None,
    as_json: bool,
) -> None:
    """List the memos that you may see, the oldest first. `find --in memo WORDS` searches them."""
    from tbcp_qual.tasks.memos import list_memos, memo_kind
    from tbcp_qual.tasks.naming import short_id

    with session.reading() as (project, viewer):
        listed = list_memos(
            project,
            viewer=viewer,
            kind=memo_kind(kind) if kind else None,
            document=document,
            case=case,
            code=code,
            theme=theme,
            by=by,
            coding=coding,
            only_project=on_project,
        )
    if as_json:
        print_json([asdict(memo) for memo in listed])
        return
    rows = [[short_id(m.id), m.at[:10], m.coder, m.kind, m.about, m.heading, len(m.codings) or ""] for m in listed]
    print_table(
        rows,
        ["Id", "Begun", "Coder", "Kind", "On", "Memo", "Codings"],
        nothing="There are no such memos: tbcp-qual memos add TEXT",
    )


@memos.command()
@click.argument("memo", metavar="ID")
@json_option
@options
def show(session: Session, memo: str, as_json: bool) -> None:
    """Show one memo, what it is about and what it draws on; the end of its ID will do."""
    from tbcp_qual.tasks.memos import show_memo

    with session.reading() as (project, viewer):
        shown = show_memo(project, memo, viewer=viewer)
    if as_json:
        print_json(asdict(shown))
    else:
        _say_memo(shown)


def _say_memo(memo: "ListedMemo") -> None:
    say(memo.title or f"{memo.kind.capitalize()} memo")
    when = memo.at[:16].replace("T", " ")
    say(f"{memo.coder} · {memo.kind} · on {memo.about}{f' · {when} UTC' if when else ''}")
    if memo.words.strip():
        say(f"  “{' '.join(memo.words.split())}”")
    if memo.body:
        say()
        say(memo.body)
    if memo.codings:
        say()
        say("Draws on:")
    for coding in memo.codings:
        say(f"  {coding.code} · {coding.coder}: “{' '.join(coding.words.split())}” — {coding.source}")


@memos.command()
@click.argument("memo", metavar="ID")
@click.argument("text", required=False)
@kind_option
@click.option("--title", default=None, metavar="WORDS", help="Another line over it; empty for none.")
@options
def edit(session: Session, memo: str, text: str | None, kind: str | None, title: str | None) -> None:
    """Change a memo of yours: TEXT takes the place of what it says, - reads it from stdin.

    Without TEXT, --kind and --title your editor opens with what it says now.
    """
    from tbcp_qual.tasks import memos as acts

    only_about = text is None and (kind is not None or title is not None)
    with session.reading() as (project, viewer):
        before = acts.find_memo(project.snapshot(viewer), memo)
        acts.edit(project.snapshot(viewer, []), before, title=before.title)
    with (
        contextlib.nullcontext(None) if only_about else _written(session, text, before.body) as body,
        session.writing(known=True) as (project, coder),
    ):
        now = project.snapshot(coder)
        found = acts.find_memo(now, before.id)
        if body is not None and found.body != before.body and text is None:
            raise UsageError("The memo was changed while you wrote.", "Look at it again: tbcp-qual memos show ID")
        act = acts.edit(now, found, kind=acts.memo_kind(kind) if kind else None, title=title, body=body)
        _carry_out(project, act, coder)


@memos.command()
@click.argument("memo", metavar="ID")
@click.argument("codings", nargs=-1, required=True, metavar="CODING...")
@options
def link(session: Session, memo: str, codings: tuple[str, ...]) -> None:
    """Let a memo of yours draw on codings, by their ids; `codings list` shows them."""
    from tbcp_qual.tasks import memos as acts

    with session.writing(known=True) as (project, coder):
        now = project.snapshot(coder)
        _carry_out(project, acts.link(now, acts.find_memo(now, memo), acts.find_codings(now, codings)), coder)


@memos.command()
@click.argument("memo", metavar="ID")
@click.argument("codings", nargs=-1, required=True, metavar="CODING...")
@options
def unlink(session: Session, memo: str, codings: tuple[str, ...]) -> None:
    """Let a memo of yours no longer draw on codings."""
    from tbcp_qual.tasks import memos as acts

    with session.writing(known=True) as (project, coder):
        now = project.snapshot(coder)
        _carry_out(project, acts.unlink(now, acts.find_memo(now, memo), acts.find_codings(now, codings)), coder)


@memos.command()
@click.argument("memo", metavar="ID")
@options
def delete(session: Session, memo: str) -> None:
    """Take a memo of yours away; `undo` brings it back."""
    from tbcp_qual.tasks import memos as acts

    with session.writing(known=True) as (project, coder):
        now = project.snapshot(coder)
        _carry_out(project, acts.delete(now, acts.find_memo(now, memo)), coder)


@memos.command()
@click.argument("file", type=FILE)
@options
def export(session: Session, file: Path) -> None:
    """Write all memos that you may see to a markdown FILE for the team, kind by kind."""
    from tbcp_qual.tasks.memos import export_memos

    with session.writing(known=True) as (project, coder):
        number, concerns = export_memos(project, file, viewer=coder)
    say_concerns(concerns, "team", "")
    remark(f"{file}: {some(number, 'memo')}.")
    remark("De-identified, not anonymous: keep the file where the project is kept.")


def _carry_out(project: "Project", act: "Act", coder: str, more: str = "") -> None:
    done = project.apply(act.label, act.changes, coder=coder)
    remark(f"{act.label[0].upper()}{act.label[1:]}{more}." if done else "Nothing to change.")


@contextlib.contextmanager
def _written(session: Session, text: str | None, before: str) -> Iterator[str]:
    """Give what a person writes; what came out of an editor is kept in its file where it cannot be kept as a memo."""
    if text is not None:
        yield _from_stdin() if text == "-" else text
        return
    if not on_terminal():
        raise UsageError("What is the memo to say?", "Write it after the command, or - to read it from stdin.")
    # Beside the project, as memos may quote; nowhere else on the machine.
    beside = session.path().absolute().with_name(f".memo-{secrets.token_hex(4)}.md")
    with open(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(before)
    kept = False
    try:
        click.edit(filename=str(beside))
        body = beside.read_text(encoding="utf-8", errors="replace")
        kept = bool(body.strip()) and body.strip() != before.strip()
        yield body
        kept = False
    finally:
        if kept:
            remark(f"What you wrote is kept in {beside}.")
        else:
            beside.unlink(missing_ok=True)


def _from_stdin() -> str:
    if sys.stdin is None:
        raise UsageError("There is nothing on stdin.", "Write the memo after the command.")
    return sys.stdin.buffer.read().decode("utf-8", errors="replace")
