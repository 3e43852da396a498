"""The codebook in Word, read back: the tree, every definition, and what is no longer in use."""

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest

from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.records import Code, Question, Theme
from tbcp_qual.coding.versions import Framework
from tbcp_qual.errors import BadInput
from tbcp_qual.readers.codebooks import read_codebook
from tbcp_qual.writers.word.codebook import Counts, write_codebook

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BOOK = Framework(
    questions=(
        Question(id="q2", key="2", short="Engagement", text="How far?"),
        Question(id="q2b", key="2b", text="How?", parent="q2"),
    ),
    codes=(
        Code(id="door", name="Getting in [/x]", brief="Coming in", status="agreed", colour="teal", questions=("q2",)),
        Code(
            id="worker", name="Key worker", parent="door", full="One\nTwo <b>", use_when="Always.", example="She came."
        ),
        Code(id="first", name="First day", parent="worker", domain="time", origin="in vivo"),
        Code(id="old", name="Worker", parent="door", retired=True, merged_into="worker"),
        Code(id="gone", name="Gone", position=1, retired=True, brief="\x07No longer"),
    ),
    themes=(Theme(id="stays", name="A worker who stays", codes=("worker", "old"), questions=("q2", "q2b")),),
)


def written(framework: Framework, tmp_path: Path, counts: Counts | None = None) -> Any:
    path = tmp_path / "book.docx"
    write_codebook(
        framework,
        path,
        project="Pilot",
        approach="framework",
        version="version 1",
        counts=counts,
        made=datetime.datetime(2025, 3, 3, tzinfo=datetime.UTC),
    )
    return docx.Document(str(path))


def lines(document: Any, style: str) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


def test_every_code_in_use_stands_in_the_tree_and_leads_to_its_definition(tmp_path: Path) -> None:
    document = written(BOOK, tmp_path)
    (table,) = document.tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells == [
        ["Code", "What it is", "Status"],
        ["Getting in [/x]", "Coming in", "agreed"],
        ["\u2003Key worker", "", "provisional"],
        ["\u2003\u2003First day", "", "provisional"],
    ]
    anchors = [link.get(f"{W}anchor") for link in table._tbl.iter(f"{W}hyperlink")]
    marks = [mark.get(f"{W}name") for mark in document.element.body.iter(f"{W}bookmarkStart")]
    assert anchors == ["d_door", "d_worker", "d_first"]
    assert set(anchors) <= set(marks)
    assert len(set(marks)) == len(marks)


def test_a_definition_says_all_that_is_known_and_nothing_that_is_empty(tmp_path: Path) -> None:
    document = written(BOOK, tmp_path)
    assert lines(document, "Heading 2") == ["Getting in [/x]"]
    assert lines(document, "Heading 3") == ["Key worker", "First day"]
    facts = [line for line in lines(document, "Fact") if line.split("\t")[0] not in ("Made", "Approach", "Themes")]
    assert facts == [
        "Version\tversion 1",
        "Codes\t3 codes: 1 agreed and 2 provisional; 2 taken out of use",
        "What it is\tComing in",
        "Definition\tOne\nTwo <b>",
        "When to use\tAlways.",
        "Example\t“She came.”",
        "Definition\tnone yet",
    ]
    assert lines(document, "Matrix Note") == [
        "a priori · agreed · question 2 · teal".replace("a priori", "inductive"),
        "below Getting in [/x] · inductive · provisional · teal",
        "below Getting in [/x] > Key worker · in vivo · provisional · excludes others of “time” · teal",
    ]


def test_themes_questions_and_what_was_retired_follow(tmp_path: Path) -> None:
    document = written(BOOK, tmp_path)
    assert lines(document, "Heading 1") == [
        "The codes at a glance", "Definitions", "Themes", "Evaluation questions", "Taken out of use",
    ]  # fmt: skip
    assert lines(document, "Theme Name") == ["A worker who stays", "Getting in [/x] > Worker", "Gone"]
    assert lines(document, "Theme Codes") == [
        "Questions 2, 2b · Codes: Getting in [/x] > Key worker",
        "merged into Getting in [/x] > Key worker",
        "retired",
    ]
    assert lines(document, "Theme Definition") == ["No definition yet.", "No longer"]
    assert lines(document, "Question") == ["2  Engagement: How far?"]
    assert lines(document, "Sub-question") == ["2b\tHow?"]


def test_counts_stand_beside_the_codes_where_they_are_wanted(tmp_path: Path) -> None:
    document = written(BOOK, tmp_path, counts=({"door": 1, "worker": 1200}, {"door": 1201, "worker": 1200}))
    (table,) = document.tables
    assert [[cell.text for cell in row.cells][3:] for row in table.rows] == [
        ["Codings", "With below"], ["1", "1,201"], ["1,200", "1,200"], ["0", "0"],
    ]  # fmt: skip
    notes = lines(document, "Matrix Note")
    assert notes[0].endswith("1 coding, 1,201 with those below")
    assert notes[1].endswith("1,200 codings")


def test_an_empty_codebook_is_a_file_too(tmp_path: Path) -> None:
    document = written(replace(BOOK, codes=(), themes=(), questions=()), tmp_path)
    assert "No codes yet." in lines(document, "Normal")
    assert document.tables == []


def test_what_is_in_use_is_read_again_as_it_was_written(tmp_path: Path) -> None:
    framework = replace(BOOK, codes=tuple(c for c in BOOK.codes if not c.retired))
    written(framework, tmp_path, ({"door": 1, "worker": 2}, {"door": 1203, "worker": 2}))
    draft = read_codebook(tmp_path / "book.docx")
    keys = {question.id: question.key for question in draft.questions}
    assert [(q.key, q.short, q.text, keys.get(q.parent or "")) for q in draft.questions] == [
        ("2", "Engagement", "How far?", None),
        ("2b", "", "How?", "2"),
    ]
    book = Codebook(draft.codes)
    read = [
        (book.path(c.id), replace(c, id="", parent=None, position=0), [keys[q] for q in c.questions])
        for _, c in book.walk()
    ]
    assert [(path, replace(code, questions=()), asked) for path, code, asked in read] == [
        (framework.codebook.path(c.id), replace(c, id="", parent=None, position=0, questions=()), asked)
        for c, asked in zip(framework.codes, (["2"], [], []), strict=True)
    ]
    (theme,) = draft.themes
    assert [book.path(code) for code in theme.codes] == ["Getting in [/x] > Key worker"]
    assert [keys[question] for question in theme.questions] == ["2", "2b"]
    assert (draft.project, draft.approach) == ("Pilot", "framework")


def test_a_table_of_codes_that_somebody_typed_in_word_is_a_codebook(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Our codes")
    document.save(str(tmp_path / "no.docx"))
    with pytest.raises(BadInput, match="holds no codebook"):
        read_codebook(tmp_path / "no.docx")
    document.add_table(1, 1).cell(0, 0).text = "Drafted in May"
    table = document.add_table(3, 3)
    for row, cells in zip(
        table.rows,
        (("Code", "Definition", "Status"), ("Trust", "One\nTwo", "agreed"), ("Trust > Late", "", "")),
        strict=True,
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.save(str(tmp_path / "table.docx"))
    trust, late = read_codebook(tmp_path / "table.docx").codes
    assert (trust.full, trust.status, late.name, late.parent) == ("One\nTwo", "agreed", "Late", trust.id)
