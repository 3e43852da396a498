"""A coder at the screen: keys go in, and what they did is in the file."""

import time
from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Code, Document, Turn
from tbcp_qual.coding.text import text_hash
from tbcp_qual.store import Project
from tbcp_qual.tui.app import Workbench
from tbcp_qual.tui.screens.code import CodeScreen
from tbcp_qual.tui.screens.panes import Pane
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import LineList

from ..conftest import Sample

SIZES = [(80, 24), (120, 40), (160, 50)]


class Bench:
    """The workbench on a small project, driven by keys."""

    def __init__(self, sample: Sample, app: Workbench, pilot: Pilot[None]) -> None:
        self.sample, self.app, self.pilot = sample, app, pilot

    @property
    def screen(self) -> CodeScreen:
        screen = next(s for s in self.app.screen_stack if isinstance(s, CodeScreen))
        return screen

    async def ready(self) -> None:
        """Wait for the first picture and for what is counted after it."""
        page = self.screen.page
        await self.until(lambda: self.app.desk.document and page.virtual_size.height > 1 and page.has_focus)
        await self.pilot.pause()
        await self.settle()

    async def press(self, keys: str) -> None:
        await self.pilot.press(*keys.split())
        await self.settle()

    async def type(self, words: str) -> None:
        await self.pilot.press(*("space" if c == " " else c for c in words))
        await self.settle()

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for something, however busy the machine is."""
        for _ in range(3000):
            if condition():
                return
            await self.pilot.pause(0.01)
        raise AssertionError("it never came")

    def _is_busy(self) -> bool:
        """Whether something is written or read, or will be read in a moment."""
        reader = self.app._reading_thread
        soon = [pane._pause for pane in self.app.screen.query(Pane) if getattr(pane, "_pause", None) is not None]
        asked = any(timer._task is not None and not timer._task.done() for timer in soon)
        return bool(self.app.writer.waiting or (reader is not None and reader.waiting) or asked)

    async def settle(self) -> None:
        """Wait until nothing is to be done, twice in a row: an answer may lead to another job."""
        idle = 0
        for _ in range(2000):
            await self.pilot.pause(0.01)
            idle = 0 if self._is_busy() else idle + 1
            if idle == 2:
                break
        await self.pilot.pause()

    def said(self) -> str:
        return self.screen.query_one("#said", Bar).left

    def codings(self):
        with Project.open(self.sample.path, read_only=True) as project:
            now = project.snapshot(self.sample.ak.id)
            assert project.verify() == []
        return [(now.words(c), now.codebook.by_id[c.code].name, c) for c in now.codings]

    def words(self) -> list[tuple[str, str]]:
        return [(words, code) for words, code, _ in self.codings()]


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def bench(request, sample):
    sample.project.close()
    app = Workbench(sample.path, sample.ak.id)
    async with app.run_test(size=request.param) as pilot:
        made = Bench(sample, app, pilot)
        await made.ready()
        yield made
        app.leave()


@pytest.fixture
async def one_size(sample):
    sample.project.close()
    app = Workbench(sample.path, sample.ak.id)
    async with app.run_test(size=(120, 40)) as pilot:
        made = Bench(sample, app, pilot)
        await made.ready()
        yield made
        app.leave()


async def test_the_page_has_room_and_the_panes_fold_where_there_is_none(bench):
    page = bench.screen.page.region
    columns = bench.app.size.width
    panes = bench.screen.query_one("#documents"), bench.screen.query_one("#side")
    if columns < 110:
        assert page.width == columns
        assert not any(pane.display for pane in panes)
        await bench.press("z")
        assert [pane.display for pane in panes] == [False, True]
        await bench.press("z")
        assert [pane.display for pane in panes] == [True, False]
        await bench.press("escape")
    else:
        widths = [24, 32] if columns < 140 else [27, 36]
        assert [pane.region.width for pane in panes] == widths
        assert page.width == columns - sum(widths)
        assert bench.screen.page._columns.text >= 40
        await bench.press("z")
    assert bench.screen.page.region.width == columns
    assert bench.screen.page.has_focus


async def test_two_keys_code_a_sentence(bench):
    await bench.press("ctrl+down s 1")
    assert bench.words() == [("My midwife said.", "Key worker")]
    assert "coded “My midwife said.” as Key worker · u undo" in bench.said()


async def test_the_caret_stays_where_it_was_when_coding(bench):
    await bench.press("ctrl+down right right")
    caret = bench.screen.page.caret
    await bench.press("s 1 2")
    assert bench.screen.page.caret == caret
    assert len(bench.words()) == 2


async def test_undo_and_redo_by_one_key_each(bench):
    await bench.press("ctrl+down s 1 u")
    assert bench.words() == []
    assert bench.said().startswith("undid: coded as Key worker")
    await bench.press("ctrl+r")
    assert len(bench.words()) == 1


async def test_the_picker_codes_by_a_few_letters(bench):
    await bench.press("ctrl+down s c")
    await bench.type("list")
    await bench.press("enter")
    assert bench.words() == [("My midwife said.", "Being listened to")]
    await bench.press("s s full_stop")
    assert bench.words()[-1][1] == "Being listened to"


async def test_the_picker_makes_a_code_that_is_not_there(bench):
    await bench.press("ctrl+down s c")
    await bench.type("Midwife first")
    await bench.press("enter")
    assert bench.words() == [("My midwife said.", "Midwife first")]
    await bench.press("u")
    assert bench.words() == []


async def test_escape_leaves_the_picker_and_loses_nothing(bench):
    await bench.press("ctrl+down s c")
    await bench.type("zzz")
    await bench.press("escape")
    assert bench.words() == []
    assert bench.screen.page.selection is not None


async def test_coding_without_a_selection_says_what_to_do(bench):
    await bench.press("1")
    assert "Nothing is selected" in bench.said()
    await bench.press("c")
    assert "Select words first" in bench.said()


async def test_an_in_vivo_code_takes_the_words(bench):
    await bench.press("ctrl+down s i")
    ((words, code, _),) = bench.codings()
    assert (words, code) == ("My midwife said.", "My midwife said")


async def test_a_memo_is_kept_when_one_leaves_it(bench):
    await bench.press("ctrl+down s 1 m")
    await bench.type("Who is she")
    await bench.press("escape")
    ((_, _, coding),) = bench.codings()
    assert coding.memo == "Who is she"


async def test_negative_case_recode_and_remove_work_on_the_coding_at_the_caret(bench):
    await bench.press("ctrl+down s 1 exclamation_mark")
    assert bench.codings()[0][2].negative
    await bench.press("e")
    await bench.type("mis")
    await bench.press("enter")
    assert bench.words() == [("My midwife said.", "Mistrust")]
    await bench.press("x")
    assert bench.words() == []
    await bench.press("u u u u")
    assert bench.words() == []


async def test_space_says_nothing_to_code_and_goes_on(bench):
    await bench.press("g")
    assert bench.screen.page.turn_index == 1
    await bench.press("space")
    assert bench.screen.page.turn_index == 2
    await bench.press("space")
    assert "All turns are reviewed" in bench.said()
    assert bench.app.desk.progress(bench.sample.document.id) == (2, 2)
    await bench.press("d")
    assert bench.app.desk.is_done(bench.sample.document.id)
    with Project.open(bench.sample.path, read_only=True) as project:
        counts, progress = project.counts(bench.sample.ak.id), project.progress(bench.sample.ak.id)
    assert progress.reviewed_by_document == {bench.sample.document.id: 2}
    assert counts.done_by_document == {bench.sample.document.id: frozenset({bench.sample.ak.id})}


async def test_undo_counts_progress_back(bench):
    await bench.press("g space u")
    assert bench.app.desk.progress(bench.sample.document.id) == (0, 2)
    await bench.press("s 1")
    assert bench.app.desk.progress(bench.sample.document.id)[0] >= 1


async def test_find_selects_what_was_found(bench):
    await bench.press("slash")
    await bench.type("sat with")
    await bench.press("enter")
    span = bench.screen.page.selection
    assert bench.app.desk.text[span.start : span.end] == "sat with"


async def test_the_place_and_the_slots_are_kept(sample):
    sample.project.close()
    for first in (True, False):
        app = Workbench(sample.path, sample.ak.id)
        async with app.run_test(size=(120, 40)) as pilot:
            made = Bench(sample, app, pilot)
            await made.ready()
            if first:
                await made.press("ctrl+down ctrl+down tab down p")
                caret = app.screen.query_one("#page").caret
                slots = list(app.places.slots)
                assert slots[1] is None
            else:
                assert made.screen.page.caret == caret
                assert app.places.slots == slots
            app.leave()


async def test_copy_brings_the_question_and_the_label(one_size):
    await one_size.press("ctrl+down s y")
    assert one_size.app.clipboard == ("INT: How did you first hear of it?\n“My midwife said.” (P07, parent, turn 2)")


async def test_help_lists_every_key_of_the_screen(one_size):
    await one_size.press("question_mark")
    lines = one_size.app.screen.query_one("#found", LineList).lines
    text = "\n".join(line.text for line in lines)
    for sentence in ("Take back your last act", "Choose a code for the words selected", "Negative case on, off"):
        assert sentence in text
    await one_size.press("escape")
    assert one_size.app.screen is one_size.screen


async def test_every_binding_has_an_id_and_a_sentence():
    for binding in [*CodeScreen.BINDINGS, *Workbench.BINDINGS, *LineList.BINDINGS]:
        assert binding.id
        assert binding.tooltip


async def test_the_palette_reaches_every_action(one_size):
    offered = {command.title for command in one_size.app.get_system_commands(one_size.screen)}
    assert {b.description for b in CodeScreen.BINDINGS} <= offered


async def test_what_another_program_writes_appears_and_the_place_is_kept(one_size):
    await one_size.press("ctrl+down")
    caret = one_size.screen.page.caret
    with Project.open(one_size.sample.path) as project:
        named = project.record("code", one_size.sample.mistrust.id)
        project.apply("renamed", [update(named, name="Doubt")], coder=one_size.sample.rm.id)
    one_size.app._look_elsewhere()
    await one_size.settle()
    await one_size.settle()
    assert any("Doubt" in line.text for line in one_size.screen.query_one("#codes", LineList).lines)
    assert one_size.screen.page.caret == caret


async def test_what_cannot_be_written_is_taken_back_with_a_sentence(one_size):
    with Project.open(one_size.sample.path) as project:
        code = project.record("code", one_size.sample.key_worker.id)
        from tbcp_qual.coding.edits import delete_code

        now = project.snapshot(one_size.sample.rm.id)
        project.apply("deleted", delete_code(now.codebook, (), (), code), coder=one_size.sample.rm.id)
    await one_size.press("ctrl+down s 1")
    await one_size.settle()
    await one_size.settle()
    assert "refers to" in one_size.said() or "no longer" in one_size.said()
    assert one_size.app.desk.codings == {}
    assert one_size.words() == []


NASTY = [
    "[P07] to [NAME], [/office] [bold]not bold[/bold] [link=x]",
    "\x1b[31mred\x1b[0m and \x07 bell",
    "من اليمين \u202e إلى اليسار",
    "e\u0301a\u0308 👩‍👩‍👧 表 한",
    "w" * 10_000,
    "$(rm) {x} %s \\n \x00",
]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_words_of_people_are_shown_as_they_are(sample, size):
    from tbcp_qual.coding.text import clean, one_line

    project = sample.project
    text = clean("\n".join(NASTY)).text
    document = Document(id=new_id(), name=one_line(NASTY[0]), source_type=one_line(NASTY[1]), text=text_hash(text))
    turns, place = [], 0
    for line in text.split("\n"):
        turns.append(
            Turn(
                id=new_id(),
                document=document.id,
                text=document.text,
                head=place,
                start=place,
                end=place + len(line),
                speaker=one_line(line)[:50],
                role="participant",
            )
        )
        place += len(line) + 1
    codes = [Code(id=new_id(), name=one_line(n)[:60].replace(">", ""), brief=one_line(n)[:200]) for n in NASTY]
    project.apply("nasty", [create(r) for r in (document, *turns, *codes)], coder="", texts=[text])
    project.close()
    app = Workbench(sample.path, sample.ak.id)
    async with app.run_test(size=size) as pilot:
        made = Bench(sample, app, pilot)
        await made.ready()
        await made.press("o")
        await made.type("[P07]")
        await made.press("enter")
        assert app.desk.document.id == document.id
        for keys in ("s c", "escape", "s 1", "m", "escape", "i", "z", "tab", "escape", "question_mark", "escape"):
            await made.press(keys)
        painted = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "[P07] to [NAME], [/office]" in painted
        assert "\x1b" not in painted
        assert "\x07" not in painted
        app.leave()


@pytest.fixture
async def two_documents(sample):
    """The workbench with a second document beside the first."""
    text = "INT: And now?\nP08: Nobody came. I waited in.\n"
    other = Document(id=new_id(), name="P08", source_type="parent", text=text_hash(text))
    start = text.index("Nobody")
    turn = Turn(id=new_id(), document=other.id, text=other.text, head=14, start=start, end=len(text) - 1, speaker="P08")
    sample.project.apply("second", [create(other), create(turn)], coder="", texts=[text], undoable=False)
    sample.project.close()
    app = Workbench(sample.path, sample.ak.id)
    async with app.run_test(size=(120, 40)) as pilot:
        made = Bench(sample, app, pilot)
        await made.ready()
        yield made, other
        app.leave()


def _slow(bench):
    """Keep the writer busy for a moment, as a slow disk does."""
    bench.app.writer.submit(lambda _: time.sleep(0.3), lambda _: None, lambda _: None)


async def test_what_was_coded_on_a_slow_disk_is_there_when_one_comes_back_to_the_document(two_documents):
    bench, other = two_documents
    await bench.press("ctrl+down")
    _slow(bench)
    await bench.pilot.press("s", "1")
    bench.screen.open_document(other.id)
    bench.screen.open_document(bench.sample.document.id)
    assert [c.start for c in bench.app.desk.codings.values()] == [bench.sample.turns[1].start]
    await bench.settle()
    assert len(bench.words()) == 1


async def test_undo_from_another_document_takes_the_coding_and_its_count_away(two_documents):
    bench, other = two_documents
    await bench.press("ctrl+down s 1")
    bench.screen.open_document(other.id)
    await bench.press("u")
    await bench.settle()
    assert bench.words() == []
    assert bench.app.desk.coding_counts[bench.sample.key_worker.id] == 0
    assert bench.app.desk.document.id == other.id
    await bench.press("ctrl+r")
    await bench.settle()
    assert len(bench.words()) == 1
    assert bench.app.desk.coding_counts[bench.sample.key_worker.id] == 1


async def test_an_act_during_a_reload_does_not_seem_gone(two_documents):
    bench, _ = two_documents
    await bench.press("ctrl+down")
    _slow(bench)
    bench.app.reload()
    await bench.pilot.press("s", "1")
    await bench.settle()
    await bench.settle()
    assert len(bench.app.desk.codings) == 1
    assert bench.app.desk.coding_counts[bench.sample.key_worker.id] == 1
