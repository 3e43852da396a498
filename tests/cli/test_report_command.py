"""The command that writes the report: what it says, what it refuses, what it keeps in the record."""

from pathlib import Path

import docx
import pytest

from tbcp_qual.store import Project
from tests.cli.shell import Shell
from tests.writers.reported import reported


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    with reported(tmp_path) as (project, _):
        path = project.path
    return Shell(path, monkeypatch, capsys)


def made(shell: Shell) -> list[tuple[str, str, str]]:
    with Project.open(shell.path, read_only=True) as project:
        return [(e.what, e.audience, e.file) for e in project.records("export")]


def test_the_team_s_report_is_written_and_kept_in_the_record(report: Shell) -> None:
    out = report.path.with_name("full")
    assert report("export", "report", out, coder="RM") == 0
    assert "full.docx: " in report.err
    assert "finding 2 says “impact”: without a comparison group it is change or promise" in report.err
    assert "Visits came" in "".join(c.text for t in docx.Document(str(out) + ".docx").tables for c in t._cells)
    assert made(report) == [("report", "team", "full.docx")]


def test_beyond_the_team_a_reason_is_asked_where_the_check_finds_something(report: Shell) -> None:
    out = report.path.with_name("r.docx")
    assert report("export", "report", out, "--audience", "commissioner", coder="RM") == 1
    assert "few families: finding 1" in report.err
    assert "Nothing was written" in report.err
    assert not out.exists()
    assert report("export", "report", out, "--audience", "commissioner", "--reason", "agreed", coder="RM") == 1
    assert made(report) == [("report", "commissioner", "r.docx")]


def test_the_report_is_printed_as_json_too(report: Shell) -> None:
    told = report.json("export", "report", report.path.with_name("r.docx"), "--part", "answers", coder="RM")
    assert [part["part"] for part in told["parts"]] == ["answers"]
    assert any("Most families, once a worker stays." in str(block) for block in told["parts"][0]["blocks"])


def test_what_cannot_be_is_said_in_a_sentence(report: Shell, tmp_path: Path) -> None:
    assert report("export", "report", "r.docx", "--part", "summary", coder="RM") == 2
    assert "No part of the report is called “summary”" in report.err
    bad = tmp_path / "house.docx"
    bad.write_bytes(b"PK")
    assert report("export", "report", tmp_path / "r.docx", "--template", bad, coder="RM") == 3
    assert report("export", "report", tmp_path / "r.docx", "--template", tmp_path / "none.docx", coder="RM") == 3
    assert report("export", "report", tmp_path / "no" / "r.docx", coder="RM") == 3
    assert made(report) == []
