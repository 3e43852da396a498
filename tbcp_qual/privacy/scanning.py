"""One look at a text by all recognisers: what they find, without overlaps, pseudonyms and words ruled out."""

import re
from bisect import bisect_right
from collections.abc import Collection

from tbcp_qual.privacy import people
from tbcp_qual.privacy.finding import KINDS, Finding, Found, Kind, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.recognisers import RECOGNISERS
from tbcp_qual.privacy.wording import LETTERS, folded

_BRACKETED = re.compile(r"\[[^\[\]\n]{1,60}\]")
_BRACKETED_WORD = re.compile(rf"[{LETTERS}]+")
_WITH_UNDERSCORES: tuple[Kind, ...] = ("e-mail", "web link")
_ORDER = {kind: place for place, kind in enumerate(KINDS)}


def scan(text: str, known: Known, kinds: Collection[Kind] | None = None) -> tuple[Finding, ...]:
    """Return what may identify somebody in a text, in its order, no two overlapping.

    Of overlapping findings one stands: a structured one before others, then the longer, then the surer.

    Args:
        text: any text.
        known: names that are known, words that are ruled out, a language model.
        kinds: which kinds to look for; None for all.
    """
    # File names part their words with underscores; addresses and account names are made of them.
    parted = text.replace("_", " ")
    candidates: list[tuple[Recogniser, Found]] = [
        (recogniser, found)
        for recogniser in RECOGNISERS
        if kinds is None or recogniser.kind in kinds
        for found in recogniser.find(text if recogniser.kind in _WITH_UNDERSCORES else parted, known)
    ]
    candidates.sort(
        key=lambda c: (not c[0].structured, c[1].start - c[1].end, -c[1].score, _ORDER[c[0].kind], c[1].start)
    )
    masked = _pseudonyms(text)
    taken = _Taken(masked)
    standing = []
    for recogniser, found in candidates:
        if not taken.is_free(found.start, found.end):
            continue
        if known.ignored and folded(text[found.start : found.end]) in known.ignored:
            continue
        taken.take(found.start, found.end)
        standing.append(
            Finding(
                kind=recogniser.kind,
                start=found.start,
                end=found.end,
                score=found.score,
                suggestion=found.suggestion,
            )
        )
    return tuple(sorted(standing, key=lambda finding: finding.start))


def context(text: str, finding: Finding, words: int = 6) -> tuple[str, str, str]:
    """Return what stands before a finding, its own words, and what stands after, each on one line.

    Args:
        text: the text that was looked at.
        finding: one finding in it.
        words: how many words on either side.
    """
    reach = 24 * (words + 1)
    before = text[max(0, finding.start - reach) : finding.start]
    after = text[finding.end : finding.end + reach]
    space_before = " " if before[-1:].isspace() else ""
    space_after = " " if after[:1].isspace() else ""
    # With a word hard against the finding, it counts as one of the words.
    return (
        " ".join(before.split()[-words:]) + space_before if words else "",
        " ".join(text[finding.start : finding.end].split()),
        space_after + " ".join(after.split()[:words]) if words else "",
    )


def _pseudonyms(text: str) -> list[tuple[int, int]]:
    """Return the stretches in square brackets that already stand for somebody or something: [P07], [Parent A]."""
    return [match.span() for match in _BRACKETED.finditer(text) if is_pseudonym(match.group())]


def is_pseudonym(bracketed: str) -> bool:
    """Return whether words in square brackets are a pseudonym, and no remark that names somebody.

    >>> [is_pseudonym(words) for words in ("[P07]", "[Parent A]", "[NAME]", "[March 2024]", "[Tyler cries]")]
    [True, True, True, True, False]
    """
    inner = bracketed.strip("[]").strip()
    words = _BRACKETED_WORD.findall(inner)
    if sum(map(str.isdecimal, inner)) > 4 or "@" in inner or not words:
        return False
    if inner.isupper():
        return True
    return not any(word in people.FIRST_NAMES and word not in people.WORDLIKE_FIRST_NAMES for word in words)


class _Taken:
    """Stretches that are spoken for, kept in order; none overlap."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def is_free(self, start: int, end: int) -> bool:
        place = bisect_right(self._starts, start)
        if place and self._ends[place - 1] > start:
            return False
        return not (place < len(self._starts) and self._starts[place] < end)

    def take(self, start: int, end: int) -> None:
        place = bisect_right(self._starts, start)
        self._starts.insert(place, start)
        self._ends.insert(place, end)
