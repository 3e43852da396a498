"""Several copies correct one transcript without seeing each other: one conflict, and one act that settles it."""

import shutil
from itertools import pairwise, permutations
from pathlib import Path

import pytest

from tbcp_qual.coding.changes import create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Coding
from tbcp_qual.errors import Conflict, UsageError
from tbcp_qual.readers.documents import read_document
from tbcp_qual.store import Project
from tbcp_qual.tasks.conflicts import conflicts, settle
from tbcp_qual.tasks.merging import merge_file
from tbcp_qual.tasks.revising import apply_revision, plan_revision
from tbcp_qual.tasks.structure import join_turns, split_turn
from tbcp_qual.team.merge import merge
from tests.conftest import revise_texts
from tests.revising.conftest import INTERVIEW, Study
from tests.store.test_journal_properties import tables

SHORTER = INTERVIEW.replace("recieved", "received").replace("INT: Thank you.\n\nP07: You are welcome, love.\n", "")
LONGER = (
    INTERVIEW.replace("the clinic", "the big old surgery").replace("Nobody asked", "Nobody ever asked")
    + "\nINT: Anything else?\n\nP07: No, nothing.\n"
)
THIRD = INTERVIEW.replace("INT: Thank you.", "INT: Thank you so much.")


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


def correct(project: Project, document: str, text: str, coder: str) -> None:
    file = project.path.with_suffix(".txt")
    file.write_text(text, encoding="utf-8")
    record = project.snapshot(coder, [document]).document_by_id[document]
    apply_revision(project, plan_revision(project, record, read_document(file), viewer=coder, file=file), coder=coder)


def code(project: Project, study: Study, words: str, coder: str) -> str:
    now = project.snapshot(coder, [study.document.id])
    text = now.document_by_id[study.document.id].text
    start = now.texts[text].index(words)
    coding = Coding(
        id=new_id(), document=study.document.id, text=text, start=start, end=start + len(words),
        code=study.sample.listened.id, coder=coder,
    )  # fmt: skip
    project.apply("coded", [create(coding)], coder=coder)
    return coding.id


def lies_on(project: Project, study: Study) -> dict[str, str | None]:
    """Return the words of each coding, by its id; None where it is unplaced."""
    now = project.snapshot(study.sample.ak.id, [study.document.id])
    text = now.document_by_id[study.document.id].text
    return {c.id: now.words(c) if c.text == text else None for c in now.codings}


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


class Corrected:
    """AK, RM and again RM each correct one interview in a copy of their own, and code what they have corrected."""

    def __init__(self, study: Study, folder: Path) -> None:
        self.study, self.document = study, study.document.id
        ak, rm = study.sample.ak.id, study.sample.rm.id
        self.before = study.code("My midwife said")
        self.folder = folder
        self.paths = [study.sample.path, folder / "second.tbcp", folder / "third.tbcp"]
        for path in self.paths[1:]:
            shutil.copy(study.sample.path, path)
        self.copies = [study.sample.project, *map(Project.open, self.paths[1:])]
        work = [(SHORTER, "I received a leaflet", ak), (LONGER, "No, nothing.", rm), (THIRD, "so much", rm)]
        self.coded = []
        self.turns = []
        for project, (text, words, coder) in zip(self.copies, work, strict=True):
            correct(project, self.document, text, coder)
            self.coded.append(code(project, study, words, coder))
            self.turns.append(said(project, self.document))

    def close(self) -> None:
        for copy in self.copies[1:]:
            copy.close()


def test_two_corrections_are_one_conflict_that_one_act_settles(study: Study, tmp_path: Path) -> None:
    made = Corrected(study, tmp_path)
    project, ak = made.copies[0], study.sample.ak.id
    report = merge_file(project, made.paths[1], viewer=ak)
    (line,) = report.conflicts
    assert line.told == "P07 visit: two corrected texts"
    assert [(c.keep, c.by, c.told) for c in line.choices] == [
        ("standing", "RM", "10 words changed (second.txt)"),
        ("other", "AK", "9 words changed, 4 turns fewer than the one that stands (sample.txt)"),
    ]
    assert report.unplaced == 1
    for keep, turns, words in (
        ("standing", made.turns[1], ["My midwife said", "I recieved a leaflet", "No, nothing."]),
        ("other", made.turns[0], ["My midwife said", "I received a leaflet", None]),
    ):
        settle(project, 1, keep, coder=ak)
        assert said(project, made.document) == turns
        assert [lies_on(project, study)[id_] for id_ in (made.before, *made.coded[:2])] == words
        assert (project.mismatches(), conflicts(project, viewer=ak), project.verify()) == ([], (), [])
        if keep == "standing":
            project.undo(ak)
            assert len(conflicts(project, viewer=ak)) == 1
    merge(made.copies[1], project.path)
    assert tables(made.copies[1]) == tables(project)
    assert said(made.copies[1], made.document) == made.turns[0]
    made.close()


def test_three_corrections_met_in_any_order_say_the_same_and_are_settled_for_any(study: Study, tmp_path: Path) -> None:
    made = Corrected(study, tmp_path)
    ak, results = study.sample.ak.id, []
    for n, order in enumerate(permutations(range(3))):
        path = tmp_path / f"all-{n}.tbcp"
        shutil.copy(made.paths[order[0]], path)
        with Project.open(path) as together:
            for other in (*order[1:], order[1]):
                merge(together, made.paths[other])
            assert together.verify() == []
            (line,) = conflicts(together, viewer=ak)
            assert (line.told, [c.keep for c in line.choices]) == (
                "P07 visit: three corrected texts",
                ["standing", "other", "other2"],
            )
            assert said(together, made.document) == made.turns[2]
            results.append((tables(together), together.mismatches()))
            if n < 3:
                texts = [c.value for c in line.choices]
                settle(together, 1, ("standing", "other", "other2")[n], coder=ak)
                assert together.record("document", made.document).text == texts[n]  # type: ignore[union-attr]
                assert said(together, made.document) in made.turns
                assert None not in [lies_on(together, study)[made.before]]
                assert (conflicts(together, viewer=ak), together.mismatches(), together.verify()) == ((), [], [])
    assert all(one == results[0] for one in results)
    made.close()


def test_the_same_file_taken_in_by_two_is_no_conflict_and_no_turn_is_there_twice(study: Study, tmp_path: Path) -> None:
    project, copy = study.sample.project, tmp_path / "copy.tbcp"
    shutil.copy(study.sample.path, copy)
    correct(project, study.document.id, LONGER, study.sample.ak.id)
    with Project.open(copy) as other:
        correct(other, study.document.id, LONGER, study.sample.rm.id)
        mine = said(project, study.document.id)
        assert [c.field for c in merge_file(project, copy, viewer=study.sample.ak.id).conflicts] == ["file"]
        assert said(project, study.document.id) == mine == said(other, study.document.id)
    assert project.verify() == []


def test_a_purged_text_is_neither_chosen_nor_left_standing(study: Study, tmp_path: Path) -> None:
    """A later correction leads back to the text that was purged in the other copy."""
    project, copy, document = study.sample.project, tmp_path / "copy.tbcp", study.document.id
    ak, rm = study.sample.ak.id, study.sample.rm.id
    shutil.copy(study.sample.path, copy)
    old = study.document.text
    replace_in(project, document, "Tyler", "[Child A]", ak)
    project.purge("names", coder=ak, texts=[old], words={"Tyler": "[Child A]"})
    with Project.open(copy) as other:
        correct(other, document, SHORTER, rm)
        correct(other, document, INTERVIEW, rm)
        assert other.record("document", document).text == old  # type: ignore[union-attr]
        for here, there in ((project, copy), (other, study.sample.path)):
            merge_file(here, there, viewer=ak)
            assert here.verify() == []
            assert here.record("document", document).text != old  # type: ignore[union-attr]
            assert "[Child A]'s nan" in said(here, document)[1][1]
            with pytest.raises(UsageError):
                settle(here, 1, "other2", coder=ak)
            assert b"Tyler" not in here.path.read_bytes()


def test_a_replacement_undone_in_one_copy_stands_where_the_other_has_purged_what_was_there(
    study: Study, tmp_path: Path
) -> None:
    """Else nothing would be left of the document."""
    project, copy, document = study.sample.project, tmp_path / "copy.tbcp", study.document.id
    ak = study.sample.ak.id
    replace_in(project, document, "Tyler", "[Child A]", ak)
    replaced = said(project, document)
    shutil.copy(study.sample.path, copy)
    project.purge("names", coder=ak, texts=[study.document.text], words={"Tyler": "[Child A]"})
    with Project.open(copy) as other:
        other.undo(ak)
        for here, there in ((project, copy), (other, study.sample.path), (project, copy)):
            merge(here, there)
            assert said(here, document) == replaced
            assert here.verify() == []
            assert b"Tyler" not in here.path.read_bytes()
        assert tables(project) == tables(other)
        with pytest.raises(Conflict):
            project.undo(ak)


@pytest.mark.parametrize("corrected_first", [True, False])
def test_turns_divided_in_one_copy_and_corrected_in_the_other_never_overlap(
    study: Study, tmp_path: Path, corrected_first: bool
) -> None:
    project, copy, document = study.sample.project, tmp_path / "copy.tbcp", study.document.id
    shutil.copy(study.sample.path, copy)
    with Project.open(copy) as other:

        def divide() -> None:
            split_turn(project, study.document.name, "2", "She rang them", coder=study.sample.ak.id)
            split_turn(project, study.document.name, "5", "and put it", coder=study.sample.ak.id)
            join_turns(project, study.document.name, "5", coder=study.sample.ak.id)

        def revise() -> None:
            correct(other, document, "\n" + LONGER.replace("INT: How", "INT: So how"), study.sample.rm.id)

        for act in (revise, divide) if corrected_first else (divide, revise):
            act()
        merge(project, copy)
        merge(other, study.sample.path)
        assert tables(project) == tables(other)
        now = project.snapshot("", [document])
        turns = now.turns_by_document[document]
        assert all(first.end <= second.head for first, second in pairwise(turns))
        assert "No, nothing." in [words for _, words in said(project, document)]
        assert project.verify() == []
        while conflicts(project, viewer=study.sample.ak.id):
            settle(project, 1, "standing", coder=study.sample.ak.id)
        assert project.verify() == []


@pytest.mark.parametrize("where", ["She rang them", "Tyler's nan"])
def test_a_turn_that_two_have_divided_holds_its_words_once(study: Study, tmp_path: Path, where: str) -> None:
    project, copy = study.sample.project, tmp_path / "copy.tbcp"
    shutil.copy(study.sample.path, copy)
    split_turn(project, study.document.name, "2", "She rang them", coder=study.sample.ak.id)
    with Project.open(copy) as other:
        split_turn(other, study.document.name, "2", where, coder=study.sample.rm.id)
    merge(project, copy)
    words = " ".join(" ".join(words for _, words in said(project, study.document.id)).split())
    assert words.count("She rang them from the clinic, and Tyler's nan took the letter in.") == 1
    assert project.verify() == []
