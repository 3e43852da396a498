"""The tour: shown once, at the first opening ever; it goes on when something is done, covers nothing, and escape ends it."""

import gc

import pytest
from textual.widgets import Static

from tbcp_qual.tui import open_workbench, tour
from tbcp_qual.tui.app import Workbench
from tbcp_qual.tui.places import tour_is_due
from tbcp_qual.tui.tour import CARDS
from tbcp_qual.tui.widgets.bar import Bar

from .test_workbench import Bench


def card(bench: Bench) -> str:
    found = bench.screen.query("#card").results(Bar)
    return next((bar.strong.partition("· ")[2] for bar in found), "")


async def press(bench: Bench, keys: str) -> None:
    """Press keys, and wait for the card after the one that was there."""
    before = card(bench)
    await bench.press(keys)
    await bench.until(lambda: card(bench) != before)


async def test_the_tour_teaches_by_doing_and_covers_nothing(sample, monkeypatch):
    monkeypatch.setattr(tour, "LOOK_EVERY", 0.02)
    assert tour_is_due()
    sample.project.close()
    app = Workbench(sample.path, sample.ak.id)
    app.shows_round = True
    async with app.run_test(size=(80, 24)) as pilot:
        bench = Bench(sample, app, pilot)
        await bench.ready()
        assert card(bench) == "select"
        assert not tour_is_due()
        shown_round, page = bench.screen.query_one("#tour"), bench.screen.page
        assert shown_round.region.y >= page.region.bottom
        assert not any(
            shown_round.region.overlaps(bar.region) for bar in bench.screen.query("#where, #said, #caret, #slots")
        )
        shown = str(bench.screen.query_one("#words", Static).content)
        assert "press s:" in shown
        seen = []
        for keys in ("ctrl+down s", "1", "u", "space", "slash a enter"):
            await press(bench, keys)
            seen.append(card(bench))
        assert seen == [one.title for one in CARDS[1:]]
        await press(bench, "enter")
        assert card(bench) == ""
        assert bench.words() == []

        await bench.press("f1 enter enter")
        assert card(bench) == CARDS[2].title
        await bench.press("escape")
        assert card(bench) == ""
        assert page.has_focus
        app.leave()


@pytest.mark.parametrize(("setting", "due"), [("true", True), ("false", False)])
def test_it_begins_at_the_first_opening_unless_settled_otherwise(sample, monkeypatch, setting, due):
    from tbcp_qual.tui.settings import config_folder

    config_folder().mkdir(parents=True, exist_ok=True)
    (config_folder() / "settings.toml").write_text(f"tour = {setting}\n", encoding="utf-8")
    # What opening settles for the whole process is not for the tests that follow.
    monkeypatch.setattr(gc, "disable", lambda: None)
    monkeypatch.setattr(gc, "set_threshold", lambda _: None)
    monkeypatch.setenv("TEXTUAL_FPS", "60")
    began = []
    monkeypatch.setattr(Workbench, "run", lambda self: began.append(self.shows_round))
    sample.project.close()
    open_workbench(sample.path, sample.ak.id)
    assert began == [due]
