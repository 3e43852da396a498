"""Columns of tables on a terminal: shown as guessed, taken, changed or left out; words of a text are not shown."""

from pathlib import Path

import pytest

from tests.cli.shell import Shell, conversation
from tests.readers.making import sheet

ROWS = "{who},{text},Note,Start\nINT,And what was that like then?,x,0:01\nP07,She just sat with me that day.,y,0:05\n"


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """Three tables: two with the same columns, and one that does not say where the words are."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "P07.csv").write_text(ROWS.format(who="Who", text="Said"), "utf-8")
    (folder / "P08.csv").write_text(ROWS.format(who="Who", text="Said").replace("that day", "in May"), "utf-8")
    (folder / "P09.csv").write_text(ROWS.format(who="Who", text="Answer one").replace("that day", "in June"), "utf-8")
    return folder


def test_a_guess_is_shown_and_taken_once_for_all_tables_alike_and_another_is_changed(
    shell: Shell, tables: Path
) -> None:
    files = sorted(tables.iterdir())
    command: list[str | Path] = ["--project", shell.path, "--coder", "AK", "documents", "import", *files]
    said, code = conversation(*command, answers=["y", "c", "nonsense", "text=Answer one,speaker=Who", "y"])
    assert code == 0, said
    lines = [line.split() for line in said.splitlines()]
    assert ["Who", "speaker", "INT,", "P07"] in lines
    assert ["Said", "text", "texts", "of", "28,", "30", "characters"] in lines
    assert ["Start", "time", "0:01,", "0:05"] in lines
    assert "sat with me" not in said
    assert said.count("is taken as") == 3
    assert "--columns does not understand" in said
    listed = {document["name"]: document["turns"] for document in shell.json("documents", "list")}
    assert [listed[name] for name in ("P08", "P09")] == [2, 2]


def test_what_is_left_out_is_said_and_columns_that_are_given_are_not_asked_about(shell: Shell, tables: Path) -> None:
    command: list[str | Path] = ["--project", shell.path, "--coder", "AK", "documents", "import", tables / "P08.csv"]
    said, code = conversation(*command, answers=["l"])
    assert code == 0
    assert "what its columns hold was not confirmed" in said
    said, code = conversation(*command, "--columns", "text=Note,speaker=Who", answers=[])
    assert code == 0
    assert "is taken as" not in said
    assert "Note (text), Who (speaker)" in said


def test_without_a_terminal_a_guess_is_taken_and_said_and_what_has_none_is_refused(shell: Shell, tables: Path) -> None:
    assert shell("documents", "import", tables / "P08.csv") == 0
    assert "columns taken: Said (text), Who (speaker), Start (time)." in shell.err
    sheet(tables / "odd.xlsx", [("Ort", "Wert"), ("A", "ja"), ("B", "nein")])
    assert shell("documents", "import", tables / "odd.xlsx") == 3
    assert "There are: Ort, Wert. Say which: --columns text=Wert" in shell.err
