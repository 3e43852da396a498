"""Who did what, and when: by document, code, kind, coder and day; and one act, field by field."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tbcp_qual.coding.changes import EXISTS, Clock, Revision
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.records import KINDS, Record
from tbcp_qual.errors import UsageError
from tbcp_qual.readers.files import as_name
from tbcp_qual.store import Project
from tbcp_qual.store.asking import Deed
from tbcp_qual.tasks.documents import document_named
from tbcp_qual.tasks.telling import CALLED, Telling, ToldField

_TYPED = re.compile(r"0*(\d{1,14})(?:\.(\d{1,6}))?(?:\.(\w+))?$")


def short_revision(revision: str) -> str:
    """Return a revision's id as short as lists show it: the millisecond, and the counter where it is not the first.

    >>> short_revision("01763797321123.000000.1a2b3c4d"), short_revision("01763797321123.000002.1a2b3c4d")
    ('1763797321123', '1763797321123.2')
    """
    clock = Clock.parse(revision)
    return f"{clock.ms}.{clock.counter}" if clock.counter else str(clock.ms)


def revision_with(project: Project, typed: str) -> str:
    """Return the id of the revision that a person names as lists show it, or in full.

    Raises:
        UsageError: there is none, or several go by that.
    """
    found = _TYPED.match(typed.strip())
    hint = "`tbcp-qual history` shows the ids in its first column."
    if found is None:
        raise UsageError(f"That is no id of an act: {as_name(typed)}.", hint)
    start = f"{int(found[1]):014d}.{int(found[2] or 0):06d}.{found[3] or ''}"
    ids = sorted(one for one in project.revision_ids() if one.startswith(start))
    if len(ids) == 1:
        return ids[0]
    if ids:
        raise UsageError("Acts in several copies go by that id.", f"Give it in full: {'; '.join(ids)}")
    raise UsageError(f"There is no act {as_name(typed)}.", hint)


def since_day(typed: str) -> str:
    """Return the moment that a person names as a day, or a day and a time, in UTC.

    Raises:
        UsageError: it is no such moment.
    """
    try:
        moment = datetime.fromisoformat(typed.strip())
    except ValueError:
        raise UsageError(f"That is no day: {as_name(typed)}.", "Such as 2025-03-12, or 2025-03-12T14:30.") from None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.isoformat(timespec="milliseconds")


def codes_meant(project: Project, typed: str) -> set[str]:
    """Return the codes whose history is asked for: that of a name or path, those below it and those merged into them.

    Retired and deleted codes go by the names they had.

    Raises:
        UsageError: no code is or was called so.
    """
    codebook = Codebook(project.records("code"))
    roots = codes_named(project, typed)
    branch = set().union(*(codebook.branch(root) if root in codebook.by_id else {root} for root in roots))
    return branch | {code.id for code in codebook.by_id.values() if codebook.current(code.id).id in branch}


def codes_named(project: Project, typed: str) -> set[str]:
    """Return the code of a name or path, or else the retired and deleted ones that went by it, as ids.

    Raises:
        UsageError: no code is or was called so.
    """
    codebook = Codebook(project.records("code"))
    try:
        return {codebook.find(typed).id}
    except UsageError:
        wanted = typed.strip().casefold()
        found = {
            code.id
            for code in codebook.by_id.values()
            if wanted in (code.id, code.name.casefold(), codebook.path(code.id).casefold())
        } or _once_called(project, "code", wanted)
        if not found:
            raise
        return found


def document_meant(project: Project, typed: str) -> str:
    """Return the id of the document of a name; one that is gone goes by the name it had.

    Raises:
        UsageError: no document is or was called so, or several.
    """
    try:
        return document_named(project, typed).id
    except UsageError:
        once = _once_called(project, "document", typed.strip().casefold())
        if len(once) != 1:
            raise
        return once.pop()


def _once_called(project: Project, kind: str, wanted: str) -> set[str]:
    """Return the ids of records that had a name once; wanted in small letters."""
    return {
        change.id
        for deed in project.history(kinds=[kind])
        for change in deed.revision.changes
        if change.kind == kind and str(change.fields.get("name", ("", ""))[1]).casefold() == wanted
    }


def history(
    project: Project,
    *,
    viewer: str,
    document: str | None = None,
    code: str | None = None,
    by: str | None = None,
    kinds: Iterable[str] = (),
    since: str | None = None,
    last: int | None = None,
) -> list[Deed]:
    """Return what was done, the latest first, as far as a viewer may be told.

    Args:
        project: which.
        viewer: id of the coder who looks.
        document: name; only what touched it or anything in it.
        code: name or path; only what touched it, a code below it, or anything that has one of them.
        by: name of a coder.
        kinds: only what touched records of these kinds.
        since: a day, or a day and a time.
        last: how many at most; None for all.

    Raises:
        UsageError: there is no such document, code, coder, kind or day.
    """
    coder = project.coder_named(by) if by is not None else None
    if by is not None and coder is None:
        raise UsageError(f"There is no coder “{by}” in this project.")
    for kind in kinds:
        if kind not in KINDS:
            raise UsageError(f"There are no records called {as_name(kind)}.", f"It is one of {', '.join(KINDS)}.")
    return project.history(
        viewer=viewer,
        coder=coder.id if coder else None,
        limit=last,
        kinds=kinds,
        document=document_meant(project, document) if document is not None else None,
        codes=codes_meant(project, code) if code is not None else None,
        since=since_day(since) if since is not None else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRecord:
    """What an act did to one record."""

    kind: str
    id: str
    called: str
    act: str
    """`made`, `removed` or `changed`."""
    fields: tuple[ToldField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldDeed:
    """One act, as far as a viewer may be told."""

    id: str
    at: str
    coder: str
    """Name; empty for the program itself."""
    label: str
    stands: bool
    undoes: str
    """Id of the act that it took back or did again; empty for all others."""
    undoes_label: str
    records: tuple[ToldRecord, ...]


def show(project: Project, typed: str, *, viewer: str) -> ToldDeed:
    """Return one act, field by field before and after.

    Raises:
        UsageError: there is no such act.
    """
    (deed,) = project.history(viewer=viewer, ids=[revision_with(project, typed)])
    revision = deed.revision
    target = project.history(viewer=viewer, ids=[revision.undoes]) if revision.undoes else []
    now = project.snapshot(viewer, [])
    coder = now.coder_by_id.get(revision.coder)
    return ToldDeed(
        id=revision.id,
        at=revision.at,
        coder=coder.name if coder else "",
        label=revision.label,
        stands=deed.stands,
        undoes=revision.undoes or "",
        undoes_label=target[0].revision.label if target else "",
        records=tuple(_records(project, revision, viewer, Telling(project, now))),
    )


def _records(project: Project, revision: Revision, viewer: str, telling: Telling) -> Iterable[ToldRecord]:
    keys = [(change.kind, change.id) for change in revision.changes]
    then = project.earlier(viewer, revision.id, keys)
    for change in revision.changes:
        known = then.get((change.kind, change.id))
        if known is None or not change.fields:
            yield ToldRecord(
                kind=change.kind, id=change.id, called=CALLED.get(change.kind, change.kind), act="purged", fields=()
            )
            continue
        before: Record | None = _with(known.record, {name: pair[0] for name, pair in change.fields.items()})
        after: Record | None = _with(known.record, {name: pair[1] for name, pair in change.fields.items()})
        if change.creates:
            before = None
        if change.removes:
            after = None
        yield ToldRecord(
            kind=change.kind,
            id=change.id,
            called=telling.record(known.record),
            act="made" if change.creates else "removed" if change.removes else "changed",
            fields=tuple(telling.fields(before, after)),
        )


def _with(record: Record, values: dict[str, object]) -> Record:
    return replace(record, **{name: value for name, value in values.items() if name != EXISTS})  # type: ignore[arg-type]
