"""Retrieval: the codings that answer what somebody asks of them, filtered, and combined with other codings.

What is asked is a value that can be saved, shown in words and run again; what is found keeps its reference.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, field, fields
from typing import Any, Literal, get_args

from tbcp_qual.analysis.sources import Sources
from tbcp_qual.coding.aboutness import Aboutness
from tbcp_qual.coding.answers import answer_numbers
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.records import Coding, Round
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.sought import places, read
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import BadInput

Scope = Literal["overlapping", "within", "around", "near", "turn", "answer", "document", "case"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
"""How two codings lie to one another: sharing words, the first within the other, the first around it, near it, or in
the same turn, answer, document or case."""

NEAR = 200
"""Code points between two codings that are near one another, where nobody says how many."""

_IN_WORDS: dict[Scope, str] = {
    "overlapping": "on the same words",
    "within": "around it",
    "around": "within it",
    "near": "near it",
    "turn": "in the same turn",
    "answer": "in the same answer",
    "document": "in the same document",
    "case": "in the same case",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Other codings that must be there, or must not."""

    codes: tuple[str, ...]
    """Ids; any of them, with what lies below."""
    scope: Scope = "overlapping"
    without: bool = False
    """Whether such a coding must not be there."""
    distance: int = NEAR
    """For `near`, in code points between the two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of the codings; what is empty asks nothing."""

    codes: tuple[str, ...] = ()
    """Ids; any of them, with what lies below."""
    only: bool = False
    """Whether codes below those named are left out."""
    coders: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    source_types: tuple[str, ...] = ()
    time_points: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    """`(name, value)` that a case the words are by or about must have; several values of one name are any of them."""
    round: str = ""
    negative: bool | None = None
    prompted: str = ""
    words: str = ""
    """What must stand in the coded words, as `coding.sought` reads it."""
    relations: tuple[Relation, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved:
    """One coding that answers."""

    coding: Coding
    reference: str
    """`P07.14`."""
    source: str
    """`P07, parent, turn 14`."""
    code: str
    """Path of the code that stands for it now."""
    words: str
    partners: tuple[str, ...]
    """Ids of the codings that the relations found beside it."""


def to_wording(wanted: Wanted) -> str:
    """Write what is asked as JSON; what asks nothing is left out."""
    usual = asdict(Wanted())
    plain = {name: value for name, value in asdict(wanted).items() if value != usual[name]}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def from_wording(wording: str) -> Wanted:
    """Read what `to_wording` wrote.

    Raises:
        BadInput: it is none of that.
    """
    try:
        plain: dict[str, Any] = json.loads(wording)
        relations = tuple(Relation(**{**r, "codes": tuple(r["codes"])}) for r in plain.pop("relations", ()))
        known = {f.name for f in fields(Wanted)}
        values = {n: _frozen(value) for n, value in plain.items() if n in known}
        if set(plain) - known or any(r.scope not in SCOPES for r in relations):
            raise ValueError
        return Wanted(**values, relations=relations)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise BadInput("This query was written by another version and cannot be read.", "Make it anew.") from None


def _frozen(value: Any) -> Any:
    return tuple(_frozen(part) for part in value) if isinstance(value, list) else value


def in_words(wanted: Wanted, now: Snapshot) -> str:
    """Say what is asked, as a report would."""
    book = now.codebook

    def named(codes: Iterable[str]) -> str:
        return " or ".join(f"“{book.by_id[code].name}”" if code in book.by_id else "a code" for code in codes)

    said = [f"coded {named(wanted.codes)}" if wanted.codes else "coded"]
    if wanted.coders:
        said.append("by " + " or ".join(now.coder_by_id[c].name for c in wanted.coders if c in now.coder_by_id))
    if wanted.documents:
        said.append("in " + ", ".join(now.document_by_id[d].name for d in wanted.documents if d in now.document_by_id))
    said += [", ".join(wanted.source_types)] if wanted.source_types else []
    said += [", ".join(wanted.time_points)] if wanted.time_points else []
    said += [f"{name}: {value}" for name, value in wanted.attributes]
    said += ["of one round"] if wanted.round else []
    if wanted.negative is not None:
        said.append("negative cases" if wanted.negative else "no negative cases")
    said += [wanted.prompted] if wanted.prompted else []
    said += [f"with the words {wanted.words}"] if wanted.words else []
    for relation in wanted.relations:
        word = "without" if relation.without else "with"
        said.append(f"{word} {named(relation.codes)} {_IN_WORDS[relation.scope]}")
    return ", ".join(said)


def retrieve(now: Snapshot, wanted: Wanted, *, rounds: Mapping[str, Round] | None = None) -> list[Retrieved]:
    """Return the codings that answer, by document and place.

    Args:
        now: what the viewer may see.
        wanted: what is asked.
        rounds: rounds by id, where one is asked for.
    """
    ground = _Ground(now)
    pool = [c for c in now.codings if _passes(c, wanted, now, ground, rounds or {})]
    codes = _branches(now, wanted.codes, only=wanted.only)
    first = [c for c in pool if not wanted.codes or ground.code(c) in codes]
    if wanted.words:
        sought = read(wanted.words)
        first = [c for c in first if sought is not None and places(sought, now.words(c))]
    partners: dict[str, list[str]] = {}
    for relation in wanted.relations:
        branch = _branches(now, relation.codes, only=False)
        others = _Others(ground, [c for c in pool if ground.code(c) in branch], relation)
        kept = []
        for coding in first:
            beside = others.beside(coding)
            if bool(beside) != relation.without:
                kept.append(coding)
                partners.setdefault(coding.id, []).extend(beside)
        first = kept
    sources = Sources(now)
    return [
        Retrieved(
            coding=coding,
            reference=reference,
            source=ground.source(sources, coding),
            code=now.codebook.path(ground.code(coding)),
            words=now.words(coding),
            partners=tuple(dict.fromkeys(partners.get(coding.id, ()))),
        )
        for coding, reference in zip(first, ground.references(sources, first), strict=True)
    ]


def _branches(now: Snapshot, codes: Iterable[str], *, only: bool) -> set[str]:
    """Return the codes named, as they are called now, with what lies below them."""
    found: set[str] = set()
    for code in codes:
        if code in now.codebook.by_id:
            current = now.codebook.current(code).id
            found |= {current} if only else now.codebook.branch(current)
    return found


def _passes(coding: Coding, wanted: Wanted, now: Snapshot, ground: "_Ground", rounds: Mapping[str, Round]) -> bool:
    """Whether a coding passes all filters but those on its own code and words."""
    document = now.document_by_id[coding.document]
    if wanted.coders and coding.coder not in wanted.coders:
        return False
    if wanted.documents and coding.document not in wanted.documents:
        return False
    if wanted.source_types and document.source_type not in wanted.source_types:
        return False
    if wanted.time_points and document.time_point not in wanted.time_points:
        return False
    if wanted.negative is not None and coding.negative != wanted.negative:
        return False
    if wanted.prompted and coding.prompted != wanted.prompted:
        return False
    if wanted.round:
        chosen = rounds.get(wanted.round)
        if chosen is None or coding.document not in chosen.documents or coding.coder not in chosen.coders:
            return False
    return not wanted.attributes or ground.has_attributes(coding, wanted.attributes)


class _Ground:
    """Where codings lie: in which turns, answers and cases; worked out once for each that is asked about."""

    def __init__(self, now: Snapshot) -> None:
        self._now = now
        self._aboutness: Aboutness | None = None
        self._starts: dict[str, list[int]] = {}
        self._answers: dict[str, list[int]] = {}
        self._values: dict[tuple[str, str], str] = {
            (attribute.case, attribute.name.casefold()): attribute.value.casefold() for attribute in now.attributes
        }

    def code(self, coding: Coding) -> str:
        return self._now.codebook.current(coding.code).id

    def cases(self, coding: Coding) -> set[str]:
        if self._aboutness is None:
            self._aboutness = Aboutness(self._now.documents, self._now.turns, self._now.abouts, self._now.participants)
        concerned = self._aboutness.cases_of(coding.document, coding.text, Span(coding.start, coding.end))
        return {*concerned.by, *concerned.about}

    def has_attributes(self, coding: Coding, asked: Iterable[tuple[str, str]]) -> bool:
        """Whether one case has a value asked for under every name."""
        by_name: dict[str, set[str]] = {}
        for name, value in asked:
            by_name.setdefault(name.casefold(), set()).add(value.casefold())
        return any(
            all(self._values.get((case, name)) in values for name, values in by_name.items())
            for case in self.cases(coding)
        )

    def turns(self, coding: Coding) -> range:
        """Return the places of the turns a coding touches; none for what lies on an earlier text."""
        document = coding.document
        turns = self._now.turns_by_document.get(document, [])
        if document not in self._starts:
            self._starts[document] = [turn.start for turn in turns]
        if not turns or coding.text != self._now.document_by_id[document].text:
            return range(0)
        starts = self._starts[document]
        first = max(bisect_right(starts, coding.start) - 1, 0)
        if turns[first].end <= coding.start:
            first += 1
        return range(first, max(bisect_left(starts, coding.end), first))

    def answers(self, coding: Coding) -> set[int]:
        document = coding.document
        if document not in self._answers:
            self._answers[document] = answer_numbers(self._now.turns_by_document.get(document, []))
        return {self._answers[document][turn] for turn in self.turns(coding)} - {-1}

    def source(self, sources: Sources, coding: Coding) -> str:
        return sources.label(coding.document, coding.text, Span(coding.start, coding.end))

    def references(self, sources: Sources, codings: Iterable[Coding]) -> list[str]:
        keys = [(c.document, c.text, Span(c.start, c.end)) for c in codings]
        named = sources.references(keys)
        return [named[key] for key in keys]


class _Others:
    """The codings of one relation, laid out so that those beside a coding are found quickly."""

    def __init__(self, ground: _Ground, codings: Iterable[Coding], relation: Relation) -> None:
        self._ground = ground
        self._relation = relation
        self._by_place: dict[object, list[Coding]] = {}
        for coding in codings:
            for key in self._keys(coding):
                self._by_place.setdefault(key, []).append(coding)
        self._longest = {key: max(c.end - c.start for c in group) for key, group in self._by_place.items()}
        for group in self._by_place.values():
            group.sort(key=lambda c: (c.start, c.end, c.id))

    def _keys(self, coding: Coding) -> Collection[object]:
        """Return the places in which a coding lies, of the size the relation asks about."""
        match self._relation.scope:
            case "turn":
                return [(coding.document, turn) for turn in self._ground.turns(coding)]
            case "answer":
                return [(coding.document, answer) for answer in self._ground.answers(coding)]
            case "document":
                return [coding.document]
            case "case":
                return self._ground.cases(coding)
            case _:
                return [(coding.document, coding.text)]

    def beside(self, coding: Coding) -> list[str]:
        """Return the ids of the others beside a coding; never its own."""
        found: dict[str, None] = {}
        for key in self._keys(coding):
            group = self._by_place.get(key, [])
            if self._relation.scope in ("turn", "answer", "document", "case"):
                found.update(dict.fromkeys(c.id for c in group))
            else:
                reach = self._relation.distance if self._relation.scope == "near" else 0
                first = bisect_left(group, coding.start - self._longest.get(key, 0) - reach, key=lambda c: c.start)
                last = bisect_right(group, coding.end + reach, key=lambda c: c.start)
                found.update(dict.fromkeys(c.id for c in group[first:last] if self._lies(coding, c)))
        found.pop(coding.id, None)
        return list(found)

    def _lies(self, coding: Coding, other: Coding) -> bool:
        match self._relation.scope:
            case "within":
                return other.start <= coding.start and coding.end <= other.end
            case "around":
                return coding.start <= other.start and other.end <= coding.end
            case "near":
                gap = max(other.start - coding.end, coding.start - other.end)
                return gap <= self._relation.distance
            case _:
                return other.start < coding.end and coding.start < other.end
