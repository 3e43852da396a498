"""A passage that is copied from the screen is cited as everywhere else."""

from dataclasses import replace

from tbcp_qual.coding.spans import Span
from tbcp_qual.tasks.coding import with_label
from tests.conftest import Sample


def test_a_passage_comes_with_the_question_before_it_and_its_label(sample: Sample) -> None:
    turn = sample.turns[1]
    copied = with_label(sample.document, sample.turns, Span(turn.start, turn.end), sample.TEXT)
    assert copied == (
        "INT: How did you first hear of it?\n“My midwife said. She just sat with me.” (P07, parent, turn 2)"
    )


def test_the_label_tells_the_document_from_others_that_are_named_alike(sample: Sample) -> None:
    first, second = (replace(sample.document, id=name, name=f"P07 {name}") for name in ("first", "second"))
    turns = [replace(turn, document=first.id) for turn in sample.turns]
    span = Span(turns[2].start, turns[2].end)
    assert with_label(first, turns, span, sample.TEXT).endswith("(P07, parent, turn 3)")
    assert with_label(first, turns, span, sample.TEXT, [first, second]).endswith("(P07 first, parent, turn 3)")


def test_a_text_without_turns_is_cited_by_its_document(sample: Sample) -> None:
    assert with_label(sample.document, [], Span(0, 3), sample.TEXT) == "“INT” (P07, parent)"
