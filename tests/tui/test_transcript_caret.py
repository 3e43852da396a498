"""The caret and the selection, without a screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tbcp_qual.coding.records import Turn
from tbcp_qual.coding.spans import Span
from tbcp_qual.tui.transcript.caret import Caret
from tbcp_qual.tui.transcript.rows import RowMap

SAID = [
    ("INT", "How was it?"),
    ("P07", "I was, erm, twenty weeks? She just sat with me. “She rang.” [pause] It wasn't for the form."),
    ("P07", "Never."),
    ("INT", "And then?"),
    ("P07", "…"),
    ("P07", "She came back."),
]


def made(said: list[tuple[str, str]] = SAID, width: int = 30, section: str = "") -> RowMap:
    text, turns = "", []
    for index, (speaker, body) in enumerate(said):
        head = len(text)
        text += f"{speaker}: "
        role = {"INT": "interviewer", "P07": "participant"}.get(speaker, "")
        turns.append(
            Turn(
                id=str(index), head=head, start=len(text), end=len(text) + len(body), speaker=speaker,
                role=role, section=section,  # type: ignore[arg-type]
            )
        )  # fmt: skip
        text += body + "\n"
    return RowMap(text, turns, width)


def at(words: str, said: list[tuple[str, str]] = SAID) -> Caret:
    rows = made(said)
    return Caret(rows, rows.text.index(words))


def under(caret: Caret) -> str:
    return caret.rows.text[caret.offset :][:5]


def chosen(caret: Caret) -> str | None:
    return None if caret.selection is None else caret.rows.text[caret.selection.start : caret.selection.end]


def test_the_caret_goes_from_word_to_word_and_over_the_end_of_a_turn() -> None:
    caret = at("it?")
    caret.move("word", 1)
    assert under(caret) == "I was"
    caret.move("word", -1)
    assert under(caret) == "it?\nP"


def test_the_caret_stops_at_both_ends_of_the_document() -> None:
    caret = at("How")
    caret.move("word", -1)
    assert caret.offset == caret.rows.turns[0].start
    caret.move("document", 1)
    assert caret.offset == caret.rows.turns[-1].end
    caret.move("word", 1)
    assert caret.offset == caret.rows.turns[-1].end


def test_movements_by_row_keep_the_column_and_skip_blank_rows() -> None:
    caret = at("weeks?")
    assert caret.rows.position(caret.offset) == (2, 19)
    places = []
    for _ in range(6):
        caret.move("row", 1)
        places.append(caret.rows.position(caret.offset))
    assert places == [(3, 19), (4, 19), (5, 5), (7, 6), (9, 9), (11, 1)]
    caret.move("row", -1)
    caret.move("row", -1)
    caret.move("row", -1)
    caret.move("row", -1)
    assert caret.rows.position(caret.offset) == (4, 19)


def test_a_page_is_so_many_rows_and_ends_on_a_row_with_text() -> None:
    caret = at("How")
    caret.move("page", 1, page=6)
    assert caret.rows.position(caret.offset) == (7, 0)
    caret.move("page", 1, page=60)
    assert caret.turn == 5
    caret.move("page", -1, page=60)
    assert caret.rows.position(caret.offset) == (0, 0)


def test_start_and_end_of_the_row() -> None:
    caret = at("sat with")
    caret.move("edge", -1)
    assert caret.rows.position(caret.offset)[1] == 0
    caret.move("edge", 1)
    row = caret.rows.row(caret.rows.row_of(caret.offset))
    assert caret.offset == row.end - 1


def test_previous_and_next_turn_go_to_where_they_start() -> None:
    caret = at("sat with")
    caret.move("turn", 1)
    assert under(caret) == "Never"
    caret.move("turn", -1)
    assert under(caret) == "I was"
    caret.move("turn", -1)
    caret.move("turn", -1)
    assert under(caret) == "How w"


def test_extending_by_words_takes_whole_words_and_crosses_the_anchor() -> None:
    caret = at("ust sat")
    caret.move("word", 1, extend=True)
    assert chosen(caret) == "just"
    caret.move("word", 1, extend=True)
    assert chosen(caret) == "just sat"
    caret.move("word", -1, extend=True)
    assert chosen(caret) == "just"
    caret.move("word", -1, extend=True)
    assert chosen(caret) is None
    caret.move("word", -1, extend=True)
    assert chosen(caret) == "She"


def test_extending_leaves_no_label_or_white_space_at_the_ends() -> None:
    caret = at("the form")
    for _ in range(3):
        caret.move("word", 1, extend=True)
    assert chosen(caret) == "the form.\nP07: Never"
    caret = at("Never")
    caret.move("word", -1, extend=True)
    assert chosen(caret) == "form."


def test_extending_by_rows_takes_whole_words() -> None:
    caret = at("twenty")
    caret.move("row", 1, extend=True)
    assert chosen(caret) == "twenty weeks? She just sat with"
    caret.move("row", -1, extend=True)
    caret.move("row", -1, extend=True)
    assert chosen(caret) == "I was, erm,"


def test_a_movement_without_shift_drops_the_selection() -> None:
    caret = at("twenty")
    caret.move("word", 1, extend=True)
    caret.move("word", 1)
    assert chosen(caret) is None
    assert under(caret) == "weeks"


def test_s_takes_sentence_turn_answer_and_begins_again() -> None:
    caret = at("just")
    taken = []
    for _ in range(4):
        caret.widen()
        taken.append(chosen(caret))
    assert taken == [
        "She just sat with me.",
        SAID[1][1],
        f"{SAID[1][1]}\nP07: Never.",
        "She just sat with me.",
    ]
    assert under(caret) == "just "


def test_s_on_a_turn_of_one_sentence_goes_straight_to_the_answer() -> None:
    caret = at("Never")
    caret.widen()
    assert chosen(caret) == "Never."
    caret.widen()
    assert chosen(caret) == f"{SAID[1][1]}\nP07: Never."


def test_the_interviewers_turn_is_no_answer() -> None:
    caret = at("How")
    caret.widen()
    caret.widen()
    assert chosen(caret) == "How was it?"


def test_without_an_interviewer_the_section_stands_for_the_answer_and_else_the_turn_is_the_most() -> None:
    said = [("", "Came late. Left early."), ("", "No one in.")]
    sectioned = Caret(made(said, section="Visits"), 2)
    bare = Caret(made(said), 2)
    for _ in range(3):
        sectioned.widen()
        bare.widen()
    assert chosen(sectioned) == "Came late. Left early.\n: No one in."
    assert chosen(bare) == "Came late."


def test_a_turn_without_words_can_still_be_taken() -> None:
    caret = at("…")
    caret.widen()
    assert chosen(caret) == "…"


def test_growing_and_shrinking_by_sentence() -> None:
    caret = at("just")
    caret.grow("sentence", 1)
    assert chosen(caret) == "She just sat with me."
    caret.grow("sentence", 1)
    assert chosen(caret) == "She just sat with me. “She rang.”"
    caret.grow("sentence", -1)
    caret.grow("sentence", -1)
    assert chosen(caret) == "She just sat with me."


def test_growing_goes_on_into_the_next_turn() -> None:
    caret = at("Never")
    caret.grow("sentence", 1)
    caret.grow("sentence", 1)
    assert chosen(caret) == "Never.\nINT: And then?"


def test_growing_and_shrinking_by_word_drops_the_full_stop_with_its_word() -> None:
    caret = at("just")
    caret.widen()
    caret.grow("word", -1)
    assert chosen(caret) == "She just sat with"
    caret.grow("word", 1)
    assert chosen(caret) == "She just sat with me"
    for _ in range(9):
        caret.grow("word", -1)
    assert chosen(caret) == "She"


def test_shrinking_nothing_selects_nothing() -> None:
    caret = at("just")
    caret.grow("sentence", -1)
    assert chosen(caret) is None
    caret.grow("word", 1)
    assert chosen(caret) == "just"


def test_a_selection_that_was_stretched_back_grows_at_its_start() -> None:
    caret = at("sat with")
    caret.move("word", -1, extend=True)
    assert chosen(caret) == "just"
    caret.grow("word", 1)
    assert chosen(caret) == "She just"
    caret.grow("word", -1)
    assert chosen(caret) == "just"


@pytest.mark.parametrize(
    ("count", "taken"), [(1, None), (2, "sat"), (3, "She just sat with me."), (4, SAID[1][1]), (7, SAID[1][1])]
)
def test_clicks_take_word_sentence_turn(count: int, taken: str | None) -> None:
    caret = at("How")
    caret.click(caret.rows.text.index("at with"), count)
    assert chosen(caret) == taken


def test_a_drag_becomes_whole_words_either_way() -> None:
    caret = at("How")
    text = caret.rows.text
    caret.drag(text.index("ust sat"), text.index("at with"))
    assert chosen(caret) == "ust sa"
    caret.drop()
    assert chosen(caret) == "just sat"
    caret.move("word", 1, extend=True)
    assert chosen(caret) == "just sat with"
    caret.drag(text.index("at with"), text.index("ust sat"))
    caret.drop()
    assert chosen(caret) == "just sat"
    caret.move("word", -1, extend=True)
    assert chosen(caret) == "She just sat"


def test_by_letter_a_selection_stays_within_words_and_cuts_no_letter_in_two() -> None:
    caret = at("twenty")
    caret.move("word", 1, extend=True)
    caret.move("letter", -1, extend=True)
    assert chosen(caret) == "twent"
    caret.move("letter", 1, extend=True)
    assert chosen(caret) == "twenty"
    caret = at("cafe", [("P07", "the cafe\u0301s 日本 👩\u200d👧 too")])
    for taken in ("c", "ca", "caf", "cafe\u0301", "cafe\u0301s"):
        caret.move("letter", 1, extend=True)
        assert chosen(caret) == taken
    caret.move("letter", -1, extend=True)
    caret.move("letter", -1, extend=True)
    assert chosen(caret) == "caf"
    caret = at("twenty")
    caret.move("letter", 1)
    assert under(caret) == "wenty"
    assert chosen(caret) is None


def test_a_drag_that_does_not_leave_its_character_selects_nothing() -> None:
    caret = at("How")
    caret.drag(caret.offset, caret.offset)
    caret.drop()
    assert chosen(caret) is None


def test_every_key_is_harmless_where_there_is_no_turn() -> None:
    caret = Caret(RowMap("", [], 20))
    for extend in (False, True):
        for unit in ("word", "row", "page", "turn", "edge", "document"):
            caret.move(unit, 1, extend=extend)
    caret.widen()
    caret.grow("word", 1)
    caret.click(4, 3)
    caret.select(Span(0, 5))
    assert (caret.offset, caret.selection, caret.turn) == (0, None, 0)


acts = st.one_of(
    st.tuples(
        st.just("move"),
        st.sampled_from(["letter", "word", "row", "page", "turn", "edge", "document"]),
        st.sampled_from([-1, 1]),
        st.booleans(),
    ),
    st.tuples(st.just("grow"), st.sampled_from(["word", "sentence"]), st.sampled_from([-1, 1])),
    st.tuples(st.just("widen")),
    st.tuples(st.just("click"), st.integers(0, 250), st.integers(1, 4)),
    st.tuples(st.just("drag"), st.integers(0, 250), st.integers(0, 250)),
)
bodies = st.lists(
    st.tuples(
        st.sampled_from(["INT", "P07", ""]),
        st.lists(
            st.sampled_from(["She rang. ", "it ", "\n", "  ", "日本", "e\u0301 ", "…", "[pause]", "\t"]), max_size=6
        ).map("".join),
    ),
    min_size=1,
    max_size=6,
)


@given(bodies, st.lists(acts, max_size=12), st.integers(3, 40))
def test_whatever_is_pressed_caret_and_selection_stay_in_the_words(
    said: list[tuple[str, str]], pressed: list[tuple[object, ...]], width: int
) -> None:
    rows = made(said, width)
    caret = Caret(rows)
    for name, *arguments in pressed:
        if name == "move":
            unit, direction, extend = arguments
            caret.move(unit, direction, extend=extend, page=5)  # type: ignore[arg-type]
        elif name == "drag":
            start, end = arguments
            caret.drag(rows.passages.place(start), rows.passages.place(end))  # type: ignore[arg-type]
            caret.drop()
        else:
            getattr(caret, str(name))(*arguments)
        assert any(turn.start <= caret.offset <= turn.end for turn in rows.turns)
        if caret.selection is not None:
            start, end = caret.selection
            assert start < end
            assert any(turn.start <= start < turn.end for turn in rows.turns)
            assert any(turn.start < end <= turn.end for turn in rows.turns)
            assert not rows.text[start].isspace()
            assert not rows.text[end - 1].isspace()
