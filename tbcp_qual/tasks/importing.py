"""Bringing documents in: files, folders and zip archives with all that is in them.

Each file is one revision, its document with all its turns, so that a file goes in whole or not at all.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tbcp_qual.coding.changes import create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.people import SOURCE_TYPES, Speaking, name_speakers
from tbcp_qual.coding.records import PERMISSIONS, Case, Document, DocumentKind, Participant, Permission, Record, Turn
from tbcp_qual.coding.text import one_line, text_hash
from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents import Draft
from tbcp_qual.readers.documents.draft import Column, Unmapped
from tbcp_qual.readers.documents.folders import Found, NotADocument, find_documents
from tbcp_qual.readers.files import Sheet, as_name, read_csv
from tbcp_qual.store import Project
from tbcp_qual.tasks.privacy import first_look
from tbcp_qual.tasks.pseudonyms import known_names, list_of

Outcome = Literal["imported", "skipped", "refused"]
Progress = Callable[[int, int, str], None]
"""Called before each file with how many are finished, how many there are, and the name of the file."""

Confirm = Callable[[Path, tuple[Column, ...], str], Mapping[str, Sequence[str]] | None]
"""Asks a person about the columns of a table, and what is the matter with them; empty where nothing is.

Returns what they say holds what; empty for what was guessed, None where the file is to be left out.
"""

_DETAILS = ("name", "source type", "time point", "cases", "participant", "permission")
_NAMED = re.compile(r"(?P<letter>[PKWF])\d+(?![A-Za-z0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    """What became of one file."""

    path: Path
    outcome: Outcome
    name: str = ""
    """What the document is called in the project; for a skipped file the document that has its text already."""
    document: str = ""
    """Id of the document; empty where none was made."""
    kind: DocumentKind = "interview"
    turns: int = 0
    speakers: tuple[str, ...] = ()
    interviewers: tuple[str, ...] = ()
    """Those of the speakers who are taken for interviewers."""
    words: int = 0
    new_cases: tuple[str, ...] = ()
    """Labels of cases that were made for it."""
    new_participants: tuple[str, ...] = ()
    """Participants who were made for it, each with what they are and the case they belong to: `P07 (parent, F07)`."""
    warnings: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    """What the file holds besides, and the document does not."""
    columns: tuple[tuple[str, str], ...] = ()
    """Of a table: what was taken from which column."""
    identifiers: Mapping[str, int] = field(default_factory=dict)
    """How much of each kind in its text and name may identify somebody."""
    reason: str = ""
    """Why it was skipped or refused."""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What became of all files."""

    files: tuple[ImportedFile, ...]
    passed_over: tuple[tuple[str, int], ...]
    """Kinds of file in folders that are not read, with how many there were; `(no suffix)` among them."""
    unused_rows: tuple[int, ...]
    """Lines of the details whose file was not among those given."""

    def having(self, outcome: Outcome) -> list[ImportedFile]:
        """Return the files of one outcome."""
        return [file for file in self.files if file.outcome == outcome]


class Stopped(KeyboardInterrupt):
    """A person stopped an import; what was finished is in, and nothing of the file in hand."""

    def __init__(self, report: ImportReport, left: int) -> None:
        super().__init__()
        self.report = report
        self.left = left
        """Files that were not finished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Details:
    """What the details file says of one file; empty where it says nothing."""

    line: int
    name: str = ""
    source_type: str = ""
    time_point: str = ""
    cases: tuple[str, ...] | None = None
    """None where the file has no column for cases."""
    participant: str = ""
    permission: Permission = ""


def import_documents(
    project: Project,
    paths: Iterable[Path],
    *,
    coder: str,
    details: Path | None = None,
    source_type: str | None = None,
    time_point: str | None = None,
    cases: Sequence[str] = (),
    columns: Mapping[str, Sequence[str]] | None = None,
    confirm: Confirm | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring files in, each as one revision; those that are unfit are refused and the others go in.

    What `details` says of a file comes first, then `source_type`, `time_point` and `cases`, then a guess by its name.

    Args:
        details: a CSV with the columns `file`, `name`, `source type`, `time point`, `cases` (divided by `;`),
            `participant` (who speaks) and `permission`.
        columns: of tables, which column holds what, where the names do not say it: `{"text": ["Answer"]}`.
        confirm: asked about each table, unless `columns` says what they hold; else guesses are taken.

    Raises:
        BadInput: the details, or a folder, cannot be read; nothing has gone in then.
        Stopped: by ctrl+c.
    """
    rows = _read_details(details) if details else {}
    source_type, time_point = one_line(source_type or ""), one_line(time_point or "")
    cases = [one_line(label) for label in cases if label.strip()]
    files, passed_over = find_documents(paths)
    if details is not None:
        files = [found for found in files if found.path.resolve() != details.resolve()]
    taken = {document.name.casefold() for document in project.records("document")}
    texts = {document.text: document.name for document in project.records("document")}
    purged = project.purged().texts
    known_cases = {case.label.casefold(): case for case in project.records("case")}
    people: list[Participant] = project.records("participant")
    used: set[str] = set()
    done: list[ImportedFile] = []
    look = first_look(project, known=known_names(list_of(project)))
    try:
        for i, found in enumerate(files):
            file = found.path
            if progress:
                progress(i, len(files), file.name)
            key = _row_for(file, rows)
            used.update([key] if key else [])
            said = rows[key] if key else _Details(line=0)
            try:
                draft = found.read(columns) if columns or confirm is None else _confirmed(found, confirm)
            except NotADocument as problem:
                done.append(ImportedFile(path=file, outcome="skipped", reason=problem.message, hint=problem.hint))
                continue
            except BadInput as problem:
                done.append(ImportedFile(path=file, outcome="refused", reason=problem.message, hint=problem.hint))
                continue
            text = text_hash(draft.text)
            if text in texts:
                reason = f"the same text is in the project already, as “{texts[text]}”"
                done.append(ImportedFile(path=file, outcome="skipped", name=texts[text], reason=reason))
                continue
            if text in purged:
                reason = f"{file}: this very text was taken out of the project for good, and does not come back."
                done.append(ImportedFile(path=file, outcome="refused", reason=reason))
                continue
            guessed_type, guessed_cases = guess_source(file.stem, draft.kind)
            chosen_type = said.source_type or source_type or guessed_type
            labels = said.cases if said.cases is not None else (tuple(cases) or guessed_cases)
            new_cases = [
                Case(id=new_id(), label=label)
                for label in {label.casefold(): label for label in labels}.values()
                if label.casefold() not in known_cases
            ]
            cases_now = known_cases | {case.label.casefold(): case for case in new_cases}
            document = Document(
                id=new_id(),
                name=_distinct(said.name or one_line(file.stem) or "document", taken),
                kind=_kind(chosen_type, draft.kind),
                source_type=chosen_type,
                time_point=said.time_point or time_point,
                text=text,
                file=one_line(file.name),
                cases=tuple(dict.fromkeys(cases_now[label.casefold()].id for label in labels)),
                permission=said.permission,
            )
            speaking = name_speakers(document, _turns(document, draft), people, named=said.participant)
            turns = speaking.turns
            records: list[Record] = [*new_cases, document, *speaking.new, *turns]
            changes = [create(record) for record in records]
            project.apply(f"document imported: {document.name}", changes, coder=coder, texts=[draft.text])
            taken.add(document.name.casefold())
            texts[text] = document.name
            known_cases = cases_now
            people += speaking.new
            done.append(
                ImportedFile(
                    path=file,
                    outcome="imported",
                    name=document.name,
                    document=document.id,
                    kind=document.kind,
                    turns=len(turns),
                    speakers=tuple(dict.fromkeys(turn.speaker for turn in turns if turn.speaker)),
                    interviewers=tuple(dict.fromkeys(turn.speaker for turn in turns if turn.role == "interviewer")),
                    words=len(draft.text.split()),
                    new_cases=tuple(case.label for case in new_cases),
                    new_participants=tuple(_in_words(person, cases_now.values()) for person in speaking.new),
                    warnings=(*draft.warnings, *_about_people(speaking, people, said.participant)),
                    left_out=draft.left_out,
                    columns=draft.columns,
                    identifiers=look(f"{draft.text}\n\n{document.name}"),
                )
            )
    except KeyboardInterrupt as key:
        report = ImportReport(files=tuple(done), passed_over=(), unused_rows=())
        raise Stopped(report, left=len(files) - len(done)) from key
    if progress:
        progress(len(files), len(files), "")
    return ImportReport(
        files=tuple(done),
        passed_over=tuple(sorted(passed_over.items())),
        unused_rows=tuple(sorted(row.line for key, row in rows.items() if key not in used)),
    )


def _confirmed(found: Found, confirm: Confirm) -> Draft:
    """Read a file; what the columns of a table hold is said by a person.

    Raises:
        BadInput: it is unfit.
        NotADocument: it is no transcript, or is to be left out.
    """
    columns: Mapping[str, Sequence[str]] = {}
    while True:
        draft, problem = None, ""
        try:
            draft = found.read(columns)
            shape = draft.shape
        except Unmapped as unmapped:
            shape, problem = unmapped.shape, unmapped.message
        said = confirm(found.path, shape, problem) if shape else {}
        if said is None:
            raise NotADocument("what its columns hold was not confirmed", "--columns says it.")
        if draft is not None and not said:
            return draft
        columns = said


def guess_source(stem: str, kind: DocumentKind) -> tuple[str, tuple[str, ...]]:
    """Guess source type and cases by a file's name: `P07` a parent, `K03` a practitioner, `F07_review` case F07."""
    named = _NAMED.match(stem)
    if named is None:
        return ("case file" if kind == "case file" else ""), ()
    letter = named["letter"]
    return SOURCE_TYPES[letter], ((named.group(),) if letter == "F" else ())


def _kind(source_type: str, recognised: DocumentKind) -> DocumentKind:
    if source_type:
        return "case file" if source_type.casefold() == "case file" else "interview"
    return recognised


def _turns(document: Document, draft: Draft) -> list[Turn]:
    return [
        Turn(
            id=new_id(),
            document=document.id,
            text=document.text,
            head=turn.head,
            start=turn.start,
            end=turn.end,
            speaker=turn.speaker,
            role=turn.role,
            section=turn.section,
            time=turn.time,
            date=turn.date,
        )
        for turn in draft.turns
    ]


def _in_words(person: Participant, cases: Iterable[Case]) -> str:
    case = next((case.label for case in cases if case.id == person.case), "")
    known = ", ".join(word for word in (person.role, case) if word)
    return f"{person.label} ({known})" if known else person.label


def _about_people(speaking: Speaking, people: Iterable[Participant], named: str) -> tuple[str, ...]:
    """Say what a person should look at in who was taken to speak."""
    speak = {turn.participant for turn in speaking.turns if turn.participant}
    theirs = [person for person in people if person.id in speak]
    said = [f"{person.label} has withdrawn, on {person.withdrawn}" for person in theirs if person.withdrawn]
    if speaking.numbered_here:
        said.append("its speakers are numbered, which was taken to hold for this recording alone")
    if named and named.casefold() not in {person.label.casefold() for person in theirs}:
        said.append(f"the details name {as_name(named, '')} as who speaks, but it cannot be told which speaker that is")
    return tuple(said)


def _distinct(name: str, taken: set[str]) -> str:
    """Return the name, with a number behind it where another document has it."""
    candidate, n = name, 2
    while candidate.casefold() in taken:
        candidate, n = f"{name} ({n})", n + 1
    return candidate


def _read_details(path: Path) -> dict[str, _Details]:
    """Read the details by the file they are about."""
    sheet: Sheet = read_csv(path, columns=("file",), optional=_DETAILS)
    rows: dict[str, _Details] = {}
    for row in sheet.rows:
        file = row.cells["file"].replace("\\", "/").removeprefix("./")
        if not file:
            raise BadInput(f"{path}, line {row.line}: no file is named.", "The column `file` says which.")
        if file in rows:
            raise BadInput(f"{path}, line {row.line}: the file of line {rows[file].line} again.", "Keep one of them.")
        cases = None
        if "cases" in sheet.columns:
            cases = tuple(one_line(label) for label in row.cells["cases"].split(";") if label.strip())
        permission = one_line(row.cells.get("permission", "")).casefold()
        if permission and permission not in PERMISSIONS:
            raise BadInput(
                f"{path}, line {row.line}: {as_name(permission)} is no permission.", f"It is {', '.join(PERMISSIONS)}."
            )
        rows[file] = _Details(
            line=row.line,
            name=one_line(row.cells.get("name", "")),
            source_type=one_line(row.cells.get("source type", "")),
            time_point=one_line(row.cells.get("time point", "")),
            cases=cases,
            participant=one_line(row.cells.get("participant", "")),
            permission=permission,
        )
    return rows


def _row_for(file: Path, rows: dict[str, _Details]) -> str | None:
    """Return the key of the row about a file: as much of its path as the row names."""
    parts = file.as_posix().split("/")
    for first in range(len(parts)):
        key = "/".join(parts[first:])
        if key in rows:
            return key
    return None
