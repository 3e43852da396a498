"""The history by document, code, kind, coder and day: what an act touched, also what is gone since."""

import pytest

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Code, Document, Memo, Theme
from tbcp_qual.coding.spans import Span
from tbcp_qual.coding.text import text_hash
from tests.conftest import Sample


@pytest.fixture
def worked(sample: Sample) -> Sample:
    """AK codes and recodes in P07, RM in P08; a theme and memos; something is removed and undone."""
    project = sample.project
    other = Document(id=new_id(), name="P08", text=text_hash("She came twice."))
    project.apply("imported P08", [create(other)], coder=sample.rm.id, texts=["She came twice."])
    sample.other = other
    for coder, document, code in (
        (sample.ak, sample.document, sample.listened),
        (sample.rm, other, sample.mistrust),
    ):
        changes = edits.apply_code(
            [],
            project.snapshot(coder.id).codebook,
            document=document,
            span=Span(4, 12),
            code=code,
            coder=coder.id,
        )
        project.apply(f"{coder.name} coded {document.name}", changes, coder=coder.id)
    own, theirs = sorted(project.snapshot(sample.ak.id).codings, key=lambda c: c.coder != sample.ak.id)
    project.apply("AK recoded", edits.recode(own, sample.mistrust), coder=sample.ak.id)
    project.apply("RM removed", edits.remove_coding(theirs), coder=sample.rm.id)
    project.undo(sample.rm.id)
    project.redo(sample.rm.id)
    project.apply("theme", [create(Theme(id=new_id(), name="T", codes=(sample.listened.id,)))], coder=sample.ak.id)
    memos = [Memo(id=new_id(), coder=sample.ak.id, body="a", code=sample.listened.id)]
    memos.append(Memo(id=new_id(), coder=sample.ak.id, body="b", document=other.id))
    for memo in memos:
        project.apply("memo", [create(memo)], coder=sample.ak.id)
    return sample


def labels(sample: Sample, **wanted: object) -> list[str]:
    told = sample.project.history(viewer=sample.ak.id, **wanted)  # type: ignore[arg-type]
    return [deed.revision.label for deed in told if deed.revision.label not in ("sample made", "project made")]


UNDOING = ["did again: RM removed", "undid: RM removed", "RM removed"]


def test_what_belongs_to_a_document_is_found_by_it_also_what_is_gone_and_what_was_undone(worked: Sample) -> None:
    assert labels(worked, document=worked.document.id) == ["AK recoded", "AK coded P07"]
    assert labels(worked, document=worked.other.id) == ["memo", *UNDOING, "RM coded P08", "imported P08"]


def test_a_coding_belongs_to_every_code_it_ever_had(worked: Sample) -> None:
    assert labels(worked, codes=[worked.listened.id]) == ["memo", "theme", "AK recoded", "AK coded P07"]
    assert labels(worked, codes=[worked.mistrust.id]) == [*UNDOING, "AK recoded", "RM coded P08", "AK coded P07"]
    assert labels(worked, codes=[worked.key_worker.id]) == []
    assert labels(worked, codes=[]) == []


def test_a_code_below_is_not_a_matter_of_the_code_above_but_one_merged_into_it_is(worked: Sample) -> None:
    project = worked.project
    child = Code(id=new_id(), name="Below", parent=worked.key_worker.id)
    project.apply("made below", [create(child)], coder=worked.ak.id)
    assert labels(worked, codes=[worked.key_worker.id]) == []
    project.apply("merged", [update(child, merged_into=worked.key_worker.id)], coder=worked.ak.id)
    assert labels(worked, codes=[worked.key_worker.id]) == ["merged", "made below"]


def test_filters_together_mean_all_of_them(worked: Sample) -> None:
    assert labels(worked, document=worked.other.id, kinds=["memo"]) == ["memo"]
    assert labels(worked, document=worked.other.id, codes=[worked.mistrust.id]) == [*UNDOING, "RM coded P08"]
    assert labels(worked, codes=[worked.mistrust.id], coder=worked.ak.id) == ["AK recoded", "AK coded P07"]
    assert labels(worked, document=worked.document.id, codes=[worked.key_worker.id]) == []
    assert labels(worked, kinds=["memo", "theme"], limit=2) == ["memo", "memo"]


def test_a_day_and_ids_choose_too(worked: Sample) -> None:
    everything = worked.project.history()
    assert len(labels(worked, since="2000-01-01")) == len(labels(worked))
    assert labels(worked, since="2999-01-01") == []
    at = everything[2].revision.at
    assert {deed.revision.at >= at for deed in worked.project.history(since=at)} == {True}
    two = [everything[3].revision.id, everything[0].revision.id]
    assert [deed.revision.id for deed in worked.project.history(ids=two)] == sorted(two, reverse=True)


def test_each_line_says_whether_it_stands(worked: Sample) -> None:
    told = worked.project.history(document=worked.other.id)
    assert {deed.revision.label: deed.stands for deed in told if "RM removed" in deed.revision.label} == {
        "did again: RM removed": True,
        "undid: RM removed": False,
        "RM removed": True,
    }
