"""Commands under `documents` that correct their structure: speakers, turns, sections, dates, and whom a part is about."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from tbcp_qual.cli.running import Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table, remark, some

if TYPE_CHECKING:
    from tbcp_qual.coding.changes import Revision

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
    print_table(rows, ["Document", "Speaker", "Role", "Participant", "Turns", "Words"])


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
@options
def join(session: Session, name: str, turn: str) -> None:
    """Make one turn of a turn and the next; a label between them becomes part of its words."""
    from tbcp_qual.tasks.structure import join_turns

    with session.writing() as (project, coder):
        revision = join_turns(project, name, turn, coder=coder)
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


COMMANDS = (speakers, rename_speaker, split, join, section, date)
