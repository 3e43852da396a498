"""Rich text (RTF), read by its own grammar of groups and control words.

striprtf gives the words alone; footnotes, table rows, headings, hidden and deleted words must not get lost unsaid.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents.blocks import Blocks, besides, looks_like_heading, says_more_than_a_number, tracked
from tbcp_qual.readers.documents.draft import Reading, Source
from tbcp_qual.readers.documents.lines import word_list

MOST_TOKENS = 4_000_000
DEEPEST = 500

_TOKEN = re.compile(
    r"\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|'(?P<hex>[0-9a-fA-F]{2})|(?P<sign>[^a-zA-Z]))"
    r"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)|\\"
)
_SKIPPED = word_list(
    """
    colortbl info pict object annotation sp shprslt
    nonshppict listtext pntext xe tc rxe bkmkstart bkmkend fldinst atnid atnauthor revtbl listtable filetbl generator
    themedata datastore template operator author title subject keywords doccomm
    """
)
_PAGE_PARTS = frozenset(("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"))
_STARRED = frozenset(("shpinst", "footnote", "shppict"))
"""Groups that may be ignored, as a star says, and are not."""
_SIGNS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ", "nestcell": "\t", "nestrow": "\n",
    "page": "\n", "column": "\n",
}  # fmt: skip
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250",
}  # fmt: skip


class RichText:
    """Reads `.rtf`."""

    name = "rich text (RTF)"
    suffixes: tuple[str, ...] = (".rtf",)

    def read(self, source: Source) -> Reading:
        """Read an RTF file: paragraphs with a blank line between them, a table row by row."""
        start = source.content[:200].lstrip(b"\xef\xbb\xbf \r\n")
        if not start.startswith(b"{\\rtf"):
            raise BadInput(f"{source.path} is not {self.name}.", "Open it in Word or LibreOffice and save it again.")
        return _Parser(source.content.decode("latin-1"), source.path).reading()


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits from the one around it."""

    skipped: bool = False
    part: str = ""
    """`fonttbl`, `stylesheet`, `page` or `footnote`, for what stands in one; empty in the text."""
    unicode_skip: int = 1
    font: int = -1
    bold: bool = False
    hidden: bool = False
    deleted: bool = False


class _Flow:
    """The text, or one footnote: paragraphs and cells as they fill up."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        self.pieces: list[str] = []
        self.cells: list[str] = []
        self.in_table = self.heading = self.listed = False
        self.bold = True

    def end_paragraph(self, *, in_cell: bool) -> None:
        if in_cell:
            self.pieces.append("\n\n")
            return
        self.end_row()
        text = _whole("".join(self.pieces))
        heading = bool(text.strip()) and (self.heading or self.is_bold_heading(text))
        self.blocks.paragraph(text, heading=heading, typed=True, listed=self.listed)
        self.pieces.clear()
        self.bold = True

    def is_bold_heading(self, text: str) -> bool:
        return self.bold and looks_like_heading(text)

    def end_cell(self) -> None:
        self.cells.append(_whole("".join(self.pieces)))
        self.pieces.clear()
        self.bold = True

    def end_row(self) -> None:
        if self.cells:
            self.blocks.row(self.cells)
            self.cells = []


class _Parser:
    """One pass over the tokens."""

    def __init__(self, text: str, path: Path) -> None:
        self.text, self.path = text, path
        self.counts: Counter[str] = Counter()
        self.state = _State()
        self.stack: list[_State] = []
        self.flow = self.main = _Flow()
        self.codepage = "cp1252"
        self.fonts: dict[int, str] = {}
        self.headings: set[int] = set()
        self.style_name: list[str] = []
        self.style: int | None = None
        """Number of the paragraph style that the sheet describes just now."""
        self.pending = bytearray()
        """Bytes in a code page, which may need their neighbours to be understood."""
        self.to_skip = 0
        """Characters still to come that repeat one given as Unicode."""
        self.starred = False
        self.page_words: list[str] = []

    def reading(self) -> Reading:
        place = tokens = 0
        while place < len(self.text):
            token = _TOKEN.match(self.text, place)
            assert token is not None
            place = token.end()
            tokens += 1
            if tokens > MOST_TOKENS:
                raise BadInput(f"{self.path} has more than {MOST_TOKENS:,} marks of layout.", "Save it as plain text.")
            kind = token.lastgroup
            if kind == "text":
                self.plain(token.group())
            elif kind == "hex":
                self.byte(int(token["hex"], 16))
            elif kind == "brace":
                self.brace(token.group())
            elif kind in ("word", "number"):
                number = int(token["number"]) if token["number"] else None
                if token["word"] == "bin":
                    place += max(number or 0, 0)
                else:
                    self.word(token["word"], number)
            elif kind == "sign":
                self.sign(token["sign"])
        self.flush()
        self.flow = self.main
        self.flow.end_paragraph(in_cell=False)
        self.counts["page"] += says_more_than_a_number("".join(self.page_words))
        return self.main.blocks.reading(warnings=tracked(self.counts), left_out=besides(self.counts))

    def brace(self, brace: str) -> None:
        self.flush()
        self.to_skip = 0
        if brace == "{":
            if len(self.stack) >= DEEPEST:
                raise BadInput(f"{self.path} is damaged: its groups are {DEEPEST} deep.", "Save it again.")
            self.stack.append(self.state)
        elif self.stack:
            before = self.stack.pop()
            if self.state.part == "footnote" and before.part != "footnote":
                self.end_note()
            if self.state.part == "stylesheet":
                self.end_style()
            self.state = before
        self.starred = False

    def sign(self, sign: str) -> None:
        if sign == "*":
            self.starred = True
        elif sign in "\\{}":
            self.plain(sign)
        elif sign in "\r\n":
            self.word("par", None)
        elif sign == "~":
            self.put("\u00a0")
        elif sign == "_":
            self.put("\u2011")

    def word(self, word: str, number: int | None) -> None:
        starred, self.starred = self.starred, False
        if word == "u" and number is not None:
            self.flush()
            self.put(chr(number & 0xFFFF))
            self.to_skip = self.state.unicode_skip
            return
        self.flush()
        if self.opens_part(word, starred):
            return
        if word in _SIGNS:
            self.put(_SIGNS[word])
        elif word in ("par", "sect"):
            self.paragraph_ends()
        elif word in ("cell", "row"):
            self.table_goes_on(word)
        else:
            self.format(word, number)

    def opens_part(self, word: str, starred: bool) -> bool:
        """Whether a control word opens a group that is no running text."""
        state = self.state
        if word in ("fonttbl", "stylesheet"):
            self.state = replace(state, part=word)
        elif word in _PAGE_PARTS:
            self.state = replace(state, part="page")
        elif word == "footnote":
            if not state.skipped and state.part != "footnote":
                self.begin_note()
        elif word in _SKIPPED or (starred and word not in _STARRED and state.part != "stylesheet"):
            if not state.skipped:
                self.counts["picture"] += word == "pict"
                self.counts["comment"] += word == "annotation"
            self.state = replace(state, skipped=True)
        else:
            return False
        return True

    def paragraph_ends(self) -> None:
        if not self.state.skipped and self.state.part in ("", "footnote"):
            self.flow.end_paragraph(in_cell=self.flow.in_table)

    def table_goes_on(self, word: str) -> None:
        if self.state.skipped or self.state.part:
            return
        if word == "cell":
            self.flow.end_cell()
        else:
            self.flow.end_row()

    def format(self, word: str, number: int | None) -> None:
        on = number != 0
        state, flow = self.state, self.flow
        if word == "ansicpg" and number:
            self.codepage = _known(f"cp{number}") or self.codepage
        elif word == "f" and number is not None:
            self.state = replace(state, font=number)
        elif word == "fcharset" and state.part == "fonttbl" and number is not None:
            self.fonts[state.font] = _CHARSETS.get(number, "")
        elif word == "uc" and number is not None:
            self.state = replace(state, unicode_skip=min(max(number, 0), 8))
        elif word == "b":
            self.state = replace(state, bold=on)
        elif word == "v":
            self.state = replace(state, hidden=on)
        elif word == "deleted":
            self.change("deleted", on)
            self.state = replace(state, deleted=on)
        elif word == "revised":
            self.change("inserted", on)
        elif word == "plain":
            self.state = replace(state, bold=False, hidden=False, deleted=False)
        elif word == "intbl" and not state.part:
            flow.in_table = True
        elif word == "ls" and not state.part:
            flow.listed = True
        elif word == "outlinelevel" and not state.part:
            flow.heading = number is not None and number < 9
        elif word == "s" and number is not None:
            if state.part == "stylesheet":
                self.style = number
            elif not state.part:
                flow.heading = number in self.headings
        elif word == "pard" and state.part != "stylesheet":
            flow.in_table = flow.heading = flow.listed = False

    def change(self, kind: str, on: bool) -> None:
        if on and not self.state.skipped:
            self.counts[kind] += 1

    def plain(self, text: str) -> None:
        if self.to_skip:
            skipped = min(self.to_skip, len(text))
            self.to_skip -= skipped
            text = text[skipped:]
            if not text:
                return
        if text.isascii():
            self.flush()
            self.put(text)
        else:
            self.pending += text.encode("latin-1")

    def byte(self, value: int) -> None:
        if self.to_skip:
            self.to_skip -= 1
        else:
            self.pending.append(value)

    def flush(self) -> None:
        if self.pending:
            encoding = self.fonts.get(self.state.font) or self.codepage
            text = bytes(self.pending).decode(encoding, "replace")
            self.pending.clear()
            self.put(text)

    def put(self, text: str) -> None:
        state = self.state
        if state.skipped or state.part == "fonttbl":
            return
        if state.part == "stylesheet":
            self.style_name.append(text)
        elif state.part == "page":
            self.page_words.append(text)
        elif state.deleted:
            return
        elif state.hidden:
            self.counts["hidden"] += bool(text.strip())
        else:
            flow = self.flow
            flow.pieces.append(text)
            if flow.bold and not state.bold and text.strip():
                flow.bold = False

    def end_style(self) -> None:
        """Remember the number of a heading's style."""
        name = "".join(self.style_name).strip(" ;").lower()
        self.style_name.clear()
        if self.style is not None and (name.startswith("heading ") or name in ("title", "subtitle")):
            self.headings.add(self.style)
        self.style = None

    def begin_note(self) -> None:
        notes = self.main.blocks.notes
        notes.append("")
        self.flow.pieces.append(f"[{len(notes)}]")
        self.state = replace(self.state, part="footnote", bold=False, hidden=False, deleted=False)
        self.flow = _Flow()

    def end_note(self) -> None:
        self.flow.end_paragraph(in_cell=False)
        self.main.blocks.notes[-1] = "".join(self.flow.blocks.pieces).replace("\n\n", "\n").strip()
        self.flow = self.main


def _known(encoding: str) -> str:
    try:
        "".encode(encoding)
    except LookupError:
        return ""
    return encoding


def _whole(text: str) -> str:
    """Put the two halves of characters beyond the first 65,536 together."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


READER = RichText()
