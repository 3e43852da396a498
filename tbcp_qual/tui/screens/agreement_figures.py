"""The figures of agreement, code by code, and below them what the one that is lit means here."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical

from tbcp_qual.agreement.plainly import figure_text
from tbcp_qual.agreement.ratings import Undefined
from tbcp_qual.agreement.statistics import STATISTICS
from tbcp_qual.agreement.tables import Comparison, Line, Part, Report
from tbcp_qual.agreement.units import EXPLAINED, UNITS, Unit
from tbcp_qual.coding.counting import some
from tbcp_qual.tasks.differing import in_words
from tbcp_qual.tui import going
from tbcp_qual.tui.agreement_ground import ENDS, Found, line_of, read_parts
from tbcp_qual.tui.agreement_rows import (
    ABOVE,
    OVERALL,
    bar_of,
    before_coding,
    beside,
    code_table,
    exploring,
    main_statistic,
)
from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog
from tbcp_qual.tui.dialogs.reading import ReadDialog
from tbcp_qual.tui.screens.panes import Pane
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.passages import Passage, PassageList
from tbcp_qual.tui.widgets.table import Table

if TYPE_CHECKING:
    from tbcp_qual.tui.screens.agreement import AgreementScreen

NOBODY = "Nobody used any code here."


class FiguresPane(Pane):
    """A table, and below it sentences."""

    NAME = "figures"

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        with Vertical(id="sheet"):
            yield Bar(id="fixed")
            yield Bar(id="exploring")
            yield Table(id="codes", empty="reading …")
        yield PassageList(id="side")

    @property
    def agreement(self) -> "AgreementScreen":
        """The screen it lies in."""
        return cast("AgreementScreen", self.screen)

    @property
    def codes(self) -> Table:
        """The table."""
        return self.query_one("#codes", Table)

    @property
    def _report(self) -> Report | None:
        return self.agreement.found.report if self.agreement.found else None

    @property
    def _table(self) -> Comparison | None:
        tables = self.agreement.found.tables if self.agreement.found else ()
        return tables[self.agreement.table] if self.agreement.table < len(tables) else None

    @property
    def _main(self) -> str:
        return main_statistic(self._report, self.agreement.asked.statistic) if self._report else ""

    def focus_list(self) -> None:
        """Go to the table."""
        self.codes.focus()

    def summary(self) -> str:
        """Say which round, and whose."""
        comparison = self._table
        who = f" · {' × '.join(comparison.coders)}" if comparison else ""
        return f"{self.agreement.name_of_round()}{who}"

    def hint(self) -> str:
        """Say the keys."""
        if self._table is None:
            return "{agreement.round} another round"
        pair = (
            " · {agreement.pair} coders" if len(self.agreement.found.tables if self.agreement.found else ()) > 1 else ""
        )
        return (
            f"{{table.choose}} differences · {{agreement.explore}} other units and statistics{pair}"
            " · {agreement.read} read all · {agreement.parts} by document · {agreement.word} Word · {agreement.json} JSON · {agreement.round} round"
        )

    # -- showing

    def fill(self) -> None:
        """Show what was read."""
        found = self.agreement.found
        if found is None or not self.is_mounted:
            return
        report, comparison = found.report, self._table
        self.query_one("#exploring", Bar).set_class(False, "on")
        self.set_class(comparison is None, "empty")
        if report is None or comparison is None:
            why = found.why or ("No two of the coders have marked a document done." if report else "")
            self.query_one("#fixed", Bar).show(strong="", left="", right="")
            self.codes.teach(why)
            self.codes.show([], [])
            self.query_one("#side", PassageList).show_items([])
            return
        left, right = before_coding(report, comparison)
        self.query_one("#fixed", Bar).show(strong="", left=left, right=f"{right} ")
        other = exploring(report, self._main)
        self.query_one("#exploring", Bar).show(left=other, right="x goes back ")
        self.query_one("#exploring", Bar).set_class(bool(other), "on")
        self._lay_out(found, report, comparison)

    def _lay_out(self, found: Found, report: Report, comparison: Comparison) -> None:
        threshold = found.round.threshold if found.round else None
        columns, rows = code_table(
            report, comparison, main=self._main, threshold=threshold, room=self.codes.size.width - 1
        )
        self.codes.teach("" if rows else NOBODY)
        self.codes.show(columns, rows)
        self._say_beside()

    def on_resize(self, _: events.Resize) -> None:
        """Lay the table out for the room there is now."""
        found, comparison = self.agreement.found, self._table
        if found is not None and found.report is not None and comparison is not None:
            self._lay_out(found, found.report, comparison)

    @property
    def line(self) -> Line | None:
        """The line of the table that is lit."""
        comparison, row = self._table, self.codes.row
        if comparison is None or row is None:
            return None
        return comparison.pooled if row.key == OVERALL else line_of(comparison, row.key)

    @on(Table.Moved)
    def _say_beside(self) -> None:
        report, comparison = self._report, self._table
        if report is None or comparison is None:
            return
        items = beside(report, comparison, self.line, self._main)
        self.query_one("#side", PassageList).show_items(items, keep=False)

    # -- keys

    @on(Table.Chosen)
    def _behind(self) -> None:
        """Show the differences behind the figure that is lit."""
        line, behind, made = self.line, self.agreement.behind, self.agreement.found and self.agreement.found.round
        if line is None:
            self._teach_above()
            return
        if made is None:
            if line.code:
                going.to_codings_of(self.home.bench, line.code)
            return
        if behind is None:
            self.home.say("The differences are still being read.")
            return
        opened = behind.opened
        branch = bool(self._report and self._report.branch)
        clusters = behind.clusters(line.code or "", branch=branch)
        items = [
            Passage(
                key=cluster.id,
                label=opened.label(cluster),
                note=in_words(opened, cluster.differences[0]),
                body=" ".join(opened.text(cluster)[cluster.span.start : cluster.span.end].split()),
            )
            for cluster in clusters
        ]
        name = line.path.rpartition(" > ")[2] or "all codes"
        title = f"{name}: {some(len(items), 'passage')} on which coders differ{', ends last' if clusters and clusters[-1].kind in ENDS else ''}"
        dialog = ReadDialog(
            title, items, keys="enter goes there in R", empty=f"{name}: all have the same words under it."
        )

        def chosen(key: str | None) -> None:
            if key:
                self.agreement.settle("" if branch else line.code or "", key)

        self.app.push_screen(dialog, chosen)

    def _teach_above(self) -> None:
        row = self.codes.row
        if row is not None and row.key.startswith(ABOVE):
            self.home.say("Nobody used this code itself; x shows codes with all below them.")

    def read_all(self) -> None:
        """Read all that is said of the figure, and of the table."""
        report, comparison = self._report, self._table
        if report is not None and comparison is not None:
            self.app.push_screen(
                ReadDialog("what this figure means here", beside(report, comparison, self.line, self._main))
            )

    def explore(self) -> None:
        """Choose another unit or statistic, whose turns, or codes with all below them."""
        report, asked = self._report, self.agreement.asked
        if report is None:
            self.home.say("There is no figure to look at otherwise.", problem=True)
            return
        choices = [
            Choice(value="unit", text="unit …", note=report.unit),
            Choice(value="statistic", text="statistic with its interval …", note=STATISTICS[self._main].label),
            Choice(
                value="interviewer",
                text="interviewer turns",
                note=f"now {'taken in' if report.interviewer else 'left out'}",
            ),
            Choice(value="branch", text="codes with all below them", note="now so" if report.branch else "now alone"),
        ]
        if asked != asked.as_fixed:
            choices.append(
                Choice(value="fixed", text="back to what was fixed before coding" if report.fixed else "back")
            )
        acts: dict[str, Callable[[], None]] = {
            "unit": self._ask_unit,
            "statistic": self._ask_statistic,
            "interviewer": lambda: self.agreement.ask(replace(asked, interviewer=not report.interviewer)),
            "branch": lambda: self.agreement.ask(replace(asked, branch=not asked.branch)),
            "fixed": lambda: self.agreement.ask(asked.as_fixed),
        }

        def chosen(value: str | None) -> None:
            if value:
                acts[value]()

        self.app.push_screen(ChoiceDialog("exploratory: look at it by", choices), chosen)

    def _ask_unit(self) -> None:
        report = self._report
        fixed = report.fixed.unit if report and report.fixed else ""
        choices = [
            Choice(
                value=unit, note=" · ".join(filter(None, (EXPLAINED.get(unit, ""), "fixed" if unit == fixed else "")))
            )
            for unit in UNITS
        ]

        def chosen(value: str | None) -> None:
            if value:
                self.agreement.ask(replace(self.agreement.asked, unit=cast("Unit", value)))

        self.app.push_screen(ChoiceDialog("unit", choices, report.unit if report else ""), chosen)

    def _ask_statistic(self) -> None:
        report, line = self._report, self.line
        fixed = report.fixed.statistic if report and report.fixed else ""
        choices = []
        for name, statistic in STATISTICS.items():
            figure = line.figures[name] if line else None
            said = (
                "" if figure is None else figure.reason if isinstance(figure, Undefined) else figure_text(figure.value)
            )
            note = " · ".join(filter(None, ("fixed" if name == fixed else "", said)))
            choices.append(Choice(value=name, text=statistic.label, note=note))

        def chosen(value: str | None) -> None:
            if value:
                self.agreement.asked = replace(self.agreement.asked, statistic=value)
                self.fill()

        self.app.push_screen(ChoiceDialog("statistic", choices, self._main), chosen)

    def by_document(self) -> None:
        """Show the figure of all codes pooled by document and by source type."""
        asked, table, viewer, main = self.agreement.asked, self.agreement.table, self.home.desk.viewer, self._main
        if self._table is None:
            return

        def read(parts: tuple[Part, ...]) -> None:
            items: list[Passage] = []
            for part in parts:
                if not items or items[-1].key.partition(":")[0] != part.per:
                    items.append(Passage(key="", label=f"by {part.per}", tight=True))
                figure = part.pooled.figures[main]
                said = "–" if isinstance(figure, Undefined) else figure_text(figure.value)
                drawn = (
                    ""
                    if isinstance(figure, Undefined)
                    else bar_of(0, figure.value, figure.value, low=0, high=1, cells=21)
                )
                cells = part.pooled.cells
                counted = (
                    f"{cells.both} both {cells.first_only:>3} / {cells.second_only:<3} one only   " if cells else ""
                )
                items.append(
                    Passage(
                        key=f"{part.per}:{part.name}",
                        label=part.name or "no source type",
                        note=f"{counted}{drawn} {said:>5}",
                        tight=True,
                    )
                )
            title = f"all codes pooled: {STATISTICS[main].label}, exploratory"
            self.app.push_screen(
                ReadDialog(title, items, empty="With cases as units there are no documents to tell apart.")
            )

        self.home.look_up("parts", lambda project: read_parts(project, asked, table, viewer=viewer), read)

    def write_appendix(self) -> None:
        """Write the appendix on agreement of the round."""
        from tbcp_qual.tui.screens.appendix_out import AppendixOut

        found = self.agreement.found
        if found is None or found.round is None or found.report is None:
            self.home.say("An appendix is of a round that is locked.", problem=True)
            return
        AppendixOut(self.home, found.round.id, found.round.name).ask()

    def write_json(self) -> None:
        """Write all figures of the report to a JSON file."""
        from tbcp_qual.tasks.agreement import write_figures
        from tbcp_qual.tui.dialogs.file_name import ask_file

        report, found = self._report, self.agreement.found
        if report is None or found is None:
            self.home.say("There is no figure to write.", problem=True)
            return

        coder = self.home.desk.viewer

        def named(path: Path) -> None:
            self.home.bench.do(
                lambda project: write_figures(project, report, path, coder=coder),
                lambda _: self.home.say(f"wrote the figures to {path}"),
            )

        name = f"agreement {found.round.name if found.round else 'now'}.json"
        ask_file(self.app, "write the figures to", self.home.bench.path.parent, name.replace("/", "-"), named)
