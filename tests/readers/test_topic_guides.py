"""Topic guides from YAML: every mistake is told with its line."""

from pathlib import Path

import pytest

from tbcp_qual.errors import BadInput
from tbcp_qual.readers.topics import read_asked, read_topics
from tests.conftest import REPOSITORY

GUIDE = """topic guides:
  - source type: parent
    wave: first
    topics:
      - topic: How it began
        ask: Who told you?
        questions: [2a, "2"]
        themes: [Getting in]
      - topic: no
  - source type: case file
    topics:
      - topic: Referral
"""


def written(folder: Path, text: str, name: str = "guide.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_topics_come_in_order_with_their_guide_and_line(tmp_path: Path) -> None:
    first, second, third = read_topics(written(tmp_path, GUIDE))
    assert (first.source_type, first.time_point, first.key, first.prompt) == (
        "parent",
        "first",
        "How it began",
        "Who told you?",
    )
    assert [(w.text, w.line) for w in (*first.questions, *first.themes)] == [("2a", 7), ("2", 7), ("Getting in", 8)]
    assert (second.key, second.prompt, second.themes, second.line) == ("no", "", (), 9)
    assert (third.source_type, third.time_point) == ("case file", "")


def test_the_guides_of_the_sample_are_read() -> None:
    assert len(read_topics(REPOSITORY / "codebooks" / "topic_guides.yaml")) == 64


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ("wave: first", "wav: first", 3, "no key"),
        ("source type: parent", "source type: ''", 2, "no source type"),
        ("topic: no", "topic: how it BEGAN", 9, "line 5"),
        ("topic: no", "ask: Who?", 9, "no name"),
        ("source type: case file", "source type: Parent\n    wave: first", 10, "line 2"),
        ("questions: [2a", "questions: [[2a]", 7, "list of words"),
        ("topics:\n      - topic: Referral", "topics: Referral", 11, "a list"),
        ("ask: Who told you?", "ask: Who: you?", 6, "not YAML"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int, sentence: str) -> None:
    with pytest.raises(BadInput, match=rf"guide\.yaml, line {line}: .*{sentence}"):
        read_topics(written(tmp_path, GUIDE.replace(old, new, 1)))


def test_a_file_without_topics_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no topics"):
        read_topics(written(tmp_path, "topic guides:\n"))


def test_a_table_of_what_was_asked_is_read_with_its_lines(tmp_path: Path) -> None:
    path = written(tmp_path, "Document,Topic,Asked\nP07,How it began,asked\n\nP07,The baby,not asked\n", "asked.csv")
    assert [(r.line, r.document, r.topic, r.asked) for r in read_asked(path)] == [
        (2, "P07", "How it began", "asked"),
        (4, "P07", "The baby", "not asked"),
    ]
    with pytest.raises(BadInput, match="line 2: the column “topic” is empty"):
        read_asked(written(tmp_path, "document,topic,asked\nP07,,asked\n", "asked.csv"))
