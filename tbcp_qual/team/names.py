"""Words that one copy has taken out for good and another may bring back: known without being kept anywhere.

What was purged leaves no words. But a copy that still holds them holds them in the very places where the other has
pseudonyms; and where the team's list of pseudonyms is at hand, it says what it says.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tbcp_qual.coding.records import TEXTS, Forward
from tbcp_qual.coding.redaction import Redaction
from tbcp_qual.coding.repeating import RUN
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.pseudonyms import numbered_in
from tbcp_qual.privacy.spelling import in_all_spellings
from tbcp_qual.store import Project
from tbcp_qual.store.purging import Purged

_STANDS_FOR = re.compile(r"\[[^\[\]\n]{1,60}\]")
_LONGEST = 200
"""Code points of what was replaced at once, at most."""
_WITHDRAWN = "[withdrawn]"
_ANYBODY = "[Person]"
"""What stands for a name of several people who have different roles."""

Kept = Sequence[tuple[int, int, int]]


def taken_out(mine: Project, theirs: Project, listed: Mapping[str, str]) -> dict[str, str]:
    """Return words that stand in what one of two copies has alone, and that the other has taken out for good.

    Args:
        mine: one copy.
        theirs: the other.
        listed: words with their pseudonyms, as the team's list has them; empty where it is not at hand.
    """
    found: dict[str, str] = {}
    for purger, holder in ((mine, theirs), (theirs, mine)):
        gone = purger.purged()
        if not gone.texts and not gone.values:
            continue
        known = learnt(purger, holder, gone)
        sought = _with_parts({**listed, **known})
        spelt = in_all_spellings(sought)
        redaction = Redaction(spelt)
        brought = (
            {word for text in _alone(holder, purger) for *_, word in redaction.places(text)} if redaction else set()
        )
        mine_too = {word: instead for word, instead in sought.items() if brought & in_all_spellings({word: ""}).keys()}
        if mine_too:
            there = purger.standing({**in_all_spellings(mine_too), **{p: p for p in mine_too.values()}}).words
            there |= _roles(purger)
            found |= {
                word: instead
                for word, instead in mine_too.items()
                if (word in known or instead in there) and not there & in_all_spellings({word: ""}).keys()
            }
    return found


def _roles(project: Project) -> set[str]:
    """Return what stands for names that are several people's, as far as one of them was replaced: `[Child]`."""
    texts = project.texts({document.text for document in project.records("document")})
    lettered = {pseudonym for text in texts.values() for pseudonym in numbered_in(text)}
    return {f"{pseudonym.rpartition(' ')[0]}]" for pseudonym in lettered} | ({_ANYBODY} if lettered else set())


def _with_parts(words: Mapping[str, str]) -> dict[str, str]:
    """Add the surname and the first name of names of several words: each of them is gone where the whole is."""
    names = {name: by for name, by in words.items() if all(part[0].isupper() for part in _plain(name).split())}
    return {**Known(names=names).parts, **words}


def _plain(name: str) -> str:
    return "".join(sign if sign.isalpha() or sign in " '’-" else "0" for sign in name)


def _alone(holder: Project, purger: Project) -> Iterator[str]:
    """Give whatever was written in one copy and not in the other."""
    hashes: set[str] = set()
    for revision in holder.revisions(holder.revision_ids() - purger.revision_ids()):
        yield revision.label
        for change in revision.changes:
            for name, pair in change.fields.items():
                if name in TEXTS.get(change.kind, ()):
                    hashes.update(value for value in pair if value)
                else:
                    yield from strings_in(pair)
    yield from holder.texts(hashes).values()


def strings_in(value: Any) -> Iterator[str]:
    """Give the strings in a value of the journal."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from strings_in(part)


def learnt(purger: Project, holder: Project, gone: Purged) -> dict[str, str]:
    """Return the words that one copy still holds where the other has pseudonyms, with these."""
    found: dict[str, str] = {}
    pairs = [pair for here, there in holder.held(gone) for pair in _pairs(here, there).items()]
    pairs += [pair for before, after in _gaps(purger, holder, gone) for pair in instead_of(before, after).items()]
    for words, pseudonym in pairs:
        # One name may be several people's.
        found[words] = pseudonym if found.get(words, pseudonym) == pseudonym else _ANYBODY
    return {
        words: pseudonym
        for words, pseudonym in found.items()
        if sum(map(str.isalnum, words)) > 1 and (pseudonym != _WITHDRAWN or len(words.split()) >= RUN)
    }


def _pairs(here: Any, there: Any) -> dict[str, str]:
    """Return what was replaced between two values of one shape."""
    if isinstance(here, str) and isinstance(there, str):
        return instead_of(here, there)
    found: dict[str, str] = {}
    if isinstance(here, list) and isinstance(there, list) and len(here) == len(there):
        for one, other in zip(here, there, strict=True):
            found |= _pairs(one, other)
    return found


def instead_of(before: str, after: str) -> dict[str, str]:
    """Return the words in whose place pseudonyms were put, where nothing else differs.

    >>> instead_of("Tyler's nan and [P07]", "[Child A]'s nan and [P07]")
    {'Tyler': '[Child A]'}
    >>> instead_of("She said", "He said")
    {}
    """
    if before == after:
        return {}
    pseudonyms = [found.group() for found in _STANDS_FOR.finditer(after)]
    parts = [re.escape(part) for part in _STANDS_FOR.split(after)]
    spelt = "".join(part + f"(.{{1,{_LONGEST}}}?)" for part in parts[:-1]) + parts[-1]
    match = re.fullmatch(spelt, before, re.DOTALL) if pseudonyms else None
    if match is None:
        return {}
    pairs = zip(match.groups(), pseudonyms, strict=True)
    return {" ".join(words.split()): pseudonym for words, pseudonym in pairs if words != pseudonym and words.strip()}


def _gaps(purger: Project, holder: Project, gone: Purged) -> Iterator[tuple[str, str]]:
    """Give the stretches of purged texts that were replaced, with what took their place."""
    bodies = {text: body for text, body in holder.texts(gone.texts).items() if body}
    if not bodies:
        return
    onward: dict[str, list[Forward]] = {}
    for forward in purger.records("forward"):
        onward.setdefault(forward.before, []).append(forward)
    for text, before in bodies.items():
        queue: list[tuple[str, Kept | None]] = [(text, None)]
        passed = {text}
        while queue:
            here, kept = queue.pop()
            for forward in onward.get(here, ()):
                if forward.after in passed:
                    continue
                passed.add(forward.after)
                way = forward.kept if kept is None else _through(kept, forward.kept)
                after = purger.texts([forward.after]).get(forward.after, "")
                if after:
                    yield from _replaced(before, after, way)
                else:
                    queue.append((forward.after, way))


def withdrawn_stretches(purger: Project, holder: Project, gone: Purged) -> Iterator[str]:
    """Give the stretches of texts that one copy still holds and that say no more in the other than that somebody withdrew."""
    return (before for before, after in _gaps(purger, holder, gone) if after.strip() == _WITHDRAWN)


def _through(first: Kept, second: Kept) -> Kept:
    """Return what of a text is still there after two corrections, from what each has kept."""
    found: list[tuple[int, int, int]] = []
    for start, middle, length in first:
        for there, after, other in second:
            low, high = max(middle, there), min(middle + length, there + other)
            if low < high:
                found.append((start + low - middle, after + low - there, high - low))
    return (*found, (first[-1][0], second[-1][1], 0)) if first and second else ()


def _replaced(before: str, after: str, kept: Iterable[tuple[int, int, int]]) -> Iterator[tuple[str, str]]:
    a = b = 0
    for start, to, length in kept:
        instead = after[b:to]
        if start > a and to > b and (max(start - a, to - b) <= _LONGEST or instead.strip() == _WITHDRAWN):
            yield before[a:start], instead
        a, b = start + length, to + length
