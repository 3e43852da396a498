"""A codebook from Word: one that was written here and may have been worked on since, or the first table of codes.

Ours is read by its styles: a heading for each code, below it where it lies and what is said of it.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tbcp_qual.coding.code_edits import COLOURS
from tbcp_qual.coding.codebook import SEPARATOR
from tbcp_qual.coding.text import clean, one_line
from tbcp_qual.errors import BadInput
from tbcp_qual.formats.cells import joined
from tbcp_qual.formats.codebook_table import CODE_COLUMNS, PROJECT_COLUMNS, QUESTION_COLUMNS, THEME_COLUMNS
from tbcp_qual.readers.codebooks.cells import Cells, Line
from tbcp_qual.readers.codebooks.draft import CodebookDraft
from tbcp_qual.readers.codebooks.tables import draft_of
from tbcp_qual.readers.documents.package import Package, attribute, child, local
from tbcp_qual.readers.files import read_bytes

_AGAIN = "Save it as .docx once more, or bring the codebook in as YAML, CSV or Excel."
_FACTS = {
    "what it is": "brief",
    "definition": "full",
    "when to use": "when to use",
    "when not to use": "when not to use",
    "example": "example",
}
_APPROACHES = (("framework", "framework"), ("coding reliability", "coding reliability"), ("reflexive", "reflexive"))
_PLACE = re.compile(
    r"(?:below (?P<parent>.+?) · )?(?P<origin>a priori|inductive|in vivo) · (?P<status>provisional|agreed)"
    r"(?: · questions? (?P<questions>.+?))?(?: · excludes others of “(?P<domain>.*?)”)?"
    rf"(?: · (?P<colour>{'|'.join(COLOURS)}))?(?: · [\d,]+ codings?(?:, [\d,]+ with those below)?)?$"
)
_HEADER_ROWS = 3
"""A title may stand above the header of a table."""


class _Paragraph(NamedTuple):
    style: str
    """Its id; Word keeps those that a file came with."""
    text: str


def read_word_codebook(path: Path) -> CodebookDraft:
    """Read the codes of a Word file, and its themes and questions where it was written here.

    Raises:
        BadInput: the file is unfit, or holds no codes.
    """
    package = Package(read_bytes(path), path, "a Word document", _AGAIN)
    body = child(package.xml("word/document.xml"), "body")
    blocks = list(body) if body is not None else []
    paragraphs = [_paragraph(block) for block in blocks if local(block) == "p"]
    sections = _sections(paragraphs)
    if "definitions" in sections:
        return draft_of(
            _codes(path, sections["definitions"]),
            _themes(path, sections.get("themes", [])),
            _questions(path, sections.get("evaluation questions", [])),
            _study(path, paragraphs),
        )
    for block in blocks:
        found = _table(path, block) if local(block) == "tbl" else None
        if found is not None:
            return draft_of(found, None, None, None)
    raise BadInput(
        f"{path} holds no codebook: no table in it has a column `code`.",
        "A row is a code, with its definition in a column `full`.",
    )


def _paragraph(element: Any) -> _Paragraph:
    return _Paragraph(attribute(child(element, "pPr", "pStyle"), "val"), clean("".join(_words(element))).text.strip())


def _words(element: Any) -> Iterator[str]:
    for inner in element:
        name = local(inner)
        if name == "t":
            yield inner.text or ""
        elif name in ("br", "cr"):
            yield "\n"
        elif name == "tab":
            yield "\t"
        elif name not in ("pPr", "rPr", "del"):
            yield from _words(inner)


def _sections(paragraphs: list[_Paragraph]) -> dict[str, list[_Paragraph]]:
    """Return what stands below each heading of the first level."""
    sections: dict[str, list[_Paragraph]] = {}
    current: list[_Paragraph] = []
    for paragraph in paragraphs:
        if paragraph.style == "Heading1":
            current = sections.setdefault(one_line(paragraph.text).casefold(), [])
        elif paragraph.text:
            current.append(paragraph)
    return sections


def _codes(path: Path, paragraphs: list[_Paragraph]) -> Cells:
    rows: list[dict[str, str]] = []
    shown: dict[str, str] = {}
    """Colours by path."""
    top = last = ""
    for paragraph in paragraphs:
        text = paragraph.text
        if paragraph.style in ("Heading2", "Heading3"):
            name = one_line(text)
            if paragraph.style == "Heading2":
                top = name
            above = f"{top}{SEPARATOR}" if paragraph.style == "Heading3" and top else ""
            rows.append({"code": f"{above}{name}", "name": name})
            last = ""
        elif not rows:
            continue
        elif paragraph.style == "MatrixNote" and (place := _PLACE.match(one_line(text))):
            row, said = rows[-1], place.groupdict("")
            parent = said.pop("parent")
            row["code"] = SEPARATOR.join(filter(None, (parent, row["name"])))
            shown[row["code"].casefold()] = said["colour"]
            if said["colour"] == shown.get(parent.casefold()):
                # What is shown is inherited.
                said["colour"] = ""
            row |= said | {"questions": joined(key for key in said["questions"].split(", ") if key)}
        else:
            label, tab, words = text.partition("\t")
            column = _FACTS.get(one_line(label).casefold()) if tab else None
            if column is not None:
                last = column
                rows[-1][column] = "" if words == "none yet" else _unquoted(words) if column == "example" else words
            elif last:
                rows[-1][last] += f"\n{text}"
    return _cells(path, "codes", ("code", *CODE_COLUMNS), rows)


def _unquoted(example: str) -> str:
    inner = example[1:-1]
    return inner if example[:1] == "“" and example[-1:] == "”" and not {"“", "”"}.intersection(inner) else example


def _themes(path: Path, paragraphs: list[_Paragraph]) -> Cells:
    rows: list[dict[str, str]] = []
    for style, text in paragraphs:
        if style == "ThemeName":
            rows.append({"theme": one_line(text)})
        elif rows and style == "ThemeDefinition":
            rows[-1]["definition"] = "" if text == "No definition yet." else text
        elif rows and style == "ThemeCodes":
            about, _, codes = one_line(text).rpartition("Codes: ")
            keys = re.match(r"Questions? (.+?) · ", about or one_line(text))
            rows[-1]["questions"] = joined(keys[1].split(", ")) if keys else ""
            rows[-1]["codes"] = joined(codes.split("; ")) if about or text.startswith("Codes: ") else ""
    return _cells(path, "themes", THEME_COLUMNS, rows)


def _questions(path: Path, paragraphs: list[_Paragraph]) -> Cells:
    rows: list[dict[str, str]] = []
    above = ""
    for style, text in paragraphs:
        if style == "Question":
            above, _, words = text.partition("  ")
            short, colon, asked = words.partition(": ")
            rows.append({"question": above, "short": short if colon else "", "text": asked if colon else words})
        elif style == "Subquestion":
            key, _, asked = text.partition("\t")
            rows.append({"question": key, "sub-question of": above, "text": asked})
    columns = [column for column in QUESTION_COLUMNS if column != "aspect"]
    return _cells(path, "questions", columns, rows)


def _study(path: Path, paragraphs: list[_Paragraph]) -> Cells:
    project = next((one_line(text) for style, text in paragraphs if style == "Subtitle"), "")
    said = next((text.partition("\t")[2] for _, text in paragraphs if text.startswith("Approach\t")), "")
    approach = next((name for begins, name in _APPROACHES if said.startswith(begins)), "framework")
    return _cells(path, "project", PROJECT_COLUMNS, [{"project": project, "approach": approach}])


def _cells(path: Path, what: str, columns: Iterable[str], rows: list[dict[str, str]]) -> Cells:
    names = tuple(columns)
    lines = tuple(
        Line(where=f"{path}, {what}, number {n}", cells={column: row.get(column, "") for column in names})
        for n, row in enumerate(rows, 1)
    )
    return Cells(where=f"{path}, {what}", columns=names, lines=lines)


def _table(path: Path, table: Any) -> Cells | None:
    """Return a table that has a column of codes; None for another."""
    rows = [
        ["\n".join(_paragraph(p).text for p in cell if local(p) == "p").strip() for cell in row if local(cell) == "tc"]
        for row in table
        if local(row) == "tr"
    ]
    for place, row in enumerate(rows[:_HEADER_ROWS]):
        header = [one_line(cell).casefold() for cell in row]
        if {"code", "name", "path"}.intersection(header):
            found = [dict(zip(header, cells, strict=False)) for cells in rows[place + 1 :] if any(cells)]
            return _cells(path, "table of codes", tuple(header), found)
    return None
