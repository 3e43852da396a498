"""Charting: writing what the passages of a cell come to, citing them, and seeing what is still to be written."""

from collections.abc import Sequence
from datetime import UTC, datetime

from tbcp_qual.analysis.framework import (
    WHOLE,
    Chart,
    attribute_named,
    chart,
    resting_on,
)
from tbcp_qual.analysis.groups import SideBySide, side_by_side
from tbcp_qual.analysis.passages import Passage
from tbcp_qual.coding.changes import Change, Revision, create, remove, update
from tbcp_qual.coding.codebook import themes_of
from tbcp_qual.coding.records import Summary, summary_id
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.text import clean, one_line
from tbcp_qual.errors import Conflict, UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.cells import Place, cell_named, question_named, theme_named
from tbcp_qual.tasks.citing import Passages


def framework_chart(
    project: Project,
    *,
    viewer: str,
    rows: str = "case",
    by_wave: bool = False,
    questions: Sequence[str] = (),
    themes: Sequence[str] = (),
    where: Sequence[str] = (),
    cases: Sequence[str] = (),
    coder: str | None = None,
    attributes: Sequence[str] = (),
) -> Chart:
    """Return the framework matrix of a project, or a part of it.

    Args:
        project: an open project.
        viewer: id of the coder who looks.
        rows: `case`, `source type`, or the name of an attribute.
        by_wave: a column for each time point, and one for what changed.
        questions: keys; only themes that speak to one of them.
        themes: names; only these.
        where: `NAME=VALUE`; only families with all of these.
        cases: labels; only these families.
        coder: name of the coder whose codings alone count; None for all.
        attributes: names of the attributes to show.

    Raises:
        BadInput: there are no themes.
        UsageError: something named is not known.
    """
    snapshot = project.snapshot(viewer)
    return chart(
        snapshot,
        rows=one_line(rows).casefold() if rows.casefold() in ("case", "source type") else rows,
        by_wave=by_wave,
        coder=_coder(project, coder) if coder is not None else None,
        themes=_wanted_themes(snapshot, questions, themes),
        cases=_wanted_cases(snapshot, where, cases),
        attributes=attributes,
    )


def _coder(project: Project, name: str) -> str:
    known = project.coder_named(name)
    if known is None:
        names = ", ".join(c.name for c in project.records("coder")) or "nobody yet"
        raise UsageError(f"There is no coder “{name}” in this project.", f"There is: {names}.")
    return known.id


def _wanted_themes(snapshot: Snapshot, questions: Sequence[str], themes: Sequence[str]) -> set[str] | None:
    if not questions and not themes:
        return None
    wanted = {theme_named(snapshot, name).id for name in themes}
    for key in questions:
        question = question_named(snapshot, key)
        wanted.update(theme.id for theme in themes_of(snapshot.themes, question, snapshot.questions))
    if not wanted:
        raise UsageError(
            "No theme speaks to that question.", "`tbcp-qual codes list` shows themes with their questions."
        )
    return wanted


def _wanted_cases(snapshot: Snapshot, where: Sequence[str], cases: Sequence[str]) -> set[str] | None:
    if not where and not cases:
        return None
    by_label = {case.label.casefold(): case.id for case in snapshot.cases}
    for label in cases:
        if label.strip().casefold() not in by_label:
            raise UsageError(f"There is no family “{label[:40]}”.", "`tbcp-qual cases list` lists them.")
    wanted = {by_label[label.strip().casefold()] for label in cases} or set(by_label.values())
    for said in where:
        name, equals, value = said.partition("=")
        if not equals:
            raise UsageError(f"“{said[:60]}” does not say which value.", "Write NAME=VALUE.")
        spelt = attribute_named(snapshot, name)
        having = {
            a.case
            for a in snapshot.attributes
            if a.name == spelt and a.value.strip().casefold() == value.strip().casefold()
        }
        wanted &= having
    if not wanted:
        raise UsageError("No family is like that.", "`tbcp-qual cases list` lists them with their attributes.")
    return wanted


def write_summary(
    project: Project,
    row: str,
    theme: str,
    words: str,
    *,
    coder: str,
    wave: str = WHOLE,
    cites: Sequence[str] | None = None,
) -> Revision | None:
    """Write what the passages of a cell come to; it rests on all passages that are in the cell now.

    Args:
        project: an open project.
        row: as in `cell_named`.
        theme: as in `cell_named`.
        words: the summary; empty to take it away.
        coder: id of whoever writes.
        wave: as in `cell_named`.
        cites: the passages it cites, as `Passages.named` takes them; None leaves them as they are.

    Raises:
        UsageError: the cell or a passage is not known.
        Conflict: somebody else wrote one that is hidden until a blind round is locked.
    """
    return write_in(project, cell_named(project.snapshot(coder), row, theme, wave), words, cites, coder=coder)


def write_in(
    project: Project, place: Place, words: str, cites: Sequence[str] | None = None, *, coder: str
) -> Revision | None:
    """Write what the passages of a cell come to, as `write_summary` does."""
    change = summary_change(place, words, cites, coder=coder)
    _refuse_hidden(project, place)
    verb = "summary taken away" if change and change.removes else "summary"
    return project.apply(f"{verb}: {place.name}", [change] if change else [], coder=coder)


def summary_change(place: Place, words: str, cites: Sequence[str] | None, *, coder: str) -> Change | None:
    """Return the change that gives a cell its summary; None where there is nothing to take away.

    Raises:
        UsageError: a passage that is cited is not in the cell.
    """
    there = _there(place)
    kept = clean(words).text.strip()
    if not kept:
        return remove(there) if there else None
    values: dict[str, object] = {"words": kept, "coder": coder, "rests_on": resting_on(place.cell.passages)}
    if cites is not None:
        pool = Passages(place.snapshot, place.cell.passages)
        values["cites"] = _citations([pool.named(said, f"in {place.name}") for said in cites])
    if there is None:
        made = Summary(
            id=summary_id(place.row.case, place.row.group, place.theme.id, place.wave),
            case=place.row.case,
            group=place.row.group,
            theme=place.theme.id,
            wave=place.wave,
            at=_now(),
            **values,  # type: ignore[arg-type]
        )
        return create(made)
    changed = update(there, **values)
    return update(there, **values, at=_now()) if changed.fields else changed


def cite(
    project: Project,
    row: str,
    theme: str,
    passages: Sequence[str],
    *,
    coder: str,
    wave: str = WHOLE,
    take_away: bool = False,
) -> Revision | None:
    """Cite passages in the summary of a cell, or cite them no longer.

    Raises:
        UsageError: the cell has no summary yet, or a passage is not in it.
    """
    place = cell_named(project.snapshot(coder), row, theme, wave)
    return cite_in(project, place, passages, coder=coder, take_away=take_away)


def cite_in(
    project: Project, place: Place, passages: Sequence[str], *, coder: str, take_away: bool = False
) -> Revision | None:
    """Cite passages in the summary of a cell, or cite them no longer, as `cite` does."""
    there = place.cell.summary
    if there is None:
        raise UsageError(f"{place.name} has no summary yet.", "Write it first: `tbcp-qual chart write`.")
    if take_away:
        gone = {one_line(said).casefold() for said in passages}
        cited = {one[0].casefold() for one in there.cites} | {p.reference.casefold() for p in place.cell.cited}
        if unknown := gone - cited:
            raise UsageError(f"{min(unknown)[:60]} is not cited there.", "`tbcp-qual chart show` lists what is.")
        going = {coding for p in place.cell.cited if p.reference.casefold() in gone for coding in p.codings}
        kept = tuple(one for one in there.cites if one[0].casefold() not in gone and going.isdisjoint(one[1:]))
    else:
        pool = Passages(place.snapshot, place.cell.passages)
        new = [pool.named(said, f"in {place.name}") for said in passages]
        known = {coding for one in there.cites for coding in one[1:]}
        kept = (*there.cites, *_citations([p for p in new if known.isdisjoint(p.codings)]))
    return project.apply(f"citations: {place.name}", [update(there, cites=kept)], coder=coder)


def still_holds(project: Project, row: str, theme: str, *, coder: str, wave: str = WHOLE) -> Revision | None:
    """Say that a summary holds for the passages as they are now; citations of what is gone are dropped.

    Raises:
        UsageError: the cell has no summary.
    """
    return holds_in(project, cell_named(project.snapshot(coder), row, theme, wave), coder=coder)


def holds_in(project: Project, place: Place, *, coder: str) -> Revision | None:
    """Say that the summary of a cell holds for its passages as they are now, as `still_holds` does."""
    there = place.cell.summary
    if there is None:
        raise UsageError(f"{place.name} has no summary yet.", "Write it first: `tbcp-qual chart write`.")
    change = update(there, rests_on=resting_on(place.cell.passages), cites=_citations(place.cell.cited))
    return project.apply(f"summary looked at again: {place.name}", [change], coder=coder)


def _citations(passages: Sequence[Passage]) -> tuple[tuple[str, ...], ...]:
    return tuple((p.reference, *p.codings) for p in passages)


def _there(place: Place) -> Summary | None:
    made = summary_id(place.row.case, place.row.group, place.theme.id, place.wave)
    return next((s for s in place.snapshot.summaries if s.id == made), None)


def _refuse_hidden(project: Project, place: Place) -> None:
    if _there(place) is not None:
        return
    try:
        project.value("summary", summary_id(place.row.case, place.row.group, place.theme.id, place.wave), "coder")
    except Conflict:
        return  # nobody has written one
    raise Conflict(
        f"Somebody else has summed up {place.name}, from documents of a blind round that you code in.",
        "It shows once the round is locked.",
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def two_groups(
    project: Project, attribute: str, first: str, second: str, *, viewer: str, questions: Sequence[str] = ()
) -> SideBySide:
    """Set two groups of families side by side, by two values of an attribute.

    Raises:
        BadInput: there are no themes.
        UsageError: there is no such attribute, value or question.
    """
    snapshot = project.snapshot(viewer)
    families = chart(snapshot, themes=_wanted_themes(snapshot, questions, ()))
    return side_by_side(families, snapshot, attribute, first, second)
