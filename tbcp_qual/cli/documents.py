"""Commands on documents: import, list, show, role, done."""

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tbcp_qual.cli import describing, documents_revise, structure
from tbcp_qual.cli.confirming import Columns
from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.showing import Progress, can_ask, print_json, print_table, remark, say
from tbcp_qual.coding.counting import some
from tbcp_qual.coding.records import Role
from tbcp_qual.errors import BadInput

if TYPE_CHECKING:
    from tbcp_qual.tasks.importing import ImportedFile, ImportReport

INTERRUPTED = 130
FEW = 40
"""Of so many files a line each is said, and of the rest how many they are."""
TWICE = 5
"""Up to so many files that are in the project already are named."""


@click.group()
def documents() -> None:
    """Transcripts and case-file extracts."""


@documents.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=FILE)
@click.option(
    "--details",
    type=FILE,
    metavar="CSV",
    help="A table with the columns file, name, source type, time point, cases (divided by ;), participant, permission.",
)
@click.option("--source-type", metavar="TYPE", help="parent, practitioner, partner, case file, …; else by the name.")
@click.option("--time-point", metavar="WHEN", help="Such as first or second.")
@click.option("--case", "cases", multiple=True, metavar="LABEL", help="The case it is about; repeat.")
@click.option(
    "--columns",
    metavar="FIELD=NAME,…",
    help="Of tables, which column holds what: text=Answer,speaker=Who; also role, time, date, section.",
)
@click.option("--yes", is_flag=True, help="Take guesses about columns without being asked.")
@json_option
@options
def import_(
    session: Session,
    paths: tuple[Path, ...],
    details: Path | None,
    source_type: str | None,
    time_point: str | None,
    cases: tuple[str, ...],
    columns: str | None,
    yes: bool,
    as_json: bool,
) -> int:
    """Bring in documents: files, folders with all that is in them, and zip archives.

    Read are Word (.docx), OpenDocument (.odt), .rtf, .pdf, .txt, .md, .html, captions (.vtt, .srt), and tables of
    turns or records (.csv, .xlsx). What the columns of a table hold is guessed by their names: on a terminal the guess
    is shown and asked about, elsewhere it is taken and said. The good files go in even where others are refused. Exit
    code 3 where a file was refused.
    """
    from tbcp_qual.readers.documents.columns import parse_columns
    from tbcp_qual.tasks.importing import Stopped, import_documents

    chosen = parse_columns(columns) if columns else None
    left = 0
    with session.writing() as (project, coder), Progress("Importing") as progress:
        try:
            report = import_documents(
                project,
                paths,
                coder=coder,
                details=details,
                source_type=source_type,
                time_point=time_point,
                cases=cases,
                columns=chosen,
                confirm=None if yes or not can_ask() else Columns(progress),
                progress=progress.show,
            )
        except Stopped as stopped:
            report, left = stopped.report, stopped.left
    if as_json:
        print_json(_as_json(report))
    else:
        _say(report)
    if left:
        remark(f"Interrupted: {some(left, 'file')} not finished. The same command takes up where this one stopped.")
        return INTERRUPTED
    if not report.files:
        raise BadInput("There are no documents there.", "`tbcp-qual documents import --help` says what is read.")
    return 3 if report.having("refused") else 1 if report.unused_rows else 0


def _as_json(report: "ImportReport") -> dict[str, object]:
    files = [
        {
            "path": str(file.path),
            "outcome": file.outcome,
            "name": file.name,
            "id": file.document,
            "kind": file.kind,
            "turns": file.turns,
            "speakers": [
                {"name": s, "role": "interviewer" if s in file.interviewers else "participant"} for s in file.speakers
            ],
            "words": file.words,
            "new_cases": list(file.new_cases),
            "new_participants": list(file.new_participants),
            "warnings": list(file.warnings),
            "left_out": list(file.left_out),
            "columns": [{"field": field, "column": column} for field, column in file.columns],
            "identifiers": dict(file.identifiers),
            "reason": file.reason,
            "hint": file.hint,
        }
        for file in report.files
    ]
    passed_over = [{"kind": kind, "files": count} for kind, count in report.passed_over]
    return {"files": files, "passed_over": passed_over, "unused_rows": list(report.unused_rows)}


def _say(report: "ImportReport") -> None:
    imported = report.having("imported")
    for file in imported[:FEW]:
        remark(f"{file.name}: {some(file.turns, 'turn')}, {some(file.words, 'word')}{_who(file)}{_kind(file)}.")
    if len(imported) > FEW:
        remark(f"… and {len(imported) - FEW} more; `tbcp-qual documents speakers` shows who speaks, --json has all.")
    remarkable = [file for file in imported if file.warnings or file.left_out or file.columns]
    for file in remarkable[:FEW]:
        if file.columns:
            remark(f"{file.name}: columns taken: {', '.join(f'{column} ({field})' for field, column in file.columns)}.")
        for warning in file.warnings:
            remark(f"{file.name}: {warning}.")
        if file.left_out:
            remark(f"{file.name}: left out: {'; '.join(file.left_out)}.")
    if len(remarkable) > FEW:
        remark(f"… and {len(remarkable) - FEW} more documents with remarks of this kind; --json has them all.")
    there = [file for file in report.having("skipped") if file.name]
    for file in report.having("skipped"):
        if not file.name or len(there) <= TWICE:
            remark(f"Skipped {file.path}: {file.reason}. {file.hint}".rstrip())
    if len(there) > TWICE:
        remark(f"Skipped {some(len(there), 'file')} whose text is in the project already; --json has them all.")
    for file in report.having("refused"):
        remark(f"Refused: {file.reason} {file.hint}".rstrip())
    cases = [label for file in imported for label in file.new_cases]
    if cases:
        remark(f"New cases: {', '.join(cases[:FEW])}{' …' if len(cases) > FEW else ''}.")
    _say_identifiers(imported)
    people = [person for file in imported for person in file.new_participants]
    if people:
        remark(f"New participants: {', '.join(people[:FEW])}{' …' if len(people) > FEW else ''}.")
    for suffix, count in report.passed_over:
        remark(f"Passed over: {some(count, 'file')} of the kind {suffix}.")
    if report.unused_rows:
        lines = ", ".join(map(str, report.unused_rows[:FEW]))
        remark(
            f"Details for files that were not given, on line {lines}{' …' if len(report.unused_rows) > FEW else ''}."
        )
    counts = [f"{some(len(imported), 'document')} imported"]
    counts += [f"{len(report.having(o))} {o}" for o in ("skipped", "refused") if report.having(o)]
    remark(", ".join(counts) + ".")


def _say_identifiers(imported: "list[ImportedFile]") -> None:
    """Say what may identify somebody: in which documents, how much of each kind."""
    holding = [file for file in imported if file.identifiers]
    for file in holding[:FEW]:
        kinds = ", ".join(f"{kind} {count}" for kind, count in file.identifiers.items())
        remark(f"{file.name}: may identify somebody: {kinds}.")
    if holding:
        more = f" (and {len(holding) - FEW} more documents)" if len(holding) > FEW else ""
        remark(f"`tbcp-qual privacy check` shows what may identify somebody, and what to put instead{more}.")


def _kind(file: "ImportedFile") -> str:
    return "; taken for a case file: paraphrase only" if file.kind == "case file" else ""


def _who(file: "ImportedFile") -> str:
    named = [f"{s} (interviewer)" if s in file.interviewers else s for s in file.speakers[:8]]
    return f"; {', '.join(named)}{' …' if len(file.speakers) > 8 else ''}" if named else ""


@documents.command("list")
@json_option
@options
def list_(session: Session, as_json: bool) -> None:
    """List the documents, with who has marked them done."""
    with session.reading() as (project, viewer):
        snapshot = project.snapshot(viewer, [])
        counts = project.counts(viewer)
        turns: dict[str, int] = {}
        for turn in project.records("turn"):
            turns[turn.document] = turns.get(turn.document, 0) + 1
    rows = [
        {
            "name": document.name,
            "kind": document.kind,
            "source_type": document.source_type,
            "time_point": document.time_point,
            "stage": document.stage,
            "permission": document.permission,
            "cases": [snapshot.case_by_id[case].label for case in document.cases if case in snapshot.case_by_id],
            "turns": turns.get(document.id, 0),
            "codings": counts.codings_by_document.get(document.id, 0),
            "done_by": sorted(snapshot.coder_by_id[c].name for c in counts.done_by_document.get(document.id, ())),
            "file": document.file,
            "id": document.id,
        }
        for document in snapshot.documents
    ]
    if as_json:
        print_json(rows)
        return
    columns = ("name", "source_type", "time_point", "stage", "cases", "turns", "codings", "done_by")
    cells = [[", ".join(v) if isinstance(v := row[column], list) else v for column in columns] for row in rows]
    print_table(
        cells,
        ["Document", "Source type", "Time point", "Stage", "Cases", "Turns", "Codings", "Done by"],
        nothing="There are no documents yet: tbcp-qual documents import PATH...",
    )


@documents.command()
@click.argument("name")
@json_option
@options
def show(session: Session, name: str, as_json: bool) -> None:
    """Show a document turn by turn, with the numbers that codings refer to."""
    from tbcp_qual.tasks.documents import document_named

    with session.reading() as (project, viewer):
        document = document_named(project, name)
        snapshot = project.snapshot(viewer, [document.id])
    text = snapshot.texts[document.text]
    turns = [
        {
            "turn": number,
            "speaker": turn.speaker,
            "role": turn.role,
            "section": turn.section,
            "time": turn.time,
            "date": turn.date,
            "head": turn.head,
            "start": turn.start,
            "end": turn.end,
            "words": text[turn.start : turn.end],
        }
        for number, turn in enumerate(snapshot.turns_by_document.get(document.id, []), 1)
    ]
    if as_json:
        cases = [snapshot.case_by_id[case].label for case in document.cases if case in snapshot.case_by_id]
        about = {"name": document.name, "kind": document.kind, "source_type": document.source_type}
        print_json({**about, "time_point": document.time_point, "cases": cases, "turns": turns})
        return
    section = ""
    for turn in turns:
        if turn["section"] != section:
            section = str(turn["section"])
            say(f"\n== {section}" if section else "")
        time = _clock(turn["time"]) if isinstance(turn["time"], float) else ""
        who = f"{turn['speaker']} ({turn['role']})" if turn["speaker"] else ""
        say(f"{turn['turn']:>4}  {' '.join(part for part in (who, time, str(turn['date'])) if part)}".rstrip())
        for line in str(turn["words"]).splitlines():
            say(textwrap.indent(textwrap.fill(line, 94), "      "))


def _clock(time: float) -> str:
    minutes, seconds = divmod(int(time), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"


@documents.command()
@click.argument("speaker")
@click.argument("role", metavar="interviewer|participant", type=click.Choice(["interviewer", "participant"]))
@click.option("--document", metavar="NAME", help="Only in this document; else in all.")
@options
def role(session: Session, speaker: str, role: Role, document: str | None) -> None:
    """Say whether a SPEAKER asks or answers; turns of interviewers are left out of agreement."""
    from tbcp_qual.tasks.documents import set_role

    with session.writing() as (project, coder):
        changed = set_role(project, speaker, role, coder=coder, document=document)
    remark(f"{speaker}: {some(changed.turns, 'turn')} changed, in {some(changed.documents, 'document')}.")


@documents.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--undo", is_flag=True, help="Say that they are not done after all.")
@options
def done(session: Session, names: tuple[str, ...], undo: bool) -> None:
    """Mark documents as coded by you: what you left bare is then uncoded, not missing."""
    from tbcp_qual.tasks.documents import mark_done

    with session.writing() as (project, coder):
        revision = mark_done(project, names, coder, not undo)
    remark(f"{revision.label[0].upper()}{revision.label[1:]}." if revision else "Nothing to change.")


for command in (*describing.COMMANDS, *structure.COMMANDS, *documents_revise.COMMANDS):
    documents.add_command(command)
