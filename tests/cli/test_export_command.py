"""`tbcp-qual export`: a Word file beside the project, remarks on stderr, the matrix itself as JSON."""

import json
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from tbcp_qual.cli import cli
from tbcp_qual.cli.running import run
from tbcp_qual.coding.changes import create
from tbcp_qual.store import Project
from tbcp_qual.tasks.export import export_matrix, matrix_values, thematic_matrix
from tests.analysis.study import small_study


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The small study as a project file."""
    made = small_study()
    path = tmp_path / "study.tbcp"
    with Project.create(path, name="Study") as project:
        project.apply("made", [create(r) for r in made.everything()], coder="", texts=made.texts.values())
    return path


def command(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    monkeypatch.setattr(sys, "argv", ["tbcp-qual", *map(str, arguments)])
    return run(cli)


def test_a_matrix_is_written_and_said_on_stderr(
    study: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = study.with_name("matrix.docx")
    assert command(monkeypatch, "export", "matrix", out, "--project", study) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "2 sections, 2 tables by case, 8 quotations" in said.err
    assert str(out) in said.err
    assert len(docx.Document(str(out)).tables) == 2


def test_the_name_gets_its_ending_and_an_older_file_is_replaced(study: Path) -> None:
    with Project.open(study, read_only=True) as project:
        (study.parent / "matrix.docx").write_bytes(b"old")
        done = export_matrix(project, study.parent / "matrix", viewer="ak", rows="source type", coder="rm")
    assert done.path.name == "matrix.docx"
    assert (done.rows, done.sections, done.tables, done.quotations) == ("source type", 2, 2, 3)
    assert docx.Document(str(done.path)).tables[0].rows[1].cells[0].text.startswith("parent")


def test_json_holds_questions_themes_rows_and_every_quotation(
    study: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(monkeypatch, "export", "matrix", "-", "--json", "--project", study) == 0
    values = json.loads(capsys.readouterr().out)
    assert [q["themes"] for q in values["questions"]] == [["t-model", "t-worker"], ["t-worker", "t-trust", "t-none"]]
    assert [row["label"] for row in values["rows"]] == ["F2", "F3", "F10", "no case"]
    cell = values["rows"][0]["cells"]["t-trust"]
    assert (cell["state"], cell["passages"], cell["documents"]) == ("coded", 1, 1)
    assert cell["quotations"][0]["words"] == "I trusted her, in the end."
    assert cell["quotations"][0]["reference"] == "P1-first.2b"
    assert values["rows"][1]["cells"]["t-trust"]["state"] == "no document"
    assert [p.name for p in study.parent.iterdir()] == ["study.tbcp"]


def test_json_is_the_same_as_the_values_of_the_matrix(study: Path) -> None:
    with Project.open(study, read_only=True) as project:
        values = matrix_values(thematic_matrix(project, viewer="ak", rows="source type"))
    assert json.loads(json.dumps(values))["rows"][0]["label"] == "parent"
    assert values["coverage"]["documents"] == {"parent": 2, "practitioner": 1, "partner": 1, "case file": 1}


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        ([], 2, "Where should the matrix go?"),
        (["."], 3, "is a folder"),
        (["nowhere/matrix.docx"], 3, "There is no folder"),
        (["m.docx", "--by", "Nobody"], 2, "no coder “Nobody”"),
        (["m.docx", "--attribute", "shoes"], 2, "no case has an attribute"),
        (["study.tbcp"], 0, "study.tbcp.docx"),
        (["m.docx", "--rows", "families"], 2, "families"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    study: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    sentence: str,
) -> None:
    monkeypatch.chdir(study.parent)
    assert command(monkeypatch, "export", "matrix", *arguments) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert sentence.casefold() in said.err.casefold()
    assert "Traceback" not in said.err


def test_a_project_without_themes_is_bad_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Project.create(tmp_path / "bare.tbcp", name="Bare"):
        pass
    monkeypatch.chdir(tmp_path)
    assert command(monkeypatch, "export", "matrix", "m.docx") == 3
    assert "no themes" in capsys.readouterr().err
    assert not (tmp_path / "m.docx").exists()


def test_the_project_itself_is_never_written_over(tmp_path: Path, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = study.rename(tmp_path / "study.docx")
    before = project.read_bytes()
    assert command(monkeypatch, "export", "matrix", project, "--project", project) == 3
    assert project.read_bytes() == before


def test_help_of_the_group_loads_neither_word_nor_xml() -> None:
    code = (
        "import sys; sys.argv = ['tbcp-qual', 'export', 'matrix', '--help']\n"
        "from tbcp_qual.cli import cli; from tbcp_qual.cli.running import run\n"
        "run(cli); print([m for m in ('docx', 'lxml', 'sqlite_utils', 'textual') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "[]"
