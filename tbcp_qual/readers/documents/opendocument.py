"""OpenDocument text, as LibreOffice writes it: our own walk, as of Word files and with the same outcome, so that one
transcript saved in both formats gives the same turns.
"""

import re
from collections import Counter
from typing import Any

from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents.blocks import Blocks, besides, looks_like_heading, says_more_than_a_number, tracked
from tbcp_qual.readers.documents.draft import Reading, Source
from tbcp_qual.readers.documents.package import Package, attribute, child, local

_SAVE_AGAIN = "Open it in LibreOffice and save it as .odt again."
_SKIPPED = {"forms", "sequence-decls", "tracked-changes", "ruby-text", "annotation-end", "title", "desc", "scripts"}
_MOST_SPACES = 100


class OpenDocument:
    """Reads `.odt`."""

    name = "an OpenDocument text"
    suffixes: tuple[str, ...] = (".odt",)

    def read(self, source: Source) -> Reading:
        """Read an OpenDocument text: paragraphs with a blank line between them, a table row by row."""
        package = Package(source.content, source.path, self.name, _SAVE_AGAIN)
        if b"encryption-data" in (package.part("META-INF/manifest.xml") if _has_manifest(package) else b""):
            raise BadInput(f"{source.path} has a password.", "Save it without one.")
        root = package.xml("content.xml")
        body = child(root, "body", "text")
        if body is None:
            raise BadInput(f"{source.path} is a zip archive, but not {self.name}.", _SAVE_AGAIN)
        styles = _Styles(root)
        walk = _Walk(styles)
        for change in child(body, "tracked-changes") if child(body, "tracked-changes") is not None else ():
            for kind in change:
                walk.counts["deleted" if local(kind) == "deletion" else "inserted"] += 1
        walk.blocks(body)
        if "styles.xml" in package.names and _has_page_words(package.xml("styles.xml")):
            walk.counts["page"] += 1
        return walk.out.reading(warnings=tracked(walk.counts), left_out=besides(walk.counts))


def _has_manifest(package: Package) -> bool:
    return "META-INF/manifest.xml" in package.names


def _has_page_words(styles: Any) -> bool:
    """Whether page headers or footers say more than the number of the page."""
    parts = [part for part in styles.iter() if local(part) in ("header", "footer", "header-first", "footer-first")]
    return says_more_than_a_number(" ".join("".join(part.itertext()) for part in parts))


class _Styles:
    """Which automatic styles are bold, and which belong to headings."""

    def __init__(self, root: Any) -> None:
        self.bold: dict[str, bool] = {}
        self.headings: set[str] = set()
        automatic = child(root, "automatic-styles")
        for style in automatic if automatic is not None else ():
            name, parent = attribute(style, "name"), attribute(style, "parent-style-name")
            weight = attribute(child(style, "text-properties"), "font-weight")
            if weight:
                self.bold[name] = weight == "bold" or weight in ("600", "700", "800", "900")
            if self.is_heading(parent) or attribute(style, "default-outline-level").isdigit():
                self.headings.add(name)

    def is_heading(self, name: str) -> bool:
        return name in self.headings or name in ("Title", "Subtitle") or name.startswith("Heading")


class _Walk:
    """One pass through the body."""

    def __init__(self, styles: _Styles) -> None:
        self.styles = styles
        self.out = Blocks()
        self.counts: Counter[str] = Counter()

    def blocks(self, parent: Any) -> None:
        """Take paragraphs, lists, sections and tables."""
        for element in parent:
            name = local(element)
            if name in ("p", "h"):
                self.paragraph(element, heading=name == "h")
            elif name == "table":
                self.table(element)
            elif name and name not in _SKIPPED:
                self.counts["picture"] += name == "image"
                self.blocks(element)

    def paragraph(self, element: Any, *, heading: bool) -> None:
        style = attribute(element, "style-name")
        words = _Words(self, self.styles.bold.get(style, False))
        words.walk(element, words.around_bold)
        text = "".join(words.pieces)
        heading = heading or self.styles.is_heading(style) or (words.bold and looks_like_heading(text))
        listed = local(element.getparent()) in ("list-item", "list-header")
        self.out.paragraph(text, heading=heading and bool(text.strip()), typed=True, listed=listed)
        for box in words.boxes:
            self.blocks(box)

    def table(self, element: Any) -> None:
        self.out.end_table()
        for row in _descend(element, "table-row"):
            self.out.row([self.inside(cell) for cell in _descend(row, "table-cell")])

    def inside(self, element: Any) -> str:
        """Return the words of a cell or a note."""
        walk = _Walk(self.styles)
        walk.counts, walk.out.notes = self.counts, self.out.notes
        walk.blocks(element)
        return "".join(walk.out.pieces).strip()

    def note(self, element: Any) -> str:
        """Keep a note for the end, and return what stands in its place."""
        body = child(element, "note-body")
        place = len(self.out.notes)
        self.out.notes.append("")
        self.out.notes[place] = self.inside(body).replace("\n\n", "\n") if body is not None else ""
        return f"[{place + 1}]"


def _descend(element: Any, name: str) -> list[Any]:
    """Return rows of a table or cells of a row, also those inside groups of rows."""
    found = []
    for inner in element:
        inner_name = local(inner)
        if inner_name == name:
            found.append(inner)
        elif inner_name not in ("table", "table-row", "table-cell"):
            found.extend(_descend(inner, name))
    return found


class _Words:
    """The words of one paragraph. White space folds, as the format has it; spaces that stay are elements."""

    def __init__(self, walk: _Walk, bold: bool) -> None:
        self.around, self.around_bold = walk, bold
        self.pieces: list[str] = []
        self.boxes: list[Any] = []
        self.bold = True
        """Whether all its words are bold."""

    def put(self, text: str | None, bold: bool) -> None:
        if text:
            folded = re.sub(r"[ \t\r\n]+", " ", text)
            if folded.startswith(" ") and (not self.pieces or self.pieces[-1].endswith((" ", "\n"))):
                folded = folded[1:]
            if folded:
                self.pieces.append(folded)
                self.bold = self.bold and (bold or folded.isspace())

    def walk(self, element: Any, bold: bool) -> None:
        self.put(element.text, bold)
        for inner in element:
            name = local(inner)
            if name == "s":
                count = attribute(inner, "c")
                spaces = int(count) if count.isdecimal() and len(count) < 5 else 1
                self.pieces.append(" " * min(spaces, _MOST_SPACES))
            elif name == "tab":
                self.pieces.append("\t")
            elif name == "line-break":
                self.pieces.append("\n")
            elif name == "note":
                self.pieces.append(self.around.note(inner))
            elif name == "annotation":
                self.around.counts["comment"] += 1
            elif name == "hidden-text":
                self.around.counts["hidden"] += 1
            elif name == "text-box":
                self.boxes.append(inner)
            elif name == "image":
                self.around.counts["picture"] += 1
            elif name and name not in _SKIPPED:
                style = attribute(inner, "style-name") if name == "span" else ""
                self.walk(inner, self.around.styles.bold.get(style, bold))
            self.put(inner.tail, bold)


READER = OpenDocument()
