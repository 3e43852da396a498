"""One row of text that changes with every key: drawn without laying the screen out again."""

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from tbcp_qual.tui.widgets.lines import fitted, literal


class Bar(Widget):
    """A row with a left part, which is cut where needed, and a right part, which gives way where there is no room."""

    COMPONENT_CLASSES = {"bar--left", "bar--right", "bar--strong"}
    DEFAULT_CSS = """
    Bar {
        height: 1;
        width: 1fr;
        background: $panel;

        & > .bar--left { color: $foreground 75%; }
        & > .bar--right { color: $foreground 60%; }
        & > .bar--strong { color: $foreground; text-style: bold; }
        &.problem > .bar--left { color: $error; text-style: bold; }
    }
    """
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.strong = ""
        """Drawn first, bold."""
        self.left = ""
        self.right = ""

    def show(self, *, strong: str | None = None, left: str | None = None, right: str | None = None) -> None:
        """Change parts of the row; a part not given stays."""
        new = (
            self.strong if strong is None else strong,
            self.left if left is None else left,
            self.right if right is None else right,
        )
        if new != (self.strong, self.left, self.right):
            self.strong, self.left, self.right = new
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row."""
        return 1

    def render_line(self, y: int) -> Strip:
        """Draw the row."""
        width = self.size.width
        left_style = self.get_component_rich_style("bar--left")
        if y:
            return Strip([Segment(" " * width, left_style)], width)
        strong, left, right = (literal(part) for part in (self.strong, self.left, self.right))
        needed = cell_len(strong) + cell_len(left) + 1
        right_room = min(cell_len(right), max(width - needed, 0))
        if right_room < cell_len(right):
            right = fitted(right, right_room) if right_room > 12 else ""
        strong = fitted(strong, cell_len(strong)) if cell_len(strong) <= width else fitted(strong, width)
        room = width - cell_len(strong) - cell_len(right)
        return Strip(
            [
                Segment(strong, self.get_component_rich_style("bar--strong")),
                Segment(fitted(left, room), left_style),
                Segment(right, self.get_component_rich_style("bar--right")),
            ],
            width,
        )
