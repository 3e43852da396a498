"""Commands under `codings` that make or change codings of yours: weight, span, code-speaker."""

import click

from tbcp_qual.cli.running import Session, json_option, options
from tbcp_qual.cli.showing import print_json, remark, say
from tbcp_qual.coding.counting import some
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


@click.command("code-speaker")
@click.argument("speaker")
@click.argument("code")
@click.option("--document", metavar="NAME", help="Only in this document; else in all.")
@click.option("--apply", "apply_", is_flag=True, help="Code them, as one act; else they are only shown.")
@json_option
@options
def code_speaker(session: Session, speaker: str, code: str, document: str | None, apply_: bool, as_json: bool) -> int:
    """Code all turns of a SPEAKER with a CODE of the codebook; shown first, coded with --apply.

    Exit code 3 where nobody of that label speaks.
    """
    from tbcp_qual.coding.codebook import Codebook
    from tbcp_qual.tasks.documents import document_named
    from tbcp_qual.tasks.finding import code_all, speaker_to_code

    with session.writing(known=True) as (project, coder):
        meant = Codebook(project.records("code")).find(code)
        documents = [document_named(project, document).id] if document else None
        planned = speaker_to_code(project, speaker, meant, coder=coder, documents=documents)
        texts = project.texts({document.text for document, _ in planned.spans})
        if apply_:
            code_all(project, planned, coder=coder)
    shown = [
        (document.name, span.start, span.end, texts[document.text][slice(*span)]) for document, span in planned.spans
    ]
    if as_json:
        print_json([dict(zip(("document", "start", "end", "words"), row, strict=True)) for row in shown])
    else:
        for name, _, _, words in shown:
            say(f"{name}: {' '.join(words.split())}")
    if not shown and not planned.already and not planned.excluded:
        remark(f"Nobody speaks as “{speaker}”. `tbcp-qual documents show NAME` shows who does.")
        return 3
    left = [f"{planned.already} left that touch this code already"] if planned.already else []
    left += [f"{planned.excluded} left where a code excludes it"] if planned.excluded else []
    done = "coded; `undo` takes them back" if apply_ else "would be coded; --apply does it"
    remark(f"{some(len(shown), 'turn')} {done}. {'; '.join(left)}".strip())
    return 0


COMMANDS = (weight, span, code_speaker)
