"""What an earlier state may not bring back: others' work, what is a matter of record, and whatever a rule forbids."""

import pytest

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import create, remove, update
from tbcp_qual.coding.clashes import clashes
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.placing import is_unplaced
from tbcp_qual.coding.records import (
    Code,
    Coding,
    Document,
    Export,
    Forward,
    Memo,
    Participant,
    Review,
    Round,
    Search,
    Turn,
    forward_id,
    review_id,
)
from tbcp_qual.coding.spans import Span
from tbcp_qual.coding.text import text_hash
from tbcp_qual.errors import Conflict, UsageError
from tbcp_qual.tasks.restoring import (
    Plan,
    plan_all,
    plan_code,
    plan_codings,
    plan_document,
    plan_record,
    restore,
)
from tests.conftest import Sample


def latest(sample: Sample) -> str:
    return sample.project.history(limit=1)[0].revision.id


def code_span(sample: Sample, coder: str, code: Code, start: int, end: int) -> Coding:
    project = sample.project
    own = [c for c in project.snapshot(coder).codings if c.coder == coder]
    codebook = project.snapshot(coder).codebook
    changes = edits.apply_code(
        own, codebook, document=sample.document, span=Span(start, end), code=codebook.by_id[code.id], coder=coder
    )
    project.apply(f"coded as {code.name}", changes, coder=coder)
    return next(c for c in project.snapshot(coder).codings if c.id == changes[0].id)


def come_back(sample: Sample, plan: Plan, coder: str = "") -> None:
    restore(sample.project, plan, coder=coder or sample.ak.id)
    assert sample.project.verify() == []


def acts(plan: Plan) -> list[tuple[str, str]]:
    return [(record.act, record.kind) for record in plan.records]


def test_others_codings_and_memos_are_left_and_counted(sample: Sample) -> None:
    project, before = sample.project, latest(sample)
    for coder in (sample.ak.id, sample.rm.id):
        code_span(sample, coder, sample.listened, 40, 50)
        project.apply("memo", [create(Memo(id=new_id(), coder=coder, body="words"))], coder=coder)
    plan = plan_all(project, before, coder=sample.ak.id)
    assert acts(plan) == [("goes", "coding"), ("goes", "memo")]
    assert plan.others == {"RM": {"coding": 1, "memo": 1}}
    come_back(sample, plan)
    assert {c.coder for c in project.snapshot(sample.ak.id).codings} == {sample.rm.id}


def test_work_in_a_blind_round_is_neither_touched_nor_counted(sample: Sample) -> None:
    project, before = sample.project, latest(sample)
    code_span(sample, sample.rm.id, sample.listened, 40, 50)
    opened = Round(id=new_id(), name="1", documents=(sample.document.id,), coders=(sample.ak.id, sample.rm.id))
    project.apply("opened", [create(opened)], coder=sample.rm.id)
    plan = plan_all(project, before, coder=sample.ak.id)
    assert (plan.records, plan.others, plan.left) == ((), {}, ())
    (theirs,) = project.snapshot(sample.rm.id).codings
    with pytest.raises(Conflict):
        plan_record(project, before, "round", opened.id, coder=sample.ak.id)
    assert plan_record(project, before, "coding", theirs.id, coder=sample.ak.id).changes == ()


def test_what_is_a_matter_of_record_stays(sample: Sample) -> None:
    project, before = sample.project, latest(sample)
    kept = [
        Round(id=new_id(), name="1", locked="x" * 64),
        Search(id=new_id(), wording="", coder=sample.ak.id),
        Export(id=new_id(), what="matrix", coder=sample.ak.id),
    ]
    project.apply("made", [create(record) for record in kept], coder=sample.ak.id)
    assert plan_all(project, before, coder=sample.ak.id).changes == ()
    for record in kept:
        kind = type(record).__name__.lower()
        with pytest.raises(Conflict, match="stays"):
            plan_record(project, before, kind, record.id, coder=sample.ak.id)


def test_what_people_allow_and_what_the_law_asks_is_never_loosened(sample: Sample) -> None:
    project = sample.project
    person = Participant(id=new_id(), label="P07", role="mother", permission="quote", archive="yes")
    project.apply("made", [create(person)], coder=sample.ak.id)
    before = latest(sample)
    stricter = update(person, permission="paraphrase only", archive="no", withdrawn="2025-03-01", role="parent")
    asked = update(project.info, destroy_by="2030-01-01", name="Renamed")
    document = update(sample.document, permission="paraphrase only", time_point="first")
    project.apply("stricter", [stricter, asked, document], coder=sample.rm.id)
    come_back(sample, plan_all(project, before, coder=sample.ak.id))
    (now,) = project.records("participant")
    assert (now.role, now.permission, now.archive, now.withdrawn) == ("mother", "paraphrase only", "no", "2025-03-01")
    assert (project.info.name, project.info.destroy_by) == ("Sample", "2030-01-01")
    (read,) = project.records("document")
    assert (read.time_point, read.permission) == ("", "paraphrase only")


def test_one_who_was_removed_comes_back_with_what_they_allowed_last(sample: Sample) -> None:
    project = sample.project
    person = Participant(id=new_id(), label="P07", permission="quote")
    project.apply("made", [create(person)], coder=sample.ak.id)
    before = latest(sample)
    project.apply("stricter", [update(person, permission="paraphrase only")], coder=sample.ak.id)
    (stricter,) = project.records("participant")
    project.apply("removed", [remove(stricter)], coder=sample.ak.id)
    come_back(sample, plan_all(project, before, coder=sample.ak.id))
    assert project.records("participant")[0].permission == "paraphrase only"


def test_what_was_purged_does_not_come_back(sample: Sample) -> None:
    project = sample.project
    coding = code_span(sample, sample.ak.id, sample.listened, 40, 50)
    before = latest(sample)
    project.purge("purged", coder=sample.ak.id, records=[("coding", coding.id)])
    assert plan_all(project, before, coder=sample.ak.id).changes == ()
    with pytest.raises(UsageError):
        plan_record(project, before, "coding", coding.id, coder=sample.ak.id)


def correct(sample: Sample, after: str) -> str:
    """Let another text take the place of the document's; only its first 40 characters stay."""
    project, new = sample.project, text_hash(after)
    before = sample.document.text
    way = Forward(
        id=forward_id(sample.document.id, before, new),
        document=sample.document.id,
        before=before,
        after=new,
        kept=((0, 0, 40), (len(sample.TEXT), len(after), 0)),
    )
    turns = [update(turn, text=new, speaker="P7") for turn in sample.turns]
    project.apply(
        "revised",
        [update(sample.document, text=new, time_point="first"), create(way), *turns],
        coder=sample.rm.id,
        texts=[after],
    )
    return new


def test_a_corrected_text_stays_and_codings_follow_it(sample: Sample) -> None:
    project = sample.project
    coding = code_span(sample, sample.ak.id, sample.listened, 5, 20)
    before = latest(sample)
    project.apply("removed", edits.remove_coding(coding), coder=sample.ak.id)
    new = correct(
        sample, sample.TEXT[:40] + "Other words altogether, and more than there were before, all of them." * 2
    )
    plan = plan_all(project, before, coder=sample.ak.id)
    assert acts(plan) == [("changes", "document"), ("comes back", "coding")]
    assert {left.kind for left in plan.left} == {"turn", "forward"}
    come_back(sample, plan)
    (document,) = project.records("document")
    assert (document.text, document.time_point) == (new, "")
    (back,) = project.snapshot(sample.ak.id).codings
    assert not is_unplaced(back, document)


def test_a_coding_on_a_text_that_is_in_use_no_more_is_left(sample: Sample) -> None:
    project = sample.project
    correct(sample, sample.TEXT[:40] + "Other words altogether, and more than there were before, all of them." * 2)
    (document,) = project.records("document")
    coding = Coding(
        id=new_id(),
        document=document.id,
        text=document.text,
        start=50,
        end=60,
        code=sample.listened.id,
        coder=sample.ak.id,
    )
    project.apply("coded", [create(coding)], coder=sample.ak.id)
    before = latest(sample)
    project.apply("removed", [remove(coding)], coder=sample.ak.id)
    project.undo(sample.rm.id)
    plan = plan_codings(project, before, "P07", coder=sample.ak.id)
    assert (plan.changes, [left.reason for left in plan.left]) == ((), ["the text it lay on is in use no more"])


def test_a_document_that_came_since_goes_with_its_parts_unless_somebody_coded_it(sample: Sample) -> None:
    project, before = sample.project, latest(sample)
    new = Document(id=new_id(), name="P08", text=text_hash("She came twice."))
    turn = Turn(id=new_id(), document=new.id, text=new.text, start=0, end=15)
    project.apply("imported", [create(new), create(turn)], coder=sample.rm.id, texts=["She came twice."])
    assert acts(plan_all(project, before, coder=sample.ak.id)) == [("goes", "document"), ("goes", "turn")]
    reviewed = Review(id=review_id(turn.id, sample.rm.id), document=new.id, turn=turn.id, coder=sample.rm.id)
    project.apply("reviewed", [create(reviewed)], coder=sample.rm.id)
    plan = plan_all(project, before, coder=sample.ak.id)
    assert (plan.changes, {left.kind for left in plan.left}) == ((), {"document", "turn"})


def test_a_code_that_others_use_is_retired_and_not_taken_away(sample: Sample) -> None:
    project, before = sample.project, latest(sample)
    new = Code(id=new_id(), name="New", position=9)
    project.apply("new code", [create(new)], coder=sample.ak.id)
    code_span(sample, sample.rm.id, new, 40, 50)
    plan = plan_all(project, before, coder=sample.ak.id)
    assert [left.reason for left in plan.left] == ["it is in use, and retired instead"]
    come_back(sample, plan)
    assert project.record("code", new.id).retired


def test_a_coding_brings_back_the_code_it_needs(sample: Sample) -> None:
    project = sample.project
    coding = code_span(sample, sample.ak.id, sample.listened, 40, 50)
    before = latest(sample)
    project.apply("removed", edits.remove_coding(coding), coder=sample.ak.id)
    project.apply("deleted", [remove(sample.listened)], coder=sample.rm.id)
    plan = plan_record(project, before, "coding", coding.id[-8:], coder=sample.ak.id)
    assert acts(plan) == [("comes back", "code"), ("comes back", "coding")]
    come_back(sample, plan)


def test_a_coding_does_not_come_back_onto_words_where_another_code_excludes_it(sample: Sample) -> None:
    project = sample.project
    both = [update(code, domain="feeling") for code in (sample.listened, sample.mistrust)]
    project.apply("exclusive", both, coder=sample.ak.id)
    coding = code_span(sample, sample.ak.id, sample.listened, 40, 50)
    before = latest(sample)
    project.apply("removed", edits.remove_coding(coding), coder=sample.ak.id)
    other = code_span(sample, sample.ak.id, sample.mistrust, 45, 60)
    plan = plan_record(project, before, "coding", coding.id, coder=sample.ak.id)
    assert (plan.changes, [left.kind for left in plan.left]) == ((), ["coding"])
    come_back(sample, plan_codings(project, before, "P07", coder=sample.ak.id))
    assert [c.id for c in project.snapshot(sample.ak.id).codings] == [coding.id]
    project.undo(sample.ak.id)
    assert [c.id for c in project.snapshot(sample.ak.id).codings] == [other.id]


def test_codes_do_not_come_to_exclude_each_other_on_somebodys_words_not_even_unseen_ones(sample: Sample) -> None:
    project = sample.project
    both = [update(code, domain="feeling") for code in (sample.listened, sample.mistrust)]
    project.apply("exclusive", both, coder=sample.ak.id)
    before = latest(sample)
    now = project.snapshot(sample.ak.id).codebook
    free = [update(now.by_id[code.id], domain="", brief="b") for code in (sample.listened, sample.mistrust)]
    project.apply("free", free, coder=sample.ak.id)
    for code in (sample.listened, sample.mistrust):
        code_span(sample, sample.rm.id, code, 40, 50)
    opened = Round(id=new_id(), name="1", documents=(sample.document.id,), coders=(sample.ak.id, sample.rm.id))
    project.apply("opened", [create(opened)], coder=sample.rm.id)
    come_back(sample, plan_all(project, before, coder=sample.ak.id))
    theirs = project.snapshot(sample.rm.id)
    assert len(theirs.codings) == 2
    assert clashes(theirs.codings, theirs.codebook) == []


def test_a_code_does_not_come_back_below_itself_or_under_a_name_that_is_taken(sample: Sample) -> None:
    project = sample.project
    project.apply("moved", [update(sample.listened, parent=sample.key_worker.id)], coder=sample.ak.id)
    under_key_worker = latest(sample)
    (listened,) = [c for c in project.records("code") if c.id == sample.listened.id]
    project.apply("moved", [update(listened, parent=None)], coder=sample.ak.id)
    project.apply("moved", [update(sample.key_worker, parent=sample.listened.id)], coder=sample.ak.id)
    plan = plan_code(project, under_key_worker, "Being listened to", coder=sample.ak.id)
    assert (plan.changes, len(plan.left)) == ((), 1)
    called_mistrust = latest(sample)
    project.apply("renamed", [update(sample.mistrust, name="Doubt")], coder=sample.ak.id)
    project.apply("new", [create(Code(id=new_id(), name="MISTRUST"))], coder=sample.ak.id)
    plan = plan_code(project, called_mistrust, "Doubt", coder=sample.ak.id)
    assert (plan.changes, [left.reason for left in plan.left]) == ((), ["a code of that name is there by now"])


def test_a_deleted_code_comes_back_by_the_name_it_had(sample: Sample) -> None:
    project, before = sample.project, latest(sample)
    project.apply("deleted", [remove(sample.mistrust)], coder=sample.ak.id)
    come_back(sample, plan_code(project, before, "mistrust", coder=sample.ak.id))
    assert project.record("code", sample.mistrust.id) == sample.mistrust


def test_what_is_said_of_a_document_comes_back_and_nothing_else_does(sample: Sample) -> None:
    project, before = sample.project, latest(sample)
    project.apply("said", [update(sample.document, name="P7", stage="read")], coder=sample.rm.id)
    code_span(sample, sample.ak.id, sample.listened, 40, 50)
    plan = plan_document(project, before, "P7", coder=sample.ak.id)
    assert acts(plan) == [("changes", "document")]
    assert {field.name: (field.before, field.after) for field in plan.records[0].fields} == {
        "name": ("P7", "P07"),
        "stage": ("read", None),
    }
    come_back(sample, plan)
    assert project.records("document") == [sample.document]
    assert len(project.snapshot(sample.ak.id).codings) == 1


def test_what_is_not_ones_own_is_refused_with_whose_it_is(sample: Sample) -> None:
    project, before = sample.project, latest(sample)
    theirs = code_span(sample, sample.rm.id, sample.listened, 40, 50)
    with pytest.raises(Conflict, match="RM's"):
        plan_record(project, before, "coding", theirs.id, coder=sample.ak.id)
    moved = update(sample.turns[1], end=sample.turns[1].end - 3)
    project.apply("split", [moved], coder=sample.rm.id)
    with pytest.raises(Conflict, match="part of the text") as refused:
        plan_record(project, before, "turn", sample.turns[1].id, coder=sample.ak.id)
    assert "--all" in refused.value.hint
    assert acts(plan_all(project, before, coder=sample.ak.id)) == [("changes", "turn")]


def test_a_turn_that_somebody_has_reviewed_since_keeps_all_turns_as_they_are(sample: Sample) -> None:
    project, before = sample.project, latest(sample)
    first = sample.turns[1]
    second = Turn(
        id=new_id(), document=first.document, text=first.text, head=50, start=50, end=first.end, speaker="P07"
    )
    project.apply("split", [update(first, end=50), create(second)], coder=sample.rm.id)
    reviewed = Review(
        id=review_id(second.id, sample.rm.id), document=first.document, turn=second.id, coder=sample.rm.id
    )
    project.apply("reviewed", [create(reviewed)], coder=sample.rm.id)
    plan = plan_all(project, before, coder=sample.ak.id)
    assert plan.changes == ()
    assert {left.id for left in plan.left} == {first.id, second.id}


def test_one_review_does_not_bring_back_a_turn_that_was_joined_to_another(sample: Sample) -> None:
    project, turn = sample.project, sample.turns[2]
    reviewed = Review(id=review_id(turn.id, sample.ak.id), document=turn.document, turn=turn.id, coder=sample.ak.id)
    project.apply("reviewed", [create(reviewed)], coder=sample.ak.id)
    before = latest(sample)
    joined = [remove(reviewed), remove(turn), update(sample.turns[1], end=turn.end)]
    project.apply("joined", joined, coder=sample.rm.id)
    plan = plan_record(project, before, "review", reviewed.id, coder=sample.ak.id)
    assert (plan.changes, [left.reason for left in plan.left]) == ((), ["the turn it belongs to is gone"])
    come_back(sample, plan_all(project, before, coder=sample.ak.id))
    assert len(project.records("turn")) == 3
    assert len(project.snapshot(sample.ak.id).reviews) == 1


def test_restoring_does_not_tell_words_in_the_history_and_is_one_act(sample: Sample) -> None:
    project, before = sample.project, latest(sample)
    for start in (40, 50, 60):
        code_span(sample, sample.ak.id, sample.listened, start, start + 5)
    come_back(sample, plan_codings(project, before, "P07", coder=sample.ak.id))
    deed = project.history(limit=1)[0].revision
    assert deed.label.startswith("restored your codings in P07 as of 20")
    assert len(deed.changes) == 3
    project.undo(sample.ak.id)
    assert len(project.snapshot(sample.ak.id).codings) == 3
