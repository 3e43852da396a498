"""History on screen: who did what, before and after, narrowed by keys; an earlier state comes back, shown first."""

import pytest

from tbcp_qual.tui.dialogs.reading import ReadDialog
from tbcp_qual.tui.screens.history import HistoryScreen

from .driving import coded, is_clean, nasty, over
from .test_workbench import SIZES

RENAME = "B r ctrl+u W o r k e r enter"


@pytest.fixture(params=[SIZES[0], SIZES[-1]], ids=lambda size: f"{size[0]}x{size[1]}")
async def past(request, sample):
    coded(sample)
    async with over(sample, request.param) as made:
        await made.press(RENAME)
        await made.press("C ctrl+down s 3")
        await made.press("H")
        yield made


@pytest.fixture
async def one_past(sample):
    coded(sample)
    async with over(sample) as made:
        await made.press(RENAME)
        await made.press("C ctrl+down s 3")
        await made.press("H")
        yield made


def acts(made) -> list[str]:
    return [line.text[7:].strip() for line in made.app.screen.pane._list.lines if line.key]


def beside(made) -> str:
    return "\n".join(f"{item.label} {item.note} {item.body}" for item in made.app.screen.pane.side.items)


async def to(made, words: str) -> None:
    lines = made.app.screen.pane._list
    lines.put_cursor(next(line.key for line in lines.lines if words in line.text))
    await made.settle()


async def test_the_latest_comes_first_with_before_and_after_beside_it(past):
    assert acts(past)[:2] == ["AK   coded as Mistrust", "AK   Key worker renamed Worker"]
    assert "made" in beside(past)
    assert "words: My midwife said." in beside(past)
    await to(past, "renamed")
    assert "name: Key worker → Worker" in beside(past)
    await past.press("enter")
    assert "name: Key worker → Worker" in past.picture()
    await past.press("escape")
    assert isinstance(past.app.screen, HistoryScreen)


async def test_acts_are_narrowed_by_keys_and_all_come_back(one_past):
    await one_past.press("c")
    await one_past.type("mistr")
    await one_past.press("enter")
    assert acts(one_past)[0] == "AK   coded as Mistrust"
    assert not any("renamed" in act for act in acts(one_past))
    assert "of Mistrust" in one_past.where()
    await one_past.press("a b 1")
    assert acts(one_past) == ["AK   coded as Mistrust", "AK   Key worker renamed Worker"]
    await one_past.press("d")
    await one_past.type("P07")
    await one_past.press("enter")
    assert acts(one_past) == ["AK   coded as Mistrust"]
    await one_past.press("escape")
    assert len(acts(one_past)) > 2
    await one_past.press("t")
    await one_past.type("tomorrow")
    assert "no day" in one_past.picture()
    await one_past.press("ctrl+u")
    await one_past.type("2100-01-01")
    await one_past.press("enter")
    assert acts(one_past) == []
    assert "Nothing like that was done" in one_past.picture()
    await one_past.press("a k 4")
    assert acts(one_past)[0] == "AK   Key worker renamed Worker"


async def test_what_was_undone_is_still_there_and_said_to_be(one_past):
    await one_past.press("u")
    line = next(line for line in one_past.app.screen.pane._list.lines if line.text.endswith("AK   coded as Mistrust"))
    assert line.note == "undone"
    assert acts(one_past)[0] == "AK   undid: coded as Mistrust"


async def test_one_thing_is_brought_back_as_it_was_after_it_was_shown(past):
    await to(past, "renamed")
    await past.press("r 1")
    assert isinstance(past.app.screen, ReadDialog)
    assert "name: Worker → Key worker" in past.picture()
    await past.press("escape")
    assert "Worker" in {code.name for code in past.stored("code")}
    await past.press("r 1 enter")
    assert "Key worker" in {code.name for code in past.stored("code")}
    assert past.said().startswith("restored code Worker as of") or past.said().startswith("restored code Key worker")
    assert len(past.words()) == 4
    await past.press("u")
    assert "Worker" in {code.name for code in past.stored("code")}


async def test_a_removed_coding_comes_back_and_codings_of_a_document_too(one_past):
    await one_past.press("C x H")
    assert len(one_past.words()) == 3
    await to(one_past, "removed")
    await one_past.press("r 1 enter")
    assert len(one_past.words()) == 4
    await to(one_past, "renamed")
    await one_past.press("r 3 enter")
    assert len(one_past.words()) == 3


async def test_where_nothing_would_change_it_says_so(one_past):
    await one_past.press("r 2")
    assert "Nothing to bring back" in one_past.picture() or "changed since" in one_past.said()


async def test_nasty_strings_are_told_as_they_are(sample):
    nasty(sample)
    async with over(sample, SIZES[0]) as made:
        await made.press("B down down down down x 1 H")
        for keys in ("enter", "down down", "escape", "r", "escape", "down", "d", "escape", "c", "escape", "b 1",
                     "escape", "k", "escape"):  # fmt: skip
            await made.press(keys)
            assert is_clean(made.picture())
        await to(made, "nasty")
        await made.press("r 1")
        assert is_clean(made.picture())
