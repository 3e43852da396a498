"""Commands under `documents` that correct their structure: speakers, turns, sections, dates, and whom a part is about."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from tbcp_qual.cli.running import Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table, remark
from tbcp_qual.coding.counting import some
from tbcp_qual.errors import UsageError

if TYPE_CHECKING:
    from tbcp_qual.coding.changes import Revision
    from tbcp_qual.coding.records import Role

TURN = click.option(
    "--turn", "turn", required=True, metavar="N", help="Number of the turn, as `documents show` has it."
)
TURNS = click.option(
    "--turn", "turns", required=True, metavar="N[-M]", help="Number of the turn, or of the first and last."
)


def say_done(revision: "Revision | None") -> None:
    """Say what a revision did."""
    remark(f"{revision.label[0].upper()}{revision.label[1:]}." if revision else "Nothing to change.")


@click.command()
@click.argument("name", required=False)
@json_option
@options
def speakers(session: Session, name: str | None, as_json: bool) -> None:
    """List who speaks where, in one document or in all: role, participant, turns and words.

    Correct them with `documents role`, `documents rename-speaker`, `documents split` and `documents join`.
    """
    from tbcp_qual.tasks.structure import speakers as heard_in

    with session.reading() as (project, viewer):
        heard = heard_in(project, viewer=viewer, name=name)
    if as_json:
        print_json([asdict(line) for line in heard])
        return
    rows = [
        [h.document, h.speaker or "(nobody named)", ", ".join(h.roles), ", ".join(h.participants), h.turns, h.words]
        for h in heard
    ]
    print_table(
        rows, ["Document", "Speaker", "Role", "Participant", "Turns", "Words"], nothing="Nobody is named as a speaker."
    )


@click.command("rename-speaker")
@click.argument("name")
@click.argument("old")
@click.argument("new")
@click.option("--all", "everywhere", is_flag=True, help="In all other documents too.")
@options
def rename_speaker(session: Session, name: str, old: str, new: str, everywhere: bool) -> None:
    """Give the speaker OLD of document NAME the name NEW; where somebody there has it, the two become one."""
    from tbcp_qual.tasks.structure import rename_speaker as rename

    with session.writing() as (project, coder):
        changed = rename(project, name, old, new, coder=coder, everywhere=everywhere)
    remark(f"{new}: {some(changed.turns, 'turn')} changed, in {some(changed.documents, 'document')}.")


@click.command()
@click.argument("name")
@TURN
@click.option("--at", "at", required=True, metavar="WORDS", help="The words with which the second half begins.")
@click.option("--speaker", metavar="NAME", help="Who says the second half; else the same speaker.")
@options
def split(session: Session, name: str, turn: str, at: str, speaker: str | None) -> None:
    """Make two turns of one; codings stay where they are, and a review stays with the first half."""
    from tbcp_qual.tasks.structure import split_turn

    with session.writing() as (project, coder):
        revision = split_turn(project, name, turn, at, coder=coder, speaker=speaker)
    say_done(revision)


@click.command()
@click.argument("name")
@TURN
@click.option("--speaker", metavar="NAME", help="Who says the whole, where the two are two speakers'.")
@options
def join(session: Session, name: str, turn: str, speaker: str | None) -> None:
    """Make one turn of a turn and the next; a label between them becomes part of its words.

    Two turns of different speakers are joined only where --speaker says whose the whole is.
    """
    from tbcp_qual.tasks.structure import join_turns

    with session.writing() as (project, coder):
        revision = join_turns(project, name, turn, coder=coder, speaker=speaker)
    say_done(revision)


@click.command("said-by")
@click.argument("name")
@TURNS
@click.option("--speaker", metavar="NAME", help="Who says them: one who is heard there, or a new one.")
@click.option("--role", type=click.Choice(["interviewer", "participant"]), help="Whether they ask or answer.")
@options
def said_by(session: Session, name: str, turns: str, speaker: str | None, role: "Role | None") -> None:
    """Say whose some turns are: another speaker's, or the interviewer's; the text stays as it is."""
    from tbcp_qual.tasks.structure import assign_turns

    with session.writing() as (project, coder):
        revision = assign_turns(project, name, turns, coder=coder, speaker=speaker, role=role)
    say_done(revision)


@click.command()
@click.argument("name")
@TURNS
@click.option("--title", required=True, metavar="TITLE", help="The heading; empty for none.")
@options
def section(session: Session, name: str, turns: str, title: str) -> None:
    """Put turns under a heading: from one turn to where its section ends, or exactly the turns N-M."""
    from tbcp_qual.tasks.structure import set_section

    with session.writing() as (project, coder):
        revision = set_section(project, name, turns, title, coder=coder)
    say_done(revision)


@click.command()
@click.argument("name")
@TURNS
@click.option("--date", required=True, metavar="DAY", help="The day, such as 2024-03-12 or 2024-03; empty for none.")
@options
def date(session: Session, name: str, turns: str, date: str) -> None:
    """Say on which day the entries of some turns were."""
    from tbcp_qual.tasks.structure import set_date

    with session.writing() as (project, coder):
        revision = set_date(project, name, turns, date, coder=coder)
    say_done(revision)


@click.command()
@click.argument("name")
@click.option("--turn", "turns", metavar="N[-M]", help="Number of the turn, or of the first and last.")
@click.option("--section", metavar="TITLE", help="All turns under this heading.")
@click.option("--quotation", metavar="WORDS", help="The words themselves; with --turn, in that turn.")
@click.option("--case", metavar="LABEL", help="The case that the part is about.")
@click.option("--remove", is_flag=True, help="Take back that exactly this part is about the case.")
@json_option
@options
def about(
    session: Session,
    name: str,
    turns: str | None,
    section: str | None,
    quotation: str | None,
    case: str | None,
    remove: bool,
    as_json: bool,
) -> None:
    """Say which case a part of document NAME is about, or list what has been said.

    Whoever speaks need not be of the family spoken about. Where nothing is said of a part, it is about what the whole
    document is about. Say it of several cases by calling this once for each.
    """
    from tbcp_qual.analysis.passages import shortened
    from tbcp_qual.tasks.aboutness import about_document, set_about

    if case is None:
        if turns or section or quotation or remove:
            raise UsageError("Which case is it about?", "Name it: --case F07")
        with session.reading() as (project, viewer):
            said = about_document(project, name, viewer=viewer)
        if as_json:
            print_json(asdict(said))
            return
        rows = [["whole", "", ", ".join(said.cases) or "no case", ""]]
        rows += [
            [f"{p.first}" if p.first == p.last else f"{p.first}-{p.last}", p.section, p.case, shortened(p.words, 60)]
            for p in said.parts
        ]
        print_table(rows, ["Turns", "Section", "About", "Words"])
        return
    with session.writing() as (project, coder):
        revision = set_about(
            project,
            name,
            case,
            coder=coder,
            turns=turns or "",
            section=section or "",
            quotation=quotation or "",
            take_back=remove,
        )
    say_done(revision)


COMMANDS = (speakers, rename_speaker, said_by, split, join, section, date, about)
