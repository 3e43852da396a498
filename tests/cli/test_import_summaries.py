"""Back from Word: each edited text to its record, as one act that can be undone; conflicts stay for a person."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from tbcp_qual.store import Project
from tests.cli.shell import Shell
from tests.writers.reported import ANSWER, FINDING, SUMMARY, reported

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    with reported(tmp_path) as (project, _):
        path = project.path
    shell = Shell(path, monkeypatch, capsys)
    assert shell("export", "report", tmp_path / "r.docx", coder="RM") == 0
    return shell


def edited(path: Path, **texts: str) -> Path:
    """Change texts of a report as an author would: the words within the bookmark that carries the id."""
    document = docx.Document(str(path))
    for what, words in texts.items():
        paragraph = holding(document, what)
        runs = list(paragraph.iter(qn("w:t")))
        runs[0].text = words
        for run in runs[1:]:
            run.text = ""
    document.save(str(path))
    return path


def holding(document: Any, what: str) -> Any:
    ids = {"summary": SUMMARY, "finding": FINDING, "answer": ANSWER, "caveats": ANSWER}
    name = f"tbcp_{what}_{ids[what]}"[:40]
    marks = [m for m in document.element.body.iter(qn("w:bookmarkStart")) if m.get(qn("w:name")) == name]
    return marks[0].getparent()


def texts(path: Path) -> tuple[str, str, str, str]:
    with Project.open(path, read_only=True) as project:
        now = project.snapshot("ak", [])
        summary = next(s for s in project.snapshot("ak").summaries if s.id == SUMMARY)
        finding = next(f for f in now.findings if f.id == FINDING)
        answer = next(a for a in now.answers if a.id == ANSWER)
    return summary.words, finding.statement, answer.words, answer.caveats


def test_an_untouched_report_brings_nothing(team: Shell, tmp_path: Path) -> None:
    assert team("import", "summaries", tmp_path / "r.docx", coder="RM") == 0
    assert "none was changed in the file" in team.err


def test_changed_texts_go_to_their_records_as_one_act_that_can_be_undone(team: Shell, tmp_path: Path) -> None:
    before = texts(team.path)
    new = ("Visits came weekly.", "One worker who stays is named first.", "Nearly all.", "Two councils.")
    file = edited(tmp_path / "r.docx", summary=new[0], finding=new[1], answer=new[2], caveats=new[3])
    assert team("import", "summaries", file, coder="RM") == 1
    assert "summary F2 × A worker" in team.out
    assert "[-One council.-] {+Two councils.+}" in team.out
    assert texts(team.path) == before
    assert team("import", "summaries", file, "--yes", coder="RM") == 0
    assert texts(team.path) == new
    assert team("import", "summaries", file, coder="RM") == 0
    assert team("undo", coder="RM") == 0
    assert texts(team.path) == before


def test_only_what_is_named_is_accepted(team: Shell, tmp_path: Path) -> None:
    before = texts(team.path)
    file = edited(tmp_path / "r.docx", summary="Weekly.", finding="A worker who stays.")
    told = team.json("import", "summaries", file, coder="RM", code=1)["differences"]
    one = next(edit["id"] for edit in told if edit["what"] == "finding 1")
    assert team("import", "summaries", file, "--only", one, coder="RM") == 1
    assert texts(team.path) == (before[0], "A worker who stays.", *before[2:])
    assert team("import", "summaries", file, "--only", "nobody", coder="RM") == 2


def test_what_was_changed_here_meanwhile_is_a_conflict_and_taken_only_by_name(team: Shell, tmp_path: Path) -> None:
    file = edited(tmp_path / "r.docx", answer="From Word.", caveats="Also from Word.")
    assert team("answers", "write", "2", "Written here.", coder="RM") == 0
    told = team.json("import", "summaries", file, "--yes", coder="RM", code=1)["differences"]
    by_what = {edit["what"]: edit for edit in told}
    conflict = by_what["answer to question 2"]
    assert (conflict["conflict"], conflict["taken"]) == (True, False)
    assert (conflict["here"], conflict["there"]) == ("Written here.", "From Word.")
    assert by_what["caveats to question 2"]["taken"]
    assert texts(team.path)[2:] == ("Written here.", "Also from Word.")
    assert team("import", "summaries", file, "--only", conflict["id"], coder="RM") == 0
    assert texts(team.path)[2] == "From Word."


def test_a_text_that_went_in_again_here_as_in_the_file_is_no_difference(team: Shell, tmp_path: Path) -> None:
    file = edited(tmp_path / "r.docx", answer="The same words.")
    assert team("answers", "write", "2", "The same words.", coder="RM") == 0
    assert team("import", "summaries", file, coder="RM") == 0


def test_a_paragraph_added_below_and_tracked_changes_are_read(team: Shell, tmp_path: Path) -> None:
    path = tmp_path / "r.docx"
    document = docx.Document(str(path))
    paragraph = holding(document, "answer")
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val"))
    paragraph.append(
        parse_xml(
            f'<w:ins xmlns:w="{W}" w:id="9" w:author="x"><w:r><w:t xml:space="preserve"> Added.</w:t></w:r></w:ins>'
        )
    )
    paragraph.append(
        parse_xml(f'<w:del xmlns:w="{W}" w:id="8" w:author="x"><w:r><w:delText>no</w:delText></w:r></w:del>')
    )
    paragraph.addnext(
        parse_xml(f'<w:p xmlns:w="{W}"><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>Below it.</w:t></w:r></w:p>')
    )
    document.save(str(path))
    assert team("import", "summaries", path, "--yes", coder="RM") == 0
    assert "Taken as accepted: 1 tracked insertion and 1 tracked deletion." in team.err
    assert texts(team.path)[2] == "Most families, once a worker stays. Added.\nBelow it."


def test_an_emptied_text_deletes_nothing(team: Shell, tmp_path: Path) -> None:
    before = texts(team.path)
    file = edited(tmp_path / "r.docx", answer="")
    assert team("import", "summaries", file, "--yes", coder="RM") == 0
    assert "answer to question 2 is empty in the file" in team.err
    assert texts(team.path) == before


def test_what_lost_its_place_in_the_file_is_named(team: Shell, tmp_path: Path) -> None:
    file = tmp_path / "r.docx"
    document = docx.Document(str(file))
    for what in ("finding", "answer"):
        paragraph = holding(document, what)
        for mark in [*paragraph.iter(qn("w:bookmarkStart"))]:
            paragraph.remove(mark)
    document.save(str(file))
    assert team("import", "summaries", file, coder="RM") == 0
    assert "Not found in the file, and left as it is: finding 1" in team.err


def test_only_a_team_s_report_of_this_project_is_read_back(team: Shell, tmp_path: Path) -> None:
    out = tmp_path / "public.docx"
    assert team("export", "report", out, "--audience", "public", "--reason", "agreed", coder="RM") == 1
    assert team("import", "summaries", out, coder="RM") == 3
    assert "no report that can be read back" in team.err
    other = tmp_path / "other"
    other.mkdir()
    with reported(other) as (project, _):
        elsewhere = project.path
    assert team("--project", elsewhere, "import", "summaries", tmp_path / "r.docx", coder="RM") == 3
    assert "a state of the project that this file does not know" in team.err
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"no")
    assert team("import", "summaries", bad, coder="RM") == 3


@pytest.mark.parametrize("way", ["docx", "odt"])
def test_ids_survive_libreoffice(team: Shell, tmp_path: Path, way: str) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    file = edited(tmp_path / "r.docx", summary="Weekly, then not at all.", answer="Nearly all.")
    for target in ("docx",) if way == "docx" else ("odt", "docx"):
        out = tmp_path / f"by_{target}"
        command = [office, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", target]
        subprocess.run(
            [*command, "--outdir", str(out), str(file)],
            check=True,
            capture_output=True,
            timeout=180,
            env={**os.environ, "HOME": str(tmp_path)},
        )
        file = out / f"r.{target}"
    assert team("import", "summaries", file, "--yes", coder="RM") == 0
    assert texts(team.path)[0] == "Weekly, then not at all."
    assert texts(team.path)[2] == "Nearly all."
    assert "2 texts brought back" in team.err
