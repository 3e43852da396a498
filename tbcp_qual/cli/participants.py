"""Commands on participants: list, show, add, set, assign, import, withdraw."""

from pathlib import Path

import click

from tbcp_qual.cli.running import FILE, LazyGroup, Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table, remark, remark_imported, say
from tbcp_qual.coding.counting import some
from tbcp_qual.coding.permissions import NOT_RECORDED, archive_for
from tbcp_qual.coding.records import PERMISSIONS

COMMANDS = {
    "list": ("tbcp_qual.cli.participants:list_participants", "Who speaks where, and what they allow."),
    "show": ("tbcp_qual.cli.participants:show", "All about one participant."),
    "add": ("tbcp_qual.cli.participants:add", "Make a participant."),
    "set": ("tbcp_qual.cli.participants:set_", "Say what participants are and what they allow."),
    "assign": ("tbcp_qual.cli.participants:assign", "Say which participant a speaker of a document is."),
    "import": ("tbcp_qual.cli.participants:import_", "Bring in what is recorded of participants."),
    "invited": ("tbcp_qual.cli.flow:invited", "Record how many were invited, and how many declined."),
    "flow": ("tbcp_qual.cli.flow:flow", "Invited, declined, took part, withdrew."),
    "withdraw": ("tbcp_qual.cli.withdrawing:withdraw", "Take out for good what a participant said."),
}


@click.group(cls=LazyGroup, lazy=COMMANDS)
def participants() -> None:
    """Who speaks, and what they allow to be done with their words."""


ROLE = click.option("--role", metavar="ROLE", help="What they are, for a label that names nobody: mother, key worker.")
CASE = click.option("--case", metavar="CASE", help="The family they belong to; none for nobody's.")
PERMISSION = click.option(
    "--permission",
    type=click.Choice([*PERMISSIONS, "none"], case_sensitive=False),
    help="What may be done with their words; none where it is not recorded.",
)
ARCHIVE = click.option(
    "--archive",
    type=click.Choice(["yes", "no", "none"], case_sensitive=False),
    help="Whether they may go to an archive; none where it is not recorded.",
)


def _given(**values: str | None) -> dict[str, str]:
    """Return what was said; `none` takes away what is recorded."""
    said = {name: value for name, value in values.items() if value is not None}
    return {name: "" if name != "label" and value.casefold() == "none" else value for name, value in said.items()}


@click.command("list")
@json_option
@options
def list_participants(session: Session, as_json: bool) -> None:
    """List the participants: who they are, what they allow, and where they are heard."""
    from tbcp_qual.tasks.participants import people

    with session.reading() as (project, _):
        found = people(project)
    rows = [
        {
            "participant": person.participant.label,
            "role": person.participant.role,
            "case": person.case,
            "permission": person.participant.permission,
            "archive": person.participant.archive,
            "withdrawn": person.participant.withdrawn,
            "documents": [heard.document.name for heard in person.heard],
            "turns": sum(heard.turns for heard in person.heard),
            "id": person.participant.id,
        }
        for person in found
    ]
    if as_json:
        print_json(rows)
        return
    print_table(
        [
            [
                person.participant.label,
                person.participant.role,
                person.case,
                _state(person.participant.withdrawn) or person.participant.permission or NOT_RECORDED,
                person.participant.archive or NOT_RECORDED,
                sum(heard.turns for heard in person.heard),
                ", ".join(heard.document.name for heard in person.heard),
            ]
            for person in found
        ],
        ["Participant", "Role", "Case", "Permission", "Archive", "Turns", "Heard in"],
        nothing="There are no participants yet: tbcp-qual participants add LABEL",
    )


def _state(withdrawn: str) -> str:
    return f"withdrawn {withdrawn}" if withdrawn else ""


@click.command()
@click.argument("label")
@json_option
@options
def show(session: Session, label: str, as_json: bool) -> None:
    """Show all about one participant: where they are heard, and what may be done with their words there."""
    from tbcp_qual.tasks.participants import find_participant, people

    with session.reading() as (project, _):
        found = people(project)
        wanted = find_participant([person.participant for person in found], label)
    person = next(person for person in found if person.participant.id == wanted.id)
    archive = archive_for([wanted])
    if as_json:
        print_json(
            {
                "participant": wanted.label,
                "role": wanted.role,
                "case": person.case,
                "permission": wanted.permission,
                "archive": wanted.archive,
                "withdrawn": wanted.withdrawn,
                "heard": [
                    {
                        "document": heard.document.name,
                        "speakers": heard.speakers,
                        "turns": heard.turns,
                        "permission": heard.allowed.permission,
                        "recorded": heard.allowed.recorded,
                        "why": heard.allowed.why,
                    }
                    for heard in person.heard
                ],
                "id": wanted.id,
            }
        )
        return
    parts = [wanted.label, wanted.role, f"case {person.case}" if person.case else "", _state(wanted.withdrawn)]
    say(", ".join(part for part in parts if part))
    say(f"Permission: {wanted.permission or NOT_RECORDED}. Archive: {archive or NOT_RECORDED}.")
    if person.heard:
        say()
        print_table(
            [
                [h.document.name, ", ".join(h.speakers), h.turns, f"{h.allowed.permission} ({h.allowed.why})"]
                for h in person.heard
            ],
            ["Document", "Speaks as", "Turns", "May be done"],
        )


@click.command()
@click.argument("label")
@ROLE
@CASE
@PERMISSION
@ARCHIVE
@options
def add(
    session: Session, label: str, role: str | None, case: str | None, permission: str | None, archive: str | None
) -> None:
    """Make a participant called LABEL, a pseudonym; those who speak are made when a document comes in."""
    from tbcp_qual.tasks.participants import add_participant

    with session.writing() as (project, coder):
        values = _given(role=role, case=case, permission=permission, archive=archive)
        add_participant(project, label, values, coder=coder)
    remark(f"Participant added: {label}.")


@click.command("set")
@click.argument("labels", nargs=-1, required=True, metavar="LABEL...")
@click.option("--label", metavar="NEW", help="What the participant is called from now on.")
@ROLE
@CASE
@PERMISSION
@ARCHIVE
@options
def set_(
    session: Session,
    labels: tuple[str, ...],
    label: str | None,
    role: str | None,
    case: str | None,
    permission: str | None,
    archive: str | None,
) -> None:
    """Say what participants are, which family they belong to, and what they allow."""
    from tbcp_qual.tasks.participants import set_participants

    with session.writing() as (project, coder):
        values = _given(label=label, role=role, case=case, permission=permission, archive=archive)
        revision = set_participants(project, labels, values, coder=coder)
    remark(f"{revision.label[0].upper()}{revision.label[1:]}." if revision else "Nothing to change.")


@click.command()
@click.argument("document")
@click.argument("speaker")
@click.argument("participant")
@options
def assign(session: Session, document: str, speaker: str, participant: str) -> None:
    """Say that SPEAKER, in DOCUMENT, is PARTICIPANT."""
    from tbcp_qual.tasks.participants import assign as assign_speaker

    with session.writing() as (project, coder):
        assigned = assign_speaker(project, document, speaker, participant, coder=coder)
    remark(f"{speaker} in {document} is {participant}: {some(assigned.turns, 'turn')} changed.")
    for gone in assigned.gone:
        remark(f"{gone} was made for that label alone, and is gone.")


@click.command("import")
@click.argument("file", type=FILE)
@options
def import_(session: Session, file: Path) -> None:
    """Bring in what is recorded of participants from FILE (.csv, .xlsx).

    Its columns are participant, and any of role, case, permission (quote, role label only, paraphrase only) and archive
    (yes, no). An empty cell changes nothing. The families must be there already.
    """
    from tbcp_qual.tasks.participants import import_people

    with session.writing() as (project, coder):
        brought = import_people(project, file, coder=coder)
    remark_imported(brought, "participant", file)
