"""What the study comes to: summaries of cells, findings and what speaks for and against them, answers, judgements.

Codings are named by ids that keep none of them alive: what a summary or finding cites may go, and is then listed.
"""

from typing import Literal

from tbcp_qual.coding.frozen import dataclass

Confidence = Literal["", "low", "moderate", "high"]
Standing = Literal["draft", "agreed"]
Bearing = Literal["for", "negative case"]
Convergence = Literal["agreement", "partial", "silence", "dissonance", "not asked"]
Part = Literal["context", "input", "activity", "mechanism", "outcome"]
Support = Literal["untested", "supported", "revised"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the words of one cell of the framework matrix come to: one row under one theme, as a whole or in one wave."""

    id: str
    case: str | None = None
    """The family that is the row; None where the row is something else."""
    group: str = ""
    """The row where it is no family: `source type: parent`, `level_of_need: acute`."""
    theme: str = ""
    wave: str = ""
    """A time point; empty for all of them together. `analysis.framework` names two more."""
    words: str = ""
    cites: tuple[tuple[str, ...], ...] = ()
    """For each passage that is cited its reference at that time, then the ids of its codings."""
    rests_on: tuple[tuple[str, str, str], ...] = ()
    """`(id of the document, fingerprint, reference)` of every passage that was in the cell when it was summed up."""
    coder: str = ""
    at: str = ""
    """ISO 8601 in UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A statement that answers part of an evaluation question, and how sure the team may be of it."""

    id: str
    key: str = ""
    """What people call it: `4`."""
    statement: str = ""
    questions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    position: int = 0
    status: Standing = "draft"
    confidence: Confidence = ""
    """As a person judged it; empty while nobody has."""
    judged_by: str | None = None
    """The coder who judged; None while nobody has."""
    adequacy: str = ""
    """Whether there is enough, and rich enough, to say it."""
    coherence: str = ""
    """How well it fits what it rests on, negative cases included."""
    relevance: str = ""
    """How near those who were heard are to those whom the question is about."""
    limitations: str = ""
    """What the sources themselves cannot tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A passage that speaks for a finding, or a negative case and how it is explained."""

    id: str
    finding: str = ""
    document: str = ""
    codings: tuple[str, ...] = ()
    """Ids of the codings of the passage."""
    reference: str = ""
    """How the passage was cited when it was added."""
    bearing: Bearing = "for"
    explained: str = ""
    """How a negative case is explained; empty while it is not."""
    coder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to an evaluation question or a sub-question, how sure it is, and what has to be said with it."""

    id: str
    question: str = ""
    words: str = ""
    confidence: Confidence = ""
    caveats: str = ""
    coder: str = ""
    at: str = ""
    """ISO 8601 in UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """How one person judges that a source type bears on a finding or a theme, beside the other source types."""

    id: str
    finding: str | None = None
    """The finding; None where a theme is judged."""
    theme: str | None = None
    """The theme; None where a finding is judged."""
    source_type: str = ""
    verdict: Convergence = "silence"
    note: str = ""
    coder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A part of the programme's logic model, and whether the findings bear it out."""

    id: str
    part: Part = "activity"
    name: str = ""
    text: str = ""
    """What the logic model says."""
    support: Support = "untested"
    revision: str = ""
    """What it should say instead; empty where it stands."""
    findings: tuple[str, ...] = ()
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What seems to bring something about: in which context, by which mechanism, with which outcome."""

    id: str
    name: str = ""
    context: str = ""
    mechanism: str = ""
    outcome: str = ""
    support: Support = "untested"
    findings: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    """The families in which it was seen."""
    position: int = 0
