"""The coding screen as it is seen: the header, the documents, the transcript, the codes, and what is at the caret."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from tbcp_qual.coding.records import Coding, Document, Turn
from tbcp_qual.errors import QualError
from tbcp_qual.tui import modes
from tbcp_qual.tui.labels import short_labels
from tbcp_qual.tui.palette import colour
from tbcp_qual.tui.screens.bench_screen import NARROW, BenchScreen, shortened
from tbcp_qual.tui.sieve import ALL
from tbcp_qual.tui.transcript.marks import Mark
from tbcp_qual.tui.transcript.view import TranscriptView
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import Line, LineList

NO_DOCUMENTS = "No documents yet. They come in with: tbcp-qual documents import PATH"
NO_CODES = "No codes yet. {code.pick} on words makes one; {code.in_vivo} makes one of the words."
TIGHT, SNUG = 120, 140
"""Below so many columns there is no room for the documents, and below so many the side panes are narrower: the text has
a measure that is easy to read."""


class Half(Vertical):
    """A transcript, and above it which document it shows; that is seen only where there are two."""

    def __init__(self, page: TranscriptView) -> None:
        super().__init__(classes="half")
        self.page = page

    def compose(self) -> ComposeResult:
        """Lay out the half."""
        yield Bar(classes="title")
        yield self.page


class CodePage(BenchScreen):
    """What is shown, and what the parts report."""

    HINT: ClassVar[str] = (
        "{transcript.select.sentence} sentence · {code.slot_1}-{code.slot_9} pinned · {code.pick} code · "
        "{code.nothing} next"
    )
    HINT_RIGHT: ClassVar[str] = "{code.find} find  {code.help} help"

    def hint_right(self) -> str:
        """Return the keys that are always said, and the modes as far as there is room."""
        always = super().hint_right()
        room = self.app.size.width - len(self.keyed(self.HINT)) - len(always) - 6
        known = map(self.keyed, (modes.shown(), modes.in_short()))
        fits = next((row for row in known if len(row) <= room), "")
        return f"{always}  {fits}" if fits else always

    def __init__(self) -> None:
        super().__init__()
        self._labels: dict[str, str] = {}
        self._sieve = ALL
        self.page: TranscriptView = TranscriptView(id="page")
        """The transcript; where the sheet is split, the half that the keys go to."""
        self._shown_text: dict[TranscriptView, tuple[str, str]] = {}
        """Id and text of the document that each transcript shows."""

    # -- parts

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        yield Bar(id="where")
        with Horizontal(id="panes"):
            yield LineList(id="documents", empty=NO_DOCUMENTS)
            with Vertical(id="sheet"):
                yield Half(self.page)
            with Vertical(id="side"):
                yield LineList(id="codes", empty=self.keyed(NO_CODES))
                yield LineList(id="here", empty="No coding at the caret.")
        yield Bar(id="caret")
        yield Bar(id="slots")
        yield Bar(id="said")

    def on_mount(self) -> None:
        """Open the document that was open last, or the first."""
        self._fold_to_fit(self.app.size.width)
        self.watch(self.page, "place", partial(self._caret_moved, self.page), init=False)
        self.app.theme_changed_signal.subscribe(self, lambda _: self._show_colours())
        known = {document.id for document in self.desk.documents}
        last = self.bench.places.document
        if last not in known and self.desk.documents:
            last = self.desk.documents[0].id
        if last in known and last is not None:
            self.open_document(last)
        else:
            self.refresh_all()
        self.page.focus()
        self.say("" if self.desk.documents else NO_DOCUMENTS)

    def on_resize(self, event: events.Resize) -> None:
        """Fold or unfold the side panes."""
        self._fold_to_fit(event.size.width)

    def _fold_to_fit(self, width: int) -> None:
        self.set_class(width < NARROW, "narrow")
        self.set_class(NARROW <= width < SNUG, "snug")
        self.set_class(NARROW <= width < TIGHT, "tight")
        if width >= NARROW:
            self.remove_class("codes-only", "documents-only")

    # -- showing

    def open_document(self, document_id: str) -> None:
        """Open a document at the place it was left."""
        document = next((d for d in self.desk.documents if d.id == document_id), None)
        if document is None:
            return
        self.keep_place()
        try:
            self.bench.open_document(document)
        except QualError as problem:
            self.say(problem.message, problem=True)
            return
        self.refresh_all()

    def keep_place(self) -> None:
        """Remember where the caret is."""
        if self.desk.document is not None and self.is_mounted:
            self.bench.places.carets[self.desk.document.id] = self.page.caret

    def refresh_all(self) -> None:
        """Show all that lies on the desk anew."""
        desk = self.desk
        self._labels = short_labels(desk.codebook)
        if desk.document is not None:
            caret = self.bench.places.carets.get(desk.document.id, 0)
            self._load(self.page, desk.document, desk.text, desk.turns, desk.codings.values(), caret)
        self.show_documents()
        self._show_codes()
        self._show_where()
        self._show_caret()

    def _load(
        self,
        page: TranscriptView,
        document: Document,
        text: str,
        turns: Sequence[Turn],
        codings: Iterable[Coding],
        caret: int,
    ) -> None:
        """Show a document in a transcript; where it shows it already, what is in view and selected stays."""
        shown = document.id, document.text
        top, selected = page.scroll_offset.y, page.selection
        page.load(text, turns, list(self._marks(codings)), caret)
        if shown == self._shown_text.get(page) and page.size.height:
            page.scroll_to(y=top, animate=False, force=True)
            if selected is not None:
                page.select(selected)
        self._shown_text[page] = shown

    def _marks(self, codings: Iterable[Coding]) -> Iterator[Mark]:
        desk, book = self.desk, self.desk.codebook
        for coding in codings:
            code = book.current(coding.code)
            if not self._sieve.lets(coding, code.id):
                continue
            yield Mark(
                id=coding.id,
                start=coding.start,
                end=coding.end,
                label=self._labels.get(code.id, ""),
                colour=book.colour(code.id),
                negative=coding.negative,
                own=coding.coder == desk.viewer,
            )

    def _is_shown(self, coding: Coding) -> bool:
        return self._sieve.lets(coding, self.desk.codebook.current(coding.code).id)

    def pages(self) -> list[TranscriptView]:
        """Return the transcripts that show what lies on the desk: the one, or both halves of a split sheet."""
        return [self.page]

    def _show_marks(self) -> None:
        """Show all marks anew."""
        self.page.update_marks(list(self._marks(self.desk.codings.values())))

    def show_counts(self) -> None:
        """Show how often each code is used, and which documents are done."""
        self._show_codes()
        self.show_documents()
        self._show_where()

    def _show_colours(self) -> None:
        self._show_codes()
        self._show_caret()

    def show_documents(self) -> None:
        """Show the documents and how far the coder is in each."""
        desk = self.desk
        lines: list[Line] = []
        group = None
        for document in desk.documents:
            if document.source_type != group:
                group = document.source_type
                if lines:
                    lines.append(Line(key="", text=""))
                lines.append(Line(key="", text=group or "no source type"))
            reviewed, turns = desk.progress(document.id)
            sign = "●" if desk.is_done(document.id) else "◐" if reviewed else "○"
            note = document.stage or (f"{reviewed}/{turns}" if sign == "◐" else "")
            lines.append(Line(key=document.id, text=document.name, note=note, sign=sign))
        pane = self.query_one("#documents", LineList)
        pane.show(lines)
        if desk.document is not None and pane.here != desk.document.id:
            pane.here = desk.document.id
            pane.put_cursor(desk.document.id)

    def _show_codes(self) -> None:
        desk, book = self.desk, self.desk.codebook
        dark = self.app.current_theme.dark
        own: dict[str, int] = {}
        for code_id, number in desk.coding_counts.items():
            if code_id in book.by_id:
                current = book.current(code_id).id
                own[current] = own.get(current, 0) + number
        slots = {code: n for n, code in enumerate(self.bench.places.slots, 1) if code}
        lines = []
        for depth, code in book.walk():
            total = (
                sum(own.get(c, 0) for c in book.branch(code.id)) if book.children.get(code.id) else own.get(code.id, 0)
            )
            slot = str(slots.get(code.id, " "))
            lines.append(
                Line(
                    key=code.id,
                    text=f"{slot} {'  ' * depth}{code.name}",
                    note=str(total) if total else "",
                    sign="▎",
                    colour=colour(book.colour(code.id), dark=dark),
                )
            )
        self.query_one("#codes", LineList).show(lines)
        pinned = [f"{n} {desk.codes[code].name}" for code, n in slots.items() if code in desk.codes]
        self.query_one("#slots", Bar).show(
            left="   ".join(pinned) or self.keyed("{code.pick} codes the selection; {code.pin} pins a code to a key")
        )

    def _show_where(self) -> None:
        desk = self.desk
        viewer = desk.coders.get(desk.viewer)
        name = viewer.name if viewer else ""
        if desk.document is None:
            self.query_one("#where", Bar).show(strong=desk.project.name, left="", right=name)
            return
        document = desk.document
        reviewed, turns = desk.progress(document.id)
        parts = [p for p in (document.source_type, document.time_point, document.stage) if p]
        filtered = shortened(self._sieve.said, 30)
        done = " · done" if desk.is_done(document.id) else ""
        turn = f"turn {self.page.turn_index + 1} of {len(desk.turns)}" if desk.turns else ""
        wide = self.app.size.width >= NARROW
        left = "".join(f" · {p}" for p in (*parts, turn, f"showing {filtered}" if filtered else "") if p)
        strong = (
            f"{shortened(desk.project.name, self.app.size.width // 4)} ▸ {document.name}" if wide else document.name
        )
        right, gauge = f"{name} · {reviewed} of {turns} reviewed{done}", f" {_progress(reviewed, turns)}"
        if len(strong) + len(left) + len(right) + len(gauge) + 4 <= self.app.size.width and wide:
            right += gauge
        self.query_one("#where", Bar).show(strong=strong, left=left, right=right)

    def _show_caret(self) -> None:
        desk, book = self.desk, self.desk.codebook
        found = desk.codings_at(self.page.caret) if desk.document is not None else []
        dark = self.app.current_theme.dark
        lines = []
        for coding in found:
            code = book.current(coding.code)
            coder = desk.coders.get(coding.coder)
            flags = " − negative case" if coding.negative else ""
            flags += f" · weight {coding.weight}" if coding.weight is not None else ""
            flags += f" · {coding.prompted}" if coding.prompted else ""
            lines.append(
                Line(
                    key=coding.id,
                    text=f"{self._labels.get(code.id, '')} {code.name}{flags}",
                    note=coder.name if coder else "",
                    sign="▎",
                    colour=colour(book.colour(code.id), dark=dark),
                )
            )
            lines.extend(
                Line(key="", text=f"  {row}") for line in coding.memo.splitlines() for row in textwrap.wrap(line, 32)
            )
        self.query_one("#here", LineList).show(lines)
        one = "   ".join(
            f"▎{line.text}{' ' + line.note if line.note else ''}" if line.key else line.text.strip() for line in lines
        )
        self.query_one("#caret", Bar).show(left=one or "no coding at the caret")

    # -- what the parts report

    def _caret_moved(self, page: TranscriptView) -> None:
        if page is self.page:
            self._show_caret()
            self._show_where()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Let the transcript know of a drag that began in it and came by here."""
        self._mouse_elsewhere(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let the transcript know where a drag ended that began in it."""
        self._mouse_elsewhere(event)

    def _mouse_elsewhere(self, event: events.MouseMove | events.MouseUp) -> None:
        for page in self._shown_text if event.button else ():
            if event.widget is not page:
                # Behind whatever the transcript still has to hear, the button going down among it.
                page.call_later(page.follow, event)

    @on(LineList.Chosen, "#documents")
    def _document_chosen(self, event: LineList.Chosen) -> None:
        self.open_document(event.line.key)
        self.remove_class("documents-only")
        self.page.focus()

    @on(LineList.Moved, "#codes")
    def _code_moved(self, event: LineList.Moved) -> None:
        code = self.desk.codes.get(event.line.key)
        if code is not None and event.lines.has_focus:
            self.say(code.brief or f"{code.name}: no definition yet")


def _progress(done: int, total: int, cells: int = 8) -> str:
    eighths = round(done / total * cells * 8) if total else 0
    full, part = divmod(min(eighths, cells * 8), 8)
    return f"▕{'█' * full}{' ▏▎▍▌▋▊▉'[part] if full < cells else ''}".ljust(cells + 1) + "▏"
