"""Tables for the report: the thematic matrix as a Word file, and as values."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tbcp_qual.analysis.matrix import Cell, Matrix, Rows, build, usual_rows
from tbcp_qual.analysis.passages import Passage
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.reconciliation import CONSENSUS
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.errors import BadInput, UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.consensus import consensus_snapshot, means_consensus


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written, and where."""

    path: Path
    rows: Rows
    sections: int
    tables: int
    quotations: int


def thematic_matrix(
    project: Project,
    *,
    viewer: str,
    rows: Rows | None = None,
    coder: str | None = None,
    attributes: Sequence[str] = (),
    now: Snapshot | None = None,
) -> Matrix:
    """Build the matrix of a project.

    Args:
        project: an open project.
        now: what the viewer may see, where it is at hand.
        viewer: id of the coder who looks.
        rows: what the rows are; None for cases where most documents are about one, else source types.
        coder: name of the coder whose codings alone count; None for all; `consensus` for what stands after the locked
            rounds.
        attributes: names of the case attributes to show; empty for the first few that say something.

    Raises:
        BadInput: there are no themes.
        UsageError: the coder or an attribute is not known.
    """
    only = None
    if means_consensus(project, coder):
        only, now = CONSENSUS.id, consensus_snapshot(project, viewer=viewer)
    elif coder is not None:
        known = project.coder_named(coder)
        if known is None:
            names = ", ".join(c.name for c in project.records("coder")) or "nobody yet"
            raise UsageError(f"There is no coder “{coder}” in this project.", f"There is: {names}.")
        only = known.id
    snapshot = now or project.snapshot(viewer)
    return build(snapshot, rows=rows or usual_rows(snapshot), coder=only, attributes=attributes)


def export_matrix(
    project: Project,
    path: Path,
    *,
    viewer: str,
    rows: Rows | None = None,
    coder: str | None = None,
    attributes: Sequence[str] = (),
    most: int = 3,
    built: Matrix | None = None,
) -> Exported:
    """Write the thematic matrix to a Word file; `.docx` is added where the name lacks it.

    Args:
        project: an open project.
        path: the file, which is replaced as a whole.
        viewer: id of the coder who looks.
        rows: as in `thematic_matrix`.
        coder: as in `thematic_matrix`.
        attributes: as in `thematic_matrix`.
        most: quotations shown in a cell; all are in the annex.
        built: the matrix, where it is built already.

    Raises:
        BadInput: there are no themes, or the file cannot be written.
        UsageError: the coder or an attribute is not known.
    """
    from tbcp_qual.writers.word.matrix import write_matrix

    if path.suffix.casefold() != ".docx" and not path.is_dir():
        path = path.with_name(path.name + ".docx")
    if path.exists() and path.samefile(project.path):
        raise BadInput(f"{path} is the project itself.", "Give the Word file another name.")
    matrix = built or thematic_matrix(project, viewer=viewer, rows=rows, coder=coder, attributes=attributes)
    written = write_matrix(matrix, path, most=most)
    return Exported(
        path=path,
        rows=matrix.rows_are,
        sections=written.sections,
        tables=written.tables,
        quotations=written.quotations,
    )


def matrix_values(matrix: Matrix) -> dict[str, Any]:
    """Return the matrix as values for JSON: questions with their themes, rows, and every cell of them."""
    coverage = matrix.coverage
    return {
        "project": matrix.project,
        "approach": matrix.approach,
        "rows are": matrix.rows_are,
        "coder": matrix.coder or None,
        "coverage": {
            "documents": {kind or "no source type": number for kind, number in coverage.documents},
            "coders": coverage.coders,
            "documents coded": coverage.coded,
            "documents done": coverage.done,
            "documents not begun": coverage.not_begun,
            "codings": coverage.codings,
            "codings in no theme": coverage.left_out,
            "codes in no theme": coverage.codes_left_out,
            "about several cases, not narrowed down": dict(coverage.several_cases),
            "asked confirmed": coverage.asked,
        },
        "questions": [
            {
                "key": section.key,
                "short": section.short,
                "text": section.text,
                "sub-questions": [{"key": q.key, "text": q.text, "aspect": q.aspect} for q in section.subquestions],
                "themes": [column.id for column in section.columns],
            }
            for section in matrix.sections
        ],
        "themes": [
            {"id": column.id, "name": column.name, "definition": column.definition, "codes": column.codes}
            for column in {column.id: column for section in matrix.sections for column in section.columns}.values()
        ],
        "rows": [
            {
                "id": row.id,
                "label": row.label,
                "details": row.details,
                "documents": len(row.documents),
                "cells": {
                    column.id: _cell_values(matrix.cell(row, column), row.id)
                    for section in matrix.sections
                    for column in section.columns
                },
            }
            for row in matrix.rows
        ],
    }


def _cell_values(cell: Cell, row: str) -> dict[str, Any]:
    return {
        "state": cell.state,
        "passages": len(cell.passages),
        "documents": cell.documents,
        "by source type": cell.by_source_type,
        "by relation": cell.by_relation(row),
        "quotations": [_passage_values(passage, row) for passage in cell.passages],
    }


def _passage_values(passage: Passage, row: str) -> dict[str, Any]:
    return {
        "reference": passage.reference,
        "source": passage.source,
        "document": passage.document,
        "relation": passage.relations.get(row),
        "by": passage.by,
        "about": passage.about,
        "narrowed down": passage.narrowed,
        "start": passage.span.start,
        "end": passage.span.end,
        "words": passage.words,
        "codes": passage.codes,
        "coders": passage.coders,
        "negative": passage.negative,
        "codings": passage.codings,
    }
