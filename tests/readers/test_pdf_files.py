"""PDF: lines become paragraphs again, what is printed on every page goes, and pictures of pages are refused."""

from pathlib import Path

import pytest

from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents import pdf as reader
from tbcp_qual.readers.documents import read_document

from .making import pdf

LONG = "So I wanted to begin by asking how you first heard of it and what you made of it then"
Lines = list[tuple[float, float, str]]


def column(*lines: str, top: float = 780, step: float = 14, left: float = 72) -> Lines:
    """Lines one below the other; an empty one leaves a gap."""
    return [(left, top - step * i, line) for i, line in enumerate(lines) if line]


def made(folder: Path, *pages: Lines) -> Path:
    pdf(folder / "made.pdf", list(pages))
    return folder / "made.pdf"


def test_lines_of_a_paragraph_are_joined_and_speakers_begin_new_ones(tmp_path: Path) -> None:
    draft = read_document(
        made(
            tmp_path,
            column(f"INT: {LONG},", "and what they said of it.", f"P07: {LONG} and there.", "INT: And?", "P07: No."),
        )
    )
    assert draft.text == (f"INT: {LONG}, and what they said of it.\nP07: {LONG} and there.\nINT: And?\nP07: No.")
    assert [turn.speaker for turn in draft.turns] == ["INT", "P07", "INT", "P07"]


def test_a_gap_divides_paragraphs(tmp_path: Path) -> None:
    draft = read_document(made(tmp_path, column(LONG, "to the end of it.", "", LONG, "to the other end.", "", "Done.")))
    assert [draft.text[turn.start : turn.end] for turn in draft.turns] == [
        f"{LONG} to the end of it.", f"{LONG} to the other end.", "Done.",
    ]  # fmt: skip


def test_words_divided_at_the_end_of_a_line_are_whole_again_and_hyphens_stay(tmp_path: Path) -> None:
    lines = column(f"{LONG} the inter-", "view was done, the second interview of", f"{LONG} the long-", "term one too.")
    text = read_document(made(tmp_path, lines)).text
    assert "then the interview was done" in text
    assert "the long-term one" in text


def test_page_headers_and_numbers_are_left_out_and_counted_and_answers_are_not(tmp_path: Path) -> None:
    pages = [
        [(72, 810, "Strictly private"), *column(f"INT: How many, {n}?", "P07: I was 30.", "30", f"INT: So, {n}."), (300, 30, str(n))]
        for n in (1, 2, 3)
    ]  # fmt: skip
    draft = read_document(made(tmp_path, *pages))
    assert "Strictly private" not in draft.text
    assert draft.text.count("\n30") == 3
    assert draft.left_out == ("page headers, footers and numbers (6 lines)",)
    assert [turn.speaker for turn in draft.turns] == ["INT", "P07", "INT"] * 3


def test_a_label_that_opens_every_page_is_no_page_header(tmp_path: Path) -> None:
    pages = [column(f"P07: {word} and so on.", "INT: And?") for word in ("First", "Then", "Last", "Ever")]
    assert len(read_document(made(tmp_path, *pages)).turns) == 8


def test_a_paragraph_goes_on_over_the_page(tmp_path: Path) -> None:
    draft = read_document(
        made(tmp_path, column("INT: Why?", f"P07: {LONG} and"), column("and that was it.", "INT: Oh."))
    )
    assert draft.text == f"INT: Why?\nP07: {LONG} and and that was it.\nINT: Oh."


def test_scanned_pages_are_refused_or_missed_by_number(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is scanned: its pages are pictures"):
        read_document(made(tmp_path, [], []))
    draft = read_document(made(tmp_path, column("INT: Why?", "P07: So."), [], column("INT: Oh.")))
    assert draft.warnings == ("pages without text, perhaps scanned (1: 2) are missing",)


def test_a_password_is_said(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    key = b"<" + b"ab" * 32 + b">"
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"3 0 obj<</Filter/Standard/V 1/R 2/O" + key + b"/U" + key + b"/P -4>>endobj\n"
        b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]>>\n%%EOF"
    )
    with pytest.raises(BadInput, match="has a password"):
        read_document(path)


def test_a_damaged_pdf_and_one_without_end_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj")
    with pytest.raises(BadInput, match="is damaged"):
        read_document(tmp_path / "cut.pdf")
    monkeypatch.setattr(reader, "MOST_PAGES", 2)
    with pytest.raises(BadInput, match="at most 2 are read"):
        read_document(made(tmp_path, column("a"), column("b"), column("c")))
