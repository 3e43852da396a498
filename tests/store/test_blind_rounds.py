"""While a round is blind, a coder sees nobody else's work on its documents, through whatever door they look."""

import pytest

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Coder, Memo, Participant, Placement, Round, Search
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import Conflict
from tbcp_qual.store.asking import HIDDEN, Reading
from tbcp_qual.store.writing import check_nothing_built_on
from tbcp_qual.tasks.purging import plan_withdrawal, withdraw
from tbcp_qual.tasks.structure import join_turns
from tests.conftest import Sample, revise_texts


@pytest.fixture
def blind(sample: Sample) -> Sample:
    """AK and RM have both coded P07, written memos and reviewed a turn; TS stands outside."""
    project = sample.project
    sample.ts = Coder(id=new_id(), name="TS")
    project.apply("came", [create(sample.ts)], coder="")
    for coder, code in ((sample.ak, sample.listened), (sample.rm, sample.mistrust)):
        now = project.snapshot(coder.id)
        coded = edits.apply_code(
            now.codings,
            now.codebook,
            document=sample.document,
            span=Span(40, 50),
            code=code,
            coder=coder.id,
            memo=f"note of {coder.name}",
        )
        project.apply(f"coded as {code.name}", coded, coder=coder.id)
        memo = Memo(id=new_id(), coder=coder.id, body=f"memo of {coder.name}", document=sample.document.id)
        project.apply(f"memo of {coder.name}", [create(memo)], coder=coder.id)
        project.apply("turn reviewed", edits.review(sample.turns[2], coder.id), coder=coder.id)
    for coder in (sample.ak, sample.rm):
        logged = Search(id=new_id(), wording="{}", purpose=f"search of {coder.name}", hits=7, coder=coder.id)
        project.apply(f"search of {coder.name}", [create(logged)], coder=coder.id)
    sample.round = Round(id=new_id(), name="1", documents=(sample.document.id,), coders=(sample.ak.id, sample.rm.id))
    project.apply("round opened", [create(sample.round)], coder=sample.ts.id)
    project.index()
    return sample


def seen(sample: Sample, viewer: str) -> dict[str, object]:
    """Ask every reader of the store that knows of anybody's work, as this viewer."""
    project = sample.project
    names = {c.id: c.name for c in project.records("coder")}
    now = project.snapshot(viewer)
    only = project.snapshot(viewer, [sample.document.id])
    assert (only.codings, only.memos, only.reviews) == (now.codings, now.memos, now.reviews)
    hits, _ = project.find(viewer, "note OR memo")
    labels = [deed.revision.label for deed in project.history(viewer=viewer)]
    on_it = project.history(viewer=viewer, document=sample.document.id, kinds=["coding", "memo", "review"])
    by_code = [project.history(viewer=viewer, codes=[code.id]) for code in (sample.listened, sample.mistrust)]
    made = {
        (change.kind, change.id)
        for deed in project.history(kinds=["coding", "memo", "review"])
        for change in deed.revision.changes
    }
    then = project.earlier(viewer, project.history(limit=1)[0].revision.id, made)
    assert {record.id for record, _ in then.values()} == {r.id for r in (*now.codings, *now.memos, *now.reviews)}
    return {
        "codings": {names[c.coder] for c in now.codings},
        "memos": {names[m.coder] for m in now.memos},
        "reviews": {names[r.coder] for r in now.reviews},
        "counts": sum(project.counts(viewer).codings_by_code.values()),
        "by document": sum(project.counts(viewer).codings_by_document.values()),
        "found": {hit.words.split(" of ")[1] for hit in hits},
        "tally": sum(project.tally(viewer, "note OR memo").values()),
        "labels": {label for label in labels if label.startswith(("coded", "memo"))},
        "searches": {names[s.coder] for s in now.searches},
        "hidden": labels.count(HIDDEN),
        "filtered": sorted(deed.revision.label for deed in on_it),
        "of codes": [deed.revision.label for deeds in by_code for deed in deeds if deed.revision.coder],
    }


BOTH = {"AK", "RM"}


def test_a_coder_of_a_blind_round_sees_their_own_work_alone(blind: Sample) -> None:
    assert seen(blind, blind.ak.id) == {
        "codings": {"AK"},
        "memos": {"AK"},
        "reviews": {"AK"},
        "counts": 1,
        "by document": 1,
        "found": {"AK"},
        "tally": 2,
        "searches": {"AK"},
        "labels": {"coded as Being listened to", "memo of AK"},
        "hidden": 4,
        "filtered": ["coded as Being listened to", "memo of AK", "turn reviewed"],
        "of codes": ["coded as Being listened to"],
    }


def test_who_stands_outside_the_round_sees_all_and_nobody_in_particular_nothing(blind: Sample) -> None:
    assert seen(blind, blind.ts.id)["codings"] == BOTH
    assert seen(blind, blind.ts.id)["hidden"] == 0
    nobody = seen(blind, "")
    assert (nobody["codings"], nobody["memos"], nobody["found"], nobody["counts"]) == (set(), set(), set(), 0)
    assert nobody["hidden"] == 8
    assert (nobody["filtered"], nobody["of codes"]) == ([], [])
    assert seen(blind, blind.ts.id)["of codes"] == ["coded as Being listened to", "coded as Mistrust"]


def test_once_it_is_locked_or_open_everybody_sees_everything(blind: Sample) -> None:
    blind.project.apply("locked", [update(blind.round, locked="x" * 64)], coder=blind.ts.id)
    assert seen(blind, blind.ak.id)["codings"] == BOTH
    assert seen(blind, blind.ak.id)["tally"] == 4
    blind.project.apply("open", [update(blind.round, blind=False)], coder=blind.rm.id)
    assert blind.project.blind(blind.ak.id) == set()


def test_other_documents_are_not_blind(blind: Sample) -> None:
    blind.project.apply("another", [update(blind.round, documents=())], coder=blind.ts.id)
    assert seen(blind, blind.ak.id)["codings"] == BOTH


def test_removing_and_undoing_in_a_blind_round_is_not_told_either(blind: Sample) -> None:
    project = blind.project
    (own,) = project.snapshot(blind.rm.id).codings
    project.apply("removed Mistrust", edits.remove_coding(own), coder=blind.rm.id)
    project.undo(blind.rm.id)
    labels = [deed.revision.label for deed in project.history(viewer=blind.ak.id)]
    assert not [label for label in labels if "Mistrust" in label]


def test_filters_do_not_tell_that_somebody_removed_or_recoded_anything(blind: Sample) -> None:
    project = blind.project
    (own,) = project.snapshot(blind.rm.id).codings
    project.apply("recoded", edits.recode(own, blind.listened), coder=blind.rm.id)
    project.undo(blind.rm.id)
    project.apply("removed Mistrust", edits.remove_coding(own), coder=blind.rm.id)
    filters = [{"kinds": ["coding"]}, {"document": blind.document.id}, {"codes": [blind.mistrust.id]}]
    for wanted in filters:
        deeds = project.history(viewer=blind.ak.id, **wanted)
        assert blind.rm.id not in {deed.revision.coder for deed in deeds}
        everything = project.history(viewer=blind.ts.id, **wanted)
        assert [deed.revision.label for deed in everything][:2] == ["removed Mistrust", "undid: recoded"]
    one_by_one = project.history(viewer=blind.ak.id, ids=[project.history(limit=1)[0].revision.id])
    assert [(deed.revision.label, deed.revision.changes) for deed in one_by_one] == [(HIDDEN, ())]


def test_what_ones_own_act_did_to_somebody_elses_work_is_left_out_of_it(blind: Sample) -> None:
    project = blind.project
    (theirs,) = project.snapshot(blind.rm.id).codings
    placed = Placement(
        id=new_id(), kind="coding", record=theirs.id, document=theirs.document, text=theirs.text, start=40, end=50
    )
    about_document = update(blind.document, time_point="first")
    project.apply("revised P07", [about_document, create(placed)], coder=blind.ak.id)
    kinds = [change.kind for change in project.history(viewer=blind.ak.id, limit=1)[0].revision.changes]
    assert kinds == ["document"]
    told = project.earlier(blind.ak.id, project.history(limit=1)[0].revision.id, [("placement", placed.id)])
    assert told == {}


def test_taking_back_tells_nothing_of_somebody_elses_work(blind: Sample) -> None:
    """Others' codings on a corrected text, and what they placed by hand, stand in the way without being told."""
    project, ak, rm = blind.project, blind.ak.id, blind.rm.id
    start = blind.TEXT.index("midwife")
    revise_texts(project, {blind.document.id: [(start, start + 7, "[worker]")]}, label="replaced", coder=ak)
    text = project.record("document", blind.document.id).text
    (theirs,) = project.snapshot(rm).codings
    by_hand = Placement(
        id=new_id(), kind="coding", record=theirs.id, document=theirs.document, text=text, start=40, end=44
    )
    project.apply("placed Mistrust by hand", [create(by_hand)], coder=ak)
    project.apply("placed Mistrust again", [update(by_hand, end=45)], coder=rm)
    with pytest.raises(Conflict) as refused:
        project.undo(ak)
    assert str(refused.value) == "“placed Mistrust by hand” cannot be undone: somebody has built on it."
    for place in (41, 43):
        now = project.snapshot(rm)
        coded = edits.apply_code(
            now.codings, now.codebook, document=now.document_by_id[blind.document.id], span=Span(place + 20, place + 22),
            code=blind.mistrust, coder=rm,
        )  # fmt: skip
        project.apply("coded Mistrust", coded, coder=rm)
    project.undo(rm)
    project.redo(rm)
    act = next(d.revision for d in project.history(coder=ak) if d.revision.label == "replaced")
    for coder, told in ((ak, "work lies on"), (blind.ts.id, "2 codings lie on")):
        with pytest.raises(Conflict, match=told), project._db:
            check_nothing_built_on(project._db, act, coder)


def test_turns_are_joined_with_the_marks_of_those_who_cannot_be_seen(blind: Sample) -> None:
    project = blind.project
    for coder in (blind.ak.id, blind.rm.id):
        project.apply("read", edits.review(blind.turns[1], coder), coder=coder)
    project.apply("read", edits.review(blind.turns[0], blind.rm.id), coder=blind.rm.id)
    join_turns(project, "P07", "2", coder=blind.ak.id)
    marks = {(r.coder, r.turn) for r in project.snapshot(blind.ts.id).reviews}
    both = {(coder, blind.turns[1].id) for coder in (blind.ak.id, blind.rm.id)}
    assert marks == both | {(blind.rm.id, blind.turns[0].id)}
    assert (project.kept(), project.verify()) == ([], [])


def test_a_withdrawal_does_not_count_what_others_have_coded(blind: Sample) -> None:
    project = blind.project
    person = Participant(id=new_id(), label="P07")
    spoken = [update(turn, participant=person.id) for turn in blind.turns[1:]]
    project.apply("speaks", [create(person), *spoken], coder="")
    told = {}
    for viewer in (blind.ak.id, blind.ts.id):
        planned = plan_withdrawal(project, "P07", viewer=viewer)
        told[viewer] = (planned.codings, planned.memos, planned.withheld)
    assert told == {blind.ak.id: (1, 0, True), blind.ts.id: (2, 0, False)}
    withdraw(project, plan_withdrawal(project, "P07", viewer=blind.ak.id), coder=blind.ak.id)
    assert project.snapshot(blind.ts.id).codings == ()


def test_every_question_that_may_tell_of_somebody_elses_work_is_asked_here() -> None:
    """A new question on the project is either asked above as a viewer, or tells of nobody's work."""
    asked_as_a_viewer = {"snapshot", "counts", "progress", "find", "tally", "history", "blind", "earlier"}
    tell_of_nobody = {
        "info",
        "records",
        "record",
        "texts",
        "coder_named",
        "kept",
        "verify",
        "unindexed",
        "purged",
        "revision_ids",
        "packed",
        "borrowed",
    }
    for_the_program = {
        "revisions",
        "mismatches",
        "value",
        "spans",
        "reviews_of",
        "touched_since",
        "naming",
        "excerpt",
        "held",
        "standing",
    }
    """Merging, correcting, restoring and settling need them; what they tell a person is tested where it is told."""
    questions = {name for name in vars(Reading) if not name.startswith("_")}
    assert questions - {"path"} == asked_as_a_viewer | tell_of_nobody | for_the_program
