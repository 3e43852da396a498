"""The codes as a tree, with the definition of the lit one beside it."""

from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from tbcp_qual.coding.counting import some
from tbcp_qual.coding.records import Code
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.tui import going
from tbcp_qual.tui.code_rows import FIELDS, SHOWN, definition, tree_lines
from tbcp_qual.tui.labels import short_labels
from tbcp_qual.tui.screens.codebook_acts import CodebookActs
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import LineList
from tbcp_qual.tui.widgets.passages import PassageList
from tbcp_qual.tui.widgets.tree import TreeList

TEACHING = "No codes yet. n makes one; a codebook comes in with: tbcp-qual codebook import FILE"


class CodesPane(CodebookActs):
    """The tree and the definition."""

    NAME = "codes"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown = SHOWN[0]
        self._folded: set[str] = set()
        self._now: Snapshot | None = None

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        with Vertical(id="sheet"):
            yield Bar(id="head")
            yield TreeList(id="tree", empty=TEACHING)
            yield Bar(id="brief")
        yield PassageList(id="side")

    @property
    def codes_tree(self) -> TreeList:
        """The tree."""
        return self.query_one("#tree", TreeList)

    @property
    def code(self) -> Code | None:
        """The code that is lit; None where there is none."""
        line = self.codes_tree.line
        return self.home.desk.codes.get(line.key) if line is not None else None

    def focus_list(self) -> None:
        """Go to the tree."""
        self.codes_tree.focus()

    def summary(self) -> str:
        """Say how many codes there are."""
        codes = [code for code in self.home.desk.codes.values() if not code.retired]
        provisional = sum(code.status == "provisional" for code in codes)
        said = some(len(codes), "code") + (f", {provisional} provisional" if provisional else "")
        return said if self._shown == SHOWN[0] else f"{said} · showing {self._shown}"

    def hint(self) -> str:
        """Say the keys."""
        if self.side.has_focus:
            return "{list.choose} changes what is lit · {panes.side} back to the tree"
        return (
            "{codes.new} new below · {codes.rename} rename · {codes.edit} define · {codes.move} move"
            " · {codes.merge} merge · {codes.retire} retire · {codes.split} split · {codes.colour} colour"
            " · {list.choose} passages"
        )

    def changed(self) -> None:
        """Show the codebook anew."""
        desk = self.home.desk
        self._now = replace(desk.frame, codes=tuple(desk.codes.values()))
        self._show()

    def counted(self) -> None:
        """Show the counts."""
        if self._now is not None:
            self._show()

    def _show(self) -> None:
        now, desk = self._now, self.home.desk
        if now is None:
            return
        self.query_one("#head", Bar).show(strong="code", right="codings  with below")
        self.codes_tree.show(
            tree_lines(
                now,
                desk.coding_counts,
                shown=self._shown,
                folded=self._folded,
                moving=self.moving,
                dark=self.app.current_theme.dark,
            )
        )
        self._tell()

    def _tell(self) -> None:
        code, now = self.code, self._now
        if code is None or now is None or code.id not in now.codebook.by_id:
            self.query_one("#side", PassageList).show_items([])
            self.query_one("#brief", Bar).show(left="")
            return
        dark, keyed = self.app.current_theme.dark, self.home.keyed
        self.query_one("#side", PassageList).show_items(definition(now, self.home.desk.coding_counts, code, dark=dark))
        self.query_one("#brief", Bar).show(
            left=code.brief or keyed("no definition yet: {codes.edit} writes one"),
            right=keyed("{panes.side} all of it"),
        )

    @on(LineList.Moved, "#tree")
    def _moved(self) -> None:
        self._tell()

    def step_back(self) -> bool:
        """Let go of what is moved; show the codes in use again."""
        if self._let_go():
            return True
        if self._shown != SHOWN[0]:
            self._shown = SHOWN[0]
            self._show()
            self.home.show_pane()
            return True
        return False

    def go_to(self, code: str) -> None:
        """Put the cursor on a code, and unfold and show what hides it."""
        book = self.home.desk.codebook
        if code not in book.by_id:
            return
        self._folded -= {above.id for above in book.ancestors(code)}
        if book.by_id[code].retired:
            self._shown = SHOWN[2]
        self._show()
        self.codes_tree.put_cursor(code)
        self._tell()
        self.home.show_pane()

    # -- keys

    @on(LineList.Chosen, "#tree")
    def _chosen(self) -> None:
        if not self.drop_below():
            self.open_codings()

    def open_codings(self) -> None:
        """Read the passages of the code."""
        if self.code is not None:
            going.to_codings_of(self.home.bench, self.code.id)

    @on(LineList.Chosen, "#side")
    def _field_chosen(self, event: LineList.Chosen) -> None:
        if event.line.key == "codings":
            self.open_codings()
        elif event.line.key in (*FIELDS, "name"):
            self.edit_field(event.line.key)
        else:
            self.home.say(f"The {event.line.key} of a code cannot be changed here.", problem=True)

    @on(TreeList.Taken)
    def _taken(self, event: TreeList.Taken) -> None:
        self.say_what_moves(event.key, lambda: event.tree.dragged == event.key)

    @on(TreeList.Dropped)
    def _dropped(self, event: TreeList.Dropped) -> None:
        self.drop(event.key, event.onto)

    def show_others(self) -> None:
        """Show the codes in use, provisional ones only, or retired ones too."""
        self._shown = SHOWN[(SHOWN.index(self._shown) + 1) % len(SHOWN)]
        self._show()
        self.home.show_pane()
        self.home.say(f"showing {self._shown} · {self.home.keyed('{codes.show} next')}")

    def fold(self) -> None:
        """Hide what is below the code; where that is hidden, go to the code above."""
        code = self.code
        if code is None:
            return
        if self._now is not None and self._now.codebook.children.get(code.id) and code.id not in self._folded:
            self._folded.add(code.id)
            self._show()
        elif code.parent:
            self.codes_tree.put_cursor(code.parent)

    def unfold(self) -> None:
        """Show what is below the code."""
        code = self.code
        if code is not None and code.id in self._folded:
            self._folded.discard(code.id)
            self._show()

    def look(self) -> None:
        """Find a code by a few letters."""
        from tbcp_qual.tui.dialogs.picker import CodePicker, Picked

        def picked(answer: Picked | None) -> None:
            if answer is not None and answer.code:
                self.go_to(answer.code)

        book = self.home.desk.codebook
        self.app.push_screen(CodePicker(book, short_labels(book), (), "go to code", new=False), picked)

    def copy(self) -> None:
        """Copy what is said of the code."""
        code = self.code
        if code is not None:
            items = self.query_one("#side", PassageList).items
            said = [f"{item.label}: {item.body}" if item.body else item.label for item in items]
            self.app.copy_to_clipboard("\n".join(said))
            self.home.say(f"copied the definition of {code.name}")
