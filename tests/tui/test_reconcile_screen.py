"""Reconciling on screen: one passage after the other, each settled by a key with its reason, and what came of it."""

from collections.abc import AsyncIterator, Sequence

import pytest

from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.edits import mark_done
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Code, Coder, Document, Round, Turn
from tbcp_qual.coding.text import text_hash
from tbcp_qual.store import Project
from tbcp_qual.tasks.consensus import consensus_snapshot
from tbcp_qual.tui.dialogs.own_words import OwnWordsDialog
from tbcp_qual.tui.dialogs.reading import ReadDialog
from tbcp_qual.tui.reconcile_rows import shared_out
from tbcp_qual.tui.screens.reconcile import ReconcileScreen
from tbcp_qual.tui.screens.reconcile_queue import Queue

from ..cli.test_reconcile_commands import FORM, MIDWIFE, SAT, lock_round, put
from ..conftest import Sample
from .driving import Over, is_clean, nasty, over
from .test_workbench import SIZES

OTHER = "K03: My mother sat there. Nobody sat with her.\n"
MOTHER = "My mother sat there."


def locked(sample: Sample, *others: str, nothing: bool = False) -> None:
    """Two coders or more have coded two documents apart, and the round is locked; close the project."""
    project, ak, rm = sample.project, sample.ak.id, sample.rm.id
    second = Document(id=new_id(), name="K03", source_type="practitioner", text=text_hash(OTHER))
    turn = Turn(id=new_id(), document=second.id, text=second.text, start=5, end=len(OTHER) - 1, role="participant")
    third = [Coder(id=new_id(), name=name) for name in others]
    project.apply("more", [create(r) for r in (second, turn, *third)], coder="", texts=[OTHER], undoable=False)
    first = sample.document.id
    if not nothing:
        for coder in (ak, rm, *(each.id for each in third)):
            put(project, coder, sample.key_worker, first, MIDWIFE)
        put(project, ak, sample.listened, first, SAT, memo="the form was away")
        put(project, rm, sample.mistrust, first, "just sat with me")
        put(project, ak, sample.mistrust, first, FORM)
        put(project, ak, sample.mistrust, second.id, MOTHER)
        for each in third:
            put(project, each.id, sample.listened, first, SAT)
    coders = (ak, rm, *(each.id for each in third))
    for coder in coders:
        for document in (first, second.id):
            project.apply("done", mark_done(None, document=document, coder=coder), coder=coder)
    made = Round(id=new_id(), name="one", documents=(first, second.id), coders=coders)
    project.apply("round opened", [create(made)], coder=ak)
    lock_round(project, made)
    sample.round = made
    project.close()


@pytest.fixture
async def settling(sample: Sample) -> AsyncIterator[Over]:
    locked(sample)
    async with over(sample) as made:
        await made.press("R b")
        yield made


def pane(made: Over) -> Queue:
    screen = made.app.screen
    assert isinstance(screen, ReconcileScreen)
    return screen.differences


def queue(made: Over) -> Sequence[tuple[str, str, str]]:
    return [(line.sign, line.text, line.note) for line in pane(made).side.lines if line.key]


def stands(made: Over) -> set[tuple[str, str]]:
    with Project.open(made.sample.path, read_only=True) as project:
        now = consensus_snapshot(project, viewer=made.sample.ak.id)
        return {(now.codebook.current(c.code).name, now.words(c)) for c in now.codings}


AGREED = ("Key worker", MIDWIFE)


async def test_a_passage_is_shown_once_with_each_coders_codings_beside_it(sample: Sample) -> None:
    locked(sample)
    async with over(sample, SIZES[0]) as made:
        await made.press("R b")
        seen = made.picture()
        for said in ("She just sat with me.", "1 AK", "2 RM", "Being", "Mistrust", "P07, parent, turn 2"):
            assert said in seen
        assert "different code: Being listened to (AK) / Mistrust (RM)" in seen
        assert "3 settled" not in made.where()
        assert "0 settled · 3 open" in made.where()
        assert any(row.startswith(" 2 ") and "━" * len("just sat with me") in row for row in seen.splitlines())
        await made.press("v")
        seen = made.picture()
        assert "AK" not in "\n".join(seen.splitlines()[1:])
        assert "names hidden" in made.where()
        await made.press("down pagedown pagedown")
        assert "memo of 1: the form was away" in made.picture()


async def test_one_key_settles_a_passage_and_the_queue_goes_on(settling: Over) -> None:
    before = [text for _, text, _ in queue(settling)]
    assert "1 of 3" in settling.where()
    await settling.press("2")
    assert settling.said() == "RM’s codings stand (unclear definition), decided by AK · 1 of 3 settled · u undo"
    assert "2 of 3" in settling.where()
    assert [text for _, text, _ in queue(settling)] == before
    assert [sign for sign, *_ in queue(settling)] == ["✓", " ", " "]
    await settling.press("1")
    assert stands(settling) == {AGREED, ("Mistrust", "just sat with me"), ("Mistrust", FORM)}
    await settling.press("u")
    assert "2 of 3" in settling.where()
    assert stands(settling) == {AGREED, ("Mistrust", "just sat with me")}
    await settling.press("t A K enter")
    assert "AK is asked" in settling.said()
    await settling.press("d")
    assert [sign for sign, *_ in queue(settling)] == ["✓", "?", "~"]
    assert "2 of 3" in settling.where()
    assert "1 settled, 2 put off · 0 open · 1 for you" in settling.where()
    assert stands(settling) == {AGREED, ("Mistrust", "just sat with me")}


async def test_the_same_for_all_like_it_is_shown_first(settling: Over) -> None:
    await settling.press("n l")
    assert "for all 2 like this" in settling.picture()
    await settling.press("1")
    assert isinstance(settling.app.screen, ReadDialog)
    assert MOTHER in settling.picture()
    assert FORM in settling.picture()
    await settling.press("escape")
    assert stands(settling) == {AGREED}
    await settling.press("1 enter")
    assert stands(settling) == {AGREED, ("Mistrust", MOTHER), ("Mistrust", FORM)}
    assert "1 of 3" in settling.where()
    await settling.press("l")
    assert "No other open passage" in settling.said()
    await settling.press("g =")
    seen = settling.picture()
    assert "what came of it" in settling.where()
    assert "3 passages differed" in seen
    assert "AK: 4 codings" in seen
    assert "RM: 2 codings" in seen
    assert "100% kept (1 that all share, 3 after a decision) · 0% changed · 0% unresolved" in " ".join(seen.split())
    assert "Only a new blind round" in settling.said()
    await settling.press("tab g")
    assert "Nothing else is open" in settling.said()
    await settling.press("tab u")
    assert "2 settled" in settling.where()


async def test_words_of_ones_own_a_reason_with_words_and_deciding_together(settling: Over) -> None:
    await settling.press("e")
    assert isinstance(settling.app.screen, OwnWordsDialog)
    await settling.press("shift+right left enter m i s enter")
    assert stands(settling) == {AGREED, ("Mistrust", "just sat with")}
    await settling.press("e s w enter Z z enter")
    assert ("Zz", FORM) in stands(settling)
    await settling.press("u")
    assert "Zz" not in {code.name for code in settling.stored("code")}
    assert "2 of 3" in settling.where()
    await settling.press("v w tab enter")
    assert "together with RM" in settling.where()
    assert "1 AK" in settling.picture()
    await settling.press("=")
    assert sorted(decision.together for decision in settling.stored("decision")) == [(), ("RM",)]
    assert "decided by AK and RM" in settling.said()
    await settling.press("escape")
    assert "names hidden" in settling.where()
    await settling.press("r 4 b y e enter 1 tab r 2 enter")
    (kept,) = (decision for decision in settling.stored("decision") if decision.words)
    assert (kept.reason, kept.words, kept.outcome) == ("boundary", "bye", "coders")


async def test_three_coders_and_the_differences_of_one_code(sample: Sample) -> None:
    locked(sample, "TS")
    async with over(sample, (160, 50)) as made:
        await made.press("R b")
        screen = made.app.screen
        assert isinstance(screen, ReconcileScreen)
        screen.show_differences(sample.round.id, sample.listened.id)
        await made.settle()
        assert "1 of 1" in made.where()
        assert "only Being listened to" in made.where()
        assert "3 TS" in made.picture()
        await made.press("9")
        assert "no coder 9" in made.said()
        await made.press("a tab down tab enter")
        (kept,) = made.stored("decision")
        assert kept.taken == tuple(sorted([sample.ak.id, sample.rm.id]))
        await made.press("escape")
        assert "of 3" in made.where()
        await made.press("3")
        assert made.stored("decision")[-1].outcome == "coders"


async def test_codes_that_exclude_each_other_are_not_both_let_stand(sample: Sample) -> None:
    for name in ("listened", "mistrust"):
        code: Code = getattr(sample, name)
        sample.project.apply("domain", [update(code, domain="mood")], coder=sample.ak.id)
    locked(sample)
    async with over(sample) as made:
        await made.press("R b =")
        assert "exclude each other" in made.said()
        assert made.stored("decision") == []
        assert "1 of 3" in made.where()


async def test_in_a_reflexive_project_differences_are_to_discuss(sample: Sample) -> None:
    sample.project.apply("approach", [update(sample.project.info, approach="reflexive")], coder="")
    locked(sample)
    async with over(sample) as made:
        await made.press("R b")
        assert "to discuss" in made.picture()
        await made.press("1 = d r e")
        assert made.stored("decision") == []
        assert isinstance(made.app.screen, ReconcileScreen)
        assert "settled" not in made.where()
        await made.press("m t w o ctrl+s")
        with Project.open(sample.path, read_only=True) as project:
            memos = project.snapshot(sample.ak.id).memos
        assert [memo.body for memo in memos] == ["two"]
        await made.press("tab")
        assert "nothing is counted" in made.picture()


async def test_where_there_is_nothing_it_teaches_and_no_key_breaks(sample: Sample) -> None:
    locked(sample, nothing=True)
    async with over(sample, SIZES[0]) as made:
        await made.press("R")
        assert "differ nowhere" in made.picture()
        await made.pilot.press(*["1", "=", "0", "a", "e", "l", "d", "t", "r", "g", "n", "N", "v", "b", "m"])
        assert isinstance(made.app.screen, ReconcileScreen)
        assert made.stored("decision") == []


async def test_nasty_strings_are_shown_as_they_are(sample: Sample) -> None:
    nasty(sample)
    with Project.open(sample.path) as project:
        document = next(d for d in project.records("document") if d.id != sample.document.id)
        coders = (sample.ak.id, sample.rm.id)
        for coder in coders:
            project.apply("done", mark_done(None, document=document.id, coder=coder), coder=coder)
        made_round = Round(id=new_id(), name="[bold]", documents=(document.id,), coders=coders)
        project.apply("round opened", [create(made_round)], coder=coders[0])
        lock_round(project, made_round)
    async with over(sample, SIZES[0]) as made:
        await made.press("R b")
        for keys in (*["n"] * 9, "e", "escape", "w tab enter", "r", "escape", "l 1", "escape", "1", "tab"):
            await made.pilot.press(*keys.split())
            await made.settle()
            assert is_clean(made.picture())
        with Project.open(sample.path, read_only=True) as project:
            assert len(project.records("decision")) == 2


def test_the_width_is_shared_out_so_that_words_keep_most() -> None:
    for width in (40, 78, 84, 120, 200):
        for people in (2, 3, 5):
            beside = shared_out(width, people)
            assert beside.text >= 10
            if width >= 78 and people < 4:
                assert 3 + beside.text + people * (beside.lane + 2) <= width
                assert beside.text > beside.lane
