"""Capitalised words and the rows they stand in, and what our lists say of one: first name, surname, ordinary word."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import normalize

from tbcp_qual.privacy import people
from tbcp_qual.privacy.wording import NAME_WORD, ORDINARY, without_possessive

_WORD = re.compile(NAME_WORD)
_LONGEST_RUN = 30
"""Capitalised words looked at together; a longer row of them is no sentence."""
_NAMES = people.FIRST_NAMES | people.SURNAMES
_MAY_START = people.TITLES | people.WEAK_TITLES | _NAMES


class Word(NamedTuple):
    """One capitalised word."""

    start: int
    end: int
    text: str
    """Without a possessive."""
    owns: bool
    """Whether it stood in the possessive."""


def _starts_no_name(word: str) -> bool:
    return word.lower() in ORDINARY and word not in _MAY_START


def runs(text: str) -> Iterator[list[Word]]:
    """Give the rows of capitalised words that only a space parts; ordinary words before a row are left out."""
    run: list[Word] = []
    for match in _WORD.finditer(text):
        start = match.start()
        if start and (text[start - 1].isalnum() or text[start - 1] in "_@"):
            continue
        plain = match.group()
        if not run and (_starts_no_name(plain) or (text[start - 1 : start] == "[" and plain not in _NAMES)):
            continue
        if "'" in plain or "’" in plain:
            plain = without_possessive(plain)
        if run:
            gap = text[run[-1].end + (2 if run[-1].owns else 0) : start]
            joined = gap in (" ", "\u00a0") or (
                gap == ". " and (run[-1].text in people.DOTTED or len(run[-1].text) == 1)
            )
            if not joined or len(run) == _LONGEST_RUN:
                yield run
                run = []
                if _starts_no_name(match.group()):
                    continue
        run.append(Word(start, start + len(plain), plain, len(plain) < len(match.group())))
    if run:
        yield run


def listed_form(word: Word) -> str:
    """Return a word as our lists have it: TYLER as Tyler."""
    return word.text.title() if word.text.isupper() and len(word.text) > 3 else word.text


def is_first(word: Word) -> bool:
    """Whether it is a first name we know, or a double one: Lacey-Mae."""
    plain = listed_form(word)
    return plain in people.FIRST_NAMES or (
        "-" in plain and (plain.partition("-")[0] in people.FIRST_NAMES or _is_double(plain))
    )


def _is_double(plain: str) -> bool:
    """Whether a hyphenated word is a first name made of two, as families make them: Kobi-Lee, Noor-Ul-Ain."""
    first, *rest = plain.split("-")
    return first.casefold() not in ORDINARY and any(part in people.SECOND_NAMES for part in rest)


@cache
def _spellings() -> frozenset[str]:
    """How the first names we know are spelt when sounds alone count."""
    return frozenset(_by_sound(name) for name in people.FIRST_NAMES - people.WORDLIKE_FIRST_NAMES if len(name) > 4)


@lru_cache(maxsize=4096)
def _by_sound(name: str) -> str:
    """Return a name so that spellings which sound alike are one.

    >>> _by_sound("Kaidyn") == _by_sound("Kayden"), _by_sound("Rhylee") == _by_sound("Riley")
    (True, True)
    """
    plain = "".join(sign for sign in normalize("NFD", name.casefold()) if sign.isalpha())
    for pattern, sound in _SOUNDS:
        plain = pattern.sub(sound, plain)
    return plain


_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ph", "f"), (r"([^aeiou])\1+", r"\1"), ("[cq]k?(?![eiyh])|ck", "k"), ("x", "ks"), ("z", "s"), ("(?<=[rtkg])h", ""), ("eigh|igh", "i"),
        ("[ae][iy]e?|ae", "a"), ("ee|ie|y|ea", "i"), ("(?<=[^aeiou])[aeiou](?=n$)", ""), ("(?<=.)ai?$", "a"), ("(?<=[lrn])[ae]$", "i"),
    )
)  # fmt: skip
"""What sounds alike, one after the other."""


def is_spelt_like_a_name(word: Word) -> bool:
    """Whether an unknown word sounds like a first name of some length that we know: Kaidyn, Rhylee, Jaxxon."""
    return len(word.text) > 4 and _by_sound(word.text) in _spellings()


def is_surname(word: Word) -> bool:
    """Whether it, or a part of a double one, is a surname we know."""
    plain = listed_form(word)
    return plain in people.SURNAMES or ("-" in plain and any(part in people.SURNAMES for part in plain.split("-")))


def is_wordlike(word: Word) -> bool:
    """Whether it is a first name that is also a word, a month or a place."""
    plain = listed_form(word)
    return plain in people.WORDLIKE_FIRST_NAMES or (
        plain.partition("-")[0] in people.WORDLIKE_FIRST_NAMES and not ("-" in plain and _is_double(plain))
    )


def is_ordinary(word: Word) -> bool:
    """Whether it is a word of every day or of an organisation's name, or letters that stand for something."""
    plain = word.text.casefold()
    return (
        plain in ORDINARY
        or plain in people.ORGANISATIONS
        or (word.text.isupper() and len(word.text) > 1 and not is_first(word) and not is_surname(word))
        or (plain.partition("-")[0] in ORDINARY and "-" in plain)
    )
