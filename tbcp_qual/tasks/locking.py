"""Locking a round keeps its independent codings for ever; what it found is computed from them, whatever is edited later."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tbcp_qual.agreement.report import codebook_fingerprint
from tbcp_qual.coding.changes import update
from tbcp_qual.coding.records import Round
from tbcp_qual.coding.rounds import Locked, as_locked, everybody, lock, locked_body, read_locked, withheld
from tbcp_qual.coding.sentences import SPLITTER_VERSION
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.text import text_hash
from tbcp_qual.errors import Conflict, UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.rounds import find_round


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedNow:
    """What locking a round kept."""

    round: Round
    documents: int
    codings: int
    waiting: tuple[tuple[str, str], ...]
    """`(document, coder)` by name that were not done and are missing from every comparison."""
    codebook_changed: bool
    """Whether the codebook is not the one the round was opened with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lockable:
    """What stands in the way of locking a round."""

    round: Round
    documents: int
    waiting: tuple[tuple[str, str], ...]
    """`(document, coder)` by name that are not done."""
    whatever: bool
    """Whether it can be locked though somebody has not finished: never a blind round of reliability."""
    codebook_changed: bool

    @property
    def ready(self) -> bool:
        """Whether everybody has finished."""
        return not self.waiting


def lockable(project: Project, name: str | None) -> Lockable:
    """Return what stands in the way of locking a round.

    Raises:
        UsageError: there is no such round.
        Conflict: it is locked already.
    """
    made = find_round(project, name)
    if made.locked:
        raise Conflict(f"The round “{made.name}” was locked on {made.locked_at[:10]}.")
    now = project.snapshot("", [d.id for d in project.records("document") if d.id in made.documents])
    waiting = _waiting(now, made)
    return Lockable(
        round=made,
        documents=sum(document.id in made.documents for document in now.documents),
        waiting=waiting,
        whatever=not (made.blind and made.purpose == "reliability"),
        codebook_changed=codebook_fingerprint(now.codebook) != made.codebook,
    )


def _waiting(now: Snapshot, made: Round) -> tuple[tuple[str, str], ...]:
    return tuple(
        (document.name, now.coder_by_id[coder].name)
        for document in now.documents
        if document.id in made.documents
        for coder in everybody(made)
        if coder not in now.done_by_document.get(document.id, ())
    )


def lock_round(project: Project, name: str | None, *, by: str, anyway: bool = False) -> LockedNow:
    """Keep the codings of a round as they are now; it cannot be undone.

    Args:
        project: an open project.
        name: of the round; None for the only one.
        by: id of whoever locks it.
        anyway: lock it though somebody has not finished; never for a blind round of reliability.

    Raises:
        UsageError: there is no such round.
        Conflict: it is locked already, or somebody has not finished.
    """
    found = lockable(project, name)
    made, names = found.round, found.waiting
    if names and not (anyway and found.whatever):
        _refuse(made, names)
    now = _work_of(project, made)
    fingerprint = codebook_fingerprint(now.codebook)
    locked = lock(now, made, codebook=fingerprint, splitter=SPLITTER_VERSION)
    body = locked_body(locked)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    project.apply(
        f"round locked: {made.name}",
        [update(made, locked=text_hash(body), locked_at=at)],
        coder=by,
        texts=[body],
        undoable=False,
    )
    return LockedNow(
        round=made,
        documents=len(locked.documents),
        codings=len(locked.codings),
        waiting=names,
        codebook_changed=found.codebook_changed,
    )


def _refuse(made: Round, waiting: Sequence[tuple[str, str]]) -> None:
    by_coder: dict[str, list[str]] = {}
    for document, coder in waiting:
        by_coder.setdefault(coder, []).append(document)
    who = "; ".join(
        f"{coder}: {', '.join(documents[:5])}{f' and {len(documents) - 5} more' if len(documents) > 5 else ''}"
        for coder, documents in by_coder.items()
    )
    document, coder = waiting[0]
    hint = f'When it is coded: tbcp-qual documents done "{document}" --coder "{coder}"'
    if not (made.blind and made.purpose == "reliability"):
        hint += "; or lock it as it is with --anyway"
    raise Conflict(f"The round “{made.name}” is not finished. Not marked done by {who}.", hint)


def _work_of(project: Project, made: Round) -> Snapshot:
    """Return a snapshot that holds the work of all coders of a round, each as they see it themselves."""
    there = {document.id for document in project.records("document")}
    documents = [document for document in made.documents if document in there]
    frame = project.snapshot("", documents)
    codings = [
        coding
        for coder in everybody(made)
        for coding in project.snapshot(coder, documents, frame=frame).codings
        if coding.coder == coder
    ]
    return replace(frame, codings=tuple(codings))


def locked_round(project: Project, name: str | None, *, viewer: str) -> tuple[Locked, Snapshot, tuple[str, ...]]:
    """Return what was locked of a round, the same as a snapshot that can be compared, and what that leaves out.

    A document that is blind for the viewer, because another round still runs on it, is not in the snapshot: its name
    is among those left out.

    Raises:
        UsageError: there is no such round.
        Conflict: it is not locked, or all of its documents are blind for the viewer.
        ProjectUnusable: what was locked is not in this file.
    """
    made = find_round(project, name)
    if not made.locked:
        raise Conflict(
            f"The round “{made.name}” is not locked yet: there are no independent codings to compare.",
            f'When all have marked its documents done: tbcp-qual rounds lock "{made.name}"',
        )
    locked = read_locked(project.texts([made.locked]).get(made.locked, ""))
    locked = replace(locked, round=replace(locked.round, locked=made.locked, locked_at=made.locked_at))
    now, blind = project.snapshot(viewer, []), project.blind(viewer)
    left_out = withheld(locked, now, blind)
    then = as_locked(locked, now, project.texts, blind=blind)
    if left_out and not then.documents:
        raise Conflict(
            f"All documents of the round “{made.name}” are blind for whoever looks, in another round that still runs.",
            "They are compared again once that round is locked: tbcp-qual rounds list",
        )
    return locked, then, left_out


def check_not_reflexive(project: Project) -> None:
    """Raise where the approach has no place for coefficients.

    Raises:
        UsageError: it is reflexive.
    """
    if project.info.approach == "reflexive":
        raise UsageError(
            "A reflexive project has no coefficients of agreement.",
            "Compare codings by reading and talking: what differs is material, not error.",
        )
