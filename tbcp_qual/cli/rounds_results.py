"""Commands on what came of rounds: `rounds result` and `rounds compare`."""

from typing import TYPE_CHECKING, Any

import click

from tbcp_qual.cli.agreement_showing import print_right
from tbcp_qual.cli.running import Session, json_option, options
from tbcp_qual.cli.showing import print_json, remark, say

if TYPE_CHECKING:
    from tbcp_qual.tasks.round_results import CodeResult, Result, Results

NO_FIGURE = "–"


@click.command()
@click.argument("name", required=False)
@json_option
@options
def result(session: Session, name: str | None, as_json: bool) -> int:
    """Say code by code whether each trainee reached the threshold, or how far a coder agreed with themselves.

    It is computed from what was locked. Exit code 1 where a code of a training round is not passed yet.
    """
    from tbcp_qual.tasks.round_results import round_results

    with session.reading() as (project, viewer):
        found = round_results(project, name, viewer=viewer)
    return _print(found, as_json)


@click.command()
@click.argument("first")
@click.argument("second")
@click.option("--of", "who", metavar="CODER", help="Who coded in both; else whoever asks.")
@json_option
@options
def compare(session: Session, first: str, second: str, who: str | None, as_json: bool) -> int:
    """Compare what one coder coded in the rounds FIRST and SECOND, over the documents of both.

    The coder is the one of --coder, or of --of where another asks.
    """
    from tbcp_qual.tasks.round_results import compare_rounds

    with session.reading() as (project, viewer):
        found = compare_rounds(project, first, second, coder=who or session.coder_name(), viewer=viewer)
    return _print(found, as_json)


def _print(found: "Results", as_json: bool) -> int:
    unfinished = found.threshold is not None and not all(result.passed for result in found.results)
    if as_json:
        print_json(_as_json(found))
        return 1 if unfinished else 0
    from tbcp_qual.agreement.statistics import STATISTICS
    from tbcp_qual.agreement.wording import statement

    label = STATISTICS[found.statistic].label
    for place, result in enumerate(found.results):
        if place:
            say()
        say(f"{result.title}: {label}, by {found.unit}")
        lines = [*result.codes, *([result.pooled] if result.pooled else [])]
        if lines:
            headings = ["code", "n", "prevalence", "figure"]
            print_right([_row(line, found.threshold) for line in lines], [*headings, *_more(found)])
        else:
            say("None of them coded any unit here.")
        for reason in dict.fromkeys(line.undefined for line in lines if line.undefined):
            say(f"{NO_FIGURE} undefined: {reason}")
        (pair,) = result.report.pairs
        for warning in pair.warnings:
            say(f"Mind: {warning.message}")
        for sentence in statement(result.report, pair):
            say(sentence)
        _say_passed(result, found)
    for left in found.left_out:
        remark(f"Not compared: {left}.")
    return 1 if unfinished else 0


def _more(found: "Results") -> list[str]:
    return [] if found.threshold is None else [f"at least {found.threshold:g}"]


def _row(line: "CodeResult", threshold: float | None) -> list[str]:
    prevalence = NO_FIGURE if line.prevalence is None else f"{line.prevalence:.1%}"
    figure = NO_FIGURE if line.value is None else f"{line.value:z.3f}"
    row = [line.path or "overall, pooled", str(line.n), prevalence, figure]
    if threshold is None:
        return row
    if not line.path:
        return [*row, ""]
    return [*row, {True: "passed", False: "not yet", None: "no figure"}[line.passed]]


def _say_passed(result: "Result", found: "Results") -> None:
    if found.threshold is None:
        return
    passed = sum(code.passed is True for code in result.codes)
    say(f"Passed: {passed} of {len(result.codes)} codes.")


def _as_json(found: "Results") -> dict[str, Any]:
    return {
        "statistic": found.statistic,
        "unit": found.unit,
        "threshold": found.threshold,
        "left_out": list(found.left_out),
        "results": [
            {
                "title": result.title,
                "coders": list(result.report.pairs[0].coders),
                "documents": list(result.report.pairs[0].documents),
                "passed": result.passed if found.threshold is not None else None,
                "codes": [_line_as_json(line) for line in result.codes],
                "overall": _line_as_json(result.pooled) if result.pooled else None,
            }
            for result in found.results
        ],
    }


def _line_as_json(line: "CodeResult") -> dict[str, Any]:
    return {
        **({"path": line.path} if line.path else {}),
        "n": line.n,
        "prevalence": line.prevalence,
        "value": line.value,
        "undefined": line.undefined,
        **({"passed": line.passed} if line.path else {}),
    }
