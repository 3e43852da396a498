"""What somebody types to find words, read so that it never fails, and where those words stand in a text.

Words, "phrases", begin*, NEAR/5, AND, OR, NOT or a minus, brackets. Whatever does not fit together is taken as words.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tbcp_qual.coding.spans import Span

_TOKEN = re.compile(r'"(?P<phrase>[^"]*)"?(?P<star>\*)?|(?P<bracket>[()])|(?P<word>[^\s()"]+)')
_NEAR = re.compile(r"NEAR(?:/(\d{1,4}))?")
_WORD = re.compile(r"[^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f][^\W_]*)*")
USUAL_DISTANCE = 10
"""Words between two words that are near each other, where nobody says how many."""
DEEPEST = 40
"""Brackets within brackets; what is nested deeper is taken as words."""


class Phrase(NamedTuple):
    """Words that follow one another; with `begins`, the last one may go on."""

    words: tuple[str, ...]
    begins: bool = False


class Near(NamedTuple):
    """Phrases that stand near one another, in any order."""

    phrases: tuple[Phrase, ...]
    distance: int


class Both(NamedTuple):
    """All of `parts`, and none of `but`."""

    parts: "tuple[Sought, ...]"
    but: "tuple[Sought, ...]" = ()


class Either(NamedTuple):
    """Any of `parts`."""

    parts: "tuple[Sought, ...]"


Sought = Phrase | Near | Both | Either
_NO_WORDS = Phrase(())


def words_of(text: str) -> Iterator[tuple[str, Span]]:
    """Return the words of a text, folded (case and accents do not matter), with their places.

    >>> [word for word, _ in words_of("Siân didn't [P07]")]
    ['sian', 'didn', 't', 'p07']
    """
    for found in _WORD.finditer(text):
        yield folded(found.group()), Span(found.start(), found.end())


def folded(word: str) -> str:
    """Return a word without case and accents."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word)
    return "".join(c for c in parts if not unicodedata.combining(c)).casefold()


def read(typed: str) -> Sought | None:
    """Return what is sought; None where there is no word in it, or nothing but words to leave out.

    >>> read('worker* -"health visitor"')
    Both(parts=(Phrase(words=('worker',), begins=True),), but=(Phrase(words=('health', 'visitor'), begins=False),))
    >>> read("AND ((")
    Phrase(words=('and',), begins=False)
    """
    reading = _Reading(typed)
    sought = None if reading.unfit else reading.whole()
    if reading.unfit:
        phrases = tuple(Phrase((word,)) for word, _ in words_of(typed))
        return phrases[0] if len(phrases) == 1 else Both(phrases) if phrases else None
    return sought


@dataclass(slots=True)
class _Token:
    kind: str
    phrase: Phrase = _NO_WORDS
    distance: int = 0


class _Reading:
    """A descent over what was typed; `unfit` where it does not fit together."""

    def __init__(self, typed: str) -> None:
        self.unfit = False
        self._tokens = list(_tokens(typed))
        self._next = 0
        depth = deepest = 0
        for token in self._tokens:
            depth += {"(": 1, ")": -1}.get(token.kind, 0)
            deepest = max(deepest, depth)
            self.unfit = self.unfit or depth < 0
        self.unfit = self.unfit or depth != 0 or deepest > DEEPEST

    def whole(self) -> Sought | None:
        found = self._either()
        self.unfit = self.unfit or self._next < len(self._tokens)
        return found

    def _peek(self) -> str:
        return self._tokens[self._next].kind if self._next < len(self._tokens) else ""

    def _take(self) -> _Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _either(self) -> Sought | None:
        parts = [self._both()]
        while self._peek() == "OR":
            self._take()
            parts.append(self._both())
        if len(parts) > 1 and None in parts:
            self.unfit = True
        kept = tuple(part for part in parts if part is not None)
        return Either(kept) if len(kept) > 1 else kept[0] if kept else None

    def _both(self) -> Sought | None:
        parts: list[Sought] = []
        but: list[Sought] = []
        while (kind := self._peek()) not in ("", "OR", ")"):
            if kind == "AND":
                self._take()
                self.unfit = self.unfit or not parts or self._peek() in ("", "OR", ")", "AND")
                continue
            out = kind == "NOT"
            if out:
                self._take()
            part = self._near()
            if part is None:
                self.unfit = True
                return None
            (but if out else parts).append(part)
        if but and not parts:
            return None
        return parts[0] if len(parts) == 1 and not but else Both(tuple(parts), tuple(but)) if parts else None

    def _near(self) -> Sought | None:
        first = self._one()
        phrases, distance = [first], 0
        while self._peek() == "NEAR":
            distance = max(distance, self._take().distance)
            phrases.append(self._one())
        if len(phrases) == 1:
            return first
        if not all(isinstance(phrase, Phrase) for phrase in phrases):
            return None
        return Near(tuple(phrase for phrase in phrases if isinstance(phrase, Phrase)), distance)

    def _one(self) -> Sought | None:
        kind = self._peek()
        if kind == "(":
            self._take()
            found = self._either()
            if self._peek() != ")":
                self.unfit = True
                return None
            self._take()
            return found
        return self._take().phrase if kind == "phrase" else None


def _tokens(typed: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(typed):
        word = found["word"]
        if found["bracket"]:
            yield _Token(found["bracket"])
        elif word is None:
            words = tuple(w for w, _ in words_of(found["phrase"]))
            if words:
                yield _Token("phrase", Phrase(words, bool(found["star"])))
        elif word in ("AND", "OR", "NOT"):
            yield _Token(word)
        elif near := _NEAR.fullmatch(word):
            yield _Token("NEAR", distance=int(near[1]) if near[1] else USUAL_DISTANCE)
        else:
            if word.startswith("-") and any(c.isalnum() for c in word):
                yield _Token("NOT")
            elif word == "-" and typed[found.end() : found.end() + 1] == '"':
                yield _Token("NOT")
                continue
            words = tuple(w for w, _ in words_of(word))
            if words:
                yield _Token("phrase", Phrase(words, word.endswith("*")))


def phrases_of(sought: Sought) -> Iterator[Phrase]:
    """Return all phrases that a hit may hold; those to leave out are left out."""
    if isinstance(sought, Phrase):
        yield sought
    elif isinstance(sought, Near):
        yield from sought.phrases
    else:
        for part in sought.parts:
            yield from phrases_of(part)


def places(sought: Sought, text: str) -> list[Span]:
    """Return where the phrases sought stand in a text, in order; they may overlap.

    >>> places(read('"sat with" me*'), "She sat with Meg")
    [Span(start=4, end=12), Span(start=13, end=16)]
    """
    words = list(words_of(text))
    at: dict[str, list[int]] = {}
    for place, (word, _) in enumerate(words):
        at.setdefault(word, []).append(place)
    found: set[Span] = set()
    for phrase in phrases_of(sought):
        starts = at.get(phrase.words[0], [])
        if phrase.begins and len(phrase.words) == 1:
            starts = [n for word, numbers in at.items() if word.startswith(phrase.words[0]) for n in numbers]
        for start in starts:
            there = [word for word, _ in words[start : start + len(phrase.words)]]
            if len(there) == len(phrase.words) and _same(there, phrase):
                found.add(Span(words[start][1].start, words[start + len(there) - 1][1].end))
    return sorted(found)


def _same(words: list[str], phrase: Phrase) -> bool:
    *first, last = phrase.words
    return words[:-1] == first and (words[-1].startswith(last) if phrase.begins else words[-1] == last)
