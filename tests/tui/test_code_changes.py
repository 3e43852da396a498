"""Changing a coding that is there, showing only some, and going from one of a code to the next."""

import pytest

from tbcp_qual.store import Project
from tbcp_qual.tui.widgets.lines import LineList

from .driving import coded, coding, over


@pytest.fixture
async def bench(sample):
    sample.project.close()
    async with over(sample) as made:
        yield made


async def test_the_ends_of_a_coding_are_changed_by_word_and_kept_by_enter(bench):
    await bench.press("ctrl+down s 1 escape b")
    assert "ends of Key worker" in bench.said()
    await bench.press("left_square_bracket enter")
    assert bench.words() == [("My midwife", "Key worker")]
    await bench.press("b right_parenthesis right_parenthesis enter")
    assert bench.words() == [("My midwife said. She just sat with me.", "Key worker")]
    assert [m.end for m in bench.screen.page._marks.values()] == [c.end for _, _, c in bench.codings()]
    await bench.press("u u")
    assert bench.words() == [("My midwife said.", "Key worker")]


async def test_the_other_end_moves_when_the_key_is_pressed_again(bench):
    await bench.press("ctrl+down s 1 escape b b left_square_bracket enter")
    assert bench.words() == [("midwife said.", "Key worker")]


async def test_escape_leaves_the_ends_as_they_are(bench):
    await bench.press("ctrl+down s 1 escape b left_square_bracket escape enter")
    assert bench.words() == [("My midwife said.", "Key worker")]
    await bench.press("s s enter")
    assert bench.words() == [("My midwife said.", "Key worker")]


async def test_ends_that_run_into_the_same_code_make_one_coding(bench):
    await bench.press("ctrl+down s 1 escape")
    start = bench.sample.TEXT.index("She just")
    bench.screen.page.move_to(start)
    await bench.press("s 1 escape")
    bench.screen.page.move_to(bench.sample.turns[1].start)
    await bench.press("b right_parenthesis enter")
    assert bench.words() == [("My midwife said. She just sat with me.", "Key worker")]
    assert len(bench.screen.page._marks) == 1


async def test_a_weight_is_given_and_taken_away(bench):
    await bench.press("ctrl+down s 1 w")
    await bench.type("101")
    await bench.press("enter")
    assert bench.codings()[0][2].weight is None
    await bench.press("backspace backspace backspace")
    await bench.type("60")
    await bench.press("enter")
    assert bench.codings()[0][2].weight == 60
    assert "weight 60" in bench.screen.query_one("#here", LineList).lines[0].text
    await bench.press("w backspace backspace enter")
    assert bench.codings()[0][2].weight is None


async def test_a_coding_is_said_to_be_prompted_volunteered_or_neither(bench):
    await bench.press("ctrl+down s 1")
    for said in ("prompted", "volunteered", ""):
        await bench.press("v")
        assert bench.codings()[0][2].prompted == said


async def test_the_next_coding_of_a_code_is_found_in_other_documents_and_back(sample):
    coded(sample)
    with Project.open(sample.path) as project:
        now = project.snapshot(sample.ak.id)
        other = next(d for d in now.documents if d.name == "K03")
        from dataclasses import replace

        from tbcp_qual.coding.changes import create

        there = replace(
            coding(sample, "INT", sample.listened, sample.ak.id), document=other.id, text=other.text, start=20, end=29
        )
        project.apply("coded elsewhere", [create(there)], coder=sample.ak.id)
    async with over(sample) as bench:
        bench.screen.open_document(sample.document.id)
        await bench.press("n greater_than_sign")
        assert bench.app.desk.document.id == other.id
        assert bench.screen.page.caret == 20
        assert "Being listened to · in K03" in bench.said()
        await bench.press("less_than_sign")
        assert bench.app.desk.document.id == sample.document.id
        bench.screen.page.move_to(sample.TEXT.index("It was not"))
        await bench.press("greater_than_sign")
        assert "on nothing in another document" in bench.said()


async def shown(bench, digit):
    await bench.press("f")
    await bench.press(digit)
    return sorted(mark.label for mark in bench.screen.page._marks.values())


async def test_only_one_code_one_branch_one_coder_or_none_is_shown(sample):
    coded(sample)
    async with over(sample) as bench:
        bench.screen.open_document(sample.document.id)
        await bench.press("n")
        every = await shown(bench, "1")
        assert len(every) == 3
        assert await shown(bench, "2") == ["bl"]
        assert "only Being listened to" in bench.said()
        assert len(await shown(bench, "3")) == 2
        assert "only yours" in bench.said()
        assert await shown(bench, "4") == ["kw"]
        assert "only by RM" in bench.said()
        assert "showing only by RM" in bench.where()
        assert await shown(bench, "0") == []
        assert "no codings" in bench.said()
        assert await shown(bench, "1") == every


async def test_next_and_previous_go_by_what_is_shown(sample):
    coded(sample)
    async with over(sample) as bench:
        bench.screen.open_document(sample.document.id)
        await bench.press("n f")
        await bench.press("4")
        await bench.press("n")
        assert bench.screen.page.caret == sample.TEXT.index("just sat")
        await bench.press("n")
        assert "No coding further on" in bench.said()
