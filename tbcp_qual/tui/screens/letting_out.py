"""Letting a list out: for whom, what the disclosure check finds, why it goes out all the same, and where to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from tbcp_qual.analysis.retrieval import Retrieved
from tbcp_qual.coding.records import AUDIENCES, Audience
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.privacy.disclosure import Concern
from tbcp_qual.store import Project
from tbcp_qual.tasks.codings_out import check_codings, write_codings
from tbcp_qual.tasks.lists_out import check_list, write_list
from tbcp_qual.tasks.releasing import may_leave
from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog
from tbcp_qual.tui.dialogs.file_name import ask_file
from tbcp_qual.tui.dialogs.reading import ReadDialog
from tbcp_qual.tui.dialogs.value import ValueDialog
from tbcp_qual.tui.screens.mode import ModeScreen
from tbcp_qual.tui.screens.panes import some
from tbcp_qual.tui.widgets.passages import Passage
from tbcp_qual.writers.tables import Table

FOLDER = "exports"
"""Beside the project; where it is not there yet it is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """Something that is to go out."""

    said: str
    """What it is, and how much: `12 codings`."""
    name: str
    """Of the file, as it is offered."""
    check: Callable[[Project, Audience], list[Concern]]
    write: Callable[[Project, Path, Audience, list[Concern], str], None]
    """Gets what the check found, and the reason why it goes out all the same."""


def let_codings_out(screen: ModeScreen, now: Snapshot, found: Sequence[Retrieved]) -> None:
    """Ask all that has to be asked, and write codings; whose words may be quoted is looked at too."""

    def write(project: Project, path: Path, audience: Audience, concerns: list[Concern], reason: str) -> None:
        coder = screen.desk.viewer
        write_codings(project, now, found, path, audience=audience, concerns=concerns, reason=reason, coder=coder)

    LettingOut(
        screen,
        Going(
            said=some(len(found), "coding"),
            name="codings.csv",
            check=lambda project, audience: check_codings(project, now, found, audience),
            write=write,
        ),
    ).ask()


def let_list_out(screen: ModeScreen, table: Table) -> None:
    """Ask all that has to be asked, and write what a screen lists."""
    now = screen.desk.frame

    def write(project: Project, path: Path, audience: Audience, concerns: list[Concern], reason: str) -> None:
        coder = screen.desk.viewer
        write_list(project, table, path, audience=audience, concerns=concerns, reason=reason, coder=coder)

    LettingOut(
        screen,
        Going(
            said=f"{some(len(table.rows), 'line')} of {table.title}",
            name=f"{table.title}.csv",
            check=lambda project, audience: check_list(project, now, table, audience),
            write=write,
        ),
    ).ask()


class LettingOut:
    """Asks one thing after the other; escape stops anywhere, and nothing is written."""

    def __init__(self, screen: ModeScreen, going: Going) -> None:
        self._screen = screen
        self._going = going
        self._audience: Audience = "team"
        self._concerns: list[Concern] = []
        self._reason = ""

    def ask(self) -> None:
        """Ask who will read it."""
        choices = [Choice(value=audience) for audience in AUDIENCES]
        self._screen.app.push_screen(ChoiceDialog("who will read it", choices, "team"), self._for)

    def _for(self, audience: str | None) -> None:
        if audience is None:
            return
        self._audience = chosen = cast("Audience", audience)
        going = self._going
        # Beside what the screen itself reads, which begins anew when it is seen again and would give this up.
        self._screen.bench.read(lambda project: going.check(project, chosen), self._checked)

    def _checked(self, concerns: list[Concern]) -> None:
        self._concerns = concerns
        if not concerns:
            self._where()
            return
        number = f"{len(concerns)} finding{'s' * (len(concerns) != 1)}"
        items = [
            Passage(
                key=str(n), label=one.kind, note=one.where, body=f"{one.message} {' or '.join(one.remedies)}".strip()
            )
            for n, one in enumerate(concerns)
        ]

        def read(key: str | None) -> None:
            if key is None:
                self._screen.say("Nothing was written.")
            elif may_leave(concerns, self._audience, ""):
                self._where()
            else:
                self._why(number)

        title = f"disclosure check for the {self._audience}: {number}"
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
        bench = self._screen.bench
        folder = bench.path.parent / FOLDER
        try:
            folder.mkdir(exist_ok=True)
        except OSError:
            folder = bench.path.parent

        def named(path: Path) -> None:
            going, audience, concerns, reason = self._going, self._audience, self._concerns, self._reason

            def written(_: None) -> None:
                self._screen.say(f"wrote {going.said} to {path}")

            bench.do(lambda project: going.write(project, path, audience, concerns, reason), written)

        ask_file(bench, f"write for the {self._audience} to", folder, self._going.name, named)
