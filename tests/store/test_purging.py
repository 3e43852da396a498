"""What is purged is gone: from the tables, the journal and the bytes of the file, and it does not come back."""

import shutil
from pathlib import Path

import pytest

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Case, Coding, Document, Forward, Memo, Turn, Version
from tbcp_qual.coding.spans import Span
from tbcp_qual.coding.text import text_hash
from tbcp_qual.errors import Conflict
from tbcp_qual.store import Project
from tbcp_qual.team.merge import merge
from tests.conftest import Sample

WORDS = ("Zebedee", "midwife", "sat with me", "hear of it")


def in_bytes(path: Path) -> list[str]:
    raw = path.read_bytes()
    return [word for word in WORDS if word.encode() in raw or word.encode("utf-16-le") in raw]


def code(project: Project, sample: Sample, start: int, end: int, memo: str = "") -> Coding:
    now = project.snapshot(sample.ak.id)
    changes = edits.apply_code(
        now.codings,
        now.codebook,
        document=now.document_by_id[sample.document.id],
        span=Span(start, end),
        code=sample.listened,
        coder=sample.ak.id,
        memo=memo,
    )
    project.apply("coded", changes, coder=sample.ak.id)
    (made,) = [c for c in project.snapshot(sample.ak.id).codings if c.id == changes[0].id]
    return made


def other_document(project: Project) -> Document:
    text = "She was all right.\n"
    document = Document(id=new_id(), name="P09", text=text_hash(text))
    turn = Turn(id=new_id(), document=document.id, text=document.text, end=18, speaker="P09")
    project.apply("document imported: P09", [create(document), create(turn)], coder="", texts=[text])
    return document


@pytest.fixture
def coded(sample: Sample) -> Sample:
    """The sample with a name in memos, labels and attributes of several acts, some of them undone."""
    project = sample.project
    code(project, sample, 50, 60, memo="as Zebedee said")
    gone = code(project, sample, 10, 14, memo="Zebedee again")
    project.apply("removed Zebedee", edits.remove_coding(gone), coder=sample.ak.id)
    project.apply("turns reviewed", edits.review(sample.turns[1], sample.ak.id), coder=sample.ak.id)
    memo = Memo(id=new_id(), coder=sample.rm.id, body="Zebedee and the midwife", document=sample.document.id)
    project.apply("memo", [create(memo)], coder=sample.rm.id)
    project.undo(sample.rm.id)
    project.redo(sample.rm.id)
    other_document(project)
    return sample


def test_a_document_goes_with_all_that_lies_on_it(coded: Sample) -> None:
    project = coded.project
    assert in_bytes(coded.path) == list(WORDS)
    project.purge("withdrew a participant", coder=coded.ak.id, records=[("document", coded.document.id)])
    now = project.snapshot(coded.ak.id)
    assert [d.name for d in now.documents] == ["P09"]
    assert (now.codings, now.reviews, now.memos) == ((), (), ())
    assert {t.speaker for t in now.turns} == {"P09"}
    assert project.verify() == []
    assert project.history()[0].revision.label == "withdrew a participant"
    project.purge("names", coder=coded.ak.id, words={"Zebedee": "[Child A]"})
    assert in_bytes(coded.path) == []
    assert project.verify() == []
    with pytest.raises(Conflict, match="cannot be undone"):
        project.undo(coded.ak.id)


def test_words_are_replaced_in_every_value_and_label_and_the_spans_stay(coded: Sample) -> None:
    project = coded.project
    case = Case(id=new_id(), label="Zebedee")
    body = '{"example": "Zebedee slept"}'
    version = Version(id=new_id(), number=1, label="first", body=text_hash(body), coder=coded.ak.id)
    listened = update(coded.listened, example="Zebedee, and Zebedees, and zebedee")
    project.apply("made Zebedee's case", [create(case), create(version), listened], coder=coded.ak.id, texts=[body])
    project.purge("names", coder=coded.ak.id, words={"Zebedee": "[Child A]"})
    now = project.snapshot(coded.ak.id)
    assert [c.memo for c in now.codings] == ["as [Child A] said"]
    assert [m.body for m in now.memos] == ["[Child A] and the midwife"]
    assert [c.label for c in now.cases] == ["[Child A]"]
    assert now.codebook.by_id[coded.listened.id].example == "[Child A], and Zebedees, and zebedee"
    labels = [deed.revision.label for deed in project.history()]
    assert "made [Child A]'s case" in labels
    (kept,) = project.records("version")
    assert project.texts([kept.body]) == {kept.body: '{"example": "[Child A] slept"}'}
    assert project.verify() == []


def test_an_earlier_text_goes_and_the_codings_on_it_stay_where_they_are(coded: Sample) -> None:
    project, old = coded.project, coded.document.text
    at = coded.TEXT.index("midwife")
    new = coded.TEXT.replace("midwife", "[Worker]")
    forward = Forward(
        id=new_id(),
        document=coded.document.id,
        before=old,
        after=text_hash(new),
        kept=((0, 0, at), (at + 7, at + 8, len(coded.TEXT) - at - 7)),
    )
    turns = [
        update(
            t,
            text=text_hash(new),
            start=t.start + (t.start > at),
            head=t.head + (t.head > at),
            end=t.end + (t.end > at),
        )
        for t in coded.turns
    ]
    changes = [update(coded.document, text=text_hash(new)), create(forward), *turns]
    project.apply("a name was replaced", changes, coder=coded.ak.id, texts=[new])
    seen = project.snapshot(coded.ak.id).codings
    project.purge("names", coder=coded.ak.id, texts=[old], words={"midwife": "[Worker]"})
    assert project.snapshot(coded.ak.id).codings == seen
    assert project.verify() == []
    assert "midwife" not in in_bytes(coded.path)


@pytest.mark.parametrize("into_the_old_copy", [False, True])
def test_a_copy_that_still_has_the_words_does_not_bring_them_back(
    coded: Sample, tmp_path: Path, into_the_old_copy: bool
) -> None:
    copy = tmp_path / "copy.tbcp"
    shutil.copy(coded.path, copy)
    with Project.open(copy) as other:
        code(other, coded, 36, 40, memo="written offline")
        other_id = other.snapshot(coded.ak.id).codings[-1].id
    coded.project.purge(
        "withdrew a participant",
        coder=coded.ak.id,
        records=[("document", coded.document.id)],
        words={"Zebedee": "[Child A]"},
    )
    coded.project.apply("case", [create(Case(id=new_id(), label="F01"))], coder=coded.ak.id)
    if into_the_old_copy:
        with Project.open(copy) as other:
            merge(other, coded.path)
            assert other.verify() == []
            assert other.snapshot(coded.ak.id).codings == ()
            assert [c.label for c in other.records("case")] == ["F01"]
        assert in_bytes(copy) == []
        merge(coded.project, copy)
    else:
        merge(coded.project, copy)
        with Project.open(copy) as other:
            merge(other, coded.path)
    now = coded.project.snapshot(coded.ak.id)
    assert [d.name for d in now.documents] == ["P09"]
    assert other_id not in {c.id for c in now.codings}
    assert coded.project.verify() == []
    assert in_bytes(coded.path) == []
    with Project.open(copy) as other:
        assert other.verify() == []
        theirs = other.snapshot(coded.ak.id)
        assert (theirs.documents, theirs.codings, theirs.cases) == (now.documents, now.codings, now.cases)
        assert other.purged() == coded.project.purged()


def test_a_copy_takes_over_a_kept_codebook_out_of_which_names_were_taken(coded: Sample, tmp_path: Path) -> None:
    body = '{"example": "Anna met Quark"}'
    version = Version(id=new_id(), number=1, label="first", body=text_hash(body), coder=coded.ak.id)
    coded.project.apply("kept", [create(version)], coder=coded.ak.id, texts=[body])
    copy = tmp_path / "copy.tbcp"
    shutil.copy(coded.path, copy)
    coded.project.purge("names", coder=coded.ak.id, words={"Anna": "[Mother 1]"})
    with Project.open(copy) as other:
        merge(other, coded.path)
        (kept,) = other.records("version")
        assert other.texts([kept.body]) == {kept.body: '{"example": "[Mother 1] met Quark"}'}
        assert other.verify() == []
    assert b"Anna" not in copy.read_bytes()


def test_two_copies_that_took_different_names_out_of_one_act_have_neither_and_all_its_fields(
    coded: Sample, tmp_path: Path
) -> None:
    body = '{"example": "Anna met Quark"}'
    memo = Memo(id=new_id(), coder=coded.ak.id, title="Anna", body="Quark", document=coded.document.id)
    version = Version(id=new_id(), number=1, label="first", body=text_hash(body), coder=coded.ak.id)
    coded.project.apply("two names", [create(memo), create(version)], coder=coded.ak.id, texts=[body])
    copy = tmp_path / "copy.tbcp"
    shutil.copy(coded.path, copy)
    coded.project.purge("names", coder=coded.ak.id, words={"Anna": "[Mother 1]"})
    with Project.open(copy) as other:
        other.purge("names", coder=coded.ak.id, words={"Quark": "[Person 2]"})
    merge(coded.project, copy)
    with Project.open(copy) as other:
        merge(other, coded.path)
        merge(coded.project, copy)
        for project in (coded.project, other):
            (made,) = [m for m in project.snapshot(coded.ak.id).memos if m.id == memo.id]
            assert (made.title, made.body) == ("[Mother 1]", "[Person 2]")
            assert project.verify() == []
        assert other.records("version") == coded.project.records("version")
