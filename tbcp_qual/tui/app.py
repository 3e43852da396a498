"""The workbench: holds the open project, the desk and the writer, and shows the screens."""

import gc
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.screen import Screen

from tbcp_qual.coding.changes import Revision
from tbcp_qual.coding.records import Document
from tbcp_qual.coding.snapshot import Counts, Progress, Snapshot
from tbcp_qual.errors import QualError
from tbcp_qual.store import Project
from tbcp_qual.store.refold import Key
from tbcp_qual.tasks.coding import Act
from tbcp_qual.tui import modes
from tbcp_qual.tui.desk import Desk
from tbcp_qual.tui.disk import Answered, DiskThread
from tbcp_qual.tui.hints import key_of
from tbcp_qual.tui.places import SLOTS, Places
from tbcp_qual.tui.screens.bench_screen import BenchScreen
from tbcp_qual.tui.screens.code import CodeScreen
from tbcp_qual.tui.settings import config_folder, read_settings
from tbcp_qual.tui.theme import THEMES

if TYPE_CHECKING:
    from tbcp_qual.tui.dialogs.case_card import Wanted
    from tbcp_qual.tui.screens.people import PeopleScreen

Value = TypeVar("Value")


class Workbench(App[None]):
    """One project on screen, for one coder."""

    TITLE = "tbcp-qual"
    CSS_PATH = "screens/code.tcss"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Leave", show=False, id="app.quit", tooltip="Leave; all is saved already"),
        Binding("ctrl+t", "switch_theme", "Light or dark", show=False, id="app.theme", tooltip="Light or dark"),
        *modes.bindings(),
    ]

    def __init__(self, path: Path, coder: str) -> None:
        super().__init__()
        self.path = path
        self.reader = Project.open(path, read_only=True)
        self.desk = Desk(self.reader.snapshot(coder, []))
        self.places = Places(self.desk.project.id, coder)
        self.writer = DiskThread(path, self)
        self._reading_thread: DiskThread | None = None
        """Started when something is first read in it."""
        self._reloading = False
        """Whether everything is being read anew."""
        self.changes = 0
        """Counts up whenever something on the desk changes, so that a screen knows whether it is up to date."""
        for theme in THEMES:
            self.register_theme(theme)
        self.settings, self._remark = read_settings()
        self.theme = self.places.theme if self.places.theme in self.available_themes else self.settings.theme
        self.keymap: dict[str, str] = {}
        """Keys by the ids of what they do, where a person has given others than usual."""
        self.shows_round = False
        """Whether a tour begins once the first picture stands."""
        self._take_keymap()
        self._fill_slots()

    def _take_keymap(self) -> None:
        """Use the keys that a person has chosen; all parts of the screens are imported only where there are any."""
        if not (config_folder() / "keys.toml").is_file():
            return
        from tbcp_qual.tui.keys import read_keymap

        self.keymap, remark = read_keymap()
        self._remark = " ".join(part for part in (self._remark, remark) if part)
        self.set_keymap(self.keymap)

    def _fill_slots(self) -> None:
        """Give a coder who is here for the first time something to press: the codes at the ends of the tree."""
        known = self.desk.codes
        self.places.slots = [code if code in known else None for code in self.places.slots]
        if self.places.is_new:
            leaves = [c.id for _, c in self.desk.codebook.walk() if not self.desk.codebook.children.get(c.id)]
            self.places.slots[: len(leaves[:SLOTS])] = leaves[:SLOTS]

    def get_default_screen(self) -> Screen[None]:
        """Start with the coding screen."""
        return CodeScreen()

    def on_mount(self) -> None:
        """Start writing, and count once the first picture stands."""
        self.writer.start()
        self.set_interval(self.settings.look_every, self._look_elsewhere)
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """Do what could wait for the first picture."""
        gc.collect()
        gc.freeze()
        gc.enable()
        self._count()
        if self._remark:
            self.say(self._remark, problem=True)
        if self.shows_round and self.desk.document is not None:
            self.call_later(self.code_screen.action_tour)

    # -- reading and writing

    def open_document(self, document: Document) -> None:
        """Lay a document on the desk, once all that was done is on disk: what was coded must not seem gone."""
        self.desk.open(document, self.seen(document))
        self.places.document = document.id

    def seen(self, document: Document) -> Snapshot:
        """Return the text, turns and codings of a document, once all that was done is on disk."""
        self.writer.catch_up()
        return self.reader.snapshot(self.desk.viewer, [document.id], frame=self.desk.frame)

    def perform(self, act: Act) -> None:
        """Show an act at once, and hand it to the writer; where that fails it is taken back with a sentence."""
        coder = self.desk.viewer
        self.desk.perform(act.label, act.changes)
        self.changes += 1

        def job(project: Project) -> None:
            project.apply(act.label, act.changes, coder=coder)

        self.writer.submit(job, lambda _: None, self._failed)

    def take_back(self, *, again: bool, done: Callable[[str, set[Key]], None]) -> None:
        """Undo, or redo, this coder's last act; `done` gets what was done and the records it touched.

        What was done at this desk is shown as undone at once; what was done before comes back from the disk.
        """
        desk = self.desk
        shown = desk.take_back(again=again)
        if shown is not None:
            self.changes += 1
            done(f"{'did again' if again else 'undid'}: {shown.label}", set(shown.records))

        def job(project: Project) -> tuple[str, set[Key]]:
            keys: set[Key] = set()
            stop = project.subscribe(lambda _, touched: keys.update(touched))
            try:
                revision = project.redo(desk.viewer) if again else project.undo(desk.viewer)
            finally:
                stop()
            return revision.label, keys

        def finished(answer: tuple[str, set[Key]]) -> None:
            label, keys = answer
            if shown is None or set(shown.records) != keys:
                self.reload()
                done(label, set())

        self.writer.submit(job, finished, self._failed if shown is not None else self._said_no)

    def do(self, job: Callable[[Project], Value], done: Callable[[Value], None] = lambda _: None) -> None:
        """Let the writer carry out a task; then everything is read anew, and it is said what was done.

        Args:
            job: a task on the writer's project; what it writes is one revision or none.
            done: gets what the task returned, in the screen's thread.
        """
        self.desk.forget_acts()

        def watched(project: Project) -> tuple[Value, Revision | None]:
            written: list[Revision] = []
            stop = project.subscribe(lambda revision, _: written.append(revision))
            try:
                value = job(project)
            finally:
                stop()
            return value, written[-1] if written else None

        def finished(answer: tuple[Value, Revision | None]) -> None:
            value, revision = answer
            if revision is None:
                self.say("Nothing to change.")
            else:
                self.reload()
                undo = f" · {key_of('code.undo', self.keymap)} undo" if revision.undoable else ""
                self.say(f"{revision.label}{undo}")
            done(value)

        self.writer.submit(watched, finished, self._said_no)

    def read(
        self,
        job: Callable[[Project], Value],
        done: Callable[[Value], None],
        failed: Callable[[], None] = lambda: None,
    ) -> Callable[[], None]:
        """Read beside the writer, on a project that cannot be written; return how to wait no longer.

        Args:
            job: gets the project; it returns values, never the project.
            done: gets what the job returned, in the screen's thread, unless nobody waits any more.
            failed: called instead, before it is said what went wrong.
        """
        if self._reading_thread is None:
            self._reading_thread = DiskThread(self.path, self, read_only=True)
            self._reading_thread.start()
        waits = True

        def stop() -> None:
            nonlocal waits
            waits = False

        def finished(value: Value) -> None:
            if waits:
                done(value)

        def refused(problem: QualError) -> None:
            if waits:
                failed()
                self._said_no(problem)

        def job_if_wanted(project: Project) -> Any:
            return job(project) if waits else None

        self._reading_thread.submit(job_if_wanted, finished, refused)
        return stop

    def reload(self) -> None:
        """Read everything anew, after something failed or another program wrote; the place is kept."""
        if self._reloading:
            # Answers come in order: what is read now was handed in after all that has been answered so far.
            return
        self._reloading = True
        opened = self.desk.document

        def job(project: Project) -> Snapshot:
            return project.snapshot(self.desk.viewer, [opened.id] if opened else [])

        def failed(problem: QualError) -> None:
            self._reloading = False
            self._said_no(problem)

        def finished(snapshot: Snapshot) -> None:
            self._reloading = False
            if self.writer.waiting or self.desk.document is not opened:
                # Something was done or opened since this was asked for: read again, or it would seem gone.
                self.reload()
                return
            self._on_screens(lambda screen: screen.keep_place())
            self.desk = Desk(snapshot)
            still = snapshot.document_by_id.get(opened.id) if opened else None
            if still is not None:
                self.desk.open(still, snapshot)
            self.changes += 1
            self._on_screens(lambda screen: screen.refresh_all())
            self._count()

        self.writer.submit(job, finished, failed)

    def _count(self) -> None:
        """Count codings and progress, without making the first picture wait for it."""
        desk = self.desk
        desk.coding_counts.clear()

        def counted(counts: Counts) -> None:
            desk.take_counts(counts)
            self._on_screens(lambda screen: screen.show_counts())

        def progressed(progress: Progress) -> None:
            desk.take_progress(progress)
            self._on_screens(lambda screen: screen.show_counts())

        self.writer.submit(lambda project: project.counts(desk.viewer), counted, self._said_no)
        self.writer.submit(lambda project: project.progress(desk.viewer), progressed, self._said_no)

    def _on_screens(self, act: Callable[[BenchScreen], None]) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, BenchScreen) and screen.is_mounted:
                act(screen)

    def say(self, what: str, *, problem: bool = False) -> None:
        """Tell the person something, on the screen they look at."""
        shown = [screen for screen in self.screen_stack if isinstance(screen, BenchScreen) and screen.is_mounted]
        if shown:
            shown[-1].say(what, problem=problem)

    def _failed(self, problem: QualError) -> None:
        self._said_no(problem)
        self.reload()

    def _said_no(self, problem: QualError) -> None:
        self.say(f"{problem.message} {problem.hint}".strip(), problem=True)

    def _look_elsewhere(self) -> None:
        def job(project: Project) -> bool:
            return project.changed_elsewhere()

        def finished(changed: bool) -> None:
            if changed:
                self.reload()

        if self.writer.waiting == 0:
            self.writer.submit(job, finished, lambda _: None)

    def on_answered(self, message: Answered) -> None:
        """Answer a job in the screen's thread."""
        message.answer()

    # -- modes

    @property
    def code_screen(self) -> CodeScreen:
        """The coding screen, which always lies at the bottom."""
        return cast("CodeScreen", self.screen_stack[0])

    def action_mode(self, key: str) -> None:
        """Go to a mode; the coding screen stays below as it was, and another mode gives way."""
        mode = modes.BY_KEY[key]
        over_code = len(self.screen_stack) > 1
        if not mode.place:
            if over_code:
                self.pop_screen()
            return
        if not self.is_screen_installed(mode.key):
            self.install_screen(mode.screen(), mode.key)
        wanted = self.get_screen(mode.key)
        if self.screen is wanted:
            return
        if over_code:
            self.switch_screen(wanted)
        else:
            self.push_screen(wanted)

    def show_document(self, document: str) -> None:
        """Go to the coding screen and open a document there, at the place it was left."""
        self.action_mode("C")
        self.code_screen.open_document(document)
        self.code_screen.page.focus()

    def show_person(self, wanted: "Wanted") -> None:
        """Go to the case or participant of a card, in their table."""
        self.action_mode("P")
        screen = cast("PeopleScreen", self.screen)
        screen.call_after_refresh(screen.go_to, wanted)

    # -- leaving, themes, palette

    def leave(self) -> None:
        """Put all on disk and keep the places."""
        self._on_screens(lambda screen: screen.keep_place())
        self.places.save()
        for thread in (self.writer, self._reading_thread):
            if thread is not None and thread.is_alive():
                thread.finish()
        self.reader.close()

    async def action_quit(self) -> None:
        """Leave; what was done is saved already."""
        self.leave()
        self.exit()

    def action_switch_theme(self) -> None:
        """Go from dark to light, or back."""
        dark = self.current_theme.dark
        self.theme = next(theme.name for theme in THEMES if theme.dark != dark)
        self.places.theme = self.theme

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Offer every action that has a key by its name."""
        for node, binding, enabled, tooltip in screen.active_bindings.values():
            if enabled and binding.description and not binding.action.startswith("app.command_palette"):
                run = _runner(self, node, binding.action)
                yield SystemCommand(binding.description, f"{tooltip or binding.tooltip}  ({binding.key})", run)
        if screen is self.code_screen:
            yield SystemCommand(
                "Code all turns of a speaker…",
                "Shown first, then coded as one act",
                self.code_screen.action_code_speaker,
            )


def _runner(app: App[None], node: DOMNode, action: str) -> Callable[[], Any]:
    """Return what carries out the action of a key of a part of the screen."""

    async def run() -> None:
        await app.run_action(action, default_namespace=node)

    return run
