"""Which turn of an interviewer asks what a topic guide wants asked, by the words and pairs of words they share.

Interviewers seldom read a guide aloud: shared words show that something was asked, their absence shows nothing.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

ASKED_FROM = 1.2
"""The least score at which a turn counts as asking; the score of one shared word that is heard but once is near 1."""

_PAIR = 0.6
"""What two words in a row count beside two words apart."""
_LONG = 3.9
"""Turns that weigh more than this are discounted: whoever talks long shares words by chance."""
_MASKED = re.compile(r"\[[^\]\n]*\]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FILLERS = frozenset(("er", "erm", "um", "uh", "mm", "hmm", "oh"))


def _word_list(words: str) -> frozenset[str]:
    return frozenset(words.split())


_COMMON = _word_list(
    """
    a about actually after again all also am an and any anybody anyone anything are as ask at away back basically be
    because been before being but by came can come could d day did do does doing done down each either else even ever
    for from gather get gets getting give given go goes going good got had has have having he her here him his how i if
    imagine in into is it its just kind know let like little ll lot m made make mean mentioned might mind more most
    much my myself no not now number obviously of off ok okay on one or other our ourselves out over own particular
    perhaps please put quite re really remember right said same say see seem she should so some somebody someone
    something sorry sort suppose sure take talk tell than thank that the their them themselves then there these they
    thing things think this those though through time to too two up us used ve very want wanted was way we well went
    were what when where whether which while who whom whose why will with wonder wondered would yeah yes you your
    yourself t s
    """
)
_ENDINGS = ("ations", "ation", "ingly", "edly", "ings", "ing", "ies", "ied", "ers", "er", "ed", "ly", "es", "s", "e")


def stem(word: str) -> str:
    """Return a word without its ending, so that its forms are one; only for comparing.

    >>> [stem(word) for word in ("decides", "deciding", "families", "stopped", "baby")]
    ['decid', 'decid', 'family', 'stop', 'baby']
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= (4 if ending.startswith("er") else 3):
            word = word[: -len(ending)] + ("y" if ending in ("ies", "ied") else "")
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls" else word


class _Said(NamedTuple):
    """What a sentence is compared by."""

    words: frozenset[str]
    pairs: frozenset[str]


def _said(text: str) -> _Said:
    found = [w.replace("'", "").replace("’", "") for w in _WORD.findall(_MASKED.sub(" ", text).casefold())]
    stems = [word if word in _COMMON else stem(word) for word in found if word not in _FILLERS]
    words = frozenset(word for word in stems if word not in _COMMON and len(word) > 1)
    return _Said(words, frozenset(f"{a} {b}" for a, b in pairwise(stems)))


class Asker:
    """Compares turns with topics; words that are heard often count little."""

    def __init__(self, prompts: Iterable[str], turns: Iterable[str]) -> None:
        """Take in all prompts of the guides and all turns of interviewers, from which what is common is learnt."""
        heard: Counter[str] = Counter()
        total = 0
        for text in (*prompts, *turns):
            said = _said(text)
            heard.update(said.words | said.pairs)
            total += 1
        self._heard, self._total = heard, total

    def _weight(self, said: _Said) -> float:
        top = math.log(self._total + 1.0) or 1.0
        rare = {part: math.log((self._total + 1) / (self._heard[part] + 0.5)) / top for part in said.words | said.pairs}
        return sum(rare[w] for w in said.words) + _PAIR * sum(rare[p] for p in said.pairs)

    def score(self, prompt: str, turn: str) -> float:
        """Return how much a turn has in common with a prompt; 0 for nothing, without an upper bound."""
        asked, said = _said(prompt), _said(turn)
        shared = self._weight(_Said(asked.words & said.words, asked.pairs & said.pairs))
        if not shared:
            return 0.0
        return float(shared * min(1.0, _LONG / self._weight(said)) ** 0.25)

    def nearest(self, prompt: str, turns: Sequence[str]) -> tuple[int, float] | None:
        """Return the place and score of the turn that has most in common with a prompt; None where none has anything."""
        scores = [self.score(prompt, turn) for turn in turns]
        best = max(scores, default=0.0)
        return (scores.index(best), best) if best > 0 else None
