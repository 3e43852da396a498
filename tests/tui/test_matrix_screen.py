"""The framework matrix on screen: charted cell by cell, cited, looked at again when stale, narrowed and turned."""

from tbcp_qual.coding.changes import remove
from tbcp_qual.coding.records import Summary
from tbcp_qual.store import Project
from tbcp_qual.tasks.charting import write_summary
from tbcp_qual.tui.screens.code import CodeScreen
from tbcp_qual.tui.screens.matrix_chart import ChartPane

from .driving import over
from .study import add_coding, put, study
from .test_workbench import SIZES


def summaries(made) -> list[Summary]:
    with Project.open(made.sample.path, read_only=True) as project:
        assert project.verify() == []
        return list(project.snapshot(made.sample.ak.id).summaries)


def pane(made) -> ChartPane:
    return made.app.screen.query_one(ChartPane)


def row(made, label: str) -> tuple[str, ...]:
    return next(row.cells for row in pane(made).grid.rows if row.cells[0].startswith(label))


async def test_a_cell_is_charted_beside_its_passages_cited_and_taken_back(sample):
    study(sample)
    async with over(sample, SIZES[0]) as made:
        await made.press("M")
        assert row(made, "F07") == ("F07 · need: acute", "not yet charted", "not yet charted")
        assert [item.body for item in pane(made).listed.items] == ["She just sat with me", "It was not for the form."]
        await made.press("enter")
        await put(made, "She sat")
        await made.press("escape")
        assert row(made, "F07")[1] == "She sat"
        (summary,) = summaries(made)
        assert (summary.words, summary.coder, summary.cites) == ("She sat", sample.ak.id, ())
        await made.press("s down space")
        assert summaries(made)[0].cites[0][0] == pane(made).listed.item.key
        assert "✓" in made.picture()
        await made.press("space")
        assert summaries(made)[0].cites == ()
        await made.press("enter")
        assert isinstance(made.app.screen, CodeScreen)
        span = made.screen.page.selection
        assert sample.TEXT[span.start : span.end] == "It was not for the form."
        await made.press("M")
        assert pane(made).cell.theme.name == "Trust"
        await made.press("escape u u u")
        assert summaries(made) == []
        assert row(made, "F07")[1] == "not yet charted"
        await made.press("j 2")
        await put(made, "Ask again")
        await made.press("escape")
        with Project.open(sample.path, read_only=True) as project:
            (memo,) = project.snapshot(sample.ak.id).memos
        assert (memo.title, memo.case, len(memo.codings)) == ("F07 × Trust", pane(made).cell.row.case, 2)


async def test_what_is_written_is_kept_whichever_way_one_leaves(sample):
    study(sample)
    async with over(sample, SIZES[0]) as made:
        await made.press("M enter")
        await put(made, "one")
        await made.press("tab")
        assert [s.words for s in summaries(made)] == ["one"]
        await made.press("escape g enter")
        assert pane(made).cell.theme.name == "One worker"
        await put(made, "two")
    assert sorted(s.words for s in summaries(made)) == ["one", "two"]


async def test_what_others_did_meanwhile_is_said_and_nothing_that_was_written_is_lost(sample):
    study(sample)
    async with over(sample, SIZES[0]) as made:
        await made.press("M enter")
        await put(made, "mine")
        with Project.open(sample.path) as project:
            write_summary(project, "F07", "Trust", "theirs", coder=sample.rm.id)
        await made.press("escape")
        assert "Somebody had written there meanwhile" in made.said()
        assert [s.words for s in summaries(made)] == ["mine"]
        await made.press("right enter")
        made.app.focused.insert("of one worker")
        # Before anything is read anew, which would keep what stands there while its theme is there still.
        with Project.open(sample.path) as project:
            theme = next(theme for theme in project.records("theme") if theme.name == "One worker")
            project.apply("theme gone", [remove(theme)], coder=sample.rm.id)
        await made.press("escape")
        assert "stays in the field, and is copied" in made.said()
        assert made.app.clipboard == "of one worker"
        assert [c.title for c in pane(made).grid.columns] == ["family", "Trust"]


async def test_stale_cells_say_which_passages_came_and_count_as_gaps(sample):
    study(sample)
    async with over(sample, SIZES[0]) as made:
        await made.press("M enter")
        await put(made, "She sat")
        await made.press("escape")
        add_coding(sample, "My midwife said.", sample.listened.id, sample.rm.id)
        await made.press("C M")
        made.app.reload()
        await made.settle()
        assert row(made, "F07")[1] == "! stale: She sat"
        assert "! stale: new: P07.2a" in made.picture()
        assert "1 stale" in made.where()
        await made.press("right g")
        assert pane(made).cell.cell.stale
        await made.press("k")
        assert row(made, "F07")[1] == "She sat"
        await made.press("k")
        assert "Only a stale summary" in made.said()
        await made.press("u")
        assert row(made, "F07")[1].startswith("! stale")


async def test_the_matrix_is_narrowed_turned_and_told_by_wave(sample):
    study(sample)
    async with over(sample, SIZES[0]) as made:
        await made.press("M")
        await made.press("f 1 2")
        assert [c.title for c in pane(made).grid.columns] == ["family", "One worker"]
        await made.press("escape f 3 1")
        assert [r.cells[0][:3] for r in pane(made).grid.rows] == ["F07"]
        await made.press("escape f")
        await made.press("0")
        await made.press("p")
        assert [r.cells[0] for r in pane(made).grid.rows] == ["Trust", "One worker"]
        assert pane(made).cell.row.label == "F07"
        await made.press("p w")
        assert [c.title for c in pane(made).grid.columns[1:3]] == ["first: Trust", "at no one time: Trust"]
        assert row(made, "F07")[1:3] == ("not yet charted", "wave not held")
        await made.press("enter")
        await put(made, "zigzag")
        await made.press("escape w")
        assert [(s.wave, s.words) for s in summaries(made)] == [("first", "zigzag")]
        assert row(made, "F07")[1] == "not yet charted"
        await made.press("r 3")
        assert [r.cells[0] for r in pane(made).grid.rows] == ["need: acute · F07", "need: complex · F09"]
        await made.press("enter")
        await put(made, "acute ones")
        await made.press("escape")
        assert {s.group for s in summaries(made)} == {"", "need: acute"}
        await made.press("F")
        await made.type("zigzag")
        await made.press("enter")
        assert (pane(made).cell.wave, pane(made).cell.cell.summary.words) == ("first", "zigzag")
        await made.press("F")
        await made.press("slash ctrl+u")
        await made.type("acute ones")
        await made.press("enter")
        assert (pane(made).cell.row.label, pane(made).by_wave) == ("need: acute", False)
        await made.press("r 2")
        assert [r.cells[0] for r in pane(made).grid.rows] == ["parent", "practitioner"]
        await made.press("r 1 d 1 1 1")
        assert "acute: 1 of 1 (F07)" in made.picture()
        await made.press("escape right_square_bracket")
        assert pane(made).cell.theme.name == "One worker"
