"""What the study is: the project, its coders, its evaluation questions, its codebook and themes."""

from typing import Literal

from tbcp_qual.coding.frozen import dataclass

Approach = Literal["framework", "coding reliability", "reflexive"]
Aspect = Literal["", "to what extent", "how", "for whom", "in what circumstances"]
Origin = Literal["a priori", "inductive", "in vivo"]
Status = Literal["provisional", "agreed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectInfo:
    """The one record that says what the project is; its id is the project's."""

    id: str
    name: str = ""
    approach: Approach = "framework"
    data_controller: str = ""
    """Who answers for the personal data, in law."""
    lawful_basis: str = ""
    destroy_by: str = ""
    """The day by which the data must be destroyed, ISO 8601; empty where none is stated."""


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
class Version:
    """A working framework that was agreed: the codebook as it stood, kept for ever."""

    id: str
    number: int = 0
    label: str = ""
    body: str = ""
    """SHA-256 of the codebook as JSON, which is kept among the texts."""
    coder: str = ""
    at: str = ""
    """ISO 8601 in UTC."""
