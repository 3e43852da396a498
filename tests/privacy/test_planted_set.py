"""The planted texts are what a measure of recall and precision needs: enough, of every kind, and marked right."""

import re
import unicodedata
from collections import Counter
from itertools import pairwise

import pytest

from tests.privacy.planted.marked import OTHER, PLACES, STRUCTURED, Mark, Planted, listed_names, planted

TEXTS = planted()
SECOND = planted("second")


def _words(text: Planted, mark: Mark) -> str:
    return text.text[mark.start : mark.end]


def _identifiers(*kinds: str) -> list[str]:
    return [_words(text, mark) for text in TEXTS for mark in text.identifiers if mark.kind in kinds]


def _lookalikes(*kinds: str) -> list[str]:
    return [_words(text, mark) for text in TEXTS for mark in text.lookalikes if mark.kind in kinds]


def _plain(words: str) -> str:
    """The words without capitals, accents and underscores."""
    letters = unicodedata.normalize("NFD", words.casefold().replace("_", " "))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _check_digit_fits(number: str) -> bool:
    """Whether ten digits add up to a multiple of 11, weighted 10 down to 1."""
    digits = [int(digit) for digit in number if digit.isdigit()]
    return len(digits) == 10 and sum(a * b for a, b in zip(digits, range(10, 0, -1), strict=True)) % 11 == 0


def test_there_are_enough_identifiers_and_as_many_look_alikes() -> None:
    identifiers, lookalikes = _identifiers(*STRUCTURED, *OTHER), _lookalikes(*STRUCTURED, *OTHER)
    assert len(identifiers) >= 330
    assert len(lookalikes) >= 330
    assert len(lookalikes) >= 0.9 * len(identifiers)


@pytest.mark.parametrize("kind", STRUCTURED)
def test_every_structured_kind_has_twelve_identifiers(kind: str) -> None:
    assert len(_identifiers(kind)) >= 12


@pytest.mark.parametrize("kind", OTHER)
def test_every_other_kind_has_ten_identifiers(kind: str) -> None:
    assert len(_identifiers(kind)) >= 10


@pytest.mark.parametrize("kind", STRUCTURED + OTHER)
def test_something_harmless_looks_like_every_kind(kind: str) -> None:
    assert len(_lookalikes(kind)) >= 8


def test_every_kind_and_place_is_known_and_every_place_is_planted() -> None:
    kinds = {mark.kind for text in TEXTS for mark in text.identifiers + text.lookalikes}
    assert kinds == set(STRUCTURED + OTHER)
    assert {text.where for text in TEXTS if text.identifiers} == set(PLACES)
    assert {text.where for text in TEXTS if text.lookalikes} == set(PLACES)


def test_marks_fit_their_text_and_never_overlap() -> None:
    for text in TEXTS + SECOND:
        marks = sorted(text.identifiers + text.lookalikes, key=lambda mark: mark.start)
        for mark in marks:
            words = _words(text, mark)
            assert words, text.id
            assert words == words.strip(), text.id
        for before, after in pairwise(marks):
            assert before.end <= after.start, text.id


def test_marks_begin_and_end_at_the_edge_of_a_word() -> None:
    for text in TEXTS + SECOND:
        for mark in text.identifiers + text.lookalikes:
            for edge in (mark.start, mark.end):
                assert not re.fullmatch(r"[^\W_]{2}", text.text[max(edge - 1, 0) : edge + 1]), (text.id, mark)


def test_no_text_and_no_number_is_planted_twice() -> None:
    assert len({text.id for text in TEXTS}) == len(TEXTS)
    assert len({text.text for text in TEXTS}) == len(TEXTS)
    for kind in (*STRUCTURED, *(kind for kind in OTHER if kind != "name")):
        words = [_plain(found) for found in _identifiers(kind)]
        assert len(set(words)) == len(words), kind


def test_no_words_fill_the_set_up() -> None:
    names = Counter(_plain(name) for name in _identifiers("name"))
    lookalikes = Counter(_plain(words) for kind in STRUCTURED + OTHER for words in _lookalikes(kind))
    assert max(names.values()) <= 8
    assert max(lookalikes.values()) <= 8
    assert sum(1 for count in lookalikes.values() if count == 1) >= 0.8 * len(lookalikes)


def test_nhs_numbers_have_their_check_digit_and_no_look_alike_has() -> None:
    assert all(_check_digit_fits(number) for number in _identifiers("nhs number"))
    ten_digits = [words for words in _lookalikes("nhs number") if words.replace(" ", "").isdigit()]
    assert len(ten_digits) >= 6
    assert not any(_check_digit_fits(words) for words in ten_digits)


def test_about_half_of_the_names_are_ones_the_team_lists() -> None:
    listed = [_plain(name) for name in listed_names()]
    names = [_plain(name) for name in _identifiers("name")]
    known = [name for name in names if any(re.search(rf"\b{re.escape(word)}\b", name) for word in listed)]
    assert len(set(listed)) == len(listed) == 30
    assert 0.45 <= len(known) / len(names) <= 0.62


def test_a_listed_name_is_nowhere_left_unmarked() -> None:
    for text in TEXTS:
        for name in listed_names():
            for found in re.finditer(rf"\b{re.escape(name)}\b", text.text):
                marks = text.identifiers + text.lookalikes
                assert any(mark.start < found.end() and found.start() < mark.end for mark in marks), (text.id, name)
