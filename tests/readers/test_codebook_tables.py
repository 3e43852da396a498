"""Codebooks that people keep in tables: what they call the columns, where the header stands, what is amiss."""

from pathlib import Path

import openpyxl
import pytest

from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.errors import BadInput
from tbcp_qual.readers.codebooks import CodebookDraft, read_codebook

Rows = list[list[object]]


def workbook(tmp_path: Path, **sheets: Rows) -> CodebookDraft:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = tmp_path / "book.xlsx"
    book.save(path)
    return read_codebook(path)


def table(tmp_path: Path, text: str) -> CodebookDraft:
    path = tmp_path / "book.csv"
    path.write_text(text, encoding="utf-8")
    return read_codebook(path)


def paths(draft: CodebookDraft) -> list[str]:
    book = Codebook(draft.codes)
    return [book.path(code.id) for _, code in book.walk()]


def test_a_title_stands_above_and_cells_keep_their_lines(tmp_path: Path) -> None:
    draft = workbook(
        tmp_path,
        Codes=[
            [None, "Our codebook, March"],
            [],
            [None, "Code", "Definition", "Use when", "Not when", "Question"],
            [None, "Trust", "  One\nTwo\n\n Three ", "x", None, 2],
            [None, "Trust > In the worker", None, None, "y", "2; 2b"],
        ],
        Questions=[["question", "sub-question of", "text"], ["2b", 2, "How?"], [2, None, "How far?"]],
    )
    trust, worker = draft.codes
    assert (trust.full, trust.use_when, worker.not_when) == ("One\nTwo\n\n Three", "x", "y")
    assert [(question.key, question.text) for question in draft.questions] == [("2", "How far?"), ("2b", "How?")]
    assert draft.questions[1].parent == draft.questions[0].id
    assert worker.questions == tuple(question.id for question in draft.questions)
    assert draft.code_fields == {"full", "use_when", "not_when", "questions"}
    assert draft.elsewhere == {}


def test_rows_may_stand_in_any_order_and_siblings_keep_theirs(tmp_path: Path) -> None:
    draft = table(tmp_path, "code\nB > Two\nB\nA\nB > One\nB > One > Deep\n")
    assert paths(draft) == ["B", "B > Two", "B > One", "B > One > Deep", "A"]
    assert [code.name for code in draft.codes] == ["B", "A", "Two", "One", "Deep"]


def test_a_parent_is_named_by_its_name_or_by_its_path(tmp_path: Path) -> None:
    draft = table(tmp_path, "name;parent\nA;\nB;\nSame;A\nSame2;b\nDeep;A > Same\nDeeper;Deep\n")
    assert paths(draft) == ["A", "A > Same", "A > Same > Deep", "A > Same > Deep > Deeper", "B", "B > Same2"]


def test_keys_with_commas_between_them_are_several_and_themes_come_of_the_names_that_codes_give(tmp_path: Path) -> None:
    draft = table(tmp_path, 'code,questions,themes\nA,"2, 2b",Stays; Goes\nB,2,goes\n')
    assert sorted(question.key for question, _ in draft.elsewhere.values()) == ["2", "2b"]
    assert {where.rpartition("/")[2] for _, where in draft.elsewhere.values()} == {"book.csv, line 2"}
    first, second = draft.codes
    assert [(theme.name, theme.codes) for theme in draft.themes] == [
        ("Stays", (first.id,)),
        ("Goes", (first.id, second.id)),
    ]
    assert draft.theme_fields == {"codes"}


def test_an_apostrophe_that_kept_a_formula_quiet_is_taken_off(tmp_path: Path) -> None:
    (code,) = table(tmp_path, "code,example,brief\nA,'=1+1,'quoted'\n").codes
    assert (code.example, code.brief) == ("=1+1", "'quoted'")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("brief\nx\n", "no column says what the codes are called"),
        ("code,coulour\nA,red\n", "there is no column “coulour”"),
        ("code,full,definition\nA,x,y\n", "there is no column “definition”"),
        ("code,definition,full definition\nA,x,y\n", "the column “full” is there twice"),
        ("code,colour\nA,mauve\n", "line 2: `colour` cannot be “mauve”"),
        ("code\nA\na\n", "line 3: “a” is there already"),
        ("code\nA > B\n", "line 2: the code above, “A”, has no row of its own"),
        ("code\nA > > B\n", "line 2: a code has no name"),
        ("name,parent\nA,B\nB,A\n", "lies below itself"),
        ("name,parent\nA,A\n", "lies below itself"),
        ("name,parent\nX,\nY,\nA,X\nA,Y\nB,A\n", "line 6: several codes are called “A”"),
    ],
)
def test_each_fault_names_the_line_or_the_column(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        table(tmp_path, text)
    assert sentence in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(
    ("sheets", "sentence"),
    [
        ({"Themes": [["theme", "codes"], ["T", "Nobody"]]}, "sheet Themes, row 2: no code is called “Nobody”"),
        ({"Themes": [["theme", "codes"], ["T", "B"]]}, "several codes are called “B”"),
        ({"Themes": [["theme"], ["T"], ["t"]]}, "row 3: “t” is there already"),
        ({"Themes": [["theme", "colour"], ["T", "red"]]}, "there is no column “colour”"),
        ({"Questions": [["question", "sub-question of"], ["2b", "2"]]}, "there is no question “2” above it"),
        ({"Questions": [["question", "aspect"], ["2", "why"]]}, "`aspect` cannot be “why”"),
        ({"Questions": [["question"], ["2"], ["2"]]}, "row 3: the key “2” is there twice"),
        ({"Project": [["project", "approach"], ["P", "grounded"]]}, "`approach` cannot be “grounded”"),
    ],
)
def test_each_fault_of_a_workbook_names_sheet_and_row(tmp_path: Path, sheets: dict[str, Rows], sentence: str) -> None:
    codes: Rows = [["code"], ["A"], ["A > B"], ["C"], ["C > B"]]
    with pytest.raises(BadInput) as refused:
        workbook(tmp_path, Codes=codes, **sheets)
    assert sentence in refused.value.message
