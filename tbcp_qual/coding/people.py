"""Who speaks in a document, as participants: found by their labels when a document comes in, and again when roles change.

A pseudonym such as `P07` is one person wherever it is heard; any other label (`Speaker 2`, `Gran`) names somebody of
its own document alone. Families are never guessed: a participant gets a case only where somebody said which.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Document, Participant, Turn

_PSEUDONYM = re.compile(
    r"(?P<label>(?P<letters>[A-Z]{1,3}|[Ii]d)[ _-]?(?P<number>\d{1,4})[a-z]?)(?: ?\((?P<role>[\w .-]+)\))?$"
)
_NOBODY = re.compile(r"(?i:[rsaqi] ?\d+)$")
"""Respondent 1, speaker 1, answer 1: numbers of a recording, not of people."""
_AT_START = re.compile(r"(?P<label>[A-Z]{1,3}-?\d{1,4}[a-z]?)(?![A-Za-z0-9])")
SOURCE_TYPES = {"P": "parent", "K": "practitioner", "W": "partner", "F": "case file"}
"""What documents and people are whose pseudonyms begin so, unless somebody says otherwise."""
_NO_ONE_PERSON = re.compile(
    r"(?i:all|both|everyone|group|several|multiple speakers|(?:unknown|unidentified|unclear)(?: (?:speaker|voice))?)"
    r"[ ]?\d{0,2}$|[A-Z]{1,3}\d{1,3}(?:,|[ ]?/|[ ]?&|[ ]?\+|[ ]and)[ ]?[A-Z]{1,3}\d"
)
"""Labels of several at once, or of a voice that nobody knew: no participants."""
_CENTRAL = re.compile(r"(?i:participant|respondent|interviewee|resp\.?|p|r|a)$")
_ROLES = {
    **dict.fromkeys(("mum", "mam", "mom", "mother"), "mother"),
    **dict.fromkeys(("dad", "father"), "father"),
    **dict.fromkeys(("gran", "granny", "nan", "nana", "grandmother", "grandma"), "grandmother"),
    **dict.fromkeys(("grandad", "granddad", "grandfather"), "grandfather"),
    **{role: role for role in (
        "interpreter", "translator", "advocate", "carer", "foster carer", "key worker", "social worker", "midwife",
        "health visitor", "nurse", "manager", "practitioner", "worker",
    )},
}  # fmt: skip


def pseudonym(label: str) -> str:
    """Return the pseudonym that a speaker's label is; empty where it is none.

    >>> pseudonym("P07"), pseudonym("K03 (key worker)"), pseudonym("Speaker 2"), pseudonym("R1")
    ('P07', 'K03', '', '')
    """
    found = _PSEUDONYM.match(label)
    return found["label"] if found and not _NOBODY.match(found["label"]) else ""


def pseudonym_of(document: Document) -> str:
    """Return the pseudonym with which the name of a document or of its file begins; empty where none does.

    >>> pseudonym_of(Document(id="d", name="Interview", file="P07_first.txt"))
    'P07'
    """
    if document.kind == "case file":
        return ""
    found = _AT_START.match(document.name) or _AT_START.match(document.file)
    return found["label"] if found else ""


def role_of(label: str, document: Document) -> str:
    """Guess what somebody is: by a word in the label, else by the source type of the document.

    >>> interview = Document(id="d", name="K03", source_type="practitioner")
    >>> role_of("K03", interview), role_of("Gran", interview), role_of("P07", interview)
    ('practitioner', 'grandmother', 'parent')
    """
    found = _PSEUDONYM.match(label)
    word = (found["role"] or "" if found else label).casefold().rstrip(" 0123456789.")
    if found and found["role"]:
        return _ROLES.get(word, word)
    if word in _ROLES:
        return _ROLES[word]
    own = pseudonym_of(document)
    if found and own and found["letters"] != own[: len(found["letters"])]:
        # What the interview of K03 is says nothing of P07 who sat in.
        return SOURCE_TYPES.get(found["letters"], "") if found["letters"] != "F" else ""
    return document.source_type if document.kind == "interview" else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """Who speaks in a document."""

    turns: tuple[Turn, ...]
    """Those given, each with its participant."""
    new: tuple[Participant, ...]
    """Participants who were not known before."""
    gone: tuple[Participant, ...] = ()
    """Participants who were made for a label alone, and whom nobody needs any more."""
    numbered_here: bool = False
    """Whether labels such as P1, P2, P3 were taken for numbers of this recording."""


def name_speakers(
    document: Document, turns: Sequence[Turn], known: Iterable[Participant], *, named: str = ""
) -> Speaking:
    """Give each who answers in a document a participant, known or new; interviewers and several at once get none.

    Args:
        document: in which they speak.
        turns: all turns of it; those that have a participant keep it.
        known: participants of the project.
        named: the label of who speaks, where somebody said so; it is meant for the one who is no bystander.
    """
    here = {turn.speaker: turn.participant for turn in turns if turn.participant}
    answering = dict.fromkeys(t.speaker for t in turns if t.role == "participant" and t.speaker)
    voices = [s for s in answering if s not in here and not _NO_ONE_PERSON.match(s)]
    local = _numbered(voices, document)
    main = _main(voices, document, local)
    labels = {voice: "" if voice in local else pseudonym(voice) for voice in voices}
    by_label = {participant.label.casefold(): participant for participant in known}
    new: list[Participant] = []
    found: dict[str, str] = dict(here)
    for voice in voices:
        label = labels[voice]
        if voice == main:
            label = named or label or pseudonym_of(document) or document.name
        label = label or f"{document.name} {voice}"
        participant = by_label.get(label.casefold())
        if participant is None:
            of_family = voice == main and document.source_type.casefold() == "parent" and len(document.cases) == 1
            participant = Participant(
                id=new_id(),
                label=label,
                role=role_of(voice, document),
                case=document.cases[0] if of_family else None,
            )
            by_label[label.casefold()] = participant
            new.append(participant)
        found[voice] = participant.id
    return Speaking(
        turns=tuple(
            replace(turn, participant=found[turn.speaker])
            if turn.role == "participant" and turn.participant is None and turn.speaker in found
            else turn
            for turn in turns
        ),
        new=tuple(new),
        numbered_here=bool(local),
    )


def name_again(
    document: Document, turns: Sequence[Turn], known: Sequence[Participant], elsewhere: Collection[str]
) -> Speaking:
    """Name the speakers of a document anew after their roles have changed.

    A participant who was made for a label of this document alone, and of whom nothing is recorded, may go or get a
    better label; all others stay.

    Args:
        document: in which they speak.
        turns: all turns of it, with their roles as they are now.
        known: participants of the project.
        elsewhere: ids of those who speak in other documents.
    """
    guessed = {(turn.participant, role_of(turn.speaker, document)) for turn in turns}
    passing = {
        p.id: p
        for p in known
        if (p.id, p.role) in guessed
        and p.id not in elsewhere
        and p.label.startswith(document.name)
        and not (p.permission or p.archive or p.withdrawn)
    }
    cleared = [
        replace(turn, participant=None) if turn.role == "interviewer" or turn.participant in passing else turn
        for turn in turns
    ]
    named = name_speakers(document, cleared, [p for p in known if p.id not in passing])
    same = {p.label.casefold(): p for p in passing.values()}
    back = {p.id: same[p.label.casefold()].id for p in named.new if p.label.casefold() in same}
    return Speaking(
        turns=tuple(replace(t, participant=back.get(t.participant or "", t.participant)) for t in named.turns),
        new=tuple(p for p in named.new if p.id not in back),
        gone=tuple(p for p in passing.values() if p.id not in back.values()),
        numbered_here=named.numbered_here,
    )


def _numbered(voices: Sequence[str], document: Document) -> set[str]:
    """Return labels that number the voices of one recording: P1, P2, P3 in a focus group, and nobody named after it."""
    numbers: dict[str, dict[int, str]] = {}
    for voice in voices:
        found = _PSEUDONYM.match(voice)
        if found and pseudonym(voice) and not found["number"].startswith("0"):
            numbers.setdefault(found["letters"].casefold(), {})[int(found["number"])] = voice
    own = pseudonym_of(document).casefold()
    return {
        voice
        for group in numbers.values()
        if len(group) > 2 and set(group) == set(range(1, len(group) + 1))
        if own not in {voice.casefold() for voice in group.values()}
        for voice in group.values()
    }


def _main(voices: Sequence[str], document: Document, local: Collection[str]) -> str:
    """Return the label of the one whose interview it is; empty where that cannot be told."""
    own = pseudonym_of(document).casefold()
    named_after = [voice for voice in voices if own and pseudonym(voice).casefold() == own]
    if len(named_after) == 1:
        return named_after[0]
    others = [voice for voice in voices if voice in local or not pseudonym(voice)]
    if len(voices) == 1:
        return voices[0]
    central = [voice for voice in others if _CENTRAL.match(voice)]
    return central[0] if len(central) == 1 and len(others) == len(voices) else ""
