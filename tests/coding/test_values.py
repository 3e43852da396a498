"""Typed values: what is guessed of a column, what fits a type, and how values sort."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tbcp_qual.coding.values import (
    Typed,
    day,
    guess,
    is_missing,
    misfits,
    missing_numbers,
    natural,
    number,
    parse_typed,
    spelling_variants,
    spelt,
    value_order,
)


@pytest.mark.parametrize(
    ("values", "typed"),
    [
        (["yes", "No", "y"], "yes/no"),
        (["True", "false"], "yes/no"),
        (["1", "0", "0"], "number"),
        (["1,200", "-3", "4.5"], "number"),
        (["1", "01"], "category"),
        (["31/12/2021", "1.2.22", "2021-03-04", "4 March 2021"], "date"),
        (["31/12/2021", "soon"], "category"),
        (["12/31/2021", "1/2/2021"], "category"),
        (["moderate", "low", "HIGH"], "ordered category: low, moderate, HIGH"),
        (["low", "high"], "category"),
        (["25+", "under 18", "18 to 24"], "ordered category: under 18, 18 to 24, 25+"),
        (["0-4", "10+", "5-9"], "ordered category: 0-4, 5-9, 10+"),
        (["Hill", "Quay"], "category"),
        ([], "category"),
    ],
)
def test_the_type_of_a_column_is_guessed_from_its_values(values: list[str], typed: str) -> None:
    assert str(guess(values)) == typed


@pytest.mark.parametrize("word", ["", " ", "NA", "n/a", "Not known", "UNKNOWN", "-", "#N/A"])
def test_words_for_missing_are_missing(word: str) -> None:
    assert is_missing(word)


@pytest.mark.parametrize("word", ["no", "none", "0", "not stated", "Other or not stated", "nil"])
def test_a_no_and_a_nought_are_never_missing(word: str) -> None:
    assert not is_missing(word)


def test_minus_nine_is_missing_only_where_nothing_else_is_below_zero() -> None:
    assert missing_numbers(["12", "-9", "-99"]) == {"-9", "-99"}
    assert missing_numbers(["12", "-9", "-4"]) == frozenset()
    assert missing_numbers(["12", "word"]) == frozenset()


@pytest.mark.parametrize(
    ("value", "scale", "kept"),
    [
        ("Yes", "yes/no", "yes"),
        ("0", "yes/no", "no"),
        ("perhaps", "yes/no", None),
        ("1,234.0", "number", "1234"),
        ("0.10", "number", "0.1"),
        ("−5", "number", "-5"),
        ("twelve", "number", None),
        ("9" * 400, "number", None),
        ("29/2/2021", "date", None),
        ("29/2/2020", "date", "2020-02-29"),
        ("Feb 2020", "date", "2020-02"),
        ("1st Sept 2020", "date", "2020-09-01"),
        ("1/1/69", "date", "1969-01-01"),
        ("2021-03-04 00:00:00", "date", "2021-03-04"),
    ],
)
def test_a_value_is_kept_in_one_spelling_or_refused(value: str, scale: str, kept: str | None) -> None:
    assert spelt(value, Typed(scale=scale)) == kept  # type: ignore[arg-type]


def test_levels_are_the_only_values_of_a_category_that_has_them() -> None:
    typed = Typed(scale="category", levels=("Hill", "Quay"))
    assert [spelt(value, typed) for value in ("hill", "Quay", "Dale")] == ["Hill", "Quay", None]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("number", "number"),
        ("Ordered category: a, b", "ordered category: a, b"),
        ("ordered:1;2,5;3", "ordered category: 1, 2,5, 3"),
        ("category:Hill,Quay", "category: Hill, Quay"),
        ("ordered category", "None"),
        ("number: 1,2", "None"),
        ("text", "None"),
    ],
)
def test_a_type_is_read_as_a_person_writes_it(text: str, typed: str) -> None:
    assert str(parse_typed(text)) == typed


def test_a_few_bad_values_in_a_column_of_numbers_are_found() -> None:
    values = [str(n) for n in range(19)] + ["12 (est)"]
    assert misfits(values) == (Typed(scale="number"), [19])
    assert misfits(["1", "2", "three"]) is None
    assert misfits(["1", "2"]) is None


def test_spellings_that_differ_in_case_alone_are_found() -> None:
    assert spelling_variants(["Hill", "Quay", "hill", "Hill"]) == [("Hill", "hill")]


def test_values_sort_as_their_type_says_and_labels_by_their_numbers() -> None:
    def ordered(values: list[str], typed: Typed) -> list[str]:
        return sorted(values, key=lambda value: value_order(value, typed))

    assert ordered(["10", "9", "-1"], Typed(scale="number")) == ["-1", "9", "10"]
    assert ordered(["2021-02-01", "2021-01", "2020-12-31"], Typed(scale="date")) == [
        "2020-12-31", "2021-01", "2021-02-01",
    ]  # fmt: skip
    assert ordered(["high", "low"], Typed(scale="ordered category", levels=("low", "high"))) == ["low", "high"]
    assert ordered(["yes", "no", ""], Typed(scale="yes/no")) == ["no", "yes", ""]
    assert sorted(["F10", "F9", "A"], key=natural) == ["A", "F9", "F10"]


@given(st.text())
def test_any_text_is_taken_without_complaint_and_what_is_kept_stays_as_it_is(text: str) -> None:
    natural(text)
    guess([text])
    for scale in ("number", "date", "yes/no"):
        typed = Typed(scale=scale)  # type: ignore[arg-type]
        kept = spelt(text, typed)
        if kept is not None:
            assert spelt(kept, typed) == kept
    assert number(text) is None or day(text) is None


@given(st.floats(min_value=-1e12, max_value=1e12))
def test_a_number_comes_back_from_its_spelling(value: float) -> None:
    kept = spelt(f"{value:.6f}", Typed(scale="number"))
    assert kept is not None
    assert number(kept) == pytest.approx(value, abs=1e-5)
