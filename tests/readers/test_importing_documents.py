"""Files into a project: each whole or not at all, the good ones whatever becomes of the others."""

from pathlib import Path

import docx
import pytest

from tbcp_qual.errors import BadInput, UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.documents import mark_done, set_role
from tbcp_qual.tasks.importing import Stopped, import_documents
from tests.conftest import Sample

DIALOGUE = "INT: How did it go?\nP{n}: It went, in the end.\nINT: And then?\nP{n}: Then number {n} came.\n"


def folder(tmp_path: Path) -> Path:
    """Four good files in two folders, and one of each kind of bad one."""
    top = tmp_path / "transcripts"
    (top / "later").mkdir(parents=True)
    (top / ".hidden").mkdir()
    (top / "P02.txt").write_text(DIALOGUE.format(n="02"))
    (top / "later" / "K03.txt").write_text(DIALOGUE.format(n="03").replace("P03", "K03"))
    (top / "later" / "W01_first.txt").write_text(DIALOGUE.format(n="01"))
    made = docx.Document()
    made.add_heading("Views of the parent", 1)
    made.add_paragraph("She likes it.")
    made.add_heading("Plan", 1)
    made.add_paragraph("Visit weekly.")
    made.save(str(top / "F07_review.docx"))
    (top / "binary.txt").write_bytes(bytes(range(256)))
    (top / "empty.txt").touch()
    (top / "broken.docx").write_bytes(b"PK\x03\x04")
    (top / "notes.mp3").write_bytes(b"ID3")
    (top / "other.tbcp").write_bytes(b"x")
    (top / ".hidden" / "P99.txt").write_text("I: no\nP99: no\n")
    (top / "~$P02.docx").write_bytes(b"lock")
    return top


def test_a_folder_goes_in_without_its_bad_files(tmp_path: Path, sample: Sample) -> None:
    seen: list[tuple[int, int, str]] = []
    report = import_documents(
        sample.project, [folder(tmp_path)], coder=sample.ak.id, progress=lambda *step: seen.append(step)
    )
    assert [(file.path.name, file.outcome) for file in report.files] == [
        ("F07_review.docx", "imported"),
        ("P02.txt", "imported"),
        ("binary.txt", "refused"),
        ("broken.docx", "refused"),
        ("empty.txt", "refused"),
        ("K03.txt", "imported"),
        ("W01_first.txt", "imported"),
    ]
    assert report.passed_over == ((".mp3", 1),)
    assert seen[0] == (0, 7, "F07_review.docx")
    assert seen[-1] == (7, 7, "")
    named = {document.name: document for document in sample.project.records("document")}
    assert [named[n].source_type for n in ("P02", "K03", "W01_first", "F07_review")] == [
        "parent", "practitioner", "partner", "case file",
    ]  # fmt: skip
    assert named["F07_review"].kind == "case file"
    assert [case.label for case in sample.project.records("case")] == ["F07"]
    assert named["F07_review"].cases == (sample.project.records("case")[0].id,)
    assert sample.project.verify() == []


def test_each_file_is_one_revision_that_can_be_undone(tmp_path: Path, sample: Sample) -> None:
    before = sample.project.revision_ids()
    import_documents(sample.project, [folder(tmp_path)], coder=sample.ak.id)
    assert len(sample.project.revision_ids() - before) == 4
    sample.project.undo(sample.ak.id)
    assert "W01_first" not in {document.name for document in sample.project.records("document")}
    assert len({turn.document for turn in sample.project.records("turn")}) == 4


def test_turns_arrive_with_speaker_role_and_place(tmp_path: Path, sample: Sample) -> None:
    path = tmp_path / "P02.txt"
    path.write_text(DIALOGUE.format(n="02"))
    (file,) = import_documents(sample.project, [path], coder=sample.ak.id).files
    assert (file.turns, file.speakers, file.interviewers, file.words) == (4, ("INT", "P02"), ("INT",), 19)
    turns = [turn for turn in sample.project.records("turn") if turn.document == file.document]
    text = sample.project.texts([turns[0].text])[turns[0].text]
    assert sorted((turn.speaker, turn.role, text[turn.start : turn.end]) for turn in turns) == [
        ("INT", "interviewer", "And then?"),
        ("INT", "interviewer", "How did it go?"),
        ("P02", "participant", "It went, in the end."),
        ("P02", "participant", "Then number 02 came."),
    ]


def test_the_same_text_is_skipped_and_the_same_name_made_distinct(tmp_path: Path, sample: Sample) -> None:
    for i, text in enumerate([DIALOGUE.format(n="02"), DIALOGUE.format(n="02"), "Another text.\n"]):
        (tmp_path / str(i)).mkdir()
        (tmp_path / str(i) / "P02.txt").write_bytes(text.replace("\n", "\r\n" if i == 1 else "\n").encode())
    paths = [tmp_path / "0", tmp_path / "1", tmp_path / "2"]
    report = import_documents(sample.project, paths, coder=sample.ak.id)
    assert [(file.outcome, file.name) for file in report.files] == [
        ("imported", "P02"),
        ("skipped", "P02"),
        ("imported", "P02 (2)"),
    ]
    assert "in the project already, as “P02”" in report.files[1].reason
    again = import_documents(sample.project, paths, coder=sample.ak.id)
    assert {file.outcome for file in again.files} == {"skipped"}


def test_details_say_more_than_options_and_options_more_than_names(tmp_path: Path, sample: Sample) -> None:
    for name in ("P01", "P02", "P03"):
        (tmp_path / f"{name}.txt").write_text(DIALOGUE.format(n=name[1:]))
    details = tmp_path / "details.csv"
    details.write_text(
        "file,name,source type,time point,cases\n"
        "P01.txt,P01 interview,partner,second,F01; F02\n"
        "P02.txt,,,,\n"
        "P09.txt,P09,parent,,\n"
    )
    report = import_documents(
        sample.project, [tmp_path], coder=sample.ak.id, details=details, source_type="parent", time_point="first"
    )
    assert report.unused_rows == (4,)
    assert [file.path.name for file in report.files] == ["P01.txt", "P02.txt", "P03.txt"]
    assert report.files[0].new_cases == ("F01", "F02")
    named = {document.name: document for document in sample.project.records("document")}
    labels = {case.id: case.label for case in sample.project.records("case")}
    first = named["P01 interview"]
    assert (first.source_type, first.time_point, [labels[c] for c in first.cases]) == (
        "partner",
        "second",
        ["F01", "F02"],
    )
    assert (named["P03"].source_type, named["P03"].time_point, named["P03"].cases) == ("parent", "first", ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name\nP01\n", "line 1: the column “file” is missing"),
        ("file,colour\nP01.txt,red\n", "line 1: there is no column “colour”"),
        ("file,name\nP01.txt\n", "line 2: 1 cells, but the header has 2"),
        ("file,name\nP01.txt,a\nP01.txt,b\n", "line 3: the file of line 2 again"),
        ("file,name\n,a\n", "line 2: no file is named"),
        ('file,name\nP01.txt,"a\n', "line 2: not CSV"),
    ],
)
def test_faulty_details_stop_everything_before_it_begins(
    tmp_path: Path, sample: Sample, text: str, message: str
) -> None:
    (tmp_path / "P01.txt").write_text("Words.\n")
    details = tmp_path / "details.csv"
    details.write_text(text)
    with pytest.raises(BadInput, match=message):
        import_documents(sample.project, [tmp_path], coder=sample.ak.id, details=details)
    assert len(sample.project.records("document")) == 1


def test_an_interruption_leaves_the_finished_files_in(tmp_path: Path, sample: Sample) -> None:
    for n in range(5):
        (tmp_path / f"P{n:02}.txt").write_text(DIALOGUE.format(n=n))

    def stop(done: int, total: int, name: str) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(Stopped) as stopped:
        import_documents(sample.project, [tmp_path], coder=sample.ak.id, progress=stop)
    assert [file.name for file in stopped.value.report.having("imported")] == ["P00", "P01", "P02"]
    assert stopped.value.left == 2
    assert {document.name for document in sample.project.records("document")} == {"P07", "P00", "P01", "P02"}
    assert sample.project.verify() == []


def test_a_speakers_role_is_set_everywhere_or_in_one_document(tmp_path: Path, sample: Sample) -> None:
    (tmp_path / "P08.txt").write_text("P07: Hello?\nP08: Yes.\nP07: So.\n")
    import_documents(sample.project, [tmp_path / "P08.txt"], coder=sample.ak.id)
    assert set_role(sample.project, "p07", "interviewer", coder=sample.ak.id, document="P08").turns == 2
    everywhere = set_role(sample.project, "P07", "interviewer", coder=sample.ak.id)
    assert (everywhere.turns, everywhere.documents) == (2, 2)
    assert {turn.role for turn in sample.project.records("turn") if turn.speaker == "P07"} == {"interviewer"}
    with pytest.raises(UsageError, match="Nobody called “P99”") as problem:
        set_role(sample.project, "P99", "interviewer", coder=sample.ak.id)
    assert "INT, P07, P08" in problem.value.hint
    with pytest.raises(UsageError, match="No document is called") as problem:
        set_role(sample.project, "P07", "interviewer", coder=sample.ak.id, document="P80")
    assert "“P08”" in problem.value.hint


def test_documents_are_marked_done_and_not_done(sample: Sample) -> None:
    assert mark_done(sample.project, ["p07"], sample.ak.id) is not None
    assert sample.project.counts(sample.ak.id).done_by_document == {sample.document.id: {sample.ak.id}}
    assert mark_done(sample.project, ["P07"], sample.ak.id) is None
    mark_done(sample.project, ["P07"], sample.ak.id, done=False)
    assert sample.project.counts(sample.ak.id).done_by_document == {}
    with pytest.raises(UsageError, match="No document is called “P70”"):
        mark_done(sample.project, ["P07", "P70"], sample.ak.id)
    assert sample.project.counts(sample.ak.id).done_by_document == {}


def test_the_real_transcripts_go_in(tmp_path: Path, shared_data: Path) -> None:
    with Project.create(tmp_path / "real.tbcp", name="Real") as project:
        report = import_documents(project, [shared_data / "transcripts" / "code_review"], coder="")
        assert len(report.having("imported")) == 25
        assert sum(file.words for file in report.files) > 60_000
        assert project.verify() == []
