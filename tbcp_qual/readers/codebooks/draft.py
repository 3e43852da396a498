"""What a codebook file gives, whichever kind it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tbcp_qual.coding.records import Approach, Code, Question, Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookDraft:
    """A codebook as it was read, with ids of its own; questions and codes refer to each other by them."""

    project: str
    """What the study is called; empty where the file does not say."""
    approach: Approach
    questions: tuple[Question, ...]
    """Each before its sub-questions."""
    codes: tuple[Code, ...]
    """Each before those below it."""
    themes: tuple[Theme, ...]
    elsewhere: Mapping[str, tuple[Question, str]] = field(default_factory=dict)
    """Questions that the file names by their key but does not hold, by id, each with the file and line."""
    code_fields: frozenset[str] | None = None
    """Fields of a code of which the file says something; None: of all."""
    theme_fields: frozenset[str] | None = None
    """Fields of a theme of which the file says something; None: of all."""
    question_fields: frozenset[str] | None = None
    """Fields of a question of which the file says something; None: of all."""
