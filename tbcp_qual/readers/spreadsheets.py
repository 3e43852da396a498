"""What has to be known of an Excel file before a library that is not Python's may open it: that takes what the file
says of itself on trust, asks for as much memory as it says, and ends the whole program where there is not so much.
"""

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from tbcp_qual.errors import BadInput

LARGEST_PART = 60_000_000
"""Bytes of one part, unpacked; the sizes that an archive states are not believed."""
LARGEST_RATIO = 200
"""How many times larger a part of more than a megabyte may get by unpacking."""
MOST_CELLS = 2_000_000
"""Cells of the rectangle that a sheet spans; the library keeps them all, empty or not."""

_SAVE_AGAIN = "Open it in Excel or LibreOffice and save it as .xlsx again."
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})$")
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError)


def guard(content: bytes, path: Path) -> None:
    """Refuse a workbook that is none, is damaged, or would not fit into memory.

    Raises:
        BadInput: it is such.
    """
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput(f"{path} is an old Excel file, or has a password.", "Save it as .xlsx without a password.")
    damaged = BadInput(f"{path} is not an Excel workbook, or a damaged one.", _SAVE_AGAIN)
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        infos = archive.infolist()
        if len({info.filename for info in infos}) < len(infos):
            raise damaged
        for info in infos:
            limit = min(LARGEST_PART, max(1_000_000, info.compress_size * LARGEST_RATIO))
            with archive.open(info) as packed:
                part = packed.read(limit + 1)
            if len(part) > limit:
                raise BadInput(f"{path} is refused: it grows beyond all measure when unpacked.", "It may be harmful.")
            if info.filename.lower().endswith((".xml", ".rels")):
                _check_part(part, path, damaged)
    except _UNREADABLE as problem:
        raise damaged from problem


def _check_part(part: bytes, path: Path, damaged: BadInput) -> None:
    """Refuse a part that is no XML, or in which a cell or a count lies beyond all measure."""
    widest = tallest = 1
    row = column = 0
    events = etree.iterparse(
        BytesIO(part), events=("start",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for _, element in events:
            if element.getparent() is None and element.getroottree().docinfo.doctype:
                raise damaged
            name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
            for attribute in ("count", "uniqueCount"):
                _whole_number(element.get(attribute, "0"), damaged)
            if name == "row":
                row, column = _whole_number(element.get("r", str(row + 1)), damaged), 0
            elif name == "c":
                column, row = _place(element.get("r"), column + 1, row, damaged)
                widest, tallest = max(widest, column), max(tallest, row)
            elif name in ("dimension", "mergeCell", "table", "f") and (reference := element.get("ref")):
                right, below = _corner(reference, damaged)
                if name == "dimension":
                    widest, tallest = max(widest, right), max(tallest, below)
            if widest * tallest > MOST_CELLS:
                raise BadInput(f"{path} is refused: a sheet spans {widest * tallest:,} cells.", _SAVE_AGAIN)
            _forget(element)
    except etree.XMLSyntaxError as problem:
        raise damaged from problem


def _whole_number(value: str, damaged: BadInput) -> int:
    if not (value.isascii() and value.isdecimal() and len(value) <= 7):
        raise damaged
    return int(value)


def _place(reference: str | None, column: int, row: int, damaged: BadInput) -> tuple[int, int]:
    """Return column and row of a cell; one that names no place is beside the last one."""
    if reference is None:
        return column, row
    return _corner(reference, damaged)


def _corner(reference: str, damaged: BadInput) -> tuple[int, int]:
    """Return how far right and down a reference such as `A1` or `A1:C9` reaches."""
    places = [_REFERENCE.match(corner) for corner in reference.split(":")]
    found = [(_number(place[1]), int(place[2])) for place in places if place]
    if len(found) < len(places) or len(found) > 2:
        raise damaged
    return max(column for column, _ in found), max(row for _, row in found)


def _forget(element: Any) -> None:
    """Let go of what was read before an element, so that a large sheet is never there as a whole."""
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)


def _number(column: str) -> int:
    """Return the number of a column by its letters.

    >>> _number("A"), _number("AB")
    (1, 28)
    """
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - 64
    return number
