"""The README tells the truth: its commands exist, take these options, and run."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tbcp_qual.cli import cli

from ..conftest import REPOSITORY

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    shlex.split(line.strip())[3:]
    for block in re.findall(r"(?:^ {4,}.+\n)+", README, re.MULTILINE)
    for line in block.splitlines()
    if line.strip().startswith("uv run tbcp-qual")
]
PROGRAM = Path(sys.executable).with_name("tbcp-qual")


def test_the_two_commands_stand_in_the_readme_as_promised():
    assert "    pip install uv && uv run tbcp-qual demo\n" in README
    assert "    uv run pytest\n" in README


def test_every_command_named_in_the_readme_exists():
    named = {tuple(words.split()) for words in re.findall(r"tbcp-qual ((?:[a-z]+ ?)+)", README)}
    context = click.Context(cli)
    for words in named:
        group: click.Command = cli
        for word in words:
            if not isinstance(group, click.Group):
                break
            found = group.get_command(context, word)
            assert found is not None, f"there is no command {' '.join(words)}"
            group = found


def test_what_the_readme_links_to_is_there():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (REPOSITORY / target).exists(), target


def test_the_commands_of_the_readme_run_as_they_stand(tmp_path):
    for folder in ("codebooks", "transcripts_sample"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)
    environment = {**os.environ, "HOME": str(tmp_path), "TBCP_CODER": "AK"}
    ran = []
    for words in [["demo", "--no-open"], *COMMANDS]:
        if words[0] in ("demo", "open") and "--no-open" not in words:
            continue
        done = subprocess.run([str(PROGRAM), *words], cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, (words, done.stderr)
        ran.append(words[0])
    assert {"agreement", "verify", "history", "new", "cases", "documents", "export"} <= set(ran)
    assert (tmp_path / "exports" / "matrix by family.docx").exists()
    assert (tmp_path / "matrix.docx").exists()


@pytest.mark.parametrize("name", ["open"])
def test_opening_without_a_terminal_says_so(name, tmp_path):
    done = subprocess.run([str(PROGRAM), name, "x.tbcp"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "needs a terminal" in done.stderr
