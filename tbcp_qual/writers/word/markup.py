"""WordprocessingML as strings, parsed once: adding elements one by one through python-docx is many times slower.

Every string of a document or a person goes through `escaped`.
"""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape

# What is not allowed, as what is allowed would take ten times as long to compile.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile('[&<>"]')
_BREAKS = re.compile("\r\n|[\n\r\t]")
_NAME = re.compile("[^A-Za-z0-9_]")

BOOKMARK_LENGTH = 40


def escaped(text: str) -> str:
    """Return text as it may stand between tags or in an attribute; what XML cannot hold is left out."""
    text = legal(text)
    return escape(text, {'"': "&quot;"}) if _ESCAPED.search(text) else text


def legal(text: str) -> str:
    """Return text without what neither XML nor HTML can hold."""
    return _ILLEGAL.sub("", text)


def run(text: str, style: str = "") -> str:
    """Return a run of text; line ends become line breaks."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    if not _BREAKS.search(text):
        return f'<w:r>{properties}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'
    parts: list[str] = []
    last = 0
    for found in _BREAKS.finditer(text):
        parts.append(f'<w:t xml:space="preserve">{escaped(text[last : found.start()])}</w:t>')
        parts.append("<w:tab/>" if found.group() == "\t" else "<w:br/>")
        last = found.end()
    parts.append(f'<w:t xml:space="preserve">{escaped(text[last:])}</w:t>')
    return f"<w:r>{properties}{''.join(parts)}</w:r>"


def line_break() -> str:
    """Return a line break within a paragraph."""
    return "<w:r><w:br/></w:r>"


def paragraph(
    style: str, *content: str, section: str = "", with_next: bool | None = None, new_page: bool = False
) -> str:
    """Return a paragraph; `section` holds the properties of the section that it ends.

    `with_next` says whether it stays on the page of what follows; None leaves that to its style, as it is left to it
    whether a page begins with it unless `new_page` says so.
    """
    keep = {None: "", True: "<w:keepNext/>", False: '<w:keepNext w:val="0"/>'}[with_next]
    keep += "<w:pageBreakBefore/>" if new_page else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{section}</w:pPr>{"".join(content)}</w:p>'


def link(anchor: str, content: str) -> str:
    """Return runs that lead to a bookmark."""
    return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{content}</w:hyperlink>'


def bookmark(number: int, name: str, content: str) -> str:
    """Return content within a bookmark; `number` is used once in a document."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def bookmark_name(prefix: str, record_id: str, suffix: str = "") -> str:
    """Return a name as Word allows it: 40 letters, digits and underscores, a letter first."""
    room = BOOKMARK_LENGTH - len(prefix) - len(suffix) - 1
    return f"{prefix}_{_NAME.sub('_', record_id)[:room]}{suffix}"


def field(instruction: str, shown: str = "") -> str:
    """Return a field that Word keeps up to date, with what it shows until then."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escaped(instruction)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown) if shown else ""}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def section(*, landscape: bool, references: str = "") -> str:
    """Return the properties of an A4 section; without `references` its header and footer are those before it."""
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if landscape else 'w:w="11906" w:h="16838"'
    sides = 'w:right="850" w:left="850"' if landscape else 'w:right="1304" w:left="1304"'
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/><w:pgSz {size}/>'
        f'<w:pgMar w:top="1247" w:bottom="1077" {sides} w:header="567" w:footer="510" w:gutter="0"/></w:sectPr>'
    )


def table(rows: Iterable[str], *, style: str, widths: list[int], title: str, description: str) -> str:
    """Return a table of fixed column widths (twentieths of a point), with what a screen reader says of it."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="06A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1"'
        ' w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escaped(title)}"/><w:tblDescription w:val="{escaped(description)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def table_row(cells: Iterable[tuple[int, str]], *, header: bool = False, may_split: bool = False) -> str:
    """Return a row of `(width, paragraphs)`; a header row is repeated on every page."""
    split = "" if may_split else "<w:cantSplit/>"
    repeated = "<w:tblHeader/>" if header else ""
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>' for width, content in cells
    )
    return f"<w:tr><w:trPr>{split}{repeated}</w:trPr>{written}</w:tr>"
