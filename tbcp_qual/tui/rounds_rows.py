"""What the board of rounds shows, drawn from values: every round, document and coder, and beside it what was fixed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tbcp_qual.agreement.statistics import STATISTICS
from tbcp_qual.coding.records import Round
from tbcp_qual.errors import QualError
from tbcp_qual.store import Project
from tbcp_qual.tasks.boards import Board, Place, boards
from tbcp_qual.tasks.conflicts import ConflictLine, conflicts
from tbcp_qual.tasks.round_results import Results, round_results
from tbcp_qual.tasks.rounds import Looked, check_round, checklist
from tbcp_qual.tui.widgets.lines import Line, fitted, literal
from tbcp_qual.tui.widgets.passages import Passage
from tbcp_qual.writers.tables import Table

COURTESY = (
    "In one shared file blindness is a courtesy: the program shows nobody else's codings, but the file holds them."
    " A pack for each coder (w) is the guarantee."
)

OF_A_PACK = "Nobody else's work is in it. When you have finished, send the file back: it is merged into the project."

NOT_HERE = "not here"
"""What is said of others in a pack."""

BETWEEN = "\x1f"
"""Divides the id of a round from that of a document in a key."""

SIGNS = {"not begun": "○", "not done": "○", "begun": "◐", "done": "●", "locked": "●"}

TO_DO = {
    "coders": "Take two at least under coders; a gold coder marks documents done in the text (d).",
    "texts": "Choose documents, or let them be drawn.",
    "units": "Choose other documents, or another unit.",
}
"""What to do on screen, where a hint speaks of options of a command."""

NAMED = 6
"""Codes that are named one by one."""

NARROWEST, WIDEST = 9, 14
"""Cells of what is said of a coder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """What was read."""

    boards: tuple[Board, ...]
    """Those that are not locked first; the newest first."""
    checks: dict[str, tuple[Looked, ...]]
    """What was looked at before anybody begins, by id of each round that is not locked."""
    results: dict[str, Results]
    """What came of training and stability, by id of each round that is locked."""
    conflicts: tuple[ConflictLine, ...]
    is_pack: bool
    """Whether the file is a pack, which knows of nobody but its coder."""

    def board(self, key: str) -> Board | None:
        """Return the round of a line, whether it is of the round itself or of one of its documents."""
        wanted = key.partition(BETWEEN)[0]
        return next((board for board in self.boards if board.round.id == wanted), None)


def read_rounds(project: Project, viewer: str) -> Rounds:
    """Read every round with how far everybody is, and what two people changed without seeing each other."""
    found = boards(project, viewer=viewer)
    checks: dict[str, tuple[Looked, ...]] = {}
    results: dict[str, Results] = {}
    for made in (board.round for board in found):
        if not made.locked:
            checks[made.id] = tuple(checklist(check_round(project, made.id)))
        elif made.purpose != "reliability":
            try:
                results[made.id] = round_results(project, made.id, viewer=viewer)
            except QualError:
                continue
    return Rounds(
        boards=tuple(sorted(found, key=lambda board: (not board.round.locked, board.round.id), reverse=True)),
        checks=checks,
        results=results,
        conflicts=tuple(conflicts(project, viewer=viewer)),
        is_pack=project.packed() is not None,
    )


def board_lines(read: Rounds, folded: Collection[str], *, viewer: str, width: int) -> list[Line]:
    """Return a line for each round and, below it, for each of its documents.

    Args:
        read: what was read.
        folded: ids of the rounds of which no document is shown.
        viewer: id of the coder who looks.
        width: cells there are.
    """
    lines: list[Line] = []
    for board in read.boards:
        made = board.round
        shut = made.id in folded
        lines.append(
            Line(
                key=made.id,
                text=f"{'▸' if shut else '▾'} round {made.name} · {made.purpose} · {'blind' if made.blind else 'open'}",
                note=status(read, board, viewer),
            )
        )
        if shut:
            continue
        cells = min(WIDEST, max(width * 3 // 5 // max(len(board.coders), 1), 0))
        names = board.coders if cells >= NARROWEST else ()
        heading = "".join(fitted(literal(name), cells) for name in names) or f"{len(board.coders)} coders".ljust(WIDEST)
        lines.append(Line(key="", text="    document", note=heading))
        for document in dict.fromkeys(place.document_id for place in board.places):
            of = [place for place in board.places if place.document_id == document]
            own = next((place for place in of if place.coder_id == viewer), None)
            said = "".join(fitted(_state(read, place, viewer), cells) for place in of) if names else _some_done(of)
            lines.append(
                Line(
                    key=f"{made.id}{BETWEEN}{document}",
                    text=f"    {SIGNS[own.state] if own else ' '} {of[0].document}",
                    note=said,
                    quiet=bool(made.locked),
                )
            )
    return lines


def as_table(read: Rounds) -> Table:
    """Return how far everybody is, as far as the viewer may know it, to be written."""
    rows = [
        (board.round.name, place.document, place.coder, place.state, *map(_number, (place.reviewed, place.turns)))
        for board in read.boards
        for place in board.places
    ]
    headings = ("round", "document", "coder", "state", "turns reviewed", "turns")
    return Table(title="rounds", headings=headings, rows=rows)


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _some_done(places: Sequence[Place]) -> str:
    done = sum(place.state in ("done", "locked") for place in places)
    return f"{done} of {len(places)} done".ljust(WIDEST)


def state(place: Place) -> str:
    """Say how far a coder is with a document, as far as may be known."""
    return f"{place.reviewed}/{place.turns} turns" if place.state == "begun" else place.state


def _state(read: Rounds, place: Place, viewer: str) -> str:
    return NOT_HERE if read.is_pack and place.coder_id != viewer else state(place)


def status(read: Rounds, board: Board, viewer: str) -> str:
    """Say how far a round is; in a pack, how far its coder is."""
    if board.round.locked:
        return f"locked {board.round.locked_at[:10]}"
    of = [place for place in board.places if place.coder_id == viewer or not read.is_pack]
    due = f" · due {board.round.due}{', passed' if board.overdue else ''}" if board.round.due else ""
    return f"{sum(place.state == 'done' for place in of)} of {len(of)} done{due}"


def beside(read: Rounds, board: Board, *, viewer: str, approach: str) -> list[Passage]:
    """Return what is said of a round: what to do next, what was fixed, and what was looked at."""
    made = board.round
    items = [
        Passage(
            key="round",
            label=f"round {made.name}",
            note=status(read, board, viewer),
            body=_next(read, board, viewer=viewer, approach=approach),
        )
    ]
    if read.is_pack:
        items.append(Passage(key="pack", label="a pack", body=OF_A_PACK))
    elif made.blind and not made.locked:
        items.append(Passage(key="blind", label="blind", body=COURTESY))
    items.append(Passage(key="fixed", label="fixed before coding", body="\n".join(fixed(board))))
    items += check_items(read.checks.get(made.id, ()))
    items += _result_items(read.results.get(made.id))
    return items


def _next(read: Rounds, board: Board, *, viewer: str, approach: str) -> str:
    made = board.round
    if made.locked:
        see = (
            "r shows the differences to discuss."
            if approach == "reflexive"
            else "a shows how far coders agree, r settles what differs."
        )
        return f"Its independent codings are kept for ever: {see}"
    own = [place for place in board.places if place.coder_id == viewer]
    waiting = [place for place in own if place.state != "done"]
    if waiting:
        return f"{len(waiting)} of your {len(own)} documents are waiting: enter opens one, d marks it done."
    if read.is_pack:
        return "Yours are done: send the file back."
    if board.done == len(board.places):
        return "Everybody has finished: l locks it and keeps the independent codings for ever."
    others = {place.coder for place in board.places if place.state != "done"}
    mine = "Yours are done; " if own else ""
    return f"{mine}{', '.join(sorted(others))} {'has' if len(others) == 1 else 'have'} not finished."


def fixed(board: Board) -> list[str]:
    """Say what was fixed when a round was opened."""
    made = board.round
    lines = [
        f"Coders: {', '.join(board.coders)}{f', held against {board.gold}' if board.gold else ''}.",
        f"Documents: {made.drawn}.",
        f"Codes: {', '.join(path.rpartition(' > ')[2] for path in board.codes) or 'all'}.",
        measured(made),
    ]
    if made.due:
        lines.append(f"Due: {made.due}{', which has passed' if board.overdue else ''}.")
    return lines


def measured(made: Round) -> str:
    """Say what agreement is measured by."""
    if not made.unit:
        return "Nothing is measured: what comes of it are differences to discuss."
    reach = f", each code to reach {made.threshold:g}" if made.threshold is not None else ""
    turns = "taken in" if made.interviewer else "left out"
    label = STATISTICS[made.statistic].label if made.statistic in STATISTICS else made.statistic
    return f"Measured: {label}, by {made.unit}, interviewer turns {turns}{reach}; all else is exploratory."


def check_items(lines: Sequence[Looked]) -> list[Passage]:
    """Return the check before anybody begins, line by line: well or not, and what to do."""
    items = [Passage(key="", label="looked at", tight=True)] if lines else []
    for n, line in enumerate(lines):
        if not line.findings:
            items.append(Passage(key=f"check:{n}", label=f"ok   {line.what}", tight=True))
        for m, finding in enumerate(line.findings):
            word = "NOT OK" if finding.level == "error" else "mind"
            hint = TO_DO.get(line.about, finding.hint) if "--" in finding.hint else finding.hint
            said = f"{finding.message} {hint}".strip()
            items.append(Passage(key=f"check:{n}:{m}", label=word, body=said, tight=True))
    return items


def _result_items(results: Results | None) -> list[Passage]:
    if results is None:
        return []
    items = [Passage(key="", label="what came of it")]
    for n, one in enumerate(results.results):
        passed = [code.passed for code in one.codes]
        if results.threshold is not None:
            body = f"Passed: {sum(each is True for each in passed)} of {len(passed)} codes."
            waiting = [code.path.rpartition(" > ")[2] for code in one.codes if code.passed is False]
            more = f" and {len(waiting) - NAMED} more (a)" if len(waiting) > NAMED else ""
            body += f" Not yet: {', '.join(waiting[:NAMED])}{more}." if waiting else ""
        else:
            pooled = one.pooled.value if one.pooled else None
            body = "No figure." if pooled is None else f"All codes pooled: {pooled:.2f}."
        items.append(Passage(key=f"result:{n}", label=one.title, body=body))
    return items
