"""Before something goes out the disclosure check speaks, and the record keeps that it went."""

import json
import sys
from pathlib import Path

import pytest

from tbcp_qual.cli import cli
from tbcp_qual.cli.running import run
from tbcp_qual.coding.changes import create
from tbcp_qual.store import Project
from tests.analysis.study import small_study


@pytest.fixture
def study(tmp_path: Path) -> Path:
    made = small_study()
    path = tmp_path / "study.tbcp"
    with Project.create(path, name="Study") as project:
        project.apply("made", [create(r) for r in made.everything()], coder="", texts=made.texts.values())
    return path


def export(monkeypatch: pytest.MonkeyPatch, study: Path, *arguments: str) -> int:
    command = ["tbcp-qual", "--project", str(study), "--coder", "RM", "export", "matrix", *arguments]
    monkeypatch.setattr(sys, "argv", command)
    return run(cli)


def made(study: Path) -> list[tuple[str, str, str]]:
    with Project.open(study, read_only=True) as project:
        return [(e.audience, e.file, e.reason) for e in project.records("export")]


def test_nothing_goes_beyond_the_team_while_the_check_has_findings(
    study: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = study.with_name("matrix.docx")
    assert export(monkeypatch, study, str(out), "--audience", "commissioner") == 1
    said = capsys.readouterr().err
    assert "rests on one family (paraphrase or suppress)" in said
    assert "Nothing was written" in said
    assert not out.exists()
    assert made(study) == []


def test_with_a_reason_it_goes_and_the_record_says_so(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = study.with_name("matrix.docx")
    assert export(monkeypatch, study, str(out), "--audience", "public", "--reason", "the families agreed") == 1
    assert out.exists()
    assert made(study) == [("public", "matrix.docx", "the families agreed")]
    with Project.open(study) as project:
        assert project.verify() == []
        assert project.history()[0].revision.undoable is False


def test_to_the_team_it_goes_and_is_kept_in_the_record(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert export(monkeypatch, study, str(study.with_name("m.docx"))) == 0
    assert made(study) == [("team", "m.docx", "")]


def test_the_matrix_as_json_is_checked_too(
    study: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(monkeypatch, study, "--json", "--audience", "public") == 1
    assert capsys.readouterr().out == ""
    assert export(monkeypatch, study, "--json", "--audience", "public", "--reason", "agreed") == 1
    assert json.loads(capsys.readouterr().out)["rows are"] == "case"


def test_whoever_lets_something_out_beyond_the_team_is_a_coder_of_the_project(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TBCP_CODER", "nobody")
    out = study.with_name("m.docx")
    command = ["tbcp-qual", "--project", str(study), "export", "matrix", str(out), "--audience", "public"]
    monkeypatch.setattr(sys, "argv", command)
    assert run(cli) == 2
    assert not out.exists()
