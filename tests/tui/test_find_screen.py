"""Finding on screen: words as one types, codings by what is asked, coding all hits, opening at the place."""

import csv

import pytest
from textual.widgets import Input

from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Memo, Participant
from tbcp_qual.store import Project
from tbcp_qual.tasks.telling import Telling
from tbcp_qual.tui.dialogs.code_all import CodeAllDialog
from tbcp_qual.tui.dialogs.reading import ReadDialog
from tbcp_qual.tui.screens.code import CodeScreen
from tbcp_qual.tui.screens.find import FindScreen
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.concordance import HitLine
from tbcp_qual.tui.widgets.passages import PassageList

from .driving import coded, is_clean, nasty, over
from .test_workbench import NASTY, SIZES


@pytest.fixture(params=[SIZES[0], SIZES[-1]], ids=lambda size: f"{size[0]}x{size[1]}")
async def finding(request, sample):
    coded(sample)
    async with over(sample, request.param) as made:
        await made.press("F")
        yield made


@pytest.fixture
async def one_finding(sample):
    coded(sample)
    async with over(sample) as made:
        await made.press("F")
        yield made


def hits(made) -> list[tuple[str, str]]:
    lines = made.app.screen.words._list.lines
    return [(line.text, line.words) for line in lines if isinstance(line, HitLine)]


def passages(made) -> list[str]:
    return [item.body for item in made.app.screen.codings.found.items]


async def test_hits_come_as_one_types_and_enter_opens_one_with_its_words_selected(finding):
    await finding.type("sat with")
    assert hits(finding) == [("turn 2", "sat with"), ("turn 2", "sat"), ("turn 2", "sat with")]
    assert "2 turns" in finding.where()
    await finding.press("down down down enter")
    assert isinstance(finding.app.screen, CodeScreen)
    assert finding.app.desk.document.name == "K03"
    page = finding.screen.page
    assert finding.app.desk.text[page.selection.start : page.selection.end] == "sat with"
    await finding.press("F")
    assert len(hits(finding)) == 3
    assert finding.app.screen.words._list.cursor > 0


async def test_words_that_follow_one_another_are_one_hit_and_others_are_not(one_finding):
    await one_finding.type("midwife said sat")
    assert [words for _, words in hits(one_finding)] == ["midwife said", "sat"]


@pytest.mark.parametrize("typed", ["(((", '"', "AND", "a -b", "NEAR/", "*", "-", "[bold]", "OR OR", "'; DROP TABLE"])
async def test_nothing_that_is_typed_is_an_error(one_finding, typed):
    field = one_finding.app.screen.query_one(Input)
    field.value = typed
    await one_finding.settle()
    assert "problem" not in one_finding.app.screen.query_one("#said", Bar).classes
    field.value = "sat"
    await one_finding.settle()
    assert len(hits(one_finding)) == 3


async def test_hits_are_grouped_narrowed_and_widened_again(one_finding):
    await one_finding.type("sat")
    await one_finding.press("down")
    screen = one_finding.app.screen
    heads = [line.text for line in screen.words._list.lines if not line.key]
    assert heads == ["P07", "K03"]
    await one_finding.press("g")
    assert [line.text for line in screen.words._list.lines if not line.key] == ["parent", "practitioner"]
    screen.words.side.put_cursor("type:practitioner")
    await one_finding.press("s enter")
    assert {text.partition(",")[0] for text, _ in hits(one_finding)} == {"K03"}
    await one_finding.press("escape")
    assert len(hits(one_finding)) == 3
    assert isinstance(one_finding.app.screen, FindScreen)


async def test_where_to_look_is_chosen_and_memos_open_at_their_words(sample):
    coded(sample)
    async with over(sample) as made:
        await made.press("F")
        await made.type("warm")
        assert [line.text for line in made.app.screen.words._list.lines if not line.key] == ["memos on codings"]
        await made.press("down f 2")
        assert hits(made) == []
        await made.press("f")
        await made.press("3")
        assert len(hits(made)) == 1
        await made.press("enter")
        page = made.screen.page
        assert made.app.desk.text[page.selection.start : page.selection.end] == "She just sat with me"


async def test_a_case_opens_its_card_and_a_participant_the_table(sample):
    with sample.project as project:
        project.apply("one", [create(Participant(id=new_id(), label="Wilhelmina"))], coder="", undoable=False)
    async with over(sample) as made:
        await made.press("F")
        await made.type("wilhelmina")
        await made.press("enter")
        assert made.app.screen.NAME == "People and cases"
        assert made.app.screen.table.row.cells[0] == "Wilhelmina"


async def test_all_hits_are_coded_as_one_act_after_they_were_shown(finding):
    await finding.type("sat")
    await finding.press("down c")
    await finding.type("mistr")
    await finding.press("enter")
    dialog = finding.app.screen
    assert isinstance(dialog, CodeAllDialog)
    assert [item.body for item in dialog.query_one(PassageList).items] == [
        "She just sat with me.",
        "My mother sat there.",
        "Nobody sat with her.",
    ]
    await finding.press("w")
    assert "»sat«" in dialog.query_one(PassageList).items[0].body
    await finding.press("s down x")
    assert dialog.query_one("#title", Bar).strong == "code 2 places as Mistrust"
    assert [words for words, _ in finding.words()].count("My mother sat there.") == 0
    await finding.press("enter")
    assert isinstance(finding.app.screen, FindScreen)
    assert finding.said() == "coded 2 places as Mistrust · u undo"
    made = [words for words, code in finding.words() if code == "Mistrust"]
    assert sorted(made) == ["It was not for the form.", "Nobody sat with her.", "She just sat with me."]
    await finding.press("u")
    assert [words for words, code in finding.words() if code == "Mistrust"] == ["It was not for the form."]


async def test_what_is_coded_already_is_left_and_said_so(one_finding):
    await one_finding.type("form")
    await one_finding.press("down c")
    await one_finding.type("mistr")
    await one_finding.press("enter")
    assert one_finding.app.screen.query_one("#definition", Bar).right == "1 touch this code already and stay"
    assert "Nothing is left to code." in one_finding.picture()
    await one_finding.press("enter")
    assert one_finding.said() == "Nothing was coded."


async def test_codings_are_retrieved_filtered_and_open_in_place(finding):
    await finding.press("tab")
    assert len(passages(finding)) == 3
    await finding.press("c")
    await finding.type("being")
    await finding.press("enter")
    assert passages(finding) == ["She just sat with me\nmemo: warm"]
    await finding.press("plus")
    await finding.type("key")
    await finding.press("enter 1")
    assert len(passages(finding)) == 1
    assert "with “Key worker” on the same words" in finding.app.screen.query_one("#asked", Bar).strong
    await finding.press("enter")
    page = finding.screen.page
    assert finding.app.desk.text[page.selection.start : page.selection.end] == "She just sat with me"
    await finding.press("F minus")
    await finding.type("key")
    await finding.press("enter 1")
    assert passages(finding) == []
    assert "Nothing answers this" in finding.picture()
    await finding.press("a exclamation_mark")
    assert passages(finding) == ["It was not for the form."]


async def test_each_filter_asks_what_it_says(one_finding):
    await one_finding.press("tab f")
    choices = [line.text.split("  ")[-1] for line in one_finding.app.screen.query_one("#found").lines]
    await one_finding.press("escape")
    assert len(choices) == 11
    pane = one_finding.app.screen.codings
    for name, typed, left in (
        ("source_types", "parent", 3), ("coders", "rm", 1), ("documents", "k03", 0),
    ):  # fmt: skip
        pane.ask(name)
        await one_finding.settle()
        await one_finding.type(typed)
        await one_finding.press("enter")
        assert len(passages(one_finding)) == left
        await one_finding.press("a")
    pane.ask("words")
    await one_finding.settle()
    await one_finding.type("sat")
    await one_finding.press("enter")
    assert len(passages(one_finding)) == 2
    pane.ask("only")
    await one_finding.settle()
    await one_finding.press("2")
    assert pane.wanted.only
    pane.ask("round")
    await one_finding.settle()
    assert "There is no round" in one_finding.said()


async def test_near_asks_how_near_and_the_side_pane_takes_a_condition_away(one_finding):
    await one_finding.press("tab plus")
    await one_finding.type("mistr")
    await one_finding.press("enter 4 ctrl+u")
    await one_finding.type("x")
    assert "whole number" in one_finding.app.screen.query_one("#definition", Bar).left
    await one_finding.press("ctrl+u 6 enter")
    pane = one_finding.app.screen.codings
    assert pane.wanted.relations[0].distance == 6
    assert passages(one_finding) == ["just sat with me."]
    pane.side.put_cursor("relation:0")
    await one_finding.press("s x")
    assert pane.wanted.relations == ()
    await one_finding.press("escape")
    assert pane.found.has_focus


async def test_a_query_is_kept_opened_and_deleted_and_the_search_is_in_the_record(one_finding):
    await one_finding.press("tab exclamation_mark k")
    await one_finding.type("exceptions")
    await one_finding.press("enter")
    assert [query.name for query in one_finding.stored("query")] == ["exceptions"]
    await one_finding.press("a l")
    await one_finding.type("looking for doubt")
    await one_finding.press("enter")
    assert [(s.purpose, s.hits) for s in one_finding.stored("search")] == [("looking for doubt", 3)]
    await one_finding.press("o 1")
    assert passages(one_finding) == ["It was not for the form."]
    await one_finding.press("v")
    assert isinstance(one_finding.app.screen, ReadDialog)
    assert "looking for doubt" in one_finding.picture()
    await one_finding.press("escape d 1")
    assert one_finding.stored("query") == []
    await one_finding.press("u")
    assert [query.name for query in one_finding.stored("query")] == ["exceptions"]
    with Project.open(one_finding.sample.path, read_only=True) as project:
        kept = project.records("query")[0]
        told = Telling(project, project.snapshot(one_finding.sample.ak.id)).fields(None, kept)
    wording = next(field.after for field in told if field.name == "wording")
    assert "negative" in wording
    assert "{" not in wording


async def test_codings_are_written_to_a_file_that_is_recorded(one_finding):
    await one_finding.press("tab w 1")
    if isinstance(one_finding.app.screen, ReadDialog):
        await one_finding.press("enter")
    await one_finding.press("ctrl+u")
    await one_finding.type("found.csv")
    await one_finding.press("enter")
    path = one_finding.sample.path.parent / "exports" / "found.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert [row[4] for row in rows[1:]] == ["She just sat with me", "just sat with me.", "It was not for the form."]
    assert [export.what for export in one_finding.stored("export")] == ["list of codings"]
    assert "wrote 3 codings" in one_finding.said()


async def test_beyond_the_team_findings_need_a_reason(sample):
    strict = update(sample.document, permission="paraphrase only")
    sample.project.apply("strict", [strict], coder="", undoable=False)
    coded(sample)
    async with over(sample) as made:
        await made.press("F tab w 4")
        assert isinstance(made.app.screen, ReadDialog)
        await made.press("enter enter")
        assert "Without a reason" in made.app.screen.query_one("#definition", Bar).left
        await made.press("escape")
        assert made.said() == "Nothing was written."
        assert made.stored("export") == []


async def test_a_coding_made_meanwhile_is_found_on_coming_back(one_finding):
    await one_finding.press("tab")
    await one_finding.press("C")
    await one_finding.press("ctrl+down s 1")
    await one_finding.press("F")
    assert len(passages(one_finding)) == 4


async def test_hits_are_read_on_as_one_goes_down(sample):
    memos = [Memo(id=new_id(), coder=sample.ak.id, body=f"again {n}", at="2026-01-01") for n in range(200)]
    with sample.project as project:
        project.apply("memos", [create(memo) for memo in memos], coder=sample.ak.id)
    async with over(sample) as made:
        await made.press("F")
        await made.type("again")
        assert len(hits(made)) == 60
        await made.press("down end")
        assert len(hits(made)) == 200


async def test_nasty_strings_are_found_and_shown_as_they_are(sample):
    nasty(sample)
    async with over(sample, SIZES[0]) as made:
        await made.press("F")
        field = made.app.screen.query_one(Input)
        for words in ("bold", "red", "p07", *NASTY):
            field.value = words
            await made.settle()
            assert is_clean(made.picture())
        field.value = "p07"
        await made.settle()
        await made.press("down s s g g f escape y c")
        assert is_clean(made.picture())
        await made.press("enter")
        assert is_clean(made.picture())
        await made.press("escape tab")
        assert "[P07] to [NAME]" in made.picture()
        for keys in ("s", "down down enter", "escape", "s f", "escape", "c", "escape", "plus", "escape", "o 2", "o 1",
                     "v", "escape", "y", "k", "escape", "l", "escape", "w", "1"):  # fmt: skip
            await made.press(keys)
            assert is_clean(made.picture())
