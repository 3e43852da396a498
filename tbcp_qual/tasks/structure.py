"""Correcting who speaks where: speakers of all documents in one table, and each correction as one revision."""

import datetime
import re
from dataclasses import dataclass
from typing import NamedTuple

from tbcp_qual.coding import structure
from tbcp_qual.coding.changes import Change, Revision
from tbcp_qual.coding.records import Document, Role, Turn
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span
from tbcp_qual.coding.text import one_line
from tbcp_qual.errors import UsageError
from tbcp_qual.readers.codings import find_quotation
from tbcp_qual.store import Project
from tbcp_qual.tasks.documents import document_named
from tbcp_qual.tasks.roles import turn_changes

_RANGE = re.compile(r"(\d{1,9})(?:\s*[-–]\s*(\d{1,9}))?$")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$")


class Opened(NamedTuple):
    """One document with its turns, as they lie in its present text."""

    snapshot: Snapshot
    document: Document
    turns: list[Turn]
    words: str

    def named(self, numbers: str) -> tuple[int, int]:
        """Return the places, counted from 0, of the first and last turn of `4` or `4-9`.

        Raises:
            UsageError: there are no such turns.
        """
        found = _RANGE.match(numbers.strip())
        first = int(found[1]) if found else 0
        last = int(found[2] or found[1]) if found else 0
        if not 1 <= first <= last <= len(self.turns):
            have = f"has turns 1 to {len(self.turns)}" if self.turns else "has no turns"
            raise UsageError(
                f"There is no turn “{one_line(numbers)[:20]}”: “{self.document.name}” {have}.",
                "`tbcp-qual documents show NAME` numbers them.",
            )
        return first - 1, last - 1

    def one(self, number: str) -> int:
        """Return the place, counted from 0, of a single turn.

        Raises:
            UsageError: there is no such turn, or several are named.
        """
        first, last = self.named(number)
        if first != last:
            raise UsageError("One turn is meant here.", "Name it by its number: --turn 4")
        return first

    def quoted(self, quotation: str, within: Span, where: str) -> Span:
        """Return where words stand.

        Raises:
            UsageError: they are not there, or more than once.
        """
        found = find_quotation(self.words, quotation, within)
        if not found:
            raise UsageError(f"The words quoted are not in {where}.", "Quote them as they stand in the text.")
        if len(found) > 1:
            raise UsageError(f"The words quoted are in {where} {len(found)} times.", "Quote more of them.")
        return found[0]


def open_document(project: Project, viewer: str, name: str) -> Opened:
    """Return a document and its turns.

    Raises:
        UsageError: there is no such document.
    """
    document = document_named(project, name)
    snapshot = project.snapshot(viewer, [document.id])
    turns = [turn for turn in snapshot.turns_by_document.get(document.id, []) if turn.text == document.text]
    return Opened(snapshot, document, turns, snapshot.texts[document.text])


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One speaker in one document."""

    document: str
    speaker: str
    """Empty for turns that no label announces."""
    roles: tuple[str, ...]
    """More than one where the turns differ."""
    participants: tuple[str, ...]
    """Labels of the participants who the turns say it is."""
    turns: int
    words: int


def speakers(project: Project, *, viewer: str, name: str | None = None) -> list[Heard]:
    """Return who speaks where, by document and in the order in which they are first heard.

    Case files and other documents in which nobody is named are left out.

    Raises:
        UsageError: there is no such document.
    """
    snapshot = project.snapshot(viewer, [document_named(project, name).id] if name else None)
    labels = {participant.id: participant.label for participant in snapshot.participants}
    heard: list[Heard] = []
    for document in snapshot.documents:
        by_speaker: dict[str, list[Turn]] = {}
        for turn in snapshot.turns_by_document.get(document.id, ()):
            by_speaker.setdefault(turn.speaker, []).append(turn)
        if not any(by_speaker):
            continue
        heard.extend(
            Heard(
                document=document.name,
                speaker=speaker,
                roles=tuple(dict.fromkeys(turn.role for turn in turns if turn.role)),
                participants=tuple(dict.fromkeys(labels[t.participant] for t in turns if t.participant in labels)),
                turns=len(turns),
                words=sum(
                    len(snapshot.texts[t.text][t.start : t.end].split()) for t in turns if t.text == document.text
                ),
            )
            for speaker, turns in by_speaker.items()
        )
    return heard


class Renamed(NamedTuple):
    """What a new name for a speaker has changed."""

    turns: int
    documents: int


def rename_speaker(project: Project, name: str, old: str, new: str, *, coder: str, everywhere: bool = False) -> Renamed:
    """Give a speaker another name, in one document or in all in which they are heard; one revision.

    Raises:
        UsageError: there is no such document, or nobody of that name speaks in it.
    """
    opened = open_document(project, coder, name)
    old, new = one_line(old), one_line(new)
    if not structure.said_by(opened.turns, old):
        there = dict.fromkeys(turn.speaker for turn in opened.turns if turn.speaker)
        hint = f"Heard there: {', '.join(there)}." if there else "Nobody is named there."
        raise UsageError(f"Nobody called “{old}” speaks in “{opened.document.name}”.", hint)
    by_document = {opened.document.id: opened.turns}
    if everywhere:
        by_document = project.snapshot(coder).turns_by_document
    changes: list[Change] = []
    documents = 0
    for turns in by_document.values():
        if structure.said_by(turns, old):
            changed = structure.rename_speaker(turns, old, new)
            changes += changed
            documents += bool(changed)
    where = f"in {opened.document.name}" if documents < 2 else f"in {documents} documents"
    project.apply(f"{old} renamed {new} {where}", changes, coder=coder)
    return Renamed(len(changes), documents)


def split_turn(
    project: Project, name: str, number: str, at: str, *, coder: str, speaker: str | None = None
) -> Revision | None:
    """Make the part of a turn that begins with the words `at` a turn of its own.

    Raises:
        UsageError: there is no such turn, or the words are not in it once.
    """
    opened = open_document(project, coder, name)
    place = opened.one(number)
    turn = opened.turns[place]
    where = f"turn {place + 1} of “{opened.document.name}”"
    begins = opened.quoted(at, Span(turn.start, turn.end), where).start
    speaker = None if speaker is None else one_line(speaker)
    changes = structure.split_turn(opened.turns, turn, begins, opened.words, speaker=speaker)
    return project.apply(f"turn {place + 1} of {opened.document.name} split in two", changes, coder=coder)


def join_turns(project: Project, name: str, number: str, *, coder: str, speaker: str | None = None) -> Revision | None:
    """Make one turn of a turn and the next; where one of them names nobody, it is the other's.

    Args:
        speaker: who says the whole: one of the two, where they are two.

    Raises:
        UsageError: there is no next turn, other words lie between the two, or it is not said whose the whole is.
    """
    opened = open_document(project, coder, name)
    place = opened.one(number)
    if place + 1 == len(opened.turns):
        raise UsageError(f"Turn {place + 1} is the last of “{opened.document.name}”.", "Name the one before it.")
    first, following = opened.turns[place : place + 2]
    named = {turn.speaker.casefold(): turn for turn in (following, first) if turn.speaker}
    wanted = one_line(speaker or "").casefold()
    if (wanted and wanted not in named) or (not wanted and len(named) > 1):
        raise UsageError(
            f"Turn {place + 1} is {first.speaker or 'nobody'}’s and the next {following.speaker or 'nobody'}’s.",
            f'Say whose the whole is: --speaker "{first.speaker or following.speaker}"',
        )
    whose = named[wanted] if wanted else next(iter(named.values()), first)
    reviews = project.reviews_of((first.id, following.id))
    changes = structure.join_turns(first, following, opened.words, reviews, whose=whose)
    label = f"turns {place + 1} and {place + 2} of {opened.document.name} joined"
    return project.apply(label, changes, coder=coder)


def assign_turns(
    project: Project, name: str, numbers: str, *, coder: str, speaker: str | None = None, role: Role | None = None
) -> Revision | None:
    """Say who says some turns, `4` or `4-9`, whatever stands before them in the text.

    Args:
        speaker: one who is heard there, whose role and participant come with the name, or a new one; None: as before.
        role: whether they ask or answer; None: as the speaker does elsewhere, else as before.

    Raises:
        UsageError: there are no such turns, or nothing is said of them.
    """
    opened = open_document(project, coder, name)
    first, last = opened.named(numbers)
    if not (one_line(speaker or "") or role):
        raise UsageError("Whose are they?", "Say it: --speaker NAME, or --role interviewer")
    changed = structure.assign(opened.turns, opened.turns[first : last + 1], speaker=one_line(speaker or ""), role=role)
    which = f"turn {first + 1}" if first == last else f"turns {first + 1} to {last + 1}"
    who = one_line(speaker or "") or f"the {role}'s"
    label = (
        f"{which} of {opened.document.name} given to {who}" if speaker else f"{which} of {opened.document.name}: {who}"
    )
    changes = [change for change in turn_changes(project, changed) if change.fields]
    return project.apply(label, changes, coder=coder)


def set_section(project: Project, name: str, numbers: str, title: str, *, coder: str) -> Revision | None:
    """Put turns under a heading: from one turn to where its section ends, or exactly those of `4-9`.

    Raises:
        UsageError: there are no such turns.
    """
    opened = open_document(project, coder, name)
    first, last = opened.named(numbers)
    until = last if re.search("[-–]", numbers) else None
    changes = structure.set_section(opened.turns, first, until, one_line(title))
    return project.apply(f"section named in {opened.document.name}", changes, coder=coder)


def set_date(project: Project, name: str, numbers: str, date: str, *, coder: str) -> Revision | None:
    """Say on which day the entries of some turns were: `2024-03-12`, `2024-03`, `2024`, or empty for none.

    Raises:
        UsageError: there are no such turns, or it is no date.
    """
    opened = open_document(project, coder, name)
    first, last = opened.named(numbers)
    changes = structure.set_date(opened.turns[first : last + 1], checked_date(date))
    return project.apply(f"date set in {opened.document.name}", changes, coder=coder)


def checked_date(date: str) -> str:
    """Return a date as it is kept, ISO 8601 as far as it is given.

    Raises:
        UsageError: there is no such day.
    """
    date = one_line(date)
    if not date:
        return ""
    found = _DATE.match(date)
    try:
        if found is None:
            raise ValueError
        datetime.date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        raise UsageError(f"“{date[:20]}” is no date.", "Write it as 2024-03-12, or 2024-03.") from None
    return date
