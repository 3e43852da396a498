"""Names of people by rules: after a title, kin or "called", by the team's list, by first names and surnames we know.

A capitalised word alone is no name; it takes a sign. What a strong sign finds once is then found wherever it stands.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tbcp_qual.language.pipeline import people_in
from tbcp_qual.privacy import people
from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.wording import LETTERS, NAME_WORD, ORDINARY, folded, vocabulary, without_possessive, word_set

_WORD = re.compile(NAME_WORD)
_NEXT_WORD = re.compile(rf"[ \u00a0]+(?P<word>[{LETTERS}]+(?:['’][{LETTERS}]+)?)")
_PUNCTUATION = ".,;:!?()[]\"“”‘’'-–—/*_"
_MOST_WORDS = 4
_LONGEST_RUN = 30
"""Capitalised words looked at together; a longer row of them is no sentence."""
_CHILD = word_set(
    "son daughter baby babies twin twins toddler eldest oldest youngest kids children boy girl Baby Child"
    " Son Daughter Twin"
)
_PARTNER = word_set("partner husband wife boyfriend girlfriend ex fiancé fiance Partner Husband Wife")
_AT_WORK = people.WORK | word_set(
    "Dr Doctor Prof Professor Nurse Sister Matron PC DC DS DI WPC PCSO Sgt Midwife Worker Visitor Practitioner"
)
_SMALL_TITLES = frozenset({"mr", "mrs", "dr", "mr.", "mrs.", "dr."})
_SMALL_TITLE = re.compile(rf"[md](?<!\w[md])(?:rs?)\.? (?P<name>[a-z][{LETTERS}'’-]{{2,}})(?!\w)")


class _Word(NamedTuple):
    start: int
    end: int
    text: str
    """Without a possessive."""
    owns: bool
    """Whether it stood in the possessive."""


def _runs(text: str) -> Iterator[list[_Word]]:
    run: list[_Word] = []
    for match in _WORD.finditer(text):
        start = match.start()
        if start and (text[start - 1].isalnum() or text[start - 1] in "_@"):
            continue
        plain = without_possessive(match.group())
        if run:
            gap = text[run[-1].end + (2 if run[-1].owns else 0) : start]
            joined = gap in (" ", "\u00a0") or (
                gap == ". " and (run[-1].text in people.DOTTED or len(run[-1].text) == 1)
            )
            if not joined or len(run) == _LONGEST_RUN:
                yield run
                run = []
        run.append(_Word(start, start + len(plain), plain, len(plain) < len(match.group())))
    if run:
        yield run


def _plain(word: _Word) -> str:
    """Return a word as our lists have it: TYLER as Tyler."""
    return word.text.title() if word.text.isupper() and len(word.text) > 3 else word.text


def _is_first(word: _Word) -> bool:
    plain = _plain(word)
    return plain in people.FIRST_NAMES or ("-" in plain and plain.partition("-")[0] in people.FIRST_NAMES)


def _is_surname(word: _Word) -> bool:
    plain = _plain(word)
    return plain in people.SURNAMES or ("-" in plain and any(part in people.SURNAMES for part in plain.split("-")))


def _is_wordlike(word: _Word) -> bool:
    return _plain(word) in people.WORDLIKE_FIRST_NAMES


def _is_ordinary(word: _Word) -> bool:
    plain = word.text.casefold()
    return (
        plain in ORDINARY
        or plain in people.ORGANISATIONS
        or (word.text.isupper() and len(word.text) > 1 and not _is_first(word) and not _is_surname(word))
        or (plain.partition("-")[0] in ORDINARY and "-" in plain)
    )


def _role(word: str) -> str:
    if word in _CHILD:
        return "[Child]"
    if word in _PARTNER:
        return "[Partner]"
    if word in _AT_WORK:
        return "[Worker]"
    return "[Relative]" if word in people.KIN else "[Person]"


class _Reading:
    """One text as its names are looked for: what was found with certainty helps with the rest."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.strong: set[str] = set()
        self.loose: dict[str, list[_Word]] = {}
        self.last_end = -1
        """Where the name found last ends."""

    def find(self) -> Iterator[Found]:
        for run in _runs(self.text):
            if any(not _is_ordinary(word) or word.text in people.TITLES for word in run):
                yield from self._names_in(run)
        for word in sorted(self.strong & self.loose.keys()):
            for seen in self.loose[word]:
                yield Found(seen.start, seen.end, 0.8, "[Person]")

    def _names_in(self, run: list[_Word]) -> Iterator[Found]:
        place = 0
        while place < len(run):
            word = run[place]
            titled = self._after_title(run, place)
            if titled is not None:
                found, place = titled
                self.last_end = found.end
                yield found
                continue
            named = self._name_at(run, place)
            if named is None:
                if not _is_ordinary(word):
                    self.loose.setdefault(word.text, []).append(word)
                place += 1
                continue
            found, place = named
            if found.score >= 0.8:
                self.strong.update(w.text for w in run if found.start <= w.start < found.end and self._spreads(w))
            self.last_end = found.end
            yield found

    def _spreads(self, word: _Word) -> bool:
        return (
            len(word.text) > 2
            and not _is_ordinary(word)
            and not _is_wordlike(word)
            and word.text not in people.WORDLIKE_SURNAMES
        )

    def _take(self, run: list[_Word], place: int, *, titled: bool = False) -> int:
        """Return the place after the words that can belong to one name, from `place` on."""
        first = place
        while place < len(run) and place - first < _MOST_WORDS - 1:
            word = run[place]
            if place > first and word.text in people.TITLES:
                break
            initial = len(word.text) == 1 and word.text != "I"
            known = _is_first(word) or _is_surname(word)
            surname_only = place > first or titled
            if _is_ordinary(word) and not (known and surname_only and not self._describes(run, place)):
                break
            if not initial and not known and word.text.isupper():
                break
            place += 1
            if word.owns:
                break
        while place > first and len(run[place - 1].text) == 1:
            place -= 1
        return place

    def _describes(self, run: list[_Word], place: int) -> bool:
        """Whether an ordinary word goes on to describe what follows, as Young in Young People."""
        return place + 1 < len(run) and _is_ordinary(run[place + 1])

    def _after_title(self, run: list[_Word], place: int) -> tuple[Found, int] | None:
        title = run[place].text
        if title in people.TITLES and not run[place].owns:
            end = self._take(run, place + 1, titled=True)
            if end == place + 1 or (run[end - 1].owns and self._next_word(run[end - 1]) in people.NOT_SOMEBODY):
                return None
            names = run[place + 1 : end]
            self.strong.update(word.text for word in names if self._spreads(word))
            return Found(run[place].start, run[end - 1].end, 0.95, _role(title)), end
        if title in people.WEAK_TITLES and place + 1 < len(run) and _is_first(run[place + 1]):
            end = max(self._take(run, place + 1), place + 2)
            sure = 0.7 if _is_wordlike(run[place + 1]) else 0.92
            return Found(run[place + 1].start, run[end - 1].end, sure, _role(title)), end
        return None

    def _name_at(self, run: list[_Word], place: int) -> tuple[Found, int] | None:
        word = run[place]
        first, surname = _is_first(word), _is_surname(word)
        if _is_ordinary(word) and not first:
            return None
        if place and run[place - 1].text in ("St", "Saint"):
            return None
        end = max(self._take(run, place), place + 1) if not word.owns else place + 1
        before = self._before(word.start)
        follows = run[end].text.casefold() if end < len(run) and not run[end - 1].owns else ""
        if follows in people.ORGANISATIONS and not before.named:
            return None
        if self._next_word(run[end - 1]) in people.NOT_SOMEBODY:
            return None
        span = (word.start, run[end - 1].end)
        whole = end - place > 1
        known_surname = whole and any(_is_surname(w) for w in run[place + 1 : end])
        if first and whole:
            if not _is_wordlike(word):
                return Found(*span, 0.95, before.role), end
            ordinary = all(w.text.casefold() in ORDINARY for w in run[place + 1 : end])
            if known_surname and not (ordinary and before.starts) and not (_is_ordinary(word) and before.starts):
                return Found(*span, 0.85, before.role), end
            if before.named:
                return Found(*span, 0.85, before.role), end
            return (Found(*span, 0.55, before.role), end) if not before.starts and not _is_ordinary(word) else None
        if whole and known_surname and len(word.text) == 1 and word.text not in "AI":
            return Found(*span, 0.85, before.role), end
        likely = len(word.text) > 1 and not (word.text.isupper() and not surname)
        if whole and known_surname and likely and run[end - 1].text not in people.WORDLIKE_SURNAMES:
            return Found(*span, 0.75, before.role), end
        single = self._single(word, run, place, before)
        if single is not None:
            score, also = single
            stop = run[end - 1].end if also and before.named else word.end
            return Found(word.start, stop, score, before.role), (end if stop != word.end else place + 1)
        return None

    def _single(self, word: _Word, run: list[_Word], place: int, before: "_Before") -> tuple[float, bool] | None:
        """Return how sure one word by itself is a name, and whether the words after it belong to it."""
        first, surname, wordlike = _is_first(word), _is_surname(word), _is_wordlike(word)
        next_word = self._next_word(word)
        if word.text.isupper() and len(word.text) > 1 and not (first and len(word.text) > 3 and not wordlike):
            return None
        label = self.text[word.end : word.end + 1] == ":" and before.line_head
        if first and not wordlike:
            return (0.95 if before.named or before.greeted else 0.85), False
        if wordlike:
            doubtful = _plain(word) in people.MONTHS_AND_PLACES
            if before.named or before.greeted:
                return 0.8, False
            if (word.owns and next_word in people.BELONGING) or next_word in people.DOING or (label and not doubtful):
                return 0.7, False
            if before.listed or (not before.starts and not doubtful and len(run) == 1 and not _is_ordinary(word)):
                return 0.6, False
            return None
        if len(word.text) < 2:
            return None
        if before.named and before.sure:
            return 0.8, True
        if word.owns and next_word in people.BELONGING and not before.starts:
            return 0.7, False
        if surname and word.text not in people.WORDLIKE_SURNAMES and len(run) <= 2:
            return 0.65, False
        if before.listed and len(run) == 1:
            return 0.65, False
        if not before.starts and next_word in people.HUMAN_DOING and len(run) == 1:
            return 0.6, False
        return None

    def _next_word(self, word: _Word) -> str:
        match = _NEXT_WORD.match(self.text, word.end + (2 if word.owns else 0))
        return match["word"].lower() if match else ""

    def _before(self, start: int) -> "_Before":
        text = self.text
        line = text[max(0, start - 60) : start].rpartition("\n")[2]
        stripped = line.rstrip(" \u00a0\"“‘'([*-–")
        tokens = stripped.lower().replace("’", "'").split()
        starts = not stripped or stripped[-1] in ".!?:…"
        last = tokens[-1] if tokens else ""
        plain = last.strip(_PUNCTUATION)
        lower = " ".join(tokens)
        listed = 0 < start - self.last_end <= 6 and text[self.last_end : start] in (
            ", ",
            " and ",
            " & ",
            ", and ",
            " or ",
            " then ",
            "/",
        )
        comma = last.endswith(",")
        kin = plain in people.KIN or plain in people.WORK
        named, sure = False, True
        if kin and not starts:
            named, sure = True, not comma or text[start : start + 40].partition(" ")[0][-1:] in (",", ".")
        elif kin and last.endswith(":"):
            named, sure = True, False
        elif plain in people.SUBJECTS_OF_NAMING and not starts:
            thing = any(token.strip(_PUNCTUATION) in people.CALLED_THINGS for token in tokens[-5:-1])
            someone = len(tokens) > 1 and tokens[-2] in ("i", "we", "she", "he", "they", "you", "to", "just")
            named, sure = not thing, not (someone and plain == "called")
        elif (
            plain in ("him", "her", "them", "me")
            and len(tokens) > 1
            and tokens[-2] in ("call", "called", "calls", "named", "calling", "name")
        ):
            named = True
        elif lower.endswith(people.FULL_NAMING):
            thing = any(token.strip(_PUNCTUATION) in people.CALLED_THINGS for token in tokens[-5:-1])
            named = not thing
        greeted = lower.rstrip(",").endswith(people.GREETINGS)
        return _Before(starts, not line.strip(), named, sure, greeted, listed, _role(plain) if kin else "[Person]")


class _Before(NamedTuple):
    """What stands before a word."""

    starts: bool
    """Whether a sentence starts here."""
    line_head: bool
    named: bool
    """Whether a name is to be expected: kin, somebody at work, "called"."""
    sure: bool
    """Whether it is to be expected of an unknown word too."""
    greeted: bool
    listed: bool
    """Whether a name stands just before, in a row."""
    role: str


def _of_list(text: str, known: Known) -> Iterator[Found]:
    """Find the names that the team, the cases and the participants give: as they are spelt, then in small letters."""
    parts = known.parts
    if not parts:
        return
    spelt = re.compile("|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True)))
    for match in spelt.finditer(text):
        start, end = match.span()
        if (start and text[start - 1].isalnum()) or text[end : end + 1].isalnum():
            continue
        part = match.group()
        doubtful = part in people.WORDLIKE_FIRST_NAMES and part not in known.names
        yield Found(start, end, 0.6 if doubtful else 1.0, parts[part] or "[Person]")
    small = {part.casefold(): part for part in parts if len(part) > 2 and part.casefold() not in ORDINARY}
    heads = {words.split()[0] for words in small if words}
    present = {without_possessive(stretch.strip(_PUNCTUATION)).casefold() for stretch in vocabulary(text)}
    if not heads & present:
        return
    wanted = [
        words for words in small if words.split()[0] in present and small[words] not in people.WORDLIKE_FIRST_NAMES
    ]
    if not wanted:
        return
    anyhow = re.compile("|".join(re.escape(words) for words in sorted(wanted, key=len, reverse=True)), re.IGNORECASE)
    for match in anyhow.finditer(text):
        start, end = match.span()
        if (start and text[start - 1].isalnum()) or text[end : end + 1].isalnum():
            continue
        yield Found(
            start,
            end,
            0.8,
            parts[small.get(match.group().casefold(), "")] or "[Person]"
            if match.group().casefold() in small
            else "[Person]",
        )


def _in_small_letters(text: str) -> Iterator[Found]:
    present = {
        without_possessive(stretch.strip(_PUNCTUATION))
        for stretch in vocabulary(text)
        if stretch[0].islower() or stretch[0] in _PUNCTUATION
    }
    for name in sorted(present & people.SMALL_LETTER_NAMES.keys() - ORDINARY):
        for match in re.finditer(rf"{name}(?!\w)", text):
            start = match.start()
            if start and (text[start - 1].isalnum() or text[start - 1] in "@._-/"):
                continue
            before = text[max(0, start - 25) : start].lower().replace("’", "'").split()
            told = before and (
                before[-1].strip(",") in people.KIN | people.WORK | people.SUBJECTS_OF_NAMING
                or " ".join(before).endswith(people.FULL_NAMING)
            )
            yield Found(start, match.end(), 0.85 if told else 0.6, _role(before[-1]) if told else "[Person]")
    if present & _SMALL_TITLES or _SMALL_TITLES & vocabulary(text):
        for match in _SMALL_TITLE.finditer(text):
            if folded(match["name"]) not in ORDINARY:
                yield Found(
                    match.start(), match.start("name") + len(without_possessive(match["name"])), 0.8, "[Person]"
                )


def _find(text: str, known: Known) -> Iterable[Found]:
    yield from _of_list(text, known)
    yield from _Reading(text).find()
    yield from _in_small_letters(text)
    if known.model:
        for start, end in people_in(text, known.model):
            if any(folded(word) not in ORDINARY for word in text[start:end].split()):
                yield Found(start, end, 0.7, "[Person]")


RECOGNISER = Recogniser(kind="name", name="names of people", structured=False, find=_find)
