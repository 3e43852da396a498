"""The memos as a list, and beside it the whole of the lit one with the words and codings it draws on."""

from dataclasses import replace
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from tbcp_qual.coding.counting import some
from tbcp_qual.coding.spans import Span
from tbcp_qual.privacy.disclosure import Concern
from tbcp_qual.store import Project
from tbcp_qual.tasks import memos as acts
from tbcp_qual.tui import going
from tbcp_qual.tui.dialogs.note import Note, NoteDialog
from tbcp_qual.tui.memo_rows import KINDS, Entry, Narrowed, read_memos
from tbcp_qual.tui.screens.bench_screen import shortened
from tbcp_qual.tui.screens.narrowing import NarrowedPane
from tbcp_qual.tui.widgets.lines import Line, LineList
from tbcp_qual.tui.widgets.passages import Passage, PassageList

CODING = "coding:"
"""Begins the key of a coding."""

TEACHING = (
    "No memos yet. n writes one; in the text j writes one on the words selected, and m on the coding at the caret."
)


class MemosPane(NarrowedPane[Narrowed]):
    """The memos."""

    NAME = "memos"
    BY = "written by"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(Narrowed(), id=id)
        self._entries: list[Entry] = []
        self._wanted = ""
        """Id of a memo to go to when it is there."""

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        with Vertical(id="sheet"):
            yield LineList(id="list", empty="reading …")
        yield PassageList(id="side")

    @property
    def _list(self) -> LineList:
        return self.query_one("#list", LineList)

    @property
    def entry(self) -> Entry | None:
        """The memo that is lit; None where there is none."""
        key = self._list.line.key if self._list.line is not None else ""
        return next((entry for entry in self._entries if entry.key == key), None)

    def focus_list(self) -> None:
        """Go to the memos."""
        self._list.focus()

    def summary(self) -> str:
        """Say how many memos are shown."""
        shown = sum(map(self.narrowed.takes, self._entries))
        said = self.narrowed.said()
        return f"{some(shown, 'memo')}{f' · {said}' if said else ''}"

    def hint(self) -> str:
        """Say the keys."""
        if self.side.has_focus:
            return "{list.choose} opens what is lit · {memos.delete} unlinks a coding · {panes.side} back to the memos"
        return (
            "{list.choose} opens · {memos.new} new · {memos.edit} edit · {memos.look} search · {memos.kind} kind"
            " · {memos.delete} delete · {memos.coder} by whom · {memos.document} document · {memos.write} write file"
        )

    def go_to(self, memo: str) -> None:
        """Put the cursor on a memo, once it is there."""
        self._wanted = memo
        self.all_again()

    # -- reading and showing

    def read_list(self) -> None:
        """Read the memos."""
        viewer = self.home.desk.viewer

        def job(project: Project) -> list[Entry]:
            return read_memos(project, viewer)

        def read(found: list[Entry]) -> None:
            self._entries = found
            self._show()

        self.read(job, read)

    def show_list(self) -> None:
        """Show those that are asked for."""
        self._show()

    def _show(self) -> None:
        lines: list[Line] = []
        for kind in KINDS:
            of_kind = [entry for entry in self._entries if entry.kind == kind and self.narrowed.takes(entry)]
            if not of_kind:
                continue
            if lines:
                lines.append(Line(key="", text=""))
            lines.append(Line(key="", text=kind, note=str(len(of_kind))))
            for entry in of_kind:
                text = entry.heading or f"{entry.about}: {shortened(entry.body, 80)}"
                lines.append(Line(key=entry.key, text=text, note=f"{entry.coder} {entry.at[:10]}".strip()))
        none = "No memo is like that. escape shows all." if self._entries else TEACHING
        self._list.teach(none)
        self._list.show(lines)
        if self._wanted and any(line.key == self._wanted for line in lines):
            self._list.put_cursor(self._wanted)
            self._wanted = ""
        self.home.show_pane()
        self._tell()

    @on(LineList.Moved, "#list")
    def _tell(self) -> None:
        entry, side = self.entry, self.query_one("#side", PassageList)
        if entry is None:
            side.show_items([])
            return
        when = f" · {entry.at[:16].replace('T', ' ')} UTC" if entry.at else ""
        items = [Passage(key="about", label=f"{entry.kind} · {entry.coder}{when}", body=entry.about, quiet=True)]
        if entry.words.strip():
            items.append(Passage(key="words", label="words", body=f"“{' '.join(entry.words.split())}”", quiet=True))
        items.append(Passage(key="body", label=entry.heading or "memo", body=entry.body))
        if entry.draws_on:
            items.append(Passage(key="", label="draws on"))
            items += [
                Passage(
                    key=f"{CODING}{one.id}",
                    label=f"{one.code} · {one.coder}",
                    note=one.source,
                    body=" ".join(one.words.split()),
                )
                for one in entry.draws_on
            ]
        side.show_items(items, keep=False)

    # -- going

    @on(LineList.Chosen, "#list")
    def _open(self) -> None:
        entry, bench = self.entry, self.home.bench
        if entry is None:
            return
        memo = entry.memo
        if entry.coding is not None:
            going.to_coding(bench, entry.coding.document, entry.coding.id)
        elif memo is None:
            return
        elif memo.document is not None:
            document = self.home.desk.frame.document_by_id.get(memo.document)
            if document is not None and memo.text and memo.text == document.text:
                going.to_span(bench, memo.document, Span(memo.start, memo.end))
            else:
                bench.show_document(memo.document)
        elif memo.code is not None:
            going.to_record(bench, "B", "code", memo.code)
        elif memo.theme is not None:
            going.to_record(bench, "B", "theme", memo.theme)
        elif memo.case is not None:
            going.to_case(bench, memo.case)
        else:
            self.home.action_side()

    @on(LineList.Chosen, "#side")
    def _open_beside(self, event: LineList.Chosen) -> None:
        entry = self.entry
        if event.line.key == "body":
            self.edit()
        elif event.line.key.startswith(CODING) and entry is not None:
            wanted = event.line.key.removeprefix(CODING)
            document = next((one.document for one in entry.draws_on if one.id == wanted), "")
            going.to_coding(self.home.bench, document, wanted)
        else:
            self._open()

    # -- acts

    def edit(self) -> None:
        """Change what a memo says."""
        entry = self.entry
        if entry is None:
            return
        memo, coder = entry.memo, self.home.desk.viewer
        if memo is None:
            self.home.say(
                self.home.keyed("It belongs to a coding: {list.choose} goes there, and {code.memo} changes it."),
                problem=True,
            )
            return
        if memo.coder != coder:
            self.home.say(f"{entry.coder} wrote this memo: write one of your own beside it.", problem=True)
            return

        def written(note: Note | None) -> None:
            if note is None:
                return

            def job(project: Project) -> None:
                now = project.snapshot(coder)
                fresh = acts.find_memo(now, memo.id)
                act = acts.edit(now, fresh, kind=note.kind, title=note.title, body=note.body)
                project.apply(act.label, act.changes, coder=coder)

            self.home.bench.do(job)

        self.app.push_screen(NoteDialog(entry.about, Note(memo.kind, memo.title, memo.body)), written)

    def take_away(self) -> None:
        """Delete the memo; beside, unlink the coding that is lit."""
        entry, coder = self.entry, self.home.desk.viewer
        if entry is None or entry.memo is None:
            return
        memo, line = entry.memo, self.side.line
        unlinked = ""
        if self.side.has_focus:
            if line is None or not line.key.startswith(CODING):
                return
            unlinked = line.key.removeprefix(CODING)

        def job(project: Project) -> None:
            now = project.snapshot(coder)
            fresh = acts.find_memo(now, memo.id)
            gone = acts.find_codings(now, [unlinked]) if unlinked else []
            act = acts.unlink(now, fresh, gone) if unlinked else acts.delete(now, fresh)
            project.apply(act.label, act.changes, coder=coder)

        self.home.bench.do(job)

    def write(self) -> None:
        """Write all memos to a markdown file."""
        from tbcp_qual.tui.dialogs.file_name import ask_file

        bench, coder = self.home.bench, self.home.desk.viewer

        def named(path: Path) -> None:
            def written(made: tuple[int, list[Concern]]) -> None:
                number, concerns = made
                check = f"; disclosure check: {some(len(concerns), 'finding')}" if concerns else ""
                self.home.say(f"wrote {some(number, 'memo')} to {path}{check}")

            bench.do(lambda project: acts.export_memos(project, path, viewer=coder), written)

        ask_file(bench, "write all memos, for the team, to", bench.path.parent, "memos.md", named)

    def copy(self) -> None:
        """Copy the memo."""
        entry = self.entry
        if entry is not None:
            heading = f"{entry.heading}\n" if entry.heading else ""
            self.app.copy_to_clipboard(f"{heading}{entry.body}\n({entry.coder}, on {entry.about})")
            self.home.say("copied the memo")

    # -- narrowing

    def look(self) -> None:
        """Show only memos with some words."""
        from tbcp_qual.tui.dialogs.value import ValueDialog

        def typed(words: str | None) -> None:
            if words is not None:
                self.narrow(replace(self.narrowed, words=words))

        hint = "All of them, anywhere in the memo or in what it is about. Empty it for all."
        self.app.push_screen(ValueDialog("memos with the words", self.narrowed.words, hint=hint), typed)

    def by_kind(self) -> None:
        """Show only memos of one kind."""
        self.choose("kind of memo", list(KINDS), "kind")
