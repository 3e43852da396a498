"""Writing the appendix on agreement: for whom, where to, what the disclosure check finds, and why it goes out."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tbcp_qual.coding.records import AUDIENCES, Audience
from tbcp_qual.privacy.disclosure import Concern
from tbcp_qual.store import Project
from tbcp_qual.tasks.releasing import check_release, record_export
from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog
from tbcp_qual.tui.dialogs.file_name import ask_file
from tbcp_qual.tui.screens.checking import ask_leave
from tbcp_qual.tui.screens.panes import PanedScreen

if TYPE_CHECKING:
    from tbcp_qual.tasks.agreement_appendix import Prepared

KINDS = {".docx": "Word", ".html": "a page for a browser", ".xlsx": "a workbook of its tables and units"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    path: Path
    audience: Audience
    prepared: "Prepared"
    concerns: list[Concern]


class AppendixOut:
    """Asks one thing after the other; escape stops anywhere, and nothing is written."""

    def __init__(self, screen: PanedScreen, made: str, name: str) -> None:
        """Begin.

        Args:
            screen: where it is said.
            made: id of the round.
            name: of the round.
        """
        self._screen = screen
        self._made = made
        self._name = name

    def ask(self) -> None:
        """Ask who will read it, as what, and where it goes."""

        def read_by(audience: str | None) -> None:
            if audience is not None:
                choices = [Choice(value=ending, text=text, note=ending) for ending, text in KINDS.items()]
                dialog = ChoiceDialog("the appendix on agreement as what", choices, ".docx")
                self._screen.app.push_screen(dialog, lambda ending: self._where(cast("Audience", audience), ending))

        choices = [Choice(value=audience) for audience in AUDIENCES]
        self._screen.app.push_screen(ChoiceDialog("who will read the appendix on agreement", choices, "team"), read_by)

    def _where(self, audience: Audience, ending: str | None) -> None:
        if ending is None:
            return
        bench = self._screen.bench

        name = f"agreement {self._name}{ending}".replace("/", "-")
        title = f"write for the {audience} to"
        ask_file(bench, title, bench.path.parent, name, lambda path: self._compose(audience, path), own=True)

    def _compose(self, audience: Audience, path: Path) -> None:
        viewer, made = self._screen.desk.viewer, self._made

        def job(project: Project) -> _Looked:
            from tbcp_qual.tasks.agreement_appendix import prepare_appendix

            now = project.snapshot(viewer)
            prepared = prepare_appendix(project, now, path, viewer=viewer, round_name=made, audience=audience)
            concerns = check_release(project, now, prepared.matter, audience)
            return _Looked(path=path, audience=audience, prepared=prepared, concerns=concerns)

        self._screen.say("composing the appendix …")
        self._screen.look_up("appendix", job, self._checked)

    def _checked(self, looked: _Looked) -> None:
        self._screen.say("")
        ask_leave(self._screen, looked.audience, looked.concerns, lambda reason: self._write(looked, reason))

    def _write(self, looked: _Looked, reason: str) -> None:
        coder = self._screen.desk.viewer

        def job(project: Project) -> str:
            from tbcp_qual.tasks.agreement_appendix import write_appendix

            holds = write_appendix(looked.prepared, looked.path)
            record_export(
                project,
                looked.path,
                what="appendix on agreement",
                audience=looked.audience,
                concerns=looked.concerns,
                reason=reason,
                coder=coder,
            )
            return holds

        self._screen.bench.do(job, lambda holds: self._screen.say(f"wrote {looked.path}: {holds}"))
