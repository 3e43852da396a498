"""Word files: a walk over the XML itself, because python-docx's own text leaves out tracked insertions, moved text
and content controls. Tracked changes are taken as accepted; footnotes stand at the end; comments are colleagues'
remarks and no words of the source, so they are left out like pictures and page headers, and counted.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents.blocks import Blocks, besides, looks_like_heading, says_more_than_a_number, tracked
from tbcp_qual.readers.documents.draft import Reading, Source
from tbcp_qual.readers.documents.package import Package, attribute, child, local

_SAVE_AGAIN = "Open it in Word or LibreOffice and save it as .docx again."
_SKIPPED = {
    "del", "moveFrom", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "instrText", "delText",
    "delInstrText", "Fallback", "rt", "fldChar", "annotationRef", "footnoteRef", "endnoteRef", "tblGrid",
}  # fmt: skip
_TRACKED = {"ins": "inserted", "moveTo": "inserted", "del": "deleted", "moveFrom": "deleted"}
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_PAGE_PART = re.compile(r"(?:header|footer)\d*\.xml$")


class Word:
    """Reads `.docx`."""

    name = "a Word file"
    suffixes: tuple[str, ...] = (".docx", ".docm")

    def read(self, source: Source) -> Reading:
        """Read a Word file: paragraphs with a blank line between them, a table row by row."""
        if source.content.startswith(b"\xd0\xcf\x11\xe0"):
            raise BadInput(
                f"{source.path} is an old Word file, or has a password.", "Save it as .docx without a password."
            )
        package = Package(source.content, source.path, self.name, _SAVE_AGAIN)
        document = _main_part(package)
        folder = document.rpartition("/")[0]
        folder = f"{folder}/" if folder else ""
        body = package.xml(document)
        headings: set[str] = set()
        lists: set[str] = set()
        if f"{folder}styles.xml" in package.names:
            headings, lists = _styles(package.xml(f"{folder}styles.xml"))
        notes = {
            kind: _notes(package.xml(f"{folder}{kind}s.xml"))
            for kind in ("footnote", "endnote")
            if f"{folder}{kind}s.xml" in package.names
        }
        walk = _Walk(headings, lists, notes)
        walk.blocks(body)
        pages = [name for name in package.names if name.startswith(folder) and _PAGE_PART.match(name[len(folder) :])]
        if any(says_more_than_a_number(_words(package.xml(name))) for name in pages):
            walk.counts["page"] += 1
        return walk.out.reading(warnings=tracked(walk.counts), left_out=besides(walk.counts))


def _main_part(package: Package) -> str:
    if "_rels/.rels" in package.names:
        for relation in package.xml("_rels/.rels"):
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                target = str(relation.get("Target", "")).lstrip("/")
                if target.endswith(".xml") and "workbook" not in target and "presentation" not in target:
                    return target
    return "word/document.xml"


def _notes(root: Any) -> dict[str, Any]:
    """Return the footnotes of a part by id, without the lines that separate them from the page."""
    return {attribute(note, "id"): note for note in root if not attribute(note, "type").endswith("eparator")}


def _words(root: Any) -> str:
    return "".join(element.text or "" for element in root.iter() if local(element) == "t")


def _styles(styles: Any) -> tuple[set[str], set[str]]:
    """Return the ids of styles that are headings, by name or outline level, and of those that are lists."""
    based: dict[str, str] = {}
    headings: set[str] = set()
    lists: set[str] = set()
    for style in styles:
        if local(style) != "style" or attribute(style, "type") != "paragraph":
            continue
        style_id = attribute(style, "styleId")
        based[style_id] = attribute(child(style, "basedOn"), "val")
        name = attribute(child(style, "name"), "val").lower()
        level = attribute(child(style, "pPr", "outlineLvl"), "val")
        if name.startswith("heading ") or name in ("title", "subtitle") or (level.isdigit() and int(level) < 9):
            headings.add(style_id)
        elif child(style, "pPr", "numPr") is not None:
            lists.add(style_id)
    return _with_based(headings, based), _with_based(lists, based)


def _with_based(found: set[str], based: Mapping[str, str]) -> set[str]:
    """Return styles together with those that are based on them."""
    wider = set(found)
    for style_id in based:
        chain, seen = style_id, set()
        while chain and chain not in seen and chain not in wider:
            seen.add(chain)
            chain = based.get(chain, "")
        if chain in wider:
            wider.add(style_id)
    return wider


class _Walk:
    """One pass through the body."""

    def __init__(self, heading_styles: set[str], list_styles: set[str], notes: dict[str, dict[str, Any]]) -> None:
        self.heading_styles, self.list_styles, self.notes = heading_styles, list_styles, notes
        self.out = Blocks()
        self.counts: Counter[str] = Counter()
        self.joined = False
        """Whether the mark between the last paragraph and the next one was deleted."""

    def blocks(self, parent: Any) -> None:
        """Take paragraphs and tables, also those inside content controls and tracked changes."""
        for element in parent:
            name = local(element)
            if name in _TRACKED:
                self.counts[_TRACKED[name]] += 1
            if name in _SKIPPED:
                continue
            if name == "p":
                self.paragraph(element)
            elif name == "tbl":
                self.table(element)
            else:
                self.blocks(element)

    def paragraph(self, element: Any) -> None:
        run = _Run(self)
        run.walk(element)
        text = "".join(run.pieces)
        if text.strip():
            properties = child(element, "pPr")
            heading = self.is_heading(properties) or (run.bold and looks_like_heading(text))
            listed = properties is not None and (
                child(properties, "numPr") is not None
                or attribute(child(properties, "pStyle"), "val") in self.list_styles
            )
            self.out.paragraph(text, heading=heading, joined=self.joined, typed=True, listed=listed)
            self.joined = properties is not None and child(properties, "rPr", "del") is not None
        else:
            self.out.paragraph("")
        for box in run.boxes:
            self.blocks(box)

    def is_heading(self, properties: Any) -> bool:
        if properties is None:
            return False
        level = attribute(child(properties, "outlineLvl"), "val")
        return attribute(child(properties, "pStyle"), "val") in self.heading_styles or (
            level.isdigit() and int(level) < 9
        )

    def table(self, element: Any) -> None:
        self.out.end_table()
        for row in _descend(element, "tr"):
            if child(row, "trPr", "del") is not None:
                self.counts["deleted"] += 1
            else:
                self.out.row([self.inside(cell) for cell in _descend(row, "tc")])
        self.joined = False

    def inside(self, element: Any) -> str:
        """Return the words of a cell or a note."""
        walk = _Walk(set(), set(), self.notes)
        walk.counts, walk.out.notes = self.counts, self.out.notes
        walk.blocks(element)
        return "".join(walk.out.pieces).strip()

    def note(self, kind: str, number: str) -> str:
        """Keep a note for the end, and return what stands in its place."""
        found = self.notes.get(kind, {}).pop(number, None)
        if found is None:
            return ""
        place = len(self.out.notes)
        self.out.notes.append("")
        self.out.notes[place] = self.inside(found).replace("\n\n", "\n")
        return f"[{place + 1}]"


def _descend(element: Any, name: str) -> list[Any]:
    """Return rows of a table or cells of a row, also those inside content controls and tracked changes."""
    found = []
    for inner in element:
        inner_name = local(inner)
        if inner_name == name:
            found.append(inner)
        elif inner_name not in _SKIPPED and inner_name not in ("tbl", "tr", "tc"):
            found.extend(_descend(inner, name))
    return found


class _Run:
    """The words of one paragraph."""

    def __init__(self, walk: _Walk) -> None:
        self.around, self.counts = walk, walk.counts
        self.pieces: list[str] = []
        self.boxes: list[Any] = []
        """Text boxes anchored in the paragraph."""
        self.bold = True
        """Whether all its words are bold."""

    def walk(self, parent: Any) -> None:
        for element in parent:
            name = local(element)
            if name == "t":
                self.pieces.append(element.text or "")
                if (element.text or "").strip() and self.bold:
                    self.bold = _is_on(child(parent, "rPr", "b"))
            elif name in _SKIPPED:
                self.counts[_TRACKED.get(name, "skipped")] += 1
            elif name == "r":
                if _is_on(child(element, "rPr", "vanish")):
                    self.counts["hidden"] += any(local(inner) == "t" for inner in element)
                else:
                    self.walk(element)
            elif name in _CHARACTERS:
                self.pieces.append(_CHARACTERS[name])
            elif name in ("footnoteReference", "endnoteReference"):
                self.pieces.append(self.around.note(name.removesuffix("Reference"), attribute(element, "id")))
            elif name == "commentReference":
                self.counts["comment"] += 1
            elif name == "txbxContent":
                self.boxes.append(element)
            else:
                self.counts["picture"] += name in ("pic", "imagedata")
                self.counts[_TRACKED.get(name, "taken")] += 1
                self.walk(element)


def _is_on(mark: Any) -> bool:
    return mark is not None and attribute(mark, "val") not in ("0", "false", "off", "none")


READER = Word()
