"""A participant withdraws: what it touches is said first, then it is taken out for good."""

import click

from tbcp_qual.cli.running import Session, json_option, options
from tbcp_qual.cli.showing import print_json, remark
from tbcp_qual.coding.counting import some


@click.command()
@click.argument("participant")
@click.option("--also", multiple=True, metavar="DOCUMENT", help="A further document that goes as a whole; repeat.")
@click.option("--keep-family", is_flag=True, help="Attributes and scores of the family stay, as agreed with them.")
@click.option("--yes", is_flag=True, help="Do it; else only what it touches is said.")
@json_option
@options
def withdraw(
    session: Session, participant: str, also: tuple[str, ...], keep_family: bool, yes: bool, as_json: bool
) -> None:
    """Take out for good what a participant said, with all codings and memos on it.

    Attributes and scores of the family go too, unless somebody else of it still takes part, or --keep-family says that
    they stay. This cannot be undone, and a merge with an older copy does not bring it back. The participant stays on the list as
    withdrawn, with the label alone.
    """
    from tbcp_qual.tasks.purging import plan_withdrawal
    from tbcp_qual.tasks.purging import withdraw as take_out

    with session.writing(known=True) as (project, coder):
        planned = plan_withdrawal(project, participant, viewer=coder, also=also, keep_family=keep_family)
        if yes:
            take_out(project, planned, coder=coder)
    whole, shared = [d.name for d in planned.whole], [d.name for d in planned.shared]
    if as_json:
        print_json(
            {
                "participant": planned.participant.label,
                "done": yes,
                "documents": whole,
                "shared documents": shared,
                "turns": planned.turns,
                "codings": planned.codings,
                "memos": planned.memos,
                "others' work not counted": planned.withheld,
                "about the same case": [d.name for d in planned.about_the_case],
                "repeated in": list(planned.quoting),
                "family": planned.family,
                "attributes": [attribute.name for attribute in planned.attributes],
                "measures": len(planned.measures),
                "family stays": planned.stays,
                "exports": list(planned.exports),
            }
        )
        return
    remark(f"{planned.participant.label} withdraws. {'Gone' if yes else 'What goes'}, for good:")
    remark(f"  documents: {', '.join(whole) or 'none as a whole'}")
    if shared:
        remark(f"  what they said in: {', '.join(shared)} ({some(planned.turns, 'turn')}); others' words stay")
    whose = " of yours" if planned.withheld else " of all coders"
    remark(f"  {some(planned.codings, 'coding')}{whose} and {some(planned.memos, 'memo')}")
    if planned.withheld:
        remark("  others' work on documents of a blind round, which is not counted before the round is locked")
    if planned.attributes or planned.measures:
        known = f"{some(len(planned.attributes), 'attribute')} and {some(len(planned.measures), 'score')}"
        if planned.stays:
            remark(f"Staying of family {planned.family}, for {planned.stays}: {known}")
        else:
            named = f" ({', '.join(one.name for one in planned.attributes)})" if planned.attributes else ""
            remark(f"  of family {planned.family}: {known}{named}; --keep-family lets them stay")
    if planned.about_the_case:
        names = ", ".join(d.name for d in planned.about_the_case)
        remark(f"About the same family, and staying: {names} (--also NAME)")
    if planned.quoting:
        places = ", ".join(planned.quoting)
        remark(f"Repeated by people, where [withdrawn] {'stands' if yes else 'will stand'} instead: {places}")
    if planned.exports:
        remark(f"Exported files may hold these words; find and delete them: {', '.join(planned.exports)}")
    if not yes:
        remark("Nothing was changed. This cannot be undone: --yes does it.")
