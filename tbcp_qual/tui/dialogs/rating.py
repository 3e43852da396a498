"""Rate the open file on the items of the audit, beside its text: the form at the right, the text still to be read."""

import textwrap
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tbcp_qual.analysis.audit import Audit, Rated
from tbcp_qual.coding.records import NOT_APPLICABLE, NOT_RECORDED, Document, Rating
from tbcp_qual.store import Project
from tbcp_qual.tasks.auditing import rating_act, with_rating
from tbcp_qual.tui.dialogs.value import ValueDialog
from tbcp_qual.tui.transcript.view import TranscriptView
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import Line, LineList

if TYPE_CHECKING:
    from tbcp_qual.tui.app import Workbench

DONE, OPEN = "●", "○"


class RatingDialog(ModalScreen[None]):
    """The form; every key press is an act of its own."""

    CSS_PATH = "rating.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(f"{n}", f"level({n})", f"Level {n}", show=False, tooltip="The level of this number")
            for n in range(1, 10)
        ),
        Binding("0", "beside('not recorded')", "Not recorded", tooltip="The file does not say"),
        Binding("minus", "beside('does not apply')", "Does not apply", tooltip="The item does not apply to this file"),
        Binding("w", "words", "Words", tooltip="What the rating rests on"),
        Binding("x", "level(None)", "Take back", tooltip="Take your rating back"),
        Binding("g", "gap", "Next gap", tooltip="Go to the next item that you have not rated"),
        Binding("u", "undo", "Undo", tooltip="Take back your last act"),
        Binding("pageup", "scroll_text(-1)", "Text up", priority=True, tooltip="The text a page back"),
        Binding("pagedown", "scroll_text(1)", "Text down", priority=True, tooltip="The text a page on"),
        Binding("escape,r", "dismiss(None)", "Back", tooltip="Back to the text; all is saved"),
    ]

    def __init__(self, document: Document, audit: Audit) -> None:
        """Make the form.

        Args:
            document: the file that is open.
            audit: the items, and the ratings of this file that the viewer may see.
        """
        super().__init__()
        self._document = document
        self._audit = audit
        self._before: list[Audit] = []
        """The audit before each act in this form, so that it can be shown as undone."""

    @property
    def bench(self) -> "Workbench":
        """The workbench."""
        return cast("Workbench", self.app)

    def compose(self) -> ComposeResult:
        """Lay out the form."""
        with Vertical(id="form"):
            yield Bar(id="title")
            yield LineList(id="items", empty="No audit tool is here: tbcp-qual audit import FILE")
            yield LineList(id="item")
            yield Bar(id="keys")

    def on_mount(self) -> None:
        """Begin with the first item that is not rated."""
        self.bench.code_screen.add_class("rating")  # makes room, so that no word lies under the form
        self._show()
        self.query_one("#keys", Bar).show(left="0 not recorded · - n/a · w words · g next")
        self.query_one("#items", LineList).focus()
        self._go_to_gap(self._audit.form(self._document))

    def on_unmount(self) -> None:
        """Give the text its room again."""
        self.bench.code_screen.remove_class("rating")

    def on_resize(self) -> None:
        """Wrap anew."""
        self._show()

    def _own(self, one: Rated) -> Rating | None:
        return next((rating for rating in one.ratings if rating.coder == self.bench.desk.viewer), None)

    def _show(self) -> None:
        form = self._audit.form(self._document)
        own = [self._own(one) for one in form]
        rated = sum(rating is not None for rating in own)
        self.query_one("#title", Bar).show(
            strong=f"audit of {self._document.name}", right=f"{rated} of {len(form)} · esc back"
        )
        lines: list[Line] = []
        section = ""
        for one, rating in zip(form, own, strict=True):
            if one.item.section != section:
                section = one.item.section
                lines.append(Line(key="", text=section))
            lines.append(
                Line(
                    key=one.item.id,
                    text=f"{one.item.key}  {one.item.text}",
                    sign=DONE if rating else OPEN,
                    note="≠" if one.differs else "",
                )
            )
        self.query_one("#items", LineList).show(lines)
        self._tell()

    @on(LineList.Moved, "#items")
    def _moved(self) -> None:
        self._tell()

    def _here(self) -> Rated | None:
        line = self.query_one("#items", LineList).line
        item = next((item for item in self._audit.items if line and item.id == line.key), None)
        return self._audit.rated(self._document, item) if item else None

    def _tell(self) -> None:
        """Show the item of the cursor whole, with its levels and what was said."""
        one, told = self._here(), self.query_one("#item", LineList)
        if one is None:
            told.show([])
            return
        own = self._own(one)
        width = max(told.size.width - 2, 20)
        lines = [Line(key="", text=row) for row in textwrap.wrap(one.item.text, width)]
        levels = [(str(n), level) for n, level in enumerate(one.item.levels, start=1)]
        for key, level in (*levels, ("0", NOT_RECORDED), ("-", NOT_APPLICABLE)):
            chosen = own is not None and own.level == level
            lines.append(Line(key=key, text=f"{key}  {level}", sign=DONE if chosen else " ", quiet=not chosen))
        if own is not None and own.words:
            lines += [Line(key="", text=row) for row in textwrap.wrap(f"w  {own.words}", width)]
        for rating in one.ratings:
            if rating is not own and rating.coder in self.bench.desk.coders:
                said = f"{self.bench.desk.coders[rating.coder].name}: {rating.level}"
                lines += [Line(key="", text=row) for row in textwrap.wrap(f"{said}. {rating.words}".strip(), width)]
        if one.settled is not None:
            said = f"settled: {one.settled.level}. {one.settled.words}"
            lines += [Line(key="", text=row) for row in textwrap.wrap(said, width)]
        lines += [Line(key="", text=row) for row in textwrap.wrap(one.item.guidance, width)]
        told.show(lines, keep=False)

    @on(LineList.Chosen, "#item")
    def _clicked(self, event: LineList.Chosen) -> None:
        key = event.line.key
        self.query_one("#items", LineList).focus()
        if key.isdigit() and key != "0":
            self.action_level(int(key))
        else:
            self.action_beside(NOT_RECORDED if key == "0" else NOT_APPLICABLE)

    def _rate(self, one: Rated, level: str | None, words: str | None = None) -> None:
        viewer = self.bench.desk.viewer
        act = rating_act(self._audit, self._document, one.item, level, coder=viewer, words=words)
        if act.changes and all(change.fields for change in act.changes):
            self._before.append(self._audit)
            self._audit = with_rating(self._audit, self._document, one.item, level, coder=viewer, words=words)
            self.bench.perform(act)
        self._show()

    def action_level(self, number: int | None) -> None:
        """Give the file a level by its number; None takes the rating back."""
        one = self._here()
        if one is not None and (number is None or number <= len(one.item.levels)):
            self._rate(one, None if number is None else one.item.levels[number - 1])

    def action_beside(self, level: str) -> None:
        """Say what stands in the place of a level."""
        one = self._here()
        if one is not None:
            self._rate(one, level)

    def action_words(self) -> None:
        """Write down what the rating rests on."""
        one = self._here()
        own = self._own(one) if one is not None else None
        if one is None or own is None:
            return

        def keep(words: str | None) -> None:
            if words is not None:
                self._rate(one, own.level, words)

        self.app.push_screen(ValueDialog(f"what “{own.level}” rests on", own.words), keep)

    def action_gap(self) -> None:
        """Go to the next item that the viewer has not rated, round the end."""
        form = self._audit.form(self._document)
        here = self._here()
        start = next((n for n, one in enumerate(form) if here and one.item.id == here.item.id), -1)
        self._go_to_gap([*form[start + 1 :], *form[: start + 1]])

    def _go_to_gap(self, form: list[Rated]) -> None:
        gap = next((one for one in form if self._own(one) is None), None)
        if gap is not None:
            self.query_one("#items", LineList).put_cursor(gap.item.id)

    def action_undo(self) -> None:
        """Take back what was last done in this form."""
        if self._before:
            self._audit = self._before.pop()
            self.bench.take_back(again=False, done=self.bench.code_screen.taken_back)
            self._show()

    def action_scroll_text(self, direction: int) -> None:
        """Read on in the text beside."""
        self.bench.code_screen.query(TranscriptView).first().action_page(direction)


def open_form(bench: "Workbench", document: Document) -> None:
    """Read the ratings of a file, and show the form beside its text."""
    viewer = bench.desk.viewer

    def read(project: Project) -> Audit:
        return Audit(project.snapshot(viewer, [document.id]))

    def show(audit: Audit) -> None:
        bench.push_screen(RatingDialog(document, audit))

    # A rating that is still on its way to the disk must not seem to be missing.
    bench.writer.catch_up()
    bench.read(read, show)
