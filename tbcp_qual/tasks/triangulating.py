"""Triangulation as people do it: each judges how a source type bears on a finding or theme; two have to agree."""

from collections.abc import Sequence

from tbcp_qual.analysis.evidence import Evidences
from tbcp_qual.analysis.triangulation import Triangulated, triangulate_finding, triangulate_theme
from tbcp_qual.coding.changes import Revision, create, remove, update
from tbcp_qual.coding.records import Convergence, Finding, Judgement, Theme, judgement_id
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.text import clean, one_line
from tbcp_qual.errors import UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.cells import theme_named


def triangulated(
    project: Project, *, viewer: str, targets: Sequence[str] = (), by_theme: bool = False
) -> list[Triangulated]:
    """Return how the source types bear on findings or themes.

    Args:
        project: an open project.
        viewer: id of the coder who looks.
        targets: keys of findings, or names of themes; empty for all findings, or where `by_theme` all themes.
        by_theme: themes instead of findings.

    Raises:
        BadInput: there are no themes.
        UsageError: there is no such finding or theme.
    """
    snapshot = project.snapshot(viewer)
    if targets:
        wanted = [theme_named(snapshot, t) if by_theme else target_named(snapshot, t) for t in targets]
    else:
        wanted = list(snapshot.themes if by_theme else snapshot.findings)
    evidences = Evidences(snapshot)
    return [
        triangulate_finding(evidences, evidences.finding(target))
        if isinstance(target, Finding)
        else triangulate_theme(evidences, target)
        for target in wanted
    ]


def target_named(snapshot: Snapshot, name: str) -> Finding | Theme:
    """Return the finding of this key, else the theme of this name.

    Raises:
        UsageError: there is neither.
    """
    called = one_line(name).casefold().removeprefix("finding ")
    for finding in snapshot.findings:
        if finding.key.casefold() == called:
            return finding
    try:
        return theme_named(snapshot, name)
    except UsageError as problem:
        raise UsageError(f"There is no finding and no theme “{name[:60]}”.", problem.hint) from None


def source_type_named(snapshot: Snapshot, name: str) -> str:
    """Return a source type as the project spells it.

    Raises:
        UsageError: there is no document of it.
    """
    there = dict.fromkeys(d.source_type for d in snapshot.documents)
    for spelt in there:
        if spelt.casefold() == one_line(name).casefold():
            return spelt
    raise UsageError(f"There is no source type “{name[:40]}”.", f"There is: {', '.join(filter(None, there))}.")


def judge_source(
    project: Project, target: str, source_type: str, verdict: Convergence | None, *, coder: str, note: str | None = None
) -> Revision | None:
    """Judge how a source type bears on a finding or theme; None as the verdict takes one's judgement back.

    Raises:
        UsageError: there is no such finding, theme or source type.
    """
    snapshot = project.snapshot(coder, [])
    found = target_named(snapshot, target)
    kind = source_type_named(snapshot, source_type)
    finding = found.id if isinstance(found, Finding) else None
    theme = None if finding else found.id
    made = Judgement(
        id=judgement_id(finding, theme, kind, coder),
        finding=finding,
        theme=theme,
        source_type=kind,
        verdict=verdict or "silence",
        note=clean(note or "").text.strip(),
        coder=coder,
    )
    there = next((j for j in snapshot.judgements if j.id == made.id), None)
    if there is None:
        changes = [create(made)] if verdict else []
    elif verdict is None:
        changes = [remove(there)]
    else:
        changes = [update(there, verdict=verdict, note=there.note if note is None else made.note)]
    name = f"finding {found.key}" if isinstance(found, Finding) else found.name
    said = verdict or "judgement taken back"
    return project.apply(f"{kind or 'other sources'} on {name}: {said}", changes, coder=coder)
