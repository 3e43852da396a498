"""One person under two ids, from two copies: made one, and one again when more work comes."""

import shutil

import pytest

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Coder, Coding, Memo, Round
from tbcp_qual.errors import Conflict, UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.coders import join_coders
from tbcp_qual.team.merge import merge
from tests.conftest import Sample


@pytest.fixture
def other(sample: Sample) -> Coder:
    """A second “rm” who has coded, marked, read and written, and codes in a round."""
    project, document = sample.project, sample.document
    other = Coder(id=new_id(), name="rm")
    project.apply("came", [create(other)], coder="")
    coding = Coding(
        id=new_id(),
        document=document.id,
        text=document.text,
        start=40,
        end=50,
        code=sample.mistrust.id,
        coder=other.id,
    )
    memo = Memo(id=new_id(), coder=other.id, body="mine")
    work = [create(coding), create(memo), *edits.review(sample.turns[1], other.id)]
    project.apply("worked", [*work, *edits.mark_done(None, document=document.id, coder=other.id)], coder=other.id)
    made = Round(id=new_id(), name="1", documents=(document.id,), coders=(sample.ak.id, other.id))
    project.apply("round", [create(made)], coder="")
    return other


def whose(project: Project, viewer: str) -> set[str]:
    now = project.snapshot(viewer)
    return {record.coder for record in (*now.codings, *now.memos, *now.reviews, *now.done)}


def test_all_that_was_the_seconds_is_the_firsts(sample: Sample, other: Coder) -> None:
    joined = join_coders(sample.project, "RM", "rm", by=sample.ak.id)
    assert (joined.kept, joined.gone, joined.locked) == (sample.rm, other, ())
    assert joined.records == 5
    assert whose(sample.project, sample.rm.id) == {sample.rm.id}
    assert sample.project.records("coder") == [sample.ak, sample.rm]
    assert sample.project.records("round")[0].coders == (sample.ak.id, sample.rm.id)
    assert sample.project.verify() == []
    sample.project.undo(sample.ak.id)
    assert whose(sample.project, other.id) == {other.id}
    assert sample.project.verify() == []


def test_a_document_that_either_finished_is_done(sample: Sample, other: Coder) -> None:
    project, document = sample.project, sample.document
    project.apply("begun", edits.mark_done(None, document=document.id, coder=sample.rm.id), coder=sample.rm.id)
    (mark,) = [mark for mark in project.records("done") if mark.coder == sample.rm.id]
    project.apply("no", edits.mark_done(mark, document=document.id, coder=sample.rm.id, done=False), coder=sample.rm.id)
    join_coders(project, sample.rm.id, other.id, by=sample.ak.id)
    assert [(mark.coder, mark.done) for mark in project.records("done")] == [(sample.rm.id, True)]


def test_work_that_comes_later_is_joined_again(sample: Sample, other: Coder) -> None:
    path = sample.path.with_name("copy.tbcp")
    shutil.copy(sample.path, path)
    join_coders(sample.project, "RM", "rm", by=sample.ak.id)
    with Project.open(path) as copy:
        copy.apply("memo", [create(Memo(id=new_id(), coder=other.id, body="later"))], coder=other.id)
        merge(sample.project, path)
        assert whose(sample.project, sample.rm.id) == {sample.rm.id, other.id}
        assert sample.project.verify() == []
        join_coders(sample.project, "RM", "rm", by=sample.ak.id)
        assert whose(sample.project, sample.rm.id) == {sample.rm.id}
        merge(copy, sample.path)
        assert whose(copy, sample.rm.id) == {sample.rm.id}
        assert copy.verify() == sample.project.verify() == []


def test_a_locked_round_stays_as_it_was_locked(sample: Sample, other: Coder) -> None:
    (made,) = sample.project.records("round")
    sample.project.apply("locked", [update(made, locked="x" * 64)], coder="")
    assert join_coders(sample.project, "RM", "rm", by=sample.ak.id).locked == ("1",)
    assert sample.project.records("round")[0].coders == (sample.ak.id, other.id)
    assert other in sample.project.records("coder")
    assert sample.project.verify() == []


def test_two_of_one_round_stay_two_and_names_must_be_clear(sample: Sample, other: Coder) -> None:
    with pytest.raises(Conflict, match="compared with each other in the round “1”"):
        join_coders(sample.project, "AK", other.id, by=sample.ak.id)
    with pytest.raises(UsageError, match="2 coders are called “rm”"):
        join_coders(sample.project, "AK", "rm", by=sample.ak.id)
    with pytest.raises(UsageError, match="one coder already"):
        join_coders(sample.project, "AK", "ak", by=sample.ak.id)
    with pytest.raises(UsageError, match="no coder “Nobody”"):
        join_coders(sample.project, "AK", "Nobody", by=sample.ak.id)
