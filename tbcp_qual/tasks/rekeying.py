"""New labels for readers beyond the team: families, speakers and documents under names that lead to nobody.

What is known of one family stands in several accounts; none of the new labels is common to two of them. The labels are
the same for one project and audience each time, so that two drafts of a report can be set side by side.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from tbcp_qual.analysis.heard import Heard
from tbcp_qual.analysis.sources import letters, says_who, short_names
from tbcp_qual.coding.records import Audience, Case, Document, Participant
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.writers.report.quotations import Voice

R = TypeVar("R", Participant, Document, Case)

FEWEST_OF_A_ROLE = 3
"""Of a role that fewer people hold only the source type is said."""
PRESENT = "person present"
"""Whoever sits in on somebody else's interview; it is no post that could be looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """How people, families and documents are called in what leaves."""

    voices: Mapping[str, Voice]
    """By id of the participant."""
    change: Callable[[str], str]
    """Exchanges the labels of the project in any text."""


def own_labels(now: Snapshot) -> Labels:
    """Return the labels as they are, for the team itself."""
    return Labels(voices={p.id: Voice(label=p.label, role=p.role) for p in now.participants}, change=_as_it_is)


def _as_it_is(text: str) -> str:
    return text


def new_labels(now: Snapshot, heard: Heard, audience: Audience) -> Labels:
    """Return labels made for one audience."""
    seed = f"{now.project.id}\x1f{audience}"
    roles = _roles(now, heard)
    numbers: Counter[str] = Counter()
    voices: dict[str, Voice] = {}
    for person in _shuffled(now.participants, seed, "voice"):
        role = roles[person.id]
        numbers[role] += 1
        voices[person.id] = Voice(label=f"{role[:1].upper()}{role[1:]} {numbers[role]}", role=role)
    words = {p.label: voices[p.id].label for p in now.participants if _tells(p.label, roles.values())}
    for place, case in enumerate(_shuffled(now.cases, seed, "family")):
        words[case.label] = f"Family {letters(place).upper()}"
    references: dict[str, str] = {}
    short = short_names(now.documents)
    number_of: Counter[str] = Counter()
    for document in _shuffled(now.documents, seed, "document"):
        kind = _kind(document)
        number_of[kind] += 1
        words[document.name] = f"{kind} {number_of[kind]}"
        references[short[document.id]] = words[document.name]
    return Labels(voices=voices, change=_exchanging(words, references))


def _kind(document: Document) -> str:
    return document.source_type or "case file" if document.kind == "case file" else f"{document.source_type} interview"


def _shuffled(records: Iterable[R], seed: str, what: str) -> list[R]:
    """Sort records by what nobody can foresee who does not have the project."""
    return sorted(records, key=lambda record: sha256(f"{seed}\x1f{what}\x1f{record.id}".encode()).digest())


def _roles(now: Snapshot, heard: Heard) -> dict[str, str]:
    """Return what each participant is, so roughly that none of them stands alone where it can be helped."""
    kinds: dict[str, str] = {}
    main: set[str] = set()
    for document in now.documents:
        for turn in now.turns_by_document.get(document.id, ()):
            if turn.participant:
                kinds.setdefault(turn.participant, document.source_type)
        main.update(voice for voice in heard.voices(document.id) if voice in now.participant_by_id)
    by_kind: dict[str, list[Participant]] = {}
    for person in now.participants:
        by_kind.setdefault(kinds.get(person.id, "") if person.id in main else "", []).append(person)
    roles: dict[str, str] = {}
    for kind, people in by_kind.items():
        held = Counter(person.role for person in people if person.role)
        kept = {role for role, number in held.items() if number >= FEWEST_OF_A_ROLE} if kind else set()
        rest = sum(person.role not in kept for person in people)
        if 0 < rest < FEWEST_OF_A_ROLE:
            kept = set()  # whoever is left over would stand out
        for person in people:
            roles[person.id] = person.role if person.role in kept else kind or PRESENT
    return roles


def _tells(label: str, roles: Iterable[str]) -> bool:
    """Whether a label names somebody; `Mum` and `Speaker 2` are heard in every home."""
    return bool(label) and says_who(label) and label.casefold() not in {role.casefold() for role in roles}


def _exchanging(words: Mapping[str, str], references: Mapping[str, str]) -> Callable[[str], str]:
    whole = {label.casefold(): new for label, new in words.items() if label}
    cited = {name.casefold(): new for name, new in references.items() if name}
    if not whole and not cited:
        return _as_it_is
    parts = []
    if cited:
        parts.append(rf"(?P<cited>{_any_of(cited)})\.\d+[a-z]*")
    if whole:
        parts.append(rf"(?P<whole>{_any_of(whole)})(?:\.\d+[a-z]*)?")
    pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(parts)})(?![^\W_])", re.IGNORECASE)

    def new(found: re.Match[str]) -> str:
        named = found.groupdict()
        reference = named.get("cited")
        return cited[reference.casefold()] if reference else whole[named["whole"].casefold()]

    return lambda text: pattern.sub(new, text)


def _any_of(labels: Iterable[str]) -> str:
    ordered: Sequence[str] = sorted(labels, key=len, reverse=True)
    return "|".join(map(re.escape, ordered))
