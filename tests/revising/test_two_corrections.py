"""Two copies correct one transcript without seeing each other: after the merge its turns are those of one of them."""

import shutil
from pathlib import Path

import pytest

from tbcp_qual.store import Project
from tbcp_qual.tasks.replacing import revise_texts
from tbcp_qual.team.merge import merge
from tests.revising.conftest import Study


def said(project: Project, document: str) -> list[tuple[str, str]]:
    now = project.snapshot("", [document])
    text = now.document_by_id[document].text
    turns = now.turns_by_document[document]
    assert {turn.text for turn in turns} == {text}
    return [(turn.speaker, now.texts[text][turn.start : turn.end]) for turn in turns]


def replace_in(project: Project, document: str, words: str, by: str, coder: str) -> None:
    record = project.record("document", document)
    text = project.texts([record.text])[record.text]  # type: ignore[union-attr]
    start = text.index(words)
    revise_texts(project, {document: [(start, start + len(words), by)]}, label="replaced", coder=coder)


@pytest.mark.parametrize(("mine", "theirs"), [("midwife said", "the others"), ("the others", "midwife said")])
def test_the_turns_of_the_text_that_stands_stand_with_it(study: Study, tmp_path: Path, mine: str, theirs: str) -> None:
    project, document, coder = study.sample.project, study.document.id, study.sample.ak.id
    copy = tmp_path / "copy.tbcp"
    shutil.copy(study.sample.path, copy)
    replace_in(project, document, mine, "[somebody, long]", coder)
    with Project.open(copy) as other:
        replace_in(other, document, theirs, "[x]", coder)
        versions = [said(project, document), said(other, document)]
        merge(project, copy)
        merge(other, study.sample.path)
        assert said(project, document) in versions
        assert said(other, document) == said(project, document)
    assert project.verify() == []
