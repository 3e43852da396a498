"""CSV and Excel as documents: what a column is called says what it holds, and where that is not enough a person does."""

from datetime import date, time
from pathlib import Path

import pytest
import xlsxwriter

from tbcp_qual.errors import BadInput, UsageError
from tbcp_qual.readers.documents import read_document
from tbcp_qual.readers.documents.columns import parse_columns

from .making import packed, sheet


def table(folder: Path, text: str) -> Path:
    path = folder / "made.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_one_row_a_turn_has_speaker_role_time_and_words(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "Timestamp;Speaker;Role;Utterance;Confidence\n00:01:05;Ann;Interviewer;Why?;0.9\n66.5;Tom;;\"Well; so\nit goes.\";0.8\n",
    )  # fmt: skip
    draft = read_document(path)
    assert draft.text == "Ann: Why?\n\nTom: Well; so\nit goes."
    assert [(turn.speaker, turn.role, turn.time) for turn in draft.turns] == [
        ("Ann", "interviewer", 65.0),
        ("Tom", "participant", 66.5),
    ]
    assert draft.columns == (
        ("text", "Utterance"), ("speaker", "Speaker"), ("role", "Role"), ("time", "Timestamp"),
    )  # fmt: skip
    assert draft.left_out == ("columns Confidence",)


def test_one_row_a_record_has_its_family_and_its_day(tmp_path: Path) -> None:
    path = table(
        tmp_path, "Family,Date,What happened\nF02,12/03/2024,Home visit.\nF02,3 May 2024,Call.\nF03,soon,Letter.\n"
    )
    draft = read_document(path)
    assert draft.kind == "case file"
    assert [(turn.section, turn.date, draft.text[turn.start : turn.end]) for turn in draft.turns] == [
        ("F02", "2024-03-12", "Home visit."),
        ("F02", "2024-05-03", "Call."),
        ("F03", "", "Letter."),
    ]
    assert draft.text.count("F02") == 1


def test_where_two_columns_could_be_meant_a_person_says_which(tmp_path: Path) -> None:
    path = table(tmp_path, "Who,Answer,Comment\nINT,Why?,x\nP07,Because.,y\n")
    with pytest.raises(BadInput, match="the text could be in “Answer” and “Comment”") as problem:
        read_document(path)
    assert problem.value.hint == "Say which: --columns text=Answer,speaker=Who"
    draft = read_document(path, columns=parse_columns("text=Answer,speaker=Who"))
    assert [(turn.speaker, draft.text[turn.start : turn.end]) for turn in draft.turns] == [
        ("INT", "Why?"), ("P07", "Because."),
    ]  # fmt: skip


def test_a_proforma_is_proposed_column_by_column_and_gives_a_turn_for_each(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "Family,Needs found,Help given,Score\nF02,Damp in the house and no cot for the baby,A letter to the landlord was written,3\n",
    )
    with pytest.raises(BadInput, match="no column is called") as problem:
        read_document(path)
    assert problem.value.hint.startswith("There are: Family, Needs found, Help given, Score. ")
    assert problem.value.hint.endswith('Say which: --columns "text=Needs found,text=Help given,section=Family"')
    draft = read_document(path, columns=parse_columns("text=Needs found,text=Help given,section=Family"))
    assert draft.text == (
        "F02\n\nNeeds found\nDamp in the house and no cot for the baby\n\nHelp given\nA letter to the landlord was written"
    )
    assert [turn.section for turn in draft.turns] == ["F02", "F02"]


@pytest.mark.parametrize("given", ["Answer", "text=", "words=Answer", "speaker=A,speaker=B", "text=A,"])
def test_columns_that_are_not_understood_are_bad_usage(given: str) -> None:
    with pytest.raises(UsageError) as problem:
        parse_columns(given)
    assert problem.value.hint


def test_a_column_with_a_comma_in_its_name_can_be_said() -> None:
    assert parse_columns('"text=Needs, found",speaker=Who') == {"text": ("Needs, found",), "speaker": ("Who",)}


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    path = table(tmp_path, "Who,Answer\nINT,Why?\n")
    with pytest.raises(BadInput, match="no column “Reply”") as problem:
        read_document(path, columns={"text": ["Reply"]})
    assert problem.value.hint == "There are: Who, Answer."


def test_a_transcript_in_the_place_of_a_header_is_not_repeated(tmp_path: Path) -> None:
    path = table(tmp_path, "INT,How did you first hear of it and of them?\nP07,My midwife said so to me\n")
    with pytest.raises(BadInput) as problem:
        read_document(path)
    assert "hear" not in problem.value.message + problem.value.hint
    assert "midwife" not in problem.value.message + problem.value.hint


def test_a_workbook_has_its_days_and_times_from_the_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    sheet(path, [["Time", "Who", "Text"], [time(0, 1, 5), "INT", "Why?"], [time(1, 0, 0), "P07", 42]])
    draft = read_document(path)
    assert [turn.time for turn in draft.turns] == [65.0, 3600.0]
    assert draft.text == "INT: Why?\n\nP07: 42"
    sheet(path, [["Date", "Entry"], [date(2024, 3, 12), "Seen."], ["3 May 2024", "Called."]])
    assert [turn.date for turn in read_document(path).turns] == ["2024-03-12", "2024-05-03"]


def test_a_title_above_the_header_and_sheets_beside_are_dealt_with(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    talk = [["Interview P07", "", ""], ["Who", "Said", ""], ["INT", "Why?", ""], ["P07", "Because.", ""]]
    sheet(
        path,
        talk,
        [["Cost", "Hours"], [3, 4]],
        [],
        [["Who", "Said"], ["INT", "And?"]],
        titles=("One", "Costs", "None", "Two"),
    )
    draft = read_document(path)
    assert [(turn.speaker, turn.section) for turn in draft.turns] == [("INT", "One"), ("P07", "One"), ("INT", "Two")]
    assert draft.left_out == ("sheet 2",)


def test_a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    for name in ("Talk", "Key"):
        page = book.add_worksheet(name)
        page.write_row(0, 0, ["Who", "Said"])
        page.write_row(1, 0, ["INT", f"Why {name}?"])
    page.hide()
    book.close()
    draft = read_document(tmp_path / "a.xlsx")
    assert (draft.text, draft.left_out) == ("INT: Why Talk?", ("hidden sheets (1)",))


def test_a_sheet_that_spans_the_world_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    sheet(path, [["Who", "Said"], ["INT", "Why?"]])
    far = '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    packed(path, {"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": far})
    with pytest.raises(BadInput, match="spans 17,179,869,184 cells"):
        read_document(path)
    for far in (
        '<worksheet><dimension ref="A1:XFD1048576"/></worksheet>',
        f'<worksheet><sheetData><row r="9999999">{"<c/>" * 300}</row></sheetData></worksheet>',
        '<worksheet><sheetData><row><c r="A99999999999"/></row></sheetData></worksheet>',
        '<sst count="99999999999"/>',
        '<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>',
        "<!-- a remark --><?pi of?><worksheet><c/>",
    ):
        packed(path, {"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": far})
        with pytest.raises(BadInput, match=r"a sheet spans|not an Excel workbook"):
            read_document(path)


def test_empty_tables_say_so(tmp_path: Path) -> None:
    sheet(tmp_path / "a.xlsx", [])
    with pytest.raises(BadInput, match=r"a\.xlsx has no words"):
        read_document(tmp_path / "a.xlsx")
    with pytest.raises(BadInput, match="a header and no rows"):
        read_document(table(tmp_path, "Who,Said\n"))
