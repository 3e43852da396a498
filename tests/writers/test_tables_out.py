"""Tables as CSV and Excel: text stays text, numbers stay numbers, and a file is written whole or not at all."""

import csv
import datetime
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tbcp_qual.errors import BadInput
from tbcp_qual.writers.tables import Table, write_csv, write_workbook

MADE = datetime.datetime(2025, 3, 3, 12, tzinfo=datetime.UTC)
FORMULAS = ["=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "\t=1", "'=1", "http://example.org/a", "mailto:x@example.org"]
TABLE = Table(
    title="Codes / all [2]",
    headings=("code", "words", "n", "share", "negative"),
    rows=[["Trust", words, 3, 0.25, True] for words in FORMULAS] + [["Doubt", None, -7, None, False]],
)


def test_in_a_workbook_nothing_becomes_a_formula_a_link_or_a_number(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook([TABLE], path, title="Codebook", made=MADE)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    cells = [sheet.cell(row, 2) for row in range(2, len(FORMULAS) + 2)]
    assert [cell.value for cell in cells] == FORMULAS
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert [sheet.cell(2, column).value for column in (3, 4, 5)] == [3, 0.25, "yes"]
    assert [sheet.cell(10, column).value for column in (2, 3, 4, 5)] == [None, -7, None, "no"]


def test_headings_stay_in_view_columns_are_filtered_and_sheets_have_names_that_excel_takes(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    empty = Table(title="Codes / all [2]", headings=("a", "b"), rows=[])
    write_workbook([TABLE, empty, Table(title="'" * 40, headings=(), rows=[])], path, title="Codebook")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Codes all 2", "Codes all 2 2", "Sheet"]
    sheet = book.worksheets[0]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:E10"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["B"].width < 62
    assert book.properties.title == "Codebook"


def test_words_that_no_cell_can_hold_are_refused_with_their_place_and_nothing_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"before")
    for text in ("x" * 32_768, "👶" * 16_384):
        with pytest.raises(BadInput, match="sheet Codes, row 3: “full”") as refused:
            write_workbook([Table(title="Codes", headings=("full",), rows=[["a"], [text]])], path, title="")
        assert "xxx" not in refused.value.message
        assert path.read_bytes() == b"before"
        assert [file.name for file in tmp_path.iterdir()] == ["book.xlsx"]
    write_workbook([Table(title="Codes", headings=("full",), rows=[["x" * 32_767]])], path, title="")
    assert len(openpyxl.load_workbook(path).worksheets[0]["A2"].value) == 32_767


def test_what_xml_cannot_hold_does_not_break_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook([Table(title="a\x00", headings=("h\x01",), rows=[["x\ufffe\x07y"]])], path, title="\x02")
    assert openpyxl.load_workbook(path).worksheets[0]["A2"].value == "xy"


def test_csv_opens_in_a_spreadsheet_as_it_is_and_acts_on_nothing(tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    write_csv(TABLE, path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfcode,words,n,share,negative\r\n")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    shown = [row[1] for row in rows[1:-1]]
    assert shown == ["'=1+1", "'+cmd|x", "'-2+3", "'@SUM(A1)", "'\t=1", "''=1", *FORMULAS[6:]]
    assert rows[-1] == ["Doubt", "", "-7", "", "no"]


def test_a_folder_or_a_missing_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere" / "book.csv"):
        with pytest.raises(BadInput):
            write_csv(TABLE, path)
        with pytest.raises(BadInput):
            write_workbook([TABLE], path, title="")
