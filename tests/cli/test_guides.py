"""What the guides tell people to type exists: commands, and the options given to them."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tbcp_qual.cli import cli

DOCS = Path(__file__).resolve().parents[2] / "docs"
GUIDES = sorted(DOCS.glob("*.md"))


def commands(text: str) -> Iterator[list[str]]:
    """Give the words of each command in a guide, the program's name left out."""
    for line in text.splitlines():
        if line.startswith("    tbcp-qual ") or line.startswith("    uv run tbcp-qual "):
            said = line.split("tbcp-qual ", 1)[1]
            yield shlex.split(said, comments=True)
    for said in re.findall(r"`tbcp-qual ([^`]+)`", text):
        yield shlex.split(said.replace("…", ""))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_a_guide_names_only_commands_and_options_that_exist(guide: Path) -> None:
    for words in commands(guide.read_text(encoding="utf-8")):
        command: click.Command = cli
        rest = list(words)
        while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
            below = command.get_command(click.Context(command), rest[0])
            if below is None:
                break
            command = below
            rest.pop(0)
        assert command is not cli, f"{guide.name}: {' '.join(words)}"
        known = {option for parameter in command.params for option in parameter.opts + parameter.secondary_opts}
        given = {word for word in rest if word.startswith("--") and len(word) > 2}
        assert given <= known | {"--help", "--version"}, f"{guide.name}: {' '.join(words)}"


def test_the_guides_are_there() -> None:
    assert {"documents.md", "privacy.md", "methods.md"} <= {path.name for path in GUIDES}
