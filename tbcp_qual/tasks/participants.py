"""Participants: who speaks where, what they are, the family they belong to, and what they allow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from tbcp_qual.coding import structure
from tbcp_qual.coding.changes import Change, Revision, create, remove, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.permissions import Allowed, permission_for
from tbcp_qual.coding.records import PERMISSIONS, Case, Document, Participant, Turn
from tbcp_qual.coding.text import one_line
from tbcp_qual.coding.values import natural
from tbcp_qual.errors import BadInput, UsageError
from tbcp_qual.readers.cases import read_people
from tbcp_qual.readers.files import as_name
from tbcp_qual.store import Project
from tbcp_qual.tasks.cases import find_case
from tbcp_qual.tasks.documents import document_named
from tbcp_qual.tasks.imported import Imported

ARCHIVE = ("yes", "no")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One document in which a participant speaks."""

    document: Document
    speakers: tuple[str, ...]
    """The labels under which they speak there."""
    turns: int
    allowed: Allowed
    """What may be done with their words there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A participant with where they are heard."""

    participant: Participant
    case: str
    """Label of the family; empty where they belong to none."""
    heard: tuple[Heard, ...]


def people(project: Project) -> list[Person]:
    """Return all participants, by label."""
    documents: dict[str, Document] = {document.id: document for document in project.records("document")}
    labels = {case.id: case.label for case in project.records("case")}
    spoken: dict[str, dict[str, list[Turn]]] = {}
    for turn in project.records("turn"):
        if turn.participant:
            spoken.setdefault(turn.participant, {}).setdefault(turn.document, []).append(turn)
    participants: list[Participant] = project.records("participant")
    return [
        Person(
            participant=participant,
            case=labels.get(participant.case or "", ""),
            heard=tuple(
                Heard(
                    document=documents[document],
                    speakers=tuple(dict.fromkeys(turn.speaker for turn in turns)),
                    turns=len(turns),
                    allowed=permission_for(documents[document], [participant]),
                )
                for document, turns in sorted(
                    spoken.get(participant.id, {}).items(), key=lambda item: documents[item[0]].name.casefold()
                )
            ),
        )
        for participant in sorted(participants, key=lambda p: (natural(p.label), p.id))
    ]


def find_participant(participants: Iterable[Participant], label: str) -> Participant:
    """Return the participant of this label; upper and lower case are the same; the id will do too.

    Raises:
        UsageError: there is none, or several have that label.
    """
    wanted = one_line(label)
    by_label: dict[str, list[Participant]] = {}
    for participant in participants:
        by_label.setdefault(participant.label.casefold(), []).append(participant)
        if participant.id == wanted:
            return participant
    found = by_label.get(wanted.casefold(), [])
    if len(found) == 1:
        return found[0]
    if found:
        ids = "; ".join(sorted(participant.id for participant in found))
        raise UsageError(f"{len(found)} participants are called {as_name(wanted)}.", f"Give the id: {ids}")
    near = [by_label[n][0].label for n in get_close_matches(wanted.casefold(), list(by_label), n=3)]
    hint = f"Is it {' or '.join(f'“{n}”' for n in near)}?" if near else "`tbcp-qual participants add` makes one."
    raise UsageError(f"There is no participant {as_name(wanted)}.", hint)


def add_participant(project: Project, label: str, values: Mapping[str, str], *, coder: str) -> Revision | None:
    """Make a participant; one revision.

    Args:
        project: which.
        label: a pseudonym.
        values: as for `set_participants`, without `label`.
        coder: id of who does it.

    Raises:
        UsageError: there is such a participant, or a value does not fit.
    """
    label = _free_label(project.records("participant"), label)
    made = Participant(id=new_id(), label=label)
    fields = _fields(values, project.records("case"))
    return project.apply(f"participant added: {label}", [create(replace(made, **fields))], coder=coder)


def set_participants(
    project: Project, labels: Sequence[str], values: Mapping[str, str], *, coder: str
) -> Revision | None:
    """Say what is known of participants; one revision.

    Args:
        project: which.
        labels: of the participants.
        values: by `label`, `role`, `case` (a label), `permission` and `archive`; an empty value takes away what is
            recorded.
        coder: id of who does it.

    Raises:
        UsageError: there is no such participant or case, or a value does not fit.
    """
    participants: list[Participant] = project.records("participant")
    chosen = {p.id: p for p in (find_participant(participants, label) for label in labels)}
    fields = _fields({name: value for name, value in values.items() if name != "label"}, project.records("case"))
    if "label" in values:
        if len(chosen) != 1:
            raise UsageError("Two participants cannot have one label.", "Name one of them.")
        fields["label"] = _free_label([p for p in participants if p.id not in chosen], values["label"])
    what = next(iter(chosen.values())).label if len(chosen) == 1 else f"{len(chosen)} participants"
    changes = [update(participant, **fields) for participant in chosen.values()]
    return project.apply(f"recorded of {what}: {', '.join(fields)}", changes, coder=coder)


def _free_label(others: Iterable[Participant], label: str) -> str:
    wanted = one_line(label)
    if not wanted:
        raise UsageError("A participant needs a label.", "A pseudonym, such as P07.")
    if any(participant.label.casefold() == wanted.casefold() for participant in others):
        raise UsageError(f"There is a participant {as_name(wanted)} already.", "Choose another label.")
    return wanted


def _fields(values: Mapping[str, str], cases: Iterable[Case]) -> dict[str, Any]:
    """Return fields of a participant from words; empty ones as nothing recorded."""
    fields: dict[str, Any] = {}
    for name, given in values.items():
        value = one_line(given)
        if name == "case":
            fields["case"] = find_case(cases, value).id if value else None
            continue
        allowed = {"permission": PERMISSIONS, "archive": ARCHIVE}.get(name)
        if allowed and value.casefold() not in ("", *allowed):
            raise UsageError(f"{as_name(value)} is no {name}.", f"It is {', '.join(allowed)}, or empty.")
        fields[name] = value.casefold() if allowed else value
    return fields


def import_people(project: Project, path: Path, *, coder: str) -> Imported:
    """Bring participants in as one revision; known ones get what the file says, but an empty cell changes nothing.

    Raises:
        BadInput: the file is unfit, names a family that is not there, or a permission that is none; with the line.
    """
    participants: list[Participant] = project.records("participant")
    by_label = {participant.label.casefold(): participant for participant in participants}
    cases: list[Case] = project.records("case")
    changes: list[Change] = []
    new = 0
    rows = read_people(path)
    for row in rows:
        try:
            fields = _fields({name: value for name, value in row.given.items() if value}, cases)
        except UsageError as problem:
            raise BadInput(f"{path}, line {row.line}: {problem.message}", problem.hint) from problem
        known = by_label.get(row.label.casefold())
        if known is None:
            changes.append(create(replace(Participant(id=new_id(), label=row.label), **fields)))
            new += 1
        else:
            changes.append(update(known, **fields))
    changed = sum(bool(change.fields) and not change.creates for change in changes)
    revision = project.apply(f"participants imported: {len(rows)}", changes, coder=coder)
    return Imported(revision=revision, new=new, changed=changed, same=len(rows) - new - changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """What saying who a speaker is has changed."""

    turns: int
    gone: tuple[str, ...]
    """Labels of participants who were made for that speaker alone, and went."""


def assign(project: Project, document: str, speaker: str, label: str, *, coder: str) -> Assigned:
    """Say that a speaker of a document is a participant; one revision.

    A participant who was made for that label alone, and of whom nothing is recorded, goes.

    Raises:
        UsageError: there is no such document, speaker or participant, or the speaker is an interviewer.
    """
    found = document_named(project, document)
    participants: list[Participant] = project.records("participant")
    participant = find_participant(participants, label)
    all_turns: list[Turn] = project.records("turn")
    turns = [turn for turn in all_turns if turn.document == found.id]
    theirs = structure.said_by(turns, one_line(speaker))
    if not theirs:
        named = dict.fromkeys(turn.speaker for turn in turns if turn.speaker)
        hint = f"Heard there: {', '.join(list(named)[:20])}." if named else "Nobody is named there."
        raise UsageError(f"Nobody called {as_name(one_line(speaker))} speaks in “{found.name}”.", hint)
    if all(turn.role == "interviewer" for turn in theirs):
        raise UsageError(
            f"{theirs[0].speaker} is an interviewer in “{found.name}”.", "`documents role` says otherwise, if need be."
        )
    changes = structure.set_participant(theirs, theirs[0].speaker, participant)
    changed = {change.id for change in changes}
    left = {turn.participant for turn in theirs if turn.id in changed} - {None, participant.id}
    still = {turn.participant for turn in all_turns if turn.id not in changed}
    gone = [p for p in participants if p.id in left and p.id not in still and _unrecorded(p)]
    project.apply(
        f"{theirs[0].speaker} in {found.name} is {participant.label}",
        [*changes, *(remove(p) for p in gone)],
        coder=coder,
    )
    return Assigned(turns=len(changes), gone=tuple(p.label for p in gone))


def _unrecorded(participant: Participant) -> bool:
    """Whether nobody has said anything of a participant that would be lost."""
    return not (participant.permission or participant.archive or participant.withdrawn or participant.case)
