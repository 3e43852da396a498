"""Commands under `codings` that change one coding of yours: weight, span."""

import click

from tbcp_qual.cli.running import Session, options
from tbcp_qual.cli.showing import remark
from tbcp_qual.errors import UsageError

NONE = "none"


@click.command()
@click.argument("coding", metavar="ID")
@click.argument("weight", metavar="0..100|none")
@options
def weight(session: Session, coding: str, weight: str) -> None:
    """Say how strongly the words of a coding of yours speak for its code; `codings list` shows the ids."""
    from tbcp_qual.tasks.coding import set_weight
    from tbcp_qual.tasks.own_codings import own_coding

    said = weight.strip().casefold()
    with session.writing(known=True) as (project, coder):
        if said != NONE and not (said.isascii() and said.isdecimal() and len(said) <= 3):
            raise UsageError("A weight is a whole number from 0 to 100, or none.")
        now = project.snapshot(coder)
        act = set_weight(own_coding(now, coding), now.codebook, None if said == NONE else int(said))
        done = project.apply(act.label, act.changes, coder=coder)
    remark(f"{act.label[0].upper()}{act.label[1:]}." if done else "Nothing to change.")


@click.command()
@click.argument("coding", metavar="ID")
@click.option("--turn", metavar="N", help="Number of a turn, as `documents show` has it.")
@click.option("--quotation", metavar="WORDS", help="The words it is to lie on; else the whole turn.")
@click.option("--exactly", is_flag=True, help="Not to whole words.")
@options
def span(session: Session, coding: str, turn: str | None, quotation: str | None, exactly: bool) -> None:
    """Change the ends of a coding of yours: let it lie on other words of its document.

    Long passages may be quoted as `first words … last words`.
    """
    from tbcp_qual.tasks.own_codings import move_ends

    with session.writing(known=True) as (project, coder):
        moved = move_ends(project, coding, coder=coder, turn=turn, quotation=quotation, snap=not exactly)
    remark(f"{moved.code} now lies on {moved.label}: “{' '.join(moved.words.split())}”.")


COMMANDS = (weight, span)
