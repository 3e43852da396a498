"""Charting, findings, answers, triangulation and the logic model as a person works on them in a shell."""

from pathlib import Path

import pytest

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Attribute, Case, Question, Theme
from tbcp_qual.coding.spans import Span
from tests.cli.shell import Shell
from tests.conftest import Sample

SAT = "She just sat with me."


@pytest.fixture
def study(sample: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """P07 is about F07; AK has coded two stretches of it under two themes, of questions 1 and 2."""
    project = sample.project
    case = Case(id=new_id(), label="F07")
    questions = [Question(id=new_id(), key=key, text=f"Question {key}?") for key in ("1", "2")]
    themes = [
        Theme(id=new_id(), name="A worker who stays", codes=(sample.listened.id,), questions=(questions[1].id,)),
        Theme(id=new_id(), name="Getting through the door", codes=(sample.mistrust.id,), questions=(questions[0].id,)),
    ]
    need = Attribute(id=new_id(), case=case.id, name="need", value="acute")
    records = [create(r) for r in (case, need, *questions, *themes)]
    project.apply("study", [*records, update(sample.document, cases=(case.id,))], coder="")
    for words, code in ((SAT, sample.listened), ("It was not for the form.", sample.mistrust)):
        now = project.snapshot(sample.ak.id)
        start = sample.TEXT.index(words)
        span = Span(start, start + len(words))
        coded = edits.apply_code(
            now.codings, now.codebook, document=now.documents[0], span=span, code=code, coder=sample.ak.id
        )
        project.apply("coded", coded, coder=sample.ak.id)
    project.close()
    return Shell(sample.path, monkeypatch, capsys)


def test_a_cell_is_charted_cited_goes_stale_and_is_looked_at_again(study: Shell) -> None:
    assert study.json("chart", "list")["states"] == {"not yet charted": 2}
    assert study("chart", "write", "f07", "a worker", "Company first.", "--cite", "P07: just SAT with") == 0
    assert study.err == "Summary: F07 × A worker who stays.\n"
    shown = study.json("chart", "show", "F07", "A worker")
    assert (shown["state"], shown["summary"], shown["cites"], shown["stale"]) == (
        "charted", "Company first.", ["P07.2"], False,
    )  # fmt: skip
    assert study("find", "form", "--code", "Being listened to", "--apply") == 0
    stale = study.json("chart", "show", "F07", "A worker")
    assert (stale["stale"], stale["came"]) == (True, ["P07.3"])
    assert study("chart", "next", "--theme", "A worker") == 0
    assert study.out.startswith("F07 × A worker who stays: stale")
    assert study("chart", "write", "F07", "A worker", "--still-holds") == 0
    assert study("chart", "cite", "F07", "A worker", "P07.3") == 0
    assert study.json("chart", "show", "F07", "A worker")["cites"] == ["P07.2", "P07.3"]
    assert study("chart", "cite", "F07", "A worker", "P07.2", "--remove") == 0
    assert study.json("chart", "show", "F07", "A worker")["cites"] == ["P07.3"]
    assert [t["charted"] for t in study.json("chart", "status")["themes"]] == [0, 1]
    assert study("chart", "write", "F07", "A worker", "--delete") == 0
    assert study.json("chart", "list")["states"] == {"not yet charted": 2}


def test_each_step_of_charting_can_be_undone(study: Shell) -> None:
    study("chart", "write", "F07", "A worker", "One.")
    study("chart", "write", "F07", "A worker", "Two.")
    assert study("undo") == 0
    assert study.json("chart", "show", "F07", "A worker")["summary"] == "One."
    assert study("undo") == 0
    assert study.json("chart", "show", "F07", "A worker")["summary"] is None


def test_rows_of_source_types_and_attributes_are_charted_apart_from_families(study: Shell) -> None:
    for row in ("parent", "need=acute", "need: acute"):
        assert study("chart", "write", row, "A worker", f"Of {row}.") == 0
    assert study.json("chart", "show", "need=acute", "A worker")["summary"] == "Of need: acute."
    assert study.json("chart", "list", "--rows", "source type")["states"]["charted"] == 1
    assert study.json("chart", "list")["states"] == {"not yet charted": 2}


def test_words_come_from_a_file_too_and_what_is_not_there_is_a_sentence(study: Shell, tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("From a file.\n", encoding="utf-8")
    assert study("chart", "write", "F07", "A worker", "--file", tmp_path / "s.txt") == 0
    assert study.json("chart", "show", "F07", "A worker")["summary"] == "From a file."
    for arguments, said in (
        (("F07", "A worker"), "What is to be written?"),
        (("F99", "A worker", "x"), "There is no row “F99”."),
        (("F07", "Weather", "x"), "There is no theme “Weather”."),
        (("F07", "A worker", "x", "--wave", "ninth"), "There is no wave “ninth”."),
        (("F07", "A worker", "x", "--cite", "P07.9"), "There is no passage “P07.9” in F07 × A worker who stays."),
        (("F07", "A worker", "x", "--cite", "P07: not said"), "No passage of “P07” in F07"),
        (("F07", "A worker", "  "), "The summary has no words."),
    ):
        assert study("chart", "write", *arguments) == 2
        assert said in study.err


def test_a_finding_is_stated_supported_judged_and_triangulated(study: Shell) -> None:
    assert study("findings", "add", "Company has an impact.", "--question", "2", "--theme", "A worker") == 0
    assert study.err.splitlines()[0] == "Finding 1."
    assert "say change, or promise" in study.err
    assert study("findings", "support", "1", "P07.2") == 0
    assert study("findings", "negative", "1", "P07.3", "--explained", "said of another day") == 0
    (line,) = study.json("findings", "list")
    assert [p["reference"] for p in line["for"]] == ["P07.2"]
    assert [(n["reference"], n["explained"]) for n in line["negative cases"]] == [("P07.3", "said of another day")]
    assert (line["proposed"]["confidence"], line["judged"]["confidence"]) == ("low", None)
    assert study("findings", "judge", "1", "moderate") == 2
    assert "Why so?" in study.err
    assert study("findings", "judge", "1", "moderate", "--adequacy", "One voice, at length.", coder="RM") == 0
    assert study.json("findings", "show", "1")["judged"]["by"] == "RM"
    assert study("findings", "show", "1") == 0
    assert "P07.3 explained: said of another day" in study.out
    for coder in ("AK", "RM"):
        assert study("triangulation", "judge", "1", "parent", "partial", coder=coder) == 0
    (triangulated,) = study.json("triangulation", "list")
    assert triangulated["source types"][0]["verdict"] == "partial"
    assert study("triangulation", "judge", "1", "parent", "none", coder="RM") == 0
    assert study.json("triangulation", "show", "1")["source types"][0]["open"] == "a second person"


def test_a_passage_changes_sides_and_is_not_on_both(study: Shell) -> None:
    study("findings", "add", "Company counts.", "--theme", "A worker")
    study("findings", "support", "1", "P07.2")
    study("findings", "negative", "1", "P07.2")
    line = study.json("findings", "show", "1")
    assert (line["for"], [n["reference"] for n in line["negative cases"]]) == ([], ["P07.2"])
    assert study("findings", "remove", "1", "P07.2") == 0
    assert study.json("findings", "show", "1")["negative cases"] == []


def test_a_finding_that_goes_takes_what_rests_on_it_and_comes_back_with_it(study: Shell) -> None:
    study("findings", "add", "Company counts.", "--theme", "A worker")
    study("findings", "support", "1", "P07.2")
    study("triangulation", "judge", "1", "parent", "partial")
    study("logic", "element", "Company", "--says", "Company first.", "--support", "supported", "--finding", "1")
    assert study("findings", "delete", "1") == 0
    assert study.json("findings", "list") == []
    assert study.json("logic", "list")["logic model"][0]["findings"] == []
    assert study("undo") == 0
    (line,) = study.json("findings", "list")
    assert [p["reference"] for p in line["for"]] == ["P07.2"]
    assert study.json("logic", "list")["logic model"][0]["findings"] == ["1"]
    assert study("verify") == 0


def test_a_question_is_answered_and_its_board_shows_what_is_missing(study: Shell) -> None:
    assert study("answers", "write", "2", "Mostly yes.", "--confidence", "moderate", "--caveats", "One family.") == 0
    assert study("answers", "write", "2", "--confidence", "low") == 0
    second = study.json("answers", "list", "2")[0]
    assert second["answer"] == {"words": "Mostly yes.", "confidence": "low", "caveats": "One family.", "by": "AK"}
    assert second["themes without a finding"] == ["A worker who stays"]
    assert study("answers", "list") == 0
    assert "no answer yet" in study.out
    assert "no finding yet: A worker who stays (1 passage)" in study.out
    assert study("answers", "write", "9", "x") == 2
    assert study("answers", "write", "1", "--confidence", "low") == 2
    assert study("answers", "write", "2", "--delete") == 0
    assert study.json("answers", "list", "2")[0]["answer"] is None


def test_an_element_is_revised_only_with_a_finding_and_new_words(study: Shell) -> None:
    study("findings", "add", "Company counts.")
    assert study("logic", "element", "Company", "--part", "mechanism", "--support", "revised") == 2
    assert "Which finding says so?" in study.err
    assert study("logic", "element", "Company", "--support", "revised", "--finding", "1") == 2
    assert "What should the logic model say instead?" in study.err
    assert study("logic", "element", "Company", "--support", "revised", "--finding", "1", "--instead", "Quiet.") == 0
    study("logic", "configuration", "Bag", "--context", "Alone.")
    assert study("logic", "element", "Company", "--called", "bag") == 2
    assert "Something else is called “Bag” already." in study.err
    assert study("logic", "element", "Company", "--called", "Being there") == 0
    assert study.json("logic", "list")["logic model"][0]["name"] == "Being there"
    assert study("logic", "configuration", "Bag", "--called", "The bag") == 0
    assert study("logic", "configuration", "At the door", "--context", "fear", "--family", "F07") == 0
    assert study.json("logic", "list")["configurations"][1]["families"] == ["F07"]
    assert study("logic", "remove", "being there") == 0
    assert study.json("logic", "list")["logic model"] == []


def test_themes_are_shown_by_source_type_and_groups_by_name(study: Shell) -> None:
    (first, *_) = study.json("chart", "sources", "--question", "2")
    assert first["source types"][0]["unit"] == "parents"
    assert study("chart", "compare", "need", "acute", "targeted") == 2
    assert "No family with documents has “need: targeted”." in study.err


FILE = """\
findings:
  - key: A
    statement: Company counts.
    questions: ["2"]
    themes: [A worker who stays]
    for: ["P07: She just sat"]
    negative cases:
      - passage: P07.3
        explained: another day
    confidence: low
    judged by: RM
    adequacy: thin
summaries:
  - {row: F07, theme: A worker who stays, words: Company first., cites: [P07.2]}
answers:
  - {question: "2", answer: Mostly., confidence: low, caveats: One voice.}
triangulation:
  - finding: A
    source type: parent
    judged:
      - {by: AK, verdict: partial}
      - {by: RM, verdict: silence, note: not in so many words}
logic model:
  - {part: mechanism, name: Company, says: Company first., support: supported, findings: [A]}
searches:
  - {codes: [Being listened to], negative: yes, purpose: negative cases of finding A}
"""


def test_a_file_brings_everything_in_as_one_act_and_twice_is_as_good_as_once(study: Shell, tmp_path: Path) -> None:
    path = tmp_path / "findings.yaml"
    path.write_text(FILE, encoding="utf-8")
    assert study("findings", "import", path) == 0
    assert study.err == ("1 summary, 1 finding, 2 passages for and against them, 1 answer, 2 judgements, 1 search.\n")
    before = [study.json(*words) for words in (("findings", "list"), ("answers", "list"), ("triangulation", "list"))]
    assert before[0][0]["proposed"]["searches for negative cases"] == 1
    assert study("findings", "import", path) == 0
    assert [
        study.json(*words) for words in (("findings", "list"), ("answers", "list"), ("triangulation", "list"))
    ] == before
    assert study("verify") == 0


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("P07: She just sat", "P07: She never sat", 6, "holds these 3 words"),
        ('questions: ["2"]', 'questions: ["7"]', 4, "no evaluation question"),
        ("themes: [A worker who stays]", "themes: [Weather]", 5, "no theme “Weather”"),
        ("judged by: RM", "judged by: XX", 2, "no coder “XX”"),
        ("    judged by: RM\n", "", 2, "judged by somebody"),
        ("row: F07", "row: F99", 14, "no row “F99”"),
        ("cites: [P07.2]", "cites: [P07.3]", 14, "no passage “P07.3”"),
        ("source type: parent", "source type: neighbour", 21, "no source type"),
        ("verdict: partial", "verdict: yes", 21, "`verdict` cannot be"),
        ("findings: [A]", "findings: [B]", 24, "no finding “B”"),
        ("codes: [Being listened to]", "codes: [Being heard]", 26, "No code is called"),
        ("statement:", "statements:", 3, "no key here"),
    ],
)
def test_a_file_that_names_what_is_not_there_is_refused_with_its_line(
    study: Shell, tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    assert old in FILE
    path = tmp_path / "findings.yaml"
    path.write_text(FILE.replace(old, new, 1), encoding="utf-8")
    assert study("findings", "import", path) == 3
    assert f"findings.yaml, line {line}" in study.err
    assert said in study.err
    assert study.json("findings", "list") == []
