"""Word and OpenDocument files are zip archives of XML: what both readers need to open them without being harmed.

The sizes that an archive states are not believed; a DOCTYPE, which neither program writes, is refused.
"""

import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from tbcp_qual.errors import BadInput

LARGEST_PART = 60_000_000
"""Bytes of one part of a file, unpacked."""
LARGEST_RATIO = 200
"""How many times larger a part of more than a megabyte may get by unpacking; those of real files stay below 50."""


class Package:
    """An opened archive, with the words for what it should have been."""

    def __init__(self, content: bytes, path: Path, kind: str, again: str) -> None:
        """Open it.

        Raises:
            BadInput: it is no archive.
        """
        self.path, self.kind, self.again = path, kind, again
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as problem:
            raise BadInput(f"{path} is not {kind}: it is no zip archive, or a damaged one.", again) from problem
        self.names = frozenset(self._zip.namelist())

    def part(self, name: str) -> bytes:
        """Unpack one part.

        Raises:
            BadInput: it is missing, damaged, has a password or grows too much.
        """
        try:
            return unpack(self._zip, self._zip.getinfo(name), self.path, LARGEST_PART)
        except KeyError:
            raise BadInput(f"{self.path} is a zip archive, but not {self.kind}.", self.again) from None
        except UNREADABLE as problem:
            raise BadInput(f"{self.path} is damaged: {name} cannot be unpacked.", self.again) from problem

    def xml(self, name: str) -> Any:
        """Parse one part.

        Raises:
            BadInput: as `part` does; or it is no XML, or has a DOCTYPE.
        """
        content = self.part(name)
        refusal = BadInput(
            f"{self.path} is refused: its XML has a DOCTYPE, which no office program writes.", "It may be harmful."
        )
        if any("<!DOCTYPE".encode(encoding) in content for encoding in ("utf-8", "utf-16-le", "utf-16-be")):
            raise refusal
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        try:
            tree = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as problem:
            raise BadInput(f"{self.path} is damaged: its XML cannot be read.", self.again) from problem
        info: Any = tree.getroottree().docinfo
        if info.doctype:
            raise refusal
        return tree


UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError)
"""What unpacking a damaged part may raise."""


def unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path, largest: int) -> bytes:
    """Unpack one part of an archive within limits.

    Raises:
        BadInput: it grows beyond them.
    """
    limit = min(largest, max(1_000_000, info.compress_size * LARGEST_RATIO))
    with archive.open(info) as part:
        content = part.read(limit + 1)
    if len(content) > limit:
        raise BadInput(
            f"{path} is refused: {info.filename[-60:]} grows beyond all measure when unpacked.", "It may be harmful."
        )
    return content


def local(element: Any) -> str:
    """Return an element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Any, *names: str) -> Any:
    """Return the element found by going down by local names; None where there is none."""
    for name in names:
        element = next((inner for inner in element if local(inner) == name), None)
        if element is None:
            return None
    return element


def attribute(element: Any, name: str) -> str:
    """Return an attribute by its local name; empty where it has none."""
    if element is None:
        return ""
    return next((str(v) for key, v in element.attrib.items() if key.rpartition("}")[2] == name), "")
