"""Commands on the project file as a whole: new, open, project, verify."""

from pathlib import Path

import click

from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.showing import on_terminal, print_json, remark, say
from tbcp_qual.coding.counting import some
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
@click.option("--codebook", type=FILE, metavar="FILE", help="A codebook: YAML, Excel or Word.")
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
@click.option("--name", metavar="NAME", help="What the project is called.")
@click.option(
    "--approach",
    type=click.Choice(["framework", "coding reliability", "reflexive"]),
    help="How you work; reflexive projects get no coefficients.",
)
@click.option("--data-controller", metavar="WHO", help="Who answers for the personal data, in law; none to clear.")
@click.option("--lawful-basis", metavar="WHAT", help="On what ground the data are held; none to clear.")
@click.option("--destroy-by", metavar="DAY", help="The day by which the data must be destroyed; none to clear.")
@json_option
@options
def project(
    session: Session,
    name: str | None,
    approach: Approach | None,
    data_controller: str | None,
    lawful_basis: str | None,
    destroy_by: str | None,
    as_json: bool,
) -> None:
    """Show what the project is and who answers for its data, or say so.

    Once the day has passed by which the data must be destroyed, every command says so.
    """
    from tbcp_qual.tasks.projects import describe_project, overdue

    def said(value: str | None) -> str | None:
        return "" if value is not None and value.casefold() == "none" else value

    if any(value is not None for value in (name, approach, data_controller, lawful_basis, destroy_by)):
        with session.writing() as (opened, coder):
            revision = describe_project(
                opened,
                coder=coder,
                name=name,
                approach=approach,
                data_controller=said(data_controller),
                lawful_basis=said(lawful_basis),
                destroy_by=said(destroy_by),
            )
            info = opened.info
        remark(f"{revision.label[0].upper()}{revision.label[1:]}." if revision else "Nothing to change.")
    else:
        with session.reading() as (opened, _):
            info = opened.info
    if as_json:
        print_json(
            {
                "name": info.name,
                "approach": info.approach,
                "data_controller": info.data_controller,
                "lawful_basis": info.lawful_basis,
                "destroy_by": info.destroy_by,
                "overdue": bool(overdue(info)),
                "file": str(session.path()),
                "id": info.id,
            }
        )
        return
    for what, value in (
        ("Project", info.name),
        ("Approach", info.approach),
        ("Data controller", info.data_controller),
        ("Lawful basis", info.lawful_basis),
        ("Destroy by", info.destroy_by),
    ):
        say(f"{what}: {value or 'not stated'}")


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
