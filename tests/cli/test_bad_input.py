"""What people hand in by mistake: a sentence and the right exit code, and no words of a transcript in it."""

import os
from pathlib import Path

import pytest

from tests.cli.shell import Shell, process

HEADER = "document,turn,quotation,code,memo,negative\n"
WORDS = "She just sat with me and it was not for the form and nobody wrote anything down about what I had told her."


def test_a_file_name_that_is_no_unicode_goes_in(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    names = (b"\xff\xfe.txt", b"new\nline.txt", b"es\x1b[31mc.txt", "emoji 😀.txt".encode(), b"-dash.txt", b" .txt")
    for n, name in enumerate(names):
        try:
            Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(f"INT: Question {n}?\nP01: Answer {n}.\n")
        except OSError:
            pytest.skip("this file system takes no such names")
    assert shell("documents", "import", folder) == 0
    listed = shell.json("documents", "list")
    assert len(listed) == 1 + len(names)
    assert {"new line", "emoji 😀"} <= {document["name"] for document in listed}
    assert shell("verify") == 0


def test_what_is_given_on_the_command_line_becomes_one_clean_line(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "P01.txt"
    path.write_text("INT: One?\nP01: Two.\n")
    given = ["--source-type", "par\x1bent\n", "--time-point", "fir\udcffst", "--case", " F\x0701 ", "--case", " "]
    assert shell("documents", "import", path, *given) == 0
    (document,) = [document for document in shell.json("documents", "list") if document["name"] == "P01"]
    assert (document["source_type"], document["cases"]) == ("parent", ["F01"])
    assert document["time_point"] == "fir\ufffdst"


@pytest.mark.parametrize("command", [["codings", "import"], ["cases", "import"], ["codes", "import"]], ids=" ".join)
@pytest.mark.parametrize(
    "text", [f"{WORDS}\n{WORDS}\n", f"INT: {WORDS}\nP07: {WORDS}\n", f"{WORDS}: yes\n{WORDS}: no\n"]
)
def test_a_transcript_in_the_place_of_a_table_is_refused_without_its_words(
    shell: Shell, tmp_path: Path, command: list[str], text: str
) -> None:
    path = tmp_path / "transcript.txt"
    path.write_text(text)
    assert shell(*command, path) == 3
    assert "sat with me" not in shell.out + shell.err
    assert shell("documents", "import", path, "--details", path) == 3
    assert "sat with me" not in shell.out + shell.err


@pytest.mark.parametrize(
    "row",
    [
        f'"{WORDS}",2,sat,Mistrust,,',
        f'P07,2,sat,"{WORDS}",,',
        f'P07,"{WORDS}",sat,Mistrust,,',
        f'P07,2,"{WORDS}",Mistrust,,',
        f'P07,2,sat,Mistrust,,"{WORDS}"',
        f"P07,2,sat,Mistrust,,{WORDS},",
    ],
)
def test_cells_in_the_wrong_column_are_not_repeated(shell: Shell, tmp_path: Path, row: str) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f"{HEADER}{row}\n")
    assert shell("codings", "import", path) == 3
    assert "line 2" in shell.err
    assert "sat with me" not in shell.err


def test_a_turn_number_of_five_thousand_digits_is_no_turn(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f"{HEADER}P07,{'9' * 5000},sat,Mistrust,,\n")
    assert shell("codings", "import", path) == 3
    assert "no turn of 5000 characters" in shell.err


def test_a_missing_column_names_the_one_that_was_meant(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("document,quotations,code\nP07,sat,Mistrust\n")
    assert shell("codings", "import", path) == 3
    assert "Is “quotations” meant?" in shell.err


def test_one_unreadable_path_does_not_keep_the_others_out(shell: Shell, tmp_path: Path) -> None:
    closed, good = tmp_path / "closed.txt", tmp_path / "P01.txt"
    for path in (closed, good):
        path.write_text(f"INT: {path.stem}?\nP01: Two.\n")
    closed.chmod(0)
    if os.access(closed, os.R_OK):
        closed.unlink()  # whoever runs this may read everything
    assert shell("documents", "import", closed, good) == 3
    assert "1 document imported, 1 refused." in shell.err


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
def test_only_their_owner_can_read_projects_and_nothing_is_left_beside_them(tmp_path: Path) -> None:
    transcript = tmp_path / "P01.txt"
    transcript.write_text("INT: One?\nP01: Two.\n")
    umask = os.umask(0)
    try:
        assert process("new", "a.tbcp", "--coder", "AK", folder=tmp_path).returncode == 0
        assert process("documents", "import", transcript, "--coder", "AK", folder=tmp_path).returncode == 0
        assert process("verify", folder=tmp_path).returncode == 0
    finally:
        os.umask(umask)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["P01.txt", "a.tbcp"]
    assert (tmp_path / "a.tbcp").stat().st_mode & 0o777 == 0o600


def test_a_demo_that_is_interrupted_leaves_nothing_behind(tmp_path: Path) -> None:
    from tbcp_qual.tasks.demo import build_demo

    def interrupt(done: int, total: int, name: str) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_demo(tmp_path, said=lambda _: None, progress=interrupt)
    assert list(tmp_path.iterdir()) == []
