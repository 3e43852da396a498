"""Time stamps among the words: taken out before the first offset exists, and left where they say when somebody began."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tbcp_qual.coding.text import clean
from tbcp_qual.readers.documents import Source, read_source
from tbcp_qual.readers.documents.stamps import without_stamps


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("P07: One [00:12:31] two.", "P07: One two."),
        ("P07: One [00:12:31], two.", "P07: One, two."),
        ("P07: One two [12:31]", "P07: One two"),
        ("P07: One {00:12:31.5}two", "P07: One two"),
        ("P07: One (00:12:31) two #00:01:10-5#", "P07: One two"),
        ("P07: We met (10:30) then.", "P07: We met (10:30) then."),
        ("P07: It was [inaudible 00:12:31] so.", "P07: It was [inaudible 00:12:31] so."),
        ("[00:12:31] P07: One.", "[00:12:31] P07: One."),
        ("P07 [00:12:31]: One.", "P07 [00:12:31]: One."),
        ("P07: [00:12:31] One.", "P07: [00:12:31] One."),
        ("Emma Hall [00:12:31]\nOne.", "Emma Hall [00:12:31]\nOne."),
    ],
)
def test_stamps_behind_words_go_and_those_at_the_start_stay(text: str, left: str) -> None:
    assert without_stamps(text, {}).text == left


def test_turns_are_placed_in_the_text_without_stamps() -> None:
    content = b"INT: How [00:00:02] did it go?\n\nP07: It went [00:00:05] well. [00:00:09]\n\nINT: Oh.\n\nP07: Yes.\n"
    draft = read_source(Source(path=Path("a.txt"), content=content))
    assert [draft.text[turn.start : turn.end] for turn in draft.turns] == [
        "How did it go?",
        "It went well.",
        "Oh.",
        "Yes.",
    ]
    assert draft.left_out == ("time stamps inside turns (3)",)


@given(
    st.lists(
        st.sampled_from(["[00:12:31]", " ", "\n", "word", "[1:2]", "(00:12:31)", ".", "P07:", "#00:01:10-5#"]),
        max_size=40,
    )
)
def test_offsets_lead_to_the_same_characters_and_only_stamps_go(pieces: list[str]) -> None:
    text = clean("".join(pieces)).text
    done = without_stamps(text, {})
    kept = [
        i for i in range(len(text)) if text[i] not in "[](){}# \n" and not text[i].isdigit() and text[i] not in ":-"
    ]
    for i in kept:
        assert done.text[done.offsets.forward(i)] == text[i]
    assert len(done.text) <= len(text)
    assert (done.taken == 0) == (done.text == text)


def test_many_stamps_in_one_long_line_take_time_that_follows_its_length() -> None:
    text = "P07: " + "word [00:12:31] " * 60_000
    assert without_stamps(text, {}).taken == 60_000
