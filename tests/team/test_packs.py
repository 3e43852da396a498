"""A pack holds one coder's work and nobody else's, and merges as often and in whatever order anybody likes."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Coder, Coding, Document, Memo, Participant, Placement, Round, Turn
from tbcp_qual.coding.text import text_hash
from tbcp_qual.errors import Conflict, UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.merging import merge_file
from tbcp_qual.team.merge import merge
from tbcp_qual.team.packs import Pack, make_pack, what_goes
from tests.conftest import Sample
from tests.operations import Operation, operations, perform
from tests.store.test_journal_properties import tables


class Packs:
    """A blind round of AK and RM on P07; RM has coded it, another document is nobody's in the round."""

    def __init__(self, sample: Sample) -> None:
        self.sample, self.main = sample, sample.project
        self.folder = sample.path.parent
        said = "He would not say a word of it.\n"
        person = Participant(id=new_id(), label="Zachariah")
        self.other = Document(id=new_id(), name="Secret P99", text=text_hash(said))
        turn = Turn(id=new_id(), document=self.other.id, text=self.other.text, end=30, participant=person.id)
        self.ts = Coder(id=new_id(), name="Outsider")
        self.main.apply(
            "Outsider came", [create(r) for r in (self.other, turn, person, self.ts)], coder="", texts=[said]
        )
        self.round = Round(
            id=new_id(),
            name="1",
            documents=(sample.document.id,),
            coders=(sample.ak.id, sample.rm.id),
            unit="turn",
            statistic="krippendorff_alpha",
        )
        self.main.apply("round opened: 1", [create(self.round)], coder="")
        self.code(self.main, sample.rm, "theirs alone")
        memo = Memo(id=new_id(), coder=sample.rm.id, body="what RM thinks", document=sample.document.id)
        self.main.apply("memo by RM", [create(memo)], coder=sample.rm.id)
        self.main.apply("RM is through", edits.review(sample.turns[1], sample.rm.id), coder=sample.rm.id)

    def code(self, project: Project, coder: Coder, memo: str, span: tuple[int, int] = (40, 50)) -> Coding:
        made = Coding(
            id=new_id(),
            document=self.sample.document.id,
            text=self.sample.document.text,
            start=span[0],
            end=span[1],
            code=self.sample.mistrust.id,
            coder=coder.id,
            memo=memo,
        )
        project.apply(f"coded as {memo}", [create(made)], coder=coder.id)
        return made

    def pack(self, coder: Coder, name: str = "pack") -> Project:
        made = self.made(coder, name)
        return Project.open(made.path)

    def made(self, coder: Coder, name: str = "pack") -> Pack:
        goes = what_goes(self.main, self.round, coder)
        return make_pack(self.folder / f"{name}.tbcp", self.round, coder, goes)

    def copy(self, name: str) -> Project:
        shutil.copy(self.main.path, self.folder / f"{name}.tbcp")
        return Project.open(self.folder / f"{name}.tbcp")


@pytest.fixture
def packs(sample: Sample) -> Packs:
    return Packs(sample)


NOT_THEIRS = ("theirs alone", "what RM thinks", "Zachariah", "Secret P99", "would not say", "RM is through", "Outsider")


def in_bytes(path: Path) -> list[str]:
    raw = path.read_bytes()
    return [word for word in NOT_THEIRS if word.encode() in raw or word.encode("utf-16-le") in raw]


def test_a_pack_holds_the_documents_and_the_codebook_and_nothing_of_others(packs: Packs) -> None:
    assert in_bytes(packs.main.path) == list(NOT_THEIRS)
    made = packs.made(packs.sample.ak)
    assert (made.documents, made.turns, made.codes, made.codings) == (("P07",), 3, 3, 0)
    assert in_bytes(made.path) == []
    assert oct(made.path.stat().st_mode)[-3:] == "600"
    with Project.open(made.path) as pack:
        assert pack.verify() == []
        assert pack.info == packs.main.info
        assert [c.name for c in pack.records("coder")] == ["AK", "RM"]
        assert [deed.revision.label for deed in pack.history()] == ["pack of round 1 for AK"]
        assert pack.snapshot(packs.sample.ak.id).texts == {packs.sample.document.text: packs.sample.TEXT}
        assert pack.find(packs.sample.ak.id, "midwife")[0][0].kind == "turn"
        with pytest.raises(Conflict, match="nothing of yours"):
            pack.undo(packs.sample.ak.id)


def test_a_coders_own_work_comes_along(packs: Packs) -> None:
    own = packs.code(packs.main, packs.sample.ak, "mine")
    packs.main.apply("removed", edits.remove_coding(packs.code(packs.main, packs.sample.ak, "gone", (1, 5))), coder="")
    with packs.pack(packs.sample.ak) as pack:
        assert pack.snapshot(packs.sample.ak.id).codings == (own,)
        assert pack.verify() == []


def test_where_others_codings_were_placed_does_not_come_along(packs: Packs) -> None:
    (theirs,) = packs.main.snapshot(packs.sample.rm.id).codings
    placed = Placement(
        id=new_id(), kind="coding", record=theirs.id, document=theirs.document, text=theirs.text, start=41, end=44
    )
    packs.main.apply("placed by hand", [create(placed)], coder=packs.sample.rm.id)
    with packs.pack(packs.sample.ak) as pack:
        assert pack.records("placement") == []
    with packs.pack(packs.sample.rm, "rm") as pack:
        assert pack.records("placement") == [placed]


def test_work_comes_back_as_often_as_it_is_merged(packs: Packs) -> None:
    ak = packs.sample.ak
    with packs.pack(ak) as pack:
        packs.code(pack, ak, "first")
        report = merge_file(packs.main, pack.path, viewer=ak.id)
        assert (report.by_coder, report.conflicts, report.kept) == ({"the program": 1, "AK": 1}, (), ())
        assert merge_file(packs.main, pack.path, viewer=ak.id).revisions == 0
        packs.code(pack, ak, "second", (1, 5))
        pack.undo(ak.id)
        pack.redo(ak.id)
        merge(packs.main, pack.path)
        assert {c.memo for c in packs.main.snapshot(packs.ts.id).codings} == {"first", "second", "theirs alone"}
        assert {c.memo for c in packs.main.snapshot(ak.id).codings} == {"first", "second"}
        assert packs.main.verify() == []
        assert packs.main.record("document", packs.other.id) == packs.other


def test_two_packs_in_either_order_give_the_same_project(packs: Packs) -> None:
    first, second = packs.pack(packs.sample.ak, "ak"), packs.pack(packs.sample.rm, "rm")
    packs.code(first, packs.sample.ak, "by AK")
    packs.code(second, packs.sample.rm, "by RM", (1, 9))
    for pack, coder in ((first, packs.sample.ak), (second, packs.sample.rm)):
        code = pack.record("code", packs.sample.listened.id)
        pack.apply("renamed", [update(code, name=f"as {coder.name} has it")], coder=coder.id)  # type: ignore[arg-type]
    results = []
    for name, order in (("there", (first, second)), ("back", (second, first, second))):
        with packs.copy(name) as together:
            for pack in order:
                merge(together, pack.path)
            assert together.verify() == []
            results.append((tables(together), together.mismatches()))
    assert results[0] == results[1]
    assert len(results[0][1]) == 1


def test_a_pack_takes_what_the_project_has_done_to_texts_and_codes_and_nobodys_work(packs: Packs) -> None:
    sample = packs.sample
    packs.main.apply("renamed", [update(sample.mistrust, name="Distrust")], coder=packs.ts.id)
    with packs.pack(sample.ak) as pack:
        own = packs.code(pack, sample.ak, "mine")
        packs.main.undo(packs.ts.id)
        packs.main.apply("defined", [update(sample.listened, full="Somebody had time.")], coder=packs.ts.id)
        packs.code(packs.main, sample.rm, "theirs alone")
        packs.main.apply(
            "done", edits.mark_done(None, document=sample.document.id, coder=sample.rm.id), coder=sample.rm.id
        )
        report = merge_file(pack, packs.main.path, viewer=sample.ak.id)
        assert (report.by_coder, report.changed, report.withheld) == ({"the project": 2}, {"code": 2}, False)
        assert pack.record("code", sample.mistrust.id).name == "Mistrust"  # type: ignore[union-attr]
        assert pack.record("code", sample.listened.id).full == "Somebody had time."  # type: ignore[union-attr]
        assert pack.snapshot(packs.ts.id).codings == (own,)
        assert merge(pack, packs.main.path).number == 0
        merge(packs.main, pack.path)
        merge(pack, packs.main.path)
        assert pack.verify() == packs.main.verify() == []
        assert in_bytes(pack.path) == []
        assert pack.snapshot(packs.ts.id).codings == (own,)


def test_what_was_locked_stays_in_the_project(packs: Packs) -> None:
    with packs.pack(packs.sample.ak) as pack:
        body = '{"codings":"theirs alone"}'
        packs.main.apply("locked", [update(packs.round, locked=text_hash(body))], coder=packs.ts.id, texts=[body])
        merge(pack, packs.main.path)
        assert pack.records("round")[0].locked == text_hash(body)
        assert pack.texts([text_hash(body)]) == {}
        assert pack.verify() == []
        assert in_bytes(pack.path) == []


def test_a_record_that_is_first_named_later_comes_in_whole(packs: Packs) -> None:
    """A revision of which a pack has a part may turn out to hold more that it needs."""
    sample = packs.sample
    person = Participant(id=new_id(), label="P07")
    packs.main.apply("people", [create(person), update(sample.listened, brief="heard")], coder=packs.ts.id)
    with packs.pack(sample.ak) as pack:
        assert pack.records("participant") == []
        packs.main.apply("speaks", [update(sample.turns[1], participant=person.id)], coder=packs.ts.id)
        merge(pack, packs.main.path)
        assert pack.records("participant") == [person]
        assert pack.verify() == []


def test_a_purge_in_the_project_reaches_the_pack_and_its_work(packs: Packs) -> None:
    sample = packs.sample
    with packs.pack(sample.ak) as pack:
        packs.code(pack, sample.ak, "mine")
        packs.main.purge("withdrew", coder=packs.ts.id, records=[("document", sample.document.id)])
        merge(packs.main, pack.path)
        assert packs.main.snapshot(sample.ak.id).codings == ()
        merge(pack, packs.main.path)
        assert pack.snapshot(sample.ak.id).documents == ()
        assert pack.verify() == packs.main.verify() == []
        assert b"midwife" not in pack.path.read_bytes()


def test_packs_meet_in_the_project_alone(packs: Packs) -> None:
    first, second = packs.pack(packs.sample.ak, "ak"), packs.pack(packs.sample.rm, "rm")
    with pytest.raises(Conflict, match="Two packs do not merge"):
        merge(first, second.path)
    with pytest.raises(Conflict, match="a pack itself"):
        what_goes(first, packs.round, packs.sample.ak)


def test_a_copy_that_knows_less_than_the_pack_was_made_from_asks_for_that_first(packs: Packs) -> None:
    with packs.copy("older") as older:
        packs.main.apply("defined", [update(packs.sample.listened, full="Later.")], coder=packs.ts.id)
        with packs.pack(packs.sample.ak) as pack:
            packs.code(pack, packs.sample.ak, "mine")
            with pytest.raises(Conflict, match="knows more than"):
                merge(older, pack.path)
            merge(older, packs.main.path)
            merge(older, pack.path)
            merge(packs.main, pack.path)
        assert tables(older) == tables(packs.main)


def test_only_coders_of_a_round_that_is_open_get_one(packs: Packs) -> None:
    with pytest.raises(UsageError, match="Outsider does not code in the round"):
        what_goes(packs.main, packs.round, packs.ts)
    packs.main.apply("locked", [update(packs.round, locked="x" * 64)], coder=packs.ts.id)
    locked = packs.main.records("round")[0]
    with pytest.raises(Conflict, match="is locked"):
        what_goes(packs.main, locked, packs.sample.ak)


steps = st.one_of(
    st.tuples(st.sampled_from(("main", "ak", "rm")), operations),
    st.tuples(st.sampled_from(("main", "ak", "rm")), operations),
    st.tuples(st.sampled_from(("ak > main", "rm > main", "main > ak", "main > rm")), st.none()),
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(operations, max_size=6), st.lists(steps, max_size=20))
def test_whatever_is_done_in_a_project_and_two_packs_they_say_the_same_once_they_have_met(
    before: list[Operation], acts: list[tuple[str, Operation | None]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = Packs(Sample(Path(folder) / "main.tbcp"))
        sample, main = made.sample, made.main
        for operation in before:
            perform(main, made.ts.id, operation)
        files = {"main": main, "ak": made.pack(sample.ak, "ak"), "rm": made.pack(sample.rm, "rm")}
        coders = {"main": made.ts.id, "ak": sample.ak.id, "rm": sample.rm.id}
        for act, operation in acts:
            if operation is not None:
                perform(files[act], coders[act], operation)
            else:
                source, target = act.split(" > ")
                merge(files[target], files[source].path)
        results = []
        for n, order in enumerate((("ak", "rm"), ("rm", "ak", "rm"))):
            with made.copy(f"all-{n}") as together:
                for name in order:
                    merge(together, files[name].path)
                assert together.verify() == []
                results.append((tables(together), together.mismatches(), together.kept()))
        assert results[0] == results[1]
        everything, mismatches, kept = results[0]
        for name in ("ak", "rm"):
            merge(files[name], Path(folder) / "all-0.tbcp")
            assert files[name].verify() == []
            mine = tables(files[name])
            owners = {getattr(record, "coder", coders[name]) for record in mine.values()}
            assert owners <= {coders[name]}
            for key, record in mine.items():
                if key not in kept:  # what others' work keeps alive may be gone or standing in a pack
                    assert everything[key] == record, key
            assert {m for m in files[name].mismatches() if (m.kind, m.id) not in kept} <= set(mismatches)
        for project in files.values():
            project.close()
