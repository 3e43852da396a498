"""What a file is, whatever its name says."""

import zipfile
from io import BytesIO

_STARTS = (
    (b"%PDF-", "a PDF", ".pdf"),
    (b"{\\rtf", "rich text (RTF)", ".rtf"),
    (b"\xd0\xcf\x11\xe0", "an old Office file, or one with a password", ""),
    (b"SQLite format 3", "a database", ""),
    (b"\x89PNG", "a picture", ""),
    (b"\xff\xd8\xff", "a picture", ""),
    (b"GIF8", "a picture", ""),
    (b"ID3", "a sound recording", ""),
    (b"RIFF", "a sound recording or film", ""),
    (b"OggS", "a sound recording", ""),
    (b"\x1f\x8b", "a compressed file", ""),
    (b"7z\xbc\xaf", "a compressed file", ""),
    (b"Rar!", "a compressed file", ""),
)
_PAGES = (b"<!doctype html", b"<html")


def kind_of(content: bytes) -> tuple[str, str]:
    """Return what a file is and how its name should end; both empty for what may be plain text."""
    for start, what, suffix in _STARTS:
        if content.startswith(start):
            return what, suffix
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_archive(content)
    if content[4:8] == b"ftyp":
        return "a sound recording or film", ""
    if content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGES):
        return "a web page", ".html"
    return "", ""


def _kind_of_archive(content: bytes) -> tuple[str, str]:
    try:
        names = set(zipfile.ZipFile(BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "a zip archive, and damaged", ""
    if any(name.startswith("word/") for name in names):
        return "a Word file", ".docx"
    if any(name.startswith("xl/") for name in names):
        return "an Excel workbook", ".xlsx"
    if "content.xml" in names:
        return "an OpenDocument file", ".odt"
    return "a zip archive", ".zip"
