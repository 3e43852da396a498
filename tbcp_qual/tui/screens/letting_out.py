"""Letting a list of codings out: for whom, what the disclosure check finds, why it goes out all the same, and where to."""

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from tbcp_qual.analysis.retrieval import Retrieved
from tbcp_qual.coding.records import AUDIENCES, Audience
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.privacy.disclosure import Concern
from tbcp_qual.tasks.codings_out import check_codings, write_codings
from tbcp_qual.tasks.releasing import may_leave
from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog
from tbcp_qual.tui.dialogs.file_name import ask_file
from tbcp_qual.tui.dialogs.reading import ReadDialog
from tbcp_qual.tui.dialogs.value import ValueDialog
from tbcp_qual.tui.screens.mode import ModeScreen
from tbcp_qual.tui.screens.panes import some
from tbcp_qual.tui.widgets.passages import Passage

NAME = "codings.csv"


class LettingOut:
    """Asks one thing after the other; escape stops anywhere, and nothing is written."""

    def __init__(self, screen: ModeScreen, now: Snapshot, found: Sequence[Retrieved]) -> None:
        self._screen = screen
        self._now = now
        self._found = found
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
        now, found = self._now, self._found
        self._screen.read(lambda project: check_codings(project, now, found, chosen), self._checked)

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

        def named(path: Path) -> None:
            now, found, audience, concerns = self._now, self._found, self._audience, self._concerns
            reason, coder = self._reason, bench.desk.viewer

            def written(_: None) -> None:
                self._screen.say(f"wrote {some(len(found), 'coding')} to {path}")

            bench.do(
                lambda project: write_codings(
                    project, now, found, path, audience=audience, concerns=concerns, reason=reason, coder=coder
                ),
                written,
            )

        ask_file(bench, f"write for the {self._audience} to", bench.path.parent, NAME, named)
