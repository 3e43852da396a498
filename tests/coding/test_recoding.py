"""The recode queue: what waits for a decision, why, and what each decision does."""

import pytest

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import Change
from tbcp_qual.coding.recoding import Waiting, give_code, keep, past_of, recode_queue, revisited, take_away
from tbcp_qual.coding.records import Code, Coding, Document
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import Conflict, UsageError
from tests.conftest import Sample

AT = "2025-03-03T12:00:00Z"


class Table:
    """AK works at the sample; RM has coded one passage."""

    def __init__(self, sample: Sample) -> None:
        self.sample, self.project = sample, sample.project
        self.coding(sample.mistrust, 3, 12)
        self.coding(sample.mistrust, 60, 64)
        self.coding(sample.mistrust, 60, 66, by=sample.rm.id)

    @property
    def now(self) -> Snapshot:
        return self.project.snapshot(self.sample.ak.id)

    def code(self, code: Code) -> Code:
        return self.now.codebook.by_id[code.id]

    def own(self) -> list[Coding]:
        return [coding for coding in self.now.codings if coding.coder == self.sample.ak.id]

    def apply(self, changes: list[Change], by: str = "") -> None:
        assert self.project.apply("something", changes, coder=by or self.sample.ak.id)

    def coding(self, code: Code, start: int, end: int, by: str = "") -> None:
        span, coder = Span(start, end), by or self.sample.ak.id
        book = self.now.codebook
        self.apply(
            edits.apply_code([], book, document=self.sample.document, span=span, code=code, coder=coder), by=coder
        )

    def queue(self) -> list[Waiting]:
        return list(recode_queue(self.now, past_of(self.project.revisions(), self.sample.ak.id)))

    def reasons(self) -> list[tuple[str, bool]]:
        return [(waiting.reason, waiting.own) for waiting in self.queue()]

    def done(self) -> None:
        mark = next((m for m in self.now.done if m.coder == self.sample.ak.id), None)
        self.apply(edits.mark_done(mark, document=self.sample.document.id, coder=self.sample.ak.id))

    def new_code(self, name: str) -> Code:
        code = Code(id=f"{name:>032}", name=name)
        self.apply(edits.add_code(self.now.codebook, code))
        return code


@pytest.fixture
def table(sample: Sample) -> Table:
    return Table(sample)


def test_nothing_waits_while_definitions_stay(table: Table) -> None:
    table.apply(edits.edit_code(table.code(table.sample.mistrust), {"colour": "red", "status": "agreed"}))
    table.apply(edits.move_code(table.now.codebook, table.code(table.sample.mistrust), table.sample.listened))
    assert table.queue() == []


def test_codings_made_under_an_older_definition_wait_with_both_definitions(table: Table) -> None:
    table.apply(edits.edit_code(table.code(table.sample.mistrust), {"use_when": "Only of services."}))
    queue = table.queue()
    assert [(w.reason, w.own) for w in queue] == [("redefined", True), ("redefined", True), ("redefined", False)]
    assert queue[0].before is not None
    assert (queue[0].before.use_when, queue[0].before.name) == ("", "Mistrust")
    table.project.undo(table.sample.ak.id)
    assert table.queue() == []


def test_a_name_that_was_merely_respelt_is_told_apart(table: Table) -> None:
    table.apply(edits.rename_code(table.now.codebook, table.code(table.sample.mistrust), "Distrust"))
    assert {w.reason for w in table.queue()} == {"renamed"}
    table.apply(edits.edit_code(table.code(table.sample.mistrust), {"brief": "Of services"}))
    assert {w.reason for w in table.queue()} == {"redefined"}


def test_what_is_kept_is_held_against_the_definition_of_today_and_waits_again_after_the_next(table: Table) -> None:
    table.apply(edits.edit_code(table.code(table.sample.mistrust), {"brief": "One"}))
    table.apply(keep(table.now.codebook, table.own()))
    assert table.reasons() == [("redefined", False)]
    table.apply(edits.edit_code(table.code(table.sample.mistrust), {"brief": "Two"}))
    assert [w.before.brief for w in table.queue() if w.before and w.own] == ["One", "One"]
    assert keep(table.now.codebook, []) == []


def test_a_definition_that_comes_back_settles_what_waited(table: Table) -> None:
    table.apply(edits.edit_code(table.code(table.sample.mistrust), {"brief": "One"}))
    table.apply(edits.edit_code(table.code(table.sample.mistrust), {"brief": ""}))
    assert table.queue() == []


def test_codings_of_a_split_code_wait_until_each_is_kept_moved_or_dropped(table: Table) -> None:
    book = table.now.codebook
    table.apply(edits.split_code(book, [], table.code(table.sample.mistrust), ["Of services", "Of workers"]))
    queue = table.queue()
    assert [w.reason for w in queue] == ["split"] * 3
    parts = [table.now.codebook.by_id[part] for part in queue[0].parts]
    assert [part.name for part in parts] == ["Of services", "Of workers"]
    first, second = table.own()
    table.apply(give_code(table.now.codebook, table.own(), [first], parts[0]))
    table.apply(keep(table.now.codebook, [second]))
    assert table.reasons() == [("split", False)]
    assert table.own()[0].code == parts[0].id


def test_codings_of_a_merged_code_wait_under_the_code_that_stands_for_it_and_keep_their_own(table: Table) -> None:
    book = table.now.codebook
    table.apply(edits.merge_codes(book, [], table.code(table.sample.mistrust), table.code(table.sample.listened)))
    queue = table.queue()
    assert {(w.reason, w.code) for w in queue} == {("merged", table.sample.listened.id)}
    assert queue[0].before is not None
    assert queue[0].before.name == "Mistrust"
    table.apply(keep(table.now.codebook, table.own()))
    assert {coding.code for coding in table.own()} == {table.sample.mistrust.id}
    assert table.reasons() == [("merged", False)]
    table.apply(edits.edit_code(table.code(table.sample.listened), {"brief": "New"}))
    assert table.reasons() == [("merged", False), ("redefined", True), ("redefined", True)]


def test_codings_of_a_retired_code_wait_and_what_was_kept_stays_so_when_it_comes_back(table: Table) -> None:
    table.apply(edits.retire_code(table.now.codebook, table.code(table.sample.mistrust)))
    assert {w.reason for w in table.queue()} == {"retired"}
    first, second = table.own()
    table.apply(keep(table.now.codebook, [first]))
    table.apply(take_away([second]))
    assert table.reasons() == [("retired", False)]
    table.apply(edits.restore_code(table.now.codebook, table.code(table.sample.mistrust)))
    assert table.queue() == []


def test_a_document_finished_before_a_code_came_is_to_be_read_again(table: Table) -> None:
    table.new_code("early")
    table.done()
    assert table.queue() == []
    late = table.new_code("late")
    (waiting,) = table.queue()
    assert (waiting.reason, waiting.code, waiting.document) == ("new code", late.id, table.sample.document.id)
    assert waiting.coding is None
    table.apply(revisited(table.now, late, [table.sample.document.id], at=AT))
    assert table.queue() == []
    assert revisited(table.now, late, [table.sample.document.id], at=AT) == []
    table.project.undo(table.sample.ak.id)
    assert len(table.queue()) == 1
    table.coding(late, 3, 12)
    assert table.queue() == []


def test_a_document_marked_done_again_was_finished_again(table: Table) -> None:
    table.done()
    table.new_code("late")
    (mark,) = table.now.done
    table.apply(edits.mark_done(mark, document=mark.document, coder=mark.coder, done=False))
    assert table.queue() == []
    table.done()
    assert table.queue() == []


def test_a_stage_counts_as_finished_for_whoever_set_it(table: Table) -> None:
    from tbcp_qual.coding.changes import update

    document = table.now.document_by_id[table.sample.document.id]
    assert isinstance(document, Document)
    table.apply([update(document, stage="coded")], by=table.sample.rm.id)
    late = table.new_code("late")
    assert table.queue() == []
    theirs = recode_queue(
        table.project.snapshot(table.sample.rm.id), past_of(table.project.revisions(), table.sample.rm.id)
    )
    assert [(w.code, w.coder) for w in theirs if w.reason == "new code"] == [(late.id, table.sample.rm.id)]


def test_the_parts_of_a_split_code_ask_for_no_second_reading(table: Table) -> None:
    table.done()
    table.apply(edits.split_code(table.now.codebook, [], table.code(table.sample.mistrust), ["Of services"]))
    assert {w.reason for w in table.queue()} == {"split"}


def test_a_coding_gets_no_retired_code_and_none_that_its_words_exclude(table: Table) -> None:
    one, other = Code(id="1" * 32, name="Sure", domain="mood"), Code(id="2" * 32, name="Unsure", domain="mood")
    for code in (one, other):
        table.apply(edits.add_code(table.now.codebook, code))
    table.coding(one, 5, 9)
    first = table.own()[0]
    with pytest.raises(Conflict, match="Sure"):
        give_code(table.now.codebook, table.own(), [first], other)
    table.apply(edits.retire_code(table.now.codebook, table.code(table.sample.listened)))
    with pytest.raises(UsageError):
        give_code(table.now.codebook, table.own(), [first], table.code(table.sample.listened))
