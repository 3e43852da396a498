"""What coding all hits would do, place by place, before it is done; single places can be left out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tbcp_qual.coding.records import Code
from tbcp_qual.store import Project
from tbcp_qual.tasks.finding import Extent, ToCode, code_all, hits_to_code, make_findable
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import LineList
from tbcp_qual.tui.widgets.passages import Passage, PassageList

if TYPE_CHECKING:
    from tbcp_qual.tui.app import Workbench

AROUND = 50
"""Code points that are shown around bare words."""

SHOWN = 500
"""Places that are shown one by one; of more only the number."""

EXTENTS: dict[Extent, str] = {"words": "the words found", "sentence": "their sentences", "turn": "whole turns"}


class CodeAllDialog(ModalScreen[None]):
    """Shows what would be coded; Enter codes it as one act."""

    CSS_PATH = ["dialogs.tcss", "asking.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back", tooltip="Back; nothing is coded"),
        Binding("enter", "code", "Code them", priority=True, tooltip="Code what is listed, as one act"),
        Binding("w", "extent('words')", "The words", tooltip="Code only the words found"),
        Binding("s", "extent('sentence')", "The sentences", tooltip="Code the sentences they stand in"),
        Binding("t", "extent('turn')", "The turns", tooltip="Code the whole turns they stand in"),
        Binding("x", "leave_out", "Leave out", tooltip="Leave this place out, or take it in again"),
    ]

    def __init__(self, typed: str, code: Code, documents: Sequence[str] | None) -> None:
        """Make a dialog.

        Args:
            typed: what is sought.
            code: what the hits are to be coded as.
            documents: ids; None for all.
        """
        super().__init__()
        self._typed = typed
        self._code = code
        self._documents = documents
        self._extent: Extent = "sentence"
        self._planned: ToCode | None = None
        self._words: list[str] = []
        """What would be coded, place by place, with some words around where it is bare words."""
        self._left_out: set[int] = set()

    @property
    def bench(self) -> "Workbench":
        """The workbench."""
        return cast("Workbench", self.app)

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog tall"):
            yield Bar(id="title")
            yield PassageList(id="found", empty="looking …")
            yield Bar(id="definition")
            yield Bar(id="keys")

    def on_mount(self) -> None:
        """Look what there is."""
        self.query_one(PassageList).focus()
        self._look()

    def _look(self) -> None:
        extent, documents, plan = self._extent, self._documents, self._plan()

        def job(project: Project) -> tuple[ToCode, list[str]]:
            planned = plan(project)
            texts = project.texts({document.text for document, _ in planned.spans[:SHOWN]})
            return planned, [
                _with_words_around(texts[document.text], span.start, span.end, extent)
                for document, span in planned.spans[:SHOWN]
            ]

        def read(answer: tuple[ToCode, list[str]]) -> None:
            if self.is_mounted and (extent, documents) == (self._extent, self._documents):
                self._planned, self._words = answer
                self._left_out.clear()
                self._show()

        self.bench.read(job, read, self._leave)

    def _plan(self) -> Callable[[Project], ToCode]:
        """Return what says, beside the writer, what would be coded."""
        typed, code, documents, extent = self._typed, self._code, self._documents, self._extent
        viewer = self.bench.desk.viewer

        def plan(project: Project) -> ToCode:
            make_findable(project)
            return hits_to_code(project, typed, code, coder=viewer, extent=extent, documents=documents)

        return plan

    def _offers(self) -> str:
        """Say what else could be coded, and by which keys."""
        return "  ".join(f"{name[0]} {said}{' ✓' if name == self._extent else ''}" for name, said in EXTENTS.items())

    def _leave(self) -> None:
        self.dismiss(None)

    def _show(self) -> None:
        planned = self._planned
        if planned is None:
            return
        number = len(planned.spans) - len(self._left_out)
        places = "1 place" if number == 1 else f"{number:,} places"
        self.query_one("#title", Bar).show(
            strong=f"code {places} as {self._code.name}", left=f"  {self._typed.strip()}"
        )
        items = [
            Passage(
                key=str(n),
                label=f"{document.name}{' · left out' if n in self._left_out else ''}",
                note=document.source_type,
                body=words,
                sign="×" if n in self._left_out else "●",
                quiet=n in self._left_out,
            )
            for n, ((document, _), words) in enumerate(zip(planned.spans, self._words, strict=False))
        ]
        if len(planned.spans) > SHOWN:
            items.append(Passage(key="", label=f"… and {len(planned.spans) - SHOWN:,} more"))
        listed = self.query_one(PassageList)
        listed.teach("Nothing is left to code.")
        listed.show_items(items)
        left = [f"{planned.already:,} touch this code already and stay"] if planned.already else []
        left += [f"{planned.excluded:,} stay where a code excludes it"] if planned.excluded else []
        self.query_one("#definition", Bar).show(left=self._offers(), right=" · ".join(left))
        self.query_one("#keys", Bar).show(left="enter codes them as one act · x leaves one out · esc back")

    def action_extent(self, extent: Extent) -> None:
        """Code more or less around the words."""
        self._extent = extent
        self._look()

    def action_leave_out(self) -> None:
        """Leave a place out, or take it in again."""
        item = self.query_one(PassageList).item
        if item is not None:
            self._left_out ^= {int(item.key)}
            self._show()
            self.query_one(PassageList).action_cursor(1)

    @on(LineList.Chosen)
    def action_code(self) -> None:
        """Code what is listed."""
        planned = self._planned
        if planned is None:
            return
        kept = [n for n in range(len(planned.spans)) if n not in self._left_out]
        # Each place is one new coding, so that places and changes go together.
        pairs = list(zip(planned.spans, planned.changes, strict=True))
        chosen = replace(planned, spans=tuple(pairs[n][0] for n in kept), changes=tuple(pairs[n][1] for n in kept))
        coder = self.bench.desk.viewer
        self.dismiss(None)
        if kept:
            self.bench.do(lambda project: code_all(project, chosen, coder=coder))
        else:
            self.bench.say("Nothing was coded.")


def _with_words_around(text: str, start: int, end: int, extent: Extent) -> str:
    if extent != "words":
        return " ".join(text[start:end].split())
    before, after = text[max(start - AROUND, 0) : start], text[end : end + AROUND]
    return " ".join(f"… {before}»{text[start:end]}«{after} …".split())
