"""Commands on how far rounds are: `rounds list`, `show` and `board`."""

from typing import TYPE_CHECKING, Any

import click

from tbcp_qual.cli.rounds import round_as_json
from tbcp_qual.cli.running import Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table, say
from tbcp_qual.coding.counting import some

if TYPE_CHECKING:
    from tbcp_qual.tasks.boards import Board, Place


@click.command("list")
@json_option
@options
def list_(session: Session, as_json: bool) -> None:
    """List the rounds."""
    found = _boards(session)
    if as_json:
        print_json([_board_as_json(each, places=False) for each in found])
        return
    rows = [
        [
            each.round.name,
            each.round.purpose,
            "blind" if each.round.blind else "open",
            ", ".join(each.coders) + (f" (with {each.gold})" if each.gold else ""),
            len(each.documents),
            f"{each.round.statistic}, {each.round.unit}" if each.round.unit else "",
            each.round.due + (" (passed)" if each.overdue else ""),
            _status(each),
        ]
        for each in found
    ]
    print_table(
        rows,
        ["Round", "Purpose", "", "Coders", "Documents", "Fixed", "Due", "State"],
        nothing="No round has been opened: tbcp-qual rounds open --help",
    )


def _status(each: "Board") -> str:
    if each.round.locked:
        return f"locked {each.round.locked_at[:10]}"
    return f"{each.done} of {len(each.places)} done"


@click.command()
@click.argument("name", required=False)
@json_option
@options
def show(session: Session, name: str | None, as_json: bool) -> None:
    """Show a round: what was fixed before anybody coded, and how far everybody is."""
    from tbcp_qual.tasks.rounds import find_round

    with session.reading() as (project, _):
        wanted = find_round(project, name).id
    (found,) = [each for each in _boards(session) if each.round.id == wanted]
    if as_json:
        print_json(_board_as_json(found, places=True))
        return
    made = found.round
    say(f"Round “{made.name}”: {made.purpose}, {'blind' if made.blind else 'open'}; {_status(found)}.")
    say(f"Coders: {', '.join(found.coders)}{f', held against {found.gold}' if found.gold else ''}.")
    say(f"Documents: {made.drawn}.")
    say(f"Codes in scope: {', '.join(found.codes) if found.codes else 'all'}.")
    if made.unit:
        say(
            f"Fixed: {made.statistic}, by {made.unit},"
            f" interviewer turns {'taken in' if made.interviewer else 'left out'}"
            + (f", each code to reach {made.threshold:g}." if made.threshold is not None else ".")
        )
    else:
        say("Nothing is measured: what comes of the round are differences to discuss.")
    if made.due:
        say(f"Due: {made.due}{', which has passed' if found.overdue else ''}.")
    say()
    _print_board(found)


@click.command()
@json_option
@options
def board(session: Session, as_json: bool) -> None:
    """Show every round, document and coder; of others in a blind round only whether they have finished."""
    found = _boards(session)
    if as_json:
        print_json([_board_as_json(each, places=True) for each in found])
        return
    for number, each in enumerate(found):
        if number:
            say()
        due = f", due {each.round.due}{' (passed)' if each.overdue else ''}" if each.round.due else ""
        say(
            f"Round “{each.round.name}” ({each.round.purpose}, {'blind' if each.round.blind else 'open'}{due}): {_status(each)}"
        )
        _print_board(each)
    if not found:
        say("No round has been opened.")


def _boards(session: Session) -> "list[Board]":
    from tbcp_qual.tasks.boards import boards

    with session.reading() as (project, viewer):
        return boards(project, viewer=viewer)


def _print_board(each: "Board") -> None:
    by_document: dict[str, dict[str, Place]] = {}
    for place in each.places:
        by_document.setdefault(place.document, {})[place.coder] = place
    rows = [[name, *(_place(places[coder]) for coder in each.coders)] for name, places in by_document.items()]
    print_table(rows, ["Document", *each.coders])


def _place(place: "Place") -> str:
    if place.state == "begun":
        return f"{place.reviewed} of {some(place.turns, 'turn')}"
    return place.state


def _board_as_json(each: "Board", *, places: bool) -> dict[str, Any]:
    rows = [
        {
            "document": place.document,
            "coder": place.coder,
            "state": place.state,
            "reviewed": place.reviewed,
            "turns": place.turns,
        }
        for place in each.places
    ]
    return {
        **round_as_json(each.round),
        "coders": list(each.coders),
        "gold": each.gold,
        "documents": list(each.documents),
        "codes": list(each.codes),
        "overdue": each.overdue,
        "done": each.done,
        "places": rows if places else len(each.places),
    }
