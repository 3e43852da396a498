"""How far coders agree: who and what is compared, named by a person, and what is missing before it can be."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from tbcp_qual.agreement.as_json import report_as_json
from tbcp_qual.agreement.bootstrap import RESAMPLES
from tbcp_qual.agreement.report import SEED, Fixed, Per, Report, compare
from tbcp_qual.agreement.statistics import STATISTICS
from tbcp_qual.agreement.units import SHARE, Unit
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.records import Coder, Document
from tbcp_qual.coding.rounds import everybody
from tbcp_qual.errors import Conflict, QualError, UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.consensus import refuse_coefficients
from tbcp_qual.tasks.locking import check_not_reflexive, locked_round
from tbcp_qual.writers.whole import whole_file


def agreement(
    project: Project,
    *,
    viewer: str,
    coders: Sequence[str] | None,
    unit: Unit | None = None,
    documents: Sequence[str] | None = None,
    codes: Sequence[str] | None = None,
    branch: bool = False,
    interviewer: bool = False,
    share: float = SHARE,
    per: Collection[Per] = (),
    statistics: Collection[str] = tuple(STATISTICS),
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> Report:
    """Compare coders over the documents they have marked done, as their codings are now.

    Args:
        project: an open project.
        viewer: id of the coder who looks; what is blind to them is not compared.
        coders: names; None for all who have marked a document done.
        unit: what counts as one unit; None: a turn.
        documents: names; None for all.
        codes: names or paths; None for all that are not retired.
        branch: whether a code stands for all below it too.
        interviewer: whether what interviewers say counts too.
        share: of two segments, what has to be common to both; for the unit "overlap" alone.
        per: what the pooled figure is wanted of one by one.
        statistics: names of those that are wanted.
        seed: which documents the intervals are drawn with.
        resamples: how often.

    Raises:
        UsageError: the project is reflexive, or no coder, document or code has that name.
        Conflict: a document that was named, or every document, is blind to whoever looks.
        QualError: there is no document, or not the one named, that two of the coders have marked done.
    """
    check_not_reflexive(project)
    people: list[Coder] = project.records("coder")
    in_scope = _documents_named(project.records("document"), documents)
    in_scope, withheld = _seen(project, viewer, in_scope, named=documents is not None)
    marked: dict[str, set[str]] = {document.id: set() for document in in_scope}
    for mark in project.records("done"):
        if mark.done and mark.document in marked:
            marked[mark.document].add(mark.coder)
    if coders is None:
        compared = [coder for coder in people if any(coder.id in done for done in marked.values())]
    else:
        compared = _coders_named(people, coders)
    try:
        _check_enough(compared, in_scope, marked, named=documents is not None)
    except QualError:
        if withheld:
            raise _blind(withheld[0].name if len(withheld) == 1 else "") from None
        raise
    ids = {coder.id for coder in compared}
    begun = [document for document in in_scope if marked[document.id] & ids]
    chosen = None
    if codes is not None:
        codebook = Codebook(project.records("code"))
        chosen = [codebook.find(code) for code in codes]
    snapshot = project.snapshot(viewer, [document.id for document in begun])
    order = {document.id: place for place, document in enumerate(snapshot.documents)}
    report = compare(
        snapshot,
        coders=[coder.id for coder in compared],
        documents=sorted(begun, key=lambda document: order[document.id]),
        unit=unit or "turn",
        codes=chosen,
        branch=branch,
        interviewer=interviewer,
        share=share,
        per=per,
        statistics=statistics,
        seed=seed,
        resamples=resamples,
    )
    return replace(report, withheld=tuple(document.name for document in withheld))


def round_agreement(
    project: Project,
    name: str,
    *,
    viewer: str,
    coders: Sequence[str] | None = None,
    unit: Unit | None = None,
    codes: Sequence[str] | None = None,
    branch: bool = False,
    interviewer: bool | None = None,
    share: float = SHARE,
    per: Collection[Per] = (),
    statistics: Collection[str] = tuple(STATISTICS),
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> Report:
    """Compare the coders of a round by what was locked, whatever was edited since.

    Documents that another round keeps blind for the viewer are not compared; the report names them.

    Args:
        project: an open project.
        name: of the round.
        viewer: id of the coder who looks.
        coders: names of some of its coders; None for all.
        unit: None for the one that the round fixed; with another all figures are exploratory.
        codes: names or paths as they were then; None for those the round was about.
        branch: as for `agreement`.
        interviewer: None for what the round fixed.
        share: as for `agreement`.
        per: likewise.
        statistics: likewise.
        seed: likewise.
        resamples: likewise.

    Raises:
        UsageError: the project is reflexive, or there is no such round, coder or code.
        Conflict: the round is not locked, or all of its documents are blind for the viewer.
        QualError: no document that the viewer may see is done by two of the coders.
    """
    check_not_reflexive(project)
    locked, snapshot, withheld = locked_round(project, name, viewer=viewer)
    made = locked.round
    known = [snapshot.coder_by_id[coder] for coder in everybody(made) if coder in snapshot.coder_by_id]
    compared = known if coders is None else _coders_named(known, coders)
    if not any(len(done & {coder.id for coder in compared}) > 1 for done in snapshot.done_by_document.values()):
        blind = f" Blind for you in another round: {', '.join(withheld)}." if withheld else ""
        raise QualError(
            "No document of this round is done by two of the coders.", f"`tbcp-qual rounds show` says who is.{blind}"
        )
    chosen = None
    if codes is not None:
        chosen = [snapshot.codebook.find(code) for code in codes]
    elif made.codes:
        chosen = [snapshot.codebook.by_id[code] for code in made.codes if code in snapshot.codebook.by_id]
    fixed = None
    if made.statistic:
        fixed = Fixed(
            round=made.name,
            unit=cast("Unit", made.unit),
            statistic=made.statistic,
            interviewer=made.interviewer,
            drawn=made.drawn,
            locked_at=made.locked_at,
            codebook_changed=made.codebook != locked.codebook,
            gone=len(locked.documents) - len(snapshot.documents) - len(withheld),
        )
    report = compare(
        snapshot,
        coders=[coder.id for coder in compared],
        documents=snapshot.documents,
        unit=unit or (fixed.unit if fixed else "turn"),
        codes=chosen,
        branch=branch,
        interviewer=made.interviewer if interviewer is None else interviewer,
        share=share,
        per=per,
        statistics=statistics,
        seed=seed,
        resamples=resamples,
        codebook=locked.codebook,
        fixed=fixed,
    )
    return replace(report, withheld=withheld)


def _seen(
    project: Project, viewer: str, documents: Sequence[Document], *, named: bool
) -> tuple[list[Document], list[Document]]:
    """Part documents into those whose codings a viewer may see, and those of a blind round."""
    blind = project.blind(viewer)
    seen = [document for document in documents if document.id not in blind]
    withheld = [document for document in documents if document.id in blind]
    if withheld and (named or not seen):
        raise _blind(withheld[0].name if named or len(withheld) == 1 else "")
    return seen, withheld


def _blind(document: str) -> Conflict:
    what = f"“{document}” is" if document else "The documents are"
    return Conflict(
        f"{what} in a blind round that is not locked: nobody's codings are compared before that.",
        "When all have marked it done: tbcp-qual rounds lock NAME, and then agreement --round NAME",
    )


def _coders_named(everybody: Sequence[Coder], names: Sequence[str]) -> list[Coder]:
    by_name = {coder.name.casefold(): coder for coder in everybody}
    refuse_coefficients(name for name in names if name.strip().casefold() not in by_name)
    found: dict[str, Coder] = {}
    for name in names:
        coder = by_name.get(name.strip().casefold())
        if coder is None:
            known = ", ".join(c.name for c in everybody) or "nobody yet"
            raise UsageError(f"There is no coder “{name.strip()}” in this project.", f"There is: {known}.")
        found[coder.id] = coder
    if len(found) < 2:
        raise UsageError("Agreement needs at least two coders.", "Name them: --between NAME,NAME")
    return list(found.values())


def _documents_named(everything: Sequence[Document], names: Sequence[str] | None) -> list[Document]:
    if names is None:
        return list(everything)
    found: dict[str, Document] = {}
    for name in names:
        same = [document for document in everything if document.name.casefold() == name.casefold()]
        if not same:
            raise UsageError(f"No document is called “{name}”.", "`tbcp-qual documents list` lists them.")
        found.update((document.id, document) for document in same)
    return list(found.values())


def _check_enough(
    coders: Sequence[Coder], documents: Sequence[Document], marked: Mapping[str, set[str]], *, named: bool
) -> None:
    """Raise where nothing can be compared, or a document that was asked for cannot."""
    ids = {coder.id for coder in coders}
    lacking = [document for document in documents if len(marked[document.id] & ids) < 2]
    if documents and (not lacking or (not named and len(lacking) < len(documents))):
        return
    who = " and ".join(coder.name for coder in coders)
    if named and lacking:
        message = f"“{lacking[0].name}” is not marked done by two of the coders" + (f" ({who})." if who else ".")
    elif len(coders) > 1:
        message = f"There is no document that two of the coders ({who}) have marked done."
    elif coders:
        message = f"Nobody but {who} has marked a document done."
    else:
        message = "Nobody has marked a document done."
    begun = next((document for document in lacking if marked[document.id] & ids), None)
    waiting = next((coder for coder in coders if begun and coder.id not in marked[begun.id]), None)
    document_name = f'"{begun.name}"' if begun else "NAME"
    coder_name = f'"{waiting.name}"' if waiting else "NAME"
    raise QualError(
        message,
        f"When it is coded: tbcp-qual documents done {document_name} --coder {coder_name}, for each coder.",
        nothing_yet=not named,
    )


def write_figures(project: Project, report: Report, path: Path, *, coder: str) -> None:
    """Write a report to a JSON file for the team, with nothing rounded, and keep in the record that it was made.

    Raises:
        BadInput: it cannot be written.
    """
    from tbcp_qual.tasks.releasing import record_export  # looking for names takes long to load

    with whole_file(path) as file:
        file.write(f"{json.dumps(report_as_json(report), ensure_ascii=False, indent=2)}\n".encode())
    record_export(project, path, what="figures of agreement", audience="team", concerns=[], reason="", coder=coder)
