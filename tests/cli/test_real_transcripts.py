"""The whole way with the 25 real transcripts that lie beside the repository: imported, coded by two, compared, exported.

What is quoted is found in the texts when the test runs; none of their words stand here.
"""

import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document as Word

from tbcp_qual.cli import cli
from tbcp_qual.cli.running import run
from tbcp_qual.store import Project
from tbcp_qual.tasks.codings import import_codings
from tests.cli.shell import PROGRAM, Shell

BOOK = """
questions:
  - {key: "1", short: Review, text: "How do they go about a review?"}
  - {key: "2", short: Helps, text: "What helps them?"}
codes:
  - name: Reading
    codes: [{name: Tests, brief: What they do with tests}, {name: Naming, brief: What they make of names}]
  - {name: Understanding, brief: How they come to see what is meant}
  - {name: Asking, brief: Asking whoever wrote it}
themes:
  - {name: How it is read, questions: ["1"], codes: [Reading, Tests, Naming]}
  - {name: Sense, questions: ["1", "2"], codes: [Understanding, Asking]}
"""
SOUGHT = {"Tests": "test", "Naming": "nam(?:e|ing)", "Understanding": "understand", "Asking": "ask"}
"""What each code is placed on: sentences in which such a word is found."""
BOTH = ("P10R3", "P8R2", "P4R2", "P2R1")
"""Documents that two people code; three dialogues, and notes without a speaker."""


@pytest.fixture
def shell(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shell:
    """Commands on a project with the 25 transcripts."""
    book = tmp_path / "book.yaml"
    book.write_text(BOOK)
    made = Shell(tmp_path / "real.tbcp", monkeypatch, capsys)
    monkeypatch.setattr(sys, "argv", ["tbcp-qual", "new", str(made.path), "--codebook", str(book), "--coder", "AK"])
    assert run(cli) == 0
    assert made("documents", "import", shared_data / "transcripts" / "code_review") == 0
    return made


def coded(shell: Shell, path: Path, *, every: int) -> Path:
    """Write codings as a person would: of the sentences of a document that fit a code, every so-manieth."""
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["document", "turn", "quotation", "code", "memo", "negative"])
        for name in BOTH:
            sentences = [
                (turn["turn"], sentence)
                for turn in shell.json("documents", "show", name)["turns"]
                if turn["role"] != "interviewer"
                for sentence in re.split(r"(?<=[.?!])\s+|\n+", turn["words"])
                if turn["words"].count(sentence) == 1
            ]
            for code, word in SOUGHT.items():
                fitting = [(number, sentence) for number, sentence in sentences if re.search(word, sentence, re.I)]
                table.writerows([name, number, sentence, code, "", ""] for number, sentence in fitting[::every])
    return path


def test_the_transcripts_become_speakers_turns(shell: Shell) -> None:
    listed = shell.json("documents", "list")
    assert len(listed) == 25
    dialogue = shell.json("documents", "show", "P10R3")["turns"]
    heard = [turn["speaker"] for turn in dialogue if turn["speaker"]]
    assert (heard.count("I"), heard.count("P10")) == (21, 21)
    assert {turn["role"] for turn in dialogue if turn["speaker"] == "I"} == {"interviewer"}
    assert shell("verify") == 0


def test_two_people_code_them_and_are_compared_and_exported(shell: Shell, tmp_path: Path) -> None:
    first, second = (coded(shell, tmp_path / f"{n}.csv", every=n) for n in (1, 2))
    assert shell("codings", "import", first, "--done") == 0, shell.err
    other = tmp_path / "copy.tbcp"
    shutil.copy(shell.path, other)
    with Project.open(other) as project:
        from tbcp_qual.tasks.coders import ensure_coder

        coder = ensure_coder(project, "RM")
        brought = import_codings(project, second, coder=coder.id, done=True)
    assert brought.added > 10
    assert shell("agreement") == 1
    assert "Nobody but AK" in shell.err
    assert shell.json("merge", other)["by_coder"]["RM"] == 1

    listed = shell.json("codings", "list")
    mine = [coding for coding in listed if coding["coder"] == "AK"]
    theirs = [coding for coding in listed if coding["coder"] == "RM"]
    assert len(theirs) == brought.added < len(mine)
    for coding in listed:
        assert re.search(SOUGHT[coding["code"].split(" > ")[-1]], coding["words"], re.I)

    for unit in ("turn", "sentence", "character"):
        (pair,) = shell.json("agreement", "--unit", unit)["pairs"]
        assert pair["coders"] == ["AK", "RM"]
        assert sorted(pair["documents"]) == sorted(BOTH)
        overall = pair["overall"]
        assert overall["second_only"] == 0  # RM coded every other one of what AK coded
        assert 0 < overall["statistics"]["krippendorff_alpha"]["value"] < 1
        assert overall["statistics"]["cohen_kappa"]["value"] > 0

    assert shell("export", "matrix", tmp_path / "matrix.docx") == 0
    words = Word(str(tmp_path / "matrix.docx"))
    written = "\n".join(paragraph.text for paragraph in words.paragraphs)
    assert "How do they go about a review?" in written
    longest = max((coding["words"] for coding in mine), key=len)
    everything = "".join(node.text or "" for node in words.element.iter() if node.tag.endswith("}t"))
    assert " ".join(longest.split())[:80] in " ".join(everything.split())
    reported(shell, tmp_path, [coding for coding in mine if coding["document"] != "P2R1"][:3])  # P2R1 is for paraphrase
    assert shell("verify") == 0
    assert shell("undo", coder="RM") == 0
    assert shell("verify") == 0


def reported(shell: Shell, folder: Path, cited: list[dict[str, str]]) -> None:
    """Write the report for each audience, and find each quotation of it word for word in its text."""
    assert shell("findings", "add", "Tests are read first.", "--question", "1", "--theme", "How it is read") == 0
    assert shell("findings", "support", "1", *(f"{one['document']}: {one['words']}" for one in cited)) == 0, shell.err
    assert shell("answers", "write", "1", "Mostly by way of the tests.", "--confidence", "moderate") == 0
    with Project.open(shell.path, read_only=True) as project:
        now = project.snapshot(project.records("coder")[0].id)
        texts = [" ".join(text.split()) for text in now.texts.values()]
    for audience in ("team", "steering", "commissioner", "public"):
        path = folder / f"{audience}.docx"
        assert shell("export", "report", path, "--audience", audience, "--reason", "A trial.") in (0, 1), shell.err
        quoted = [
            said[1]
            for paragraph in Word(str(path)).paragraphs
            if paragraph.style is not None
            and paragraph.style.name == "Quotation"
            and (said := re.match("“(.+?)(?: \\[…\\])?”", " ".join(paragraph.text.split())))
        ]
        assert len(quoted) >= len(cited)
        assert [words for words in quoted if not any(words in text for text in texts)] == [], audience


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send there")
def test_an_import_that_is_interrupted_keeps_what_was_finished_and_goes_on_later(
    shared_data: Path, tmp_path: Path
) -> None:
    import signal
    import time

    folder = shared_data / "transcripts" / "code_review"
    path = tmp_path / "later.tbcp"
    subprocess.run([*PROGRAM, "new", str(path), "--coder", "AK"], check=True, capture_output=True)
    command = [*PROGRAM, "--project", str(path), "--coder", "AK", "documents", "import", str(folder)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        until = time.monotonic() + 30
        with Project.open(path, read_only=True) as project:
            while not project.records("document") and time.monotonic() < until:
                time.sleep(0.005)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert running.returncode in (0, 130)  # 0 where all of it was quicker than the signal
    assert "Traceback" not in said
    with Project.open(path) as project:
        assert project.verify() == []
        kept = len(project.records("document"))
    assert kept >= 1
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert again.returncode == 0
    assert f"{25 - kept} document" in again.stderr.splitlines()[-1]
    with Project.open(path, read_only=True) as project:
        assert (len(project.records("document")), project.verify()) == (25, [])
