"""The clean text, and the views on it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tbcp_qual.coding.sentences import sentences, snap_to_words, words
from tbcp_qual.coding.spans import Span, intersection, union
from tbcp_qual.coding.text import clean, one_line

messy = st.text(st.sampled_from("ab\n\r\t\x00\x07\x1b\x85\ufeff\u2028\u202e\u0301é😀 .") | st.characters())


@given(messy)
def test_cleaning_twice_changes_nothing_more(text):
    once = clean(text).text
    assert clean(once).text == once


@given(messy)
def test_no_control_character_is_left(text):
    kept = clean(text).text
    assert all(c in "\n\t" or (ord(c) >= 0x20 and not 0x7F <= ord(c) <= 0x9F) for c in kept)
    assert "\ufeff" not in kept
    assert "\u202e" not in kept
    kept.encode()


@given(messy)
def test_the_offset_map_takes_each_kept_character_to_itself(text):
    made = clean(text)
    places = [made.offsets.forward(i) for i in range(len(text) + 1)]
    assert places == sorted(places)
    assert places[0] == 0
    assert places[-1] == len(made.text)
    for i, character in enumerate(text):
        ends_a_pair = character == "\n" and text[:i].endswith("\r")
        if clean(character).text == character and not ends_a_pair:
            assert made.text[places[i]] == character


def test_line_ends_of_all_kinds_become_one():
    assert clean("a\r\nb\rc\u2028d\x0be").text == "a\nb\nc\nd\ne"


def test_a_name_stays_on_one_line():
    assert one_line(" P07\n\x1b[31m first ") == "P07 [31m first"


def test_sentences_keep_abbreviations_initials_and_marks_in_brackets_whole():
    text = (
        "Dr. Hill came on Tues. 4 May, i.e. late. “Who's there?” she said. J. left [pause. then] I think. So do I. Yes"
    )
    assert [text[s:e] for s, e in sentences(text)] == [
        "Dr. Hill came on Tues. 4 May, i.e. late.",
        "“Who's there?” she said.",
        "J. left [pause. then] I think.",
        "So do I.",
        "Yes",
    ]


@given(messy.map(lambda t: clean(t).text))
def test_sentences_are_in_order_and_miss_only_white_space(text):
    last = 0
    for start, end in sentences(text):
        assert last <= start < end
        assert not text[last:start].strip()
        last = end
    assert not text[last:].strip()


def test_a_selection_snaps_to_the_words_it_touches():
    text = "She just sat with me."
    assert snap_to_words(text, Span(5, 11)) == (4, 12)
    assert snap_to_words(text, Span(3, 9)) == (4, 8)
    assert snap_to_words(text, Span(20, 21)) == (20, 21)


def test_words_hold_their_apostrophes_and_hyphens():
    text = "I don't, erm, the key-worker’s"
    assert [text[s:e] for s, e in words(text)] == ["I", "don't", "erm", "the", "key-worker’s"]


spans = st.lists(st.builds(lambda a, n: Span(a, a + n), st.integers(0, 60), st.integers(0, 20)))


@given(spans, spans)
def test_union_and_intersection_are_those_of_sets(first, second):
    def points(some):
        return {p for s in some for p in range(s.start, s.end)}

    assert points(union(first)) == points(first)
    assert points(intersection(union(first), union(second))) == points(first) & points(second)
    joined = union(first)
    assert all(a.end < b.start for a, b in pairwise(joined))
