"""Commands that turn the framework matrix: themes by source types, and two groups of families side by side."""

from typing import TYPE_CHECKING, Any

import click

from tbcp_qual.cli.counting import tally_values
from tbcp_qual.cli.running import Session, json_option, json_rows, options
from tbcp_qual.cli.showing import print_json, print_table, remark, say
from tbcp_qual.coding.counting import some

if TYPE_CHECKING:
    from tbcp_qual.analysis.groups import GroupCell


@click.command()
@click.option("--question", "questions", multiple=True, metavar="KEY", help="Only its themes; repeat.")
@json_rows
@options
def sources(session: Session, questions: tuple[str, ...], as_json: bool) -> None:
    """Turn the matrix: themes by source types, with how many of those asked speak to each.

    Each source type is counted in its own unit; counts are never added up, as accounts of one family overlap.
    """
    from tbcp_qual.tasks.evidence import boards

    with session.reading() as (project, viewer):
        found = boards(project, viewer=viewer, questions=questions)
    lines = {line.theme.id: line for board in found for line in board.themes}.values()
    if as_json:
        print_json(
            [
                {
                    "theme": line.theme.name,
                    "source types": [tally_values(t) for t in line.tallies],
                    "families": line.families,
                    "more than one account": line.shared,
                }
                for line in lines
            ]
        )
        return
    for line in lines:
        say(line.theme.name)
        for tally in line.tallies:
            negative = f", {tally.negative} negative" if tally.negative else ""
            say(f"  {tally.in_words}: {some(tally.passages, 'passage')}{negative}")
        shared = f"; of {', '.join(line.shared)} more than one source type speaks" if line.shared else ""
        say(f"  {some(len(line.families), 'family', 'families')}{shared}")


@click.command()
@click.argument("attribute")
@click.argument("first")
@click.argument("second")
@click.option("--question", "questions", multiple=True, metavar="KEY", help="Only its themes; repeat.")
@json_option
@options
def compare(
    session: Session, attribute: str, first: str, second: str, questions: tuple[str, ...], as_json: bool
) -> None:
    """Set two groups of families side by side: those whose ATTRIBUTE is FIRST, and those for whom it is SECOND.

    Families are named, as groups of a pilot are small; a difference between them is a lead, not a result.
    """
    from tbcp_qual.tasks.charting import two_groups

    with session.reading() as (project, viewer):
        found = two_groups(project, attribute, first, second, viewer=viewer, questions=questions)

    def values(cell: "GroupCell") -> dict[str, Any]:
        return {"speak": cell.speaking, "asked": cell.asked, "read": cell.read, "negative": cell.negative}

    if as_json:
        print_json(
            {
                "attribute": found.attribute,
                "groups": found.groups,
                "themes": [{"theme": t.name, "first": values(a), "second": values(b)} for t, a, b in found.themes],
            }
        )
        return
    name = found.attribute.replace("_", " ")
    rows = [[theme.name, _group(one), _group(other)] for theme, one, other in found.themes]
    print_table(rows, ["Theme", *(f"{name}: {value}" for value in found.groups)])
    remark("Families with words by or about them, of those of whom somebody was asked or whose file was read.")


def _group(cell: "GroupCell") -> str:
    negative = f", negative: {', '.join(cell.negative)}" if cell.negative else ""
    return f"{len(cell.speaking)} of {len(cell.asked)} ({', '.join(cell.speaking) or 'none'}){negative}"
