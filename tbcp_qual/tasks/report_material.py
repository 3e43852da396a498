"""What a report is made of, gathered from the project: the record of the work beside what its analysis says."""

import datetime
from collections.abc import Collection, Sequence
from functools import partial
from itertools import combinations

from tbcp_qual.agreement.report import Report
from tbcp_qual.analysis.evidence import Evidences
from tbcp_qual.analysis.framework import chart
from tbcp_qual.analysis.heard import Tally
from tbcp_qual.analysis.matrix import usual_rows
from tbcp_qual.analysis.suppression import LARGEST, SMALLEST, suppressed
from tbcp_qual.analysis.triangulation import triangulate_finding, triangulate_theme
from tbcp_qual.coding.balance import Compared, Spread, as_date
from tbcp_qual.coding.records import Audience, Round
from tbcp_qual.coding.rounds import everybody
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.versions import read_framework
from tbcp_qual.errors import QualError
from tbcp_qual.store import Project
from tbcp_qual.tasks.agreement import agreement, round_agreement
from tbcp_qual.tasks.consensus import upshot
from tbcp_qual.tasks.flow import participant_flow
from tbcp_qual.tasks.frameworks import version_title, versions
from tbcp_qual.tasks.reconciling import open_reconciliation
from tbcp_qual.tasks.rekeying import Labels, new_labels, own_labels
from tbcp_qual.tasks.sampling import check_sample, list_samples
from tbcp_qual.writers.report.blocks import EDITABLE, NOTHING
from tbcp_qual.writers.report.material import CoderTold, Material, RoundTold, SampleTold, VersionTold
from tbcp_qual.writers.report.parts.agreement import STATISTIC
from tbcp_qual.writers.report.quotations import ANCHOR_LENGTH, Quotations

RESAMPLES = 1_000
BANDS = ((0.1, "below 0.1"), (0.25, "0.1 to 0.25"))
"""Standardised differences are said so roughly beside counts that were taken out: a figure would give them away."""


def gather(
    project: Project,
    now: Snapshot,
    *,
    viewer: str,
    audience: Audience,
    made: datetime.datetime,
    parts: Collection[str],
    headings: bool = False,
    longest: int | None = None,
    quotations: bool = True,
    everything: bool = False,
    attributes: Sequence[str] = (),
    without: Collection[str] = (),
    largest: int = LARGEST,
) -> tuple[Material, Labels]:
    """Gather what a report is made of, and the labels under which it may leave.

    Args:
        project: an open project.
        now: what the viewer may see of it.
        viewer: id of the coder who looks.
        audience: who reads it.
        made: when, in UTC.
        parts: keys of the parts that are wanted; what only others need is not worked out.
        headings: whether feasibility, promise and readiness are headings of their own.
        longest: characters of a quotation; None for all.
        quotations: whether words are quoted at all.
        everything: whether the annex holds all passages.
        attributes: names of the case attributes that rows of the matrix show.
        without: references of passages that must not be shown.
        largest: counts of families and files from 1 to this are not given beyond the team.

    Raises:
        BadInput: there are no themes.
        UsageError: no family has such an attribute.
    """
    beyond = audience != "team"
    evidences = Evidences(now)
    labels = new_labels(now, evidences.heard, audience) if beyond else own_labels(now)
    rows = "source type" if beyond else usual_rows(now)
    boards = tuple(evidences.boards())
    loose = tuple(evidences.without_question())
    done = now.done_by_document
    coded = {coding.document for coding in now.codings} | set(done)
    reports, why = _agreement(project, now, viewer) if "agreement" in parts else ((), "")
    text_of = {document.id: document.text for document in now.documents}
    findings = now.findings
    material = Material(
        now=now,
        audience=audience,
        made=made,
        headings=headings,
        chart=chart(now, rows=rows, attributes=attributes),
        evidences=evidences,
        boards=boards,
        loose=loose,
        triangulated=tuple(
            [triangulate_finding(evidences, evidences.finding(finding)) for finding in findings]
            if findings
            else [triangulate_theme(evidences, theme) for theme in now.themes]
        )
        if "triangulation" in parts
        else (),
        agreement=reports,
        no_agreement=why,
        rounds=_rounds(project, viewer) if {"agreement", "methods"} & set(parts) else (),
        versions=_versions(project),
        samples=_samples(project, beyond=beyond, largest=largest),
        largest=largest,
        coders=_coders(project, now, viewer),
        flow=participant_flow(project, now, evidences.heard),
        double_coded=sum(len(coders) > 1 for coders in done.values()),
        coded=len(coded),
        uncoded=tuple(document.name for document in now.documents if document.id not in coded),
        unplaced=sum(coding.text != text_of[coding.document] for coding in now.codings),
        unrecorded=sum(not (p.permission or p.withdrawn) for p in now.participants),
        quotes=Quotations(now, beyond=beyond, voices=labels.voices, longest=longest, shown=quotations, without=without),
        everything=everything,
        tallied=partial(_tallied_beyond, largest=largest) if beyond else _tallied,
        anchors={} if beyond else _anchors(now),
    )
    return material, labels


def _tallied(tally: Tally) -> str:
    return tally.in_words


def _tallied_beyond(tally: Tally, *, largest: int) -> str:
    """Say how many speak to something; few case files are not counted out."""
    files = tally.unit.endswith("files")
    if files and SMALLEST <= tally.spoke <= largest:
        of = tally.of if tally.asked is None else tally.asked
        return f"{largest} or fewer of {of} {tally.unit} read"
    return tally.in_words


def anchor_name(what: str, record: str) -> str:
    """Return the name under which a text is found again in a Word file."""
    return f"tbcp_{what}_{record}"[:ANCHOR_LENGTH]


def _anchors(now: Snapshot) -> dict[tuple[str, str], str]:
    records = {
        "summary": [summary.id for summary in now.summaries],
        "finding": [finding.id for finding in now.findings],
        "explained": [evidence.id for evidence in now.evidence],
        "answer": [answer.id for answer in now.answers],
        "caveats": [answer.id for answer in now.answers],
    }
    assert set(records) == set(EDITABLE)
    return {(what, record): anchor_name(what, record) for what, ids in records.items() for record in ids}


def _agreement(project: Project, now: Snapshot, viewer: str) -> tuple[tuple[Report, ...], str]:
    """Return the figures of each pair of coders, and why there are none; all together would take as long again."""
    if now.project.approach == "reflexive":
        return (), ""
    locked = [made for made in project.records("round") if made.locked and made.purpose == "reliability"]
    done = {coder for coders in now.done_by_document.values() for coder in coders}
    reports, why = [], ""
    for made in sorted(locked, key=lambda made: (made.locked_at, made.id)):
        for pair in combinations([_name(now, coder) for coder in everybody(made)], 2):
            shown = {made.statistic or STATISTIC}
            try:
                reports.append(
                    round_agreement(
                        project, made.name, viewer=viewer, coders=pair, statistics=shown, resamples=RESAMPLES
                    )
                )
            except QualError as problem:
                why = problem.message
    if not locked:
        for pair in combinations([coder.name for coder in now.coders if coder.id in done], 2):
            try:
                reports.append(
                    agreement(project, viewer=viewer, coders=pair, statistics={STATISTIC}, resamples=RESAMPLES)
                )
            except QualError as problem:
                why = problem.message
        why = why or "fewer than two coders have marked a document done."
    return tuple(reports), "" if reports else why


def _name(now: Snapshot, coder: str) -> str:
    known = now.coder_by_id.get(coder)
    return known.name if known else coder


def _rounds(project: Project, viewer: str) -> tuple[RoundTold, ...]:
    names = {coder.id: coder.name for coder in project.records("coder")}
    rounds: list[Round] = sorted(project.records("round"), key=lambda made: made.id)
    told = []
    for made in rounds:
        account = None
        if made.locked and project.info.approach != "reflexive":
            try:
                account = upshot(open_reconciliation(project, made.id, viewer=viewer)).account
            except QualError:
                account = None  # nothing in it was coded by two
        told.append(
            RoundTold(
                round=made,
                documents=len(made.documents),
                coders=tuple(names.get(coder, "") for coder in made.coders),
                account=account,
            )
        )
    return tuple(told)


def _versions(project: Project) -> tuple[VersionTold, ...]:
    names = {coder.id: coder.name for coder in project.records("coder")}
    there = versions(project)
    bodies = project.texts(version.body for version in there)
    return tuple(
        VersionTold(
            name=version_title(version),
            at=version.at,
            by=names.get(version.coder, ""),
            codes=len(read_framework(bodies[version.body]).in_use) if bodies.get(version.body) else 0,
        )
        for version in there
    )


def _coders(project: Project, now: Snapshot, viewer: str) -> tuple[CoderTold, ...]:
    days: dict[str, list[str]] = {}
    for deed in project.history(viewer=viewer, kinds=("coding",)):
        if deed.stands:
            days.setdefault(deed.revision.coder, []).append(deed.revision.at)
    told = []
    for coder in now.coders:
        theirs = [coding for coding in now.codings if coding.coder == coder.id]
        done = sum(coder.id in marked for marked in now.done_by_document.values())
        if theirs or done:
            when = sorted(days.get(coder.id, []))
            told.append(
                CoderTold(
                    name=coder.name,
                    documents=len({coding.document for coding in theirs}),
                    done=done,
                    codings=len(theirs),
                    first=when[0] if when else "",
                    last=when[-1] if when else "",
                )
            )
    return tuple(told)


def _samples(project: Project, *, beyond: bool, largest: int) -> tuple[SampleTold, ...]:
    told = []
    for details in list_samples(project):
        check = check_sample(project, details.sample.id)
        attributes = [
            row for compared in check.attributes for row in _attribute(compared, beyond=beyond, largest=largest)
        ]
        told.append(
            SampleTold(
                name=details.sample.name,
                statement=details.statement(),
                attributes=tuple(attributes),
                measures=tuple(_measure(compared, beyond=beyond, largest=largest) for compared in check.measures),
                hidden=any(cell in ("*", f"≤ {largest}") for row in attributes for cell in row[2:4]),
            )
        )
    return tuple(told)


def _attribute(compared: Compared, *, beyond: bool, largest: int) -> list[tuple[str, ...]]:
    """Return the lines of an attribute: a line for each value, one for those not known."""
    name = compared.name.replace("_", " ")
    if not compared.levels:
        return [(name, "mean", *_means(compared, beyond=beyond, largest=largest), _difference(compared, rough=False))]
    values = [*(level.value for level in compared.levels), "not known"]
    counts = [*([level.sample, level.cohort] for level in compared.levels)]
    counts.append([compared.sample.missing, compared.cohort.missing])
    if counts[-1] == [0, 0]:
        values, counts = values[:-1], counts[:-1]
    shown = suppressed(counts, row_totals=False, largest=largest) if beyond else counts
    hidden = any(cell is None for row in shown for cell in row)
    totals = [sum(row[column] for row in counts) for column in (0, 1)]
    lines = []
    for place, value in enumerate(values):
        cells = [
            _count(counts[place][column], shown[place][column], totals[column], share=not hidden, largest=largest)
            for column in (0, 1)
        ]
        difference = _difference(compared, rough=hidden) if place == 0 else NOTHING
        lines.append((name, value, *cells, difference))
    return lines


def _count(count: int, shown: int | None, total: int, *, share: bool, largest: int) -> str:
    if shown is None:
        return f"≤ {largest}" if SMALLEST <= count <= largest else "*"
    return f"{count:,} ({count / total:.0%})" if share and total else f"{count:,}"


def _difference(compared: Compared, *, rough: bool) -> str:
    value = compared.difference.value
    if value is None:
        return compared.difference.reason or NOTHING
    if not rough:
        return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")
    return next((words for most, words in BANDS if abs(value) < most), "above 0.25")


def _measure(compared: Compared, *, beyond: bool, largest: int) -> tuple[str, ...]:
    return (compared.name, *_means(compared, beyond=beyond, largest=largest), _difference(compared, rough=beyond))


def _means(compared: Compared, *, beyond: bool, largest: int) -> tuple[str, str]:
    dates = compared.typed.scale == "date"
    first, second = (
        _mean(spread, dates=dates, beyond=beyond, largest=largest) for spread in (compared.sample, compared.cohort)
    )
    return first, second


def _mean(spread: Spread, *, dates: bool, beyond: bool, largest: int) -> str:
    if spread.mean is None or (beyond and spread.n <= largest):
        return NOTHING
    if dates:
        return f"{as_date(spread.mean)}, n = {spread.n}"
    deviation = f" (sd {spread.sd:.1f})" if spread.sd is not None else ""
    return f"{spread.mean:.1f}{deviation}, n = {spread.n}"
