"""The sample study: built from its files exactly as a team would build a project from theirs.

The files travel with the package; in a checkout they are the folders beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import cast

from tbcp_qual.coding.records import Reason
from tbcp_qual.errors import ProjectUnusable
from tbcp_qual.readers.files import read_csv
from tbcp_qual.store import Project
from tbcp_qual.tasks.attributes import parse_measures, parse_types
from tbcp_qual.tasks.auditing import import_items, import_ratings
from tbcp_qual.tasks.cases import import_cases
from tbcp_qual.tasks.coders import ensure_coder
from tbcp_qual.tasks.codings import import_codings
from tbcp_qual.tasks.deciding import coder_called, decide, would_decide
from tbcp_qual.tasks.export import Exported, export_matrix
from tbcp_qual.tasks.findings import import_findings
from tbcp_qual.tasks.flow import record_invited
from tbcp_qual.tasks.frameworks import agree
from tbcp_qual.tasks.importing import Progress, import_documents
from tbcp_qual.tasks.locking import lock_round
from tbcp_qual.tasks.participants import import_people
from tbcp_qual.tasks.projects import describe_project, new_project
from tbcp_qual.tasks.reconciling import open_reconciliation
from tbcp_qual.tasks.report import prepare_report, write_prepared
from tbcp_qual.tasks.rounds import open_round
from tbcp_qual.tasks.sampling import choose_sample
from tbcp_qual.tasks.topics import confirm_proposed, confirm_table, import_topics

PROJECT = "sample.tbcp"
FIRST_CODER = "AK"
CODERS = (FIRST_CODER, "RM")
"""Who coded the same documents without seeing each other's work."""
CHOSEN_BY = "each family of which a parent was interviewed, and as many needs, referrals and endings as there are"
INVITED = (
    ("parent", 11, 6, "three gave no reason, two had moved away, one had a court date ahead"),
    ("practitioner", 4, 0, ""),
    ("partner", 5, 2, "no time"),
)
"""Source type, how many were invited, how many declined, and why; made up like all of the study."""
ROUND = "1"
DOUBLE_CODED = "codings/RM.csv"
"""Its documents are those of the round."""

NEED = "level_of_need=ordered category:targeted,complex,acute"
SCALES = (
    "Early Bond Rating: attachment_before=before, attachment_after=after",
    "Parenting Confidence Ladder: confidence_before=before, confidence_after=after",
)
"""What a team would say of the columns of its cohort, as `cases import` takes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What the demo made, or found from an earlier time."""

    path: Path
    was_there: bool
    """Whether the project was built earlier; it is left as it is then."""
    words: tuple[Exported, ...]
    """The Word files of the matrix."""
    report: Path
    holds: str
    """What the report holds, in words."""


def sample_folders() -> tuple[Path, Path]:
    """Return the folder of the codebooks and that of the transcripts.

    Raises:
        ProjectUnusable: this installation came without the sample.
    """
    package = Path(str(files("tbcp_qual")))
    for root in (package / "sample", package.parent):
        folders = root / "codebooks", root / "transcripts_sample"
        if all(folder.is_dir() for folder in folders):
            return folders
    raise ProjectUnusable("This installation came without the sample study.", "Install tbcp-qual anew.")


def build_demo(folder: Path, *, said: Callable[[str], None], progress: Progress | None = None) -> Built:
    """Build the sample project in a folder, and write its matrix and its report to Word.

    A project of an earlier demo in that folder is left as it is: somebody may have worked in it.

    Args:
        folder: where to; made where it is not there.
        said: called with a sentence about each step.
        progress: called before each document.
    """
    codebooks, transcripts = sample_folders()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / PROJECT
    was_there = path.exists()
    if was_there:
        said(f"{path} is there from an earlier time and is left as it is.")
        project = Project.open(path)
    else:
        project = _build(path, codebooks, transcripts, said, progress)
    with project:
        viewer = ensure_coder(project, FIRST_CODER).id
        written = (
            export_matrix(project, folder / "matrix by family.docx", viewer=viewer, rows="case"),
            export_matrix(project, folder / "matrix by source.docx", viewer=viewer, rows="source type"),
        )
        report = folder / "report.docx"
        now = project.snapshot(viewer)
        holds = write_prepared(prepare_report(project, now, viewer=viewer, audience="team", headings=True), report)
    return Built(path=path, was_there=was_there, words=written, report=report, holds=holds)


def _build(
    path: Path, codebooks: Path, transcripts: Path, said: Callable[[str], None], progress: Progress | None
) -> Project:
    partial = path.with_name(f".{path.name}.part")
    for left in (partial, partial.with_name(f"{partial.name}-journal")):
        left.unlink(missing_ok=True)
    try:
        _fill(partial, codebooks, transcripts, said, progress)
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return Project.open(path)


def _fill(
    path: Path, codebooks: Path, transcripts: Path, said: Callable[[str], None], progress: Progress | None
) -> None:
    project = new_project(path, name=None, approach=None, coder=FIRST_CODER, codebook=codebooks / "tbcp.yaml")
    with project:
        first = ensure_coder(project, FIRST_CODER).id
        codes, themes = len(project.records("code")), len(project.records("theme"))
        said(f"Codebook: {codes} codes in {themes} themes, {len(project.records('question'))} questions.")
        describe_project(
            project,
            coder=first,
            data_controller="the council that runs the pilot (fictional)",
            lawful_basis="public task",
            destroy_by="2034-12-31",
        )
        types, measures = parse_types([NEED]), parse_measures(SCALES)
        cases = import_cases(project, transcripts / "cohort.csv", coder=first, types=types, measures=measures)
        said(f"Cohort: {cases.new} families, {cases.values_added} values, {cases.scores_added} scores.")
        _bring_in(project, transcripts, said, progress, coder=first)
        _double_code(project, transcripts, said, coder=first)
        _audit(project, codebooks, transcripts, said, coder=first)
        _find(project, codebooks, transcripts, said, coder=first)


def _bring_in(
    project: Project, transcripts: Path, said: Callable[[str], None], progress: Progress | None, *, coder: str
) -> None:
    """Import the documents, and say who speaks in them and which families were sampled."""
    details = transcripts / "documents.csv"
    named = [transcripts / row.cells["file"] for row in read_csv(details, columns=("file",)).rows]
    report = import_documents(project, named, coder=coder, details=details, progress=progress)
    got = report.having("imported")
    said(
        f"Documents: {len(got)}, {sum(f.turns for f in got):,} turns, {sum(f.words for f in got):,} words"
        + (f"; {len(report.having('refused'))} refused." if report.having("refused") else ".")
    )
    for kind, number, declined, why in INVITED:
        record_invited(project, kind, number, coder=coder, declined=declined, note=why)
    read = {case for d in project.records("document") if d.kind == "case file" for case in d.cases}
    labels = [case.label for case in project.records("case") if case.id in read]
    sample = choose_sample(project, labels, why=CHOSEN_BY, coder=coder, name="case files")
    said(f"Sample: {sample.statement()}")
    people = import_people(project, transcripts / "participants.csv", coder=coder)
    said(f"Participants: {len(project.records('participant'))}; recorded of {people.new + people.changed}.")


def _double_code(project: Project, transcripts: Path, said: Callable[[str], None], *, coder: str) -> None:
    """Bring in the codings, those of a round before anybody of it saw the other's, and settle its first differences."""
    planned = [code for code in project.records("code") if code.origin == "a priori"]
    agree(project, coder=coder, label="before double coding", paths=[code.id for code in planned])
    both = list(
        dict.fromkeys(row.cells["document"] for row in read_csv(transcripts / DOUBLE_CODED, columns=("document",)).rows)
    )
    open_round(project, ROUND, by=coder, coders=CODERS, documents=both)
    for table in sorted((transcripts / "codings").glob("*.csv")):
        who = ensure_coder(project, table.stem)
        codings = import_codings(project, table, coder=who.id, done=True, skip_bad=True)
        left = f"; {len(codings.unfit)} rows did not fit" if codings.unfit else ""
        said(f"Codings of {who.name}: {codings.added} in {len(codings.done)} documents{left}.")
    lock_round(project, ROUND, by=coder)
    settled, waiting = _reconcile(project, transcripts / "decisions.csv", coder=coder)
    said(f"Round {ROUND} of {' and '.join(CODERS)}, blind, locked: {settled} differences settled, {waiting} wait.")


def _audit(project: Project, codebooks: Path, transcripts: Path, said: Callable[[str], None], *, coder: str) -> None:
    """Bring in the audit tool, and how two people rated the case files."""
    items = import_items(project, codebooks / "audit.csv", coder=coder)
    rated = [
        import_ratings(project, table, coder=ensure_coder(project, table.stem).id)[1]
        for table in sorted((transcripts / "ratings").glob("*.csv"))
    ]
    said(f"Case-file audit: {items.new} items, {sum(rated)} ratings of {len(rated)} raters.")


def _find(project: Project, codebooks: Path, transcripts: Path, said: Callable[[str], None], *, coder: str) -> None:
    """Confirm what was asked, and bring in what the study comes to."""
    topics = import_topics(project, codebooks / "topic_guides.yaml", coder=coder)
    _, files = confirm_proposed(
        project, [d.name for d in project.records("document") if d.kind == "case file"], coder=coder
    )
    _, interviews = confirm_table(project, codebooks / "topics_asked.csv", coder=coder)
    said(f"Topic guides: {topics.new} topics; confirmed what was asked or recorded {interviews + files} times.")
    said(f"Findings: {import_findings(project, transcripts / 'findings.yaml', coder=coder).in_words}")


def _reconcile(project: Project, path: Path, *, coder: str) -> tuple[int, int]:
    """Settle the passages that a file names by their first words; return how many, and how many are left."""
    opened = open_reconciliation(project, ROUND, viewer=coder)
    found = []
    for row in read_csv(path, columns=("document", "passage", "stands", "reason", "words", "with")).rows:
        cells = row.cells
        (cluster,) = (
            cluster
            for cluster in opened.clusters.values()
            if opened.then.document_by_id[cluster.document].name == cells["document"]
            and opened.text(cluster).startswith(cells["passage"], cluster.span.start)
        )
        stands = cells["stands"]
        found += would_decide(
            opened,
            cluster,
            coder=coder,
            outcome="all" if stands == "all" else "coders",
            taken=() if stands == "all" else [coder_called(opened, cluster, stands)],
            reason=cast("Reason", cells["reason"]),
            words=cells["words"],
            together=[cells["with"]],
        )
    decide(project, opened, found, coder=coder)
    return len(found), len(opened.clusters) - len(found)
