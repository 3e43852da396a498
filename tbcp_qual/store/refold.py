"""Bringing the tables up to date after an undo or a merge, record by record: the same answer as folding everything."""

import sqlite3
from collections import deque

from tbcp_qual.coding.changes import Change, Folded, Mismatch, fold
from tbcp_qual.coding.records import FORESTS, KINDS, REFERENCES, Record
from tbcp_qual.coding.state import dropped_moves, kept, references
from tbcp_qual.store import journal
from tbcp_qual.store.rows import table
from tbcp_qual.store.search import note_keys

Key = tuple[str, str]


def load(connection: sqlite3.Connection, key: Key) -> Record | None:
    """Return a record as its table has it, or None."""
    shape = table(key[0])
    rows = connection.execute(f"{shape.select} WHERE id = ?", (key[1],)).fetchall()
    return shape.records(rows)[0] if rows else None


def referrers(connection: sqlite3.Connection, key: Key) -> list[Key]:
    """Return one existing record of each kind and field that refers to a record."""
    found: list[Key] = []
    for kind, targets in REFERENCES.items():
        shape = table(kind)
        for column, target in targets.items():
            if target != key[0]:
                continue
            if shape.columns.index(column) in shape.tuples:
                sql, value = f'SELECT id FROM "{kind}" WHERE "{column}" LIKE ? LIMIT 1', f'%"{key[1]}"%'
            else:
                sql, value = f'SELECT id FROM "{kind}" WHERE "{column}" = ? LIMIT 1', key[1]
            found.extend((kind, row[0]) for row in connection.execute(sql, (value,)).fetchall())
    return found


def refold(connection: sqlite3.Connection, touched: set[Key]) -> list[Key]:
    """Fold the records named, and whatever that makes come or go; return the keys of the rows that changed."""
    touched = set(touched)
    dropped: set[tuple[str, str, str]] = set()
    for kind, columns in FORESTS.items():
        moves = journal.moves(connection, kind)
        mine = dropped_moves(moves)
        dropped |= mine
        listed = {
            (kind, row[0])
            for column in columns
            for row in connection.execute(
                "SELECT record FROM mismatch WHERE kind = ? AND field = ?", (kind, column)
            ).fetchall()
        }
        if any(key[0] == kind for key in touched):
            # A move that was left out may stand now, or the other way about.
            touched |= listed | {(kind, record) for _, record, _ in mine}
    purged = {row[0] for row in connection.execute("SELECT hash FROM purged_text").fetchall()}
    altered: list[Key] = []
    order = {kind: place for place, kind in enumerate(KINDS)}
    queue = deque(sorted(touched, key=lambda key: (order[key[0]], key[1])))
    waiting = set(queue)
    while queue:
        key = queue.popleft()
        waiting.discard(key)
        state = fold(*key, journal.changes_of(connection, key[1]), dropped, purged)
        before = load(connection, key)
        after = _existing(connection, key, state, dropped)
        _write_mismatches(connection, key, state, after)
        connection.execute("DELETE FROM kept WHERE record = ?", (key[1],))
        if after is not None and not state.exists:
            connection.execute("INSERT INTO kept (record, kind) VALUES (?, ?)", (key[1], key[0]))
        if before == after:
            continue
        _write_row(connection, key, before, after)
        altered.append(key)
        targets = (references(before) if before else set()) ^ (references(after) if after else set())
        new = sorted(targets - waiting)
        queue.extend(new)
        waiting.update(new)
    note_keys(connection, altered)
    return altered


def _existing(
    connection: sqlite3.Connection, key: Key, state: Folded, dropped: set[tuple[str, str, str]]
) -> Record | None:
    if state.exists:
        return state.record()
    purged = connection.execute("SELECT 1 FROM purged WHERE record = ?", (key[1],)).fetchone()
    if purged or not referrers(connection, key):
        return None
    everything: list[tuple[str, Change]] = journal.changes_of(connection, key[1], standing=False)
    return kept(fold(*key, everything, dropped).record()) if everything else None


def _write_mismatches(connection: sqlite3.Connection, key: Key, state: Folded, record: Record | None) -> None:
    connection.execute("DELETE FROM mismatch WHERE record = ?", (key[1],))
    if record is not None:
        connection.executemany(
            "INSERT INTO mismatch (record, field, kind, earlier, later) VALUES (?, ?, ?, ?, ?)",
            ((m.id, m.field, m.kind, m.earlier, m.later) for m in state.mismatches.values()),
        )


def _write_row(connection: sqlite3.Connection, key: Key, before: Record | None, after: Record | None) -> None:
    shape = table(key[0])
    if after is None:
        connection.execute(f'DELETE FROM "{key[0]}" WHERE id = ?', (key[1],))
    elif before is None:
        connection.execute(shape.insert, shape.row(after))
    else:
        columns = ", ".join(f'"{column}" = ?' for column in shape.columns)
        connection.execute(f'UPDATE "{key[0]}" SET {columns} WHERE id = ?', (*shape.row(after), key[1]))


def all_mismatches(connection: sqlite3.Connection) -> list[Mismatch]:
    """Return what did not fit together, as the tables have it."""
    rows = connection.execute(
        "SELECT kind, record, field, earlier, later FROM mismatch ORDER BY kind, record, field"
    ).fetchall()
    return [Mismatch(*row) for row in rows]
