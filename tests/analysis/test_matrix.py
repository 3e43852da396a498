"""The matrix: what becomes a passage, in which row and column it stands, and what an empty cell says."""

import time
from dataclasses import replace

import pytest

from tbcp_qual.analysis.matrix import Matrix, build, usual_rows
from tbcp_qual.analysis.passages import Passage, chosen, shortened
from tbcp_qual.analysis.themes import codes_of
from tbcp_qual.coding.records import Attribute, Case, Coding, Document, ProjectInfo, Theme, Turn, Variable
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import BadInput, UsageError
from tests.analysis.study import CODERS, CODES, QUESTIONS, THEMES, small_study


def cell(matrix: Matrix, row_label: str, theme: str) -> list[Passage]:
    row = next(row for row in matrix.rows if row.label == row_label)
    column = next(c for section in matrix.sections for c in section.columns if c.id == theme)
    return list(matrix.cell(row, column).passages)


def test_overlapping_codings_of_one_theme_are_one_passage_with_all_its_codes_and_coders() -> None:
    matrix = build(small_study().snapshot(), rows="case")
    both, *_ = cell(matrix, "F2", "t-worker")
    assert both.words == "She came on Tuesdays. I trusted her"
    assert both.codes == ("Key worker", "Visits")
    assert both.coders == ("Ann Kell", "RM")
    assert both.negative
    assert len(both.codings) == 2


def test_codings_that_only_touch_or_lie_apart_stay_two_passages() -> None:
    study = small_study()
    document = study.document("P9", ["P9: One.Two. Three."], cases=("f3",))
    for words in ("One.", "Two.", " Three."):
        study.code(document, words, "worker")
    found = cell(build(study.snapshot(), rows="case"), "F3", "t-worker")
    assert [(p.words, p.reference) for p in found] == [("One.", "P9.1a"), ("Two.", "P9.1b"), ("Three.", "P9.1c")]


def test_words_of_two_themes_stand_under_both_with_one_reference() -> None:
    study = small_study()
    document = study.document("P9", ["P9: She stayed."], cases=("f3",))
    study.code(document, "She stayed.", "worker")
    study.code(document, "She stayed.", "trust", "rm")
    matrix = build(study.snapshot(), rows="case")
    (worker,), (trust,) = cell(matrix, "F3", "t-worker"), cell(matrix, "F3", "t-trust")
    assert worker.reference == trust.reference == "P9.1"
    assert (worker.codes, trust.codes) == (("Key worker",), ("Trust",))


def test_a_merged_code_counts_as_the_one_that_stands_for_it() -> None:
    matrix = build(small_study().snapshot(), rows="case")
    (passage,) = cell(matrix, "F2", "t-trust")
    assert passage.words == "I trusted her, in the end."
    assert passage.codes == ("Trust",)


def test_a_code_of_a_theme_brings_its_branch_unless_the_theme_names_parts_of_it() -> None:
    codebook = small_study().snapshot().codebook
    whole = Theme(id="a", codes=("model",))
    parts = Theme(id="b", codes=("model", "panel"))
    assert codes_of(whole, codebook) == {"model", "panel", "worker", "visits"}
    assert codes_of(parts, codebook) == {"model", "panel"}


def test_themes_of_sub_questions_belong_to_the_section_of_their_question() -> None:
    matrix = build(small_study().snapshot(), rows="case")
    assert [(s.key, [c.name for c in s.columns]) for s in matrix.sections] == [
        ("1", ["The model", "A worker"]),
        ("2", ["A worker", "Trust", "Not found"]),
    ]
    assert [q.key for q in matrix.sections[0].subquestions] == ["1a"]


def test_themes_that_speak_to_no_question_get_a_section_of_their_own() -> None:
    snapshot = small_study().snapshot()
    matrix = build(replace(snapshot, themes=(*THEMES, Theme(id="x", name="Loose"))), rows="case")
    assert [c.name for c in matrix.sections[-1].columns] == ["Loose"]
    assert matrix.sections[-1].key == ""


def test_cases_are_sorted_as_people_count_and_documents_without_a_case_come_last() -> None:
    matrix = build(small_study().snapshot(), rows="case")
    assert [row.label for row in matrix.rows] == ["F2", "F3", "F10", "no case"]


def test_source_types_come_in_their_usual_order() -> None:
    matrix = build(small_study().snapshot(), rows="source type")
    assert [row.label for row in matrix.rows] == ["parent", "practitioner", "partner", "case file"]
    assert [p.words for p in cell(matrix, "practitioner", "t-worker")] == ["I ring the others, and I turn up."]


def test_a_document_about_two_cases_stands_in_the_row_of_each() -> None:
    matrix = build(small_study().snapshot(), rows="case")
    for label in ("F2", "F10"):
        assert "I ring the others, and I turn up." in [p.words for p in cell(matrix, label, "t-worker")]
    assert matrix.coverage.several_cases == (("K1 key worker", 2),)


def test_an_empty_cell_says_why_it_is_empty() -> None:
    matrix = build(small_study().snapshot(), rows="case")
    column = next(c for c in matrix.sections[1].columns if c.id == "t-trust")
    states = {row.label: matrix.cell(row, column).state for row in matrix.rows}
    assert states == {"F2": "coded", "F3": "no document", "F10": "no coding", "no case": "not yet coded"}


def test_counts_are_of_passages_and_of_documents() -> None:
    matrix = build(small_study().snapshot(), rows="case")
    row = matrix.rows[0]
    worker = next(c for c in matrix.sections[0].columns if c.id == "t-worker")
    found = matrix.cell(row, worker)
    assert (len(found.passages), found.documents) == (4, 3)
    assert found.by_source_type == {"parent": 3, "practitioner": 1}


def test_one_coder_alone_can_be_shown() -> None:
    matrix = build(small_study().snapshot(), rows="case", coder="rm")
    first, *_ = cell(matrix, "F2", "t-worker")
    assert first.words == "came on Tuesdays. I trusted her"
    assert first.coders == ("RM",)
    assert matrix.coverage.coders == ("RM",)
    assert matrix.coder == "RM"


def test_the_header_says_what_the_matrix_rests_on_and_what_it_leaves_out() -> None:
    coverage = build(small_study().snapshot(), rows="case").coverage
    assert coverage.documents == (("parent", 2), ("practitioner", 1), ("partner", 1), ("case file", 1))
    assert (coverage.coded, coverage.done, coverage.not_begun) == (4, 1, ("W1 midwife",))
    assert (coverage.codings, coverage.left_out, coverage.codes_left_out) == (8, 1, ("Weather",))


def test_attributes_that_say_no_or_are_mere_numbers_are_not_shown_unless_asked_for() -> None:
    snapshot = small_study().snapshot()
    assert build(snapshot, rows="case").rows[0].details == ("learning difficulty", "referred: before birth")
    assert build(snapshot, rows="case", attributes=("Score",)).rows[0].details == ("score: 41",)
    with pytest.raises(UsageError, match="shoe size"):
        build(snapshot, rows="case", attributes=("shoe size",))


def test_attributes_stand_in_the_order_of_the_cohort_s_columns_whatever_their_ids() -> None:
    names = ("referred", "isolation")
    columns = tuple(Variable(id=name, name=name, position=place) for place, name in enumerate(names))
    there = tuple(Attribute(id=f"{9 - n}", case="f2", name=name, value="yes") for n, name in enumerate(names))
    snapshot = replace(small_study().snapshot(), variables=columns, attributes=(*there, replace(there[0], name="also")))
    for attributes in (snapshot.attributes, snapshot.attributes[::-1]):
        row = build(replace(snapshot, attributes=attributes), rows="case").rows[0]
        assert row.details == ("referred", "isolation", "also")


def test_cases_are_the_usual_rows_where_most_documents_are_about_one() -> None:
    snapshot = small_study().snapshot()
    assert usual_rows(snapshot) == "case"
    assert usual_rows(replace(snapshot, cases=())) == "source type"
    about_none = tuple(replace(d, cases=()) for d in snapshot.documents[1:])
    assert usual_rows(replace(snapshot, documents=(snapshot.documents[0], *about_none))) == "source type"


def test_a_project_without_themes_is_told_what_it_lacks() -> None:
    with pytest.raises(BadInput, match="no themes"):
        build(replace(small_study().snapshot(), themes=()), rows="case")


def passage(document: str, number: int, *, negative: bool = False, about: tuple[str, ...] = ()) -> Passage:
    return Passage(
        reference=f"{document}.{number}",
        source=document,
        document=document,
        source_type="parent",
        about=about,
        span=Span(number, number + 1),
        words="x",
        codes=(),
        coders=(),
        negative=negative,
        codings=(),
    )


def test_the_passages_shown_come_from_several_documents_and_hold_a_negative_case() -> None:
    passages = [passage("A", n) for n in range(4)] + [passage("B", 1), passage("B", 2, negative=True)]
    assert [p.reference for p in chosen(passages, 2)] == ["A.0", "B.2"]
    assert [p.reference for p in chosen(passages, 3)] == ["A.0", "B.1", "B.2"]
    assert chosen(passages, 0) == []
    assert chosen(passages, 9) == passages


def test_documents_about_one_case_are_shown_before_those_about_many() -> None:
    passages = [passage("K", 1, about=("F1", "F2")), passage("P", 1, about=("F1",))]
    assert [p.reference for p in chosen(passages, 1)] == ["P.1"]


@pytest.mark.parametrize("length", [1, 5, 20, 160])
def test_shortened_words_are_no_longer_than_asked_and_begin_as_the_words_do(length: int) -> None:
    words = "She sat with me,\nand did not write a thing down; " * 6
    short = shortened(words, length)
    assert short.endswith(" […]")
    kept = short.removesuffix(" […]")
    assert len(kept) <= length
    assert " ".join(words.split()).startswith(kept)


def test_a_hundred_thousand_codings_of_a_thousand_cases_are_built_without_squaring() -> None:
    def seconds(cases: int, codings: int) -> float:
        text = "word " * 2000
        documents = tuple(
            Document(id=f"d{n}", name=f"P{n}", source_type="parent", text="t", cases=(f"c{n}",)) for n in range(cases)
        )
        snapshot = Snapshot(
            project=ProjectInfo(id="p"),
            viewer="ak",
            coders=CODERS,
            questions=QUESTIONS,
            codes=CODES,
            themes=THEMES,
            cases=tuple(Case(id=f"c{n}", label=f"F{n}") for n in range(cases)),
            attributes=(),
            documents=documents,
            turns=tuple(
                Turn(id=f"{d.id}-{k}", document=d.id, text="t", head=k * 250, start=k * 250, end=k * 250 + 250)
                for d in documents
                for k in range(40)
            ),
            codings=tuple(
                Coding(id=f"x{n}", document=f"d{n % cases}", text="t", start=s, end=s + 4, code="visits", coder="ak")
                for n in range(codings)
                for s in [(n // cases) * 5 % 9990]
            ),
            texts={"t": text},
        )
        began = time.perf_counter()
        matrix = build(snapshot, rows="case")
        assert sum(len(found) for found in matrix.passages.values()) == codings
        return time.perf_counter() - began

    small, large = seconds(100, 10_000), seconds(1_000, 100_000)
    assert large < 100 * small
