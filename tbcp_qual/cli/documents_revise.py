"""Commands under `documents` for corrected transcripts: revise, and what could not be placed in them."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table, remark, say
from tbcp_qual.coding.counting import some

if TYPE_CHECKING:
    from tbcp_qual.tasks.revising import Followed, Revising

KINDS = {"coding": "Codings", "memo": "Memos", "about": "About cases"}
LISTED = 200
"""So many changed and unplaced ones are listed one by one; --json has all."""
ROUND = 40
"""Characters shown on either side of what differs."""


@click.command()
@click.argument("name")
@click.argument("newfile", type=FILE)
@click.option("--dry-run", is_flag=True, help="Only say what would become of everything.")
@click.option("--columns", metavar="FIELD=NAME,…", help="Of a table, which column holds what: text=Answer,speaker=Who.")
@click.option("--anyway", is_flag=True, help="Take the file even if it looks like another document.")
@json_option
@options
def revise(
    session: Session, name: str, newfile: Path, dry_run: bool, columns: str | None, anyway: bool, as_json: bool
) -> int:
    """Put the corrected text of NEWFILE in the place of a document's text; codings follow their words.

    The report counts what is unchanged, what moved to another turn, what has other words now, and what could not be
    placed. Nothing is lost: what could not be placed is kept (`documents unplaced`), and `undo` takes the whole
    correction back. Exit code 1 where something is unplaced.
    """
    from tbcp_qual.readers.documents import read_document
    from tbcp_qual.readers.documents.columns import parse_columns
    from tbcp_qual.tasks.documents import document_named
    from tbcp_qual.tasks.revising import apply_revision, plan_revision

    with session.reading() if dry_run else session.writing() as (project, coder):
        document = document_named(project, name)
        draft = read_document(newfile, columns=parse_columns(columns) if columns else None)
        planned = plan_revision(project, document, draft, viewer=coder, file=newfile, anyway=anyway)
        if not dry_run:
            apply_revision(project, planned, coder=coder)
    if as_json:
        print_json(_as_json(planned, dry_run))
    else:
        _say(planned, dry_run)
    return 1 if any(record.fate == "unplaced" for record in planned.records) else 0


def _as_json(planned: "Revising", dry_run: bool) -> dict[str, object]:
    return {
        "document": planned.document.name,
        "done": bool(planned.changes) and not dry_run,
        "nothing_changed": not planned.changes,
        "kept": round(planned.kept, 4),
        "turns": planned.turns,
        "new_turns": planned.new_turns,
        "gone": [asdict(turn) for turn in planned.gone],
        "counts": planned.counts(),
        "records": [asdict(record) for record in planned.records],
        "warnings": list(planned.warnings),
        "left_out": list(planned.left_out),
    }


def _say(planned: "Revising", dry_run: bool) -> None:
    for warning in planned.warnings:
        remark(f"{warning[0].upper()}{warning[1:]}.")
    if planned.left_out:
        remark(f"Left out: {'; '.join(planned.left_out)}.")
    if not planned.changes:
        remark(f"{planned.document.name}: the file has the same text; nothing changed.")
    else:
        rows = [[KINDS[kind], *counts.values()] for kind, counts in planned.counts().items()]
        if rows:
            print_table(rows, [planned.document.name, "Unchanged", "Moved", "Changed", "Unplaced"])
    listed = [record for record in planned.records if record.fate in ("changed", "unplaced")]
    listed = listed if planned.changes else [record for record in listed if record.fate == "unplaced"]
    for record in listed[:LISTED]:
        _say_record(record)
    if len(listed) > LISTED:
        remark(f"… and {len(listed) - LISTED:,} more; --json has all.")
    for turn in planned.gone:
        say()
        who = f", {turn.speaker}" if turn.speaker else ""
        marked = f"; marks of {', '.join(turn.reviewed_by)} go with it" if turn.reviewed_by else ""
        say(f"turn {turn.turn}{who}: not in the corrected text{marked}")
        say(f"  was: {_cut(turn.words)}")
    if planned.changes:
        did = "would be revised" if dry_run else "revised"
        made = f", {planned.new_turns:,} of them new" if planned.new_turns else ""
        gone = f"; {some(len(planned.gone), 'turn')} gone" if planned.gone else ""
        remark(
            f"{planned.document.name} {did}: {_percent(planned.kept)} of its text is as it was; "
            f"{some(planned.turns, 'turn')}{made}{gone}."
        )
    unplaced = sum(record.fate == "unplaced" for record in planned.records)
    if unplaced and not dry_run:
        remark(f"{some(unplaced, 'is', 'are')} unplaced and kept: `documents unplaced`, `documents place`.")


def _percent(share: float) -> str:
    """Return a share in percent; 100 % only where all is the same."""
    return f"{min(100 * share, 99.9):.1f} %" if share < 1 else "100 %"


def _say_record(record: "Followed") -> None:
    say()
    if record.fate == "unplaced":
        where = f"turn {record.turn}" if record.turn else "unplaced before"
    elif record.turn == record.new_turn:
        where = f"turn {record.turn}"
    else:
        where = f"turn {record.turn} → {record.new_turn}" if record.turn else f"turn {record.new_turn}"
    say(", ".join(part for part in (f"{record.fate}: {record.what}", record.coder, where) if part))
    if record.fate == "unplaced":
        say(f"  was: {_cut(record.words)}")
        say(f"  id:  {record.id}")
        return
    was, now = _beside(" ".join(record.words.split()), " ".join(record.new_words.split()))
    say(f"  was: {was}")
    say(f"  now: {now}")


def _cut(words: str) -> str:
    from tbcp_qual.analysis.passages import shortened

    return f"“{shortened(words, 4 * ROUND)}”"


def _beside(was: str, now: str) -> tuple[str, str]:
    """Return two wordings, cut to what differs and a little around it."""
    shorter = min(len(was), len(now))
    head = next((n for n in range(shorter) if was[n] != now[n]), shorter)
    tail = next((n for n in range(shorter - head) if was[-1 - n] != now[-1 - n]), shorter - head)
    first, last = max(head - ROUND, 0), max(tail - ROUND, 0)
    return _part(was, first, last), _part(now, first, last)


def _part(words: str, first: int, last: int) -> str:
    """Return words without so many characters at either end, cut where words begin and end."""
    start = words.find(" ", first) + 1 if first else 0
    end = words.rfind(" ", 0, len(words) - last) if last else len(words)
    start, end = (start or first), (end if end > start else len(words) - last)
    return f"“{'… ' if start else ''}{words[start:end]}{' …' if end < len(words) else ''}”"


@click.command()
@json_option
@options
def unplaced(session: Session, as_json: bool) -> int:
    """List what lies on no words of its document's present text, and can be placed by hand.

    Exit code 1 where there is something.
    """
    from tbcp_qual.tasks.placing import list_unplaced

    with session.reading() as (project, viewer):
        listed = list_unplaced(project, viewer=viewer)
    if as_json:
        print_json([asdict(record) for record in listed])
    else:
        for place, record in enumerate(listed):
            if place:
                say()
            say(", ".join(part for part in (record.document, f"{record.kind}: {record.what}", record.coder) if part))
            say(f"  was: {_cut(record.words)}")
            say(f"  id:  {record.id}")
        if not listed:
            remark("Everything is placed.")
    return 1 if listed else 0


@click.command()
@click.argument("record", metavar="ID")
@click.option("--document", metavar="NAME", help="The document; needed only where you want it checked.")
@click.option("--turn", metavar="N", help="Number of the turn, as `documents show` has it.")
@click.option("--quotation", metavar="WORDS", help="The words it belongs on; else the whole turn.")
@options
def place(session: Session, record: str, document: str | None, turn: str | None, quotation: str | None) -> None:
    """Place a coding, memo or mark of a case by hand on the corrected text, by its ID.

    `documents unplaced` shows the ids. Long passages may be quoted as `first words … last words`.
    """
    from tbcp_qual.tasks.placing import place_by_hand

    with session.writing() as (project, coder):
        placed = place_by_hand(project, record, coder=coder, document=document, turn=turn, quotation=quotation)
    remark(f"Placed in turn {placed.turn} of {placed.document}: {placed.what}.")


COMMANDS = (revise, unplaced, place)
