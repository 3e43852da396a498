"""Units and decisions, against the plain way of doing it."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tbcp_qual.agreement.arrays import unstacked
from tbcp_qual.agreement.ratings import Value
from tbcp_qual.agreement.sweep import Laid, characters
from tbcp_qual.agreement.units import Unit, by_document, coded_spans, stretches
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


Found = dict[tuple[Value | None, ...], int]


def patterns(document: Laid, unit: Unit, codes: list[str], coders: list[str]) -> Found:
    return dict(unstacked(by_document([document], unit, codes=[codes], coders=coders)).patterns)


@st.composite
def documents(draw: st.DrawFn, codes: list[str], coders: list[str]) -> Laid:
    """A document of 60 characters, some of them units, coded by those who are done and by others."""
    keys = st.tuples(st.sampled_from(codes), st.sampled_from(coders))
    return Laid(
        units=draw(spans_of_one_coder),
        spans=draw(st.dictionaries(keys, spans_of_one_coder)),
        done=draw(st.sets(st.sampled_from(coders))),
    )


CODERS = ["AK", "RM", "ZH"]
CODES = ["a", "b", "c"]
ROWS = [["a"], ["b", "c"], []]


@settings(deadline=None)
@given(st.lists(documents(CODES, CODERS), max_size=4))
def test_sweeping_characters_gives_what_an_array_of_characters_gives(laid: list[Laid]) -> None:
    table = characters(laid, codes=ROWS, coders=CODERS)
    assert table.units.shape[:2] == (len(ROWS), len(laid))
    for row, codes in enumerate(ROWS):
        for at, document in enumerate(laid):
            columns: list[list[Any]] = [
                covered([span for code in codes for span in document.spans.get((code, coder), ())])
                if coder in document.done
                else [None] * LENGTH
                for coder in CODERS
            ]
            counted = covered(list(document.units))
            cells = [cell for i, cell in enumerate(zip(*columns, strict=True)) if counted[i]]
            expected = {cell: n for cell, n in Counter(cells).items() if any(value is not None for value in cell)}
            assert unstacked(replace(table, units=table.units[row, at])).patterns == expected


@settings(deadline=None)
@given(st.lists(st.integers(0, LENGTH), min_size=2, unique=True).map(sorted), spans_of_one_coder, spans_of_one_coder)
def test_a_whole_unit_is_coded_if_any_character_of_it_is(
    cuts: list[int], first: list[Span], second: list[Span]
) -> None:
    units = [Span(start, end) for start, end in pairwise(cuts)]
    document = Laid(units=units, spans={("code", "AK"): first, ("code", "RM"): second}, done={"AK", "RM"})
    one, other = covered(first), covered(second)
    rows = [(any(one[u.start : u.end]), any(other[u.start : u.end])) for u in units]
    assert patterns(document, "turn", ["code"], ["AK", "RM"]) == Counter(rows)


def test_each_document_keeps_its_own_units() -> None:
    units = [Span(0, 4), Span(4, 8), Span(8, 12)]
    first = Laid(units=units, spans={("a", "AK"): [Span(0, 2)]}, done={"AK", "RM"})
    second = Laid(units=units[:2], spans={("a", "RM"): [Span(0, 8)]}, done={"AK", "RM"})
    table = by_document([first, second], "turn", codes=[["a"], ["b"]], coders=["AK", "RM"])
    assert table.units.shape[:2] == (2, 2)
    of = [[unstacked(replace(table, units=table.units[row, at])).patterns for at in (0, 1)] for row in (0, 1)]
    assert of == [
        [{(True, False): 1, (False, False): 2}, {(False, True): 2}],
        [{(False, False): 3}, {(False, False): 2}],
    ]


def test_several_codes_count_as_their_union() -> None:
    spans = {("a", "AK"): [Span(0, 4)], ("b", "AK"): [Span(2, 6)], ("c", "AK"): [Span(6, 9)], ("b", "RM"): [Span(5, 6)]}
    document = Laid(units=[Span(0, 10)], spans=spans, done={"AK", "RM"})
    expected = {(True, False): 5, (True, True): 1, (False, False): 4}
    assert patterns(document, "character", ["a", "b"], ["AK", "RM"]) == expected


@pytest.mark.parametrize(("unit", "n"), [("turn", 2), ("character", 8)])
def test_whoever_is_not_done_is_missing_and_not_uncoded(unit: Unit, n: int) -> None:
    document = Laid(units=[Span(0, 4), Span(4, 8)], spans={("a", "RM"): [Span(0, 4)]}, done={"AK"})
    assert patterns(document, unit, ["a"], ["AK", "RM"]) == {(False, None): n}


def test_more_coders_than_there_is_room_for_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 60"):
        characters([], codes=[["a"]], coders=[str(i) for i in range(61)])


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
