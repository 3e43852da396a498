"""History: who did what when, before and after, and an earlier state of one thing or of all brought back."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from tbcp_qual.tui.screens.history_acts import ActsPane
from tbcp_qual.tui.screens.panes import PanedScreen


class HistoryScreen(PanedScreen):
    """One pane."""

    NAME = "History"
    CSS_PATH = ["mode.tcss", "history.tcss"]
    PANES = (ActsPane,)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "on('acts', 'restore')", "Bring back", id="acts.restore", tooltip="Bring an earlier state back"),
        Binding(
            "d", "on('acts', 'by_document')", "Document", id="acts.document", tooltip="Only what touched a document"
        ),
        Binding("c", "on('acts', 'by_code')", "Code", id="acts.code", tooltip="Only what was done with a code"),
        Binding("b", "on('acts', 'by_coder')", "By whom", id="acts.coder", tooltip="Only what one coder did"),
        Binding("k", "on('acts', 'by_kind')", "Kind", id="acts.kind", tooltip="Only codings, memos, codes, cases …"),
        Binding("t", "on('acts', 'by_day')", "Since", id="acts.since", tooltip="Only what was done since a day"),
        Binding("a", "on('acts', 'all_again')", "All", id="acts.all", tooltip="Show all acts again"),
    ]
