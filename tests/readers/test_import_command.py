"""`documents import` as a person runs it: what it says of each file, `--json`, `--columns`, and being stopped."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tbcp_qual.store import Project
from tests.cli.shell import PROGRAM, Shell
from tests.conftest import Sample

from .making import MAKERS, TALK


@pytest.fixture
def shell(sample: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Commands on the sample project, as AK."""
    sample.project.close()
    return Shell(sample.path, monkeypatch, capsys)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A table whose columns could be two things, captions, and a transcript with stamps in it."""
    there = tmp_path / "in"
    there.mkdir()
    (there / "table.csv").write_text("Who,Answer,Comment\nINT,How was it then?,x\nP07,Fine.,y\n")
    MAKERS[".vtt"](there / "W01.vtt", TALK)
    (there / "P02.txt").write_text("INT: How [00:00:04] was it?\n\nP02: Fine.\n\nINT: And now?\n\nP02: Fine too.\n")
    return there


def test_the_report_says_what_was_left_out_and_how_columns_were_taken(shell: Shell, folder: Path) -> None:
    assert shell("documents", "import", folder / "P02.txt", folder / "table.csv") == 3
    assert "P02: 4 turns, 12 words; INT (interviewer), P02." in shell.err
    assert "P02: left out: time stamps inside turns (1)." in shell.err
    assert "the text could be in “Answer” and “Comment”. Say which: --columns text=Answer,speaker=Who" in shell.err
    assert shell("documents", "import", folder / "table.csv", "--columns", "text=Answer,speaker=Who") == 0
    assert "table: columns taken: Answer (text), Who (speaker)." in shell.err
    assert "table: left out: columns Comment." in shell.err
    assert shell("documents", "import", folder / "table.csv", "--columns", "Answer") == 2


def test_the_report_as_json_is_all_there_is(shell: Shell, folder: Path) -> None:
    report = shell.json("documents", "import", folder)
    assert shell.err == ""
    by_file = {Path(file["path"]).name: file for file in report["files"]}
    captions = by_file["W01.vtt"]
    assert (captions["outcome"], captions["turns"], captions["words"] > 20) == ("imported", 4, True)
    assert captions["speakers"] == [{"name": "INT", "role": "interviewer"}, {"name": "P07", "role": "participant"}]
    assert by_file["P02.txt"]["left_out"] == ["time stamps inside turns (1)"]
    assert (by_file["table.csv"]["outcome"], by_file["table.csv"]["id"]) == ("skipped", "")
    assert report["unused_rows"] == []


def test_nothing_a_terminal_would_obey_gets_out_of_a_report(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "P02.csv"
    path.write_bytes("Speaker,Text,\x1b]0;x\x07Odd\nI\x1b[31mNT,Wh\u202ey?,1\nP\x9b02,So.,2\n".encode())
    assert shell("documents", "import", path) == 0
    assert not set(shell.out + shell.err) & set("\x1b\x07\x9b\u202e")
    report = shell.json("documents", "import", path)
    assert "\x1b" not in json.dumps(report, ensure_ascii=False)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send there")
@pytest.mark.parametrize("share", [0.5, 0.8])
def test_an_interruption_leaves_the_project_as_it_was_before_the_file_in_hand(tmp_path: Path, share: float) -> None:
    project = tmp_path / "a.tbcp"
    Project.create(project, name="A").close()
    small, large = tmp_path / "P01.txt", tmp_path / "P02.txt"
    small.write_text("INT: Why?\nP01: Because.\n")
    large.write_text("".join(f"INT: What of {n}?\nP02: It was {n} and so on.\n" for n in range(6_000)))
    command = [*PROGRAM, "--project", str(project), "--coder", "AK", "documents", "import"]
    subprocess.run([*command, str(small)], check=True, capture_output=True)
    copy = tmp_path / "b.tbcp"
    copy.write_bytes(project.read_bytes())
    begun = time.monotonic()
    subprocess.run([*command, str(large), "--project", str(copy)], check=True, capture_output=True)
    whole = time.monotonic() - begun
    with subprocess.Popen([*command, str(large)], stderr=subprocess.PIPE, text=True) as running:
        time.sleep(share * whole)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert running.returncode in (0, 130, -signal.SIGINT)
    if running.returncode == 130:
        assert "nterrupted" in said
    assert "Traceback" not in said or running.returncode == -signal.SIGINT  # before the program itself had begun
    with Project.open(project) as opened:
        assert opened.verify() == []
        documents = len(opened.records("document"))
        assert len(opened.records("turn")) == (2 if documents == 1 else 12_002)
        assert documents == (2 if running.returncode == 0 else documents)
    assert [name for name in os.listdir(tmp_path) if name.endswith(("-journal", ".part"))] == []


def test_of_many_files_the_first_are_told_and_those_already_there_only_counted(shell: Shell, tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for n in range(42):
        (many / f"P{n:02}.txt").write_text(f"INT: How was it, {n}?\nP{n:02}: Good.\n", encoding="utf-8")
    assert shell("documents", "import", many) == 0
    assert shell.err.count(" turns, ") == 40
    assert "… and 2 more; `tbcp-qual documents speakers`" in shell.err
    assert shell("documents", "import", many) == 0
    assert "Skipped 42 files whose text is in the project already" in shell.err
    assert len(shell.err.splitlines()) == 2
