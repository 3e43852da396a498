"""The sentences that belong to figures of agreement wherever they are shown."""

from collections.abc import Sequence

from tbcp_qual.agreement.bootstrap import STEADY, Interval
from tbcp_qual.agreement.ratings import Undefined
from tbcp_qual.agreement.statistics import STATISTICS
from tbcp_qual.agreement.tables import Comparison, Line, Report
from tbcp_qual.agreement.units import EXPLAINED


def rule(coders: int, interviewer: bool) -> str:
    """Say which text is compared."""
    if coders == 2:
        marked = "documents both have marked done"
    else:
        marked = "documents at least two have marked done; who has not is missing there, not “uncoded”"
    return f"{marked}; interviewer turns {'taken in' if interviewer else 'left out'}"


def statement(report: Report, comparison: Comparison) -> list[str]:
    """Return the sentences that belong to the figures of a table wherever they are shown."""
    explained = f" ({EXPLAINED[report.unit]})" if report.unit in EXPLAINED else ""
    said = [
        *_fixed_in_words(report),
        f"Unit: {report.unit}{explained}. Coders: {', '.join(comparison.coders)}.",
        f"Compared: {comparison.rule}.",
        f"Documents ({len(comparison.documents)}): {', '.join(comparison.documents)}.",
    ]
    if report.share is not None:
        said.append(
            f"Two segments are the same where they have at least {report.share:.0%} of what they cover together in"
            " common; each is matched once."
        )
    if report.withheld:
        other = "another" if report.fixed else "a"
        said.append(f"In {other} blind round that is not locked, and not compared: {', '.join(report.withheld)}.")
    if comparison.no_case:
        said.append(f"About no case, and left out: {', '.join(comparison.no_case)}.")
    if comparison.left_out:
        said.append(f"Not compared, for only one has marked it done: {', '.join(comparison.left_out)}.")
    each = ", each with all below it" if report.branch else ", each without those below it"
    said.append(
        f"Overall: pooled unit × code decisions over {_codes(comparison.pooled_codes)}{each}."
        f" Left out: {_codes(comparison.unused)} that none of them used here"
        + (f", {_codes(comparison.retired)} retired." if comparison.retired else ".")
    )
    said.append(_columns(report, comparison))
    if comparison.no_intervals:
        said.append(f"No intervals: {comparison.no_intervals}.")
    else:
        drawn = "cases" if report.unit == "case" else "documents"
        lines = [*comparison.lines, *([comparison.pooled] if comparison.pooled else [])]
        around = [interval for line in lines for interval in line.intervals.values()]
        few = any(isinstance(interval, Interval) and interval.unstable for interval in around)
        unstable = f"; below {STEADY} {drawn} they are unstable" if few else ""
        said.append(f"Intervals: 95 %, {report.resamples:,} resamples of the {drawn}, seed {report.seed}{unstable}.")
    said.append(f"Codebook {report.codebook}; sentence splitter {report.sentence_splitter}.")
    return said


def _columns(report: Report, comparison: Comparison) -> str:
    if report.unit == "overlap":
        return (
            "Percent: segments that both drew, by all that were drawn. Positive: how often one drew what the other did."
            " Nothing is taken off for chance."
        )
    return "Prevalence: share of the coders' decisions that were “coded”. Alpha: Krippendorff's, nominal." + (
        " Kappa: Cohen's." if len(comparison.coders) == 2 else " Percent: agreeing pairs, averaged over units."
    )


def _fixed_in_words(report: Report) -> list[str]:
    fixed = report.fixed
    if fixed is None:
        return []
    said = [
        f"Round “{fixed.round}”, as it was locked on {fixed.locked_at[:10]}; later edits do not alter it.",
        f"Fixed when it was opened: {STATISTICS[fixed.statistic].label}, unit {fixed.unit},"
        f" interviewer turns {'taken in' if fixed.interviewer else 'left out'}. All else is exploratory.",
        f"Documents of the round: {fixed.drawn}.",
    ]
    if fixed.codebook_changed:
        said.append("The codebook was changed between opening and locking.")
    if fixed.gone:
        said.append(f"Taken out of the project since, and not compared: {fixed.gone} of its documents.")
    return said


def undefined(lines: Sequence[Line], statistics: Sequence[str]) -> list[str]:
    """Return each reason why a figure of a table is missing, once, with the statistics it holds for."""
    reasons: dict[str, dict[str, None]] = {}
    for line in lines:
        for name in statistics:
            figure = line.figures[name]
            if isinstance(figure, Undefined):
                reasons.setdefault(figure.reason, {})[STATISTICS[name].label] = None
    return [f"{reason} ({', '.join(labels)})" for reason, labels in reasons.items()]


def _codes(count: int) -> str:
    return f"{count} code" if count == 1 else f"{count} codes"
