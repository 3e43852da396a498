"""Bringing in a pack or a copy that came back: what is new in it is shown, then merged, then what came of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tbcp_qual.coding.counting import some
from tbcp_qual.store import Project
from tbcp_qual.tasks.coming_in import Coming, coming
from tbcp_qual.tasks.merging import MergeReport, merge_file
from tbcp_qual.tasks.sealing import SUFFIX, is_sealed, lying_in, unsealed
from tbcp_qual.tasks.telling import counted
from tbcp_qual.tui.dialogs.passphrase import PassphraseDialog
from tbcp_qual.tui.dialogs.reading import ReadDialog
from tbcp_qual.tui.dialogs.value import ValueDialog
from tbcp_qual.tui.screens.panes import PanedScreen
from tbcp_qual.tui.widgets.passages import Passage


class BringingIn:
    """Asks one thing after the other; escape stops anywhere, and nothing is brought in."""

    def __init__(self, screen: PanedScreen) -> None:
        self._screen = screen
        self._content: bytes | None = None
        """What the file holds, where it is sealed: opening it takes seconds, and is done once."""

    def ask(self) -> None:
        """Ask for the file."""
        own = self._screen.bench.path
        kinds = ("*.tbcp", f"*{SUFFIX}")
        beside = sorted(path.name for kind in kinds for path in own.parent.glob(kind) if path.name != own.name)

        def problem(typed: str) -> str:
            path = (own.parent / typed).expanduser()
            return "" if not typed.strip() or path.is_file() else "There is no such file."

        def named(typed: str | None) -> None:
            if typed:
                self._unseal((own.parent / typed).expanduser())

        hint = f"In {own.parent}, or a whole path."
        dialog = ValueDialog(
            "bring in which pack or copy",
            beside[0] if len(beside) == 1 else "",
            hint=hint,
            offered=beside,
            problem=problem,
        )
        self._screen.app.push_screen(dialog, named)

    def _unseal(self, path: Path) -> None:
        """Ask for the passphrase, where the file is sealed."""
        if not is_sealed(path):
            self._look(path)
            return

        def typed(passphrase: str | None) -> None:
            if passphrase:
                self._screen.say(f"{path.name} is opened …")
                self._look(path, passphrase)

        self._screen.app.push_screen(PassphraseDialog(f"the passphrase of {path.name}", new=False), typed)

    def _look(self, path: Path, passphrase: str = "") -> None:
        viewer = self._screen.desk.viewer

        def job(project: Project) -> Coming:
            self._content = unsealed(path, passphrase) if passphrase else None
            with self._opened(project, path) as opened:
                return coming(project, opened, viewer=viewer)

        self._screen.look_up("coming", job, lambda found: self._show(path, found))

    @contextmanager
    def _opened(self, project: Project, path: Path) -> Iterator[Path]:
        """Give the file, or what it holds where it is sealed."""
        if self._content is None:
            yield path
            return
        with lying_in(project.path.parent, self._content) as opened:
            yield opened

    def _show(self, path: Path, found: Coming) -> None:
        if not found.revisions:
            self._screen.say(f"Nothing new in {path.name}.")
            return
        if found.withheld:
            body = "There is work of others in it on documents of a blind round; it is shown once the round is locked."
        else:
            body = ", ".join(f"{name} {number:,}" for name, number in sorted(found.by_coder.items()))
        items = [
            Passage(
                key="new",
                label=f"{some(found.revisions, 'act')} that are not here yet"
                if not found.withheld
                else "something new",
                body=body,
            )
        ]
        if found.pack:
            items.append(Passage(key="pack", label="a pack", body=found.pack))
        items.append(
            Passage(
                key="what",
                label="what bringing in does",
                body="Nobody's work is lost, and the same work is never taken in twice. What two people changed without"
                " seeing each other is listed as a conflict, to be settled by a person. It cannot be undone as a whole.",
            )
        )

        def chosen(key: str | None) -> None:
            if key is not None:
                self._merge(path)

        self._screen.app.push_screen(ReadDialog(f"bring in {path.name}", items, keys="enter brings it in"), chosen)

    def _merge(self, path: Path) -> None:
        bench, viewer = self._screen.bench, self._screen.desk.viewer

        def job(project: Project) -> MergeReport:
            with self._opened(project, path) as opened:
                return merge_file(project, opened, viewer=viewer)

        bench.do(job, lambda report: self._tell(path, report))

    def _tell(self, path: Path, report: MergeReport) -> None:
        self._screen.bench.reload()
        items = [Passage(key="came", label=f"{some(report.revisions, 'act')} came in", body=_counted(report))]
        if report.withheld:
            body = "Others' work on documents of a blind round came in too; it is shown once the round is locked."
            items.append(Passage(key="blind", label="blind", body=body))
        if report.conflicts:
            label = f"{some(len(report.conflicts), 'conflict')} to settle: tab"
            items.append(Passage(key="conflicts", label=label, body="\n".join(one.told for one in report.conflicts)))
        for n, said in enumerate(report.clashes):
            items.append(Passage(key=f"clash:{n}", label="codes that exclude each other", body=f"{said}"))
        back = [f"{one.document} ({some(one.places, 'place')})" for one in report.names_again]
        if report.names_elsewhere:
            back.append(some(report.names_elsewhere, "other record"))
        if report.names_withheld:
            back.append("others' work in a blind round")
        unplaced = [some(report.unplaced, "record")] if report.unplaced else []
        for label, names in (
            ("kept though one copy deleted it, because it is in use", report.kept),
            ("a clock was ahead", report.ahead),
            ("two coders go by one name; their work stays apart", report.same_name),
            ("words of somebody who withdrew were taken out again", report.withdrawn_again),
            ("names that were purged came back and were taken out again", back),
            ("coding came after its round was locked: kept, and no part of what was locked", report.late),
            ("they lie on no words of the texts that stand: tbcp-qual documents unplaced", unplaced),
        ):
            if names:
                items.append(Passage(key=label, label=label, body=", ".join(names)))
        self._screen.app.push_screen(ReadDialog(f"{path.name} was brought in", items))
        self._screen.say(f"brought in {path.name}: {some(report.revisions, 'act')}")


def _counted(report: MergeReport) -> str:
    who = ", ".join(f"{name} {number:,}" for name, number in sorted(report.by_coder.items()))
    what = ", ".join(counted(kind, number) for kind, number in sorted(report.changed.items()))
    return "\n".join(filter(None, (who, f"changed: {what}" if what else "")))
