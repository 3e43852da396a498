"""The workbench: holds the open project, the desk and the writer, and shows the screens."""

import gc
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tbcp_qual.coding.records import Document
from tbcp_qual.coding.snapshot import Counts, Progress, Snapshot
from tbcp_qual.errors import QualError
from tbcp_qual.store import Project
from tbcp_qual.store.refold import Key
from tbcp_qual.tasks.coding import Act
from tbcp_qual.tui.desk import Desk
from tbcp_qual.tui.places import SLOTS, Places
from tbcp_qual.tui.screens.code import CodeScreen
from tbcp_qual.tui.theme import THEMES
from tbcp_qual.tui.writing import Writer, Written

LOOK_EVERY = 2.0
"""Seconds between two looks at whether another program has written to the file."""


class Workbench(App[None]):
    """One project on screen, for one coder."""

    TITLE = "tbcp-qual"
    CSS_PATH = "screens/code.tcss"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Leave", show=False, id="app.quit", tooltip="Leave; all is saved already"),
        Binding("ctrl+t", "switch_theme", "Light or dark", show=False, id="app.theme", tooltip="Light or dark"),
    ]

    def __init__(self, path: Path, coder: str) -> None:
        super().__init__()
        self.path = path
        self.reader = Project.open(path, read_only=True)
        self.desk = Desk(self.reader.snapshot(coder, []))
        self.places = Places(self.desk.project.id, coder)
        self.writer = Writer(path, self)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self.places.theme if self.places.theme in self.available_themes else THEMES[0].name
        self._fill_slots()

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
        self.set_interval(LOOK_EVERY, self._look_elsewhere)
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """Do what could wait for the first picture."""
        gc.collect()
        gc.freeze()
        gc.enable()
        self._count()

    # -- reading and writing

    def open_document(self, document: Document) -> None:
        """Lay a document on the desk, once all that was done is on disk: what was coded must not seem gone."""
        self.writer.catch_up()
        self.desk.open(document, self.reader.snapshot(self.desk.viewer, [document.id], frame=self.desk.frame))
        self.places.document = document.id

    def perform(self, act: Act) -> None:
        """Show an act at once, and hand it to the writer; where that fails it is taken back with a sentence."""
        coder = self.desk.viewer
        self.desk.perform(act.label, act.changes)

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

    def reload(self) -> None:
        """Read everything anew, after something failed or another program wrote; the place is kept."""
        opened = self.desk.document

        def job(project: Project) -> Snapshot:
            return project.snapshot(self.desk.viewer, [opened.id] if opened else [])

        def finished(snapshot: Snapshot) -> None:
            if self.writer.waiting:
                # Something was done since this was read: read again, or it would seem gone.
                self.reload()
                return
            self._on_code_screens(CodeScreen.keep_place)
            self.desk = Desk(snapshot)
            still = snapshot.document_by_id.get(opened.id) if opened else None
            if still is not None:
                self.desk.open(still, snapshot)
            self._on_code_screens(CodeScreen.show_desk)
            self._count()

        self.writer.submit(job, finished, self._said_no)

    def _count(self) -> None:
        """Count codings and progress, without making the first picture wait for it."""
        desk = self.desk
        desk.coding_counts.clear()

        def counted(counts: Counts) -> None:
            desk.take_counts(counts)
            self._on_code_screens(CodeScreen.show_counts)

        def progressed(progress: Progress) -> None:
            desk.take_progress(progress)
            self._on_code_screens(CodeScreen.show_documents)

        self.writer.submit(lambda project: project.counts(desk.viewer), counted, self._said_no)
        self.writer.submit(lambda project: project.progress(desk.viewer), progressed, self._said_no)

    def _on_code_screens(self, act: Callable[[CodeScreen], None]) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, CodeScreen) and screen.is_mounted:
                act(screen)

    def _failed(self, problem: QualError) -> None:
        self._said_no(problem)
        self.reload()

    def _said_no(self, problem: QualError) -> None:
        said = f"{problem.message} {problem.hint}".strip()
        self._on_code_screens(lambda screen: screen.say(said, problem=True))

    def _look_elsewhere(self) -> None:
        def job(project: Project) -> bool:
            return project.changed_elsewhere()

        def finished(changed: bool) -> None:
            if changed:
                self.reload()

        if self.writer.waiting == 0:
            self.writer.submit(job, finished, lambda _: None)

    def on_written(self, message: Written) -> None:
        """Answer a job in the screen's thread."""
        message.answer()

    # -- leaving, themes, palette

    def leave(self) -> None:
        """Put all on disk and keep the places."""
        self._on_code_screens(CodeScreen.keep_place)
        self.places.save()
        if self.writer.is_alive():
            self.writer.finish()
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
        for _, binding, enabled, tooltip in screen.active_bindings.values():
            if enabled and binding.description and not binding.action.startswith("app.command_palette"):
                yield SystemCommand(
                    binding.description, f"{tooltip or binding.tooltip}  ({binding.key})", _runner(self, binding.action)
                )


def _runner(app: App[None], action: str) -> Callable[[], Any]:
    async def run() -> None:
        await app.run_action(action, default_namespace=app.screen)

    return run
