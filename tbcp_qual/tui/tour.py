"""A tour for whoever opens the workbench for the first time: a few cards that teach by doing, on the real screen.

A card takes rows of its own and covers nothing. It goes on by itself when what it speaks of has been done.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tbcp_qual.tui.widgets.bar import Bar

if TYPE_CHECKING:
    from tbcp_qual.tui.screens.code import CodeScreen

LOOK_EVERY = 0.15
"""Seconds between two looks at whether what a card speaks of has been done."""


class Card(NamedTuple):
    """One step."""

    title: str
    body: str
    """With the ids of bindings in braces."""
    state: Callable[["CodeScreen"], object]
    """What changes when it is done."""


def _reviewed(screen: "CodeScreen") -> object:
    desk = screen.desk
    return desk.document and desk.progress(desk.document.id), screen.page.turn_index


CARDS = (
    Card(
        "select",
        "Put the caret on somebody's answer with the arrow keys, and press {transcript.select.sentence}: the sentence "
        "is selected. Pressed again it takes the turn; double clicks and drags select too.",
        lambda screen: screen.page.selection,
    ),
    Card(
        "code",
        "Press {code.slot_1}: the words are coded with the code pinned to that key, and a stripe beside them says so. "
        "{code.pick} finds any code by its name, or makes a new one.",
        lambda screen: frozenset(screen.desk.codings),
    ),
    Card(
        "take back",
        "Press {code.undo}: the coding is gone. Whatever you do can be taken back, tomorrow too; {code.redo} does it "
        "again.",
        lambda screen: frozenset(screen.desk.codings),
    ),
    Card(
        "nothing to code",
        "Press {code.nothing}: there is nothing to code in this turn. It counts as reviewed, at the top right, and the "
        "caret goes to the next turn that waits.",
        _reviewed,
    ),
    Card(
        "find",
        "Press {code.find}, type a word and press enter to go to it. {mode.F} searches all documents, memos and codes.",
        lambda screen: len(screen.app.screen_stack),
    ),
    Card(
        "leave",
        "All is on disk already: {app.quit} leaves, and you come back to this place. {code.help} shows all keys of a "
        "screen, {code.tour} these cards.",
        lambda _: None,
    ),
)


class Tour(Vertical):
    """The card that is shown."""

    DEFAULT_CSS = """
    Tour {
        height: auto;
        background: $panel;
        & > #words { padding: 0 1; height: auto; width: 1fr; }
        &:nocolor > Bar, &:ansi > Bar { text-style: reverse; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="tour")
        self._place = 0
        self._before: object = None

    def compose(self) -> ComposeResult:
        """Lay out the card."""
        yield Bar(id="card")
        yield Static(id="words", markup=False)

    def on_mount(self) -> None:
        """Begin with the first card."""
        self._show()
        self.set_interval(LOOK_EVERY, self._look)

    @property
    def _home(self) -> "CodeScreen":
        from tbcp_qual.tui.screens.code import CodeScreen

        screen = self.screen
        assert isinstance(screen, CodeScreen)
        return screen

    def _show(self) -> None:
        home, card = self._home, CARDS[self._place]
        self.query_one("#card", Bar).show(
            strong=f" tour {self._place + 1} of {len(CARDS)} · {card.title}",
            right=home.keyed("{code.keep_ends} next · {code.back} end the tour "),
        )
        self.query_one("#words", Static).update(Content(home.keyed(card.body)))
        self._before = card.state(home)

    def _look(self) -> None:
        # What is done while a dialog is open is seen when it has closed.
        home, dialogs = self._home, len(self.app.screen_stack) > 1
        if dialogs and CARDS[self._place].title != "find":
            return
        if CARDS[self._place].state(home) != self._before:
            self.go_on()

    def go_on(self) -> None:
        """Show the next card; after the last the tour is over."""
        if self._place + 1 < len(CARDS):
            self._place += 1
            self._show()
        else:
            self.end()

    def end(self) -> None:
        """End the tour."""
        self.remove()
