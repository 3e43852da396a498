"""What is studied: families and what is known of them, who speaks, documents and their turns, what was to be asked."""

from typing import Literal

from tbcp_qual.coding.frozen import dataclass

Role = Literal["", "interviewer", "participant"]
DocumentKind = Literal["interview", "case file"]
Stage = Literal["", "read", "coded", "checked", "charted"]
Permission = Literal["", "quote", "role label only", "paraphrase only"]
Archive = Literal["", "yes", "no"]
Scale = Literal["category", "ordered category", "number", "date", "yes/no"]
Asking = Literal["asked", "not asked", "not recorded", "outside the schedule"]

STAGES: tuple[Stage, ...] = ("", "read", "coded", "checked", "charted")
"""The stages of a document, in order."""

PERMISSIONS: tuple[Permission, ...] = ("quote", "role label only", "paraphrase only")
"""What may be done with somebody's words, from the freest to the strictest."""

SOURCE_TYPES = ("parent", "practitioner", "partner", "case file")
"""The usual source types, in the order in which they are shown; a project may use others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A family, or whatever else the evaluation follows."""

    id: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """What kind of values an attribute of that name takes."""

    id: str
    name: str = ""
    scale: Scale = "category"
    levels: tuple[str, ...] = ()
    """The values of an ordered category, lowest first; of a category, those foreseen; else empty."""
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One value of one case. A missing value has no record: missing is not "no"."""

    id: str
    case: str = ""
    name: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The score of one case on one scale at one time point. A missing score has no record."""

    id: str
    case: str = ""
    scale: str = ""
    """The name of the instrument or subscale: `PHQ-9`."""
    time_point: str = ""
    value: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody who speaks: a parent, a worker. Speaking is not being spoken about."""

    id: str
    label: str = ""
    """A pseudonym: `P07`, `K03`."""
    role: str = ""
    """What they are, for a label that names nobody: `mother`, `key worker`."""
    case: str | None = None
    """The family they belong to; None where they belong to none."""
    permission: Permission = ""
    """What they allow to be done with their words; empty where it is not recorded."""
    archive: Archive = ""
    """Whether their words may go to an archive; empty where it is not recorded."""
    withdrawn: str = ""
    """The day they withdrew, ISO 8601; empty for whoever takes part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An interview or a case-file extract."""

    id: str
    name: str = ""
    kind: DocumentKind = "interview"
    source_type: str = ""
    time_point: str = ""
    text: str = ""
    """SHA-256 of its clean text."""
    file: str = ""
    """The name of the file it came from, without its folder."""
    cases: tuple[str, ...] = ()
    """What the whole of it is about; a part of it may be about others (`About`)."""
    stage: Stage = ""
    permission: Permission = ""
    """What may be done with its words; empty: what its kind and its participants allow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One speaker's stretch, or a paragraph where nobody is named; its number is its place in the document."""

    id: str
    document: str = ""
    text: str = ""
    head: int = 0
    """Where its label begins, in code points; equal to `start` where there is none."""
    start: int = 0
    end: int = 0
    speaker: str = ""
    role: Role = ""
    section: str = ""
    """The heading it stands under; empty where there is none."""
    time: float | None = None
    """Seconds from the start of the recording; None where no time is given."""
    date: str = ""
    """The day an entry of a chronology is about, ISO 8601; empty where none is given."""
    participant: str | None = None
    """Who speaks; None for interviewers, records and voices nobody has named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A stretch of a document is about a case: a turn, a section or any span."""

    id: str
    document: str = ""
    text: str = ""
    start: int = 0
    end: int = 0
    case: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Something that a topic guide wants asked of one source type at one time point."""

    id: str
    key: str = ""
    source_type: str = ""
    time_point: str = ""
    """Empty: at every time point."""
    prompt: str = ""
    questions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person confirmed: whether a topic was asked in one document."""

    id: str
    document: str = ""
    topic: str = ""
    asked: Asking = "asked"
    coder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """How many people of a source type were asked to take part, and how many did not want to."""

    id: str
    source_type: str = ""
    invited: int = 0
    declined: int = 0
    note: str = ""
    """Why they declined, as far as it is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """How cases were drawn or chosen for closer reading; kept so that a report can state it."""

    id: str
    name: str = ""
    method: Literal["random", "stratified", "purposive"] = "random"
    allocation: Literal["", "proportional", "equal"] = ""
    """How a stratified sample is divided among the strata; empty for a random one."""
    by: tuple[str, ...] = ()
    """Names of the attributes that make the strata."""
    size: int = 0
    """How many were asked for."""
    seed: int = 0
    population: tuple[str, ...] = ()
    """Ids of the cases drawn from, in the order in which the draw took them."""
    excluded: tuple[tuple[str, str], ...] = ()
    """`(id of a case, reason)`."""
    chosen: tuple[str, ...] = ()
    why: str = ""
    """By what cases were chosen; of a purposive sample, where none is drawn."""
    coder: str = ""
    at: str = ""
    """ISO 8601 in UTC."""
