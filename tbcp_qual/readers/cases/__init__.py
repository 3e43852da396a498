"""Tables about cases and people, from CSV or Excel: one row a case with its attributes, or one row a participant."""

from dataclasses import dataclass, field
from pathlib import Path

from tbcp_qual.coding.text import one_line
from tbcp_qual.errors import BadInput, UsageError
from tbcp_qual.readers.files import Sheet, as_name, read_csv
from tbcp_qual.readers.workbooks import SUFFIXES, read_workbook

PEOPLE_COLUMNS = ("role", "case", "permission", "archive")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case as the file has it."""

    line: int
    label: str
    values: dict[str, str]
    """By column name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSheet:
    """All cases of a file."""

    attributes: tuple[str, ...]
    """Column names, without the column that holds the cases."""
    cases: tuple[CaseRow, ...]
    sheet: str = ""
    """The sheet of a workbook; empty for a CSV."""
    other_sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One participant as the file has it."""

    line: int
    label: str
    given: dict[str, str] = field(default_factory=dict)
    """What the file says of them, by column of `PEOPLE_COLUMNS`; a column that is not there is left out."""


def read_cases(path: Path, *, sheet: str | None = None) -> CaseSheet:
    """Read cases; they stand in the column `case`, or in the first one of several where none has that name.

    Args:
        path: a CSV, or a workbook.
        sheet: which sheet of a workbook; else the first that has a column `case`.

    Raises:
        BadInput: the file is no sound table, a case is there twice, or a row names none; with the line.
        UsageError: there is no such sheet, or the file has none.
    """
    if path.suffix.lower() in SUFFIXES:
        table, name, others = read_workbook(path, sheet=sheet)
    else:
        if sheet is not None:
            raise UsageError(f"{path} has no sheets.", "Leave --sheet out for a CSV.")
        table, name, others = read_csv(path), "", ()
    column = next((name for name in table.columns if name.casefold() == "case"), table.columns[0])
    if len(table.columns) == 1 and column.casefold() != "case":
        # A transcript reads as a table of one column; its lines are no families.
        raise BadInput(
            f"{path}: no column is called “case”.", "Is this a table of cases? Its first line names columns."
        )
    attributes = tuple(name for name in table.columns if name != column)
    labels = _labels(table, column, path, "case")
    return CaseSheet(
        attributes=attributes,
        cases=tuple(
            CaseRow(line=row.line, label=label, values={name: one_line(row.cells[name]) for name in attributes})
            for label, row in zip(labels, table.rows, strict=True)
        ),
        sheet=name,
        other_sheets=others,
    )


def read_people(path: Path) -> tuple[PersonRow, ...]:
    """Read participants: a column `participant`, and any of `role`, `case`, `permission`, `archive`.

    Raises:
        BadInput: the file is no sound table, a participant is there twice, or a row names none; with the line.
    """
    if path.suffix.lower() in SUFFIXES:
        table, *_ = read_workbook(path, column="participant")
        known = {name: name.casefold() for name in table.columns}
        unknown = [name for name in table.columns if known[name] not in ("participant", *PEOPLE_COLUMNS)]
        if unknown or "participant" not in known.values():
            what = f"there is no column {as_name(unknown[0])}" if unknown else "the column “participant” is missing"
            raise BadInput(f"{path}: {what}.", f"The columns are participant, {', '.join(PEOPLE_COLUMNS)}.")
    else:
        table = read_csv(path, columns=("participant",), optional=PEOPLE_COLUMNS)
    column = next(name for name in table.columns if name.casefold() == "participant")
    labels = _labels(table, column, path, "participant")
    return tuple(
        PersonRow(
            line=row.line,
            label=label,
            given={name.casefold(): one_line(row.cells[name]) for name in table.columns if name != column},
        )
        for label, row in zip(labels, table.rows, strict=True)
    )


def _labels(table: Sheet, column: str, path: Path, what: str) -> list[str]:
    """Return what each row is about; a row must name it, and no other row may."""
    lines: dict[str, int] = {}
    labels = []
    for row in table.rows:
        label = one_line(row.cells[column])
        if not label:
            raise BadInput(f"{path}, line {row.line}: the row names no {what}.", f"Fill its column {as_name(column)}.")
        if label.casefold() in lines:
            raise BadInput(
                f"{path}, line {row.line}: {what} {as_name(label, '')} is on line {lines[label.casefold()]} already.",
                f"Keep one row a {what}.",
            )
        lines[label.casefold()] = row.line
        labels.append(label)
    return labels
