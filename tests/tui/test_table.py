"""The table: what is drawn, filtered and sorted, and where the cursor goes."""

import time

import pytest
from textual.app import App
from textual.pilot import Pilot

from tbcp_qual.coding.values import Typed, value_order
from tbcp_qual.tui.widgets.table import Table
from tbcp_qual.tui.widgets.table_parts import NARROWEST, Column, Row, arranged, fitting_widths

from .test_workbench import NASTY

COLUMNS = [
    Column(key="case", title="case"),
    Column(key="age", title="age", right=True, empty="·", order=lambda v: value_order(v, Typed(scale="number"))),
    Column(key="need", title="need", empty="·"),
]
ROWS = [
    Row(key="1", cells=("F1", "31", "high")),
    Row(key="2", cells=("F2", "", "low")),
    Row(key="10", cells=("F10", "9", "High, and rising")),
]


def keys(rows):
    return [row.key for row in rows]


def test_what_is_not_known_sorts_last_both_ways():
    assert keys(arranged(ROWS, COLUMNS, "", ("age", False))) == ["10", "1", "2"]
    assert keys(arranged(ROWS, COLUMNS, "", ("age", True))) == ["1", "10", "2"]
    assert keys(arranged(ROWS, COLUMNS, "", ("case", False))) == ["1", "2", "10"]


def test_a_filter_wants_all_words_in_any_column():
    assert keys(arranged(ROWS, COLUMNS, "HIGH", None)) == ["1", "10"]
    assert keys(arranged(ROWS, COLUMNS, "high f10", None)) == ["10"]
    assert arranged(ROWS, COLUMNS, "nobody", None) == []


def test_the_widest_columns_are_cut_first_and_none_below_what_can_be_read():
    assert fitting_widths([6, 12, 28], 36) == [6, 12, 14]
    assert min(fitting_widths([20] * 12, 80)) >= NARROWEST
    assert fitting_widths([20] * 12, 80)[0] == 20
    assert fitting_widths([60, 20], 60)[0] == 20


class Page(App[None]):
    """A table alone."""

    def __init__(self, columns=COLUMNS, rows=ROWS) -> None:
        super().__init__()
        self.given = columns, rows
        self.chosen: list[tuple[str, str]] = []

    def compose(self):
        yield Table(empty="Nothing here yet: press +")

    def on_mount(self) -> None:
        self.table.focus()
        self.table.show(*self.given)

    @property
    def table(self) -> Table:
        return self.query_one(Table)

    def on_table_chosen(self, event: Table.Chosen) -> None:
        self.chosen.append((event.row.key, event.column.key))

    def painted(self) -> list[str]:
        return [strip.text for strip in self.screen._compositor.render_strips()]


async def press(pilot: Pilot[None], *pressed: str) -> None:
    await pilot.press(*pressed)
    await pilot.pause()


async def test_keys_move_a_cursor_over_cells_and_enter_chooses_one():
    async with Page().run_test(size=(60, 12)) as pilot:
        page = pilot.app
        await press(pilot, "down", "right", "right", "enter")
        assert page.chosen == [("2", "need")]
        await press(pilot, "home", "ctrl+end", "enter")
        assert page.chosen[-1] == ("10", "case")
        await press(pilot, "down", "right", "right", "right", "right")
        assert page.table.cursor == (2, 2)


async def test_typing_after_the_slash_filters_and_escape_shows_all_again():
    async with Page().run_test(size=(60, 12)) as pilot:
        table = pilot.app.table
        await press(pilot, "slash", *"rising")
        assert keys(table.rows) == ["10"]
        assert "1 of 3" in pilot.app.painted()[-1]
        await press(pilot, "enter", "down", "s")
        assert table.wanted == "rising"
        await press(pilot, "slash", "escape")
        assert len(table.rows) == 3
        await press(pilot, "slash", *"nobody")
        assert "No row holds these words." in pilot.app.painted()[2]
        await press(pilot, "enter", "enter")
        assert pilot.app.chosen == []


async def test_a_heading_sorts_by_key_and_by_click_and_the_third_time_as_given():
    async with Page().run_test(size=(60, 12)) as pilot:
        table = pilot.app.table
        await press(pilot, "right", "s")
        assert keys(table.rows) == ["10", "1", "2"]
        assert "age▲" in pilot.app.painted()[0]
        await press(pilot, "s")
        assert keys(table.rows) == ["1", "10", "2"]
        await press(pilot, "s")
        assert keys(table.rows) == ["1", "2", "10"]
        await pilot.click(Table, offset=(1, 0))
        await pilot.pause()
        assert table.sorted_by == ("case", False)


async def test_the_cursor_stays_on_its_cell_when_other_rows_come():
    async with Page().run_test(size=(60, 12)) as pilot:
        table = pilot.app.table
        await press(pilot, "down", "right", "right")
        table.show(
            [COLUMNS[0], COLUMNS[2]],
            [Row(key="0", cells=("F0", "")), *(Row(key=r.key, cells=(r.cells[0], r.cells[2])) for r in ROWS)],
        )
        assert (table.row.key, table.column.key) == ("2", "need")


async def test_shift_and_an_arrow_take_several_rows():
    async with Page().run_test(size=(60, 12)) as pilot:
        table = pilot.app.table
        await press(pilot, "down", "shift+down")
        assert keys(table.taken) == ["2", "10"]
        await press(pilot, "right")
        assert keys(table.taken) == ["2", "10"]
        await press(pilot, "up")
        assert keys(table.taken) == ["2"]


async def test_what_is_missing_is_a_point_and_an_empty_table_teaches():
    async with Page().run_test(size=(60, 12)) as pilot:
        assert "·" in pilot.app.painted()[2]
        pilot.app.table.show(COLUMNS, [])
        await pilot.pause()
        assert "Nothing here yet: press +" in pilot.app.painted()[0]


@pytest.mark.parametrize("columns", [30, 80, 120])
async def test_words_of_people_stay_in_their_cells(columns):
    wide = [Column(key=f"c{n}", title=text[:40]) for n, text in enumerate(NASTY)]
    rows = [Row(key=str(n), cells=tuple(NASTY[n:] + NASTY[:n])) for n in range(len(NASTY))]
    async with Page(wide, rows).run_test(size=(columns, 12)) as pilot:
        for _ in NASTY:
            await press(pilot, "right")
            painted = "\n".join(pilot.app.painted())
            assert "\x1b" not in painted
            assert "\x07" not in painted
            assert "\u202e" not in painted
        await press(pilot, "home")
        assert "[P07] to" in pilot.app.painted()[1]
        assert all(strip.cell_length == columns for strip in pilot.app.screen._compositor.render_strips())


async def test_all_columns_can_be_reached_on_a_narrow_screen():
    columns = [Column(key=f"c{n}", title=f"a long heading {n}") for n in range(15)]
    rows = [Row(key=str(r), cells=tuple(f"cell {r} {n}" for n in range(15))) for r in range(1000)]
    async with Page(columns, rows).run_test(size=(80, 24)) as pilot:
        assert pilot.app.painted()[0].rstrip().endswith("›")
        for n in range(1, 15):
            await press(pilot, "right")
            assert f"cell 0 {n}" in pilot.app.painted()[1]
            assert pilot.app.painted()[1].startswith("cell 0 0")
        await press(pilot, "ctrl+end")
        assert "cell 999 14" in pilot.app.painted()[-1]


async def test_a_thousand_rows_of_fifteen_columns_open_and_move_without_waiting():
    columns = [Column(key=f"c{n}", title=f"heading {n}") for n in range(15)]
    rows = [Row(key=str(r), cells=tuple(f"cell {r} {n}" for n in range(15))) for r in range(1000)]
    async with Page(columns, []).run_test(size=(160, 50)) as pilot:
        table = pilot.app.table
        started = time.perf_counter()
        table.show(columns, rows)
        strips = [table.render_line(y) for y in range(50)]
        opened = time.perf_counter() - started
        assert strips[5].cell_length == 160
        started = time.perf_counter()
        for _ in range(50):
            table.action_down(1)
            table.render_line(table.cursor[0])
        assert opened < 1.0
        assert (time.perf_counter() - started) / 50 < 0.16
