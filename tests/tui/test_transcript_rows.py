"""Text wrapped into rows, and the way from an offset to a cell and back."""

import re
import time
import unicodedata
from bisect import bisect_right
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tbcp_qual.coding.records import Turn
from tbcp_qual.tui.transcript import rows as rows_module
from tbcp_qual.tui.transcript.rows import ONE_CELL, RowMap, fitted

AWKWARD = [
    "word ", "don't ", " ", "  ", "\t", "\n", "-", "[P07] to [NAME]", "[/office]", "a" * 40, "日本語", "한국어 ", "e\u0301", "n\u0303o ",
    "👩‍👩‍👧", "👍🏽", "🇬🇧", "❤️", "العربية ", "עברית", "हिन्दी ", "\u200b", "\u200d", "\ufe0f", "\u0301", "\xad", "\x1b[31m", "\x07",
    "\u202e", "\ufeff", "“quoted” ", "£20 ", "ŵ", "…", "\U0001f469", "\ud800", "\u3000",
]  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(AWKWARD), st.text(max_size=12)), max_size=14).map("".join)
documents = st.lists(st.tuples(texts, st.sampled_from(["", "Later", "Earlier"])), max_size=5)


def laid_out(said: list[tuple[str, str]]) -> tuple[str, list[Turn]]:
    text, turns = "", []
    for index, (body, section) in enumerate(said):
        head = len(text)
        text += "P07: "
        start = len(text)
        text += body
        turns.append(Turn(id=str(index), head=head, start=start, end=len(text), speaker="P07", section=section))
        text += "\n"
    return text, turns


def map_of(body: str, width: int) -> RowMap:
    text, turns = laid_out([(body, "")])
    return RowMap(text, turns, width)


def shown(rows: RowMap) -> list[str]:
    return [
        "".join(rows.cells(y).shown) if rows.row(y).kind == "body" else rows.row(y).kind for y in range(rows.height)
    ]


def test_words_are_wrapped_at_spaces_and_a_newline_starts_a_row() -> None:
    assert shown(map_of("She just sat with me.\n- a point", 8)) == ["She just", "sat with", "me.", "- a ", "point"]


def test_a_space_that_hangs_over_the_end_takes_no_cell() -> None:
    rows = map_of("just sat", 4)
    assert shown(rows) == ["just", "sat"]
    assert rows.position(rows.text.index(" sat")) == (0, 4)


def test_a_word_of_10000_characters_is_broken_at_the_width() -> None:
    rows = map_of("x" * 10_000, 70)
    assert rows.height == 143
    assert set(map(len, shown(rows)[:-1])) == {70}


def test_headings_and_blank_rows_stand_between_turns() -> None:
    text, turns = laid_out([("One.", ""), ("Two.", "Later"), ("Three.", "Later")])
    rows = RowMap(text, turns, 20)
    assert shown(rows) == ["One.", "blank", "section", "Two.", "blank", "Three."]
    assert [rows.position(turn.start)[0] for turn in turns] == [0, 3, 5]
    assert [rows.turn_at(y) for y in range(6)] == [0, 1, 1, 1, 2, 2]


def test_a_tab_goes_to_the_next_stop() -> None:
    assert shown(map_of("a\tb", 20)) == ["a   b"]


def test_wide_and_combining_characters_take_the_cells_they_take() -> None:
    rows = map_of("日本e\u0301x", 20)
    start = rows.turns[0].start
    assert [rows.position(start + i)[1] for i in (0, 1, 2, 3, 4, 5)] == [0, 2, 4, 4, 5, 6]
    assert rows.offset_at(0, 1) == start
    assert rows.offset_at(0, 4) == start + 2


def test_an_offset_in_a_label_goes_to_the_words_after_it() -> None:
    text, turns = laid_out([("One.", ""), ("Two.", "")])
    rows = RowMap(text, turns, 20)
    assert rows.position(turns[1].head + 1) == (2, 0)
    assert rows.position(turns[0].end) == (0, 4)
    assert rows.position(len(text) + 50) == (2, 4)


def test_a_document_without_turns_has_no_rows() -> None:
    rows = RowMap("words", [], 20)
    assert rows.height == 0
    assert rows.position(3) == (0, 0)


@given(documents, st.integers(2, 50))
@settings(max_examples=400, deadline=None)
def test_rows_cover_each_body_exactly_once_and_fit_the_width(said: list[tuple[str, str]], width: int) -> None:
    text, turns = laid_out(said)
    rows = RowMap(text, turns, width)
    covered: dict[int, list[tuple[int, int]]] = {}
    for y in range(rows.height):
        row = rows.row(y)
        if row.kind != "body":
            continue
        covered.setdefault(row.turn, []).append((row.start, row.end))
        picture = "".join(rows.cells(y).shown)
        assert cell_len(picture) == rows.cells(y).columns[-1]
        assert cell_len(picture) <= width
        assert not any(
            unicodedata.category(c) in ("Cc", "Cs") or c in "\u202a\u202b\u202c\u202d\u202e" for c in picture
        )
    assert list(covered) == list(range(len(turns)))
    for turn, parts in zip(turns, covered.values(), strict=True):
        assert parts[0][0] == turn.start
        assert parts[-1][1] == turn.end
        assert all(first[1] == second[0] for first, second in pairwise(parts))


@given(documents, st.integers(2, 50))
@settings(max_examples=300, deadline=None)
def test_there_and_back_stays_in_the_row_and_the_cluster(said: list[tuple[str, str]], width: int) -> None:
    text, turns = laid_out(said)
    rows = RowMap(text, turns, width)
    for turn in turns:
        for offset in range(turn.start, turn.end + 1):
            y, x = rows.position(offset)
            back = rows.offset_at(y, x)
            row = rows.row(y)
            assert row.start <= offset <= row.end
            assert rows.position(back) == (y, x) or (back, x) == (row.end - 1, rows.cells(y).columns[-1])


@given(st.text(alphabet=" ab\n-", max_size=60), st.integers(2, 12))
@settings(max_examples=300, deadline=None)
def test_both_ways_of_wrapping_give_the_same_rows(body: str, width: int) -> None:
    quick: list[int] = []
    careful: list[int] = []
    rows_module._wrap_plain(body, 0, len(body), width, quick)
    rows_module._wrap_clusters(body, 0, len(body), width, careful)
    assert quick == careful


def test_every_character_of_the_quick_way_takes_one_cell() -> None:
    single = re.compile(f"[{ONE_CELL}]")
    assert [hex(n) for n in range(0x11000) if single.match(chr(n)) and cell_len(chr(n)) != 1] == []


@pytest.mark.parametrize(
    ("text", "cells", "cut"),
    [
        ("key worker", 10, "key worker"),
        ("key worker", 6, "key w…"),
        ("kw", 1, "k"),
        ("日本語", 4, "日…"),
        ("日", 1, "…"),
        ("a\x1b[1m", 9, "a[1m"),
    ],
)
def test_a_label_is_cut_with_an_ellipsis(text: str, cells: int, cut: str) -> None:
    assert fitted(text, cells) == (cut, cell_len(cut))


@given(texts, st.integers(0, 12))
def test_a_fitted_text_takes_the_cells_it_says(text: str, cells: int) -> None:
    cut, width = fitted(text, cells)
    assert cell_len(cut) == width <= cells


def test_opening_twenty_thousand_lines_takes_a_moment() -> None:
    body = "It was like then because the worker really came back, you know. " * 2
    text, turns = laid_out([(body, "")] * 20_000)
    best = 9.0
    for _ in range(3):
        started = time.perf_counter()
        rows = RowMap(text, turns, 70)
        best = min(best, time.perf_counter() - started)
    assert rows.height == 59_999
    assert best < 3
    assert bisect_right(rows._starts, turns[-1].start) == len(rows._starts) - 1
