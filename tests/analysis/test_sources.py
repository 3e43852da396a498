"""How passages are cited."""

from dataclasses import replace

import pytest

from tbcp_qual.analysis.sources import Sources, letters, short_names
from tbcp_qual.coding.records import Document
from tbcp_qual.coding.spans import Span
from tests.analysis.study import Study, small_study


def label(study: Study, name: str, words: str) -> str:
    snapshot = study.snapshot()
    document = next(d for d in snapshot.documents if d.name == name)
    start = study.texts[document.text].index(words)
    return Sources(snapshot).label(document.id, document.text, Span(start, start + len(words)))


def test_a_passage_is_cited_by_speaker_source_type_and_turn() -> None:
    assert label(small_study(), "K1 key worker", "I ring the others") == "K1, practitioner, turn 2"


def test_a_speaker_heard_in_two_documents_is_cited_by_document() -> None:
    assert label(small_study(), "P1 second", "She left.") == "P1 second, parent, turn 2"


def test_a_case_file_is_cited_by_its_name_and_section() -> None:
    study = small_study()
    assert label(study, "F10 review", "Seen at clinic.") == "F10 review, case file, section Health, turn 1"
    across = "Panel agreed the visits.\nVisits weekly."
    assert label(study, "F10 review", across) == "F10 review, case file, section Home, turns 2–3"
    both = "clinic.\n# Home\nPanel"
    assert label(study, "F10 review", both) == "F10 review, case file, sections Health, Home, turns 1–2"


def test_words_of_the_interviewer_are_cited_by_document() -> None:
    assert label(small_study(), "K1 key worker", "What do you do?") == "K1 key worker, practitioner, turn 1"


def test_a_name_that_many_documents_use_is_cited_with_its_document() -> None:
    study = Study()
    study.document("group 1", ["Mum: We came.", "Dad: Both of us."])
    study.document("group 2", ["Mum: I came alone."])
    assert label(study, "group 1", "We came.\nDad: Both") == "Mum and Dad in group 1, parent, turns 1–2"
    assert label(study, "group 2", "I came") == "group 2, parent, turn 1"


@pytest.mark.parametrize("speaker", ["R", "A", "Interviewee", "Participant", "Respondent 1", "Speaker 2", "Mum"])
def test_a_label_that_anybody_could_have_is_replaced_by_the_short_name_of_the_document(speaker: str) -> None:
    study = Study()
    study.document("P11 interview", ["INT: How was it?", f"{speaker}: We came."])
    study.document("P12 interview", ["INT: How was it?", "Alex: We came too."])
    assert label(study, "P11 interview", "We came") == "P11, parent, turn 2"
    assert label(study, "P12 interview", "We came too") == "Alex, parent, turn 2"


def test_several_speakers_whom_labels_do_not_tell_are_cited_in_their_document() -> None:
    study = Study()
    study.document("group", ["Speaker 1: We came.", "Speaker 2: Both of us."])
    assert label(study, "group", "We came.\nSpeaker 2: Both") == "Speaker 1 and Speaker 2 in group, parent, turns 1–2"


def test_a_speaker_who_gives_other_documents_their_names_is_not_enough_though_only_one_is_open() -> None:
    study = Study()
    study.document("P1 second", ["INT: And now?", "P1: She left."])
    snapshot = study.snapshot()
    document = snapshot.documents[0]
    other = Document(id="d-first", name="P1 first", source_type="parent")
    span = Span(17, 25)
    assert Sources(snapshot).label(document.id, document.text, span) == "P1, parent, turn 2"
    both = replace(snapshot, documents=(*snapshot.documents, other))
    assert Sources(both).label(document.id, document.text, span) == "P1 second, parent, turn 2"


def test_a_speakers_label_belongs_to_the_turn_it_announces() -> None:
    study = Study()
    study.document("P5", ["INT: One?", "P5: Two."])
    assert label(study, "P5", "P5: Two") == "P5, parent, turn 2"


def test_a_text_without_turns_is_cited_all_the_same() -> None:
    study = Study()
    document = study.document("P6", ["P6: Words."])
    study.records = [document]
    assert label(study, "P6", "Words") == "P6, parent"


def test_documents_are_told_apart_by_as_few_words_as_will_do() -> None:
    names = ["P07 first interview", "P07 second interview", "K03 key worker", "P1", "P1 again", "same", "same", " "]
    documents = [Document(id=str(n), name=name) for n, name in enumerate(names)]
    assert list(short_names(documents).values()) == [
        "P07-first",
        "P07-second",
        "K03",
        "P1",
        "P1-again",
        "same",
        "same(2)",
        "document",
    ]


def test_references_carry_letters_only_where_a_turn_holds_several() -> None:
    study = small_study()
    document = next(d for d in study.snapshot().documents if d.name == "P1 first")
    text = study.texts[document.text]

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    spans = [(document.id, document.text, span(words)) for words in ("I trusted her", "She came", "It rained.")]
    named = Sources(study.snapshot()).references(spans)
    assert [named[key] for key in spans] == ["P1-first.2b", "P1-first.2a", "P1-first.3"]


def test_letters_go_on_after_z() -> None:
    assert [letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["a", "z", "aa", "az", "ba", "zz", "aaa"]
