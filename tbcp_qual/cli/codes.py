"""Commands on the codebook: list, import, add, rename, move, retire, restore, merge."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table, remark, some
from tbcp_qual.errors import UsageError

if TYPE_CHECKING:
    from tbcp_qual.coding.records import Code
    from tbcp_qual.coding.snapshot import Snapshot


@click.group()
def codes() -> None:
    """The codebook."""


@codes.command("list")
@click.option("--retired", is_flag=True, help="Retired codes too.")
@json_option
@options
def list_(session: Session, retired: bool, as_json: bool) -> None:
    """List the codes as a tree, with how many codings of each you may see."""
    with session.reading() as (project, viewer):
        snapshot = project.snapshot(viewer, [])
        counts = project.counts(viewer).codings_by_code
    codebook = snapshot.codebook
    keys = {question.id: question.key for question in snapshot.questions}
    codings: dict[str, int] = {}
    for code_id, n in counts.items():
        current = codebook.current(code_id).id
        codings[current] = codings.get(current, 0) + n
    walked = list(codebook.walk(retired=retired))
    if as_json:
        print_json(
            [
                {
                    "path": codebook.path(code.id),
                    "name": code.name,
                    "depth": depth,
                    "codings": codings.get(code.id, 0),
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
            codings.get(code.id, 0),
            "retired" if code.retired else code.status,
            ", ".join(keys[question] for question in code.questions if question in keys),
            code.brief,
        ]
        for depth, code in walked
    ]
    print_table(rows, ["Code", "Codings", "Status", "Questions", "Brief"])


@codes.command("import")
@click.argument("file", type=FILE)
@options
def import_(session: Session, file: Path) -> int:
    """Bring in a codebook from a YAML FILE: what is new is added, nothing is overwritten.

    Exit code 1 where something of the same name says something else; it is listed.
    """
    from tbcp_qual.readers.codebooks import read_codebook
    from tbcp_qual.tasks.codebook import add_codebook

    draft = read_codebook(file)
    with session.writing() as (project, coder):
        added = add_codebook(project, draft, coder=coder)
    for sentence in added.different:
        remark(f"Left as it is: {sentence}.")
    remark(f"{brought(added.codes, added.themes, added.questions)} added.")
    return 1 if added.different else 0


@codes.command()
@click.argument("name")
@click.option("--under", metavar="PATH", help="The code above; else at the top.")
@click.option("--brief", default="", metavar="WORDS", help="A brief definition.")
@options
def add(session: Session, name: str, under: str | None, brief: str) -> None:
    """Add a code."""
    from tbcp_qual.tasks.codebook import add_code

    with session.writing() as (project, coder):
        code = add_code(project, name, under=under, brief=brief, coder=coder)
    remark(f"“{code.name}” added.")


@codes.command()
@click.argument("path")
@click.argument("name")
@options
def rename(session: Session, path: str, name: str) -> None:
    """Give the code of a PATH another NAME."""
    from tbcp_qual.tasks.codebook import rename_code

    with session.writing() as (project, coder):
        snapshot = project.snapshot(coder)
        code = snapshot.codebook.find(path)
        _touches(snapshot, code)
        done = rename_code(project, snapshot, code, name, coder=coder)
    remark(f"{done.label}." if done else "Nothing to change.")


@codes.command()
@click.argument("path")
@click.option("--under", metavar="PATH", help="The code to hang it under.")
@click.option("--top", is_flag=True, help="Put it at the top.")
@options
def move(session: Session, path: str, under: str | None, top: bool) -> None:
    """Hang a code and all below it somewhere else."""
    from tbcp_qual.tasks.codebook import move_code

    if (under is None) != top:
        raise UsageError("Where to?", "Give either --under PATH or --top.")
    with session.writing() as (project, coder):
        snapshot = project.snapshot(coder)
        code = snapshot.codebook.find(path)
        parent = snapshot.codebook.find(under) if under else None
        _touches(snapshot, code)
        done = move_code(project, snapshot, code, parent, coder=coder)
    remark(f"{done.label}." if done else "It is there already.")


@codes.command()
@click.argument("path")
@options
def retire(session: Session, path: str) -> None:
    """Take a code out of use, with all below it; its codings stay."""
    from tbcp_qual.tasks.codebook import retire_code

    with session.writing() as (project, coder):
        snapshot = project.snapshot(coder)
        code = snapshot.codebook.find(path)
        _touches(snapshot, code)
        done = retire_code(project, snapshot, code, coder=coder)
    remark(f"{done.label}." if done else "Nothing to change.")


@codes.command()
@click.argument("path")
@options
def restore(session: Session, path: str) -> None:
    """Bring back a retired code, with the codes above it."""
    from tbcp_qual.tasks.codebook import find_retired, restore_code

    with session.writing() as (project, coder):
        snapshot = project.snapshot(coder)
        code = find_retired(snapshot.codebook, path)
        _touches(snapshot, code)
        done = restore_code(project, snapshot, code, coder=coder)
    remark(f"{done.label}." if done else "Nothing to change.")


@codes.command()
@click.argument("path")
@click.argument("into")
@options
def merge(session: Session, path: str, into: str) -> None:
    """Let the code INTO stand for the one of PATH; codings follow, codes below it move."""
    from tbcp_qual.tasks.codebook import merge_codes

    with session.writing() as (project, coder):
        snapshot = project.snapshot(coder)
        code, other = snapshot.codebook.find(path), snapshot.codebook.find(into)
        _touches(snapshot, code)
        done = merge_codes(project, snapshot, code, other, coder=coder)
    remark(f"{done.label}." if done else "Nothing to change.")


def brought(codes: int, themes: int, questions: int) -> str:
    """Say how much a codebook holds."""
    asked = some(questions, "question or sub-question", "questions and sub-questions")
    return f"{some(codes, 'code')}, {some(themes, 'theme')}, {asked}"


def _touches(snapshot: "Snapshot", code: "Code") -> None:
    """Say what an act on a code touches, before it is done."""
    from tbcp_qual.coding.edits import touched

    remark(f"“{code.name}” touches {touched(snapshot.codebook, snapshot.codings, snapshot.themes, code)}.")
