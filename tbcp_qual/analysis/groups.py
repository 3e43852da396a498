"""Two groups of families set side by side, theme by theme: who speaks to it among those who were asked.

Families are counted once, however many accounts there are of each; groups of a pilot are small, so they are named.
"""

from collections.abc import Sequence

from tbcp_qual.analysis.framework import UNKNOWN, Chart, ChartRow, attribute_named
from tbcp_qual.analysis.matrix import Column
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCell:
    """The families of a group under a theme; labels, each family once however many speak of it."""

    speaking: tuple[str, ...]
    """Families with words by or about them."""
    asked: tuple[str, ...]
    """Families with such words, or of whom somebody was asked for them."""
    read: tuple[str, ...]
    """All families of the group with a document that was read."""
    negative: tuple[str, ...]
    """Families with a negative case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """Two groups of families, theme by theme."""

    attribute: str
    groups: tuple[str, str]
    themes: tuple[tuple[Column, GroupCell, GroupCell], ...]


def side_by_side(families: Chart, snapshot: Snapshot, name: str, first: str, second: str) -> SideBySide:
    """Set two groups of families side by side.

    Args:
        families: a chart whose rows are families.
        snapshot: what it was made of.
        name: an attribute.
        first: a value of it; `UNKNOWN` for the families of which it is not known.
        second: another.

    Raises:
        UsageError: no family has the attribute, or none the value.
    """
    name = attribute_named(snapshot, name)
    value_of = {a.case: a.value.strip().casefold() for a in snapshot.attributes if a.name == name}
    rows: list[list[ChartRow]] = []
    for value in (first, second):
        theirs = [r for r in families.rows if value_of.get(r.id, UNKNOWN) == value.strip().casefold()]
        if not theirs:
            there = dict.fromkeys(value_of.get(r.id, UNKNOWN) for r in families.rows)
            raise UsageError(
                f"No family with documents has “{name}: {value}”.", f"There is: {', '.join(sorted(there))}."
            )
        rows.append(theirs)
    return SideBySide(
        attribute=name,
        groups=(first, second),
        themes=tuple(
            (theme, _group_cell(families, rows[0], theme), _group_cell(families, rows[1], theme))
            for theme in families.themes
        ),
    )


def _group_cell(families: Chart, rows: Sequence[ChartRow], theme: Column) -> GroupCell:
    # Words that may be about any of several families stand in the cells of all of them, and say nothing of a group.
    found = [(row.label, families.cell(row, theme)) for row in rows]
    cells = [(label, cell, [p for p in cell.passages if p.narrowed or p.by]) for label, cell in found]
    return GroupCell(
        speaking=tuple(label for label, _, passages in cells if passages),
        asked=tuple(label for label, cell, _ in cells if cell.passages or cell.state == "asked, not raised"),
        read=tuple(label for label, cell, _ in cells if cell.state != "not yet coded"),
        negative=tuple(label for label, _, passages in cells if any(p.negative for p in passages)),
    )
