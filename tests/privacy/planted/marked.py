"""Reads the planted texts: what a person marked as identifying, and as looking so.

The marks and the rules they follow are told in README.md beside this file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent

STRUCTURED = (
    "nhs number",
    "national insurance number",
    "postcode",
    "phone number",
    "e-mail",
    "web link",
    "date of birth",
    "exact date",
    "vehicle plate",
    "case reference",
)
OTHER = (
    "name",
    "address",
    "exact age",
    "gestation",
    "sibling count",
    "rare diagnosis",
    "sole post",
    "school",
    "hospital",
    "ward",
    "children's centre",
)
PLACES = ("text", "memo", "attribute", "file name")

_HEAD = re.compile(r"^=== (\S+) (.+)\n", re.MULTILINE)
_MARK = re.compile(r"\{\{(~?)([^|{}]+)\|([^|{}]+)(?:\|([^|{}]+))?\}\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    start: int
    """Code points from the start of the text without its marks."""
    end: int
    """The code point after the last."""
    kind: str
    """What it is, or for a look-alike what it could be taken for."""
    why: str = ""
    """Why a look-alike identifies nobody; empty for an identifier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    id: str
    where: str
    """One of PLACES."""
    text: str
    identifiers: tuple[Mark, ...]
    lookalikes: tuple[Mark, ...]


def planted(folder: str = "source") -> list[Planted]:
    """All planted texts of a folder, file by file, in the order they stand in.

    Raises:
        ValueError: a mark is broken: an identifier has a reason, a look-alike has none, or braces are left over.
    """
    return [text for path in sorted((HERE / folder).glob("*.txt")) for text in _texts(path)]


def listed_names() -> list[str]:
    """The names that the team of this fictional evaluation would list."""
    return (HERE / "names.txt").read_text(encoding="utf-8").splitlines()


def _texts(path: Path) -> Iterator[Planted]:
    pieces = _HEAD.split(path.read_text(encoding="utf-8"))
    for name, where, marked in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        yield _unmarked(name, where, marked.strip())


def _unmarked(name: str, where: str, marked: str) -> Planted:
    text, place = "", 0
    identifiers: list[Mark] = []
    lookalikes: list[Mark] = []
    for found in _MARK.finditer(marked):
        tilde, kind, words, why = found.groups()
        if bool(tilde) != bool(why):
            raise ValueError(f"{name}: a look-alike needs a reason and an identifier has none: {found[0]}")
        text += marked[place : found.start()]
        mark = Mark(start=len(text), end=len(text) + len(words), kind=kind, why=why or "")
        (lookalikes if tilde else identifiers).append(mark)
        text += words
        place = found.end()
    text += marked[place:]
    if "{{" in text or "}}" in text:
        raise ValueError(f"{name}: a mark is not closed")
    return Planted(id=name, where=where, text=text, identifiers=tuple(identifiers), lookalikes=tuple(lookalikes))
