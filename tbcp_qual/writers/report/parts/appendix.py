"""The appendix on agreement: all that a reader needs to judge the figures of a round, and to compute them again."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from tbcp_qual.agreement.bootstrap import Interval
from tbcp_qual.agreement.ratings import Coefficient
from tbcp_qual.agreement.report import Comparison, Line, Report, statement, undefined
from tbcp_qual.agreement.statistics import STATISTICS
from tbcp_qual.coding.reconciliation import Account
from tbcp_qual.coding.records import Outcome, Round
from tbcp_qual.writers.report.blocks import (
    NOTHING,
    Block,
    Cell,
    Figure,
    ForestLine,
    Heading,
    Part,
    Table,
    cells,
    fact,
    plain_table,
    say,
)
from tbcp_qual.writers.report.material import days
from tbcp_qual.writers.word.wording import counted, listed

OF_TWO = ("percent_agreement", "cohen_kappa", "gwet_ac1", "krippendorff_alpha")
OF_MORE = ("percent_agreement", "fleiss_kappa", "gwet_ac1", "krippendorff_alpha")
PERCENT = ("percent_agreement", "holsti")
OUTCOMES: Mapping[Outcome, str] = {
    "coders": "One coder’s codings stand, or those of some",
    "all": "What all coded stands",
    "neither": "Nothing stands",
    "own": "Decided anew: other words, or another code",
    "deferred": "Put off",
    "referred": "A third person is asked",
}
LINES_OF_A_FIGURE = 44
"""Of a forest plot; of more there are several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the appendix tells of."""

    round: Round
    report: Report
    account: Account | None
    """What became of the codings; None where nothing can be reconciled."""
    codebook: tuple[tuple[str, str], ...]
    """What became of codes since the lock: path, and what."""
    review: tuple[str, ...]
    """What the differences say of the codebook, a sentence each."""
    who: Mapping[str, str]
    """Names of coders by id."""
    unsaid: Collection[str]
    """Names of documents that the readers must not learn: sentences that hold one are left out."""
    units: str
    """Name of the sheet or file of units; empty where there is none."""
    software: str
    only_a_new_round: str


def appendix(told: Told) -> tuple[Part, ...]:
    """Return the parts: how it was done, the figures, the differences, and how to compute it again."""
    comparisons = [*told.report.pairs, *([told.report.together] if told.report.together else [])]
    figures = [block for comparison in comparisons for block in _figures(told, comparison)]
    plots = [plot for comparison in comparisons for plot in forest(told.report, comparison)]
    return (
        Part(key="exposure", blocks=tuple(_exposure(told))),
        Part(key="figures", blocks=(Heading(1, "How far the coders agreed"), *figures), landscape=True),
        Part(key="plots", blocks=(Heading(1, "Forest plots"), *plots) if plots else ()),
        Part(key="differences", blocks=tuple(_differences(told))),
        Part(key="again", blocks=tuple(_again(told))),
    )


def _exposure(told: Told) -> Iterator[Block]:
    made, report = told.round, told.report
    blind = (
        "blind: from the opening of the round nobody saw others’ codings until all had marked the documents done and it "
        "was locked; in a shared file the program hides them, a pack does not hold them"
    )
    yield Heading(1, "What was compared, and under which rule")
    yield fact("Round", f"{made.name}, locked {days(made.locked_at)}")
    yield fact("Coders", listed([told.who.get(coder, coder) for coder in made.coders]))
    yield fact("Documents", made.drawn or counted(len(made.documents), "document"))
    yield fact("Exposure", blind if made.blind else "open: coders could see one another’s codings while they coded")
    yield fact("Text", f"interviewer turns {'taken in' if report.interviewer else 'left out'}")
    yield fact("Unit", report.unit)
    if made.statistic:
        yield fact("Fixed before", f"{STATISTICS[made.statistic].label}, by {made.unit}; all else is exploratory")
    yield say(
        "normal",
        "A coder who has not marked a document done is missing there; one who has, and left a unit bare, did not code "
        "it. The figures are computed from what was locked: no later edit, and no reconciliation, changes them.",
    )


# -- figures


def _figures(told: Told, comparison: Comparison) -> Iterator[Block]:
    report = told.report
    names = shown_statistics(report, comparison)
    who = listed(list(comparison.coders))
    yield Heading(2, who)
    lines = [*comparison.lines, *([comparison.pooled] if comparison.pooled else [])]
    if not lines:
        yield say("normal", "None of these coders used a code.")
        return
    two = len(comparison.coders) == 2
    counts = ("Both", *(f"{coder} only" for coder in comparison.coders)) if two else ()
    headings = ("Code", "Units", *counts, "Prevalence", "Positive", *(_heading(report, name) for name in names))
    code = 0.22 if two else 0.37
    narrow = [0.056, *(0.048 for _ in counts), 0.078, 0.064]
    each = (1.0 - code - sum(narrow)) / len(names)
    yield Table(
        title=f"Agreement per code, {who}",
        description="A row is a code, the last is all codes pooled; under a figure stands its 95 % interval.",
        headings=headings,
        rows=tuple(_row(line, names, two=two) for line in lines),
        widths=(code, *narrow, *(each for _ in names)),
    )
    for sentence in statement(report, comparison):
        if not any(name in sentence for name in told.unsaid):
            yield say("note", sentence)
    if any(report.exploratory(name) for name in names):
        yield say("note", "(x): exploratory, not what the round fixed before anybody coded.")
    for reason in undefined(lines, names):
        yield say("note", f"{NOTHING} {reason}")
    for warned in comparison.warnings:
        yield say("note", warned.message)


def shown_statistics(report: Report, comparison: Comparison) -> list[str]:
    """Return the names of the statistics to show: the one that was fixed first."""
    if report.share is not None:
        return ["percent_agreement"]
    usual = OF_TWO if len(comparison.coders) == 2 else OF_MORE
    fixed = [report.fixed.statistic] if report.fixed else []
    return list(dict.fromkeys([*fixed, *usual]))


def _heading(report: Report, name: str) -> str:
    label = STATISTICS[name].label
    return f"{label[:1].upper()}{label[1:]}{' (x)' if report.exploratory(name) else ''}"


def _row(line: Line, names: Sequence[str], *, two: bool) -> tuple[Cell, ...]:
    counts = line.cells
    counted_out = [counts.both, counts.first_only, counts.second_only] if counts is not None and two else []
    plain = cells(
        line.path or "All codes, pooled",
        f"{line.n:,}",
        *(f"{n:,}" for n in counted_out),
        NOTHING if line.prevalence is None else f"{line.prevalence:.1%}",
        NOTHING if line.positive is None else f"{line.positive:.2f}",
    )
    return (*plain, *(_statistic(line, name) for name in names))


def _statistic(line: Line, name: str) -> Cell:
    figure, interval = line.figures[name], line.intervals.get(name)
    if not isinstance(figure, Coefficient):
        return (say("cell", NOTHING),)
    value = say("cell", _said(name, figure.value))
    if not isinstance(interval, Interval):
        return (value,)
    return value, say("cell detail", f"{_said(name, interval.low)} to {_said(name, interval.high)}")


def _said(name: str, value: float) -> str:
    """Round for showing; nothing is below zero by rounding alone."""
    if name in PERCENT:
        return f"{value:.1%}"
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def forest(report: Report, comparison: Comparison) -> Iterator[Figure]:
    """Give a forest plot of the statistic that was fixed, in as many pieces as pages need; none where nobody coded."""
    name = "krippendorff_alpha" if report.share is None else "percent_agreement"
    name = report.fixed.statistic if report.fixed and report.share is None else name
    label = STATISTICS[name].label
    lines = [_forest_line(line, name) for line in comparison.lines]
    pooled = [_forest_line(comparison.pooled, name)] if comparison.pooled else []
    if not lines:
        return
    each = ceil(len(lines) / ceil(len(lines) / LINES_OF_A_FIGURE))
    pieces = [lines[at : at + each] for at in range(0, len(lines), each)]
    around = " with 95 % intervals" if any(line.ends for line in (*lines, *pooled)) else ""
    for number, piece in enumerate(pieces, start=1):
        shown = [*piece, *pooled] if number == len(pieces) else piece
        part = f", part {number} of {len(pieces)}" if len(pieces) > 1 else ""
        yield Figure(
            title=f"{label} per code{around}, {listed(list(comparison.coders))}{part}",
            description=_described(label, shown),
            axis=label,
            lines=tuple(shown),
        )


def _forest_line(line: Line, name: str) -> ForestLine:
    figure, interval = line.figures[name], line.intervals.get(name)
    value = figure.value if isinstance(figure, Coefficient) else None
    ends = (interval.low, interval.high) if isinstance(interval, Interval) and value is not None else None
    said = NOTHING if value is None else _said(name, value)
    if ends is not None:
        said += f" ({_said(name, ends[0])} to {_said(name, ends[1])})"
    above, _, code = line.path.rpartition(" > ")
    parent = above.rpartition(" > ")[2]
    label = f"{code} ({parent})" if parent else code
    return ForestLine(label=label or "All codes, pooled", value=value, ends=ends, said=said, pooled=not line.path)


def _described(label: str, lines: Sequence[ForestLine]) -> str:
    drawn = sorted((line for line in lines if line.value is not None and not line.pooled), key=lambda x: x.value or 0.0)
    around = " and a line for its 95 % interval" if any(line.ends for line in lines) else ""
    said = f"Forest plot of {label}: a row is a code, with a dot for the figure{around}."
    if drawn:
        said += f" Lowest: {drawn[0].label}, {drawn[0].said}. Highest: {drawn[-1].label}, {drawn[-1].said}."
    said += "".join(f" {line.label}: {line.said}." for line in lines if line.pooled)
    return f"{said} All figures stand in the tables before."


# -- differences and decisions


def _differences(told: Told) -> Iterator[Block]:
    account = told.account
    yield Heading(1, "Differences and decisions")
    if account is None:
        yield say("normal", "No document of the round was coded by two people: there is nothing to reconcile.")
        return
    left = account.passages - account.settled
    yield say(
        "normal",
        f"{counted(account.agreed, 'coding')} that all coders share were taken without a decision. "
        f"{counted(account.passages, 'passage')} differed: {account.settled:,} settled, {left:,} not. "
        "No coefficient is computed after reconciliation: its coders have talked.",
    )
    yield from account_tables(account, told.who)
    if told.codebook:
        yield plain_table(
            "The codebook since the round was locked",
            "A row is a code that was changed.",
            ("Code", "What became of it"),
            told.codebook,
            (0.5, 0.5),
        )
    elif account.settled:
        yield say("normal", "The codebook has not been changed since the round was locked.")
    if told.review:
        yield Heading(2, "What the differences say of the codebook")
        for sentence in told.review:
            yield say("normal", sentence)
    yield say("normal", told.only_a_new_round)


def account_tables(account: Account, who: Mapping[str, str], of: str = "") -> Iterator[Table]:
    """Give the kinds of difference, the decisions with their reasons, and what became of each coder's codings.

    Args:
        account: how far the reconciliation is.
        who: names of coders by id.
        of: stands before each title.
    """
    if account.kinds:
        yield plain_table(
            f"{of}Kinds of difference",
            "A row is a kind; each passage is called after the gravest it has.",
            ("Kind", "Passages", "Settled"),
            ((kind[:1].upper() + kind[1:], f"{n:,}", f"{done:,}") for kind, (n, done) in account.kinds.items()),
            (0.5, 0.25, 0.25),
        )
    if account.outcomes:
        ordered = sorted(account.outcomes.items(), key=lambda pair: -pair[1])
        yield plain_table(
            f"{of}Decisions",
            "A row is a kind of decision.",
            ("Decision", "Passages"),
            ((OUTCOMES[outcome], f"{n:,}") for outcome, n in ordered),
            (0.75, 0.25),
        )
    if account.reasons:
        reasons = sorted(account.reasons.items(), key=lambda pair: -pair[1])
        yield plain_table(
            f"{of}Why the coders differed, as they settled it",
            "A row is a reason.",
            ("Reason", "Passages"),
            (((reason or "none given").capitalize(), f"{n:,}") for reason, n in reasons),
            (0.75, 0.25),
        )
    if any(shares.codings for shares in account.coders):
        yield plain_table(
            f"{of}What became of each coder’s codings",
            "A row is a coder.",
            ("Coder", "Codings", "Agreed from the start", "Kept", "Changed", "Not settled"),
            (
                (
                    who.get(shares.coder, shares.coder),
                    f"{shares.codings:,}",
                    *(
                        f"{n:,} ({n / shares.codings:.0%})" if shares.codings else NOTHING
                        for n in (shares.agreed, shares.kept, shares.changed, shares.unresolved)
                    ),
                )
                for shares in account.coders
            ),
            (0.22, 0.13, 0.2, 0.15, 0.15, 0.15),
        )


# -- again


def _again(told: Told) -> Iterator[Block]:
    report = told.report
    yield Heading(1, "To compute it again")
    yield fact("Software", told.software)
    yield fact("Codebook", f"fingerprint {report.codebook}")
    yield fact("Sentences", f"splitter version {report.sentence_splitter}")
    yield fact("Intervals", f"{report.resamples:,} resamples of whole documents with replacement, seed {report.seed}")
    if told.units:
        yield fact("Units", told.units)
        yield say(
            "normal",
            "A row of the sheet of units is one unit and one code. Under each coder 1 means coded, 0 not coded, and "
            "nothing that the coder was missing there. The column size says how many units a row stands for; it is 1 "
            "unless the unit is a character or a word. Documents go by numbers made for this sheet.",
        )
        yield say(
            "normal",
            "For one code, keep its rows, each as often as its size says: percent agreement of two coders is the share "
            "of rows that are alike, and every coefficient of the tables follows from the same rows. With the columns "
            "unit and coders alone the command `tbcp-qual agreement data` computes them again; the figures over all "
            "codes are those of all rows.",
        )
    else:
        yield say("normal", "No sheet of units was written.")
