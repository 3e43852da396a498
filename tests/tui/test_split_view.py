"""The sheet split in two: both halves are coded in, the panes follow the half in use, and closing it keeps the place."""

import pytest

from tbcp_qual.tui.widgets.bar import Bar

from .test_workbench import two_documents  # noqa: F401


def titles(bench) -> list[str]:
    return [bar.strong + bar.left for bar in bench.screen.query(".half > .title").results(Bar)]


def marks(view) -> list[str]:
    return [mark.label for mark in view._marks.values()]


@pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_two_documents_are_coded_in_side_by_side(two_documents, size):  # noqa: F811
    bench, other = two_documents
    await bench.pilot.resize_terminal(*size)
    screen = bench.screen
    first = screen.page
    name = bench.app.desk.document.name
    await bench.press("ctrl+down vertical_line")
    second = screen.page
    assert second is not first
    assert second.caret == first.caret
    assert titles(bench) == [f"  {name}", f"▸ {name}"]
    if size[0] < 100:
        assert first.region.bottom < second.region.y
    else:
        assert first.region.right <= second.region.x

    # One document at two places: a coding made in one half is seen in both.
    await bench.press("s 1")
    assert len(bench.words()) == 1
    assert marks(first) == marks(second) != []

    screen.open_document(other.id)
    await bench.press("ctrl+down s 2")
    assert titles(bench) == [f"  {name}", f"▸ {other.name}"]
    assert bench.app.desk.document.id == other.id
    await bench.press("backslash")
    assert screen.page is first
    assert first.has_focus
    assert bench.app.desk.document.name == name
    assert screen.query_one("#where", Bar).strong.endswith(name)
    assert len(bench.words()) == 2

    # By mouse too; undo takes back what was done in either half.
    await bench.pilot.click(second, offset=(30, 1))
    assert screen.page is second
    await bench.press("u u")
    assert bench.words() == []
    assert marks(first) == marks(second) == []

    place = second.caret
    await bench.press("vertical_line")
    assert titles(bench) == [f"▸ {other.name}"]
    assert not screen.query_one(".half > .title").display
    assert screen.page is second
    assert second.has_focus
    assert second.caret == place
    await bench.press("s 1")
    assert len(bench.words()) == 1
    await bench.press("backslash")
    assert "one half only" in bench.said()
