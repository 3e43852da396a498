"""The turns of a corrected text: those that are still there keep their ids, and what a person has put right in them.

Where the file has not changed, the division of the document stands as people have left it.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tbcp_qual.coding.changes import Change, create, remove, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.placing import Kept
from tbcp_qual.coding.records import Role, Turn, turn_id
from tbcp_qual.language.quotations import Quotations
from tbcp_qual.readers.documents.draft import DraftTurn

_TIME = re.compile(r"[\[(#<]*\d{1,3}:\d{2}(?::\d{2})?(?:[.,-]\d{1,3})?[\])#>]*")
_WORD = re.compile(r"\w+")
_HALF, _FIFTH = 0.5, 0.2
"""What two turns share at least, of the shorter and of the longer, to be the same turn."""
_AROUND = 200
"""Code points on either side that tell the place of a turn that was moved and corrected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisedTurns:
    """What becomes of the turns of a document."""

    turns: tuple[Turn, ...]
    """Those of the corrected text, in order."""
    new: frozenset[str]
    """Ids of those that were not there before."""
    gone: tuple[Turn, ...]
    """Those that are not there any more."""
    changes: tuple[Change, ...]


def revise_turns(
    old: Sequence[Turn],
    drafts: Sequence[DraftTurn],
    before: str,
    after: str,
    kept: Kept,
    *,
    document: str,
    text: str,
    stored: Mapping[str, Turn],
    quotations: Quotations,
) -> RevisedTurns:
    """Find the turns of a document again among those that were read from its corrected file.

    Args:
        old: the turns on the text before, in order.
        drafts: what was read, in order.
        before: the text before.
        after: the corrected text.
        kept: what the two share.
        document: the id of the document.
        text: the hash of the corrected text.
        stored: the turns by id as they are stored; one of them may be on an earlier text.
        quotations: finds words in the corrected text.
    """
    found = _as_divided(old, drafts, before, after, kept)
    same = _same_turns(old, found, before, kept, quotations)
    voices = _Voices(old, found, same, before, after)
    turns: list[Turn] = []
    changes: list[Change] = []
    new: set[str] = set()
    for place, draft in enumerate(found):
        was = old[same[place]] if place in same else None
        speaker, role, participant = voices.of(draft, was)
        values = {
            "document": document,
            "text": text,
            "head": draft.head,
            "start": draft.start,
            "end": draft.end,
            "speaker": speaker,
            "role": role,
            "section": voices.section(draft, was),
            "time": was.time if draft.time is None and was else draft.time,
            "date": draft.date or (was.date if was else ""),
            "participant": participant,
        }
        if was is None:
            derived = turn_id(document, text, draft.head)
            turn = Turn(id=new_id() if derived in stored else derived, **values)  # type: ignore[arg-type]
            new.add(turn.id)
            changes.append(create(turn))
        else:
            turn = replace(was, **values)  # type: ignore[arg-type]
            changes.append(update(stored[was.id], **values))
        turns.append(turn)
    still = set(same.values())
    gone = tuple(turn for place, turn in enumerate(old) if place not in still)
    return RevisedTurns(
        turns=tuple(turns),
        new=frozenset(new),
        gone=gone,
        changes=(*changes, *(remove(stored[turn.id]) for turn in gone)),
    )


class _Offsets:
    """Where kept offsets of one text lie in the other."""

    def __init__(self, kept: Iterable[tuple[int, int, int]]) -> None:
        self._kept = [block for block in kept if block[2]]
        self._starts = [block[0] for block in self._kept]

    def at(self, offset: int) -> int | None:
        """Return where a code point went; None where it was replaced."""
        place = bisect_right(self._starts, offset) - 1
        if place < 0:
            return None
        start, to, length = self._kept[place]
        return to + offset - start if offset < start + length else None


def _as_divided(
    old: Sequence[Turn], drafts: Sequence[DraftTurn], before: str, after: str, kept: Kept
) -> list[DraftTurn]:
    """Return drafts split and joined as the old turns are, where the words around the division are the same."""
    back = _Offsets([(to, start, length) for start, to, length in kept])
    forth = _Offsets(kept)
    heads = [turn.head for turn in old]

    def undivided(first: DraftTurn, second: DraftTurn) -> bool:
        """Whether the words where two drafts meet lay, just so, within one turn."""
        start, end = back.at(first.end - 1), back.at(second.start)
        if start is None or end is None or before[start : end + 1] != after[first.end - 1 : second.start + 1]:
            return False
        place = bisect_right(heads, start) - 1
        return place >= 0 and old[place].start <= start < end < old[place].end

    joined: list[DraftTurn] = []
    for draft in drafts:
        if joined and joined[-1].start < joined[-1].end and draft.start < draft.end and undivided(joined[-1], draft):
            joined[-1] = replace(joined[-1], end=draft.end)
        else:
            joined.append(draft)
    divisions: list[tuple[int, int]] = []
    for turn, following in pairwise(old):
        if turn.start == turn.end or following.start == following.end or following.head < following.start:
            continue
        end, start = forth.at(turn.end - 1), forth.at(following.start)
        if end is None or start is None:
            continue
        there, here = before[turn.end : following.start], after[end + 1 : start]
        # A person's division within a line may fall on the end of one that is wrapped anew; a paragraph may not.
        if there == here or ("\n" not in there and there.split() == here.split()):
            divisions.append((end + 1, start))
    return list(_split(joined, sorted(divisions)))


def _split(drafts: Iterable[DraftTurn], divisions: Sequence[tuple[int, int]]) -> Iterator[DraftTurn]:
    """Split drafts where divisions lie within them."""
    place = 0
    for draft in drafts:
        rest = draft
        while place < len(divisions) and divisions[place][0] <= rest.start:
            place += 1
        while place < len(divisions) and divisions[place][1] < rest.end:
            end, start = divisions[place]
            if rest.start < end <= start:
                yield replace(rest, end=end)
                rest = replace(rest, head=start, start=start, time=None)
            place += 1
        yield rest


def _same_turns(
    old: Sequence[Turn], drafts: Sequence[DraftTurn], before: str, kept: Kept, quotations: Quotations
) -> dict[int, int]:
    """Return the place of the old turn for each draft that is one: by its words, else by its place between others."""
    same: dict[int, int] = {}
    taken: set[int] = set()

    def take(draft: int, turn: int) -> None:
        if draft not in same and turn not in taken:
            same[draft] = turn
            taken.add(turn)

    for (turn, draft), shared in sorted(_overlaps(old, drafts, kept).items(), key=lambda item: (-item[1], item[0])):
        sizes = old[turn].end - old[turn].start, drafts[draft].end - drafts[draft].start
        if shared >= _HALF * min(sizes) and shared >= _FIFTH * max(sizes):
            take(draft, turn)
    for draft, turn in _moved(old, drafts, before, same, taken, quotations):
        take(draft, turn)
    for draft, turn in _between(old, drafts, before, quotations.text, same):
        take(draft, turn)
    return same


def _overlaps(old: Sequence[Turn], drafts: Sequence[DraftTurn], kept: Kept) -> Counter[tuple[int, int]]:
    """Return how many code points each turn shares with each draft, where it shares any."""
    overlaps: Counter[tuple[int, int]] = Counter()
    i = j = 0
    for start, to, length in kept:
        while i < len(old) and old[i].end <= start:
            i += 1
        while j < len(drafts) and drafts[j].end <= to:
            j += 1
        turn = i
        while turn < len(old) and old[turn].start < start + length:
            first, last = max(old[turn].start, start), min(old[turn].end, start + length)
            draft = j
            while draft < len(drafts) and drafts[draft].start < last - start + to:
                shared = min(drafts[draft].end, last - start + to) - max(drafts[draft].start, first - start + to)
                if shared > 0:
                    overlaps[turn, draft] += shared
                draft += 1
            turn += 1
    return overlaps


def _moved(
    old: Sequence[Turn],
    drafts: Sequence[DraftTurn],
    before: str,
    same: dict[int, int],
    taken: set[int],
    quotations: Quotations,
) -> Iterator[tuple[int, int]]:
    """Give the turns that stand elsewhere now, with the same words or nearly so."""
    waiting: dict[str, list[int]] = {}
    for place, draft in enumerate(drafts):
        if place not in same:
            waiting.setdefault(_words(quotations.text[draft.start : draft.end]), []).append(place)
    left = [place for place in range(len(old)) if place not in taken]
    nearly: list[int] = []
    for place in left:
        words = _words(before[old[place].start : old[place].end])
        if len(words.split()) > 2 and waiting.get(words):
            yield waiting[words].pop(0), place
        else:
            nearly.append(place)
    starts = [draft.start for draft in drafts]
    for place in nearly:
        start, end = old[place].start, old[place].end
        words = before[start:end]
        if not words:
            continue
        found = quotations.find(
            words,
            before=before[max(start - _AROUND, 0) : start],
            after=before[end : end + _AROUND],
            near=start,
            alone=before.count(words) == 1,
        )
        there = bisect_right(starts, (found.start + found.end) // 2) - 1 if found else -1
        if found and there >= 0:
            shared = min(found.end, drafts[there].end) - max(found.start, drafts[there].start)
            if shared >= _HALF * (found.end - found.start):
                yield there, place


def _between(
    old: Sequence[Turn], drafts: Sequence[DraftTurn], before: str, after: str, same: dict[int, int]
) -> list[tuple[int, int]]:
    """Return turns that have other words now, but stand between the same two turns and have the same labels."""
    found: list[tuple[int, int]] = []
    known = [(-1, -1), *((turn, draft) for draft, turn in sorted(same.items())), (len(old), len(drafts))]
    taken = set(same.values())
    for (turn, draft), (next_turn, next_draft) in pairwise(known):
        number = next_draft - draft - 1
        if number < 1 or next_turn - turn - 1 != number or taken & set(range(turn + 1, next_turn)):
            continue
        pairs = [(draft + n, turn + n) for n in range(1, number + 1)]
        if all(_label(after, drafts[d]) == _label(before, old[t]) for d, t in pairs):
            found += pairs
    return found


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _label(text: str, turn: Turn | DraftTurn) -> str:
    """Return what the file says before the words of a turn, without a heading above it or the time."""
    lines = [words for line in text[turn.head : turn.start].splitlines() if (words := _words(_TIME.sub(" ", line)))]
    return lines[-1] if lines else ""


class _Voices:
    """Who speaks in the turns of a corrected text: as people have said, unless the file now says something else."""

    def __init__(
        self, old: Sequence[Turn], drafts: Sequence[DraftTurn], same: dict[int, int], before: str, after: str
    ) -> None:
        self._after, self._before = after, before
        self._known: dict[str, set[tuple[str, Role, str | None]]] = {}
        for turn in old:
            self._known.setdefault(_label(before, turn), set()).add((turn.speaker, turn.role, turn.participant))
        self._renamed: dict[str, set[str]] = {}
        for draft, turn_place in same.items():
            self._renamed.setdefault(_label(before, old[turn_place]), set()).add(_label(after, drafts[draft]))
        told = _words(before)
        self._own_sections = {turn.section for turn in old if turn.section and _words(turn.section) not in told}
        self._sections = any(draft.section for draft in drafts)

    def of(self, draft: DraftTurn, was: Turn | None) -> tuple[str, Role, str | None]:
        """Return speaker, role and participant of a turn."""
        label = _label(self._after, draft)
        if was is not None:
            old_label = _label(self._before, was)
            if (label == old_label and (was.speaker or not draft.speaker)) or not draft.speaker:
                return was.speaker, was.role, was.participant
            if label not in self._known and self._renamed[old_label] == {label}:
                own_name = bool(was.speaker) and _words(was.speaker) not in old_label
                role = draft.role if draft.role == "interviewer" else was.role
                return was.speaker if own_name else draft.speaker, role, was.participant
        known = self._known.get(label, set())
        if draft.speaker and len(known) == 1:
            return next(iter(known))
        return draft.speaker, draft.role, None

    def section(self, draft: DraftTurn, was: Turn | None) -> str:
        """Return the section of a turn."""
        if was is not None and (was.section in self._own_sections or not self._sections):
            return was.section
        return draft.section
