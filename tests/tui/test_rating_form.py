"""Rating the open file on the audit's items, beside its text."""

from tbcp_qual.coding.changes import create
from tbcp_qual.coding.records import Item, Rating, rating_id
from tbcp_qual.store import Project
from tbcp_qual.tui.dialogs.rating import RatingDialog
from tbcp_qual.tui.screens.code import CodeScreen
from tbcp_qual.tui.widgets.lines import LineList

from .driving import over
from .test_workbench import NASTY


def audited(sample):
    """Two items; RM has rated one of them."""
    items = [
        Item(id="1" * 32, key="A1", section="Family", text="The parent is heard", levels=("no", "in part", "yes")),
        Item(id="2" * 32, key="A2", section="Family", text=NASTY[0], levels=("no", NASTY[1]), position=1),
    ]
    document = sample.document.id
    rating = Rating(
        id=rating_id("1" * 32, document, sample.rm.id),
        item="1" * 32,
        document=document,
        coder=sample.rm.id,
        level="no",
        words="Nobody asked her.",
    )
    sample.project.apply("audit", [*map(create, items), create(rating)], coder=sample.rm.id)
    sample.project.close()


def levels(sample):
    with Project.open(sample.path, read_only=True) as project:
        assert project.verify() == []
        ratings = project.snapshot(sample.ak.id).ratings
        return {r.item[0]: (r.level, r.words) for r in ratings if r.coder == sample.ak.id}


async def test_a_file_is_rated_by_keys_and_each_key_can_be_undone(sample):
    audited(sample)
    async with over(sample) as bench:
        await bench.press("r")
        await bench.settle()
        form = bench.app.screen
        assert isinstance(form, RatingDialog)
        picture = bench.picture()
        for said in ("audit of P07", "0 of 2", "1  no", "2  in part", "RM: no. Nobody asked her.", "My midwife said."):
            assert said in picture
        await bench.press("3")
        assert "1 of 2" in bench.picture()
        assert "≠" in bench.picture()
        await bench.press("w")
        await bench.type("A midwife is quoted")
        await bench.press("enter g 0 u minus")
        await bench.settle()
        assert levels(sample) == {"1": ("yes", "A midwife is quoted"), "2": ("does not apply", "")}
        await bench.press("x")
        assert form.query_one("#items", LineList).line.key == "2" * 32
        await bench.press("escape")
        assert isinstance(bench.app.screen, CodeScreen)
        assert not bench.app.screen.has_class("rating")
        await bench.settle()
        assert levels(sample) == {"1": ("yes", "A midwife is quoted")}
        await bench.press("u")
        await bench.settle()
        assert levels(sample)["2"] == ("does not apply", "")


async def test_the_form_fits_a_small_screen_and_without_a_tool_it_teaches(sample):
    sample.project.close()
    async with over(sample, (80, 24)) as bench:
        await bench.press("r")
        await bench.settle()
        assert "No audit tool is here" in bench.picture()
        for key in ("1", "0", "minus", "x", "w", "g", "u", "pagedown"):
            await bench.press(key)
        await bench.press("escape")
        assert isinstance(bench.app.screen, CodeScreen)
    assert levels(sample) == {}
