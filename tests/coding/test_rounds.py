"""What stands in the way of a round, and what is locked of it and comes back."""

from dataclasses import replace

import pytest

from tbcp_qual.coding.changes import create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Coding, Done, Round, done_id
from tbcp_qual.coding.rounds import as_locked, lock, locked_body, preflight, read_locked
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.errors import ProjectUnusable
from tests.conftest import Sample


@pytest.fixture
def made(sample: Sample) -> Round:
    """A round on the sample's interview, by turns."""
    return Round(
        id=new_id(),
        name="1",
        documents=(sample.document.id,),
        texts=(sample.document.text,),
        coders=(sample.ak.id, sample.rm.id),
        unit="turn",
        statistic="krippendorff_alpha",
        codebook="same",
    )


def said(now: Snapshot, made: Round, *, units: int = 50, codebook: str = "same") -> list[tuple[str, str]]:
    return [(finding.level, finding.message) for finding in preflight(now, made, units=units, codebook=codebook)]


def test_a_round_in_order_is_only_told_how_few_documents_it_has(sample: Sample, made: Round) -> None:
    now = sample.project.snapshot("")
    assert said(now, made) == [("warning", "With 1 document there will be no interval; it takes 10.")]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"coders": ("nobody", "other")}, "not in this project any more"),
        ({"coders": ()}, "It takes two coders"),
        ({"documents": ()}, "no documents"),
        ({"documents": ("gone",)}, "no documents"),
        ({"texts": ("x" * 64,)}, "has been corrected since the round was opened"),
        ({"codebook": "another"}, "The codebook has been changed"),
        ({"codes": ("gone",)}, "A code of the round is retired"),
    ],
)
def test_what_spoils_a_comparison_stops_it(
    sample: Sample, made: Round, fields: dict[str, tuple[str, ...]], message: str
) -> None:
    level, first = said(sample.project.snapshot(""), replace(made, **fields))[0]  # type: ignore[arg-type]
    assert level == "error"
    assert message in first


def test_whoever_is_compared_with_must_be_another_and_done(sample: Sample, made: Round) -> None:
    now = sample.project.snapshot("")
    gold = replace(made, gold=sample.ak.id)
    assert "cannot be held against their own" in said(now, gold)[0][1]
    gold = replace(gold, coders=(sample.rm.id,))
    assert "has not marked “P07” done" in said(now, gold)[0][1]
    mark = Done(
        id=done_id(sample.document.id, sample.ak.id), document=sample.document.id, coder=sample.ak.id, done=True
    )
    assert not [level for level, _ in said(replace(now, done=(mark,)), gold) if level == "error"]


def test_an_interview_without_an_interviewer_and_few_units_are_warned_of(sample: Sample, made: Round) -> None:
    now = sample.project.snapshot("")
    nobody_asks = replace(now, turns=tuple(replace(turn, role="participant") for turn in now.turns))
    warned = said(nobody_asks, made, units=4)
    assert {level for level, _ in warned} == {"warning"}
    assert any("nobody is known to be the interviewer" in message for _, message in warned)
    assert any("Only 4 units" in message for _, message in warned)
    assert said(now, made, units=0)[0][0] == "error"


def test_what_was_locked_comes_back_without_memos_names_and_words(sample: Sample, made: Round) -> None:
    project = sample.project
    coding = Coding(
        id=new_id(),
        document=sample.document.id,
        text=sample.document.text,
        start=40,
        end=50,
        code=sample.listened.id,
        coder=sample.ak.id,
        memo="Zebedee",
        negative=True,
    )
    mark = Done(
        id=done_id(sample.document.id, sample.rm.id), document=sample.document.id, coder=sample.rm.id, done=True
    )
    project.apply("worked", [create(coding), create(mark)], coder=sample.ak.id)
    now = project.snapshot(sample.ak.id)
    body = locked_body(lock(now, made, codebook="fingerprint", splitter=1))
    shuffled = replace(now, turns=now.turns[::-1], codes=now.codes[::-1])
    assert locked_body(lock(shuffled, made, codebook="fingerprint", splitter=1)) == body
    assert "Zebedee" not in body
    assert "midwife" not in body
    assert "P07" not in body
    locked = read_locked(body)
    assert locked.round == made
    assert locked.codings == (replace(coding, memo=""),)
    again = as_locked(locked, now, project.texts, blind=())
    assert [turn.id for turn in again.turns] == [turn.id for turn in now.turns]
    assert again.done_by_document == {sample.document.id: {sample.rm.id}}
    assert again.document_by_id[sample.document.id].name == "P07"
    assert [code.name for _, code in again.codebook.walk()] == ["Key worker", "Being listened to", "Mistrust"]


def test_a_document_whose_words_were_purged_is_left_out(sample: Sample, made: Round) -> None:
    now = sample.project.snapshot("")
    locked = read_locked(locked_body(lock(now, made, codebook="", splitter=1)))
    assert as_locked(locked, now, lambda hashes: dict.fromkeys(hashes, ""), blind=()).documents == ()


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"form":2}', '{"form":1,"round":{}}'])
def test_a_record_that_is_not_whole_is_said(body: str) -> None:
    with pytest.raises(ProjectUnusable):
        read_locked(body)
