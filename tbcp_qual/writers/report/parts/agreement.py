"""How far coders agreed before they talked, and what became of their differences; reflexive work has no such figures."""

from collections.abc import Iterator
from dataclasses import replace

from tbcp_qual.agreement.bootstrap import Interval
from tbcp_qual.agreement.ratings import Coefficient
from tbcp_qual.agreement.report import Comparison, Line, Report, statement
from tbcp_qual.agreement.statistics import STATISTICS
from tbcp_qual.writers.report.blocks import NOTHING, Block, Heading, Part, Table, cells, fact, say
from tbcp_qual.writers.report.material import Material, RoundTold, days
from tbcp_qual.writers.report.parts.appendix import account_tables, forest
from tbcp_qual.writers.word.wording import counted

STATISTIC = "krippendorff_alpha"
"""Shown where no round fixed another."""
FEWEST = 3
"""Units that somebody coded, below which a code has no line of its own."""


def part(material: Material) -> Part:
    """Return figures per code with their intervals, and the account of the reconciliation."""
    if material.reflexive:
        return Part(key="agreement", blocks=())
    blocks: list[Block] = [Heading(1, "Agreement between coders")]
    if material.no_agreement:
        blocks.append(say("normal", f"There are no figures: {material.no_agreement}"))
    for report in material.agreement:
        blocks += _report(material, report)
    told = [made for made in material.rounds if made.account is not None]
    if told:
        blocks.append(Heading(2, "Reconciliation"))
        blocks.append(
            say(
                "normal",
                "Agreement is what independent coding gave. No coefficient is computed after reconciliation: its "
                "coders have talked.",
            )
        )
        for made in told:
            blocks += _reconciled(material, made)
    return Part(key="agreement", blocks=tuple(blocks))


def _report(material: Material, report: Report) -> Iterator[Block]:
    fixed = report.fixed
    name = fixed.statistic if fixed else STATISTIC
    for comparison in report.pairs:
        yield Heading(2, " and ".join(comparison.coders) + (f": round {fixed.round}" if fixed else ""))
        shown = [line for line in comparison.lines if _used(line) >= FEWEST]
        pooled = [comparison.pooled] if comparison.pooled else []
        yield Table(
            title=f"Agreement per code: {' and '.join(comparison.coders)}",
            description="A row is a code; the last is all codes pooled.",
            headings=("Code", "Units", "Both / one only", "Percent", STATISTICS[name].label, "95% interval"),
            rows=tuple(cells(*_line(line, name)) for line in (*shown, *pooled)),
            widths=(0.33, 0.09, 0.13, 0.11, 0.17, 0.17),
        )
        yield from forest(report, replace(comparison, lines=tuple(shown)))
        few = len(comparison.lines) - len(shown)
        if few:
            yield say(
                "note",
                f"{counted(few, 'code')} that the coders used in fewer than {FEWEST} units have no line: it "
                "would say nothing. They count in the pooled line.",
            )
        yield from _said(material, report, comparison)


def _used(line: Line) -> int:
    return line.cells.both + line.cells.first_only + line.cells.second_only if line.cells else line.n


def _line(line: Line, name: str) -> tuple[str, ...]:
    both = f"{line.cells.both:,} / {line.cells.first_only + line.cells.second_only:,}" if line.cells else NOTHING
    interval = line.intervals.get(name)
    return (
        line.path or "All codes, pooled",
        f"{line.n:,}",
        both,
        _figure(line, "percent_agreement", percent=True),
        _figure(line, name),
        f"{_hundredths(interval.low)} to {_hundredths(interval.high)}" if isinstance(interval, Interval) else NOTHING,
    )


def _figure(line: Line, name: str, *, percent: bool = False) -> str:
    figure = line.figures[name]
    if not isinstance(figure, Coefficient):
        return NOTHING
    return f"{figure.value:.1%}" if percent else _hundredths(figure.value)


def _hundredths(value: float) -> str:
    """Round for showing; nothing is below zero by rounding alone."""
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def _said(material: Material, report: Report, comparison: Comparison) -> Iterator[Block]:
    names = {document.name for document in material.now.documents} if material.beyond else set()
    for sentence in statement(report, comparison):
        if any(name in sentence for name in names):
            continue  # which documents they are is nobody's business beyond the team
        yield say("note", sentence)
    yield say("note", "A dash: no figure, or no interval, can be computed; coders used the code too rarely or always.")


def _reconciled(material: Material, made: RoundTold) -> Iterator[Block]:
    account = made.account
    assert account is not None
    yield fact(
        f"Round {made.round.name}",
        f"{counted(account.agreed, 'passage')} coded alike, {counted(account.passages, 'passage')} coded differently; "
        f"{account.settled:,} of these settled",
    )
    names = {coder.id: coder.name for coder in material.now.coders}
    yield from account_tables(account, names, f"Round {made.round.name}. ")
    if made.round.locked_at:
        yield fact("Locked", days(made.round.locked_at))
