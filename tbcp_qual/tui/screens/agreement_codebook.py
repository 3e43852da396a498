"""What the differences of a round say of codes: code against code, and a review of the codebook with its evidence."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from tbcp_qual.analysis.confusion import NOTHING, Concern
from tbcp_qual.coding.counting import some
from tbcp_qual.tasks.consensus import spoken
from tbcp_qual.tasks.differing import in_words
from tbcp_qual.tui import going
from tbcp_qual.tui.screens.panes import Pane
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import LineList
from tbcp_qual.tui.widgets.passages import Passage, PassageList
from tbcp_qual.tui.widgets.table import Table
from tbcp_qual.tui.widgets.table_parts import Column, Row

if TYPE_CHECKING:
    from tbcp_qual.tui.agreement_ground import Behind
    from tbcp_qual.tui.screens.agreement import AgreementScreen

BETWEEN = "\x1f"

CONCERNS: dict[Concern, str] = {
    "confused": "stand for one another",
    "boundary": "one coder takes more words",
    "unused": "one coder never uses it",
}
WAITING = "Code is set against code once a round is locked: o chooses one, D locks it."
SAME = "The differences say nothing of the codebook: no code is confused, unused, or cut otherwise by one coder."


class BehindPane(Pane):
    """A list, and beside it the passages behind the line that is lit."""

    @property
    def agreement(self) -> "AgreementScreen":
        """The screen it lies in."""
        return cast("AgreementScreen", self.screen)

    @property
    def behind(self) -> "Behind | None":
        """What was read."""
        return self.agreement.behind

    def _called(self, code: str) -> str:
        behind = self.behind
        return "nothing" if code == NOTHING or behind is None else behind.opened.path(code).rpartition(" > ")[2]

    def whose(self) -> str:
        """Say which round is seen, and whose."""
        who = self.agreement.coders
        return f"{self.agreement.name_of_round()}{' · ' if who else ''}{' × '.join(who)}"

    def show_passages(self, passages: Iterable[str]) -> None:
        """Show passages beside."""
        side = self.query_one("#side", PassageList)
        behind = self.behind
        if behind is None:
            side.show_items([])
            return
        opened = behind.opened
        found = [opened.clusters[passage] for passage in passages if passage in opened.clusters]
        side.teach("All coders have the same here.")
        side.show_items(
            [
                Passage(
                    key=cluster.id,
                    label=opened.label(cluster),
                    body=f"{in_words(opened, cluster.differences[0])}\n"
                    f"“{' '.join(opened.text(cluster)[cluster.span.start : cluster.span.end].split())}”",
                )
                for cluster in found
            ],
            keep=False,
        )

    @on(LineList.Chosen, "#side")
    def _settle(self, event: LineList.Chosen) -> None:
        self.agreement.settle(passage=event.line.key)


class ConfusionPane(BehindPane):
    """Pairs of codes that coders used on the same words, those that are most often confused first."""

    NAME = "confusion"

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        with Vertical(id="sheet"):
            yield Bar(id="alike")
            yield Table(id="pairs", empty=WAITING)
        yield PassageList(id="side")

    @property
    def _pairs(self) -> Table:
        return self.query_one("#pairs", Table)

    def focus_list(self) -> None:
        """Go to the pairs."""
        self._pairs.focus()

    def summary(self) -> str:
        """Say what is set against what."""
        return f"{self.whose()} · code against code"

    def hint(self) -> str:
        """Say the keys."""
        if self.side.has_focus:
            return "{list.choose} goes there in R · {modes.back} back"
        return "{table.choose} passages · {table.sort} sort · {table.filter} filter · {agreement.round} round"

    def fill(self) -> None:
        """Show what was read."""
        behind = self.behind
        if not self.is_mounted:
            return
        if behind is None:
            found = self.agreement.found
            self._pairs.teach(found.why if found and found.why else WAITING)
            self._pairs.show([], [])
            self.query_one("#alike", Bar).show(left="")
            self.show_passages(())
            return
        table, opened = behind.table, behind.opened
        who = [opened.who(coder, hidden=False) for coder in table.coders]
        titles = who if len(who) == 2 else ["one coder", "another"]
        unlike = sorted(
            (item for item in table.cells.items() if item[0][0] != item[0][1]),
            key=lambda item: (NOTHING in item[0], -item[1], item[0]),
        )
        columns = [
            Column(key="first", title=titles[0]),
            Column(key="second", title=titles[1]),
            Column(key="times", title="times", right=True),
            Column(key="same", title="both alike", right=True),
        ]
        rows = [
            Row(
                key=BETWEEN.join(cell),
                cells=(
                    *(self._called(code) for code in cell),
                    str(count),
                    str(min(self._alike(code) for code in cell)),
                ),
            )
            for cell, count in unlike
        ]
        alike = sum(count for (first, second), count in table.cells.items() if first == second)
        pooled = "" if len(who) == 2 else f" among the {len(who)} coders, pair by pair"
        self.query_one("#alike", Bar).show(
            left=f"the same code on the same words {some(alike, 'time')}{pooled}; below, where it was not ",
        )
        self._pairs.teach("" if rows else "All coders used the same codes on the same words.")
        self._pairs.show(columns, rows)
        self._say()

    def _alike(self, code: str) -> int:
        behind = self.behind
        return behind.table.cells.get((code, code), 0) if behind is not None and code != NOTHING else 1_000_000_000

    @on(Table.Moved, "#pairs")
    def _say(self) -> None:
        row, behind = self._pairs.row, self.behind
        if row is not None and behind is not None:
            first, _, second = row.key.partition(BETWEEN)
            self.show_passages(behind.table.passages.get((first, second), ()))

    @on(Table.Chosen, "#pairs")
    def _enter(self) -> None:
        self.home.action_side()


class ReviewPane(BehindPane):
    """What to merge, to sharpen, or to give an example of, what happens most often first."""

    NAME = "review"

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        with Vertical(id="sheet"):
            yield PassageList(id="review-points", empty=WAITING)
        yield PassageList(id="side")

    @property
    def _points(self) -> PassageList:
        return self.query_one("#review-points", PassageList)

    def focus_list(self) -> None:
        """Go to the points."""
        self._points.focus()

    def summary(self) -> str:
        """Say how many there are."""
        number = f": {some(len(self.behind.points), 'point')}" if self.behind else ""
        return f"{self.whose()} · review of the codebook{number}"

    def hint(self) -> str:
        """Say the keys."""
        if self.side.has_focus:
            return "{list.choose} goes there in R · {panes.side} back to the points"
        return (
            "{list.choose} passages · {agreement.code} to the code in the codebook"
            " · {agreement.settle} differences · {agreement.round} round"
        )

    def fill(self) -> None:
        """Show what was read."""
        behind, found = self.behind, self.agreement.found
        if not self.is_mounted:
            return
        if behind is None:
            self._points.teach(found.why if found and found.why else WAITING)
            self._points.show_items([])
            self.show_passages(())
            return
        self._points.teach(SAME)
        self._points.show_items(
            [
                Passage(
                    key=str(n),
                    label=" / ".join(map(self._called, point.codes)) or "whatever the code",
                    note=CONCERNS[point.concern],
                    body=f"{spoken(behind.opened, point)}\nSuggestion: {', or '.join(point.suggestions)}.",
                    sign="•",
                )
                for n, point in enumerate(behind.points)
            ]
        )
        self._say()

    @on(LineList.Moved, "#review-points")
    def _say(self) -> None:
        behind, item = self.behind, self._points.item
        if behind is not None:
            self.show_passages(behind.points[int(item.key)].passages if item is not None else ())

    @on(LineList.Chosen, "#review-points")
    def _enter(self) -> None:
        self.home.action_side()

    @property
    def _codes(self) -> tuple[str, ...]:
        behind, item = self.behind, self._points.item
        return behind.points[int(item.key)].codes if behind is not None and item is not None else ()

    def go_to_code(self) -> None:
        """Go to the code in the codebook."""
        now = self.home.desk.codebook.by_id
        code = next((code for code in self._codes if code in now), "")
        if code:
            going.to_record(self.home.bench, "B", "code", code)
        else:
            self.home.say("That is of no code in particular.", problem=True)

    def settle(self) -> None:
        """Go to the differences behind it."""
        code = next(iter(self._codes), "")
        self.agreement.settle(code)
