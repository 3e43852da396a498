"""What lies open on the screen: the open document and the counts, kept in memory and brought up to date act by act.

No Textual here. The desk applies an act at once, before it is on disk; what the writer then says is final.
"""

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from tbcp_qual.coding.changes import Change, changed
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.records import KINDS, About, Code, Coding, Document, Done, Record, Review, Turn
from tbcp_qual.coding.snapshot import Counts, Progress, Snapshot
from tbcp_qual.coding.spans import Span

Key = tuple[str, str]


class Shown(NamedTuple):
    """An act that is shown, and how its records were before."""

    label: str
    records: dict[Key, Record | None]


class Desk:
    """The state behind the coding screen; `viewer` is the coder who works at it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.frame = snapshot
        """The codebook, cases and list of documents as they were read."""
        self.project = snapshot.project
        self.viewer = snapshot.viewer
        self.coders = dict(snapshot.coder_by_id)
        self.documents = list(snapshot.documents)
        self.codes: dict[str, Code] = {code.id: code for code in snapshot.codes}
        self.codebook = snapshot.codebook
        self.coding_counts: Counter[str] = Counter()
        self._progress: dict[str, tuple[int, int]] = {}
        self._counted: set[str] = set()
        self._marked: set[str] = set()
        """Documents that the viewer has marked at this desk."""
        self.done_by: dict[str, set[str]] = {}
        self.document: Document | None = None
        self.text = ""
        self.turns: list[Turn] = []
        self.codings: dict[str, Coding] = {}
        self.marks: dict[str, Done] = {}
        self.abouts: list[About] = []
        """What parts of the open document are said to be about."""
        self._starts: list[int] = []
        self._reviews: dict[str, str] = {}
        self._coded_turns: Counter[int] = Counter()
        self._order: list[tuple[int, int, str]] = []
        self._longest = 0
        self._done: list[Shown] = []
        self._undone: list[Shown] = []

    # -- the open document

    def open(self, document: Document, snapshot: Snapshot) -> None:
        """Lay a document open; the snapshot holds its turns, text and codings."""
        if self.document is not None and self.document.id != document.id:
            # Acts in a document that is not open come back from the disk.
            self.forget_acts()
        self.document = document
        self.text = snapshot.texts[document.text]
        self.turns = [turn for turn in snapshot.turns if turn.document == document.id]
        self._starts = [turn.start for turn in self.turns]
        self.codings = {c.id: c for c in snapshot.codings if c.document == document.id and c.text == document.text}
        self.abouts = list(snapshot.abouts)
        self.marks = {m.document: m for m in snapshot.done if m.coder == self.viewer}
        self._reviews = {r.turn: r.id for r in snapshot.reviews if r.coder == self.viewer}
        self._order = sorted((c.start, c.end, c.id) for c in self.codings.values())
        self._longest = max((c.end - c.start for c in self.codings.values()), default=0)
        self._coded_turns = Counter()
        for coding in self.codings.values():
            if coding.coder == self.viewer:
                self._coded_turns.update(self.turns_touched(coding))
        waiting = [n for n, turn in enumerate(self.turns) if turn.role != "interviewer" and turn.start < turn.end]
        self._progress[document.id] = (sum(map(self.is_reviewed, waiting)), len(waiting))
        self._counted.add(document.id)

    def turn_at(self, offset: int) -> int:
        """Return the index of the turn that holds an offset, or of the last one before it."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def turns_touched(self, span: Coding | Span) -> range:
        """Return the indexes of the turns that share words with a stretch."""
        first = self.turn_at(span.start)
        if first < len(self.turns) and self.turns[first].end <= span.start:
            first += 1
        return range(first, max(bisect_left(self._starts, span.end), first))

    def codings_at(self, offset: int) -> list[Coding]:
        """Return the codings that cover an offset, the viewer's own first, the shortest first."""
        first = bisect_left(self._order, (offset - self._longest, 0, ""))
        last = bisect_right(self._order, (offset, len(self.text) + 1, ""))
        found = [self.codings[key] for start, end, key in self._order[first:last] if start <= offset < end]
        return sorted(found, key=lambda c: (c.coder != self.viewer, c.end - c.start, c.start, c.id))

    def cases_at(self, offset: int) -> list[str]:
        """Return the ids of the cases that words come from or are about, then of those that the document is about."""
        if self.document is None:
            return []
        from tbcp_qual.coding.aboutness import Aboutness

        concerned = Aboutness([self.document], self.turns, self.abouts, self.frame.participants)
        at = concerned.cases_of(self.document.id, self.document.text, Span(offset, offset + 1))
        others = concerned.speaking(self.document.id, self.document.text)
        known = {case.id for case in self.frame.cases}
        return [case for case in dict.fromkeys([*at.by, *at.about, *self.document.cases, *others]) if case in known]

    def own_near(self, span: Span) -> list[Coding]:
        """Return the viewer's codings that overlap a stretch."""
        first = bisect_left(self._order, (span.start - self._longest, 0, ""))
        last = bisect_left(self._order, (span.end, 0, ""))
        near = (self.codings[key] for _, end, key in self._order[first:last] if end > span.start)
        return [coding for coding in near if coding.coder == self.viewer]

    def next_coding(self, offset: int, step: int, wanted: Callable[[Coding], bool] = lambda _: True) -> Coding | None:
        """Return the next coding after an offset, or with step -1 the one before it; None where there is none.

        Args:
            wanted: says whether a coding counts.
        """
        if step > 0:
            places = range(bisect_right(self._order, (offset, len(self.text) + 1, "")), len(self._order))
        else:
            places = range(bisect_left(self._order, (offset, 0, "")) - 1, -1, -1)
        ordered = (self.codings[self._order[place][2]] for place in places)
        return next((coding for coding in ordered if wanted(coding)), None)

    # -- progress

    def is_reviewed(self, index: int) -> bool:
        """Whether the viewer has coded or reviewed a turn of the open document."""
        return self._coded_turns[index] > 0 or self.turns[index].id in self._reviews

    def to_review(self, index: int) -> bool:
        """Whether a turn waits for the viewer: not the interviewer's, not empty, not reviewed."""
        turn = self.turns[index]
        return turn.role != "interviewer" and turn.start < turn.end and not self.is_reviewed(index)

    def next_to_review(self, index: int) -> int | None:
        """Return the next turn that waits, round the end of the document; None where all are reviewed."""
        places = [*range(index + 1, len(self.turns)), *range(index + 1)]
        return next((place for place in places if self.to_review(place)), None)

    def progress(self, document: str) -> tuple[int, int]:
        """Return how many turns the viewer has reviewed, and how many there are to review."""
        return self._progress.get(document, (0, 0))

    def take_counts(self, counts: Counts) -> None:
        """Add the counts of what was on disk before anything was done at this desk."""
        self.coding_counts.update(counts.codings_by_code)
        for document, coders in counts.done_by_document.items():
            touched = self.viewer in self.done_by.get(document, ()) or document in self._marked
            others = set(coders) - {self.viewer} if touched else set(coders)
            self.done_by.setdefault(document, set()).update(others)

    def take_progress(self, progress: Progress) -> None:
        """Take over how far the viewer is in all documents; what was counted here, act by act, stays."""
        for document, turns in progress.turns_by_document.items():
            if document not in self._counted:
                self._progress[document] = (progress.reviewed_by_document.get(document, 0), turns)

    def is_done(self, document: str) -> bool:
        """Whether the viewer has marked a document done."""
        return self.viewer in self.done_by.get(document, ())

    # -- acts

    def perform(self, label: str, changes: Sequence[Change]) -> None:
        """Show an act before it is on disk, and remember how to take it back."""
        keys = [(change.kind, change.id) for change in changes]
        self._done.append(Shown(label, {key: self._get(key) for key in keys}))
        self._undone.clear()
        self.apply(changes)

    def take_back(self, *, again: bool) -> Shown | None:
        """Show the last act of this sitting as undone, or as done again; None where there was none at this desk."""
        source, other = (self._undone, self._done) if again else (self._done, self._undone)
        if not source:
            return None
        shown = source.pop()
        other.append(Shown(shown.label, {key: self._get(key) for key in shown.records}))
        self.refresh(shown.records)
        return shown

    def forget_acts(self) -> None:
        """Let the next undo come from the disk: something is done there that was not done at this desk."""
        self._done.clear()
        self._undone.clear()

    def apply(self, changes: Iterable[Change]) -> None:
        """Show changes."""
        for change in changes:
            old = self._get((change.kind, change.id))
            if change.creates:
                values = {name: after for name, (_, after) in change.fields.items() if name != "exists"}
                self._put(old, KINDS[change.kind](id=change.id, **values))
            elif change.removes:
                self._put(old, None)
            elif old is not None:
                self._put(old, changed(old, change))

    def refresh(self, records: Mapping[Key, Record | None]) -> None:
        """Show records as they were, or are."""
        for key, record in records.items():
            self._put(self._get(key), record)

    def _get(self, key: Key) -> Record | None:
        kind, record = key
        match kind:
            case "coding":
                return self.codings.get(record)
            case "code":
                return self.codes.get(record)
            case "review":
                turn = next((t for t, r in self._reviews.items() if r == record), None)
                return Review(id=record, turn=turn, coder=self.viewer) if turn else None
            case "done":
                return next((mark for mark in self.marks.values() if mark.id == record), None)
        return None

    def _put(self, old: Record | None, new: Record | None) -> None:
        some = new if new is not None else old
        if isinstance(some, Coding):
            self._put_coding(old if isinstance(old, Coding) else None, new if isinstance(new, Coding) else None)
        elif isinstance(some, Code):
            if isinstance(new, Code):
                self.codes[new.id] = new
            else:
                self.codes.pop(some.id, None)
            self.codebook = Codebook(self.codes.values())
        elif isinstance(some, Review) and some.coder == self.viewer:
            self._put_review(some.turn, some.id if new is not None else None)
        elif isinstance(some, Done):
            self._put_done(some, new if isinstance(new, Done) else None)

    def _put_coding(self, old: Coding | None, new: Coding | None) -> None:
        for coding, step in ((old, -1), (new, 1)):
            if coding is None:
                continue
            self.coding_counts[coding.code] += step
            if self.document is None or coding.document != self.document.id:
                continue
            if step < 0:
                del self.codings[coding.id]
                self._order.remove((coding.start, coding.end, coding.id))
            else:
                self.codings[coding.id] = coding
                insort(self._order, (coding.start, coding.end, coding.id))
                self._longest = max(self._longest, coding.end - coding.start)
            if coding.coder == self.viewer:
                for index in self.turns_touched(coding):
                    before = self._counts_as_reviewed(index)
                    self._coded_turns[index] += step
                    self._count_review(coding.document, self._counts_as_reviewed(index) - before)

    def _put_review(self, turn: str, review: str | None) -> None:
        index = next((place for place, t in enumerate(self.turns) if t.id == turn), None)
        if index is None:
            return
        before = self._counts_as_reviewed(index)
        if review:
            self._reviews[turn] = review
        else:
            self._reviews.pop(turn, None)
        self._count_review(self.turns[index].document, self._counts_as_reviewed(index) - before)

    def _counts_as_reviewed(self, index: int) -> int:
        return int(self.turns[index].role != "interviewer" and self.is_reviewed(index))

    def _count_review(self, document: str, step: int) -> None:
        reviewed, turns = self.progress(document)
        self._progress[document] = (reviewed + step, turns)

    def _put_done(self, some: Done, new: Done | None) -> None:
        coders = self.done_by.setdefault(some.document, set())
        if some.coder == self.viewer:
            self._marked.add(some.document)
        (coders.add if new is not None and new.done else coders.discard)(some.coder)
        if some.coder == self.viewer:
            if new is None:
                self.marks.pop(some.document, None)
            else:
                self.marks[some.document] = new
