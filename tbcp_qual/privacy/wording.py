"""The small vocabulary that several recognisers share: what a capitalised word is, number words, ordinary words.

A pattern that looks back does so after its first character (`x(?<!\\wx)`), never before it: the search engine then
jumps from one possible start to the next instead of trying every place.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

LETTERS = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ\u0300-\u036f"
"""Latin letters with their accents, for use within a character class."""
UPPER = "A-Z" + "".join(chr(c) for c in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if chr(c).isupper())
"""Capital letters, for use within a character class."""
NAME_WORD = rf"[{UPPER}][{LETTERS}]*(?:['’-][{LETTERS}]+)*"
"""A capitalised word, with what hangs on it by an apostrophe or a hyphen."""
_LETTERS_AND_DIGITS = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)


def word_list(words: str) -> list[str]:
    """Return the words of a line or several, in their order."""
    return words.split()


def word_set(words: str) -> frozenset[str]:
    """Return the different words of a line or several."""
    return frozenset(words.split())


_ONES = word_list(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
NUMBERS = {word: value for value, word in enumerate(_ONES, start=1)}
for _ten, _word in ((20, "twenty"), (30, "thirty"), (40, "forty")):
    NUMBERS[_word] = _ten
    for _one, _unit in enumerate(_ONES[:9], start=1):
        NUMBERS[f"{_word}-{_unit}"] = NUMBERS[f"{_word} {_unit}"] = _ten + _one
"""Number words up to forty-nine."""
NUMBER_WORD = "(?:" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
"""A number word, in lower case."""


def number(words: str) -> int:
    """Return the value of digits or a number word; 0 for what is neither."""
    folded_words = words.casefold()
    return int(words) if words.isdecimal() else NUMBERS.get(folded_words, 0)


def words_of(file: str) -> list[str]:
    """Return the lines of one of the lists that come with the program, without remarks and empty lines."""
    text = (Path(__file__).parent / "words" / file).read_text(encoding="utf-8")
    return [line for line in (line.partition("#")[0].strip() for line in text.splitlines()) if line]


def without_possessive(word: str) -> str:
    """Return a word without the 's that says whose something is.

    >>> without_possessive("Tyler's"), without_possessive("James’")
    ('Tyler', 'James')
    """
    return _POSSESSIVE.sub("", word)


def folded(words: str) -> str:
    """Return words as they are compared: white space as one space, no possessive, no case.

    >>> folded("Mrs  Patel’s")
    'mrs patel'
    """
    return without_possessive(" ".join(words.split())).casefold()


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(word for line in words_of("ordinary_words.txt") for word in line.split())


ORDINARY = _ordinary()
"""Words, in lower case, that start sentences, headings and names of services, and are nobody's name by themselves."""


@lru_cache(maxsize=1)
def words_in(text: str) -> frozenset[str]:
    """Return the different words of a text as they stand, cut at everything that is no letter or digit.

    Those of the last text stay in memory, for the next recogniser.
    """
    return frozenset(_LETTERS_AND_DIGITS.findall(text))


def places_of(text: str, *literals: str) -> Iterator[int]:
    """Give where any of some literals stand, one literal after the other; much faster than a pattern of them."""
    for literal in literals:
        place = text.find(literal)
        while place >= 0:
            yield place
            place = text.find(literal, place + 1)


def matches_at(text: str, pattern: re.Pattern[str], literals: Iterable[str]) -> Iterator[re.Match[str]]:
    """Give the matches of a pattern that begin, as a word does, at one of some literals."""
    for place in places_of(text, *literals):
        if not (place and text[place - 1].isalnum() and text[place].isalnum()):
            match = pattern.match(text, place)
            if match is not None:
                yield match
