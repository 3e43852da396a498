"""Reading and writing revisions: the journal is the truth, the tables are its fold."""

import sqlite3
from collections.abc import Iterable, Sequence

from tbcp_qual.coding.changes import DAY_MS, Change, Clock, Revision, next_clock
from tbcp_qual.coding.records import FORESTS
from tbcp_qual.store.rows import SCHEMA, decode_change, encode_fields

_COLUMNS = "seq, id, clock, coder, label, undoes, undoable, at, schema"


def clock_after(
    connection: sqlite3.Connection, replica: str, now: int, touching: Sequence[Change], target: str | None
) -> Clock:
    """Return the clock for a new revision.

    It comes after all revisions in the file, except those that claim a time more than a day ahead: a machine whose
    clock was wrong must not pull everybody's clock along. What such a revision touched is still followed in order.
    """
    horizon = f"{now + DAY_MS:014d}"
    last = connection.execute("SELECT max(clock) FROM revision WHERE clock < ?", (horizon,)).fetchone()[0]
    seen = [Clock.parse(last)] if last else []
    if connection.execute("SELECT 1 FROM revision WHERE clock >= ? LIMIT 1", (horizon,)).fetchone():
        latest = "SELECT max(r.clock) FROM change c JOIN revision r ON r.seq = c.revision WHERE"
        queries: list[tuple[str, tuple[str, ...]]] = [(f"{latest} c.record = ?", (c.id,)) for c in touching]
        trees = {c.kind for c in touching if set(FORESTS.get(c.kind, ())) & set(c.fields)}
        queries.extend((f"{latest} c.kind = '{kind}' AND c.kind IN ('code', 'question')", ()) for kind in trees)
        if target is not None:
            queries.append(("SELECT clock FROM revision WHERE id = ?", (target,)))
        floors = [connection.execute(sql, values).fetchone()[0] for sql, values in queries]
        seen.extend(Clock.parse(floor) for floor in floors if floor)
    return next_clock(replica, *seen, now=now)


def write(connection: sqlite3.Connection, revision: Revision, *, stands: bool = True) -> None:
    """Append one revision with its changes."""
    cursor = connection.execute(
        "INSERT INTO revision (id, clock, coder, label, undoes, undoable, at, schema, stands)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            revision.id,
            str(revision.clock),
            revision.coder,
            revision.label,
            revision.undoes,
            revision.undoable,
            revision.at,
            SCHEMA,
            stands,
        ),
    )
    seq = cursor.lastrowid
    connection.executemany(
        "INSERT INTO change (revision, kind, record, fields) VALUES (?, ?, ?, ?)",
        ((seq, c.kind, c.id, encode_fields(c)) for c in revision.changes),
    )


def read(connection: sqlite3.Connection, where: str = "1", values: Iterable[object] = ()) -> list[Revision]:
    """Return revisions in clock order, with their changes."""
    values = tuple(values)
    rows = connection.execute(f"SELECT {_COLUMNS} FROM revision WHERE {where} ORDER BY clock, id", values).fetchall()
    changes: dict[int, list[Change]] = {row[0]: [] for row in rows}
    schemas = {row[0]: row[8] for row in rows}
    for seq, kind, record, encoded in connection.execute(
        "SELECT revision, kind, record, fields FROM change WHERE revision IN"
        f" (SELECT seq FROM revision WHERE {where}) ORDER BY seq",
        values,
    ).fetchall():
        if seq in changes:
            changes[seq].append(decode_change(kind, record, encoded, schemas[seq]))
    return [
        Revision(
            id=row[1],
            clock=Clock.parse(row[2]),
            coder=row[3],
            label=row[4],
            changes=tuple(changes[row[0]]),
            undoes=row[5],
            undoable=bool(row[6]),
            at=row[7],
        )
        for row in rows
    ]


def changes_of(connection: sqlite3.Connection, record: str, *, standing: bool = True) -> list[tuple[str, Change]]:
    """Return `(revision, change)` of one record in clock order; with `standing`, without what was undone."""
    rows = connection.execute(
        "SELECT r.id, c.kind, c.fields, r.schema FROM change c JOIN revision r ON r.seq = c.revision"
        " WHERE c.record = ? AND (r.stands OR ?) ORDER BY r.clock, r.id",
        (record, not standing),
    ).fetchall()
    return [(revision, decode_change(kind, record, encoded, schema)) for revision, kind, encoded, schema in rows]


def moves(connection: sqlite3.Connection, kind: str) -> list[tuple[str, str, Change]]:
    """Return `(kind, revision, change)` of a kind that forms a tree, in clock order, without what was undone."""
    rows = connection.execute(
        "SELECT r.id, c.record, c.fields, r.schema FROM change c JOIN revision r ON r.seq = c.revision"
        f" WHERE c.kind = '{kind}' AND c.kind IN ('code', 'question') AND r.stands ORDER BY r.clock, r.id"
    ).fetchall()
    return [
        (kind, revision, decode_change(kind, record, encoded, schema)) for revision, record, encoded, schema in rows
    ]
