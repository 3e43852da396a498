"""Words of documents replaced where they stand, such as names by pseudonyms: codings, turns and marks stay in place."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from tbcp_qual.coding.changes import Change, update
from tbcp_qual.coding.placing import Kept
from tbcp_qual.coding.records import Document, Turn
from tbcp_qual.coding.spans import Span
from tbcp_qual.coding.text import clean, text_hash
from tbcp_qual.errors import UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.following import forward_change, placement_changes, places_with
from tbcp_qual.tasks.revising import stored_turns

Replacement = tuple[int, int, str]
"""`(start, end, new words)` in the present text of a document; an empty stretch puts words in."""


class Replaced(NamedTuple):
    """A document with words replaced, not yet written."""

    changes: tuple[Change, ...]
    """Empty where nothing differs."""
    text: str
    """The new text, which the changes refer to by its hash."""


def replace_words(project: Project, document: Document, replacements: Iterable[Replacement]) -> Replaced:
    """Return what replaces words of a document; join those of several documents to make one revision of them.

    A span that covers part of what is replaced takes in all of the new words; one on words that are struck out and
    nothing else is unplaced. Speakers and sections that are named in replaced words are named anew.

    Raises:
        UsageError: replacements overlap, or lie outside the text.
    """
    before = project.texts([document.text])[document.text]
    ordered = sorted((start, end, clean(words).text) for start, end, words in replacements)
    _check(ordered, len(before))
    after, kept = _replaced(before, [r for r in ordered if before[r[0] : r[1]] != r[2]])
    text = text_hash(after)
    if text == document.text:
        return Replaced((), before)
    forward, changes = forward_change(project, document, text, kept)
    places, new_places, placements = places_with(project, forward)
    anchors = project.spans(document.id)
    offsets = _Offsets(before, after, kept)
    wanted: dict[str, Span | None] = {}
    for anchor in anchors:
        was = places.span(anchor, document.text)
        wanted[anchor.id] = new_places.span(anchor, text) or (offsets.span(was) if was else None)
    turns = project.snapshot("", [document.id]).turns
    stored = stored_turns(project, document)
    named = _Names(before, after, offsets)
    turn_changes = [
        update(
            stored[turn.id],
            text=text,
            head=offsets.at(turn.head),
            start=offsets.at(turn.start),
            end=offsets.at(turn.end),
            speaker=named.speaker(turn),
            section=named.section(turn),
        )
        for turn in turns
        if turn.text == document.text
    ]
    return Replaced(
        (
            update(document, text=text),
            *turn_changes,
            *changes,
            *placement_changes(anchors, wanted, text, new_places, placements),
        ),
        after,
    )


def _check(ordered: Sequence[Replacement], length: int) -> None:
    outside = any(not 0 <= start <= end <= length for start, end, _ in ordered)
    if outside or any(first[1] > second[0] for first, second in pairwise(ordered)):
        raise UsageError("What is to be replaced overlaps, or lies outside the text.", "Look at the document again.")


def _replaced(before: str, ordered: Sequence[Replacement]) -> tuple[str, Kept]:
    """Return a text with stretches replaced, and what stays of it."""
    parts: list[str] = []
    kept: list[tuple[int, int, int]] = []
    place = length = 0
    for start, end, words in ordered:
        if start > place:
            kept.append((place, length, start - place))
        parts += [before[place:start], words]
        length += start - place + len(words)
        place = end
    if place < len(before):
        kept.append((place, length, len(before) - place))
    after = "".join([*parts, before[place:]])
    return after, (*kept, (len(before), len(after), 0))


class _Offsets:
    """Where offsets of a text lie after words of it were replaced."""

    def __init__(self, before: str, after: str, kept: Kept) -> None:
        self.before, self.after, self._kept = before, after, kept
        self._starts = [block[0] for block in kept]

    def at(self, offset: int) -> int:
        """Return where a boundary lies: one within replaced words goes to the end of the new ones."""
        if offset == 0:
            return 0
        place = bisect_right(self._starts, offset) - 1
        if place >= 0:
            start, to, length = self._kept[place]
            if offset <= start + length:
                # Words put in just here belong to what comes after, which begins where what was before has ended.
                back = self._kept[place - 1] if place else (0, 0, 0)
                if offset == start and back[0] + back[2] == start:
                    return back[1] + back[2]
                return to + offset - start
        if place + 1 < len(self._kept):
            return self._kept[place + 1][1]
        return len(self.after)

    def span(self, span: Span) -> Span | None:
        """Return where a span lies that covers part of what was replaced; None where there is nothing any more."""
        starts = bisect_right(self._starts, span.start) - 1
        if starts >= 0 and span.start < self._kept[starts][0] + self._kept[starts][2]:
            start = self.at(span.start)
        else:
            start = self._kept[starts][1] + self._kept[starts][2] if starts >= 0 else 0
        end = self.at(span.end)
        return Span(start, end) if start < end else None


class _Names:
    """What speakers and sections are called after words were replaced."""

    def __init__(self, before: str, after: str, offsets: _Offsets) -> None:
        self._before, self._after, self._offsets = before, after, offsets
        self._sections: dict[str, str] = {}

    def speaker(self, turn: Turn) -> str:
        """Return the speaker of a turn, as its label has it now."""
        return self._named(turn.speaker, turn.head, turn.start)

    def section(self, turn: Turn) -> str:
        """Return the section of a turn, as its heading has it now."""
        if turn.section not in self._sections:
            above = self._before.find(turn.section, turn.head, turn.start) >= 0
            stretch = (turn.head, turn.start) if above else (0, len(self._before))
            self._sections[turn.section] = self._named(turn.section, *stretch)
        return self._sections[turn.section]

    def _named(self, name: str, start: int, end: int) -> str:
        """Return a name as it reads where it stands in a stretch; as it is where it does not stand there."""
        place = self._before.find(name, start, end) if name else -1
        if place < 0:
            return name
        span = self._offsets.span(Span(place, place + len(name)))
        return " ".join(self._after[slice(*span)].split()) if span else name
