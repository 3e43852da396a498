"""Changing where a coding begins and ends: what it then runs into, and what it may not lie on."""

from collections.abc import Iterable

from tbcp_qual.coding.changes import Change, remove, update
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.records import Coding, Document
from tbcp_qual.coding.sentences import snap_to_words
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import Conflict, UsageError


def snapped(text: str, span: Span) -> Span:
    """Return a span widened to whole words, without white space at its ends; only the lines it lies on are looked at.

    >>> snapped("No.\\nShe just sat. And", Span(9, 18))
    Span(start=8, end=17)
    """
    inside = text[span.start : span.end]
    start = span.start + len(inside) - len(inside.lstrip())
    end = span.start + len(inside.rstrip())
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    within = snap_to_words(text[first : last if last >= 0 else len(text)], Span(start - first, end - first))
    return Span(min(start, first + within.start), max(end, first + within.end))


def change_ends(
    own: Iterable[Coding], codebook: Codebook, coding: Coding, *, document: Document, span: Span
) -> list[Change]:
    """Let a coding lie on other words; codings of the same code that it runs into become part of it.

    Args:
        own: this coder's codings of the document, as they lie in its present text.
        codebook: all codes.
        coding: one of them.
        document: the document they lie in.
        span: where the coding is to lie.

    Raises:
        UsageError: the span is empty, or the coding lies on no words of the present text.
        Conflict: a code of the same exclusive domain is on the same words.
    """
    if span.end <= span.start:
        raise UsageError("Nothing is selected.", "A coding needs words; take it away instead, if that is meant.")
    if coding.text != document.text:
        raise UsageError("The coding is not placed in the corrected text.", "`tbcp-qual documents place` places it.")
    code = codebook.current(coding.code)
    start, end, memos, negative = span.start, span.end, [coding.memo], coding.negative
    gone: list[Coding] = []
    for other in own:
        if other.id == coding.id or other.coder != coding.coder or other.text != coding.text:
            continue
        if other.document != coding.document or not Span(other.start, other.end).overlaps(span):
            continue
        there = codebook.current(other.code)
        if there.id == code.id:
            gone.append(other)
            start, end = min(start, other.start), max(end, other.end)
            memos.append(other.memo)
            negative = negative or other.negative
        elif code.domain and there.domain == code.domain:
            raise Conflict(
                f"“{there.name}” is on these words, and only one code of “{code.domain}” can be.", "Remove it first."
            )
    memo = "\n".join(memo for memo in dict.fromkeys(memos) if memo)
    change = update(coding, start=start, end=end, memo=memo, negative=negative)
    return [*([change] if change.fields else []), *(remove(other) for other in gone)]
