"""What two people changed without seeing each other: the values there are, and the number of the one to keep."""

from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from tbcp_qual.coding.counting import some
from tbcp_qual.store import Project
from tbcp_qual.tasks.conflicts import ConflictLine, conflicts, settle
from tbcp_qual.tui.screens.panes import Pane
from tbcp_qual.tui.widgets.lines import Line, LineList
from tbcp_qual.tui.widgets.passages import Passage, PassageList

if TYPE_CHECKING:
    from tbcp_qual.tui.screens.rounds import RoundsScreen

TEACHING = "No conflict is open. They come where two people changed one thing in two copies that were then merged (b)."


class ConflictsPane(Pane):
    """Conflicts, and beside them the values that can be kept."""

    NAME = "conflicts"

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        with Vertical(id="sheet"):
            yield LineList(id="conflicts-list", empty=TEACHING)
        yield PassageList(id="side")

    @property
    def _found(self) -> tuple[ConflictLine, ...]:
        found = cast("RoundsScreen", self.screen).found
        return found.conflicts if found is not None else ()

    @property
    def _list(self) -> LineList:
        return self.query_one("#conflicts-list", LineList)

    def focus_list(self) -> None:
        """Go to the conflicts."""
        self._list.focus()

    def summary(self) -> str:
        """Say how many are open."""
        return some(len(self._found), "open conflict")

    def hint(self) -> str:
        """Say the keys."""
        keep = (
            "{rounds.keep.1} keeps the value that stands · {rounds.keep.2} the other one · {panes.side} reads them · "
        )
        return (keep if self._found else "") + "{rounds.merge} bring in"

    def fill(self) -> None:
        """Show what was read."""
        if not self.is_mounted:
            return
        self._list.show([Line(key=_key(one), text=one.told, note=f"{len(one.choices)} values") for one in self._found])
        self._say()

    @property
    def _lit(self) -> ConflictLine | None:
        line = self._list.line
        return next((one for one in self._found if line is not None and _key(one) == line.key), None)

    @on(LineList.Moved, "#conflicts-list")
    def _say(self) -> None:
        one = self._lit
        items = []
        for n, choice in enumerate(one.choices if one is not None else (), 1):
            stands = " · stands now" if n == 1 else ""
            who = f"{choice.by} {choice.at[:10]}".strip() or "as it was"
            items.append(Passage(key=choice.keep, label=f"{n}  {who}{stands}", body=choice.told or "nothing"))
        self.query_one("#side", PassageList).show_items(items, keep=False)

    @on(LineList.Chosen, "#side")
    def _chosen(self, event: LineList.Chosen) -> None:
        self._keep(event.line.key)

    def settle(self, number: int) -> None:
        """Keep the value with this number."""
        one = self._lit
        if one is None or number > len(one.choices):
            self.home.say("There is no such value here.", problem=True)
            return
        self._keep(one.choices[number - 1].keep)

    def _keep(self, keep: str) -> None:
        one, coder = self._lit, self.home.desk.viewer
        if one is None:
            return
        wanted = _key(one)

        def job(project: Project) -> ConflictLine | None:
            # Counted anew: another may have been settled meanwhile.
            place = next((n for n, each in enumerate(conflicts(project, viewer=coder), 1) if _key(each) == wanted), 0)
            return settle(project, place, keep, coder=coder) if place else None

        self.home.bench.do(job)


def _key(one: ConflictLine) -> str:
    return "\x1f".join((one.kind, one.id, one.field))
