"""Cases: bringing them in with their attributes and measures, making and correcting them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from tbcp_qual.coding.changes import Change, Revision, create, remove, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import (
    Attribute,
    Case,
    Measure,
    Variable,
    attribute_id,
    measure_id,
    variable_id,
)
from tbcp_qual.coding.text import one_line
from tbcp_qual.coding.values import Typed, is_missing, number, spelt
from tbcp_qual.errors import UsageError
from tbcp_qual.readers.cases import CaseSheet, read_cases
from tbcp_qual.store import Project
from tbcp_qual.tasks.attributes import AttributeColumn, ScoreColumn, plan_columns, variable_of, what_fits


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePlan:
    """A table of cases as it was read and understood; nothing of it is in the project yet."""

    path: Path
    sheet: CaseSheet
    attributes: tuple[AttributeColumn, ...]
    scores: tuple[ScoreColumn, ...]

    @property
    def guessed(self) -> bool:
        """Whether any column was understood by its values alone."""
        return any(c.origin == "guessed" for c in self.attributes) or any(c.origin == "guessed" for c in self.scores)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedCases:
    """What a file of cases brought."""

    revision: Revision | None
    """None where it brought nothing new."""
    new: int
    known: int
    """Cases that were in the project before."""
    values_added: int
    values_changed: int
    values_removed: int
    """Values that the project had and that are missing in the file."""
    scores_added: int
    scores_changed: int
    scores_removed: int
    missing: int
    """Cells that are empty or say that something is not known."""


def plan_cases(
    project: Project,
    path: Path,
    *,
    sheet: str | None = None,
    types: Mapping[str, Typed] | None = None,
    measures: Mapping[str, tuple[str, str]] | None = None,
    missing: Sequence[str] = (),
) -> CasePlan:
    """Read a table of cases and decide what its columns hold.

    Args:
        project: whose attributes are known already.
        path: a CSV, or a workbook.
        sheet: which sheet of a workbook.
        types: types by column; the project's own, and else guesses, for the others.
        measures: scale and time point by column.
        missing: words that stand for a missing value besides the usual ones.

    Raises:
        BadInput: the file is unfit, or a value does not fit its type; with the line.
        UsageError: a column or sheet is named that is not there.
    """
    table = read_cases(path, sheet=sheet)
    attributes, scores = plan_columns(
        table, path, project.records("variable"), types=types or {}, measures=measures or {}, missing=missing
    )
    return CasePlan(path=path, sheet=table, attributes=attributes, scores=scores)


def import_cases(
    project: Project,
    path: Path,
    *,
    coder: str,
    sheet: str | None = None,
    types: Mapping[str, Typed] | None = None,
    measures: Mapping[str, tuple[str, str]] | None = None,
    missing: Sequence[str] = (),
) -> ImportedCases:
    """Bring cases in as one revision: new ones are made, known ones get the values that the file has.

    The arguments are those of `plan_cases`, which raises what this does.
    """
    plan = plan_cases(project, path, sheet=sheet, types=types, measures=measures, missing=missing)
    return import_planned(project, plan, coder=coder)


def import_planned(project: Project, plan: CasePlan, *, coder: str) -> ImportedCases:
    """Bring cases in as they were planned, as one revision.

    A missing value has no record. Attributes for which the file has no column stay as they are.

    Raises:
        UsageError: values of cases that are not in the file do not fit the type that was given.
    """
    known: dict[str, Case] = {case.label.casefold(): case for case in project.records("case")}
    rows = [known.get(row.label.casefold()) or Case(id=new_id(), label=row.label) for row in plan.sheet.cases]
    new = [case for case in rows if case.label.casefold() not in known]
    changes: list[Change] = [create(case) for case in new]
    variables, values = _attribute_changes(project, plan, rows)
    changes += variables
    scores = _score_changes(project, plan, rows)
    revision = project.apply(f"cases imported: {len(rows)}", [*changes, *values, *scores], coder=coder)

    def count(of: Iterable[Change], kind: str) -> tuple[int, int, int]:
        theirs = [change for change in of if change.kind == kind and change.fields]
        made, gone = sum(c.creates for c in theirs), sum(c.removes for c in theirs)
        return made, len(theirs) - made - gone, gone

    values_added, values_changed, values_removed = count(values, "attribute")
    scores_added, scores_changed, scores_removed = count(scores, "measure")
    return ImportedCases(
        revision=revision,
        new=len(new),
        known=len(rows) - len(new),
        values_added=values_added,
        values_changed=values_changed,
        values_removed=values_removed,
        scores_added=scores_added,
        scores_changed=scores_changed,
        scores_removed=scores_removed,
        missing=sum(not value for column in plan.attributes for value in column.values)
        + sum(value is None for column in plan.scores for value in column.values),
    )


def _attribute_changes(project: Project, plan: CasePlan, rows: Sequence[Case]) -> tuple[list[Change], list[Change]]:
    """Return the changes of what attributes there are, and those of their values."""
    variables: list[Variable] = project.records("variable")
    attributes: list[Attribute] = project.records("attribute")
    by_name = {variable.name.casefold(): variable for variable in variables}
    by_place = {(attribute.case, attribute.name.casefold()): attribute for attribute in attributes}
    first = max((variable.position for variable in variables), default=-1) + 1
    in_file = {case.id for case in rows}
    made: list[Change] = []
    values: list[Change] = []
    for column in plan.attributes:
        variable = by_name.get(column.name.casefold())
        # A file of an older project has attributes of which no type is known.
        name = variable.name if variable else _spelling(attributes, column.name)
        typed = column.typed
        if variable is None:
            position = first + sum(change.creates for change in made)
            made.append(
                create(
                    Variable(id=variable_id(name), name=name, scale=typed.scale, levels=typed.levels, position=position)
                )
            )
        else:
            made.append(update(variable, scale=typed.scale, levels=typed.levels))
        values += _respelt(attributes, name, typed, in_file)
        for case, value in zip(rows, column.values, strict=True):
            there = by_place.get((case.id, name.casefold()))
            values += _value_change(there, case.id, name, value)
    # What the file now calls a measure is no attribute any more.
    for name in {score.column.casefold() for score in plan.scores}:
        values += [remove(attribute) for attribute in attributes if attribute.name.casefold() == name]
        made += [remove(by_name[name])] if name in by_name else []
    return made, values


def _spelling(attributes: Iterable[Attribute], name: str) -> str:
    return next((a.name for a in attributes if a.name.casefold() == name.casefold()), name)


def _value_change(there: Attribute | None, case: str, name: str, value: str) -> list[Change]:
    if there is None:
        made = Attribute(id=attribute_id(case, name), case=case, name=name, value=value)
        return [create(made)] if value else []
    return [update(there, value=value)] if value else [remove(there)]


def _respelt(attributes: Iterable[Attribute], name: str, typed: Typed, but: set[str]) -> list[Change]:
    """Return the changes that bring the values of other cases to a type.

    Raises:
        UsageError: one does not fit it.
    """
    others = [a for a in attributes if a.name.casefold() == name.casefold() and a.case not in but]
    fitting = [(attribute, spelt(attribute.value, typed)) for attribute in others]
    bad = sum(value is None for _, value in fitting)
    if bad:
        raise UsageError(
            f"“{name}” cannot be of the type {typed.scale}: {bad} of its values in the project "
            f"{'is' if bad == 1 else 'are'} not {what_fits(typed)}.",
            "Correct them first: tbcp-qual cases set CASE NAME=VALUE",
        )
    return [update(attribute, value=value) for attribute, value in fitting if value != attribute.value]


def _score_changes(project: Project, plan: CasePlan, rows: Sequence[Case]) -> list[Change]:
    scores = _Scores(project.records("measure"))
    return [
        change
        for column in plan.scores
        for case, value in zip(rows, column.values, strict=True)
        for change in scores.change(case.id, column.scale, column.time_point, value)
    ]


class _Scores:
    """The measures of a project, to be changed; names are spelt as the project has them."""

    def __init__(self, measures: Sequence[Measure]) -> None:
        self._by_id = {measure.id: measure for measure in measures}
        self._scales = {measure.scale.casefold(): measure.scale for measure in measures}
        self._times = {measure.time_point.casefold(): measure.time_point for measure in measures}

    def change(self, case: str, scale: str, time_point: str, value: float | None) -> list[Change]:
        """Return the change that gives a case a score, or takes it away."""
        scale = self._scales.get(scale.casefold(), scale)
        time_point = self._times.get(time_point.casefold(), time_point)
        wanted = measure_id(case, scale, time_point)
        there = self._by_id.get(wanted)
        if there is None:
            made = Measure(id=wanted, case=case, scale=scale, time_point=time_point, value=value or 0.0)
            return [] if value is None else [create(made)]
        return [remove(there)] if value is None else [update(there, value=value)]


def find_case(cases: Iterable[Case], label: str) -> Case:
    """Return the case of this label; upper and lower case are the same; its id will do too.

    Raises:
        UsageError: there is none, or several have that label.
    """
    wanted = one_line(label)
    by_label: dict[str, list[Case]] = {}
    for case in cases:
        by_label.setdefault(case.label.casefold(), []).append(case)
        if case.id == wanted:
            return case
    found = by_label.get(wanted.casefold(), [])
    if len(found) == 1:
        return found[0]
    if found:
        # Copies that were merged may hold two of one label.
        raise UsageError(f"{len(found)} cases are called “{wanted}”.", f"Give the id: {'; '.join(c.id for c in found)}")
    near = [by_label[n][0].label for n in get_close_matches(wanted.casefold(), list(by_label), n=3)]
    hint = f"Is it {' or '.join(f'“{n}”' for n in near)}?" if near else "`tbcp-qual cases add` makes one."
    raise UsageError(f"There is no case “{wanted}”.", hint)


def add_cases(project: Project, labels: Iterable[str], *, coder: str) -> Revision | None:
    """Make cases; one revision.

    Raises:
        UsageError: a label is empty, or there is such a case.
    """
    known = {case.label.casefold() for case in project.records("case")}
    wanted = [one_line(label) for label in labels]
    for label in wanted:
        if not label or label.casefold() in known:
            raise UsageError(f"There is a case “{label}” already." if label else "A case needs a label.")
        known.add(label.casefold())
    what = wanted[0] if len(wanted) == 1 else f"{len(wanted)} cases"
    return project.apply(f"added {what}", [create(Case(id=new_id(), label=label)) for label in wanted], coder=coder)


def set_values(
    project: Project,
    label: str,
    values: Mapping[str, str],
    scores: Iterable[tuple[str, str, str]] = (),
    *,
    coder: str,
    new_label: str | None = None,
) -> Revision | None:
    """Correct what is known of a case; one revision.

    Args:
        project: which.
        label: of the case.
        values: by attribute; a word for missing takes the value away.
        scores: `(scale, time point, score)`; likewise.
        coder: id of who does it.
        new_label: what the case is called from now on.

    Raises:
        UsageError: there is no such case or attribute, or a value does not fit.
    """
    cases: list[Case] = project.records("case")
    case = find_case(cases, label)
    variables: list[Variable] = project.records("variable")
    there = {a.name.casefold(): a for a in project.records("attribute") if a.case == case.id}
    changes: list[Change] = []
    for name, value in values.items():
        variable = variable_of(name, variables)
        typed = Typed(scale=variable.scale, levels=variable.levels)
        kept = "" if is_missing(value) else spelt(one_line(value), typed)
        if kept is None:
            raise UsageError(f"“{variable.name}” must be {what_fits(typed)}.", "A type is changed by `cases type`.")
        changes += _value_change(there.get(variable.name.casefold()), case.id, variable.name, kept)
    known_scores = _Scores(project.records("measure"))
    for scale, time_point, score in scores:
        if not one_line(scale) or not one_line(time_point):
            raise UsageError("A score needs a scale and a time point.", "--score SCALE TIME VALUE")
        kept_score = None if is_missing(score) else number(score)
        if kept_score is None and not is_missing(score):
            raise UsageError(f"A score of “{one_line(scale)}” must be a number.")
        changes += known_scores.change(case.id, one_line(scale), one_line(time_point), kept_score)
    if new_label is not None:
        renamed = one_line(new_label)
        if not renamed or any(c.label.casefold() == renamed.casefold() and c.id != case.id for c in cases):
            raise UsageError(f"“{renamed}” cannot be a case's new label.", "It is empty, or there is such a case.")
        changes.append(update(case, label=renamed))
    ids = [change.id for change in changes]
    if len(set(ids)) < len(ids):
        raise UsageError("The same thing is set twice.", "Name each once.")
    what = f"{case.label} is now {one_line(new_label)}" if new_label else f"corrected what is known of {case.label}"
    return project.apply(what, changes, coder=coder)


def set_type(project: Project, name: str, typed: Typed, *, coder: str) -> Revision | None:
    """Say what kind of values an attribute takes, and make it where there is none of that name; one revision.

    Raises:
        UsageError: it has no name, or a value in the project does not fit.
    """
    name = one_line(name)
    if not name:
        raise UsageError("An attribute needs a name.")
    variables: list[Variable] = project.records("variable")
    attributes: list[Attribute] = project.records("attribute")
    found = next((v for v in variables if v.name.casefold() == name.casefold()), None)
    name = found.name if found else _spelling(attributes, name)
    if found:
        changes = [update(found, scale=typed.scale, levels=typed.levels)]
    else:
        position = max((v.position for v in variables), default=-1) + 1
        made = Variable(id=variable_id(name), name=name, scale=typed.scale, levels=typed.levels, position=position)
        changes = [create(made)]
    changes += _respelt(attributes, name, typed, set())
    return project.apply(f"{name} is of the type {typed.scale}", changes, coder=coder)
