"""One conversation written in every format that is read, by the libraries of others where there are any."""

import csv
import zipfile
from collections.abc import Callable
from ctypes import cast, create_string_buffer
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
import odfdo
import pypdfium2
import xlsxwriter
from pypdfium2 import raw

Conversation = list[tuple[str, str]]

TALK: Conversation = [
    ("INT", "How did you first hear of the team?"),
    ("P07", "My midwife said. She just sat with me, and she asked about the flat."),
    ("INT", "And then?"),
    ("P07", "Then they came, the two of them, on a Tuesday."),
]


def as_docx(path: Path, talk: Conversation) -> None:
    made = docx.Document()
    for speaker, words in talk:
        made.add_paragraph(f"{speaker}: {words}")
    made.save(str(path))


def as_odt(path: Path, talk: Conversation) -> None:
    made = odfdo.Document("text")
    made.body.clear()
    for speaker, words in talk:
        made.body.append(odfdo.Paragraph(f"{speaker}: {words}"))
    made.save(path)


def as_rtf(path: Path, talk: Conversation) -> None:
    paragraphs = "".join(rf"\pard {speaker}: {rtf(words)}\par " for speaker, words in talk)
    path.write_text(rf"{{\rtf1\ansi\ansicpg1252 {paragraphs}}}", encoding="ascii")


def rtf(words: str) -> str:
    """Write words as RTF does: what is not ASCII as signed units of UTF-16."""

    def units(character: str) -> str:
        wide = character.encode("utf-16-le")
        return "".join(f"\\u{int.from_bytes(wide[i : i + 2], 'little', signed=True)}?" for i in range(0, len(wide), 2))

    return "".join(c if c.isascii() else units(c) for c in words)


def as_pdf(path: Path, talk: Conversation) -> None:
    pdf(path, [[(72, 760 - 30 * i, f"{speaker}: {words}") for i, (speaker, words) in enumerate(talk)]])


def pdf(path: Path, pages: list[list[tuple[float, float, str]]], *, size: float = 11) -> None:
    """Write a PDF with lines of text at places on its pages; a page without lines gets a picture."""
    made = pypdfium2.PdfDocument.new()
    for lines in pages:
        page = made.new_page(595, 842)
        for x, y, words in lines:
            letters = raw.FPDFPageObj_NewTextObj(made, b"Helvetica", size)
            wide = create_string_buffer(words.encode("utf-16-le") + b"\0\0")
            raw.FPDFText_SetText(letters, cast(wide, raw.FPDF_WIDESTRING))
            raw.FPDFPageObj_Transform(letters, 1, 0, 0, 1, x, y)
            raw.FPDFPage_InsertObject(page, letters)
        if not lines:
            picture = pypdfium2.PdfImage.new(made)
            bitmap = pypdfium2.PdfBitmap.new_native(50, 50, raw.FPDFBitmap_BGR)
            picture.set_bitmap(bitmap)
            page.insert_obj(picture)
        page.gen_content()
    made.save(path)


def as_txt(path: Path, talk: Conversation) -> None:
    path.write_text("".join(f"{speaker}: {words}\n\n" for speaker, words in talk), encoding="utf-8")


def as_md(path: Path, talk: Conversation) -> None:
    path.write_text("".join(f"**{speaker}:** {words}\n\n" for speaker, words in talk), encoding="utf-8")


def as_html(path: Path, talk: Conversation) -> None:
    paragraphs = "".join(f"<p><b>{speaker}:</b> {escape(words)}</p>" for speaker, words in talk)
    page = f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>x</title></head><body>{paragraphs}</body></html>"
    path.write_text(page, encoding="utf-8")


def as_vtt(path: Path, talk: Conversation) -> None:
    cues = "".join(
        f"\n00:00:{i * 5:02}.000 --> 00:00:{i * 5 + 4:02}.000\n<v {speaker}>{escape(words)}</v>\n"
        for i, (speaker, words) in enumerate(talk)
    )
    path.write_text(f"WEBVTT\n{cues}", encoding="utf-8")


def as_srt(path: Path, talk: Conversation) -> None:
    cues = "".join(
        f"{i + 1}\n00:00:{i * 5:02},000 --> 00:00:{i * 5 + 4:02},000\n{speaker}: {words}\n\n"
        for i, (speaker, words) in enumerate(talk)
    )
    path.write_text(cues, encoding="utf-8")


def as_csv(path: Path, talk: Conversation) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([("Speaker", "Text"), *talk])


def as_xlsx(path: Path, talk: Conversation) -> None:
    sheet(path, [("Speaker", "Text"), *talk])


def sheet(path: Path, *sheets: list[Any], titles: tuple[str, ...] = ()) -> None:
    """Write a workbook with these rows on its sheets."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    for i, rows in enumerate(sheets):
        page = book.add_worksheet(titles[i] if titles else None)
        for y, row in enumerate(rows):
            page.write_row(y, 0, row)
    book.close()


MAKERS: dict[str, Callable[[Path, Conversation], None]] = {
    ".docx": as_docx,
    ".odt": as_odt,
    ".rtf": as_rtf,
    ".pdf": as_pdf,
    ".txt": as_txt,
    ".md": as_md,
    ".html": as_html,
    ".vtt": as_vtt,
    ".srt": as_srt,
    ".csv": as_csv,
    ".xlsx": as_xlsx,
}
"""How a file of each kind is made, by suffix; each reader must have one."""


def packed(path: Path, files: dict[str, bytes | str]) -> Path:
    """Write a zip archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path
