"""Records as rows of tables, and changes as rows of the journal."""

import json
import typing
from collections.abc import Callable, Iterable
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


@dataclass(frozen=True, slots=True)
class Table:
    """How one kind of record lies in its table."""

    kind: str
    columns: tuple[str, ...]
    tuples: frozenset[int]
    """Places of the columns that hold tuples, as JSON."""
    flags: frozenset[int]
    """Places of the columns that hold yes or no, as 1 or 0."""

    @property
    def insert(self) -> str:
        """The statement that writes one row, or writes over it."""
        names = ", ".join(f'"{c}"' for c in self.columns)
        return f'INSERT INTO "{self.kind}" ({names}) VALUES ({", ".join("?" * len(self.columns))})'

    @property
    def select(self) -> str:
        """The start of the statement that reads rows."""
        names = ", ".join(f'"{c}"' for c in self.columns)
        return f'SELECT {names} FROM "{self.kind}"'

    def row(self, record: Record) -> list[Any]:
        """Return a record's values as SQLite takes them."""
        values = [getattr(record, column) for column in self.columns]
        for place in self.tuples:
            values[place] = json.dumps(values[place], ensure_ascii=False, separators=(",", ":"))
        return values

    def value(self, column: str, value: Any) -> Any:
        """Return one value as SQLite takes it."""
        if self.columns.index(column) in self.tuples:
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return value

    def records(self, rows: Iterable[tuple[Any, ...]]) -> list[Any]:
        """Return the records of rows read with `select`."""
        make = KINDS[self.kind]
        names = self.columns
        if not self.tuples and not self.flags:
            return [make(**dict(zip(names, row, strict=True))) for row in rows]
        found = []
        for row in rows:
            values = list(row)
            for place in self.tuples:
                values[place] = _frozen(json.loads(values[place])) if values[place] != "[]" else ()
            for place in self.flags:
                values[place] = bool(values[place])
            found.append(make(**dict(zip(names, values, strict=True))))
        return found


@cache
def table(kind: str) -> Table:
    """Return how a kind lies in its table."""
    record_type = KINDS[kind]
    hints = typing.get_type_hints(record_type)
    columns = tuple(f.name for f in fields(record_type))
    return Table(
        kind,
        columns,
        frozenset(i for i, c in enumerate(columns) if typing.get_origin(hints[c]) is tuple),
        frozenset(i for i, c in enumerate(columns) if hints[c] is bool),
    )


def encode_fields(change: Change) -> str:
    """Return `{field: [before, after]}` as JSON."""
    return json.dumps(dict(change.fields), ensure_ascii=False, separators=(",", ":"))


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
