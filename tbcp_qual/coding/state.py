"""The state of a whole project as a pure function of its revisions: what the tables have to say.

A record exists if it was made and not removed, or if a record that exists refers to it: whoever deletes a code in one
copy cannot take it from under the codings of another. Such a code is kept, and retired.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from tbcp_qual.coding.changes import Change, Folded, Mismatch, Revision, TextSet, drop_cycles, effective, fold
from tbcp_qual.coding.records import FORESTS, KINDS, REFERENCES, Code, Record, kind_of

Journal = Mapping[tuple[str, str], list[tuple[str, Change]]]
"""By `(kind, record)`: `(revision, change)` in clock order."""


class State(NamedTuple):
    """All records that exist, what did not fit together, and what exists only because something refers to it."""

    records: dict[tuple[str, str], Record]
    mismatches: dict[tuple[str, str], Mismatch]
    """By `(record, field)`."""
    kept: set[tuple[str, str]]


def references(record: Record) -> set[tuple[str, str]]:
    """Return the `(kind, id)` that a record refers to."""
    found: set[tuple[str, str]] = set()
    for name, kind in REFERENCES[kind_of(record)].items():
        value = getattr(record, name)
        found.update((kind, v) for v in ((value,) if isinstance(value, str) else value or ()))
    return found


def kept(record: Record) -> Record:
    """Return a record as it stands when it exists only because something refers to it."""
    return replace(record, retired=True) if isinstance(record, Code) else record


def dropped_moves(journal: Iterable[tuple[str, str, Change]]) -> set[tuple[str, str, str]]:
    """Find the moves to leave out, because they would make a cycle with earlier ones.

    Args:
        journal: `(kind, revision, change)` of all kinds in `FORESTS`, in clock order, undone revisions left out.
    """
    moves: dict[tuple[str, str], list[tuple[str, str, str | None]]] = {}
    for kind, revision, change in journal:
        for name in FORESTS.get(kind, ()):
            if name in change.fields:
                moves.setdefault((kind, name), []).append((revision, change.id, change.fields[name][1]))
    return {
        (revision, record, name)
        for (_, name), pointers in moves.items()
        for revision, record in drop_cycles(pointers)[1]
    }


def settle_existence(
    folded: Mapping[tuple[str, str], Folded],
    last_known: Callable[[tuple[str, str]], Record],
    purged: Collection[tuple[str, str]] = (),
) -> tuple[dict[tuple[str, str], Record], set[tuple[str, str]]]:
    """Return the records that exist, and which of them only because something refers to them.

    What was purged is kept by nothing: a round may name a document that was taken out.
    """
    records = {key: state.record() for key, state in folded.items() if state.exists}
    only_kept: set[tuple[str, str]] = set()
    queue = [target for record in records.values() for target in references(record)]
    while queue:
        key = queue.pop()
        if key not in records and key in folded and key not in purged:
            records[key] = kept(last_known(key))
            only_kept.add(key)
            queue.extend(references(records[key]))
    return records, only_kept


def state_of(
    revisions: Iterable[Revision],
    purged: Collection[tuple[str, str]] = (),
    purged_texts: Collection[str] = (),
) -> State:
    """Fold all revisions; they may come in any order, each once.

    Args:
        revisions: all there are.
        purged: `(kind, id)` of records that were taken out for good.
        purged_texts: hashes of texts of which nothing is left.
    """
    in_order = sorted(revisions, key=lambda r: r.clock)
    texts = [
        TextSet(revision.id, change.id, *change.fields["text"])
        for revision in in_order
        for change in revision.changes
        if change.kind == "document" and "text" in change.fields
    ]
    stands = effective({r.id: r.undoes for r in in_order}, texts, purged_texts)
    everything: dict[tuple[str, str], list[tuple[str, Change]]] = {}
    standing: dict[tuple[str, str], list[tuple[str, Change]]] = {}
    moves: list[tuple[str, str, Change]] = []
    for revision in in_order:
        for change in revision.changes:
            key = (change.kind, change.id)
            everything.setdefault(key, []).append((revision.id, change))
            standing.setdefault(key, [])
            if stands[revision.id]:
                standing[key].append((revision.id, change))
                if change.kind in FORESTS:
                    moves.append((change.kind, revision.id, change))
    dropped = dropped_moves(moves)
    folded = {key: fold(*key, changes, dropped, purged_texts) for key, changes in standing.items()}
    records, only_kept = settle_existence(folded, lambda key: fold(*key, everything[key], dropped).record(), purged)
    mismatches = {
        (key[1], name): mismatch
        for key, state in folded.items()
        if key in records
        for name, mismatch in state.mismatches.items()
    }
    order = {kind: i for i, kind in enumerate(KINDS)}
    return State(dict(sorted(records.items(), key=lambda item: (order[item[0][0]], item[0][1]))), mismatches, only_kept)
