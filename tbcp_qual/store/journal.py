"""Reading and writing revisions: the journal is the truth, the tables are its fold."""

import sqlite3
from collections.abc import Iterable, Sequence

from tbcp_qual.coding.changes import DAY_MS, Change, Clock, Revision, next_clock
from tbcp_qual.coding.records import FORESTS
from tbcp_qual.store.rows import SCHEMA, decode_change, encode_fields

_COLUMNS = "id, coder, label, undoes, undoable, at, schema"


def clock_after(
    connection: sqlite3.Connection, replica: str, now: int, touching: Sequence[Change], target: str | None
) -> Clock:
    """Return the clock for a new revision.

    It comes after all revisions in the file, except those that claim a time more than a day ahead: a machine whose
    clock was wrong must not pull everybody's clock along. What such a revision touched is still followed in order.
    """
    horizon = f"{now + DAY_MS:014d}"
    last = connection.execute("SELECT max(id) FROM revision").fetchone()[0]
    ahead = last is not None and last >= horizon
    if ahead:
        last = connection.execute("SELECT max(id) FROM revision WHERE id < ?", (horizon,)).fetchone()[0]
    seen = [Clock.parse(last)] if last else []
    if ahead:
        latest = "SELECT max(c.revision) FROM change c WHERE"
        queries: list[tuple[str, tuple[str, ...]]] = [(f"{latest} c.record = ?", (c.id,)) for c in touching]
        trees = {c.kind for c in touching if set(FORESTS.get(c.kind, ())) & set(c.fields)}
        queries.extend((f"{latest} c.kind = '{kind}' AND c.kind IN ('code', 'question')", ()) for kind in trees)
        if target is not None:
            seen.append(Clock.parse(target))
        floors = [connection.execute(sql, values).fetchone()[0] for sql, values in queries]
        seen.extend(Clock.parse(floor) for floor in floors if floor)
    clock = next_clock(replica, *seen, now=now)
    if ahead:
        # Two acts may follow the same one that was ahead, each on another record.
        sql = "SELECT max(id) FROM revision WHERE id BETWEEN ? AND ? AND substr(id, -length(?3)) = ?3"
        low, high = (str(clock._replace(counter=counter)) for counter in (clock.counter, 999_999))
        there = connection.execute(sql, (low, high, f".{replica}")).fetchone()[0]
        clock = next_clock(replica, Clock.parse(there), now=clock.ms) if there else clock
    return clock


def write(connection: sqlite3.Connection, revision: Revision, *, stands: bool = True) -> None:
    """Append one revision with its changes."""
    connection.execute(
        "INSERT INTO revision (id, coder, label, undoes, undoable, at, schema, stands) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            revision.id,
            revision.coder,
            revision.label,
            revision.undoes,
            revision.undoable,
            revision.at,
            SCHEMA,
            stands,
        ),
    )
    connection.executemany(
        "INSERT INTO change (revision, n, kind, record, fields) VALUES (?, ?, ?, ?, ?)",
        ((revision.id, n, c.kind, c.id, encode_fields(c)) for n, c in enumerate(revision.changes)),
    )


def read(connection: sqlite3.Connection, where: str = "1", values: Iterable[object] = ()) -> list[Revision]:
    """Return revisions in clock order, with their changes."""
    values = tuple(values)
    rows = connection.execute(f"SELECT {_COLUMNS} FROM revision WHERE {where} ORDER BY id", values).fetchall()
    changes: dict[str, list[Change]] = {row[0]: [] for row in rows}
    schemas = {row[0]: row[6] for row in rows}
    for revision, kind, record, encoded in connection.execute(
        "SELECT revision, kind, record, fields FROM change WHERE revision IN"
        f" (SELECT id FROM revision WHERE {where}) ORDER BY revision, n",
        values,
    ).fetchall():
        changes[revision].append(decode_change(kind, record, encoded, schemas[revision]))
    return [
        Revision(
            clock=Clock.parse(row[0]),
            coder=row[1],
            label=row[2],
            changes=tuple(changes[row[0]]),
            undoes=row[3],
            undoable=bool(row[4]),
            at=row[5],
        )
        for row in rows
    ]


def changes_of(connection: sqlite3.Connection, record: str, *, standing: bool = True) -> list[tuple[str, Change]]:
    """Return `(revision, change)` of one record in clock order; with `standing`, without what was undone."""
    rows = connection.execute(
        "SELECT r.id, c.kind, c.fields, r.schema FROM change c JOIN revision r ON r.id = c.revision"
        " WHERE c.record = ? AND (r.stands OR ?) ORDER BY r.id",
        (record, not standing),
    ).fetchall()
    return [(revision, decode_change(kind, record, encoded, schema)) for revision, kind, encoded, schema in rows]


def moves(connection: sqlite3.Connection, kind: str) -> list[tuple[str, str, Change]]:
    """Return `(kind, revision, change)` of a kind that forms a tree, in clock order, without what was undone."""
    rows = connection.execute(
        "SELECT r.id, c.record, c.fields, r.schema FROM change c JOIN revision r ON r.id = c.revision"
        f" WHERE c.kind = '{kind}' AND c.kind IN ('code', 'question') AND r.stands ORDER BY r.id"
    ).fetchall()
    return [
        (kind, revision, decode_change(kind, record, encoded, schema)) for revision, record, encoded, schema in rows
    ]
