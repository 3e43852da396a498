"""Finding codes and documents by a few typed letters: prefix first, then word starts, then recent, then fuzzy."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

LEAST_FUZZY = 75.0
"""The least score out of 100 at which a misspelt name is still offered."""


class Candidate(NamedTuple):
    """Something that can be found by its name."""

    key: str
    name: str
    path: str = ""
    """Where it lies; searched after the name."""


class Match(NamedTuple):
    """Something that fits what was typed."""

    key: str
    exact: bool
    """Whether the typed letters are all there; False for what is only spelt alike."""


def rank(candidates: Iterable[Candidate], typed: str, recent: Sequence[str] = ()) -> list[Match]:
    """Return what fits, the best first; with nothing typed, recent ones and then all in their order.

    Args:
        candidates: what can be found, in their usual order.
        typed: what was typed so far.
        recent: keys, the latest first.

    >>> found = rank([Candidate("a", "Joint visits"), Candidate("b", "Visits kept"), Candidate("c", "Unseen")], "vis")
    >>> [match.key for match in found]
    ['b', 'a']
    """
    some = list(candidates)
    order = {candidate.key: place for place, candidate in enumerate(some)}
    latest = {key: place for place, key in enumerate(recent)}
    wanted = " ".join(typed.casefold().split())
    if not wanted:
        return [Match(key, True) for key in sorted(order, key=lambda key: (latest.get(key, len(latest)), order[key]))]
    from rapidfuzz import fuzz

    scored = []
    for candidate in some:
        name, path = candidate.name.casefold(), candidate.path.casefold()
        if name.startswith(wanted):
            tier = 0.0
        elif all(any(word.startswith(part) for word in name.split()) for part in wanted.split()):
            tier = 1.0
        elif wanted in name:
            tier = 2.0
        elif all(any(word.startswith(part) for word in path.split()) for part in wanted.split()):
            tier = 3.0
        else:
            score = fuzz.partial_ratio(wanted, name) if len(wanted) > 2 else 0.0
            if score < LEAST_FUZZY:
                continue
            tier = 4.0 + (100.0 - score) / 100.0
        scored.append((tier, latest.get(candidate.key, len(latest)), order[candidate.key], candidate.key))
    return [Match(key, tier < 4) for tier, *_, key in sorted(scored)]
