"""What a file of many records brought into a project that may hold some of them already."""

from dataclasses import dataclass

from tbcp_qual.coding.changes import Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How many records of a file were new, and how it was with the others."""

    revision: Revision | None
    new: int
    changed: int
    same: int
    absent: tuple[str, ...] = ()
    """What the project holds and the file does not; it stays."""
