"""Headings and the contents field that lists them, filled in so that it is not blank before Word updates it."""

from collections.abc import Iterator

from tbcp_qual.writers.word.markup import bookmark, field, link, paragraph, run

_BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
_INSTRUCTION = '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{deepest}" \\h \\z \\u </w:instrText></w:r>'
_SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


class Contents:
    """Makes headings, and remembers them for the contents."""

    def __init__(self, numbers: Iterator[int], *, deepest: int = 2) -> None:
        """`numbers` gives the numbers of bookmarks; headings below level `deepest` are not listed."""
        self._numbers, self._deepest = numbers, deepest
        self._entries: list[tuple[int, str, str]] = []

    @property
    def entries(self) -> int:
        """How many headings are listed so far."""
        return len(self._entries)

    def heading(self, level: int, text: str, *, listed: bool = True, new_page: bool = False) -> str:
        """Return a heading; it enters the contents unless it is not to be listed."""
        if not listed or level > self._deepest:
            return paragraph(f"Heading{level}", run(text))
        number = next(self._numbers)
        name = f"_Toc{number:08d}"
        self._entries.append((level, text, name))
        return paragraph(f"Heading{level}", bookmark(number, name, run(text)), new_page=new_page)

    def field(self) -> list[str]:
        """Return the contents: its title, and an entry for each heading made so far."""
        lines = [paragraph("TOCHeading", run("Contents"))]
        for place, (level, text, name) in enumerate(self._entries):
            opening = _BEGIN + _INSTRUCTION.format(deepest=self._deepest) + _SEPARATE if place == 0 else ""
            closing = _END if place == len(self._entries) - 1 else ""
            page = "<w:r><w:tab/></w:r>" + field(f"PAGEREF {name} \\h")
            lines.append(paragraph(f"TOC{level}", opening, link(name, run(text) + page), closing))
        return lines
