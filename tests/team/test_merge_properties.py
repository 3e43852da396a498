"""Copies that went apart say the same once they have met, whatever was done in them and however they met."""

import shutil
import tempfile
from itertools import permutations
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tbcp_qual.coding.changes import now_ms
from tbcp_qual.store import Project
from tbcp_qual.team.merge import merge

from ..conftest import Sample
from ..operations import operations, perform
from ..store.test_journal_properties import tables

FIVE_YEARS = 5 * 365 * 86_400_000
MEMOS = [f"memo {n}" for n in range(31)]

steps = st.one_of(
    st.tuples(st.just("do"), st.integers(0, 2), operations),
    st.tuples(st.just("do"), st.integers(0, 2), operations),
    st.tuples(st.just("do"), st.integers(0, 2), operations),
    st.tuples(st.just("merge"), st.integers(0, 2), st.integers(0, 2)),
    st.tuples(st.just("purge"), st.integers(0, 2), st.integers(0, 30)),
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(steps, max_size=30), st.booleans(), st.data())
def test_copies_merged_in_any_order_say_the_same(acts, clock_is_wrong, data):
    with tempfile.TemporaryDirectory() as folder:
        made = Sample(Path(folder) / "0.tbcp")
        made.project.close()
        paths = [Path(folder) / f"{n}.tbcp" for n in range(3)]
        for path in paths[1:]:
            shutil.copy(paths[0], path)
        copies = [Project.open(path) for path in paths]
        coders = [made.ak.id, made.rm.id, made.ak.id]
        if clock_is_wrong:
            copies[1].now = lambda: now_ms() + FIVE_YEARS
        for act, place, what in acts:
            if act == "merge":
                if what != place:
                    merge(copies[place], paths[what])
            elif act == "purge":
                seen = copies[place].snapshot(coders[place]).codings
                gone = [("coding", seen[what % len(seen)].id)] if seen else []
                copies[place].purge("purged", coder=coders[place], records=gone, words=dict.fromkeys(MEMOS, "[memo]"))
            else:
                perform(copies[place], coders[place], what)
        codings = {key for copy in copies for key in tables(copy) if key[0] == "coding"}
        undone_or_removed = {
            (c.kind, c.id)
            for copy in copies
            for deed in copy.history()
            for c in deed.revision.changes
            if c.kind == "coding" and (c.removes or not deed.stands)
        } | {key for copy in copies for key in copy.purged().records}

        results = []
        orders = data.draw(st.permutations(list(permutations(range(3)))))[:2]
        for n, order in enumerate(orders):
            path = Path(folder) / f"all-{n}.tbcp"
            shutil.copy(paths[order[0]], path)
            with Project.open(path) as together:
                for other in (*order[1:], *order[1:]):
                    merge(together, paths[other])
                assert together.verify() == []
                results.append((tables(together), together.mismatches(), together.kept()))
                missing = codings - results[-1][0].keys()
                assert missing <= undone_or_removed
        assert results[0] == results[1]
        for copy in copies:
            copy.close()
