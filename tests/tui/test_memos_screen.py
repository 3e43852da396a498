"""Memos on screen: written on what one sees, listed by kind, searched, opened at their place, and one's own changed."""

import pytest
from textual.widgets import TextArea

from tbcp_qual.coding.changes import create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Case, Memo, Theme
from tbcp_qual.store import Project
from tbcp_qual.tui.dialogs.note import NoteDialog
from tbcp_qual.tui.screens.code import CodeScreen
from tbcp_qual.tui.screens.codebook import CodebookScreen
from tbcp_qual.tui.screens.memos import MemosScreen
from tbcp_qual.tui.widgets.lines import LineList

from .driving import coded, is_clean, nasty, over
from .test_workbench import SIZES


@pytest.fixture(params=[SIZES[0], SIZES[-1]], ids=lambda size: f"{size[0]}x{size[1]}")
async def writing(request, sample):
    coded(sample)
    async with over(sample, request.param) as made:
        yield made


@pytest.fixture
async def one_writing(sample):
    coded(sample)
    async with over(sample) as made:
        yield made


def memos(made) -> list[Memo]:
    with Project.open(made.sample.path, read_only=True) as project:
        assert project.verify() == []
        return list(project.snapshot(made.sample.ak.id).memos)


def listed(made) -> list[str]:
    return [line.text for line in made.app.screen.pane._list.lines if line.key]


async def jot(made, on: str, words: str) -> None:
    """Write a memo on what is offered under some words."""
    await made.press("j" if isinstance(made.app.screen, CodeScreen) else "n")
    lines = made.app.screen.query_one("#found", LineList)
    lines.put_cursor(next(line.key for line in lines.lines if on in line.text))
    await made.press("enter")
    await made.type(words)
    await made.press("escape")


async def test_a_memo_is_written_on_the_words_selected_and_opens_there(writing):
    await writing.press("ctrl+down s")
    await jot(writing, "midwife", "trusted source")
    (memo,) = memos(writing)
    assert writing.sample.TEXT[memo.start : memo.end] == "My midwife said."
    assert (memo.body, memo.kind) == ("trusted source", "analytic")
    assert isinstance(writing.app.screen, CodeScreen)
    assert writing.said().endswith("u undo")
    await writing.press("escape ctrl+home W")
    await writing.press("enter")
    page = writing.screen.page
    assert writing.app.desk.text[page.selection.start : page.selection.end] == "My midwife said."
    await writing.press("u")
    assert memos(writing) == []


async def test_memos_are_written_on_document_coding_code_and_project(one_writing):
    await one_writing.press("ctrl+down n")
    await jot(one_writing, "coding of", "draws on it")
    await jot(one_writing, "P07", "first reading")
    await jot(one_writing, "code Key worker", "wide")
    await jot(one_writing, "the project", "so far")
    by_body = {memo.body: memo for memo in memos(one_writing)}
    assert len(by_body["draws on it"].codings) == 1
    assert by_body["first reading"].kind == "familiarisation"
    assert by_body["first reading"].document
    assert not by_body["first reading"].text
    assert by_body["wide"].code == one_writing.sample.key_worker.id
    project = by_body["so far"]
    assert (project.document, project.code, project.case, project.theme) == (None, None, None, None)


async def test_title_and_kind_are_given_and_an_empty_memo_is_none(one_writing):
    await one_writing.press("j 1")
    dialog = one_writing.app.screen
    assert isinstance(dialog, NoteDialog)
    await one_writing.press("escape")
    assert memos(one_writing) == []
    await one_writing.press("j 1 ctrl+k ctrl+k tab")
    await one_writing.type("On me")
    await one_writing.press("enter")
    await one_writing.type("I liked her")
    await one_writing.press("ctrl+s")
    (memo,) = memos(one_writing)
    assert (memo.title, memo.body) == ("On me", "I liked her")
    assert memo.kind == "reflexive"


async def test_a_memo_on_a_case_and_a_theme_opens_there(sample):
    case = Case(id=new_id(), label="F7")
    theme = Theme(id=new_id(), name="Trust")
    notes = [
        Memo(id=new_id(), coder=sample.ak.id, title="of case", case=case.id, at="2026-01-01"),
        Memo(id=new_id(), coder=sample.ak.id, title="of theme", theme=theme.id, at="2026-01-02"),
        Memo(id=new_id(), coder=sample.rm.id, title="of code", code=sample.mistrust.id, at="2026-01-03"),
    ]
    with sample.project as project:
        project.apply("notes", [create(r) for r in (case, theme, *notes)], coder="", undoable=False)
    async with over(sample) as made:
        await made.press("W")
        assert listed(made) == ["of code", "of theme", "of case"]
        await made.press("e")
        assert "RM wrote this memo" in made.said()
        await made.press("enter")
        assert isinstance(made.app.screen, CodebookScreen)
        assert made.app.screen.codes.code.name == "Mistrust"
        await made.press("W")
        await made.press("down enter")
        assert made.app.screen.tab == "themes"
        await made.press("W")
        await made.press("down enter")
        assert "F7" in made.picture()
        await made.press("escape B tab m 1")
        assert isinstance(made.app.screen, NoteDialog)


async def test_memos_are_searched_and_narrowed(one_writing):
    await jot(one_writing, "P07", "about trust")
    await jot(one_writing, "the project", "about time")
    await one_writing.press("W")
    assert len(listed(one_writing)) == 3
    await one_writing.press("slash")
    await one_writing.type("trust")
    await one_writing.press("enter")
    assert listed(one_writing) == ["document P07: about trust"]
    await one_writing.press("escape k 5")
    assert listed(one_writing) == ["Being listened to in P07: warm"]
    await one_writing.press("enter")
    assert isinstance(one_writing.app.screen, CodeScreen)
    await one_writing.press("W")
    await one_writing.press("a b 2")
    assert listed(one_writing) == []
    assert "No memo is like that" in one_writing.picture()
    await one_writing.press("escape d")
    await one_writing.type("k03")
    await one_writing.press("enter")
    assert listed(one_writing) == []


async def test_a_memo_is_changed_unlinked_deleted_and_taken_back(one_writing):
    await one_writing.press("ctrl+down n")
    await jot(one_writing, "coding of", "draws on it")
    await one_writing.press("W")
    await one_writing.press("e")
    one_writing.app.screen.query_one(TextArea).text = "redrawn"
    await one_writing.press("escape")
    assert [memo.body for memo in memos(one_writing)] == ["redrawn"]
    pane = one_writing.app.screen.pane
    pane.side.put_cursor(f"coding:{memos(one_writing)[0].codings[0]}")
    await one_writing.press("s x")
    assert memos(one_writing)[0].codings == ()
    await one_writing.press("escape x")
    assert memos(one_writing) == []
    await one_writing.press("u u")
    assert len(memos(one_writing)[0].codings) == 1
    pane.side.put_cursor(f"coding:{memos(one_writing)[0].codings[0]}")
    await one_writing.press("s enter")
    assert isinstance(one_writing.app.screen, CodeScreen)
    assert one_writing.screen.page.selection is not None


async def test_all_memos_are_written_to_a_file(one_writing):
    await jot(one_writing, "the project", "so far")
    await one_writing.press("W w enter")
    path = one_writing.sample.path.with_name("memos.md")
    assert "so far" in path.read_text(encoding="utf-8")
    assert "wrote 1 memo to" in one_writing.said()


async def test_a_memo_that_was_found_is_shown_in_the_list(one_writing):
    await jot(one_writing, "the project", "so far")
    await one_writing.press("F")
    await one_writing.type("so far")
    await one_writing.press("enter")
    assert isinstance(one_writing.app.screen, MemosScreen)
    assert one_writing.app.screen.pane.entry.body == "so far"


async def test_nasty_strings_are_shown_as_they_are(sample):
    nasty(sample)
    async with over(sample, SIZES[0]) as made:
        await made.press("W")
        for keys in ("s", "down", "escape", "e", "tab", "escape", "down", "down", "k", "escape", "y", "n", "escape",
                     "d", "escape", "enter", "j", "escape", "W"):  # fmt: skip
            await made.press(keys)
            assert is_clean(made.picture())
        assert len(memos(made)) == 6
