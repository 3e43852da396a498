"""What a recogniser gives: a stretch of a text that may say who somebody is, of what kind, and what to put instead."""

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple, get_args

from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.privacy.known import Known

Kind = Literal[
    "nhs number",
    "national insurance number",
    "e-mail",
    "web link",
    "postcode",
    "phone number",
    "date of birth",
    "exact date",
    "vehicle plate",
    "case reference",
    "school",
    "hospital",
    "ward",
    "children's centre",
    "address",
    "name",
    "exact age",
    "gestation",
    "sibling count",
    "rare diagnosis",
    "sole post",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""All kinds; of two findings that are otherwise equal the kind named earlier stands."""


class Found(NamedTuple):
    """One stretch as a recogniser gives it; the recogniser says of what kind."""

    start: int
    end: int
    score: float
    """How sure, above 0 and up to 1."""
    suggestion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Code points `start` to `end` of a text that may identify somebody; the words themselves are not kept."""

    kind: Kind
    start: int
    end: int
    score: float
    """How sure, above 0 and up to 1."""
    suggestion: str
    """What to put instead, in square brackets; for names and named places without a letter, which pseudonyms give."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recogniser:
    """How one kind is found."""

    kind: Kind
    name: str
    """What it is called in a list of checks."""
    structured: bool
    """Whether the kind has a form of its own, as a postcode has; a name has none."""
    find: Callable[[str, Known], Iterable[Found]]
    """Takes a text and what is known; gives stretches in any order, which may overlap."""
