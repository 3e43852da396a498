"""The shape of an agreement report: tables of coders, lines of codes, and what a round had fixed beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tbcp_qual.agreement.bootstrap import Interval
from tbcp_qual.agreement.ratings import Figure, Undefined
from tbcp_qual.agreement.units import Unit
from tbcp_qual.agreement.warnings import Warned

Per = Literal["document", "source type"]
"""What the pooled figure can be had of one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """In how many units each of two coders used a code."""

    both: int
    first_only: int
    second_only: int
    neither: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How far coders agree on one code, or on all codes of a table pooled."""

    code: str | None
    """Id; None for all codes pooled."""
    path: str
    """Names from the top of the codebook; empty for all codes pooled."""
    n: int
    """Units that at least two of the coders had in front of them; pooled: unit × code decisions."""
    cells: Cells | None
    """None with more than two coders."""
    prevalence: float | None
    """Share of the coders' decisions that were "coded"; None where there were none."""
    positive: float | None
    """How often another coder coded a unit that one coded; None where nobody coded any."""
    negative: float | None
    """How often another coder left bare a unit that one left bare; None where nobody left any."""
    never: tuple[str, ...]
    """Names of the coders who never used the code, though another did."""
    figures: dict[str, Figure]
    """By name of the statistic."""
    intervals: Mapping[str, Interval | Undefined]
    """By name of the statistic, over documents drawn again; empty where there are too few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The pooled figure of one document, or of those of one source type."""

    per: Per
    name: str
    documents: int
    pooled: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One table: these coders, these documents."""

    coders: tuple[str, ...]
    """Names; "first" and "second" follow this order."""
    documents: tuple[str, ...]
    """Names of those compared."""
    left_out: tuple[str, ...]
    """Names of documents that only one of the coders has marked done."""
    rule: str
    """Which text was compared, in words."""
    lines: tuple[Line, ...]
    """In the order of the codebook; codes that nobody used are in it only if they were asked for."""
    pooled: Line | None
    """None where no line is in the table."""
    pooled_codes: int
    """Over how many codes it is pooled: with branches only those that lie below no other of the table."""
    unused: int
    """Codes that none of these coders used here; they are left out of the table and of the pooled figures."""
    retired: int
    """Retired codes that one of these coders used here; left out as well."""
    no_intervals: str | None
    """Why there is no interval; None where there is."""
    parts: tuple[Part, ...]
    """Those asked for."""
    no_case: tuple[str, ...]
    """With cases as units: names of documents about none, which are left out."""
    warnings: tuple[Warned, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """What a round fixed before anybody coded; all else is exploratory."""

    round: str
    unit: Unit
    statistic: str
    interviewer: bool
    drawn: str
    """How its documents were chosen, in words a report can repeat."""
    locked_at: str
    """ISO 8601 in UTC."""
    codebook_changed: bool
    """Whether the codebook was changed between opening and locking."""
    gone: int
    """Documents that were taken out of the project since, and are not compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an agreement run found."""

    unit: Unit
    share: float | None
    """What two segments have to share to be the same; None for all other units."""
    interviewer: bool
    """Whether what interviewers say was compared too."""
    branch: bool
    """Whether a code stands for all below it too."""
    codebook: str
    """Fingerprint of the codebook."""
    sentence_splitter: int
    """Version of the splitter that found the sentences."""
    seed: int
    """Which documents the intervals were drawn with."""
    resamples: int
    """How often they were drawn."""
    pairs: tuple[Comparison, ...]
    together: Comparison | None
    """All coders in one table where there are more than two; None otherwise."""
    apart: tuple[tuple[str, str], ...]
    """Pairs of coders without a document that both have marked done."""
    fixed: Fixed | None
    """None where it is not of a round."""
    withheld: tuple[str, ...] = ()
    """Names of documents that are not compared, for they are blind to whoever asks."""

    def exploratory(self, statistic: str) -> bool:
        """Whether a statistic of this report is not the one that its round fixed."""
        fixed = self.fixed
        return fixed is not None and (statistic, self.unit, self.interviewer, self.branch) != (
            fixed.statistic,
            fixed.unit,
            fixed.interviewer,
            False,
        )
