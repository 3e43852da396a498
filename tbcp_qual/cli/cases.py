"""Commands on cases: import, list, show, add, set, type, variables, measures; `sample` stands in a file of its own."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tbcp_qual.cli import sample
from tbcp_qual.cli.confirming import confirmed_cases, say_plan
from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.showing import can_ask, print_json, print_table, remark, say
from tbcp_qual.coding.counting import some
from tbcp_qual.errors import UsageError

if TYPE_CHECKING:
    from tbcp_qual.tasks.cases import CasePlan


@click.group()
def cases() -> None:
    """Families and their attributes."""


@cases.command("import")
@click.argument("file", type=FILE)
@click.option("--sheet", metavar="NAME", help="Which sheet of a workbook; else the first with a column `case`.")
@click.option(
    "--types",
    multiple=True,
    metavar="COLUMN=TYPE,...",
    help="category, ordered category:LOW,HIGH, number, date or yes/no; else they are guessed.",
)
@click.option(
    "--measures",
    multiple=True,
    metavar="SCALE:COLUMN=TIME,...",
    help='Columns that hold scores: "PHQ-9: phq_1=before, phq_2=after"; else they are guessed.',
)
@click.option("--missing", multiple=True, metavar="WORD", help="A word that stands for a missing value; repeat.")
@click.option("--yes", is_flag=True, help="Take the guesses without being asked.")
@options
def import_(
    session: Session,
    file: Path,
    sheet: str | None,
    types: tuple[str, ...],
    measures: tuple[str, ...],
    missing: tuple[str, ...],
    yes: bool,
) -> None:
    """Bring in cases from FILE (.csv, .xlsx): a column `case` (else the first), and one for each attribute.

    An empty cell, NA, n/a, nk, not known, unknown, not recorded and the like are missing values, and so are -9, -99 and
    -999 in a column without other numbers below zero. Missing is not “no”. Cases that are known get the values of the
    file. On a terminal guesses are shown and asked about; elsewhere they are taken and said.
    """
    from tbcp_qual.tasks.attributes import parse_measures, parse_types
    from tbcp_qual.tasks.cases import import_planned, plan_cases

    def understood(types: tuple[str, ...], measures: tuple[str, ...]) -> "CasePlan":
        return plan_cases(
            project,
            file,
            sheet=sheet,
            types=parse_types(types),
            measures=parse_measures(measures),
            missing=missing,
        )

    with session.writing() as (project, coder):
        plan = understood(types, measures)
        if plan.guessed and not yes and can_ask():
            agreed = confirmed_cases(plan, understood, types, measures)
            if agreed is None:
                remark("Nothing was taken in. --types and --measures say what columns hold.")
                return
            plan = agreed
        else:
            say_plan(plan)
        brought = import_planned(project, plan, coder=coder)
    remark(f"{some(brought.new, 'new case')}, {brought.known:,} known before.")
    remark(
        f"Values: {brought.values_added:,} added, {brought.values_changed:,} changed, {brought.values_removed:,} removed; "
        f"{brought.missing:,} missing in the file."
    )
    if plan.scores:
        remark(
            f"Scores: {brought.scores_added:,} added, {brought.scores_changed:,} changed, "
            f"{brought.scores_removed:,} removed."
        )
    if brought.revision is None:
        remark("Nothing was new.")


@cases.command("list")
@json_option
@options
def list_(session: Session, as_json: bool) -> None:
    """List the cases with their attributes; a missing value is left empty."""
    from tbcp_qual.coding.values import natural

    with session.reading() as (project, viewer):
        snapshot = project.snapshot(viewer, [])
    values: dict[str, dict[str, str]] = {case.id: {} for case in snapshot.cases}
    names = {variable.name.casefold(): variable.name for variable in snapshot.variables}
    typed = len(names)
    for attribute in snapshot.attributes:
        name = names.setdefault(attribute.name.casefold(), attribute.name)
        values.setdefault(attribute.case, {})[name] = attribute.value
    about: dict[str, list[str]] = {}
    for document in snapshot.documents:
        for case_id in document.cases:
            about.setdefault(case_id, []).append(document.name)
    ordered = sorted(snapshot.cases, key=lambda case: natural(case.label))
    columns = [*names.values()][:typed] + sorted([*names.values()][typed:], key=str.casefold)
    if as_json:
        print_json(
            [
                {
                    "case": case.label,
                    "attributes": {name: values[case.id][name] for name in columns if name in values[case.id]},
                    "documents": about.get(case.id, []),
                    "id": case.id,
                }
                for case in ordered
            ]
        )
        return
    rows = [
        [case.label, len(about.get(case.id, [])), *(values[case.id].get(name, "") for name in columns)]
        for case in ordered
    ]
    print_table(rows, ["Case", "Documents", *columns], nothing="There are no cases yet: tbcp-qual cases import FILE")


@cases.command()
@click.argument("case")
@json_option
@options
def show(session: Session, case: str, as_json: bool) -> None:
    """Show all about one CASE: attributes, scores, participants, documents and how much of them is coded."""
    from tbcp_qual.tasks.case_details import case_details

    with session.reading() as (project, viewer):
        found = case_details(project, case, viewer=viewer)
    documents = [
        {
            "document": entry.document.name,
            "source_type": entry.document.source_type,
            "time_point": entry.document.time_point,
            "stage": entry.document.stage,
            "whole": entry.whole,
            "also_about": list(entry.others),
            "codings": entry.codings,
        }
        for entry in found.documents
    ]
    if as_json:
        print_json(
            {
                "case": found.case.label,
                "id": found.case.id,
                "attributes": [
                    {"name": variable.name, "type": variable.scale, "value": value or None}
                    for variable, value in found.values
                ],
                "measures": [{"scale": scale, "scores": scores} for scale, scores in found.scores.items()],
                "participants": [
                    {"participant": p.label, "role": p.role, "permission": p.permission, "archive": p.archive}
                    for p in found.participants
                ],
                "documents": documents,
            }
        )
        return
    say(found.case.label)
    if found.values:
        say()
        print_table([[v.name, value or "(missing)"] for v, value in found.values], ["Attribute", "Value"])
    if found.scores:
        say()
        times = list(dict.fromkeys(time for scores in found.scores.values() for time in scores))
        print_table(
            [[s, *(f"{scores[t]:g}" if t in scores else "" for t in times)] for s, scores in found.scores.items()],
            ["Measure", *times],
        )
    if found.participants:
        say()
        print_table(
            [
                [p.label, p.role, p.permission or "not recorded", p.archive or "not recorded"]
                for p in found.participants
            ],
            ["Participant", "Role", "Permission", "Archive"],
        )
    if documents:
        say()
        rows = []
        for entry in found.documents:
            about = "all of it" if entry.whole else "in part"
            about += f", as of {', '.join(entry.others)}" if entry.others else ""
            d = entry.document
            rows.append([d.name, d.source_type, d.time_point, d.stage, about, entry.codings])
        print_table(rows, ["Document", "Source type", "Time point", "Stage", "About it", "Codings"])


@cases.command()
@click.argument("labels", nargs=-1, required=True, metavar="CASE...")
@options
def add(session: Session, labels: tuple[str, ...]) -> None:
    """Make cases by their labels; a table of them is brought in by `cases import`."""
    from tbcp_qual.tasks.cases import add_cases

    with session.writing() as (project, coder):
        revision = add_cases(project, labels, coder=coder)
    remark(f"{revision.label[0].upper()}{revision.label[1:]}." if revision else "Nothing to change.")


@cases.command("set")
@click.argument("case")
@click.argument("values", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--score", "scores", type=(str, str, str), multiple=True, metavar="SCALE TIME VALUE", help="A score.")
@click.option("--label", metavar="LABEL", help="What the case is called from now on.")
@options
def set_(
    session: Session, case: str, values: tuple[str, ...], scores: tuple[tuple[str, str, str], ...], label: str | None
) -> None:
    """Correct what is known of a CASE; `NAME=` without a value says that it is missing."""
    from tbcp_qual.tasks.cases import set_values

    with session.writing() as (project, coder):
        given = dict(_pair(value) for value in values)
        revision = set_values(project, case, given, scores, coder=coder, new_label=label)
    remark(f"{revision.label[0].upper()}{revision.label[1:]}." if revision else "Nothing to change.")


def _pair(given: str) -> tuple[str, str]:
    name, sign, value = given.partition("=")
    if not sign or not name.strip():
        raise UsageError(f"“{given[:40]}” is not NAME=VALUE.", "Write it as need=acute; quote what holds a space.")
    return name.strip(), value


@cases.command("type")
@click.argument("name")
@click.argument("what", metavar="TYPE")
@options
def type_(session: Session, name: str, what: str) -> None:
    """Say what kind of values attribute NAME takes; where there is none of that name it is made.

    TYPE is category, ordered category:LOW,MIDDLE,HIGH, number, date or yes/no.
    """
    from tbcp_qual.coding.values import parse_typed
    from tbcp_qual.tasks.attributes import TYPES
    from tbcp_qual.tasks.cases import set_type

    with session.writing() as (project, coder):
        typed = parse_typed(what)
        if typed is None:
            raise UsageError(f"“{what[:40]}” is no type.", f"A type is {TYPES}.")
        revision = set_type(project, name, typed, coder=coder)
    remark(f"{revision.label[0].upper()}{revision.label[1:]}." if revision else "Nothing to change.")


@cases.command()
@json_option
@options
def variables(session: Session, as_json: bool) -> None:
    """List the attributes: their types, and of how many cases they are known or missing."""
    with session.reading() as (project, viewer):
        snapshot = project.snapshot(viewer, [])
    known: dict[str, int] = {}
    for attribute in snapshot.attributes:
        known[attribute.name.casefold()] = known.get(attribute.name.casefold(), 0) + 1
    rows = [
        (v.name, v.scale, v.levels, there, len(snapshot.cases) - there)
        for v in snapshot.variables
        for there in [known.get(v.name.casefold(), 0)]
    ]
    if as_json:
        print_json([dict(zip(("name", "type", "levels", "known", "missing"), row, strict=True)) for row in rows])
        return
    print_table(
        [[name, scale, ", ".join(levels), there, missing] for name, scale, levels, there, missing in rows],
        ["Attribute", "Type", "Values", "Known", "Missing"],
        nothing="There are no attributes yet: tbcp-qual cases import FILE",
    )


@cases.command()
@json_option
@options
def measures(session: Session, as_json: bool) -> None:
    """List the scores of each case: a row a case and scale, a column a time point; a missing score is left empty."""
    from tbcp_qual.coding.values import natural, time_order

    with session.reading() as (project, viewer):
        snapshot = project.snapshot(viewer, [])
    scores: dict[tuple[str, str], dict[str, float]] = {}
    for measure in snapshot.measures:
        label = snapshot.case_by_id[measure.case].label
        scores.setdefault((label, measure.scale), {})[measure.time_point] = measure.value
    ordered = sorted(scores, key=lambda key: (key[1].casefold(), natural(key[0])))
    times = sorted({time for found in scores.values() for time in found}, key=time_order)
    if as_json:
        print_json([{"case": label, "scale": scale, "scores": scores[label, scale]} for label, scale in ordered])
        return
    print_table(
        [[k[1], k[0], *(f"{scores[k][t]:g}" if t in scores[k] else "" for t in times)] for k in ordered],
        ["Measure", "Case", *times],
        nothing="There are no scores yet: tbcp-qual cases import FILE --measures …",
    )


cases.add_command(sample.draw)
