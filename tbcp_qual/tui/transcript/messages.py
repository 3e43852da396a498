"""What a transcript tells the screen around it."""

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from tbcp_qual.tui.transcript.view import TranscriptView


class FromView(Message):
    """What a transcript tells the screen around it."""

    def __init__(self, view: "TranscriptView") -> None:
        super().__init__()
        self.view = view

    @property
    def control(self) -> "TranscriptView":
        """The view it happened in."""
        return self.view
