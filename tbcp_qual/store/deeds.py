"""Which revisions did something to what, and which of them a viewer may not be told of.

A record belongs to a document or code if it ever named it: the history of a coding is its code's, also after it was
removed or given another code.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable
from typing import NamedTuple

from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.store.naming import ever_naming
from tbcp_qual.store.reading import blind

_WORK = "kind IN ('coding', 'review', 'memo', 'summary', 'evidence', 'decision', 'rating')"
_ABOVE = {("code", "parent")}
"""References that do not make a record belong to what it names: a code is not a matter of the code above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which acts are asked for; where nothing is said, all."""

    coder: str | None = None
    """Id of the coder who did them; None for anybody."""
    kinds: tuple[str, ...] = ()
    """Only what touched a record of these kinds."""
    document: str | None = None
    """Only what touched this document or a record that lies in it, by id."""
    codes: tuple[str, ...] | None = None
    """Only what touched one of these codes or a record that has it, by id; None: whatever it touched."""
    since: str = ""
    """ISO 8601 in UTC: only what was done then or later."""
    ids: tuple[str, ...] | None = None
    """Only these revisions; None for any."""

    @property
    def by_record(self) -> bool:
        """Whether it is asked what was touched: then whoever may not see that is not told that it was."""
        return bool(self.kinds) or self.document is not None or self.codes is not None


def find(
    connection: sqlite3.Connection, wanted: Wanted, limit: int | None, but: Collection[str] = ()
) -> dict[str, bool]:
    """Return ids of revisions, the latest first, each with whether it stands.

    Args:
        connection: the project.
        wanted: which.
        limit: how many at most; None for all.
        but: ids to leave out where it is asked what was touched.
    """
    # What a pack has of the project it came from bears no label, and is no history of its own.
    conditions, values = ["label <> ''"], dict[str, object]({"limit": -1 if limit is None else limit})
    if wanted.coder is not None:
        conditions.append("coder = :coder")
        values["coder"] = wanted.coder
    if wanted.since:
        conditions.append("at >= :since")
        values["since"] = wanted.since
    if wanted.ids is not None:
        conditions.append("id IN (SELECT value FROM json_each(:ids))")
        values["ids"] = json.dumps(wanted.ids)
    if wanted.by_record:
        conditions.append("id IN (SELECT value FROM json_each(:touched))")
        values["touched"] = json.dumps(sorted(_touching(connection, wanted) - set(but)))
    rows = connection.execute(
        f"SELECT id, stands FROM revision WHERE {' AND '.join(conditions)} ORDER BY id DESC LIMIT :limit", values
    ).fetchall()
    return {row[0]: bool(row[1]) for row in rows}


def _touching(connection: sqlite3.Connection, wanted: Wanted) -> set[str]:
    """Return the revisions that touched what is wanted, and those that took such a one back or did it again."""
    conditions, values = ["1"], dict[str, object]()
    if wanted.kinds:
        conditions.append("kind IN (SELECT value FROM json_each(:kinds))")
        values["kinds"] = json.dumps(wanted.kinds)
    belonging: set[str] | None = None
    if wanted.document is not None:
        belonging = belonging_to(connection, "document", [wanted.document])
    if wanted.codes is not None:
        theirs = belonging_to(connection, "code", wanted.codes)
        belonging = theirs if belonging is None else belonging & theirs
    if belonging is not None:
        conditions.append("record IN (SELECT value FROM json_each(:records))")
        values["records"] = json.dumps(sorted(belonging))
    acts = connection.execute(f"SELECT DISTINCT revision FROM change WHERE {' AND '.join(conditions)}", values)
    return with_what_undoes(connection, {row[0] for row in acts.fetchall()})


def with_what_undoes(connection: sqlite3.Connection, acts: Iterable[str]) -> set[str]:
    """Add the revisions that took one of these back, or did it again."""
    found = set(acts)
    for revision, target in connection.execute(
        "SELECT id, undoes FROM revision WHERE undoes IS NOT NULL ORDER BY id"
    ).fetchall():
        if target in found:
            found.add(revision)
    return found


def belonging_to(connection: sqlite3.Connection, target: str, ids: Iterable[str]) -> set[str]:
    """Return the ids of records of one kind that are named, and of all that ever referred to one of them."""
    named = set(ids)
    return named | {record for _, record in ever_naming(connection, target, named, but=_ABOVE)}


class Hidden(NamedTuple):
    """What a viewer may not be told while rounds are blind."""

    revisions: frozenset[str] = frozenset()
    """Acts of others on work in blind documents: told without their label and records."""
    records: frozenset[str] = frozenset()
    """Work of others in blind documents, and where it was placed: left out of whatever touched it."""


def hidden(connection: sqlite3.Connection, viewer: str) -> Hidden:
    """Return what a viewer may not be told: what others do, or ever did, in documents that are blind for the viewer."""
    documents = blind(connection, viewer)
    if not documents:
        return Hidden()
    work = {
        row[0]
        for row in connection.execute(
            f"SELECT record FROM change WHERE {_WORK}"
            " AND (json_extract(fields, '$.document[1]') IN (SELECT value FROM json_each(?1)) OR EXISTS"
            " (SELECT 1 FROM json_each(fields, '$.rests_on[1]') p"
            " WHERE json_extract(p.value, '$[0]') IN (SELECT value FROM json_each(?1))))",
            (json.dumps(sorted(documents)),),
        ).fetchall()
    }
    acts = connection.execute(
        f"SELECT c.revision FROM change c JOIN revision r ON r.id = c.revision WHERE {_WORK} AND r.coder <> ?"
        " AND c.record IN (SELECT value FROM json_each(?))",
        (viewer, json.dumps(sorted(work))),
    ).fetchall()
    own = connection.execute(
        f"SELECT record FROM change WHERE {_WORK} AND json_extract(fields, '$.coder[1]') = ?", (viewer,)
    ).fetchall()
    theirs = work - {row[0] for row in own}
    placed = connection.execute(
        "SELECT record, revision FROM change WHERE record IN (SELECT record FROM change WHERE kind = 'placement'"
        " AND json_extract(fields, '$.record[1]') IN (SELECT value FROM json_each(?)))",
        (json.dumps(sorted(theirs)),),
    ).fetchall()
    placing = connection.execute(
        "SELECT id FROM revision WHERE coder <> ? AND id IN (SELECT value FROM json_each(?))"
        " AND NOT EXISTS (SELECT 1 FROM change WHERE revision = id AND kind <> 'placement')",
        (viewer, json.dumps(sorted({row[1] for row in placed}))),
    ).fetchall()
    sought = connection.execute(
        "SELECT record, revision FROM change WHERE kind = 'search' AND json_extract(fields, '$.coder[1]') <> ?",
        (viewer,),
    ).fetchall()
    return Hidden(
        frozenset(with_what_undoes(connection, {*(row[0] for row in (*acts, *placing)), *(row[1] for row in sought)})),
        frozenset(theirs | {row[0] for row in (*placed, *sought)}),
    )
