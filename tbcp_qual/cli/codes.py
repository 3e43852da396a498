"""Commands on codes: list, show, import, add, and what is done to single ones."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tbcp_qual.cli.acting import carry_out, dry_run_option, say_touched
from tbcp_qual.cli.queue import confirm, drop, queue, recode, revisited
from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table, remark, say
from tbcp_qual.coding.counting import some
from tbcp_qual.errors import UsageError

if TYPE_CHECKING:
    from tbcp_qual.coding.records import Code
    from tbcp_qual.coding.snapshot import Snapshot
    from tbcp_qual.tasks.coding import Act


@click.group()
def codes() -> None:
    """The codebook."""


@codes.command("list")
@click.option("--retired", is_flag=True, help="Retired codes too.")
@json_option
@options
def list_(session: Session, retired: bool, as_json: bool) -> None:
    """List the codes as a tree, with how many codings of each, and with those below it, you may see."""
    from tbcp_qual.tasks.codebook import count_codings

    with session.reading() as (project, viewer):
        snapshot = project.snapshot(viewer, [])
        counts = project.counts(viewer).codings_by_code
    codebook = snapshot.codebook
    keys = {question.id: question.key for question in snapshot.questions}
    own, branch = count_codings(codebook, counts)
    walked = list(codebook.walk(retired=retired))
    if as_json:
        print_json(
            [
                {
                    "path": codebook.path(code.id),
                    "name": code.name,
                    "depth": depth,
                    "codings": own[code.id],
                    "codings_with_below": branch[code.id],
                    "brief": code.brief,
                    "colour": codebook.colour(code.id),
                    "origin": code.origin,
                    "status": code.status,
                    "domain": code.domain,
                    "questions": [keys[question] for question in code.questions if question in keys],
                    "retired": code.retired,
                    "merged_into": codebook.path(code.merged_into) if code.merged_into else None,
                    "id": code.id,
                }
                for depth, code in walked
            ]
        )
        return
    rows = [
        [
            "  " * depth + code.name,
            own[code.id],
            branch[code.id],
            "retired" if code.retired else code.status,
            ", ".join(keys[question] for question in code.questions if question in keys),
            code.brief,
        ]
        for depth, code in walked
    ]
    print_table(
        rows,
        ["Code", "Codings", "With below", "Status", "Questions", "Brief"],
        nothing="There are no codes yet: tbcp-qual codebook import FILE, or codes add NAME",
    )


@codes.command()
@click.argument("path")
@json_option
@options
def show(session: Session, path: str, as_json: bool) -> None:
    """Show all that the codebook says of one code."""
    from tbcp_qual.tasks.codebook import describe_code, find_any

    with session.reading() as (project, viewer):
        snapshot = project.snapshot(viewer, [])
        counts = project.counts(viewer).codings_by_code
    told = describe_code(snapshot, counts, find_any(snapshot.codebook, path))
    if as_json:
        print_json(told)
        return
    width = max(map(len, told))
    for name, value in told.items():
        words = ", ".join(value) if isinstance(value, list) else str(value if value is not None else "")
        if words:
            first, *others = words.split("\n")
            say("\n".join([f"{name:<{width}}  {first}", *(f"{'':<{width}}  {line}" for line in others)]))


@codes.command("import")
@click.argument("file", type=FILE)
@options
def import_(session: Session, file: Path) -> int:
    """Bring in a codebook FILE (YAML, CSV, Excel or Word): what is new is added, nothing is overwritten.

    Exit code 1 where something of the same name says something else; it is listed.
    """
    return import_file(session, file)


@codes.command()
@click.argument("name")
@click.option("--under", metavar="PATH", help="The code above; else at the top.")
@click.option("--brief", default="", metavar="WORDS", help="A brief definition.")
@options
def add(session: Session, name: str, under: str | None, brief: str) -> None:
    """Add a code; it is inductive, and provisional until it is agreed."""
    from tbcp_qual.coding.codebook import Codebook
    from tbcp_qual.tasks import code_acts

    with session.writing() as (project, coder):
        codebook = Codebook(project.records("code"))
        parent = codebook.find(under) if under else None
        code, act = code_acts.add(codebook, name, under=parent, brief=brief)
        project.apply(act.label, act.changes, coder=coder)
    remark(f"“{code.name}” added.")


@codes.command()
@click.argument("path")
@click.argument("name")
@dry_run_option
@options
def rename(session: Session, path: str, name: str, dry_run: bool) -> None:
    """Give the code of a PATH another NAME."""

    def build(snapshot: "Snapshot") -> "Act":
        from tbcp_qual.tasks import code_acts

        return code_acts.rename(snapshot.codebook, _found(snapshot, path), name)

    carry_out(session, build, dry_run=dry_run, whole=True)


@codes.command()
@click.argument("path")
@click.option("--brief", metavar="WORDS", help="What it is, in a line.")
@click.option("--full", metavar="WORDS", help="What it holds, at length.")
@click.option("--use-when", metavar="WORDS", help="When to use it.")
@click.option("--not-when", metavar="WORDS", help="When not to use it.")
@click.option("--example", metavar="WORDS", help="Words that are typical of it.")
@click.option("--domain", metavar="NAME", help="Codes of one domain exclude each other on the same words.")
@click.option("--origin", type=click.Choice(["a priori", "inductive", "in vivo"]), help="Where it came from.")
@click.option("--status", type=click.Choice(["provisional", "agreed"]), help="Whether it is agreed.")
@dry_run_option
@options
def define(session: Session, path: str, dry_run: bool, **values: str | None) -> None:
    """Say what the code of a PATH means; codings made under the old definition then wait in the queue.

    What is not named stays; an empty text takes away what was there.
    """
    given = {name: value for name, value in values.items() if value is not None}

    def build(snapshot: "Snapshot") -> "Act":
        from tbcp_qual.tasks import code_acts

        if not given:
            raise UsageError("What does it mean?", "Give --brief, --full, --use-when, --not-when or --example.")
        return code_acts.define(_found(snapshot, path), given)

    carry_out(session, build, dry_run=dry_run, whole=True)


@codes.command()
@click.argument("path")
@click.argument("colour")
@dry_run_option
@options
def recolour(session: Session, path: str, colour: str, dry_run: bool) -> None:
    """Give the code of a PATH a COLOUR; `none` for that of the code above."""

    def build(snapshot: "Snapshot") -> "Act":
        from tbcp_qual.tasks import code_acts

        return code_acts.recolour(_found(snapshot, path), "" if colour == "none" else colour)

    carry_out(session, build, dry_run=dry_run, whole=True)


@codes.command()
@click.argument("path")
@click.option("--under", metavar="PATH", help="The code to hang it under.")
@click.option("--top", is_flag=True, help="Put it at the top.")
@click.option("--before", metavar="PATH", help="Put it before this code, beside it.")
@dry_run_option
@options
def move(session: Session, path: str, under: str | None, top: bool, before: str | None, dry_run: bool) -> None:
    """Hang a code and all below it somewhere else."""

    def build(snapshot: "Snapshot") -> "Act":
        from tbcp_qual.tasks import code_acts

        if (under is not None) + top + (before is not None) != 1:
            raise UsageError("Where to?", "Give one of --under PATH, --before PATH and --top.")
        code = _found(snapshot, path)
        if before is not None:
            other = snapshot.codebook.find(before)
            above = snapshot.codebook.by_id.get(other.parent or "")
            return code_acts.place(snapshot.codebook, code, above, other)
        return code_acts.move(snapshot.codebook, code, snapshot.codebook.find(under) if under else None)

    carry_out(session, build, dry_run=dry_run, whole=True, same="It is there already.")


@codes.command()
@click.argument("path")
@dry_run_option
@options
def retire(session: Session, path: str, dry_run: bool) -> None:
    """Take a code out of use, with all below it; its codings stay, and wait in the queue."""

    def build(snapshot: "Snapshot") -> "Act":
        from tbcp_qual.tasks import code_acts

        return code_acts.retire(snapshot.codebook, _found(snapshot, path))

    carry_out(session, build, dry_run=dry_run, whole=True)


@codes.command()
@click.argument("path")
@dry_run_option
@options
def restore(session: Session, path: str, dry_run: bool) -> None:
    """Bring back a retired code, with the codes above it."""

    def build(snapshot: "Snapshot") -> "Act":
        from tbcp_qual.tasks import code_acts
        from tbcp_qual.tasks.codebook import find_retired

        code = find_retired(snapshot.codebook, path)
        say_touched(snapshot, code)
        return code_acts.restore(snapshot.codebook, code)

    carry_out(session, build, dry_run=dry_run, whole=True)


@codes.command()
@click.argument("path")
@click.argument("into")
@dry_run_option
@options
def merge(session: Session, path: str, into: str, dry_run: bool) -> None:
    """Let the code INTO stand for the one of PATH; codings follow, codes below it move."""

    def build(snapshot: "Snapshot") -> "Act":
        from tbcp_qual.tasks import code_acts

        other = snapshot.codebook.find(into)
        return code_acts.merge(snapshot.codebook, snapshot.themes, _found(snapshot, path), other)

    carry_out(session, build, dry_run=dry_run, whole=True)


@codes.command()
@click.argument("path")
@click.argument("names", nargs=-1, required=True)
@click.option("--beside", is_flag=True, help="Put the new codes beside it; else below it.")
@dry_run_option
@options
def split(session: Session, path: str, names: tuple[str, ...], beside: bool, dry_run: bool) -> None:
    """Make new codes, called NAMES, of parts of the code of a PATH.

    The code stays for the rest, and its definition says that the parts have codes of their own. Each of its codings
    then waits in the queue: `codes queue`.
    """

    def build(snapshot: "Snapshot") -> "Act":
        from tbcp_qual.tasks import code_acts

        code = _found(snapshot, path)
        return code_acts.split(snapshot.codebook, snapshot.themes, code, names, beside=beside)

    carry_out(session, build, dry_run=dry_run, whole=True)


def _found(snapshot: "Snapshot", path: str) -> "Code":
    """Return the code of a path, having said what an act on it touches."""
    code = snapshot.codebook.find(path)
    say_touched(snapshot, code)
    return code


def import_file(session: Session, file: Path) -> int:
    """Bring in a codebook; return the exit code."""
    from tbcp_qual.readers.codebooks import read_codebook
    from tbcp_qual.tasks.codebook import add_codebook

    draft = read_codebook(file)
    with session.writing() as (project, coder):
        added = add_codebook(project, draft, coder=coder)
    for sentence in added.different:
        remark(f"Left as it is: {sentence}.")
    remark(f"{brought(added.codes, added.themes, added.questions)} added.")
    return 1 if added.different else 0


def brought(codes: int, themes: int, questions: int) -> str:
    """Say how much a codebook holds."""
    asked = some(questions, "question or sub-question", "questions and sub-questions")
    return f"{some(codes, 'code')}, {some(themes, 'theme')}, {asked}"


for command in (queue, confirm, recode, drop, revisited):
    codes.add_command(command)
