"""Rows of families take what a family says and what is said about it, each told apart."""

from dataclasses import replace

from tbcp_qual.analysis.matrix import Matrix, build
from tbcp_qual.analysis.passages import Passage
from tbcp_qual.coding.records import About, Document, Participant, Turn
from tests.analysis.study import Study, small_study


def passages(matrix: Matrix, row_label: str, theme: str = "t-worker") -> list[Passage]:
    row = next(row for row in matrix.rows if row.label == row_label)
    column = next(c for section in matrix.sections for c in section.columns if c.id == theme)
    return list(matrix.cell(row, column).passages)


def said_about(study: Study, document: Document, words: str, case: str) -> None:
    start = study.texts[document.text].index(words)
    study.records.append(
        About(id=f"{start}{case}", document=document.id, text=document.text, start=start, end=start + 3, case=case)
    )


def spoken_by(study: Study, speaker: str, case: str | None) -> None:
    """Let a speaker be a participant."""
    study.records.append(Participant(id=speaker, label=speaker, case=case))
    for place, record in enumerate(study.records):
        if isinstance(record, Turn) and record.speaker == speaker:
            study.records[place] = replace(record, participant=speaker)


def document(study: Study, name: str) -> Document:
    return next(r for r in study.records if isinstance(r, Document) and r.name == name)


def test_words_said_to_be_about_one_family_leave_the_rows_of_the_others() -> None:
    study = small_study()
    key_worker = document(study, "K1 key worker")
    assert not passages(build(study.snapshot(), rows="case"), "F10")[0].narrowed
    said_about(study, key_worker, "I ring", "f10")
    matrix = build(study.snapshot(), rows="case")
    (found,) = [p for p in passages(matrix, "F10") if p.document == key_worker.id]
    assert (found.about, found.narrowed, found.relations) == (("F10",), True, {"f10": "about"})
    assert not [p for p in passages(matrix, "F2") if p.document == key_worker.id]
    assert matrix.coverage.several_cases == ()


def test_a_family_gets_a_row_by_what_others_say_of_it_alone() -> None:
    study = small_study()
    first = document(study, "P1 first")
    said_about(study, first, "She came", "f3")
    matrix = build(study.snapshot(), rows="case")
    assert [p.words for p in passages(matrix, "F3")] == ["She came on Tuesdays. I trusted her"]
    row = next(row for row in matrix.rows if row.label == "F3")
    assert row.documents == (first.id,)


def test_what_a_family_says_about_another_stands_in_both_rows_and_is_told_apart() -> None:
    study = small_study()
    spoken_by(study, "P1", "f2")
    said_about(study, document(study, "P1 first"), "She came", "f3")
    matrix = build(study.snapshot(), rows="case")
    own, *others = passages(matrix, "F2")
    assert own.relations == {"f2": "by", "f3": "about"}
    assert (own.by, own.about) == (("F2",), ("F3",))
    assert [p.relations for p in others] == [{"f2": "by and about"}] * 2 + [{"f2": "about", "f10": "about"}]
    row = matrix.rows[0]
    assert matrix.cell(row, matrix.sections[0].columns[1]).by_relation(row.id) == {
        "by": 1,
        "by and about": 2,
        "about": 1,
    }
    assert matrix.coverage.speakers_known


def test_a_document_of_no_case_stands_with_the_family_of_its_speaker_and_nothing_is_lost() -> None:
    study = small_study()
    partner = document(study, "W1 midwife")
    study.code(partner, "I refer.", "worker")
    assert [p.words for p in passages(build(study.snapshot(), rows="case"), "no case")] == ["I refer."]
    spoken_by(study, "W1", "f10")
    matrix = build(study.snapshot(), rows="case")
    assert "no case" not in [row.label for row in matrix.rows]
    assert "I refer." in [p.words for p in passages(matrix, "F10")]
    study.code(partner, "And you?", "worker")
    with_loose = build(study.snapshot(), rows="case")
    assert [p.words for p in passages(with_loose, "no case")] == ["And you?"]


def test_rows_of_source_types_do_not_mind_who_is_spoken_about() -> None:
    study = small_study()
    before = build(study.snapshot(), rows="source type")
    said_about(study, document(study, "K1 key worker"), "I ring", "f3")
    after = build(study.snapshot(), rows="source type")
    assert [(r.label, len(passages(before, r.label))) for r in before.rows] == [
        (r.label, len(passages(after, r.label))) for r in after.rows
    ]
