"""Commands on the logic model and on configurations of context, mechanism and outcome."""

from typing import Any

import click

from tbcp_qual.cli.findings import say_done
from tbcp_qual.cli.running import Session, json_option, options
from tbcp_qual.cli.showing import print_json, remark, say

FINDINGS = click.option("--finding", "findings", multiple=True, metavar="KEY", help="This finding says so; repeat.")
SUPPORT = click.option(
    "--support", type=click.Choice(["untested", "supported", "revised"]), help="Whether the findings bear it out."
)


@click.group()
def logic() -> None:
    """The logic model, part by part, and what seems to bring change about, held against the findings."""


@logic.command("list")
@json_option
@options
def list_(session: Session, as_json: bool) -> None:
    """List the elements of the logic model and the configurations, with the findings that bear on them."""
    with session.reading() as (project, viewer):
        now = project.snapshot(viewer, [])
    keys = {finding.id: finding.key for finding in now.findings}
    labels = {case.id: case.label for case in now.cases}
    elements = [
        {
            "part": e.part,
            "name": e.name,
            "says": e.text,
            "support": e.support,
            "instead": e.revision,
            "findings": [keys[f] for f in e.findings if f in keys],
        }
        for e in now.elements
    ]
    configurations = [
        {
            "name": c.name,
            "context": c.context,
            "mechanism": c.mechanism,
            "outcome": c.outcome,
            "support": c.support,
            "findings": [keys[f] for f in c.findings if f in keys],
            "families": [labels[case] for case in c.cases if case in labels],
        }
        for c in now.configurations
    ]
    if as_json:
        print_json({"logic model": elements, "configurations": configurations})
        return
    if not elements and not configurations:
        remark("There is no logic model yet: tbcp-qual logic element NAME --part activity --says “…”")
    for element in elements:
        by = _by(element["findings"])
        say(f"{element['part']} · {element['name']}: {element['support']}{by}")
        say(f"   {element['says']}")
        if element["instead"]:
            say(f"   Instead: {element['instead']}")
    for one in configurations:
        by = _by(one["findings"])
        say()
        say(f"{one['name']}: {one['support']}{by}")
        for part in ("context", "mechanism", "outcome"):
            say(f"   {part}: {one[part]}")
        if one["families"]:
            say(f"   seen in: {', '.join(one['families'])}")


def _by(findings: Any) -> str:
    """Name the findings that bear on something."""
    return f" (finding{'s' if len(findings) > 1 else ''} {', '.join(findings)})" if findings else ""


@logic.command()
@click.argument("name")
@click.option("--called", metavar="NAME", help="Another name for it.")
@click.option(
    "--part", type=click.Choice(["context", "input", "activity", "mechanism", "outcome"]), help="Of the logic model."
)
@click.option("--says", "text", metavar="WORDS", help="What the model says.")
@SUPPORT
@click.option("--instead", "revision", metavar="WORDS", help="What it should say instead.")
@FINDINGS
@options
def element(session: Session, name: str, findings: tuple[str, ...], **given: Any) -> None:
    """Put an element into the logic model, or change the one called NAME."""
    from tbcp_qual.tasks.logic import set_element

    with session.writing() as (project, coder):
        done = set_element(project, name, coder=coder, findings=findings or None, **given)
    say_done(done)


@logic.command()
@click.argument("name")
@click.option("--called", metavar="NAME", help="Another name for it.")
@click.option("--context", metavar="WORDS", help="In which circumstances, or for whom.")
@click.option("--mechanism", metavar="WORDS", help="What people respond to, and how.")
@click.option("--outcome", metavar="WORDS", help="What comes of it.")
@SUPPORT
@FINDINGS
@click.option("--family", "cases", multiple=True, metavar="LABEL", help="It was seen in this family; repeat.")
@options
def configuration(session: Session, name: str, findings: tuple[str, ...], cases: tuple[str, ...], **given: Any) -> None:
    """State what seems to bring something about: context, mechanism and outcome; or change the one called NAME."""
    from tbcp_qual.tasks.logic import set_configuration

    with session.writing() as (project, coder):
        done = set_configuration(project, name, coder=coder, findings=findings or None, cases=cases or None, **given)
    say_done(done)


@logic.command()
@click.argument("name")
@options
def remove(session: Session, name: str) -> None:
    """Take an element or a configuration away; `undo` brings it back."""
    from tbcp_qual.tasks.logic import remove_from_logic

    with session.writing() as (project, coder):
        done = remove_from_logic(project, name, coder=coder)
    say_done(done)
