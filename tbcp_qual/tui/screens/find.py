"""Finding: words over everything, in their context; and the codings that answer what is asked of them."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tbcp_qual.tui.screens.find_codings import CodingsPane
from tbcp_qual.tui.screens.find_words import WordsPane
from tbcp_qual.tui.screens.mode import ModeScreen

WORDS, CODINGS = "words", "codings"


class FindScreen(ModeScreen):
    """Two panes, of which one is seen at a time."""

    NAME = "Find"
    CSS_PATH = ["mode.tcss", "find.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "other", "Words or codings", id="find.tab", tooltip="Find words, or retrieve codings"),
        Binding("slash", "look", "Type words", id="find.look", tooltip="Type the words to find"),
        Binding("s", "side", "Narrow", id="find.side", tooltip="Go to the pane beside: narrow, widen, change"),
        Binding("y", "copy", "Copy with label", id="find.copy", tooltip="Copy the words with their source label"),
        Binding("c", "words('code_all')", "Code all hits", id="find.code_all", tooltip="Code all hits, shown first"),
        Binding("f", "words('choose_kinds')", "Where to look", id="find.kinds", tooltip="Look in transcripts, memos …"),
        Binding("g", "words('group')", "Group", id="find.group", tooltip="Group hits by document, by source type"),
        Binding("c", "codings('ask_codes')", "Codes", id="find.codes", tooltip="Which codes, each with all below it"),
        Binding("f", "codings('choose_filter')", "Filter", id="find.filter", tooltip="Filter by source, case, coder …"),
        Binding("plus", "codings('ask_beside')", "With", id="find.with", tooltip="Only beside another code"),
        Binding("minus", "codings('ask_apart')", "Without", id="find.without", tooltip="Only where another code is not"),
        Binding(
            "exclamation_mark", "codings('turn_negative')", "Negative cases", id="find.negative",
            tooltip="Only negative cases; again: none of them; again: all",
        ),
        Binding("a", "codings('anew')", "Ask anew", id="find.anew", tooltip="Ask nothing any more, and begin again"),
        Binding("x", "codings('not_asked')", "Ask no more", id="find.not_asked", tooltip="Take away what is lit beside"),
        Binding("k", "codings('keep_query')", "Keep query", id="find.keep", tooltip="Keep what is asked under a name"),
        Binding("o", "codings('open_query')", "Open query", id="find.open", tooltip="Ask what was kept under a name"),
        Binding("d", "codings('drop_query')", "Delete query", id="find.drop", tooltip="Delete a query that was kept"),
        Binding("l", "codings('keep_in_record')", "Log", id="find.log", tooltip="Keep in the record what you looked for, and why"),
        Binding("v", "codings('view_record')", "View log", id="find.record", tooltip="Who looked for what, when, what for"),
        Binding("w", "codings('write')", "Write CSV", id="find.write", tooltip="Write the codings found to a CSV file"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._tab = WORDS

    @property
    def words(self) -> WordsPane:
        """The pane that finds words."""
        return self.query_one(WordsPane)

    @property
    def codings(self) -> CodingsPane:
        """The pane that retrieves codings."""
        return self.query_one(CodingsPane)

    @property
    def pane(self) -> WordsPane | CodingsPane:
        """The pane that is seen."""
        return self.words if self._tab == WORDS else self.codings

    def body(self) -> ComposeResult:
        """Lay out the panes."""
        yield WordsPane(id="words")
        yield CodingsPane(id="codings")

    def on_mount(self) -> None:
        """Begin with words."""
        super().on_mount()
        self._show_tab(WORDS)

    def _show_tab(self, name: str) -> None:
        self._tab = name
        self.words.display = name == WORDS
        self.codings.display = name == CODINGS
        self.remove_class("side-only")
        self.refresh_bindings()
        self.pane.enter()
        self.show_pane()
        self.say(self.pane.hint())

    def show_pane(self) -> None:
        """Say which pane is seen, and how much it holds."""
        other = "codings" if self._tab == WORDS else "words"
        self.show_where(f" ▸ {self.pane.summary()}   tab {other}")

    def refresh_all(self) -> None:
        """Find again what was found, now that something changed."""
        self.words.changed()
        self.codings.changed()
        self.show_pane()

    def step_back(self) -> bool:
        """Widen what was narrowed."""
        return self.pane.step_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what the pane that is seen can do."""
        return self._tab == action if action in (WORDS, CODINGS) else True

    def retrieve_code(self, code: str) -> None:
        """Retrieve the codings of a code and of all below it."""
        self._show_tab(CODINGS)
        self.codings.retrieve_code(code)

    # -- keys

    def action_other(self) -> None:
        """Go to the other pane."""
        self._show_tab(CODINGS if self._tab == WORDS else WORDS)

    def action_words(self, what: str) -> None:
        """Let the pane of words do something."""
        getattr(self.words, what)()

    def action_codings(self, what: str) -> None:
        """Let the pane of codings do something."""
        getattr(self.codings, what)()

    def action_look(self) -> None:
        """Type the words to find."""
        self.pane.look()

    def action_copy(self) -> None:
        """Copy the words the cursor is on."""
        self.pane.copy()

    def action_side(self) -> None:
        """Go to the pane beside, or back."""
        if self.pane.side.has_focus:
            self.remove_class("side-only")
            self.pane.focus_list()
        else:
            self.set_class(self.has_class("narrow"), "side-only")
            self.remove_class("folded")
            self.pane.side.focus()

    def action_fold(self) -> None:
        """Fold the side pane, or bring it up."""
        super().action_fold()
        if self.has_class("side-only"):
            self.pane.side.focus()
        else:
            self.pane.focus_list()
