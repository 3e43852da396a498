"""The Word file, read back: what Word needs to open it, what an author needs to use it, and every quotation."""

import datetime
import re
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from lxml import etree

from tbcp_qual.analysis.matrix import Matrix, build
from tbcp_qual.coding.records import Asked, Participant, Question, Topic, Turn
from tbcp_qual.writers.word.markup import BOOKMARK_LENGTH, bookmark_name, escaped, run
from tbcp_qual.writers.word.matrix import MOST_COLUMNS, column_groups, write_matrix
from tbcp_qual.writers.word.wording import cell_count, counted, day, initials, listed
from tests.analysis.study import THEMES, Study, small_study

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NASTY = [
    "[P07] to [NAME] [/office] <b>&amp; \"quoted\" 'single'",
    "\u05d0\u05d1\u05d2 e\u0301 \U0001f476 \u200b zero width",
    "x" * 10_000,
    "a\tb",
]


def written(matrix: Matrix, tmp_path: Path, most: int = 3) -> tuple[Any, Any]:
    path = tmp_path / "matrix.docx"
    write_matrix(matrix, path, most=most, made=datetime.datetime(2025, 3, 3, 12, tzinfo=datetime.UTC))
    document = docx.Document(str(path))
    return document, document.element.body


def many(passages: int) -> Study:
    study = small_study()
    for number in range(passages):
        line = (
            f"P{number + 20}: She came and sat and we talked about case {number}, and about the damp and the rent. " * 3
        )
        document = study.document(f"P{number + 20} interview", [line.strip()], cases=("f3",))
        study.code(document, line.strip().partition(": ")[2], "worker", negative=number == 5)
    return study


@pytest.fixture(params=["case", "source type"])
def both_ways(request: pytest.FixtureRequest) -> Matrix:
    study = many(9)
    nasty = study.document("N1 [red]", [f"N1: {words}" for words in NASTY], cases=("f10",))
    for words in NASTY:
        study.code(nasty, words, "trust")
    return build(study.snapshot(), rows=request.param)


def test_every_link_leads_to_a_bookmark_and_bookmarks_are_unique(both_ways: Matrix, tmp_path: Path) -> None:
    _, body = written(both_ways, tmp_path)
    names = [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    numbers = [mark.get(f"{W}id") for mark in body.iter(f"{W}bookmarkStart")]
    anchors = [link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")]
    assert anchors
    assert set(anchors) <= set(names)
    assert len(set(names)) == len(names)
    assert len(set(numbers)) == len(numbers)
    assert numbers == [mark.get(f"{W}id") for mark in body.iter(f"{W}bookmarkEnd")]
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,39}", name, re.ASCII) for name in names)
    pages = [text.text.split()[1] for text in body.iter(f"{W}instrText") if "PAGEREF" in text.text]
    assert set(pages) <= set(names)


def test_every_passage_stands_in_the_annex_word_for_word_in_a_bookmark_of_its_coding(
    both_ways: Matrix, tmp_path: Path
) -> None:
    document, _ = written(both_ways, tmp_path)
    entries = {}
    for paragraph in document.paragraphs:
        if paragraph.style.name == "Quotation":
            (mark,) = paragraph._p.iter(f"{W}bookmarkStart")
            entries[mark.get(f"{W}name")] = paragraph.text
    passages = [passage for found in both_ways.passages.values() for passage in found]
    assert len(entries) == len(passages) > 0
    for passage in passages:
        (text,) = [t for name, t in entries.items() if name == f"c_{passage.codings[0]}" and f"“{passage.words}”" in t]
        assert text.startswith(f"{passage.reference}   {passage.source}")
        assert ("negative case" in text.splitlines()[0]) == passage.negative
        assert text.splitlines()[-1].startswith("; ".join(passage.codes))


def test_quotations_of_the_tables_are_words_of_the_texts(both_ways: Matrix, tmp_path: Path) -> None:
    document, _ = written(both_ways, tmp_path)
    words = " ".join(" ".join(p.words.split()) for found in both_ways.passages.values() for p in found)
    shown = [
        paragraph.text.split("\n")[0]
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
        if paragraph.style.name == "Matrix Quotation" and paragraph.text.startswith("“")
    ]
    assert len(shown) > 10
    for quotation in shown:
        assert quotation.strip("“”").removesuffix(" […]") in words


def test_tables_have_header_rows_that_repeat_and_no_merged_and_no_empty_cells(
    both_ways: Matrix, tmp_path: Path
) -> None:
    document, body = written(both_ways, tmp_path)
    assert document.tables
    assert not list(body.iter(f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge"))
    for table in document.tables:
        head, *others = table.rows
        assert head._tr.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row._tr.find(f"{W}trPr/{W}tblHeader") is None for row in others)
        assert all(row._tr.find(f"{W}trPr/{W}cantSplit") is not None for row in table.rows)
        widths = [column.get(f"{W}w") for column in table._tbl.iter(f"{W}gridCol")]
        for row in table.rows:
            cells = list(row._tr.iter(f"{W}tc"))
            assert len(cells) == len(widths) == len(head.cells) <= MOST_COLUMNS + 1
            assert [c.find(f"{W}tcPr/{W}tcW").get(f"{W}w") for c in cells] == widths
            assert all("".join(t.text or "" for t in cell.iter(f"{W}t")).strip() for cell in cells)
        assert table._tbl.find(f"{W}tblPr/{W}tblLayout").get(f"{W}type") == "fixed"
        assert table._tbl.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")
        assert table.style.name == "Evidence Table"


def test_headings_are_real_and_none_is_skipped_and_the_contents_list_them(both_ways: Matrix, tmp_path: Path) -> None:
    document, _ = written(both_ways, tmp_path)
    levels, listed_headings, entries = [], [], []
    for paragraph in document.paragraphs:
        name = paragraph.style.name
        if name.startswith("Heading"):
            levels.append(int(name[-1]))
            if levels[-1] <= 2 and paragraph._p.find(f"{W}bookmarkStart") is not None:
                listed_headings.append(paragraph.text)
        elif name.startswith("toc"):
            entries.append(paragraph.text.strip())
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert entries == listed_headings
    assert "Question 1: Feasibility" in entries
    assert entries[-3:] == ["Annex: the quotations in full", "Question 1: Feasibility", "Question 2: Engagement"]


def test_fields_open_and_close_and_captions_are_numbered(both_ways: Matrix, tmp_path: Path) -> None:
    document, body = written(both_ways, tmp_path)
    depth = 0
    for mark in body.iter(f"{W}fldChar"):
        depth += {"begin": 1, "separate": 0, "end": -1}[mark.get(f"{W}fldCharType")]
        assert depth >= 0
    assert depth == 0
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    assert [re.match(r"Table (\d+)\. ", c).group(1) for c in captions] == [  # type: ignore[union-attr]
        str(n) for n in range(1, len(document.tables) + 1)
    ]


def test_tables_lie_on_landscape_pages_and_text_on_upright_ones(both_ways: Matrix, tmp_path: Path) -> None:
    document, body = written(both_ways, tmp_path)
    across = [section.orientation == WD_ORIENT.LANDSCAPE for section in document.sections]
    assert across == [False, True, False, True, False]
    place = 0
    for block in body:
        if block.tag == f"{W}tbl":
            assert across[place]
        place += block.find(f"{W}pPr/{W}sectPr") is not None
    for section in document.sections:
        width, height = int(section.page_width or 0), int(section.page_height or 0)
        assert (width > height) == (section.orientation == WD_ORIENT.LANDSCAPE)


def test_every_style_used_is_defined_and_properties_come_in_the_order_of_the_schema(
    both_ways: Matrix, tmp_path: Path
) -> None:
    document, body = written(both_ways, tmp_path)
    defined = {style.style_id for style in document.styles}
    used = {e.get(f"{W}val") for e in body.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
    assert used <= defined
    order = [
        "pStyle",
        "keepNext",
        "keepLines",
        "pageBreakBefore",
        "pBdr",
        "shd",
        "tabs",
        "spacing",
        "ind",
        "jc",
        "outlineLvl",
        "sectPr",
    ]
    for properties in [*body.iter(f"{W}pPr"), *document.styles.element.iter(f"{W}pPr")]:
        tags = [etree.QName(child).localname for child in properties]
        assert tags == sorted(tags, key=order.index)


def test_the_file_says_what_it_is_and_speaks_english(both_ways: Matrix, tmp_path: Path) -> None:
    document, _ = written(both_ways, tmp_path)
    core = document.core_properties
    assert core.title == "Thematic matrix: Study"
    assert core.author == "Ann Kell, RM"
    assert core.language == "en-GB"
    assert core.created == datetime.datetime(2025, 3, 3, 12, tzinfo=core.created.tzinfo)
    assert core.subject
    assert core.keywords
    assert document.sections[0].header.paragraphs[0].text == "Study · de-identified research data"
    footer = document.sections[0].footer._element
    assert [t.text.strip() for t in footer.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]
    assert "not anonymous" in "".join(p.text for p in document.paragraphs if p.style.name == "Notice")
    with zipfile.ZipFile(tmp_path / "matrix.docx") as package:
        assert b"updateFields" not in package.read("word/settings.xml")
        assert not [name for name in package.namelist() if "thumbnail" in name or "Effects" in name]
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))


def test_a_cell_shows_a_few_quotations_and_leads_to_the_rest(tmp_path: Path) -> None:
    matrix = build(many(9).snapshot(), rows="case")
    document, _ = written(matrix, tmp_path, most=2)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    (cell,) = {text for text in cells if text.startswith("9 passages · 9 documents")}
    assert cell.count("“") == 2
    assert cell.count("negative case") == 1
    assert cell.endswith("+ 7 more in the annex")
    bare, _ = written(matrix, tmp_path, most=0)
    assert any(cell.text.endswith("9 in the annex") for t in bare.tables for row in t.rows for cell in row.cells)


def test_a_row_taller_than_a_page_may_break(tmp_path: Path) -> None:
    document, _ = written(build(many(40).snapshot(), rows="case"), tmp_path, most=40)
    unbroken = {
        row.cells[0].paragraphs[0].text: row._tr.find(f"{W}trPr/{W}cantSplit") is not None
        for row in document.tables[0].rows
    }
    assert not unbroken["F3"]
    assert unbroken["F2"]


def test_cases_without_a_document_share_one_row(tmp_path: Path) -> None:
    study = small_study()
    document, _ = written(build(study.snapshot(), rows="case"), tmp_path)
    assert [row.cells[0].paragraphs[0].text for row in document.tables[0].rows] == [
        "Case",
        "F2",
        "F10",
        "no case",
        "F3",
    ]
    assert {cell.text for cell in document.tables[0].rows[-1].cells[1:]} == {"no document"}


def test_a_theme_of_two_questions_is_listed_once(tmp_path: Path) -> None:
    document, _ = written(build(small_study().snapshot(), rows="case"), tmp_path)
    texts = [p.text for p in document.paragraphs]
    assert "Listed above, under Question 1: Feasibility." in texts
    assert sum("I ring the others" in text for text in texts) == 1


def test_many_themes_are_split_into_tables_that_can_be_read(tmp_path: Path) -> None:
    snapshot = small_study().snapshot()
    themes = tuple(replace(THEMES[1], id=f"t{n}", name=f"Theme {n}", position=n) for n in range(12))
    document, _ = written(build(replace(snapshot, themes=themes), rows="case"), tmp_path)
    assert [len(table.columns) - 1 for table in document.tables] == [4, 4, 4, 4, 4, 4]
    sizes = {
        n: [len(g) for g in column_groups(build(replace(snapshot, themes=themes[:n]), rows="case").sections[0].columns)]
        for n in (1, 5, 6, 7, 11)
    }
    assert sizes == {1: [1], 5: [5], 6: [3, 3], 7: [4, 3], 11: [4, 4, 3]}


def test_a_question_without_themes_is_written_too(tmp_path: Path) -> None:
    snapshot = small_study().snapshot()
    lonely = Question(id="q3", key="3", short="Promise", text="What promise?", position=2)
    document, _ = written(build(replace(snapshot, questions=(*snapshot.questions, lonely)), rows="case"), tmp_path)
    texts = [p.text for p in document.paragraphs]
    assert texts[texts.index("What promise?") + 1] == "No theme speaks to this question yet."


def test_a_project_in_which_nothing_is_coded_is_written_too(tmp_path: Path) -> None:
    matrix = build(replace(small_study().snapshot(), codings=(), done=()), rows="source type")
    document, _ = written(matrix, tmp_path)
    assert {cell.text for row in document.tables[0].rows[1:] for cell in row.cells[1:]} == {"not yet coded"}
    assert "No passage yet." in [p.text for p in document.paragraphs]


def test_what_xml_cannot_hold_is_left_out_and_the_rest_is_kept() -> None:
    assert escaped('a\x00b\x1b[31m\ud800c\ufffe <&>"') == "ab[31mc &lt;&amp;&gt;&quot;"
    assert run("a\nb").count("<w:br/>") == 1


def test_names_of_bookmarks_are_as_word_allows_them() -> None:
    name = bookmark_name("c", "x/ä-" * 30, "_2")
    assert len(name) == BOOKMARK_LENGTH
    assert re.fullmatch(r"c_[A-Za-z0-9_]+_2", name)


def test_wording() -> None:
    assert (counted(1, "passage"), counted(1200, "passage")) == ("1 passage", "1,200 passages")
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a", "b", "c"], most=2) == "a, b and 1 more"
    assert initials(["Ann Kell", "RM", "Amy Kay"]) == {"Ann Kell": "Ann Kell", "RM": "RM", "Amy Kay": "Amy Kay"}
    assert initials(["Ann Kell", "RM"]) == {"Ann Kell": "AK", "RM": "RM"}
    assert day(datetime.date(2025, 11, 3)) == "3 November 2025"


def test_a_cell_counts_or_says_why_not() -> None:
    matrix = build(small_study().snapshot(), rows="case")
    column = matrix.sections[1].columns[1]
    assert [cell_count(matrix.cell(row, column)) for row in matrix.rows] == [
        "1 passage · 1 document",
        "no document",
        "–",
        "not yet coded",
    ]


def test_a_cell_tells_what_a_family_says_from_what_is_said_of_it(tmp_path: Path) -> None:
    study = small_study()
    study.records.append(Participant(id="p1", label="P1", case="f2"))
    study.records = [
        replace(r, participant="p1") if isinstance(r, Turn) and r.speaker == "P1" else r for r in study.records
    ]
    document, _ = written(build(study.snapshot(), rows="case"), tmp_path)
    cells = document.tables[0].rows[1].cells
    assert "by the family 3, about it 1" in cells[2].text
    assert "practitioner, turn 2 · about 2 cases" in cells[2].text
    texts = [p.text for p in document.paragraphs]
    assert any("about F2 and F10, not narrowed down" in text for text in texts)
    assert any("not narrowed down" in t and "K1 key worker (2 cases)" in t for t in texts)


def test_a_cell_says_what_was_asked_where_somebody_confirmed_it(tmp_path: Path) -> None:
    study = small_study()
    study.records.append(Topic(id="t", key="Trust", source_type="case file", themes=("t-trust",)))
    before, _ = written(build(study.snapshot(), rows="source type"), tmp_path)
    assert before.tables[1].rows[-1].cells[2].text == "–"
    study.records.append(Asked(id="a", document="d-F10 review", topic="t", asked="not recorded", coder="ak"))
    document, _ = written(build(study.snapshot(), rows="source type"), tmp_path)
    assert document.tables[1].rows[-1].cells[2].text == "not recorded"
    texts = [p.text for p in document.paragraphs]
    assert any(text.startswith("Not recorded\t") for text in texts)
