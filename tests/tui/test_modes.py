"""Modes: one key each, the coding screen below stays where it was, reading beside the writer, and taking back."""

import threading

import pytest
from textual.command import CommandList
from textual.widgets import Input

from tbcp_qual.coding.changes import create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Case
from tbcp_qual.errors import UsageError
from tbcp_qual.store import Project
from tbcp_qual.tui import modes
from tbcp_qual.tui.dialogs.help import HelpDialog
from tbcp_qual.tui.screens.code import CodeScreen
from tbcp_qual.tui.screens.mode import ModeScreen
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import LineList

from .test_workbench import Bench, bench, one_size, two_documents  # noqa: F401


def said(bench: Bench) -> str:  # noqa: F811
    return bench.app.screen.query_one("#said", Bar).left


def cases(bench: Bench) -> list[str]:  # noqa: F811
    with Project.open(bench.sample.path, read_only=True) as project:
        return [case.label for case in project.records("case")]


def add_case(bench: Bench, label: str):  # noqa: F811
    coder = bench.sample.ak.id
    return lambda project: project.apply(f"added {label}", [create(Case(id=new_id(), label=label))], coder=coder)


@pytest.mark.parametrize("mode", [mode for mode in modes.MODES if mode.place], ids=lambda mode: mode.name)
async def test_each_mode_opens_with_its_key_and_the_text_lies_below_as_it_was(bench, mode):  # noqa: F811
    await bench.press("ctrl+down right s")
    before = bench.screen.page.caret, bench.screen.page.selection
    await bench.press(mode.key)
    assert isinstance(bench.app.screen, ModeScreen)
    assert bench.app.screen.NAME
    assert bench.app.screen.NAME in bench.app.screen.query_one("#where", Bar).strong
    for back in ("C", "escape"):
        if isinstance(bench.app.screen, CodeScreen):
            await bench.press(mode.key)
        for _ in range(4):
            # A field takes letters, and escape may have something smaller to leave first.
            in_field = isinstance(bench.app.focused, Input)
            await bench.press("escape" if in_field else back)
            if isinstance(bench.app.screen, CodeScreen):
                break
        assert isinstance(bench.app.screen, CodeScreen)
        assert (bench.screen.page.caret, bench.screen.page.selection) == before
        assert bench.screen.page.has_focus
    assert len(bench.app.screen_stack) == 1


@pytest.mark.parametrize("mode", [mode for mode in modes.MODES if mode.place], ids=lambda mode: mode.name)
async def test_a_mode_has_help_and_a_name_for_every_key(one_size, mode):  # noqa: F811
    await one_size.press(mode.key)
    screen = one_size.app.screen
    own = [b for kind in type(screen).__mro__ for b in vars(kind).get("BINDINGS", ()) if issubclass(kind, ModeScreen)]
    assert own
    for binding in own:
        assert binding.id
        assert binding.tooltip
    if isinstance(one_size.app.focused, Input):
        # A field takes the question mark as a letter.
        one_size.app.set_focus(None)
    await one_size.press("question_mark")
    assert isinstance(one_size.app.screen, HelpDialog)
    shown = "\n".join(line.text for line in one_size.app.screen.query_one("#found", LineList).lines)
    here = {binding.tooltip for binding in own if screen.is_here(binding)}
    assert all(tooltip in shown for tooltip in here)
    assert not any(f"  {binding.tooltip}\n" in shown for binding in own if binding.tooltip not in here)
    assert all(mode.tooltip in shown for mode in modes.MODES)


async def test_the_palette_offers_the_modes_by_name(one_size):  # noqa: F811
    offered = {command.title for command in one_size.app.get_system_commands(one_size.app.screen)}
    assert {mode.name for mode in modes.MODES} <= offered
    await one_size.press("ctrl+p")
    await one_size.type("People")
    offers = one_size.app.screen.query_one(CommandList)
    await one_size.until(lambda: offers.option_count and "People" in str(offers.get_option_at_index(0).prompt))
    await one_size.press("enter")
    await one_size.until(lambda: isinstance(one_size.app.screen, ModeScreen))


async def test_what_a_mode_does_is_on_disk_shown_and_taken_back(one_size):  # noqa: F811
    await one_size.press("P")
    one_size.app.do(add_case(one_size, "F77"))
    await one_size.settle()
    assert cases(one_size) == ["F77"]
    assert said(one_size) == "added F77 · u undo"
    assert [case.label for case in one_size.app.desk.frame.cases] == ["F77"]
    await one_size.press("u")
    assert cases(one_size) == []
    assert said(one_size) == "undid: added F77 · ctrl+r do again"
    await one_size.press("ctrl+r")
    assert cases(one_size) == ["F77"]


async def test_undo_in_a_mode_takes_back_what_was_coded_before_and_the_text_shows_it(one_size):  # noqa: F811
    await one_size.press("ctrl+down s 1")
    assert len(one_size.words()) == 1
    await one_size.press("P")
    await one_size.press("u")
    assert one_size.words() == []
    assert one_size.app.desk.codings == {}
    await one_size.press("C")
    await one_size.press("u")
    assert "nothing of yours to undo" in one_size.said()


async def test_after_an_act_of_a_mode_undo_in_the_text_takes_that_act_first(one_size):  # noqa: F811
    await one_size.press("ctrl+down s 1")
    one_size.app.do(add_case(one_size, "F77"))
    await one_size.press("u")
    assert cases(one_size) == []
    assert len(one_size.words()) == 1


async def test_what_cannot_be_done_is_said_and_changes_nothing(one_size):  # noqa: F811
    def refused(_: Project) -> None:
        raise UsageError("That is not to be.", "Try another.")

    await one_size.press("P")
    one_size.app.do(refused)
    await one_size.settle()
    assert said(one_size) == "That is not to be. Try another."
    one_size.app.do(lambda project: None)
    await one_size.settle()
    assert said(one_size) == "Nothing to change."


async def test_long_reading_is_said_and_escape_stops_waiting(one_size):  # noqa: F811
    await one_size.press("P")
    screen = one_size.app.screen
    goes_on = threading.Event()
    got: list[int] = []
    screen.read(lambda _: goes_on.wait(60) and 1, got.append)
    await one_size.until(lambda: said(one_size).startswith("reading …"))
    await one_size.pilot.press("escape")
    await one_size.pilot.pause()
    assert said(one_size) == "stopped waiting"
    assert one_size.app.screen is screen
    goes_on.set()
    await one_size.settle()
    assert got == []
    screen.read(lambda _: 2, got.append)
    await one_size.settle()
    assert got == [2]


async def test_reading_cannot_write(one_size):  # noqa: F811
    await one_size.press("P")
    one_size.app.screen.read(add_case(one_size, "F77"), lambda _: None)
    await one_size.settle()
    assert cases(one_size) == []
    assert "problem" in one_size.app.screen.query_one("#said", Bar).classes


async def test_a_mode_shows_what_changed_while_it_was_away(one_size):  # noqa: F811
    await one_size.press("P")
    await one_size.press("C")
    one_size.app.do(add_case(one_size, "F77"))
    await one_size.settle()
    await one_size.press("P")
    assert [row.cells[0] for row in one_size.app.screen.table.rows] == ["F77"]


async def test_two_readings_anew_at_a_time_come_to_an_end(one_size):  # noqa: F811
    one_size.app.reload()
    one_size.app.do(add_case(one_size, "F77"))
    one_size.app.reload()
    one_size.app.do(add_case(one_size, "F78"))
    for _ in range(500):
        await one_size.pilot.pause(0.01)
        if one_size.app.writer.waiting == 0 and len(one_size.app.desk.frame.cases) == 2:
            break
    assert one_size.app.writer.waiting == 0
    assert len(one_size.app.desk.frame.cases) == 2


async def test_a_document_opened_while_everything_is_read_anew_stays_open(two_documents):  # noqa: F811
    bench, other = two_documents  # noqa: F811
    bench.app.reload()
    bench.screen.open_document(other.id)
    await bench.settle()
    assert bench.app.desk.document.id == other.id
    assert bench.screen.page.caret == bench.app.desk.turns[0].start
