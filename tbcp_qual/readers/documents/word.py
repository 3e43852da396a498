"""Word files: a walk over the XML itself, because python-docx's own text leaves out tracked insertions, moved text
and content controls. Deletions are left out; what is left out or needs a look is counted in warnings.
"""

import zipfile
import zlib
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents.draft import Reading
from tbcp_qual.readers.files import read_bytes

LARGEST_PART = 100_000_000
"""Bytes of one part of a Word file, unpacked."""
LARGEST_RATIO = 200
"""How many times larger a part of more than a megabyte may get by unpacking; Word's own stay below 50."""

_SAVE_AGAIN = "Open it in Word or LibreOffice and save it as .docx again."
_SKIPPED = {
    "del", "moveFrom", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "instrText", "delText",
    "delInstrText", "Fallback", "rt", "fldChar", "annotationRef", "tblGrid",
}  # fmt: skip
_TRACKED = {"ins", "del", "moveFrom", "moveTo"}
_REFERENCES = {"footnoteReference": "footnote", "endnoteReference": "footnote", "commentReference": "comment"}
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}


class Word:
    """Reads `.docx`."""

    name = "Word"
    suffixes: tuple[str, ...] = (".docx",)

    def read(self, path: Path) -> Reading:
        """Read a Word file: paragraphs with a blank line between them, a table row by row."""
        package = _open(path)
        with package:
            document = _main_part(package, path)
            body = _parse(_part(package, document, path), path)
            folder = document.rpartition("/")[0]
            styles_name = f"{folder}/styles.xml" if folder else "styles.xml"
            styles: set[str] = set()
            if styles_name in package.namelist():
                styles = _heading_styles(_parse(_part(package, styles_name, path), path))
        walk = _Walk(styles)
        walk.blocks(body)
        return Reading(
            text="".join(walk.pieces),
            headings=tuple(walk.headings),
            rows=tuple(walk.rows),
            warnings=_warnings(walk.counts),
        )


def _open(path: Path) -> zipfile.ZipFile:
    content = read_bytes(path)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput(f"{path} is an old Word file, or has a password.", "Save it as .docx without a password.")
    try:
        package = zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as problem:
        raise BadInput(f"{path} is not a Word file: it is no zip archive, or a damaged one.", _SAVE_AGAIN) from problem
    return package


def _part(package: zipfile.ZipFile, name: str, path: Path) -> bytes:
    """Unpack one part within limits; the sizes that an archive states are not believed."""
    try:
        info = package.getinfo(name)
        limit = min(LARGEST_PART, max(1_000_000, info.compress_size * LARGEST_RATIO))
        with package.open(info) as part:
            content = part.read(limit + 1)
    except KeyError:
        raise BadInput(f"{path} is a zip archive, but not a Word file.", _SAVE_AGAIN) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as problem:
        raise BadInput(f"{path} is damaged: {name} cannot be unpacked.", _SAVE_AGAIN) from problem
    if len(content) > limit:
        raise BadInput(f"{path} is refused: {name} grows beyond all measure when unpacked.", "It may be harmful.")
    return content


def _parse(content: bytes, path: Path) -> Any:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        if "<!DOCTYPE".encode(encoding) in content:
            raise BadInput(f"{path} is refused: its XML has a DOCTYPE, which Word never writes.", "It may be harmful.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        tree = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise BadInput(f"{path} is damaged: its XML cannot be read.", _SAVE_AGAIN) from problem
    info: Any = tree.getroottree().docinfo
    if info.doctype:
        raise BadInput(f"{path} is refused: its XML has a DOCTYPE, which Word never writes.", "It may be harmful.")
    return tree


def _main_part(package: zipfile.ZipFile, path: Path) -> str:
    if "_rels/.rels" in package.namelist():
        for relation in _parse(_part(package, "_rels/.rels", path), path):
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                target = str(relation.get("Target", "")).lstrip("/")
                if target.endswith(".xml") and "workbook" not in target and "presentation" not in target:
                    return target
    return "word/document.xml"


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _child(element: Any, *names: str) -> Any:
    """Return the element found by going down by local names; None where there is none."""
    for name in names:
        element = next((child for child in element if _local(child) == name), None)
        if element is None:
            return None
    return element


def _value(element: Any, name: str = "val") -> str:
    """Return an attribute by its local name; empty where it has none."""
    if element is None:
        return ""
    return next((str(v) for key, v in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _heading_styles(styles: Any) -> set[str]:
    """Return the ids of styles that are headings, by name, outline level, or the style they are based on."""
    based: dict[str, str] = {}
    headings: set[str] = set()
    for style in styles:
        if _local(style) != "style" or _value(style, "type") != "paragraph":
            continue
        style_id = _value(style, "styleId")
        based[style_id] = _value(_child(style, "basedOn"))
        name = _value(_child(style, "name")).lower()
        level = _value(_child(style, "pPr", "outlineLvl"))
        if name.startswith("heading ") or name in ("title", "subtitle") or (level.isdigit() and int(level) < 9):
            headings.add(style_id)
    for style_id in based:
        chain, seen = style_id, set()
        while chain and chain not in seen and chain not in headings:
            seen.add(chain)
            chain = based.get(chain, "")
        if chain in headings:
            headings.add(style_id)
    return headings


class _Walk:
    """One pass through the body; collects pieces of text and where headings and rows begin."""

    def __init__(self, heading_styles: set[str]) -> None:
        self.heading_styles = heading_styles
        self.pieces: list[str] = []
        self.length = 0
        self.headings: list[int] = []
        self.rows: list[tuple[int, ...]] = []
        self.counts: Counter[str] = Counter()
        self.joined = False
        """Whether the mark between the last paragraph and the next one was deleted."""

    def put(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def blocks(self, parent: Any) -> None:
        """Take paragraphs and tables, also those inside content controls and tracked changes."""
        for element in parent:
            name = _local(element)
            if name in _TRACKED:
                self.counts["tracked change"] += 1
            if name in _SKIPPED:
                continue
            if name == "p":
                self.paragraph(element)
            elif name == "tbl":
                self.table(element)
            else:
                self.blocks(element)

    def paragraph(self, element: Any) -> None:
        run = _Run(self.counts)
        run.walk(element)
        text = "".join(run.pieces).strip("\n")
        if text.strip():
            if self.joined:
                self.joined = False
            elif self.length:
                self.put("\n\n")
            properties = _child(element, "pPr")
            if self.is_heading(properties) or (run.bold and _looks_like_heading(text)):
                self.headings.append(self.length + len(text) - len(text.lstrip()))
            self.put(text)
            self.joined = properties is not None and _child(properties, "rPr", "del") is not None
        for box in run.boxes:
            self.blocks(box)

    def is_heading(self, properties: Any) -> bool:
        if properties is None:
            return False
        level = _value(_child(properties, "outlineLvl"))
        return _value(_child(properties, "pStyle")) in self.heading_styles or (level.isdigit() and int(level) < 9)

    def table(self, element: Any) -> None:
        first = True
        for row in _descend(element, "tr"):
            if _child(row, "trPr", "del") is not None:
                self.counts["tracked change"] += 1
                continue
            cells = [self.cell(cell) for cell in _descend(row, "tc")]
            cells = [cell for cell in cells if cell]
            if not cells:
                continue
            if self.length:
                self.put("\n\n" if first else "\n")
            first = False
            starts = []
            for i, cell in enumerate(cells):
                if i:
                    self.put(" | ")
                starts.append(self.length)
                self.put(cell)
            if len(cells) > 1:
                self.rows.append((*starts, self.length))
        self.joined = False

    def cell(self, element: Any) -> str:
        inside = _Walk(set())
        inside.blocks(element)
        self.counts.update(inside.counts)
        return "".join(inside.pieces).replace("\n\n", "\n").strip()


def _descend(element: Any, name: str) -> list[Any]:
    """Return rows of a table or cells of a row, also those inside content controls and tracked changes."""
    found = []
    for child in element:
        local = _local(child)
        if local == name:
            found.append(child)
        elif local not in _SKIPPED and local not in ("tbl", "tr", "tc"):
            found.extend(_descend(child, name))
    return found


class _Run:
    """The words of one paragraph."""

    def __init__(self, counts: Counter[str]) -> None:
        self.counts = counts
        self.pieces: list[str] = []
        self.boxes: list[Any] = []
        """Text boxes anchored in the paragraph."""
        self.bold = True
        """Whether all its words are bold."""

    def walk(self, parent: Any) -> None:
        for element in parent:
            name = _local(element)
            if name in _TRACKED:
                self.counts["tracked change"] += 1
            if name in _SKIPPED:
                continue
            if name == "t":
                self.pieces.append(element.text or "")
                if (element.text or "").strip() and self.bold:
                    self.bold = _is_bold(parent)
            elif name in _CHARACTERS:
                self.pieces.append(_CHARACTERS[name])
            elif name in _REFERENCES:
                self.counts[_REFERENCES[name]] += 1
            elif name == "txbxContent":
                self.boxes.append(element)
            else:
                self.walk(element)


def _is_bold(run: Any) -> bool:
    mark = _child(run, "rPr", "b")
    return mark is not None and _value(mark) not in ("0", "false", "off")


def _looks_like_heading(text: str) -> bool:
    words = text.split()
    return len(words) <= 8 and len(text) <= 70 and text.rstrip()[-1] not in ".?!,;:…" and "\n" not in text.strip()


def _warnings(counts: Counter[str]) -> tuple[str, ...]:
    said = []
    if n := counts["tracked change"]:
        said.append(f"it has tracked changes ({n}): insertions are taken in, deletions left out")
    if n := counts["footnote"]:
        said.append(f"its footnotes ({n}) are left out")
    if n := counts["comment"]:
        said.append(f"its comments ({n}) are left out")
    return tuple(said)


READER = Word()
