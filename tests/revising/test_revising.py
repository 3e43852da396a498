"""A corrected transcript takes along what lies on the old one."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.diffing import kept_blocks
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.placing import Way
from tbcp_qual.coding.records import Coding, Turn
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import BadInput, Conflict
from tbcp_qual.language.quotations import Quotations
from tbcp_qual.readers.documents import read_document
from tbcp_qual.store import Project
from tbcp_qual.tasks.following import Following
from tbcp_qual.tasks.importing import import_documents
from tbcp_qual.tasks.revising import Revising, apply_revision, plan_revision
from tbcp_qual.tasks.structure import join_turns, split_turn
from tbcp_qual.team.merge import merge
from tests.revising.conftest import INTERVIEW, Study


def fates(planned: Revising) -> dict[str, str]:
    return {record.id: record.fate for record in planned.records}


def test_corrected_words_lead_to_one_report_and_one_revision_that_can_be_undone(study: Study) -> None:
    same = study.code("My midwife said.")
    spelt = study.code("I recieved a leaflet")
    named = study.code("Tyler's nan")
    struck = study.code("it was for me and the baby")
    new = INTERVIEW.replace("recieved", "received").replace("Tyler", "[Child A]")
    new = new.replace(", it was for me and the baby", "")
    before = study.now()
    planned = study.correct(new)
    assert fates(planned) == {same: "unchanged", spelt: "changed", named: "changed", struck: "unplaced"}
    assert [study.words(c) for c in (same, spelt, named, struck)] == [
        "My midwife said.", "I received a leaflet", "[Child A]'s nan", None,
    ]  # fmt: skip
    assert planned.new_turns == 0
    assert planned.gone == ()
    revision = study.sample.project.undo(study.sample.ak.id)
    assert revision.label == "undid: document revised: P07 visit"
    assert study.now() == before


def test_a_memo_and_a_mark_of_a_case_go_along(study: Study) -> None:
    memo, about = study.note("put it in the drawer"), study.about("She just sat with me.")
    planned = study.correct("Visit of 3 May.\n\n" + INTERVIEW.replace("the drawer", "a drawer"))
    assert fates(planned) == {memo: "changed", about: "moved"}
    now = study.now()
    assert study.text[now.abouts[0].start : now.abouts[0].end] == "She just sat with me."
    assert study.text[now.memos[0].start : now.memos[0].end] == "put it in a drawer"


def test_a_passage_that_stands_elsewhere_now_takes_its_codings_along(study: Study) -> None:
    short, whole = (
        study.code("Nobody asked"),
        study.code("No. Nobody asked. It was not for the form, it was for me and the baby."),
    )
    paragraphs = INTERVIEW.split("\n\n")
    asked = paragraphs.pop(5)
    planned = study.correct("\n\n".join([paragraphs[0], asked, *paragraphs[1:]]))
    assert fates(planned) == {short: "moved", whole: "moved"}
    assert study.words(short) == "Nobody asked"
    assert planned.gone == ()


def test_time_stamps_and_lines_wrapped_anew_change_no_words(study: Study) -> None:
    coded = [
        study.code(w) for w in ("rang them from the clinic", "put it in the drawer with the others", "Nobody asked")
    ]
    new = INTERVIEW.replace("P07: ", "[00:01:10] P07: ").replace("the clinic, and", "the clinic,\nand")
    new = new.replace("in the drawer", "in\nthe drawer")
    planned = study.correct(new)
    assert set(fates(planned).values()) == {"unchanged"}
    assert [" ".join((study.words(c) or "").split()) for c in coded] == [
        "rang them from the clinic", "put it in the drawer with the others", "Nobody asked",
    ]  # fmt: skip
    assert [turn.time for turn in study.now().turns_by_document[study.document.id]][1] == 70.0


def test_a_turn_put_in_beside_coded_words_is_not_taken_in(study: Study) -> None:
    coded = study.code("She just sat with me. I recieved a leaflet and put it in the drawer with the others.")
    new = INTERVIEW.replace("P07: She just sat with me.", "P07: Oh.\n\nINT: Yes?\n\nP07: Well, she sat with me.")
    study.correct(new)
    words = study.words(coded)
    assert words is not None
    assert words.endswith("sat with me. I recieved a leaflet and put it in the drawer with the others.")
    assert "INT" not in words


def test_words_that_became_others_entirely_are_unplaced_rather_than_put_on_them(study: Study) -> None:
    coded = study.code("She just sat with me. I recieved a leaflet and put it in the drawer with the others.")
    new = INTERVIEW.replace(
        "She just sat with me. I recieved a leaflet and put it in the drawer with the others.",
        "[Passage removed at the request of whoever said it; to be discussed at our meeting on Monday.]",
    )
    assert fates(study.correct(new)) == {coded: "unplaced"}
    assert study.words(coded) is None
    # What is found again in a later correction is placed again.
    assert fates(study.correct(INTERVIEW.replace("recieved", "received"))) == {coded: "changed"}


def test_the_text_that_is_there_changes_nothing(study: Study) -> None:
    study.code("Nobody asked")
    planned = study.correct(INTERVIEW)
    assert planned.changes == ()
    assert set(fates(planned).values()) == {"unchanged"}


def test_a_text_may_come_back_and_be_corrected_the_same_way_again(study: Study) -> None:
    coded = study.code("I recieved a leaflet")
    new = INTERVIEW.replace("recieved", "received")
    study.correct(new)
    study.correct(INTERVIEW)
    assert study.words(coded) == "I recieved a leaflet"
    study.correct(new)
    assert study.words(coded) == "I received a leaflet"


def test_another_document_is_not_taken_for_a_correction(study: Study) -> None:
    other = "INT: Which bus do you take?\n\nP11: The nine, usually, if the weather holds and Gran can mind them.\n"
    with pytest.raises(BadInput, match="looks like another document"):
        study.plan(other)
    assert study.plan(other, anyway=True).kept < 0.3
    with pytest.raises(BadInput, match="has the text of “P07”"):
        study.plan(study.sample.TEXT)


def test_everybodys_codings_go_along_though_nobodys_record_is_rewritten(study: Study) -> None:
    theirs = study.code("it was for me and the baby", coder=study.sample.rm.id)
    paragraphs = INTERVIEW.split("\n\n")
    planned = study.correct("\n\n".join([paragraphs[5], *paragraphs[:5], *paragraphs[6:]]))
    assert study.words(theirs) == "it was for me and the baby"
    assert not any(change.kind == "coding" for change in planned.changes)


def test_a_document_that_was_changed_since_it_was_planned_is_left_alone(study: Study) -> None:
    planned = study.plan(INTERVIEW.replace("love", "dear"))
    study.correct(INTERVIEW.replace("love", "duck"))
    with pytest.raises(Conflict):
        apply_revision(study.sample.project, planned, coder=study.sample.ak.id)
    assert "duck" in study.text


def first_turn(study: Study, number: int) -> Turn:
    return study.now().turns_by_document[study.document.id][number - 1]


def test_turns_that_are_still_there_keep_their_ids_and_the_marks_on_them(study: Study) -> None:
    ids = [turn.id for turn in study.now().turns_by_document[study.document.id]]
    study.review(4)
    planned = study.correct(INTERVIEW.replace("P07: She just", "P07: Well.\n\nINT: Yes?\n\nP07: She just"))
    turns = study.now().turns_by_document[study.document.id]
    kept = [turn.id for turn in turns if turn.id in ids]
    assert kept == ids
    assert planned.new_turns == 2
    assert [review.turn for review in study.now().reviews] == [turns[5].id]


def test_turns_that_are_gone_go_with_the_marks_on_them_and_are_listed(study: Study) -> None:
    study.review(7)
    study.review(8, study.sample.rm.id)
    planned = study.correct(INTERVIEW.split("INT: Thank you.")[0])
    assert [(g.turn, g.speaker, g.words, g.reviewed_by) for g in planned.gone] == [
        (7, "INT", "Thank you.", ("AK",)),
        (8, "P07", "You are welcome, love.", ("RM",)),
    ]
    assert study.now().reviews == ()
    study.sample.project.undo(study.sample.ak.id)
    assert len(study.now().reviews) == 2
    assert study.sample.project.verify() == []


def test_what_a_person_put_right_about_a_turn_stays_and_what_the_file_puts_right_counts(study: Study) -> None:
    changes = [
        update(first_turn(study, 2), speaker="Gran", section="How it began"),
        update(first_turn(study, 3), role="participant"),
    ]
    study.sample.project.apply("put right", changes, coder=study.sample.ak.id)
    new = INTERVIEW.replace("My midwife", "The midwife").replace("INT: Were you", "P07: Were you")
    study.correct(new)
    assert (first_turn(study, 2).speaker, first_turn(study, 2).section) == ("Gran", "How it began")
    assert first_turn(study, 3).role == "participant"
    assert (first_turn(study, 5).speaker, first_turn(study, 5).role) == ("P07", "participant")


def test_speakers_whom_the_file_calls_something_else_throughout_keep_their_roles(study: Study) -> None:
    changes = [
        update(turn, role="participant")
        for turn in study.now().turns_by_document[study.document.id]
        if turn.speaker == "INT"
    ]
    study.sample.project.apply("put right", changes, coder=study.sample.ak.id)
    ids = [turn.id for turn in study.now().turns_by_document[study.document.id]]
    study.correct(INTERVIEW.replace("INT: ", "NAN: "))
    turns = study.now().turns_by_document[study.document.id]
    assert [turn.id for turn in turns] == ids
    assert {(turn.speaker, turn.role) for turn in turns} == {("NAN", "participant"), ("P07", "participant")}


def test_a_turn_that_a_person_split_stays_so_where_the_file_says_nothing_else(study: Study) -> None:
    split_turn(study.sample.project, study.document.name, "4", "I recieved a leaflet", coder=study.sample.ak.id)
    before = study.turns()
    assert before[4][1].startswith("I recieved")
    study.correct(INTERVIEW.replace("My midwife", "The midwife").replace("Nobody", "No one"))
    now = [(who, said.replace("The midwife", "My midwife").replace("No one", "Nobody")) for who, said in study.turns()]
    assert now == before


def test_paragraphs_that_a_person_joined_stay_so_where_the_file_says_nothing_else(study: Study) -> None:
    notes = "Visit kept on the Tuesday.\n\nMother tired but well.\n\nNo concerns were raised.\n\nNext visit agreed.\n"
    study.correct_as(notes)
    assert len(study.turns()) == 4
    join_turns(study.sample.project, study.document.name, "2", coder=study.sample.ak.id)
    study.correct(notes.replace("Tuesday", "Thursday").replace("raised", "mentioned"))
    assert [words for _, words in study.turns()] == [
        "Visit kept on the Thursday.",
        "Mother tired but well.\n\nNo concerns were mentioned.",
        "Next visit agreed.",
    ]


WORDS = st.sampled_from(
    [
        "the",
        "a",
        "and",
        "she",
        "he",
        "it",
        "was",
        "like",
        "then",
        "baby",
        "midwife",
        "home",
        "never",
        "told",
        "me",
        "[Child",
        "A]",
        "yes.",
        "no.",
        "so",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_words_that_survive_in_their_surroundings_are_never_lost(data: st.DataObject) -> None:
    """However many words are alike, and whatever is put in, struck out or moved elsewhere."""
    draw = data.draw
    words = draw(st.lists(WORDS, min_size=60, max_size=200))
    first = draw(st.integers(20, len(words) - 30))
    coded = draw(st.integers(2, 10))
    low, high = first - 20, first + coded + 20
    head = draw(st.lists(WORDS, max_size=60)) if draw(st.booleans()) else words[:low]
    tail = draw(st.lists(WORDS, max_size=60)) if draw(st.booleans()) else words[high:]
    middle = words[low:high]
    after_words = [*tail, *middle, *head] if draw(st.booleans()) else [*head, *middle, *tail]
    before, after = " ".join(words), " ".join(after_words)
    start = len(" ".join([*words[:first], ""]))
    span = Span(start, start + len(" ".join(words[first : first + coded])))
    kept = kept_blocks(before, after)
    found = Following(before, Quotations(after), kept, [0], [0]).follow(span, Way(kept).span(span))
    assert found is not None
    quoted = before[slice(*span)]
    # Where most words of a quotation are one another, several places hold it as well.
    repeats = len(set(quoted.split())) < max(3, len(quoted.split()) / 2)
    assert after[slice(*found)].split() == quoted.split() or repeats


def test_a_folder_of_real_transcripts_is_corrected_without_losing_a_coding(study: Study, shared_data: Path) -> None:
    files = sorted((shared_data / "transcripts" / "code_review").glob("*.txt"))[:6]
    project, ak = study.sample.project, study.sample.ak.id
    for imported in import_documents(project, files, coder=ak).having("imported"):
        draft = read_document(imported.path)
        document = project.record("document", imported.document)
        new = draft.text.replace("the ", "the very ").replace(" is ", " was ")
        file = study.folder / imported.path.name
        file.write_text(new, encoding="utf-8")
        planned = plan_revision(project, document, read_document(file), viewer=ak, file=file)
        assert planned.gone == ()
        assert planned.kept > 0.9


def test_what_lay_on_a_part_that_was_struck_out_is_not_put_on_another_that_reads_alike(study: Study) -> None:
    need = "Need: [Parent] needs to be {what}.\nAction: [Worker E] will support [Parent] to go to {where} each week.\n"
    parts = [("less isolated", "the baby group"), ("heard by services", "an interpreter"), ("well", "the clinic")]
    sections = [f"{n}. Plan\n" + need.format(what=what, where=where) for n, (what, where) in enumerate(parts, 1)]
    study.correct_as("\n".join(sections))
    coded = study.code(need.format(what="less isolated", where="the baby group").strip())
    assert fates(study.correct("\n".join(sections[1:]))) == {coded: "unplaced"}


def test_what_somebody_coded_in_another_copy_meanwhile_goes_along_after_a_merge(study: Study, tmp_path: Path) -> None:
    copy = tmp_path / "copy.tbcp"
    shutil.copy(study.sample.path, copy)
    start = INTERVIEW.index("put it in the drawer")
    coding = Coding(
        id=new_id(),
        document=study.document.id,
        text=study.document.text,
        start=start,
        end=start + len("put it in the drawer"),
        code=study.sample.listened.id,
        coder=study.sample.rm.id,
    )
    with Project.open(copy) as other:
        other.apply("coded", [create(coding)], coder=study.sample.rm.id)
    study.correct(INTERVIEW.replace("My midwife said.", "It was my midwife.").replace("the drawer", "a drawer"))
    merge(study.sample.project, copy)
    assert study.words(coding.id) == "put it in a drawer"
    assert study.sample.project.verify() == []
