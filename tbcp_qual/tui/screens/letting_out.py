"""Letting a list out: for whom, what the disclosure check finds, why it goes out all the same, and where to."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from tbcp_qual.analysis.retrieval import Retrieved
from tbcp_qual.coding.counting import some
from tbcp_qual.coding.records import AUDIENCES, Audience
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.privacy.disclosure import Concern
from tbcp_qual.store import Project
from tbcp_qual.tasks.codings_out import check_codings, write_codings
from tbcp_qual.tasks.lists_out import check_list, write_list
from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog
from tbcp_qual.tui.dialogs.file_name import ask_file
from tbcp_qual.tui.screens.checking import ask_leave
from tbcp_qual.tui.screens.mode import ModeScreen
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

    def ask(self) -> None:
        """Ask who will read it."""
        choices = [Choice(value=audience) for audience in AUDIENCES]
        self._screen.app.push_screen(ChoiceDialog("who will read it", choices, "team"), self._for)

    def _for(self, audience: str | None) -> None:
        if audience is None:
            return
        chosen, going = cast("Audience", audience), self._going

        def checked(concerns: list[Concern]) -> None:
            ask_leave(self._screen, chosen, concerns, lambda reason: self._where(chosen, concerns, reason))

        # Beside what the screen itself reads, which begins anew when it is seen again and would give this up.
        self._screen.bench.read(lambda project: going.check(project, chosen), checked)

    def _where(self, audience: Audience, concerns: list[Concern], reason: str) -> None:
        bench = self._screen.bench
        folder = bench.path.parent / FOLDER

        def named(path: Path) -> None:
            going = self._going

            def write(project: Project) -> None:
                if path.parent == folder:
                    # Where it cannot be made, the file cannot be written, and that is said.
                    with suppress(OSError):
                        folder.mkdir(exist_ok=True)
                going.write(project, path, audience, concerns, reason)

            bench.do(write, lambda _: self._screen.say(f"wrote {going.said} to {path}"))

        ask_file(bench, f"write for the {audience} to", folder, self._going.name, named)
