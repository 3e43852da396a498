"""Two copies of one project, and what becomes of what was done in both."""

import shutil

import pytest

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import Change, create, fold, now_ms, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Code, Coding, Summary, Theme
from tbcp_qual.errors import Conflict
from tbcp_qual.store import Project
from tbcp_qual.tasks.conflicts import settle
from tbcp_qual.tasks.merging import merge_file
from tbcp_qual.team.merge import merge


class Copies:
    """One project in two files: AK works in the first, RM in the second."""

    def __init__(self, sample):
        self.sample = sample
        other = sample.path.with_name("other.tbcp")
        shutil.copy(sample.path, other)
        self.first = sample.project
        self.second = Project.open(other)

    def code(self, project, coder, code, span=(40, 50)):
        made = Coding(
            id=new_id(),
            document=self.sample.document.id,
            text=self.sample.document.text,
            start=span[0],
            end=span[1],
            code=code.id,
            coder=coder.id,
        )
        project.apply("coded", [create(made)], coder=coder.id)
        return made

    def meet(self):
        """Merge both ways; return the report of the first."""
        report = merge_file(self.first, self.second.path, viewer="")
        merge(self.second, self.first.path)
        for project in (self.first, self.second):
            assert project.verify() == []
        assert {k: self.first.records(k) for k in ("code", "theme")} == {
            k: sorted(self.second.records(k), key=lambda r: [c.id for c in self.first.records(k)].index(r.id))
            for k in ("code", "theme")
        }
        return report


@pytest.fixture
def copies(sample):
    made = Copies(sample)
    yield made
    made.second.close()


def name_of(project, code):
    return project.record("code", code.id).name


def test_codings_of_both_are_there_and_merging_again_brings_nothing(copies, sample):
    a = copies.code(copies.first, sample.ak, sample.listened)
    b = copies.code(copies.second, sample.rm, sample.listened)
    report = copies.meet()
    assert report.by_coder == {"RM": 1}
    assert {c.id for c in copies.first.snapshot(sample.ak.id).codings} == {a.id, b.id}
    assert merge(copies.first, copies.second.path).number == 0


def test_renaming_in_one_and_defining_in_the_other_both_hold(copies, sample):
    copies.first.apply("renamed", [update(sample.listened, name="Listened to")], coder=sample.ak.id)
    copies.second.apply("defined", [update(sample.listened, full="Somebody had time.")], coder=sample.rm.id)
    assert copies.meet().conflicts == ()
    code = copies.first.record("code", sample.listened.id)
    assert (code.name, code.full) == ("Listened to", "Somebody had time.")


def test_renaming_in_both_is_listed_until_somebody_settles_it(copies, sample):
    copies.first.apply("renamed", [update(sample.listened, name="Heard")], coder=sample.ak.id)
    copies.second.apply("renamed", [update(sample.listened, name="Listened to")], coder=sample.rm.id)
    (line,) = copies.meet().conflicts
    assert (line.field, [choice.value for choice in line.choices]) == ("name", ["Listened to", "Heard"])
    assert [choice.by for choice in line.choices] == ["RM", "AK"]
    settle(copies.first, 1, "other", coder=sample.ak.id)
    assert copies.first.mismatches() == []
    copies.meet()
    assert copies.second.mismatches() == []
    assert name_of(copies.second, sample.listened) == "Heard"


def test_a_conflict_can_be_settled_for_the_value_that_stands(copies, sample):
    copies.first.apply("renamed", [update(sample.listened, name="Heard")], coder=sample.ak.id)
    copies.second.apply("renamed", [update(sample.listened, name="Listened to")], coder=sample.rm.id)
    copies.meet()
    settle(copies.first, 1, "standing", coder=sample.ak.id)
    assert copies.first.verify() == []
    copies.meet()
    assert name_of(copies.second, sample.listened) == "Listened to"
    assert copies.second.mismatches() == []


def test_the_same_change_in_both_is_no_conflict(copies, sample):
    for project, coder in ((copies.first, sample.ak), (copies.second, sample.rm)):
        project.apply("renamed", [update(sample.listened, name="Heard")], coder=coder.id)
    assert copies.meet().conflicts == ()


def test_undoing_an_edit_that_the_other_built_upon_keeps_the_later_one_and_lists_it(copies, sample):
    copies.first.apply("renamed", [update(sample.listened, name="Heard")], coder=sample.ak.id)
    merge(copies.second, copies.first.path)
    heard = copies.second.record("code", sample.listened.id)
    copies.second.apply("renamed", [update(heard, name="Heard out")], coder=sample.rm.id)
    copies.first.undo(sample.ak.id)
    assert name_of(copies.first, sample.listened) == "Being listened to"
    (line,) = copies.meet().conflicts
    assert line.choices[0].value == "Heard out"
    assert name_of(copies.first, sample.listened) == "Heard out"


def test_of_two_moves_that_make_a_cycle_the_later_is_dropped_and_listed(copies, sample):
    copies.first.apply("moved", [update(sample.listened, parent=sample.mistrust.id)], coder=sample.ak.id)
    copies.second.apply("moved", [update(sample.mistrust, parent=sample.listened.id)], coder=sample.rm.id)
    (line,) = copies.meet().conflicts
    assert line.field == "parent"
    assert copies.first.record("code", sample.listened.id).parent == sample.mistrust.id
    assert copies.first.record("code", sample.mistrust.id).parent is None


def test_merging_two_codes_in_one_while_the_other_goes_on_coding(copies, sample):
    now = copies.first.snapshot(sample.ak.id)
    changes = edits.merge_codes(now.codebook, now.themes, sample.mistrust, sample.listened)
    copies.first.apply("merged", changes, coder=sample.ak.id)
    made = copies.code(copies.second, sample.rm, sample.mistrust)
    copies.meet()
    now = copies.first.snapshot(sample.ak.id)
    (found,) = now.codings
    assert found == made
    assert now.codebook.current(found.code).id == sample.listened.id


def test_two_merges_in_a_circle_leave_one_of_them(copies, sample):
    for project, coder, code, into in (
        (copies.first, sample.ak, sample.mistrust, sample.listened),
        (copies.second, sample.rm, sample.listened, sample.mistrust),
    ):
        now = project.snapshot(coder.id)
        project.apply("merged", edits.merge_codes(now.codebook, now.themes, code, into), coder=coder.id)
    (line,) = copies.meet().conflicts
    assert line.field == "merged into"
    assert copies.first.record("code", sample.mistrust.id).merged_into == sample.listened.id
    assert copies.first.record("code", sample.listened.id).merged_into is None


def test_a_code_deleted_in_one_and_used_in_the_other_is_kept_and_retired(copies, sample):
    now = copies.first.snapshot(sample.ak.id)
    deleted = edits.delete_code(now.codebook, now.codings, now.themes, sample.mistrust)
    assert deleted[0].removes
    copies.first.apply("deleted", deleted, coder=sample.ak.id)
    made = copies.code(copies.second, sample.rm, sample.mistrust)
    report = copies.meet()
    assert report.kept == ("Mistrust",)
    assert copies.first.record("code", sample.mistrust.id).retired
    assert copies.first.snapshot(sample.ak.id).codings == (made,)


@pytest.mark.parametrize("act", ["removed", "recoded"])
def test_a_kept_code_goes_with_the_last_coding_that_kept_it(copies, sample, act):
    now = copies.first.snapshot(sample.ak.id)
    deleted = edits.delete_code(now.codebook, now.codings, now.themes, sample.mistrust)
    copies.first.apply("deleted", deleted, coder=sample.ak.id)
    made = copies.code(copies.second, sample.rm, sample.mistrust)
    copies.meet()
    changes = edits.remove_coding(made) if act == "removed" else edits.recode(made, sample.listened)
    copies.first.apply(act, changes, coder=sample.rm.id)
    assert copies.first.kept() == []
    assert copies.first.record("code", sample.mistrust.id) is None
    assert copies.first.verify() == []


def test_whoever_brings_a_kept_code_back_has_it_back_everywhere(copies, sample):
    now = copies.first.snapshot(sample.ak.id)
    copies.first.apply(
        "deleted", edits.delete_code(now.codebook, now.codings, now.themes, sample.mistrust), coder=sample.ak.id
    )
    copies.code(copies.second, sample.rm, sample.mistrust)
    copies.meet()
    now = copies.first.snapshot(sample.ak.id)
    back = edits.restore_code(now.codebook, now.codebook.by_id[sample.mistrust.id])
    copies.first.apply("brought back", back, coder=sample.ak.id)
    copies.meet()
    for project in (copies.first, copies.second):
        assert not project.record("code", sample.mistrust.id).retired
        assert project.kept() == []


def test_undoing_the_making_of_a_code_that_the_other_uses_keeps_it(copies, sample):
    code = Code(id=new_id(), name="New here", brief="What is new")
    copies.first.apply("new code", [create(code)], coder=sample.ak.id)
    merge(copies.second, copies.first.path)
    copies.code(copies.second, sample.rm, code)
    copies.first.undo(sample.ak.id)
    assert copies.first.record("code", code.id) is None
    copies.meet()
    found = copies.first.record("code", code.id)
    assert (found.name, found.brief, found.retired) == ("New here", "What is new", True)


def test_retiring_a_code_that_the_other_uses_keeps_its_codings(copies, sample):
    now = copies.first.snapshot(sample.ak.id)
    copies.first.apply("retired", edits.retire_code(now.codebook, sample.mistrust), coder=sample.ak.id)
    made = copies.code(copies.second, sample.rm, sample.mistrust)
    assert copies.meet().kept == ()
    assert copies.first.snapshot(sample.ak.id).codings == (made,)


def test_a_clock_set_to_2031_is_listed_and_does_not_pull_the_others_along(copies, sample):
    in_2031 = 1_940_000_000_000
    copies.second.now = lambda: in_2031
    theme = Theme(id=new_id(), name="New in 2031")
    changes = [update(sample.listened, name="From 2031"), create(theme)]
    copies.second.apply("renamed", changes, coder=sample.rm.id)
    report = copies.meet()
    assert report.ahead == ("“renamed” by RM, dated 2031-06-23",)
    seen = copies.first.record("code", sample.listened.id)
    after = copies.first.apply("renamed", [update(seen, name="Today")], coder=sample.ak.id)
    elsewhere = copies.first.apply("renamed", [update(sample.mistrust, name="Doubt")], coder=sample.ak.id)
    assert after.clock.ms == in_2031
    other = update(copies.first.record("theme", theme.id), name="Today too")
    assert copies.first.apply("renamed", [other], coder=sample.ak.id).clock == after.clock._replace(counter=2)
    assert elsewhere.clock.ms <= now_ms()
    assert copies.meet().conflicts == ()
    assert name_of(copies.second, sample.listened) == "Today"


def test_another_project_is_not_merged(copies, sample, tmp_path):
    with Project.create(tmp_path / "different.tbcp", name="Different") as different, pytest.raises(Conflict):
        merge(copies.first, different.path)
    assert copies.first.verify() == []


def test_two_coders_of_one_name_are_said(copies, sample):
    from tbcp_qual.tasks.coders import ensure_coder

    for project in (copies.first, copies.second):
        ensure_coder(project, "TS")
    assert copies.meet().same_name == ("TS",)


def test_what_two_have_made_is_as_the_later_made_it_and_what_was_made_anew_has_no_old_conflict() -> None:
    def made(**values: object) -> Change:
        return create(Summary(id="s", theme="t", coder="c", **values))

    first, second = made(words="one", group="all"), made(words="two")
    state = fold("summary", "s", [("1", first), ("2", second)])
    assert (state.values["words"], state.values["group"]) == ("two", "")
    assert set(state.mismatches) == {"words", "group"}
    gone = Change("summary", "s", {"exists": (True, False)})
    anew = fold("summary", "s", [("1", first), ("2", second), ("3", gone), ("4", made(words="three"))])
    assert (anew.values["words"], anew.mismatches) == ("three", {})
