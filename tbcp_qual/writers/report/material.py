"""What a report is made of, as values: all that the parts may say, gathered before the first of them is written."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tbcp_qual.agreement.report import Report
from tbcp_qual.analysis.evidence import Board, Evidences, FindingLine
from tbcp_qual.analysis.framework import Chart
from tbcp_qual.analysis.heard import Tally
from tbcp_qual.analysis.triangulation import Triangulated
from tbcp_qual.coding.reconciliation import Account
from tbcp_qual.coding.records import Audience, Question, Round
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.writers.report.quotations import Quotations
from tbcp_qual.writers.word.wording import day

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundTold:
    """A round with what came of it."""

    round: Round
    documents: int
    coders: tuple[str, ...]
    account: Account | None
    """How far the reconciliation is; None where nothing can be reconciled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleTold:
    """A sample of cases beside the cohort, ready to be shown; small counts are taken out where they must be."""

    name: str
    statement: str
    attributes: tuple[Cells, ...]
    """Attribute, value, in the sample, in the cohort, standardised difference."""
    measures: tuple[Cells, ...]
    """Measure, sample, cohort, standardised difference."""
    hidden: bool
    """Whether counts were taken out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderTold:
    """What a coder did."""

    name: str
    documents: int
    done: int
    codings: int
    first: str
    """The day of their first coding in the record, ISO 8601; empty where there is none."""
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionTold:
    """A version of the codebook that was agreed."""

    name: str
    at: str
    by: str
    codes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowTold:
    """Who took part, of one source type."""

    source_type: str
    unit: str
    people: int
    """Interviewed, or files read."""
    bystanders: int
    """Heard in an interview without being interviewed."""
    documents: int
    withdrawn: int
    invited: int | None = None
    """None where it is not recorded."""
    declined: int | None = None
    note: str = ""
    """Why some declined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything; `quotes` remembers what the parts cite."""

    now: Snapshot
    audience: Audience
    made: datetime.datetime
    headings: bool
    """Whether feasibility, promise and readiness are headings of their own."""
    chart: Chart
    evidences: Evidences
    boards: tuple[Board, ...]
    loose: tuple[FindingLine, ...]
    """Findings that answer no question."""
    triangulated: tuple[Triangulated, ...]
    agreement: tuple[Report, ...]
    """Of locked rounds, or where there is none of the codings as they are; none in reflexive work."""
    no_agreement: str
    """Why there is none; empty where there is."""
    rounds: tuple[RoundTold, ...]
    versions: tuple[VersionTold, ...]
    samples: tuple[SampleTold, ...]
    coders: tuple[CoderTold, ...]
    flow: tuple[FlowTold, ...]
    double_coded: int
    """Documents that two coders or more have marked done."""
    coded: int
    """Documents with a coding, or marked done."""
    uncoded: tuple[str, ...]
    """Names of the others."""
    unplaced: int
    """Codings of words that are not in the corrected text of their document."""
    unrecorded: int
    """Participants of whom it is not recorded what they allow."""
    quotes: Quotations
    everything: bool
    """Whether the annex holds all passages, and not only those that are cited."""
    tallied: Callable[[Tally], str]
    """Says how many speak to something, as the audience may know it."""
    anchors: Mapping[tuple[str, str], str]
    """Where a text is to be found again, by field and id of the record; empty beyond the team."""

    largest: int
    """Counts of families and files from 1 to this are not given beyond the team."""

    @property
    def beyond(self) -> bool:
        """Whether the readers do not belong to the team."""
        return self.audience != "team"

    @property
    def reflexive(self) -> bool:
        """Whether the project has no place for coefficients."""
        return self.now.project.approach == "reflexive"

    def passages(self, count: int, *, files: bool) -> str:
        """Return a number of passages; beyond the team none that tells how few case files they can come from."""
        return f"{self.largest} or fewer" if self.beyond and files and 1 <= count <= self.largest else f"{count:,}"

    def anchor(self, what: str, record: str) -> str:
        """Return where a text is found again; empty where it is not to be."""
        return self.anchors.get((what, record), "")


def question_name(question: Question) -> str:
    """Return what a question is called in headings."""
    name = question.short or question.text
    name = name if len(name) <= 60 else f"{name[:57].rsplit(' ', 1)[0]} […]"
    return f"Question {question.key}: {name}" if question.key else name


def days(iso: str) -> str:
    """Return `3 March 2025` for an ISO date or time; empty where there is none."""
    return day(datetime.date.fromisoformat(iso[:10])) if iso else ""
