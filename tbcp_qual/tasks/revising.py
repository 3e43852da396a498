"""A corrected transcript: its new text, and what becomes of all that lies on the old one.

What is planned is a value: it can be looked at before it is done, and is done as one revision.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from tbcp_qual.coding.changes import EXISTS, Change, Revision, update
from tbcp_qual.coding.diffing import kept_blocks
from tbcp_qual.coding.placing import Kept, is_unplaced
from tbcp_qual.coding.records import Document, Turn
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span
from tbcp_qual.coding.text import one_line, text_hash
from tbcp_qual.errors import BadInput
from tbcp_qual.language.quotations import Quotations
from tbcp_qual.readers.documents import Draft
from tbcp_qual.store import Project
from tbcp_qual.tasks.following import (
    Following,
    folded,
    forward_change,
    placement_changes,
    places_with,
    seen_anchors,
    told_of,
)
from tbcp_qual.tasks.revised_turns import RevisedTurns, revise_turns

Fate = Literal["unchanged", "moved", "changed", "unplaced"]
FATES: tuple[Fate, ...] = get_args(Fate)

ANOTHER = 0.3
"""A file that shares no more than this with a document, in code points of the shorter, is likely to be another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What becomes of one record that lies on words of the document."""

    kind: str
    """`coding`, `memo` or `about`."""
    id: str
    fate: Fate
    """`unchanged`: same words, same turn; `moved`: same words, another turn; `changed`: other words."""
    what: str
    """Path of the code, title of the memo, label of the case."""
    coder: str
    """Name; empty for what nobody owns."""
    turn: int
    """Number of the turn it began in, counted from 1; 0 where it was in none."""
    new_turn: int
    """Number of the turn it begins in now; 0 where it is in none."""
    words: str
    new_words: str
    """Empty where it is unplaced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneTurn:
    """A turn that the corrected text does not have."""

    turn: int
    """Its number, counted from 1."""
    speaker: str
    words: str
    reviewed_by: tuple[str, ...]
    """Names of the coders whose mark that they have been through it goes with it, as far as the viewer may see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revising:
    """What a corrected file would do to a document."""

    document: Document
    """As it was."""
    text: str
    """The corrected text."""
    changes: tuple[Change, ...]
    """Empty where the file has the text that is there."""
    records: tuple[Followed, ...]
    """Those that the viewer may see, by place."""
    gone: tuple[GoneTurn, ...]
    turns: int
    new_turns: int
    kept: float
    """Share of the text before that is still there, in code points."""
    warnings: tuple[str, ...]
    left_out: tuple[str, ...]
    """What the file holds besides, and the document does not."""

    def counts(self) -> dict[str, dict[Fate, int]]:
        """Return how many records of each kind had which fate; kinds without any are left out."""
        number = Counter((record.kind, record.fate) for record in self.records)
        kinds = [kind for kind in ("coding", "memo", "about") if any(key[0] == kind for key in number)]
        return {kind: {fate: number[kind, fate] for fate in FATES} for kind in kinds}


def plan_revision(
    project: Project, document: Document, draft: Draft, *, viewer: str, file: Path, anyway: bool = False
) -> Revising:
    """Say what a corrected file would do to a document.

    Args:
        draft: what was read from the file.
        viewer: id of the coder who looks; what they may not see is followed but not told.
        file: where the draft was read from.
        anyway: take the file even if it looks like another document.

    Raises:
        BadInput: the file looks like another document, or is one.
    """
    now = project.snapshot(viewer, [document.id])
    before, after = now.texts[document.text], draft.text
    text = text_hash(after)
    texts = _texts(project, now)
    turns = [turn for turn in now.turns_by_document.get(document.id, []) if turn.text == document.text]
    if text == document.text:
        return _nothing(now, texts, document, draft, turns)
    other = next((d for d in project.records("document") if d.text == text), None)
    if other is not None:
        raise BadInput(f"{file} has the text of “{other.name}”, which is in the project already.")
    kept = kept_blocks(before, after)
    shared = sum(length for *_, length in kept)
    if shared < ANOTHER * min(len(before), len(after)) and not anyway:
        share = f"{100 * shared / min(len(before), len(after)):.0f} %"
        raise BadInput(
            f"{file} shares only {share} of its text with “{document.name}”; it looks like another document.",
            "If it is the right one: --anyway",
        )
    quotations = Quotations(after)
    revised = revise_turns(
        turns,
        draft.turns,
        before,
        after,
        kept,
        document=document.id,
        text=text,
        stored=stored_turns(project, document),
        quotations=quotations,
    )
    following = Following(before, quotations, kept, [t.head for t in turns], [t.head for t in revised.turns])
    spans, changes = _taken_along(project, document, text, kept, following)
    reviews = [
        Change("review", review, {EXISTS: (True, False)})
        for review, *_ in project.reviews_of(turn.id for turn in revised.gone)
    ]
    after_document = update(document, text=text, file=one_line(file.name))
    return Revising(
        document=document,
        text=after,
        changes=(after_document, *reviews, *revised.changes, *changes),
        records=tuple(_followed(now, texts, document, turns, revised.turns, spans, after)),
        gone=tuple(_gone(now, turns, revised, before)),
        turns=len(revised.turns),
        new_turns=len(revised.new),
        kept=shared / len(before) if before else 1.0,
        warnings=draft.warnings,
        left_out=draft.left_out,
    )


def apply_revision(project: Project, planned: Revising, *, coder: str) -> Revision | None:
    """Put a corrected text in the place of the old one, as one revision; None where nothing changes.

    Raises:
        Conflict: the document or its turns were changed since this was planned.
    """
    label = f"document revised: {planned.document.name}"
    return project.apply(label, planned.changes, coder=coder, texts=[planned.text])


def stored_turns(project: Project, document: Document) -> dict[str, Turn]:
    """Return the turns of a document by id as they are stored; a snapshot has them on the present text."""
    return {turn.id: turn for turn in project.records("turn") if turn.document == document.id}


def _texts(project: Project, now: Snapshot) -> dict[str, str]:
    """Return the texts of a snapshot, with those on which unplaced memos and the like were made."""
    return {**now.texts, **project.texts({anchor.text for anchor in seen_anchors(now)} - now.texts.keys())}


def _nothing(
    now: Snapshot, texts: Mapping[str, str], document: Document, draft: Draft, turns: Sequence[Turn]
) -> Revising:
    spans = {a.id: Span(a.start, a.end) for a in seen_anchors(now) if not is_unplaced(a, document)}
    return Revising(
        document=document,
        text=draft.text,
        changes=(),
        records=tuple(_followed(now, texts, document, turns, turns, spans, draft.text)),
        gone=(),
        turns=len(turns),
        new_turns=0,
        kept=1.0,
        warnings=(),
        left_out=(),
    )


def _taken_along(
    project: Project, document: Document, text: str, kept: Kept, following: Following
) -> tuple[dict[str, Span | None], list[Change]]:
    """Return where all records of a document lie in another text, by id, and the changes that make them lie there."""
    forward, changes = forward_change(project, document, text, kept)
    anchors = project.spans(document.id)
    places, new_places, placements = places_with(project, forward)
    lost = project.texts({anchor.text for anchor in anchors})
    by_hand = {p.record for p in placements.values() if p.text == text and p.by_hand}
    spans: dict[str, Span | None] = {}
    for anchor in anchors:
        was, mapped = places.span(anchor, document.text), new_places.span(anchor, text)
        if anchor.id in by_hand or anchor.text == text:
            spans[anchor.id] = mapped
        elif was is None:
            spans[anchor.id] = mapped or following.find_lost(lost[anchor.text], Span(anchor.start, anchor.end))
        else:
            spans[anchor.id] = following.follow(was, mapped)
    return spans, [*changes, *placement_changes(anchors, spans, text, new_places, placements)]


def _followed(
    now: Snapshot,
    texts: Mapping[str, str],
    document: Document,
    turns: Sequence[Turn],
    new_turns: Sequence[Turn],
    spans: Mapping[str, Span | None],
    after: str,
) -> Iterable[Followed]:
    """Tell what becomes of the records that the viewer may see."""
    told = told_of(now)
    heads, new_heads = [turn.head for turn in turns], [turn.head for turn in new_turns]
    for anchor in sorted(seen_anchors(now), key=lambda a: (a.start, a.end, a.id)):
        span = spans.get(anchor.id)
        what, coder = told[anchor.id]
        words = texts[anchor.text][anchor.start : anchor.end]
        new_words = after[span.start : span.end] if span else ""
        turn = 0 if is_unplaced(anchor, document) else bisect_right(heads, anchor.start)
        new_turn = bisect_right(new_heads, span.start) if span else 0
        fate: Fate = "unplaced"
        if span:
            same = folded(words) == folded(new_words)
            fate = "changed" if not same else "unchanged" if turn == new_turn else "moved"
        yield Followed(
            kind=anchor.kind,
            id=anchor.id,
            fate=fate,
            what=what,
            coder=coder,
            turn=turn,
            new_turn=new_turn,
            words=words,
            new_words=new_words,
        )


def _gone(now: Snapshot, turns: Sequence[Turn], revised: RevisedTurns, before: str) -> Iterable[GoneTurn]:
    names = {coder.id: coder.name for coder in now.coders}
    number = {turn.id: place for place, turn in enumerate(turns, 1)}
    for turn in revised.gone:
        reviewed = sorted({names[r.coder] for r in now.reviews if r.turn == turn.id and r.coder in names})
        words = before[turn.start : turn.end]
        yield GoneTurn(turn=number[turn.id], speaker=turn.speaker, words=words, reviewed_by=tuple(reviewed))
