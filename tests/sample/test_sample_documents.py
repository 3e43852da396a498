"""What can be proved of the fictional interviews and case files: number, length, notice, and that no two share a run of words."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tbcp_qual.readers.codebooks import CodebookDraft
from tbcp_qual.readers.documents import Draft
from tests.sample.conftest import CODEBOOKS, TRANSCRIPTS

RUN = 8
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_FENCE = "\0"
SET_PHRASES = [
    line.strip()
    for line in (Path(__file__).parent / "set_phrases.txt").read_text(encoding="utf-8").splitlines()
    if line.strip()
]

Details = dict[str, dict[str, str]]
Drafts = dict[str, Draft]


def words_of(text: str, allowed: list[list[str]]) -> list[str]:
    """Return the words of a text without case and punctuation; a set phrase becomes one fence that no run crosses."""
    words = _WORD.findall(text.casefold().replace("’", "'"))
    kept: list[str] = []
    i = 0
    while i < len(words):
        phrase = next((p for p in allowed if words[i : i + len(p)] == p), None)
        kept.append(_FENCE if phrase else words[i])
        i += len(phrase) if phrase else 1
    return kept


def shared_runs(texts: Mapping[str, str], set_phrases: list[str]) -> dict[str, list[str]]:
    """Return each run of eight words that stands in two texts, with the names of these."""
    allowed = [words_of(phrase, []) for phrase in set_phrases]
    first: dict[tuple[str, ...], str] = {}
    shared: dict[str, list[str]] = {}
    for name, text in texts.items():
        words = words_of(text, allowed)
        for i in range(len(words) - RUN + 1):
            run = tuple(words[i : i + RUN])
            if _FENCE not in run and first.setdefault(run, name) != name:
                shared.setdefault(" ".join(run), [first[run]]).append(name)
    return shared


def texts_of(drafts: Drafts) -> dict[str, str]:
    return {file: draft.text for file, draft in drafts.items()}


def test_every_document_says_in_its_first_line_that_it_is_fictional(drafts: Drafts) -> None:
    silent = [file for file, draft in drafts.items() if "fictional" not in draft.text.split("\n")[0].casefold()]
    assert silent == []


def test_documents_csv_and_the_folder_name_the_same_files(details: Details) -> None:
    in_folder = {path.name for path in TRANSCRIPTS.iterdir() if path.suffix in (".txt", ".docx")}
    assert in_folder == set(details)
    names = [row["name"] for row in details.values()]
    assert len(names) == len(set(names)) == 29


def test_cases_of_documents_are_families_of_the_cohort(details: Details, cohort: dict[str, dict[str, str]]) -> None:
    for file, row in details.items():
        cases = [case for case in row["cases"].split(";") if case]
        assert set(cases) <= set(cohort), file
        if file.startswith("F"):
            assert cases == [file[:3]]
            assert row["name"].startswith(f"{file[:3]} ")


def test_twelve_people_are_interviewed_and_one_parent_twice(details: Details) -> None:
    people: dict[str, list[str]] = {}
    for file, row in details.items():
        if row["source type"] != "case file":
            people.setdefault(file[:3], []).append(row["source type"])
            assert row["name"].startswith(file[:3])
    assert len(people) == 12
    types = [types[0] for types in people.values()]
    assert {t: types.count(t) for t in types} == {"parent": 5, "practitioner": 4, "partner": 3}
    assert [person for person, theirs in people.items() if len(theirs) > 1] == ["P07"]
    assert [details[file]["time point"] for file in ("P07_first.txt", "P07_second.docx")] == ["first", "second"]


def test_a_practitioner_speaks_about_five_families(details: Details, drafts: Drafts) -> None:
    cases = details["K03.docx"]["cases"].split(";")
    assert len(cases) == 5
    assert [case for case in cases if case not in drafts["K03.docx"].text] == []


def test_sixteen_extracts_are_of_at_least_four_kinds(details: Details) -> None:
    extracts = [file for file, row in details.items() if row["source type"] == "case file"]
    assert len(extracts) == 16
    kinds = {Path(file).stem.split("_")[1] for file in extracts}
    assert kinds == {"assessment", "chronology", "closing", "plan", "review"}


def test_half_of_the_files_are_word_files(details: Details) -> None:
    for files in (list(details), [f for f, row in details.items() if row["source type"] != "case file"]):
        word = sum(file.endswith(".docx") for file in files)
        assert abs(2 * word - len(files)) <= 1


def test_interviews_and_extracts_have_their_lengths(details: Details, drafts: Drafts) -> None:
    for file, draft in drafts.items():
        least, most = (300, 800) if details[file]["source type"] == "case file" else (1500, 3000)
        assert least <= len(draft.text.split()) <= most, file


def test_in_every_interview_somebody_asks_and_somebody_answers(details: Details, drafts: Drafts) -> None:
    for file, draft in drafts.items():
        roles = {turn.role for turn in draft.turns}
        if details[file]["source type"] == "case file":
            assert "interviewer" not in roles, file
        else:
            assert {"interviewer", "participant"} <= roles, file
            assert len(draft.turns) >= 40, file
        assert draft.warnings == (), file


def test_no_run_of_eight_words_stands_in_two_documents(drafts: Drafts) -> None:
    assert shared_runs(texts_of(drafts), SET_PHRASES) == {}


def test_nobody_speaks_the_words_of_the_codebook_or_of_the_topic_guides(
    drafts: Drafts, codebook: CodebookDraft
) -> None:
    written = {
        "tbcp.yaml": "\n.\n".join(code.example for code in codebook.codes),
        "topic_guides.yaml": (CODEBOOKS / "topic_guides.yaml").read_text(encoding="utf-8"),
    }
    assert shared_runs({**texts_of(drafts), **written}, SET_PHRASES) == {}


def test_a_copied_sentence_is_found(drafts: Drafts) -> None:
    texts = texts_of(drafts)
    copied = "She is a solid, watchful, little boy - WHO laughs at his brother!"
    texts["F41_review.txt"] += f"\n{copied}\n"
    assert shared_runs(texts, SET_PHRASES) == {
        "a solid watchful little boy who laughs at": ["F03_closing.docx", "F41_review.txt"],
        "solid watchful little boy who laughs at his": ["F03_closing.docx", "F41_review.txt"],
        "watchful little boy who laughs at his brother": ["F03_closing.docx", "F41_review.txt"],
    }


def test_each_set_phrase_is_needed(drafts: Drafts) -> None:
    for phrase in SET_PHRASES:
        others = [other for other in SET_PHRASES if other != phrase]
        assert shared_runs(texts_of(drafts), others) != {}, phrase


BEFORE, AFTER = {"referred": "before birth"}, {"referred": "after birth"}


# fmt: off
FACTS: list[tuple[str, str, dict[str, str]]] = [
    ("F02_plan.docx", "referred to us at 18 wks", {**BEFORE, "ethnicity": "White British", "first_time_parent": "no"}),
    ("F02_closing.txt", "Referred by the community midwife at 18 weeks", BEFORE),
    ("F02_closing.txt", "(15 to 75): 48 (11.21), 58", {"attachment_before": "48", "attachment_after": "58"}),
    ("F02_closing.txt", "(0 to 40): 14 (05.21), 25", {"confidence_before": "14", "confidence_after": "25"}),
    ("F02_closing.txt", "closed 12.12.22 (planned)", {"exit": "planned", "key_worker": "KW1"}),
    ("F02_closing.txt", "has a mild learning disability", {"learning_difficulty": "yes", "previous_removal": "yes"}),
    ("F03_chronology.txt", "Preg approx 26/40, booked late", BEFORE),
    ("F03_chronology.txt", "EBR completed from contact obs. 41", {"attachment_before": "41", "attachment_after": ""}),
    ("F03_chronology.txt", 'exit code "stepped up"', {"exit": "stepped up"}),
    ("F03_chronology.txt", "DA:\n", {"domestic_abuse": ""}),
    ("F03_closing.docx", "26 weeks pregnant", BEFORE),
    ("F03_closing.docx", "(0 to 40): 17, at the start. Not repeated", {"confidence_before": "17", "confidence_after": ""}),
    ("F03_closing.docx", "Closed as stepped up", {"exit": "stepped up", "key_worker": "KW3"}),
    ("F03_closing.docx", "Care leaver. Two older children removed", {"care_experience": "yes", "previous_removal": "yes"}),
    ("F05_review.docx", "Dec 2021 57. Now 56", {"attachment_before": "57", "attachment_after": "56"}),
    ("F05_review.docx", "June 2021 19. Now 27", {"confidence_before": "19", "confidence_after": "27"}),
    ("F05_review.docx", "Plan to close in November", {"exit": "planned", "key_worker": "KW1"}),
    ("F07_assessment.docx", "Whole-family assessment (pre-birth)", BEFORE),
    ("F07_assessment.docx", "care leaver, first baby", {"care_experience": "yes", "first_time_parent": "yes"}),
    ("F07_assessment.docx", "Ethnicity: Mixed", {"ethnicity": "Mixed"}),
    ("F07_review.txt", "Rating 50 (Feb-22", {"attachment_before": "50"}),
    ("F07_review.txt", "Ladder 18 (Aug-21)", {"confidence_before": "18", "exit": "planned", "key_worker": "KW3"}),
    ("F09_plan.txt", "when [Baby] was seven weeks old", AFTER),
    ("F09_plan.txt", "(15 to 75): 55", {"attachment_before": "55", "attachment_after": ""}),
    ("F09_plan.txt", "(0 to 40): 26", {"confidence_before": "26", "confidence_after": ""}),
    ("F09_plan.txt", "Ethnicity: White Other", {"ethnicity": "White other", "mental_ill_health": ""}),
    ("F11_chronology.docx", "Baby girl, 5 months, first child", {**AFTER, "first_time_parent": "yes"}),
    ("F11_chronology.docx", "EBR 46, Ladder 12", {"attachment_before": "46", "confidence_before": "12"}),
    ("F11_chronology.docx", "EBR 55, Ladder 26", {"attachment_after": "55", "confidence_after": "26"}),
    ("F11_chronology.docx", "Closed as planned", {"exit": "planned", "domestic_abuse": "yes"}),
    ("F14_closing.txt", "by recovery service at 30 wks", {**BEFORE, "substance_misuse": "yes"}),
    ("F14_closing.txt", "EBR 44 (April 22). Ladder 20", {"attachment_before": "44", "confidence_before": "20"}),
    ("F14_closing.txt", "Repeat: not done", {"attachment_after": "", "confidence_after": ""}),
    ("F14_closing.txt", "Disengaged.", {"exit": "disengaged", "key_worker": "KW5", "domestic_abuse": ""}),
    ("F19_assessment.txt", "aged 20 weeks, who has been in foster care", {**AFTER, "key_worker": "KW3"}),
    ("F19_assessment.txt", "EBR 39.", {"attachment_before": "39"}),
    ("F19_assessment.txt", "Ladder 13 (father, May)", {"confidence_before": "13"}),
    ("F22_review.docx", "by midwife at 16 weeks", BEFORE),
    ("F22_review.docx", "October 2022: 52. April 2023: 47", {"attachment_before": "52", "attachment_after": "47"}),
    ("F22_review.docx", "2022: 22. April 2023: 29", {"confidence_before": "22", "confidence_after": "29"}),
    ("F22_review.docx", "Alcohol, either parent: not known", {"substance_misuse": "", "exit": "stepped up"}),
    ("F28_closing.docx", "when [Baby], her first, was three months", {**AFTER, "first_time_parent": "yes"}),
    ("F28_closing.docx", "(15 to 75): 47, August 2022", {"attachment_before": "47", "attachment_after": ""}),
    ("F28_closing.docx", "(0 to 40): 15, August 2022", {"confidence_before": "15", "confidence_after": ""}),
    ("F28_closing.docx", "Type of ending: disengaged", {"exit": "disengaged", "isolation": "yes"}),
    ("F28_closing.docx", "level of need is targeted", {"level_of_need": "targeted", "ethnicity": "Black"}),
    ("F31_assessment.txt", "when [Baby] was four weeks", {**AFTER, "first_time_parent": "no"}),
    ("F31_assessment.txt", "(15 to 75): 54", {"attachment_before": "54"}),
    ("F31_assessment.txt", "(0 to 40): 21", {"confidence_before": "21", "ethnicity": "Black", "key_worker": "KW1"}),
    ("F36_plan.docx", "leaving-care 16.12.22 at 28 wks", {**BEFORE, "care_experience": "yes"}),
    ("F36_plan.docx", "Learning: suspected, never settled", {"learning_difficulty": "", "key_worker": "KW6"}),
    ("F36_plan.docx", "Ladder 16 (27.01.23)", {"confidence_before": "16"}),
    ("F41_review.txt", "by perinatal at 32 weeks", BEFORE),
    ("F41_review.txt", "49 on 3 May, 53 today", {"attachment_before": "49", "attachment_after": "53"}),
    ("F41_review.txt", "17 in January, 22 today", {"confidence_before": "17", "confidence_after": "22"}),
    ("F41_review.txt", "Remains open.", {"exit": "still open", "key_worker": "KW5"}),
]
# fmt: on


@pytest.mark.parametrize(("file", "words", "values"), FACTS)
def test_a_case_file_and_the_cohort_agree_where_both_say(
    file: str, words: str, values: dict[str, str], drafts: Drafts, cohort: dict[str, dict[str, str]]
) -> None:
    assert words in drafts[file].text
    row = cohort[file[:3]]
    assert {column: row[column] for column in values} == values


def test_every_case_file_is_held_against_the_cohort(details: Details) -> None:
    extracts = {file for file, row in details.items() if row["source type"] == "case file"}
    assert {file for file, _, _ in FACTS} == extracts
