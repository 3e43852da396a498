"""How spans follow a text that was corrected: the way from one text to the next, and what was placed by hand."""

from tbcp_qual.coding.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward:
    """The way from one text of a document to the text that replaced it."""

    id: str
    document: str = ""
    before: str = ""
    """SHA-256 of the text that was replaced."""
    after: str = ""
    """SHA-256 of the text that replaced it."""
    kept: tuple[tuple[int, int, int], ...] = ()
    """`(start before, start after, length)` of each stretch that is the same in both, in code points, rising.

    The last has no length and says where both texts end.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where one record lies in one text, found by its words or said by a person; stronger than any `Forward`.

    An empty span says that its words are not there.
    """

    id: str
    kind: str = ""
    """The kind of the record that is placed."""
    record: str = ""
    """Its id; a placement keeps nothing alive."""
    document: str = ""
    text: str = ""
    start: int = 0
    end: int = 0
    by_hand: bool = False
