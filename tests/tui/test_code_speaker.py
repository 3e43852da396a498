"""Coding all turns of a speaker from the palette and from the command line."""

import sys

import pytest

from tbcp_qual.cli import cli
from tbcp_qual.cli.running import run
from tbcp_qual.store import Project
from tbcp_qual.tui.dialogs.code_speaker import CodeSpeakerDialog
from tbcp_qual.tui.screens.code import CodeScreen
from tbcp_qual.tui.widgets.passages import PassageList

from .driving import coded, over
from .test_workbench import SIZES


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_all_turns_of_a_speaker_are_shown_then_coded_as_one_act(sample, size):
    sample.project.close()
    async with over(sample, size) as bench:
        offered = {command.title: command for command in bench.app.get_system_commands(bench.screen)}
        offered["Code all turns of a speaker…"].callback()
        await bench.settle()
        assert "2 turns" in bench.picture()
        await bench.press("1")
        await bench.type("mistr")
        await bench.press("enter")
        assert isinstance(bench.app.screen, CodeSpeakerDialog)
        assert "code 2 places as Mistrust" in bench.picture()
        assert len(bench.app.screen.query_one(PassageList).items) == 2
        await bench.press("d")
        assert "in all ✓" in bench.picture()
        await bench.press("d x enter")
        assert isinstance(bench.app.screen, CodeScreen)
        assert [code for _, code, *_ in bench.codings()] == ["Mistrust"]
        await bench.press("u")
        assert bench.words() == []


def typed(sample, capsys, monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["tbcp-qual", "--project", str(sample.path), "--coder", "AK", *arguments])
    code = run(cli)
    return code, capsys.readouterr()


def test_the_command_shows_first_and_applies_when_told_to(sample, capsys, monkeypatch):
    coded(sample)
    command = ["codings", "code-speaker", "p07", "Mistrust"]
    code, printed = typed(sample, capsys, monkeypatch, *command)
    assert code == 0
    assert printed.out == "P07: My midwife said. She just sat with me.\n"
    assert "1 turn would be coded; --apply does it. 1 left that touch this code already" in printed.err
    with Project.open(sample.path, read_only=True) as project:
        assert len(project.snapshot(sample.ak.id).codings) == 3
    code, printed = typed(sample, capsys, monkeypatch, *command, "--document", "P07", "--apply")
    assert code == 0
    with Project.open(sample.path, read_only=True) as project:
        assert len(project.snapshot(sample.ak.id).codings) == 4
    code, printed = typed(sample, capsys, monkeypatch, "codings", "code-speaker", "Nobody", "Mistrust")
    assert (code, printed.out) == (3, "")
    assert "Nobody speaks as “Nobody”" in printed.err
