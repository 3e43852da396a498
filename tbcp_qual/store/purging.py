"""Taking words out of the file for good: the one thing that undo, replay and merging stop at.

What is purged leaves tombstones without content: the ids of records, the hashes of texts, the places in the journal.
Copies that still hold the words lose them when they meet this one.
"""

import json
import re
import sqlite3
import typing
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache
from typing import Any, NamedTuple

from tbcp_qual.coding.records import KINDS, REFERENCES, TEXTS
from tbcp_qual.coding.redaction import Redaction
from tbcp_qual.coding.text import text_hash
from tbcp_qual.store.refold import Key

REPLACED, EMPTIED = 1, 2
"""What became of a journal value."""

_FOLLOWS = ("document", "turn")
"""Kinds that take with them what refers to them, by a field of that name."""

_KEPT_WHOLE = {("version", "body"), ("round", "locked")}
"""Fields with the hash of a text that the program wrote, in which names may stand."""

_NEVER = {"coder": {"name"}, "ruling": {"kind", "digest"}, "placement": {"kind", "record"}, "project": {"destroy_by"}}
"""Fields in which no words of a family stand, beside references, hashes and closed sets."""


class Purged(NamedTuple):
    """All that was purged in a file; free of content but for what took the place of words."""

    records: frozenset[Key] = frozenset()
    texts: frozenset[str] = frozenset()
    """Hashes."""
    values: tuple[tuple[str, int, str], ...] = ()
    """`(revision, place, fields as JSON)` in which words were replaced."""
    labels: tuple[tuple[str, str], ...] = ()
    """`(revision, label)` of revisions that had something purged."""

    def __bool__(self) -> bool:
        return bool(self.records or self.texts or self.values)

    def rewritten(self) -> set[str]:
        """Return, maybe among others, the hashes of the codebooks and rounds that were kept and have other words now."""
        named = {name for _, name in _KEPT_WHOLE}
        fields = (pair for *_, encoded in self.values for pair in json.loads(encoded).items())
        return {value for name, pair in fields if name in named for value in pair if value}


def purged_so_far(connection: sqlite3.Connection) -> Purged:
    """Return all that was purged in a file."""
    return Purged(
        frozenset(connection.execute("SELECT kind, record FROM purged").fetchall()),
        frozenset(row[0] for row in connection.execute("SELECT hash FROM purged_text").fetchall()),
        tuple(connection.execute(f"SELECT revision, n, fields FROM change WHERE purged = {REPLACED}").fetchall()),
        tuple(
            connection.execute(
                "SELECT id, label FROM revision WHERE id IN (SELECT revision FROM change WHERE purged)"
            ).fetchall()
        ),
    )


def purge(
    connection: sqlite3.Connection, *, records: Iterable[Key], texts: Iterable[str], words: Mapping[str, str]
) -> set[Key]:
    """Empty records with all that belongs to them, empty texts, and replace words in all that is left of the journal.

    Args:
        connection: within a transaction; the tables are brought up to date by the caller.
        records: what goes.
        texts: hashes of texts whose words go while the spans on them stay.
        words: what goes from all that people wrote, as `Redaction` reads it, with what takes its place.

    Returns:
        The records whose changes were altered.
    """
    gone = _with_what_belongs_to_them(connection, set(records))
    emptied = set(texts) | _texts_of(connection, gone)
    names = _names_of(connection, gone)
    connection.executemany("INSERT OR IGNORE INTO purged (kind, record) VALUES (?, ?)", gone)
    connection.executemany(
        f"UPDATE change SET fields = '{{}}', purged = {EMPTIED} WHERE record = ? AND kind = ?",
        ((record, kind) for kind, record in gone),
    )
    _replace_in_labels(connection, Redaction({name: "[purged]" for name in names if name not in words}))
    touched = gone | _replace(connection, Redaction(words))
    connection.executemany("INSERT OR IGNORE INTO purged_text (hash) VALUES (?)", ((text,) for text in emptied))
    connection.executemany("UPDATE text SET body = '' WHERE hash = ?", ((text,) for text in emptied))
    _close_revisions(connection)
    # Which text of a document stands depends on which are left.
    on_them = (
        "SELECT DISTINCT record FROM change WHERE kind = 'document'"
        " AND json_extract(fields, '$.text[1]') IN (SELECT hash FROM purged_text)"
    )
    return touched | {("document", row[0]) for row in connection.execute(on_them).fetchall()}


def take_over(connection: sqlite3.Connection, theirs: Purged) -> set[Key]:
    """Purge here what was purged in another copy, and in what has just come from it; return the records altered."""
    mine = purged_so_far(connection)
    if not mine and not theirs:
        return set()
    touched: set[Key] = set()
    # What was purged before it ever came here is referred to all the same; so is the hash of a text without its words.
    connection.executemany("INSERT OR IGNORE INTO text (hash, body) VALUES (?, '')", ((text,) for text in theirs.texts))
    for revision, place, encoded in theirs.values:
        row = connection.execute(
            "SELECT kind, record, fields, purged FROM change WHERE revision = ? AND n = ?", (revision, place)
        ).fetchone()
        if row is None or row[3] == EMPTIED or row[2] == encoded:
            continue
        if row[3] == REPLACED:
            encoded = _fields_of_both(row[0], row[2], encoded)
        touched.add((row[0], row[1]))
        connection.execute(
            f"UPDATE change SET fields = ?, purged = {REPLACED} WHERE revision = ? AND n = ?",
            (encoded, revision, place),
        )
    for revision, label in theirs.labels:
        row = connection.execute(
            "SELECT label, EXISTS (SELECT 1 FROM change WHERE revision = ?1 AND purged) FROM revision WHERE id = ?1",
            (revision,),
        ).fetchone()
        if row is not None and row[0] != label:
            altered = both_replaced(row[0], label) if row[1] else label
            connection.execute("UPDATE revision SET label = ? WHERE id = ?", (altered, revision))
    return touched | purge(connection, records=mine.records | theirs.records, texts=mine.texts | theirs.texts, words={})


class Standing(NamedTuple):
    """Where words stand in a file, whatever of it anybody may see."""

    words: set[str]
    """Those that stand anywhere: in texts, in what people ever wrote, in labels of the history."""
    texts: set[str]
    """Hashes of the texts in which any stands."""


def standing(connection: sqlite3.Connection, words: Mapping[str, str]) -> Standing:
    """Look for words, as `Redaction` reads them, in all that a file holds."""
    found, texts = set[str](), set[str]()
    sought = Redaction(words)
    for text, body in connection.execute("SELECT hash, body FROM text").fetchall():
        there = {word for *_, word in sought.places(body)}
        found |= there
        if there:
            texts.add(text)
    for (label,) in connection.execute("SELECT label FROM revision").fetchall():
        found.update(word for *_, word in sought.places(label))
    for (encoded,) in connection.execute(f"SELECT fields FROM change WHERE purged <> {EMPTIED}").fetchall():
        # A line end is written as two signs in JSON, and would part the words of a name.
        found.update(word for *_, word in sought.places(encoded.replace("\\n", " \n")))
    return Standing(found, texts)


def held(connection: sqlite3.Connection, theirs: Purged) -> list[tuple[list[Any], list[Any]]]:
    """Return values that still stand here as they were before another copy replaced words in them, with those there."""
    found: list[tuple[list[Any], list[Any]]] = []
    for revision, place, encoded in theirs.values:
        row = connection.execute(
            "SELECT fields FROM change WHERE revision = ? AND n = ? AND purged = 0", (revision, place)
        ).fetchone()
        if row is not None and row[0] != encoded:
            here, there = json.loads(row[0]), json.loads(encoded)
            found.extend((here[name], there[name]) for name in here.keys() & there.keys() if here[name] != there[name])
    return found


_PART = re.compile(r"\[[^\[\]\n]{1,60}\]|\w+|\s+|.", re.DOTALL)


def _fields_of_both(kind: str, one: str, other: str) -> str:
    """Return the fields of a change out of which two copies took different words, as they lie in the journal."""
    here, there = json.loads(one), json.loads(other)
    fields = {
        # Of what was kept whole the hashes differ; what is left in either is replaced there.
        name: max(pair, there[name]) if (kind, name) in _KEPT_WHOLE else _values_of_both(pair, there[name])
        for name, pair in here.items()
    }
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def _values_of_both(one: Any, other: Any) -> Any:
    if isinstance(one, list):
        return [_values_of_both(mine, theirs) for mine, theirs in zip(one, other, strict=True)]
    return one if one == other else both_replaced(one, other)


def both_replaced(one: str, other: str) -> str:
    """Return what is left of words out of which two copies took different ones; the same whichever comes first.

    >>> both_replaced("[A] and Quark", "Zebedee and [B]")
    '[A] and [B]'
    """
    first, second = (_PART.findall(text) for text in sorted((one, other)))
    parts: list[str] = []
    for what, a0, a1, b0, b1 in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        here, there = "".join(first[a0:a1]), "".join(second[b0:b1])
        replaced = [part for part in (here, there) if "[" in part]
        parts.append(
            here if what == "equal" else min(replaced, key=lambda part: (-part.count("["), part), default="[purged]")
        )
    return "".join(parts)


def _with_what_belongs_to_them(connection: sqlite3.Connection, records: set[Key]) -> set[Key]:
    """Add what lies on a purged record, as the journal knows it: also what was removed long ago."""
    found = set(records)
    if not any(kind in _FOLLOWS for kind, _ in records):
        return found
    on: dict[str, set[Key]] = {}
    kinds = [kind for kind, fields in REFERENCES.items() if set(fields) & set(_FOLLOWS)]
    rows = connection.execute(
        f"SELECT kind, record, fields FROM change WHERE kind IN ({', '.join('?' * len(kinds))})", kinds
    ).fetchall()
    for kind, record, encoded in rows:
        fields = json.loads(encoded)
        for name in set(_FOLLOWS) & set(fields) & set(REFERENCES[kind]):
            for target in fields[name]:
                on.setdefault(target or "", set()).add((kind, record))
    queue = [record for kind, record in records if kind in _FOLLOWS]
    while queue:
        new = on.get(queue.pop(), set()) - found
        found |= new
        queue.extend(record for kind, record in new if kind in _FOLLOWS)
    return found


def _changes(connection: sqlite3.Connection, keys: Iterable[Key]) -> Iterator[tuple[str, dict[str, list[Any]]]]:
    for kind, record in keys:
        for row in connection.execute(
            "SELECT fields FROM change WHERE record = ? AND kind = ?", (record, kind)
        ).fetchall():
            yield kind, json.loads(row[0])


def _texts_of(connection: sqlite3.Connection, keys: set[Key]) -> set[str]:
    """Return the texts on which nothing is left once these records are gone."""
    mine = {
        value
        for kind, fields in _changes(connection, keys)
        for name in TEXTS.get(kind, ())
        for value in fields.get(name, ())
        if value
    }
    gone = {record for kind, record in keys if kind == "document"}
    others = connection.execute("SELECT id, text FROM document").fetchall()
    return mine - {text for document, text in others if document not in gone}


def _names_of(connection: sqlite3.Connection, keys: set[Key]) -> set[str]:
    """Return what documents that go were called, for the labels that repeat it."""
    named = (fields for kind, fields in _changes(connection, keys) if kind == "document")
    return {value for fields in named for name in ("name", "file") for value in fields.get(name, ()) if value}


@cache
def _free(kind: str) -> frozenset[str]:
    """Name the fields of a kind in which a person writes what they like."""
    fixed = {*REFERENCES[kind], *TEXTS.get(kind, ()), *_NEVER.get(kind, ()), "id", "at"}
    hints = typing.get_type_hints(KINDS[kind])
    return frozenset(
        name for name, hint in hints.items() if name not in fixed and (hint is str or typing.get_origin(hint) is tuple)
    )


def _replace_in_labels(connection: sqlite3.Connection, words: Redaction) -> None:
    for revision, label in connection.execute("SELECT id, label FROM revision").fetchall() if words else ():
        altered = words.applied(label)
        if altered != label:
            connection.execute("UPDATE revision SET label = ? WHERE id = ?", (altered, revision))


def _replace(connection: sqlite3.Connection, words: Redaction) -> set[Key]:
    """Replace words in labels and in the journal's values; return the records altered."""
    if not words:
        return set()
    _replace_in_labels(connection, words)
    bodies = _replace_in_what_was_kept(connection, words)
    touched: set[Key] = set()
    rows = connection.execute("SELECT revision, n, kind, record, fields FROM change WHERE NOT purged = 2").fetchall()
    for revision, place, kind, record, encoded in rows:
        fields = json.loads(encoded)
        altered = {name: _altered(kind, name, pair, words, bodies) for name, pair in fields.items()}
        if altered != fields:
            touched.add((kind, record))
            connection.execute(
                f"UPDATE change SET fields = ?, purged = {REPLACED} WHERE revision = ? AND n = ?",
                (json.dumps(altered, ensure_ascii=False, separators=(",", ":")), revision, place),
            )
    return touched


def _altered(kind: str, name: str, pair: list[Any], words: Redaction, bodies: Mapping[str, str]) -> list[Any]:
    if name in _free(kind):
        return [words.applied(value) for value in pair]
    return [bodies.get(value, value) for value in pair] if (kind, name) in _KEPT_WHOLE else pair


def _replace_in_what_was_kept(connection: sqlite3.Connection, words: Redaction) -> dict[str, str]:
    """Replace words in the codebooks and rounds that were kept; return the new hashes by the old ones."""
    moved: dict[str, str] = {}
    for old, body in connection.execute(
        "SELECT hash, body FROM text WHERE hash IN (SELECT body FROM version UNION SELECT locked FROM round)"
    ).fetchall():
        altered = words.applied(body)
        if altered != body:
            moved[old] = text_hash(altered)
            connection.execute("INSERT OR IGNORE INTO text (hash, body) VALUES (?, ?)", (moved[old], altered))
            connection.execute("UPDATE text SET body = '' WHERE hash = ?", (old,))
            connection.execute("INSERT OR IGNORE INTO purged_text (hash) VALUES (?)", (old,))
    return moved


def _close_revisions(connection: sqlite3.Connection) -> None:
    """Let nothing bring back what was purged, and say nothing of revisions of which nothing is left."""
    connection.execute("UPDATE revision SET undoable = 0 WHERE id IN (SELECT revision FROM change WHERE purged)")
    connection.execute(
        "UPDATE revision SET label = 'purged' WHERE id IN (SELECT revision FROM change GROUP BY revision"
        f" HAVING min(purged) = {EMPTIED})"
    )
