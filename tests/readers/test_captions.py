"""Captions of Teams, Zoom and others: one turn for one utterance, times beside the words and never among them."""

from pathlib import Path

import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents import Draft, Source, read_document, read_source


def read(text: str, suffix: str = ".vtt") -> Draft:
    return read_source(Source(path=Path(f"a{suffix}"), content=text.encode()))


def said(draft: Draft) -> list[tuple[str, str]]:
    return [(turn.speaker, draft.text[turn.start : turn.end]) for turn in draft.turns]


def vtt(*cues: tuple[float, float, str], ids: tuple[str, ...] = ()) -> str:
    def clock(seconds: float) -> str:
        return f"{int(seconds) // 3600:02}:{int(seconds) // 60 % 60:02}:{seconds % 60:06.3f}"

    blocks = [
        f"{ids[i] if ids else i + 1}\n{clock(begins)} --> {clock(ends)}\n{words}\n"
        for i, (begins, ends, words) in enumerate(cues)
    ]
    return "WEBVTT\n\n" + "\n".join(blocks)


def test_cues_of_one_speaker_are_one_turn_until_there_is_a_pause() -> None:
    draft = read(
        vtt(
            (1, 3, "<v Ann Reed>So I wanted</v>"),
            (3.2, 5, "<v Ann Reed>to ask you.</v>"),
            (5.5, 7, "<v Tom Hill>Ask me.</v>"),
            (12, 14, "<v Tom Hill>I am here.</v>"),
        )
    )
    assert draft.text == "Ann Reed: So I wanted to ask you.\n\nTom Hill: Ask me.\n\nTom Hill: I am here."
    assert [turn.time for turn in draft.turns] == [1.0, 5.5, 12.0]


def test_an_utterance_that_teams_numbers_stays_one_over_a_pause() -> None:
    guid = "001ec368-3c77-4441-9f7e-67031cc3b038"
    draft = read(
        vtt((1, 2, "<v A>One</v>"), (9, 10, "<v A>two.</v>"), (20, 21, "<v A>Three.</v>"), ids=(f"{guid}/8-0", f"{guid}/8-1", f"{guid}/9-0"))
    )  # fmt: skip
    assert said(draft) == [("A", "One two."), ("A", "Three.")]


def test_two_voices_in_one_cue_are_two_turns() -> None:
    assert said(read(vtt((1, 2, "<v Ann>Yes?</v> <v.loud Tom Hill>No.</v>")))) == [("Ann", "Yes?"), ("Tom Hill", "No.")]


def test_a_speaker_named_in_each_of_many_cues_in_a_row_is_one_turn() -> None:
    """Zoom names who speaks in every cue, and answers run over dozens of them."""
    names = ["Jo Reed"] * 2 + ["Mum's iPad"] * 9 + ["Jo Reed"] * 3 + ["Mum's iPad"] * 6
    draft = read(vtt(*((3.0 * i, 3 * i + 2.5, f"{name}: so then {i}") for i, name in enumerate(names))))
    assert [speaker for speaker, _ in said(draft)] == ["Jo Reed", "Mum's iPad", "Jo Reed", "Mum's iPad"]


def test_whatever_people_are_called_in_a_meeting_they_are_speakers() -> None:
    names = ["Ann Reed", "Tom Hill"] * 3 + ["sarah k"] * 3 + ["Galaxy S9+"] * 3 + ["07700 900123"] * 3
    draft = read(vtt(*((3.0 * i, 3 * i + 2.5, f"{name}: so then {i}") for i, name in enumerate(names))))
    assert [speaker for speaker, _ in said(draft)] == [*names[:6], "sarah k", "Galaxy S9+", "07700 900123"]
    film = read(vtt(*((3.0 * i, 3 * i + 2.5, f"part {i}: of a film") for i in range(9))))
    assert {speaker for speaker, _ in said(film)} == {""}


def test_labels_in_the_words_are_speakers_and_go_on_until_the_next() -> None:
    draft = read(
        vtt((1, 2, "Ann Reed: Hello"), (2.1, 3, "there."), (3.2, 4, "Tom Hill: Hi."), (5, 6, "Ann Reed: So."), (6.5, 8, "Tom Hill: Yes."))
    )  # fmt: skip
    assert said(draft) == [("Ann Reed", "Hello there."), ("Tom Hill", "Hi."), ("Ann Reed", "So."), ("Tom Hill", "Yes.")]
    assert "Ann Reed: Ann Reed" not in draft.text


def test_who_says_one_thing_in_a_meeting_is_not_lost_in_the_words_of_another() -> None:
    names = ["Jo Doe", "P12", "Jo Doe", "P12", "Ann Reed", "P12"]
    draft = read(vtt(*((i, i + 1, f"{name}: words {i}") for i, name in enumerate(names))))
    assert said(draft) == [(name, f"words {i}") for i, name in enumerate(names)]


def test_captions_without_speakers_become_paragraphs() -> None:
    long = "word " * 40
    cues = [(i * 3.0, i * 3.0 + 2.9, f"{long}end.") for i in range(6)]
    draft = read(vtt(*cues))
    assert [turn.speaker for turn in draft.turns] == [""] * 2
    assert "no speakers were recognised" in draft.warnings[0]


def test_marks_of_layout_and_entities_are_no_words() -> None:
    draft = read(
        "WEBVTT - a title\nKind: captions\n\nNOTE nothing\n\nSTYLE\n::cue { color: red }\n\n"
        "00:01.000 --> 00:02.000 align:start position:0%\n<v Fari&#241;a><i>So</i> <00:01.500>I &amp; you <c.red>&lt;3</c></v>\n"
    )
    assert said(draft) == [("Fariña", "So I & you <3")]


def test_subtitles_run_together_still_come_apart() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\n- Why?\n2\n00:00:02,100 --> 00:00:03,000\n- Because I was 30.\n3\n00:00:03,100 --> 00:00:04,000\n30\n"
    assert said(read(text, ".srt")) == [("", "Why?"), ("", "Because I was 30. 30")]


def test_captions_named_as_plain_text_are_read_as_what_they_are() -> None:
    text = vtt((1, 2, "<v Ann>Yes?</v>"), (3, 4, "<v Tom>No.</v>"))
    assert said(read(text, ".txt")) == [("Ann", "Yes?"), ("Tom", "No.")]


def test_what_has_no_captions_is_refused() -> None:
    for suffix in (".vtt", ".srt"):
        with pytest.raises(BadInput, match="no line in it has times"):
            read("INT: Why?\n\nP07: Because.\n", suffix)


def test_the_real_captions_of_teams_lose_no_word(shared_data: Path) -> None:
    path = shared_data / "transcripts" / "formats" / "teams_vtt_observed.vtt"
    draft = read_document(path)
    theirs = " ".join(caption.text for caption in webvtt.read(str(path)))
    assert " ".join(words for _, words in said(draft)).split() == theirs.split()
    assert {turn.speaker for turn in draft.turns} == {"Carlos Farías"}
    assert [turn.time for turn in draft.turns] == [5.485, 27.645, 34.965, 40.405]
    assert "00:00" not in draft.text


CUES = st.lists(
    st.tuples(st.sampled_from(["", "<v Ann>", "Ann: ", "INT: ", "- "]), st.sampled_from(["one two.", "three", "4", "five?"])),
    min_size=1,
    max_size=20,
)  # fmt: skip


@given(cues=CUES, gap=st.sampled_from([0.1, 3.0]))
def test_every_word_of_every_caption_arrives_once(cues: list[tuple[str, str]], gap: float) -> None:
    draft = read(vtt(*((i * (2 + gap), i * (2 + gap) + 2, label + words) for i, (label, words) in enumerate(cues))))
    words = [word for label, line in cues for word in line.split()]
    arrived = [word for word in " ".join(line for _, line in said(draft)).split() if word not in ("Ann:", "INT:", "-")]
    assert arrived == words
