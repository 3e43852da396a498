"""Whatever people do, in whatever order, the journal tells what the tables say."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tbcp_qual.coding.records import KINDS
from tbcp_qual.coding.state import state_of
from tbcp_qual.store import Project
from tbcp_qual.store.reading import all_records

from ..conftest import Sample
from ..operations import operations, perform

few = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def tables(project: Project) -> dict[tuple[str, str], object]:
    """All records of a file, read without the door: these tests look at the tables themselves."""
    return {(kind, record.id): record for kind in KINDS for record in all_records(project._db, kind)}


@few
@given(st.lists(st.tuples(st.booleans(), operations), max_size=25))
def test_replaying_the_journal_rebuilds_the_tables(acts):
    with tempfile.TemporaryDirectory() as folder:
        made = Sample(Path(folder) / "a.tbcp")
        for first, operation in acts:
            perform(made.project, made.ak.id if first else made.rm.id, operation)
        assert made.project.verify() == []
        assert dict(state_of(made.project.revisions()).records) == tables(made.project)
        made.project.close()


@few
@given(st.lists(operations.filter(lambda o: o[0] not in ("undo", "redo")), max_size=15))
def test_undoing_all_returns_to_the_start_and_redoing_all_to_the_end(acts):
    with tempfile.TemporaryDirectory() as folder:
        made = Sample(Path(folder) / "a.tbcp")
        start = tables(made.project)
        done = 0
        for operation in acts:
            before = len(made.project.revision_ids())
            perform(made.project, made.ak.id, operation)
            done += len(made.project.revision_ids()) - before
        end = tables(made.project)
        for _ in range(done):
            made.project.undo(made.ak.id)
        assert tables(made.project) == start
        for _ in range(done):
            made.project.redo(made.ak.id)
        assert tables(made.project) == end
        assert made.project.verify() == []
        made.project.close()


@few
@given(st.lists(operations, min_size=1, max_size=15))
def test_undo_then_redo_is_the_identity(acts):
    with tempfile.TemporaryDirectory() as folder:
        made = Sample(Path(folder) / "a.tbcp")
        for operation in acts:
            perform(made.project, made.ak.id, operation)
        before = tables(made.project)
        if perform(made.project, made.ak.id, ("undo", 0, 0, 0)):
            made.project.redo(made.ak.id)
        assert tables(made.project) == before
        made.project.close()
