"""How the parts of the transcript look: their style sheet, and the styles made of it for painting."""

from rich.style import Style
from textual.widget import Widget

from tbcp_qual.tui.palette import colour

PREFIX = "transcript--"
PARTS = (
    "caret",
    "coded",
    "here",
    "more",
    "number",
    "quiet",
    "resting",
    "rule",
    "section",
    "selected",
    "speaker",
    "time",
)
"""The parts that have a look of their own; `here` is where the caret is, `resting` a caret without the focus."""

CSS = """
TranscriptView {
    background: $background;
    color: $foreground;
    overflow-x: hidden;
    overflow-y: scroll;
    scrollbar-size-vertical: 1;
    scrollbar-background: $background;
    scrollbar-background-hover: $background;
    scrollbar-background-active: $background;
    scrollbar-color: $foreground 15%;
    scrollbar-color-hover: $foreground 30%;
    scrollbar-color-active: $accent 60%;

    & > .transcript--number { color: $foreground 45%; }
    & > .transcript--rule { color: $foreground 20%; }
    & > .transcript--speaker { text-style: bold; }
    & > .transcript--quiet { color: $foreground 70%; }
    & > .transcript--time { color: $foreground 35%; }
    & > .transcript--section { color: $foreground 70%; text-style: bold; }
    & > .transcript--more { color: $foreground 60%; }
    & > .transcript--here { color: $accent; }
    & > .transcript--coded { background: $foreground 9%; }
    & > .transcript--selected { background: $accent 35%; color: $foreground; }
    & > .transcript--caret { background: $accent; color: $background; }
    & > .transcript--resting { background: $foreground 25%; }

    &:nocolor, &:ansi {
        & > .transcript--coded { background: $background; text-style: underline; }
        & > .transcript--selected { background: $background; color: $foreground; text-style: reverse; }
        & > .transcript--caret { background: $background; color: $foreground; text-style: reverse; }
        & > .transcript--resting { background: $background; text-style: bold underline; }
        & > .transcript--here { text-style: bold; }
    }
}
"""


class Looks:
    """The styles of a widget's parts, made when first asked for; called with the names that apply together.

    Two reversals make bold and underlined, so that the caret is seen in a selection without colours too.
    """

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._styles: dict[tuple[str, ...], Style] = {}
        self._stripes: dict[tuple[str, bool], Style] = {}

    def __call__(self, *parts: str) -> Style:
        style = self._styles.get(parts)
        if style is None:
            names = [PREFIX + part for part in parts]
            drawn = [self._widget.get_component_styles(name).text_style for name in names]
            reversals = sum(bool(one.reverse) for one in drawn)
            colours = self._widget.get_visual_style(*names).rich_style
            style = Style.combine([colours, *drawn, Style(reverse=reversals == 1)])
            if reversals > 1:
                style += Style(bold=True, underline=True)
            self._styles[parts] = style
        return style

    def stripe(self, name: str, *, pending: bool = False) -> Style:
        """Return the style of a stripe and its label in a palette colour."""
        key = (name, pending)
        style = self._stripes.get(key)
        if style is None:
            shade = colour(name, dark=self._widget.app.current_theme.dark)
            style = self._stripes[key] = self() + Style(color=shade, italic=pending)
        return style

    def forget(self) -> None:
        """Make every style anew: the theme, the focus or a style sheet changed."""
        self._styles.clear()
        self._stripes.clear()
