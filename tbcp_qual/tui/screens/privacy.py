"""The privacy review: what may identify somebody, one by one, and one key to settle each."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from tbcp_qual.coding.records import Verdict
from tbcp_qual.coding.spans import Span
from tbcp_qual.privacy.finding import KINDS
from tbcp_qual.store import Project
from tbcp_qual.tasks.privacy import PrivacyReport, Spotted, check_privacy, reopen, rule
from tbcp_qual.tasks.pseudonyms import known_names, list_of, replace_findings
from tbcp_qual.tui import going
from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog
from tbcp_qual.tui.dialogs.value import ValueDialog
from tbcp_qual.tui.screens.mode import ModeScreen
from tbcp_qual.tui.screens.privacy_people import ask_same, say_apart
from tbcp_qual.tui.widgets.lines import Line, LineList

BEFORE, WORDS, AFTER = 26, 30, 40
"""Cells of context in a line."""
REPLACE, KEEP, IGNORE = "replace each by its pseudonym", "keep, with one reason", "ignore the same words everywhere"


class PrivacyScreen(ModeScreen):
    """Findings by document, the words in their context; beside them the one that is lit, and what it would become."""

    NAME = "Privacy"
    HINT = (
        "{privacy.replace} replace · {privacy.keep} keep · {privacy.ignore} ignore · {privacy.same} same person"
        " · {privacy.together} together"
    )
    CSS_PATH = ["mode.tcss", "privacy.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "replace", "Replace", id="privacy.replace", tooltip="Put the pseudonym in, wherever these words are"),
        Binding("e", "replace_with", "Replace with…", id="privacy.with", tooltip="Put a pseudonym of your own in"),
        Binding("k", "keep", "Keep", id="privacy.keep", tooltip="These words may stay in this document; say why"),
        Binding("i", "ignore", "Ignore everywhere", id="privacy.ignore", tooltip="These words identify nobody, anywhere"),
        Binding("s", "same", "Same person", id="privacy.same", tooltip="Say which names are one person's: one pseudonym for all"),
        Binding("d", "apart", "Different people", id="privacy.apart", tooltip="This name is somebody else's in each family"),
        Binding("g", "together", "Together", id="privacy.together", tooltip="One line for the same words, or one for each place"),
        Binding("x", "all", "All shown…", id="privacy.all", tooltip="Settle all that is shown at once"),
        Binding("f", "filter", "Kinds", id="privacy.filter", tooltip="Show one kind only, or all"),
        Binding("a", "settled", "Settled too", id="privacy.settled", tooltip="Show what was settled as well, or hide it"),
        Binding("o", "reopen", "Open again", id="privacy.reopen", tooltip="Open a settled finding again"),
        Binding("slash", "check", "Check again", id="privacy.check", tooltip="Look through everything again"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._report: PrivacyReport | None = None
        self._by_id: dict[str, Spotted] = {}
        self._kind = ""
        self._settled = False
        self._together = False

    def body(self) -> ComposeResult:
        """Lay out the list, and beside it the finding that is lit."""
        empty = "Nothing here identifies anybody, as far as rules can tell. Give a list of names on the command line: privacy check --names."
        with Horizontal(id="panes"):
            with Vertical(id="sheet"):
                yield LineList(id="findings", empty=empty)
            with Vertical(id="side"):
                yield LineList(id="finding", empty="")

    @property
    def findings(self) -> LineList:
        """The list of findings."""
        return self.query_one("#findings", LineList)

    @property
    def lit(self) -> Spotted | None:
        """The finding the cursor is on."""
        line = self.findings.line
        return self._by_id.get(line.key) if line is not None else None

    def on_mount(self) -> None:
        """Put the keys on the list."""
        super().on_mount()
        self.findings.focus()

    def refresh_all(self) -> None:
        """Look through everything again."""
        viewer = self.desk.viewer

        def job(project: Project) -> PrivacyReport:
            return check_privacy(project, viewer=viewer, known=known_names(list_of(project)))

        self.read(job, self._show)

    def _show(self, report: PrivacyReport) -> None:
        self._report = report
        self._by_id = {one.id: one for one in report.spotted}
        if self._kind not in report.by_kind() and not self._settled:
            # The last of the kind that was shown alone is settled.
            self._kind = ""
        self._show_lines()

    def _shown(self) -> list[Spotted]:
        found = self._report.spotted if self._report is not None else ()
        return [
            one
            for one in found
            if (self._settled or one.state == "open") and (not self._kind or one.finding.kind == self._kind)
        ]

    def _show_lines(self) -> None:
        shown = self._shown()
        lines = self._by_words(shown) if self._together else self._by_place(shown)
        self.findings.show(lines)
        if lines and self.findings.line is not None and not self.findings.line.key:
            self.findings.action_end(-1)
        self._show_lit()
        if self._report is not None:
            kind = f" · {self._kind} only" if self._kind else ""
            settled = len(self._report.spotted) - len(self._report.open)
            self.show_where(f" ▸ {len(self._report.open)} open · {settled} settled{kind} · names: {self._report.names}")

    def _by_place(self, shown: Sequence[Spotted]) -> list[Line]:
        lines: list[Line] = []
        place = ""
        for one in shown:
            if one.place.name != place:
                place = one.place.name
                lines.append(Line(key="", text=place))
            before = one.before[-BEFORE:].rjust(BEFORE)
            note = one.finding.kind if one.state == "open" else f"{one.finding.kind} · {one.state}"
            text = f"{before}»{one.words[:WORDS]}«{one.after[:AFTER]}"
            lines.append(Line(key=one.id, text=text, note=note, quiet=one.state != "open"))
        return lines

    def _by_words(self, shown: Sequence[Spotted]) -> list[Line]:
        """Return a line for the same words, wherever they stand; kind by kind, the most frequent first."""
        alike: dict[tuple[str, str], list[Spotted]] = {}
        for one in shown:
            alike.setdefault((one.digest, one.state), []).append(one)
        groups = sorted(alike.values(), key=lambda group: (KINDS.index(group[0].finding.kind), -len(group)))
        lines: list[Line] = []
        kind = ""
        for group in groups:
            one = group[0]
            if one.finding.kind != kind:
                kind = one.finding.kind
                lines.append(Line(key="", text=kind))
            places = len({other.place.name for other in group})
            note = f"{len(group)} × in {places}" if one.state == "open" else f"{len(group)} × in {places} · {one.state}"
            lines.append(Line(key=one.id, text=f"  {one.words}", note=note, quiet=one.state != "open"))
        return lines

    def _alike(self, one: Spotted) -> list[Spotted]:
        """Return the findings of the same words and kind, settled alike or all open, wherever they are."""
        found = self._report.spotted if self._report is not None else ()
        return [other for other in found if other.digest == one.digest and other.state == one.state]

    def _show_lit(self) -> None:
        one = self.lit
        pane = self.query_one("#finding", LineList)
        if one is None:
            pane.show([])
            return
        where = f"{one.place.name}, turn {one.turn}" if one.turn else one.place.name
        alike = len(self._alike(one))
        said = [
            ("what", one.finding.kind),
            ("words", one.words),
            ("where", where),
            ("how sure", f"{one.finding.score:.0%}"),
            ("would become", one.finding.suggestion),
            ("the same words", f"{alike} {one.state}"),
        ]
        if one.state != "open":
            said.append((one.state, one.reason or "everywhere"))
        lines = [line for name, value in said for line in (Line(key="", text=name), Line(key=name, text=f"  {value}"))]
        pane.show(lines)

    @on(LineList.Moved, "#findings")
    def _moved(self) -> None:
        self._show_lit()

    @on(LineList.Chosen, "#findings")
    def _chosen(self) -> None:
        one = self.lit
        if one is not None and one.place.kind == "text":
            going.to_span(self.bench, one.place.record, Span(one.finding.start, one.finding.end))
        elif one is not None and one.place.document:
            self.bench.show_document(one.place.document)

    # -- settling

    def _settle(self, job: Callable[[Project], object]) -> None:
        self.bench.do(job)

    def action_replace(self) -> None:
        """Put the pseudonym in the place of these words, wherever they are."""
        self._replace(None)

    def action_replace_with(self) -> None:
        """Put a pseudonym of one's own in their place."""
        one = self.lit
        if one is None:
            return

        def problem(typed: str) -> str:
            fits = typed.startswith("[") and typed.endswith("]") and len(typed) > 2 and "[" not in typed[1:]
            return "" if fits else "A pseudonym stands in square brackets."

        def named(pseudonym: str | None) -> None:
            if pseudonym is not None:
                self._replace(pseudonym)

        title = f"{one.finding.kind}: {one.words}"
        self.app.push_screen(ValueDialog(title, one.finding.suggestion, problem=problem), named)

    def _replace(self, by: str | None) -> None:
        one, viewer = self.lit, self.desk.viewer
        if one is None or one.state != "open":
            return
        alike = self._alike(one)

        def job(project: Project) -> int:
            return replace_findings(project, alike, list_of(project), coder=viewer, by=by)

        self._settle(job)

    def action_keep(self) -> None:
        """Let these words stay in this document, with a reason."""
        one, viewer = self.lit, self.desk.viewer
        if one is None:
            return
        kept = self._alike(one) if self._together else [one]

        def named(reason: str | None) -> None:
            if reason:
                self._settle(lambda project: rule(project, kept, "keep", coder=viewer, reason=reason))

        def problem(typed: str) -> str:
            return "" if typed.strip() else "Say why these words may stay."

        self.app.push_screen(ValueDialog(f"Keep {one.words}: why?", "", problem=problem), named)

    def action_ignore(self) -> None:
        """Let these words pass everywhere."""
        one, viewer = self.lit, self.desk.viewer
        if one is not None:
            self._settle(lambda project: rule(project, [one], "ignore", coder=viewer))

    def action_reopen(self) -> None:
        """Open a settled finding again."""
        one, viewer = self.lit, self.desk.viewer
        if one is not None and one.state != "open":
            opened = self._alike(one) if self._together else [one]
            self._settle(lambda project: reopen(project, opened, coder=viewer))

    def action_all(self) -> None:
        """Settle all that is shown and open at once."""
        shown, viewer = [one for one in self._shown() if one.state == "open"], self.desk.viewer
        if not shown:
            return

        def job(how: str, reason: str = "") -> None:
            if how == REPLACE:
                self._settle(lambda project: replace_findings(project, shown, list_of(project), coder=viewer))
            else:
                verdict: Verdict = "keep" if how == KEEP else "ignore"
                self._settle(lambda project: rule(project, shown, verdict, coder=viewer, reason=reason))

        def why(reason: str | None) -> None:
            if reason and reason.strip():
                job(KEEP, reason)

        def chosen(how: str | None) -> None:
            if how == KEEP:
                self.app.push_screen(ValueDialog(f"Keep {len(shown)} findings: why?", ""), why)
            elif how is not None:
                job(how)

        title = f"all {len(shown)} shown{f', {self._kind} only' if self._kind else ''}"
        self.app.push_screen(ChoiceDialog(title, [Choice(value=how) for how in (REPLACE, KEEP, IGNORE)]), chosen)

    # -- who is who

    def action_same(self) -> None:
        """Say which names are one person's."""
        one = self.lit
        if one is not None and one.finding.kind == "name" and self._report is not None:
            ask_same(self, self._report, one, self.refresh_all)

    def action_apart(self) -> None:
        """Say that a name is somebody else's in each family."""
        one = self.lit
        if one is not None and one.finding.kind == "name" and self._report is not None:
            say_apart(self, self._report, one, self.refresh_all)

    # -- what is shown

    def action_together(self) -> None:
        """Show one line for the same words, or one for each place."""
        self._together = not self._together
        self._show_lines()

    def action_filter(self) -> None:
        """Show one kind only, or all."""
        counts = self._report.by_kind() if self._report is not None else {}
        choices = [Choice(value=kind, note=str(counts[kind])) for kind in KINDS if kind in counts]

        def chosen(kind: str | None) -> None:
            if kind is not None:
                self._kind = kind
                self._show_lines()

        self.app.push_screen(ChoiceDialog("Which kind?", [Choice(value="", text="all"), *choices], self._kind), chosen)

    def action_settled(self) -> None:
        """Show what was settled as well, or hide it."""
        self._settled = not self._settled
        self._show_lines()

    def action_write_list(self) -> None:
        """Write no list of what identifies people."""
        self.say("A list of what identifies people is not written to a file.", problem=True)

    def action_check(self) -> None:
        """Look through everything again."""
        self.refresh_all()
