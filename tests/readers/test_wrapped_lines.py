"""Lines broken by width are joined before the first offset exists; lines that somebody meant stay."""

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tbcp_qual.readers.documents import Draft, Source, read_source
from tbcp_qual.readers.documents.wrapped import rejoined

TURNS = [
    "INT: So I wanted to begin by asking how you first heard of it, and what you made of the plan that they had for you.",
    "P07: Well, my midwife said it. She just sat with me and she said there is a team, and they come to the house, and I "
    "thought oh no, not again, because the last time they came they took notes all the way through and never looked up.",
    "INT: And what then? Did you say yes there and then, or did you take some time over it and talk to anybody else?",
    "P07: No.",
]


def read(text: str) -> Draft:
    return read_source(Source(path=Path("a.txt"), content=text.encode()))


@pytest.mark.parametrize("width", [60, 72, 80, 100])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_wrapped_lines_are_whole_again_at_any_width(width: int, between: str) -> None:
    wrapped = between.join(textwrap.fill(turn, width) for turn in TURNS)
    draft = read(wrapped)
    assert draft.text == between.join(TURNS)
    assert [turn.speaker for turn in draft.turns] == ["INT", "P07", "INT", "P07"]
    assert "line breaks made by width" in draft.left_out[0]


def test_an_indent_goes_with_the_line_it_broke() -> None:
    wrapped = "\n".join(textwrap.fill(turn, 72, subsequent_indent="     ") for turn in TURNS)
    assert read(wrapped).text == "\n".join(TURNS)


@pytest.mark.parametrize(
    "text",
    [
        "One short line.\nAnother line that is a good deal longer than it.\nThird.\nA fourth one, of middling length.\nFifth.\n",
        "\n".join(TURNS) + "\n",
        "- one thing that was said there\n- another thing that was said there\n- a third thing that was said\n- four\n- five\n",
        "I: Why?\nP07: Because it was so.\nI: Oh.\nP07: Yes, and then it went on.\nI: And?\nP07: So.\n",
    ],
)
def test_lines_that_somebody_meant_stay(text: str) -> None:
    assert rejoined(text) == (text, 0)


@pytest.mark.parametrize("width", range(50, 80))
def test_a_word_with_a_hyphen_keeps_it_wherever_the_line_broke(width: int) -> None:
    words = "She made a long-term plan with the co-ordinator and a well-meant one with me. " * 12
    assert read(textwrap.fill(words, width)).text.split() == words.split()


WORDS = st.lists(
    st.sampled_from(["a", "to", "the", "house", "midwife", "afterwards", "she", "said"]), min_size=150, max_size=200
)


@given(paragraphs=st.lists(WORDS, min_size=2, max_size=4), width=st.integers(50, 100))
def test_wrapping_and_joining_gives_the_words_in_their_order(paragraphs: list[list[str]], width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(" ".join(words), width) for words in paragraphs)
    text, _ = rejoined(wrapped)
    assert text == "\n\n".join(" ".join(words) for words in paragraphs)


@given(st.text(alphabet="ab -.\n", max_size=400))
def test_no_character_but_white_space_is_lost(raw: str) -> None:
    text, _ = rejoined(raw)
    assert "".join(text.split()) == "".join(raw.split())
