"""Memos as they are listed: those of the team, the short ones of codings among them, and which of them are shown."""

from dataclasses import dataclass
from typing import NamedTuple

from tbcp_qual.coding.memos import MEMO_KINDS
from tbcp_qual.coding.records import Coding, Memo
from tbcp_qual.store import Project
from tbcp_qual.tasks import memos as acts
from tbcp_qual.tasks.memos import ListedMemo

ON_CODINGS = "on codings"
"""What the short memos of codings are listed as."""

KINDS = (*MEMO_KINDS, ON_CODINGS)


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
    document: str
    """Name; empty for none."""
    listed: ListedMemo | None
    """None for the memo of a coding."""
    memo: Memo | None
    coding: Coding | None


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
    listed = acts.list_memos(project, viewer=viewer)
    now = project.snapshot(viewer)
    by_id = {memo.id: memo for memo in now.memos}
    entries = [
        Entry(one.id, one.kind, one.title, one.about, one.coder, one.at, one.body, one.words, one.document, one,
              by_id.get(one.id), None)
        for one in reversed(listed)
    ]  # fmt: skip
    for coding in now.codings:
        if coding.memo:
            document = now.document_by_id[coding.document].name
            code, coder = now.codebook.current(coding.code).name, now.coder_by_id[coding.coder].name
            entries.append(
                Entry(coding.id, ON_CODINGS, "", f"{code} in {document}", coder, "", coding.memo, now.words(coding),
                      document, None, None, coding)
            )  # fmt: skip
    return entries


def document_of(project: Project, coding: str, viewer: str) -> tuple[str, str]:
    now = project.snapshot(viewer)
    return next(((one.document, one.id) for one in now.codings if one.id == coding), ("", ""))
