"""What came of a locked round of training or stability: each trainee beside the gold coder, a coder beside themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from tbcp_qual.agreement.ratings import Coefficient, Undefined
from tbcp_qual.agreement.report import Report, compare
from tbcp_qual.agreement.units import Unit
from tbcp_qual.coding.records import Code, Coder, Document, Done, Round, done_id
from tbcp_qual.coding.rounds import everybody
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.errors import QualError, UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.locking import check_not_reflexive, locked_round
from tbcp_qual.tasks.rounds import find_round


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeResult:
    """One code."""

    path: str
    n: int
    """Units that both had in front of them."""
    prevalence: float | None
    value: float | None
    undefined: str | None
    """Why there is no figure; None where there is."""
    passed: bool | None
    """Whether the threshold was reached; None where there is no threshold or no figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One coder, held against another or against themselves."""

    title: str
    """Who is compared: `RM with AK`."""
    codes: tuple[CodeResult, ...]
    pooled: CodeResult | None
    report: Report

    @property
    def passed(self) -> bool:
        """Whether every code that has a threshold reached it."""
        return bool(self.codes) and all(code.passed for code in self.codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What came of a round, or of two."""

    statistic: str
    """The one that was fixed."""
    unit: str
    threshold: float | None
    results: tuple[Result, ...]
    left_out: tuple[str, ...]
    """Names of documents that could not be compared, each with the reason."""


def round_results(project: Project, name: str | None, *, viewer: str) -> Results:
    """Return, code by code, how each trainee did, or how far a coder agreed with themselves.

    Raises:
        UsageError: the project is reflexive, there is no such round, or it is neither training nor stability.
        Conflict: it is not locked.
    """
    check_not_reflexive(project)
    made = find_round(project, name)
    if made.purpose == "reliability" or not made.gold:
        raise UsageError(
            f"The round “{made.name}” holds nobody against anybody: it is about reliability.",
            f'tbcp-qual agreement --round "{made.name}"',
        )
    locked, snapshot, blind = locked_round(project, made.id, viewer=viewer)
    made = locked.round
    gold = snapshot.coder_by_id[made.gold or ""]
    results = []
    for coder in made.coders:
        other = snapshot.coder_by_id[coder]
        report = _compared(snapshot, (gold.id, coder), made, _scope(made, snapshot), codebook=locked.codebook)
        results.append(_result(f"{other.name} with {gold.name}", report, made))
    return Results(
        statistic=made.statistic,
        unit=made.unit,
        threshold=made.threshold,
        results=tuple(results),
        left_out=_blind(blind),
    )


def _blind(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{name}: blind for you in another round that is not locked" for name in names)


def compare_rounds(project: Project, first: str, second: str, *, coder: str, viewer: str) -> Results:
    """Compare what one coder coded in two rounds, over the documents of both; by what the second fixed.

    In a round of stability the coder is the one who coded first and the one who coded again.

    Raises:
        UsageError: the project is reflexive, there is no such round or coder, or the coder was not in both.
        Conflict: one of them is not locked.
        QualError: no document of both has the same text.
    """
    check_not_reflexive(project)
    one, earlier, blind = locked_round(project, first, viewer=viewer)
    other, later, also_blind = locked_round(project, second, viewer=viewer)
    if one.round.id == other.round.id:
        raise UsageError("That is one round.", "Name two; `rounds result` holds a coder against themselves in one.")
    person = project.coder_named(coder)
    if person is None:
        raise UsageError(f"There is no coder “{coder}” in this project.", "`tbcp-qual coders list` lists them.")
    sides = [_side(side.round, person) for side in (one, other)]
    texts = {document.id: document.text for document in earlier.documents}
    common = [document for document in later.documents if texts.get(document.id) == document.text]
    corrected = [d.name for d in later.documents if d.id in texts and texts[d.id] != d.text]
    if not common:
        out = [name for name in blind if name in also_blind]
        hint = f"Corrected between the two: {', '.join(corrected)}. " if corrected else ""
        hint += f"Blind for you in another round: {', '.join(out)}." if out else ""
        raise QualError(
            f"“{one.round.name}” and “{other.round.name}” share no document with the same text.", hint.strip()
        )
    snapshot = _two_sides(earlier, later, sides, common, person, (one.round.name, other.round.name))
    made = other.round
    report = _compared(snapshot, ("first", "second"), made, _scope(made, snapshot), codebook=other.codebook)
    title = f"{person.name} in {one.round.name} and in {made.name}"
    return Results(
        statistic=made.statistic,
        unit=made.unit,
        threshold=made.threshold,
        results=(_result(title, report, made),),
        left_out=(
            *(f"{name}: its text was corrected between the two" for name in corrected),
            *_blind([name for name in blind if name in also_blind]),
        ),
    )


def _side(made: Round, person: Coder) -> str:
    """Return the id under which a person coded in a round."""
    if made.purpose == "stability" and made.gold == person.id:
        return made.coders[0]
    if person.id in everybody(made):
        return person.id
    raise UsageError(f"{person.name} did not code in the round “{made.name}”.", "`tbcp-qual rounds show` says who did.")


def _two_sides(
    earlier: Snapshot,
    later: Snapshot,
    sides: Sequence[str],
    documents: Sequence[Document],
    person: Coder,
    names: tuple[str, str],
) -> Snapshot:
    """Return a snapshot in which one person is two coders, `first` and `second`; turns and codes are the later ones."""
    ids = {document.id for document in documents}
    as_coders = ("first", "second")
    codes = {code.id: code for code in (*earlier.codes, *later.codes)}
    codings = []
    done = []
    for snapshot, side, coder in zip((earlier, later), sides, as_coders, strict=True):
        codings += [
            replace(coding, coder=coder)
            for coding in snapshot.codings
            if coding.coder == side and coding.document in ids
        ]
        done += [
            Done(id=done_id(mark.document, coder), document=mark.document, coder=coder, done=True)
            for mark in snapshot.done
            if mark.coder == side and mark.document in ids
        ]
    return replace(
        later,
        coders=tuple(
            Coder(id=coder, name=f"{person.name} in {name}") for coder, name in zip(as_coders, names, strict=True)
        ),
        codes=tuple(codes.values()),
        documents=tuple(documents),
        codings=tuple(sorted(codings, key=lambda c: (c.document, c.start, c.end, c.id))),
        done=tuple(done),
    )


def _scope(made: Round, snapshot: Snapshot) -> list[Code] | None:
    codes = snapshot.codebook.by_id
    return [codes[code] for code in made.codes if code in codes] or None


def _compared(
    snapshot: Snapshot, pair: tuple[str, str], made: Round, codes: Sequence[Code] | None, *, codebook: str
) -> Report:
    if not made.statistic:
        raise UsageError(
            "The round fixed no statistic: it was opened for reflexive work.", "What differs is for discussing."
        )
    return compare(
        snapshot,
        coders=pair,
        documents=snapshot.documents,
        unit=cast("Unit", made.unit),
        codes=codes,
        interviewer=made.interviewer,
        codebook=codebook,
    )


def _result(title: str, report: Report, made: Round) -> Result:
    if not report.pairs:
        raise QualError(f"{title}: no document is marked done by both.")
    (pair,) = report.pairs
    lines = []
    for line in [*pair.lines, *([pair.pooled] if pair.pooled else [])]:
        figure = line.figures[made.statistic]
        value = figure.value if isinstance(figure, Coefficient) else None
        reached = None if value is None or made.threshold is None else value >= made.threshold
        lines.append(
            CodeResult(
                path=line.path,
                n=line.n,
                prevalence=line.prevalence,
                value=value,
                undefined=figure.reason if isinstance(figure, Undefined) else None,
                passed=reached,
            )
        )
    pooled = lines.pop() if pair.pooled else None
    return Result(title=title, codes=tuple(lines), pooled=pooled, report=report)
