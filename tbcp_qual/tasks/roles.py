"""Whether somebody asks or answers: turns get another role, and with it a participant or none."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tbcp_qual.coding.changes import Change, create, remove, update
from tbcp_qual.coding.people import name_again
from tbcp_qual.coding.records import Document, Participant, Role, Turn
from tbcp_qual.store import Project


def role_changes(project: Project, turns: Sequence[Turn], role: Role) -> tuple[int, list[Change]]:
    """Return how many turns get another role, and the changes that give it, participants included."""
    changed = [replace(turn, role=role) for turn in turns]
    return sum(turn.role != now.role for turn, now in zip(turns, changed, strict=True)), turn_changes(project, changed)


def turn_changes(project: Project, changed: Iterable[Turn]) -> list[Change]:
    """Return the changes that make turns what they are to be, with the participants that follow from it."""
    wanted = {turn.id: turn for turn in changed}
    documents: dict[str, Document] = {document.id: document for document in project.records("document")}
    by_document: dict[str, list[Turn]] = {}
    for turn in project.records("turn"):
        by_document.setdefault(turn.document, []).append(turn)
    speaks_in: dict[str, set[str]] = {}
    for name, theirs in by_document.items():
        for turn in theirs:
            if turn.participant:
                speaks_in.setdefault(turn.participant, set()).add(name)
    known: list[Participant] = project.records("participant")
    changes: list[Change] = []
    made: list[Participant] = []
    for name, theirs in by_document.items():
        if wanted.keys().isdisjoint(turn.id for turn in theirs):
            continue
        theirs.sort(key=lambda turn: (turn.start, turn.id))
        now = [wanted.get(turn.id, turn) for turn in theirs]
        elsewhere = {person for person, where in speaks_in.items() if where - {name}}
        speaking = name_again(documents[name], now, [*known, *made], elsewhere)
        changes += [
            update(before, speaker=after.speaker, role=after.role, participant=after.participant)
            for before, after in zip(theirs, speaking.turns, strict=True)
        ]
        changes += [remove(person) for person in speaking.gone]
        made += speaking.new
    return [*(create(person) for person in made), *changes]
