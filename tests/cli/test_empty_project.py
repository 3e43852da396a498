"""A project in which nothing has been begun: whoever looks gets an answer, as data and in words, and is told the way."""

from pathlib import Path

import click
import pytest

from tbcp_qual.store import Project
from tbcp_qual.tasks.coders import ensure_coder
from tests.cli.shell import Shell
from tests.cli.test_blind_walk import readers
from tests.cli.test_every_command import EVERYTHING, OF_A_FILE

GIVEN = {"find": ["words"]}
"""What is asked for where something must be."""

DOING = {"rounds lock", "cases sample"}
"""They print what they have done, and there is nothing here to do it with."""

NAMING = {"history restore"}
"""It wants something by name, though none of its arguments says so."""


def asked() -> list[str]:
    """Return the commands that read without being told of what."""

    def wants(path: str) -> bool:
        return any(p.required for p in EVERYTHING[path].params) and path not in GIVEN

    return sorted(path for path in readers() - OF_A_FILE - DOING - NAMING if not wants(path))


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Commands on a project that was just made."""
    with Project.create(tmp_path / "empty.tbcp", name="Empty") as project:
        ensure_coder(project, "AK")
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path / "empty.tbcp", monkeypatch, capsys)


def test_every_command_that_reads_answers_in_json_and_in_words(empty: Shell) -> None:
    paths = asked()
    assert {"topics table", "sample check", "chart list", "reconcile list", "agreement"} <= set(paths)
    for path in paths:
        words = [*path.split(), *GIVEN.get(path, [])]
        said = empty.json(*words, code=1 if path == "agreement" else 0)
        assert isinstance(said, list | dict), path
        if path != "export matrix":
            assert empty(*words) == (1 if path == "agreement" else 0), path
            assert empty.out or empty.err, path
            if said in ([], {}):
                assert "." in empty.err or ": tbcp-qual" in empty.err or empty.out, path


def test_what_is_named_and_not_there_is_still_missed(empty: Shell) -> None:
    for words in (["sample", "show", "1"], ["topics", "propose", "P07"], ["rounds", "lock"], ["rounds", "show", "1"]):
        assert empty(*words, "--json") == 2
        assert empty.out == ""
        assert len(empty.err.splitlines()) == 2


def test_json_of_a_command_is_of_one_kind_with_and_without_anything_there(empty: Shell) -> None:
    for path in ("topics table", "topics propose", "sample list", "answers list", "triangulation list"):
        assert empty.json(*path.split()) == []
    for path in ("sample show", "sample check", "chart status", "rounds show"):
        assert empty.json(*path.split()) == {}


def test_no_option_of_json_is_made_by_hand() -> None:
    """Else nothing would be said where there is nothing yet."""
    for path in readers():
        json_options = [p for p in EVERYTHING[path].params if "--json" in p.opts]
        assert [type(p) is click.Option for p in json_options] == [False], path
