"""Web pages, and what transcription services and Word save as one."""

import re
from collections import Counter
from typing import Any

from lxml import etree

from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents.blocks import CELL, Blocks, besides, looks_like_heading
from tbcp_qual.readers.documents.draft import Reading, Source
from tbcp_qual.readers.documents.limits import count, measure
from tbcp_qual.readers.documents.lines import word_list
from tbcp_qual.readers.files import decode

_SKIPPED = frozenset(("head", "script", "style", "template", "noscript", "svg", "button", "select", "del", "iframe"))
_BREAKING = word_list(
    """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr
    ul
    """
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class Web:
    """Reads `.html`."""

    name = "a web page"
    suffixes: tuple[str, ...] = (".html", ".htm")

    def read(self, source: Source) -> Reading:
        """Read a web page: its words block by block; what only a browser runs or shows is left out."""
        decoded = decode(source.content, source.path, declared=_declared(source.content))
        count(decoded.text.count("<"), "tags", source.path)
        measure(decoded.text, source.path)
        parser = etree.HTMLParser(
            no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=True
        )
        try:
            root = etree.fromstring(decoded.text.encode("utf-8", "replace"), parser)
        except (etree.ParserError, etree.XMLSyntaxError, ValueError) as problem:
            raise BadInput(f"{source.path} cannot be read as {self.name}.", "Save it as plain text.") from problem
        if len(parser.error_log.filter_from_fatals()):
            raise BadInput(f"{source.path} is refused: its elements are nested too deeply.", "Save it as plain text.")
        if root is None or "<" not in decoded.text:
            raise BadInput(f"{source.path} is not {self.name}.", "Is it plain text? Then its name ends in .txt.")
        walk = _Walk()
        walk.run(root)
        return walk.out.reading(warnings=decoded.warnings, left_out=besides(walk.counts))


def _declared(content: bytes) -> str:
    """Return the encoding that a page says it has; empty where it says none."""
    found = re.search(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", content[:2000])
    return found.group(1).decode("ascii") if found else ""


class _Walk:
    """One pass over the elements, without recursion: pages may be thousands of elements deep."""

    def __init__(self) -> None:
        self.out = Blocks()
        self.counts: Counter[str] = Counter()
        self.pieces: list[str] = []
        self.rows: list[list[str]] = []
        """The cells of the table row that it is in, below those of the rows around it."""
        self.mark = ""
        self.kept = 0
        """How deep in `pre` it is, where white space stays."""
        self.bold = 0
        self.all_bold = True

    def run(self, root: Any) -> None:
        skipped: Any = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = element.tag if isinstance(element.tag, str) else ""
            if skipped is not None:
                if event == "end" and element is skipped:
                    skipped = None
                    self.put(element.tail)
                continue
            if event == "start":
                if tag in _SKIPPED or not tag:
                    self.counts["deleted"] += tag == "del"
                    skipped = element
                    continue
                self.start(tag)
                self.put(element.text)
            else:
                self.end(tag)
                if element is not root:
                    self.put(element.tail)
        self.flush(heading=False)

    def start(self, tag: str) -> None:
        if tag == "br":
            self.pieces.append("\n")
        elif tag == "img":
            self.counts["picture"] += 1
        elif tag in ("b", "strong"):
            self.bold += 1
        elif tag in _BREAKING:
            self.flush(heading=False)
            if tag == "li":
                self.mark = "- "
            elif tag == "tr":
                self.rows.append([])
            elif tag == "table":
                self.out.end_table()
            elif tag == "pre":
                self.kept += 1

    def end(self, tag: str) -> None:
        if tag in ("b", "strong"):
            self.bold -= 1
        elif tag in _BREAKING:
            if tag in ("td", "th") and self.rows:
                self.rows[-1].append(self.taken())
            else:
                self.flush(heading=tag in _HEADINGS)
            if tag == "tr":
                self.end_row(self.rows.pop())
            elif tag == "pre":
                self.kept -= 1

    def end_row(self, cells: list[str]) -> None:
        """Add a row to its table; that of a table in a cell is a line of the cell."""
        cells.append(self.taken())
        if self.rows:
            self.pieces.append(CELL.join(cell for cell in cells if cell) + "\n")
        else:
            self.out.row(cells)

    def put(self, text: str | None) -> None:
        if not text:
            return
        if not self.kept:
            folded = " ".join(text.split())
            if not folded:
                folded = " "
            else:
                folded = f"{' ' if text[0].isspace() else ''}{folded}{' ' if text[-1].isspace() else ''}"
            text = folded
        if self.all_bold and not self.bold and text.strip():
            self.all_bold = False
        self.pieces.append(text)

    def taken(self) -> str:
        """Return the words collected so far, each line without white space around it."""
        text = "".join(self.pieces)
        self.pieces.clear()
        if self.kept:
            return text.strip("\n")
        return "\n".join(" ".join(line.split(" ")).strip() for line in text.split("\n")).strip("\n")

    def flush(self, *, heading: bool) -> None:
        """End a block; inside a table it goes on in the same cell."""
        if self.rows:
            if self.pieces and "".join(self.pieces).strip():
                self.pieces.append("\n")
            return
        bold, self.all_bold = self.all_bold, True
        text = self.taken()
        if not text.strip():
            return
        self.out.paragraph(self.mark + text, heading=heading or (not self.mark and bold and looks_like_heading(text)))
        self.mark = ""


READER = Web()
