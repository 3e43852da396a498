"""Finding words as one types: hits in their context, how many there are where, and coding all of them in one act."""

from collections.abc import Callable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.timer import Timer
from textual.widgets import Input

from tbcp_qual.coding.counting import some
from tbcp_qual.store import Project
from tbcp_qual.tasks.finding import InContext, count_words, make_findable
from tbcp_qual.tui import going
from tbcp_qual.tui.found_words import KINDS, NO_TYPE, Found, label, page, plural
from tbcp_qual.tui.labels import short_labels
from tbcp_qual.tui.screens.panes import Pane
from tbcp_qual.tui.widgets.concordance import Concordance, HitLine
from tbcp_qual.tui.widgets.field import Field
from tbcp_qual.tui.widgets.lines import Line, LineList

PAUSE = 0.12
"""Seconds after the last key before it is looked for what was typed."""
FIRST, MORE = 60, 300
"""Records that are read at first, and at a time when one goes on."""
NEAR_END = 12
"""Lines before the last at which more is read."""

GROUPS = ("document", "source type", "")
TEACHING = 'Type words: all of them are sought. "a phrase"  begin*  a NEAR/5 b  a OR b  a -b  ( )'


class WordsPane(Pane):
    """A field, the hits below, and beside them how many there are where."""

    NAME = "words"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._typed = ""
        self._kinds = "everything"
        self._only = ""
        """`type:` or `document:` with a name: only hits there; empty for all."""
        self._group = 0
        self._hits: list[InContext] = []
        self._more = 0
        self._reading = False
        self._counts: tuple[dict[str, int], dict[str, int], dict[str, int]] | None = None
        """By kind, by name of the document, by source type."""
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        with Vertical(id="sheet"):
            yield Field(placeholder="words", id="sought")
            yield Concordance(id="hits", empty=TEACHING, lit=True)
        yield LineList(id="side", empty="How many hits there are where stands here.")

    @property
    def _list(self) -> Concordance:
        return self.query_one(Concordance)

    def focus_list(self) -> None:
        """Go to the hits, or where there are none to the field."""
        if self._hits:
            self._list.focus()
        else:
            self.look()

    def look(self) -> None:
        """Type words."""
        self.query_one(Input).focus()

    def enter(self) -> None:
        """Begin where it was left."""
        self.focus_list()

    def summary(self) -> str:
        """Say what was found."""
        where = "" if self._kinds == "everything" else f" in {self._kinds}"
        if self._only:
            where += f" · only {self._only.partition(':')[2]}"
        if self._counts is None or not self._typed.strip():
            return f"words{where}"
        said = ", ".join(f"{n:,} {plural(kind, n)}" for kind, n in list(self._counts[0].items())[:3])
        documents = len(self._counts[1])
        among = f" in {some(documents, 'document')}" if documents else ""
        return f"{said or 'nothing'}{among}{where}"

    def hint(self) -> str:
        """Say the keys."""
        if self.query_one(Input).has_focus:
            tab = "{panes.next} codings"
            return (
                f"{{list.down}} the hits · {{list.choose}} opens · {tab}"
                if self._hits
                else f"{tab} · {{modes.back}} back"
            )
        return (
            "{list.choose} opens · {find.code_all} code all · {find.kinds} where · {find.group} group"
            " · {panes.side} narrow · {find.look} words"
        )

    def changed(self) -> None:
        """Find again."""
        if self._typed.strip():
            self._search(keep=True)

    def step_back(self) -> bool:
        """Show all hits again, where they were narrowed."""
        if self._only or self._kinds != "everything":
            self._only, self._kinds = "", "everything"
            self._search()
            return True
        return False

    # -- finding

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        if event.value == self._typed:
            return
        self._typed = event.value
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._search)

    def _search(self, *, keep: bool = False) -> None:
        """Read the first hits, show them, then count."""
        if not self._typed.strip():
            self._hits, self._more, self._counts = [], 0, None
            self._show()
            return
        least = max(FIRST, len(self._hits) if keep else 0)

        def found(some: Found) -> None:
            self._hits, self._more = some.hits, some.more
            self._show(keep=keep)
            if not some.whole:
                self.home.say("The file cannot be written: what was added since the last search is not found.")
            self._count()

        if not keep:
            self._counts = None
        self._read(0, least, found)

    def _read(self, after: int, least: int, done: Callable[[Found], None]) -> None:
        typed, viewer, kinds = self._typed, self.home.desk.viewer, KINDS[self._kinds]
        allowed = self._documents()
        self._reading = True

        def job(project: Project) -> Found:
            whole = make_findable(project)
            return page(project, typed, viewer, kinds, allowed, after, least, whole=whole)

        def read(found: Found) -> None:
            self._reading = False
            done(found)

        self.home.read(job, read)

    def _count(self) -> None:
        typed, viewer = self._typed, self.home.desk.viewer

        def counted(counts: tuple[dict[str, int], dict[str, int], dict[str, int]]) -> None:
            if typed != self._typed:
                return
            self._counts = counts
            self._show_counts()
            self._show(keep=True)

        self.home.look_up("counts", lambda project: count_words(project, typed, viewer=viewer), counted)

    def _documents(self) -> set[str] | None:
        """Return the ids of the documents to which hits are narrowed; None for all."""
        what, _, name = self._only.partition(":")
        if not what:
            return None
        documents = self.home.desk.documents
        if what == "type":
            return {document.id for document in documents if (document.source_type or NO_TYPE) == name}
        return {document.id for document in documents if document.name == name}

    @on(LineList.Moved, "#hits")
    def _moved(self, event: LineList.Moved) -> None:
        if self._more and not self._reading and event.lines.cursor >= len(event.lines.lines) - NEAR_END:

            def found(some: Found) -> None:
                self._hits += some.hits
                self._more = some.more
                self._show(keep=True)

            self._read(self._more, MORE, found)

    # -- showing

    def _show(self, *, keep: bool = False) -> None:
        self._list.teach(
            f"Nothing found for {self._typed.strip()}. A * takes all words that begin so: listen*"
            if self._typed.strip()
            else TEACHING
        )
        by = GROUPS[self._group]
        groups: dict[str, list[Line]] = {}
        notes: dict[str, str] = {}
        for n, hit in enumerate(self._hits):
            name, note = self._grouped(hit, by)
            notes[name] = note
            line = HitLine(key=str(n), text=label(hit, by), before=hit.before, words=hit.words, after=hit.after)
            groups.setdefault(name, []).append(line)
        lines: list[Line] = []
        for name, hits in groups.items():
            if name:
                lines.append(Line(key="", text=name, note=notes[name]))
            lines += hits
        if self._more and lines:
            lines.append(Line(key="", text="…"))
        self._list.show(lines, keep=keep)
        self.home.show_pane()
        if self.query_one(Input).has_focus:
            self.home.say_keys()

    def _grouped(self, hit: InContext, by: str) -> tuple[str, str]:
        """Return the heading under which a hit stands, and how many there are."""
        if not by:
            return "", ""
        if hit.span is None:
            return plural(hit.kind, 2), ""
        counts = self._counts or ({}, {}, {})
        if by == "source type":
            name = hit.source_type or NO_TYPE
            number = counts[2].get(name)
        else:
            name = next((d.name for d in self.home.desk.documents if d.id == hit.document), "")
            number = counts[1].get(name)
        return name, f"{number:,} {plural('turn', number)}" if number else ""

    def _show_counts(self) -> None:
        kinds, documents, types = self._counts or ({}, {}, {})
        lines: list[Line] = []
        if self._only or self._kinds != "everything":
            lines += [Line(key="all", text="show all again"), Line(key="", text="")]
        for title, begins, counted in (("source types", "type:", types), ("documents", "document:", documents)):
            if counted:
                lines.append(Line(key="", text=title, note="turns"))
                lines += [Line(key=f"{begins}{name}", text=name, note=f"{n:,}") for name, n in counted.items()]
                lines.append(Line(key="", text=""))
        others = {kind: n for kind, n in kinds.items() if kind != "turn"}
        if others:
            lines.append(Line(key="", text="elsewhere"))
            for kind, n in others.items():
                where = next(name for name, some in KINDS.items() if kind in some)
                lines.append(Line(key=f"kind:{where}:{kind}", text=plural(kind, 2), note=f"{n:,}"))
        self.side.show(lines)
        self.side.here = self._only

    # -- keys

    @on(LineList.Chosen, "#side")
    def _narrowed(self, event: LineList.Chosen) -> None:
        what, _, rest = event.line.key.partition(":")
        if what == "all":
            self._only, self._kinds = "", "everything"
        elif what == "kind":
            self._only, self._kinds = "", rest.partition(":")[0]
        else:
            self._only = event.line.key
        self.home.remove_class("side-only")
        self._list.focus()
        self._search()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self._list.action_choose()

    @on(LineList.Chosen, "#hits")
    def _chosen(self, event: LineList.Chosen) -> None:
        hit = self._hits[int(event.line.key)]
        bench = self.home.bench
        self._list.focus()
        if hit.span is not None:
            going.to_span(bench, hit.document, hit.span)
        elif hit.kind == "coding":
            going.to_coding(bench, hit.document, hit.record)
        elif hit.kind == "memo":
            going.to_record(bench, "W", hit.kind, hit.record)
        elif hit.kind == "summary":
            going.to_record(bench, "M", hit.kind, hit.record)
        elif hit.kind in KINDS["findings"]:
            going.to_record(bench, "E", hit.kind, hit.record)
        elif hit.kind in ("code", "theme"):
            going.to_record(bench, "B", hit.kind, hit.record)
        elif hit.kind in ("case", "attribute", "participant"):
            going.to_person(bench, hit.kind, hit.record)
        elif hit.document:
            bench.show_document(hit.document)
        else:
            self.home.say(f"{hit.source}: {hit.before}{hit.words}{hit.after}")

    def on_key(self, event: events.Key) -> None:
        """Go from the field down into the hits."""
        if event.key == "down" and self.query_one(Input).has_focus and self._hits:
            event.stop()
            self._list.focus()

    def copy(self) -> None:
        """Copy the hit with its source label."""
        line = self._list.line
        if line is not None and line.key:
            hit = self._hits[int(line.key)]
            around = f"{hit.before}{hit.words}{hit.after}".strip()
            self.app.copy_to_clipboard(f"“…{around}…” ({hit.source})")
            self.home.say("copied with its label")

    def group(self) -> None:
        """Group the hits otherwise."""
        self._group = (self._group + 1) % len(GROUPS)
        self._show(keep=True)
        by = GROUPS[self._group]
        self.home.say(f"by {by} · g next" if by else "in order, not grouped · g next")

    def choose_kinds(self) -> None:
        """Choose where to look."""
        from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog

        def chosen(kinds: str | None) -> None:
            if kinds is not None:
                self._kinds = kinds
                self._search()

        counts = self._counts[0] if self._counts else {}
        choices = [
            Choice(value=name, note=f"{n:,}" if (n := sum(counts.get(kind, 0) for kind in kinds)) else "")
            for name, kinds in KINDS.items()
        ]
        self.app.push_screen(ChoiceDialog("look in", choices, self._kinds), chosen)

    def code_all(self) -> None:
        """Choose a code, see what coding all hits would do, and do it."""
        if not self._typed.strip() or not any(hit.span is not None for hit in self._hits):
            self.home.say("There is nothing to code: find words of transcripts first.", problem=True)
            return
        from tbcp_qual.tui.dialogs.code_all import CodeAllDialog
        from tbcp_qual.tui.dialogs.picker import CodePicker, Picked

        desk, typed, allowed = self.home.desk, self._typed, self._documents()

        def picked(answer: Picked | None) -> None:
            if answer is not None and answer.code:
                documents = None if allowed is None else sorted(allowed)
                self.app.push_screen(CodeAllDialog(typed, desk.codes[answer.code], documents))

        title = f"code all hits of {typed.strip()} as"
        self.app.push_screen(CodePicker(desk.codebook, short_labels(desk.codebook), (), title, new=False), picked)
