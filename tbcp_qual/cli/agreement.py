"""The commands that compare coders; the full statement of what was compared stands below each table.

`agreement` alone compares the coders of the project; its commands compare whatever a file holds.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from tbcp_qual.cli.running import LazyGroup, Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table, say
from tbcp_qual.coding.codebook import SEPARATOR
from tbcp_qual.errors import UsageError

if TYPE_CHECKING:
    from tbcp_qual.agreement.bootstrap import Interval
    from tbcp_qual.agreement.ratings import Figure, Undefined
    from tbcp_qual.agreement.report import Comparison, Line, Report
    from tbcp_qual.agreement.units import Unit

NO_FIGURE = "–"
COLUMNS = {"percent_agreement": "percent", "cohen_kappa": "kappa", "krippendorff_alpha": "alpha"}

FILES = {
    "data": ("tbcp_qual.cli.agreement_data:data", "The same for a table of anybody's: units × coders."),
    "spans": ("tbcp_qual.cli.agreement_spans:spans", "The same for spans of anybody's, without units."),
}


@click.group(cls=LazyGroup, lazy=FILES, invoke_without_command=True)
@click.option(
    "--unit",
    type=click.Choice(["character", "sentence", "turn"]),
    default="turn",
    show_default=True,
    help="What counts as one unit.",
)
@click.option("--between", metavar="A,B", help="The coders; else all who have marked a document done.")
@click.option("--document", "documents", metavar="NAME", multiple=True, help="Only this document; may be repeated.")
@click.option("--code", "codes", metavar="PATH", multiple=True, help="Only this code; may be repeated.")
@click.option("--branch", is_flag=True, help="Let a code stand for all below it too.")
@click.option("--with-interviewer", "interviewer", is_flag=True, help="Take in what interviewers say.")
@json_option
@options
def agreement(
    session: Session,
    unit: "Unit",
    between: str | None,
    documents: tuple[str, ...],
    codes: tuple[str, ...],
    branch: bool,
    interviewer: bool,
    as_json: bool,
) -> None:
    """Say how far coders agree, per code and overall, in documents they have marked done.

    A coder who has not marked a document done is missing there; one who has, and left a unit bare, did not code it.
    """
    context = click.get_current_context()
    if context.invoked_subcommand:
        if any(context.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in context.params):
            raise UsageError(
                f"Options of `agreement` alone mean nothing to `agreement {context.invoked_subcommand}`.",
                f"Put options behind it: tbcp-qual agreement {context.invoked_subcommand} FILE --json",
            )
        return
    from tbcp_qual.tasks.agreement import agreement as compare_coders

    with session.reading() as (project, viewer):
        report = compare_coders(
            project,
            viewer=viewer,
            coders=between.split(",") if between else None,
            unit=unit,
            documents=documents or None,
            codes=codes or None,
            branch=branch,
            interviewer=interviewer,
        )
    if as_json:
        print_json(_as_json(report))
        return
    tables = [*report.pairs, *([report.together] if report.together else [])]
    for place, comparison in enumerate(tables):
        if place:
            say()
        print_comparison(report, comparison)
    for first, second in report.apart:
        say(f"\n{first} and {second}: no document that both have marked done.")


def print_comparison(report: "Report", comparison: "Comparison") -> None:
    """Print one table, and below it what was compared and how."""
    from tbcp_qual.agreement.ratings import Undefined
    from tbcp_qual.agreement.report import statement, undefined

    two = len(comparison.coders) == 2
    shown = [name for name in COLUMNS if two or name != "cohen_kappa"]
    counted = ["both", *(f"{coder} only" for coder in comparison.coders)] if two else []
    lines = [*comparison.lines, *([comparison.pooled] if comparison.pooled else [])]
    say(" and ".join(comparison.coders) if two else f"All of {', '.join(comparison.coders)}")
    if lines:
        headings = ["code", "n", *counted, "prevalence", *(COLUMNS[name] for name in shown)]
        if not comparison.no_intervals:
            headings.append("95 % of alpha")
        _print_right(_rows(lines, shown), headings)
    else:
        say("None of them coded any unit here.")
    for reason in undefined(lines, shown):
        say(f"{NO_FIGURE} undefined: {reason}")
    without = {
        interval.reason for line in lines if isinstance(interval := line.intervals.get("krippendorff_alpha"), Undefined)
    }
    for reason in sorted(without):
        say(f"{NO_FIGURE} no interval: {reason}")
    for sentence in statement(report, comparison):
        say(sentence)


def _rows(lines: "Sequence[Line]", shown: Sequence[str]) -> list[list[str]]:
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
        cells = line.cells
        counted = [str(n) for n in (cells.both, cells.first_only, cells.second_only)] if cells else []
        prevalence = NO_FIGURE if line.prevalence is None else f"{line.prevalence:.1%}"
        figures = [_figure(name, line.figures[name]) for name in shown]
        around = [_interval(line.intervals["krippendorff_alpha"])] if line.intervals else []
        rows.append(["  " * len(parents) + name, str(line.n), *counted, prevalence, *figures, *around])
        width = len(rows[-1])
    return [row + [""] * (width - len(row)) for row in rows]


def _figure(name: str, figure: "Figure") -> str:
    from tbcp_qual.agreement.ratings import Undefined

    if isinstance(figure, Undefined):
        return NO_FIGURE
    return f"{figure.value:.1%}" if name == "percent_agreement" else f"{figure.value:z.3f}"


def _interval(interval: "Interval | Undefined") -> str:
    from tbcp_qual.agreement.bootstrap import Interval

    return f"{interval.low:z.3f} to {interval.high:z.3f}" if isinstance(interval, Interval) else NO_FIGURE


def _print_right(rows: Sequence[Sequence[str]], headings: Sequence[str]) -> None:
    """Print columns of figures to the right below their headings; the first column to the left."""
    widths = [max(len(row[i]) for row in (headings, *rows)) for i in range(len(headings))]

    def right(row: Sequence[str]) -> list[str]:
        return [row[0], *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]

    print_table([right(row) for row in rows], right(headings))


def _as_json(report: "Report") -> dict[str, Any]:
    return {
        "unit": report.unit,
        "interviewer": report.interviewer,
        "branch": report.branch,
        "codebook": report.codebook,
        "sentence_splitter": report.sentence_splitter,
        "seed": report.seed,
        "resamples": report.resamples,
        "pairs": [_comparison_as_json(comparison) for comparison in report.pairs],
        "together": _comparison_as_json(report.together) if report.together else None,
        "apart": [list(pair) for pair in report.apart],
    }


def _comparison_as_json(comparison: "Comparison") -> dict[str, Any]:
    return {
        "coders": list(comparison.coders),
        "documents": list(comparison.documents),
        "left_out": list(comparison.left_out),
        "compared": comparison.rule,
        "codes": [_line_as_json(line) for line in comparison.lines],
        "overall": _line_as_json(comparison.pooled) if comparison.pooled else None,
        "overall_codes": comparison.pooled_codes,
        "unused_codes": comparison.unused,
        "retired_codes": comparison.retired,
        "no_intervals": comparison.no_intervals,
    }


def _line_as_json(line: "Line") -> dict[str, Any]:
    from dataclasses import asdict

    from tbcp_qual.agreement.ratings import Undefined

    return {
        **({"code": line.code, "path": line.path} if line.code else {}),
        "n": line.n,
        **(asdict(line.cells) if line.cells else {}),
        "prevalence": line.prevalence,
        "statistics": {
            name: {
                **(
                    {"value": None, "undefined": figure.reason, "n": line.n}
                    if isinstance(figure, Undefined)
                    else {"value": figure.value, "undefined": None, "n": figure.n}
                ),
                **_interval_as_json(line.intervals.get(name)),
            }
            for name, figure in line.figures.items()
        },
    }


def _interval_as_json(interval: "Interval | Undefined | None") -> dict[str, Any]:
    from tbcp_qual.agreement.bootstrap import Interval

    if isinstance(interval, Interval):
        return {"ci95": [interval.low, interval.high], "no_interval": None, "unstable": interval.unstable}
    return {"ci95": None, "no_interval": interval.reason if interval else None, "unstable": None}
