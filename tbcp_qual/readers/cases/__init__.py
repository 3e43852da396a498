"""Cases with their attributes from CSV: one row a case, one column an attribute."""

from dataclasses import dataclass
from pathlib import Path

from tbcp_qual.coding.text import one_line
from tbcp_qual.errors import BadInput
from tbcp_qual.readers.files import as_name, read_csv


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case as the file has it."""

    label: str
    values: dict[str, str]
    """By attribute name; an empty value is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSheet:
    """All cases of a file."""

    attributes: tuple[str, ...]
    """Column names, without the column that holds the cases."""
    cases: tuple[CaseRow, ...]


def read_cases(path: Path) -> CaseSheet:
    """Read cases; they stand in the column `case`, or in the first one of several where none has that name.

    Raises:
        BadInput: the file is no sound CSV, a case is there twice, or a row names none; with the line.
    """
    sheet = read_csv(path)
    column = next((name for name in sheet.columns if name.casefold() == "case"), sheet.columns[0])
    if len(sheet.columns) == 1 and column.casefold() != "case":
        # A transcript reads as a table of one column; its lines are no families.
        raise BadInput(
            f"{path}: no column is called “case”.", "Is this a table of cases? Its first line names columns."
        )
    attributes = tuple(name for name in sheet.columns if name != column)
    lines: dict[str, int] = {}
    cases = []
    for row in sheet.rows:
        label = one_line(row.cells[column])
        if not label:
            raise BadInput(f"{path}, line {row.line}: the row names no case.", f"Fill its column “{column}”.")
        if label.casefold() in lines:
            first = lines[label.casefold()]
            raise BadInput(
                f"{path}, line {row.line}: case {as_name(label, '')} is on line {first} already.",
                "Keep one row a case.",
            )
        lines[label.casefold()] = row.line
        cases.append(CaseRow(label=label, values={name: one_line(row.cells[name]) for name in attributes}))
    return CaseSheet(attributes=attributes, cases=tuple(cases))
