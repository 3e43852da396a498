"""What records were right after an earlier revision, and what has happened to them since.

The same answer as folding all revisions up to that one, at the cost of the records that are asked for.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable
from typing import NamedTuple

from tbcp_qual.coding.changes import Change, effective, fold
from tbcp_qual.coding.records import FORESTS, REFERENCES, Record
from tbcp_qual.coding.state import dropped_moves, kept, references
from tbcp_qual.store.naming import ever_naming
from tbcp_qual.store.refold import Key
from tbcp_qual.store.rows import decode_change

_AT_ONCE = 500


class Earlier(NamedTuple):
    """A record as it was, or as it was last known."""

    record: Record
    exists: bool
    """False where it had gone by then."""


def touched_since(connection: sqlite3.Connection, revision: str) -> set[Key]:
    """Return the records that changed, or may have, after a revision: also by taking an older act back."""
    touched = set(
        connection.execute("SELECT DISTINCT kind, record FROM change WHERE revision > ?", (revision,)).fetchall()
    )
    targets = dict(connection.execute("SELECT id, undoes FROM revision WHERE undoes IS NOT NULL").fetchall())
    for undoing in targets:
        act: str | None = undoing if undoing > revision else None
        while act in targets:
            act = targets[act]
        if act is not None:
            touched.update(connection.execute("SELECT kind, record FROM change WHERE revision = ?", (act,)).fetchall())
    return touched


def earlier(
    connection: sqlite3.Connection, revision: str, keys: Iterable[Key], asked: frozenset[Key] = frozenset()
) -> dict[Key, Earlier]:
    """Return records as they were right after a revision; those that nobody had made by then are left out.

    So are those that were purged, then or since.

    Args:
        connection: the project.
        revision: its id.
        keys: which records.
        asked: those of which it is being found out whether anything refers to them.
    """
    purged = set(connection.execute("SELECT kind, record FROM purged").fetchall())
    wanted = sorted(set(keys) - purged)
    undone = _undone_then(connection, revision)
    dropped = _dropped_then(connection, revision, undone) if any(key[0] in FORESTS for key in wanted) else set()
    found: dict[Key, Earlier] = {}
    gone: list[Key] = []
    for key, changes in _changes(connection, revision, wanted).items():
        state = fold(*key, [(r, change) for r, change in changes if r not in undone], dropped)
        if state.exists:
            found[key] = Earlier(state.record(), True)
        else:
            # What nothing is left of but what was undone is known by that.
            standing = any(r not in undone for r, _ in changes)
            last = state.record() if standing else fold(*key, changes, dropped).record()
            found[key] = Earlier(last, False)
            gone.append(key)
    for key in _referred_to(connection, revision, gone, asked):
        last = fold(*key, _changes(connection, revision, [key])[key], dropped).record()
        found[key] = Earlier(kept(last), True)
    return found


def _undone_then(connection: sqlite3.Connection, revision: str) -> set[str]:
    rows = connection.execute(
        "WITH chain (id) AS (SELECT id FROM revision WHERE undoes IS NOT NULL UNION"
        " SELECT undoes FROM revision WHERE undoes IS NOT NULL)"
        " SELECT r.id, r.undoes FROM revision r JOIN chain USING (id) WHERE r.id <= ? ORDER BY r.id",
        (revision,),
    ).fetchall()
    return {one for one, stands in effective(dict(rows)).items() if not stands}


def _dropped_then(connection: sqlite3.Connection, revision: str, undone: Collection[str]) -> set[tuple[str, str, str]]:
    rows = connection.execute(
        "SELECT c.kind, r.id, c.record, c.fields, r.schema FROM change c JOIN revision r ON r.id = c.revision"
        " WHERE c.kind IN ('code', 'question') AND r.id <= ? ORDER BY r.id, c.n",
        (revision,),
    ).fetchall()
    return dropped_moves(
        (kind, one, decode_change(kind, record, encoded, schema))
        for kind, one, record, encoded, schema in rows
        if one not in undone
    )


def _changes(
    connection: sqlite3.Connection, revision: str, keys: Collection[Key]
) -> dict[Key, list[tuple[str, Change]]]:
    """Return `(revision, change)` of records in clock order, undone ones too; records without any are left out."""
    found: dict[Key, list[tuple[str, Change]]] = {}
    wanted = list(keys)
    for place in range(0, len(wanted), _AT_ONCE):
        some = {record: kind for kind, record in wanted[place : place + _AT_ONCE]}
        rows = connection.execute(
            "SELECT r.id, c.kind, c.record, c.fields, r.schema FROM change c JOIN revision r ON r.id = c.revision"
            " WHERE c.record IN (SELECT value FROM json_each(?)) AND r.id <= ? ORDER BY r.id, c.n",
            (json.dumps(list(some)), revision),
        ).fetchall()
        for one, kind, record, encoded, schema in rows:
            if some[record] == kind:
                found.setdefault((kind, record), []).append((one, decode_change(kind, record, encoded, schema)))
    return found


def _referred_to(
    connection: sqlite3.Connection, revision: str, gone: Collection[Key], asked: frozenset[Key]
) -> set[Key]:
    """Return which of these records something referred to that existed then: such a one is kept, whoever removed it."""
    targets = {to for fields in REFERENCES.values() for to in fields.values()}
    doubtful = {key for key in gone if key[0] in targets} - asked
    if not doubtful:
        return set()
    by_kind: dict[str, list[str]] = {}
    for kind, record in doubtful:
        by_kind.setdefault(kind, []).append(record)
    named = {key for kind, ids in by_kind.items() for key in ever_naming(connection, kind, ids)}
    found: set[Key] = set()
    for then in earlier(connection, revision, named - doubtful, asked | doubtful).values():
        if then.exists:
            found |= references(then.record) & doubtful
    return found
