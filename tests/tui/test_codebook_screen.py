"""The codebook on screen: the tree is worked on by keys and mouse, says first what it touches, and can be undone."""

import pytest
from textual.widgets import TextArea

from tbcp_qual.coding.changes import create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Question, Theme
from tbcp_qual.tui.dialogs.definition import DefinitionDialog
from tbcp_qual.tui.dialogs.picker import CodePicker
from tbcp_qual.tui.screens.code import CodeScreen
from tbcp_qual.tui.screens.codebook import CodebookScreen
from tbcp_qual.tui.screens.find import FindScreen
from tbcp_qual.tui.widgets.bar import Bar

from .driving import coded, is_clean, nasty, over, pull
from .test_workbench import SIZES


@pytest.fixture(params=[SIZES[0], SIZES[-1]], ids=lambda size: f"{size[0]}x{size[1]}")
async def book(request, sample):
    coded(sample)
    async with over(sample, request.param) as made:
        await made.press("B")
        yield made


@pytest.fixture
async def one_book(sample):
    coded(sample)
    async with over(sample) as made:
        await made.press("B")
        yield made


def tree(made) -> list[str]:
    return [line.text.replace("▾ ", "").rstrip() for line in made.app.screen.codes.codes_tree.lines]


def names(made) -> list[str]:
    return [line.strip().partition("  ")[0] for line in tree(made)]


def codes(made) -> dict:
    return {code.name: code for code in made.stored("code")}


def beside(made) -> str:
    return "\n".join(f"{item.label} {item.body}" for item in made.app.screen.pane.side.items)


async def test_the_tree_shows_counts_and_the_definition_beside_it(book):
    assert names(book) == ["Key worker", "Being listened to", "Mistrust"]
    assert [line.note.split() for line in book.app.screen.codes.codes_tree.lines] == [["1"], ["1"], ["1"]]
    await book.press("down")
    assert "Being listened to" in beside(book)
    assert "provisional" in beside(book)
    await book.press("s")
    assert "when not to use" in book.picture()
    await book.press("escape")
    assert isinstance(book.app.screen, CodebookScreen)
    assert book.app.screen.codes.codes_tree.has_focus


async def test_a_code_is_made_below_another_and_beside_it_and_taken_back(one_book):
    await one_book.press("n")
    await one_book.type("Visits")
    await one_book.press("enter")
    assert tree(one_book)[:2] == ["Key worker", "    Visits  provisional"]
    await one_book.press("a")
    await one_book.type("Delay")
    await one_book.press("enter")
    assert codes(one_book)["Delay"].parent is None
    assert one_book.said() == "code added: Delay · u undo"
    await one_book.press("u u")
    assert names(one_book) == ["Key worker", "Being listened to", "Mistrust"]


async def test_renaming_and_defining_say_how_many_codings_will_wait(one_book):
    await one_book.press("r")
    assert "1 coding waits in the recode queue" in one_book.app.screen.query_one("#definition", Bar).left
    await one_book.press("ctrl+u")
    await one_book.type("Worker")
    await one_book.press("enter e")
    dialog = one_book.app.screen
    assert isinstance(dialog, DefinitionDialog)
    await one_book.type("One person")
    await one_book.press("tab")
    await one_book.type("goes")
    await one_book.press("escape")
    code = codes(one_book)["Worker"]
    assert (code.brief, code.full) == ("One person", "goes")
    await one_book.press("u u")
    assert codes(one_book)["Key worker"].brief == ""


async def test_a_taken_name_is_refused_with_a_sentence(one_book):
    await one_book.press("r ctrl+u")
    await one_book.type("mistrust")
    await one_book.press("enter")
    assert "already" in one_book.said()
    assert "Key worker" in codes(one_book)


async def test_fields_beside_the_tree_are_changed_one_by_one(one_book):
    await one_book.press("s")
    side = one_book.app.screen.pane.side
    side.put_cursor("origin")
    await one_book.press("enter 1")
    assert codes(one_book)["Key worker"].origin == "a priori"
    side.put_cursor("colour")
    await one_book.press("enter home down enter")
    assert codes(one_book)["Key worker"].colour == "orange"
    side.put_cursor("not_when")
    await one_book.press("enter")
    assert one_book.app.screen.query_one("#field-not_when", TextArea).has_focus


async def test_a_code_is_moved_by_mark_and_drop_and_by_shift_and_arrows(book):
    await book.press("v down enter")
    assert tree(book)[:2] == ["Being listened to  provisional", "    Key worker"]
    await book.press("u")
    book.app.screen.codes.codes_tree.put_cursor(book.sample.mistrust.id)
    await book.press("shift+up shift+up")
    assert names(book)[0] == "Mistrust"
    await book.press("shift+down")
    assert names(book) == ["Key worker", "Mistrust", "Being listened to"]
    await book.press("shift+right")
    assert codes(book)["Mistrust"].parent == book.sample.key_worker.id
    await book.press("shift+left")
    assert names(book) == ["Key worker", "Mistrust", "Being listened to"]
    await book.press("end v home b")
    assert names(book)[0] == "Being listened to"
    await book.press("end shift+right v t")
    assert all(code.parent is None for code in codes(book).values())


async def test_what_is_held_is_let_go_by_escape(one_book):
    await one_book.press("v")
    assert one_book.said().startswith("moving Key worker and 1 coding:")
    await one_book.press("escape down enter")
    assert isinstance(one_book.app.screen, FindScreen)
    assert codes(one_book)["Key worker"].parent is None


async def test_a_code_is_dragged_onto_another_and_to_the_top(book):
    found = book.app.screen.codes.codes_tree
    at = found.content_offset
    await book.pilot.mouse_down(found, offset=(at.x + 6, at.y + 2))
    await pull(book.pilot, found, (at.x + 6, at.y + 1))
    await book.pilot.hover(found, offset=(at.x + 6, at.y))
    assert book.app.mouse_captured is None
    await book.pilot.mouse_down(found, offset=(at.x + 6, at.y + 2))
    await pull(book.pilot, found, (at.x + 6, at.y + 1))
    await book.settle()
    assert book.said().startswith("moving Mistrust and")
    await book.pilot.mouse_up(found, offset=(at.x + 6, at.y))
    await book.settle()
    assert codes(book)["Mistrust"].parent == book.sample.key_worker.id
    await book.pilot.mouse_down(found, offset=(at.x + 8, at.y + 1))
    await pull(book.pilot, found, (at.x + 8, at.y + 6))
    await book.pilot.mouse_up(found, offset=(at.x + 8, at.y + 6))
    await book.settle()
    assert codes(book)["Mistrust"].parent is None


async def test_merging_says_what_it_touches_and_codings_follow(one_book):
    await one_book.press("j")
    assert isinstance(one_book.app.screen, CodePicker)
    assert "1 coding of 1 coder in 1 document" in one_book.app.screen.query_one("#title", Bar).strong
    await one_book.type("mistr")
    await one_book.press("enter")
    assert codes(one_book)["Key worker"].merged_into == one_book.sample.mistrust.id
    assert names(one_book) == ["Being listened to", "Mistrust"]
    assert [line.note.split() for line in one_book.app.screen.codes.codes_tree.lines] == [["1"], ["2"]]
    await one_book.press("u")
    assert len(names(one_book)) == 3


async def test_a_code_is_split_retired_and_brought_back(one_book):
    await one_book.press("t")
    await one_book.type("Visits;Calls")
    await one_book.press("enter")
    assert names(one_book)[:3] == ["Key worker", "Visits", "Calls"]
    await one_book.press("x")
    assert "2 codes below" in one_book.picture()
    await one_book.press("1")
    assert names(one_book) == ["Being listened to", "Mistrust"]
    await one_book.press("f f home")
    assert tree(one_book)[0] == "Key worker  retired"
    await one_book.press("x")
    assert not codes(one_book)["Key worker"].retired


async def test_branches_fold_and_a_code_is_found_by_a_few_letters(one_book):
    await one_book.press("end shift+right left left")
    assert names(one_book) == ["Key worker", "▸ Being listened to"]
    await one_book.press("slash")
    await one_book.type("mist")
    await one_book.press("enter")
    assert one_book.app.screen.codes.code.name == "Mistrust"
    assert len(names(one_book)) == 3


async def test_enter_reads_the_passages_of_a_code(one_book):
    await one_book.press("down enter")
    assert isinstance(one_book.app.screen, FindScreen)
    assert [item.body for item in one_book.app.screen.codings.found.items] == ["She just sat with me\nmemo: warm"]


async def test_agreeing_keeps_a_version_and_later_changes_are_told(one_book):
    await one_book.press("g")
    await one_book.type("first")
    await one_book.press("enter")
    assert {code.status for code in one_book.stored("code")} == {"agreed"}
    assert [version.label for version in one_book.stored("version")] == ["first"]
    await one_book.press("r ctrl+u")
    await one_book.type("Worker")
    await one_book.press("enter tab tab tab")
    assert "version 1 “first” → now" in beside(one_book)
    assert "name, after: Worker" in beside(one_book)
    await one_book.press("end enter up")
    assert "name, before: Key worker" in beside(one_book)


async def test_one_code_can_be_agreed_alone(one_book):
    await one_book.press("down g 2 enter")
    status = {code.name: code.status for code in one_book.stored("code")}
    assert status == {"Key worker": "agreed", "Being listened to": "agreed", "Mistrust": "provisional"}


async def test_codings_under_an_older_definition_are_kept_changed_and_dropped(book):
    for down in ("down", "down"):
        await book.press(f"{down} e")
        await book.type("new words")
        await book.press("escape")
    await book.press("tab tab")
    screen = book.app.screen
    assert "2 to decide" in book.where()
    assert "brief, now new words" in beside(book)
    await book.press("enter")
    assert isinstance(book.app.screen, CodeScreen)
    page = book.screen.page
    assert book.app.desk.text[page.selection.start : page.selection.end] == "She just sat with me"
    await book.press("B k")
    assert len(screen.pane._seen()) == 1
    await book.press("c")
    await book.type("key")
    await book.press("enter")
    assert screen.pane._seen() == []
    assert "Nothing waits" in book.picture()
    assert ("It was not for the form.", "Key worker") in book.words()
    await book.press("u x")
    assert len(book.words()) == 2
    await book.press("u")
    assert len(book.words()) == 3


async def test_somebody_elses_coding_is_theirs_to_decide(one_book):
    await one_book.press("r ctrl+u")
    await one_book.type("Worker")
    await one_book.press("enter tab tab")
    assert "1 of others" in one_book.where()
    await one_book.press("o k")
    assert one_book.said() == "That is RM's to decide."


async def test_a_document_done_before_a_code_came_waits_to_be_read_again(one_book):
    await one_book.press("C d B n")
    await one_book.type("Late")
    await one_book.press("enter tab tab")
    assert "Read this document again" in one_book.app.screen.pane._list.items[0].body
    await one_book.press("k")
    assert one_book.app.screen.pane._seen() == []


async def test_a_theme_is_made_defined_given_codes_and_deleted(one_book):
    await one_book.press("tab n")
    await one_book.type("Trust")
    await one_book.press("enter e")
    await one_book.type("What opens the door")
    await one_book.press("escape c")
    await one_book.type("mistr")
    await one_book.press("tab")
    await one_book.type("key")
    await one_book.press("tab enter")
    (theme,) = one_book.stored("theme")
    assert theme.definition == "What opens the door"
    assert set(theme.codes) == {one_book.sample.mistrust.id, one_book.sample.key_worker.id}
    one_book.app.screen.pane.side.put_cursor(f"code:{one_book.sample.key_worker.id}")
    await one_book.press("s x")
    assert one_book.stored("theme")[0].codes == (one_book.sample.mistrust.id,)
    await one_book.press("escape r ctrl+u")
    await one_book.type("Doubt")
    await one_book.press("enter x")
    assert one_book.stored("theme") == []
    await one_book.press("u")
    assert [theme.name for theme in one_book.stored("theme")] == ["Doubt"]
    await one_book.press("enter")
    assert [item.body for item in one_book.app.screen.codings.found.items] == ["It was not for the form."]


async def test_themes_are_put_in_order_and_say_what_questions_they_answer(sample):
    question = Question(id=new_id(), key="1", text="How?")
    themes = [Theme(id=new_id(), name=name, position=n) for n, name in enumerate("AB")]
    with sample.project as project:
        project.apply("themes", [create(r) for r in (question, *themes)], coder="", undoable=False)
    async with over(sample) as made:
        await made.press("B tab q enter shift+down")
        ordered = sorted(made.stored("theme"), key=lambda theme: theme.position)
        assert [theme.name for theme in ordered] == ["B", "A"]
        assert ordered[1].questions == (question.id,)


async def test_nasty_strings_are_shown_as_they_are(sample):
    nasty(sample)
    async with over(sample, SIZES[0]) as made:
        await made.press("B down down down")
        for keys in ("s", "escape", "r", "escape", "e", "escape", "j", "escape", "t", "escape", "k", "escape", "v",
                     "escape", "x", "escape", "y", "g", "escape", "down", "tab", "down", "s", "escape", "e", "escape",
                     "q", "escape", "c", "escape", "tab", "tab"):  # fmt: skip
            await made.press(keys)
            assert is_clean(made.picture())
        await made.press("tab end r")
        await made.press("x enter tab tab")
        assert "1 to decide" in made.where()
        assert is_clean(made.picture())
        await made.press("tab tab g enter tab tab tab")
        assert is_clean(made.picture())


async def test_a_pane_whose_reading_was_given_up_for_another_pane_reads_when_it_is_seen_again(one_book):
    screen = one_book.app.screen
    for pane in ("queue", "versions", "queue"):
        screen.go_to_pane(pane)
    await one_book.press("down")
    assert screen.tab == "queue"
    assert "reading …" not in one_book.picture()


async def test_a_code_put_a_level_higher_twice_at_once_is_at_the_top(one_book):
    pane = one_book.app.screen.codes
    await one_book.press("down shift+right")
    assert codes(one_book)["Being listened to"].parent
    pane.out()
    pane.out()
    await one_book.press("down")
    assert codes(one_book)["Being listened to"].parent is None
    assert "went wrong" not in one_book.said()
