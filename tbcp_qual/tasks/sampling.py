"""Samples of cases: drawn or chosen, kept so that a report can state how, drawn again from the record, and set beside the cohort."""

import datetime
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tbcp_qual.coding.balance import Compared, compare, compare_numbers
from tbcp_qual.coding.changes import create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Attribute, Case, Measure, Sample, Variable
from tbcp_qual.coding.sampling import NOT_KNOWN, Allocation, Drawn, draw
from tbcp_qual.coding.text import one_line
from tbcp_qual.coding.values import Typed, natural, time_order
from tbcp_qual.errors import UsageError
from tbcp_qual.readers.files import as_name
from tbcp_qual.store import Project
from tbcp_qual.tasks.attributes import variable_of
from tbcp_qual.tasks.cases import find_case

LARGEST_SEED = 999_999
"""Of those that the program draws: short enough to be printed in a report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleDetails:
    """A sample with the names behind its ids."""

    sample: Sample
    chosen: tuple[str, ...]
    """Labels, in the order of the population."""
    excluded: tuple[tuple[str, str], ...]
    """Label and reason."""
    drawn: Drawn | None
    """The draw done again from the record, by ids; None where nothing was drawn, or where the values have changed and
    it gives other cases."""
    coder: str

    def statement(self) -> str:
        """Say in a sentence for a report how the sample was drawn."""
        made, size = self.sample, len(self.sample.population)
        if made.method == "purposive":
            return f"{len(made.chosen)} of {size} cases chosen on purpose: {made.why.rstrip('.')}."
        how = "by simple random sampling"
        if made.method == "stratified":
            share = "in proportion (largest remainder)" if made.allocation == "proportional" else "in equal numbers"
            how = f"by stratified random sampling {share}, by {' and '.join(made.by)}"
        left = f"; {len(made.excluded)} had been excluded" if made.excluded else ""
        return f"{len(made.chosen)} of {size} cases drawn {how}, seed {made.seed}{left}."


def draw_sample(
    project: Project,
    *,
    size: int,
    coder: str,
    by: Sequence[str] = (),
    allocation: Allocation | None = None,
    seed: int | None = None,
    excluded: Mapping[str, str] | None = None,
    name: str | None = None,
) -> SampleDetails:
    """Draw a sample of cases and keep it; one revision.

    Args:
        project: which.
        size: how many.
        coder: id of who draws.
        by: attributes that make the strata; none for a random sample.
        allocation: how the size is divided among the strata; None: in proportion.
        seed: draws the same cases again; None: the program takes one, which is kept.
        excluded: cases that cannot be drawn, by label, each with a reason.
        name: what the sample is called; else by a number.

    Raises:
        UsageError: there is no such case or attribute, a reason is missing, or the size does not fit.
    """
    cases: list[Case] = sorted(project.records("case"), key=lambda case: (natural(case.label), case.id))
    out = {}
    for label, reason in (excluded or {}).items():
        case = find_case(cases, label)
        if not one_line(reason):
            raise UsageError(f"Why is {case.label} excluded?", f'A report must say it: --exclude "{case.label}=reason"')
        out[case.id] = one_line(reason)
    if allocation and not by:
        raise UsageError("There is nothing to divide the sample by.", "--by names attributes.")
    population = [case for case in cases if case.id not in out]
    names = _strata_names(project, by)
    drawn = _draw(project, [case.id for case in population], names, size, seed := _seed(seed), allocation)
    samples: list[Sample] = project.records("sample")
    made = Sample(
        id=new_id(),
        name=_free_name(samples, name),
        method="stratified" if by else "random",
        allocation=(allocation or "proportional") if by else "",
        by=names,
        size=size,
        seed=seed,
        population=tuple(case.id for case in population),
        excluded=tuple((case.id, out[case.id]) for case in cases if case.id in out),
        chosen=drawn.chosen,
        coder=coder,
        at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    )
    project.apply(f"sample drawn: {made.name}", [create(made)], coder=coder)
    return _details(project, made)


def choose_sample(
    project: Project, labels: Sequence[str], *, why: str, coder: str, name: str | None = None
) -> SampleDetails:
    """Keep a purposive sample: cases that were chosen and not drawn, and by what; one revision.

    Raises:
        UsageError: there is no such case, or it is not said why they were chosen.
    """
    cases: list[Case] = sorted(project.records("case"), key=lambda case: (natural(case.label), case.id))
    chosen = {find_case(cases, label).id for label in labels}
    if not one_line(why):
        raise UsageError("By what were they chosen?", 'A report must say it: --why "the widest spread of needs"')
    made = Sample(
        id=new_id(),
        name=_free_name(project.records("sample"), name),
        method="purposive",
        size=len(chosen),
        population=tuple(case.id for case in cases),
        chosen=tuple(case.id for case in cases if case.id in chosen),
        why=one_line(why),
        coder=coder,
        at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    )
    project.apply(f"sample chosen: {made.name}", [create(made)], coder=coder)
    return _details(project, made)


def _strata_names(project: Project, by: Sequence[str]) -> tuple[str, ...]:
    variables: list[Variable] = project.records("variable")
    found = [variable_of(name, variables) for name in by]
    for variable in found:
        if variable.scale in ("number", "date"):
            raise UsageError(
                f"“{variable.name}” is a {variable.scale}: nearly every value would be a stratum of its own.",
                "Make bands of it in the table of cases first.",
            )
    return tuple(dict.fromkeys(variable.name for variable in found))


def _seed(given: int | None) -> int:
    return random.SystemRandom().randint(1, LARGEST_SEED) if given is None else given


def _free_name(samples: Sequence[Sample], name: str | None) -> str:
    taken = {sample.name.casefold() for sample in samples}
    if name is None:
        return next(free for n in range(1, len(taken) + 2) if (free := f"sample {n}") not in taken)
    wanted = one_line(name)
    if not wanted or wanted.casefold() in taken:
        raise UsageError(f"A sample cannot be called {as_name(wanted)}.", "The name is empty, or there is such a one.")
    return wanted


def _draw(
    project: Project,
    population: Sequence[str],
    by: Sequence[str],
    size: int,
    seed: int,
    allocation: Allocation | None,
) -> Drawn:
    values = _values(project)
    strata = {case: tuple(values.get((case, name.casefold()), NOT_KNOWN) for name in by) for case in population}
    return draw(strata, size=size, seed=seed, allocation=allocation or "proportional")


def _values(project: Project) -> dict[tuple[str, str], str]:
    attributes: list[Attribute] = project.records("attribute")
    return {(attribute.case, attribute.name.casefold()): attribute.value for attribute in attributes}


def list_samples(project: Project) -> list[SampleDetails]:
    """Return the samples in the order in which they were drawn."""
    samples: list[Sample] = project.records("sample")
    return [_details(project, sample) for sample in sorted(samples, key=lambda sample: (sample.at, sample.id))]


def find_sample(project: Project, name: str | None = None) -> SampleDetails:
    """Return the sample of a name; upper and lower case are the same; without a name the one drawn last.

    Raises:
        UsageError: there is none.
    """
    samples: list[Sample] = sorted(project.records("sample"), key=lambda sample: (sample.at, sample.id))
    if not samples:
        raise UsageError("No sample has been drawn.", "tbcp-qual cases sample --size 16", nothing_yet=True)
    if name is None:
        return _details(project, samples[-1])
    wanted = one_line(name).casefold()
    found = [sample for sample in samples if wanted in (sample.name.casefold(), sample.id)]
    if len(found) != 1:
        names = "; ".join(f"{s.name} ({s.id})" if len(found) > 1 else s.name for s in found or samples)
        many = f"{len(found)} samples are" if found else "No sample is"
        raise UsageError(f"{many} called {as_name(one_line(name))}.", f"There is: {names}.")
    return _details(project, found[0])


def _details(project: Project, sample: Sample) -> SampleDetails:
    labels = {case.id: case.label for case in project.records("case")}
    coders = {coder.id: coder.name for coder in project.records("coder")}
    again = None
    if sample.method != "purposive":
        again = _draw(project, sample.population, sample.by, sample.size, sample.seed, sample.allocation or None)
    return SampleDetails(
        sample=sample,
        chosen=tuple(labels.get(case, case) for case in sample.chosen),
        excluded=tuple((labels.get(case, case), reason) for case, reason in sample.excluded),
        drawn=again if again and again.chosen == sample.chosen else None,
        coder=coders.get(sample.coder, ""),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCheck:
    """A sample beside the cohort."""

    details: SampleDetails
    cohort: int
    """How many cases the project has, those that were excluded included."""
    attributes: tuple[Compared, ...]
    measures: tuple[Compared, ...]


def check_sample(project: Project, name: str | None = None) -> SampleCheck:
    """Set a sample beside the cohort, attribute by attribute and score by score, as the values are now.

    Raises:
        UsageError: there is no such sample.
    """
    details = find_sample(project, name)
    cohort = [case.id for case in project.records("case")]
    there = set(cohort)
    chosen = [case for case in details.sample.chosen if case in there]
    values = _values(project)
    variables: list[Variable] = sorted(project.records("variable"), key=lambda v: (v.position, v.name))
    measures: list[Measure] = project.records("measure")
    scores = {(m.case, m.scale, m.time_point): m.value for m in measures}
    kinds = sorted({(m.scale, m.time_point) for m in measures}, key=lambda k: (k[0].casefold(), time_order(k[1])))
    return SampleCheck(
        details=details,
        cohort=len(cohort),
        attributes=tuple(
            compare(
                variable.name,
                Typed(scale=variable.scale, levels=variable.levels),
                [values.get((case, variable.name.casefold()), "") for case in chosen],
                [values.get((case, variable.name.casefold()), "") for case in cohort],
            )
            for variable in variables
        ),
        measures=tuple(
            compare_numbers(
                f"{scale}, {time_point}",
                Typed(scale="number"),
                [scores.get((case, scale, time_point)) for case in chosen],
                [scores.get((case, scale, time_point)) for case in cohort],
            )
            for scale, time_point in kinds
        ),
    )
