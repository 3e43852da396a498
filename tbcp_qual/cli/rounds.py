"""Commands on rounds of double coding: open, check, list, show, board, lock."""

from typing import TYPE_CHECKING, Any

import click

from tbcp_qual.cli.running import LazyGroup, Session, json_option, options
from tbcp_qual.cli.showing import print_json, remark, say
from tbcp_qual.coding.counting import some
from tbcp_qual.coding.records import Purpose
from tbcp_qual.errors import UsageError

if TYPE_CHECKING:
    from tbcp_qual.agreement.units import Unit
    from tbcp_qual.tasks.rounds import Check, Share

COURTESY = (
    "In one shared file blindness is a courtesy: the program shows nobody else's codings, but the file holds them. "
    "A pack for each coder is the guarantee: tbcp-qual rounds pack."
)

UNITS = ("character", "word", "sentence", "turn", "answer", "paragraph", "document", "case")
"""Units that a text has before anybody codes it."""


@click.group(
    cls=LazyGroup,
    lazy={
        "open": ("tbcp_qual.cli.rounds:open_", "Fix who codes what, and what is compared."),
        "check": ("tbcp_qual.cli.rounds:check", "Look whether a round can be worked on."),
        "list": ("tbcp_qual.cli.rounds_board:list_", "The rounds there are."),
        "show": ("tbcp_qual.cli.rounds_board:show", "A round: what was fixed, and how far everybody is."),
        "board": ("tbcp_qual.cli.rounds_board:board", "Every round, document and coder."),
        "lock": ("tbcp_qual.cli.rounds:lock", "Keep the independent codings for ever."),
        "result": ("tbcp_qual.cli.rounds_results:result", "How trainees did; how far a coder agrees with themselves."),
        "compare": ("tbcp_qual.cli.rounds_results:compare", "One coder in two rounds."),
        "seal": ("tbcp_qual.cli.sealed:seal", "Encrypt a pack by a passphrase."),
        "unseal": ("tbcp_qual.cli.sealed:unseal", "Open a pack that was encrypted."),
        "pack": ("tbcp_qual.cli.rounds_packs:pack", "A file for one coder, without anybody else's work."),
    },
)
def rounds() -> None:
    """Double coding: rounds of documents that several people code, blind or open."""


@click.command("open")
@click.argument("name")
@click.option("--coders", metavar="A,B", required=True, help="Who codes.")
@click.option("--documents", metavar="A,B", help="The documents, by name.")
@click.option("--share", metavar="20%", help="Or the part of all documents that is drawn.")
@click.option("--by", type=click.Choice(["source-type"]), help="Draw in proportion to the source types.")
@click.option("--seed", type=int, metavar="N", help="The same number draws the same documents; else one is taken.")
@click.option("--codes", metavar="A,B", help="Only these codes, with all below them; else all.")
@click.option("--blind/--open", default=None, help="Whether others' work is hidden until it is locked; else blind.")
@click.option("--unit", type=click.Choice(UNITS), help="What counts as one unit; else a turn.")
@click.option("--statistic", metavar="NAME", help="What agreement is measured by; else krippendorff_alpha.")
@click.option("--interviewer", is_flag=True, help="Take in what interviewers say.")
@click.option("--due", metavar="DATE", default="", help="The day it should be finished.")
@click.option(
    "--purpose",
    type=click.Choice(["reliability", "training", "stability"]),
    help="Else training where there is a gold coder, and reliability.",
)
@click.option("--gold", metavar="CODER", help="Whose codings trainees are held against.")
@click.option("--threshold", type=float, metavar="X", help="What each code has to reach in training.")
@json_option
@options
def open_(
    session: Session,
    name: str,
    coders: str,
    documents: str | None,
    share: str | None,
    by: str | None,
    seed: int | None,
    codes: str | None,
    blind: bool | None,
    unit: "Unit | None",
    statistic: str | None,
    interviewer: bool,
    due: str,
    purpose: Purpose | None,
    gold: str | None,
    threshold: float | None,
    as_json: bool,
) -> None:
    """Open a round NAME: who codes which documents, and what is compared, is fixed before anybody codes.

    Training holds each coder against a gold coder, code by code. Stability is one coder who codes the same documents
    again, under a second name, without seeing the first codings. In a reflexive project nothing is measured.
    """
    from tbcp_qual.tasks.rounds import open_round

    if (by or seed is not None) and not share:
        raise UsageError("There is nothing to draw.", "--share 20% says how much.")
    with session.writing() as (project, coder):
        opened = open_round(
            project,
            name,
            by=coder,
            coders=_parts(coders),
            documents=_parts(documents),
            share=_share(share, by, seed) if share else None,
            codes=_parts(codes),
            blind=blind,
            unit=unit,
            statistic=statistic,
            interviewer=interviewer,
            due=due,
            purpose=purpose,
            gold=gold,
            threshold=threshold,
        )
        names = {c.id: c.name for c in project.records("coder")}
        titles = {d.id: d.name for d in project.records("document")}
    made = opened.check.round
    if as_json:
        print_json({**check_as_json(opened.check, names, titles), "new_coders": list(opened.new_coders)})
        return
    for new in opened.new_coders:
        remark(f"{new} is a new coder in this project.")
    say(f"Round “{made.name}” is open for {', '.join(names[c] for c in made.coders)}: {made.drawn}.")
    say(f"Documents: {', '.join(titles[d] for d in made.documents)}.")
    _say_fixed(opened.check)
    if made.purpose == "stability" and made.gold:
        second = names[made.coders[0]]
        say(
            f'{names[made.gold]} codes them again as “{second}” (--coder "{second}"), who does not see the first codings.'
        )
    _say_findings(opened.check)
    if made.blind:
        remark(COURTESY)


def _parts(given: str | None) -> list[str]:
    return [part.strip() for part in (given or "").split(",") if part.strip()]


def _share(given: str, by: str | None, seed: int | None) -> "Share":
    from fractions import Fraction

    from tbcp_qual.tasks.rounds import Share

    number = given.strip()
    try:
        found = Fraction(number.removesuffix("%").strip()) / (100 if number.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        found = Fraction(0)
    if not 0 < found <= 1:
        raise UsageError(f"“{given[:20]}” is no share.", "Write it as 20%, or as .2")
    return Share(share=found, by_source_type=by is not None, seed=seed)


def _say_fixed(check: "Check") -> None:
    made = check.round
    if not made.unit:
        say("Nothing is measured: the project is reflexive, and what comes of the round are differences to discuss.")
        return
    who = "taken in" if made.interviewer else "left out"
    say(
        f"Fixed: {made.statistic}, by {made.unit}, interviewer turns {who}"
        + (f", each code to reach {made.threshold:g}" if made.threshold is not None else "")
        + f"; {some(check.units, 'unit')}. All else is exploratory."
    )


def _say_findings(check: "Check") -> None:
    for finding in check.findings:
        remark(f"{finding.level.capitalize()}: {finding.message}{f' {finding.hint}' if finding.hint else ''}")


def check_as_json(check: "Check", names: dict[str, str], titles: dict[str, str]) -> dict[str, Any]:
    """Return a round with what the check found."""
    made = check.round
    return {
        **round_as_json(made),
        "coders": [names.get(coder, "") for coder in made.coders],
        "gold": names.get(made.gold) if made.gold else None,
        "documents": [titles.get(document, "") for document in made.documents],
        "units": check.units,
        "findings": [{"level": f.level, "message": f.message, "hint": f.hint} for f in check.findings],
    }


def round_as_json(made: Any) -> dict[str, Any]:
    """Return what a round says of itself, without its people and documents."""
    return {
        "round": made.name,
        "id": made.id,
        "purpose": made.purpose,
        "blind": made.blind,
        "unit": made.unit or None,
        "statistic": made.statistic or None,
        "interviewer": made.interviewer,
        "threshold": made.threshold,
        "drawn": made.drawn,
        "seed": made.seed or None,
        "due": made.due or None,
        "codebook": made.codebook,
        "locked": made.locked or None,
        "locked_at": made.locked_at or None,
    }


@click.command()
@click.argument("name", required=False)
@json_option
@options
def check(session: Session, name: str | None, as_json: bool) -> int:
    """Look whether a round can be worked on as it was opened: texts, codebook, coders, roles and units.

    Exit code 1 where something stands in its way.
    """
    from tbcp_qual.tasks.rounds import check_round

    with session.reading() as (project, _):
        found = check_round(project, name)
        names = {c.id: c.name for c in project.records("coder")}
        titles = {d.id: d.name for d in project.records("document")}
    if as_json:
        print_json(check_as_json(found, names, titles))
        return 1 if found.stops else 0
    made = found.round
    counted = f", {some(found.units, 'unit')} ({made.unit})" if made.unit else ""
    say(
        f"Round “{made.name}”: {some(len(made.documents), 'document')}, {some(len(made.coders), 'coder')}{counted}. "
        + ("Something stands in its way." if found.stops else "Nothing stands in its way.")
    )
    _say_findings(found)
    return 1 if found.stops else 0


@click.command()
@click.argument("name", required=False)
@click.option("--anyway", is_flag=True, help="Though somebody has not finished; not for a blind round of reliability.")
@json_option
@options
def lock(session: Session, name: str | None, anyway: bool, as_json: bool) -> None:
    """Keep the independent codings of a round for ever; reliability is computed from them, whatever is edited later.

    It cannot be undone. From then on its coders see one another's codings.
    """
    from tbcp_qual.tasks.locking import lock_round

    with session.writing() as (project, coder):
        kept = lock_round(project, name, by=coder, anyway=anyway)
        reflexive = project.info.approach == "reflexive"
    if as_json:
        print_json(
            {
                "round": kept.round.name,
                "documents": kept.documents,
                "codings": kept.codings,
                "waiting": [{"document": document, "coder": coder} for document, coder in kept.waiting],
                "codebook_changed": kept.codebook_changed,
            }
        )
        return
    say(
        f"Round “{kept.round.name}” is locked: {some(kept.codings, 'coding')} in {some(kept.documents, 'document')}"
        " are kept as they are now."
    )
    for document, waiting in kept.waiting:
        remark(f"{waiting} has not marked “{document}” done, and is missing there.")
    if kept.codebook_changed:
        remark("The codebook is not the one the round was opened with; every figure will say so.")
    if kept.round.purpose != "reliability":
        remark(f'What came of it: tbcp-qual rounds result "{kept.round.name}"')
    elif not reflexive:
        remark(f'How far they agree: tbcp-qual agreement --round "{kept.round.name}"')
