"""Finding a record by its id, or by as much of the end of it as tells it from all others."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from tbcp_qual.errors import UsageError
from tbcp_qual.readers.files import as_name

SHOWN = 8
"""Digits of an id that lists show: its end, which is drawn at random."""
FEWEST = 4


class HasId(Protocol):
    """A record."""

    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=HasId)


def short_id(record_id: str) -> str:
    """Return as much of an id as lists show."""
    return record_id[-SHOWN:]


def with_id(records: Iterable[R], typed: str, *, what: str, hint: str) -> R:
    """Return the record of this id, or the only one whose id ends so.

    Args:
        records: which.
        typed: the id, or four digits or more of its end.
        what: what such a record is called.
        hint: where the ids are shown.

    Raises:
        UsageError: there is none, or several end so.
    """
    wanted = typed.strip().casefold()
    found = [record for record in records if record.id.endswith(wanted)] if len(wanted) >= FEWEST else []
    if len(found) == 1:
        return found[0]
    if found:
        ids = "; ".join(record.id for record in found[:4])
        raise UsageError(f"The id of {len(found)} {what}s ends so.", f"Give more of it: {ids}")
    raise UsageError(f"There is no {what} {as_name(typed)} that you may see.", hint)
