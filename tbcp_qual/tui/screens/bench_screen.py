"""What the screens of the workbench have in common: the desk, a bar that says things, and being brought up to date."""

from typing import TYPE_CHECKING, ClassVar, cast

from textual.screen import Screen

from tbcp_qual.tui.hints import keyed
from tbcp_qual.tui.widgets.bar import Bar

if TYPE_CHECKING:
    from tbcp_qual.tui.app import Workbench
    from tbcp_qual.tui.desk import Desk

NARROW = 110
"""Below this many columns the side panes fold away."""


class BenchScreen(Screen[None]):
    """A whole screen of the workbench, not a dialog."""

    AUTO_FOCUS = ""
    HINT: ClassVar[str] = ""
    """The keys that are said where there is nothing else to say: `{code.undo} undo`, with the ids of their bindings."""
    HINT_RIGHT: ClassVar[str] = "{code.help} help"
    """The keys that are always said."""

    @property
    def bench(self) -> "Workbench":
        """The workbench."""
        return cast("Workbench", self.app)

    @property
    def desk(self) -> "Desk":
        """What lies open."""
        return self.bench.desk

    def say(self, what: str, *, problem: bool = False) -> None:
        """Tell the person something, in the bottom row."""
        # Something may have to be said while the screen is being laid out, or taken away.
        for bar in self.query("#said").results(Bar):
            bar.set_class(problem, "problem")
            bar.show(left=what or self.keyed(self.HINT), right=self.hint_right())

    def hint_right(self) -> str:
        """Return the keys that are always said."""
        return self.keyed(self.HINT_RIGHT)

    def keyed(self, hint: str) -> str:
        """Put the keys that are in force where a hint has the ids of bindings in braces."""
        return keyed(hint, self.bench.keymap)

    def keep_place(self) -> None:
        """Remember where the person is, before everything is read anew."""

    def refresh_all(self) -> None:
        """Show everything anew after the project changed, in the same place."""

    def show_counts(self) -> None:
        """Show what has been counted since the first picture."""

    def action_jot(self) -> None:
        """Write a memo on what is before one's eyes."""
        from tbcp_qual.tui.jotting import jot

        jot(self)


def shortened(text: str, longest: int) -> str:
    """Fold white space, and cut a text with an ellipsis where it is too long."""
    words = " ".join(text.split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"
