"""`tbcp-qual themes`: what a theme takes, says and speaks to, each act one revision that undo takes back."""

from pathlib import Path

import pytest

from tbcp_qual.coding.changes import create
from tbcp_qual.coding.records import Memo, Question, Topic
from tbcp_qual.store import Project
from tests.cli.shell import Shell
from tests.conftest import Sample


@pytest.fixture
def themes(sample: Sample, shell: Shell) -> Shell:
    """Two themes, and the questions 2 and 2b."""
    with Project.open(sample.path) as project:
        asked = [Question(id="1" * 32, key="2"), Question(id="2" * 32, key="2b", parent="1" * 32)]
        project.apply("questions", [create(question) for question in asked], coder="")
    assert shell("themes", "add", "Stays", "--define", "What holds.", "--code", "Key worker", "--question", "2b") == 0
    assert shell("themes", "add", "Goes") == 0
    return shell


def told(shell: Shell) -> dict[str, tuple[list[str], list[str], str]]:
    return {t["name"]: (t["codes"], t["questions"], t["definition"]) for t in shell.json("themes", "list")}


def test_themes_are_made_listed_and_undone(themes: Shell) -> None:
    assert told(themes) == {"Stays": (["Key worker"], ["2b"], "What holds."), "Goes": ([], [], "")}
    assert themes("themes", "list") == 0
    assert themes.out.splitlines()[0].split() == ["Theme", "Questions", "Codes", "Definition"]
    assert themes("undo") == 0
    assert list(told(themes)) == ["Stays"]


def test_everything_a_theme_says_can_be_changed(themes: Shell) -> None:
    assert themes("themes", "rename", "stays", "Remains") == 0
    assert themes("themes", "define", "Remains", "Who stays.\n\nAnd why.") == 0
    assert themes("themes", "questions", "Remains", "2", "2b") == 0
    assert themes("themes", "add-code", "Remains", "Mistrust", "Being listened to") == 0
    assert themes("themes", "remove-code", "Remains", "Key worker") == 0
    assert told(themes)["Remains"] == (["Mistrust", "Being listened to"], ["2", "2b"], "Who stays.\n\nAnd why.")
    assert themes("themes", "questions", "Remains") == 0
    assert themes("themes", "order", "Goes") == 0
    assert list(told(themes)) == ["Goes", "Remains"]
    assert themes("themes", "order", "Goes") == 0
    assert "in that order already" in themes.err
    for _ in range(7):
        assert themes("undo") == 0
    assert next(iter(told(themes).items())) == ("Stays", (["Key worker"], ["2b"], "What holds."))
    assert themes("verify") == 0


def test_a_deleted_theme_leaves_topics_behind_without_it_and_comes_back_with_undo(
    themes: Shell, sample: Sample
) -> None:
    with Project.open(sample.path) as project:
        theme = next(theme.id for theme in project.records("theme") if theme.name == "Stays")
        topic = Topic(id="3" * 32, key="How it began", source_type="parent", themes=(theme,))
        project.apply("topic", [create(topic)], coder="")
    assert themes("themes", "delete", "Stays") == 0
    with Project.open(sample.path, read_only=True) as project:
        assert project.records("topic")[0].themes == ()
    assert themes("undo") == 0
    with Project.open(sample.path, read_only=True) as project:
        assert project.records("topic")[0].themes == (theme,)
    assert themes("verify") == 0


def test_a_theme_that_has_memos_stays(themes: Shell, sample: Sample) -> None:
    with Project.open(sample.path) as project:
        theme = next(theme.id for theme in project.records("theme") if theme.name == "Stays")
        project.apply("memo", [create(Memo(id="4" * 32, coder=sample.rm.id, theme=theme))], coder=sample.rm.id)
    assert themes("themes", "delete", "Stays") == 5
    assert "a memo is on it" in themes.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["add", "stays"], "There is a theme called “stays” already"),
        (["add", " "], "needs a name"),
        (["add", "New", "--question", "9"], "The keys are: 2, 2b"),
        (["rename", "Goes", "Stays"], "already"),
        (["define", "Stay", "x"], "Is it “Stays”?"),
        (["remove-code", "Stays", "Mistrust"], "It names: Key worker"),
        (["add-code", "Stays", "Nobody"], "No code is called"),
        (["delete", "Nobody at all"], "themes list"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_a_matter_of_usage(themes: Shell, arguments: list[str], sentence: str) -> None:
    assert themes("themes", *arguments) == 2
    assert sentence in themes.err


def test_a_retired_code_can_be_taken_out_of_a_theme(themes: Shell, tmp_path: Path) -> None:
    themes("codes", "retire", "Key worker")
    assert themes("themes", "remove-code", "Stays", "Key worker") == 0
    assert told(themes)["Stays"][0] == []
