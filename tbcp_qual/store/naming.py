"""Which records refer to which: in the tables today, and in the journal ever."""

import json
import sqlite3
import typing
from collections.abc import Iterable

from tbcp_qual.coding.records import KINDS, REFERENCES
from tbcp_qual.store.refold import Key

_IDS = "(SELECT value FROM json_each(:ids))"


def _naming(target: str, but: Iterable[Key] = ()) -> list[tuple[str, str, bool]]:
    """Return `(kind, field, whether it holds several ids)` of what refers to records of a kind."""
    return [
        (kind, field, typing.get_origin(typing.get_type_hints(KINDS[kind])[field]) is tuple)
        for kind, fields in REFERENCES.items()
        for field, to in fields.items()
        if to == target and (kind, field) not in but
    ]


def ever_naming(
    connection: sqlite3.Connection, target: str, ids: Iterable[str], *, but: Iterable[tuple[str, str]] = ()
) -> set[Key]:
    """Return the records that ever referred to one of some records of a kind.

    Args:
        connection: the project.
        target: the kind referred to.
        ids: which of that kind.
        but: `(kind, field)` that are not meant.
    """
    conditions = {
        (field, several): (
            f"EXISTS (SELECT 1 FROM json_each(fields, '$.{field}[1]') j WHERE j.value IN {_IDS})"
            if several
            else f"json_extract(fields, '$.{field}[1]') IN {_IDS}"
        )
        for _, field, several in _naming(target, but)
    }
    kinds: dict[tuple[str, bool], list[str]] = {}
    for kind, field, several in _naming(target, but):
        kinds.setdefault((field, several), []).append(f"'{kind}'")
    where = " OR ".join(f"(kind IN ({', '.join(kinds[key])}) AND {said})" for key, said in conditions.items())
    rows = connection.execute(
        f"SELECT DISTINCT kind, record FROM change WHERE {where or 0}", {"ids": json.dumps(sorted(ids))}
    ).fetchall()
    return {(kind, record) for kind, record in rows}


def now_naming(connection: sqlite3.Connection, keys: Iterable[Key]) -> dict[Key, set[Key]]:
    """Return the records that refer to some records today; those to which nothing refers are left out."""
    by_kind: dict[str, set[str]] = {}
    for kind, record in keys:
        by_kind.setdefault(kind, set()).add(record)
    found: dict[Key, set[Key]] = {}
    for target, ids in by_kind.items():
        listed = {"ids": json.dumps(sorted(ids))}
        for kind, field, several in _naming(target):
            sql = (
                f'SELECT j.value, r.id FROM "{kind}" r, json_each(r."{field}") j WHERE j.value IN {_IDS}'
                if several
                else f'SELECT "{field}", id FROM "{kind}" WHERE "{field}" IN {_IDS}'
            )
            for named, record in connection.execute(sql, listed).fetchall():
                found.setdefault((target, named), set()).add((kind, record))
    return found
