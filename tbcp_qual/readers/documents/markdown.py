"""Markdown: its words without its marks, paragraphs, lists and tables as such.

A line break stays one, because typed transcripts put each speaker on a line; `[P07]: …` is words, not a link.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from tbcp_qual.readers.documents.blocks import Blocks
from tbcp_qual.readers.documents.draft import Reading, Source
from tbcp_qual.readers.documents.limits import measure
from tbcp_qual.readers.documents.wrapped import breaks, rejoined
from tbcp_qual.readers.files import decode

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LONGEST_PARAGRAPH = 20_000
"""Characters of a paragraph whose marks are looked for; a longer one is taken as it is, for that could take hours."""

_TAG = re.compile(
    r"<(?:!--.*?--|/?(a|abbr|b|blockquote|br|center|code|del|details|div|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre"
    r"|q|s|small|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul)\b[^<>]*)>",
    re.IGNORECASE | re.DOTALL,
)


class Markdown:
    """Reads `.md`."""

    name = "Markdown"
    suffixes: tuple[str, ...] = (".md", ".markdown")

    def read(self, source: Source) -> Reading:
        """Read a Markdown file: its words, with the headings that it marks."""
        decoded = decode(source.content, source.path)
        measure(decoded.text, source.path)
        text, joined = rejoined(decoded.text)
        walk = _Walk()
        walk.run(_parser().parse(text))
        left_out = [*breaks(joined), *([f"HTML tags ({walk.tags})"] if walk.tags else [])]
        left_out += [f"pictures ({walk.pictures})"] if walk.pictures else []
        return walk.out.reading(warnings=decoded.warnings, left_out=left_out)


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table")
    parser.disable(["reference", "code", "lheading", "autolink"])
    parser.core.ruler.disable("inline")
    return parser


class _Walk:
    """One pass over the tokens of a file."""

    def __init__(self) -> None:
        self.out = Blocks()
        self.tags = self.pictures = 0
        self.lists: list[int] = []
        """The number of the next item, by depth; 0 where they are not numbered."""
        self.mark = ""
        self.cells: list[str] | None = None

    def run(self, tokens: "Sequence[Token]") -> None:
        heading = False
        for token in tokens:
            kind = token.type
            if kind == "heading_open":
                heading = True
            elif kind == "heading_close":
                heading = False
            elif kind in ("bullet_list_open", "ordered_list_open"):
                self.lists.append(int(token.attrs.get("start", 1)) if kind.startswith("ordered") else 0)
            elif kind in ("bullet_list_close", "ordered_list_close"):
                self.lists.pop()
            elif kind == "list_item_open":
                self.mark = f"{self.lists[-1]}. " if self.lists[-1] else "- "
                self.lists[-1] += bool(self.lists[-1])
            elif kind == "table_open":
                self.out.end_table()
            elif kind == "tr_open":
                self.cells = []
            elif kind == "tr_close":
                self.out.row(self.cells or [])
                self.cells = None
            elif kind == "inline":
                self.words(self.inline(token.content), heading)
            elif kind in ("fence", "code_block"):
                self.words(token.content, False)
            elif kind == "html_block":
                self.words(self.without_tags(token.content), False)

    def words(self, text: str, heading: bool) -> None:
        text = "\n".join(line.strip() for line in text.split("\n"))
        if self.cells is not None:
            self.cells.append(text)
            return
        self.out.paragraph(self.mark + text if text.strip() else "", heading=heading)
        self.mark = ""

    def inline(self, content: str) -> str:
        if len(content) > LONGEST_PARAGRAPH:
            return content
        tokens: list[Token] = []
        _parser().inline.parse(content, _parser(), {}, tokens)
        pieces = []
        for token in tokens:
            if token.type in ("softbreak", "hardbreak"):
                pieces.append("\n")
            elif token.type == "image":
                self.pictures += 1
            elif token.type == "html_inline":
                pieces.append(self.without_tags(token.content))
            else:
                pieces.append(token.content)
        return "".join(pieces)

    def without_tags(self, content: str) -> str:
        """Take the tags of HTML away, and no others: `<INT>` is a speaker."""
        text, taken = _TAG.subn(lambda tag: "\n" if (tag[1] or "").lower() in ("br", "p", "div") else "", content)
        self.tags += taken
        return text


READER = Markdown()
