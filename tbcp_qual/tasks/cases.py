"""Cases: bringing them in with their attributes."""

from dataclasses import dataclass
from pathlib import Path

from tbcp_qual.coding.changes import Change, Revision, create, remove, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Attribute, Case, attribute_id
from tbcp_qual.readers.cases import read_cases
from tbcp_qual.store import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedCases:
    """What a file of cases brought."""

    revision: Revision | None
    """None where it brought nothing new."""
    new: int
    known: int
    """Cases that were in the project before."""
    values_added: int
    values_changed: int
    values_removed: int
    """Values that the project had and that are missing in the file."""
    missing: int
    """Empty cells."""


def import_cases(project: Project, path: Path, *, coder: str) -> ImportedCases:
    """Bring cases in as one revision: new ones are made, known ones get the values that the file has.

    An empty cell is a missing value: it has no record. Attributes for which the file has no column stay as they are.

    Raises:
        BadInput: the file is unfit, with the line; nothing has gone in then.
    """
    sheet = read_cases(path)
    known: dict[str, Case] = {case.label.casefold(): case for case in project.records("case")}
    attributes: list[Attribute] = project.records("attribute")
    by_place = {(attribute.case, attribute.name.casefold()): attribute for attribute in attributes}
    spelt = {attribute.name.casefold(): attribute.name for attribute in attributes}
    changes: list[Change] = []
    new = added = changed = removed = missing = 0
    for row in sheet.cases:
        case = known.get(row.label.casefold())
        if case is None:
            case = Case(id=new_id(), label=row.label)
            changes.append(create(case))
            new += 1
        for column, value in row.values.items():
            name = spelt.get(column.casefold(), column)
            there = by_place.get((case.id, name.casefold()))
            missing += not value
            if there is None and value:
                changes.append(create(Attribute(id=attribute_id(case.id, name), case=case.id, name=name, value=value)))
                added += 1
            elif there is not None and not value:
                changes.append(remove(there))
                removed += 1
            elif there is not None and there.value != value:
                changes.append(update(there, value=value))
                changed += 1
    revision = project.apply(f"cases imported: {len(sheet.cases)}", changes, coder=coder)
    return ImportedCases(
        revision=revision,
        new=new,
        known=len(sheet.cases) - new,
        values_added=added,
        values_changed=changed,
        values_removed=removed,
        missing=missing,
    )
