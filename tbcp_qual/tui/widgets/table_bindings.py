"""The keys of a table; help and palette are drawn from them."""

from textual.binding import Binding, BindingType

BINDINGS: list[BindingType] = [
    Binding("up", "down(-1)", "Up", show=False, id="table.up", tooltip="The row above"),
    Binding("down", "down(1)", "Down", show=False, id="table.down", tooltip="The row below"),
    Binding("shift+up", "take(-1)", "Take up", show=False, id="table.take_up", tooltip="Take the row above as well"),
    Binding(
        "shift+down", "take(1)", "Take down", show=False, id="table.take_down", tooltip="Take the row below as well"
    ),
    Binding("left", "across(-1)", "Left", show=False, id="table.left", tooltip="The column before"),
    Binding("right", "across(1)", "Right", show=False, id="table.right", tooltip="The next column"),
    Binding("pageup", "page(-1)", "Page up", show=False, id="table.page_up", tooltip="A page up"),
    Binding("pagedown", "page(1)", "Page down", show=False, id="table.page_down", tooltip="A page down"),
    Binding("home", "edge(-1)", "First column", show=False, id="table.first", tooltip="The first column"),
    Binding("end", "edge(1)", "Last column", show=False, id="table.last", tooltip="The last column"),
    Binding("ctrl+home", "far(-1)", "First row", show=False, id="table.top", tooltip="The first row"),
    Binding("ctrl+end", "far(1)", "Last row", show=False, id="table.bottom", tooltip="The last row"),
    Binding("enter", "choose", "Open", show=False, id="table.choose", tooltip="Open, or change what is there"),
    Binding("s", "sort", "Sort", id="table.sort", tooltip="Sort by this column; again: the other way; again: not"),
    Binding("slash", "filter", "Filter", id="table.filter", tooltip="Show only rows with the words typed"),
]
