"""The appendix on agreement: figures, forest plot and decisions for Word, and units from which they follow again."""

import csv
import io
from pathlib import Path
from struct import unpack_from
from zipfile import ZipFile

import docx
import pytest
from openpyxl import load_workbook

from tbcp_qual.agreement.unit_rows import unit_rows
from tbcp_qual.agreement.units import UNITS, by_case, by_document, laid_out
from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.edits import mark_done
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Case, Coder, Document, Round, Theme
from tbcp_qual.coding.text import text_hash
from tbcp_qual.store import Project
from tests.cli.shell import Shell
from tests.cli.test_reconcile_commands import FORM, MIDWIFE, SAT, coded, ids, lock_round, put
from tests.conftest import Sample

__all__ = ["coded"]


@pytest.fixture
def locked(coded: Sample) -> Sample:
    """A round whose unit and statistic were fixed, locked; the document is about a family."""
    project, case = coded.project, Case(id=new_id(), label="F07")
    document = update(project.records("document")[0], cases=(case.id,))
    fixed = update(coded.round, unit="character", statistic="gwet_ac1", texts=(coded.document.text,))
    project.apply("fixed", [create(case), document, fixed], coder=coded.ak.id)
    lock_round(project, project.records("round")[0])
    return coded


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def body(path: Path) -> str:
    with ZipFile(path) as file:
        return file.read("word/document.xml").decode()


def test_the_word_file_tells_the_rule_the_figures_and_the_decisions(
    locked: Sample, shell: Shell, tmp_path: Path
) -> None:
    first, second = ids(shell, "--order", "document")
    assert shell("reconcile", "decide", first, "--take", "AK", "--reason", "boundary") == 0
    assert shell("reconcile", "defer", second) == 0
    out = tmp_path / "appendix.docx"
    assert shell("export", "agreement", out, "--seed", "7") == 0
    assert "rows of units in appendix units.csv" in shell.err.replace(f"{tmp_path}/", "")
    word = docx.Document(str(out))
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    for said in (
        "blind: from the opening of the round nobody saw",
        "interviewer turns left out",
        "Gwet's AC1, by character",
        "seed 7",
        "numpy",
        "2 passages differed: 1 settled, 1 not",
        "Figure 1. Gwet's AC1 per code, AK and RM",
        "Only a new blind round",
        "appendix units.csv",
    ):
        assert said in text
    cells = [[cell.text for cell in row.cells] for table in word.tables for row in table.rows]
    assert ["One coder’s codings stand, or those of some", "1"] in cells
    assert ["Boundary", "1"] in cells
    (head,) = [row for row in cells if row[:2] == ["Code", "Units"]]
    assert head[2:5] == ["Both", "AK only", "RM only"]
    assert head[7:9] == ["Gwet's AC1", "Percent agreement (x)"]


def test_it_can_be_read_aloud_and_its_picture_is_whole(locked: Sample, shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "appendix.docx"
    assert shell("export", "agreement", out) == 0
    written = body(out)
    assert written.count("<w:tblHeader/>") == written.count("<w:tbl>") > 2
    assert "gridSpan" not in written
    assert "vMerge" not in written
    assert "descr=\"Forest plot of Gwet's AC1: a row is a code" in written
    with ZipFile(out) as file:
        metafile = file.read("word/media/forest1.emf")
        assert "image/x-emf" in file.read("[Content_Types].xml").decode()
    place = 0
    kinds = []
    while place < len(metafile):
        kind, size = unpack_from("<II", metafile, place)
        kinds.append(kind)
        place += size
    assert (kinds[0], kinds[-1], place) == (1, 14, unpack_from("<I", metafile, 48)[0])
    assert len(kinds) == unpack_from("<I", metafile, 52)[0]
    assert "Mistrust".encode("utf-16-le") in metafile


def test_anybody_computes_the_figures_again_from_the_units(locked: Sample, shell: Shell, tmp_path: Path) -> None:
    assert shell("export", "agreement", tmp_path / "a.docx") == 0
    rows = rows_of(tmp_path / "a units.csv")
    (pair,) = shell.json("agreement", "--round", "1")["pairs"]
    assert {row["code"] for row in rows} == {line["path"] for line in pair["codes"]}
    for line in pair["codes"]:
        again = tmp_path / "again.csv"
        own = [row for row in rows if row["code"] == line["path"]]
        spread = [f"{row['AK']},{row['RM']}" for row in own for _ in range(int(row["size"]))]
        again.write_text("unit,AK,RM\n" + "".join(f"{n},{pair}\n" for n, pair in enumerate(spread)), encoding="utf-8")
        found = shell.json("agreement", "data", again, "--level", "nominal")
        assert found["units"] == line["n"]
        for name in ("percent_agreement", "cohen_kappa", "gwet_ac1", "krippendorff_alpha"):
            assert found["statistics"][name]["value"] == pytest.approx(line["statistics"][name]["value"], abs=1e-12)


def test_units_add_up_to_what_was_compared_whatever_a_unit_is(locked: Sample) -> None:
    now = locked.project.snapshot(locked.ak.id)
    coders = [locked.ak.id, locked.rm.id]
    codes = [code.id for code in now.codes]
    for unit in UNITS:
        if unit == "overlap":
            continue
        rows = list(unit_rows(now, now.documents, unit, codes=codes, coders=coders, interviewer=False))
        if unit == "case":
            laid = [each for _, each in by_case(now, now.documents, coders=coders, interviewer=False)]
        else:
            laid = [laid_out(now, d, unit, coders=coders, interviewer=False) for d in now.documents]
        table = by_document(laid, unit, codes=[[code] for code in codes], coders=coders)
        assert sum(row.size for row in rows) == table.units.sum() > 0
        for place, code in enumerate(codes):
            both = sum(row.size for row in rows if row.code == code and row.decided == (True, True))
            here = (table.given == 1).all(axis=1)
            assert both == table.units[place][:, here].sum()


def test_beyond_the_team_nothing_leads_to_a_document(locked: Sample, shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    assert shell("export", "agreement", out, "--audience", "public") == 1
    assert "units of" in shell.err
    assert not out.exists()
    assert shell("export", "agreement", out, "--audience", "public", "--no-units") == 0
    assert "P07" not in body(out)
    assert "No sheet of units" in body(out)
    assert "documents are not named in it" in body(out)
    assert "{" not in "".join(paragraph.text for paragraph in docx.Document(str(out)).paragraphs)
    assert not (tmp_path / "out units.csv").exists()
    assert shell("export", "agreement", out, "--audience", "commissioner", "--reason", "agreed with the board") == 1
    assert "P07" not in (tmp_path / "out units.csv").read_text(encoding="utf-8-sig")
    assert SAT not in (tmp_path / "out units.csv").read_text(encoding="utf-8-sig")
    with Project.open(locked.path, read_only=True) as project:
        kept = [(made.what, made.audience) for made in project.records("export")]
    assert kept == [("appendix on agreement", "public"), ("appendix on agreement", "commissioner")]
    with Project.open(locked.path) as project:
        project.apply("renamed", [update(locked.rm, name="RM 07700 900123")], coder=locked.ak.id)
    assert shell("export", "agreement", tmp_path / "named.docx", "--audience", "public", "--no-units") == 1
    assert not (tmp_path / "named.docx").exists()  # what the words name is looked for as well


def test_where_nobody_coded_anything_it_is_told_without_a_plot(coded: Sample, shell: Shell, tmp_path: Path) -> None:
    project, words = Project.open(coded.path), "K03: Nothing of it was coded.\n"
    other = Document(id=new_id(), name="K03", text=text_hash(words))
    both = (coded.ak.id, coded.rm.id)
    made = Round(id=new_id(), name="2", documents=(other.id,), coders=both, unit="turn", statistic="krippendorff_alpha")
    finished = [change for coder in both for change in mark_done(None, document=other.id, coder=coder)]
    project.apply("round", [create(other), create(made), *finished], coder=both[0], texts=[words])
    lock_round(project, made)
    project.close()
    assert shell("export", "agreement", tmp_path / "a.docx", "--round", "2") == 0
    assert "None of these coders used a code." in body(tmp_path / "a.docx")


def test_a_workbook_holds_the_units_and_a_page_draws_the_plot(locked: Sample, shell: Shell, tmp_path: Path) -> None:
    assert shell("export", "agreement", tmp_path / "a.xlsx") == 0
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames[0] == "About"
    figures = [
        dict(zip([c.value for c in book["Figures"][1]], [c.value for c in row], strict=True)) for row in book["Figures"]
    ]
    (pair,) = shell.json("agreement", "--round", "1")["pairs"]
    told = {figure["code"]: figure["gwet_ac1"] for figure in figures[1:]}
    for line in pair["codes"]:
        assert told[line["path"]] == pytest.approx(line["statistics"]["gwet_ac1"]["value"], abs=1e-14)
    assert [cell.value for cell in book["Units"][1]] == ["code", "document", "unit", "size", "AK", "RM"]
    assert shell("export", "agreement", tmp_path / "a.html") == 0
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert '<svg role="img" aria-label="Forest plot of' in page
    assert "Mistrust</text>" in page


def test_the_report_has_the_plot_of_the_lines_in_its_table(locked: Sample, shell: Shell, tmp_path: Path) -> None:
    with Project.open(locked.path) as project:
        theme = Theme(id=new_id(), name="Trust", codes=(locked.mistrust.id,))
        project.apply("theme", [create(theme)], coder=locked.ak.id)
    assert shell("export", "report", tmp_path / "b.docx", "--part", "agreement") == 0
    text = body(tmp_path / "b.docx")
    assert "Gwet's AC1 per code, AK and RM" in text  # one document gives no interval
    assert text.count("<pic:pic>") == 1
    assert 'descr="Forest plot of Gwet' in text


def test_three_coders_are_compared_in_pairs_and_together(coded: Sample, shell: Shell, tmp_path: Path) -> None:
    project = Project.open(coded.path)
    third = Coder(id=new_id(), name="TS")
    project.apply("third", [create(third)], coder="")
    for words in (MIDWIFE, FORM):
        put(project, third.id, coded.mistrust, coded.document.id, words)
    project.apply("done", mark_done(None, document=coded.document.id, coder=third.id), coder=third.id)
    made = Round(id=new_id(), name="2", documents=(coded.document.id,), coders=(coded.ak.id, coded.rm.id, third.id))
    project.apply("round opened", [create(made)], coder=coded.ak.id)
    lock_round(project, coded.round)
    lock_round(project, made)
    project.close()
    assert shell("export", "agreement", tmp_path / "a.docx", "--round", "2") == 0
    text = body(tmp_path / "a.docx")
    for who in ("AK and RM", "AK and TS", "RM and TS", "AK, RM and TS"):
        assert f"Agreement per code, {who}" in text
    assert rows_of(tmp_path / "a units.csv")[0].keys() >= {"AK", "RM", "TS"}


def test_it_is_refused_where_there_is_nothing_to_tell(coded: Sample, shell: Shell, tmp_path: Path) -> None:
    assert shell("export", "agreement", tmp_path / "a.docx") == 5
    assert "is not locked" in shell.err
    project = Project.open(coded.path)
    project.apply("approach", [update(project.info, approach="reflexive")], coder="")
    project.close()
    assert shell("export", "agreement", tmp_path / "a.docx") == 2
    assert not (tmp_path / "a.docx").exists()
