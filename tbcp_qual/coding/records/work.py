"""What coders do: codings, reviews, finished documents, memos, queries."""

from typing import Literal

from tbcp_qual.coding.frozen import dataclass

MemoKind = Literal["familiarisation", "analytic", "reflexive", "method decision"]
Prompting = Literal["", "prompted", "volunteered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """Span × code × coder. It keeps for ever the text, span and code that it was made with."""

    id: str
    document: str = ""
    text: str = ""
    start: int = 0
    end: int = 0
    code: str = ""
    coder: str = ""
    definition: str = ""
    """Fingerprint of the definition it was made under."""
    memo: str = ""
    negative: bool = False
    weight: int | None = None
    """0 to 100, how strongly the words speak for the code; None where nobody said."""
    prompted: Prompting = ""
    """Whether the words answer a question or came of themselves; empty where nobody said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A coder has been through a turn and found nothing (more) to code."""

    id: str
    document: str = ""
    turn: str = ""
    coder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A coder says that a document is coded: what is bare in it is *uncoded* and not *missing*."""

    id: str
    document: str = ""
    coder: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    """A note of a coder, on one thing or, where all of `document`, `case`, `code` and `theme` are None, on the project."""

    id: str
    coder: str = ""
    kind: MemoKind = "analytic"
    title: str = ""
    body: str = ""
    """Markdown."""
    document: str | None = None
    text: str = ""
    """SHA-256 of the text the span lies in; empty where the note is not on a span."""
    start: int = 0
    end: int = 0
    case: str | None = None
    code: str | None = None
    theme: str | None = None
    codings: tuple[str, ...] = ()
    """Ids of codings it draws on; a link keeps none of them alive."""
    at: str = ""
    """When it was begun, ISO 8601 in UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A retrieval somebody saved under a name."""

    id: str
    name: str = ""
    wording: str = ""
    """What is asked, as `coding.queries` writes it."""
    coder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A retrieval somebody ran and kept in the record, so that looking for negative cases can be shown."""

    id: str
    wording: str = ""
    purpose: str = ""
    hits: int = 0
    coder: str = ""
    at: str = ""
    """ISO 8601 in UTC."""
