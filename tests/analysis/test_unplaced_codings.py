"""Codings of words that a corrected text no longer has: never at a turn that is not theirs, and always told."""

import datetime
from dataclasses import replace
from pathlib import Path

from docx import Document as WordDocument

from tbcp_qual.agreement.units import coded_spans, stretches
from tbcp_qual.analysis.matrix import Matrix, build
from tbcp_qual.analysis.passages import chosen
from tbcp_qual.analysis.sources import Sources
from tbcp_qual.coding.placing import Places, placed
from tbcp_qual.coding.records import Forward
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span
from tbcp_qual.coding.text import text_hash
from tbcp_qual.writers.word.matrix import write_matrix
from tests.analysis.study import Study

LINES = ["INT: Why?", "P02: She sat with me. Nobody else did.", "INT: And then?", "P02: The panel met without us."]


def corrected() -> Snapshot:
    """Return a study in which a sentence with a coding on it was struck out of an interview, and one was not."""
    study = Study()
    document = study.document("P02", LINES, cases=("f2",))
    other = study.document("P10", ["P10: They sat with us too."], cases=("f10",))
    study.code(document, "Nobody else did", "trust", "ak")
    study.code(document, "The panel met", "panel", "ak")
    study.code(document, "She sat with me", "trust", "rm")
    study.code(other, "They sat with us", "trust", "ak")
    before = study.snapshot()
    old = study.texts[document.text]
    start, end = old.index(" Nobody else did."), old.index("\nINT: And then?")
    new = old[:start] + old[end:]
    kept = ((0, 0, start), (end, start, len(old) - end), (len(old), len(new), 0))
    forward = Forward(id="f", document=document.id, before=document.text, after=text_hash(new), kept=kept)
    now = replace(document, text=text_hash(new))
    documents = tuple(now if d.id == now.id else d for d in before.documents)
    by_id, places = {d.id: d for d in documents}, Places([forward], [])
    return replace(
        before,
        documents=documents,
        turns=tuple(placed(before.turns, by_id, places)),
        codings=tuple(placed(before.codings, by_id, places)),
        texts={**before.texts, now.text: new},
    )


def trust(matrix: Matrix) -> list[tuple[str, str]]:
    return [(passage.source, passage.words) for passage in matrix.passages["t-trust"]]


def test_the_matrix_lists_them_last_and_says_so() -> None:
    matrix = build(corrected(), rows="case")
    assert trust(matrix) == [
        ("P02, parent, turn 2", "She sat with me"),
        ("P10, parent, turn 1", "They sat with us"),
        ("P02, parent, not placed in the corrected text", "Nobody else did"),
    ]
    row = next(row for row in matrix.rows if row.label == "F2")
    column = next(column for section in matrix.sections for column in section.columns if column.id == "t-trust")
    assert [passage.placed for passage in matrix.cell(row, column).passages] == [True, False]
    assert matrix.coverage.unplaced == 1


def test_they_stand_for_others_only_where_there_is_nothing_else() -> None:
    passages = build(corrected(), rows="case").passages["t-trust"]
    assert [p.words for p in chosen(passages, 2)] == ["She sat with me", "They sat with us"]
    assert len(chosen(passages, 3)) == 3


def test_a_turn_left_over_on_an_earlier_text_gives_no_number() -> None:
    now = corrected()
    lost = next(c for c in now.codings if now.words(c) == "Nobody else did")
    left = replace(now.turns[1], id="left over", text=lost.text, start=0, end=999)
    sources = Sources(replace(now, turns=(*now.turns, left)))
    span = Span(lost.start, lost.end)
    assert sources.turns(lost.document, lost.text, span) == []
    assert sources.label(lost.document, lost.text, span) == "P02, parent, not placed in the corrected text"


def test_agreement_leaves_them_out() -> None:
    now = corrected()
    document = next(d for d in now.documents if d.name == "P02")
    spans = coded_spans(now, document)
    assert ("trust", "ak") not in spans
    assert len(spans["trust", "rm"]) == 1
    assert len(stretches(now, document, "turn")) == 2


def test_the_word_table_says_how_many_there_are(tmp_path: Path) -> None:
    path = tmp_path / "matrix.docx"
    write_matrix(build(corrected(), rows="case"), path, made=datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC))
    words = "\n".join(paragraph.text for paragraph in WordDocument(str(path)).paragraphs)
    assert "Not placed\t1 coding of words that are not in the corrected text of their document" in words
    assert "P02, parent, not placed in the corrected text" in words
