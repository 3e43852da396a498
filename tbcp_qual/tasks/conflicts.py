"""What two people changed without seeing each other: told in words, each in one line, and settled in one act."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tbcp_qual.coding.changes import EXISTS, Change, Mismatch, Revision, defaults
from tbcp_qual.coding.counting import some
from tbcp_qual.coding.records import REFERENCES, TOGETHER, Decision, Document, Memo, Record, Round, Turn
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.errors import QualError, UsageError
from tbcp_qual.store import Project
from tbcp_qual.store.refold import Key
from tbcp_qual.tasks.corrected_twice import TURN_FIELDS, choosing, corrected_apart, corrections
from tbcp_qual.tasks.telling import CALLED, Telling, in_short

WORK = ("coding", "review", "memo", "summary", "evidence", "decision", "placement", "rating")
"""Kinds that are hidden while a round is blind."""

_GROUPED = {"decision": "decision", "placement": "place", "summary": "summary"}
"""What fields that belong together are called; where nothing is said, `words`."""

_STANDS = {"coders": "{} stand", "all": "all codings stand", "neither": "none stands", "deferred": "put off"}
_LONGEST, _BEFORE = 80, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the values that a conflict can be settled for."""

    keep: str
    """`standing`, `other`, `other2`, ...: what says that it is meant."""
    value: object
    """As it is told: a name, a path, a list of them; of a text its hash; of fields that belong together all of them."""
    told: str
    """In words."""
    by: str
    """Who wrote it; empty where that is not known."""
    at: str
    """When, ISO 8601 in UTC; empty where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictLine:
    """Values that were written without seeing each other; the first stands until somebody settles it."""

    kind: str
    id: str
    name: str
    """What the record is called."""
    field: str
    """Which field; one name for fields that belong together."""
    told: str
    """In words: `K03: two corrected texts`."""
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class _Open:
    line: ConflictLine
    values: tuple[Mapping[str, Any], ...]
    """What each choice writes, field by field; of a corrected text its hash."""
    mismatches: tuple[Mismatch, ...]


def conflicts(project: Project, *, viewer: str) -> tuple[ConflictLine, ...]:
    """Return the conflicts that nobody has settled yet, as far as a viewer may see them."""
    return tuple(one.line for one in _open(project, viewer))


def visible(project: Project, viewer: str) -> set[Key]:
    """Return what a viewer may see of the kinds that are hidden while a round is blind."""
    now, blind = project.snapshot(viewer), project.blind(viewer)
    found: set[Key] = {("coding", coding.id) for coding in now.codings}
    found |= {("review", review.id) for review in now.reviews}
    found |= {("memo", memo.id) for memo in now.memos}
    found |= {("summary", summary.id) for summary in now.summaries}
    found |= {("evidence", evidence.id) for evidence in now.evidence}
    found |= {("rating", rating.id) for rating in now.ratings}
    found |= {("decision", decision.id) for decision in project.records("decision") if decision.document not in blind}
    return found | {("placement", p.id) for p in project.records("placement") if (p.kind, p.record) in found}


def settle(project: Project, number: int, keep: str, *, coder: str) -> ConflictLine:
    """Settle one of the open conflicts; one undoable revision.

    Args:
        project: the project.
        number: its place in the list, from 1.
        keep: `standing`, or `other`, `other2`, ... as the choices say.
        coder: who decides.

    Raises:
        UsageError: there is no such conflict or choice.
    """
    open_now = _open(project, coder)
    if not 1 <= number <= len(open_now):
        raise UsageError(f"There is no conflict {number}; {len(open_now)} are open.")
    one = open_now[number - 1]
    line = one.line
    place = next((n for n, choice in enumerate(line.choices) if choice.keep == keep), None)
    if place is None:
        if len(line.choices) == 1:
            raise UsageError("The other value is not known any more.", "Edit the record itself.")
        raise UsageError(f"There is no “{keep}” to keep.", f"One of: {', '.join(c.keep for c in line.choices)}.")
    after = one.values[place]
    if (line.kind, line.field) == ("document", "text"):
        document = project.record("document", line.id)
        assert isinstance(document, Document)
        of_turns = [(m.id, m.field) for m in one.mismatches if m.kind == "turn"]
        changes = choosing(project, document, after["text"], of_turns)
    else:
        now = {name: project.value(line.kind, line.id, name) for name in after}
        changes = [Change(line.kind, line.id, {name: (now[name], value) for name, value in after.items()})]
    project.apply(f"settled a conflict: {line.field} of {line.name}", changes, coder=coder)
    return line


# -- which there are


def _open(project: Project, viewer: str) -> list[_Open]:
    mismatches = project.mismatches()
    if mismatches and project.blind(viewer):
        seen = visible(project, viewer)
        mismatches = [m for m in mismatches if m.kind not in WORK or (m.kind, m.id) in seen]
    apart = {m.id for m in mismatches if (m.kind, m.field) == ("document", "text")} | corrected_apart(project)
    if not mismatches and not apart:
        return []
    found: list[_Open] = []
    words = _Words(project, viewer, mismatches)
    left = {(m.kind, m.id, m.field): m for m in mismatches}
    for document in sorted(apart):
        mine = _of_corrections(words, document, mismatches)
        for member in mine:
            left.pop((member.kind, member.id, member.field), None)
        found += _corrected(words, document, mine)
    groups: dict[tuple[str, str, str], list[Mismatch]] = {}
    for m in left.values():
        together = m.field in TOGETHER.get(m.kind, ())
        field = _GROUPED.get(m.kind, "words") if together else m.field
        groups.setdefault((m.kind, m.id, field), []).append(m)
    return found + [_line(words, field, tuple(group)) for (_, _, field), group in groups.items()]


def _of_corrections(words: "_Words", document: str, mismatches: Iterable[Mismatch]) -> list[Mismatch]:
    """Return what did not fit together because a document was corrected in two copies."""
    turns = {turn.id for turn in words.project.records("turn") if turn.document == document}
    ways = {forward.id for forward in words.project.records("forward") if forward.document == document}
    return [
        m
        for m in mismatches
        if (m.kind == "document" and m.id == document and m.field in ("text", "file"))
        or (m.kind == "turn" and m.id in turns and m.field in TURN_FIELDS)
        or (m.kind == "forward" and m.id in ways)
    ]


def _corrected(words: "_Words", document: str, mismatches: Sequence[Mismatch]) -> list[_Open]:
    record = words.project.record("document", document)
    assert isinstance(record, Document)
    texts = corrections(words.project, record)
    if len(texts) < 2:
        return []  # of all others nothing is left
    choices = []
    for place, one in enumerate(texts):
        told = "no words are left to compare it with" if one.words is None else some(one.words, "word") + " changed"
        if one.turns != texts[0].turns:
            more = one.turns - texts[0].turns
            told += f", {some(abs(more), 'turn')} {'more' if more > 0 else 'fewer'} than the one that stands"
        told += f" ({one.file})" if one.file else ""
        by = words.coders.get(one.coder, "")
        choices.append(Choice(keep=_keep(place), value=one.text, told=told, by=by, at=one.at))
    number = {2: "two", 3: "three"}.get(len(texts), str(len(texts)))
    line = ConflictLine(
        kind="document",
        id=document,
        name=record.name,
        field="text",
        told=f"{record.name}: {number} corrected texts",
        choices=tuple(choices),
    )
    return [_Open(line, tuple({"text": one.text} for one in texts), tuple(mismatches))]


def _line(words: "_Words", field: str, mismatches: tuple[Mismatch, ...]) -> _Open:
    kind, record = mismatches[0].kind, mismatches[0].id
    fields = TOGETHER[kind] if mismatches[0].field in TOGETHER.get(kind, ()) else (field,)
    now = {name: words.project.value(kind, record, name) for name in fields}
    written = [
        (words.written(revision, kind, record, fields), revision)
        for revision in sorted({id_ for m in mismatches for id_ in (m.later, m.earlier) if id_}, reverse=True)
    ]
    who = next((revision for values, revision in written if values == now), "")
    values, by = [now], [who]
    for other, revision in written:
        if other is not None and other not in values:
            values.append(other)
            by.append(revision)
    name = words.name(kind, record)
    readable = [{n: words.readable(kind, n, v) for n, v in value.items()} for value in values]
    if fields == (field,):
        written_in_words = quoted_apart([value[field] for value in readable])
    else:
        written_in_words = [words.told(kind, record, value) for value in values]
    choices = [
        Choice(
            keep=_keep(place),
            value=value if fields != (field,) else value[field],
            told=told,
            by=words.by(revision),
            at=words.at(revision),
        )
        for place, (value, told, revision) in enumerate(zip(readable, written_in_words, by, strict=True))
    ]
    called = f"{CALLED.get(kind, kind)} {name if name.startswith(('on ', '“')) else f'“{name}”'}"
    told = f"{name}: two decisions" if kind == "decision" else f"{called}, {field.replace('_', ' ')}"
    line = ConflictLine(
        kind=kind, id=record, name=name, field=field.replace("_", " "), told=told, choices=tuple(choices)
    )
    return _Open(line, tuple(values), mismatches)


def _keep(place: int) -> str:
    return "standing" if place == 0 else "other" if place == 1 else f"other{place}"


def in_short_quoted(value: object) -> str:
    """Return a value on one line, words in quotation marks."""
    if value is None or value in ("", [], ()):
        return "none"
    words = in_short(value)
    return (
        words
        if isinstance(value, bool | int | float)
        else f"“{words[:_LONGEST]}{'…' if len(words) > _LONGEST else ''}”"
    )


def quoted_apart(values: Sequence[object]) -> list[str]:
    """Return values on one line each; long ones that begin alike from shortly before they differ.

    >>> quoted_apart(["She came. " * 20 + "Once.", "She came. " * 20 + "Twice."])
    ['“… came. She came. Once.”', '“… came. She came. Twice.”']
    """
    lines = [in_short(value) for value in values]
    if not all(isinstance(value, str) for value in values) or max(map(len, lines)) <= _LONGEST:
        return [in_short_quoted(value) for value in values]
    alike = next((n for n, signs in enumerate(zip(*lines, strict=False)) if len(set(signs)) > 1), 0)
    cut = lines[0].rfind(" ", 0, max(alike - _BEFORE, 0))
    return [in_short_quoted(f"…{line[cut:]}" if cut > 0 else line) for line in lines]


# -- in words


class _Words:
    """Says what records and values are called, for one who looks."""

    def __init__(self, project: Project, viewer: str, mismatches: Iterable[Mismatch]) -> None:
        mismatches = list(mismatches)
        self.project, self._viewer = project, viewer
        self.coders = {coder.id: coder.name for coder in project.records("coder")}
        wanted = {id_ for m in mismatches for id_ in (m.later, m.earlier) if id_}
        self._revisions: dict[str, Revision] = {revision.id: revision for revision in project.revisions(wanted)}
        whole = any(m.kind in WORK for m in mismatches)
        self._now: Snapshot = project.snapshot(viewer, None if whole else [])
        self._telling = Telling(project, self._now)
        self._rounds: dict[str, Any] = {}

    def written(self, revision: str, kind: str, record: str, fields: Sequence[str]) -> dict[str, Any] | None:
        """Return what a revision wrote into fields of a record; None where that is not known any more."""
        changes = self._revisions[revision].changes if revision in self._revisions else ()
        change = next((c for c in changes if (c.kind, c.id) == (kind, record)), None)
        if change is None or not change.fields:
            return None
        usual = {**defaults(kind), EXISTS: False}
        if not change.creates and any(name not in change.fields for name in fields):
            return None
        return {name: change.fields[name][1] if name in change.fields else usual[name] for name in fields}

    def by(self, revision: str) -> str:
        known = self._revisions.get(revision)
        return self.coders.get(known.coder, "the program") if known else ""

    def at(self, revision: str) -> str:
        return self._revisions[revision].at if revision in self._revisions else ""

    def record(self, kind: str, record: str) -> Record | None:
        of_snapshot: Mapping[str, Iterable[Any]] = {
            "coding": self._now.codings,
            "review": self._now.reviews,
            "memo": self._now.memos,
            "summary": self._now.summaries,
            "evidence": self._now.evidence,
            "rating": self._now.ratings,
        }
        if kind in of_snapshot:
            return next((one for one in of_snapshot[kind] if one.id == record), None)
        return self.project.record(kind, record)

    def name(self, kind: str, record: str) -> str:
        known = self.record(kind, record)
        if isinstance(known, Decision):
            return self._passage(known)
        if isinstance(known, Memo) and known.title:
            return f"“{known.title}” {self._telling.record(known)}"
        if isinstance(known, Turn):
            turns = self.project.snapshot("", [known.document]).turns_by_document.get(known.document, [])
            place = next((n for n, turn in enumerate(turns, 1) if turn.id == record), None)
            return f"{self._telling.reference('document', known.document)}, turn {place or '?'}"
        return self._telling.record(known) if known is not None else record

    def _passage(self, decision: Decision) -> str:
        """Return how the passage of a decision is cited, with its round."""
        from tbcp_qual.tasks.reconciling import reconciliation_of  # reads a whole round

        made = self.project.record("round", decision.round)
        where = self._telling.reference("document", decision.document)
        if not isinstance(made, Round):
            return where
        if made.id not in self._rounds:
            try:
                self._rounds[made.id] = reconciliation_of(self.project, made, viewer=self._viewer)
            except QualError:
                self._rounds[made.id] = None
        opened = self._rounds[made.id]
        if opened is not None and decision.id in opened.clusters:
            where = opened.label(opened.clusters[decision.id])
        return f"round {made.name}, {where}"

    def readable(self, kind: str, field: str, value: Any) -> object:
        """Return a value with names in the place of ids."""
        to = REFERENCES[kind].get(field)
        if to and value:
            told = self._telling.reference
            return told(to, value) if isinstance(value, str) else [told(to, one) for one in value]
        return list(value) if isinstance(value, tuple) else value

    def told(self, kind: str, record: str, values: Mapping[str, Any]) -> str:
        """Return fields that belong together in words."""
        if kind == "decision":
            return self._decided(values)
        if kind == "summary":
            return in_short_quoted(values["words"])
        if kind == "placement":
            placement = self.project.record(kind, record)
            text = placement.text if placement else ""  # type: ignore[union-attr]
            return self._quoted(text, values) if values["start"] < values["end"] else "nowhere: unplaced"
        return self._quoted(values["text"], values)

    def _quoted(self, text: str, values: Mapping[str, Any]) -> str:
        body = self.project.texts([text]).get(text, "")
        return in_short_quoted(body[values["start"] : values["end"]])

    def _decided(self, values: Mapping[str, Any]) -> str:
        outcome = values["outcome"]
        if outcome == "coders":
            told = f"what {' and '.join(map(str, self.readable('decision', 'taken', values['taken'])))} coded stands"  # type: ignore[call-overload]
        elif outcome == "own":
            told = f"{', '.join(map(str, self.readable('decision', 'codes', values['codes'])))} stands"  # type: ignore[call-overload]
        elif outcome == "referred":
            told = f"referred to {values['referred']}"
        else:
            told = _STANDS[outcome]
        if values["reason"]:
            told += f"; {values['reason']}"
        return told + (f": {in_short_quoted(values['words'])}" if values["words"] else "")
