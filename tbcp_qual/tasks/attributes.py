"""What the columns of a table of cases hold: attributes with their types, and scores of measures at their time points.

A person may say so; else the project knows; else it is guessed, and every guess is shown before or while it is taken.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from tbcp_qual.coding.records import Variable
from tbcp_qual.coding.text import one_line
from tbcp_qual.coding.values import (
    Typed,
    guess,
    is_missing,
    misfits,
    missing_numbers,
    number,
    parse_typed,
    scale_named,
    spelling_variants,
    spelt,
)
from tbcp_qual.errors import BadInput, UsageError
from tbcp_qual.readers.cases import CaseSheet
from tbcp_qual.readers.files import as_name

Origin = Literal["given", "known", "guessed"]
"""Who says what a column holds: a person, the project, or its values."""

TYPES = "category, ordered category:LOW,HIGH, number, date or yes/no"

_WHEN = (
    r"before|after|baseline|follow[ _-]?up|pre|post|start|end|entry|intake|exit|initial|final"
    r"|(?:t|time|wave|w)[ _]?\d|\d{1,2}[ _]?(?:m|months?|w|weeks?|y|years?)"
)
_SCORE = (
    re.compile(rf"(?P<scale>.*[^\W_].*?)[ _.-]+(?P<when>{_WHEN})$", re.IGNORECASE),
    re.compile(rf"(?P<when>{_WHEN})[ _.-]+(?P<scale>.*[^\W_].*)$", re.IGNORECASE),
)
_FEW_LINES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeColumn:
    """A column that holds an attribute."""

    name: str
    """What the attribute is called in the project."""
    typed: Typed
    origin: Origin
    values: tuple[str, ...]
    """One for each case, as it is kept; empty where it is missing."""
    markers: tuple[str, ...]
    """Words of the column that were taken for missing."""
    remarks: tuple[str, ...] = ()
    """What a person should look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreColumn:
    """A column that holds the scores of a measure at one time point."""

    column: str
    scale: str
    time_point: str
    origin: Origin
    values: tuple[float | None, ...]
    """One for each case; None where it is missing."""
    markers: tuple[str, ...]


def parse_types(given: Iterable[str]) -> dict[str, Typed]:
    """Read types as a person writes them: `age=number,need=ordered category:low,high`.

    Raises:
        UsageError: something in it is no type.
    """
    found: dict[str, Typed] = {}
    for text in given:
        pieces: list[str] = []
        for piece in text.split(","):
            # A level may hold a comma or an equals sign; only a type after the sign begins a new column.
            begins = scale_named(piece.partition("=")[2].partition(":")[0]) is not None
            if pieces and not begins:
                pieces[-1] += f",{piece}"
            else:
                pieces.append(piece)
        for piece in pieces:
            column, sign, rest = piece.partition("=")
            typed = parse_typed(rest)
            if not sign or not column.strip() or typed is None:
                raise UsageError(f"{as_name(piece)} is not COLUMN=TYPE.", f"A type is {TYPES}.")
            found[one_line(column)] = typed
    return found


def parse_measures(given: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Read measures as a person writes them: `PHQ-9: phq9_before=before, phq9_after=after`; `;` divides several.

    Returns:
        Scale and time point by column.

    Raises:
        UsageError: something in it is no measure.
    """
    found: dict[str, tuple[str, str]] = {}
    for text in (part for whole in given for part in whole.split(";") if part.strip()):
        scale, sign, rest = text.partition(":")
        columns = [piece.rpartition("=") for piece in rest.split(",")]
        if not sign or not scale.strip() or not all(c.strip() and s and t.strip() for c, s, t in columns):
            raise UsageError(f"{as_name(text.strip())} is no measure.", "Write SCALE: COLUMN=TIME, COLUMN=TIME")
        found.update({one_line(column): (one_line(scale), one_line(time)) for column, _, time in columns})
    return found


def plan_columns(
    sheet: CaseSheet,
    path: Path,
    variables: Iterable[Variable],
    *,
    types: Mapping[str, Typed],
    measures: Mapping[str, tuple[str, str]],
    missing: Sequence[str],
) -> tuple[tuple[AttributeColumn, ...], tuple[ScoreColumn, ...]]:
    """Decide of each column of a table what it holds, and read its values.

    Args:
        sheet: the table.
        path: the file, for what is said of it.
        variables: what the project knows.
        types: what a person says, by column.
        measures: scale and time point that a person says, by column.
        missing: words that stand for a missing value besides the usual ones.

    Raises:
        UsageError: a column is named that is not there, or twice.
        BadInput: a value does not fit the type of its column; with the line.
    """
    spelling = {name.casefold(): name for name in sheet.attributes}
    for name in (*types, *measures):
        if name.casefold() not in spelling:
            near = get_close_matches(name, sheet.attributes, n=1)
            hint = f"Is {as_name(near[0])} meant?" if near else "Columns are named as in the first line of the file."
            raise UsageError(f"{path} has no column {as_name(name)}.", hint)
    said_types = {spelling[name.casefold()]: typed for name, typed in types.items()}
    said_scores = {spelling[name.casefold()]: score for name, score in measures.items()}
    both = said_types.keys() & said_scores.keys()
    if both:
        raise UsageError(f"Column {as_name(min(both))} cannot be an attribute and a measure.", "Name it once.")
    known = {variable.name.casefold(): variable for variable in variables}
    cells = {name: _cells(sheet, name, missing) for name in sheet.attributes}
    open_columns = [n for n in sheet.attributes if n not in said_types and n.casefold() not in known]
    guessed_scores = _guess_scores([n for n in open_columns if n not in said_scores], cells)
    attributes, scores = [], []
    for name in sheet.attributes:
        values, markers = cells[name]
        if name in said_scores or name in guessed_scores:
            scale, time_point = said_scores.get(name) or guessed_scores[name]
            typed = Typed(scale="number")
            numbers = _fitting(sheet, path, name, values, typed, "given")
            scores.append(
                ScoreColumn(
                    column=name,
                    scale=scale,
                    time_point=time_point,
                    origin="given" if name in said_scores else "guessed",
                    values=tuple(number(value) for value in numbers),
                    markers=markers,
                )
            )
            continue
        variable = known.get(name.casefold())
        given = said_types.get(name)
        kept = Typed(scale=variable.scale, levels=variable.levels) if variable else guess([v for v in values if v])
        origin: Origin = "given" if given else "known" if variable else "guessed"
        attributes.append(
            AttributeColumn(
                name=variable.name if variable else name,
                typed=given or kept,
                origin=origin,
                values=_fitting(sheet, path, name, values, given or kept, origin),
                markers=markers,
                remarks=_remarks(sheet, values, given or kept, origin),
            )
        )
    twice = {(c.scale.casefold(), c.time_point.casefold()) for c in scores}
    if len(twice) < len(scores):
        raise UsageError("Two columns hold the same measure at the same time point.", "Give each a time point.")
    return tuple(attributes), tuple(scores)


def variable_of(name: str, variables: Iterable[Variable]) -> Variable:
    """Return the attribute of this name; upper and lower case are the same.

    Raises:
        UsageError: no case can have it.
    """
    known = {variable.name.casefold(): variable for variable in variables}
    found = known.get(one_line(name).casefold())
    if found is None:
        near = get_close_matches(name.casefold(), list(known), n=1, cutoff=0.6)
        hint = f"Is {as_name(known[near[0]].name)} meant?" if near else "`tbcp-qual cases type NAME TYPE` makes one."
        raise UsageError(f"There is no attribute {as_name(name)}.", hint)
    return found


def what_fits(typed: Typed) -> str:
    """Say what a value of a type must be."""
    if typed.levels:
        return f"one of {', '.join(typed.levels)}"
    return {"number": "a number", "date": "a date such as 2021-12-31 or 31/12/2021", "yes/no": "yes or no"}.get(
        typed.scale, "a word"
    )


def _cells(sheet: CaseSheet, name: str, missing: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the values of a column, empty where they are missing, and the words that were taken for missing."""
    cells = [row.values[name] for row in sheet.cases]
    below = missing_numbers(cells)
    gone = {cell for cell in cells if cell in below or is_missing(cell, missing)}
    return tuple("" if cell in gone else cell for cell in cells), tuple(sorted(gone - {""}))


def _guess_scores(
    names: Sequence[str], cells: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
) -> dict[str, tuple[str, str]]:
    """Guess which columns hold scores: one scale at two time points or more, and nothing but numbers."""
    by_scale: dict[str, dict[str, tuple[str, str]]] = {}
    for name in names:
        found = next((match for pattern in _SCORE if (match := pattern.match(name))), None)
        values = [value for value in cells[name][0] if value]
        if found and values and guess(values).scale == "number":
            scale, when = (" ".join(found[part].replace("_", " ").split()) for part in ("scale", "when"))
            by_scale.setdefault(scale.casefold(), {})[name] = (scale, when.casefold())
    found_scores: dict[str, tuple[str, str]] = {}
    for columns in by_scale.values():
        scale = next(iter(columns.values()))[0]
        if len({when for _, when in columns.values()}) == len(columns) > 1:
            found_scores.update({name: (scale, when) for name, (_, when) in columns.items()})
    return found_scores


def _fitting(
    sheet: CaseSheet, path: Path, name: str, values: Sequence[str], typed: Typed, origin: Origin
) -> tuple[str, ...]:
    """Return the values as they are kept; the lines of those that do not fit are named, their words are not."""
    kept = [spelt(value, typed) if value else "" for value in values]
    bad = [row.line for row, value in zip(sheet.cases, kept, strict=True) if value is None]
    if bad:
        lines = ", ".join(map(str, bad[:_FEW_LINES])) + (" …" if len(bad) > _FEW_LINES else "")
        change = f' --types "{name}=category" takes it as words;' if origin == "known" else ""
        raise BadInput(
            f"{path}, line {lines}: column {as_name(name)} does not hold {what_fits(typed)}.",
            f"Mend the file;{change} --missing WORD takes a word for a missing value.",
        )
    return tuple(value or "" for value in kept)


def _remarks(sheet: CaseSheet, values: Sequence[str], typed: Typed, origin: Origin) -> tuple[str, ...]:
    """Say what speaks against a guess."""
    there = [value for value in values if value]
    said = []
    if origin == "guessed" and typed.scale == "category":
        lines = [row.line for row, value in zip(sheet.cases, values, strict=True) if value]
        nearly = misfits(there)
        if nearly:
            odd = ", ".join(str(lines[place]) for place in nearly[1][:_FEW_LINES])
            said.append(f"nearly all values are of the type {nearly[0]}, but not those on line {odd}")
    if origin == "guessed" and typed.scale == "number" and set(there) == {"0", "1"}:
        said.append("it holds only 0 and 1: if they mean no and yes, say so with --types")
    if typed.scale == "category":
        variants = [" and ".join(as_name(word) for word in words) for words in spelling_variants(there)]
        said += [f"{pair} differ in their spelling alone" for pair in variants[:3]]
    return tuple(said)
