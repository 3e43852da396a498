"""Places known by what kind of place they are: the word for the kind, and the capitalised words before it.

A place whose words before the kind all describe it (the Children's Hospital, Primary School) has no name yet.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tbcp_qual.privacy.wording import LETTERS, NAME_WORD, UPPER, folded

_WORD_BEFORE = re.compile(
    rf"(?<![\w'’.-])(?P<word>{NAME_WORD}(?:s['’])?|[Ss]t\.?|[{UPPER}]\.?|\d{{1,2}}(?:st|nd|rd|th))[ \u00a0]$"
)
_LINK_BEFORE = re.compile(r"(?<![\w'’-])(?P<link>of|and|the|de|&|in|upon|le|la|on|under)[ \u00a0]$")
_PHASE = re.compile(
    r"(?<![\w'’-])(?:primary|infants?|junior|nursery|high|secondary|special|grammar|day|general"
    r"|community|maternity|cottage"
    r"|children['’]s|district|royal) $"
)
"""What a school or hospital in small letters may be, between its name and the word for it."""
_LOWER_SAINT = re.compile(rf"(?<![\w'’-])[Ss]t\.? [{LETTERS}]+['’]?s?['’]? $")
_LONGEST_WORD = 32
_MOST_WORDS = 6


class Place(NamedTuple):
    """One place as a text names it."""

    start: int
    end: int
    words: tuple[str, ...]
    """The capitalised words that make the name, without the word for the kind."""


def named_places(text: str, kinds: Iterable[re.Match[str]], describing: frozenset[str]) -> Iterator[Place]:
    """Give the places whose kind a pattern finds and that have a name before it.

    Args:
        text: where to look.
        kinds: where the words for a kind of place stand.
        describing: words in lower case that describe a kind of place and name none.
    """
    for match in kinds:
        start = match.start()
        words: list[str] = []
        if not start or text[start - 1] not in " \u00a0":
            continue
        if text[start].islower() and (phase := _PHASE.search(text, max(0, start - 18), start)):
            start = phase.start()
        kind_start = pending = start
        for _ in range(_MOST_WORDS):
            found = _WORD_BEFORE.search(text, max(0, pending - _LONGEST_WORD), pending)
            if found is not None:
                words.insert(0, found["word"])
                start = pending = found.start()
                continue
            link = _LINK_BEFORE.search(text, max(0, pending - 6), pending) if words else None
            if link is None or not _WORD_BEFORE.search(text, max(0, link.start() - _LONGEST_WORD), link.start()):
                break
            pending = link.start()
        saint = _LOWER_SAINT.search(text, max(0, kind_start - 24), kind_start) if not words else None
        if saint is not None:
            yield Place(saint.start(), match.end(), (saint.group().strip(),))
            continue
        while words and _describes(words[0], describing):
            gone = words.pop(0)
            start = text.index(gone, start) + len(gone) + 1
            if not words:
                break
            start = text.index(words[0], start - 1)
        if any(not _describes(word, describing) for word in words):
            yield Place(start, match.end(), tuple(words))


def _describes(word: str, describing: frozenset[str]) -> bool:
    plain = folded(word)
    return plain in describing or word.casefold().rstrip("'’") in describing
