"""Codebooks from YAML: what they say, and errors that name the line."""

import re
from pathlib import Path

import pytest

from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.errors import BadInput
from tbcp_qual.readers.codebooks import read_codebook
from tests.conftest import REPOSITORY, Sample

SMALL = """\
project: Pilot
approach: coding reliability
questions:
  - key: "2"
    short: Engagement
    text: How far?
    sub:
      - key: 2b
        aspect: how
        text: How so?
codes:
  - name: Engagement
    colour: orange
    brief: Coming in
    full: >-
      All of
      it.
    when to use: Often
    when not to use: "Not: never"
    example: "I only opened because it was raining."
    domain: timing
    origin: in vivo
    status: agreed
    questions: ["2", 2b]
    codes:
      - name: Trust
      - name: no
  - name: Delivery
    codes:
      - name: Trust
themes:
  - name: Staying
    definition: What holds.
    questions: "2"
    codes: [Engagement > Trust, Delivery, no]
"""


def read(folder: Path, text: str) -> object:
    path = folder / "book.yaml"
    path.write_text(text)
    return read_codebook(path)


def test_every_field_of_the_format_arrives(tmp_path: Path) -> None:
    path = tmp_path / "book.yaml"
    path.write_text(SMALL)
    draft = read_codebook(path)
    assert (draft.project, draft.approach) == ("Pilot", "coding reliability")
    question, sub = draft.questions
    assert (question.key, question.short, question.text, question.parent) == ("2", "Engagement", "How far?", None)
    assert (sub.key, sub.aspect, sub.text, sub.parent) == ("2b", "how", "How so?", question.id)
    book = Codebook(draft.codes)
    assert [book.path(code.id) for _, code in book.walk()] == [
        "Engagement", "Engagement > Trust", "Engagement > no", "Delivery", "Delivery > Trust",
    ]  # fmt: skip
    code = book.find("Engagement")
    assert (code.colour, code.brief, code.full, code.use_when) == ("orange", "Coming in", "All of it.", "Often")
    assert (code.not_when, code.domain, code.origin, code.status) == ("Not: never", "timing", "in vivo", "agreed")
    assert code.example == "I only opened because it was raining."
    assert code.questions == (question.id, sub.id)
    assert (book.find("no").origin, book.find("no").status) == ("a priori", "provisional")
    (theme,) = draft.themes
    assert [book.path(code_id) for code_id in theme.codes] == ["Engagement > Trust", "Delivery", "Engagement > no"]
    assert (theme.definition, theme.questions) == ("What holds.", (question.id,))


@pytest.mark.parametrize(
    ("found", "instead", "line", "message", "hint"),
    [
        ("colour: orange", "color: orange", 13, "`color` is no key here", "Is “colour” meant?"),
        ("colour: orange", "colour: ornage", 13, "`colour` cannot be “ornage”", "Is “orange” meant?"),
        ("colour: orange", "colour: mauve", 13, "`colour` cannot be “mauve”", "blue, orange"),
        ("colour: orange", "colour: [orange]", 13, "`colour` is one text", "quotation marks"),
        ("colour: orange", "name: Again", 13, "`name` is there twice, first on line 12", "Keep one"),
        ("- name: Delivery", "- brief: Delivery", 28, "a code has no name", "name: …"),
        ("- name: Delivery", "- name: ENGAGEMENT", 28, "is there already, on line 12", "Siblings"),
        ("- name: Delivery", "- name: a > b", 28, "has “>” in it", "divides"),
        ("- name: Staying", "- definition: Staying", 33, "`definition` is there twice, first on line 32", "Keep one"),
        ('questions: ["2", 2b]', 'questions: ["2", 2c]', 24, "there is no question “2c”", "The keys are: 2, 2b."),
        ("origin: in vivo", "origin: in-vivo", 22, "`origin` cannot be “in-vivo”", "Is “in vivo” meant?"),
        ("status: agreed", "status: done", 23, "`status` cannot be “done”", "provisional, agreed"),
        ("aspect: how", "aspect: why", 9, "`aspect` cannot be “why”", "to what extent"),
        ("approach: coding reliability", "approach: grounded", 2, "`approach` cannot be", "framework"),
        ("key: 2b", 'key: "2"', 8, "is that of the question on line 4", "its own"),
        ("key: 2b", "text: 2b", 10, "`text` is there twice, first on line 8", ""),
        ("Delivery, no]", "Delivery, nope]", 35, "there is no code “nope”", ""),
        ("Delivery, no]", "Trust]", 35, "several codes are called “Trust”", "Engagement > Trust; Delivery > Trust"),
        (
            "      - name: Trust\n      - name: no",
            "      - Trust\n      - name: no",
            26,
            "an item of `codes`",
            "- name",
        ),
        ("    codes:\n      - name: Trust\nthemes", "    codes: Trust\nthemes", 29, "`codes` is a list", "- name"),
        ("brief: Coming in", "brief: Coming: in", 14, "this is not YAML", "quotation marks"),
        ("    brief: Coming in", "\tbrief: Coming in", 14, "this is not YAML", "tab"),
        ("themes:", "---\nthemes:", 31, "this is not YAML", "One file holds one codebook"),
    ],
)
def test_each_error_names_file_and_line_and_what_was_meant(
    tmp_path: Path, found: str, instead: str, line: int, message: str, hint: str
) -> None:
    assert found in SMALL
    text = SMALL.replace(found, instead, 1)
    with pytest.raises(BadInput) as problem:
        read(tmp_path, text)
    assert f"book.yaml, line {line}: " in problem.value.message
    assert re.search(message, problem.value.message)
    assert hint in problem.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "codes",
        "- name: a",
        "a: [1",
        "codes: &a\n  - name: x\n    codes: *a\n",
        "[" * 5000,
        "%YAML 9.0\n---\na: 1\n",
    ],
)
def test_what_is_no_codebook_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput, match=r"book\.yaml"):
        read(tmp_path, text)


def test_the_codebook_of_the_sample_is_sound() -> None:
    draft = read_codebook(REPOSITORY / "codebooks" / "tbcp.yaml")
    assert draft.codes
    assert draft.themes
    asked = {question for theme in draft.themes for question in theme.questions}
    assert {question.id for question in draft.questions if question.parent is None} <= asked


def test_the_example_of_the_format_page_is_sound(tmp_path: Path) -> None:
    page = (REPOSITORY / "codebooks" / "README.md").read_text(encoding="utf-8")
    found = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert found
    path = tmp_path / "page.yaml"
    path.write_text(found.group(1), encoding="utf-8")
    draft = read_codebook(path)
    assert [code.name for code in draft.codes] == ["Engagement", "Being listened to"]
    assert [theme.name for theme in draft.themes] == ["A worker who stays"]


def test_a_codebook_is_added_whole_and_undone_whole(tmp_path: Path, sample: Sample) -> None:
    from tbcp_qual.tasks.codebook import add_codebook

    path = tmp_path / "book.yaml"
    path.write_text(SMALL)
    added = add_codebook(sample.project, read_codebook(path), coder=sample.ak.id)
    assert (added.questions, added.codes, added.themes, added.different) == (2, 5, 1, ())
    assert len(sample.project.records("code")) == 8
    assert sample.project.verify() == []
    sample.project.undo(sample.ak.id)
    assert len(sample.project.records("code")) == 3
    assert sample.project.records("theme") == []


def test_a_second_codebook_adds_only_what_is_new_and_says_what_differs(tmp_path: Path, sample: Sample) -> None:
    from tbcp_qual.tasks.codebook import add_codebook

    path = tmp_path / "book.yaml"
    path.write_text(SMALL)
    add_codebook(sample.project, read_codebook(path), coder=sample.ak.id)
    again = add_codebook(sample.project, read_codebook(path), coder=sample.ak.id)
    assert again.revision is None
    assert again.different == ()
    path.write_text(
        SMALL.replace("brief: Coming in", "brief: Going out")
        .replace("text: How far?", "text: How near?")
        .replace("What holds.", "What lets go.")
        .replace("      - name: no\n", "      - name: no\n      - name: Newer\n")
    )
    third = add_codebook(sample.project, read_codebook(path), coder=sample.ak.id)
    assert (third.questions, third.codes, third.themes) == (0, 1, 0)
    assert third.different == (
        "question 2 differs in: text",
        "code “Engagement” differs in: brief",
        "theme “Staying” differs in: definition",
    )
    book = Codebook(sample.project.records("code"))
    assert book.find("Engagement").brief == "Coming in"
    assert [code.name for code in book.children[book.find("Engagement").id]] == ["Trust", "no", "Newer"]
