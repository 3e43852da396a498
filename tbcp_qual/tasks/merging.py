"""Bringing copies together, and saying what came and what did not fit together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tbcp_qual.coding.changes import DAY_MS, Revision, now_ms
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.placing import is_unplaced
from tbcp_qual.errors import UsageError
from tbcp_qual.store import Project
from tbcp_qual.store.asking import HIDDEN
from tbcp_qual.store.refold import Key
from tbcp_qual.tasks.conflicts import WORK, ConflictLine, conflicts, visible
from tbcp_qual.tasks.following import seen_anchors
from tbcp_qual.tasks.names_back import NamesBack, TakenOutAgain, take_out_again, take_out_quotations
from tbcp_qual.tasks.pseudonyms import list_of
from tbcp_qual.tasks.purging import repeat_withdrawals
from tbcp_qual.tasks.telling import counted
from tbcp_qual.team.clashes import ClashLine, clash_lines
from tbcp_qual.team.merge import Merged, merge


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
    unplaced: int
    """Codings, memos and marks of cases that lie on no words of the texts that stand, as far as the viewer may see."""
    withheld: bool
    """Whether others' work on documents that are blind to the viewer came too; how much is not told."""
    withdrawn_again: tuple[str, ...]
    """Names of documents out of which words of somebody who withdrew were taken once more, and how many records that
    repeated them, as far as the viewer may see them."""
    names_again: tuple[NamesBack, ...]
    """Documents out of whose text names were taken once more that had been taken out for good in one of the copies."""
    names_elsewhere: int
    """Other records, as far as the viewer may see them, in which such names stood."""
    names_withheld: bool
    """Whether such names stood in work that is blind to the viewer; how often is not told."""
    late: tuple[str, ...]
    """Names of rounds that were locked before coding of theirs came in: it is kept, and no part of what was locked."""

    @property
    def open(self) -> bool:
        """Whether something waits for a person, or should be looked at."""
        names = self.names_again or self.names_elsewhere or self.names_withheld
        return bool(self.conflicts or self.clashes or names or self.late)


def merge_file(project: Project, other: Path, *, viewer: str, pseudonyms: Path | None = None) -> MergeReport:
    """Bring in the work of another copy; what was taken out for good in one of them does not come back with it.

    Args:
        project: this copy.
        other: the file of the other one.
        viewer: id of the coder who merges and reads the report; empty for nobody in particular.
        pseudonyms: the team's list of them; None for the usual place. It need not be there.

    Raises:
        UsageError: the other file is this file.
        Conflict: the two files are not copies of one project.
        ProjectUnusable: the other file cannot be read.
    """
    if other.exists() and other.samefile(project.path):
        raise UsageError("That is this very file.", "Name the other copy.")
    names = {words: pseudonym for _, words, pseudonym in list_of(project, pseudonyms).rows()}
    merged = merge(project, other, names=names)
    again = repeat_withdrawals(project, coder=viewer) if merged.number and project.packed() is None else ()
    cleared = take_out_again(project, merged.names, coder=viewer)
    repeated = take_out_quotations(project, merged.quotations, coder=viewer)
    return _report(project, merged, again, cleared, repeated, viewer)


def _report(
    project: Project,
    merged: Merged,
    again: tuple[str, ...],
    cleared: TakenOutAgain | None,
    repeated: Sequence[Key],
    viewer: str,
) -> MergeReport:
    coders = {coder.id: coder.name for coder in project.records("coder")}
    names = Counter(name.casefold() for name in coders.values())
    codebook = Codebook(project.records("code"))
    now = project.snapshot(viewer)
    seen = visible(project, viewer) if project.blind(viewer) else None

    def shown(key: tuple[str, str]) -> bool:
        return seen is None or key[0] not in WORK or key in seen

    told = _told(project, merged.revisions, viewer)
    quoting = Counter(key[0] for key in repeated if shown(key))
    by_coder = dict(Counter(coders.get(r.coder, "the program") for r in told))
    if merged.number and not merged.revisions:
        by_coder = {"the project": merged.number}
    return MergeReport(
        revisions=len(told) if merged.revisions else merged.number,
        by_coder=by_coder,
        changed=dict(Counter(key[0] for key in merged.altered if shown(key))),
        conflicts=conflicts(project, viewer=viewer),
        kept=tuple(
            codebook.path(record) if kind == "code" and record in codebook.by_id else f"{kind} {record}"
            for kind, record in project.kept()
            if shown((kind, record))
        ),
        ahead=tuple(_ahead(r, coders) for r in told if r.clock.ms > now_ms() + DAY_MS),
        same_name=tuple(sorted({name for name in coders.values() if names[name.casefold()] > 1})),
        clashes=clash_lines(now) if any(c.domain for c in codebook.by_id.values()) else (),
        unplaced=sum(is_unplaced(anchor, now.document_by_id[anchor.document]) for anchor in seen_anchors(now)),
        withheld=len(merged.revisions) > len(told),
        withdrawn_again=(*again, *(counted(kind, number) for kind, number in sorted(quoting.items()))),
        names_again=cleared.documents if cleared else (),
        names_elsewhere=sum(map(shown, cleared.altered)) if cleared else 0,
        names_withheld=cleared is not None and not all(map(shown, cleared.altered)),
        late=_late(project, merged),
    )


def _late(project: Project, merged: Merged) -> tuple[str, ...]:
    """Return the rounds whose coding came after they were locked: from a pack of theirs, or done before and not sent."""
    found = []
    for made in project.records("round"):
        coded = (
            made.locked
            and revision.coder in made.coders
            and (merged.of_round == made.id or revision.at < made.locked_at)
            and any(
                change.kind == "coding" and {*change.fields.get("document", ())}.intersection(made.documents)
                for change in revision.changes
            )
            for revision in merged.revisions
        )
        if any(coded):
            found.append(made.name)
    return tuple(found)


def _told(project: Project, revisions: Sequence[Revision], viewer: str) -> list[Revision]:
    """Return the revisions that a viewer may be told of: not what others did to documents that are blind to them."""
    told = {deed.revision.id: deed for deed in project.history(viewer=viewer, ids=[r.id for r in revisions])}
    return [r for r in revisions if r.id in told and told[r.id].revision.label != HIDDEN]


def _ahead(revision: Revision, coders: dict[str, str]) -> str:
    try:
        when = datetime.fromtimestamp(revision.clock.ms / 1000, UTC).date().isoformat()
    except (OverflowError, OSError, ValueError):
        when = "a far future"
    return f"“{revision.label}” by {coders.get(revision.coder, 'the program')}, dated {when}"
