"""A participant withdraws: what it touches is shown first, then their name is typed, as it cannot be undone."""

from typing import TYPE_CHECKING

from tbcp_qual.coding.counting import some
from tbcp_qual.store import Project
from tbcp_qual.tasks.purging import WITHDRAWN, Withdrawal, plan_withdrawal, withdraw
from tbcp_qual.tui.dialogs.reading import ReadDialog
from tbcp_qual.tui.dialogs.value import ValueDialog
from tbcp_qual.tui.widgets.passages import Passage

if TYPE_CHECKING:
    from tbcp_qual.tui.screens.mode import ModeScreen


class Withdrawing:
    """The withdrawal of one participant."""

    def __init__(self, screen: "ModeScreen", participant: str) -> None:
        self._screen = screen
        self._participant = participant
        """Their id."""
        self._viewer = screen.desk.viewer

    def ask(self) -> None:
        """Read what it would touch, and show it."""
        self._screen.read(lambda project: plan_withdrawal(project, self._participant, viewer=self._viewer), self._show)

    def _show(self, planned: Withdrawal) -> None:
        label = planned.participant.label

        def read(key: str | None) -> None:
            if key is not None:
                self._screen.app.push_screen(dialog, typed)

        def typed(name: str | None) -> None:
            if name is not None:
                self._do(label)

        dialog = ValueDialog(
            f"{label} withdraws: type {label} to do it, for good",
            "",
            hint="This cannot be undone; escape changes nothing.",
            problem=lambda name: "" if name.strip().casefold() == label.casefold() else f"It is {label} who withdraws.",
        )
        title = f"{label} withdraws: what goes, for good"
        self._screen.app.push_screen(ReadDialog(title, _items(planned), keys="enter goes on"), read)

    def _do(self, label: str) -> None:
        def job(project: Project) -> None:
            withdraw(project, plan_withdrawal(project, self._participant, viewer=self._viewer), coder=self._viewer)

        def done(_: None) -> None:
            self._screen.say(f"{label} has withdrawn; what they said is gone from the file.")

        self._screen.bench.do(job, done)


def _items(planned: Withdrawal) -> list[Passage]:
    """Return what goes, what stays, and where else the words may be."""
    parts = [("documents that go", [d.name for d in planned.whole])]
    if planned.shared:
        said = f"{some(planned.turns, 'turn')}; others' words stay"
        parts.append((f"what they said in ({said})", [d.name for d in planned.shared]))
    parts.append(("work that goes", [f"{some(planned.codings, 'coding')} of all coders", some(planned.memos, "memo")]))
    parts.append((f"repeated in; there {WITHDRAWN} will stand", list(planned.quoting)))
    parts.append(("about the same family, and staying", [d.name for d in planned.about_the_case]))
    parts.append(("exported files, for you to find and delete", list(planned.exports)))
    return [
        Passage(key=label, label=label, body=", ".join(what) or "none")
        for label, what in parts
        if what or label == "documents that go"
    ]
