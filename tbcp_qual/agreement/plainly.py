"""What a figure means here, in plain words: the counts behind it, what chance has to do with it, why two figures differ.

No verdicts: nothing is called good or poor.
"""

from collections.abc import Iterable

from tbcp_qual.agreement.bootstrap import STEADY, Interval
from tbcp_qual.agreement.ratings import Coefficient, Undefined
from tbcp_qual.agreement.statistics import STATISTICS
from tbcp_qual.agreement.tables import Comparison, Line, Report
from tbcp_qual.agreement.units import Unit
from tbcp_qual.agreement.warnings import RARE

APART = 0.15
"""Two figures that lie so far apart want an explanation."""

UNEVEN = 2
"""One coder used a code so many times as often as the other."""

CORRECTED = frozenset(
    ("cohen_kappa", "scott_pi", "fleiss_kappa", "conger_kappa", "brennan_prediger", "gwet_ac1", "krippendorff_alpha")
)
"""Statistics that are agreement beyond chance over what is left beyond chance: (observed - chance) / (1 - chance)."""

RARE_MATTERS = CORRECTED - {"brennan_prediger", "gwet_ac1"}
"""Those whose chance agreement grows the more a code is rare, or everywhere."""

_PLURALS: dict[Unit, str] = {"case": "cases", "overlap": "segments"}


def plural(unit: Unit) -> str:
    """Return what several units are called."""
    return _PLURALS.get(unit, f"{unit}s")


def figure_text(value: float, digits: int = 2) -> str:
    """Return a coefficient as it is printed: no zero before the point.

    >>> figure_text(0.178), figure_text(-0.0004), figure_text(1), figure_text(-0.25)
    ('.18', '.00', '1.00', '-.25')
    """
    said = f"{value:z.{digits}f}"
    return said.replace("0.", ".", 1) if said.startswith(("0.", "-0.")) else said


def explained(report: Report, comparison: Comparison, line: Line, statistic: str) -> list[str]:
    """Return the sentences that say what the figures of one code mean here.

    Args:
        report: what the table is part of.
        comparison: the table.
        line: of the table.
        statistic: the one that is spoken of first.
    """
    units = plural(report.unit) if line.code else "decisions"
    if report.unit == "overlap":
        return [*_counts(comparison, line, units), *_reach(line, statistic)]
    return [
        *_chance(comparison, line, statistic, units),
        *_counts(comparison, line, units),
        *_reach(line, statistic),
        *_apart(comparison, line),
    ]


def _chance(comparison: Comparison, line: Line, statistic: str, units: str) -> Iterable[str]:
    figure, percent = line.figures[statistic], line.figures["percent_agreement"]
    label = STATISTICS[statistic].label
    if isinstance(figure, Undefined):
        yield f"{label} is undefined: {figure.reason}."
        return
    if not isinstance(percent, Coefficient) or statistic not in CORRECTED:
        return
    who = f"{' and '.join(comparison.coders)} agree on" if line.cells else "Any two of them agree, on average, on"
    observed = f"{who} {share(percent.value)} of {line.n:,} {units}"
    if figure.value >= 1 or line.cells is None:
        yield f"{observed}; {label} {figure_text(figure.value)}."
        return
    by_chance = 1 - (1 - percent.value) / (1 - figure.value)
    yield (
        f"{observed}, but {share(by_chance)} would agree by chance alone{_because(line, statistic)}: hence {label}"
        f" {figure_text(figure.value)}."
    )


def share(value: float) -> str:
    """Return a share as a percentage; near none and near all with the digit that tells it from them.

    >>> share(0.91), share(0.9928), share(1), share(0.004)
    ('91%', '99.3%', '100%', '0.4%')
    """
    digits = 1 if 0 < value < 0.1 or 0.9 < value < 1 else 0
    said = f"{100 * value:.{digits}f}"
    return f"{said.removesuffix('.0')}%"


def _because(line: Line, statistic: str) -> str:
    if line.prevalence is None:
        return ""
    if statistic not in RARE_MATTERS:
        return f" ({share(line.prevalence)} of their decisions are “coded”)"
    if line.prevalence < 2 * RARE:
        return f" because the code is rare ({share(line.prevalence)} of their decisions)"
    if line.prevalence > 1 - 2 * RARE:
        return f" because the code is nearly everywhere ({share(line.prevalence)} of their decisions)"
    return f" ({share(line.prevalence)} of their decisions are “coded”)"


def _counts(comparison: Comparison, line: Line, units: str) -> Iterable[str]:
    cells = line.cells
    if line.never:
        yield f"{_listed(line.never)} never used the code, though others did."
    if cells is None:
        if line.positive:
            yield f"Where one of them used it, another did too {share(line.positive)} of the time."
        return
    first, second = comparison.coders
    if line.positive is not None and not line.never:
        yield f"Where one of them used it, the other did too {share(line.positive)} of the time."
    differ = cells.first_only + cells.second_only
    units = units.removesuffix("s") if differ == 1 else units
    if differ and not line.never:
        more, who = max((cells.first_only, first), (cells.second_only, second), key=lambda pair: pair[0])
        half = cells.first_only == cells.second_only
        only = "half have it from each alone" if half else f"{more:,} {_have(more)} it from {who} alone"
        yield f"Of {differ:,} {units} on which they differ {only}."
    elif differ:
        yield f"{differ:,} {units} {_have(differ)} it from one alone, none from both."


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _apart(comparison: Comparison, line: Line) -> Iterable[str]:
    """Say why figures differ that readers expect to be near each other."""
    alpha, ac1 = line.figures["krippendorff_alpha"], line.figures["gwet_ac1"]
    if isinstance(alpha, Coefficient) and isinstance(ac1, Coefficient) and ac1.value - alpha.value >= APART:
        yield (
            f"AC1 is {figure_text(ac1.value)}, alpha {figure_text(alpha.value)}: alpha and kappa take it that whoever"
            " guesses does so as often as the code is used, and two who nearly always guess “not coded” nearly always"
            " agree; AC1 takes it that hardly anybody guesses where a code is rare. Neither is wrong: positive agreement"
            " says how often the code itself was shared."
        )
    kappa = line.figures["cohen_kappa"]
    cells = line.cells
    if cells is None or not isinstance(kappa, Coefficient) or not isinstance(alpha, Coefficient):
        return
    used = cells.both + cells.first_only, cells.both + cells.second_only
    if min(used) and max(used) >= UNEVEN * min(used):
        first, second = comparison.coders
        higher = figure_text(kappa.value) != figure_text(alpha.value)
        tail = (
            " Kappa takes each coder's own habit for chance, alpha the habit of both together: hence"
            f" {figure_text(kappa.value)} and {figure_text(alpha.value)}."
            if higher
            else ""
        )
        yield f"{first} used it {used[0]:,} times, {second} {used[1]:,} times.{tail}"


def _reach(line: Line, statistic: str) -> Iterable[str]:
    interval = line.intervals.get(statistic)
    if isinstance(interval, Interval):
        unstable = f"; below {STEADY} it is unstable" if interval.unstable else ""
        yield (
            f"With other documents it may well have come out anywhere from {figure_text(interval.low)} to"
            f" {figure_text(interval.high)} (95%, {interval.documents} documents drawn again{unstable})."
        )
    elif isinstance(interval, Undefined):
        yield f"No interval: {interval.reason}."
