"""Names of people: by the team's list, by rules on capitalised words, in small letters, and by a model where one is."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache

from tbcp_qual.language.pipeline import people_in
from tbcp_qual.privacy import people
from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.leading import role_of
from tbcp_qual.privacy.naming import Reading, is_somebody
from tbcp_qual.privacy.wording import LETTERS, ORDINARY, folded, places_of, without_possessive, words_in, words_of

_WORDLIKE = people.WORDLIKE_FIRST_NAMES | people.WORDLIKE_SURNAMES
_SMALL_TITLES = frozenset({"mr", "mrs", "dr"})
_SMALL_TITLE = re.compile(rf"[md](?<!\w[md])(?:rs?)\.? (?P<name>[a-z][{LETTERS}'’-]{{2,}})(?!\w)")


def _first(name: str) -> str:
    """Return the first word of a name as `words_in` cuts it."""
    return next(iter(re.findall(r"[^\W_]+", name)), "")


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not (start and text[start - 1].isalnum()) and not text[end : end + 1].isalnum()


def _of_list(text: str, known: Known, words: frozenset[str]) -> Iterator[Found]:
    """Find the names that the team, the cases and the participants give: as they are spelt, then in other letters."""
    parts = known.parts
    if not parts:
        return
    for match in known.spelt.finditer(text):
        start, end = match.span()
        part = match.group()
        if _stands_alone(text, start, end) and (part not in _WORDLIKE or is_somebody(text, start, end)):
            yield Found(start, end, 1.0, parts[part] or "[Person]")
    wordlike = {word.casefold() for word in _WORDLIKE}
    folded_parts = {
        part.casefold(): alias
        for part, alias in parts.items()
        if len(part) > 2 and part.casefold() not in wordlike and part.casefold() not in ORDINARY
    }
    present = {word.casefold() for word in words}
    wanted = [part for part in folded_parts if _first(part) in present]
    if not wanted:
        return
    anyhow = re.compile("|".join(re.escape(part) for part in sorted(wanted, key=len, reverse=True)), re.IGNORECASE)
    for match in anyhow.finditer(text):
        if _stands_alone(text, *match.span()):
            yield Found(*match.span(), 0.8, folded_parts.get(match.group().casefold(), "") or "[Person]")


def _in_small_letters(text: str, words: frozenset[str]) -> Iterator[Found]:
    for name in sorted((words & people.SMALL_LETTER_NAMES.keys()) - ORDINARY):
        for match in re.finditer(rf"{name}(?!\w)", text):
            start = match.start()
            if not _stands_alone(text, *match.span()) or (start and text[start - 1] == "@"):
                continue
            before = text[max(0, start - 25) : start].lower().replace("’", "'").split()
            last = before[-1].strip(",") if before else ""
            told = (
                last in people.KIN
                or last in people.WORK
                or last in people.SUBJECTS_OF_NAMING
                or " ".join(before).endswith(people.FULL_NAMING)
            )
            yield Found(start, match.end(), 0.85 if told else 0.6, role_of(last))
    if words & _SMALL_TITLES:
        for match in _SMALL_TITLE.finditer(text):
            if folded(match["name"]) not in ORDINARY:
                end = match.start("name") + len(without_possessive(match["name"]))
                yield Found(match.start(), end, 0.8, "[Person]")


@cache
def _public_names() -> dict[str, tuple[str, ...]]:
    """Names everybody knows, by their first word."""
    names: dict[str, tuple[str, ...]] = {}
    for name in words_of("public_names.txt"):
        names[_first(name)] = (*names.get(_first(name), ()), name)
    return names


def _public(text: str, words: frozenset[str]) -> list[tuple[int, int]]:
    """Return where a text speaks of somebody everybody knows, in order."""
    names = _public_names()
    spans = [
        (place, place + len(name))
        for first in words & names.keys()
        for name in names[first]
        for place in places_of(text, name)
    ]
    # Of two that begin in one place the longer comes last, which is the one looked at.
    return sorted(spans)


def _find(text: str, known: Known) -> Iterable[Found]:
    words = words_in(text)
    public = _public(text, words)
    starts = [start for start, _ in public]
    for found in _all(text, known, words):
        place = bisect_right(starts, found.start)
        if not place or public[place - 1][1] < found.end:
            yield found


def _all(text: str, known: Known, words: frozenset[str]) -> Iterator[Found]:
    yield from _of_list(text, known, words)
    yield from Reading(text).find()
    yield from _in_small_letters(text, words)
    if known.model:
        for start, end in people_in(text, known.model):
            if any(folded(word) not in ORDINARY for word in text[start:end].split()):
                yield Found(start, end, 0.7, "[Person]")


RECOGNISER = Recogniser(kind="name", name="names of people", structured=False, find=_find)
