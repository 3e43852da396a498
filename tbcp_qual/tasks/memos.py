"""Memos: writing, finding and listing them, each act as a label and the changes it makes; and all of them as one file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import cast

from tbcp_qual.analysis.passages import shortened
from tbcp_qual.analysis.sources import Sources
from tbcp_qual.coding import memos
from tbcp_qual.coding.changes import changed
from tbcp_qual.coding.memos import MEMO_KINDS, THE_PROJECT, Subject
from tbcp_qual.coding.records import Coding, Memo, MemoKind
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import UsageError
from tbcp_qual.privacy.disclosure import Concern, Matter, Quoted
from tbcp_qual.readers.files import as_name
from tbcp_qual.store import Project
from tbcp_qual.tasks.cases import find_case
from tbcp_qual.tasks.coding import Act
from tbcp_qual.tasks.documents import document_named, find_document
from tbcp_qual.tasks.naming import with_id
from tbcp_qual.tasks.releasing import check_release, record_export
from tbcp_qual.tasks.structure import open_document
from tbcp_qual.tasks.themes import find_theme
from tbcp_qual.writers.whole import whole_file

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|])")
_HEADING = re.compile(r"(#{1,6})(?=\s|$)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def memo_kind(typed: str) -> MemoKind:
    """Return the kind that somebody names; `method-decision` will do for `method decision`.

    Raises:
        UsageError: there is no such kind.
    """
    wanted = typed.strip().casefold().replace("-", " ")
    if wanted not in MEMO_KINDS:
        raise UsageError(f"There is no kind of memo {as_name(typed)}.", f"It is {', '.join(MEMO_KINDS)}.")
    return wanted


def find_subject(
    project: Project,
    *,
    viewer: str,
    document: str | None = None,
    turn: str | None = None,
    quotation: str | None = None,
    case: str | None = None,
    code: str | None = None,
    theme: str | None = None,
) -> Subject:
    """Return what a memo is to be about, by the names that a person gives.

    Args:
        project: which.
        viewer: id of the coder who writes.
        document: name of a document.
        turn: number of a turn in it.
        quotation: words in it, or in the turn.
        case: label of a case.
        code: name or path of a code.
        theme: name of a theme.

    Raises:
        UsageError: there is no such thing, or several are named.
    """
    named = [thing for thing in (document, case, code, theme) if thing is not None]
    if len(named) > 1:
        raise UsageError(
            "A memo is about one thing: a document, a case, a code or a theme.", "Link codings to it for the rest."
        )
    if (turn or quotation) and document is None:
        raise UsageError("In which document?", "Name it: --document NAME")
    if document is not None:
        opened = open_document(project, viewer, document)
        within, where, span = Span(0, len(opened.words)), f"“{opened.document.name}”", None
        if turn:
            chosen = opened.turns[opened.one(turn)]
            span = within = Span(chosen.start, chosen.end)
            where = f"turn {turn} of {where}"
        if quotation:
            span = opened.quoted(quotation, within, where)
        return Subject(document=opened.document, span=span)
    if not named:
        return THE_PROJECT
    now = project.snapshot(viewer, [])
    if case is not None:
        return Subject(case=find_case(now.cases, case))
    return (
        Subject(code=now.codebook.find(code)) if code is not None else Subject(theme=find_theme(now.themes, named[0]))
    )


def find_memo(now: Snapshot, typed: str) -> Memo:
    """Return the memo of this id, or the only one whose id ends so.

    Raises:
        UsageError: there is none that the viewer may see.
    """
    return with_id(now.memos, typed, what="memo", hint="`tbcp-qual memos list` shows the ids.")


def find_codings(now: Snapshot, typed: Iterable[str]) -> list[Coding]:
    """Return the codings of these ids, in any number.

    Raises:
        UsageError: one of them is none that the viewer may see.
    """
    hint = "`tbcp-qual codings list` shows the ids."
    return [with_id(now.codings, one, what="coding", hint=hint) for one in typed]


def write(
    now: Snapshot, subject: Subject, *, kind: MemoKind, title: str, body: str, codings: Iterable[Coding] = ()
) -> Act:
    """Begin a memo as the viewer.

    Raises:
        UsageError: nothing is written, or it is about several things.
    """
    at = datetime.now(UTC).isoformat(timespec="seconds")
    linked = [coding.id for coding in codings]
    changes = memos.write(subject, kind=kind, title=title, body=body, coder=now.viewer, at=at, codings=linked)
    memo = cast("Memo", changed(Memo(id=changes[0].id), changes[0]))
    return Act(f"{'an' if kind == 'analytic' else 'a'} {kind} memo on {about(now, memo)}", changes)


def edit(
    now: Snapshot, memo: Memo, *, kind: MemoKind | None = None, title: str | None = None, body: str | None = None
) -> Act:
    """Change what a memo of the viewer's says; None leaves a part as it is."""
    changes = memos.edit(memo, coder=now.viewer, kind=kind, title=title, body=body)
    return Act(f"memo on {about(now, memo)} edited", changes)


def link(now: Snapshot, memo: Memo, codings: Iterable[Coding]) -> Act:
    """Let a memo of the viewer's draw on codings."""
    changes = memos.link(memo, [coding.id for coding in codings], coder=now.viewer)
    return Act(f"memo on {about(now, memo)} linked to codings", changes)


def unlink(now: Snapshot, memo: Memo, codings: Iterable[Coding]) -> Act:
    """Let a memo of the viewer's no longer draw on codings."""
    changes = memos.unlink(memo, [coding.id for coding in codings], coder=now.viewer)
    return Act(f"memo on {about(now, memo)} no longer linked to codings", changes)


def delete(now: Snapshot, memo: Memo) -> Act:
    """Take a memo of the viewer's away."""
    return Act(f"memo on {about(now, memo)} deleted", memos.delete(memo, coder=now.viewer))


def about(now: Snapshot, memo: Memo) -> str:
    """Say what a memo is about, with the document's turn where it is on a stretch of one."""
    return memos.in_words(memo, now, Sources(now).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedCoding:
    """A coding that a memo draws on."""

    id: str
    source: str
    code: str
    """Path of the code that stands for it today."""
    coder: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMemo:
    """A memo as it is listed."""

    id: str
    kind: MemoKind
    title: str
    about: str
    coder: str
    at: str
    body: str
    document: str
    """Name of the document it lies on; empty for none."""
    words: str
    """The passage it lies on; empty where it lies on none."""
    codings: tuple[LinkedCoding, ...]
    """Those of the codings it draws on that the viewer may see."""

    @property
    def heading(self) -> str:
        """The title, or the first words."""
        return self.title or shortened(self.body, 40)


def list_memos(
    project: Project,
    *,
    viewer: str,
    kind: MemoKind | None = None,
    document: str | None = None,
    case: str | None = None,
    code: str | None = None,
    theme: str | None = None,
    by: str | None = None,
    coding: str | None = None,
    only_project: bool = False,
) -> list[ListedMemo]:
    """Return the memos that a viewer may see, the oldest first.

    Args:
        project: which.
        viewer: id of the coder who looks.
        kind: only of this kind.
        document: name of a document; only those on it or on words in it.
        case: label of a case.
        code: name or path; only those on it or on a code below it.
        theme: name of a theme.
        by: name of a coder.
        coding: id of a coding; only those that draw on it.
        only_project: only those on the project as a whole.

    Raises:
        UsageError: there is no such document, case, code, theme, coder or coding.
    """
    now = project.snapshot(viewer, [document_named(project, document).id] if document and not coding else None)
    kept = [memo for memo in now.memos if kind is None or memo.kind == kind]
    if document:
        wanted_document = find_document(now.documents, document).id
        kept = [memo for memo in kept if memo.document == wanted_document]
    if case:
        wanted_case = find_case(now.cases, case).id
        kept = [memo for memo in kept if memo.case == wanted_case]
    if code:
        branch = now.codebook.branch(now.codebook.find(code).id)
        kept = [memo for memo in kept if memo.code and now.codebook.current(memo.code).id in branch]
    if theme:
        wanted_theme = find_theme(now.themes, theme).id
        kept = [memo for memo in kept if memo.theme == wanted_theme]
    if by:
        coder = project.coder_named(by)
        if coder is None:
            names = ", ".join(one.name for one in now.coders) or "nobody yet"
            raise UsageError(f"There is no coder “{by}” in this project.", f"There is: {names}.")
        kept = [memo for memo in kept if memo.coder == coder.id]
    if coding:
        (linked,) = find_codings(now, [coding])
        kept = [memo for memo in kept if linked.id in memo.codings]
    if only_project:
        kept = [memo for memo in kept if not (memo.document or memo.case or memo.code or memo.theme)]
    if document and not coding and any(memo.codings for memo in kept):
        now = project.snapshot(viewer)  # what they draw on may lie anywhere
    reading = _Reading(now)
    return [reading.listed(memo) for memo in sorted(kept, key=lambda memo: (memo.at, memo.id))]


def show_memo(project: Project, typed: str, *, viewer: str) -> ListedMemo:
    """Return one memo that a viewer may see, by its id or the end of it.

    Raises:
        UsageError: there is none.
    """
    now = project.snapshot(viewer)
    return _Reading(now).listed(find_memo(now, typed))


class _Reading:
    """Reads memos out of a snapshot."""

    def __init__(self, now: Snapshot) -> None:
        self._now = now
        self._sources = Sources(now)

    @cached_property
    def _codings(self) -> dict[str, Coding]:
        return {coding.id: coding for coding in self._now.codings}

    def listed(self, memo: Memo) -> ListedMemo:
        now = self._now
        document = now.document_by_id.get(memo.document or "")
        return ListedMemo(
            id=memo.id,
            kind=memo.kind,
            title=memo.title,
            about=memos.in_words(memo, now, self._sources.label),
            coder=now.coder_by_id[memo.coder].name,
            at=memo.at,
            body=memo.body,
            document=document.name if document else "",
            words=now.texts[memo.text][memo.start : memo.end] if memo.text in now.texts else "",
            codings=tuple(self._linked(self._codings[c]) for c in memo.codings if c in self._codings),
        )

    def _linked(self, coding: Coding) -> LinkedCoding:
        now = self._now
        return LinkedCoding(
            id=coding.id,
            source=self._sources.label(coding.document, coding.text, Span(coding.start, coding.end)),
            code=now.codebook.path(now.codebook.current(coding.code).id),
            coder=now.coder_by_id[coding.coder].name,
            words=now.words(coding),
        )


def export_memos(project: Project, path: Path, *, viewer: str) -> tuple[int, list[Concern]]:
    """Write all memos that a viewer may see to a markdown file, kind by kind, and keep in the record that it was made.

    The file is for the team.

    Returns:
        How many memos it holds, and what in it may identify somebody.
    """
    listed = list_memos(project, viewer=viewer)
    now = project.snapshot(viewer, [])
    matter = Matter(quotations=tuple(_quoted(memo) for memo in listed))
    concerns = check_release(project, now, matter, "team")
    with whole_file(path) as file:
        file.write(as_markdown(listed, now.project.name).encode())
    record_export(project, path, what="memos", audience="team", concerns=concerns, reason="", coder=viewer)
    return len(listed), concerns


def _quoted(memo: ListedMemo) -> Quoted:
    words = "\n".join([memo.title, memo.body, memo.words, *(coding.words for coding in memo.codings)])
    return Quoted(
        reference=memo.about, words=words, theme="", speaker="", role="", families=(), permission=""
    )  # fmt: skip


def as_markdown(listed: Iterable[ListedMemo], project_name: str) -> str:
    """Return memos as one markdown text: a section a kind, and of each memo what it is about and what it draws on."""
    by_kind: dict[str, list[ListedMemo]] = {kind: [] for kind in MEMO_KINDS}
    for memo in listed:
        by_kind[memo.kind].append(memo)
    parts = [f"# Memos: {_literal(project_name)}"]
    for kind, of_kind in by_kind.items():
        if of_kind:
            parts.append(f"## {kind.capitalize()} memos")
            parts.extend(_one(memo) for memo in of_kind)
    if len(parts) == 1:
        parts.append("There are none yet.")
    return "\n\n".join(parts) + "\n"


def _one(memo: ListedMemo) -> str:
    when = memo.at[:16].replace("T", " ")
    on = f"on {_literal(memo.about)}"
    parts = [f"### {_literal(memo.title) or f'O{on[1:]}'}"]
    parts.append(", ".join(said for said in (_literal(memo.coder), when and f"{when} UTC", memo.title and on) if said))
    if memo.words.strip():
        parts.append(f"> “{_literal(' '.join(memo.words.split()))}”")
    if memo.body:
        parts.append(_lowered(memo.body))
    if memo.codings:
        parts.append(
            "Draws on:\n\n"
            + "\n".join(
                f"- {_literal(c.code)} ({_literal(c.coder)}): “{_literal(' '.join(c.words.split()))}” — {_literal(c.source)}"
                for c in memo.codings
            )
        )
    return "\n\n".join(parts)


def _literal(text: str) -> str:
    """Return a line in which no sign is taken for markdown."""
    return _SIGNS.sub(r"\\\1", text)


def _lowered(body: str) -> str:
    """Return a memo's markdown with its headings below those of the file; what stands in a code block is left."""
    lines = []
    fence = ""
    for line in body.split("\n"):
        marks = _FENCE.match(line)
        if marks and not fence:
            fence = marks[1]
        elif marks and marks[1].startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
        elif not fence:
            line = (
                _HEADING.sub(lambda found: "#" * min(len(found[1]) + 3, 6), line, count=1) if line[:1] == "#" else line
            )
        lines.append(line)
    if fence:
        lines.append(fence)
    return "\n".join(lines)
