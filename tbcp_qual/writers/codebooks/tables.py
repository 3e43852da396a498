"""A codebook as tables: its codes, and for a workbook its themes, its questions and what the study is."""

from collections.abc import Mapping

from tbcp_qual.coding.codebook import in_order
from tbcp_qual.coding.records import Approach, Code
from tbcp_qual.coding.versions import Framework
from tbcp_qual.formats.cells import joined
from tbcp_qual.formats.codebook_table import (
    CODE_COLUMNS,
    CODES,
    COUNTS,
    PROJECT,
    PROJECT_COLUMNS,
    QUESTION_COLUMNS,
    QUESTIONS,
    THEME_COLUMNS,
    THEMES,
)
from tbcp_qual.writers.tables import Cell, Table

Counts = tuple[Mapping[str, int], Mapping[str, int]]
"""Codings of each code alone and with those below it, by id."""


def codebook_tables(
    framework: Framework, *, project: str, approach: Approach, counts: Counts | None = None
) -> tuple[Table, ...]:
    """Return the codes, then the themes, the questions and the study, of what is in use.

    Args:
        framework: the codebook; what is retired in it is left out.
        project: what the study is called.
        approach: of the study.
        counts: to be shown beside the codes; None for none.
    """
    codes, themes = _codes(framework, counts), _themes(framework)
    study = Table(title=PROJECT, headings=PROJECT_COLUMNS, rows=[[project, approach]])
    return codes, themes, _questions(framework), study


def _codes(framework: Framework, counts: Counts | None) -> Table:
    book = framework.codebook
    named: dict[str, list[str]] = {}
    for theme in sorted(framework.themes, key=lambda theme: (theme.position, theme.name, theme.id)):
        for code_id in theme.codes:
            named.setdefault(code_id, []).append(theme.name)
    rows: list[list[Cell]] = []
    for _, code in book.walk():
        row: list[Cell] = [book.path(code.id), *(_said(framework, code, field) for field in CODE_COLUMNS.values())]
        row.append(joined(named.get(code.id, ())))
        if counts is not None:
            row += [counts[0].get(code.id, 0), counts[1].get(code.id, 0)]
        rows.append(row)
    headings = ("code", *CODE_COLUMNS, "themes", *(COUNTS if counts is not None else ()))
    return Table(title=CODES, headings=headings, rows=rows)


def _said(framework: Framework, code: Code, field: str) -> str:
    if field == "questions":
        return joined(framework.keys[question] for question in code.questions if question in framework.keys)
    return str(getattr(code, field))


def _themes(framework: Framework) -> Table:
    book = framework.codebook
    rows: list[list[Cell]] = [
        [
            theme.name,
            theme.definition,
            joined(framework.keys[question] for question in theme.questions if question in framework.keys),
            joined(book.path(code) for code in theme.codes if code in framework.in_use),
        ]
        for theme in sorted(framework.themes, key=lambda theme: (theme.position, theme.name, theme.id))
    ]
    return Table(title=THEMES, headings=THEME_COLUMNS, rows=rows)


def _questions(framework: Framework) -> Table:
    rows: list[list[Cell]] = [
        [
            question.key,
            question.text,
            question.short,
            framework.keys.get(question.parent or "", ""),
            question.aspect,
        ]
        for question in in_order(framework.questions)
    ]
    return Table(title=QUESTIONS, headings=QUESTION_COLUMNS, rows=rows)
