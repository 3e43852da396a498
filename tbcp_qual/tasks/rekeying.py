"""New labels for readers beyond the team: families, speakers and documents under names that lead to nobody.

Whoever is quoted has one label, and no two of them share one. What is said of them elsewhere names no label at all: a
sentence about a parent, her worker and her file would else tie three quotations to one family.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from tbcp_qual.analysis.heard import Heard
from tbcp_qual.analysis.sources import says_who, short_names
from tbcp_qual.coding.records import Audience, Document, Participant
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.writers.report.quotations import Voice

_LETTERED = re.compile(r"\[([^\[\]\n]{1,40}?) ([A-Z]|\d{1,2})\]")
"""A pseudonym of a text with what tells it from others of its kind: `[Worker B]`."""
_DETERMINED = re.compile(r"\b(?:an?|the|this|that|one|each|every|her|his|its|their|our|no) $", re.IGNORECASE)
_BEGINS = re.compile(r"(?:^|[.?!]\s|\n)[“‘(\"']*$")
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")

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
    """Takes the labels of the project out of any text."""


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
    for person in _shuffled(now.participants, seed):
        role = roles[person.id]
        numbers[role] += 1
        voices[person.id] = Voice(label=f"{role[:1].upper()}{role[1:]} {numbers[role]}", role=role)
    kinds = {p.label: roles[p.id] for p in now.participants if _tells(p.label, roles.values())}
    kinds |= {case.label: "family" for case in now.cases}
    kinds |= {document.name: _kind(document) for document in now.documents}
    short = short_names(now.documents)
    references = {short[document.id]: _kind(document) for document in now.documents}
    return Labels(voices=voices, change=_exchanging(kinds, references))


def _kind(document: Document) -> str:
    return document.source_type or "case file" if document.kind == "case file" else f"{document.source_type} interview"


def _shuffled(records: Iterable[Participant], seed: str) -> list[Participant]:
    """Sort records by what nobody can foresee who does not have the project."""
    return sorted(records, key=lambda record: sha256(f"{seed}\x1fvoice\x1f{record.id}".encode()).digest())


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


def _exchanging(kinds: Mapping[str, str], references: Mapping[str, str]) -> Callable[[str], str]:
    """Return what says `a parent` where a text names one, `another parent` for a second, `the first parent` again."""
    whole = {label.casefold(): kind for label, kind in kinds.items() if label}
    cited = {name.casefold(): kind for name, kind in references.items() if name}
    parts = []
    if cited:
        parts.append(rf"(?P<cited>{_any_of(cited)})\.\d+[a-z]*")
    if whole:
        parts.append(rf"(?P<whole>{_any_of(whole)})(?:\.\d+[a-z]*)?")
    if not parts:
        return without_letters
    pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(parts)})(?![^\W_])", re.IGNORECASE)

    def change(text: str) -> str:
        met: dict[str, list[str]] = {}
        all_met: dict[str, set[str]] = {}
        for found in pattern.finditer(text):
            kind, label = named(found)
            all_met.setdefault(kind, set()).add(label)

        def new(found: re.Match[str]) -> str:
            kind, label = named(found)
            before = text[: found.start()]
            if before.endswith("[") or _DETERMINED.search(before):
                return kind
            known = met.setdefault(kind, [])
            if label in known:
                place = _PLACES[known.index(label)] if known.index(label) < len(_PLACES) else "last"
                words = f"the {kind}" if len(all_met[kind]) == 1 else f"the {place} {kind}"
            else:
                article = "another" if known else "an" if kind[:1] in "aeiou" else "a"
                words = f"{article} {kind}"
                known.append(label)
            return words[:1].upper() + words[1:] if _BEGINS.search(before) else words

        return without_letters(pattern.sub(new, text))

    def named(found: re.Match[str]) -> tuple[str, str]:
        reference = found.groupdict().get("cited")
        label = (reference or found["whole"]).casefold()
        return (cited if reference else whole)[label], label

    return change


def without_letters(text: str) -> str:
    """Return a text in which its pseudonyms tell persons apart within it, and in no other.

    >>> without_letters("[Worker B] came. Then [Worker C] did, and [Worker B] rang [Co-ordinator B].")
    '[Worker 1] came. Then [Worker 2] did, and [Worker 1] rang [Co-ordinator].'
    """
    met: dict[str, dict[str, int]] = {}
    for found in _LETTERED.finditer(text):
        of_kind = met.setdefault(found[1].casefold(), {})
        of_kind.setdefault(found[2], len(of_kind) + 1)

    def new(found: re.Match[str]) -> str:
        of_kind = met[found[1].casefold()]
        return f"[{found[1]} {of_kind[found[2]]}]" if len(of_kind) > 1 else f"[{found[1]}]"

    return _LETTERED.sub(new, text)


def _any_of(labels: Iterable[str]) -> str:
    ordered: Sequence[str] = sorted(labels, key=len, reverse=True)
    return "|".join(map(re.escape, ordered))
