"""Commands on codings: import, list."""

from dataclasses import asdict
from pathlib import Path

import click

from tbcp_qual.cli.coding_acts import COMMANDS
from tbcp_qual.cli.reconciled import say_what_is_open
from tbcp_qual.cli.retrieving import find
from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table, remark
from tbcp_qual.cli.topics import prompted
from tbcp_qual.coding.counting import some

SHOWN = 60
"""Characters of the words that the table shows; --json has all."""


@click.group()
def codings() -> None:
    """What has been coded."""


@codings.command("import")
@click.argument("file", type=FILE)
@click.option("--done", is_flag=True, help="Mark the documents that the file names as done.")
@click.option("--skip-bad", is_flag=True, help="Leave out rows that do not fit; else nothing goes in.")
@options
def import_(session: Session, file: Path, done: bool, skip_bad: bool) -> int:
    """Bring in your codings from a CSV FILE: document, turn, quotation, code, memo, negative.

    Long passages may be quoted as `first words … last words`. Exit code 3 where rows do not fit and nothing went in,
    1 where they were left out, or where codes that exclude each other are now on the same words.
    """
    from tbcp_qual.tasks.codings import import_codings

    with session.writing() as (project, coder):
        brought = import_codings(project, file, coder=coder, done=done, skip_bad=skip_bad)
    for row in brought.unfit:
        remark(f"{file}, line {row.line}: {row.reason}")
    if brought.refused:
        remark(
            f"{some(len(brought.unfit), 'row does', 'rows do')} not fit; nothing has gone in. Use --skip-bad to leave them out."
        )
        return 3
    remark(f"{some(brought.added, 'coding')} added, {brought.present:,} there before, {len(brought.unfit):,} left out.")
    if brought.done:
        remark(f"Marked done: {', '.join(brought.done)}.")
    for clash in brought.clashes:
        remark(f"{clash}.")
    return 1 if brought.unfit or brought.clashes else 0


@codings.command("list")
@click.option("--document", metavar="NAME", help="Only in this document.")
@click.option("--code", metavar="PATH", help="Only with this code, or one below it.")
@click.option("--by", metavar="CODER", help="Only by this coder; consensus: what was settled.")
@json_option
@options
def list_(session: Session, document: str | None, code: str | None, by: str | None, as_json: bool) -> None:
    """List the codings that you may see, by document and place."""
    from tbcp_qual.tasks.codings import list_codings
    from tbcp_qual.tasks.naming import short_id

    with session.reading() as (project, viewer):
        listed = list_codings(project, viewer=viewer, document=document, code=code, by=by)
        say_what_is_open(project, by, viewer=viewer)
    if as_json:
        print_json([asdict(coding) for coding in listed])
        return
    rows = [
        [short_id(c.id), c.label, c.code, c.coder, _short(c.words), _short(c.memo), _marked(c.weight, c.negative)]
        for c in listed
    ]
    print_table(
        rows,
        ["Id", "Source", "Code", "Coder", "Words", "Memo", ""],
        nothing="There are no such codings. Coding is done on screen: tbcp-qual open",
    )


def _marked(weight: int | None, negative: bool) -> str:
    return ", ".join([*(["negative"] if negative else []), *([f"weight {weight}"] if weight is not None else [])])


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1].rstrip()}…"


codings.add_command(prompted)
codings.add_command(find)
for command in COMMANDS:
    codings.add_command(command)
