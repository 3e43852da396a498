"""Every write is a change of one record's fields; the state of a record is the fold of its own changes.

A `Revision` is one thing a person did. Revisions are ordered by a hybrid logical clock, so that copies of a project
that went apart agree on the order when they meet (Kulkarni et al. 2014, "Logical Physical Clocks").
"""

import dataclasses
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import MISSING, field, fields, replace
from functools import cache
from typing import Any, NamedTuple

from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.records import KINDS, TOGETHER, Record, kind_of

EXISTS = "exists"
"""The field of a change that makes a record come or go."""

DAY_MS = 86_400_000


class Clock(NamedTuple):
    """Orders revisions: wall time in milliseconds, a counter within it, the replica that wrote."""

    ms: int
    counter: int
    replica: str

    def __str__(self) -> str:
        return f"{self.ms:014d}.{self.counter:06d}.{self.replica}"

    @classmethod
    def parse(cls, text: str) -> "Clock":
        """Read what `str` wrote; as text, clocks sort as they do as clocks."""
        ms, counter, replica = text.split(".")
        return cls(int(ms), int(counter), replica)


def now_ms() -> int:
    """Return the wall time in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def next_clock(replica: str, *seen: Clock, now: int | None = None) -> Clock:
    """Return a clock for a new revision that comes after the wall time and after all that was seen."""
    wall = now_ms() if now is None else now
    latest = max(seen, default=None)
    if latest is None or wall > latest.ms:
        return Clock(wall, 0, replica)
    return Clock(latest.ms, latest.counter + 1, replica)


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one record: `{field: (before, after)}`."""

    kind: str
    id: str
    fields: Mapping[str, tuple[Any, Any]]

    @property
    def creates(self) -> bool:
        """Whether the record comes into being."""
        return self.fields.get(EXISTS, (None, None))[1] is True

    @property
    def removes(self) -> bool:
        """Whether the record goes."""
        return self.fields.get(EXISTS, (None, None))[1] is False


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One thing a person did."""

    clock: Clock
    coder: str
    """The id of the coder who did it; empty for the program itself."""
    label: str
    changes: tuple[Change, ...] = ()
    undoes: str | None = None
    """The revision this one takes back; a redo takes back an undo. None for all others."""
    undoable: bool = True
    at: str = ""
    """The wall time of the writer, ISO 8601 in UTC."""

    @property
    def id(self) -> str:
        """The clock as text: no two replicas share one."""
        return str(self.clock)


@cache
def defaults(kind: str) -> dict[str, Any]:
    """Return the fields of a kind, without its id, with their default values."""
    return {f.name: f.default for f in fields(KINDS[kind]) if f.name != "id" and f.default is not MISSING}


def create(record: Record) -> Change:
    """Return the change that brings a record into being; fields at their default are left out."""
    kind = kind_of(record)
    changed: dict[str, tuple[Any, Any]] = {EXISTS: (False, True)}
    for name, default in defaults(kind).items():
        value = getattr(record, name)
        if value != default:
            changed[name] = (default, value)
    return Change(kind, record.id, changed)


def update(record: Record, **values: Any) -> Change:
    """Return the change that gives fields of a record new values; fields that stay the same are left out."""
    return Change(
        kind_of(record),
        record.id,
        {name: (getattr(record, name), value) for name, value in values.items() if getattr(record, name) != value},
    )


def whole(record: Record, change: Change) -> Change:
    """Return a change with the fields that belong together: those that stay the same are written too.

    A merge takes field by field, and offsets count in their own text alone.
    """
    together = TOGETHER.get(change.kind, ())
    if change.removes or not any(name in change.fields for name in together):
        return change
    same = {name: (getattr(record, name), getattr(record, name)) for name in together if name not in change.fields}
    return Change(change.kind, change.id, {**same, **change.fields}) if same else change


def remove(record: Record) -> Change:
    """Return the change that makes a record go; its fields stay in the journal."""
    return Change(kind_of(record), record.id, {EXISTS: (True, False)})


def changed(record: Record, change: Change) -> Record:
    """Return a record with the values that a change gives it."""
    return replace(record, **{name: after for name, (_, after) in change.fields.items() if name != EXISTS})


class Mismatch(NamedTuple):
    """A change that did not find the value it expected: two people changed one field without seeing each other."""

    kind: str
    id: str
    field: str
    earlier: str
    """Id of the revision whose value was replaced; empty where that is not known."""
    later: str
    """Id of the revision whose value stands."""


@dataclasses.dataclass(slots=True)
class Folded:
    """The state of one record after its changes, and what did not fit together on the way."""

    kind: str
    id: str
    exists: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    """Values since it last came into being; others are at their default."""
    buried: dict[str, Any] = field(default_factory=dict)
    """Values it had when it last went."""
    mismatches: dict[str, Mismatch] = field(default_factory=dict)
    """By field; a later change that saw the value settles it."""

    def record(self) -> Record:
        """Return the record as it is, or as it was last known."""
        values = self.values if self.exists else {**self.buried, **self.values}
        return KINDS[self.kind](id=self.id, **values)


def fold(
    kind: str,
    record_id: str,
    changes: Iterable[tuple[str, Change]],
    dropped: Collection[tuple[str, str, str]] = (),
    purged: Collection[str] = (),
) -> Folded:
    """Fold a record's own changes.

    What was made in two copies is as the later made it, and a turn that one copy took out and another corrected later
    is there.

    Args:
        kind: the kind of the record.
        record_id: its id.
        changes: `(revision, change)` in clock order, undone revisions left out.
        dropped: `(revision, record, field)` of moves that would have made a cycle.
        purged: hashes of texts without words: a document stands on none of them while it has another.
    """
    state = Folded(kind, record_id)
    start = defaults(kind)
    written_by: dict[str, str] = {}
    last_text: str | None = None
    for revision, change in changes:
        given = change.fields
        if change.creates and state.exists:
            given = {**{name: (start[name], start[name]) for name in state.values}, **given}
        elif change.creates:
            state.values, state.mismatches = {}, {}
        elif kind == "turn" and not state.exists and state.buried and _corrects(change):
            state.exists, state.values = True, {**state.buried, **state.values}
        for name, (before, after) in given.items():
            current = state.exists if name == EXISTS else state.values.get(name, start[name])
            if (revision, record_id, name) in dropped:
                state.mismatches[name] = Mismatch(kind, record_id, name, written_by.get(name, ""), revision)
                continue
            if before == current or (name == "text" and current in purged and before == last_text):
                state.mismatches.pop(name, None)
            elif after != current:
                state.mismatches[name] = Mismatch(kind, record_id, name, written_by.get(name, ""), revision)
            if name == EXISTS:
                if state.exists and not after:
                    state.buried, state.values = state.values, {}
                state.exists = after
            else:
                state.values[name] = after
            if kind == "document" and name == "text" and after not in purged:
                last_text = after
            written_by[name] = revision
    if last_text is not None and state.values.get("text") in purged:
        state.values["text"] = last_text
    return state


def _corrects(change: Change) -> bool:
    before, after = change.fields.get("text", ("", ""))
    return bool(before != after)


class TextSet(NamedTuple):
    """A revision that gave a document another text."""

    revision: str
    document: str
    before: str
    after: str


def effective(
    undoes: Mapping[str, str | None], texts: Iterable[TextSet] = (), purged: Collection[str] = ()
) -> dict[str, bool]:
    """Say of each revision whether it stands: it does unless a revision that stands takes it back.

    Where a correction was taken back in one copy, and what it had corrected was purged in another, nothing would be
    left of the document: there the correction stands.

    Args:
        undoes: id of each revision, in clock order, with the id it takes back or None.
        texts: the revisions that gave documents other texts.
        purged: hashes of texts of which nothing is left.

    >>> effective({"a": None, "undo a": "a"})
    {'a': False, 'undo a': True}
    >>> effective({"a": None, "undo a": "a", "redo a": "undo a"})["a"]
    True
    """
    stands = _effective(undoes, set())
    left = [one for one in texts if one.after not in purged] if purged else []
    alive = {one.document for one in left if stands.get(one.revision, True)}
    lost = {one.revision for one in left if one.document not in alive and one.before in purged}
    return _effective(undoes, lost) if lost else stands


def _effective(undoes: Mapping[str, str | None], kept: Collection[str]) -> dict[str, bool]:
    stands = dict.fromkeys(undoes, True)
    for revision, target in reversed(list(undoes.items())):
        if target in kept:
            stands[revision] = False
        elif target is not None and stands[revision] and target in stands:
            stands[target] = False
    return stands


def drop_cycles(
    pointers: Iterable[tuple[str, str, str | None]],
) -> tuple[dict[str, str | None], list[tuple[str, str]]]:
    """Fold the moves of a forest in order, leaving out each move that would lead back to where it started.

    Args:
        pointers: `(revision, record, parent)` in clock order.

    Returns:
        The parent of each record, and the `(revision, record)` that were left out.

    >>> drop_cycles([("r1", "a", None), ("r2", "b", "a"), ("r3", "a", "b")])
    ({'a': None, 'b': 'a'}, [('r3', 'a')])
    """
    parent: dict[str, str | None] = {}
    dropped = []
    for revision, record, above in pointers:
        node = above
        while node is not None and node != record:
            node = parent.get(node)
        if node is None:
            parent[record] = above
        else:
            dropped.append((revision, record))
    return parent, dropped
