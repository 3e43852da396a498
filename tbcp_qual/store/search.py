"""Finding words: an index over turns, memos, definitions and attributes, brought up to date before it is asked.

A write only notes what it touched, so that coding costs what it did. Hits leave by the same door as codings do.
"""

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tbcp_qual.coding.changes import Change
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.store.reading import VISIBLE, VISIBLE_SUMMARY

if TYPE_CHECKING:
    from tbcp_qual.coding.sought import Sought

Key = tuple[str, str]

_AT_ONCE = 5_000
"""Records indexed in one transaction."""

WORDED: dict[str, tuple[str, ...]] = {
    "document": ("name", "file"),
    "turn": (),
    "coding": ("memo",),
    "memo": ("title", "body"),
    "code": ("name", "brief", "full", "use_when", "not_when", "example"),
    "theme": ("name", "definition"),
    "question": ("key", "text", "short"),
    "case": ("label",),
    "attribute": ("name", "value"),
    "participant": ("label", "role"),
    "topic": ("key", "prompt"),
    "summary": ("words",),
    "finding": ("key", "statement", "adequacy", "coherence", "relevance", "limitations"),
    "evidence": ("explained",),
    "answer": ("words", "caveats"),
    "judgement": ("note",),
    "element": ("name", "text", "revision"),
    "configuration": ("name", "context", "mechanism", "outcome"),
    "item": ("key", "section", "text", "guidance"),
    "rating": ("words",),
}
"""Kinds that are searched, with the fields that hold their words; a turn's are in its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A record in which what was sought stands."""

    kind: str
    record: str
    document: str
    """Id of the document it lies in; empty for what lies in none."""
    start: int
    """For a turn, where it begins in its text."""
    words: str
    """The words that were searched."""


def note(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
    """Note what a write touched that is searched."""
    rows = [
        (c.kind, c.id)
        for c in changes
        if c.kind in WORDED and (c.kind != "coding" or "memo" in c.fields or ("exists" in c.fields and not c.creates))
    ]
    if rows:
        connection.executemany("INSERT OR IGNORE INTO unindexed (kind, record) VALUES (?, ?)", rows)


def note_keys(connection: sqlite3.Connection, keys: Iterable[Key]) -> None:
    """Note records that were refolded."""
    rows = [key for key in keys if key[0] in WORDED]
    connection.executemany("INSERT OR IGNORE INTO unindexed (kind, record) VALUES (?, ?)", rows)


def forget(connection: sqlite3.Connection) -> None:
    """Empty the index, after words were purged; it is built anew when it is next asked."""
    connection.execute("INSERT INTO word (word) VALUES ('delete-all')")
    connection.execute("DELETE FROM searched")
    connection.execute("DELETE FROM unindexed")
    for kind in WORDED:
        some = " WHERE memo <> ''" if kind == "coding" else ""
        connection.execute(f"INSERT INTO unindexed (kind, record) SELECT '{kind}', id FROM \"{kind}\"{some}")


def behind(connection: sqlite3.Connection) -> int:
    """Return how many records wait to be indexed."""
    return int(connection.execute("SELECT count(*) FROM unindexed").fetchone()[0])


def catch_up(connection: sqlite3.Connection) -> bool:
    """Index the next records that wait, in the transaction of the caller; say whether more wait."""
    waiting = connection.execute(f"SELECT kind, record FROM unindexed LIMIT {_AT_ONCE}").fetchall()
    for kind in WORDED:
        records = [record for of, record in waiting if of == kind]
        if records:
            _index(connection, kind, records)
    connection.executemany("DELETE FROM unindexed WHERE kind = ? AND record = ?", waiting)
    return len(waiting) == _AT_ONCE


def _index(connection: sqlite3.Connection, kind: str, records: list[str]) -> None:
    marks = ", ".join("?" * len(records))
    old = connection.execute(
        "SELECT s.n, coalesce(s.words, substr(t.body, s.start + 1, s.end - s.start)) FROM searched s"
        f" LEFT JOIN text t ON t.hash = s.text WHERE s.kind = ? AND s.record IN ({marks})",
        (kind, *records),
    ).fetchall()
    connection.executemany("INSERT INTO word (word, rowid, words) VALUES ('delete', ?, ?)", old)
    connection.executemany("DELETE FROM searched WHERE n = ?", ((n,) for n, _ in old))
    if kind == "turn":
        rows = connection.execute(
            "SELECT r.id, r.document, r.text, r.start, r.end, substr(t.body, r.start + 1, r.end - r.start)"
            f" FROM turn r JOIN text t ON t.hash = r.text WHERE r.id IN ({marks}) ORDER BY r.document, r.start, r.id",
            records,
        ).fetchall()
    else:
        columns = " || ' · ' || ".join(f'r."{column}"' for column in WORDED[kind])
        document = {
            "coding": "r.document",
            "memo": "coalesce(r.document, '')",
            "document": "r.id",
            "rating": "r.document",
        }.get(kind, "''")
        rows = [
            (record, lies_in, None, 0, 0, words)
            for record, lies_in, words in connection.execute(
                f'SELECT r.id, {document}, {columns} FROM "{kind}" r WHERE r.id IN ({marks}) ORDER BY r.id', records
            ).fetchall()
            if words.strip(" ·")
        ]
    place = connection.execute("SELECT coalesce(max(n), 0) FROM searched").fetchone()[0] + 1
    connection.executemany(
        "INSERT INTO searched (n, kind, record, document, text, start, end, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (place + i, kind, record, document, text, start, end, None if kind == "turn" else words)
            for i, (record, document, text, start, end, words) in enumerate(rows)
        ),
    )
    connection.executemany(
        "INSERT INTO word (rowid, words) VALUES (?, ?)", ((place + i, row[5]) for i, row in enumerate(rows))
    )


def expression(sought: "Sought") -> str:
    """Return what is sought in the words of SQLite's full-text search."""
    from tbcp_qual.coding.sought import Either, Near, Phrase

    if isinstance(sought, Phrase):
        return f'"{" ".join(sought.words)}"{" *" if sought.begins else ""}'
    if isinstance(sought, Near):
        return f"NEAR({' '.join(expression(phrase) for phrase in sought.phrases)}, {sought.distance})"
    if isinstance(sought, Either):
        return f"({' OR '.join(map(expression, sought.parts))})"
    parts = f"({' AND '.join(map(expression, sought.parts))})"
    return f"({parts} NOT ({' OR '.join(map(expression, sought.but))}))" if sought.but else parts


_SEEN = f"""
    CASE s.kind
    WHEN 'coding' THEN EXISTS (SELECT 1 FROM coding WHERE id = s.record AND {VISIBLE})
    WHEN 'memo' THEN EXISTS (SELECT 1 FROM memo WHERE id = s.record AND {VISIBLE})
    WHEN 'rating' THEN EXISTS (SELECT 1 FROM rating WHERE id = s.record AND {VISIBLE})
    WHEN 'evidence' THEN EXISTS (SELECT 1 FROM evidence WHERE id = s.record AND {VISIBLE})
    WHEN 'summary' THEN EXISTS (SELECT 1 FROM summary WHERE id = s.record AND {VISIBLE_SUMMARY})
    ELSE 1 END
"""


def hits(
    connection: sqlite3.Connection, viewer: str, sought: "Sought", *, kinds: Iterable[str], after: int, limit: int
) -> tuple[list[Hit], int]:
    """Return the next hits in the order in which they were indexed, and where to go on; 0 where there are no more."""
    wanted = list(kinds)
    rows = connection.execute(
        "SELECT s.n, s.kind, s.record, s.document, s.start,"
        " coalesce(s.words, (SELECT substr(body, s.start + 1, s.end - s.start) FROM text WHERE hash = s.text))"
        f" FROM word w JOIN searched s ON s.n = w.rowid WHERE word MATCH :sought AND w.rowid > :after AND {_SEEN}"
        + (f" AND s.kind IN ({', '.join(repr(kind) for kind in wanted if kind in WORDED)})" if wanted else "")
        + " ORDER BY w.rowid LIMIT :limit",
        {"sought": expression(sought), "after": after, "viewer": viewer, "limit": limit},
    ).fetchall()
    found = [Hit(kind=r[1], record=r[2], document=r[3], start=r[4], words=r[5] or "") for r in rows]
    return found, rows[-1][0] if len(rows) == limit else 0


def tally(connection: sqlite3.Connection, viewer: str, sought: "Sought") -> dict[tuple[str, str], int]:
    """Count hits by kind and document."""
    rows = connection.execute(
        "SELECT s.kind, s.document, count(*) FROM word w JOIN searched s ON s.n = w.rowid"
        f" WHERE word MATCH :sought AND {_SEEN} GROUP BY s.kind, s.document",
        {"sought": expression(sought), "viewer": viewer},
    ).fetchall()
    return {(kind, document): count for kind, document, count in rows}
