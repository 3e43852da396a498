"""The report in Word, read back: what an accessibility checker asks, what permissions allow, what readers may know."""

import datetime
import re
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from tbcp_qual.analysis.heard import Heard
from tbcp_qual.coding.records import AUDIENCES, Audience, Code
from tbcp_qual.errors import BadInput, UsageError
from tbcp_qual.privacy.disclosure import Matter
from tbcp_qual.tasks.rekeying import new_labels
from tbcp_qual.tasks.releasing import check_release
from tbcp_qual.tasks.report import Prepared, prepare_report, write_prepared
from tbcp_qual.tasks.sampling import draw_sample
from tbcp_qual.writers.report.order import PARTS
from tests.writers.reported import ANSWER, FINDING, SUMMARY, reported

MADE = datetime.datetime(2025, 3, 3, 12, tzinfo=datetime.UTC)


def prepared(folder: Path, audience: Audience = "team", approach: str = "framework", **wishes: Any) -> Prepared:
    with reported(folder, approach) as (project, now):
        draw_sample(project, size=6, coder="ak", seed=3)
        return prepare_report(project, now, viewer="ak", audience=audience, made=MADE, **wishes)


def word(folder: Path, audience: Audience = "team", template: Path | None = None, **wishes: Any) -> Any:
    path = folder / "report.docx"
    write_prepared(prepared(folder, audience, **wishes), path, template=template)
    return docx.Document(str(path))


def everything(document: Any) -> str:
    """All words of a document, tables and headers included."""
    parts = [document.element.body, *(s.header._element for s in document.sections)]
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for part in parts for p in part.iter(qn("w:p")))


@pytest.fixture(params=AUDIENCES)
def for_each_audience(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Audience, Any]:
    return request.param, word(tmp_path, request.param)


def test_tables_are_as_an_accessibility_checker_wants_them(for_each_audience: tuple[Audience, Any]) -> None:
    _, document = for_each_audience
    assert len(document.tables) > 10
    for table in document.element.body.iter(qn("w:tbl")):
        rows = list(table.iter(qn("w:tr")))
        assert rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        widths = len(list(table.iter(qn("w:gridCol"))))
        for row in rows:
            cells = list(row.iter(qn("w:tc")))
            assert len(cells) == widths
            assert all("".join(t.text or "" for t in cell.iter(qn("w:t"))).strip() for cell in cells)
        assert not list(table.iter(qn("w:gridSpan"))) + list(table.iter(qn("w:vMerge")))
        for name in ("w:tblCaption", "w:tblDescription"):
            assert table.find(f"{qn('w:tblPr')}/{qn(name)}").get(qn("w:val"))


def test_heading_levels_have_no_gap_and_the_language_is_british(for_each_audience: tuple[Audience, Any]) -> None:
    _, document = for_each_audience
    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    languages = {element.get(qn("w:val")) for element in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_links_lead_to_bookmarks_and_styles_are_there(for_each_audience: tuple[Audience, Any]) -> None:
    _, document = for_each_audience
    body = document.element.body
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,39}", name) for name in names)
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert anchors
    assert anchors <= set(names)
    styles = {style.style_id for style in document.styles}
    used = {s.get(qn("w:val")) for tag in ("w:pStyle", "w:rStyle", "w:tblStyle") for s in body.iter(qn(tag))}
    assert used <= styles


def test_each_quotation_of_the_annex_stands_word_for_word_in_its_document(tmp_path: Path) -> None:
    with reported(tmp_path) as (project, now):
        report = prepare_report(project, now, viewer="ak", audience="team", everything=True)
    path = tmp_path / "r.docx"
    write_prepared(report, path)
    texts = list(now.texts.values())
    entries = [p for p in docx.Document(str(path)).paragraphs if p.style.name == "Quotation" and "Quiet" in p._p.xml]
    words = [found[1] for p in entries if (found := re.search("“(.*)”", p.text, re.DOTALL))]
    assert len(words) > 8
    assert all(any(said in text for text in texts) for said in words)


def test_words_that_may_not_be_quoted_are_nowhere(for_each_audience: tuple[Audience, Any]) -> None:
    audience, document = for_each_audience
    said = everything(document)
    assert "budget ran out" not in said
    assert "Panel agreed" not in said
    assert ("paraphrase to be written" in said) == (audience == "team")
    assert ("K2.2" in said) == (audience == "team")


def test_whoever_allows_a_role_label_only_is_labelled_with_the_role(tmp_path: Path) -> None:
    sources = [line for line in everything(word(tmp_path)).split("\n") if "Mine rang me back" in line]
    assert sources
    assert all("Mother, parent" in source and "P2, parent" not in source for source in sources)


@pytest.mark.parametrize("audience", AUDIENCES[1:])
def test_no_label_of_the_project_reaches_readers_beyond_the_team(audience: Audience, tmp_path: Path) -> None:
    document = word(tmp_path, audience, everything=True)
    path = tmp_path / "report.docx"
    with zipfile.ZipFile(path) as archive:
        ours = [name for name in archive.namelist() if re.search("document|header|footer|docProps", name)]
        raw = " ".join(archive.read(name).decode() for name in ours if name.endswith(".xml"))
    labels = r"\b(P[1-4]|K[12]|W1|F\d+)\b"
    assert not re.findall(labels, everything(document))
    assert not re.findall(rf"{labels}|tbcp_", raw)
    assert re.search(r"Parent \d", everything(document))
    assert "as a parent and a practitioner say of a family." in everything(document)


def test_nothing_common_leads_from_one_account_of_a_family_to_another(tmp_path: Path) -> None:
    with reported(tmp_path) as (project, now):
        report = prepare_report(project, now, viewer="ak", audience="commissioner", everything=True)
    by_type: dict[str, set[str]] = {}
    for quoted in report.matter.quotations:
        if quoted.role:
            by_type.setdefault(quoted.role, set()).update((quoted.speaker, quoted.reference.split(".")[0]))
    assert len(by_type) > 1
    for one, other in pairwise(by_type):
        assert not by_type[one] & by_type[other]


def test_a_question_says_what_the_audit_found_and_a_finding_in_two_questions_counts_once(tmp_path: Path) -> None:
    said = everything(word(tmp_path, headings=True)).split("\n")
    place = said.index("What the case-file audit says")
    assert said[place + 1] == "A1Somebody asked. Files: no: 0; in part: 0; yes: 0; raters differ: 1; not rated: 1."
    assert "Confidence is moderate or high for 1 of 2 findings." in said


def test_what_a_code_is_called_is_no_name_unless_it_is_one_by_itself(tmp_path: Path) -> None:
    with reported(tmp_path) as (project, now):
        codes = tuple(Code(id=str(n), name=name) for n, name in enumerate(("Engagement", "Tyler")))
        prose = tuple((f"codes {code.name}", f"Key worker, {code.name}, Being listened to") for code in codes)
        concerns = check_release(project, replace(now, codes=codes), Matter(prose=prose), "public")
    assert [concern.where for concern in concerns] == ["codes Tyler"]


def test_what_is_said_of_people_names_no_label_and_words_keep_their_persons_apart(tmp_path: Path) -> None:
    with reported(tmp_path) as (_, now):
        labels = new_labels(now, Heard(now), "public")
    told = {
        "F2 told P1. F2's review: K1 did not hear it from F10 and F2.": (
            "A family told a parent. The first family's review: a practitioner did not hear it from another family and "
            "the first family."
        ),
        "Both say so (P1, K1.2); the F2 review does not. “F10 left.”": (
            "Both say so (a parent, a practitioner interview); the family review does not. “A family left.”"
        ),
        "[F2 mother] had [Worker B], then [Worker C]; [Worker B] rang.": (
            "[family mother] had [Worker 1], then [Worker 2]; [Worker 1] rang."
        ),
        "I inherited her off [Worker B]. [pause] [inaudible 11:46]": "I inherited her off [Worker]. [pause] [inaudible 11:46]",
    }
    assert {said: labels.change(said) for said in told} == told


def _texts(block: Any) -> list[Any]:
    return list(getattr(block, "content", ()))


def test_small_counts_of_the_cohort_are_taken_out_beyond_the_team(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    team = everything(word(tmp_path / "a", parts=["sample"]))
    public = everything(word(tmp_path, "public", parts=["sample"]))
    assert "not known" in team
    assert re.search(r"\b3 \(\d", team)
    assert "≤ 5" in public
    assert not re.search(r"\b3 \(\d", public)
    assert "counts from 1 to 5" in public
    (tmp_path / "b").mkdir()
    all_counts = everything(word(tmp_path / "b", "public", parts=["sample"], largest=0))
    assert re.search(r"\b3 \(\d", all_counts)
    assert "counts from" not in all_counts


def test_what_an_author_edits_stands_in_bookmarks_of_the_team_s_file(tmp_path: Path) -> None:
    body = word(tmp_path).element.body
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    for what, record in (("summary", SUMMARY), ("finding", FINDING), ("answer", ANSWER), ("caveats", ANSWER)):
        assert f"tbcp_{what}_{record}"[:40] in names
    assert any(name.startswith("tbcp_at_") for name in names)


def test_a_reflexive_project_gets_no_figures_of_agreement(tmp_path: Path) -> None:
    document = word(tmp_path, approach="reflexive")
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert "Agreement between coders" not in headings
    assert "RTARG" in headings
    assert "COREQ" not in headings
    assert "alpha" not in everything(document).casefold()


def test_each_part_can_be_had_alone(tmp_path: Path) -> None:
    for number, key in enumerate(PARTS):
        folder = tmp_path / str(number)
        folder.mkdir()
        parts = prepared(folder, parts=[key]).composed.parts
        assert [part.key for part in parts] == [key]
        if key == "annex":
            assert any("told 3 times" in text.words for block in parts[0].blocks for text in _texts(block))
    with reported(tmp_path) as (project, now), pytest.raises(UsageError, match="No part"):
        prepare_report(project, now, viewer="ak", audience="team", parts=["findings"])


def test_quotations_are_left_out_or_shortened_on_demand(tmp_path: Path) -> None:
    for number, (wishes, words) in enumerate(
        [({"quotations": False}, ""), ({"longest": 20}, "She came on […]"), ({}, "came on Tuesdays. I trusted her")]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        said = everything(word(folder, everything=True, **wishes))
        assert ("I trusted her, in the end" in said) == (not wishes)
        assert words in said
        if not words:
            assert "“She" not in said


def test_a_quotation_that_the_check_names_can_be_left_out(tmp_path: Path) -> None:
    with reported(tmp_path) as (project, now):
        report = prepare_report(project, now, viewer="ak", audience="public", everything=True)
        named = next(q.reference for q in report.matter.quotations if "We were told 3" in q.words)
        without = prepare_report(project, now, viewer="ak", audience="public", everything=True, without=[named])
    assert len(without.matter.quotations) < len(report.matter.quotations)
    write_prepared(without, tmp_path / "r.docx")
    assert "We were told 3" not in everything(docx.Document(str(tmp_path / "r.docx")))


def test_a_finding_on_two_questions_is_told_in_one_place(tmp_path: Path) -> None:
    said = everything(word(tmp_path, parts=["questions"]))
    assert said.count("She had three workers in a year.") == 1
    assert "What it rests on stands under Question 1: Feasibility." in said


def test_a_statement_that_claims_an_impact_is_named(tmp_path: Path) -> None:
    assert prepared(tmp_path).overclaiming == (("finding 2", "impact"),)


def test_the_check_before_it_leaves_finds_what_rests_on_few_families(tmp_path: Path) -> None:
    with reported(tmp_path) as (project, now):
        report = prepare_report(project, now, viewer="ak", audience="public")
        concerns = check_release(project, now, report.matter, "public")
    assert ("few families", "finding 1") in {(concern.kind, concern.where) for concern in concerns}
    assert not {"permission"} & {concern.kind for concern in concerns}


def test_an_empty_project_with_a_theme_gives_a_report_to_be_written(tmp_path: Path) -> None:
    from tbcp_qual.coding.changes import create
    from tbcp_qual.coding.records import Theme
    from tbcp_qual.store import Project

    with Project.create(tmp_path / "e.tbcp", name="Empty") as project:
        project.apply("theme", [create(Theme(id="t", name="Trust"))], coder="")
        report = prepare_report(project, project.snapshot(""), viewer="", audience="team")
        write_prepared(report, tmp_path / "e.docx")
    assert "[To write" in everything(docx.Document(str(tmp_path / "e.docx")))


# -- a house template


def house(path: Path) -> Path:
    document = docx.Document()
    styles = document.styles.element
    for style in styles.iter(qn("w:style")):
        if style.get(qn("w:styleId")) == "Heading1":
            style.set(qn("w:styleId"), "berschrift1")
        if style.find(qn("w:name")).get(qn("w:val")) == "Table Grid":
            style.find(qn("w:name")).set(qn("w:val"), "Table")
    document.add_paragraph("The house’s own words")
    document.sections[0].header.paragraphs[0].text = "Town Council"
    document.save(str(path))
    return path


def test_a_house_template_gives_its_styles_and_header_and_not_its_body(tmp_path: Path) -> None:
    document = word(tmp_path, template=house(tmp_path / "house.docx"))
    said = everything(document)
    assert "Town Council" in said
    assert "The house’s own words" not in said
    with zipfile.ZipFile(tmp_path / "report.docx") as archive:
        assert not [name for name in archive.namelist() if re.search("thumbnail|app.xml|custom", name)]
    body = document.element.body
    used = {s.get(qn("w:val")) for tag in ("w:pStyle", "w:rStyle", "w:tblStyle") for s in body.iter(qn(tag))}
    assert "berschrift1" in used
    assert "Heading1" not in used
    assert "EvidenceTable" not in used
    assert used <= {style.style_id for style in document.styles}
    assert {e.get(qn("w:val")) for e in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert next(p for p in document.paragraphs if p.style.style_id == "berschrift1").paragraph_format.page_break_before
    captions = [p for p in document.paragraphs if p.style.name == "Caption"]
    assert captions
    assert all(p.paragraph_format.keep_with_next for p in captions)


def test_what_is_no_word_file_is_refused_as_template(tmp_path: Path) -> None:
    bad = tmp_path / "house.docx"
    bad.write_text("no")
    with pytest.raises(BadInput, match="can serve"):
        word(tmp_path, template=bad)
