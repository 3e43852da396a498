"""Which capitalised words are somebody's name: after a title, kin or "called", by first names and surnames we know.

A capitalised word alone is no name; it takes a sign. What a strong sign finds once is then found wherever it stands.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tbcp_qual.privacy import people
from tbcp_qual.privacy.capitals import Word, is_first, is_ordinary, is_surname, is_wordlike, listed_form, runs
from tbcp_qual.privacy.finding import Found
from tbcp_qual.privacy.wording import LETTERS, NAME_WORD, ORDINARY, word_set

_NEXT_WORD = re.compile(rf"[ \u00a0]+(?P<word>[{LETTERS}]+(?:['’][{LETTERS}]+)?)")
_PUNCTUATION = ".,;:!?()[]\"“”‘’'-–—/*_"
_MOST_WORDS = 4
_CHILD = word_set(
    "son daughter baby babies twin twins toddler eldest oldest youngest kids children boy girl Baby Child"
    " Son Daughter Twin"
)
_PARTNER = word_set("partner husband wife boyfriend girlfriend ex fiancé fiance Partner Husband Wife")
_AT_WORK = people.WORK | word_set(
    "Dr Doctor Prof Professor Nurse Sister Matron PC DC DS DI WPC PCSO Sgt Midwife Worker Visitor Practitioner"
)


def role_of(word: str) -> str:
    """Return in brackets what somebody is called after this word: a child, a partner, a worker."""
    if word in _CHILD:
        return "[Child]"
    if word in _PARTNER:
        return "[Partner]"
    if word in _AT_WORK:
        return "[Worker]"
    return "[Relative]" if word in people.KIN else "[Person]"


_KIN = "|".join(sorted(people.KIN, key=lambda kin: (-len(kin), kin)))
_KIN_AFTER = re.compile(rf", (?:my|her|his|our|their) (?:\w+ )?(?:{_KIN})\b")
_ENDS_THERE = re.compile(rf"{NAME_WORD}(?:['’]s)?[,.]")
_OF_A_YEAR = re.compile(r"[- ]?['’]?\d| (?:and|or|to) [JFMASOND][a-z]+ \d|\)")
_MINE = word_set("my her his our their the")
_PEOPLES = ("ish", "ese", "ian", "an", "ic", "ist", "im", "ch", "i")
_CITED_AFTER = re.compile(r" (?:et al\b|\((?:19|20)\d\d|(?:19|20)\d\d\))")
_PAIR = re.compile(rf" (?:and|&) {NAME_WORD} (?P<verb>[a-z]+)")
_PAIR_BEFORE = re.compile(rf"(?:^|[^\w’']){NAME_WORD} (?:and|&) $")
_AFTER_NAME = re.compile(rf"(?:['’]s)?(?: (?P<word>[{LETTERS}'’]+)|(?P<mark>[.,;:?!)\]]|\s|$))")


class Reading:
    """One text as its names are looked for: what was found with certainty helps with the rest."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.strong: set[str] = set()
        self.loose: dict[str, list[Word]] = {}
        self.last_end = -1
        """Where the name found last ends."""

    def find(self) -> Iterator[Found]:
        for run in runs(self.text):
            if any(not is_ordinary(word) or word.text in people.TITLES for word in run):
                yield from self._names_in(run)
        for word in sorted(self.strong & self.loose.keys()):
            for seen in self.loose[word]:
                yield Found(seen.start, seen.end, 0.8, "[Person]")

    def _names_in(self, run: list[Word]) -> Iterator[Found]:
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
                if not is_ordinary(word):
                    self.loose.setdefault(word.text, []).append(word)
                place += 1
                continue
            found, place = named
            if found.score >= 0.8:
                self.strong.update(w.text for w in run if found.start <= w.start < found.end and self._spreads(w))
            self.last_end = found.end
            yield found

    def _spreads(self, word: Word) -> bool:
        return (
            len(word.text) > 2
            and not is_ordinary(word)
            and not is_wordlike(word)
            and word.text not in people.WORDLIKE_SURNAMES
        )

    def _take(self, run: list[Word], place: int, *, titled: bool = False) -> int:
        """Return the place after the words that can belong to one name, from `place` on."""
        first = place
        while place < len(run) and place - first < _MOST_WORDS - 1:
            word = run[place]
            if place > first and word.text in people.TITLES:
                break
            initial = len(word.text) == 1 and word.text != "I"
            known = is_first(word) or is_surname(word)
            surname_only = place > first or titled
            if (
                is_ordinary(word)
                and not (initial and place > first - titled)
                and not (known and surname_only and not self._describes(run, place))
            ):
                break
            if not initial and not known and word.text.isupper():
                break
            place += 1
            if word.owns:
                break
        while place > first and len(run[place - 1].text) == 1:
            place -= 1
        return place

    def _describes(self, run: list[Word], place: int) -> bool:
        """Whether an ordinary word goes on to describe what follows, as Young in Young People."""
        return place + 1 < len(run) and is_ordinary(run[place + 1])

    def _after_title(self, run: list[Word], place: int) -> tuple[Found, int] | None:
        title = run[place].text
        if title in people.TITLES and not run[place].owns:
            end = self._take(run, place + 1, titled=True)
            if end == place + 1 or (run[end - 1].owns and self._next_word(run[end - 1]) in people.NOT_SOMEBODY):
                return None
            names = run[place + 1 : end]
            self.strong.update(word.text for word in names if self._spreads(word))
            return Found(run[place].start, run[end - 1].end, 0.95, role_of(title)), end
        if title in people.WEAK_TITLES and place + 1 < len(run) and is_first(run[place + 1]):
            end = max(self._take(run, place + 1), place + 2)
            sure = 0.7 if is_wordlike(run[place + 1]) else 0.92
            return Found(run[place + 1].start, run[end - 1].end, sure, role_of(title)), end
        return None

    def _name_at(self, run: list[Word], place: int) -> tuple[Found, int] | None:
        word = run[place]
        first, surname = is_first(word), is_surname(word)
        if is_ordinary(word) and not first:
            return None
        if place and run[place - 1].text in ("St", "Saint"):
            return None
        end = max(self._take(run, place), place + 1) if not word.owns else place + 1
        before = self.before(word.start)
        follows = run[end].text.casefold() if end < len(run) and not run[end - 1].owns else ""
        if follows in people.ORGANISATIONS and not before.named:
            return None
        if self._next_word(run[end - 1]) in people.NOT_SOMEBODY:
            return None
        span = (word.start, run[end - 1].end)
        whole = end - place > 1
        if before.cited or _CITED_AFTER.match(self.text, run[end - 1].end):
            return None
        known_surname = whole and any(is_surname(w) for w in run[place + 1 : end])
        if first and whole:
            if not is_wordlike(word):
                # Ling Lane is as well a street as somebody.
                street = run[end - 1].text.casefold() in people.ORGANISATIONS and (before.placed or before.comma)
                return Found(*span, 0.7 if street else 0.95, before.role), end
            ordinary = all(w.text.casefold() in ORDINARY for w in run[place + 1 : end])
            if known_surname and not (ordinary and before.starts) and not (is_ordinary(word) and before.starts):
                return Found(*span, 0.85, before.role), end
            if before.named:
                return Found(*span, 0.85, before.role), end
            return (Found(*span, 0.55, before.role), end) if not before.starts and not is_ordinary(word) else None
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

    def _single(self, word: Word, run: list[Word], place: int, before: "_Before") -> tuple[float, bool] | None:
        """Return how sure one word by itself is a name, and whether the words after it belong to it."""
        first, surname, wordlike = is_first(word), is_surname(word), is_wordlike(word)
        next_word = self._next_word(word)
        if word.text.isupper() and len(word.text) > 1 and not (first and len(word.text) > 3 and not wordlike):
            return None
        label = self.text[word.end : word.end + 1] == ":" and before.line_head
        if first and not wordlike:
            return (0.95 if before.named or before.greeted else 0.85), False
        if wordlike:
            doubtful = listed_form(word) in people.MONTHS_AND_PLACES
            if word.text in people.MONTHS and _OF_A_YEAR.match(self.text, word.end):
                return None
            if (before.named and not before.comma) or before.greeted:
                return 0.8, False
            if (word.owns and next_word in people.BELONGING) or next_word in people.DOING or (label and not doubtful):
                return 0.7, False
            if before.the or next_word == "of":
                return None
            if _KIN_AFTER.match(self.text, word.end):
                return 0.8, False
            if before.listed or (not before.starts and not doubtful and len(run) == 1 and not is_ordinary(word)):
                return 0.6, False
            return None
        if len(word.text) < 2:
            return None
        if before.named and before.sure:
            return 0.8, True
        if before.kin_is and not word.text.endswith(_PEOPLES):
            return 0.6, False
        if _KIN_AFTER.match(self.text, word.end) and not before.starts:
            return 0.7, False
        if word.owns and next_word in people.BELONGING and not before.starts:
            return 0.7, False
        if surname and word.text not in people.WORDLIKE_SURNAMES and len(run) <= 2:
            return None if self._among_authors(word) else (0.65, False)
        if before.listed and len(run) == 1:
            return 0.65, False
        if not before.starts and next_word in people.HUMAN_DOING and len(run) == 1:
            return 0.6, False
        return None

    def _among_authors(self, word: Word) -> bool:
        """Whether a bare surname is one of two that are cited: Patel and Byrne say."""
        pair = _PAIR.match(self.text, word.end)
        if pair is not None and pair["verb"] in people.CITING:
            return True
        ahead = _PAIR_BEFORE.search(self.text, max(0, word.start - 40), word.start)
        return ahead is not None and self._next_word(word) in people.CITING

    def _next_word(self, word: Word) -> str:
        match = _NEXT_WORD.match(self.text, word.end + (2 if word.owns else 0))
        return match["word"].lower() if match else ""

    def before(self, start: int) -> "_Before":
        """Return what stands before a place of the text."""
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
            named, sure = True, not comma or _ENDS_THERE.match(text, start) is not None
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
        kin_is = plain in ("is", "was") and len(tokens) > 2 and tokens[-2] in people.KIN and tokens[-3] in _MINE
        greeted = lower.rstrip(",").endswith(people.GREETINGS)
        return _Before(
            starts=starts,
            line_head=not line.strip(),
            named=named,
            sure=sure,
            greeted=greeted,
            listed=listed,
            kin_is=kin_is,
            the=plain in people.NOT_SOMEBODY_BEFORE,
            placed=plain in people.PLACE_BEFORE or plain in ("on", "down", "along", "up"),
            comma=comma,
            cited=plain in ("cf", "see") and last.endswith("."),
            role=role_of(plain if kin else ""),
        )


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
    kin_is: bool
    """Whether somebody's kin is being told by name or else: my wife is."""
    the: bool
    """Whether an article stands before."""
    placed: bool
    """Whether a word for being somewhere stands before."""
    comma: bool
    cited: bool
    role: str


def is_somebody(text: str, start: int, end: int) -> bool:
    """Return whether a name that is also a word, and is known to be somebody's, is that person here."""
    reading = Reading(text)
    before = reading.before(start)
    after = _AFTER_NAME.match(text, end)
    next_word = after["word"].lower().replace("’", "'") if after and after["word"] else ""
    if before.the or next_word == "of" or _CITED_AFTER.match(text, end):
        return False
    if before.named or before.greeted or not before.starts:
        return True
    if text[end : end + 2] in ("'s", "’s") or (after is not None and after["mark"]):
        return True
    return next_word in people.DOING or next_word in people.BEING
