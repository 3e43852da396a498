"""What a write has to check and to change, inside the transaction that `Project` holds."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from tbcp_qual.coding.changes import EXISTS, Change, Revision, TextSet, defaults, effective, whole
from tbcp_qual.coding.placing import head_of
from tbcp_qual.coding.records import ANCHORED, FORESTS, KINDS, Record, Turn
from tbcp_qual.errors import Conflict
from tbcp_qual.store import deeds, journal, search
from tbcp_qual.store.reading import blind, places_of
from tbcp_qual.store.refold import Key, load
from tbcp_qual.store.rows import table


def check_not_purged(connection: sqlite3.Connection, texts: Iterable[str]) -> None:
    """Refuse texts, by their hashes, whose words were taken out of the project for good.

    Raises:
        Conflict: one of them was.
    """
    marks = json.dumps(list(texts))
    sql = "SELECT 1 FROM purged_text WHERE hash IN (SELECT value FROM json_each(?))"
    if connection.execute(sql, (marks,)).fetchone():
        raise Conflict(
            "This very text was taken out of the project for good, and does not come back.",
            "Take out of the file what must not be in it, and take in the new file.",
        )


def checked(connection: sqlite3.Connection, change: Change, *, only_kept: bool) -> Change:
    """Return the change if the record is as it expects.

    A record that exists only because something refers to it is brought back by whoever edits it.
    """
    if change.creates:
        return change
    now = load(connection, (change.kind, change.id))
    if now is None:
        raise Conflict("What you are changing is no longer there.", "Somebody removed it; see the history.")
    change = _on_its_own_text(connection, change, now)
    for name, (before, _) in change.fields.items():
        if name != EXISTS and getattr(now, name) != before:
            raise Conflict(
                f"Somebody has changed the {name.replace('_', ' ')} of this {change.kind} in the meantime.",
                "Look at it again; nothing was changed.",
            )
    if only_kept and not change.removes:
        values = {name: after for name, (_, after) in change.fields.items()}
        fields: dict[str, tuple[Any, Any]] = {EXISTS: (False, True)}
        for name, default in defaults(change.kind).items():
            value = values.get(name, getattr(now, name))
            if value != default:
                fields[name] = (default, value)
        return Change(change.kind, change.id, fields)
    return whole(now, change)


def _on_its_own_text(connection: sqlite3.Connection, change: Change, now: Record) -> Change:
    """Let a new span of a record that was made on an earlier text be one on the present text.

    Whoever changes it saw it where the corrections have taken it.
    """
    if change.kind not in ANCHORED or not {"start", "end"} & set(change.fields) or "text" in change.fields:
        return change
    document, text = getattr(now, "document"), getattr(now, "text")  # noqa: B009
    row = connection.execute("SELECT text FROM document WHERE id = ?", (document,)).fetchone()
    places = places_of(connection, document) if row and text and row[0] != text else None
    span = places.span(now, row[0]) if places is not None else None  # type: ignore[arg-type]
    if span is None:
        return change
    fields = dict(change.fields)
    for name, seen in (("start", span.start), ("end", span.end)):
        before, after = fields.get(name, (seen, seen))
        if before != seen:
            return change
        fields[name] = (getattr(now, name), after)
    fields["text"] = (text, row[0])
    if isinstance(now, Turn) and places is not None:
        seen = head_of(now, row[0], places)
        before, after = fields.get("head", (seen, seen))
        if before != seen:
            return change
        fields["head"] = (now.head, after)
    return Change(change.kind, change.id, {name: pair for name, pair in fields.items() if pair[0] != pair[1]})


def write_rows(connection: sqlite3.Connection, changes: Sequence[Change]) -> None:
    """Bring the tables up to date with changes that come last in the order of the clock."""
    created: dict[str, list[list[Any]]] = {}
    for change in changes:
        shape = table(change.kind)
        values = {name: after for name, (_, after) in change.fields.items() if name != EXISTS}
        if change.creates:
            created.setdefault(change.kind, []).append(shape.row(KINDS[change.kind](id=change.id, **values)))
        elif change.removes:
            connection.execute(f'DELETE FROM "{change.kind}" WHERE id = ?', (change.id,))
        else:
            columns = ", ".join(f'"{name}" = ?' for name in values)
            connection.execute(
                f'UPDATE "{change.kind}" SET {columns} WHERE id = ?',
                (*(shape.value(name, value) for name, value in values.items()), change.id),
            )
    for kind, rows in created.items():
        connection.executemany(table(kind).insert, rows)
    if connection.execute("SELECT 1 FROM mismatch LIMIT 1").fetchone():
        connection.executemany(
            "DELETE FROM mismatch WHERE record = ? AND field = ?",
            ((change.id, name) for change in changes for name in change.fields),
        )
        connection.executemany(
            "DELETE FROM mismatch WHERE record = ?", ((change.id,) for change in changes if change.removes)
        )
    search.note(connection, changes)
    for change in changes:
        for column in set(FORESTS.get(change.kind, ())) & set(change.fields):
            _check_no_cycle(connection, change.kind, change.id, column)


def _check_no_cycle(connection: sqlite3.Connection, kind: str, record: str, column: str) -> None:
    node: str | None = record
    seen: set[str] = set()
    while node is not None:
        if node in seen:
            raise Conflict(f"This {kind} would come to lie below itself.", "Nothing was changed.")
        seen.add(node)
        row = connection.execute(f'SELECT "{column}" FROM "{kind}" WHERE id = ?', (node,)).fetchone()
        node = row[0] if row else None


def check_nothing_built_on(connection: sqlite3.Connection, act: Revision, coder: str) -> None:
    """Refuse to take an act back where a later one has changed what it changed.

    Args:
        connection: the project.
        act: what is to be taken back.
        coder: id of who wants to; of others' work on documents that are blind to them nothing is told.

    Raises:
        Conflict: who has built on it, and with what.
    """
    for change in act.changes:
        for later, theirs in journal.changes_of(connection, change.id):
            if later > act.id and (change.creates or set(change.fields) & set(theirs.fields)):
                row = connection.execute(
                    "SELECT r.label, c.name FROM revision r LEFT JOIN coder c ON c.id = r.coder WHERE r.id = ?",
                    (later,),
                ).fetchone()
                if later in deeds.hidden(connection, coder).revisions:
                    raise Conflict(f"“{act.label}” cannot be undone: somebody has built on it.")
                who = f"{row[1]} has since" if row[1] else "somebody has since"
                raise Conflict(f"“{act.label}” cannot be undone: {who} “{row[0]}”.", "Undo that first.")
        _check_nothing_lies_on(connection, act, change, told=not blind(connection, coder))


def _check_nothing_lies_on(connection: sqlite3.Connection, act: Revision, change: Change, *, told: bool) -> None:
    """Refuse to take a corrected text back where spans have been made on it since."""
    before, after = change.fields.get("text", ("", ""))
    if change.kind != "document" or not before:
        return
    for kind in set(ANCHORED) - {"turn"}:
        made = connection.execute(
            f'SELECT count(*) FROM "{kind}" r WHERE document = ? AND text = ?'
            " AND EXISTS (SELECT 1 FROM change c WHERE c.record = r.id AND c.revision > ?)",
            (change.id, after, act.id),
        ).fetchone()[0]
        if made:
            what = f"a {kind} lies" if made == 1 else f"{made} {kind}s lie"
            what = what if told else "work lies"
            raise Conflict(
                f"“{act.label}” cannot be undone: {what} on the corrected text.",
                "Take that away first, or revise the document once more with the older text.",
            )


def _texts_set(connection: sqlite3.Connection) -> list[TextSet]:
    """Return the revisions that gave a document another text."""
    rows = connection.execute(
        "SELECT revision, record, json_extract(fields, '$.text[0]'), json_extract(fields, '$.text[1]') FROM change"
        " WHERE kind = 'document' AND json_extract(fields, '$.text[1]') IS NOT NULL"
    ).fetchall()
    return [TextSet(*row) for row in rows]


def restate(connection: sqlite3.Connection) -> set[Key]:
    """Work out anew which revisions stand; return the records of those for which that changed."""
    rows = connection.execute(
        "WITH RECURSIVE chain (id) AS (SELECT id FROM revision WHERE undoes IS NOT NULL UNION"
        " SELECT undoes FROM revision WHERE undoes IS NOT NULL)"
        " SELECT r.id, r.undoes, r.stands FROM revision r JOIN chain USING (id) ORDER BY r.id"
    ).fetchall()
    purged = {row[0] for row in connection.execute("SELECT hash FROM purged_text").fetchall()} if rows else set()
    stands = effective({row[0]: row[1] for row in rows}, _texts_set(connection) if purged else (), purged)
    altered = [(stands[row[0]], row[0]) for row in rows if stands[row[0]] != bool(row[2])]
    connection.executemany("UPDATE revision SET stands = ? WHERE id = ?", altered)
    touched: set[Key] = set()
    for _, revision in altered:
        touched.update(connection.execute("SELECT kind, record FROM change WHERE revision = ?", (revision,)).fetchall())
    return touched
