"""What two texts share, and that spans go with it."""

import random
import time
from dataclasses import fields

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tbcp_qual.coding.diffing import kept_blocks
from tbcp_qual.coding.placing import Places, Way, placed
from tbcp_qual.coding.records import ANCHORED, KINDS, Document, Forward
from tbcp_qual.coding.spans import Span


def moved(before: str, after: str, words: str) -> str | None:
    """Say where the only place of some words goes."""
    assert before.count(words) == 1
    start = before.index(words)
    found = Way(kept_blocks(before, after)).span(Span(start, start + len(words)))
    return after[slice(*found)] if found else None


@given(st.text("ab .\n", max_size=60), st.text("ab .\n", max_size=60))
def test_stretches_rise_are_the_same_in_both_texts_and_end_with_the_texts(before: str, after: str) -> None:
    *blocks, last = kept_blocks(before, after)
    assert last == (len(before), len(after), 0)
    s = t = 0
    for start, to, length in blocks:
        assert length > 0
        assert start >= s
        assert to >= t
        assert before[start : start + length] == after[to : to + length]
        s, t = start + length, to + length


@given(st.text(max_size=200))
def test_of_a_text_that_stays_everything_is_kept(text: str) -> None:
    assert sum(length for *_, length in kept_blocks(text, text)) == len(text)


Edits = list[tuple[int, int, list[str]]]


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Draw words that differ from each other, and the same words after random edits; what is put in is new."""
    words = [f"w{n}{draw(st.sampled_from(['', ',', '.', chr(10)]))}" for n in range(draw(st.integers(1, 400)))]
    after: list[str] = []
    place = 0
    while place < len(words):
        run = draw(st.integers(1, 60))
        after += words[place : place + run]
        place += run
        kind = draw(st.sampled_from(["put in", "strike out", "replace"]))
        if kind != "put in":
            place += draw(st.integers(1, 40))
        if kind != "strike out":
            after += [f"new{draw(st.integers(0, 9))}" for _ in range(draw(st.integers(1, 40)))]
    return words, after


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(edited(), st.data())
def test_a_span_moves_exactly_as_far_as_the_edits_before_it(
    texts: tuple[list[str], list[str]], data: st.DataObject
) -> None:
    words, after = texts
    left = [word for word in words if word in after]
    if not left:
        return
    first = data.draw(st.integers(0, len(left) - 1))
    last = data.draw(st.integers(first, len(left) - 1))
    before, now = " ".join(words), " ".join(after)

    def span(there: list[str]) -> Span:
        start, end = there.index(left[first]), there.index(left[last])
        return Span(len(" ".join([*there[:start], ""])), len(" ".join(there[: end + 1])))

    assert Way(kept_blocks(before, now)).span(span(words)) == span(after)


@pytest.mark.parametrize("kind", ANCHORED)
def test_every_kind_that_holds_a_span_follows(kind: str) -> None:
    before, after = "She sat with me at home.", "P07: She just sat with me, at home."
    start, to = before.index("with me"), after.index("with me")
    names = {f.name for f in fields(KINDS[kind])}
    head = {"head": start - 2} if "head" in names else {}
    record = KINDS[kind](id="r", document="d", text="a", start=start, end=start + 7, **head)
    forward = Forward(id="f", document="d", before="a", after="b", kept=kept_blocks(before, after))
    (found,) = placed([record], {"d": Document(id="d", text="b")}, Places([forward], []))
    assert (found.text, found.start, found.end) == ("b", to, to + 7)


def test_a_sentence_put_in_before_one_that_begins_alike_is_not_taken_in() -> None:
    before, after = "We talked. I was tired. Then bed.", "We talked. I went home. I was tired. Then bed."
    assert moved(before, after, "I was tired") == "I was tired"


def test_a_turn_put_in_before_one_of_the_same_speaker_is_not_taken_in() -> None:
    before = "INT: Why?\nP07: I was tired.\n"
    after = "INT: Why?\nP07: No idea.\nINT: Go on.\nP07: I was tired.\n"
    assert moved(before, after, "P07: I was tired.") == "P07: I was tired."


def test_a_sentence_struck_out_before_one_that_begins_alike_takes_nothing_along() -> None:
    before, after = "We talked. I went home. I was tired.", "We talked. I was tired."
    assert moved(before, after, "I was tired") == "I was tired"
    assert moved(before, after, "I went home. ") is None


def test_lines_that_are_wrapped_anew_lose_nothing() -> None:
    before, after = "She came\nand sat with me  a while.\n", "She came and\nsat with me\na while."
    assert moved(before, after, "came\nand sat") == "came and\nsat"
    assert moved(before, after, "with me  a while") == "with me\na while"


def test_a_corrected_word_is_followed_among_others_that_were_corrected() -> None:
    before, after = "I recieved teh freindly lettre then", "I received the friendly letter then"
    assert moved(before, after, "freindly") == "friendly"
    assert moved(before, after, "recieved") == "received"


def test_a_word_at_the_very_end_is_followed() -> None:
    assert moved("It was Tyler", "It was [Child A]", "was Tyler") == "was [Child A]"
    assert moved("It was Tyler", "It was [Child A]", "Tyler") == "[Child A]"


def test_a_long_transcript_takes_no_longer_than_it_should() -> None:
    draw = random.Random(3)
    vocabulary = [f"{a}{b}" for a in "bcdfghklmn" for b in ("a", "e", "oo", "ain", "est")]
    words = draw.choices(vocabulary, k=200_000)
    after = list(words)
    for place in draw.sample(range(len(words)), 2_000):
        after[place] = draw.choice(["", "new words", "x"])
    before, now = " ".join(words), " ".join(after)
    started = time.perf_counter()
    kept = sum(length for *_, length in kept_blocks(before, now))
    assert time.perf_counter() - started < 30
    assert kept > 0.95 * len(before)


@pytest.mark.parametrize("other", ["no. " * 100_000, "yes, yes. " * 60_000, "x" * 200_000])
def test_a_text_of_nothing_but_repetitions_is_given_up_in_time(other: str) -> None:
    started = time.perf_counter()
    kept_blocks("yes. " * 100_000, other)
    assert time.perf_counter() - started < 30
