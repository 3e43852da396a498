"""All commands, found by walking the groups: each has its help, and what reads has `--json`."""

import importlib
from collections.abc import Iterator

import click
import pytest

from tbcp_qual.cli import COMMANDS, cli
from tests.cli.shell import Shell

WRITING = {
    "new", "open", "demo", "undo", "redo",
    "documents role", "documents done", "documents place", "documents stage", "documents set",
    "documents rename-speaker", "documents said-by", "documents split", "documents join",
    "documents section", "documents date",
    "topics import", "topics confirm",
    "cases import", "cases add", "cases set", "cases type",
    "participants add", "participants set", "participants assign", "participants import",
    "codes import", "codes add", "codes rename", "codes move", "codes retire", "codes restore", "codes merge",
    "codes define", "codes recolour", "codes split", "codes confirm", "codes recode", "codes drop", "codes revisited",
    "codebook agree", "codebook export", "codebook import",
    "themes add", "themes rename", "themes define", "themes questions", "themes add-code", "themes remove-code",
    "themes delete", "themes order",
    "codings import", "codings weight", "codings span",
    "queries delete",
    "privacy keep", "privacy same", "privacy apart", "privacy ignore", "privacy reopen", "privacy replace", "privacy purge",
    "memos add", "memos edit", "memos link", "memos unlink", "memos delete", "memos export",
    "coders rename", "rounds seal", "rounds unseal", "participants invited", "audit import", "audit import-ratings", "audit rate", "audit settle",
    "chart write", "chart cite", "answers write", "triangulation judge",
    "findings add", "findings edit", "findings delete", "findings support", "findings negative", "findings remove",
    "findings judge", "findings import", "logic element", "logic configuration", "logic remove",
    "reconcile decide", "reconcile defer", "reconcile refer",
}  # fmt: skip
"""Commands that give no data; every other one reads, and prints JSON where it is asked to."""

OF_A_FILE = {"agreement data", "agreement spans", "keys", "rounds seal", "rounds unseal"}
"""Commands on a file of anybody's, or on none; no project is opened."""


def walk(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Give the words that call each command and group, with it."""
    if path:
        yield " ".join(path), command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from walk(below, (*path, name))


EVERYTHING = dict(walk(cli))
SINGLE = {path: command for path, command in EVERYTHING.items() if not isinstance(command, click.Group)}


def test_every_command_is_reached_by_walking() -> None:
    assert set(COMMANDS) <= {path.split()[0] for path in EVERYTHING}
    assert set(SINGLE) >= WRITING


@pytest.mark.parametrize("path", EVERYTHING)
def test_a_command_says_what_it_does_in_a_sentence(path: str) -> None:
    first = (EVERYTHING[path].help or "").split("\n\n")[0]
    assert first[:1].isupper()
    assert first.endswith(".")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_is_right_about_each(name: str) -> None:
    module, attribute = COMMANDS[name][0].split(":")
    assert getattr(importlib.import_module(module), attribute).name == name
    assert COMMANDS[name][1].endswith(".")


@pytest.mark.parametrize("path", SINGLE)
def test_every_option_says_what_it_is_for(path: str) -> None:
    for parameter in SINGLE[path].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            assert parameter.help.endswith("."), parameter.name
        else:
            # What an argument is follows from its name, which stands in the usage line.
            assert isinstance(parameter, click.Argument)


@pytest.mark.parametrize("path", SINGLE)
def test_what_reads_prints_json_and_what_writes_does_not_promise_to(path: str) -> None:
    has_json = any("--json" in parameter.opts for parameter in SINGLE[path].params)
    assert has_json == (path not in WRITING)


@pytest.mark.parametrize("path", [path for path in SINGLE if path not in {"demo", *OF_A_FILE}])
def test_project_and_coder_can_be_named_after_the_command_too(path: str) -> None:
    options = {option for parameter in SINGLE[path].params for option in parameter.opts}
    assert {"--project", "--coder"} <= options


@pytest.mark.parametrize("path", EVERYTHING)
def test_help_is_shown_within_a_hundred_columns_and_ends_well(shell: Shell, path: str) -> None:
    assert shell(*path.split(), "--help") == 0
    assert shell.err == ""
    assert shell.out.startswith(f"Usage: tbcp-qual {path}")
    assert max(map(len, shell.out.splitlines())) <= 100


@pytest.mark.parametrize("path", SINGLE)
def test_an_option_that_does_not_exist_is_a_matter_of_usage(shell: Shell, path: str) -> None:
    assert shell(*path.split(), "--no-such-option") == 2
    assert shell.out == ""
    assert "--no-such-option" in shell.err


@pytest.mark.parametrize("path", [path for path in SINGLE if path not in {"demo", "new", *OF_A_FILE}])
def test_a_project_that_is_not_there_is_unusable_and_is_not_made(shell: Shell, path: str) -> None:
    arguments = ["x"] * sum(p.required for p in SINGLE[path].params if isinstance(p, click.Argument))
    if path == "documents role":
        arguments = ["x", "interviewer"]
    if path == "documents stage":
        arguments = ["x", "read"]
    if path == "codes move":
        arguments = ["x", "--top"]
    if path == "findings judge":
        arguments = ["x", "low"]
    if path == "triangulation judge":
        arguments = ["x", "parent", "silence"]
    if path == "topics confirm":
        arguments = ["--proposed"]
    if path == "participants invited":
        arguments = ["x", "1"]
    required = [p for p in SINGLE[path].params if isinstance(p, click.Option) and p.required]
    arguments += [part for option in required for part in (option.opts[0], "1")]
    shell.path = shell.path.with_name("nowhere.tbcp")
    if path == "export matrix":
        arguments = ["--json"]
    code = shell(*path.split(), *arguments)
    # The screen asks for a terminal first, and a codebook is read before a project is opened.
    assert code == {"open": 2, "codes import": 3, "codebook import": 3}.get(path, 4), shell.err
    assert not shell.path.exists()
    assert 1 <= len(shell.err.splitlines()) <= 2
