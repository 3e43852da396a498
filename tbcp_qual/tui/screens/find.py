"""Finding: words over everything, in their context; and the codings that answer what is asked of them."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from tbcp_qual.tui.screens.find_codings import CodingsPane
from tbcp_qual.tui.screens.find_words import WordsPane
from tbcp_qual.tui.screens.panes import TABS, PanedScreen


class FindScreen(PanedScreen):
    """Two panes: words, and codings."""

    NAME = "Find"
    CSS_PATH = ["mode.tcss", "find.tcss"]
    PANES = (WordsPane, CodingsPane)
    BINDINGS: ClassVar[list[BindingType]] = [
        *TABS,
        Binding("slash", "look", "Type words", id="find.look", tooltip="Type the words to find"),
        Binding("y", "copy", "Copy with label", id="find.copy", tooltip="Copy the words with their source label"),
        Binding("c", "on('words', 'code_all')", "Code all hits", id="find.code_all", tooltip="Code all hits, shown first"),
        Binding("f", "on('words', 'choose_kinds')", "Where to look", id="find.kinds", tooltip="Look in transcripts, memos …"),
        Binding("g", "on('words', 'group')", "Group", id="find.group", tooltip="Group hits by document, by source type"),
        Binding("c", "on('codings', 'ask_codes')", "Codes", id="find.codes", tooltip="Which codes, each with all below it"),
        Binding("f", "on('codings', 'choose_filter')", "Filter", id="find.filter", tooltip="Filter by source, case, coder …"),
        Binding("plus", "on('codings', 'ask_beside')", "With", id="find.with", tooltip="Only beside another code"),
        Binding("minus", "on('codings', 'ask_apart')", "Without", id="find.without", tooltip="Only where another code is not"),
        Binding(
            "exclamation_mark", "on('codings', 'turn_negative')", "Negative cases", id="find.negative",
            tooltip="Only negative cases; again: none of them; again: all",
        ),
        Binding("a", "on('codings', 'anew')", "Ask anew", id="find.anew", tooltip="Ask nothing any more, and begin again"),
        Binding("x", "on('codings', 'not_asked')", "Ask no more", id="find.not_asked", tooltip="Take away what is lit beside"),
        Binding("k", "on('codings', 'keep_query')", "Keep query", id="find.keep", tooltip="Keep what is asked under a name"),
        Binding("o", "on('codings', 'open_query')", "Open query", id="find.open", tooltip="Ask what was kept under a name"),
        Binding("d", "on('codings', 'drop_query')", "Delete query", id="find.drop", tooltip="Delete a query that was kept"),
        Binding("l", "on('codings', 'keep_in_record')", "Log", id="find.log", tooltip="Keep in the record what you looked for, and why"),
        Binding("v", "on('codings', 'view_record')", "View log", id="find.record", tooltip="Who looked for what, when, what for"),
        Binding("w", "on('codings', 'write')", "Write CSV", id="find.write", tooltip="Write the codings found to a CSV file"),
    ]  # fmt: skip

    @property
    def words(self) -> WordsPane:
        """The pane that finds words."""
        return self.query_one(WordsPane)

    @property
    def codings(self) -> CodingsPane:
        """The pane that retrieves codings."""
        return self.query_one(CodingsPane)

    def retrieve_codes(self, *codes: str) -> None:
        """Retrieve the codings of codes and of all below them."""
        self.go_to_pane(CodingsPane.NAME)
        self.codings.retrieve_codes(codes)

    def action_look(self) -> None:
        """Type the words to find."""
        if self.tab == WordsPane.NAME:
            self.words.look()
        else:
            self.codings.look()

    def action_copy(self) -> None:
        """Copy the words the cursor is on."""
        if self.tab == WordsPane.NAME:
            self.words.copy()
        else:
            self.codings.copy()
