"""Memos as they are listed: those of the team, the short ones of codings among them, and which of them are shown."""

from dataclasses import dataclass
from typing import NamedTuple

from tbcp_qual.analysis.sources import Sources
from tbcp_qual.coding.memos import MEMO_KINDS, in_words
from tbcp_qual.coding.records import Coding, Memo
from tbcp_qual.coding.spans import Span
from tbcp_qual.store import Project

ON_CODINGS = "on codings"
"""What the short memos of codings are listed as."""

KINDS = (*MEMO_KINDS, ON_CODINGS)


class DrawnOn(NamedTuple):
    """A coding that a memo draws on."""

    id: str
    document: str
    """Id."""
    code: str
    coder: str
    source: str
    words: str


class Entry(NamedTuple):
    """One memo, as it is listed."""

    key: str
    """Id of the memo, or of the coding it belongs to."""
    kind: str
    heading: str
    about: str
    coder: str
    at: str
    body: str
    words: str
    """The passage it lies on; empty where it lies on none."""
    document: str
    """Name; empty for none."""
    memo: Memo | None
    """None for the memo of a coding."""
    coding: Coding | None
    """None for others."""
    draws_on: tuple[DrawnOn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """Which memos are shown; empty: all."""

    kind: str = ""
    by: str = ""
    document: str = ""
    words: str = ""

    def takes(self, entry: Entry) -> bool:
        """Whether a memo is shown."""
        whole = "\n".join((entry.heading, entry.body, entry.about, entry.words)).casefold()
        return (
            self.kind in ("", entry.kind)
            and self.by in ("", entry.coder)
            and self.document in ("", entry.document)
            and all(word in whole for word in self.words.casefold().split())
        )

    def said(self) -> str:
        """Say it."""
        parts = [
            self.kind,
            f"by {self.by}" if self.by else "",
            f"on {self.document}" if self.document else "",
            f"with “{self.words}”" if self.words else "",
        ]
        return " · ".join(part for part in parts if part)


def read_memos(project: Project, viewer: str) -> list[Entry]:
    """Read all memos that a viewer may see, the latest first, and then those of codings, document by document."""
    now = project.snapshot(viewer)
    sources = Sources(now)
    codings = {coding.id: coding for coding in now.codings}

    def drawn_on(coding: Coding) -> DrawnOn:
        return DrawnOn(
            id=coding.id,
            document=coding.document,
            code=now.codebook.current(coding.code).name,
            coder=now.coder_by_id[coding.coder].name,
            source=sources.label(coding.document, coding.text, Span(coding.start, coding.end)),
            words=now.words(coding),
        )

    entries = []
    for memo in sorted(now.memos, key=lambda memo: (memo.at, memo.id), reverse=True):
        document = now.document_by_id.get(memo.document or "")
        entries.append(
            Entry(
                key=memo.id,
                kind=memo.kind,
                heading=memo.title,
                about=in_words(memo, now, sources.label),
                coder=now.coder_by_id[memo.coder].name,
                at=memo.at,
                body=memo.body,
                words=now.texts[memo.text][memo.start : memo.end] if memo.text in now.texts else "",
                document=document.name if document else "",
                memo=memo,
                coding=None,
                draws_on=tuple(drawn_on(codings[coding]) for coding in memo.codings if coding in codings),
            )
        )
    for coding in now.codings:
        if coding.memo:
            name = now.document_by_id[coding.document].name
            entries.append(
                Entry(
                    key=coding.id,
                    kind=ON_CODINGS,
                    heading="",
                    about=f"{now.codebook.current(coding.code).name} in {name}",
                    coder=now.coder_by_id[coding.coder].name,
                    at="",
                    body=coding.memo,
                    words=now.words(coding),
                    document=name,
                    memo=None,
                    coding=coding,
                )
            )
    return entries
