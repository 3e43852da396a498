"""Spans follow the texts of their document."""

import pytest

from tbcp_qual.coding.placing import Places, Way, is_unplaced, placed
from tbcp_qual.coding.records import Coding, Document, Forward, Placement
from tbcp_qual.coding.spans import Span

#        0         1         2
#        0123456789012345678901234
BEFORE = "She sat with Tyler at home"
AFTER = "She just sat with [Child A] at home"
KEPT = ((0, 0, 4), (4, 9, 9), (18, 27, 8))


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(0, 3), "She"),
        (Span(4, 7), "sat"),
        (Span(0, 7), "She just sat"),
        (Span(13, 18), "[Child A]"),
        (Span(8, 18), "with [Child A]"),
        (Span(13, 26), "[Child A] at home"),
        (Span(15, 26), "[Child A] at home"),
        (Span(0, 26), AFTER),
        (Span(14, 17), None),
    ],
)
def test_a_span_goes_where_its_words_went(span: Span, words: str | None) -> None:
    found = Way(KEPT).span(span)
    assert (AFTER[slice(*found)] if found else None) == words


def test_a_span_on_words_that_were_struck_out_has_no_place() -> None:
    way = Way(((0, 0, 4), (10, 4, 8)))
    assert way.span(Span(5, 9)) is None
    assert way.span(Span(2, 9)) == Span(2, 4)
    assert way.span(Span(9, 12)) == Span(4, 6)


def test_words_at_either_end_of_a_text_may_be_replaced() -> None:
    way = Way(((3, 5, 4),))
    assert way.span(Span(0, 4)) == Span(0, 6)
    assert way.span(Span(5, 9)) == Span(7, 9)
    assert way.span(Span(8, 9)) is None


def coding(text: str, start: int, end: int) -> Coding:
    return Coding(id="c", document="d", text=text, start=start, end=end)


def forward(before: str, after: str, *kept: tuple[int, int, int]) -> Forward:
    return Forward(id=before + after, document="d", before=before, after=after, kept=kept)


def test_a_coding_follows_several_corrections_and_a_placement_on_the_way() -> None:
    forwards = [forward("a", "b", (0, 2, 9)), forward("b", "c", (0, 1, 20))]
    now = {"d": Document(id="d", text="c")}
    made = [coding("a", 3, 5)]
    assert placed(made, now, Places(forwards, [])) == [coding("c", 6, 8)]
    by_hand = Placement(id="p", kind="coding", record="c", document="d", text="b", start=10, end=12, by_hand=True)
    assert placed(made, now, Places(forwards, [by_hand])) == [coding("c", 11, 13)]


def test_a_text_that_came_back_needs_no_way_round() -> None:
    forwards = [forward("a", "b", (0, 4, 9)), forward("b", "a", (4, 0, 9))]
    assert placed([coding("a", 3, 5)], {"d": Document(id="d", text="a")}, Places(forwards, [])) == [coding("a", 3, 5)]
    assert placed([coding("b", 6, 8)], {"d": Document(id="d", text="a")}, Places(forwards, [])) == [coding("a", 2, 4)]


def test_what_cannot_be_followed_stays_on_its_old_text() -> None:
    document = Document(id="d", text="b")
    lost = placed([coding("a", 3, 5)], {"d": document}, Places([forward("a", "b", (0, 0, 2))], []))
    assert lost == [coding("a", 3, 5)]
    assert is_unplaced(lost[0], document)


def test_words_that_somebody_says_are_gone_stay_unplaced_until_a_text_in_which_they_are_placed() -> None:
    forwards = [forward("a", "b", (0, 0, 9)), forward("b", "c", (0, 0, 9))]
    gone = Placement(id="p", kind="coding", record="c", document="d", text="b")
    made = [coding("a", 3, 5)]
    assert placed(made, {"d": Document(id="d", text="b")}, Places(forwards, [gone])) == made
    assert placed(made, {"d": Document(id="d", text="c")}, Places(forwards, [gone])) == made
    back = Placement(id="q", kind="coding", record="c", document="d", text="c", start=6, end=8)
    assert placed(made, {"d": Document(id="d", text="c")}, Places(forwards, [gone, back])) == [coding("c", 6, 8)]


def test_where_both_texts_end_is_known_if_it_is_said() -> None:
    assert Way(((3, 5, 4), (9, 14, 0))).span(Span(5, 9)) == Span(7, 14)
