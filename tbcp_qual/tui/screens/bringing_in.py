"""Bringing in a pack or a copy that came back: what is new in it is shown, then merged, then what came of it."""

from pathlib import Path

from tbcp_qual.tasks.coming_in import Coming, coming
from tbcp_qual.tasks.merging import MergeReport, merge_file
from tbcp_qual.tasks.telling import counted
from tbcp_qual.tui.dialogs.reading import ReadDialog
from tbcp_qual.tui.dialogs.value import ValueDialog
from tbcp_qual.tui.screens.panes import PanedScreen, some
from tbcp_qual.tui.widgets.passages import Passage


class BringingIn:
    """Asks one thing after the other; escape stops anywhere, and nothing is brought in."""

    def __init__(self, screen: PanedScreen) -> None:
        self._screen = screen

    def ask(self) -> None:
        """Ask for the file."""
        own = self._screen.bench.path
        beside = sorted(path.name for path in own.parent.glob("*.tbcp") if path.name != own.name)

        def problem(typed: str) -> str:
            path = (own.parent / typed).expanduser()
            return "" if typed.strip() and path.is_file() else "There is no such file."

        def named(typed: str | None) -> None:
            if typed:
                self._look((own.parent / typed).expanduser())

        hint = f"In {own.parent}, or a whole path."
        dialog = ValueDialog(
            "bring in which pack or copy",
            beside[0] if len(beside) == 1 else "",
            hint=hint,
            offered=beside,
            problem=problem,
        )
        self._screen.app.push_screen(dialog, named)

    def _look(self, path: Path) -> None:
        viewer = self._screen.desk.viewer
        self._screen.look_up(
            "coming", lambda project: coming(project, path, viewer=viewer), lambda found: self._show(path, found)
        )

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
        bench.do(lambda project: merge_file(project, path, viewer=viewer), lambda report: self._tell(path, report))

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
