"""The records of a project: what each kind is called, which fields it has, what it refers to.

A record is frozen; its history lives in the journal. `KINDS` names the kinds, `REFERENCES` says which fields hold
ids of other records; the store makes its tables and foreign keys fit, and a contract test compares the two.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

Approach = Literal["framework", "coding reliability", "reflexive"]
Aspect = Literal["", "to what extent", "how", "for whom", "in what circumstances"]
Origin = Literal["a priori", "inductive", "in vivo"]
Status = Literal["provisional", "agreed"]
Role = Literal["", "interviewer", "participant"]
DocumentKind = Literal["interview", "case file"]

SOURCE_TYPES = ("parent", "practitioner", "partner", "case file")
"""The usual source types, in the order in which they are shown; a project may use others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectInfo:
    """The one record that says what the project is; its id is the project's."""

    id: str
    name: str = ""
    approach: Approach = "framework"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coder:
    """A person who codes. The id is minted once per project; the name may be respelt."""

    id: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An evaluation question, or a sub-question where `parent` is set."""

    id: str
    key: str = ""
    """What people call it: `2`, `2b`."""
    text: str = ""
    short: str = ""
    parent: str | None = None
    """The question this is a sub-question of; None for a question."""
    aspect: Aspect = ""
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A node of the codebook."""

    id: str
    name: str = ""
    parent: str | None = None
    """The code above; None at the top."""
    position: int = 0
    colour: str = ""
    """A palette name; empty means: as the code above."""
    brief: str = ""
    full: str = ""
    use_when: str = ""
    not_when: str = ""
    example: str = ""
    domain: str = ""
    """Codes of one exclusive domain cannot sit on the same words by the same coder; empty for none."""
    origin: Origin = "inductive"
    status: Status = "provisional"
    questions: tuple[str, ...] = ()
    retired: bool = False
    merged_into: str | None = None
    """The code that stands for this one since they were merged; None otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A named set of codes with a definition."""

    id: str
    name: str = ""
    definition: str = ""
    codes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A family, or whatever else the evaluation follows."""

    id: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One value of one case. A missing value has no record: missing is not "no"."""

    id: str
    case: str = ""
    name: str = ""
    value: str = ""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """Span × code × coder. It keeps for ever the text, span and code that it was made with."""

    id: str
    document: str = ""
    text: str = ""
    start: int = 0
    end: int = 0
    code: str = ""
    coder: str = ""
    definition: str = ""
    """Fingerprint of the definition it was made under."""
    memo: str = ""
    negative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A coder has been through a turn and found nothing (more) to code."""

    id: str
    document: str = ""
    turn: str = ""
    coder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A coder says that a document is coded: what is bare in it is *uncoded* and not *missing*."""

    id: str
    document: str = ""
    coder: str = ""
    done: bool = False


Record = ProjectInfo | Coder | Question | Code | Theme | Case | Attribute | Document | Turn | Coding | Review | Done

KINDS: dict[str, type[Record]] = {
    "project": ProjectInfo,
    "coder": Coder,
    "question": Question,
    "code": Code,
    "theme": Theme,
    "case": Case,
    "attribute": Attribute,
    "document": Document,
    "turn": Turn,
    "coding": Coding,
    "review": Review,
    "done": Done,
}
"""Name of each kind, in an order in which what is referred to comes first."""

KIND_OF = {record_type: kind for kind, record_type in KINDS.items()}

REFERENCES: dict[str, dict[str, str]] = {
    "project": {},
    "coder": {},
    "question": {"parent": "question"},
    "code": {"parent": "code", "questions": "question", "merged_into": "code"},
    "theme": {"codes": "code", "questions": "question"},
    "case": {},
    "attribute": {"case": "case"},
    "document": {"cases": "case"},
    "turn": {"document": "document"},
    "coding": {"document": "document", "code": "code", "coder": "coder"},
    "review": {"document": "document", "turn": "turn", "coder": "coder"},
    "done": {"document": "document", "coder": "coder"},
}
"""For each kind: the fields that hold an id (or a tuple of ids), and the kind they refer to."""

FORESTS: dict[str, tuple[str, ...]] = {"question": ("parent",), "code": ("parent", "merged_into")}
"""Fields that point within their own kind and may never lead back to where they started."""


def kind_of(record: Record) -> str:
    """Name the kind of a record."""
    return KIND_OF[type(record)]


def definition_fingerprint(code: Code) -> str:
    """Return 16 hexadecimal digits that differ as soon as any part of a code's definition differs."""
    parts = (code.name, code.brief, code.full, code.use_when, code.not_when, code.example)
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def attribute_id(case: str, name: str) -> str:
    """One id per case and attribute name, so that two copies of a project mean the same record."""
    return sha256(f"attribute\x1f{case}\x1f{name}".encode()).hexdigest()[:32]


def review_id(turn: str, coder: str) -> str:
    """One id per turn and coder."""
    return sha256(f"review\x1f{turn}\x1f{coder}".encode()).hexdigest()[:32]


def done_id(document: str, coder: str) -> str:
    """One id per document and coder."""
    return sha256(f"done\x1f{document}\x1f{coder}".encode()).hexdigest()[:32]
