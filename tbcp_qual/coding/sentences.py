"""Sentences and words as views on a text: one small, versioned splitter, so that a published figure stays the same.

A sentence ends with `.`, `!`, `?` or `…` (and closing quotes or brackets) before white space, or at a line end.
Not after a title or an abbreviation, an initial, inside brackets such as `[pause]`, or before a lower-case word.
"""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from tbcp_qual.coding.spans import Span

SPLITTER_VERSION = 1

_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "rev",
        "st",
        "sr",
        "jr",
        "e.g",
        "i.e",
        "etc",
        "vs",
        "cf",
        "approx",
        "no",
        "nos",
        "fig",
        "dept",
        "est",
        "ext",
        "tel",
        "appt",
        "wk",
        "wks",
        "yr",
        "yrs",
        "mth",
        "mths",
        "hr",
        "hrs",
        "min",
        "mins",
        "sec",
        "secs",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "a.m",
        "p.m",
    ]
)
_END = re.compile(r"(?P<mark>[.!?…]+)(?P<close>[\"'”’)\]]*)(?=\s|$)|\n+")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


@lru_cache(maxsize=256)
def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a text, trimmed of white space, in order.

    >>> [(s.start, s.end) for s in sentences("Came Tues. Mrs. Hill left. [pause] Then? Yes")]
    [(0, 26), (27, 40), (41, 44)]
    """
    spans: list[Span] = []
    start = 0
    for found in _END.finditer(text):
        if found["mark"] and not _ends_sentence(text, start, found):
            continue
        _add_trimmed(spans, text, start, found.end())
        start = found.end()
    _add_trimmed(spans, text, start, len(text))
    return tuple(spans)


def _ends_sentence(text: str, start: int, found: re.Match[str]) -> bool:
    after = text[found.end() : found.end() + 40].lstrip(" \t")
    if found["mark"] == ".":
        before = text[start : found.start()]
        last = before.split()[-1].lstrip("([\"'“‘").lower() if before.split() else ""
        if last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha() and last != "i" and after[:1].isalpha()):
            return False
    inside = text.rfind("[", start, found.start())
    if inside >= 0 and text.find("]", inside, found.end()) < 0:
        return False
    first = after[:1].lstrip("\"'“‘(")
    return not (first.isalpha() and first.islower() and found["mark"] != "\n")


def _add_trimmed(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        lead = len(piece) - len(piece.lstrip())
        spans.append(Span(start + lead, start + lead + len(stripped)))


@lru_cache(maxsize=256)
def words(text: str) -> tuple[Span, ...]:
    """Return the words of a text in order; `don't` and `key-worker` are one word each.

    >>> [text[s:e] for text in ["I don't, erm, know"] for s, e in words(text)]
    ['I', "don't", 'erm', 'know']
    """
    return tuple(Span(*found.span()) for found in _WORD.finditer(text))


def snap_to_words(text: str, span: Span) -> Span:
    """Return the stretch from the first to the last word that a span touches; the span itself where it touches none.

    >>> snap_to_words("She just sat.", Span(5, 11))
    Span(start=4, end=12)
    """
    found = words(text)
    first = bisect_left([w.end for w in found], span.start + 1)
    last = bisect_right([w.start for w in found], span.end - 1) - 1
    if first > last:
        return span
    return Span(found[first].start, found[last].end)
