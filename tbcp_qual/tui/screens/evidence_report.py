"""Writing the report from the screen: for whom, as what, what the disclosure check finds, why it goes out, where to."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from tbcp_qual.coding.records import AUDIENCES, Audience
from tbcp_qual.errors import QualError
from tbcp_qual.privacy.disclosure import Concern
from tbcp_qual.store import Project
from tbcp_qual.tasks.releasing import check_release, record_export
from tbcp_qual.tasks.report import Prepared, prepare_report, write_prepared
from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog
from tbcp_qual.tui.dialogs.file_name import ask_file
from tbcp_qual.tui.dialogs.value import ValueDialog
from tbcp_qual.tui.screens.checking import ask_leave
from tbcp_qual.tui.screens.panes import PanedScreen
from tbcp_qual.tui.widgets.passages import Passage

HOUSE = "in the styles of your house"
KINDS = {
    ".docx": ("Word", ""),
    ".html": ("a page for a browser", ""),
    ".xlsx": ("a workbook of its tables", ""),
    HOUSE: ("Word, in the styles of your house", "a Word file of yours is the template"),
}

READERS: dict[Audience, str] = {
    "team": "all of it",
    "steering group": "labels made anew, small counts left out",
    "commissioner": "labels made anew, small counts left out",
    "public": "labels made anew, small counts left out",
}


@dataclass(frozen=True, slots=True)
class _Looked:
    prepared: Prepared
    concerns: list[Concern]


class Reporting:
    """Asks one thing after the other; escape stops anywhere, and nothing is written."""

    def __init__(self, screen: PanedScreen, parts: Sequence[str] = ()) -> None:
        self._screen = screen
        self._parts = parts
        self._audience: Audience = "team"
        self._ending = ".docx"
        self._template: Path | None = None

    def ask(self) -> None:
        """Ask who will read it."""
        choices = [Choice(value=audience, note=READERS[audience]) for audience in AUDIENCES]
        self._screen.app.push_screen(ChoiceDialog("who will read the report", choices, "team"), self._for)

    def _for(self, audience: str | None) -> None:
        if audience is None:
            return
        self._audience = cast("Audience", audience)
        choices = [Choice(value=kind, text=text, note=note or kind) for kind, (text, note) in KINDS.items()]
        self._screen.app.push_screen(ChoiceDialog("as what", choices, ".docx"), self._as)

    def _as(self, ending: str | None) -> None:
        if ending == HOUSE:
            folder = self._screen.bench.path.parent
            hint = f"A Word file in {folder}, or a whole path; its text is not used."
            offered = sorted(path.name for path in folder.glob("*.docx") if not path.name.startswith("~"))
            self._screen.app.push_screen(
                ValueDialog(
                    "in the styles of",
                    "",
                    hint=hint,
                    offered=offered,
                    problem=lambda typed: _unusable(_there(folder, typed)) if typed.strip() else "",
                ),
                lambda typed: self._in_styles_of(_there(folder, typed)) if typed else None,
            )
        elif ending is not None:
            self._compose(ending)

    def _in_styles_of(self, template: Path) -> None:
        self._template = template
        self._compose(".docx")

    def _compose(self, ending: str) -> None:
        self._ending = ending
        viewer, audience, parts = self._screen.desk.viewer, self._audience, self._parts

        def job(project: Project) -> _Looked:
            now = project.snapshot(viewer)
            prepared = prepare_report(
                project, now, viewer=viewer, audience=audience, parts=parts, tables=ending == ".xlsx"
            )
            return _Looked(prepared, check_release(project, now, prepared.matter, audience))

        self._screen.say("composing the report …")
        self._screen.look_up("report", job, self._checked)

    def _checked(self, looked: _Looked) -> None:
        self._screen.say("")
        overclaiming = [
            Passage(
                key=f"over {where}",
                label=where,
                note="claims too much",
                body=f"It says “{word}”: without a comparison group it is change or promise.",
            )
            for where, word in looked.prepared.overclaiming
        ]
        ask_leave(
            self._screen,
            self._audience,
            looked.concerns,
            lambda reason: self._where(looked, reason),
            more=overclaiming,
        )

    def _where(self, looked: _Looked, reason: str) -> None:
        bench, audience, template = self._screen.bench, self._audience, self._template
        coder = bench.desk.viewer

        def named(path: Path) -> None:
            def job(project: Project) -> str:
                holds = write_prepared(looked.prepared, path, template=template)
                record_export(
                    project,
                    path,
                    what="report",
                    audience=audience,
                    concerns=looked.concerns,
                    reason=reason,
                    coder=coder,
                )
                return holds

            bench.do(job, lambda holds: self._screen.say(f"wrote {path}: {holds}"))

        ask_file(bench, f"write for the {audience} to", bench.path.parent, f"report{self._ending}", named, own=True)


def _there(folder: Path, typed: str) -> Path:
    return (folder / typed.strip()).expanduser()


def _unusable(path: Path) -> str:
    """Say what is wrong with a template; empty where it can serve."""
    from tbcp_qual.writers.word.template import Template

    if not path.is_file():
        return "There is no such file."
    try:
        Template(path)
    except QualError as problem:
        return problem.message
    return ""
