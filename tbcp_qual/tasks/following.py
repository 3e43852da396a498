"""Where the spans of a document go when its text is corrected: by the words that stay, then by how they read."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from tbcp_qual.coding.changes import Change, create, update
from tbcp_qual.coding.placing import Anchor, Kept, Places
from tbcp_qual.coding.records import Document, Forward, Placement, forward_id, placement_id
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span
from tbcp_qual.language.quotations import Quotations, alike
from tbcp_qual.store import Project

MOSTLY, HARDLY = 0.5, 0.2
"""Shares of the words that two stretches have in common: from the first on the one is the other, below the second not."""
MAINLY = 0.75
"""Share of a place that lies in one turn, so that the rest is left out."""
_AROUND = 200


def folded(words: str) -> str:
    """Return words without the white space that makes no difference to them."""
    return " ".join(words.split())


class Following:
    """Follows spans from one text to the next."""

    def __init__(
        self, before: str, quotations: Quotations, kept: Kept, turns: Sequence[int], new_turns: Sequence[int]
    ) -> None:
        """Use the text before, what finds words in the text after, what the two share, and where turns begin in each."""
        self.before, self.after = before, quotations.text
        self._kept = [block for block in kept if block[2]]
        self._starts = [block[0] for block in self._kept]
        self._new_starts = [block[1] for block in self._kept]
        self._turns, self._new_turns = turns, new_turns
        self._quotations = quotations

    def follow(self, span: Span, mapped: Span | None) -> Span | None:
        """Return where a span of the text before lies in the text after.

        Args:
            span: where it lies in the text before.
            mapped: where the words that stay take it; None where they say nothing.
        """
        words = self.before[slice(*span)]
        if mapped and folded(self.after[slice(*mapped)]) == folded(words):
            return mapped
        share = self.share(span, mapped) if mapped else 0.0
        if mapped and share < 1:
            mapped = self._within_turns(span, mapped)
            share = self.share(span, mapped)
        if mapped and share >= MOSTLY:
            return mapped
        likely = mapped if mapped and self._plausible(words, self.after[slice(*mapped)], share) else None
        found = self._find(self.before, span, self._near(span.start))
        if found and self._belongs_to_others(found, span):
            found = None
        if found is None or (likely and likely.overlaps(found)):
            return likely
        if likely and alike(words, self.after[slice(*likely)]) >= alike(words, self.after[slice(*found)]):
            return likely
        return found if _begins(self._turns, span.start, span.end - 1) else self._within_one_turn(found)

    def find_lost(self, text: str, span: Span) -> Span | None:
        """Return where words that were unplaced before are in the text after, by the text that they were made on."""
        return self._find(text, span, len(self.after) * span.start // max(len(text), 1))

    def _find(self, text: str, span: Span, near: int) -> Span | None:
        words = text[slice(*span)]
        return self._quotations.find(
            words,
            before=text[max(span.start - _AROUND, 0) : span.start],
            after=text[span.end : span.end + _AROUND],
            near=near,
            alone=text.count(words) == 1,
        )

    def _belongs_to_others(self, found: Span, span: Span) -> bool:
        """Whether a place holds words that have stayed from elsewhere: what only reads like them is not moved there."""
        stayed = 0
        for place in range(
            max(bisect_right(self._new_starts, found.start) - 1, 0), bisect_left(self._new_starts, found.end)
        ):
            start, to, length = self._kept[place]
            first, last = max(to, found.start), min(to + length, found.end)
            if first < last and not Span(start + first - to, start + last - to).overlaps(span):
                stayed += _letters(self.after[first:last])
        return stayed > MOSTLY * _letters(self.after[slice(*found)])

    def _near(self, offset: int) -> int:
        place = bisect_right(self._starts, offset) - 1
        if place < 0:
            return offset
        start, to, _ = self._kept[place]
        return to + offset - start

    def _shared(self, span: Span, mapped: Span) -> list[tuple[int, int, int]]:
        """Return what is kept of a span in its new place."""
        shared = []
        for place in range(max(bisect_right(self._starts, span.start) - 1, 0), bisect_left(self._starts, span.end)):
            start, to, length = self._kept[place]
            first = max(start, span.start, start + mapped.start - to)
            last = min(start + length, span.end, start + mapped.end - to)
            if first < last:
                shared.append((first, to + first - start, last - first))
        return shared

    def share(self, span: Span, mapped: Span) -> float:
        """Return what two stretches have in common: 0 for nothing, 1 where both hold the same words."""
        shared = sum(_letters(self.before[start : start + n]) for start, _, n in self._shared(span, mapped))
        both = _letters(self.before[slice(*span)]) + _letters(self.after[slice(*mapped)])
        return 2 * shared / both if both else 0.0

    def _within_turns(self, span: Span, mapped: Span) -> Span:
        """Leave out the turns that a place took in only because they were put in beside its words."""
        shared = self._shared(span, mapped)
        if not shared:
            return mapped
        start, end = mapped
        first, last = shared[0], shared[-1]
        if not _begins(self._turns, span.start, first[0]):
            start = max([start, *_begins(self._new_turns, start, first[1])])
            start += len(self.after[start : first[1]]) - len(self.after[start : first[1]].lstrip())
        if not _begins(self._turns, last[0] + last[2] - 1, span.end - 1):
            end = min([end, *_begins(self._new_turns, last[1] + last[2] - 1, end - 1)])
            end -= len(self.after[last[1] : end]) - len(self.after[last[1] : end].rstrip())
        return Span(start, end)

    def _within_one_turn(self, found: Span) -> Span:
        """Leave out the rim of the next turn that a place took in to be as long as its words were."""
        edges = [found.start, *_begins(self._new_turns, found.start, found.end - 1), found.end]
        first, last = max(pairwise(edges), key=lambda part: part[1] - part[0])
        if last - first < MAINLY * (found.end - found.start):
            return found
        words = self.after[first:last]
        return Span(first + len(words) - len(words.lstrip()), last - len(words) + len(words.rstrip()))

    def _plausible(self, words: str, now: str, share: float) -> bool:
        """Whether words may be what others were corrected to: a few in the same place, or some of them the same."""
        return len(now) <= 3 * len(words) + 40 and (share >= HARDLY or len(words.split()) <= 8)


def _letters(words: str) -> int:
    return sum(map(len, words.split()))


def _begins(turns: Sequence[int], start: int, end: int) -> Sequence[int]:
    """Return where turns begin after one offset, up to another."""
    return turns[bisect_right(turns, start) : bisect_right(turns, end)]


def forward_change(project: Project, document: Document, after: str, kept: Kept) -> tuple[Forward, list[Change]]:
    """Return the way from the present text of a document to another, by its hash, and what makes it known."""
    made = Forward(
        id=forward_id(document.id, document.text, after),
        document=document.id,
        before=document.text,
        after=after,
        kept=tuple(kept),
    )
    known = project.record("forward", made.id)
    if known is None:
        return made, [create(made)]
    change = update(known, kept=made.kept)
    return made, [change] if change.fields else []


def places_with(project: Project, forward: Forward) -> tuple[Places, Places, dict[str, Placement]]:
    """Return the ways between the texts of a document without and with a new one, and all its placements by id."""
    forwards = [f for f in project.records("forward") if f.document == forward.document and f.id != forward.id]
    placements = [p for p in project.records("placement") if p.document == forward.document]
    return (
        Places(forwards, placements),
        Places([*forwards, forward], placements),
        {placement.id: placement for placement in placements},
    )


def placement_changes(
    anchors: Iterable[Anchor],
    wanted: Mapping[str, Span | None],
    text: str,
    places: Places,
    known: Mapping[str, Placement],
) -> list[Change]:
    """Return what makes records lie where they are wanted in a text, as far as they do not lie there anyway.

    Args:
        anchors: where the records hold their spans.
        wanted: by the id of a record; None where its words are gone.
        text: the hash of the text.
        places: the ways between the texts of the document, that to this one included.
        known: the placements there are.
    """
    changes: list[Change] = []
    for anchor in anchors:
        span = wanted[anchor.id]
        if places.span(anchor, text) == span:
            continue
        start, end = span or (0, 0)
        placement = Placement(
            id=placement_id(anchor.id, text),
            kind=anchor.kind,
            record=anchor.id,
            document=anchor.document,
            text=text,
            start=start,
            end=end,
        )
        there = known.get(placement.id)
        changes.append(update(there, start=start, end=end) if there else create(placement))
    return changes


def seen_anchors(now: Snapshot) -> Iterable[Anchor]:
    """Give where the records that a viewer may see lie, as a snapshot has them."""
    for kind, records in (("coding", now.codings), ("memo", now.memos), ("about", now.abouts)):
        for r in records:
            if r.document and r.text:
                yield Anchor(kind, r.id, r.document, r.text, r.start, r.end)


def told_of(now: Snapshot) -> dict[str, tuple[str, str]]:
    """Return what each record says and whose it is, as it is listed."""
    told: dict[str, tuple[str, str]] = {}
    names = {coder.id: coder.name for coder in now.coders}
    for coding in now.codings:
        told[coding.id] = (now.codebook.path(now.codebook.current(coding.code).id), names.get(coding.coder, ""))
    for memo in now.memos:
        told[memo.id] = (memo.title or f"{memo.kind} memo", names.get(memo.coder, ""))
    for about in now.abouts:
        case = now.case_by_id.get(about.case)
        told[about.id] = (f"about {case.label}" if case else "", "")
    return told
