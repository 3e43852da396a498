"""`tbcp-qual topics` and `codings prompted`: a guide in, proposals, what a person confirms, and the table of it."""

from pathlib import Path

import pytest

from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Coding, Document, Done, Question, Theme, Turn, done_id
from tbcp_qual.coding.text import text_hash
from tbcp_qual.store import Project
from tests.cli.shell import Shell
from tests.conftest import Sample

GUIDE = """topic guides:
  - source type: parent
    topics:
      - topic: First hearing
        ask: How did you first hear of the programme?
        questions: ["2"]
        themes: [getting in]
      - topic: First visit
        ask: What happened at the first visit?
        themes: [Staying]
  - source type: case file
    topics:
      - topic: Referral
        themes: [Getting in]
"""
FILE_TEXT = "Referred by the midwife.\n"


@pytest.fixture
def guided(sample: Sample, shell: Shell, tmp_path: Path) -> Shell:
    """The sample with two themes, a case file that is done, two codings of AK, and the guide."""
    question = Question(id=new_id(), key="2")
    themes = [
        Theme(id=new_id(), name="Getting in", codes=(sample.listened.id,), questions=(question.id,)),
        Theme(id=new_id(), name="Staying", codes=(sample.key_worker.id,), position=1),
    ]
    text = text_hash(FILE_TEXT)
    file = Document(id=new_id(), name="F07 file", kind="case file", source_type="case file", text=text)
    turn = Turn(id=new_id(), document=file.id, text=text, end=len(FILE_TEXT) - 1)
    done = Done(id=done_id(file.id, sample.ak.id), document=file.id, coder=sample.ak.id, done=True)
    codings = [
        Coding(
            id=new_id(),
            document=sample.document.id,
            text=sample.document.text,
            start=turn.start,
            end=turn.end,
            code=code.id,
            coder=coder.id,
        )
        for turn, code, coder in (
            (sample.turns[1], sample.listened, sample.ak),
            (sample.turns[2], sample.key_worker, sample.ak),
            (sample.turns[2], sample.listened, sample.rm),
        )
    ]
    with Project.open(sample.path) as project:
        records = [create(r) for r in (question, *themes, file, turn, done, *codings)]
        project.apply("made", records, coder=sample.ak.id, texts=[FILE_TEXT])
    path = tmp_path / "guide.yaml"
    path.write_text(GUIDE, encoding="utf-8")
    assert shell("topics", "import", path) == 0
    assert "3 topics new" in shell.err
    return shell


def stands(shell: Shell) -> dict[tuple[str, str], str]:
    return {(row["document"], row["topic"]): row["stands"] for row in shell.json("topics", "table")}


def test_a_guide_comes_in_once_and_takes_what_is_changed_in_it(guided: Shell, tmp_path: Path) -> None:
    path = tmp_path / "guide.yaml"
    listed = guided.json("topics", "list")
    assert [(t["source_type"], t["topic"], t["questions"], t["themes"]) for t in listed] == [
        ("case file", "Referral", [], ["Getting in"]),
        ("parent", "First hearing", ["2"], ["Getting in"]),
        ("parent", "First visit", [], ["Staying"]),
    ]
    path.write_text(GUIDE.replace("What happened at", "Tell me of").partition("  - source type: case")[0])
    assert guided("topics", "import", path) == 0
    assert "0 topics new, 1 changed, 1 as before" in guided.err
    assert "Referral (case file)" in guided.err
    assert guided("undo") == 0
    assert guided.json("topics", "list") == listed


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('["2"]', "[9z]", "line 6: the project has no question “9z”"),
        ("[Staying]", "[Leaving]", "line 10: the project has no theme “Leaving”"),
    ],
)
def test_a_guide_that_names_what_the_project_lacks_is_refused_whole(
    guided: Shell, tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(GUIDE.replace(old, new).replace("First visit", "Second visit"))
    assert guided("topics", "import", path) == 3
    assert sentence in guided.err
    assert len(guided.json("topics", "list")) == 3


def test_proposals_show_the_turn_and_are_taken_in_one_revision(guided: Shell) -> None:
    proposals = {(p["document"], p["topic"]): p for p in guided.json("topics", "propose")}
    hearing = proposals["P07", "First hearing"]
    assert (hearing["proposed"], hearing["turn"], hearing["words"]) == ("asked", 1, "How did you first hear of it?")
    assert proposals["P07", "First visit"]["proposed"] is None
    assert proposals["F07 file", "Referral"]["proposed"] == "not recorded"
    assert guided("topics", "confirm", "--proposed") == 0
    assert "2 topics confirmed" in guided.err
    assert stands(guided) == {
        ("P07", "First hearing"): "asked",
        ("P07", "First visit"): "not yet confirmed",
        ("F07 file", "Referral"): "not recorded",
    }
    assert guided("topics", "confirm", "--proposed") == 0
    assert "Nothing to change" in guided.err
    assert guided("undo") == 0
    assert set(stands(guided).values()) == {"not yet confirmed"}
    assert guided("topics", "propose", "P07") == 0
    assert "How did you first hear" in guided.out


def test_what_a_person_says_stands_over_a_proposal(guided: Shell) -> None:
    assert guided("topics", "confirm", "P07", "first hearing", "not-asked") == 0
    assert guided("topics", "confirm", "--proposed", "P07") == 0
    assert stands(guided)["P07", "First hearing"] == "not asked"
    assert guided("topics", "confirm", "P07", "First hearing", "unconfirmed") == 0
    assert guided("topics", "confirm", "--others-not-asked", "P07") == 0
    assert "2 topics confirmed" in guided.err
    assert guided("topics", "confirm", "F07 file", "Ref", "outside") == 0
    assert stands(guided)["F07 file", "Referral"] == "outside the schedule"
    assert guided("verify") == 0


def test_a_table_of_what_was_asked_goes_in_whole_or_not_at_all(guided: Shell, tmp_path: Path) -> None:
    path = tmp_path / "asked.csv"
    path.write_text("document,topic,asked\nP07,First visit,Not asked\nP07,First hearing,perhaps\n")
    assert guided("topics", "confirm", "--file", path) == 3
    assert "line 3" in guided.err
    path.write_text("document,topic,asked\nF07 file,Referral,asked\n")
    assert guided("topics", "confirm", "--file", path) == 3
    assert "line 2: “F07 file” is a case file" in guided.err
    path.write_text("document,topic,asked\nP07,First visit,Not asked\nP07,First hearing,asked\n")
    assert guided("topics", "confirm", "--file", path) == 0
    assert stands(guided)["P07", "First visit"] == "not asked"


def test_the_table_is_by_topic_theme_or_question(guided: Shell) -> None:
    guided("topics", "confirm", "--proposed")
    assert guided("topics", "table") == 0
    assert guided.out.splitlines()[-2].split() == ["F07", "file", "n"]
    by_theme = guided.json("topics", "table", "--by", "theme")
    assert [(r["document"], r["theme"], r["stands"]) for r in by_theme] == [
        ("P07", "Getting in", "asked"),
        ("P07", "Staying", "not yet confirmed"),
        ("F07 file", "Getting in", "not recorded"),
        ("F07 file", "Staying", "outside the schedule"),
    ]
    assert guided.json("topics", "table", "--by", "question")[0]["stands"] == "asked"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["confirm", "P07", "First hearing"], "Which topic"),
        (["confirm", "P07", "First", "asked"], "First hearing; First visit"),
        (["confirm", "P07", "First hearing", "maybe"], "cannot be “maybe”"),
        (["confirm", "F07 file", "Referral", "not-asked"], "case file"),
        (["confirm", "--others-not-asked"], "Of which interviews"),
        (["confirm", "--others-not-asked", "F07 file"], "case file"),
        (["confirm", "--proposed", "--file", "x.csv"], "Only one"),
        (["propose", "P99"], "No document"),
    ],
)
def test_what_cannot_be_confirmed_is_a_matter_of_usage(guided: Shell, arguments: list[str], sentence: str) -> None:
    assert guided("topics", *arguments) == 2
    assert sentence in guided.err


def test_without_guides_and_for_documents_without_one_a_sentence_says_so(shell: Shell, sample: Sample) -> None:
    assert shell("topics", "table") == 0
    assert "no topic guides" in shell.err


def test_a_document_of_another_kind_has_no_guide(guided: Shell, sample: Sample) -> None:
    with Project.open(sample.path) as project:
        document = next(d for d in project.records("document") if d.name == "P07")
        project.apply("moved", [update(document, source_type="partner")], coder=sample.ak.id)
    assert guided("topics", "propose", "P07") == 2
    assert "No topic guide holds" in guided.err
    assert set(stands(guided)) == {("F07 file", "Referral")}


def test_an_answer_to_a_topic_of_its_theme_is_proposed_as_prompted(guided: Shell) -> None:
    first, second = guided.json("codings", "prompted")
    assert (first["code"], first["question"], first["proposed"], first["prompted"]) == (
        "Being listened to",
        1,
        "prompted",
        "",
    )
    assert (second["code"], second["proposed"]) == ("Key worker", "")
    assert guided("codings", "prompted", "--proposed") == 0
    assert "1 coding changed" in guided.err
    assert guided("codings", "prompted", second["id"], "volunteered") == 0
    assert [c["prompted"] for c in guided.json("codings", "prompted", "--document", "P07")] == [
        "prompted",
        "volunteered",
    ]
    assert guided("codings", "prompted", "--document", "P07", "--turn", "3", "unsaid") == 0
    assert guided("undo") == 0
    assert [c["prompted"] for c in guided.json("codings", "prompted")] == ["prompted", "volunteered"]


def test_only_ones_own_codings_are_marked(guided: Shell) -> None:
    (theirs,) = guided.json("codings", "prompted", coder="RM")
    assert guided("codings", "prompted", theirs["id"], "prompted") == 2
    assert "You have no coding" in guided.err
    assert guided("codings", "prompted", "--document", "P07", "--turn", "1", "prompted") == 2
    assert guided("codings", "prompted", theirs["id"]) == 2
