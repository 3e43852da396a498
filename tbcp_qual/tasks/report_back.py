"""Back from Word: what an author changed in the summaries, findings and answers of a report, brought to the records.

The file says which state of the project it shows. What stands in it otherwise than then was changed in Word; what
stands in the record otherwise than then was changed here. Where both did, a person decides.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from tbcp_qual.coding.changes import Change, Clock, Revision, effective, fold, update
from tbcp_qual.coding.records import Record
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.text import clean
from tbcp_qual.errors import BadInput, UsageError
from tbcp_qual.readers.bookmarks import read_bookmarks
from tbcp_qual.store import Project
from tbcp_qual.tasks.report_material import anchor_name

PREFIX = "tbcp_"
FIELDS: Mapping[str, tuple[str, str]] = {
    "summary": ("summary", "words"),
    "finding": ("finding", "statement"),
    "explained": ("evidence", "explained"),
    "answer": ("answer", "words"),
    "caveats": ("answer", "caveats"),
}
"""Kind and field of the record behind each text of a report."""

SURE = frozenset({"finding", "answer", "caveats"})
"""What a report has all of, where it has any; summaries of waves and of rows that are not shown are in none."""

_STATE = re.compile(r"tbcp_at_(\d{14})_(\d{6})_(\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A text that stands in the file otherwise than it stood when the file was made."""

    id: str
    """Six hexadecimal digits, the same each time."""
    what: str
    """`finding 3`, `summary F07 × Trust`."""
    then: str
    """What the file was made with."""
    here: str
    """What stands in the project now."""
    there: str
    """What stands in the file."""
    record: Record
    field: str

    @property
    def conflict(self) -> bool:
        """Whether it was changed here as well, since the file was made."""
        return _folded(self.here) != _folded(self.then)


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """What a file brings back."""

    edits: tuple[Edit, ...]
    same: int
    """Texts that the author left as they were, or that stand here as in the file already."""
    gone: int
    """Texts of records that are not here any more."""
    emptied: tuple[str, ...]
    """What is left without a word in the file; nothing is deleted by that."""
    missing: tuple[str, ...]
    """What the report had, and the file has not: its paragraph was deleted, or the bookmark in it."""
    tracked: Mapping[str, int]


def read_back(project: Project, path: Path, *, viewer: str) -> Back:
    """Compare the texts of a report with those it was made with, and with those of today.

    Raises:
        BadInput: the file is no report of this project for its team.
    """
    found = read_bookmarks(path, PREFIX)
    now = project.snapshot(viewer)
    at = _state(project, path, found.texts)
    places = {anchor_name(what, record.id): (what, record) for what, record in _records(now)}
    kinds = {places[name][0] for name in found.texts if name in places}
    then = _earlier(project.revisions(), at, {record.id for what, record in places.values() if what in kinds})
    edits, emptied, same = [], [], 0
    for name, there in found.texts.items():
        if name not in places:
            continue
        what, record = places[name]
        field = FIELDS[what][1]
        here, before = getattr(record, field), then.get((record.id, field), "")
        if _folded(there) in (_folded(before), _folded(here)):
            same += 1
        elif not there:
            emptied.append(_called(now, what, record))
        else:
            edits.append(
                Edit(
                    id=sha256(name.encode()).hexdigest()[:6],
                    what=_called(now, what, record),
                    then=before,
                    here=here,
                    there=there,
                    record=record,
                    field=field,
                )
            )
    gone = sum(name not in places and not _STATE.fullmatch(name) for name in found.texts)
    missing = [
        _called(now, what, record)
        for name, (what, record) in places.items()
        if what in kinds & SURE and name not in found.texts and then.get((record.id, FIELDS[what][1]))
    ]
    return Back(
        edits=tuple(edits),
        same=same,
        gone=gone,
        emptied=tuple(emptied),
        missing=tuple(missing),
        tracked=found.tracked,
    )


def take_back(
    project: Project, back: Back, *, coder: str, only: Collection[str] = (), everything: bool = False
) -> tuple[Revision | None, list[Edit]]:
    """Bring edits into the project as one revision; return it with the edits that were taken.

    Args:
        project: an open project.
        back: what the file brings.
        coder: id of whoever accepts them.
        only: ids of the edits that are accepted; one in conflict is taken only where it is named.
        everything: whether all that are in no conflict are accepted.

    Raises:
        UsageError: there is no edit of that id.
    """
    known = {edit.id for edit in back.edits}
    unknown = [one for one in only if one not in known]
    if unknown:
        raise UsageError(f"No difference is called {unknown[0]}.", f"There is: {', '.join(sorted(known)) or 'none'}.")
    taken = [edit for edit in back.edits if edit.id in only or (everything and not edit.conflict)]
    at = datetime.now(UTC).isoformat(timespec="seconds")
    by_record: dict[str, list[Edit]] = {}
    for edit in taken:
        by_record.setdefault(edit.record.id, []).append(edit)
    changes = [_change(edits, coder, at) for edits in by_record.values()]
    if not changes:
        return None, []
    texts = "1 text" if len(taken) == 1 else f"{len(taken)} texts"
    return project.apply(f"brought back from Word: {texts}", changes, coder=coder), taken


def _change(edits: Sequence[Edit], coder: str, at: str) -> Change:
    record = edits[0].record
    values: dict[str, Any] = {edit.field: edit.there for edit in edits}
    if hasattr(record, "at"):
        values |= {"coder": coder, "at": at}
    return update(record, **values)


def _records(now: Snapshot) -> list[tuple[str, Record]]:
    by_kind: dict[str, tuple[Record, ...]] = {
        "summary": now.summaries,
        "finding": now.findings,
        "evidence": now.evidence,
        "answer": now.answers,
    }
    return [(what, record) for what, (kind, _) in FIELDS.items() for record in by_kind[kind]]


def _state(project: Project, path: Path, names: Collection[str]) -> Clock:
    """Return when the file was made, by the clock of the project."""
    found = next((match for name in names if (match := _STATE.fullmatch(name))), None)
    if found is None:
        raise BadInput(
            f"{path} is no report that can be read back.",
            "Only the report for the team can: export report FILE.docx; its bookmarks must be in it still.",
        )
    clock = Clock(int(found[1]), int(found[2]), found[3])
    if str(clock) not in project.revision_ids():
        raise BadInput(
            f"{path} shows a state of the project that this file does not know.",
            "It was made from another project, or from a copy that has to be merged first.",
        )
    return clock


def _earlier(revisions: Sequence[Revision], at: Clock, wanted: Collection[str]) -> dict[tuple[str, str], str]:
    """Return the texts of some records as they were, by id and field."""
    until = [revision for revision in revisions if revision.clock <= at]
    stands = effective({revision.id: revision.undoes for revision in until})
    changes: dict[tuple[str, str], list[tuple[str, Change]]] = {}
    for revision in until:
        if stands[revision.id]:
            for change in revision.changes:
                if change.id in wanted:
                    changes.setdefault((change.kind, change.id), []).append((revision.id, change))
    fields = {kind: [field for of, field in FIELDS.values() if of == kind] for kind, _ in FIELDS.values()}
    return {
        (record, field): getattr(fold(kind, record, theirs).record(), field)
        for (kind, record), theirs in changes.items()
        for field in fields.get(kind, ())
    }


def _folded(text: str) -> str:
    """Return text without what a word processor may alter unasked: white space at ends of lines, empty lines."""
    lines = (" ".join(line.split()) for line in clean(text).text.split("\n"))
    return "\n".join(line for line in lines if line)


def _called(now: Snapshot, what: str, record: Any) -> str:
    if what == "summary":
        theme = next((theme.name for theme in now.themes if theme.id == record.theme), "")
        row = now.case_by_id[record.case].label if record.case in now.case_by_id else record.group
        return f"summary {row} × {theme}{f', {record.wave}' if record.wave else ''}"
    if what == "finding":
        return f"finding {record.key}"
    if what == "explained":
        key = next((finding.key for finding in now.findings if finding.id == record.finding), "")
        return f"negative case {record.reference} of finding {key}".replace("  ", " ")
    key = next((question.key for question in now.questions if question.id == record.question), "")
    return f"{'caveats' if what == 'caveats' else 'answer'} to question {key}"
