"""Writing the report from the screen: for whom, as what, what the disclosure check finds, why it goes out, where to."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from tbcp_qual.coding.records import AUDIENCES, Audience
from tbcp_qual.privacy.disclosure import Concern
from tbcp_qual.store import Project
from tbcp_qual.tasks.releasing import check_release, may_leave, record_export
from tbcp_qual.tasks.report import Prepared, prepare_report, write_prepared
from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog
from tbcp_qual.tui.dialogs.file_name import ask_file
from tbcp_qual.tui.dialogs.reading import ReadDialog
from tbcp_qual.tui.dialogs.value import ValueDialog
from tbcp_qual.tui.screens.panes import PanedScreen, some
from tbcp_qual.tui.widgets.passages import Passage

KINDS = {".docx": "Word", ".html": "a page for a browser", ".xlsx": "a workbook of its tables"}

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
        self._looked: _Looked | None = None
        self._reason = ""

    def ask(self) -> None:
        """Ask who will read it."""
        choices = [Choice(value=audience, note=READERS[audience]) for audience in AUDIENCES]
        self._screen.app.push_screen(ChoiceDialog("who will read the report", choices, "team"), self._for)

    def _for(self, audience: str | None) -> None:
        if audience is None:
            return
        self._audience = cast("Audience", audience)
        choices = [Choice(value=ending, text=text, note=ending) for ending, text in KINDS.items()]
        self._screen.app.push_screen(ChoiceDialog("as what", choices, ".docx"), self._as)

    def _as(self, ending: str | None) -> None:
        if ending is None:
            return
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
        self._looked = looked
        self._screen.say("")
        items = [
            Passage(
                key=str(n), label=one.kind, note=one.where, body=f"{one.message} {' or '.join(one.remedies)}".strip()
            )
            for n, one in enumerate(looked.concerns)
        ]
        items += [
            Passage(
                key=f"over {where}",
                label=where,
                note="claims too much",
                body=f"It says “{word}”: without a comparison group it is change or promise.",
            )
            for where, word in looked.prepared.overclaiming
        ]
        if not items:
            self._where()
            return
        number = some(len(items), "finding")

        def read(key: str | None) -> None:
            if key is None:
                self._screen.say("Nothing was written.")
            elif may_leave(looked.concerns, self._audience, ""):
                self._where()
            else:
                self._why(number)

        title = f"check before it goes to the {self._audience}: {number}"
        self._screen.app.push_screen(ReadDialog(title, items, keys="enter goes on all the same"), read)

    def _why(self, number: str) -> None:
        def said(reason: str | None) -> None:
            if reason:
                self._reason = reason
                self._where()
            else:
                self._screen.say("Nothing was written.")

        dialog = ValueDialog(
            f"why does it go out to the {self._audience} with {number}",
            "",
            hint="The reason is kept in the record of exports.",
            problem=lambda reason: "" if reason.strip() else "Without a reason it stays here.",
        )
        self._screen.app.push_screen(dialog, said)

    def _where(self) -> None:
        bench, looked, audience, reason = self._screen.bench, self._looked, self._audience, self._reason
        assert looked is not None
        coder = bench.desk.viewer

        def named(typed: Path) -> None:
            right = typed.suffix.casefold() == self._ending
            path = typed if right else typed.with_name(typed.name + self._ending)

            def job(project: Project) -> str:
                holds = write_prepared(looked.prepared, path)
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

        ask_file(bench, f"write for the {audience} to", bench.path.parent, f"report{self._ending}", named)
