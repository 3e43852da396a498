"""Commands on cases: import, list."""

from pathlib import Path

import click

from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table, remark, some


@click.group()
def cases() -> None:
    """Families and their attributes."""


@cases.command("import")
@click.argument("file", type=FILE)
@options
def import_(session: Session, file: Path) -> None:
    """Bring in cases from a CSV FILE: a column `case` (else the first), and one for each attribute.

    An empty cell is a missing value. Cases that are known get the values of the file.
    """
    from tbcp_qual.tasks.cases import import_cases

    with session.writing() as (project, coder):
        brought = import_cases(project, file, coder=coder)
    remark(f"{some(brought.new, 'new case')}, {brought.known:,} known before.")
    remark(
        f"Values: {brought.values_added} added, {brought.values_changed} changed, {brought.values_removed} removed; "
        f"{brought.missing} missing in the file."
    )


@cases.command("list")
@json_option
@options
def list_(session: Session, as_json: bool) -> None:
    """List the cases with their attributes; a missing value is left empty."""
    with session.reading() as (project, viewer):
        snapshot = project.snapshot(viewer, [])
    values: dict[str, dict[str, str]] = {case.id: {} for case in snapshot.cases}
    names: dict[str, str] = {}
    for attribute in snapshot.attributes:
        name = names.setdefault(attribute.name.casefold(), attribute.name)
        values.setdefault(attribute.case, {})[name] = attribute.value
    about: dict[str, list[str]] = {}
    for document in snapshot.documents:
        for case_id in document.cases:
            about.setdefault(case_id, []).append(document.name)
    ordered = sorted(snapshot.cases, key=lambda case: case.label.casefold())
    if as_json:
        print_json(
            [
                {"case": case.label, "attributes": values[case.id], "documents": about.get(case.id, []), "id": case.id}
                for case in ordered
            ]
        )
        return
    columns = sorted(names.values(), key=str.casefold)
    rows = [
        [case.label, len(about.get(case.id, [])), *(values[case.id].get(name, "") for name in columns)]
        for case in ordered
    ]
    print_table(rows, ["Case", "Documents", *columns])
