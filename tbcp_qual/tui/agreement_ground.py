"""What the agreement screen reads: a report by what is asked of it, and the differences behind its figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from tbcp_qual.agreement.report import Report
from tbcp_qual.agreement.tables import Comparison, Line, Part
from tbcp_qual.agreement.units import Unit
from tbcp_qual.analysis.confusion import Confusion, Point
from tbcp_qual.coding.differences import Cluster
from tbcp_qual.coding.records import Round
from tbcp_qual.errors import QualError
from tbcp_qual.store import Project
from tbcp_qual.tasks.agreement import agreement, round_agreement
from tbcp_qual.tasks.boards import boards
from tbcp_qual.tasks.consensus import codebook_review, confusion
from tbcp_qual.tasks.reconciling import Reconciliation, reconciliation_of

NO_ROUND = "no round"
"""Asks for the codings as they are now, of all documents that two have marked done."""

ENDS = ("boundary", "lumped or split")
"""Differences that a whole unit, such as a turn, does not show: both coders have the code in it."""

REFLEXIVE = (
    "In a reflexive project nothing is measured: what coders see differently is material to discuss, not error."
    " D opens and locks rounds; R shows where the coders of a locked round differ."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of the agreement of coders; None or empty: what was fixed."""

    round: str = ""
    """Id; `NO_ROUND`; empty for the one that was locked last."""
    unit: Unit | None = None
    statistic: str = ""
    interviewer: bool | None = None
    branch: bool = False

    @property
    def as_fixed(self) -> "Asked":
        """The same round, by what was fixed."""
        return Asked(round=self.round)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was read."""

    rounds: tuple[Round, ...]
    """In the order in which they were opened."""
    round: Round | None
    """None where codings are compared as they are now, or there is nothing."""
    report: Report | None
    why: str = ""
    """Why there is no figure."""

    @property
    def tables(self) -> tuple[Comparison, ...]:
        """All coders together where there are more than two, then each pair; where coders are held against one, that
        one's pairs come first."""
        if self.report is None:
            return ()
        together = (self.report.together,) if self.report.together else ()
        held = self.round is not None and self.round.gold is not None
        return (*self.report.pairs, *together) if held else (*together, *self.report.pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What lies behind the figures of a locked round."""

    opened: Reconciliation
    table: Confusion
    points: tuple[Point, ...]

    def clusters(self, code: str, *, branch: bool = False) -> list[Cluster]:
        """Return the passages on which coders differ over a code; those where only the ends differ come last.

        Args:
            code: id; empty for all codes.
            branch: whether it stands for all below it too.
        """
        book, found = self.opened.book, self.opened.clusters.values()
        of = book.branch(code) if branch and code in book.by_id else {code}
        wanted = [cluster for cluster in found if not code or not of.isdisjoint(cluster.codes)]
        return sorted(wanted, key=lambda cluster: cluster.kind in ENDS)


def read_found(project: Project, asked: Asked, *, viewer: str, parts: bool = False) -> Found:
    """Read a report; where there may be no figure, the reason in words.

    Args:
        project: an open project.
        asked: what is asked.
        viewer: id of the coder who looks.
        parts: whether the pooled figure is wanted by document and by source type too.
    """
    rounds = tuple(sorted(project.records("round"), key=lambda made: made.id))
    made = _chosen(rounds, asked.round)
    if project.info.approach == "reflexive":
        return Found(rounds=rounds, round=made, report=None, why=REFLEXIVE)
    if made is not None and not made.locked:
        return Found(rounds=rounds, round=made, report=None, why=_waiting(project, made, viewer))
    try:
        if made is not None:
            report = round_agreement(
                project, made.id, viewer=viewer, unit=asked.unit, interviewer=asked.interviewer,
                branch=asked.branch, per=("document", "source type") if parts else (),
            )  # fmt: skip
        else:
            report = agreement(
                project, viewer=viewer, coders=None, unit=asked.unit, interviewer=bool(asked.interviewer),
                branch=asked.branch, per=("document", "source type") if parts else (),
            )  # fmt: skip
    except QualError as problem:
        return Found(rounds=rounds, round=made, report=None, why=f"{problem.message} {problem.hint}".strip())
    return Found(rounds=rounds, round=made, report=report)


def _chosen(rounds: tuple[Round, ...], asked: str) -> Round | None:
    if asked == NO_ROUND or not rounds:
        return None
    named = next((made for made in rounds if made.id == asked), None)
    return named or max(rounds, key=lambda made: (bool(made.locked), made.locked_at, made.id))


def _waiting(project: Project, made: Round, viewer: str) -> str:
    if project.packed() is not None:
        return f"This is a pack of round “{made.name}”: figures come in the project, once the round is locked there."
    board = next(one for one in boards(project, viewer=viewer) if one.round.id == made.id)
    blind = "in a blind round nobody's codings are compared before that" if made.blind else "that is when figures come"
    return (
        f"Round “{made.name}” is not locked: {blind}. {board.done} of {len(board.places)} are done."
        " D shows who is where, and locks it; o here goes to another round."
    )


def read_behind(project: Project, made: Round, coders: Sequence[str], *, viewer: str) -> Behind | None:
    """Read the differences of a locked round among some coders, by name; None where there are none to be had."""
    try:
        return among(reconciliation_of(project, made, viewer=viewer), coders)
    except QualError:
        return None


def among(opened: Reconciliation, coders: Sequence[str]) -> Behind | None:
    """Set code against code, and review the codebook, among two coders or all; None where they share no document."""
    pair = coders if len(coders) == 2 else ()
    try:
        table, points = confusion(opened, pair), codebook_review(opened, pair)
        return Behind(opened=opened, table=table, points=points)
    except QualError:
        return None


def read_parts(project: Project, asked: Asked, table: int, *, viewer: str) -> tuple[Part, ...]:
    """Return the pooled figure of one table by document and by source type."""
    tables = read_found(project, asked, viewer=viewer, parts=True).tables
    return tables[table].parts if table < len(tables) else ()


def line_of(comparison: Comparison, key: str) -> Line | None:
    """Return the line of a code, or the pooled one for any other key of a row."""
    return next((line for line in comparison.lines if line.code == key), None)
