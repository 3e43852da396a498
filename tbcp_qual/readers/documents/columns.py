"""Tables as documents: which column holds what, found by name, and the rows as turns.

A table is one row a turn (who, when, what was said) or one row a record (a date or a family, and what was written).
Where two columns could be the same thing nothing is guessed: a person says it with `--columns`.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from tbcp_qual.coding.records import Role
from tbcp_qual.coding.text import one_line
from tbcp_qual.errors import UsageError
from tbcp_qual.readers.documents.dates import iso_date
from tbcp_qual.readers.documents.draft import FIELDS, Column, Said, Unmapped
from tbcp_qual.readers.documents.labels import guess_roles
from tbcp_qual.readers.documents.lines import seconds
from tbcp_qual.readers.files import LONGEST_NAME

Cell = str | float | int | bool | date | datetime | time | timedelta | None
Columns = dict[str, tuple[int, ...]]
"""Which columns hold what, by field; only the text may be in several."""

_NAMES = {
    "text": (
        "text|words|utterance|transcript|transcription|content|speech|said|what was said|dialogue|sentence|caption",
        "answer|response|comments?|entry|notes?|narrative|description|details?|case notes?|what happened|event|contact"
        "|record|free text|verbatim|quote|quotation",
    ),
    "speaker": ("speaker|speaker name|speaker label|who|name|voice|said by", "participant|participant id|person|from"),
    "role": ("role|speaker role",),
    "time": ("time|timestamp|time ?stamp|start|start[ _]time|begins?|time ?code|in", "offset|tc in"),
    "date": ("date|date of entry|entry date|contact date|day|when", "date of (?:contact|visit|event)|date recorded"),
    "section": ("section|heading|topic|question|theme", "case|case id|family|family id|record id|id|ref|reference"),
}
"""For each field the names of its column: the usual ones, then those that count where none of these is there."""
_PATTERNS = {field: [re.compile(f"(?:{names})$") for names in tiers] for field, tiers in _NAMES.items()}
_LONG = 25
"""Characters of the average cell from which a column is proposed as text."""
EXAMPLES = 3
"""Values of a column that a person is shown."""
_HEADING = re.compile(r"[\w .()/&'’-]{1,30}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A sheet with its header."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    """Each as long as the header."""


def parse_columns(given: str) -> dict[str, tuple[str, ...]]:
    """Read what a person says of columns, such as `text=Answer,speaker=Who`; `text` may be said more than once.

    Raises:
        UsageError: it is not of that shape, or names something else.
    """
    said: dict[str, tuple[str, ...]] = {}
    (cells,) = csv.reader([given.replace("\n", " ")], skipinitialspace=True) if given.strip() else ([],)
    for cell in cells:
        field, equals, name = (part.strip() for part in cell.partition("="))
        field = field.casefold()
        if not equals or not name or field not in FIELDS:
            raise UsageError(
                f"--columns does not understand “{one_line(cell)[:LONGEST_NAME]}”.",
                f"Such as: --columns text=Answer,speaker=Who. What can be named: {', '.join(FIELDS)}.",
            )
        if field in said and field != "text":
            raise UsageError(f"--columns names the {field} twice.", "Only the text may be in several columns.")
        said[field] = (*said.get(field, ()), name)
    return said


def find_columns(table: Table, wanted: Mapping[str, Sequence[str]], path: Path) -> Columns:
    """Return which columns hold what: as a person said, else by their names.

    Raises:
        Unmapped: no column, or more than one, can be the text or the speaker; or one that was named is not there.
    """
    names = [one_line(name).casefold() for name in table.header]
    found: Columns = {}
    for field, columns in wanted.items():
        for name in columns:
            if one_line(name).casefold() not in names:
                message = f"{path}: there is no column “{one_line(name)[:LONGEST_NAME]}”."
                raise Unmapped(message, _have(table), shape_of(table, {}))
        found[field] = tuple(names.index(one_line(name).casefold()) for name in columns)
    for field in (*FIELDS[1:], FIELDS[0]):
        if field in found:
            continue
        taken = {i for columns in found.values() for i in columns}
        for pattern in _PATTERNS[field]:
            fitting = [i for i, name in enumerate(names) if i not in taken and pattern.match(name)]
            if len(fitting) > 1 and field in ("text", "speaker"):
                several = " and ".join(f"“{_shown(table.header[i])}”" for i in fitting[:4])
                raise Unmapped(
                    f"{path}: the {field} could be in {several}.",
                    f"Say which: --columns {_proposal(table, found, field, fitting)}",
                    shape_of(table, found),
                )
            if fitting:
                found[field] = (fitting[0],)
                break
    if "text" not in found:
        raise Unmapped(
            f"{path}: no column is called as one that holds what was said or written.",
            f"{_have(table)} {_propose(table, found)}",
            shape_of(table, found),
        )
    return found


def turns_of(table: Table, columns: Columns) -> list[Said]:
    """Return the rows as turns; of a row with several texts each is one."""
    turns = []
    for row in table.rows:

        def cell(field: str, row: tuple[Cell, ...] = row) -> Cell:
            return row[columns[field][0]] if field in columns else None

        role = one_line(shown(cell("role")))
        speaker = one_line(shown(cell("speaker"))) or role
        day = _date(cell("date"))
        for i in columns["text"]:
            words = shown(row[i])
            title = [] if speaker else [shown(cell("date"))]
            if len(columns["text"]) > 1:
                title.append(table.header[i])
            turns.append(
                Said(
                    words=words,
                    title=", ".join(part for part in title if part),
                    speaker=speaker,
                    role=_role(role),
                    section=one_line(shown(cell("section"))),
                    time=_seconds(cell("time")),
                    date=day,
                )
            )
    return turns


def shape_of(table: Table, columns: Columns) -> tuple[Column, ...]:
    """Return all columns with what they were taken for, to be looked at by a person; of texts only how long they are."""
    fields = {i: field for field, indexes in columns.items() for i in indexes}
    shape = []
    for i, name in enumerate(table.header):
        if not name:
            continue
        values = list(dict.fromkeys(words for row in table.rows[:200] if (words := one_line(shown(row[i])))))
        text = fields.get(i) == "text" or any(len(words) >= _LONG for words in values)
        shape.append(
            Column(
                name=_shown(name),
                field=fields.get(i, ""),
                examples=() if text else tuple(values[:EXAMPLES]),
                lengths=tuple(map(len, values[:EXAMPLES])) if text else (),
            )
        )
    return tuple(shape)


def not_taken(table: Table, columns: Columns) -> tuple[str, ...]:
    """Say which columns were left out."""
    taken = {i for indexes in columns.values() for i in indexes}
    left = [_shown(name) for i, name in enumerate(table.header) if i not in taken and name]
    return (f"columns {', '.join(left[:12])}{' …' if len(left) > 12 else ''}",) if left else ()


def shown(cell: Cell) -> str:
    """Return what a cell says, as text."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return str(cell).strip()


def _seconds(cell: Cell) -> float | None:
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return float(cell) if 0 <= cell < 1e6 else None
    if isinstance(cell, datetime):
        cell = cell.time()
    if isinstance(cell, time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second + cell.microsecond / 1e6
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    words = str(cell).strip()
    if re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", words):
        return float(words)
    return seconds(words[:30])


def _date(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else iso_date(shown(cell))


def _role(words: str) -> Role:
    if not words:
        return ""
    return guess_roles([words])[words]


def _shown(name: str) -> str:
    """Return a column's name for a person; what is no name, but may be words of a transcript, is counted instead."""
    name = one_line(name)
    return name if _HEADING.match(name) and len(name.split()) <= 5 else f"of {len(name)} characters"


def _have(table: Table) -> str:
    return f"There are: {', '.join(_shown(name) for name in table.header[:20] if name)}."


def _proposal(table: Table, found: Columns, field: str, fitting: Sequence[int]) -> str:
    """Return an option that a person can copy."""
    chosen = {f: list(indexes) for f, indexes in found.items()} | {field: list(fitting[:1])}
    parts = [f"{f}={_shown(table.header[i])}" for f in FIELDS for i in chosen.get(f, ())]
    return _quoted(",".join(parts))


def _propose(table: Table, found: Columns) -> str:
    """Propose the columns with long cells as text, or the one with the longest."""
    taken = {i for indexes in found.values() for i in indexes}
    mean: dict[str, float] = {}
    for i, name in enumerate(table.header):
        lengths = [len(words) for row in table.rows[:200] if (words := shown(row[i]))]
        if i not in taken and lengths and _shown(name) == one_line(name):
            mean[_shown(name)] = sum(lengths) / len(lengths)
    long = [name for name in mean if mean[name] >= _LONG] or sorted(mean, key=lambda name: -mean[name])[:1]
    texts = [f"text={name}" for name in long[:6]]
    parts = ",".join([*texts, *(f"{f}={_shown(table.header[i])}" for f, (i, *_) in found.items())])
    return f"Say which: --columns {_quoted(parts) if texts else 'text=Answer,speaker=Who'}"


def _quoted(option: str) -> str:
    return f'"{option}"' if " " in option else option
