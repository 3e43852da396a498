"""Paragraphs, headings, table rows and notes put together to one text, in the same way for every format that has them:
a blank line between paragraphs, a table row on a line with ` | ` between its cells, notes at the end.
"""

import re
from collections import Counter
from collections.abc import Sequence

from tbcp_qual.readers.documents.draft import Reading

CELL = " | "
NOTES = "Footnotes"
"""The heading under which footnotes and endnotes stand."""


class Blocks:
    """A text that grows block by block."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.headings: list[int] = []
        self.rows: list[tuple[int, ...]] = []
        self.notes: list[str] = []
        self.close: list[int] = []
        self.items: list[int] = []
        """Where items of lists begin, and what stands right below one."""
        self.blank = 0
        self._in_table = False
        self._set_off = True
        """Whether something other than a paragraph with words is right above."""
        self._below_item = False

    def put(self, text: str) -> None:
        """Go on with the block that was put last."""
        self.pieces.append(text)
        self.length += len(text)

    def paragraph(
        self, text: str, *, heading: bool = False, joined: bool = False, typed: bool = False, listed: bool = False
    ) -> None:
        """Begin a paragraph; of one without words only that it sets others off is kept.

        Args:
            joined: whether it goes on where the last one ended.
            typed: whether the format has empty paragraphs where people leave a line blank.
            listed: whether it is an item of a list.
        """
        text = text.strip("\n")
        if not text.strip():
            self.blank += 1
            self._set_off, self._below_item = True, False
            return
        if typed and not (joined or self._set_off):
            begins = self.length + 2 + len(text) - len(text.lstrip())
            (self.items if listed or self._below_item else self.close).append(begins)
        self._set_off, self._below_item = False, listed
        if self.length and not joined:
            self.put("\n\n")
        self._in_table = False
        if heading:
            self.headings.append(self.length + len(text) - len(text.lstrip()))
        self.put(text)

    def row(self, cells: Sequence[str]) -> None:
        """Add a row to the table above, or begin a table; cells without words are passed over."""
        cells = [cell.replace("\n\n", "\n").strip() for cell in cells]
        cells = [cell for cell in cells if cell]
        if not cells:
            return
        self._set_off, self._below_item = True, False
        if self.length:
            self.put("\n" if self._in_table else "\n\n")
        self._in_table = True
        starts = []
        for i, cell in enumerate(cells):
            if i:
                self.put(CELL)
            starts.append(self.length)
            self.put(cell)
        if len(cells) > 1:
            self.rows.append((*starts, self.length))

    def end_table(self) -> None:
        """Say that the next row belongs to another table."""
        self._in_table = False

    def reading(self, *, warnings: Sequence[str] = (), left_out: Sequence[str] = ()) -> Reading:
        """Return the whole, with the notes at its end."""
        said = list(warnings)
        if self.notes:
            self.paragraph(NOTES, heading=True)
            for number, note in enumerate(self.notes, 1):
                self.paragraph(f"[{number}] {note}")
            said.append(f"its footnotes ({len(self.notes)}) stand at the end, under “{NOTES}”")
        if self.blank * 20 <= len(self.close):
            # Nobody left lines blank, so that each paragraph is one by itself, and lists are no sign of anything else.
            self.close += self.items
        return Reading(
            text="".join(self.pieces),
            headings=tuple(self.headings),
            rows=tuple(self.rows),
            close=tuple(sorted(self.close)),
            warnings=tuple(said),
            left_out=tuple(left_out),
        )


def looks_like_heading(text: str) -> bool:
    """Whether a paragraph all in bold is a heading, and not an emphasised sentence or question."""
    words = text.split()
    return 0 < len(words) <= 8 and len(text) <= 70 and text.rstrip()[-1] not in ".?!,;:…" and "\n" not in text.strip()


def says_more_than_a_number(words: str) -> bool:
    """Whether a page header or footer holds words, and not only the number of the page."""
    return bool(re.search(r"[^\W\d_]{2}", re.sub(r"\b[Pp]age\b|\bof\b", "", words)))


def tracked(counts: Counter[str]) -> list[str]:
    """Say what became of tracked changes, of which `inserted` and `deleted` are counted."""
    return [f"tracked insertions ({n}) are taken as accepted"] if (n := counts["inserted"]) else []


def besides(counts: Counter[str]) -> list[str]:
    """Say what a file holds besides its text and what is left out, by the name under which it was counted."""
    named = {
        "deleted": "tracked deletions",
        "comment": "comments",
        "picture": "pictures",
        "hidden": "hidden words",
        "page": "page headers and footers",
    }
    return [f"{name} ({counts[key]})" for key, name in named.items() if counts[key]]
