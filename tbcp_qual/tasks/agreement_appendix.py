"""The appendix on agreement of a locked round, for Word, a browser or a workbook, with a sheet of units beside it."""

import datetime
import platform
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from tbcp_qual.agreement.bootstrap import RESAMPLES, Interval
from tbcp_qual.agreement.ratings import Coefficient
from tbcp_qual.agreement.report import SEED, Comparison, Report
from tbcp_qual.agreement.unit_rows import unit_rows
from tbcp_qual.analysis.heard import Heard
from tbcp_qual.coding.records import Audience, Document
from tbcp_qual.coding.rounds import Locked, everybody
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.errors import QualError
from tbcp_qual.privacy.disclosure import Matter
from tbcp_qual.store import Project
from tbcp_qual.tasks.agreement import round_agreement
from tbcp_qual.tasks.consensus import ONLY_A_NEW_ROUND, codebook_review, spoken, upshot
from tbcp_qual.tasks.locking import check_not_reflexive, locked_round
from tbcp_qual.tasks.reconciling import open_reconciliation
from tbcp_qual.tasks.rekeying import new_labels, own_labels
from tbcp_qual.tasks.report import PRIVACY, said_in
from tbcp_qual.writers.report.blocks import Composed, exchanged
from tbcp_qual.writers.report.material import days
from tbcp_qual.writers.report.parts.appendix import Told, appendix, shown_statistics
from tbcp_qual.writers.tables import Cell, Table, write_csv
from tbcp_qual.writers.word.wording import counted, listed

UNITS = "Units"
"""The sheet of units."""
BEYOND = "Made for readers beyond the team: documents are not named in it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An appendix that is composed but not yet written."""

    composed: Composed
    matter: Matter
    """What the disclosure check looks at."""
    figures: Table
    """Those of the tables with nothing rounded, for a workbook."""
    units: Table | None
    """None where it goes without."""
    made: datetime.datetime


def units_path(path: Path) -> Path:
    """Return where the units go beside a Word file or a page; a workbook holds them itself."""
    return path.with_name(f"{path.stem} units.csv")


def prepare_appendix(
    project: Project,
    now: Snapshot,
    path: Path,
    *,
    viewer: str,
    round_name: str | None = None,
    audience: Audience = "team",
    units: bool = True,
    seed: int = SEED,
    resamples: int = RESAMPLES,
    made: datetime.datetime | None = None,
) -> Prepared:
    """Compose the appendix of a round.

    Args:
        project: an open project.
        now: what the viewer may see of it.
        path: where it is to be written; it says where the units are.
        viewer: id of the coder who looks.
        round_name: None for the only round.
        audience: who reads it; beyond the team documents have no names in it.
        units: whether there is a sheet of units.
        seed: which documents the intervals are drawn with.
        resamples: how often.
        made: when, in UTC; None for now.

    Raises:
        UsageError: the project is reflexive, or there is no such round.
        Conflict: the round is not locked.
        QualError: no document of it is done by two coders.
    """
    check_not_reflexive(project)
    made = made or datetime.datetime.now(datetime.UTC)
    locked, then, _ = locked_round(project, round_name, viewer=viewer)
    report = round_agreement(project, locked.round.id, viewer=viewer, seed=seed, resamples=resamples)
    beyond = audience != "team"
    labels = new_labels(now, Heard(now), audience) if beyond else own_labels(now)
    sheet = _units(locked, then, report, f"{now.project.id}\x1f{audience}") if units and report.share is None else None
    where = f"sheet “{UNITS}” of this workbook" if path.suffix.casefold() == ".xlsx" else units_path(path).name
    told = _told(project, locked, then, report, viewer, beyond=beyond, units=where if sheet else "")
    composed = Composed(
        title="Agreement between coders",
        subtitle=now.project.name,
        facts=(
            ("Made", f"{days(made.date().isoformat())}, with tbcp-qual"),
            ("For", f"the {audience}"),
            ("Round", f"{locked.round.name}, locked {days(locked.round.locked_at)}"),
            ("Coders", listed(list(told.who.values()))),
            ("Documents", f"{len(then.documents):,}"),
        ),
        notices=(BEYOND, PRIVACY) if beyond else (PRIVACY,),
        state="",
        header=f"{now.project.name} · agreement, round {locked.round.name} · for the {audience}",
        parts=appendix(told),
    )
    composed = exchanged(composed, labels.change)
    return Prepared(
        composed=composed,
        matter=_matter(now, then, composed, units=sheet is not None),
        figures=_figures(report),
        units=sheet,
        made=made,
    )


def _told(
    project: Project, locked: Locked, then: Snapshot, report: Report, viewer: str, *, beyond: bool, units: str
) -> Told:
    names = {coder: then.coder_by_id[coder].name for coder in everybody(locked.round) if coder in then.coder_by_id}
    account, changes, review = None, [], []
    try:
        opened = open_reconciliation(project, locked.round.id, viewer=viewer)
    except QualError:
        pass  # the figures stand alone: no document is open to the viewer that two have coded
    else:
        reached = upshot(opened)
        account = reached.account
        changes = [(change.path, listed(list(change.what))) for change in reached.codebook]
        review = [spoken(opened, point) for point in codebook_review(opened)]
    return Told(
        round=locked.round,
        report=report,
        account=account,
        codebook=tuple(changes),
        review=tuple(review),
        who=names,
        unsaid=[*(document.name for document in then.documents), *report.withheld] if beyond else [],
        units=units,
        software=f"tbcp-qual {version('tbcp-qual')}, Python {platform.python_version()}, numpy {version('numpy')}",
        only_a_new_round=ONLY_A_NEW_ROUND,
    )


def _figures(report: Report) -> Table:
    names = list(dict.fromkeys(name for each in _comparisons(report) for name in shown_statistics(report, each)))
    rows: list[list[Cell]] = []
    for each in _comparisons(report):
        for line in (*each.lines, *([each.pooled] if each.pooled else [])):
            counts = line.cells
            row: list[Cell] = [" and ".join(each.coders), line.path or "all codes, pooled", line.n]
            row += [counts.both, counts.first_only, counts.second_only, counts.neither] if counts else [None] * 4
            row += [line.prevalence, line.positive, line.negative]
            for name in names:
                figure, around = line.figures[name], line.intervals.get(name)
                row.append(figure.value if isinstance(figure, Coefficient) else None)
                row += [around.low, around.high] if isinstance(around, Interval) else [None, None]
            rows.append(row)
    counted_out = ("both", "first only", "second only", "neither", "prevalence", "positive", "negative")
    headings = [heading for name in names for heading in (name, f"{name} low", f"{name} high")]
    return Table(title="Figures", headings=("coders", "code", "units", *counted_out, *headings), rows=rows)


def _comparisons(report: Report) -> list[Comparison]:
    return [*report.pairs, *([report.together] if report.together else [])]


def _units(locked: Locked, then: Snapshot, report: Report, salt: str) -> Table:
    """Return the sheet of units; documents, or cases, go by numbers that lead to nobody."""
    coders = [coder for coder in everybody(locked.round) if coder in then.coder_by_id]
    codes = list(dict.fromkeys(line.code for each in _comparisons(report) for line in each.lines if line.code))
    rows = list(
        unit_rows(then, then.documents, report.unit, codes=codes, coders=coders, interviewer=report.interviewer)
    )
    shuffled = sorted({row.of for row in rows}, key=lambda of: sha256(f"{salt}\x1f{of}".encode()).digest())
    number = {of: place for place, of in enumerate(shuffled, start=1)}
    paths = {code: then.codebook.path(code) for code in codes}
    rows.sort(key=lambda row: (codes.index(row.code), number[row.of], row.number))
    what = "case" if report.unit == "case" else "document"
    return Table(
        title=UNITS,
        headings=("code", what, "unit", "size", *(then.coder_by_id[coder].name for coder in coders)),
        rows=[
            (
                paths[row.code],
                number[row.of],
                row.number,
                row.size,
                *(None if decided is None else int(decided) for decided in row.decided),
            )
            for row in rows
        ],
    )


def _matter(now: Snapshot, then: Snapshot, composed: Composed, *, units: bool) -> Matter:
    """Return what the words could give away, and the sheet of units: on which families the rows of a document rest."""
    labels = {case.id: case.label for case in now.cases}

    def families(document: Document) -> tuple[str, ...]:
        return tuple(sorted(labels[case] for case in document.cases if case in labels))

    rest = [(f"units of {document.name}", families(document)) for document in then.documents if document.cases]
    return Matter(prose=tuple(said_in(composed)[1]), cells=tuple(rest) if units else ())


def write_appendix(prepared: Prepared, path: Path) -> str:
    """Write an appendix as the ending of its name says, and its units beside it; return what it holds, in words.

    Raises:
        BadInput: the file cannot be written.
    """
    tables = counted(sum(1 for _ in prepared.composed.placed_tables()), "table")
    kind = path.suffix.casefold()
    if kind == ".xlsx":
        from tbcp_qual.writers.excel.report import write_tables

        also = [prepared.figures, *([prepared.units] if prepared.units is not None else [])]
        return counted(write_tables(prepared.composed, path, made=prepared.made, also=also), "sheet")
    if kind == ".html":
        from tbcp_qual.writers.web.report import write_page

        write_page(prepared.composed, path)
    else:
        from tbcp_qual.writers.word.report import write_report

        write_report(prepared.composed, path, made=prepared.made)
    if prepared.units is None:
        return tables
    write_csv(prepared.units, units_path(path))
    return f"{tables}; {len(prepared.units.rows):,} rows of units in {units_path(path)}"
