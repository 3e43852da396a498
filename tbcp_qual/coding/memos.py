"""Memos: what a person can do to their notes, each as the changes it makes, and what a note is about, in words.

Everybody reads a memo that they may see; only whoever wrote it changes it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tbcp_qual.coding.changes import Change, create, remove, update
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Case, Code, Document, Memo, MemoKind, Theme
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span
from tbcp_qual.coding.text import clean, one_line
from tbcp_qual.errors import Conflict, UsageError

MEMO_KINDS: tuple[MemoKind, ...] = ("familiarisation", "analytic", "reflexive", "method decision")
"""The kinds, in the order in which they are shown."""

Cite = Callable[[str, str, Span], str]
"""Cites `(document, text, span)`: `P07, parent, turn 14`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a memo is about; where nothing is set, the project."""

    document: Document | None = None
    span: Span | None = None
    """A stretch of the document's present text; None: the whole document."""
    case: Case | None = None
    code: Code | None = None
    theme: Theme | None = None


THE_PROJECT = Subject()


def write(
    subject: Subject, *, kind: MemoKind, title: str, body: str, coder: str, at: str, codings: Iterable[str] = ()
) -> list[Change]:
    """Begin a memo.

    Args:
        subject: what it is about.
        kind: what it is for.
        title: a line.
        body: markdown.
        coder: id of who writes.
        at: when, ISO 8601 in UTC.
        codings: ids of codings it draws on.

    Raises:
        UsageError: nothing is written, or it is about several things.
    """
    document = subject.document
    if sum(thing is not None for thing in (document, subject.case, subject.code, subject.theme)) > 1:
        raise UsageError(
            "A memo is about one thing: a document, a case, a code or a theme.", "Link codings to it for the rest."
        )
    memo = Memo(
        id=new_id(),
        coder=coder,
        kind=kind,
        title=one_line(title),
        body=_body(body),
        document=document.id if document else None,
        text=document.text if document and subject.span else "",
        start=subject.span.start if subject.span else 0,
        end=subject.span.end if subject.span else 0,
        case=subject.case.id if subject.case else None,
        code=subject.code.id if subject.code else None,
        theme=subject.theme.id if subject.theme else None,
        codings=tuple(dict.fromkeys(codings)),
        at=at,
    )
    if not memo.body and not memo.title:
        raise UsageError("Nothing is written.", "A memo needs words.")
    return [create(memo)]


def edit(
    memo: Memo, *, coder: str, kind: MemoKind | None = None, title: str | None = None, body: str | None = None
) -> list[Change]:
    """Change what a memo says; None leaves a part as it is.

    Raises:
        Conflict: somebody else wrote it.
        UsageError: nothing would be left of it.
    """
    _check_own(memo, coder)
    values: dict[str, Any] = {}
    if kind is not None:
        values["kind"] = kind
    if title is not None:
        values["title"] = one_line(title)
    if body is not None:
        values["body"] = _body(body)
    if not values.get("title", memo.title) and not values.get("body", memo.body):
        raise UsageError("Nothing would be left of the memo.", "Delete it, if that is meant.")
    change = update(memo, **values)
    return [change] if change.fields else []


def link(memo: Memo, codings: Iterable[str], *, coder: str) -> list[Change]:
    """Let a memo draw on codings, by id, besides those it draws on already.

    Raises:
        Conflict: somebody else wrote it.
    """
    return _drawing_on(memo, [*memo.codings, *codings], coder)


def unlink(memo: Memo, codings: Iterable[str], *, coder: str) -> list[Change]:
    """Let a memo no longer draw on some codings, by id.

    Raises:
        Conflict: somebody else wrote it.
    """
    gone = set(codings)
    return _drawing_on(memo, [coding for coding in memo.codings if coding not in gone], coder)


def delete(memo: Memo, *, coder: str) -> list[Change]:
    """Take a memo away.

    Raises:
        Conflict: somebody else wrote it.
    """
    _check_own(memo, coder)
    return [remove(memo)]


def in_words(memo: Memo, now: Snapshot, cite: Cite) -> str:
    """Say what a memo is about: `P07, parent, turn 14`, `case F07`, `code Being listened to`, `the project`."""
    document = now.document_by_id.get(memo.document or "")
    if document is not None:
        return cite(document.id, memo.text, Span(memo.start, memo.end)) if memo.text else f"document {document.name}"
    if memo.case in now.case_by_id:
        return f"case {now.case_by_id[memo.case].label}"
    if memo.code is not None and memo.code in now.codebook.by_id:
        return f"code {now.codebook.path(now.codebook.current(memo.code).id)}"
    theme = next((theme for theme in now.themes if theme.id == memo.theme), None)
    return f"theme {theme.name}" if theme else "the project"


def _drawing_on(memo: Memo, codings: Sequence[str], coder: str) -> list[Change]:
    _check_own(memo, coder)
    change = update(memo, codings=tuple(dict.fromkeys(codings)))
    return [change] if change.fields else []


def _check_own(memo: Memo, coder: str) -> None:
    if memo.coder != coder:
        raise Conflict("Somebody else wrote this memo.", "Write one of your own beside it.")


def _body(text: str) -> str:
    return clean(text).text.strip()
