"""Finding a quotation again in another version of its text: word for word, or nearly so, by what stood around it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain, pairwise

from tbcp_qual.coding.spans import Span

CONTEXT = 14
"""Words on either side of a quotation that tell one place from another."""
_WORD = re.compile(r"\w+")
_FEW = 3
_ENOUGH, _PLENTY = 6, 20
"""Words that are told from others by themselves; fewer need their context."""
_ALIKE, _MOSTLY, _NEARLY, _SAME_PLACE = 65.0, 72.0, 82.0, 70.0
"""Out of 100: what must be reached by words in their place, by plenty or enough of them anywhere, and by a context."""
_COMMON = 400
"""A word, or two together, that stand so often in a text say nothing of a place."""
_LOOKED_AT = 60
_LONG = 240
"""Words of a quotation of which only the beginning and the end are looked for."""


class Quotations:
    """A text in which quotations are looked for; what is prepared for the first serves all."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        return [found.span() for found in _WORD.finditer(self.text)]

    @cached_property
    def _words(self) -> list[str]:
        return [self.text[start:end].casefold() for start, end in self._places]

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for place, word in enumerate(self._words):
            index.setdefault(word, []).append(place)
        return index

    @cached_property
    def _pairs(self) -> dict[tuple[str, str], list[int]]:
        pairs: dict[tuple[str, str], list[int]] = {}
        for place, pair in enumerate(pairwise(self._words)):
            pairs.setdefault(pair, []).append(place)
        return pairs

    def find(self, quoted: str, *, before: str, after: str, near: int, alone: bool) -> Span | None:
        """Return where a quotation is; None where it is not, or could be in several places.

        Args:
            quoted: the words as they were.
            before: what stood before them.
            after: what stood after them.
            near: about where they should be, in code points.
            alone: whether they stood once in their text, so that one place is enough.
        """
        words = [word.casefold() for word in _WORD.findall(quoted)]
        if not words:
            return None
        around = (_last(before), _first(after))
        exact = self._exact(words, near)
        if exact:
            best = max(exact, key=lambda place: (*self._context(place, len(words), around), -self._far(place, near)))
            sure = len(words) >= _ENOUGH or (alone and len(exact) == 1 and len(words) >= _FEW)
            if sure or self._context(best, len(words), around)[0] >= _SAME_PLACE:
                return self._trimmed_like(quoted, best, best + len(words))
        if len(words) < _FEW:
            return None
        found = self._long(words, around) if len(words) > _LONG else self._nearly(words, around)
        return self._trimmed_like(quoted, *found) if found else None

    def _far(self, place: int, near: int) -> int:
        return abs(self._places[place][0] - near)

    def _exact(self, words: Sequence[str], near: int) -> list[int]:
        """Return the places of the same words in the same order, the nearest if there are many."""
        if len(words) == 1:
            return sorted(self._index.get(words[0], ()), key=lambda place: self._far(place, near))[:_LOOKED_AT]
        places = [self._pairs.get(pair, []) for pair in pairwise(words)]
        rarest = min(range(len(places)), key=lambda n: len(places[n]))
        found = [
            place - rarest
            for place in places[rarest]
            if place >= rarest and self._words[place - rarest : place - rarest + len(words)] == words
        ]
        return sorted(found, key=lambda place: self._far(place, near))[:_LOOKED_AT]

    def _context(self, place: int, length: int, around: tuple[Sequence[str], Sequence[str]]) -> tuple[float, float]:
        """Say how alike what stands around is: the better side, and both together."""
        from rapidfuzz import fuzz

        before = _last_of(self._words[max(place - 2 * CONTEXT, 0) : place])
        after = _first_of(self._words[place + length : place + length + 2 * CONTEXT])
        scores = []
        for was, now, end in ((around[0], before, -1), (around[1], after, 1)):
            few = min(len(was), len(now))
            near = [" ".join(words[-few:] if end < 0 else words[:few]) for words in (was, now)]
            scores.append(fuzz.ratio(*near) if few >= _FEW else 0.0)
        return max(scores), sum(scores)

    def _nearly(self, words: Sequence[str], around: tuple[Sequence[str], Sequence[str]]) -> tuple[int, int] | None:
        """Return the words, from and to, that are most like a quotation, if they are like enough."""
        from rapidfuzz import fuzz

        quoted = " ".join(words)
        step = max(len(words) // 4, 4)
        votes: Counter[int] = Counter()
        said = [self._index.get(word, ()) for word in words], [self._pairs.get(pair, ()) for pair in pairwise(words)]
        for n, places in chain(*map(enumerate, said)):
            if len(places) <= _COMMON:
                votes.update({(place - n) // step for place in places})
        best: tuple[float, float, tuple[int, int]] | None = None
        for bucket, _ in votes.most_common(5):
            first = max((bucket - 1) * step, 0)
            last = min((bucket + 2) * step + len(words), len(self._words))
            window = " ".join(self._words[first:last])
            aligned = fuzz.partial_ratio_alignment(quoted, window, score_cutoff=_ALIKE - 15)
            if aligned is None or len(window) < len(quoted) // 2:
                continue
            start = first + window[: aligned.dest_start].count(" ")
            end = first + window[: aligned.dest_end].rstrip().count(" ") + 1
            score, place = self._climbed(quoted, start, min(end, len(self._words)))
            context = self._context(place[0], place[1] - place[0], around)[0]
            sure = len(words) >= _ENOUGH and score >= (_MOSTLY if len(words) >= _PLENTY else _NEARLY)
            fits = sure or (score >= _ALIKE and context >= _SAME_PLACE)
            if fits and (best is None or (score + context / 4, score) > best[:2]):
                best = (score + context / 4, score, place)
        return best[2] if best else None

    def _climbed(self, quoted: str, start: int, end: int) -> tuple[float, tuple[int, int]]:
        """Move both ends, a few words at a time, for as long as what lies between gets more like the quotation."""
        from rapidfuzz import fuzz

        def score(first: int, last: int) -> float:
            return fuzz.ratio(quoted, " ".join(self._words[first:last]))

        best, place = score(start, end), (start, end)
        for _ in range(len(quoted)):
            tried = [(place[0] + by, place[1]) for by in range(-6, 7)] + [
                (place[0], place[1] + by) for by in range(-6, 7)
            ]
            fit = [(f, t) for f, t in tried if 0 <= f < t <= len(self._words)]
            better = max(fit, key=lambda p: score(*p), default=place)
            if score(*better) <= best:
                break
            best, place = score(*better), better
        return best, place

    def _long(self, words: Sequence[str], around: tuple[Sequence[str], Sequence[str]]) -> tuple[int, int] | None:
        """Return where a long quotation begins and ends, each found by itself."""
        part = _LONG // 4
        begins = self._nearly(words[:part], (around[0], _first_of(words[part : part + 2 * CONTEXT])))
        ends = self._nearly(words[-part:], (_last_of(words[-part - 2 * CONTEXT : -part]), around[1]))
        if begins is None or ends is None:
            return None
        length = ends[1] - begins[0]
        return (begins[0], ends[1]) if len(words) / 2 <= length <= 2 * len(words) else None

    def _trimmed_like(self, quoted: str, first: int, last: int) -> Span:
        """Return the span of words, with the same punctuation at either end as the quotation has."""
        start, end = self._places[first][0], self._places[last - 1][1]
        found = list(_WORD.finditer(quoted))
        for sign in reversed(quoted[: found[0].start()].lstrip()):
            if start == 0 or self.text[start - 1] != sign:
                break
            start -= 1
        for sign in quoted[found[-1].end() :].rstrip():
            if end == len(self.text) or self.text[end] != sign:
                break
            end += 1
        return Span(start, end)


def alike(first: str, second: str) -> float:
    """Say how alike two wordings are, out of 100."""
    from rapidfuzz import fuzz

    return fuzz.ratio(first.casefold(), second.casefold())


def _last(text: str) -> list[str]:
    """Return the last words of what stands before; figures are left out, as time stamps come and go."""
    return _last_of([word.casefold() for word in _WORD.findall(text)])


def _first(text: str) -> list[str]:
    return _first_of([word.casefold() for word in _WORD.findall(text)])


def _last_of(words: Iterable[str]) -> list[str]:
    return [word for word in words if not word.isdigit()][-CONTEXT:]


def _first_of(words: Iterable[str]) -> list[str]:
    return [word for word in words if not word.isdigit()][:CONTEXT]
