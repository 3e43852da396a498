"""Memos: all that the team wrote, kind by kind, searched and narrowed; each opens at what it is about."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from tbcp_qual.tui.screens.memo_list import MemosPane
from tbcp_qual.tui.screens.panes import PanedScreen


class MemosScreen(PanedScreen):
    """One pane."""

    NAME = "Memos"
    CSS_PATH = ["mode.tcss", "history.tcss"]
    PANES = (MemosPane,)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "jot", "New memo", id="memos.new", tooltip="Write a memo on what the text shows, or the project"),
        Binding("e", "on('memos', 'edit')", "Edit", id="memos.edit", tooltip="Change what a memo of yours says"),
        Binding("x", "on('memos', 'take_away')", "Delete", id="memos.delete", tooltip="Delete it, or unlink a coding"),
        Binding("slash", "on('memos', 'look')", "Search", id="memos.look", tooltip="Only memos with some words"),
        Binding("k", "on('memos', 'by_kind')", "Kind", id="memos.kind", tooltip="Only memos of one kind"),
        Binding("b", "on('memos', 'by_coder')", "By whom", id="memos.coder", tooltip="Only what one coder wrote"),
        Binding("d", "on('memos', 'by_document')", "Document", id="memos.document", tooltip="Only on one document"),
        Binding("a", "on('memos', 'all_again')", "All", id="memos.all", tooltip="Show all memos again"),
        Binding("w", "on('memos', 'write')", "Write file", id="memos.write", tooltip="Write all memos to a file"),
        Binding("y", "on('memos', 'copy')", "Copy", id="memos.copy", tooltip="Copy the memo"),
    ]

    def go_to(self, kind: str, record: str) -> None:
        """Put the cursor on a memo."""
        self.query_one(MemosPane).go_to(record)
