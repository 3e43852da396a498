"""PDF: the text layer, which holds lines and no paragraphs. Where lines lie on the page says which belong together.

A page header or footer that comes again is left out; a scanned page has no text and is said or refused.
"""

import re
from collections import Counter
from collections.abc import Sequence
from ctypes import byref, c_double, c_int, create_string_buffer
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents.blocks import looks_like_heading
from tbcp_qual.readers.documents.draft import Reading, Source
from tbcp_qual.readers.documents.labels import head_of
from tbcp_qual.readers.documents.lines import Line, lines_of
from tbcp_qual.readers.documents.wrapped import beginnings, seam, words_of

MOST_PAGES = 3_000
MOST_CHARACTERS = 2_000_000
"""Characters of one page."""
_NUMBER_ONLY = re.compile(r"(?:page\s*)?[-–—\s]*(\d{1,4})[-–—\s]*(?:(?:of|/)\s*\d{1,4})?$", re.IGNORECASE)
_HYPHENS = (2, 0xFFFE)
"""How the library marks a hyphen at the end of a line."""
_DIVIDING = 0.04
"""Share of lines that end in a hyphen from which words are taken to be divided there."""
_APART = 1.25
"""How many times farther than usual lines of two paragraphs lie from each other."""
_HEADING_SIZE = 1.12
"""How many times larger than the usual letters those of a heading are."""


class Pdf:
    """Reads `.pdf`."""

    name = "a PDF"
    suffixes: tuple[str, ...] = (".pdf",)

    def read(self, source: Source) -> Reading:
        """Read the text of a PDF; lines of a paragraph are joined."""
        pages, empty, pictured = _pages(source)
        if not any(pages):
            if pictured:
                raise BadInput(
                    f"{source.path} is scanned: its pages are pictures without text.",
                    "Have its text recognised (OCR) in the program that scanned it, and import that.",
                )
            raise BadInput(f"{source.path} has no words in it.")
        repeated = _strip_repeated(pages)
        warnings = []
        if empty:
            numbers = ", ".join(map(str, empty[:10])) + (" …" if len(empty) > 10 else "")
            warnings.append(f"pages without text, perhaps scanned ({len(empty)}: {numbers}) are missing")
        left_out = (f"page headers, footers and numbers ({repeated} lines)",) if repeated else ()
        text, headings = _together(pages)
        return Reading(text=text, headings=headings, warnings=tuple(warnings), left_out=left_out)


@dataclass(frozen=True, slots=True)
class _Row:
    """One line as it lies on a page; points from the lower left corner."""

    words: str
    left: float
    right: float
    base: float
    size: float
    bold: bool


def _pages(source: Source) -> tuple[list[list[_Row]], list[int], bool]:
    """Return the lines of each page, the numbers of pages without any, and whether there are pictures on these."""
    import pypdfium2
    from pypdfium2 import raw

    if b"%PDF-" not in source.content[:1024]:
        raise BadInput(f"{source.path} is not a PDF.", "Look at what kind of file it is.")
    try:
        document = pypdfium2.PdfDocument(source.content)
    except pypdfium2.PdfiumError as problem:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(problem).lower():
            raise BadInput(f"{source.path} has a password.", "Save it without one.") from problem
        raise BadInput(f"{source.path} is damaged.", "Open it, and print it to PDF again.") from problem
    pages: list[list[_Row]] = []
    empty: list[int] = []
    pictured = False
    try:
        if len(document) > MOST_PAGES:
            raise BadInput(f"{source.path} has {len(document):,} pages; at most {MOST_PAGES:,} are read.")
        for number in range(len(document)):
            page = document[number]
            rows = _rows(page, source, raw)
            pages.append(rows)
            if not rows:
                found = any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
                pictured = pictured or found
                empty += [number + 1] if found else []
            page.close()
    except pypdfium2.PdfiumError as problem:
        raise BadInput(f"{source.path} is damaged: page {len(pages) + 1} cannot be read.") from problem
    finally:
        document.close()
    return pages, empty, pictured


def _rows(page: Any, source: Source, raw: Any) -> list[_Row]:
    """Return the lines of a page in their order."""
    texts = page.get_textpage()
    try:
        count = texts.count_chars()
        if count > MOST_CHARACTERS:
            raise BadInput(f"{source.path} is refused: a page of it has {count:,} characters.")
        if count <= 0:
            return []
        # One character of the page is one of the text here, which the library's own text does not promise.
        codes = [raw.FPDFText_GetUnicode(texts, i) for i in range(count)]
        rows: list[_Row] = []
        start = 0
        for i in range(count + 1):
            # A hyphen at the end of a line stands for the line end too.
            if i < count and codes[i] not in (10, 13) and (i == 0 or codes[i - 1] not in _HYPHENS):
                continue
            inked = [k for k in range(start, i) if codes[k] in _HYPHENS or (codes[k] > 32 and codes[k] != 0xA0)]
            if inked:
                rows.append(
                    _Row(
                        words="".join(map(_character, codes[inked[0] : inked[-1] + 1])),
                        left=_box(texts, inked[0], raw)[0],
                        right=_box(texts, inked[-1], raw)[1],
                        base=_baseline(texts, inked[0], raw),
                        size=raw.FPDFText_GetFontSize(texts, inked[len(inked) // 2]),
                        bold=all(_is_bold(texts, k, raw) for k in (inked[0], inked[len(inked) // 2], inked[-1])),
                    )
                )
            start = i if i and codes[i - 1] in _HYPHENS else i + 1
        return rows
    finally:
        texts.close()


def _box(texts: Any, i: int, raw: Any) -> tuple[float, float]:
    """Return how far left and right a character reaches."""
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    raw.FPDFText_GetCharBox(texts, i, byref(left), byref(right), byref(bottom), byref(top))
    return left.value, right.value


def _baseline(texts: Any, i: int, raw: Any) -> float:
    x, y = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(texts, i, byref(x), byref(y))
    return y.value


def _is_bold(texts: Any, i: int, raw: Any) -> bool:
    """Whether a character's font calls itself so; the weight that the library gives says little."""
    name, flags = create_string_buffer(120), c_int()
    raw.FPDFText_GetFontInfo(texts, i, name, 120, byref(flags))
    return any(word in name.value.lower() for word in (b"bold", b"black", b"heavy"))


def _character(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _strip_repeated(pages: list[list[_Row]]) -> int:
    """Take lines at the edges of pages away that come again on others, and page numbers; return how many."""

    def key(row: _Row) -> str:
        return re.sub(r"\d+", "#", row.words.strip().casefold())

    filled = [page for page in pages if page]
    edges = [[*page[:2], *page[-2:]] if len(page) > 4 else page for page in filled]
    seen = Counter(k for rows in edges for k in {key(row) for row in rows})
    exactly = Counter(words for rows in edges for words in {row.words for row in rows})
    offsets = Counter(
        offset
        for number, page in enumerate(pages)
        for offset in {_page_number(row) - number for row in (*page[:2], *page[-2:]) if _page_number(row)}
    )

    def repeated(row: _Row, number: int) -> bool:
        if _page_number(row):
            return offsets[_page_number(row) - number] > 1 or "page" in row.words.casefold()
        if head_of(row.words) and exactly[row.words] < 0.8 * len(filled):
            return False
        return len(filled) > 2 and seen[key(row)] >= max(2, len(filled) / 2)

    far = _APART * _leading(pages)
    taken = 0
    for number, page in enumerate(pages):
        begins, ends = 0, len(page)
        # What stands right above or below the text is text, however often it comes again.
        for edge in (2, 1):
            if len(page) > edge and page[edge - 1].base - page[edge].base > far:
                begins = max(begins, edge if all(repeated(row, number) for row in page[:edge]) else 0)
            if len(page) - begins > edge and page[-edge - 1].base - page[-edge].base > far:
                ends = min(ends, len(page) - edge if all(repeated(row, number) for row in page[-edge:]) else len(page))
        taken += len(page) - (ends - begins)
        pages[number] = page[begins:ends]
    return taken


def _page_number(row: _Row) -> int:
    """Return the number that a line is all about; 0 where it is something else."""
    found = _NUMBER_ONLY.match(row.words.strip())
    return int(found[1]) if found else 0


def _together(pages: Sequence[Sequence[_Row]]) -> tuple[str, tuple[int, ...]]:
    """Join lines to paragraphs; return the text, and where headings begin."""
    rows = [(row, i == 0) for page in pages for i, row in enumerate(page)]
    plain = "\n".join(" ".join(row.words.split()) or "-" for row, _ in rows)
    vocabulary = words_of(plain)
    hyphens = sum(row.words.endswith("-") for row, _ in rows)
    divides = hyphens > max(4, _DIVIDING * len(rows))
    usual = median(row.size for row, _ in rows)
    leading = _leading(pages)
    apart = [False] + [
        not first and above.base - row.base > _APART * leading for (above, _), (row, first) in pairwise(rows)
    ]
    mostly_bold = sum(row.bold for row, _ in rows) > len(rows) / 3

    def is_heading(row: _Row) -> bool:
        large = row.size > usual * _HEADING_SIZE and len(row.words) < 100
        return large or (row.bold and not mostly_bold and looks_like_heading(row.words))

    lines = lines_of(plain)
    # A line has its paragraph's blank line above it in the sense of labels and headings.
    lines = [
        Line(line.start, line.end, line.words, i == 0 or apart[i], is_heading(row))
        for i, (line, (row, _)) in enumerate(zip(lines, rows, strict=True))
    ]
    starts = beginnings(lines)
    margins = _margins([row for row, _ in rows])
    pieces: list[str] = []
    headings: list[int] = []
    length = 0

    def put(text: str) -> None:
        nonlocal length
        pieces.append(text)
        length += len(text)

    for i, (row, _) in enumerate(rows):
        words = lines[i].words
        if i:
            above = rows[i - 1][0]
            letter = (row.right - row.left) / max(len(words), 1)
            fits = above.right + letter * (len(words.split(maxsplit=1)[0]) + 0.5) < margins[i - 1]
            fits = fits and not (words[0].islower() and lines[i - 1].words[-1] not in ".?!:")
            if apart[i] or lines[i].heading != lines[i - 1].heading:
                put("\n\n")
            elif i in starts.all or i - 1 in starts.alone or fits:
                put("\n")
            else:
                dropped, between = seam(pieces[-1], words, vocabulary, divides=divides)
                if dropped:
                    pieces[-1] = pieces[-1][:-dropped]
                    length -= dropped
                put(between)
        if lines[i].heading and (not i or not lines[i - 1].heading or apart[i]):
            headings.append(length)
        put(words)
    return "".join(pieces), tuple(headings)


def _leading(pages: Sequence[Sequence[_Row]]) -> float:
    """Return how far lines of one paragraph lie from each other.

    Of a file in which most paragraphs are one line, the middle step would be one from paragraph to paragraph.
    """
    steps = sorted(
        step for page in pages for above, row in pairwise(page) if (step := above.base - row.base) > 0.5 * row.size
    )
    return steps[len(steps) // 5] if steps else 0.0


def _margins(rows: Sequence[_Row]) -> list[float]:
    """Return for each line how far right its neighbours reach; columns have margins of their own."""
    margins = []
    for i in range(len(rows)):
        near = rows[max(0, i - 25) : i + 26]
        beside = (row.right for row in near if row.left < rows[i].right and row.right > rows[i].left)
        margins.append(max(beside, default=rows[i].right))
    return margins


READER = Pdf()
