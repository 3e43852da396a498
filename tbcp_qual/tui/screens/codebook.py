"""The codebook: codes with their definitions, themes, what waits to be recoded, and versions."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from tbcp_qual.coding.counting import some
from tbcp_qual.tasks.frameworks import Agreed, agree
from tbcp_qual.tui.screens.codebook_codes import CodesPane
from tbcp_qual.tui.screens.codebook_queue import QueuePane
from tbcp_qual.tui.screens.codebook_themes import ThemesPane
from tbcp_qual.tui.screens.codebook_versions import VersionsPane
from tbcp_qual.tui.screens.panes import TABS, PanedScreen


class CodebookScreen(PanedScreen):
    """Four panes."""

    NAME = "Codebook"
    CSS_PATH = ["mode.tcss", "codebook.tcss"]
    PANES = (CodesPane, ThemesPane, QueuePane, VersionsPane)
    BINDINGS: ClassVar[list[BindingType]] = [
        *TABS,
        Binding("n", "on('codes', 'new_below')", "New code below", id="codes.new", tooltip="A new code below this one"),
        Binding("a", "on('codes', 'new_beside')", "New code beside", id="codes.beside", tooltip="A new code beside it"),
        Binding("r", "on('codes', 'rename')", "Rename code", id="codes.rename", tooltip="Give the code another name"),
        Binding("e", "on('codes', 'edit')", "Edit definition", id="codes.edit", tooltip="Write the code's definition"),
        Binding("v", "on('codes', 'move')", "Move", id="codes.move", tooltip="Take hold of a code, to drop elsewhere"),
        Binding("b", "on('codes', 'drop_before')", "Drop before", id="codes.drop", tooltip="Drop it before this one"),
        Binding("j", "on('codes', 'merge')", "Merge into", id="codes.merge", tooltip="Let another code stand for it"),
        Binding(
            "t", "on('codes', 'split')", "Split", id="codes.split", tooltip="Split a code; moving: drop at the top"
        ),
        Binding("k", "on('codes', 'recolour')", "Colour", id="codes.colour", tooltip="Give the code another colour"),
        Binding("x", "on('codes', 'retire')", "Retire", id="codes.retire", tooltip="Retire the code, or bring it back"),
        Binding("f", "on('codes', 'show_others')", "Show", id="codes.show", tooltip="Show provisional, retired codes"),
        Binding("y", "on('codes', 'copy')", "Copy", id="codes.copy", tooltip="Copy the definition"),
        Binding("slash", "on('codes', 'look')", "Find code", id="codes.find", tooltip="Find a code by a few letters"),
        Binding("left", "on('codes', 'fold')", "Fold", show=False, id="codes.fold", tooltip="Hide what is below it"),
        Binding(
            "right", "on('codes', 'unfold')", "Unfold", show=False, id="codes.unfold", tooltip="Show what is below"
        ),
        Binding(
            "shift+up", "on('codes', 'up')", "Up", show=False, id="codes.up", tooltip="Put it before the one above"
        ),
        Binding(
            "shift+down", "on('codes', 'down')", "Down", show=False, id="codes.down", tooltip="Put it further down"
        ),
        Binding("shift+left", "on('codes', 'out')", "Out", show=False, id="codes.out", tooltip="Put it a level higher"),
        Binding("shift+right", "on('codes', 'into')", "In", show=False, id="codes.in", tooltip="Put it a level deeper"),
        Binding("n", "on('themes', 'new')", "New theme", id="themes.new", tooltip="Make a theme"),
        Binding("r", "on('themes', 'rename')", "Rename theme", id="themes.rename", tooltip="Give it another name"),
        Binding("e", "on('themes', 'edit')", "Define theme", id="themes.edit", tooltip="Write the theme's definition"),
        Binding("c", "on('themes', 'take_codes')", "Add codes", id="themes.codes", tooltip="Let the theme take codes"),
        Binding(
            "q", "on('themes', 'ask_questions')", "Questions", id="themes.asks", tooltip="What questions it answers"
        ),
        Binding(
            "x",
            "on('themes', 'take_away')",
            "Delete theme",
            id="themes.delete",
            tooltip="Delete it, or take a code out",
        ),
        Binding("shift+up", "on('themes', 'up')", "Up", show=False, id="themes.up", tooltip="Put the theme further up"),
        Binding("shift+down", "on('themes', 'down')", "Down", show=False, id="themes.down", tooltip="… further down"),
        Binding("k", "on('queue', 'keep')", "Keep", id="queue.keep", tooltip="The coding is right as the code is now"),
        Binding("K", "on('queue', 'keep_all')", "Keep all", id="queue.keep_all", tooltip="Keep all of this code"),
        Binding("c", "on('queue', 'change')", "Change code", id="queue.change", tooltip="Give the coding another code"),
        Binding("x", "on('queue', 'drop')", "Drop coding", id="queue.drop", tooltip="Take the coding away"),
        Binding("f", "on('queue', 'next_reason')", "Reason", id="queue.reason", tooltip="Show one reason, or all"),
        Binding(
            "o", "on('queue', 'show_others')", "Others'", id="queue.others", tooltip="Show others' codings as well"
        ),
        Binding("m", "jot", "Memo", id="codebook.memo", tooltip="Write a memo on the code or the theme"),
        Binding("g", "agree", "Agree", id="codebook.agree", tooltip="Agree provisional codes, and keep a version"),
    ]

    @property
    def codes(self) -> CodesPane:
        """The pane of the codes."""
        return self.query_one(CodesPane)

    def go_to(self, kind: str, record: str) -> None:
        """Put the cursor on a code or a theme."""
        if kind == "theme":
            self.go_to_pane(ThemesPane.NAME)
            self.query_one(ThemesPane).go_to(record)
        else:
            self.go_to_pane(CodesPane.NAME)
            self.codes.go_to(record)

    def action_agree(self) -> None:
        """Agree the codes that are provisional, and keep the codebook as a version."""
        from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog

        desk = self.desk
        lit = self.codes.code if self.tab == CodesPane.NAME else None
        provisional = [code for _, code in desk.codebook.walk() if code.status == "provisional"]
        if lit is None or lit.status == "agreed" or len(provisional) < 2:
            self._agree("", len(provisional))
            return

        def chosen(what: str | None) -> None:
            if what is not None:
                self._agree("" if what == "all" else lit.id, len(provisional) if what == "all" else 1)

        choices = [
            Choice(value="all", text=f"all {len(provisional)} provisional codes"),
            Choice(value="one", text=f"only {lit.name}"),
        ]
        self.app.push_screen(ChoiceDialog("agree", choices), chosen)

    def _agree(self, code: str, number: int) -> None:
        from tbcp_qual.tui.dialogs.value import ValueDialog

        coder = self.desk.viewer

        def named(label: str | None) -> None:
            if label is None:
                return

            def done(agreed: Agreed | None) -> None:
                if agreed is None:
                    self.say("Nothing is provisional, and the last version says the same already.")

            paths = [code] if code else []
            self.bench.do(lambda project: agree(project, coder=coder, label=label, paths=paths), done)

        title = f"agree {some(number, 'code')}, and keep the codebook as a version called"
        hint = "Such as “After the pilot”; it may be empty. What is agreed can be compared with any later codebook."
        self.app.push_screen(ValueDialog(title, "", hint=hint), named)
