"""The codebook as a file: YAML, CSV, Excel and Word, by the end of the file's name."""

from dataclasses import dataclass
from pathlib import Path

from tbcp_qual.coding.text import text_hash
from tbcp_qual.coding.versions import Framework, framework_body
from tbcp_qual.errors import BadInput, UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.codebook import count_codings
from tbcp_qual.tasks.frameworks import NOW, framework_of, version_title, versions

KINDS = (".yaml", ".yml", ".csv", ".xlsx", ".docx")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedCodebook:
    """What was written."""

    framework: Framework
    complete: bool
    """Whether the file holds themes and questions too; a CSV file holds the codes alone."""


def export_codebook(
    project: Project, path: Path, *, viewer: str, version: str = NOW, counts: bool = False
) -> ExportedCodebook:
    """Write what is in use of the codebook to a file, which is replaced as a whole.

    Args:
        project: an open project.
        path: the file; the end of its name says what it becomes.
        viewer: id of the coder who looks.
        version: number, label or id of a version, or `now`.
        counts: show how many codings the viewer may see; YAML has no place for them.

    Raises:
        UsageError: the name ends otherwise, or there is no such version.
        BadInput: the file cannot be written.
    """
    kind = path.suffix.casefold()
    if kind not in KINDS:
        raise UsageError(f"What should {path.name} become?", f"End its name in one of {', '.join(KINDS)}.")
    if counts and kind in (".yaml", ".yml"):
        raise UsageError("A YAML codebook has no place for counts.", "Write CSV, Excel or Word.")
    if path.exists() and path.samefile(project.path):
        raise BadInput(f"{path} is the project itself.", "Give the file another name.")
    info = project.info
    title, framework = framework_of(project, version)
    counted = count_codings(framework.codebook, _known(project, framework, viewer)) if counts else None
    if kind in (".yaml", ".yml"):
        from tbcp_qual.writers.codebooks import write_yaml

        write_yaml(framework, path, project=info.name, approach=info.approach)
    elif kind == ".docx":
        from tbcp_qual.writers.word.codebook import write_codebook

        agreed = title if title != NOW else _standing(project, framework)
        write_codebook(framework, path, project=info.name, approach=info.approach, version=agreed, counts=counted)
    else:
        from tbcp_qual.writers.codebooks import codebook_tables
        from tbcp_qual.writers.tables import write_csv, write_workbook

        tables = codebook_tables(framework, project=info.name, approach=info.approach, counts=counted)
        if kind == ".csv":
            write_csv(tables[0], path)
        else:
            write_workbook(tables, path, title=f"Codebook: {info.name}")
    return ExportedCodebook(framework=framework, complete=kind != ".csv")


def _known(project: Project, framework: Framework, viewer: str) -> dict[str, int]:
    """Return the counts of the codes that a codebook knows; later ones are not in an earlier version."""
    found = project.counts(viewer).codings_by_code
    return {code: n for code, n in found.items() if code in framework.codebook.by_id}


def _standing(project: Project, framework: Framework) -> str:
    """Say which version the codebook is, or since which it has changed."""
    there = versions(project)
    if not there:
        return "no version kept yet"
    last = there[-1]
    same = last.body == text_hash(framework_body(framework))
    return version_title(last) if same else f"changed since {version_title(last)}"
