"""What coding all turns of a speaker would do, turn by turn, before it is done."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType

from tbcp_qual.coding.records import Code
from tbcp_qual.store import Project
from tbcp_qual.tasks.finding import ToCode, speaker_to_code
from tbcp_qual.tui.dialogs.code_all import CodeAllDialog


class CodeSpeakerDialog(CodeAllDialog):
    """Shows the turns that would be coded; Enter codes them as one act."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "where", "This document or all", tooltip="Only in this document, or in all"),
    ]

    def __init__(self, speaker: str, code: Code, document: str) -> None:
        """Make a dialog.

        Args:
            speaker: whose turns.
            code: what they are to be coded as.
            document: id of the document that is looked through first.
        """
        super().__init__(speaker, code, [document])
        self._document = document
        self._extent = "turn"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whole turns are coded, and nothing else."""
        return action != "extent"

    def _plan(self) -> Callable[[Project], ToCode]:
        speaker, code, documents, viewer = self._typed, self._code, self._documents, self.bench.desk.viewer
        return lambda project: speaker_to_code(project, speaker, code, coder=viewer, documents=documents)

    def _offers(self) -> str:
        only = self._documents is not None
        return (
            f"d {'only in this document ✓' if only else 'only in this document'} · {'in all' if only else 'in all ✓'}"
        )

    def action_where(self) -> None:
        """Look through this document only, or through all."""
        self._documents = None if self._documents is not None else [self._document]
        self._look()
