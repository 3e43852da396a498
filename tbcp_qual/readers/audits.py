"""Audit tools and ratings of files, from CSV: items with their levels in order, and a row for each file and item."""

from pathlib import Path

from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.records import BESIDE_LEVELS
from tbcp_qual.coding.text import one_line
from tbcp_qual.errors import BadInput
from tbcp_qual.readers.files import Row, as_name, read_csv


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDraft:
    """An item as a file has it."""

    line: int
    key: str
    section: str
    text: str
    guidance: str
    levels: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingRow:
    """How a file was rated on an item, as a table has it."""

    line: int
    document: str
    item: str
    level: str
    words: str


def read_items(path: Path) -> tuple[ItemDraft, ...]:
    """Read an audit tool: `key`, `item`, `levels` from low to high divided by ;, and perhaps `section` and the like.

    Raises:
        BadInput: the file is no sound CSV, a cell is empty, a key is there twice, or levels are no scale; with the line.
    """
    drafts: dict[str, ItemDraft] = {}
    for row in read_csv(path, columns=("key", "item", "levels"), optional=("section", "guidance", "questions")).rows:
        key = _filled(path, row, "key")
        if key.casefold() in drafts:
            first = drafts[key.casefold()].line
            raise BadInput(f"{path}, line {row.line}: {as_name(key)} is there already, on line {first}.", "Rename one.")
        drafts[key.casefold()] = ItemDraft(
            line=row.line,
            key=key,
            section=one_line(row.cells.get("section", "")),
            text=_filled(path, row, "item"),
            guidance=one_line(row.cells.get("guidance", "")),
            levels=_levels(path, row),
            questions=tuple(filter(None, map(one_line, row.cells.get("questions", "").split(";")))),
        )
    if not drafts:
        raise BadInput(f"{path} has no items.", "A row an item: key,section,item,levels,guidance,questions")
    return tuple(drafts.values())


def _levels(path: Path, row: Row) -> tuple[str, ...]:
    levels = tuple(filter(None, map(one_line, _filled(path, row, "levels").split(";"))))
    if len(levels) < 2 or len({level.casefold() for level in levels}) < len(levels):
        raise BadInput(
            f"{path}, line {row.line}: an item needs two levels or more, each once.",
            "From low to high: absent;partial;full",
        )
    for level in levels:
        if level.casefold() in BESIDE_LEVELS:
            raise BadInput(
                f"{path}, line {row.line}: {as_name(level)} is there for every item already.", "Leave it out."
            )
    return levels


def _filled(path: Path, row: Row, column: str) -> str:
    value = one_line(row.cells[column])
    if not value:
        raise BadInput(f"{path}, line {row.line}: the column “{column}” is empty.", "Fill it, or take the row out.")
    return value


def read_ratings_of_files(path: Path) -> tuple[RatingRow, ...]:
    """Read ratings: `document`, `item`, `level`, and perhaps `words`.

    Raises:
        BadInput: the file is no sound CSV, or a cell that must be filled is empty; with the line.
    """
    return tuple(
        RatingRow(
            line=row.line,
            document=_filled(path, row, "document"),
            item=_filled(path, row, "item"),
            level=_filled(path, row, "level"),
            words=one_line(row.cells.get("words", "")),
        )
        for row in read_csv(path, columns=("document", "item", "level"), optional=("words",)).rows
    )
