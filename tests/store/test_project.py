"""What a person does is one revision: written whole, found again, taken back."""

import json
import sqlite3

import pytest

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import Change, create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import KINDS, REFERENCES, Code, Coding
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import Conflict
from tbcp_qual.store import Project, rows
from tbcp_qual.store.rows import table


def code(sample, span, code=None, coder=None):
    """Code a span as the screen does."""
    coder = coder or sample.ak
    now = sample.project.snapshot(coder.id)
    own = [c for c in now.codings if c.coder == coder.id]
    changes = edits.apply_code(
        own, now.codebook, document=sample.document, span=Span(*span), code=code or sample.listened, coder=coder.id
    )
    return sample.project.apply("coded", changes, coder=coder.id)


def codings(sample):
    return sample.project.snapshot(sample.ak.id).codings


def test_every_kind_has_a_table_with_its_fields_and_its_references(sample):
    db = sample.project._db
    for kind in KINDS:
        columns = tuple(row[1] for row in db.execute(f'PRAGMA table_info("{kind}")').fetchall())
        assert set(columns) == set(table(kind).columns), kind
        keys = {row[3]: row[2] for row in db.execute(f'PRAGMA foreign_key_list("{kind}")').fetchall()}
        single = {
            field: target
            for field, target in REFERENCES[kind].items()
            if table(kind).columns.index(field) not in table(kind).tuples
        }
        assert {field: target for field, target in keys.items() if target != "text"} == single, kind


def test_a_coding_is_there_after_closing_and_opening(sample):
    start = sample.TEXT.index("She just sat with me")
    code(sample, (start, start + 20))
    sample.project.close()
    sample.project = Project.open(sample.path)
    (found,) = codings(sample)
    assert sample.TEXT[found.start : found.end] == "She just sat with me"


def test_the_same_code_over_overlapping_words_extends_the_coding(sample):
    code(sample, (52, 60))
    code(sample, (58, 76))
    (found,) = codings(sample)
    assert (found.start, found.end) == (52, 76)
    sample.project.undo(sample.ak.id)
    (found,) = codings(sample)
    assert (found.start, found.end) == (52, 60)


def test_two_coders_never_share_a_coding(sample):
    code(sample, (52, 60))
    code(sample, (55, 70), coder=sample.rm)
    assert {(c.coder, c.start, c.end) for c in codings(sample)} == {
        (sample.ak.id, 52, 60),
        (sample.rm.id, 55, 70),
    }


def test_codes_of_one_exclusive_domain_cannot_share_words(sample):
    before = Code(id=new_id(), name="Before birth", domain="timing")
    after = Code(id=new_id(), name="After birth", domain="timing")
    sample.project.apply("codes", [create(before), create(after)], coder=sample.ak.id)
    code(sample, (40, 50), before)
    with pytest.raises(Conflict, match="only one code of “timing”"):
        code(sample, (45, 55), after)
    code(sample, (50, 55), after)


def test_a_change_that_expects_another_value_is_refused_and_nothing_is_written(sample):
    stale = sample.key_worker
    sample.project.apply("renamed", [update(stale, name="Key person")], coder=sample.rm.id)
    revisions = sample.project.revision_ids()
    with pytest.raises(Conflict, match="in the meantime"):
        sample.project.apply("renamed", [update(stale, name="The worker")], coder=sample.ak.id)
    assert sample.project.revision_ids() == revisions


def test_a_revision_goes_in_whole_or_not_at_all(sample):
    good = Code(id=new_id(), name="Good")
    bad = Coding(id=new_id(), document="nowhere", text=sample.document.text, code=good.id, coder=sample.ak.id)
    with pytest.raises(Conflict):
        sample.project.apply("both", [create(good), create(bad)], coder=sample.ak.id)
    assert good.id not in {c.id for c in sample.project.records("code")}
    assert sample.project.verify() == []


def test_a_move_below_itself_is_refused_even_where_nobody_saw_it_coming(sample):
    a, b = sample.key_worker, sample.listened
    sample.project.apply("moved", [update(a, parent=b.id)], coder=sample.ak.id)
    with pytest.raises(Conflict, match="below itself"):
        sample.project.apply("moved", [update(b, parent=a.id)], coder=sample.rm.id)
    assert sample.project.verify() == []


def test_undo_takes_back_ones_own_last_act_and_nobody_elses(sample):
    code(sample, (36, 45))
    code(sample, (60, 70), coder=sample.rm)
    sample.project.undo(sample.ak.id)
    assert [c.coder for c in codings(sample)] == [sample.rm.id]
    with pytest.raises(Conflict, match="nothing of yours"):
        sample.project.undo(sample.ak.id)


def test_undo_reaches_back_across_closing(sample):
    code(sample, (36, 45))
    sample.project.close()
    sample.project = Project.open(sample.path)
    sample.project.undo(sample.ak.id)
    assert codings(sample) == ()
    sample.project.redo(sample.ak.id)
    assert len(codings(sample)) == 1


def test_undo_says_what_stands_in_the_way(sample):
    made = Code(id=new_id(), name="Mine")
    sample.project.apply("new code Mine", [create(made)], coder=sample.ak.id)
    code(sample, (36, 45), made, coder=sample.rm)
    with pytest.raises(Conflict, match="a coding refers to what it made"):
        sample.project.undo(sample.ak.id)
    assert sample.project.verify() == []
    sample.project.undo(sample.rm.id)
    sample.project.undo(sample.ak.id)
    assert made.id not in {c.id for c in sample.project.records("code")}


def test_undo_is_refused_where_somebody_has_built_on_it(sample):
    sample.project.apply("renamed", [update(sample.key_worker, name="Key person")], coder=sample.ak.id)
    now = sample.project.record("code", sample.key_worker.id)
    sample.project.apply("renamed it back", [update(now, name="Key worker")], coder=sample.rm.id)
    with pytest.raises(Conflict, match="RM has since “renamed it back”"):
        sample.project.undo(sample.ak.id)


def test_redo_ends_with_the_next_act(sample):
    code(sample, (36, 45))
    sample.project.undo(sample.ak.id)
    code(sample, (60, 70))
    with pytest.raises(Conflict, match="nothing to do again"):
        sample.project.redo(sample.ak.id)


def test_merging_two_codes_is_one_act_and_their_codings_follow(sample):
    code(sample, (36, 45), sample.mistrust)
    now = sample.project.snapshot(sample.ak.id)
    assert edits.touched(now.codebook, now.codings, now.themes, sample.mistrust).codings == 1
    changes = edits.merge_codes(now.codebook, now.themes, sample.mistrust, sample.listened)
    sample.project.apply("merged", changes, coder=sample.ak.id)
    now = sample.project.snapshot(sample.ak.id)
    (found,) = now.codings
    assert found.code == sample.mistrust.id
    assert now.codebook.current(found.code).id == sample.listened.id
    sample.project.undo(sample.ak.id)
    now = sample.project.snapshot(sample.ak.id)
    assert now.codebook.current(found.code).id == sample.mistrust.id


def test_retiring_keeps_the_codings(sample):
    code(sample, (36, 45), sample.mistrust)
    now = sample.project.snapshot(sample.ak.id)
    sample.project.apply("retired", edits.retire_code(now.codebook, sample.mistrust), coder=sample.ak.id)
    assert len(codings(sample)) == 1
    assert sample.project.verify() == []


def test_progress_counts_the_turns_that_were_coded_or_reviewed(sample):
    code(sample, (40, 50))
    turn = sample.turns[2]
    sample.project.apply("nothing to code", edits.review(turn, sample.ak.id), coder=sample.ak.id)
    progress = sample.project.progress(sample.ak.id)
    assert progress.turns_by_document == {sample.document.id: 2}
    assert progress.reviewed_by_document == {sample.document.id: 2}
    assert sample.project.progress(sample.rm.id).reviewed_by_document == {}


def test_subscribers_hear_of_each_write_after_it_is_on_disk(sample):
    heard = []

    def listen(revision, keys):
        with Project.open(sample.path, read_only=True) as other:
            heard.append((revision.label, keys, revision.id in other.revision_ids()))

    stop = sample.project.subscribe(listen)
    code(sample, (36, 45))
    stop()
    code(sample, (60, 70))
    ((label, keys, on_disk),) = heard
    assert label == "coded"
    assert [kind for kind, _ in keys] == ["coding"]
    assert on_disk


def test_one_process_learns_that_another_wrote(sample):
    with Project.open(sample.path) as other:
        assert not other.changed_elsewhere()
        code(sample, (36, 45))
        assert other.changed_elsewhere()
        assert not other.changed_elsewhere()


def test_verify_finds_a_text_that_was_altered(sample):
    sample.project._db.execute("UPDATE text SET body = replace(body, 'midwife', 'mother')")
    assert any("altered" in line for line in sample.project.verify())


def test_verify_finds_a_row_that_was_altered_added_or_lost(sample):
    code(sample, (36, 45))
    db = sample.project._db
    db.execute("UPDATE coding SET end = end + 1")
    assert any("differs from what the journal says" in line for line in sample.project.verify())
    db.execute("DELETE FROM coding")
    assert any("missing from the tables" in line for line in sample.project.verify())
    db.execute("INSERT INTO coder (id, name) VALUES ('x', 'Nobody')")
    assert any("no revision made it" in line for line in sample.project.verify())


def test_verify_never_says_words_of_a_transcript(sample):
    sample.project._db.execute("UPDATE text SET body = body || 'Zanzibar'")
    sample.project._db.execute("UPDATE turn SET end = 4000")
    said = " ".join(sample.project.verify())
    assert "ends beyond its text" in said
    assert "Zanzibar" not in said
    assert "midwife" not in said


def test_a_journal_row_of_an_older_schema_is_read_through_its_upcaster(sample, monkeypatch):
    sample.project.apply("renamed", [update(sample.key_worker, name="Key person")], coder=sample.ak.id)
    db = sample.project._db
    old = json.dumps({"title": ["Key worker", "Key person"]})
    db.execute(
        "UPDATE change SET fields = ? WHERE revision = (SELECT id FROM revision WHERE label = 'renamed')", (old,)
    )
    db.execute("UPDATE revision SET schema = 0 WHERE label = 'renamed'")

    def title_became_name(change: Change) -> Change:
        return Change(
            change.kind, change.id, {"name" if f == "title" else f: pair for f, pair in change.fields.items()}
        )

    monkeypatch.setitem(rows.UPCASTERS, 0, title_became_name)
    assert sample.project.verify() == []
    sample.project.undo(sample.ak.id)
    assert sample.project.record("code", sample.key_worker.id).name == "Key worker"


def test_the_history_tells_who_did_what_the_latest_first(sample):
    code(sample, (36, 45))
    sample.project.undo(sample.ak.id)
    deeds = sample.project.history(limit=2)
    assert [(d.revision.label, d.stands) for d in deeds] == [("undid: coded", True), ("coded", False)]
    assert all(d.revision.coder == sample.ak.id for d in sample.project.history(coder=sample.ak.id))


def test_codings_leave_by_one_door(sample):
    with pytest.raises(ValueError, match="snapshot"):
        sample.project.records("coding")
    with pytest.raises(ValueError, match="snapshot"):
        sample.project.record("coding", "x")


def test_a_failed_commit_leaves_nothing_open(sample):
    other = sqlite3.connect(sample.path, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM code").fetchall()
    cursor = other.execute("SELECT id FROM code")
    cursor.fetchone()
    sample.project._db.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(Conflict, match="another program"):
        code(sample, (36, 45))
    cursor.close()
    other.close()
    code(sample, (36, 45))
    assert len(codings(sample)) == 1
