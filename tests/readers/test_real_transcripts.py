"""The real transcripts beside the repository: speakers and turns as counted by eye in the files."""

from collections import Counter
from pathlib import Path

import pytest

from tbcp_qual.readers.documents import read_document

SPEAKERS = {
    "P10R1": {"I": 1, "P10": 1},
    "P10R2": {"I": 11, "P10": 11},
    "P10R3": {"I": 21, "P10": 21},
    "P4R1": {"I": 1, "P4": 1},
    "P4R2": {"I": 9, "P4": 9},
    "P5R1": {"I": 6, "P5": 6},
    "P5R2": {"I": 8, "P5": 8},
    "P6R1": {"I": 7, "P6": 7},
    "P6R2": {"I": 11, "P6": 12},
    "P7R1": {"I": 2, "P7": 2},
    "P7R2": {"I": 7, "P7": 7},
    "P8R1": {"I": 5, "P8": 5},
    "P8R2": {"I": 22, "P8": 23},
    "P9R1": {"I": 6, "P9": 6},
    "P9R2": {"I": 5, "P9": 5},
    "P9R3": {"I": 4, "P9": 4},
}
"""Turns of each speaker; the nine other files are notes without a dialogue."""


def test_every_real_transcript_has_its_speakers_and_no_others(shared_data: Path) -> None:
    files = sorted((shared_data / "transcripts" / "code_review").glob("*.txt"))
    assert len(files) == 25
    for file in files:
        draft = read_document(file)
        heard = Counter(turn.speaker for turn in draft.turns if turn.speaker)
        assert heard == SPEAKERS.get(file.stem, {}), file.name
        assert {turn.role for turn in draft.turns if turn.speaker == "I"} <= {"interviewer"}
        assert {turn.role for turn in draft.turns if turn.speaker.startswith("P")} <= {"participant"}
        assert draft.kind == ("interview" if file.stem in SPEAKERS else "case file")


def test_a_subtitle_left_in_a_transcript_gives_the_time_of_its_turn(shared_data: Path) -> None:
    draft = read_document(shared_data / "transcripts" / "code_review" / "P5R1.txt")
    timed = [turn for turn in draft.turns if turn.time is not None]
    assert [(turn.speaker, turn.time) for turn in timed] == [("P5", 1373.12)]
    assert draft.text[timed[0].head : timed[0].start].split() == ["171", "00:22:53.120", "-->", "00:23:07.630", "P5:"]


def test_headings_of_the_real_notes_are_their_sections(shared_data: Path) -> None:
    draft = read_document(shared_data / "transcripts" / "code_review" / "P2R1.txt")
    sections = list(dict.fromkeys(turn.section for turn in draft.turns))
    assert sections == [
        "", "REVIEW TYPE AND GOAL", "CONTEXT", "TRANSCRIPT", "AFTER THE REVIEW", "GENERAL STRATEGY",
        "FINISHING A REVIEW", "UNDERSTANDING", "NOTES",
    ]  # fmt: skip


def test_a_note_below_an_answer_is_not_taken_for_the_answer(shared_data: Path) -> None:
    draft = read_document(shared_data / "transcripts" / "code_review" / "P4R1.txt")
    assert [turn.speaker for turn in draft.turns[-3:]] == ["I", "P4", ""]


@pytest.mark.parametrize(
    ("name", "speakers"),
    [
        ("otter_ladybug_excerpt.txt", ["Emma", "Kelly", "Unknown Speaker", "Emma", "Unknown Speaker", "Emma",
                                       "Unknown Speaker", "Sidney", ""]),
        ("qualcoder_transcript.txt", ["id1", "id2", "id3", "id1", "id3", "id1", "id2"]),
        ("ID1.docx", ["", "", ""]),
        ("ID2.odt", ["", "", ""]),
        ("learning_sciences_overview.rtf", [""] * 64),
        ("teams_vtt_observed.vtt", ["Carlos Farías"] * 4),
    ],
)  # fmt: skip
def test_other_real_formats_are_read(shared_data: Path, name: str, speakers: list[str]) -> None:
    draft = read_document(shared_data / "transcripts" / "formats" / name)
    assert [turn.speaker for turn in draft.turns] == speakers


def test_times_of_an_otter_export_are_those_printed(shared_data: Path) -> None:
    draft = read_document(shared_data / "transcripts" / "formats" / "otter_ladybug_excerpt.txt")
    assert [turn.time for turn in draft.turns] == [0, 34, 35, 37, 378, 380, 382, 3321, None]


def test_no_word_of_a_real_file_is_lost(shared_data: Path) -> None:
    for file in sorted((shared_data / "transcripts").rglob("*.txt")):
        assert read_document(file).text.split() == file.read_text(encoding="utf-8-sig").split()
