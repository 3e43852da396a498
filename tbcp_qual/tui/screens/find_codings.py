"""Retrieving codings: what is asked is changed piece by piece, and the passages that answer are there to read."""

from dataclasses import replace
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from tbcp_qual.analysis.retrieval import Relation, Retrieved, Wanted, in_words, retrieve
from tbcp_qual.coding.counting import some
from tbcp_qual.store import Project
from tbcp_qual.tui import going
from tbcp_qual.tui.asking import FIELDS, LEFT_OUT, NO, YES, Asking, asked_lines
from tbcp_qual.tui.palette import colour
from tbcp_qual.tui.screens.find_queries import Ground, Queries
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import LineList
from tbcp_qual.tui.widgets.passages import Passage, PassageList

SHOWN = 300
"""Passages that are laid out at a time; the next follow when the cursor comes to the last."""

TEACHING = "Nothing answers this. x beside takes a filter away, a asks anew."
UNUSED = "Nothing is coded yet: in the text (C), s takes a sentence and c gives it a code."


class CodingsPane(Queries):
    """Passages to read, and beside them what is asked."""

    NAME = "codings"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown = SHOWN

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        with Vertical(id="sheet"):
            yield Bar(id="asked")
            yield PassageList(id="found", empty="reading …")
        yield LineList(id="side")

    @property
    def found(self) -> PassageList:
        """The passages."""
        return self.query_one("#found", PassageList)

    def focus_list(self) -> None:
        """Go to the passages."""
        self.found.focus()

    def look(self) -> None:
        """Ask for words in the coded words."""
        self.ask("words")

    def enter(self) -> None:
        """Begin where it was left."""
        self.focus_list()
        if self._ground is None or self._ground.changes != self.home.bench.changes:
            self.run()

    def summary(self) -> str:
        """Say what was found."""
        if self._found is None:
            return "codings"
        documents = len({one.coding.document for one in self._found})
        return f"{some(len(self._found), 'coding')} in {some(documents, 'document')}"

    def hint(self) -> str:
        """Say the keys."""
        if self.side.has_focus:
            return "{list.choose} changes · {find.not_asked} takes away · {panes.side} back to the passages"
        return (
            "{list.choose} opens · {find.codes} codes · {find.filter} filter · {find.with} with · {find.without} without"
            " · {find.keep} keep · {find.log} log · {find.write} CSV"
        )

    def changed(self) -> None:
        """Read anew, where this is seen; else when it is."""
        if self.display:
            self.run()

    # -- running

    def run(self, wanted: Wanted | None = None) -> None:
        """Ask, and show what answers."""
        if wanted is not None:
            self.wanted = wanted
            self._shown = SHOWN
        asked, ground = self.wanted, self._ground
        viewer, changes = self.home.desk.viewer, self.home.bench.changes
        self._show_asked()

        def job(project: Project) -> tuple[Ground, list[Retrieved]]:
            base = ground
            if base is None or base.changes != changes:
                rounds = {one.id: one for one in project.records("round")}
                queries = sorted(project.records("query"), key=lambda query: query.name.casefold())
                base = Ground(changes, project.snapshot(viewer), rounds, tuple(queries))
            return base, retrieve(base.now, asked, rounds=base.rounds)

        def read(answer: tuple[Ground, list[Retrieved]]) -> None:
            self._ground, self._found = answer
            self._show_asked()
            self._show()

        self.home.read(job, read)

    def _show(self) -> None:
        found, ground = self._found or [], self._ground
        if ground is None:
            return
        book, coders, dark = ground.now.codebook, ground.now.coder_by_id, self.app.current_theme.dark
        items = []
        for one in found[: self._shown]:
            code = book.current(one.coding.code)
            flags = "  − negative case" if one.coding.negative else ""
            prompted = f"  {one.coding.prompted}" if one.coding.prompted else ""
            memo = f"\nmemo: {one.coding.memo}" if one.coding.memo else ""
            items.append(
                Passage(
                    key=one.coding.id,
                    label=f"{code.name}{flags}{prompted}",
                    note=f"{one.source} · {coders[one.coding.coder].name}",
                    body=" ".join(one.words.split()) + memo,
                    sign="▎",
                    colour=colour(book.colour(code.id), dark=dark),
                )
            )
        if len(found) > self._shown:
            items.append(Passage(key="", label=f"… and {len(found) - self._shown:,} more: go on down"))
        self.found.teach(TEACHING if ground.now.codings else UNUSED)
        self.found.show_items(items)
        self.home.show_pane()

    def _show_asked(self) -> None:
        asking = self._asking()
        words = in_words(self.wanted, asking.now)
        self.query_one("#asked", Bar).show(strong=words, right="s change")
        queries = self._ground.queries if self._ground else ()
        self.side.show(asked_lines(self.wanted, asking, queries))

    def _asking(self) -> Asking:
        ground = self._ground
        return Asking(self.home.desk.frame, tuple(ground.rounds.values()) if ground else ())

    @on(LineList.Moved, "#found")
    def _moved(self, event: LineList.Moved) -> None:
        keys = [item.key for item in self.found.items if item.key]
        if self._found is not None and len(self._found) > self._shown and keys and event.line.key == keys[-1]:
            self._shown += SHOWN
            self._show()

    @on(LineList.Chosen, "#found")
    def _chosen(self, event: LineList.Chosen) -> None:
        one = next((one for one in self._found or () if one.coding.id == event.line.key), None)
        if one is not None and not going.to_coding(self.home.bench, one.coding.document, one.coding.id):
            self.home.bench.code_screen.say(f"{one.source}: not placed in the present text.", problem=True)

    def copy(self) -> None:
        """Copy the passage with its source label."""
        one = next((one for one in self._found or () if self.found.line and one.coding.id == self.found.line.key), None)
        if one is not None:
            self.app.copy_to_clipboard(f"“{' '.join(one.words.split())}” ({one.source})")
            self.home.say("copied with its label")

    # -- asking

    def retrieve_codes(self, codes: tuple[str, ...]) -> None:
        """Ask for codes with all below them, and for nothing else."""
        self.run(Wanted(codes=codes))

    def anew(self) -> None:
        """Ask nothing any more."""
        self.run(Wanted())

    def ask_codes(self) -> None:
        """Ask for codes."""
        self.ask("codes")

    def turn_negative(self) -> None:
        """Ask for negative cases only, then for none of them, then for all."""
        after: dict[bool | None, bool | None] = {None: True, True: False, False: None}
        self.run(replace(self.wanted, negative=after[self.wanted.negative]))

    def ask_beside(self) -> None:
        """Ask for another code beside."""
        self._beside(without=False)

    def ask_apart(self) -> None:
        """Ask that another code is not there."""
        self._beside(without=True)

    def ask(self, name: str) -> None:
        """Change one thing that is asked."""
        asking = self._asking()
        field = FIELDS[name]
        if name == "words":
            from tbcp_qual.tui.dialogs.value import ValueDialog

            hint = 'Words, "a phrase", begin*, a NEAR/5 b, a OR b, a -b. Empty it to ask for none.'
            dialog = ValueDialog("words in the coded words", self.wanted.words, hint=hint)
            self.app.push_screen(dialog, lambda words: None if words is None else self.run(self._with(name, words)))
        elif field.choices:
            from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog

            choices = [Choice(value=value) for value in field.choices]
            if field.unasked not in field.choices:
                choices.append(Choice(value="", text=f"· {field.unasked}"))
            now = field.said(self.wanted, asking) or field.unasked
            self.app.push_screen(ChoiceDialog(field.title, choices, now), lambda v: self._chose(name, v))
        else:
            from tbcp_qual.tui.dialogs.several import SeveralDialog

            offers = field.offers(asking, dark=self.app.current_theme.dark)
            if not offers:
                self.home.say(f"There is no {field.title} in this project yet.", problem=True)
                return
            marked = field.marked(self.wanted)
            self.app.push_screen(SeveralDialog(field.title, offers, marked), lambda keys: self._took(name, keys))

    def _with(self, name: str, value: Any) -> Wanted:
        return replace(self.wanted, **{name: value})

    def _chose(self, name: str, value: str | None) -> None:
        if value is None:
            return
        if name == "only":
            self.run(self._with(name, value == LEFT_OUT))
        elif name == "negative":
            self.run(self._with(name, {YES: True, NO: False}.get(value)))
        else:
            self.run(self._with(name, value))

    def _took(self, name: str, keys: tuple[str, ...] | None) -> None:
        if keys is not None:
            self.run(self._with(name, FIELDS[name].value(keys)))

    def choose_filter(self) -> None:
        """Choose what to change."""
        from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog

        asking = self._asking()
        choices = [
            Choice(value=name, text=field.title, note=field.said(self.wanted, asking)) for name, field in FIELDS.items()
        ]
        self.app.push_screen(ChoiceDialog("filter codings by", choices), lambda name: self.ask(name) if name else None)

    def _beside(self, *, without: bool) -> None:
        from tbcp_qual.tui.dialogs.several import SeveralDialog

        offers = FIELDS["codes"].offers(self._asking(), dark=self.app.current_theme.dark)

        def took(codes: tuple[str, ...] | None) -> None:
            if codes:
                self._where(codes, without=without)

        self.app.push_screen(SeveralDialog("without which code" if without else "with which code", offers), took)

    def _where(self, codes: tuple[str, ...], *, without: bool) -> None:
        from tbcp_qual.tui.asking import WHERE
        from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog
        from tbcp_qual.tui.dialogs.value import ValueDialog

        def relate(relation: Relation) -> None:
            self.run(replace(self.wanted, relations=(*self.wanted.relations, relation)))

        def chosen(scope: Any) -> None:
            if not scope:
                return
            relation = Relation(codes=codes, scope=scope, without=without)
            if scope != "near":
                relate(relation)
                return

            def typed(value: str | None) -> None:
                if value is not None:
                    relate(replace(relation, distance=int(value)))

            def problem(value: str) -> str:
                fits = value.strip().isdecimal() and int(value) < 100_000
                return "" if fits else "It must be a whole number of characters."

            hint = "Characters between the two, at most."
            dialog = ValueDialog("how near", str(relation.distance), hint=hint, problem=problem)
            self.app.push_screen(dialog, typed)

        choices = [Choice(value=scope, text=said) for scope, said in WHERE.items()]
        self.app.push_screen(ChoiceDialog("where it must not be" if without else "where it must be", choices), chosen)

    @on(LineList.Chosen, "#side")
    def _change(self, event: LineList.Chosen) -> None:
        what, _, rest = event.line.key.partition(":")
        if what == "query":
            self._open(rest)
        elif what == "relation":
            self.not_asked()
        else:
            self.ask(rest)

    def not_asked(self) -> None:
        """Take away what the side pane is on."""
        line = self.side.line
        what, _, rest = line.key.partition(":") if line is not None and self.side.has_focus else ("", "", "")
        if what == "field":
            self.run(self._with(rest, getattr(Wanted(), rest)))
        elif what == "relation":
            kept = tuple(r for n, r in enumerate(self.wanted.relations) if n != int(rest))
            self.run(replace(self.wanted, relations=kept))
        elif what == "query":
            self._drop(rest)
        else:
            self.home.say("s goes to the pane beside; there x takes away what is lit.")
