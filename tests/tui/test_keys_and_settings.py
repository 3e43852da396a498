"""Keys and settings of a person's own: what holds, what `?` shows, and what is left out with a sentence."""

import json
from pathlib import Path

import platformdirs
import pytest

from tbcp_qual.cli import cli
from tbcp_qual.cli.running import run
from tbcp_qual.tui.dialogs.help import HelpDialog
from tbcp_qual.tui.keys import listed, normalised, read_keymap
from tbcp_qual.tui.settings import Settings, read_settings
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import LineList

from .driving import over


def folder() -> Path:
    made = Path(platformdirs.user_config_dir("tbcp-qual", appauthor=False))
    made.mkdir(parents=True, exist_ok=True)
    return made


def keys(text: str) -> None:
    (folder() / "keys.toml").write_text(text, encoding="utf-8")


def settings(text: str) -> None:
    (folder() / "settings.toml").write_text(text, encoding="utf-8")


async def test_a_key_of_ones_own_works_and_the_usual_one_no_more(sample):
    keys('"code.undo" = "ctrl+z, backspace"\ntranscript.turn.next = "h"\nmode.C = "Q"\n')
    sample.project.close()
    async with over(sample) as bench:
        await bench.press("h s 1")
        assert bench.words() == [("My midwife said.", "Key worker")]
        assert bench.said().endswith("· ctrl+z undo")
        await bench.press("u")
        assert len(bench.words()) == 1
        await bench.press("ctrl+z")
        assert bench.words() == []
        await bench.press("question_mark")
        assert isinstance(bench.app.screen, HelpDialog)
        lines = [line.text for line in bench.app.screen.query_one("#found", LineList).lines]
        assert any(line.startswith("ctrl+z backspace") and "Take back" in line for line in lines)
        await bench.press("escape")
        await bench.press("B")
        assert "Q code  ? help" in bench.app.screen.query_one("#said", Bar).right
        await bench.press("Q")
        offered = {c.title: c.help for c in bench.app.get_system_commands(bench.screen)}
        assert offered["Undo"].endswith("(ctrl+z)") or offered["Undo"].endswith("(backspace)")


@pytest.mark.parametrize(
    ("text", "left_out", "kept"),
    [
        ("not toml at all", "cannot be read", {}),
        ('"code.undo" = "ctrl+z"\n"code.nonsense" = "q"', "code.nonsense is no key of the workbench", {"code.undo"}),
        ('"code.undo" = "hyper+z"', "code.undo has no key", {}),
        ('"code.undo" = 7', "code.undo has no key", {}),
        ('"code.undo" = "c"', "Undo (code.undo) cannot have c, which stays with Code the selection (code.pick)", {}),
        (
            '"code.undo" = "s"',
            "Undo (code.undo) cannot have s, which stays with Select sentence (transcript.select.sentence)",
            {},
        ),
        ('"code.undo" = "c"\n"code.pick" = "k"', "", {"code.undo", "code.pick"}),
    ],
)
def test_what_does_not_fit_is_left_out_and_said_in_one_remark(text, left_out, kept):
    keys(text)
    keymap, remark = read_keymap()
    assert set(keymap) == set(kept)
    assert left_out in remark
    assert bool(remark) == bool(left_out)


async def test_a_bad_file_is_said_on_the_first_screen_and_all_works(sample):
    keys("[[[")
    settings("theme = 'neon'\nlook_every = 30\n")
    sample.project.close()
    async with over(sample) as bench:
        await bench.pilot.pause(0.2)
        assert "Left out of settings.toml: theme." in bench.said()
        assert "keys.toml in" in bench.said()
        await bench.press("ctrl+down s 1 u")
        assert bench.words() == []


def test_keys_are_read_as_people_write_them():
    assert normalised("ctrl+z, !") == "ctrl+z,exclamation_mark"
    assert normalised(",") == "comma"
    assert normalised("+") == "plus"
    assert normalised("no such key") == ""


def test_every_key_is_listed_once_with_a_sentence():
    found = listed({"code.undo": "ctrl+z"})
    assert len({named.id for named in found}) == len(found) > 100
    assert all(named.does and named.keys for named in found)
    assert next(named for named in found if named.id == "code.undo").keys == ("ctrl+z",)


def test_the_command_lists_keys_for_people_and_for_programs(capsys, monkeypatch):
    keys('"code.undo" = "ctrl+z"')
    monkeypatch.setattr("sys.argv", ["tbcp-qual", "keys", "--json"])
    assert run(cli) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["keys"] for row in rows if row["yours"]] == [["ctrl+z"]]
    monkeypatch.setattr("sys.argv", ["tbcp-qual", "keys"])
    assert run(cli) == 0
    printed = capsys.readouterr()
    assert "ctrl+z *" in printed.out
    assert "keys.toml" in printed.err


async def test_settings_are_honoured(sample):
    settings("coder = 'AK'\ntheme = 'daylight'\nlook_every = 30\ntour = false\n")
    sample.project.close()
    async with over(sample) as bench:
        assert bench.app.theme == "daylight"
        assert bench.app.settings == Settings(theme="daylight", look_every=30.0, tour=False)
        await bench.press("ctrl+t")
    async with over(sample) as bench:
        assert bench.app.theme == "evening"


def test_a_setting_that_does_not_fit_is_named_and_the_others_hold():
    settings("look_every = 0\ntour = 1\ntheme = 'daylight'\ncolour = 'red'\n")
    found, remark = read_settings()
    assert found == Settings(theme="daylight")
    assert remark.startswith("Left out of settings.toml: look_every, tour, colour.")
