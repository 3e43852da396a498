"""Asking a person what the columns of a table hold: the guess is shown with a few values, and may be changed."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tbcp_qual.cli.showing import Progress, print_remarks, remark
from tbcp_qual.errors import BadInput, UsageError

if TYPE_CHECKING:
    from tbcp_qual.readers.documents.draft import Column
    from tbcp_qual.tasks.cases import CasePlan

FEW = 40
"""Up to so many columns a line each is said."""
EXAMPLES = 3
"""Values of a column that a person is shown."""
LONG = 40
"""Characters from which a value is text, of which only the length is shown."""
SHORT = 14
"""Characters of a value that are shown."""

Said = Mapping[str, Sequence[str]]


def ask(question: str, answers: str) -> str:
    """Ask on stderr until one of the letters is given; enter gives the first."""
    while True:
        given = str(click.prompt(question, default=answers[0], show_default=False, err=True)).strip().casefold()
        if given[:1] and given[0] in answers:
            return given[0]
        remark(f"One of {', '.join(answers)}.")


def examples(values: Sequence[str], lengths: Sequence[int]) -> str:
    """Return a few values cut short; of texts only how long they are.

    >>> examples(["care leaver, pregnant", "no"], []), examples([], [312, 45])
    ('care leaver, …, no', 'texts of 312, 45 characters')
    """
    if lengths:
        return f"texts of {', '.join(map(str, lengths))} characters"
    return ", ".join(value if len(value) <= SHORT else f"{value[: SHORT - 1]}…" for value in values)


class Columns:
    """Asks about the columns of each kind of table once; what is said holds for all tables with the same columns."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._said: dict[tuple[str, ...], Said | None] = {}

    def __call__(self, path: Path, shape: "tuple[Column, ...]", problem: str) -> Said | None:
        """Show what was guessed, and ask; empty where it holds, None where the file is to be left out."""
        names = tuple(column.name for column in shape)
        now = {c.field: [d.name for d in shape if d.field == c.field] for c in shape if c.field}
        if names in self._said and not problem:
            said = self._said[names]
            return {} if said == now else said
        try:
            return self._asked(path, shape, problem, names, now)
        except click.Abort as stopped:
            raise KeyboardInterrupt from stopped

    def _asked(
        self,
        path: Path,
        shape: "tuple[Column, ...]",
        problem: str,
        names: tuple[str, ...],
        now: Said,
    ) -> Said | None:
        from tbcp_qual.readers.documents.columns import parse_columns

        self._progress.clear()
        remark(problem or f"{path.name}: what its columns seem to hold")
        rows = [("column", "is taken as", "such as")]
        rows += [(c.name, c.field or "-", examples(c.examples, c.lengths)) for c in shape]
        print_remarks(rows)
        parts = [f"{field}={name}" for field, theirs in now.items() for name in theirs]
        answer = ask(
            "[c]hange, or [l]eave the file out?" if problem else "[y]es so, [c]hange, or [l]eave the file out?",
            "cl" if problem else "ycl",
        )
        if answer != "c":
            self._said[names] = now if answer == "y" else None
            return {} if answer == "y" else None
        guess = ",".join(f'"{part}"' if "," in part else part for part in parts)
        while True:
            given = click.prompt("columns, such as text=Answer,speaker=Who", default=guess or None, err=True)
            try:
                return parse_columns(str(given))
            except UsageError as wrong:
                remark(wrong.message)


Understood = Callable[[tuple[str, ...], tuple[str, ...]], "CasePlan"]
"""Plans the import of a table of cases by what `--types` and `--measures` say."""


def confirmed_cases(
    plan: "CasePlan", understood: Understood, types: tuple[str, ...], measures: tuple[str, ...]
) -> "CasePlan | None":
    """Show what columns of cases were taken for, and ask, until it is agreed or given up (None)."""
    while True:
        _show_plan(plan)
        answer = ask("[y]es so, [c]hange, or [n]othing of it?", "ycn")
        if answer != "c":
            return plan if answer == "y" else None
        more = _asked("types, such as imd=ordered category:1,2,3"), _asked("measures, such as PHQ-9: phq_1=before")
        try:
            plan = understood((*types, *more[0]), (*measures, *more[1]))
        except (UsageError, BadInput) as wrong:
            remark(f"{wrong.message} {wrong.hint}".rstrip())
        else:
            types, measures = (*types, *more[0]), (*measures, *more[1])


def _asked(question: str) -> tuple[str, ...]:
    said = str(click.prompt(question, default="", show_default=False, err=True)).strip()
    return (said,) if said else ()


def _show_plan(plan: "CasePlan") -> None:
    rows = [("column", "is taken as", "missing", "such as")]
    for name, taken, missing, _, values in _plan_rows(plan)[:FEW]:
        few = list(dict.fromkeys(values))[:EXAMPLES]
        lengths = [len(value) for value in few] if any(len(value) > LONG for value in few) else []
        rows.append((name, taken, str(missing or ""), examples(few, lengths)))
    print_remarks(rows)
    _say_rest(plan)


def say_plan(plan: "CasePlan") -> None:
    """Say what each column of a table of cases was taken for."""
    for name, taken, missing, markers, _ in _plan_rows(plan)[:FEW]:
        counted = f"; {missing} missing" if missing else ""
        counted += f" (among them {', '.join(f'“{marker}”' for marker in markers[:5])})" if markers else ""
        remark(f"  {name}: {taken}{counted}")
    _say_rest(plan)


def _plan_rows(plan: "CasePlan") -> list[tuple[str, str, int, tuple[str, ...], list[str]]]:
    """Return for each column what it was taken for, how many are missing, by which words, and its values."""

    def said(taken: object, origin: str) -> str:
        return f"{taken}{', guessed' if origin == 'guessed' else ''}"

    rows = [
        (c.name, said(c.typed, c.origin), sum(not v for v in c.values), c.markers, [v for v in c.values if v])
        for c in plan.attributes
    ]
    return rows + [
        (
            s.column,
            said(f"the measure {s.scale}, {s.time_point}", s.origin),
            sum(v is None for v in s.values),
            s.markers,
            [f"{v:g}" for v in s.values if v is not None],
        )
        for s in plan.scores
    ]


def _say_rest(plan: "CasePlan") -> None:
    more = len(plan.attributes) + len(plan.scores) - FEW
    if more > 0:
        remark(f"  … and {more} more columns.")
    for column in plan.attributes:
        for said in column.remarks:
            remark(f"{column.name}: {said}.")
    if plan.sheet.other_sheets:
        remark(f"Sheet “{plan.sheet.sheet}”; there is also: {', '.join(plan.sheet.other_sheets)}.")
