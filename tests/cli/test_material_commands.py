"""`documents`, `cases`, `codes` and `codings`: data on stdout, remarks on stderr, exit codes as promised."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tbcp_qual.store import Project
from tests.cli.shell import Shell
from tests.conftest import Sample

PROGRAM = [sys.executable, "-c", "from tbcp_qual.cli import main; main()"]


@pytest.fixture
def shell(sample: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    sample.project.close()
    return Shell(sample.path, monkeypatch, capsys)


@pytest.fixture
def transcripts(tmp_path: Path) -> Path:
    """A folder with two good files, a bad one, and one of another kind."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "P02.txt").write_text("[00:00:05] INT: How was it?\n\nP02: Fine.\n\nINT: And now?\n\nP02: Fine too.\n")
    (folder / "P03.txt").write_text("Speaker 1: Hello?\nSpeaker 2: Yes.\nSpeaker 1: So.\n")
    (folder / "bad.txt").write_bytes(bytes(100))
    (folder / "film.mp4").write_bytes(b"x")
    return folder


def test_an_import_says_what_became_of_each_file(shell: Shell, transcripts: Path) -> None:
    assert shell("documents", "import", transcripts) == 3
    assert shell.out == ""
    assert "P02: 4 turns, 13 words; INT (interviewer), P02." in shell.err
    assert "P03: no label is an interviewer's" in shell.err
    assert "bad.txt is not text" in shell.err
    assert "1 file of the kind .mp4" in shell.err
    assert "2 documents imported, 1 refused." in shell.err
    (transcripts / "bad.txt").unlink()
    assert shell("documents", "import", transcripts) == 0
    assert "in the project already, as “P02”" in shell.err


def test_details_for_files_not_given_leave_something_open(shell: Shell, transcripts: Path) -> None:
    details = transcripts.parent / "details.csv"
    details.write_text("file,name,source type,time point,cases\nP02.txt,Second,parent,first,F02\nP09.txt,,,,\n")
    assert shell("documents", "import", transcripts / "P02.txt", "--details", details) == 1
    assert "on line 3" in shell.err
    assert "New cases: F02." in shell.err
    listed = {document["name"]: document for document in shell.json("documents", "list")}
    assert listed["Second"]["cases"] == ["F02"]
    assert (listed["Second"]["source_type"], listed["Second"]["time_point"]) == ("parent", "first")


def test_a_folder_without_documents_is_bad_input(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    assert shell("documents", "import", tmp_path / "none") == 3
    assert "no documents" in shell.err
    assert shell("documents", "import") == 2


def test_documents_are_shown_turn_by_turn(shell: Shell, transcripts: Path) -> None:
    shell("documents", "import", transcripts / "P02.txt")
    shown = shell.json("documents", "show", "p02")
    assert [(t["turn"], t["speaker"], t["role"], t["time"], t["words"]) for t in shown["turns"]][:2] == [
        (1, "INT", "interviewer", 5.0, "How was it?"),
        (2, "P02", "participant", None, "Fine."),
    ]
    assert shell("documents", "show", "P02") == 0
    assert "   1  INT (interviewer) 0:00:05\n      How was it?\n" in shell.out
    assert shell("documents", "show", "P20") == 2
    assert "“P02”" in shell.err


def test_roles_and_done_marks_are_set(shell: Shell, transcripts: Path) -> None:
    shell("documents", "import", transcripts / "P03.txt")
    assert shell("documents", "role", "Speaker 1", "interviewer", "--document", "P03") == 0
    assert "2 turns changed, in 1 document" in shell.err
    roles = {turn["speaker"]: turn["role"] for turn in shell.json("documents", "show", "P03")["turns"]}
    assert roles == {"Speaker 1": "interviewer", "Speaker 2": "participant"}
    assert shell("documents", "done", "P03", "P07") == 0
    assert [d["done_by"] for d in shell.json("documents", "list")] == [["AK"], ["AK"]]
    assert shell("documents", "done", "P03", "--undo") == 0
    assert shell("documents", "done", "P03", "--undo") == 0
    assert "Nothing to change" in shell.err
    assert shell("undo") == 0
    assert shell("undo") == 0
    assert [d["done_by"] for d in shell.json("documents", "list")] == [[], []]


def test_cases_come_from_a_table(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "cohort.csv").write_text("case,need\nF01,acute\nF02,\n")
    assert shell("cases", "import", tmp_path / "cohort.csv") == 0
    assert "2 new cases" in shell.err
    assert "1 missing" in shell.err
    listed = shell.json("cases", "list")
    assert [(case["case"], case["attributes"]) for case in listed] == [("F01", {"need": "acute"}), ("F02", {})]
    (tmp_path / "cohort.csv").write_text("case,need\nF01\n")
    assert shell("cases", "import", tmp_path / "cohort.csv") == 3
    assert "line 2" in shell.err


def test_codes_are_added_renamed_moved_retired_restored_and_merged(shell: Shell) -> None:
    def tree() -> list[str]:
        return [code["path"] for code in shell.json("codes", "list")]

    assert shell("codes", "add", "Warmth", "--under", "Key worker", "--brief", "Felt as kind") == 0
    assert shell("codes", "add", "Warmth", "--under", "Key worker") == 2
    assert shell("codes", "rename", "warmth", "Kindness") == 0
    assert "“Warmth” touches 0 codings" in shell.err
    assert tree() == ["Key worker", "Key worker > Kindness", "Being listened to", "Mistrust"]
    assert shell("codes", "move", "Kindness") == 2
    assert shell("codes", "move", "Kindness", "--top") == 0
    assert shell("codes", "move", "Mistrust", "--under", "Kindness") == 0
    assert tree() == ["Key worker", "Being listened to", "Kindness", "Kindness > Mistrust"]
    assert shell("codes", "move", "Kindness", "--under", "Mistrust") == 5
    assert shell("codes", "retire", "Kindness") == 0
    assert "1 code below" in shell.err
    assert tree() == ["Key worker", "Being listened to"]
    assert len(json.loads(shell.out)) == 2
    assert shell("codes", "list", "--retired") == 0
    assert "Mistrust" in shell.out
    assert shell("codes", "restore", "Kindness > Mistrust") == 0
    assert shell("codes", "merge", "Key worker", "Kindness") == 0
    assert tree() == ["Being listened to", "Kindness", "Kindness > Mistrust"]
    for _ in range(7):
        assert shell("undo") == 0
    assert tree() == ["Key worker", "Being listened to", "Mistrust"]


def test_a_codebook_is_imported_and_what_differs_is_said(shell: Shell, tmp_path: Path) -> None:
    book = tmp_path / "book.yaml"
    book.write_text("codes:\n  - name: Key worker\n    brief: Other words\n  - name: Newer\n")
    assert shell("codes", "import", book) == 1
    assert "code “Key worker” differs in: brief" in shell.err
    assert "1 code, 0 themes" in shell.err
    book.write_text("codes:\n  - nmae: Newer\n")
    assert shell("codes", "import", book) == 3
    assert "book.yaml, line 2: `nmae` is no key here." in shell.err
    assert "Is “name” meant?" in shell.err


def test_a_faulty_codebook_leaves_no_project_behind(shell: Shell, tmp_path: Path) -> None:
    book = tmp_path / "book.yaml"
    book.write_text("codes:\n\t- name: a\n")
    assert shell("new", tmp_path / "fresh.tbcp", "--codebook", book) == 3
    assert "line 2" in shell.err
    assert not (tmp_path / "fresh.tbcp").exists()


def test_codings_come_from_a_table_and_are_listed(shell: Shell, tmp_path: Path) -> None:
    table = tmp_path / "codings.csv"
    table.write_text(
        "document,turn,quotation,code,memo,negative\n"
        "P07,2,My midwife said.,Key worker,first to tell,\n"
        "P07,3,My midwife said.,Key worker,,\n"
    )
    assert shell("codings", "import", table) == 3
    assert "codings.csv, line 3: The words quoted are not in turn 3" in shell.err
    assert shell.json("codings", "list") == []
    assert shell("codings", "import", table, "--skip-bad", "--done") == 1
    assert "Marked done: P07." in shell.err
    assert [(c["label"], c["code"], c["coder"], c["memo"]) for c in shell.json("codings", "list", "--by", "AK")] == [
        ("P07, parent, turn 2", "Key worker", "AK", "first to tell")
    ]
    assert shell("codings", "list", "--code", "Key worker") == 0
    assert "My midwife said." in shell.out
    assert shell("codings", "list", "--by", "nobody") == 2
    assert shell("codings", "import", tmp_path / "none.csv") == 3
    assert [code["codings"] for code in shell.json("codes", "list")] == [1, 0, 0]


def test_progress_is_drawn_on_a_terminal_and_nowhere_else(tmp_path: Path, transcripts: Path) -> None:
    path = tmp_path / "x.tbcp"
    Project.create(path, name="X").close()
    command = [*PROGRAM, "--project", str(path), "documents", "import", str(transcripts)]
    piped = subprocess.run(command, capture_output=True, text=True, check=False)
    assert piped.returncode == 3
    assert "\r" not in piped.stderr
    assert piped.stdout == ""
    main, side = pytest.importorskip("pty").openpty()
    drawn = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=side)
    os.close(side)
    seen = b""
    while True:
        try:
            more = os.read(main, 4096)
        except OSError:
            break
        if not more:
            break
        seen += more
    assert drawn.wait() == 3
    assert b"Importing [" in seen
