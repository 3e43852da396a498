"""A mode of several panes, of which one is seen at a time: a list, and beside it what belongs to the line that is lit."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from tbcp_qual.store import Project
from tbcp_qual.tui.screens.mode import ModeScreen
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import LineList

Value = TypeVar("Value")

TABS: list[BindingType] = [
    Binding("tab", "other(1)", "Next pane", id="panes.next", tooltip="The next pane of this screen"),
    Binding("shift+tab", "other(-1)", "Pane before", show=False, id="panes.before", tooltip="The pane before"),
]
"""The keys of a screen that has more than one pane."""


class Pane(Horizontal):
    """One of them; it lies in a container `#sheet` and a list `#side`."""

    NAME: ClassVar[str] = ""
    """What it is called, and its id."""

    @property
    def home(self) -> "PanedScreen":
        """The screen it lies in."""
        screen = self.screen
        assert isinstance(screen, PanedScreen)
        return screen

    @property
    def side(self) -> LineList:
        """What lies beside."""
        return self.query_one("#side", LineList)

    def focus_list(self) -> None:
        """Go to the list."""
        raise NotImplementedError

    def enter(self) -> None:
        """Begin where it was left, now that it is seen."""
        self.focus_list()

    def changed(self) -> None:
        """Show anew, now that something changed."""

    def counted(self) -> None:
        """Show what has been counted."""

    def summary(self) -> str:
        """Say how much there is."""
        return self.NAME

    def hint(self) -> str:
        """Say the keys, by the ids of their bindings: `{modes.undo} undo`."""
        return ""

    def let_out(self) -> bool:
        """Write what is listed in a way of its own; False where it has none, and the rows are written as they stand."""
        return False

    def step_back(self) -> bool:
        """Take a step back within the pane; False where there is none to take."""
        return False

    def on_descendant_focus(self) -> None:
        """Say the keys of what has the focus."""
        self.home.say_keys()


class ReadPane(Pane):
    """A pane that reads what it lists, and reads it anew when it is seen and something has changed since."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._read_at = -1
        """What the workbench's count of changes was when what is there was asked for."""

    def read_list(self) -> None:
        """Read what is listed as it is now, by `read`, and show it."""
        raise NotImplementedError

    def read(self, job: Callable[[Project], Value], done: Callable[[Value], None]) -> None:
        """Read beside the writer; what is given up before it is there is read again when this is seen."""
        changes = self.home.bench.changes

        def answered(value: Value) -> None:
            self._read_at = changes
            done(value)

        self.home.read(job, answered)

    @property
    def is_read(self) -> bool:
        """Whether nothing has changed since it was read."""
        return self._read_at == self.home.bench.changes

    def enter(self) -> None:
        """Read, where something has changed."""
        self.focus_list()
        if not self.is_read:
            self.read_list()

    def changed(self) -> None:
        """Read anew, where this is seen."""
        if self.display:
            self.read_list()


class PanedScreen(ModeScreen):
    """Panes with a name each; where there are several, `TABS` go from one to the next."""

    PANES: ClassVar[tuple[type[Pane], ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "side", "Beside", id="panes.side", tooltip="Go to what stands beside, and back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.tab = self.PANES[0].NAME
        """The pane that is seen."""
        self._looking_up: dict[str, Callable[[], None]] = {}
        """By what is looked up, how to wait for it no longer."""

    @property
    def pane(self) -> Pane:
        """The pane that is seen."""
        return self.query_one(f"#{self.tab}", Pane)

    def body(self) -> ComposeResult:
        """Lay out the panes."""
        for kind in self.PANES:
            yield kind(id=kind.NAME)

    def on_mount(self) -> None:
        """Begin with the first."""
        super().on_mount()
        # The program may be left while the screen is being laid out.
        if self.query("#side"):
            self.go_to_pane(self.tab)

    def go_to_pane(self, name: str) -> None:
        """Show a pane, where it was left."""
        self.tab = name
        for kind in self.PANES:
            self.query_one(f"#{kind.NAME}").display = name == kind.NAME
        self.remove_class("side-only")
        self.refresh_bindings()
        self.pane.enter()
        self.show_pane()
        self.say_keys()

    def show_pane(self) -> None:
        """Say which pane is seen, and how much it holds."""
        names = [kind.NAME for kind in self.PANES]
        place = names.index(self.tab)
        others = " · ".join([*names[place + 1 :], *names[:place]])
        self.show_where(f" ▸ {self.pane.summary()}{f'   tab {others}' if others else ''}")

    def listing_title(self) -> str:
        """Return what the list of the pane is called."""
        return self.tab

    def action_write_list(self) -> None:
        """Write what is listed, in the way of the pane where it has one."""
        if not self.pane.let_out():
            super().action_write_list()

    def read(self, job: Callable[[Project], Value], done: Callable[[Value], None]) -> None:
        """Read beside the writer, once all that was done is on disk: what was done must not seem undone."""
        self._when_written(partial(super().read, job, done))

    def look_up(self, what: str, job: Callable[[Project], Value], done: Callable[[Value], None]) -> None:
        """Read something small beside what else is read; only an earlier look-up of the same kind is given up."""

        def begin() -> None:
            self._looking_up.pop(what, lambda: None)()
            self._looking_up[what] = self.bench.read(job, done)

        self._when_written(begin)

    def _when_written(self, act: Callable[[], None]) -> None:
        if self.bench.writer.waiting:
            self.bench.writer.submit(lambda _: None, lambda _: act(), lambda _: None)
        else:
            act()

    def say_keys(self) -> None:
        """Say the keys of the pane."""
        self.say("")

    def renew_keys(self, were: str) -> None:
        """Say the keys of now, unless something else is being told.

        Args:
            were: what `keys` returned before something changed.
        """
        if self.query_one("#said", Bar).left in ("", were):
            self.say_keys()

    def say(self, what: str, *, problem: bool = False) -> None:
        """Tell the person something; where there is nothing to tell, the keys that there is room for."""
        super().say(what or self.keys(), problem=problem)

    def keys(self) -> str:
        """Return the keys of the pane that there is room for."""
        if not self.query("#side"):
            return ""
        keys = self.keyed(self.pane.hint()).split(" · ")
        room = self.app.size.width - len(self.hint_right()) - 4
        while len(keys) > 1 and len(" · ".join(keys)) > room:
            keys.pop()
        return " · ".join(keys)

    def refresh_all(self) -> None:
        """Show all panes anew, now that something changed."""
        for pane in self.query(Pane):
            pane.changed()
        self.show_pane()

    def show_counts(self) -> None:
        """Show what has been counted."""
        for pane in self.query(Pane):
            pane.counted()

    def step_back(self) -> bool:
        """Go back from the side; or let the pane take a step back."""
        if self.pane.side.has_focus:
            self.pane.focus_list()
            return True
        return self.pane.step_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what the pane that is seen can do."""
        return parameters[0] == self.tab if action == "on" else True

    def is_here(self, binding: BindingType) -> bool:
        """Whether a key is of the pane that is seen, or of all."""
        return (
            not isinstance(binding, Binding)
            or f"{binding.action}(".split("(")[0] != "on"
            or (f"on('{self.tab}'" in binding.action)
        )

    def _taken_back(self, label: str, keys: set[tuple[str, str]]) -> None:
        """Show it once it has been handed to the writer, so that what is read comes after it."""
        self.call_later(super()._taken_back, label, keys)

    # -- keys

    def action_on(self, pane: str, what: str) -> None:
        """Let a pane do something."""
        getattr(self.query_one(f"#{pane}", Pane), what)()

    def action_other(self, step: int) -> None:
        """Go to another pane."""
        names = [kind.NAME for kind in self.PANES]
        self.go_to_pane(names[(names.index(self.tab) + step) % len(names)])

    def action_side(self) -> None:
        """Go to what stands beside, or back."""
        if self.pane.side.has_focus:
            self.remove_class("side-only")
            self.pane.focus_list()
        else:
            self.set_class(self.has_class("narrow"), "side-only")
            self.remove_class("folded")
            self.pane.side.focus()

    def action_fold(self) -> None:
        """Fold the side, or bring it up."""
        super().action_fold()
        if self.has_class("side-only"):
            self.pane.side.focus()
        else:
            self.pane.focus_list()

    def action_back(self) -> None:
        """Go one step back; what took the whole screen gives it back, and the list has the focus again."""
        was_side = self.has_class("side-only")
        super().action_back()
        if was_side and not self.has_class("side-only"):
            self.pane.focus_list()
