"""Correcting who speaks where, the stage of a document and the card of its case, all from the text."""

import pytest

from tbcp_qual.coding.changes import update
from tbcp_qual.coding.records import Turn
from tbcp_qual.coding.text import one_line
from tbcp_qual.store import Project
from tbcp_qual.tui.dialogs.case_card import CaseCard
from tbcp_qual.tui.dialogs.choice import ChoiceDialog
from tbcp_qual.tui.screens.people import PeopleScreen
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import LineList

from .test_people import People, study
from .test_workbench import NASTY, Bench, bench, one_size, two_documents  # noqa: F401

OFFERED = ["rename", "rename all", "split", "join", "turn", "give", "role", "role all", "heading", "who", "date"]


def digit(what: str, *, last_turn: bool = False) -> str:
    return str([name for name in OFFERED if not (last_turn and name == "join")].index(what) + 1)


def stored(bench: Bench):  # noqa: F811
    """The turns of the first document as they are in the file."""
    with Project.open(bench.sample.path, read_only=True) as project:
        assert project.verify() == []
        now = project.snapshot(bench.sample.ak.id, [bench.sample.document.id])
        return [(t.speaker, t.role, t.section, bench.sample.TEXT[t.start : t.end]) for t in now.turns]


async def test_a_turn_is_split_at_the_caret_which_stays(bench):  # noqa: F811
    await bench.press("ctrl+down right right right")
    caret = bench.screen.page.caret
    before = stored(bench)
    await bench.press(f"S {digit('split')} 1")
    await bench.settle()
    assert [words for *_, words in stored(bench)] == [
        "How did you first hear of it?",
        "My midwife said.",
        "She just sat with me.",
        "It was not for the form.",
    ]
    assert bench.screen.page.caret == caret
    assert len(bench.app.desk.turns) == 4
    assert bench.said() == "turn 2 of P07 split in two · u undo"
    await bench.press("u")
    await bench.settle()
    assert stored(bench) == before
    assert len(bench.app.desk.turns) == 3
    assert bench.screen.page.caret == caret


async def test_the_second_half_can_be_somebody_else(one_size):  # noqa: F811
    await one_size.press("ctrl+down right right right")
    await one_size.press(f"S {digit('split')} 2")
    assert stored(one_size)[2][:2] == ("INT", "interviewer")


async def test_a_turn_is_joined_with_the_next_and_codings_stay(one_size):  # noqa: F811
    await one_size.press("ctrl+down s 1")
    coded = one_size.words()
    await one_size.press(f"S {digit('join')}")
    assert [turn[3] for turn in stored(one_size)][1].startswith("My midwife said.")
    assert len(stored(one_size)) == 2
    assert one_size.words() == coded
    await one_size.press("u")
    assert len(stored(one_size)) == 3
    await one_size.press("u")
    assert one_size.words() == []


async def test_a_speaker_is_renamed_here(one_size):  # noqa: F811
    await one_size.press(f"ctrl+down S {digit('rename')}")
    await one_size.type("Ms A")
    await one_size.press("enter")
    assert [turn[0] for turn in stored(one_size)] == ["INT", "Ms A", "Ms A"]
    assert one_size.said() == "P07 renamed Ms A in P07 · u undo"


async def test_what_a_new_name_would_touch_is_said_before(two_documents):  # noqa: F811
    bench, other = two_documents  # noqa: F811
    with Project.open(bench.sample.path) as project:
        (turn,) = [turn for turn in project.records("turn") if turn.document == other.id]
        project.apply("same speaker", [update(turn, speaker="p07")], coder="")
    await bench.press("ctrl+down S")
    await bench.pilot.pause(0.3)
    notes = {line.key: line.note for line in bench.app.screen.query_one("#found", LineList).lines}
    assert notes["rename"] == "2 turns"
    assert notes["rename all"] == notes["role all"] == "3 turns in 2 documents"
    await bench.press(digit("rename all"))
    await bench.type("P7")
    await bench.press("enter")
    with Project.open(bench.sample.path, read_only=True) as project:
        assert sorted({turn.speaker for turn in project.records("turn")}) == ["INT", "P7"]


async def test_a_turn_or_a_speaker_is_marked_as_the_interviewers(one_size):  # noqa: F811
    await one_size.press(f"ctrl+down ctrl+down S {digit('turn', last_turn=True)}")
    assert [turn[1] for turn in stored(one_size)] == ["interviewer", "participant", "interviewer"]
    assert one_size.app.desk.progress(one_size.sample.document.id) == (0, 1)
    await one_size.press(f"ctrl+up S {digit('role')}")
    assert [turn[1] for turn in stored(one_size)] == ["interviewer"] * 3
    await one_size.press("u u")
    assert [turn[1] for turn in stored(one_size)] == ["interviewer", "participant", "participant"]


async def test_one_turn_is_given_to_another_speaker_and_two_of_different_speakers_are_joined(one_size):  # noqa: F811
    before = stored(one_size)
    await one_size.press(f"ctrl+down ctrl+down S {digit('give', last_turn=True)}")
    await one_size.type("Grandmother")
    await one_size.press("enter")
    assert [turn[:2] for turn in stored(one_size)][1:] == [("P07", "participant"), ("Grandmother", "participant")]
    await one_size.press(f"ctrl+up S {digit('join')}")
    title = one_size.app.screen.query_one("#title", Bar).strong
    assert title == "two speakers become one turn"
    await one_size.press("2")
    assert [turn[0] for turn in stored(one_size)] == ["INT", "Grandmother"]
    await one_size.press("u u")
    assert stored(one_size) == before


async def test_a_speaker_is_said_to_be_a_participant_and_an_entry_gets_its_day(with_cases):
    def first() -> list[Turn]:
        with Project.open(with_cases.sample.path, read_only=True) as project:
            return [t for t in project.snapshot("").turns if t.document == with_cases.sample.document.id]

    await with_cases.press("ctrl+down S")
    found = with_cases.app.screen.query_one("#found", LineList)
    assert [line.note for line in found.lines if line.key == "who"] == ["P07"]
    found.put_cursor("who")
    await with_cases.press("enter")
    await with_cases.type("nobody")
    await with_cases.press("enter")
    assert "no such participant" in with_cases.app.screen.query_one("#definition", Bar).left
    await with_cases.press(" ".join(["backspace"] * 6))
    await with_cases.type("K03")
    await with_cases.press("enter")
    assert with_cases.screen.query_one("#said", Bar).left == "P07 in P07 is K03 · u undo"
    assert len({turn.participant for turn in first()[1:]}) == 1
    await with_cases.press("u")
    with Project.open(with_cases.sample.path) as project:
        entry = update(first()[1], speaker="", role="", date="2024")
        project.apply("an entry", [entry], coder="")
    with_cases.app._look_elsewhere()
    await with_cases.settle()
    await with_cases.press("S")
    with_cases.app.screen.query_one("#found", LineList).put_cursor("date")
    await with_cases.press("enter")
    await with_cases.type("2024-13")
    await with_cases.press("enter")
    assert "is no date" in with_cases.app.screen.query_one("#definition", Bar).left
    await with_cases.press("backspace backspace")
    await with_cases.type("03")
    await with_cases.press("enter")
    await with_cases.settle()
    assert with_cases.screen.query_one("#said", Bar).left == "date set in P07 · u undo"
    assert first()[1].date == "2024-03"


async def test_a_heading_goes_over_turns(one_size):  # noqa: F811
    await one_size.press(f"ctrl+down S {digit('heading')}")
    await one_size.type("First contact")
    await one_size.press("enter")
    assert [turn[2] for turn in stored(one_size)] == ["", "First contact", "First contact"]


async def test_what_cannot_be_corrected_is_said(one_size):  # noqa: F811
    await one_size.press(f"ctrl+down S {digit('split')} 1")
    await one_size.settle()
    assert one_size.said().startswith("One half of the turn would be empty.")
    assert len(stored(one_size)) == 3


async def test_escape_leaves_the_corrections_and_changes_nothing(one_size):  # noqa: F811
    before = stored(one_size)
    await one_size.press("ctrl+down S")
    assert isinstance(one_size.app.screen, ChoiceDialog)
    await one_size.press("escape")
    assert stored(one_size) == before


async def test_the_stage_of_a_document_stands_in_the_list_and_is_taken_back(one_size):  # noqa: F811
    await one_size.press("t 2")
    lines = one_size.screen.query_one("#documents", LineList).lines
    assert [line.note for line in lines if line.key] == ["coded"]
    assert one_size.said() == "P07: coded · u undo"
    assert " · coded" in one_size.screen.query_one("#where", Bar).left
    with Project.open(one_size.sample.path, read_only=True) as project:
        assert project.records("document")[0].stage == "coded"
    await one_size.press("u")
    assert one_size.app.desk.document.stage == ""
    with Project.open(one_size.sample.path, read_only=True) as project:
        assert project.records("document")[0].stage == ""


@pytest.fixture
async def with_cases(sample):
    from tbcp_qual.tui.app import Workbench

    study(sample)
    app = Workbench(sample.path, sample.ak.id)
    async with app.run_test(size=(120, 40)) as pilot:
        made = People(sample, app, pilot)
        await made.ready()
        yield made
        app.leave()


async def test_one_key_shows_the_case_of_the_words_and_its_other_documents(with_cases):
    await with_cases.press("o")
    await with_cases.type("K03")
    await with_cases.press("enter")
    await with_cases.press("a")
    assert "No case is known here" in with_cases.screen.query_one("#said", Bar).left
    await with_cases.press("right right right a")
    assert isinstance(with_cases.app.screen, CaseCard)
    assert with_cases.app.screen.query_one("#title", Bar).strong == "case F10"
    await with_cases.press("escape o")
    await with_cases.type("P07")
    await with_cases.press("enter ctrl+down a")
    assert with_cases.app.screen.query_one("#title", Bar).strong == "case F2"
    await with_cases.press("enter")
    assert with_cases.app.desk.document.name == "P07"


async def test_from_the_card_one_goes_to_a_person_or_an_attribute_in_the_table(with_cases):
    await with_cases.press("ctrl+down a up enter")
    await with_cases.pilot.pause(0.2)
    await with_cases.settle()
    assert isinstance(with_cases.app.screen, PeopleScreen)
    assert with_cases.table.row.cells[0] == "P07"
    await with_cases.press("escape a tab down enter")
    await with_cases.pilot.pause(0.2)
    await with_cases.settle()
    assert with_cases.app.screen.query_one("#title", Bar).strong == "F2 · age"


async def test_names_of_speakers_are_shown_as_they_are(one_size):  # noqa: F811
    for name in (one_line(nasty)[:200] for nasty in NASTY):
        with Project.open(one_size.sample.path) as project:
            project.apply(
                "named",
                [update(turn, speaker=name) for turn in project.records("turn")]
                + [update(project.records("document")[0], name=name)],
                coder="",
            )
        one_size.app._look_elsewhere()
        await one_size.settle()
        for keys in ("S", "1"):
            await one_size.press(keys)
            painted = "\n".join(strip.text for strip in one_size.app.screen._compositor.render_strips())
            assert "\x1b" not in painted
            assert "\u202e" not in painted
            if keys == "S":
                assert f"correct turn 1 of {name[:5]}".replace("\u200d", "") in painted
        await one_size.press("escape escape")
