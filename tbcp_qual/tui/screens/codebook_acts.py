"""What is done to codes on screen: each act says first what it touches, and is one revision that can be undone.

The rules are in `tasks/`; each act is made from the codebook as it is when it is written.
"""

from collections.abc import Callable, Sequence
from typing import get_args

from tbcp_qual.coding import edits
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.counting import some
from tbcp_qual.coding.edits import Touched
from tbcp_qual.coding.records import Code, Origin, Status, Theme
from tbcp_qual.store import Project
from tbcp_qual.tasks import code_acts
from tbcp_qual.tasks.coding import Act
from tbcp_qual.tui import palette
from tbcp_qual.tui.labels import short_labels
from tbcp_qual.tui.screens.panes import Pane

Make = Callable[[Codebook, Sequence[Theme]], Act]

CLOSED = {"origin": get_args(Origin), "status": get_args(Status)}
"""Fields of a code that take one of a few values."""


class CodebookActs(Pane):
    """The acts; which code is lit is the pane's."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.moving = ""
        """Id of the code that is being moved; empty for none."""

    @property
    def code(self) -> Code | None:
        """The code that is lit; None where there is none."""
        raise NotImplementedError

    def changed(self) -> None:
        """Show anew."""
        raise NotImplementedError

    def _do(self, make: Make) -> None:
        coder = self.home.desk.viewer

        def job(project: Project) -> None:
            act = make(Codebook(project.records("code")), project.records("theme"))
            project.apply(act.label, act.changes, coder=coder)

        self.home.bench.do(job)

    def _touched(self, code: Code, then: Callable[[Touched], None]) -> None:
        """Count what an act on a code would touch, and go on."""
        viewer = self.home.desk.viewer

        def job(project: Project) -> Touched:
            now = project.snapshot(viewer)
            return edits.touched(now.codebook, now.codings, now.themes, now.codebook.by_id[code.id])

        self.home.look_up("touched", job, then)

    # -- new codes, names, words

    def new_below(self) -> None:
        """Make a code below the one that is lit."""
        self._new(self.code)

    def new_beside(self) -> None:
        """Make a code beside the one that is lit, or at the top."""
        parent = self.code.parent if self.code is not None else None
        self._new(self.home.desk.codes.get(parent or ""))

    def _new(self, under: Code | None) -> None:
        from tbcp_qual.tui.dialogs.value import ValueDialog

        def named(name: str | None) -> None:
            if name:
                self._do(
                    lambda book, _: code_acts.add(book, name, under=book.by_id.get(under.id) if under else None)[1]
                )

        where = f"below {under.name}" if under else "at the top"
        hint = "It is provisional until it is agreed. e writes its definition."
        self.app.push_screen(ValueDialog(f"new code {where}", "", hint=hint), named)

    def rename(self) -> None:
        """Give the code another name."""
        from tbcp_qual.tui.dialogs.value import ValueDialog

        code = self.code
        if code is None:
            return

        def ask(touched: Touched) -> None:
            def named(name: str | None) -> None:
                if name and name != code.name:
                    self._do(lambda book, _: code_acts.rename(book, book.by_id[code.id], name))

            hint = _waits(touched, "the name")
            self.app.push_screen(ValueDialog(f"rename {code.name}", code.name, hint=hint), named)

        self._touched(code, ask)

    def edit(self) -> None:
        """Write the definition of the code."""
        self.edit_field("")

    def edit_field(self, field: str) -> None:
        """Change one field of the code, or its whole definition, beginning with a field."""
        code = self.code
        if code is None:
            return
        if field == "colour":
            self.recolour()
        elif field == "name":
            self.rename()
        elif field in CLOSED:
            self._choose(code, field)
        else:
            self._touched(code, lambda touched: self._define(code, field, touched))

    def _define(self, code: Code, field: str, touched: Touched) -> None:
        from tbcp_qual.tui.code_rows import FIELDS, PROSE
        from tbcp_qual.tui.dialogs.definition import Asked, DefinitionDialog

        asked = [
            Asked(name=name, title=FIELDS[name], words=getattr(code, name), long=name not in ("brief", "domain"))
            for name in PROSE
        ]

        def written(values: dict[str, str] | None) -> None:
            if values:
                self._do(lambda book, _: code_acts.define(book.by_id[code.id], values))

        dialog = DefinitionDialog(code.name, asked, field, hint=_waits(touched, "the definition"))
        self.app.push_screen(dialog, written)

    def _choose(self, code: Code, field: str) -> None:
        from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog

        def chosen(value: str | None) -> None:
            if value and value != getattr(code, field):
                self._do(lambda book, _: code_acts.define(book.by_id[code.id], {field: value}))

        choices = [Choice(value=value) for value in CLOSED[field]]
        self.app.push_screen(ChoiceDialog(f"{field} of {code.name}", choices, getattr(code, field)), chosen)

    def recolour(self) -> None:
        """Give the code a colour of the palette."""
        from tbcp_qual.tui.dialogs.several import Offer
        from tbcp_qual.tui.dialogs.swatches import SwatchDialog

        code = self.code
        if code is None:
            return

        def chosen(name: str | None) -> None:
            if name is not None:
                self._do(lambda book, _: code_acts.recolour(book.by_id[code.id], name))

        dark = self.app.current_theme.dark
        book = self.home.desk.codebook
        inherited = palette.colour(book.colour(code.parent) if code.parent else "", dark=dark)
        offers = [Offer(key=name, name=name, colour=palette.colour(name, dark=dark)) for name in palette.NAMES]
        above = Offer(key="", name="as the code above", colour=inherited)
        self.app.push_screen(SwatchDialog(f"colour of {code.name}", [*offers, above], code.colour), chosen)

    # -- places in the tree

    def move(self) -> None:
        """Take hold of the code, to drop it elsewhere."""
        code = self.code
        if code is None:
            return

        def hold(touched: Touched) -> None:
            self.moving = code.id
            self.changed()
            keys = "{list.choose} below the lit code · {codes.drop} before it · {codes.split} to the top · {modes.back}"
            self.home.say(f"{_moving(code, touched)}: {self.home.keyed(keys)}")

        self._touched(code, hold)

    def say_what_moves(self, id: str, still: Callable[[], bool]) -> None:
        """Say what goes along with a code that is dragged, if it `still` is once that is counted."""
        code = self.home.desk.codes[id]
        where = "let go over a code: below it; under all codes: to the top"

        def say(touched: Touched) -> None:
            if still():
                self.home.say(f"{_moving(code, touched)}: {where}")

        self._touched(code, say)

    def drop_below(self) -> bool:
        """Drop what is moved below the lit code; False where nothing is."""
        target = self.code
        moved = self._let_go()
        if moved and target is not None and target.id != moved:
            self.drop(moved, target.id)
        return bool(moved)

    def drop_before(self) -> None:
        """Drop what is moved before the lit code."""
        target = self.code
        moved = self._let_go()
        if moved and target is not None and target.id != moved:

            def make(book: Codebook, _: Sequence[Theme]) -> Act:
                before = book.by_id[target.id]
                return code_acts.place(book, book.by_id[moved], book.by_id.get(before.parent or ""), before)

            self._do(make)
        elif not moved:
            self.home.say(self.home.keyed("{codes.move} takes hold of a code first."))

    def drop(self, moved: str, onto: str) -> None:
        """Hang a code below another; at the top where that is empty."""
        self._do(lambda book, _: code_acts.move(book, book.by_id[moved], book.by_id.get(onto)))

    def _let_go(self) -> str:
        moved, self.moving = self.moving, ""
        if moved:
            self.changed()
            self.home.say_keys()
        return moved

    def up(self) -> None:
        """Put the code before the one above it."""
        self._shift(-1)

    def down(self) -> None:
        """Put the code after the one below it."""
        self._shift(1)

    def _shift(self, step: int) -> None:
        code = self.code
        if code is None:
            return

        def make(book: Codebook, _: Sequence[Theme]) -> Act:
            now = book.by_id[code.id]
            siblings = [c for c in book.children.get(now.parent, []) if not c.retired or c.id == now.id]
            place = siblings.index(now) + (step if step < 0 else 2)
            before = siblings[place] if 0 <= place < len(siblings) else None
            if (step < 0 and place < 0) or (step > 0 and place > len(siblings)):
                return Act("", [])
            return code_acts.place(book, now, book.by_id.get(now.parent or ""), before)

        self._do(make)

    def out(self) -> None:
        """Put the code beside the one it lies below, right after it."""
        code = self.code
        if code is None or code.parent is None:
            self.home.say("It is at the top already.")
            return

        def make(book: Codebook, _: Sequence[Theme]) -> Act:
            now = book.by_id[code.id]
            if now.parent is None:
                # Pressed twice, before the first had been shown.
                return Act("", [])
            parent = book.by_id[now.parent]
            siblings = book.children.get(parent.parent, [])
            place = siblings.index(parent) + 1
            before = siblings[place] if place < len(siblings) else None
            return code_acts.place(book, now, book.by_id.get(parent.parent or ""), before)

        self._do(make)

    def into(self) -> None:
        """Put the code below the one before it."""
        code = self.code
        if code is None:
            return
        book = self.home.desk.codebook
        siblings = [c for c in book.children.get(code.parent, []) if not c.retired or c.id == code.id]
        place = next((n for n, c in enumerate(siblings) if c.id == code.id), 0)
        if not place:
            self.home.say("There is no code before it at its level.")
            return
        self.drop(code.id, siblings[place - 1].id)

    # -- merging, splitting, retiring

    def merge(self) -> None:
        """Let another code stand for this one."""
        from tbcp_qual.tui.dialogs.picker import CodePicker, Picked

        code = self.code
        if code is None:
            return

        def ask(touched: Touched) -> None:
            book = self.home.desk.codebook

            def picked(answer: Picked | None) -> None:
                if answer is not None and answer.code:
                    self._do(
                        lambda now, themes: code_acts.merge(now, themes, now.by_id[code.id], now.by_id[answer.code])
                    )

            title = f"merge {code.name} ({touched}) into"
            self.app.push_screen(CodePicker(book, short_labels(book), (), title, new=False), picked)

        self._touched(code, ask)

    def split(self) -> None:
        """Make new codes of parts of the code; while a code is moved, drop it at the top."""
        if self.moving:
            self.drop(self._let_go(), "")
            return
        from tbcp_qual.tui.dialogs.value import ValueDialog

        code = self.code
        if code is None:
            return

        def ask(touched: Touched) -> None:
            def named(names: str | None) -> None:
                parts = [part for part in (names or "").split(";") if part.strip()]
                if parts:
                    self._do(lambda book, themes: code_acts.split(book, themes, book.by_id[code.id], parts))

            hint = f"Names of the new codes below it, divided by ; {_waits(touched, 'what it means')}"
            self.app.push_screen(ValueDialog(f"split {code.name} into", "", hint=hint), named)

        self._touched(code, ask)

    def retire(self) -> None:
        """Take the code out of use with all below it, or bring it back."""
        code = self.code
        if code is None:
            return
        if code.merged_into:
            self.home.say("It was merged: u takes that back, where it was the last thing done.", problem=True)
            return
        if code.retired:
            self._do(lambda book, _: code_acts.restore(book, book.by_id[code.id]))
            return
        from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog

        def ask(touched: Touched) -> None:
            def chosen(what: str | None) -> None:
                if what:
                    self._do(lambda book, _: code_acts.retire(book, book.by_id[code.id]))

            both = f"{code.name} and {some(touched.children, 'code')} below" if touched.children else code.name
            choice = Choice(value="retire", text=f"retire {both}", note=str(touched))
            self.app.push_screen(ChoiceDialog("codings keep the code; nobody can use it any more", [choice]), chosen)

        self._touched(code, ask)


def _waits(touched: Touched, what: str) -> str:
    """Say which codings wait in the recode queue once what a code means is another."""
    if not touched.codings:
        return "No coding has it yet."
    waits = "1 coding waits" if touched.codings == 1 else f"{touched.codings:,} codings wait"
    return f"When {what} changes, {waits} in the recode queue, each for its own coder."


def _moving(code: Code, touched: Touched) -> str:
    goes = f" with {some(touched.children, 'code')} below" if touched.children else ""
    return f"moving {code.name}{goes} and {some(touched.codings, 'coding')}"
