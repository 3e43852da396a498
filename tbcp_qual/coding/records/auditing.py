"""The case-file audit: what every file is held against, and how a coder rates a file on it."""

from tbcp_qual.coding.frozen import dataclass

NOT_RECORDED, NOT_APPLICABLE = "not recorded", "does not apply"
BESIDE_LEVELS = (NOT_RECORDED, NOT_APPLICABLE)
"""What may be said of a file in the place of a level; neither lies on the scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of the audit tool."""

    id: str
    key: str = ""
    """What people call it: `A3`."""
    section: str = ""
    text: str = ""
    """What is looked for."""
    guidance: str = ""
    """What each level means, and where to look."""
    levels: tuple[str, ...] = ()
    """From the lowest to the highest."""
    questions: tuple[str, ...] = ()
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """How one coder rates a file on one item, or how the raters settled it."""

    id: str
    item: str = ""
    document: str = ""
    coder: str | None = None
    """The rater; None where the raters settled it together."""
    level: str = ""
    """One of the item's levels, or of `BESIDE_LEVELS`."""
    words: str = ""
    """What the rating rests on."""
