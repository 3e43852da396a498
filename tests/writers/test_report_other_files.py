"""The report as a workbook and as a page for a browser: literal, cut off from networks, searched and folded."""

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tbcp_qual.coding.changes import update
from tbcp_qual.coding.records import AUDIENCES, Audience
from tbcp_qual.errors import BadInput, UsageError
from tbcp_qual.tasks.report import Prepared, prepare_report, write_prepared
from tbcp_qual.writers.report.blocks import Composed, Heading, Part, say
from tbcp_qual.writers.web.report import page
from tests.writers.reported import ANSWER, reported

NASTY = "=1+1 [red] <script>alert(1)</script> \x1b[31m </script><!-- & \" ' \u202egnp"


def prepared(folder: Path, audience: Audience = "team", answer: str = "") -> Prepared:
    with reported(folder) as (project, now):
        if answer:
            there = next(a for a in now.answers if a.id == ANSWER)
            project.apply("answer", [update(there, words=answer)], coder="ak")
            now = project.snapshot("ak")
        return prepare_report(project, now, viewer="ak", audience=audience, tables=True)


def sheets(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_the_workbook_holds_the_evidence_in_sheets_with_filters_and_frozen_panes(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    assert "sheets" in write_prepared(prepared(tmp_path), path)
    book = openpyxl.load_workbook(path)
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref
    there = sheets(path)
    assert there["Findings"][1][0] == 1
    quotations = there["Quotations"]
    assert quotations[0][:2] == ("Reference", "Source")
    assert any("We were told 3 times over." in row for row in quotations)
    assert not any("budget ran out" in str(cell) for rows in there.values() for row in rows for cell in row)


def test_text_in_a_workbook_is_never_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    write_prepared(prepared(tmp_path, answer=NASTY), path)
    found = [c for s in openpyxl.load_workbook(path) for r in s.iter_rows() for c in r if "alert(1)" in str(c.value)]
    assert found
    assert all(cell.data_type == "s" for cell in found)


def test_a_text_too_long_for_a_cell_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    with pytest.raises(BadInput, match="32,767"):
        write_prepared(prepared(tmp_path, answer="long " * 8_000), path)
    assert not path.exists()


def test_a_template_is_for_word_alone(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="template"):
        write_prepared(prepared(tmp_path), tmp_path / "r.html", template=tmp_path / "house.docx")


class Tags(HTMLParser):
    """Collects the tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def tags(written: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(written)
    return parser.tags


def test_a_page_is_escaped_and_asks_nothing_of_a_network(tmp_path: Path) -> None:
    written = page(prepared(tmp_path, answer=NASTY).composed)
    found = tags(written)
    assert [tag for tag, _ in found].count("script") == 1
    assert "alert(1)" in written
    assert "<script>alert" not in written
    assert "\x1b" not in written
    assert not [
        a for _, a in found if "src" in a or str(a.get("href", "#"))[:1] != "#" or any(n[:2] == "on" for n in a)
    ]
    assert "http" not in re.sub(r"http-equiv", "", written)
    policy = next(str(a["content"]) for tag, a in found if tag == "meta" and a.get("http-equiv"))
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_links_of_a_page_lead_to_places_in_it_and_ids_are_unique(tmp_path: Path) -> None:
    found = tags(page(prepared(tmp_path).composed))
    ids = [a["id"] for _, a in found if "id" in a]
    assert len(ids) == len(set(ids))
    links = {str(a["href"])[1:] for tag, a in found if tag == "a"}
    assert links
    assert links <= set(ids)


@pytest.mark.parametrize("audience", AUDIENCES[1:])
def test_no_label_reaches_a_page_or_workbook_beyond_the_team(audience: Audience, tmp_path: Path) -> None:
    made = prepared(tmp_path, audience)
    written = re.sub(r"(?s)<style>.*?</style>|<script>.*?</script>", "", page(made.composed))
    write_prepared(made, tmp_path / "r.xlsx")
    told = str(sheets(tmp_path / "r.xlsx"))
    for text in (written, told):
        assert not re.findall(r"\b(P[1-4]|K[12]|W1|F\d+)\b", text)


def shown(path: Path, fragment: str) -> str:
    """Return the page as a browser has it after its script ran."""
    browser = next((found for name in ("chromium", "google-chrome") if (found := shutil.which(name))), None)
    if browser is None:
        pytest.skip("no Chromium is installed")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={path.parent}/browser"]
    done = subprocess.run(
        [*command, "--virtual-time-budget=3000", "--dump-dom", f"{path.as_uri()}#{fragment}"],
        capture_output=True,
        check=True,
        timeout=120,
    )
    return done.stdout.decode()


def small(tmp_path: Path) -> Path:
    parts = (
        Part(key="a", blocks=(Heading(1, "First"), say("normal", "A worker who stays."), say("normal", "The damp."))),
        Part(key="b", blocks=(Heading(1, "Second"), say("normal", "Tuesday visits by a Worker.", anchor="q_1"))),
        Part(key="c", blocks=(Heading(1, "Third"), say("normal", "<b>Nothing</b> of the kind."))),
    )
    composed = Composed(title="T", subtitle="S", facts=(), notices=(), state="", header="", parts=parts)
    path = tmp_path / "small.html"
    path.write_text(page(composed), encoding="utf-8")
    return path


def test_a_browser_searches_the_page_and_folds_open_what_holds_the_words(tmp_path: Path) -> None:
    dom = shown(small(tmp_path), "find=WORKER")
    assert "2 places" in dom
    details = re.findall(r"<details([^>]*)><summary>(\w+)", dom)
    assert [(name, "open" in state, "hidden" in state) for state, name in details] == [
        ("First", True, False),
        ("Second", True, False),
        ("Third", False, True),
    ]
    assert re.search(r"<p[^>]*hidden[^>]*>The damp", dom)


def test_a_browser_folds_open_where_a_link_leads(tmp_path: Path) -> None:
    dom = shown(small(tmp_path), "q_1")
    details = re.findall(r"<details([^>]*)><summary>(\w+)", dom)
    assert [("open" in state) for state, _ in details] == [True, True, False]
