"""Turns out of small literal texts: who speaks, when, under which heading, and what is left alone."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tbcp_qual.coding.text import clean
from tbcp_qual.readers.documents.folders import Found
from tbcp_qual.readers.documents.turns import recognise


def said(text: str) -> list[tuple[str, str]]:
    """Speaker and words of each turn."""
    return [(turn.speaker, text[turn.start : turn.end]) for turn in recognise(text).turns]


def times(text: str) -> list[float | None]:
    return [turn.time for turn in recognise(text).turns]


@pytest.mark.parametrize(
    ("shape", "speakers"),
    [
        ("Interviewer: How are you?\nP07: Fine.\n", ["Interviewer", "P07"]),
        ("I: How are you?\n\nR: Fine.\n", ["I", "R"]),
        ("INT\nHow are you?\n\nP03\nFine.\n", ["INT", "P03"]),
        ("INT:\nHow are you?\n\nP03:\nFine.\n", ["INT", "P03"]),
        ("INT\n\nHow are you?\n\nP03\n\nFine.\n", ["INT", "P03"]),
        ("[00:12:31] INT: How are you?\n[00:12:35] P07: Fine.\n", ["INT", "P07"]),
        ("00:12:31 INT: How are you?\n00:12:35 P07: Fine.\n", ["INT", "P07"]),
        ("INT (00:12:31): How are you?\nP07 (00:12:35): Fine.\n", ["INT", "P07"]),
        ("INT 12:31: How are you?\nP07 12:35: Fine.\n", ["INT", "P07"]),
        ("INT: [00:12:31] How are you?\nP07: [00:12:35] Fine.\n", ["INT", "P07"]),
        ("[00:12:31]\nINT: How are you?\n\n[00:12:35]\nP07: Fine.\n", ["INT", "P07"]),
        ("**Interviewer:** How are you?\n\n**P07:** Fine.\n", ["Interviewer", "P07"]),
        ("I\tHow are you?\nP07\tFine.\n", ["I", "P07"]),
        ("INT - How are you?\nP07 – Fine.\n", ["INT", "P07"]),
        ("int: How are you?\np07: Fine.\n", ["int", "p07"]),
        ("Interviewer AK: How are you?\nParticipant 3: Fine.\n", ["Interviewer AK", "Participant 3"]),
        ("Interviewer (AK): How are you?\nP07 (mother): Fine.\n", ["Interviewer (AK)", "P07 (mother)"]),
        ("1. INT: How are you?\n2. P07: Fine.\n", ["INT", "P07"]),
        ("INT [00:12:31] How are you?\nP07 [00:12:35] Fine.\n", ["INT", "P07"]),
        ("Moderator: How are you?\nFemale 2: Fine.\n", ["Moderator", "Female 2"]),
        ("SPEAKER_00: How are you?\nSPEAKER_01: Fine.\nSPEAKER_00:\n", ["SPEAKER_00", "SPEAKER_01"]),
        ("1\n00:00:01.000 --> 00:00:02.000\nI: How are you?\n\n2\n00:00:03.000 --> 00:00:04.000\nP07: Fine.\n", ["I", "P07"]),
    ],
)  # fmt: skip
def test_each_usual_shape_gives_speakers_and_only_their_words(shape: str, speakers: list[str]) -> None:
    assert said(shape) == [(speakers[0], "How are you?"), (speakers[1], "Fine.")]


@pytest.mark.parametrize(
    ("shape", "seconds"),
    [
        ("[00:12:31] P07: a\n[1:02:03] I: b\n", [751.0, 3723.0]),
        ("(12:31) P07: a\n(12:35.5) I: b\n", [751.0, 755.5]),
        ("P07 (00:12:31,250): a\n\nI {12:40}: b\n", [751.25, 760.0]),
        ("#00:01:10-5# P07: a\n#00:01:12-0# I: b\n", [70.5, 72.0]),
        ("[00:00:01]\n\nP07: a\n\n[00:00:09]\n\nI: b\n", [1.0, 9.0]),
        ("171\n00:22:53.120 --> 00:23:07.630\nP5: a\n\nI: b\n", [1373.12, None]),
        ("[00:12:99] P07: a\nI: b\n", [None, None]),
    ],
)
def test_times_are_read_in_the_usual_notations(shape: str, seconds: list[float | None]) -> None:
    assert times(shape) == seconds


def test_questions_and_answers_are_a_dialogue_and_one_of_them_a_field_of_a_form() -> None:
    text = "Question: Why?\nAnswer: Because.\nQuestion: And?\nAnswer: So.\n"
    found = recognise(text).turns
    assert said(text) == [("Question", "Why?"), ("Answer", "Because."), ("Question", "And?"), ("Answer", "So.")]
    assert [turn.role for turn in found] == ["interviewer", "participant"] * 2
    form = "Background\n\nThey live with her mother.\n\nQuestion: What is needed?\n\nPlan\n\nVisit every week.\n"
    assert {speaker for speaker, _ in said(form)} == {""}


def test_everybody_in_a_focus_group_is_heard() -> None:
    text = (
        "Moderator: Who is here?\nM1: Me.\nF2: And me.\nFemale 3: And I.\nParticipant 4: Late.\nAll: [laughter]\n"
        "Dad 5: Hello.\nM1 (to F2): So.\nM1/F2: Us.\nUnclear: Oh.\nM1 (crying): No.\nModerator (laughs): Good.\n"
    )
    found = recognise(text).turns
    assert len({turn.speaker for turn in found}) == 9
    assert [turn.speaker for turn in found][7:] == ["M1", "M1/F2", "Unclear", "M1", "Moderator"]
    assert {turn.speaker for turn in found if turn.role == "interviewer"} == {"Moderator"}


def test_a_time_before_a_further_paragraph_begins_another_turn_of_the_same_person() -> None:
    text = "INT: Well?\n\nP07: First.\n\n[00:13:00] Then.\n\n[00:14:00]\n\nAnd last.\n\nINT: Oh.\n"
    assert said(text) == [("INT", "Well?"), ("P07", "First."), ("P07", "Then."), ("P07", "And last."), ("INT", "Oh.")]
    assert times(text) == [None, None, 780.0, 840.0, None]


def test_what_somebody_is_called_in_a_meeting_is_a_speaker_beside_a_time() -> None:
    names = ["Ann Reed", "mum's iPhone"] * 4
    text = "".join(f"[{name}] 10:0{i}:12\nSo it was.\n\n" for i, name in enumerate(names))
    assert [speaker for speaker, _ in said(text)] == names


def test_times_of_day_count_from_the_first_of_them() -> None:
    text = "[Ann Reed] 14:03:12\nHello.\n\n[Tom Hill] 14:03:20\nHi.\n\n[Ann Reed] 14:04:12\nSo.\n"
    assert times(text) == [0.0, 8.0, 60.0]


@pytest.mark.parametrize(
    ("entry", "day"),
    [
        ("12/03/2024 Home visit: seen.", "2024-03-12"),
        ("3 March 2024 – Referral.", "2024-03-03"),
        ("3rd March 24: Referral.", "2024-03-03"),
        ("Mon 5 Feb 2024 Phone call.", "2024-02-05"),
        ("2024-06-01: Closed.", "2024-06-01"),
        ("1.2.24 Seen.", "2024-02-01"),
        ("March 2024: A hard month.", "2024-03"),
        ("31/02/2024 No such day.", ""),
        ("3 March: Which year?", ""),
    ],
)
def test_entries_have_their_day_read_as_in_britain(entry: str, day: str) -> None:
    text = f"CHRONOLOGY\n\n{entry}\n\n09/09/2024 Panel.\n\n10/09/2024 Closed.\n"
    assert [turn.date for turn in recognise(text).turns] == [day, "2024-09-09", "2024-09-10"]


def test_what_stands_under_a_heading_that_is_a_date_has_that_day() -> None:
    text = "19 October 2021\n\nReferral.\n\nBaby seen.\n\nOutcome\n\nClosed.\n"
    found = recognise(text, headings=[0, text.index("Outcome")])
    assert [(turn.section, turn.date) for turn in found.turns] == [
        ("19 October 2021", "2021-10-19"),
        ("19 October 2021", "2021-10-19"),
        ("Outcome", ""),
    ]


def test_a_table_row_has_the_day_of_its_cell() -> None:
    text = "12/03/2024 | Visit | Seen.\n3 May 2024 | Call | No answer.\n"
    row = text.index("3 May")
    found = recognise(text, rows=[(0, 13, 21, 26), (row, row + 13, row + 20, len(text) - 1)])
    assert [turn.date for turn in found.turns] == ["2024-03-12", "2024-05-03"]


def test_a_file_of_nothing_but_times_is_read_in_time_that_follows_its_length() -> None:
    begun = time.process_time()
    recognise("[00:00:01]\n" * 60_000)
    assert time.process_time() - begun < 20


def test_names_with_times_need_no_colon() -> None:
    otter = "Emma Hall  0:34  \nWelcome to it.\n\nTom Reed  1:02:10  \nThanks.\n\nEmma Hall  1:02:12  \nSo.\n"
    assert said(otter) == [("Emma Hall", "Welcome to it."), ("Tom Reed", "Thanks."), ("Emma Hall", "So.")]
    assert times(otter) == [34.0, 3730.0, 3732.0]
    above = "00:00:01 Carla Diaz\nHello there\n\n00:00:05 Ben Moor\nHi\n\n00:00:09 Carla Diaz\nSo\n"
    assert said(above) == [("Carla Diaz", "Hello there"), ("Ben Moor", "Hi"), ("Carla Diaz", "So")]


def test_a_meeting_exported_with_arrows_and_names_is_read() -> None:
    text = (
        "0:0:0.0 --> 0:0:5.485\nCarla Diaz\nHello.\n\n0:0:7.5 --> 0:0:8.0\nBen Moor\nYes.\n\n"
        "0:1:2.0 --> 0:1:3.0\nCarla Diaz\nSo.\n\n0:1:4.0 --> 0:1:5.0\nBen Moor\nWell.\n"
    )
    assert said(text) == [("Carla Diaz", "Hello."), ("Ben Moor", "Yes."), ("Carla Diaz", "So."), ("Ben Moor", "Well.")]
    assert times(text) == [0.0, 7.5, 62.0, 64.0]


def test_names_alone_on_a_line_are_believed_when_they_come_again() -> None:
    text = "Emma Hall\nHow are you?\n\nTom Reed\nLondon\n\nEmma Hall\nWhere?\n\nTom Reed\nLondon, I said.\n"
    assert said(text) == [
        ("Emma Hall", "How are you?"),
        ("Tom Reed", "London"),
        ("Emma Hall", "Where?"),
        ("Tom Reed", "London, I said."),
    ]


def test_names_before_a_colon_are_believed_when_they_come_again() -> None:
    text = "Jean: Hi.\nSam: Hello.\nJean: So.\nSam: Yes.\nNote: they laugh\nSam: No.\n"
    assert [speaker for speaker, _ in said(text)] == ["Jean", "Sam", "Jean", "Sam", "Sam"]
    assert said(text)[3] == ("Sam", "Yes.\nNote: they laugh")


def test_labels_in_brackets_are_believed_and_replaced_names_are_not() -> None:
    assert said("[id1] hello.\n\n[id2] yes.\n\n[id1] so.\n") == [("id1", "hello."), ("id2", "yes."), ("id1", "so.")]
    redacted = "I: Who came?\n\nP07: It was\n[NAME1] and\n[NAME2] from\n[TOWN1] I think.\n\nI: Oh.\n\nP07: Yes.\n"
    assert {speaker for speaker, _ in said(redacted)} == {"I", "P07"}


@pytest.mark.parametrize(
    "line",
    [
        "Note: the author was tired",
        "- Looks at: the description",
        "Phabricator: where the review is",
        "the PR: what was the problem",
        "https://example.org/a: a page",
        "10:30 was when she came",
    ],
)
def test_what_only_looks_like_a_label_is_nobody(line: str) -> None:
    text = f"I: What then?\n\nP4: Well, I opened\n{line}\nand read it.\n\nI: And?\n\nP4: That was it.\n"
    assert {speaker for speaker, _ in said(text)} - {""} == {"I", "P4"}
    alone = f"{line}\n\nA paragraph of text that follows.\n\nAnother one.\n"
    assert {speaker for speaker, _ in said(alone)} == {""}


def test_one_label_alone_is_no_dialogue() -> None:
    assert said("P07: only this one line\n\nAnd more.\n") == [("", "P07: only this one line"), ("", "And more.")]


def test_fields_of_a_form_are_nobody_speaking() -> None:
    form = (
        "Background\nThe family live with her mother. They came in May.\nMother: anxious.\nFather: not seen.\n\n"
        "Views\nThe family want help with damp. They said so twice.\nMother: wants housing.\nFather: wants work.\n"
    )
    assert {speaker for speaker, _ in said(form)} == {""}
    assert recognise(form).kind == "case file"


def test_what_describes_the_interview_at_the_top_is_nobody_speaking() -> None:
    text = "Sample of it.\n\nDate: 3 March\nInterviewer: AK\nParticipant: P07\n\nI: Hi?\nP07: Yes.\nI: So.\nP07: No.\n"
    assert said(text)[:3] == [
        ("", "Sample of it."),
        ("", "Date: 3 March\nInterviewer: AK\nParticipant: P07"),
        ("I", "Hi?"),
    ]


def test_an_answer_goes_on_over_blank_lines_until_somebody_else_or_a_heading() -> None:
    text = "I: And?\n\nP07: First.\n\nSecond.\nThird.\n\nI: Yes.\n\nTHE HOUSE\n\nA note about it.\n\nP07: Damp.\n"
    found = recognise(text).turns
    assert said(text) == [
        ("I", "And?"),
        ("P07", "First.\n\nSecond.\nThird."),
        ("I", "Yes."),
        ("", "A note about it."),
        ("P07", "Damp."),
    ]
    assert [turn.section for turn in found] == ["", "", "", "THE HOUSE", "THE HOUSE"]
    assert text[found[3].head : found[3].start] == "THE HOUSE\n\n"


@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_where_only_the_interviewer_is_named_the_rest_is_not_the_interviewers(between: str) -> None:
    text = between.join(["I: Why?", "Because it was so.", "And more.", "I: And then?", "It went."])
    assert said(text) == [
        ("I", "Why?"),
        ("", "Because it was so."),
        ("", "And more."),
        ("I", "And then?"),
        ("", "It went."),
    ]


def test_a_title_that_is_a_code_is_not_a_speaker() -> None:
    text = "P07\n\nDate: 3 March\n\nI: Hi?\nP07: Yes.\nI: So.\nP07: No.\n"
    assert said(text)[:3] == [("", "P07"), ("", "Date: 3 March"), ("I", "Hi?")]


def test_notes_of_a_visit_by_letter_are_nobody_speaking() -> None:
    assert {speaker for speaker, _ in said("S: tired\nO: pale\nA: low iron\nP: bloods\n" * 2)} == {""}


def test_text_before_the_first_label_is_nobodys() -> None:
    assert said("Recorded at home.\n\nBaby present.\n\nI: Hi.\nP07: Hi.\n")[:2] == [
        ("", "Recorded at home."),
        ("", "Baby present."),
    ]


def test_a_label_without_words_goes_before_the_next_turn() -> None:
    text = "I:\nP07: Yes.\nI: Hm.\nP07:\n"
    found = recognise(text).turns
    assert said(text) == [("P07", "Yes."), ("I", "Hm.")]
    assert text[found[0].head : found[0].start] == "I:\nP07: "


def test_without_labels_paragraphs_lines_or_bullets_are_turns() -> None:
    assert said("One\nstill one.\n\nTwo.\n") == [("", "One\nstill one."), ("", "Two.")]
    assert said("One.\nTwo.\nThree.\n") == [("", "One."), ("", "Two."), ("", "Three.")]
    assert said("List\n\n- one\n• two\n* three\n  goes on\n")[1:] == [
        ("", "one"),
        ("", "two"),
        ("", "three\n  goes on"),
    ]


def test_notes_in_bullets_around_a_dialogue_stay_notes() -> None:
    text = (
        "NOTES\n- opens the file\n- Adds a “Nit: ” remark\n-Fully upstream\n\n"
        "INTERVIEW\nI: Why?\n\nP4: Because.\n- It is of interest\n"
    )
    assert said(text) == [
        ("", "opens the file"),
        ("", "Adds a “Nit: ” remark"),
        ("", "Fully upstream"),
        ("I", "Why?"),
        ("P4", "Because."),
        ("", "It is of interest"),
    ]


def test_dated_entries_of_a_chronology_are_turns_of_their_own() -> None:
    text = (
        "CHRONOLOGY\n\n12/03/2024 – Referral by the midwife\n14/03/2024 Visit, nobody in\n"
        "2 April 2024: Panel.\nMore on it.\n\nMon 3 May 2024\n\nClosed.\n\n2024-06-01\nOpened again.\n"
    )
    found = recognise(text)
    assert [text[turn.start : turn.end] for turn in found.turns] == [
        "12/03/2024 – Referral by the midwife",
        "14/03/2024 Visit, nobody in",
        "2 April 2024: Panel.\nMore on it.",
        "Mon 3 May 2024\n\nClosed.",
        "2024-06-01\nOpened again.",
    ]
    assert found.kind == "case file"
    assert {turn.section for turn in found.turns} == {"CHRONOLOGY"}


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("VIEWS OF THE PARENT\nShe likes it.\n\nPLAN\nVisit.\n", ["VIEWS OF THE PARENT", "PLAN"]),
        ("# Views\nShe likes it.\n## Plan\nVisit.\n", ["Views", "Plan"]),
        ("1. Views of the parent\nShe likes it.\n\n2. Plan\nVisit.\n", ["1. Views of the parent", "2. Plan"]),
        ("Views of the parent\nShe likes it.\n\nPlan\nVisit.\n", ["Views of the parent", "Plan"]),
        ("Views of the parent:\n\nShe likes it.\n\nPlan:\n\nVisit.\n", ["Views of the parent", "Plan"]),
    ],
)
def test_headings_in_their_usual_shapes_set_the_section(text: str, sections: list[str]) -> None:
    found = recognise(text)
    assert [turn.section for turn in found.turns] == sections
    assert [text[turn.start : turn.end] for turn in found.turns] == ["She likes it.", "Visit."]
    assert found.kind == "case file"


def test_a_numbered_list_is_not_a_row_of_headings() -> None:
    text = "ACTIONS\n\n1. Key worker to visit\n2. Housing referral\n3. Health visitor to weigh baby\n"
    assert {turn.section for turn in recognise(text).turns} == {"ACTIONS"}


def test_a_heading_at_the_very_end_is_kept_as_a_turn() -> None:
    assert said("I: Hi.\nP07: Bye.\n\nEND OF INTERVIEW\n")[-1] == ("", "END OF INTERVIEW")


@pytest.mark.parametrize(
    ("text", "interviewers"),
    [
        ("Interviewer: a\nP07: b\nP08: c\n", {"Interviewer"}),
        ("I: a\nR: b\nI: c\n", {"I"}),
        ("Q: a\nA: b\nQ: c\n", {"Q"}),
        ("I1: a\nI2: b\nP1: c\nI1: d\n", {"I1", "I2"}),
        ("Moderator: a\nSam: b\nModerator: c\nSam: d\n", {"Moderator"}),
        ("R: a\nP1: b\nR: c\n", {"R"}),
        ("Researcher: a\nKW1: b\nResearcher: c\n", {"Researcher"}),
    ],
)
def test_who_asks_is_guessed_by_the_label(text: str, interviewers: set[str]) -> None:
    found = recognise(text)
    assert {turn.speaker for turn in found.turns if turn.role == "interviewer"} == interviewers
    assert {turn.role for turn in found.turns} == {"interviewer", "participant"}
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Emma: How was it?\nKim: Fine.\nEmma: And then?\nKim: She came.\nEmma: Often?\nKim: “Weekly.”\n", "Emma"),
        ("Emma: So?\nKim: Why?\nEmma: And?\nKim: She came.\nEmma: Often?\nKim: Was it?\n", ""),
        ("Speaker 1: a\nSpeaker 2: b\nSpeaker 1: c\n", ""),
        ("Emma: So?\nEmma: Why?\nEmma: And?\n", ""),
    ],
)
def test_who_asks_nearly_all_questions_is_taken_for_the_interviewer_where_no_label_says_it(
    tmp_path: Path, text: str, asks: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    found = Found(path=path).read()
    assert {turn.speaker for turn in found.turns if turn.role == "interviewer"} == ({asks} if asks else set())
    if any(turn.speaker for turn in found.turns):
        (warning,) = found.warnings
        assert warning.startswith(f"{asks} asks nearly all questions" if asks else "no label is an interviewer's")


def test_turns_of_nobody_have_no_role() -> None:
    assert {turn.role for turn in recognise("One.\n\nTwo.\n").turns} == {""}


PIECES = st.sampled_from(
    ["I: ", "P07: ", "Interviewer:", "Emma  0:34", "[00:10:00]", "[id1] ", "PLAN", "# Head", "- ", "1. Aim", "\n", "\n\n",
     " ", "\t", "12/03/2024 – ", "3 May 2024", "word", "Emma", "Emma: ", "yes.", "171", "00:01.0 --> 00:02.0", "é👶", ":",
     "|", "(", "[", "**", "\u200d", "Note: "]
)  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join)))
def test_turns_lie_in_order_within_any_text(raw: str) -> None:
    text = clean(raw).text
    place = 0
    for turn in recognise(text).turns:
        assert place <= turn.head <= turn.start < turn.end <= len(text)
        words = text[turn.start : turn.end]
        assert words == words.strip()
        place = turn.end


@given(st.lists(PIECES, max_size=60).map("".join))
def test_outside_of_turns_there_are_only_marks_that_wait_for_words(raw: str) -> None:
    text = clean(raw).text
    turns = recognise(text).turns
    if text.strip() and turns:
        assert not text[: turns[0].head].strip()
        assert all(not text[a.end : b.head].strip() for a, b in pairwise(turns))
