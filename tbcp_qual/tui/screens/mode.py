"""What every mode has: where one is, what was done last and how to take it back, help, undo, and the way back to Code.

A mode gives its body, and shows it anew in `refresh_all` whenever the project has changed, at this desk or elsewhere.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.types import CSSPathType

from tbcp_qual.store import Project
from tbcp_qual.tui.screens.bench_screen import NARROW, BenchScreen, shortened
from tbcp_qual.tui.widgets.bar import Bar

if TYPE_CHECKING:
    from tbcp_qual.writers.tables import Table

SOON = 0.15
"""Seconds after which waiting is shown."""

Value = TypeVar("Value")


class ModeScreen(BenchScreen):
    """A screen over the coding screen.

    A pane with the id `side` folds away where there is no room, and by `z`.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = "mode.tcss"
    NAME: ClassVar[str] = ""
    """What the mode is called, in the top row."""
    HINT_RIGHT: ClassVar[str] = "{mode.C} code  {modes.help} help"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", "Undo", id="modes.undo", tooltip="Take back your last act"),
        Binding("ctrl+r", "redo", "Redo", id="modes.redo", tooltip="Do again what you undid"),
        Binding("z", "fold", "Fold pane", id="modes.fold", tooltip="Fold the side pane, or bring it up"),
        Binding(
            "ctrl+o",
            "write_list",
            "Write this list…",
            id="modes.write_list",
            tooltip="Write what is listed, as CSV or JSON",
        ),
        Binding("question_mark", "help", "Help", id="modes.help", tooltip="The keys of this screen"),
        Binding("escape", "back", "Back", id="modes.back", show=False, tooltip="One step back, at last to the text"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._seen = -1
        """What the workbench's count of changes was when this was last shown."""
        self._waiting: Timer | None = None
        self._stop_waiting: Callable[[], None] | None = None
        """Gives up what is being read; None where nothing is."""

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        yield Bar(id="where")
        yield from self.body()
        yield Bar(id="said")

    def body(self) -> ComposeResult:
        """Lay out what is between the bars."""
        raise NotImplementedError

    def step_back(self) -> bool:
        """Take a step back within the mode; False where there is none to take."""
        return False

    def on_mount(self) -> None:
        """Fold what does not fit."""
        self._fold_to_fit(self.app.size.width)
        self.say("")

    def on_resize(self, event: events.Resize) -> None:
        """Fold or unfold the side pane."""
        self._fold_to_fit(event.size.width)

    def _fold_to_fit(self, width: int) -> None:
        self.set_class(width < NARROW, "narrow")
        if width >= NARROW:
            self.remove_class("side-only")

    def on_screen_resume(self) -> None:
        """Bring up to date what changed while something else was shown."""
        if self._seen != self.bench.changes:
            self.bring_up_to_date()

    def bring_up_to_date(self) -> None:
        """Show everything anew, now that the workbench has changed."""
        self._seen = self.bench.changes
        self.show_where()
        self.refresh_all()

    def show_where(self, left: str = "") -> None:
        """Say where one is: project, mode, and what the mode adds."""
        viewer = self.desk.coders.get(self.desk.viewer)
        project = (
            f"{shortened(self.desk.project.name, self.app.size.width // 4)} ▸ " if self.app.size.width >= NARROW else ""
        )
        self.query_one("#where", Bar).show(
            strong=f"{project}{self.NAME}", left=left, right=viewer.name if viewer else ""
        )

    # -- reading

    def read(self, job: Callable[[Project], Value], done: Callable[[Value], None]) -> None:
        """Read beside the writer; `done` gets what was read. Reading that was begun before is given up.

        After a moment it says so; escape stops waiting, and the screen stays usable all the while.
        """
        self._end_waiting()

        def answered(value: Value) -> None:
            self._end_waiting()
            done(value)

        self._stop_waiting = self.bench.read(job, answered, self._end_waiting)
        self._waiting = self.set_timer(SOON, lambda: self.say(self.keyed("reading … · {modes.back} stops waiting")))

    def _end_waiting(self) -> None:
        """Wait no longer, where there was something to wait for."""
        stop, self._stop_waiting = self._stop_waiting, None
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        if stop is not None:
            stop()
            if self.query_one("#said", Bar).left.startswith("reading …"):
                self.say("")

    # -- keys

    def action_undo(self) -> None:
        """Take back the last act."""
        self.bench.take_back(again=False, done=self._taken_back)

    def action_redo(self) -> None:
        """Do again what was undone."""
        self.bench.take_back(again=True, done=self._taken_back)

    def _taken_back(self, label: str, keys: set[tuple[str, str]]) -> None:
        self.bench.code_screen.taken_back(label, keys)
        self.bring_up_to_date()
        again = "{modes.undo} undo" if label.startswith("did again") else "{modes.redo} do again"
        self.say(f"{label} · {self.keyed(again)}")

    def action_fold(self) -> None:
        """Fold the side pane, or bring it up."""
        self.toggle_class("folded" if self.app.size.width >= NARROW else "side-only")

    def listing(self) -> "Table | None":
        """Return what is listed before one's eyes, to be written; None where nothing is.

        It is what has the focus, else the first list that is seen and does not stand beside.
        """
        from tbcp_qual.tui.widgets.listed import listed

        seen = [part for part in self.query("Table, LineList") if part.id != "side" and part.region]
        candidates = [*([self.focused] if self.focused in seen else []), *seen]
        found = (listed(part, self.listing_title()) for part in candidates)
        return next((table for table in found if table is not None), None)

    def listing_title(self) -> str:
        """Return what the list is called, as the name of a file begins."""
        return self.NAME.lower()

    def action_write_list(self) -> None:
        """Write what is listed as CSV or JSON, after the disclosure check."""
        table = self.listing()
        if table is None:
            self.say("Nothing is listed here.", problem=True)
            return
        from tbcp_qual.tui.screens.letting_out import let_list_out

        let_list_out(self, table)

    def is_here(self, binding: BindingType) -> bool:
        """Whether a key does something in what is seen now."""
        return True

    def action_help(self) -> None:
        """Show the keys of this screen."""
        from tbcp_qual.tui.dialogs.help import HelpDialog

        own = [
            binding
            for kind in type(self).__mro__
            if kind in _modes(self)
            for binding in vars(kind).get("BINDINGS", ())
            if self.is_here(binding)
        ]
        focused = list(self.focused.BINDINGS) if self.focused is not None else []
        self.app.push_screen(HelpDialog([*own, *focused, *self.app.BINDINGS]))

    def action_back(self) -> None:
        """Go one step back: stop waiting, undo a small thing of this mode, at last go back to the text."""
        if self._stop_waiting is not None:
            self._end_waiting()
            self.say("stopped waiting")
        elif self.has_class("side-only"):
            self.remove_class("side-only")
        elif not self.step_back():
            self.bench.action_mode("C")


def _modes(screen: ModeScreen) -> list[type]:
    return [kind for kind in type(screen).__mro__ if issubclass(kind, ModeScreen)]
