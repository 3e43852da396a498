"""`tbcp-qual documents speakers, rename-speaker, split, join, section, date`: each one revision that undo takes back."""

from pathlib import Path

import pytest

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Coding, Forward, forward_id
from tbcp_qual.coding.spans import Span
from tbcp_qual.coding.text import text_hash
from tbcp_qual.store import Project
from tests.cli.shell import Shell
from tests.conftest import Sample


def turns(shell: Shell, name: str = "P07") -> list[tuple[str, str]]:
    return [(t["speaker"], t["words"]) for t in shell.json("documents", "show", name)["turns"]]


def test_speakers_of_all_documents_stand_in_one_table(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "P08.txt").write_text("INT: One two?\nP08: Three.\nINT: Four.\nP08: Five, six.\n")
    (tmp_path / "F01_file.txt").write_text("Home visit.\nAll well.\n")
    assert shell("documents", "import", tmp_path / "P08.txt", tmp_path / "F01_file.txt") == 0
    heard = shell.json("documents", "speakers")
    assert [(h["document"], h["speaker"], h["roles"], h["turns"], h["words"]) for h in heard] == [
        ("P07", "INT", ["interviewer"], 1, 7),
        ("P07", "P07", ["participant"], 2, 14),
        ("P08", "INT", ["interviewer"], 2, 3),
        ("P08", "P08", ["participant"], 2, 3),
    ]
    assert shell("documents", "speakers", "P08") == 0
    assert len(shell.out.splitlines()) == 3


def test_a_speaker_is_renamed_in_one_document_or_in_all(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "P08.txt").write_text("INT: One two?\nP08: Three.\nINT: Four.\nP08: Five, six.\n")
    shell("documents", "import", tmp_path / "P08.txt")
    assert shell("documents", "rename-speaker", "P07", "int", "Interviewer") == 0
    assert "1 turn changed, in 1 document" in shell.err
    assert turns(shell, "P08")[0][0] == "INT"
    assert shell("documents", "rename-speaker", "P08", "INT", "Interviewer", "--all") == 0
    assert shell("documents", "rename-speaker", "P08", "Interviewer", "Asker", "--all") == 0
    assert "3 turns changed, in 2 documents" in shell.err
    assert shell("undo") == 0
    assert {speaker for speaker, _ in turns(shell, "P08")} == {"Interviewer", "P08"}
    assert shell("documents", "rename-speaker", "P07", "P99", "P98") == 2
    assert "Heard there: Interviewer, P07" in shell.err


def test_a_turn_is_split_and_joined_again_and_each_is_undone_alone(shell: Shell) -> None:
    before = turns(shell)
    assert shell("documents", "split", "P07", "--turn", "2", "--at", "she just sat") == 2
    assert shell("documents", "split", "P07", "--turn", "2", "--at", "She just sat", "--speaker", "INT") == 0
    assert turns(shell)[1:3] == [("P07", "My midwife said."), ("INT", "She just sat with me.")]
    assert shell("documents", "join", "P07", "--turn", "2") == 2
    assert "Turn 2 is P07’s and the next INT’s. " in f"{' '.join(shell.err.split())} "
    assert '--speaker "P07"' in shell.err
    assert shell("documents", "join", "P07", "--turn", "2", "--speaker", "K03") == 2
    assert shell("documents", "join", "P07", "--turn", "2", "--speaker", "int") == 0
    assert turns(shell)[1] == ("INT", before[1][1])
    assert shell("undo") == 0
    assert shell("documents", "join", "P07", "--turn", "2", "--speaker", "P07") == 0
    assert turns(shell) == before
    assert shell("undo") == 0
    assert shell("undo") == 0
    assert turns(shell) == before
    assert shell("documents", "join", "P07", "--turn", "3") == 2
    assert "last" in shell.err
    assert shell("verify") == 0


def test_joining_keeps_a_review_of_both_and_lets_go_one_of_half(sample: Sample, shell: Shell) -> None:
    with Project.open(sample.path) as project:
        for coder, reviewed in ((sample.ak.id, sample.turns[1:]), (sample.rm.id, sample.turns[1:2])):
            project.apply("read", [c for t in reviewed for c in edits.review(t, coder)], coder=coder)
    assert shell("documents", "join", "P07", "--turn", "2") == 0
    with Project.open(sample.path, read_only=True) as project:
        now = project.snapshot(sample.ak.id)
    assert [(r.turn, r.coder) for r in now.reviews] == [(sample.turns[1].id, sample.ak.id)]
    assert turns(shell)[1][1].endswith("P07: It was not for the form.")
    assert shell("undo") == 0
    with Project.open(sample.path, read_only=True) as project:
        assert len(project.snapshot(sample.ak.id).reviews) == 3


def test_sections_and_dates_are_set_on_turns(shell: Shell) -> None:
    assert shell("documents", "section", "P07", "--turn", "2", "--title", "How it began") == 0
    assert shell("documents", "date", "P07", "--turn", "2-3", "--date", "2024-03") == 0
    shown = shell.json("documents", "show", "P07")["turns"]
    assert [t["section"] for t in shown] == ["", "How it began", "How it began"]
    assert shell("documents", "section", "P07", "--turn", "2", "--title", "How it began") == 0
    assert "Nothing to change" in shell.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["split", "P07", "--turn", "9", "--at", "x"], "turns 1 to 3"),
        (["split", "P07", "--turn", "1-2", "--at", "x"], "One turn"),
        (["date", "P07", "--turn", "x", "--date", "2024"], "no turn"),
        (["date", "P07", "--turn", "1", "--date", "2024-02-30"], "no date"),
        (["date", "P07", "--turn", "1", "--date", "3 May"], "2024-03-12"),
        (["join", "Q", "--turn", "1"], "No document"),
    ],
)
def test_what_cannot_be_done_is_a_matter_of_usage(shell: Shell, arguments: list[str], sentence: str) -> None:
    assert shell("documents", *arguments) == 2
    assert sentence in shell.err


def test_turns_of_a_corrected_text_are_corrected_where_they_lie_now(sample: Sample, shell: Shell) -> None:
    text = f"Heard in May.\n{sample.TEXT}"
    forward = Forward(
        id=forward_id(sample.document.id, sample.document.text, text_hash(text)),
        document=sample.document.id,
        before=sample.document.text,
        after=text_hash(text),
        kept=((0, 14, len(sample.TEXT)),),
    )
    with Project.open(sample.path) as project:
        corrected = [create(forward), update(sample.document, text=text_hash(text))]
        project.apply("corrected", corrected, coder=sample.ak.id, texts=[text])
    assert shell("documents", "split", "P07", "--turn", "2", "--at", "She just") == 0
    assert turns(shell)[1:3] == [("P07", "My midwife said."), ("P07", "She just sat with me.")]
    assert shell("documents", "join", "P07", "--turn", "3") == 0
    assert turns(shell)[2][1] == "She just sat with me.\nP07: It was not for the form."
    assert shell("verify") == 0


def test_codings_stay_on_their_words(sample: Sample, shell: Shell) -> None:
    span = Span(sample.turns[1].start, sample.turns[2].end)
    coding = Coding(
        id=new_id(),
        document=sample.document.id,
        text=sample.document.text,
        start=span.start,
        end=span.end,
        code=sample.listened.id,
        coder=sample.ak.id,
    )
    with Project.open(sample.path) as project:
        project.apply("coded", [create(coding)], coder=sample.ak.id)
    before = shell.json("codings", "list")[0]["words"]
    shell("documents", "split", "P07", "--turn", "2", "--at", "She just sat")
    shell("documents", "rename-speaker", "P07", "P07", "Mother")
    assert shell.json("codings", "list")[0]["words"] == before


def test_a_turn_is_given_to_whoever_said_it_and_the_text_stays(shell: Shell) -> None:
    def who(number: int) -> tuple[str, str]:
        turn = shell.json("documents", "show", "P07")["turns"][number - 1]
        return turn["speaker"], turn["role"]

    words = [said for _, said in turns(shell)]
    assert shell("documents", "said-by", "P07", "--turn", "2", "--speaker", "int") == 0
    assert who(2) == ("INT", "interviewer")
    assert shell("documents", "said-by", "P07", "--turn", "2", "--speaker", "P07") == 0
    assert who(2) == ("P07", "participant")
    heard = shell.json("documents", "speakers", "P07")
    assert [h["participants"] for h in heard if h["speaker"] == "P07"] == [["P07"]]
    assert shell("documents", "said-by", "P07", "--turn", "2-3", "--role", "interviewer") == 0
    assert [who(2), who(3)] == [("P07", "interviewer")] * 2
    assert shell("undo") == 0
    assert shell("documents", "said-by", "P07", "--turn", "3", "--speaker", "Gran") == 0
    assert who(3) == ("Gran", "participant")
    assert [said for _, said in turns(shell)] == words
    assert shell("documents", "said-by", "P07", "--turn", "3") == 2
    assert shell("documents", "said-by", "P07", "--turn", "99", "--speaker", "INT") == 2


def test_the_dates_of_entries_are_shown(shell: Shell) -> None:
    assert shell("documents", "date", "P07", "--turn", "2", "--date", "2024-03") == 0
    assert [t["date"] for t in shell.json("documents", "show", "P07")["turns"]] == ["", "2024-03", ""]
    assert shell("documents", "show", "P07") == 0
    assert "(participant) 2024-03" in shell.out
