"""A report of agreement as a person reads it; the full statement of what was compared stands below."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tbcp_qual.cli.showing import print_table, say
from tbcp_qual.coding.codebook import SEPARATOR

if TYPE_CHECKING:
    from tbcp_qual.agreement.bootstrap import Interval
    from tbcp_qual.agreement.ratings import Figure, Undefined
    from tbcp_qual.agreement.report import Comparison, Line, Report

NO_FIGURE = "–"
COLUMNS = {
    "percent_agreement": "percent",
    "cohen_kappa": "kappa",
    "krippendorff_alpha": "alpha",
    "holsti": "Holsti",
    "cohen_kappa_max": "max kappa",
    "weighted_kappa": "weighted",
    "scott_pi": "pi",
    "fleiss_kappa": "Fleiss",
    "conger_kappa": "Conger",
    "brennan_prediger": "B-P",
    "gwet_ac1": "AC1",
    "gwet_ac2": "AC2",
}
USUAL = ("percent_agreement", "cohen_kappa", "krippendorff_alpha")
"""What is shown where nobody says anything else."""

PERCENT = ("percent_agreement", "holsti")


def print_comparison(report: "Report", comparison: "Comparison", chosen: Sequence[str] | None = None) -> None:
    """Print one table, and below it what was compared and how.

    Args:
        report: what it is part of.
        comparison: the table.
        chosen: names of the statistics to show; None for the usual ones.
    """
    from tbcp_qual.agreement.ratings import Undefined
    from tbcp_qual.agreement.report import statement, undefined

    two = len(comparison.coders) == 2
    shown = _shown(report, chosen, two)
    around = _around(report, shown)
    counted = ["both", *(f"{coder} only" for coder in comparison.coders)] if two else []
    lines = [*comparison.lines, *([comparison.pooled] if comparison.pooled else [])]
    say(" and ".join(comparison.coders) if two else f"All of {', '.join(comparison.coders)}")
    segments = report.share is not None
    if lines:
        names = [_heading(report, name) for name in shown]
        headings = ["code", "n", *counted, "positive" if segments else "prevalence", *names]
        if not comparison.no_intervals:
            headings.append(f"95 % of {COLUMNS[around]}")
        print_right(_rows(lines, shown, around, segments=segments), headings)
    else:
        say("None of them coded any unit here.")
    _print_parts(report, comparison, shown, around)
    if report.fixed and any(report.exploratory(name) for name in shown):
        say("(x) exploratory: not what the round had fixed.")
    for reason in undefined(lines, shown):
        say(f"{NO_FIGURE} undefined: {reason}")
    without = {interval.reason for line in lines if isinstance(interval := line.intervals.get(around), Undefined)}
    for reason in sorted(without):
        say(f"{NO_FIGURE} no interval: {reason}")
    for warning in comparison.warnings:
        say(f"Mind: {warning.message}")
    for sentence in statement(report, comparison):
        say(sentence)


def _shown(report: "Report", chosen: Sequence[str] | None, two: bool) -> list[str]:
    """Return the statistics to show: what the round fixed first."""
    names = list(chosen or [name for name in USUAL if two or name != "cohen_kappa"])
    if report.share is not None and not chosen:
        names = ["percent_agreement"]
    if report.fixed and report.share is None:
        names = [report.fixed.statistic, *(name for name in names if name != report.fixed.statistic)]
    return names


def _around(report: "Report", shown: Sequence[str]) -> str:
    """Name the statistic whose interval is shown."""
    if report.fixed and report.fixed.statistic in shown:
        return report.fixed.statistic
    return "krippendorff_alpha" if "krippendorff_alpha" in shown else shown[0]


def _heading(report: "Report", statistic: str) -> str:
    return f"{COLUMNS[statistic]} (x)" if report.exploratory(statistic) else COLUMNS[statistic]


def _rows(lines: "Sequence[Line]", shown: Sequence[str], around: str, *, segments: bool) -> list[list[str]]:
    """Return the cells of a table; codes that are not in it stand above theirs as headings."""
    rows: list[list[str]] = []
    above: list[str] = []
    width = 0
    for line in lines:
        *parents, name = line.path.split(SEPARATOR) if line.code else ["overall, pooled"]
        for depth, parent in enumerate(parents):
            if above[: depth + 1] != parents[: depth + 1]:
                rows.append(["  " * depth + parent])
        above = [*parents, name]
        rows.append(_cells("  " * len(parents) + name, line, shown, around, segments=segments))
        width = len(rows[-1])
    return [row + [""] * (width - len(row)) for row in rows]


def _cells(name: str, line: "Line", shown: Sequence[str], around: str, *, segments: bool) -> list[str]:
    cells = line.cells
    counted = [str(n) for n in (cells.both, cells.first_only, cells.second_only)] if cells else []
    share = line.positive if segments else line.prevalence
    figures = [_figure(statistic, line.figures[statistic]) for statistic in shown]
    interval = [_interval(line.intervals.get(around))] if line.intervals else []
    return [name, str(line.n), *counted, NO_FIGURE if share is None else f"{share:.1%}", *figures, *interval]


def _print_parts(report: "Report", comparison: "Comparison", shown: Sequence[str], around: str) -> None:
    """Print the overall figure of each document, or source type."""
    two = len(comparison.coders) == 2
    counted = ["both", *(f"{coder} only" for coder in comparison.coders)] if two else []
    segments = report.share is not None
    for per in dict.fromkeys(part.per for part in comparison.parts):
        parts = [part for part in comparison.parts if part.per == per]
        names = [_heading(report, name) for name in shown]
        headings = [f"overall, per {per}", "n", *counted, "positive" if segments else "prevalence", *names]
        rows = [_cells(part.name or "(none)", part.pooled, shown, around, segments=segments) for part in parts]
        width = max(map(len, rows))
        if width > len(headings):
            headings.append(f"95 % of {COLUMNS[around]}")
        say()
        print_right([row + [NO_FIGURE] * (width - len(row)) for row in rows], headings)


def _figure(name: str, figure: "Figure") -> str:
    from tbcp_qual.agreement.ratings import Undefined

    if isinstance(figure, Undefined):
        return NO_FIGURE
    return f"{figure.value:.1%}" if name in PERCENT else f"{figure.value:z.3f}"


def _interval(interval: "Interval | Undefined | None") -> str:
    from tbcp_qual.agreement.bootstrap import Interval

    return f"{interval.low:z.3f} to {interval.high:z.3f}" if isinstance(interval, Interval) else NO_FIGURE


def print_right(rows: Sequence[Sequence[str]], headings: Sequence[str]) -> None:
    """Print columns of figures to the right below their headings; the first column to the left."""
    widths = [max(len(row[i]) for row in (headings, *rows)) for i in range(len(headings))]

    def right(row: Sequence[str]) -> list[str]:
        return [row[0], *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]

    print_table([right(row) for row in rows], right(headings))
