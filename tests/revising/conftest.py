"""A small project with codings, a memo and a mark of a case on one interview, and files that correct it."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tbcp_qual.coding.changes import create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import About, Case, Coding, Document, Memo, Review, about_id, review_id
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.readers.documents import read_document
from tbcp_qual.tasks.importing import import_documents
from tbcp_qual.tasks.revising import Revising, apply_revision, plan_revision
from tests.conftest import Sample

INTERVIEW = """\
INT: How did you first hear of the team?

P07: My midwife said. She rang them from the clinic, and Tyler's nan took the letter in.

INT: And what happened then?

P07: She just sat with me. I recieved a leaflet and put it in the drawer with the others.

INT: Were you asked about it?

P07: No. Nobody asked. It was not for the form, it was for me and the baby.

INT: Thank you.

P07: You are welcome, love.
"""


@dataclass
class Study:
    """A project with one interview, and what is on it."""

    sample: Sample
    folder: Path
    document: Document

    def now(self, viewer: str = "") -> Snapshot:
        return self.sample.project.snapshot(viewer or self.sample.ak.id, [self.document.id])

    @property
    def text(self) -> str:
        now = self.now()
        return now.texts[now.document_by_id[self.document.id].text]

    def code(self, words: str, *, coder: str = "") -> str:
        """Code the only place of some words; return the id."""
        now = self.now()
        document = now.document_by_id[self.document.id]
        assert self.text.count(words) == 1
        start = self.text.index(words)
        coding = Coding(
            id=new_id(),
            document=document.id,
            text=document.text,
            start=start,
            end=start + len(words),
            code=self.sample.listened.id,
            coder=coder or self.sample.ak.id,
        )
        self.sample.project.apply("coded", [create(coding)], coder=coding.coder)
        return coding.id

    def note(self, words: str) -> str:
        start = self.text.index(words)
        memo = Memo(
            id=new_id(), coder=self.sample.ak.id, title="Odd", document=self.document.id,
            text=self.now().document_by_id[self.document.id].text, start=start, end=start + len(words),
        )  # fmt: skip
        self.sample.project.apply("memo", [create(memo)], coder=self.sample.ak.id)
        return memo.id

    def about(self, words: str) -> str:
        start, case = self.text.index(words), Case(id=new_id(), label="F07")
        text = self.now().document_by_id[self.document.id].text
        about = About(
            id=about_id(self.document.id, text, start, start + len(words), case.id),
            document=self.document.id, text=text, start=start, end=start + len(words), case=case.id,
        )  # fmt: skip
        self.sample.project.apply("about", [create(case), create(about)], coder=self.sample.ak.id)
        return about.id

    def review(self, turn: int, coder: str = "") -> None:
        turn_id = self.now().turns_by_document[self.document.id][turn - 1].id
        coder = coder or self.sample.ak.id
        review = Review(id=review_id(turn_id, coder), document=self.document.id, turn=turn_id, coder=coder)
        self.sample.project.apply("reviewed", [create(review)], coder=coder)

    def plan(self, text: str, viewer: str = "", **options: bool) -> Revising:
        file = self.folder / "corrected.txt"
        file.write_text(text, encoding="utf-8")
        document = self.now().document_by_id[self.document.id]
        viewer = viewer or self.sample.ak.id
        return plan_revision(self.sample.project, document, read_document(file), viewer=viewer, file=file, **options)

    def correct(self, text: str) -> Revising:
        planned = self.plan(text)
        apply_revision(self.sample.project, planned, coder=self.sample.ak.id)
        assert self.sample.project.verify() == []
        return planned

    def correct_as(self, text: str) -> None:
        """Put another text in its place, whatever it is."""
        apply_revision(self.sample.project, self.plan(text, anyway=True), coder=self.sample.ak.id)

    def words(self, coding: str) -> str | None:
        """Return what a coding lies on in the present text; None where it is unplaced."""
        now = self.now()
        found = next(c for c in now.codings if c.id == coding)
        return now.words(found) if found.text == now.document_by_id[found.document].text else None

    def turns(self) -> list[tuple[str, str]]:
        now = self.now()
        return [(t.speaker, self.text[t.start : t.end]) for t in now.turns_by_document[self.document.id]]


@pytest.fixture
def study(sample: Sample, tmp_path: Path) -> Study:
    file = tmp_path / "P07 visit.txt"
    file.write_text(INTERVIEW, encoding="utf-8")
    report = import_documents(sample.project, [file], coder=sample.ak.id)
    (imported,) = report.having("imported")
    document = sample.project.record("document", imported.document)
    assert isinstance(document, Document)
    return Study(sample, tmp_path, document)
