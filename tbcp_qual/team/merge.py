"""Merging: take in what another copy knows and this one does not, and say what came and what did not fit together.

The state is a fold of all revisions in the order of their clocks, so that copies merged in any order, any number of
times, say the same. Nothing is decided here but what to report.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tbcp_qual.coding.changes import DAY_MS, Mismatch, Revision, now_ms
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.records import TEXTS
from tbcp_qual.errors import Conflict
from tbcp_qual.store import Project
from tbcp_qual.store.asking import HIDDEN
from tbcp_qual.store.packing import Packed
from tbcp_qual.store.refold import Key
from tbcp_qual.team.clashes import ClashLine, clash_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictLine:
    """Two values of one field that were written without seeing each other."""

    kind: str
    id: str
    name: str
    """What the record is called; its id where it has no name."""
    field: str
    stands: object
    """The value that stands until somebody settles it; a short stretch of words is never part of it."""
    stands_by: str
    """Who wrote it, and when; empty where that is not known."""
    other: object
    other_by: str
    """Who wrote the other one; empty where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeReport:
    """What a merge brought."""

    revisions: int
    """How many were new here."""
    by_coder: dict[str, int]
    """New revisions by the name of the coder."""
    changed: dict[str, int]
    """How many records of each kind changed, came or went."""
    conflicts: tuple[ConflictLine, ...]
    """All that are open now, not only the new ones."""
    kept: tuple[str, ...]
    """Names of what was deleted in one copy and is kept, because something refers to it."""
    ahead: tuple[str, ...]
    """Revisions whose clock was more than a day ahead."""
    same_name: tuple[str, ...]
    """Names that several coders go by."""
    clashes: tuple[ClashLine, ...]
    """All codes of one exclusive domain that one coder has on the same words now."""
    withheld: bool = False
    """Whether others' work on documents that are blind to the viewer came too; how much is not told."""
    withdrawn_again: tuple[str, ...] = ()
    """Names of documents out of which words of somebody who withdrew were taken once more."""

    @property
    def open(self) -> bool:
        """Whether something waits for a person."""
        return bool(self.conflicts or self.clashes)


def merge(project: Project, other: Path | str, *, viewer: str = "") -> MergeReport:
    """Bring the work of another copy into this one.

    Args:
        project: this copy.
        other: the file of the other one.
        viewer: id of the coder who looks at the report; empty for nobody in particular.

    Raises:
        Conflict: the two files are not copies of one project.
        ProjectUnusable: the other file cannot be read.
    """
    with Project.open(other, read_only=True) as theirs:
        ours = project.info
        if theirs.info.id != ours.id:
            raise Conflict(
                f"{other} is another project (“{theirs.info.name}”), not a copy of “{ours.name}”.",
                "Import its documents or its codebook instead.",
            )
        mine = project.packed()
        _check_packs(mine, theirs, project, other)
        if mine is not None:
            number, altered = project.take(theirs.excerpt(mine), theirs.purged())
            return _report(project, {"the project": number} if number else {}, [], altered, viewer, number)
        unseen = theirs.revision_ids() - project.revision_ids()
        revisions = theirs.revisions(unseen)
        hashes = {
            value
            for revision in revisions
            for change in revision.changes
            for field in TEXTS.get(change.kind, ())
            for value in change.fields.get(field, ())
            if value
        }
        purged = theirs.purged()
        texts = theirs.texts(hashes)
    altered = project.absorb(revisions, texts.values(), purged)
    told = _told(project, revisions, viewer)
    coders = {coder.id: coder.name for coder in project.records("coder")}
    by_coder = dict(Counter(coders.get(r.coder, "the program") for r in told))
    return _report(project, by_coder, revisions, altered, viewer, len(told))


def _check_packs(mine: Packed | None, theirs: Project, project: Project, other: Path | str) -> None:
    """Raise where one file could only pass on part of what it knows."""
    if theirs.packed() is None:
        return
    if mine is not None:
        raise Conflict("Two packs do not merge with each other.", "Merge each of them into the project.")
    if theirs.borrowed() - project.revision_ids():
        raise Conflict(
            f"{other} is a pack of a project that knows more than {project.path} does.",
            "Merge the project it was made from first, and then the pack.",
        )


def _told(project: Project, revisions: Sequence[Revision], viewer: str) -> list[Revision]:
    """Return the revisions that a viewer may be told of: not what others did to documents that are blind to them."""
    told = {deed.revision.id: deed for deed in project.history(viewer=viewer, ids=[r.id for r in revisions])}
    return [r for r in revisions if r.id in told and told[r.id].revision.label != HIDDEN]


def _report(
    project: Project,
    by_coder: dict[str, int],
    revisions: Sequence[Revision],
    altered: Sequence[Key],
    viewer: str,
    number: int,
) -> MergeReport:
    coders = {coder.id: coder.name for coder in project.records("coder")}
    names = Counter(name.casefold() for name in coders.values())
    codebook = Codebook(project.records("code"))
    seen = visible(project, viewer) if project.blind(viewer) else None
    shown = [key for key in altered if seen is None or key[0] not in WORK or key in seen]
    return MergeReport(
        revisions=number,
        by_coder=by_coder,
        changed=dict(Counter(kind for kind, _ in shown)),
        conflicts=conflicts(project, viewer=viewer),
        kept=tuple(
            codebook.path(record) if kind == "code" and record in codebook.by_id else f"{kind} {record}"
            for kind, record in project.kept()
        ),
        ahead=tuple(_ahead(r, coders) for r in revisions if r.clock.ms > now_ms() + DAY_MS),
        same_name=tuple(sorted({name for name in coders.values() if names[name.casefold()] > 1})),
        clashes=clash_lines(project.snapshot(viewer)) if any(c.domain for c in codebook.by_id.values()) else (),
        withheld=len(revisions) > number,
    )


def _ahead(revision: Revision, coders: dict[str, str]) -> str:
    try:
        when = datetime.fromtimestamp(revision.clock.ms / 1000, UTC).date().isoformat()
    except (OverflowError, OSError, ValueError):
        when = "a far future"
    return f"“{revision.label}” by {coders.get(revision.coder, 'the program')}, dated {when}"


WORK = ("coding", "review", "memo", "summary", "evidence", "rating")
"""Kinds that are hidden while a round is blind."""


def visible(project: Project, viewer: str) -> set[Key]:
    """Return the codings, reviews, memos, summaries, evidence and ratings that a viewer may see."""
    now = project.snapshot(viewer)
    found: set[Key] = {("coding", coding.id) for coding in now.codings}
    found |= {("review", review.id) for review in now.reviews}
    found |= {("memo", memo.id) for memo in now.memos}
    found |= {("summary", summary.id) for summary in now.summaries}
    found |= {("evidence", evidence.id) for evidence in now.evidence}
    return found | {("rating", rating.id) for rating in now.ratings}


def open_mismatches(project: Project, *, viewer: str) -> list[Mismatch]:
    """Return what nobody has settled yet, as far as a viewer may see it."""
    mismatches = project.mismatches()
    if not mismatches or not project.blind(viewer):
        return mismatches
    seen = visible(project, viewer)
    return [m for m in mismatches if m.kind not in WORK or (m.kind, m.id) in seen]


def conflicts(project: Project, *, viewer: str) -> tuple[ConflictLine, ...]:
    """Return the conflicts that nobody has settled yet, as far as a viewer may see them."""
    mismatches = open_mismatches(project, viewer=viewer)
    if not mismatches:
        return ()
    wanted = {m.later for m in mismatches} | {m.earlier for m in mismatches if m.earlier}
    revisions = {revision.id: revision for revision in project.revisions(wanted)}
    coders = {coder.id: coder.name for coder in project.records("coder")}
    codes = Codebook(project.records("code"))
    return tuple(_line(project, m, revisions, coders, codes) for m in mismatches)


def _line(
    project: Project, mismatch: Mismatch, revisions: dict[str, Revision], coders: dict[str, str], codes: Codebook
) -> ConflictLine:
    def readable(value: object) -> object:
        if isinstance(value, tuple):
            return tuple(readable(v) for v in value)
        return codes.path(value) if isinstance(value, str) and value in codes.by_id else value

    def wrote(revision_id: str) -> tuple[object, str]:
        revision = revisions.get(revision_id)
        if revision is None:
            return None, ""
        value = next((c.fields[mismatch.field][1] for c in revision.changes if c.id == mismatch.id), None)
        return value, f"{coders.get(revision.coder, 'the program')}, {revision.at[:16].replace('T', ' ')}"

    stands, stands_by = wrote(mismatch.later)
    other, other_by = wrote(mismatch.earlier)
    now = project.value(mismatch.kind, mismatch.id, mismatch.field)
    if now != stands:  # a move that was left out, because it would have made a circle
        other, other_by = stands, stands_by
        stands, stands_by = now, wrote(mismatch.earlier)[1]
    return ConflictLine(
        kind=mismatch.kind,
        id=mismatch.id,
        name=_name(project, mismatch, codes),
        field=mismatch.field.replace("_", " "),
        stands=readable(stands),
        stands_by=stands_by,
        other=readable(other),
        other_by=other_by,
    )


def _name(project: Project, mismatch: Mismatch, codes: Codebook) -> str:
    if mismatch.kind == "code" and mismatch.id in codes.by_id:
        return codes.path(mismatch.id)
    if mismatch.kind in WORK:
        return mismatch.id
    record = project.record(mismatch.kind, mismatch.id)
    called = [getattr(record, field, None) for field in ("name", "label", "key")]
    return next((str(name) for name in called if name), mismatch.id)
