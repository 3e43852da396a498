"""The codebook and the topic guides of the sample: whole, and joined to the questions."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from ruamel.yaml import YAML

from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.readers.codebooks import CodebookDraft
from tests.sample.conftest import CODEBOOKS

FIELDS = ("brief", "full", "use_when", "not_when", "example")


@pytest.fixture(scope="module")
def guides() -> list[Mapping[str, Any]]:
    """The topic guides, as written."""
    read: Any = YAML(typ="safe", pure=True).load(CODEBOOKS / "topic_guides.yaml")
    return list(read["topic guides"])


def test_three_questions_have_their_sub_questions_by_aspect(codebook: CodebookDraft) -> None:
    top = [question for question in codebook.questions if question.parent is None]
    assert [question.key for question in top] == ["1", "2", "3"]
    for question in top:
        below = [sub for sub in codebook.questions if sub.parent == question.id]
        assert {"to what extent", "how", "in what circumstances"} <= {sub.aspect for sub in below}
        assert all(sub.text.endswith("?") for sub in (question, *below))


def test_forty_to_sixty_codes_have_full_definitions(codebook: CodebookDraft) -> None:
    tree = Codebook(codebook.codes)
    assert 40 <= len(codebook.codes) <= 60
    lacking = [(tree.path(code.id), f) for code in codebook.codes for f in FIELDS if not getattr(code, f).strip()]
    assert lacking == []
    assert [tree.path(code.id) for code in codebook.codes if len(code.full.split()) < 15] == []
    for field in FIELDS:
        assert len({getattr(code, field) for code in codebook.codes}) == len(codebook.codes), field


def test_codes_lie_in_a_tree_of_three_levels_with_origins_of_each_kind(codebook: CodebookDraft) -> None:
    tree = Codebook(codebook.codes)
    assert {tree.path(code.id).count(">") for code in codebook.codes} == {0, 1, 2}
    assert {code.origin for code in codebook.codes} == {"a priori", "inductive", "in vivo"}
    assert {code.status for code in codebook.codes} == {"agreed", "provisional"}


def test_a_definition_sends_the_reader_only_to_codes_that_exist(codebook: CodebookDraft) -> None:
    names = tuple(code.name for code in codebook.codes)
    sent = [
        (code.name, part.strip().removeprefix("or "))
        for code in codebook.codes
        for inside in re.findall(r"\(([^)]*)\)", code.not_when)
        for part in re.split("[,;]", inside)
    ]
    unknown = [(code, where) for code, where in sent if where[:1].isupper() and not where.startswith(names)]
    assert len(sent) > 60
    assert unknown == []


def test_every_theme_serves_a_question_and_every_question_has_three_themes(codebook: CodebookDraft) -> None:
    assert [theme.name for theme in codebook.themes if not theme.questions or not theme.codes] == []
    assert all(theme.definition.strip() for theme in codebook.themes)
    for question in (question for question in codebook.questions if question.parent is None):
        assert sum(question.id in theme.questions for theme in codebook.themes) >= 3


def test_there_is_a_guide_for_every_source_type_and_wave(
    guides: list[Mapping[str, Any]], details: dict[str, dict[str, str]]
) -> None:
    have = [(guide["source type"], guide.get("wave", "")) for guide in guides]
    assert len(have) == len(set(have))
    assert set(have) == {(row["source type"], row["time point"]) for row in details.values()}


def test_topics_refer_to_questions_and_themes_of_the_codebook(
    guides: list[Mapping[str, Any]], codebook: CodebookDraft
) -> None:
    keys = {question.key for question in codebook.questions}
    themes = {theme.name for theme in codebook.themes}
    for guide in guides:
        assert set(guide) <= {"source type", "wave", "topics"}
        topics = [topic["topic"] for topic in guide["topics"]]
        assert len(topics) == len(set(topics)) >= 10
        for topic in guide["topics"]:
            assert set(topic) == {"topic", "ask", "questions", "themes"}
            assert topic["questions"], topic["topic"]
            assert set(topic["questions"]) <= keys, topic["topic"]
            assert topic["themes"], topic["topic"]
            assert set(topic["themes"]) <= themes, topic["topic"]
        assert {theme for topic in guide["topics"] for theme in topic["themes"]} - themes == set()


def test_guides_ask_people_and_tell_readers_of_files_what_to_look_for(guides: list[Mapping[str, Any]]) -> None:
    for guide in guides:
        for topic in guide["topics"]:
            asked = topic["ask"]
            assert "- " not in asked, topic["topic"]
            if guide["source type"] == "case file":
                assert asked.endswith("."), topic["topic"]
            else:
                assert "?" in asked, topic["topic"]
    everything = {theme for guide in guides for topic in guide["topics"] for theme in topic["themes"]}
    assert len(everything) == 12
