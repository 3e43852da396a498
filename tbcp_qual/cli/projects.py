"""Commands on the project file as a whole: new, open, verify."""

from pathlib import Path

import click

from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.showing import on_terminal, print_json, remark, say, some
from tbcp_qual.coding.records import Approach
from tbcp_qual.errors import UsageError


@click.command()
@click.argument("file", type=FILE)
@click.option("--name", help="What the project is called; else as the codebook or the file says.")
@click.option(
    "--approach",
    type=click.Choice(["framework", "coding reliability", "reflexive"]),
    help="How you work; reflexive projects get no coefficients.",
)
@click.option("--codebook", type=FILE, metavar="FILE", help="A codebook in YAML.")
@options
def new(session: Session, file: Path, name: str | None, approach: Approach | None, codebook: Path | None) -> None:
    """Make a project file; only you can read it."""
    from tbcp_qual.cli.codes import brought
    from tbcp_qual.tasks.projects import new_project

    if file.suffix != ".tbcp":
        file = file.with_name(file.name + ".tbcp")
    coder = session.coder_name()
    with new_project(file, name=name, approach=approach, coder=coder, codebook=codebook) as project:
        remark(f"{file}: “{project.info.name}”, {project.info.approach}; coder {coder}.")
        codes, questions = len(project.records("code")), len(project.records("question"))
        if codes:
            remark(f"{brought(codes, len(project.records('theme')), questions)}.")
        remark("Next: tbcp-qual documents import PATH...")


@click.command("open")
@click.argument("file", type=FILE, required=False)
@options
def open_(session: Session, file: Path | None) -> None:
    """Open a project on screen."""
    if file:
        session.project = str(file)
    if not on_terminal():
        raise UsageError("The screen needs a terminal.", "The other commands work without one.")
    path = session.path()
    with session.writing() as (_, coder):
        pass
    from tbcp_qual.tui import open_workbench

    open_workbench(path, coder)


@click.command()
@click.argument("file", type=FILE, required=False)
@json_option
@options
def verify(session: Session, file: Path | None, as_json: bool) -> int:
    """Check a project file from the bottom up: pages, texts, and that the journal tells what the tables say.

    Exit code 0 where all is well, 1 where something is wrong.
    """
    from tbcp_qual.store import Project

    if file:
        session.project = str(file)
    path = session.path()
    with Project.open(path, read_only=True) as project:
        wrong = project.verify()
        revisions = len(project.revision_ids())
    if as_json:
        print_json({"file": str(path), "revisions": revisions, "problems": wrong})
    else:
        for line in wrong:
            say(line)
        if not wrong:
            say(f"{path}: sound. {some(revisions, 'revision')}, and the tables say what they say.")
    return 1 if wrong else 0
