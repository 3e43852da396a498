"""A report of agreement as values for JSON, with nothing rounded."""

from dataclasses import asdict
from typing import Any

from tbcp_qual.agreement.bootstrap import Interval
from tbcp_qual.agreement.ratings import Undefined
from tbcp_qual.agreement.tables import Comparison, Line, Report


def report_as_json(report: Report) -> dict[str, Any]:
    """Return a report with nothing rounded."""
    return {
        "unit": report.unit,
        "share": report.share,
        "interviewer": report.interviewer,
        "branch": report.branch,
        "round": asdict(report.fixed) if report.fixed else None,
        "codebook": report.codebook,
        "sentence_splitter": report.sentence_splitter,
        "seed": report.seed,
        "resamples": report.resamples,
        "pairs": [_comparison_as_json(report, comparison) for comparison in report.pairs],
        "together": _comparison_as_json(report, report.together) if report.together else None,
        "apart": [list(pair) for pair in report.apart],
        "blind": list(report.withheld),
    }


def _comparison_as_json(report: Report, comparison: Comparison) -> dict[str, Any]:
    return {
        "coders": list(comparison.coders),
        "documents": list(comparison.documents),
        "left_out": list(comparison.left_out),
        "about_no_case": list(comparison.no_case),
        "compared": comparison.rule,
        "codes": [_line_as_json(report, line) for line in comparison.lines],
        "overall": _line_as_json(report, comparison.pooled) if comparison.pooled else None,
        "overall_codes": comparison.pooled_codes,
        "per": [
            {"per": part.per, "name": part.name, "documents": part.documents, **_line_as_json(report, part.pooled)}
            for part in comparison.parts
        ],
        "unused_codes": comparison.unused,
        "retired_codes": comparison.retired,
        "no_intervals": comparison.no_intervals,
        "warnings": [
            {"kind": warned.kind, "codes": list(warned.codes), "message": warned.message}
            for warned in comparison.warnings
        ],
    }


def _line_as_json(report: Report, line: Line) -> dict[str, Any]:
    return {
        **({"code": line.code, "path": line.path} if line.code else {}),
        "n": line.n,
        **(asdict(line.cells) if line.cells else {}),
        "prevalence": line.prevalence,
        "positive_agreement": line.positive,
        "negative_agreement": line.negative,
        "never_used_by": list(line.never),
        "statistics": {
            name: {
                **(
                    {"value": None, "undefined": figure.reason, "n": line.n}
                    if isinstance(figure, Undefined)
                    else {"value": figure.value, "undefined": None, "n": figure.n}
                ),
                **_interval_as_json(line.intervals.get(name)),
                "exploratory": report.exploratory(name) if report.fixed else None,
            }
            for name, figure in line.figures.items()
        },
    }


def _interval_as_json(interval: Interval | Undefined | None) -> dict[str, Any]:
    if isinstance(interval, Interval):
        return {"ci95": [interval.low, interval.high], "no_interval": None, "unstable": interval.unstable}
    return {"ci95": None, "no_interval": interval.reason if interval else None, "unstable": None}
