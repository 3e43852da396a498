"""Double coding: who codes which documents, whether blind, and what was fixed before anybody began."""

from typing import Literal

from tbcp_qual.coding.frozen import dataclass

Purpose = Literal["reliability", "training", "stability"]
Outcome = Literal["coders", "all", "neither", "own", "deferred", "referred"]
Reason = Literal["", "oversight", "boundary", "unclear definition", "genuine difference"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Documents assigned to coders; open or blind, then locked."""

    id: str
    name: str = ""
    purpose: Purpose = "reliability"
    blind: bool = True
    documents: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    """SHA-256 of the text of each document when the round was opened."""
    coders: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    """The codes in scope; empty: all that are not retired."""
    statistic: str = ""
    """Fixed before anybody codes; all others are exploratory."""
    unit: str = ""
    """Fixed before anybody codes."""
    interviewer: bool = False
    """Whether what interviewers say is compared too."""
    threshold: float | None = None
    """What each code has to reach in a training round; None where none is set."""
    gold: str | None = None
    """The coder whose codings a trainee is held against; None where nobody's are."""
    drawn: str = ""
    """How the documents were chosen, in words a report can repeat."""
    seed: int = 0
    due: str = ""
    """ISO 8601; empty for none."""
    codebook: str = ""
    """Fingerprint of the codebook when the round was opened."""
    locked: str = ""
    """SHA-256 of what was locked, kept among the texts; empty while the round is open."""
    locked_at: str = ""
    """ISO 8601 in UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """How a passage was settled that the coders of a locked round coded differently; its id is the passage's."""

    id: str
    round: str = ""
    document: str = ""
    outcome: Outcome = "deferred"
    taken: tuple[str, ...] = ()
    """Of `coders`: those whose codings of the passage stand."""
    codes: tuple[str, ...] = ()
    """Of `own`: the codes that stand, each on the span in the same place."""
    spans: tuple[tuple[int, int], ...] = ()
    """Of `own`: `(start, end)` in code points of the text that was locked."""
    referred: str = ""
    """Of `referred`: who is asked."""
    reason: Reason = ""
    words: str = ""
    """Why, as they put it."""
    coder: str = ""
    """Who wrote it down."""
    together: tuple[str, ...] = ()
    """Names of those who decided with them."""
    at: str = ""
    """ISO 8601 in UTC."""
