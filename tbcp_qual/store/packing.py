"""Part of a project in a file of its own: of its revisions only the changes of what one coder needs in a round.

What a record says is the fold of its own changes. A file that holds all changes of a record under the ids they have in
the project says the same of it, whatever is undone or arrives late on either side; labels and names stay behind.
"""

import json
import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

from tbcp_qual.coding.records import TEXTS
from tbcp_qual.store import reading
from tbcp_qual.store.purging import EMPTIED, Purged
from tbcp_qual.store.refold import Key

_WHOLE = ("project", "question", "code", "theme", "item")
"""Kinds that everybody works with."""

_ON_DOCUMENTS = ("turn", "about", "forward")
"""Kinds that go with a document and are nobody's work."""

_WORK = ("coding", "review", "done", "memo", "rating")
"""Kinds of which a coder gets their own."""

_NAMED_BY = {
    "document": {"cases": "case"},
    "turn": {"participant": "participant"},
    "about": {"case": "case"},
    "memo": {"case": "case"},
    "participant": {"case": "case"},
}
"""Fields whose participants and cases come along, with their labels alone."""


class Packed(NamedTuple):
    """Whose part of the project a file is."""

    round: str
    """Id."""
    coder: str
    """Id."""


class Excerpt(NamedTuple):
    """What a file for one coder takes from the project."""

    revisions: tuple[tuple[str, str | None, int], ...]
    """Id, what it undoes, number of the schema it was written with."""
    changes: tuple[tuple[str, int, str, str, str], ...]
    """Revision, place in it, kind, record, fields as JSON."""
    texts: dict[str, str]
    purged_texts: frozenset[str]
    """Hashes of those of the texts whose words were purged."""

    @property
    def records(self) -> frozenset[Key]:
        """What is in it."""
        return frozenset((kind, record) for _, _, kind, record, _ in self.changes)


def packed(connection: sqlite3.Connection) -> Packed | None:
    """Return whose part of the project a file is; None where it is the project itself."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'packed'").fetchone():
        return None
    return Packed(*connection.execute("SELECT round, coder FROM packed").fetchone())


def mark(connection: sqlite3.Connection, of: Packed) -> None:
    """Say in a new file whose part of the project it is."""
    connection.execute("CREATE TABLE packed (round TEXT NOT NULL, coder TEXT NOT NULL)")
    connection.execute("INSERT INTO packed (round, coder) VALUES (?, ?)", of)


def borrowed(connection: sqlite3.Connection) -> set[str]:
    """Return the revisions that a file has in part; only the project can pass them on."""
    return {row[0] for row in connection.execute("SELECT id FROM revision WHERE label = ''").fetchall()}


class _Rows:
    """The changes of some kinds, by record."""

    def __init__(self, connection: sqlite3.Connection, kinds: Iterable[str], coder: str | None = None) -> None:
        wanted = list(kinds)
        marks = ", ".join("?" * len(wanted))
        whose = (
            f" AND record IN (SELECT record FROM change WHERE kind IN ({marks})"
            " AND json_extract(fields, '$.coder[1]') = ?)"
        )
        self.by_record: dict[Key, list[tuple[str, int, str]]] = {}
        for revision, n, kind, record, fields in connection.execute(
            f"SELECT revision, n, kind, record, fields FROM change WHERE kind IN ({marks}) AND purged <> {EMPTIED}"
            f"{whose if coder is not None else ''} ORDER BY revision, n",
            [*wanted, *([*wanted, coder] if coder is not None else [])],
        ).fetchall():
            self.by_record.setdefault((kind, record), []).append((revision, n, fields))

    def values(self, key: Key, field: str) -> list[Any]:
        """Return all values that a field of a record ever had, in the order of the clock."""
        pairs = [json.loads(fields).get(field) for _, _, fields in self.by_record[key]]
        return [pair[1] for pair in pairs if pair]


def excerpt(connection: sqlite3.Connection, of: Packed) -> Excerpt:
    """Return what one coder needs of a project in a round: nobody else's work, and no more than the round's documents.

    Args:
        connection: the project itself.
        of: the round and the coder.
    """
    row = connection.execute("SELECT documents, coders, gold FROM round WHERE id = ?", (of.round,)).fetchone()
    if row is None:
        return Excerpt((), (), {}, frozenset())
    documents = set(json.loads(row[0]))
    coders = {*json.loads(row[1]), of.coder, *([row[2]] if row[2] else [])}
    chosen: dict[Key, list[tuple[str, int, str]]] = dict(_Rows(connection, _WHOLE).by_record)
    named = _Rows(connection, ("coder", "round", "document"))
    wanted = {"coder": coders, "round": {of.round}, "document": documents}
    chosen |= {key: rows for key, rows in named.by_record.items() if key[1] in wanted[key[0]]}
    placed = _Rows(connection, _ON_DOCUMENTS)
    chosen |= {k: rows for k, rows in placed.by_record.items() if documents.intersection(placed.values(k, "document"))}
    work = _Rows(connection, _WORK, of.coder)
    chosen |= {
        key: rows
        for key, rows in work.by_record.items()
        if work.values(key, "coder")[-1:] == [of.coder] and documents.intersection(work.values(key, "document"))
    }
    records = {record for _, record in chosen}
    placements = _Rows(connection, ("placement",))
    chosen |= {
        k: rows for k, rows in placements.by_record.items() if records.intersection(placements.values(k, "record"))
    }
    chosen |= _people(connection, chosen)
    changes = sorted((*row[:2], *key, row[2]) for key, rows in chosen.items() for row in rows)
    revisions = _with_what_undoes(connection, {change[0] for change in changes})
    texts = reading.texts(connection, _texts(changes))
    purged = {row[0] for row in connection.execute("SELECT hash FROM purged_text").fetchall()}
    return Excerpt(revisions, tuple(changes), texts, frozenset(purged & set(texts)))


def _people(
    connection: sqlite3.Connection, chosen: dict[Key, list[tuple[str, int, str]]]
) -> dict[Key, list[tuple[str, int, str]]]:
    """Return the participants and cases that what was chosen names, or ever named."""
    people = _Rows(connection, ("participant", "case")).by_record
    found: dict[Key, list[tuple[str, int, str]]] = {}
    queue = dict(chosen)
    while queue:
        key, rows = queue.popitem()
        for field, kind in _NAMED_BY.get(key[0], {}).items():
            for _, _, fields in rows:
                for value in json.loads(fields).get(field, ()):
                    for one in value if isinstance(value, list) else [value]:
                        if (kind, one) in people and (kind, one) not in found:
                            found[kind, one] = queue[kind, one] = people[kind, one]
    return found


def _with_what_undoes(connection: sqlite3.Connection, ids: set[str]) -> tuple[tuple[str, str | None, int], ...]:
    """Return revisions with those that took one of them back, or did it again."""
    found = []
    for revision, undoes, schema in connection.execute(
        "SELECT id, undoes, schema FROM revision ORDER BY id"
    ).fetchall():
        if revision in ids or undoes in ids:
            ids.add(revision)
            found.append((revision, undoes, schema))
    return tuple(found)


def _texts(changes: Iterable[tuple[str, int, str, str, str]]) -> set[str]:
    """Return the hashes that changes name; what was locked of a round is everybody's work and stays behind."""
    found: set[str] = set()
    for _, _, kind, _, fields in changes:
        if kind in TEXTS and kind != "round":
            pairs = json.loads(fields)
            found.update(value for field in TEXTS[kind] for value in pairs.get(field, ()) if value)
    return found


def write(connection: sqlite3.Connection, given: Excerpt) -> set[Key]:
    """Add an excerpt to a file, in the transaction of the caller; return the records that have to be folded anew."""
    connection.executemany("INSERT OR IGNORE INTO text (hash, body) VALUES (?, ?)", given.texts.items())
    connection.executemany("INSERT OR IGNORE INTO purged_text (hash) VALUES (?)", ((h,) for h in given.purged_texts))
    connection.executemany("UPDATE text SET body = '' WHERE hash = ?", ((text,) for text in given.purged_texts))
    connection.executemany(
        "INSERT OR IGNORE INTO revision (id, coder, label, undoes, undoable, at, schema, stands)"
        " VALUES (?, '', '', ?, 0, '', ?, 1)",
        given.revisions,
    )
    touched: set[Key] = set()
    for change in given.changes:
        added = connection.execute(
            "INSERT OR IGNORE INTO change (revision, n, kind, record, fields) VALUES (?, ?, ?, ?, ?)", change
        )
        if added.rowcount:
            touched.add(change[2:4])
    return touched


def of_these(purged: Purged, records: Iterable[Key]) -> Purged:
    """Return of what was purged in the project what concerns some records, without the labels of revisions."""
    return Purged(purged.records & frozenset(records), purged.texts, purged.values, ())


def known(connection: sqlite3.Connection) -> frozenset[Key]:
    """Return the records that a file knows of."""
    return frozenset(connection.execute("SELECT DISTINCT kind, record FROM change").fetchall())
