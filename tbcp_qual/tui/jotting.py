"""Writing a memo on what one has before one's eyes: the words selected, a coding, the document, a case, a code, …"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from tbcp_qual.coding.memos import Subject
from tbcp_qual.coding.records import Coding, MemoKind
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks import memos
from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog
from tbcp_qual.tui.dialogs.note import Note, NoteDialog
from tbcp_qual.tui.screens.bench_screen import BenchScreen, shortened

if TYPE_CHECKING:
    from tbcp_qual.analysis.passages import Passage
    from tbcp_qual.tui.screens.code import CodeScreen
    from tbcp_qual.tui.screens.evidence_board import BoardPane
    from tbcp_qual.tui.screens.matrix_chart import ChartPane


class Target(NamedTuple):
    """What a memo can be written on."""

    what: str
    """`words`, `coding`, `document`, `case`, `code`, `theme`, `finding` or `project`."""
    id: str
    """Of the document, coding, case, code or theme; empty for the project."""
    said: str
    span: Span = Span(0, 0)
    """For words."""
    document: str = ""
    """For a coding, the id of its document."""
    codings: tuple[str, ...] = ()
    """Ids of the codings that the memo draws on: those of a cell, or of a finding."""
    title: str = ""
    """What a title is begun with, as the memo itself knows no cells and no findings."""

    @property
    def usual_kind(self) -> MemoKind:
        """The kind of memo that is most often written on this."""
        return "familiarisation" if self.what == "document" else "analytic"


THE_PROJECT = Target("project", "", "the project")


def jot(screen: BenchScreen) -> None:
    """Ask what the memo is to be on, where there is a choice, and let it be written."""
    targets = [*targets_of(screen), THE_PROJECT]

    def chosen(key: str | None) -> None:
        if key is not None:
            write(screen, targets[int(key)])

    if len(targets) == 1:
        write(screen, targets[0])
    else:
        choices = [Choice(value=str(n), text=target.said, note=_NOTES[target.what]) for n, target in enumerate(targets)]
        screen.app.push_screen(ChoiceDialog("write a memo on", choices), chosen)


_NOTES = {
    "words": "the words selected",
    "coding": "the coding at the caret",
    "document": "the whole document",
    "case": "the case",
    "code": "the code that is lit",
    "theme": "the theme that is lit",
    "finding": "the finding that is lit, and what it rests on",
    "project": "everything",
}


def targets_of(screen: BenchScreen) -> Iterator[Target]:
    """Return what lies before a person's eyes; the project aside."""
    from tbcp_qual.tui.screens.codebook import CodebookScreen
    from tbcp_qual.tui.screens.codebook_themes import ThemesPane
    from tbcp_qual.tui.screens.evidence import EvidenceScreen
    from tbcp_qual.tui.screens.matrix import MatrixScreen

    if isinstance(screen, MatrixScreen):
        yield from _in_the_matrix(screen.chart)
        return
    if isinstance(screen, EvidenceScreen):
        if screen.tab == screen.board.NAME:
            yield from _on_the_board(screen.board)
        return
    if isinstance(screen, CodebookScreen):
        code = screen.codes.code
        if isinstance(screen.pane, ThemesPane):
            if screen.pane.theme is not None:
                yield Target("theme", screen.pane.theme.id, screen.pane.theme.name)
        elif code is not None:
            yield Target("code", code.id, code.name)
        return
    yield from _in_the_text(screen.bench.code_screen)


def _in_the_matrix(pane: "ChartPane") -> Iterator[Target]:
    cell = pane.cell
    if cell is None:
        return
    item = pane.listed.item
    yield from _said(p for p in cell.cell.passages if item is not None and p.reference == item.key)
    drawn_on = tuple(coding for passage in cell.cell.passages for coding in passage.codings)
    if cell.row.case:
        yield Target("case", cell.row.case, cell.name, codings=drawn_on, title=cell.name)
        yield Target("case", cell.row.case, f"case {cell.row.label}")
    yield Target("theme", cell.theme.id, f"theme {cell.theme.name}")


def _on_the_board(pane: "BoardPane") -> Iterator[Target]:
    lit = pane.lit
    yield from _said(filter(None, [pane.passage]))
    if lit.finding is not None:
        name = f"finding {lit.finding.finding.key}"
        rests_on = [*lit.finding.supporting, *(case.passage for case in lit.finding.negative)]
        drawn_on = tuple(coding for passage in rests_on for coding in passage.codings)
        yield Target("finding", lit.finding.finding.id, name, codings=drawn_on, title=name)
    for theme in lit.finding.themes if lit.finding is not None else [lit.theme.theme] if lit.theme is not None else []:
        yield Target("theme", theme.id, f"theme {theme.name}")


def _said(passages: "Iterable[Passage]") -> Iterator[Target]:
    for passage in passages:
        if passage.placed:
            yield Target("words", passage.document, f"“{shortened(passage.words, 40)}”", passage.span)


def _in_the_text(screen: "CodeScreen") -> Iterator[Target]:
    from tbcp_qual.tui.widgets.lines import LineList

    desk, page = screen.desk, screen.page
    document = desk.document
    if document is None:
        return
    span = page.selection
    if span is not None:
        words = shortened(desk.text[span.start : min(span.end, span.start + 80)], 40)
        yield Target("words", document.id, f"“{words}”", Span(span.start, span.end))
    at = desk.codings_at(page.caret)
    if at:
        code = desk.codebook.current(at[0].code)
        yield Target("coding", at[0].id, f"coding of {code.name}", document=document.id)
    yield Target("document", document.id, document.name)
    labels = {case.id: case.label for case in desk.frame.cases}
    for case in desk.cases_at(page.caret)[:2]:
        yield Target("case", case, f"case {labels[case]}")
    line = screen.query_one("#codes", LineList).line
    if line is not None and line.key in desk.codes:
        yield Target("code", line.key, f"code {desk.codes[line.key].name}")


def write(screen: BenchScreen, target: Target) -> None:
    """Let a memo be written on something."""
    coder = screen.desk.viewer
    of = target.id if target.what in ("words", "document") else target.document

    def written(note: Note | None) -> None:
        if note is None:
            screen.say("Nothing was written.")
            return

        def job(project: Project) -> None:
            now = project.snapshot(coder, [of] if of else None if target.codings else [])
            subject, drawn_on = _subject(now, target)
            act = memos.write(now, subject, kind=note.kind, title=note.title, body=note.body, codings=drawn_on)
            project.apply(act.label, act.changes, coder=coder)

        screen.bench.do(job)

    screen.app.push_screen(NoteDialog(target.said, Note(target.usual_kind, target.title, "")), written)


def _subject(now: Snapshot, target: Target) -> tuple[Subject, list[Coding]]:
    """Return what a memo is about, as it is now, and the codings it draws on.

    Raises:
        UsageError: it is gone.
    """
    document = now.document_by_id.get(target.id)
    drawn_on = [coding for coding in now.codings if coding.id in set(target.codings)] if target.codings else []
    match target.what:
        case "project" | "finding":
            return Subject(), drawn_on
        case "words" if document is not None:
            return Subject(document=document, span=target.span), []
        case "document" if document is not None:
            return Subject(document=document), []
        case "case" if target.id in now.case_by_id:
            return Subject(case=now.case_by_id[target.id]), drawn_on
        case "code" if target.id in now.codebook.by_id:
            return Subject(code=now.codebook.by_id[target.id]), []
        case "theme":
            theme = next((theme for theme in now.themes if theme.id == target.id), None)
            if theme is not None:
                return Subject(theme=theme), []
        case "coding":
            coding = next((coding for coding in now.codings if coding.id == target.id), None)
            if coding is not None:
                span = Span(coding.start, coding.end)
                return Subject(document=now.document_by_id[coding.document], span=span), [coding]
    raise UsageError(f"{target.said} is not there any more.", "Nothing was written.")
