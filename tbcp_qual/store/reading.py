"""The one door through which codings leave the file, and the queries behind it.

`VISIBLE` decides which codings a viewer may see; every query on codings and reviews in this program carries it.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from tbcp_qual.coding.placing import Anchor, Places, placed
from tbcp_qual.coding.records import ANCHORED, SOURCE_TYPES, Document, Turn
from tbcp_qual.coding.snapshot import Counts, Progress, Snapshot
from tbcp_qual.store.rows import table

VISIBLE = """(coder = :viewer OR document IS NULL OR document NOT IN
    (SELECT document FROM blind WHERE coder = :viewer OR :viewer = ''))"""
"""True where `:viewer` may see a record of a coder's work: their own, and all others' but for the documents of a blind
round that they code in and that is not locked. Nobody in particular sees nothing of any blind round."""

VISIBLE_SUMMARY = """(coder = :viewer OR NOT EXISTS (SELECT 1 FROM json_each(rests_on) p
    WHERE json_extract(p.value, '$[0]') IN (SELECT document FROM blind WHERE coder = :viewer OR :viewer = '')))"""
"""The same for a summary, which rests on passages of several documents."""

VISIBLE_SEARCH = "(coder = :viewer OR NOT EXISTS (SELECT 1 FROM blind WHERE coder = :viewer OR :viewer = ''))"
"""The same for what somebody looked for, which says how much there was."""


def all_records(connection: sqlite3.Connection, kind: str) -> list[Any]:
    """Return all records of a kind, in the order in which they were made."""
    shape = table(kind)
    return shape.records(connection.execute(f"{shape.select} ORDER BY id").fetchall())


def texts(connection: sqlite3.Connection, hashes: Iterable[str]) -> dict[str, str]:
    """Return clean texts by hash."""
    found: dict[str, str] = {}
    for text_hash in hashes:
        found.update(connection.execute("SELECT hash, body FROM text WHERE hash = ?", (text_hash,)).fetchall())
    return found


def document_order(document: Document) -> tuple[int, str, str, str]:
    """Sort documents by source type, in the usual order, and by name."""
    known = SOURCE_TYPES.index(document.source_type) if document.source_type in SOURCE_TYPES else len(SOURCE_TYPES)
    return (known, document.source_type, document.name.casefold(), document.id)


def snapshot(
    connection: sqlite3.Connection, viewer: str, documents: list[str] | None, frame: Snapshot | None
) -> Snapshot:
    """Read a snapshot in one transaction, so that its parts belong together."""
    connection.execute("BEGIN")
    try:
        return _snapshot(connection, viewer, documents, frame or _frame(connection, viewer))
    finally:
        connection.execute("COMMIT")


def _frame(connection: sqlite3.Connection, viewer: str) -> Snapshot:
    """Read all but what belongs to single documents."""
    return Snapshot(
        project=all_records(connection, "project")[0],
        viewer=viewer,
        coders=tuple(all_records(connection, "coder")),
        questions=tuple(all_records(connection, "question")),
        codes=tuple(all_records(connection, "code")),
        themes=tuple(sorted(all_records(connection, "theme"), key=lambda t: (t.position, t.name, t.id))),
        cases=tuple(sorted(all_records(connection, "case"), key=lambda c: (c.label.casefold(), c.id))),
        variables=tuple(sorted(all_records(connection, "variable"), key=lambda v: (v.position, v.name, v.id))),
        attributes=tuple(all_records(connection, "attribute")),
        measures=tuple(all_records(connection, "measure")),
        participants=tuple(sorted(all_records(connection, "participant"), key=lambda p: (p.label.casefold(), p.id))),
        topics=tuple(
            sorted(all_records(connection, "topic"), key=lambda t: (t.source_type, t.time_point, t.position, t.id))
        ),
        documents=tuple(sorted(all_records(connection, "document"), key=document_order)),
        searches=_seen(connection, "search", VISIBLE_SEARCH, viewer),
        summaries=_seen(connection, "summary", VISIBLE_SUMMARY, viewer),
        findings=tuple(sorted(all_records(connection, "finding"), key=lambda f: (f.position, f.key, f.id))),
        evidence=_seen(connection, "evidence", VISIBLE, viewer),
        answers=tuple(all_records(connection, "answer")),
        judgements=tuple(all_records(connection, "judgement")),
        elements=tuple(sorted(all_records(connection, "element"), key=lambda e: (e.position, e.name, e.id))),
        configurations=tuple(
            sorted(all_records(connection, "configuration"), key=lambda c: (c.position, c.name, c.id))
        ),
        items=tuple(sorted(all_records(connection, "item"), key=lambda i: (i.position, i.key, i.id))),
        texts={},
    )


def _seen(connection: sqlite3.Connection, kind: str, visible: str, viewer: str) -> tuple[Any, ...]:
    """Return the records of a kind that a viewer may see, in the order in which they were made."""
    shape = table(kind)
    rows = connection.execute(f"{shape.select} WHERE {visible} ORDER BY id", {"viewer": viewer}).fetchall()
    return tuple(shape.records(rows))


def _snapshot(connection: sqlite3.Connection, viewer: str, documents: list[str] | None, frame: Snapshot) -> Snapshot:
    def of_documents(kind: str, order: str, where: str = "1") -> tuple[Any, ...]:
        shape = table(kind)
        sql = f"{shape.select} WHERE {where}"
        if documents is None:
            rows = connection.execute(f"{sql} ORDER BY document, {order}", {"viewer": viewer}).fetchall()
            return tuple(shape.records(rows))
        found: list[Any] = []
        for document in documents:
            rows = connection.execute(
                f"{sql} AND document = :document ORDER BY {order}", {"viewer": viewer, "document": document}
            ).fetchall()
            found.extend(shape.records(rows))
        return tuple(found)

    wanted = None if documents is None else set(documents)
    by_id = {document.id: document for document in frame.documents}
    places = places_of(connection)

    def on_present_texts(kind: str, where: str = "1") -> tuple[Any, ...]:
        records = of_documents(kind, "start, end, id", where)
        if places is None:
            return records
        # A correction can change the order of spans, not of documents.
        return tuple(sorted(placed(records, by_id, places), key=lambda r: (r.document or "", r.start, r.end, r.id)))

    codings = on_present_texts("coding", VISIBLE)
    memos = on_present_texts("memo", VISIBLE)
    if documents is not None:
        shape = table("memo")
        rows = connection.execute(f"{shape.select} WHERE document IS NULL ORDER BY id").fetchall()
        memos = (*shape.records(rows), *memos)
    hashes = {d.text for d in frame.documents if wanted is None or d.id in wanted}
    hashes |= {coding.text for coding in codings}
    return replace(
        frame,
        viewer=viewer,
        turns=_in_a_row(on_present_texts("turn"), by_id),
        codings=codings,
        reviews=of_documents("review", "id", VISIBLE),
        done=of_documents("done", "id"),
        abouts=on_present_texts("about"),
        asked=of_documents("asked", "id"),
        memos=memos,
        ratings=of_documents("rating", "id", VISIBLE),
        texts=texts(connection, hashes),
    )


def _in_a_row(turns: Iterable[Turn], documents: Mapping[str, Document]) -> tuple[Turn, ...]:
    """Return the turns of the present texts, each ending where the next begins.

    Copies that were corrected or divided apart may have brought turns of texts that do not stand, or a part of a turn
    beside the whole of it.
    """
    found: list[Turn] = []
    for turn in turns:
        document = documents.get(turn.document)
        if document and document.text != turn.text:
            continue
        last = found[-1] if found and found[-1].document == turn.document else None
        if last is None or last.end <= turn.head:
            found.append(turn)
        elif turn.start == last.start:
            found[-1] = turn if turn.end > last.end else last
        else:
            end = min(last.end, turn.head if turn.head >= last.start else turn.start)
            found[-1] = replace(last, end=end)
            found.append(replace(turn, head=max(turn.head, end)))
    return tuple(found)


def blind(connection: sqlite3.Connection, viewer: str) -> set[str]:
    """Return the documents in which a viewer sees nobody else's work."""
    sql = "SELECT DISTINCT document FROM blind WHERE coder = :viewer OR :viewer = ''"
    return {row[0] for row in connection.execute(sql, {"viewer": viewer}).fetchall()}


def places_of(connection: sqlite3.Connection, document: str | None = None) -> Places | None:
    """Return the ways between the texts of one document, or of all; None where no text was ever corrected."""
    where, values = ("WHERE document = ?", (document,)) if document else ("", ())
    found = []
    for kind in ("forward", "placement"):
        shape = table(kind)
        found.append(shape.records(connection.execute(f"{shape.select} {where} ORDER BY id", values).fetchall()))
    return Places(*found) if found[0] or found[1] else None


def anchors(connection: sqlite3.Connection, document: str) -> list[Anchor]:
    """Return the spans of a document, without code, coder or words; those of turns are left out."""
    return [
        Anchor(kind, *row)
        for kind in ANCHORED
        if kind != "turn"
        for row in connection.execute(
            f'SELECT id, document, text, start, "end" FROM "{kind}" WHERE document = ? AND text <> \'\' ORDER BY id',
            (document,),
        ).fetchall()
    ]


def reviews_of(connection: sqlite3.Connection, turns: Iterable[str]) -> list[tuple[str, str, str]]:
    """Return `(id, id of the turn, id of the coder)` of the reviews on some turns."""
    return connection.execute(
        "SELECT id, turn, coder FROM review WHERE turn IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(list(turns)),),
    ).fetchall()


def counts(connection: sqlite3.Connection, viewer: str) -> Counts:
    """Count codings without loading them."""
    asked = {"viewer": viewer}
    done: dict[str, set[str]] = {}
    for document, coder in connection.execute("SELECT document, coder FROM done WHERE done").fetchall():
        done.setdefault(document, set()).add(coder)
    return Counts(
        codings_by_code=dict(
            connection.execute(f"SELECT code, count(*) FROM coding WHERE {VISIBLE} GROUP BY code", asked).fetchall()
        ),
        codings_by_document=dict(
            connection.execute(
                f"SELECT document, count(*) FROM coding WHERE {VISIBLE} GROUP BY document", asked
            ).fetchall()
        ),
        done_by_document={document: frozenset(coders) for document, coders in done.items()},
    )


_REVIEWED = """
SELECT document, count(*) FROM (
    SELECT r.document, r.turn FROM review r JOIN turn t ON t.id = r.turn
    WHERE r.coder = :viewer AND t.role <> 'interviewer'
    UNION
    SELECT t.document, t.id FROM coding c JOIN turn t ON t.document = c.document AND t.text = c.text
        AND t.start < c.end AND c.start < t.end
        AND t.start >= (
            SELECT coalesce(max(x.start), 0) FROM turn x WHERE x.document = c.document AND x.start <= c.start)
    WHERE c.coder = :viewer AND t.role <> 'interviewer'
) GROUP BY document
"""


def progress(connection: sqlite3.Connection, viewer: str) -> Progress:
    """Count the turns to review and those that the viewer has coded or reviewed; nobody else's."""
    turns = "SELECT document, count(*) FROM turn WHERE role <> 'interviewer' AND start < end GROUP BY document"
    reviewed = dict(connection.execute(_REVIEWED, {"viewer": viewer}).fetchall())
    corrected = [row[0] for row in connection.execute("SELECT DISTINCT document FROM forward").fetchall()]
    if corrected:
        # What was coded on an earlier text can only be counted where it lies now.
        seen = _reviewed(snapshot(connection, viewer, corrected, None))
        others = {document: count for document, count in reviewed.items() if document not in set(corrected)}
        reviewed = others | seen
    return Progress(turns_by_document=dict(connection.execute(turns).fetchall()), reviewed_by_document=reviewed)


def _reviewed(now: Snapshot) -> dict[str, int]:
    """Count the turns that the viewer has coded or reviewed, as `_REVIEWED` does, on the present texts."""
    seen = {review.turn for review in now.reviews if review.coder == now.viewer}
    found = {}
    for document, turns in now.turns_by_document.items():
        mine = [
            c
            for c in now.codings_by_document.get(document, ())
            if c.coder == now.viewer and c.text == now.document_by_id[document].text
        ]
        count = sum(
            turn.role != "interviewer"
            and (turn.id in seen or any(c.start < turn.end and turn.start < c.end for c in mine))
            for turn in turns
        )
        if count:
            found[document] = count
    return found
