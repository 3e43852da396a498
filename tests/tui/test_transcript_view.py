"""The transcript widget, driven by keys and mouse in a running app."""

from textual.app import App, ComposeResult

from tbcp_qual.coding.records import Turn
from tbcp_qual.coding.spans import Span
from tbcp_qual.tui.transcript.marks import Mark
from tbcp_qual.tui.transcript.view import TranscriptView

SAID = [
    ("INT", "How did you first hear of it?"),
    ("P07", "My midwife said there is this lady. She just sat with me. She came back the week after, as she had said."),
    ("P07", "It was not for the form."),
    ("INT", "What was that like?"),
    ("P07", "Different."),
]


def transcript(said: list[tuple[str, str]]) -> tuple[str, list[Turn]]:
    """A text and its turns."""
    text, turns = "", []
    for index, (speaker, body) in enumerate(said):
        head = len(text)
        text += f"{speaker}: "
        role = "interviewer" if speaker == "INT" else "participant"
        turns.append(
            Turn(id=f"t{index}", head=head, start=len(text), end=len(text) + len(body), speaker=speaker, role=role)
        )
        text += body + "\n"
    return text, turns


class Page(App[None]):
    """A transcript alone, with what it said."""

    def __init__(self, said: list[tuple[str, str]] = SAID, marks: tuple[Mark, ...] = (), caret: int = 0) -> None:
        super().__init__()
        self.text, self.turns = transcript(said)
        self.marks = marks
        self.start = caret
        self.heard: list[object] = []

    def compose(self) -> ComposeResult:
        yield TranscriptView(id="transcript")

    def on_mount(self) -> None:
        view = self.query_one(TranscriptView)
        view.load(self.text, self.turns, self.marks, self.start)
        view.focus()

    def on_transcript_view_caret_moved(self, event: TranscriptView.CaretMoved) -> None:
        self.heard.append((event.caret, event.turn_index))

    def on_transcript_view_selection_changed(self, event: TranscriptView.SelectionChanged) -> None:
        self.heard.append(event.selection)


async def test_s_selects_the_sentence_then_the_turn_then_the_answer_and_the_caret_stays() -> None:
    text, turns = transcript(SAID)
    page = Page(caret=text.index("just"))
    async with page.run_test(size=(80, 24)) as pilot:
        view = page.query_one(TranscriptView)
        await pilot.press("s")
        assert view.selection == Span(text.index("She just"), text.index("She just") + len("She just sat with me."))
        await pilot.press("s")
        assert view.selection == Span(turns[1].start, turns[1].end)
        await pilot.press("s")
        assert view.selection == Span(turns[1].start, turns[2].end)
        assert view.caret == text.index("just")
        assert view.turn_index == 1
        assert len(page.heard) == 3
