"""A record as it was after an earlier revision is what folding all up to there would give."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tbcp_qual.coding import edits
from tbcp_qual.coding.state import state_of
from tbcp_qual.store import Project
from tbcp_qual.team.merge import merge

from ..conftest import Sample
from ..operations import operations, perform
from .test_journal_properties import tables

few = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def check_all_along(project: Project, viewer: str, *, alone: bool = False) -> None:
    """Compare every earlier state of every record with the fold of all revisions up to there."""
    revisions = project.revisions()
    keys = {(change.kind, change.id) for revision in revisions for change in revision.changes}
    now = tables(project)
    for place, revision in enumerate(revisions):
        expected = dict(state_of(revisions[: place + 1]).records)
        then = project.earlier(viewer, revision.id, keys)
        assert {key: record for key, (record, exists) in then.items() if exists} == expected
        differ = {key for key in keys if expected.get(key) != now.get(key)}
        # A code that another copy deleted comes and goes with what refers to it.
        kept = set() if alone else {key for key in keys if key[0] == "code"}
        assert differ <= project.touched_since(revision.id) | kept


@few
@given(st.lists(st.tuples(st.booleans(), operations), max_size=20))
def test_every_earlier_state_is_the_fold_up_to_there(acts):
    with tempfile.TemporaryDirectory() as folder:
        made = Sample(Path(folder) / "a.tbcp")
        for first, operation in acts:
            perform(made.project, made.ak.id if first else made.rm.id, operation)
        check_all_along(made.project, made.ak.id, alone=True)
        made.project.close()


@few
@given(st.lists(operations, max_size=8), st.lists(operations, max_size=8), st.lists(operations, max_size=4))
def test_so_it_is_after_copies_were_merged(here, there, after):
    with tempfile.TemporaryDirectory() as folder:
        made = Sample(Path(folder) / "a.tbcp")
        shutil.copy(made.path, made.path.with_name("b.tbcp"))
        with Project.open(made.path.with_name("b.tbcp")) as other:
            for operation in there:
                perform(other, made.rm.id, operation)
        for operation in here:
            perform(made.project, made.ak.id, operation)
        merge(made.project, made.path.with_name("b.tbcp"))
        for operation in after:
            perform(made.project, made.ak.id, operation)
        check_all_along(made.project, made.ak.id)
        made.project.close()


def test_a_code_deleted_in_one_copy_and_used_in_another_was_kept_and_so_it_is_told(sample: Sample) -> None:
    copy = sample.path.with_name("b.tbcp")
    shutil.copy(sample.path, copy)
    with Project.open(copy) as other:
        perform(other, sample.rm.id, ("code", 0, 1, 0))
        (coding,) = other.snapshot(sample.rm.id).codings
    code = sample.project.record("code", coding.code)
    sample.project.apply("deleted", edits.delete_code(sample.project.snapshot(sample.ak.id).codebook, [], [], code), coder=sample.ak.id)  # fmt: skip
    merge(sample.project, copy)
    check_all_along(sample.project, sample.ak.id)
    last = sample.project.revisions()[-1].id
    then = sample.project.earlier(sample.ak.id, last, [("code", code.id)])
    assert then["code", code.id].record.retired


def test_what_was_purged_has_no_earlier_state(sample: Sample) -> None:
    perform(sample.project, sample.ak.id, ("code", 0, 1, 0))
    (coding,) = sample.project.snapshot(sample.ak.id).codings
    last = sample.project.revisions()[-1].id
    assert sample.project.earlier(sample.ak.id, last, [("coding", coding.id)])
    sample.project.purge("purged", coder=sample.ak.id, records=[("coding", coding.id)])
    assert sample.project.earlier(sample.ak.id, last, [("coding", coding.id)]) == {}
