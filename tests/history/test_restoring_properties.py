"""Whatever was done, any earlier state comes back as far as it is one's own to bring back, and undo takes that back."""

import contextlib
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tbcp_qual.coding.clashes import clashes
from tbcp_qual.coding.state import state_of
from tbcp_qual.errors import Conflict
from tbcp_qual.store import Project
from tbcp_qual.tasks.restoring import plan_all, plan_codings, plan_record, restore
from tbcp_qual.team.merge import merge
from tests.conftest import Sample
from tests.operations import operations, perform
from tests.store.test_journal_properties import tables

few = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def differ_as(key, was, then, now, plan, others):
    """Say whether a record is what it should be: as it was then, as others have it, or left with a reason."""
    kind, _ = key
    whose = {getattr(record, "coder", "") for record in (was, then) if record is not None}
    if whose & others:
        return now == was
    if now == then:
        return True
    return key in {(left.kind, left.id) for left in plan.left} and (kind == "code" or now == was)


@few
@given(st.lists(operations, min_size=1, max_size=20), st.integers(0, 40))
def test_what_one_did_alone_comes_back_exactly_and_undo_takes_that_back(acts, place):
    with tempfile.TemporaryDirectory() as folder:
        made = Sample(Path(folder) / "a.tbcp")
        project = made.project
        for operation in acts:
            perform(project, made.ak.id, operation)
        revisions = project.revisions()[1:]
        chosen = revisions[place % len(revisions)]
        then = dict(state_of([r for r in project.revisions() if r.id <= chosen.id]).records)
        was = tables(project)
        plan = plan_all(project, chosen.id, coder=made.ak.id)
        assert tables(project) == was
        done = restore(project, plan, coder=made.ak.id)
        assert tables(project) == then
        assert (plan.left, plan.others) == ((), {})
        assert (done is None) == (was == then)
        assert project.verify() == []
        if done is not None:
            project.undo(made.ak.id)
            assert tables(project) == was
            assert project.verify() == []
        made.project.close()


@few
@given(st.lists(st.tuples(st.booleans(), operations), min_size=1, max_size=20), st.integers(0, 40))
def test_what_others_coded_stays_theirs_and_all_still_holds_together(acts, place):
    with tempfile.TemporaryDirectory() as folder:
        made = Sample(Path(folder) / "a.tbcp")
        project = made.project
        for first, operation in acts:
            perform(project, made.ak.id if first else made.rm.id, operation)
        revisions = project.revisions()[1:]
        chosen = revisions[place % len(revisions)]
        then = dict(state_of([r for r in project.revisions() if r.id <= chosen.id]).records)
        was = tables(project)
        plan = plan_all(project, chosen.id, coder=made.ak.id)
        done = restore(project, plan, coder=made.ak.id)
        now = tables(project)
        for key in {*was, *then, *now}:
            assert differ_as(key, was.get(key), then.get(key), now.get(key), plan, {made.rm.id}), key
        assert project.verify() == []
        if done is not None:
            project.undo(made.ak.id)
            assert tables(project) == was
        made.project.close()


@few
@given(
    st.lists(operations, max_size=10),
    st.lists(operations, max_size=10),
    st.lists(operations, max_size=4),
    st.integers(0, 40),
)
def test_so_it_is_in_a_project_that_was_merged(here, there, after, place):
    with tempfile.TemporaryDirectory() as folder:
        made = Sample(Path(folder) / "a.tbcp")
        project = made.project
        copy = made.path.with_name("b.tbcp")
        shutil.copy(made.path, copy)
        with Project.open(copy) as other:
            for operation in there:
                perform(other, made.rm.id, operation)
        for operation in here:
            perform(project, made.ak.id, operation)
        merge(project, copy)
        for operation in after:
            perform(project, made.ak.id, operation)
        # What another copy deleted and is kept for others' sake makes acts of its own that cannot be taken back.
        whole = project.kept() == []
        revisions = project.revisions()[1:]
        chosen = revisions[place % len(revisions)]
        was = tables(project)
        theirs = {key: r for key, r in was.items() if getattr(r, "coder", "") == made.rm.id}
        done = restore(project, plan_all(project, chosen.id, coder=made.ak.id), coder=made.ak.id)
        now = tables(project)
        assert {key: now[key] for key in theirs} == theirs
        assert not whole or project.verify() == []
        if done is not None and whole:
            project.undo(made.ak.id)
            assert tables(project) == was
        made.project.close()


@few
@given(
    st.lists(st.tuples(st.booleans(), operations), min_size=1, max_size=20),
    st.integers(0, 40),
    st.integers(0, 40),
)
def test_one_thing_comes_back_and_all_else_stays_but_what_it_needs(acts, place, which):
    with tempfile.TemporaryDirectory() as folder:
        made = Sample(Path(folder) / "a.tbcp")
        project = made.project
        for first, operation in acts:
            perform(project, made.ak.id if first else made.rm.id, operation)
        revisions = project.revisions()[1:]
        chosen = revisions[place % len(revisions)]
        was = tables(project)
        clashed = clashes(project.snapshot("").codings, project.snapshot("").codebook)
        touched = sorted(project.touched_since(chosen.id))
        plans = [plan_codings(project, chosen.id, "P07", coder=made.ak.id)]
        if touched:
            key = touched[which % len(touched)]
            if getattr(was.get(key), "coder", made.ak.id) == made.ak.id:
                with contextlib.suppress(Conflict):
                    plans.append(plan_record(project, chosen.id, *key, coder=made.ak.id))
        for plan in plans[-1:]:
            restore(project, plan, coder=made.ak.id)
            now = tables(project)
            changed = {key for key in {*was, *now} if was.get(key) != now.get(key)}
            assert changed == {(record.kind, record.id) for record in plan.records}
            assert project.verify() == []
            snapshot = project.snapshot("")
            assert len(clashes(snapshot.codings, snapshot.codebook)) <= len(clashed)
            if changed:
                project.undo(made.ak.id)
                assert tables(project) == was
        made.project.close()
