"""Which capitalised words are somebody's name: after a title, kin or "called", by first names and surnames we know.

A capitalised word alone is no name; it takes a sign. What a strong sign finds once is then found wherever it stands.
"""

import re
from collections.abc import Iterator

from tbcp_qual.privacy import people
from tbcp_qual.privacy.capitals import (
    Word,
    is_first,
    is_ordinary,
    is_spelt_like_a_name,
    is_surname,
    is_wordlike,
    listed_form,
    runs,
)
from tbcp_qual.privacy.finding import Found
from tbcp_qual.privacy.leading import Before, before_word, role_of
from tbcp_qual.privacy.signs import after_it, before_it
from tbcp_qual.privacy.wording import LETTERS, NAME_WORD, ORDINARY, words_in

_NEXT_WORD = re.compile(rf"[ \u00a0]+(?P<word>[{LETTERS}]+(?:['’][{LETTERS}]+)?)")
_MOST_WORDS = 4
_KIN = "|".join(sorted(people.KIN, key=lambda kin: (-len(kin), kin)))
_KIN_AFTER = re.compile(rf", (?:my|her|his|our|their) (?:\w+ )?(?:{_KIN})\b")
_OF_A_YEAR = re.compile(r"[- ]?['’]?\d| (?:and|or|to) [JFMASOND][a-z]+ \d|\)")
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
        self.loose: dict[str, list[tuple[list[Word], int]]] = {}
        """By how it is spelt: each capitalised word that had no sign, as its row and its place in it."""
        self.last_end = -1
        """Where the name found last ends."""

    def find(self) -> Iterator[Found]:
        for run in runs(self.text):
            if any(not is_ordinary(word) or word.text in people.TITLES for word in run):
                yield from self._names_in(run)
        yield from self._known_again()

    def _known_again(self) -> Iterator[Found]:
        """Find names again wherever they stand, with the unknown word beside each, which is then a name too."""
        short = {name for name in self.loose if any(_is_short_for(name, whole) for whole in self.strong)}
        self.strong |= {name for name in short if self._spreads(self.loose[name][0][0][self.loose[name][0][1]])}
        done: set[str] = set()
        while todo := sorted(name for name in self.strong - done if name in self.loose or f"{name}s" in self.loose):
            done.update(todo)
            for name in todo:
                for run, place in [*self.loose.get(name, ()), *self.loose.get(f"{name}s", ())]:
                    first, last = self._beside(run, place)
                    yield Found(run[first].start, run[last].end, 0.8, "[Person]")

    def _beside(self, run: list[Word], place: int) -> tuple[int, int]:
        """Return the first and the last place of the name that a word we know as one is part of; new parts are kept."""
        first = last = place
        unknown = [not is_ordinary(word) and len(word.text) > 1 and not word.text.isupper() for word in run]
        if first and unknown[first - 1] and not run[first - 1].owns:
            first -= 1
        if not run[last].owns and last + 1 < len(run):
            last += unknown[last + 1] or (is_surname(run[last + 1]) and last + 2 == len(run))
        if len(run) > 3 or (last + 1 < len(run) and run[last + 1].text.casefold() in people.ORGANISATIONS):
            return place, place
        self.strong.update(word.text for word in run[first : last + 1] if self._spreads(word))
        return first, last

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
                    self.loose.setdefault(word.text, []).append((run, place))
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
        before = before_word(self.text, word.start, self.last_end)
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
            stop = run[end - 1].end if also else word.end
            return Found(word.start, stop, score, before.role), (end if stop != word.end else place + 1)
        return None

    def _single(self, word: Word, run: list[Word], place: int, before: Before) -> tuple[float, bool] | None:
        """Return how sure one word by itself is a name, and whether the words after it belong to it."""
        first, surname, wordlike = is_first(word), is_surname(word), is_wordlike(word)
        next_word = self._next_word(word)
        if word.text.isupper() and len(word.text) > 1 and not (first and len(word.text) > 3 and not wordlike):
            return None
        if word.text in people.TITLES and not before.named:
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
            return self._told(word, run, before)
        if len(word.text) < 2:
            return None
        if before.named and before.sure:
            return 0.8, True
        told = self._told(word, run, before)
        if told is not None:
            return told
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

    def _told(self, word: Word, run: list[Word], before: Before) -> tuple[float, bool] | None:
        """Return how sure an unknown word is a name by its signs; a second unknown word after it belongs to it."""
        ethnic = word.text.casefold() in people.PEOPLES or word.text.endswith(("ish", "ese"))
        # What stands in small letters too is a word.
        if len(word.text) < 3 or ethnic or word.text in people.TITLES or word.text.lower() in words_in(self.text):
            return None
        at = run.index(word)
        also = at + 2 == len(run) and not word.owns and not is_ordinary(run[-1])
        if at + 1 < len(run) and not also:
            return None
        end = run[-1].end if also else word.end
        sure = after_it(self.text, end, starts=before.starts, the=before.the)
        if not before.starts and not before.the:
            sure = max(sure, before_it(self.text, word.start, end, before.tokens))
            if not sure and not before.placed and is_spelt_like_a_name(word):
                sure = 0.6
        if not sure:
            return None
        self.strong.update(one.text for one in run[at:] if self._spreads(one))
        return sure, also

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


def _is_short_for(name: str, whole: str) -> bool:
    """Whether a word may be what somebody is called for short: Jas for Jaswinder."""
    return 3 <= len(name) <= len(whole) - 2 and whole.startswith(name)


def is_somebody(text: str, start: int, end: int) -> bool:
    """Return whether a name that is also a word, and is known to be somebody's, is that person here."""
    before = before_word(text, start)
    after = _AFTER_NAME.match(text, end)
    next_word = after["word"].lower().replace("’", "'") if after and after["word"] else ""
    if before.the or next_word == "of" or _CITED_AFTER.match(text, end):
        return False
    if before.named or before.greeted or not before.starts:
        return True
    if text[end : end + 2] in ("'s", "’s") or (after is not None and after["mark"]):
        return True
    return next_word in people.DOING or next_word in people.BEING
