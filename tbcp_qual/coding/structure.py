"""Correcting who speaks where, each act as the changes it makes; no offset of a text moves.

The turns handed in are those of one document in order, as they lie in its present text.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tbcp_qual.coding.changes import EXISTS, Change, create, remove, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Participant, Role, Turn
from tbcp_qual.errors import UsageError

_AFTER_LABEL = r"\s*[:.–-]\s+"


def said_by(turns: Iterable[Turn], speaker: str) -> list[Turn]:
    """Return the turns of a speaker; upper and lower case are the same."""
    return [turn for turn in turns if turn.speaker.casefold() == speaker.casefold()]


def rename_speaker(turns: Sequence[Turn], old: str, new: str) -> list[Change]:
    """Give a speaker of one document another name; where somebody there has it, the two become one.

    Raises:
        UsageError: nobody has the old name, or the new one is empty.
    """
    if not new:
        raise UsageError("A speaker needs a name.")
    theirs = said_by(turns, old)
    if not theirs:
        raise UsageError(f"Nobody called “{old}” speaks in this document.")
    others = [turn for turn in said_by(turns, new) if turn not in theirs]
    changes = []
    for turn in theirs:
        role, participant = _of_same_speaker(others, turn.role, turn.participant)
        changes.append(update(turn, speaker=new, role=role, participant=participant))
    return [change for change in changes if change.fields]


def _of_same_speaker(turns: Iterable[Turn], role: Role, participant: str | None) -> tuple[Role, str | None]:
    """Return role and participant as other turns of the speaker have them, else those given."""
    for turn in turns:
        role, participant = turn.role or role, turn.participant or participant
    return role, participant


def assign(turns: Sequence[Turn], given: Sequence[Turn], *, speaker: str = "", role: Role | None = None) -> list[Turn]:
    """Return turns as they are once they are a speaker's; without a name they stay whose they were.

    Args:
        turns: all turns of the document.
        given: those of them that change.
        speaker: one who is heard there, or a new one.
        role: whether they ask or answer; None: as the speaker does elsewhere, else as before.
    """
    others = [turn for turn in said_by(turns, speaker) if turn not in given] if speaker else []
    changed = []
    for turn in given:
        same = speaker.casefold() in ("", turn.speaker.casefold())
        asks, participant = _of_same_speaker(others, turn.role or "participant", turn.participant if same else None)
        called = others[0].speaker if others else speaker or turn.speaker
        changed.append(replace(turn, speaker=called, role=role or asks, participant=participant))
    return changed


def set_participant(turns: Iterable[Turn], speaker: str, participant: Participant | None) -> list[Change]:
    """Say which participant a speaker is, or that they are none."""
    changes = [update(turn, participant=participant.id if participant else None) for turn in said_by(turns, speaker)]
    return [change for change in changes if change.fields]


def split_turn(turns: Sequence[Turn], turn: Turn, at: int, words: str, *, speaker: str | None = None) -> list[Change]:
    """Make a turn of its own of what a turn holds from an offset on; reviews stay with what comes before.

    Args:
        turns: all turns of the document.
        turn: the one to divide.
        at: where the second half begins, in code points of the text; white space before it belongs to neither.
        words: the text of the document.
        speaker: who says the second half, and whose label may stand at its beginning; None for the same speaker.

    Raises:
        UsageError: one half would hold nothing.
    """
    first, second = words[turn.start : max(at, turn.start)], words[at : turn.end]
    end = turn.start + len(first.rstrip())
    head = turn.end - len(second.lstrip())
    start = head
    if speaker and (label := re.compile(re.escape(speaker) + _AFTER_LABEL, re.IGNORECASE).match(words, head, turn.end)):
        start = label.end()
    if end <= turn.start or start >= turn.end:
        raise UsageError("One half of the turn would be empty.", "Name words from within it, not its first.")
    role, participant = turn.role, turn.participant
    if speaker is not None and speaker.casefold() != turn.speaker.casefold():
        role, participant = _of_same_speaker(said_by(turns, speaker), "participant" if speaker else "", None)
    half = Turn(
        id=new_id(),
        document=turn.document,
        text=turn.text,
        head=head,
        start=start,
        end=turn.end,
        speaker=turn.speaker if speaker is None else speaker,
        role=role,
        section=turn.section,
        date=turn.date,
        participant=participant,
    )
    return [update(turn, end=end), create(half)]


def join_turns(
    turn: Turn, following: Turn, words: str, reviews: Iterable[tuple[str, str, str]], *, whose: Turn | None = None
) -> list[Change]:
    """Make one turn of two; the label between them becomes part of its words.

    A coder has reviewed the one turn if they had reviewed both.

    Args:
        turn: the one that stays.
        following: the next turn, which goes.
        words: the text of the document.
        reviews: `(id, id of the turn, id of the coder)` of all reviews of the two, by all coders.
        whose: a turn of the speaker who says the whole; None for the speaker of the first.

    Raises:
        UsageError: other words, such as a heading, lie between them.
    """
    if turn.text != following.text or words[turn.end : following.head].strip():
        raise UsageError("Other words lie between the two turns.", "Only turns that follow each other can be joined.")
    said = whose or turn
    of_first: dict[str, str] = {}
    of_second: dict[str, str] = {}
    for review, on, coder in reviews:
        (of_first if on == turn.id else of_second)[coder] = review
    halfway = [review for coder, review in of_first.items() if coder not in of_second]
    return [
        *(Change("review", review, {EXISTS: (True, False)}) for review in (*halfway, *of_second.values())),
        update(turn, end=following.end, speaker=said.speaker, role=said.role, participant=said.participant),
        remove(following),
    ]


def set_section(turns: Sequence[Turn], first: int, last: int | None, title: str) -> list[Change]:
    """Put turns under a heading.

    Args:
        turns: all turns of the document.
        first: place of the first of them, counted from 0.
        last: place of the last; None for all up to where the section of the first ends.
        title: the heading; empty for none.
    """
    if last is None:
        last = first
        while last + 1 < len(turns) and turns[last + 1].section == turns[first].section:
            last += 1
    return [update(turn, section=title) for turn in turns[first : last + 1] if turn.section != title]


def set_date(turns: Iterable[Turn], date: str) -> list[Change]:
    """Say on which day entries were; empty where none is given."""
    return [update(turn, date=date) for turn in turns if turn.date != date]
