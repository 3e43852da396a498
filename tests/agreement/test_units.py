"""Units and decisions, against the plain way of doing it."""

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tbcp_qual.agreement.units import Unit, coded_spans, decisions, stretches
from tbcp_qual.coding.changes import create
from tbcp_qual.coding.edits import apply_code, merge_codes
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Coding, Turn
from tbcp_qual.coding.spans import Span, union
from tbcp_qual.coding.text import text_hash
from tests.conftest import Sample

LENGTH = 60
spans_of_one_coder = st.lists(
    st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).map(lambda ends: Span(min(ends), max(ends))), max_size=8
).map(union)


def covered(spans: list[Span]) -> list[bool]:
    """One cell per character."""
    return [any(span.start <= i < span.end for span in spans) for i in range(LENGTH)]


@settings(deadline=None)
@given(spans_of_one_coder, st.lists(st.none() | spans_of_one_coder, min_size=2, max_size=4))
def test_sweeping_characters_gives_what_an_array_of_characters_gives(
    units: list[Span], by_coder: list[list[Span] | None]
) -> None:
    coders = [f"coder {i}" for i in range(len(by_coder))]
    ratings = decisions(
        {("code", coder): spans for coder, spans in zip(coders, by_coder, strict=True) if spans is not None},
        units,
        "character",
        codes=["code"],
        coders=coders,
        done=[coder for coder, spans in zip(coders, by_coder, strict=True) if spans is not None],
    )
    columns: list[list[Any]] = [[None] * LENGTH if spans is None else covered(spans) for spans in by_coder]
    counts = covered(units)
    rows = [row for i, row in enumerate(zip(*columns, strict=True)) if counts[i]]
    assert ratings.patterns == Counter(rows)


@settings(deadline=None)
@given(st.lists(st.integers(0, LENGTH), min_size=2, unique=True).map(sorted), spans_of_one_coder, spans_of_one_coder)
def test_a_whole_unit_is_coded_if_any_character_of_it_is(
    cuts: list[int], first: list[Span], second: list[Span]
) -> None:
    units = [Span(start, end) for start, end in pairwise(cuts)]
    ratings = decisions(
        {("code", "a"): first, ("code", "b"): second}, units, "turn", codes=["code"], coders="ab", done="ab"
    )
    one, other = covered(first), covered(second)
    rows = [(any(one[u.start : u.end]), any(other[u.start : u.end])) for u in units]
    assert ratings.patterns == Counter(rows)


def test_several_codes_count_as_their_union() -> None:
    spans = {("a", "AK"): [Span(0, 4)], ("b", "AK"): [Span(2, 6)], ("c", "AK"): [Span(6, 9)], ("b", "RM"): [Span(5, 6)]}
    ratings = decisions(spans, [Span(0, 10)], "character", codes=["a", "b"], coders=["AK", "RM"], done=["AK", "RM"])
    assert ratings.patterns == {(True, False): 5, (True, True): 1, (False, False): 4}


def test_whoever_is_not_done_is_missing_and_not_uncoded() -> None:
    ratings = decisions(
        {("a", "RM"): [Span(0, 4)]}, [Span(0, 4), Span(4, 8)], "turn", codes=["a"], coders=["AK", "RM"], done=["AK"]
    )
    assert ratings.patterns == {(False, None): 2}


@pytest.mark.parametrize(
    ("unit", "interviewer", "words"),
    [
        ("turn", False, ["My midwife said. She just sat with me.", "It was not for the form."]),
        ("sentence", False, ["My midwife said.", "She just sat with me.", "It was not for the form."]),
        ("character", False, ["My midwife said. She just sat with me.", "It was not for the form."]),
        (
            "turn",
            True,
            ["How did you first hear of it?", "My midwife said. She just sat with me.", "It was not for the form."],
        ),
    ],
)
def test_units_are_what_is_said_without_labels_and_interviewers(
    sample: Sample, unit: Unit, interviewer: bool, words: list[str]
) -> None:
    found = stretches(sample.project.snapshot(sample.ak.id), sample.document, unit, interviewer=interviewer)
    assert [sample.TEXT[span.start : span.end] for span in found] == words


def test_turns_without_a_role_are_units_and_empty_ones_are_not(sample: Sample) -> None:
    described, empty = (
        Turn(id=new_id(), document=sample.document.id, text=sample.document.text, head=end, start=end, end=end)
        for end in (5, 6)
    )
    named = Turn(id=new_id(), document=sample.document.id, text=sample.document.text, head=0, start=0, end=3)
    sample.project.apply("turns", [create(t) for t in (described, empty, named)], coder="")
    found = stretches(sample.project.snapshot(sample.ak.id), sample.document, "turn")
    assert Span(0, 3) in found
    assert len(found) == 3


def test_codings_of_a_merged_code_count_as_the_code_it_became(sample: Sample) -> None:
    project = sample.project
    for code, span in ((sample.key_worker, Span(40, 45)), (sample.listened, Span(43, 50))):
        changes = apply_code(
            [], project.snapshot("").codebook, document=sample.document, span=span, code=code, coder=sample.ak.id
        )
        project.apply("coded", changes, coder=sample.ak.id)
    merged = merge_codes(project.snapshot("").codebook, [], sample.key_worker, sample.listened)
    project.apply("merged", merged, coder=sample.ak.id)
    assert coded_spans(project.snapshot(sample.ak.id), sample.document) == {
        (sample.listened.id, sample.ak.id): [Span(40, 50)]
    }


def test_overlapping_codings_of_one_coder_count_once(sample: Sample) -> None:
    codings = [
        Coding(
            id=new_id(),
            document=sample.document.id,
            text=sample.document.text,
            start=start,
            end=end,
            code=sample.mistrust.id,
            coder=sample.rm.id,
        )
        for start, end in ((40, 50), (45, 60), (60, 62))
    ]
    sample.project.apply("imported", [create(coding) for coding in codings], coder=sample.rm.id)
    assert coded_spans(sample.project.snapshot(sample.rm.id), sample.document) == {
        (sample.mistrust.id, sample.rm.id): [Span(40, 62)]
    }


def test_what_belongs_to_another_text_of_the_document_does_not_count(sample: Sample) -> None:
    document, old = sample.document, text_hash("old")
    coding = Coding(
        id=new_id(), document=document.id, text=old, start=0, end=3, code=sample.mistrust.id, coder=sample.ak.id
    )
    turn = Turn(id=new_id(), document=document.id, text=old, head=0, start=0, end=3)
    sample.project.apply("imported", [create(coding), create(turn)], coder=sample.ak.id, texts=["old"])
    snapshot = sample.project.snapshot(sample.ak.id)
    assert coded_spans(snapshot, document) == {}
    assert len(stretches(snapshot, document, "turn")) == 2
