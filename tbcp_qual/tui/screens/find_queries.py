"""Queries that are kept, the record of what was looked for, and writing what was found to a file."""

from collections.abc import Callable
from typing import NamedTuple

from tbcp_qual.analysis.retrieval import Retrieved, Wanted, from_wording, in_words
from tbcp_qual.coding.counting import some
from tbcp_qual.coding.records import Query, Round
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.errors import QualError
from tbcp_qual.tui.screens.panes import Pane
from tbcp_qual.tui.widgets.passages import Passage


class Ground(NamedTuple):
    """What retrievals are run on; read once, as long as nothing changes."""

    changes: int
    now: Snapshot
    rounds: dict[str, Round]
    queries: tuple[Query, ...]


class Queries(Pane):
    """What is done with a query; what it asks and finds is the pane's."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.wanted = Wanted()
        self._ground: Ground | None = None
        self._found: list[Retrieved] | None = None
        """None until something was read."""

    def run(self, wanted: Wanted | None = None) -> None:
        """Ask, and show what answers."""
        raise NotImplementedError

    def keep_query(self) -> None:
        """Keep what is asked under a name."""
        from tbcp_qual.tasks.querying import save_query
        from tbcp_qual.tui.dialogs.value import ValueDialog

        wanted, coder = self.wanted, self.home.desk.viewer
        names = [query.name for query in self._ground.queries] if self._ground else []

        def named(name: str | None) -> None:
            if name:
                self.home.bench.do(lambda project: save_query(project, name, wanted, coder=coder))

        hint = "A name that is there already is written over."
        self.app.push_screen(ValueDialog("keep this query as", "", hint=hint, offered=names), named)

    def open_query(self) -> None:
        """Choose a query that was kept."""
        self._pick_query("open query", self._open)

    def drop_query(self) -> None:
        """Choose a query to delete."""
        self._pick_query("delete query", self._drop)

    def _pick_query(self, title: str, then: Callable[[str], None]) -> None:
        from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog

        queries = self._ground.queries if self._ground else ()
        if not queries:
            self.home.say("No query was kept yet: k keeps this one.", problem=True)
            return
        choices = [Choice(value=query.id, text=query.name) for query in queries]
        self.app.push_screen(ChoiceDialog(title, choices), lambda query: then(query) if query else None)

    def _query(self, id: str) -> Query | None:
        return next((query for query in (self._ground.queries if self._ground else ()) if query.id == id), None)

    def _open(self, id: str) -> None:
        query = self._query(id)
        if query is None:
            return
        try:
            self.run(from_wording(query.wording))
        except QualError as problem:
            self.home.say(f"{problem.message} {problem.hint}".strip(), problem=True)
            return
        self.focus_list()
        self.home.say(f"query {query.name}")

    def _drop(self, id: str) -> None:
        from tbcp_qual.tasks.querying import delete_query

        query, coder = self._query(id), self.home.desk.viewer
        if query is not None:
            self.home.bench.do(lambda project: delete_query(project, query.name, coder=coder))

    def keep_in_record(self) -> None:
        """Keep in the record that one looked for this, and what for."""
        from tbcp_qual.tasks.querying import log_search
        from tbcp_qual.tui.dialogs.value import ValueDialog

        if self._found is None:
            return
        wanted, hits, coder = self.wanted, len(self._found), self.home.desk.viewer
        before = dict.fromkeys(search.purpose for search in reversed(self.home.desk.frame.searches) if search.purpose)

        def said(purpose: str | None) -> None:
            if purpose is not None:
                self.home.bench.do(lambda project: log_search(project, wanted, hits, purpose=purpose, coder=coder))

        hint = f"Kept: what is asked, that {some(hits, 'coding')} answered, you, and now."
        title = "what did you look for this for"
        self.app.push_screen(ValueDialog(title, "", hint=hint, offered=list(before)), said)

    def view_record(self) -> None:
        """Show who looked for what, when, and what for."""
        from tbcp_qual.tui.dialogs.reading import ReadDialog

        now = self.home.desk.frame
        items = [
            Passage(
                key=search.id,
                label=f"{search.at[:16].replace('T', ' ')} · {now.coder_by_id[search.coder].name}",
                note=some(search.hits, "coding"),
                body=f"{search.purpose or 'no purpose said'}\n{_worded(search.wording, now)}",
            )
            for search in sorted(now.searches, key=lambda search: search.at, reverse=True)
        ]
        empty = "Nothing is in the record yet: l keeps in it that you looked for something, and what for."
        self.app.push_screen(ReadDialog("what was looked for", items, empty=empty))

    def let_out(self) -> bool:
        """Write codings with what is known of each, who may be quoted among it."""
        self.write()
        return True

    def write(self) -> None:
        """Write the codings found to a CSV file, after the disclosure check."""
        from tbcp_qual.tui.screens.letting_out import let_codings_out

        if self._ground is None or not self._found:
            self.home.say("There is nothing to write.", problem=True)
            return
        let_codings_out(self.home, self._ground.now, self._found)


def _worded(wording: str, now: Snapshot) -> str:
    try:
        return in_words(from_wording(wording), now)
    except QualError as problem:
        return problem.message
