"""What is decided so that nothing identifying slips out: rulings on findings, and the exports that were made."""

from typing import Literal

from tbcp_qual.coding.frozen import dataclass

Verdict = Literal["keep", "ignore"]
Audience = Literal["team", "steering group", "commissioner", "public"]

AUDIENCES: tuple[Audience, ...] = ("team", "steering group", "commissioner", "public")
"""Who reads an export, from the closest to the farthest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """Words that look as if they identify somebody were looked at and may stay."""

    id: str
    kind: str = ""
    """What they look like: `name`, `postcode`."""
    digest: str = ""
    """Hash of the project's id and the words, so that the list does not repeat them."""
    document: str | None = None
    """Where they may stay; None: everywhere."""
    verdict: Verdict = "keep"
    reason: str = ""
    coder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A file that was made for somebody, what the disclosure check said before it, and why it was made all the same."""

    id: str
    what: str = ""
    audience: Audience = "team"
    file: str = ""
    """The name of the file, without its folder."""
    findings: int = 0
    """How many findings were open."""
    reason: str = ""
    """Why it went out with findings open; empty where none were."""
    coder: str = ""
    at: str = ""
    """ISO 8601 in UTC."""
