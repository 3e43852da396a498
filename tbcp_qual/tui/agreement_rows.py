"""What the agreement screen shows, drawn from values: the table of codes with its bars, and what is said beside it."""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from tbcp_qual.agreement.bootstrap import STEADY, Interval
from tbcp_qual.agreement.plainly import explained, figure_text, plural, share
from tbcp_qual.agreement.ratings import Undefined
from tbcp_qual.agreement.statistics import STATISTICS
from tbcp_qual.agreement.tables import Comparison, Line, Report
from tbcp_qual.agreement.wording import statement
from tbcp_qual.coding.codebook import SEPARATOR
from tbcp_qual.coding.counting import some
from tbcp_qual.tui.widgets.passages import Passage
from tbcp_qual.tui.widgets.table_parts import GAP, Column, Row, wanted_widths
from tbcp_qual.writers.tables import Table as Written

NO_FIGURE = "–"
OVERALL = "overall"
"""Key of the row of all codes pooled."""

ABOVE = "above:"
"""Begins the key of a row for a code that is not in the table, and stands above some that are."""

FIXED = "◆"
"""Marks the statistic that was fixed before anybody coded."""

SHORT = {
    "percent_agreement": "agree",
    "holsti": "Holsti",
    "cohen_kappa": "kappa",
    "cohen_kappa_max": "max k.",
    "weighted_kappa": "weighted",
    "scott_pi": "pi",
    "fleiss_kappa": "Fleiss",
    "conger_kappa": "Conger",
    "brennan_prediger": "B-P",
    "gwet_ac1": "AC1",
    "gwet_ac2": "AC2",
    "krippendorff_alpha": "alpha",
}
"""What statistics are called over their columns."""

SHARES = ("percent_agreement", "holsti")
"""Statistics that are shares, printed as percentages."""

LONGEST_BAR = 16
SHORTEST_BAR = 7

FIGURES = len(" -.50 – 1.00")
"""Cells of the ends of an interval, behind its bar."""


def usual(two: bool) -> tuple[str, ...]:
    """Return the statistics that are shown where nobody chose others."""
    return "percent_agreement", "cohen_kappa" if two else "conger_kappa", "gwet_ac1", "krippendorff_alpha"


def main_statistic(report: Report, chosen: str = "") -> str:
    """Return the statistic that is spoken of first: the one chosen, else the one fixed, else alpha."""
    if report.share is not None:
        return "percent_agreement"
    return chosen or (report.fixed.statistic if report.fixed else "krippendorff_alpha")


def shown_statistics(report: Report, comparison: Comparison, main: str) -> list[str]:
    """Return the statistics that have a column, in the order of the sketch."""
    if report.share is not None:
        return ["percent_agreement"]
    names = [*usual(len(comparison.coders) == 2)]
    return names if main in names else [*names[:-1], main, names[-1]]


def code_table(
    report: Report, comparison: Comparison, *, main: str, threshold: float | None, room: int
) -> tuple[list[Column], list[Row]]:
    """Return the codes as a tree with their figures.

    Args:
        report: what the table is part of.
        comparison: the table.
        main: the statistic whose interval is drawn.
        threshold: what each code has to reach in training; None where there is none.
        room: cells there are.
    """
    lines = [*comparison.lines, *([comparison.pooled] if comparison.pooled else [])]
    low, high = _axis(lines, main)
    axis = f"{figure_text(low)} … 95 % … {figure_text(high)}"
    if comparison.no_intervals:
        axis = f"no interval: {some(len(comparison.documents), 'document')}"
    columns = _columns(report, comparison, main, threshold, axis)
    rows = list(_rows(comparison, lines, columns, main, threshold, low=low, high=high))
    columns, bar = _fitted(columns, rows, comparison, main, room)
    return columns, list(_rows(comparison, lines, columns, main, threshold, low=low, high=high, bar=bar))


def _fitted(
    columns: list[Column], rows: Sequence[Row], comparison: Comparison, main: str, room: int
) -> tuple[list[Column], int]:
    """Return the columns there is room for, and how long the bars may be; what is left out is said beside."""
    widths = dict(zip((column.key for column in columns), wanted_widths(columns, rows), strict=True))
    least = ["code", *(("both", "first", "second") if _two(comparison) else ()), main, "passed", "interval"]
    for wanted in (columns, [c for c in columns if c.key != "prevalence"], [c for c in columns if c.key in least]):
        taken = sum(widths[column.key] + GAP for column in wanted[:-1])
        bar = min(room - taken - FIGURES, LONGEST_BAR)
        if bar >= SHORTEST_BAR:
            break
    return list(wanted), max(bar, SHORTEST_BAR)


def _rows(
    comparison: Comparison,
    lines: Sequence[Line],
    columns: Sequence[Column],
    main: str,
    threshold: float | None,
    *,
    low: float,
    high: float,
    bar: int = SHORTEST_BAR,
) -> Iterator[Row]:
    """Give the rows; codes that are not in the table stand above theirs."""
    above: list[str] = []
    for line in lines:
        *parents, name = line.path.split(SEPARATOR) if line.code else ["all codes, pooled"]
        for depth, parent in enumerate(parents):
            if above[: depth + 1] != parents[: depth + 1]:
                path = SEPARATOR.join(parents[: depth + 1])
                empty = ("",) * (len(columns) - 1)
                yield Row(key=f"{ABOVE}{path}", cells=("  " * depth + parent, *empty), quiet=True)
        above = [*parents, name]
        cells = dict(_cells(comparison, line, main, threshold, low=low, high=high, bar=bar))
        cells["code"] = "  " * len(parents) + name
        yield Row(key=line.code or OVERALL, cells=tuple(cells.get(column.key, "") for column in columns))


def _two(comparison: Comparison) -> bool:
    return len(comparison.coders) == 2


def _columns(report: Report, comparison: Comparison, main: str, threshold: float | None, axis: str) -> list[Column]:
    numeric = partial(Column, right=True, tight=True, order=_number)
    counted = [("both", "both"), ("first", "1 only"), ("second", "2 only")] if _two(comparison) else []
    figures = []
    for name in shown_statistics(report, comparison, main):
        fixed = report.fixed is not None and not report.exploratory(name)
        figures.append(numeric(key=name, title=f"{FIXED}{SHORT[name]}" if fixed else SHORT[name]))
        if name == "percent_agreement":
            figures.append(numeric(key="positive", title="pos."))
    passed = [Column(key="passed", title=f"≥ {figure_text(threshold)}")] if threshold is not None else []
    return [
        Column(key="code", title="code"),
        *([numeric(key="coded", title="n")] if counted else []),
        *(numeric(key=key, title=title) for key, title in counted),
        *figures,
        *passed,
        *([] if report.share is not None else [numeric(key="prevalence", title="prev.")]),
        Column(key="interval", title=axis, tight=True, order=_number),
    ]


def _cells(
    comparison: Comparison,
    line: Line,
    main: str,
    threshold: float | None,
    *,
    low: float,
    high: float,
    bar: int,
) -> Iterator[tuple[str, str]]:
    cells = line.cells
    if cells is not None:
        yield from (
            ("both", f"{cells.both:,}"),
            ("first", f"{cells.first_only:,}"),
            ("second", f"{cells.second_only:,}"),
        )
        yield "coded", f"{cells.both + cells.first_only + cells.second_only:,}"
    yield "prevalence", NO_FIGURE if line.prevalence is None else f"{line.prevalence:.1%}"
    yield "positive", NO_FIGURE if line.positive is None else figure_text(line.positive)
    for name, figure in line.figures.items():
        if isinstance(figure, Undefined):
            yield name, NO_FIGURE
        else:
            digits = 3 if threshold is not None and name == main else 2
            drawn = f"{figure.value:.1%}".replace("100.0", "100")
            yield name, drawn if name in SHARES else figure_text(figure.value, digits)
    figure, interval = line.figures[main], line.intervals.get(main)
    if threshold is not None and line.code:
        reached = not isinstance(figure, Undefined) and figure.value >= threshold
        yield "passed", "no figure" if isinstance(figure, Undefined) else "passed" if reached else "not yet"
    if isinstance(figure, Undefined):
        yield "interval", figure.reason
    elif line.never and cells is not None:
        used = [coder for coder in comparison.coders if coder not in line.never]
        yield "interval", f"only {' and '.join(used)} used it"
    elif isinstance(interval, Interval):
        drawn = bar_of(interval.low, figure.value, interval.high, low=low, high=high, cells=bar)
        yield "interval", f"{drawn} {figure_text(interval.low)} – {figure_text(interval.high)}"
    else:
        yield "interval", "no interval" if interval is not None else ""


def bar_of(left: float, point: float, right: float, *, low: float, high: float, cells: int) -> str:
    """Draw an interval with its figure on an axis from `low` to `high`.

    >>> bar_of(0.5, 0.75, 1, low=0, high=1, cells=9)
    '    ├─●─┤'
    >>> bar_of(0, 0, 0.5, low=0, high=1, cells=9)
    '●───┤    '
    """

    def at(value: float) -> int:
        return round((min(max(value, low), high) - low) / (high - low) * (cells - 1))

    first, last = at(left), at(right)
    drawn = [" "] * cells
    drawn[first : last + 1] = "─" * (last - first + 1)
    drawn[first], drawn[last] = "├", "┤"
    drawn[at(point)] = "●"
    return "".join(drawn)


def _axis(lines: Sequence[Line], main: str) -> tuple[float, float]:
    """Return the ends of the axis of the bars: from none, or from the lowest interval where that is below, to all."""
    lows = [one.low for line in lines if isinstance(one := line.intervals.get(main), Interval)]
    return (-1.0 if min(lows, default=0.0) < -0.5 else -0.5 if min(lows, default=0.0) < -0.1 else 0.0), 1.0


def _number(cell: str) -> float:
    found = re.findall(r"-?\d*\.?\d+", cell.replace(",", ""))
    return float(found[0]) if found else 2.0


def all_figures(line: Line) -> str:
    """Return all figures of a line in words, those that are undefined left out."""
    said = []
    if line.cells is not None:
        cells = line.cells
        said.append(f"both {cells.both:,}, 1 only {cells.first_only:,}, 2 only {cells.second_only:,}")
    for name, figure in line.figures.items():
        if not isinstance(figure, Undefined):
            said.append(
                f"{STATISTICS[name].label} {share(figure.value) if name in SHARES else figure_text(figure.value)}"
            )
    for label, value in (("positive agreement", line.positive), ("negative agreement", line.negative)):
        if value is not None:
            said.append(f"{label} {figure_text(value)}")
    if line.prevalence is not None:
        said.append(f"prevalence {share(line.prevalence)}")
    return " · ".join([*said, f"n {line.n:,}"])


def before_coding(report: Report, comparison: Comparison) -> tuple[str, str]:
    """Return what was fixed before anybody coded, and what of it was changed on screen; shortest words that say it."""
    n = max((line.n for line in comparison.lines), default=0)
    compared = f"{n:,} {plural(report.unit)} in {some(len(comparison.documents), 'document')}" if n else ""
    if report.withheld:
        compared = f"{compared} · {len(report.withheld)} blind for you left out".removeprefix(" · ")
    fixed = report.fixed
    if fixed is None:
        return "nothing was fixed before coding: all of it is exploratory", compared
    turns = "all turns" if fixed.interviewer else "participants’ turns"
    said = f"fixed before coding: {fixed.unit} · {SHORT[fixed.statistic]} · {turns}"
    mended = " · codebook changed since it was opened" if fixed.codebook_changed else ""
    return f"{said} · codebook {report.codebook[:4]}{mended}", compared


def as_table(comparison: Comparison, title: str) -> Written:
    """Return a table of figures to be written: nothing rounded, ends of intervals in columns of their own."""
    first, second = ("only " + coder for coder in comparison.coders[:2])
    counted = ("both", first, second) if _two(comparison) else ()
    names = list(STATISTICS)
    ends = [end for name in names for end in (f"{name} low", f"{name} high")]
    rows = []
    for line in (*comparison.lines, *([comparison.pooled] if comparison.pooled else [])):
        cells = line.cells
        numbers: list[float | None] = [line.prevalence, line.positive, line.negative]
        for name in names:
            figure = line.figures[name]
            numbers.append(None if isinstance(figure, Undefined) else figure.value)
        for name in names:
            interval = line.intervals.get(name)
            numbers += [interval.low, interval.high] if isinstance(interval, Interval) else [None, None]
        counts = (cells.both, cells.first_only, cells.second_only) if cells is not None and counted else ()
        rows.append(
            (
                line.path or "all codes, pooled",
                str(line.n),
                *map(str, counts),
                *("" if number is None else repr(number) for number in numbers),
            )
        )
    headings = ("code", "n", *counted, "prevalence", "positive agreement", "negative agreement", *names, *ends)
    return Written(title=title, headings=headings, rows=rows)


def exploring(report: Report, main: str) -> str:
    """Say what is looked at instead of what was fixed; empty where it is as fixed."""
    fixed = report.fixed
    if fixed is None:
        return ""
    other = [
        STATISTICS[main].label if main != fixed.statistic and report.share is None else "",
        f"unit {report.unit}" if report.unit != fixed.unit else "",
        "interviewers taken in" if report.interviewer and not fixed.interviewer else "",
        "interviewers left out" if fixed.interviewer and not report.interviewer else "",
        "each code with all below it" if report.branch else "",
    ]
    said = ", ".join(filter(None, other))
    return f"exploratory: {said}" if said else ""


def beside(report: Report, comparison: Comparison, line: Line | None, main: str) -> list[Passage]:
    """Return what is said of the code that is lit, and below it of the whole table."""
    items = []
    if line is not None:
        name = line.path or "all codes, pooled"
        items.append(Passage(key="code", label=name, body="\n".join(explained(report, comparison, line, main))))
        items.append(Passage(key="figures", label="all figures", body=all_figures(line)))
    if report.withheld:
        body = f"{', '.join(report.withheld)}: blind for you in another round, until that is locked."
        items.append(Passage(key="withheld", label="left out", body=body))
    few = [f"{comparison.no_intervals}"] if comparison.no_intervals else []
    drawn = len(comparison.documents)
    unstable = [f"{drawn} documents: below {STEADY} intervals are unstable"] if not few and drawn < STEADY else []
    if few or unstable:
        label = "no intervals" if few else "intervals"
        items.append(Passage(key="intervals", label=label, body=f"{(few or unstable)[0]}."))
    items += [
        Passage(key=f"warning:{n}", label="mind", body=warned.message) for n, warned in enumerate(comparison.warnings)
    ]
    items.append(Passage(key="statement", label="what was compared", body=" ".join(statement(report, comparison))))
    return items
