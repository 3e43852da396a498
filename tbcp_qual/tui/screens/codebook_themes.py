"""Themes: named sets of codes with a definition; beside them what each says and takes."""

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from tbcp_qual.analysis.themes import codes_of
from tbcp_qual.coding.codebook import Codebook, in_order
from tbcp_qual.coding.counting import some
from tbcp_qual.coding.records import Theme
from tbcp_qual.store import Project
from tbcp_qual.tasks import themes as acts
from tbcp_qual.tasks.coding import Act
from tbcp_qual.tui import going
from tbcp_qual.tui.code_rows import counted
from tbcp_qual.tui.palette import colour
from tbcp_qual.tui.screens.panes import Pane
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import Line, LineList
from tbcp_qual.tui.widgets.passages import Passage, PassageList

CODE = "code:"
"""Begins the key of a code that a theme takes."""

Make = Callable[[Sequence[Theme], Theme, Codebook], Act]


class ThemesPane(Pane):
    """The themes in their order."""

    NAME = "themes"
    _wanted = ""
    """Id of the theme that was just made, to go to when it is there."""

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        with Vertical(id="sheet"):
            yield Bar(id="head")
            yield LineList(id="themes", empty="No themes yet. n makes one, c gives it codes.")
            yield Bar(id="brief")
        yield PassageList(id="side")

    @property
    def _list(self) -> LineList:
        return self.query_one("#themes", LineList)

    @property
    def theme(self) -> Theme | None:
        """The theme that is lit; None where there is none."""
        key = self._list.line.key if self._list.line is not None else ""
        return next((theme for theme in self.home.desk.frame.themes if theme.id == key), None)

    def focus_list(self) -> None:
        """Go to the themes."""
        self._list.focus()

    def summary(self) -> str:
        """Say how many themes there are."""
        return some(len(self.home.desk.frame.themes), "theme")

    def hint(self) -> str:
        """Say the keys."""
        if self.side.has_focus:
            return (
                "{list.choose} changes what is lit · {themes.delete} takes a code out · {panes.side} back to the themes"
            )
        return (
            "{themes.new} new · {themes.rename} rename · {themes.edit} define · {themes.codes} codes"
            " · {themes.asks} questions · {themes.delete} delete · {list.choose} its passages"
        )

    def changed(self) -> None:
        """Show the themes anew."""
        desk = self.home.desk
        book = desk.codebook
        own, _ = counted(desk.frame, desk.coding_counts)
        self.query_one("#head", Bar).show(strong="theme", right="codes  codings ")
        lines = []
        for theme in desk.frame.themes:
            taken = codes_of(theme, book)
            codings = sum(own[code] for code in taken)
            lines.append(Line(key=theme.id, text=theme.name, note=f"{len(taken):>5}{codings or '':>8}"))
        self._list.show(lines)
        if self._wanted and any(line.key == self._wanted for line in lines):
            self._list.put_cursor(self._wanted)
            self._wanted = ""
        self._define()

    def counted(self) -> None:
        """Show the counts."""
        self.changed()

    @on(LineList.Moved, "#themes")
    def _define(self) -> None:
        theme, side = self.theme, self.query_one("#side", PassageList)
        if theme is None:
            side.show_items([])
            self.query_one("#brief", Bar).show(left="")
            return
        desk, dark = self.home.desk, self.app.current_theme.dark
        book = desk.codebook
        _, branch = counted(desk.frame, desk.coding_counts)
        asked = {question.id: f"{question.key} {question.short or question.text}" for question in desk.frame.questions}
        questions = "\n".join(asked[question] for question in theme.questions if question in asked)
        items = [
            Passage(key="name", label=theme.name),
            Passage(key="definition", label="definition", body=theme.definition or "–"),
            Passage(key="questions", label="questions it speaks to", body=questions or "–"),
            Passage(key="codes", label="codes, each with all below it", tight=bool(theme.codes)),
        ]
        items += [
            Passage(
                key=f"{CODE}{code}",
                label=book.path(code),
                note=str(branch[book.current(code).id] or ""),
                sign="▎",
                colour=colour(book.colour(code), dark=dark),
                tight=True,
            )
            for code in theme.codes
            if code in book.by_id
        ]
        side.show_items(items)
        self.query_one("#brief", Bar).show(left=theme.definition or "no definition yet: e writes one", right="s all")

    def go_to(self, theme: str) -> None:
        """Put the cursor on a theme."""
        self._list.put_cursor(theme)
        self._define()

    # -- acts

    def _do(self, make: Make) -> None:
        """Carry out an act on the lit theme as it is when it is written."""
        theme, coder = self.theme, self.home.desk.viewer
        if theme is None:
            return

        def job(project: Project) -> None:
            now = project.snapshot(coder, [])
            fresh = acts.find_theme(now.themes, theme.id)
            act = make(now.themes, fresh, now.codebook)
            project.apply(act.label, act.changes, coder=coder)

        self.home.bench.do(job)

    def new(self) -> None:
        """Make a theme."""
        from tbcp_qual.tui.dialogs.value import ValueDialog

        coder = self.home.desk.viewer

        def named(name: str | None) -> None:
            if name:

                def job(project: Project) -> str:
                    theme, act = acts.add(project.records("theme"), name)
                    project.apply(act.label, act.changes, coder=coder)
                    return theme.id

                self._wanted = ""
                self.home.bench.do(job, self._want)

        self.app.push_screen(ValueDialog("new theme", "", hint="c gives it codes, e its definition."), named)

    def _want(self, theme: str) -> None:
        self._wanted = theme

    def rename(self) -> None:
        """Give the theme another name."""
        from tbcp_qual.tui.dialogs.value import ValueDialog

        theme = self.theme

        def named(name: str | None) -> None:
            if theme is not None and name and name != theme.name:
                self._do(lambda themes, now, _: acts.rename(themes, now, name))

        if theme is not None:
            self.app.push_screen(ValueDialog(f"rename {theme.name}", theme.name), named)

    def edit(self) -> None:
        """Write the definition of the theme."""
        from tbcp_qual.tui.dialogs.definition import Asked, DefinitionDialog

        theme = self.theme
        if theme is None:
            return

        def written(values: dict[str, str] | None) -> None:
            if values:
                self._do(lambda _, now, __: acts.define(now, values["definition"]))

        asked = [Asked(name="definition", title="definition", words=theme.definition, long=True)]
        self.app.push_screen(DefinitionDialog(theme.name, asked), written)

    def take_codes(self) -> None:
        """Let the theme take codes."""
        from tbcp_qual.tui.asking import FIELDS, Asking
        from tbcp_qual.tui.dialogs.several import SeveralDialog

        theme = self.theme
        if theme is None:
            return
        offers = FIELDS["codes"].offers(Asking(self.home.desk.frame, ()), dark=self.app.current_theme.dark)
        offers = [offer for offer in offers if offer.key not in theme.codes]

        def took(codes: tuple[str, ...] | None) -> None:
            if codes:
                self._do(lambda _, now, book: acts.add_codes(now, [book.by_id[code] for code in codes]))

        self.app.push_screen(SeveralDialog(f"codes for {theme.name}", offers), took)

    def ask_questions(self) -> None:
        """Say to which questions the theme speaks."""
        from tbcp_qual.tui.dialogs.several import Offer, SeveralDialog

        theme = self.theme
        questions = in_order(self.home.desk.frame.questions)
        if theme is None or not questions:
            self.home.say("Questions come with a codebook: tbcp-qual codebook import FILE", problem=True)
            return
        offers = [Offer(key=one.id, name=f"{one.key} {one.short or one.text}") for one in questions]

        def took(keys: tuple[str, ...] | None) -> None:
            if keys is not None:
                self._do(lambda _, now, __: acts.ask(now, keys))

        self.app.push_screen(SeveralDialog(f"questions of {theme.name}", offers, theme.questions), took)

    def take_away(self) -> None:
        """Take the code that is lit beside out of the theme, or delete the theme."""
        line = self.side.line
        if self.side.has_focus:
            if line is not None and line.key.startswith(CODE):
                code = line.key.removeprefix(CODE)
                self._do(lambda _, now, book: acts.remove_codes(now, [book.by_id[code]], book))
            return
        theme, coder = self.theme, self.home.desk.viewer
        if theme is None:
            return

        def job(project: Project) -> None:
            now = project.snapshot(coder)
            act = acts.delete(now, acts.find_theme(now.themes, theme.id))
            project.apply(act.label, act.changes, coder=coder)

        self.home.bench.do(job)

    def up(self) -> None:
        """Put the theme before the one above it."""
        self._shift(-1)

    def down(self) -> None:
        """Put the theme after the one below it."""
        self._shift(1)

    def _shift(self, step: int) -> None:
        def make(themes: Sequence[Theme], now: Theme, _: Codebook) -> Act:
            ordered = [theme for theme in themes if theme.id != now.id]
            place = list(themes).index(now) + step
            if not 0 <= place < len(themes):
                return Act("", [])
            return acts.order(themes, [*ordered[:place], now, *ordered[place:]])

        self._do(make)

    @on(LineList.Chosen, "#themes")
    def _open(self) -> None:
        theme = self.theme
        if theme is not None and theme.codes:
            going.to_codings_of(self.home.bench, *theme.codes)
        elif theme is not None:
            self.home.say("It takes no code yet: c gives it some.")

    @on(LineList.Chosen, "#side")
    def _chosen(self, event: LineList.Chosen) -> None:
        key = event.line.key
        if key.startswith(CODE):
            going.to_record(self.home.bench, "B", "code", key.removeprefix(CODE))
        else:
            {
                "name": self.rename, "definition": self.edit, "questions": self.ask_questions, "codes": self.take_codes,
            }[key]()  # fmt: skip
