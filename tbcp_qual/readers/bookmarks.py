"""Texts that stand in bookmarks of a Word file: what an author changed in a report finds its way back by them.

A text is the whole paragraph that its bookmark touches, with those after it in the same look: what is typed at the
end of a bookmark, or below it, lies outside of it and is meant all the same.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tbcp_qual.coding.text import clean
from tbcp_qual.readers.documents.package import Package, attribute, child, local
from tbcp_qual.readers.files import read_bytes

_AGAIN = "Open it in Word or LibreOffice and save it as .docx again."
_SKIPPED = {"pPr", "rPr", "del", "moveFrom", "delText", "instrText", "annotationRef", "Fallback"}
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_TRACKED = {"ins": "insertions", "moveTo": "insertions", "del": "deletions", "moveFrom": "deletions"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmarked:
    """What the bookmarks of a file hold."""

    texts: Mapping[str, str]
    """By name of the bookmark; clean."""
    tracked: Mapping[str, int]
    """Tracked `insertions` and `deletions`, which are taken as accepted."""


def read_bookmarks(path: Path, prefix: str) -> Bookmarked:
    """Read the texts of all bookmarks whose names begin so.

    Raises:
        BadInput: the file is no Word file, or damaged.
    """
    body = Package(read_bytes(path), path, "a Word file", _AGAIN).xml("word/document.xml")
    tracked: Counter[str] = Counter()
    for element in body.iter():
        if local(element) in _TRACKED:
            tracked[_TRACKED[local(element)]] += 1
    paragraphs = [element for element in body.iter() if local(element) == "p"]
    starts = {id(p): list(_names(p, prefix)) for p in paragraphs}
    texts: dict[str, str] = {}
    for paragraph in paragraphs:
        for name in starts[id(paragraph)]:
            lines = [_text(paragraph)]
            look = _look(paragraph)
            for following in paragraph.itersiblings():
                if local(following) != "p" or starts.get(id(following)) or _look(following) != look:
                    break
                lines.append(_text(following))
            texts.setdefault(name, clean("\n".join(line for line in lines if line.strip())).text.strip())
    return Bookmarked(texts=texts, tracked=tracked)


def _names(paragraph: Any, prefix: str) -> Iterator[str]:
    """Give the bookmarks that begin in a paragraph, or right before it, as LibreOffice may put them."""
    before = paragraph.getprevious()
    while before is not None and local(before) in ("bookmarkStart", "bookmarkEnd"):
        if local(before) == "bookmarkStart" and attribute(before, "name").startswith(prefix):
            yield attribute(before, "name")
        before = before.getprevious()
    for element in paragraph.iter():
        if local(element) == "bookmarkStart" and attribute(element, "name").startswith(prefix):
            yield attribute(element, "name")


def _look(paragraph: Any) -> str:
    return attribute(child(paragraph, "pPr", "pStyle"), "val")


def _text(element: Any) -> str:
    found = []
    for inner in element:
        name = local(inner)
        if name == "t":
            found.append(inner.text or "")
        elif name in _CHARACTERS:
            found.append(_CHARACTERS[name])
        elif name not in _SKIPPED:
            found.append(_text(inner))
    return "".join(found)
