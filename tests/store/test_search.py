"""Words are found wherever they stand, by whoever may see them, and no more once they are gone."""

import pytest

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Attribute, Case, Memo, attribute_id
from tbcp_qual.coding.spans import Span
from tbcp_qual.store import Project
from tests.conftest import Sample


def found(sample: Sample, typed: str, **values) -> list[tuple[str, str]]:
    sample.project.index()
    hits, _ = sample.project.find(sample.ak.id, typed, **values)
    return [(hit.kind, hit.words) for hit in hits]


@pytest.mark.parametrize(
    ("typed", "turns"),
    [
        ("midwife", [1]),
        ("MIDWIFE said", [1]),
        ('"sat with me"', [1]),
        ('"with sat"', []),
        ("for*", [2]),
        ("it form", [2]),
        ("it OR midwife", [0, 1, 2]),
        ("it -form", [0]),
        ("it NEAR/2 not", [2]),
        ("it NEAR/1 form", []),
        ("AND ((", []),
        ("", []),
        ("%", []),
        ("'; DROP TABLE turn; --", []),
    ],
)
def test_turns_are_found_in_their_order(sample: Sample, typed: str, turns: list[int]) -> None:
    said = [sample.TEXT[turn.start : turn.end] for turn in sample.turns]
    assert found(sample, typed) == [("turn", said[n]) for n in turns]


def test_everything_a_person_wrote_is_found_and_follows_what_is_changed(sample: Sample) -> None:
    case = Case(id=new_id(), label="F07")
    attribute = Attribute(id=attribute_id(case.id, "housing"), case=case.id, name="housing", value="zebra house")
    memo = Memo(id=new_id(), coder=sample.ak.id, body="zebra memo")
    code = update(sample.listened, brief="a zebra definition")
    now = sample.project.snapshot(sample.ak.id)
    coded = edits.apply_code(
        (),
        now.codebook,
        document=sample.document,
        span=Span(40, 50),
        code=sample.mistrust,
        coder=sample.ak.id,
        memo="zebra!",
    )
    sample.project.apply("made", [create(case), create(attribute), create(memo), code, *coded], coder=sample.ak.id)
    hits = found(sample, "zebra")
    assert sorted(kind for kind, _ in hits) == ["attribute", "code", "coding", "memo"]
    assert found(sample, "zebra", kinds=["memo"]) == [("memo", " · zebra memo")]
    assert sample.project.tally(sample.ak.id, "zebra")[("coding", sample.document.id)] == 1
    sample.project.undo(sample.ak.id)
    assert found(sample, "zebra") == []
    sample.project.redo(sample.ak.id)
    sample.project.apply("memo changed", [update(memo, body="a horse")], coder=sample.ak.id)
    assert sorted(kind for kind, _ in found(sample, "zebra")) == ["attribute", "code", "coding"]
    assert found(sample, "horse") == [("memo", " · a horse")]


def test_hits_come_in_pages(sample: Sample) -> None:
    sample.project.index()
    first, on = sample.project.find(sample.ak.id, "it OR midwife", limit=2)
    rest, end = sample.project.find(sample.ak.id, "it OR midwife", limit=2, after=on)
    assert (len(first), len(rest), end) == (2, 1, 0)
    assert first[0].start == sample.turns[0].start


def test_what_was_purged_is_found_no_more_and_leaves_no_word_in_the_file(sample: Sample) -> None:
    memo = Memo(id=new_id(), coder=sample.ak.id, body="Zebedee was there", document=sample.document.id)
    sample.project.apply("memo", [create(memo)], coder=sample.ak.id)
    assert len(found(sample, "zebedee")) == 1
    assert b"zebedee" in sample.path.read_bytes()
    sample.project.purge("purged", coder=sample.ak.id, records=[("memo", memo.id)])
    assert found(sample, "zebedee") == []
    assert len(found(sample, "midwife")) == 1
    assert b"zebedee" not in sample.path.read_bytes()
    assert sample.project.verify() == []


def test_a_file_opened_for_reading_is_searched_as_far_as_it_is_indexed(sample: Sample) -> None:
    sample.project.close()
    with Project.open(sample.path, read_only=True) as project:
        assert project.find("", "midwife") == ([], 0)
        assert project.unindexed() > 0
