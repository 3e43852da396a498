"""Codings: bringing them in from a table, and listing them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tbcp_qual.analysis.sources import Sources
from tbcp_qual.coding.changes import Change, Revision, create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.reconciliation import CONSENSUS
from tbcp_qual.coding.records import Code, Coding, Document, definition_fingerprint
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import QualError, UsageError
from tbcp_qual.readers.codings import CodingRow, find_quotation, read_codings
from tbcp_qual.readers.files import as_name
from tbcp_qual.store import Project
from tbcp_qual.tasks.consensus import consensus_snapshot, means_consensus
from tbcp_qual.tasks.documents import document_named, done_changes, find_document
from tbcp_qual.team.clashes import ClashLine, clash_lines

LONGEST_NAME = 60
"""Characters of a name, or of each name of a path, that an error repeats."""

_YES = frozenset(("yes", "y", "true", "1", "x"))
_NO = frozenset(("", "no", "n", "false", "0"))


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfitRow:
    """A row that does not fit the project, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedCodings:
    """What a file of codings brought."""

    revision: Revision | None
    """None where nothing went in."""
    added: int
    present: int
    """Rows whose coding this coder had made before: same words, same code."""
    unfit: tuple[UnfitRow, ...]
    done: tuple[str, ...]
    """Names of the documents now marked done."""
    refused: bool
    """Whether rows did not fit and so nothing went in."""
    clashes: tuple[ClashLine, ...] = ()
    """All codes of one exclusive domain that this coder now has on the same words of these documents."""


def import_codings(
    project: Project, path: Path, *, coder: str, done: bool = False, skip_bad: bool = False
) -> ImportedCodings:
    """Bring a coder's codings in as one revision; each is kept as it is, also where it overlaps another.

    Args:
        done: mark each document that the file names as done by this coder.
        skip_bad: leave out rows that do not fit; else nothing goes in where one does not.

    Raises:
        BadInput: the file is unfit, with the line; nothing has gone in then.
    """
    rows = read_codings(path)
    named, unfound = _documents(project.records("document"), rows)
    snapshot = project.snapshot(coder, {document.id for document in named.values()})
    before = {(c.document, c.text, c.start, c.end, c.code) for c in snapshot.codings if c.coder == coder}
    unfit: list[UnfitRow] = []
    brought: list[Coding] = []
    present = 0
    for row in rows:
        try:
            if row.document in unfound:
                raise unfound[row.document]
            coding = _coding(snapshot, named[row.document], row, coder)
        except QualError as problem:
            unfit.append(UnfitRow(line=row.line, reason=f"{problem.message} {problem.hint}".strip()))
            continue
        key = (coding.document, coding.text, coding.start, coding.end, coding.code)
        if key in before:
            present += 1
            continue
        before.add(key)
        brought.append(coding)
    refused = bool(unfit) and not skip_bad
    if refused:
        return ImportedCodings(revision=None, added=0, present=present, unfit=tuple(unfit), done=(), refused=True)
    changes: list[Change] = [create(coding) for coding in brought]
    marked: list[str] = []
    if done:
        marks = done_changes(project, {document.id for document in named.values()}, coder)
        documents = {mark.fields["document"][1] for mark in marks if "document" in mark.fields}
        changed = {mark.id for mark in marks}
        documents |= {mark.document for mark in snapshot.done if mark.id in changed}
        marked = sorted(snapshot.document_by_id[document].name for document in documents)
        changes += marks
    revision = project.apply(f"codings imported: {len(brought)}", changes, coder=coder)
    own = replace(snapshot, codings=tuple(c for c in (*snapshot.codings, *brought) if c.coder == coder))
    return ImportedCodings(
        revision=revision,
        added=len(brought),
        present=present,
        unfit=tuple(unfit),
        done=tuple(marked),
        refused=False,
        clashes=clash_lines(own),
    )


def _documents(
    documents: Sequence[Document], rows: Iterable[CodingRow]
) -> tuple[dict[str, Document], dict[str, QualError]]:
    """Return the documents that rows name, by the name they use: the document's own, or that of its file.

    The second dictionary says of the other names why they stand for no document.
    """
    by_file: dict[str, list[Document]] = {}
    for document in documents:
        by_file.setdefault(document.file.casefold(), []).append(document)
    found: dict[str, Document] = {}
    unfound: dict[str, QualError] = {}
    for name in {row.document for row in rows}:
        same_file = by_file.get(name.casefold(), []) if name else []
        try:
            _check_name("document", name)
            found[name] = find_document(documents, name)
        except QualError as problem:
            if len(same_file) == 1:
                found[name] = same_file[0]
            else:
                unfound[name] = problem
    return found, unfound


def _coding(snapshot: Snapshot, document: Document, row: CodingRow, coder: str) -> Coding:
    """Return the coding of a row.

    Raises:
        UsageError: something in it is not there, or cannot be told apart.
    """
    code = _code(snapshot, row.code)
    span = _span(snapshot, document, row)
    if row.negative.casefold() not in _YES | _NO:
        raise UsageError("The column `negative` is `yes` or empty.")
    return Coding(
        id=new_id(),
        document=document.id,
        text=document.text,
        start=span.start,
        end=span.end,
        code=code.id,
        coder=coder,
        definition=definition_fingerprint(code),
        memo=row.memo,
        negative=row.negative.casefold() in _YES,
    )


def _code(snapshot: Snapshot, name_or_path: str) -> Code:
    _check_name("code", name_or_path)
    return snapshot.codebook.find(name_or_path)


def _check_name(column: str, name: str) -> None:
    """Raise where a cell holds no name, or words too many for one; those are not repeated."""
    if not name:
        raise UsageError(f"No {column} is named.")
    if max(map(len, name.split(">"))) > LONGEST_NAME:
        raise UsageError(f"The column `{column}` holds {len(name)} characters, and no name.")


def _span(snapshot: Snapshot, document: Document, row: CodingRow) -> Span:
    text = snapshot.texts[document.text]
    if not row.quotation:
        raise UsageError("No words are quoted.")
    if row.turn:
        turns = [turn for turn in snapshot.turns_by_document.get(document.id, []) if turn.text == document.text]
        if not row.turn.isdecimal() or len(row.turn) > 9 or not 1 <= int(row.turn) <= len(turns):
            raise UsageError(f"There is no turn {as_name(row.turn)}; “{document.name}” has turns 1 to {len(turns)}.")
        turn = turns[int(row.turn) - 1]
        within, where = Span(turn.start, turn.end), f"turn {row.turn} of “{document.name}”"
    else:
        within, where = Span(0, len(text)), f"“{document.name}”"
    found = find_quotation(text, row.quotation, within)
    if not found:
        raise UsageError(f"The words quoted are not in {where}.", _elsewhere(snapshot, document, row))
    if len(found) > 1:
        hint = "Quote more of them." if row.turn else "Quote more of them, or name the turn."
        raise UsageError(f"The words quoted are in {where} {len(found)} times.", hint)
    return found[0]


def _elsewhere(snapshot: Snapshot, document: Document, row: CodingRow) -> str:
    """Say in which other turns the words stand, where a turn was named."""
    if not row.turn:
        return ""
    text = snapshot.texts[document.text]
    turns = [turn for turn in snapshot.turns_by_document.get(document.id, []) if turn.text == document.text]
    found = [str(n) for n, t in enumerate(turns, 1) if find_quotation(text, row.quotation, Span(t.start, t.end))]
    return f"They are in turn {' and '.join(found)}." if 0 < len(found) < 4 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCoding:
    """A coding as it is listed."""

    id: str
    label: str
    """How it is cited: `P07, parent, turn 14`."""
    document: str
    turn: int
    """Number of the turn it begins in, counted from 1; 0 where it lies in none."""
    code: str
    """Path of the code that stands for it today."""
    coder: str
    words: str
    memo: str
    negative: bool
    weight: int | None
    """0 to 100; None where nobody said how strongly the words speak for the code."""


def list_codings(
    project: Project, *, viewer: str, document: str | None = None, code: str | None = None, by: str | None = None
) -> list[ListedCoding]:
    """Return what a viewer may see of the codings, by document and place.

    Args:
        code: name or path; codes below it are listed too.
        by: name of a coder; `consensus` for what stands after the locked rounds.

    Raises:
        UsageError: there is no such document, code or coder.
    """
    only = [document_named(project, document).id] if document else None
    settled = means_consensus(project, by)
    snapshot = consensus_snapshot(project, viewer=viewer) if settled else project.snapshot(viewer, only)
    codebook = snapshot.codebook
    branch = codebook.branch(codebook.find(code).id) if code else None
    coder = CONSENSUS if settled else project.coder_named(by) if by else None
    if by and coder is None:
        names = ", ".join(c.name for c in snapshot.coders) or "nobody yet"
        raise UsageError(f"There is no coder “{by}” in this project.", f"There is: {names}.")
    sources = Sources(snapshot)
    order = {document_id: place for place, document_id in enumerate(snapshot.document_by_id)}
    return [
        as_listed(coding, snapshot, sources)
        for coding in sorted(snapshot.codings, key=lambda c: (order[c.document], c.start, c.end))
        if branch is None or codebook.current(coding.code).id in branch
        if coder is None or coding.coder == coder.id
        if only is None or coding.document in only
    ]


def as_listed(coding: Coding, snapshot: Snapshot, sources: Sources) -> ListedCoding:
    """Return one coding as it is listed."""
    span = Span(coding.start, coding.end)
    touched = sources.turns(coding.document, coding.text, span)
    return ListedCoding(
        id=coding.id,
        label=sources.label(coding.document, coding.text, span),
        document=snapshot.document_by_id[coding.document].name,
        turn=touched[0][0] if touched else 0,
        code=snapshot.codebook.path(snapshot.codebook.current(coding.code).id),
        coder=snapshot.coder_by_id[coding.coder].name,
        words=snapshot.words(coding),
        memo=coding.memo,
        negative=coding.negative,
        weight=coding.weight,
    )
