"""Agreement on screen: what was fixed, figures with their meaning, the differences behind them, and never too early."""

import json

from tbcp_qual.coding.changes import update
from tbcp_qual.store import Project
from tbcp_qual.tasks.documents import mark_done
from tbcp_qual.tasks.locking import lock_round
from tbcp_qual.tasks.rounds import open_round
from tbcp_qual.tui.dialogs.reading import ReadDialog
from tbcp_qual.tui.screens.agreement import AgreementScreen
from tbcp_qual.tui.screens.reconcile import ReconcileScreen
from tbcp_qual.tui.widgets.passages import PassageList

from .driving import coded, is_clean, nasty, over


def opened(sample, *, lock: bool, **given) -> None:
    """Let both coders finish both documents of a round, and lock it or not."""
    with Project.open(sample.path) as project:
        coders = given.pop("coders", ["AK", "RM"])
        names = [document.name for document in project.records("document")]
        open_round(project, "1", by=sample.ak.id, coders=coders, documents=names, **given)
        for name in coders:
            coder = project.coder_named(name)
            assert coder is not None
            mark_done(project, names, coder.id)
        if lock:
            lock_round(project, "1", by=sample.ak.id)


def cells(made) -> dict[str, dict[str, str]]:
    table = made.app.screen.pane.codes
    keys = [column.title for column in table.columns]
    return {row.cells[0].strip(): dict(zip(keys, row.cells, strict=True)) for row in table.rows}


def beside(made) -> str:
    return "\n".join(f"{item.label} {item.note} {item.body}" for item in made.app.screen.pane.side.items)


async def test_figures_say_what_they_mean_and_lead_to_the_differences(sample, tmp_path):
    coded(sample)
    opened(sample, lock=True)
    async with over(sample) as made:
        await made.press("A")
        assert "fixed before coding: turn · alpha · participants’ turns" in made.picture()
        assert "3 turns in 2 documents" in made.picture()
        row = cells(made)["Being listened to"]
        assert (row["both"], row["1 only"], row["2 only"]) == ("0", "1", "0")
        assert "only AK used it" in row.values()
        await made.press("down")
        assert "RM never used the code" in beside(made)
        assert "below 10 drawing them again says nothing" in beside(made)
        assert "Codebook" in beside(made)

        await made.press("enter")
        dialog = made.app.screen
        assert isinstance(dialog, ReadDialog)
        assert "She just sat with me" in made.picture()
        wanted = dialog.query_one(PassageList).item.key
        await made.press("enter")
        assert isinstance(made.app.screen, ReconcileScreen)
        assert made.app.screen.differences.cluster.id == wanted
        await made.press("A x 1 3")  # the unit: a sentence
        assert "exploratory: unit sentence" in made.picture()
        assert "◆alpha" in row
        assert "◆alpha" not in cells(made)["Being listened to"]
        await made.press("x 5")
        assert "exploratory:" not in made.picture()

        await made.press("x 2 3")  # another statistic
        assert "exploratory: Cohen's kappa" in made.picture()
        await made.press("x 5 j")
        await made.type("figures.json")
        await made.press("enter")
        body = json.loads(next(tmp_path.glob("*figures.json")).read_text("utf-8"))
        assert body["round"]["round"] == "1"
        assert body["pairs"][0]["coders"] == ["AK", "RM"]

        await made.press("w 1 1")
        await made.type("appendix")
        await made.press("enter")
        assert "rows of units" in made.said()
        assert list(tmp_path.glob("*appendix.docx"))
        assert {one.what for one in made.stored("export")} == {"figures of agreement", "appendix on agreement"}
        await made.press("w 1 1")
        await made.type("appendix")
        await made.press("enter")
        assert "A file of that name is there already." in made.picture()
        await made.press("escape")

        await made.press("tab")
        assert "code against code" in made.where()
        assert ("Being listened to", "Key worker") in {row.cells[:2] for row in made.app.screen.pane._pairs.rows}
        await made.press("tab")
        assert "review of the codebook" in made.where()
        await made.press("tab o")
        assert "codings as they are now" in made.picture()
        await made.press("end enter")
        assert "nothing was fixed before coding" in made.picture()


async def test_before_the_lock_there_is_a_sentence_and_no_figure(sample):
    coded(sample)
    opened(sample, lock=False)
    async with over(sample, (80, 24)) as made:
        await made.press("A")
        shown = " ".join(made.picture().split())
        assert "Round “1” is not locked: in a blind round nobody's codings are compared before that." in shown
        assert made.app.screen.found.report is None
        await made.press("o end enter")  # as they are now, which would tell as much
        assert made.app.screen.found.report is None
        assert "blind round that is not locked" in " ".join(made.picture().split())
        await made.press("tab")
        assert made.app.screen.behind is None


async def test_three_coders_have_a_table_together_and_one_for_each_pair(sample):
    coded(sample)
    opened(sample, lock=True, coders=["AK", "RM", "TS"])
    async with over(sample) as made:
        await made.press("A")
        assert "AK × RM × TS" in made.where()
        assert "Conger" in cells(made)["Mistrust"]
        await made.press("p 3")
        assert made.where().count("×") == 1
        assert "kappa" in cells(made)["Mistrust"]
        await made.press("tab")
        who = [made.app.screen.behind.opened.who(c, hidden=False) for c in made.app.screen.behind.table.coders]
        assert " × ".join(who) in made.where()
        assert len(who) == 2


async def test_a_reflexive_project_has_differences_to_discuss_and_no_figure(sample):
    coded(sample)
    opened(sample, lock=True)
    with Project.open(sample.path) as project:
        project.apply("approach", [update(project.info, approach="reflexive")], coder="")
    async with over(sample) as made:
        await made.press("A")
        assert "differently is material to discuss, not error" in " ".join(made.picture().split())
        await made.press("x j d v")
        assert isinstance(made.app.screen, AgreementScreen)
        assert made.app.screen.found.report is None
        await made.press("tab tab")
        assert made.app.screen.behind is None


async def test_strings_that_break_screens_do_not_break_this_one(sample):
    nasty(sample)
    opened(sample, lock=True)
    async with over(sample, (80, 24)) as made:
        await made.press("A down down down v")
        assert is_clean(made.picture())
        await made.press("escape enter")
        assert is_clean(made.picture())
        await made.press("escape tab down tab down d")
        assert is_clean(made.picture())
