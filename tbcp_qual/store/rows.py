"""Records as rows of tables, and changes as rows of the journal."""

import json
import typing
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import Any

from tbcp_qual.coding.changes import Change
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.records import KINDS, Record

SCHEMA = 1
"""The number journal rows are written with; it rises when a kind or a field is renamed or changes its meaning."""

UPCASTERS: dict[int, Callable[[Change], Change]] = {}
"""By schema number: how a change written under it reads under the next one."""


# Made once: `json.dumps` with settings of one's own makes an encoder at each call.
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Table:
    """How one kind of record lies in its table."""

    kind: str
    columns: tuple[str, ...]
    tuples: frozenset[int]
    """Places of the columns that hold tuples, as JSON."""
    flags: frozenset[int]
    """Places of the columns that hold yes or no, as 1 or 0."""

    insert: str
    """The statement that writes one row."""
    select: str
    """The start of the statement that reads rows."""

    def row(self, record: Record) -> list[Any]:
        """Return a record's values as SQLite takes them."""
        values = [getattr(record, column) for column in self.columns]
        for place in self.tuples:
            values[place] = _as_json(values[place])
        return values

    def value(self, column: str, value: Any) -> Any:
        """Return one value as SQLite takes it."""
        if self.columns.index(column) in self.tuples:
            return _as_json(value)
        return value

    def records(self, rows: list[tuple[Any, ...]]) -> list[Any]:
        """Return the records of rows read with `select`."""
        return _reader(self.kind)(rows) if rows else []


@cache
def _reader(kind: str) -> Callable[[list[tuple[Any, ...]]], list[Any]]:
    """Write the loop that makes records of rows: a hundred thousand constructors called by name take four times as long.

    Each record is filled while it is of a class that allows it, and is frozen by changing that class.
    """
    shape = table(kind)
    cells = [f"c{place}" for place in range(len(shape.columns))]
    values = list(cells)
    for place in shape.tuples:
        values[place] = f"_tuple({cells[place]})"
    for place in shape.flags:
        values[place] = f"{cells[place]} != 0"
    lines = [
        "def read(rows):",
        "    found = []",
        f"    for {', '.join(cells)} in rows:",
        "        record = Open()",
        *(f"        record.{column} = {value}" for column, value in zip(shape.columns, values, strict=True)),
        "        record.__class__ = Record",
        "        found.append(record)",
        "    return found",
    ]
    known: dict[str, Any] = {
        "Open": type("Open", (), {"__slots__": shape.columns}),
        "Record": KINDS[kind],
        "_tuple": lambda encoded: () if encoded == "[]" else _frozen(json.loads(encoded)),
    }
    exec("\n".join(lines), known)
    read: Callable[[list[tuple[Any, ...]]], list[Any]] = known["read"]
    return read


@cache
def table(kind: str) -> Table:
    """Return how a kind lies in its table."""
    declared = fields(KINDS[kind])
    columns = tuple(field.name for field in declared)
    names = ", ".join(f'"{column}"' for column in columns)
    return Table(
        kind,
        columns,
        frozenset(place for place, field in enumerate(declared) if typing.get_origin(field.type) is tuple),
        frozenset(place for place, field in enumerate(declared) if field.type is bool),
        f'INSERT INTO "{kind}" ({names}) VALUES ({", ".join("?" * len(columns))})',
        f'SELECT {names} FROM "{kind}"',
    )


def encode_fields(change: Change) -> str:
    """Return `{field: [before, after]}` as JSON."""
    return _as_json(dict(change.fields))


def decode_change(kind: str, record: str, encoded: str, schema: int = SCHEMA) -> Change:
    """Read a change from the journal, through the upcasters where an older program wrote it."""
    pairs = json.loads(encoded)
    change = Change(kind, record, {name: (_frozen(before), _frozen(after)) for name, (before, after) in pairs.items()})
    while schema < SCHEMA:
        change = UPCASTERS[schema](change)
        schema += 1
    return change


def _frozen(value: Any) -> Any:
    return tuple(_frozen(v) for v in value) if isinstance(value, list) else value
