"""A transcript that was corrected in two copies: which texts there are to choose from, and what choosing one does.

One choice takes the text, its turns and the way to it from the others, so that whatever was coded on any of them lies
on the text that stands, or is listed as unplaced.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tbcp_qual.coding.changes import EXISTS, Change, create, fold, remove, update
from tbcp_qual.coding.diffing import kept_blocks
from tbcp_qual.coding.placing import Places
from tbcp_qual.coding.records import TOGETHER, Document, Forward, Turn
from tbcp_qual.coding.spans import Span
from tbcp_qual.language.quotations import Quotations
from tbcp_qual.store import Project
from tbcp_qual.store.asking import Deed
from tbcp_qual.tasks.following import Following, forward_change, placement_changes, places_with

TURN_FIELDS = frozenset((*TOGETHER["turn"], "speaker", "section", EXISTS))
"""Fields of turns that a correction writes."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """One of the texts that a document was corrected to."""

    text: str
    """Hash."""
    file: str
    """Name of the file it came from."""
    coder: str
    """Id of who corrected it; empty where that is not known."""
    at: str
    words: int | None
    """How many words differ from what was corrected; None where nothing is left of that."""
    turns: int
    """How many turns it has."""


def corrected_apart(project: Project) -> set[str]:
    """Return the documents, by their ids, that have more than one corrected text on which nobody has built."""
    texts = {document.id: {document.text} for document in project.records("document")}
    for document, leaves in _leaves(project).items():
        texts.setdefault(document, set()).update(leaves)
    return {document for document, leaves in texts.items() if len(leaves) > 1}


def _leaves(project: Project) -> dict[str, set[str]]:
    forwards: list[Forward] = project.records("forward")
    built_on = {(forward.document, forward.before) for forward in forwards}
    purged = project.purged().texts if forwards else frozenset()
    found: dict[str, set[str]] = {}
    for forward in forwards:
        if (forward.document, forward.after) not in built_on and forward.after not in purged:
            found.setdefault(forward.document, set()).add(forward.after)
    return found


def corrections(project: Project, document: Document) -> list[Corrected]:
    """Return the texts of a document on which nobody has built, that which stands first; purged ones are left out."""
    texts = list(dict.fromkeys((document.text, *sorted(_leaves(project).get(document.id, ())))))
    if len(texts) < 2:
        return []
    forwards = [f for f in project.records("forward") if f.document == document.id]
    built_on = {forward.before for forward in forwards}
    purged = project.purged().texts
    deeds = _deeds(project, document)
    bodies = project.texts({*texts, *built_on})
    origin = _common(texts, forwards)
    before = bodies.get(origin, "") if origin not in purged else ""
    found = []
    for text in texts:
        deed, change = _last_setting(deeds, document.id, text)
        found.append(
            Corrected(
                text=text,
                file=str(change.fields["file"][1]) if change and "file" in change.fields else "",
                coder=deed.revision.coder if deed else "",
                at=deed.revision.at if deed else "",
                words=_words_changed(before, bodies[text]) if before else None,
                turns=len(_turns_on(project, document, text, deeds)),
            )
        )
    return found


def choosing(project: Project, document: Document, text: str, open_fields: Iterable[tuple[str, str]]) -> list[Change]:
    """Return what makes one of its corrected texts the text of a document, with the turns that belong to it.

    Args:
        project: the project.
        document: as it is.
        text: hash of the text that is to stand.
        open_fields: `(id of a turn, field)` of what did not fit together; all of it is settled.
    """
    deeds = _deeds(project, document)
    _, change = _last_setting(deeds, document.id, text)
    file = str(change.fields["file"][1]) if change and "file" in change.fields else document.file
    changes = [Change("document", document.id, {"text": (document.text, text), "file": (document.file, file)})]
    changes += _turn_changes(project, document, _turns_on(project, document, text, deeds), open_fields)
    others = [one.text for one in corrections(project, document) if one.text != text]
    return changes + _ways(project, document, others, text)


def _deeds(project: Project, document: Document) -> list[Deed]:
    """Return what was done to a document and its turns and still stands, the earliest first."""
    deeds = project.history(document=document.id, kinds=["document", "turn"])
    return [deed for deed in reversed(deeds) if deed.stands]


def _last_setting(deeds: Sequence[Deed], document: str, text: str) -> tuple[Deed | None, Change | None]:
    for deed in reversed(deeds):
        for change in deed.revision.changes:
            before, after = change.fields.get("text", ("", "")) if change.id == document else ("", "")
            if after == text and before != after:
                return deed, change
    return None, None


def _behind(text: str, forwards: Iterable[Forward]) -> list[str]:
    """Return a text and those it was corrected from, the nearest first."""
    from_which: dict[str, list[str]] = {}
    for forward in forwards:
        from_which.setdefault(forward.after, []).append(forward.before)
    found, queue = [text], [text]
    while queue:
        new = [before for before in from_which.get(queue.pop(0), ()) if before not in found]
        found += new
        queue += new
    return found


def _common(texts: Sequence[str], forwards: Sequence[Forward]) -> str:
    """Return the nearest text from which all of these were corrected; empty where there is none."""
    behind = [_behind(text, forwards) for text in texts]
    return next((text for text in behind[0] if all(text in others for others in behind)), "")


def _words_changed(before: str, after: str) -> int:
    a = b = changed = 0
    for start, to, length in kept_blocks(before, after):
        changed += max(len(_WORD.findall(before[a:start])), len(_WORD.findall(after[b:to])))
        a, b = start + length, to + length
    return changed


def _turns_on(project: Project, document: Document, text: str, deeds: Sequence[Deed]) -> dict[str, Turn]:
    """Return the turns of a document as they are without the corrections that led elsewhere."""
    behind = _behind(text, [f for f in project.records("forward") if f.document == document.id])
    histories: dict[str, list[tuple[str, Change]]] = {}
    for deed in deeds:
        of_document = next((c for c in deed.revision.changes if c.id == document.id), None)
        before, after = of_document.fields.get("text", ("", "")) if of_document else ("", "")
        led_elsewhere = before != after and after not in behind
        for change in deed.revision.changes:
            if change.kind == "turn" and not led_elsewhere:
                histories.setdefault(change.id, []).append((deed.revision.id, change))
    folded = {turn: fold("turn", turn, changes) for turn, changes in histories.items()}
    found = {turn: state.record() for turn, state in folded.items() if state.exists}
    return {turn: record for turn, record in found.items() if isinstance(record, Turn) and record.document}


def _turn_changes(
    project: Project, document: Document, wanted: Mapping[str, Turn], open_fields: Iterable[tuple[str, str]]
) -> list[Change]:
    there = {turn.id: turn for turn in project.records("turn") if turn.document == document.id}
    to_settle: dict[str, set[str]] = {}
    for of_turn, field in open_fields:
        to_settle.setdefault(of_turn, set()).add(field)
    gone = [id_ for id_ in there if id_ not in wanted]
    changes = [Change("review", review, {EXISTS: (True, False)}) for review, *_ in project.reviews_of(gone)]
    changes += [remove(there[id_]) for id_ in gone]
    for id_, turn in wanted.items():
        now = there.get(id_)
        if now is None:
            changes.append(create(turn))
            continue
        values = {name: getattr(turn, name) for name in TURN_FIELDS - {EXISTS}}
        change = update(now, **values)
        settled = {name: (getattr(now, name), getattr(turn, name)) for name in to_settle.get(id_, set()) - {EXISTS}}
        changes.append(Change("turn", id_, {**settled, **change.fields}))
    return [change for change in changes if change.fields]


def _ways(project: Project, document: Document, others: Sequence[str], text: str) -> list[Change]:
    """Return what lets whatever lies on the other texts lie on the one that stands."""
    changes: dict[tuple[str, str], Change] = {}
    bodies = project.texts([*others, text])
    quotations = Quotations(bodies[text])
    forwards = [f for f in project.records("forward") if f.document == document.id]
    placements = [p for p in project.records("placement") if p.document == document.id]
    without = Places(forwards, placements)
    lost = [a for a in project.spans(document.id) if a.text != text and without.span(a, text) is None]
    for other in others:
        kept = kept_blocks(bodies[other], bodies[text])
        forward, made = forward_change(project, replace(document, text=other), text, kept)
        changes.update(((change.kind, change.id), change) for change in made)
        places, new_places, known = places_with(project, forward)
        following = Following(bodies[other], quotations, kept, (), ())
        wanted: dict[str, Span | None] = {}
        for anchor in lost:
            was = places.span(anchor, other)
            if was is not None and anchor.id not in wanted:
                wanted[anchor.id] = following.follow(was, new_places.span(anchor, text))
        mine = [anchor for anchor in lost if anchor.id in wanted]
        for change in placement_changes(mine, wanted, text, new_places, known):
            changes.setdefault((change.kind, change.id), change)
    return list(changes.values())
