"""The transcript widget, driven by keys and mouse in a running app."""

import unicodedata
from typing import Self

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.events import MouseMove, MouseScrollDown
from textual.geometry import Region
from textual.pilot import Pilot

from tbcp_qual.coding.records import Turn
from tbcp_qual.coding.spans import Span
from tbcp_qual.tui.palette import DARK, LIGHT
from tbcp_qual.tui.transcript.marks import Mark
from tbcp_qual.tui.transcript.view import TranscriptView

from .driving import pull

Said = list[tuple[str, str]]

SAID = [
    ("INT", "How did you first hear of it?"),
    ("P07", "My midwife said there is this lady. She just sat with me. She came back the week after, as she had said."),
    ("P07", "It was not for the form."),
    ("INT", "What was that like?"),
    ("P07", "Different."),
]
LONG = [("INT" if n % 3 == 0 else "P07", f"Turn {n}. It was all right, then she rang again.") for n in range(200)]
NASTY = [
    ("[P07]", "[P07] to [NAME]"),
    ("P07", "[/office] and [bold]not bold[/bold] [link=x]y[/link]"),
    ("P07", "\x1b[31mred\x1b[0m \x07bell \x9b2J"),
    ("عربي", "العربية نص قصير and עברית"),
    ("P07", "e\u0301e\u0301 n\u0303 \u0301alone"),
    ("P07", "👩‍👩‍👧 👍🏽 🇬🇧 ❤️ 日本語"),
    ("P07", "x" * 10_000),
    ("P07", ""),
    ("P07", "\u202egnorw\u202c \ufeff\u200b tab\there"),
    ("A very long name of somebody", "She rang."),
]
SIZES = [(40, 20), (80, 24), (160, 50)]


class Watched(TranscriptView):
    """A transcript that notes which rows it asks to have painted again."""

    repainted: set[int] = set()

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        top = self.scroll_offset.y
        places = [top + y for region in regions for y in region.line_range]
        self.repainted = self.repainted | set(places or range(top, top + self.size.height))
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)


class Page(App[None]):
    """A transcript alone, with what it said."""

    def __init__(self, said: Said = SAID, marks: tuple[Mark, ...] = (), caret: int = 0) -> None:
        super().__init__()
        self.text, self.turns = "", list[Turn]()
        for index, (speaker, body) in enumerate(said):
            head = len(self.text)
            self.text += f"{speaker}: "
            start = len(self.text)
            self.text += body
            self.turns.append(
                Turn(
                    id=f"t{index}", head=head, start=start, end=len(self.text), speaker=speaker, time=index * 60.0,
                    role="interviewer" if speaker == "INT" else "participant", section="Later" if index > 3 else "",
                )
            )  # fmt: skip
            self.text += "\n"
        self.marks = marks
        self.start = caret
        self.heard: list[object] = []

    def compose(self) -> ComposeResult:
        yield Watched(id="transcript")

    def on_mount(self) -> None:
        self.view.load(self.text, self.turns, self.marks, self.start)
        self.view.focus()

    @property
    def view(self) -> Watched:
        return self.query_one(Watched)

    def on_transcript_view_caret_moved(self, event: TranscriptView.CaretMoved) -> None:
        assert event.view is self.view
        self.heard.append((event.caret, event.turn_index))

    def on_transcript_view_selection_changed(self, event: TranscriptView.SelectionChanged) -> None:
        self.heard.append(event.selection)

    def span(self, words: str) -> Span:
        """Where these words stand."""
        start = self.text.index(words)
        return Span(start, start + len(words))

    def chosen(self) -> str | None:
        """The words selected."""
        return None if self.view.selection is None else self.text[slice(*self.view.selection)]

    def cell(self, offset: int) -> tuple[int, int]:
        """The cell of the widget where an offset is painted."""
        row, column = self.view._rows.position(offset)
        return self.view._columns.text_start + column, row - self.view.scroll_offset.y

    def row_of(self, turn: Turn) -> int:
        return self.view._rows.position(turn.start)[0]

    def lines(self) -> list[str]:
        """What stands on the screen."""
        return [self.view.render_line(y).text.rstrip() for y in range(self.view.size.height)]


def marked(page: Page, words: str, label: str, colour: str = "blue", *, negative: bool = False) -> Mark:
    start, end = page.span(words)
    return Mark(id=words, start=start, end=end, label=label, colour=colour, negative=negative)


async def drag(pilot: Pilot[None], page: Page, start: int, end: int) -> None:
    await pilot.mouse_down(page.view, offset=page.cell(start))
    await pull(pilot, page.view, page.cell(end))
    await pilot.mouse_up(page.view, offset=page.cell(end))


@pytest.mark.parametrize("size", SIZES)
async def test_s_selects_sentence_turn_answer_and_the_caret_stays(size: tuple[int, int]) -> None:
    page = Page()
    page.start = page.text.index("just")
    async with page.run_test(size=size) as pilot:
        await pilot.press("s")
        assert page.chosen() == "She just sat with me."
        await pilot.press("s")
        assert page.chosen() == SAID[1][1]
        await pilot.press("s")
        assert page.chosen() == f"{SAID[1][1]}\nP07: {SAID[2][1]}"
        assert page.view.caret == page.start
        assert page.view.turn_index == 1
        assert len(page.heard) == 3


@pytest.mark.parametrize("size", SIZES)
async def test_every_key_of_the_table_does_what_it_says(size: tuple[int, int]) -> None:
    page = Page()
    async with page.run_test(size=size) as pilot:
        await pilot.press("right", "right")
        assert page.view.caret == page.text.index("you")
        await pilot.press("left", "}")
        assert page.view.turn_index == 1
        await pilot.press("ctrl+down", "{", "ctrl+up")
        assert page.view.caret == page.turns[0].start
        await pilot.press("}", ")")
        assert page.chosen() == "My midwife said there is this lady."
        await pilot.press(")")
        assert page.chosen() == "My midwife said there is this lady. She just sat with me."
        await pilot.press("(", "[", "[")
        assert page.chosen() == "My midwife said there is"
        await pilot.press("]")
        assert page.chosen() == "My midwife said there is this"
        await pilot.press("shift+right", "shift+left", "shift+left")
        assert page.chosen() == "My midwife said there is"
        await pilot.press("ctrl+end")
        assert page.view.caret == page.turns[-1].end
        assert page.chosen() is None
        await pilot.press("ctrl+home", "down")
        assert page.view.turn_index in (0, 1)
        await pilot.press("shift+end")
        assert page.view.selection is not None


async def test_one_key_gives_at_most_one_message_of_each_kind() -> None:
    page = Page()
    async with page.run_test(size=(80, 24)) as pilot:
        await pilot.press("shift+right")
        first = page.span("How")
        assert page.heard == [(first.end, 0), first]
        await pilot.press("left")
        assert page.heard[2:] == [(first.start, 0), None]
        await pilot.press("left")
        assert len(page.heard) == 4


async def test_the_app_moves_selects_and_clears() -> None:
    page = Page(LONG)
    async with page.run_test(size=(80, 24)) as pilot:
        page.view.move_to(page.turns[100].start, centre=True)
        await pilot.pause()
        assert page.cell(page.view.caret)[1] == page.view.size.height // 2
        page.view.select(page.span("Turn 150. It was"))
        await pilot.pause()
        assert page.chosen() == "Turn 150. It was"
        assert page.view.turn_index == 150
        page.view.clear_selection()
        await pilot.pause()
        assert page.heard[-1] is None
        assert page.view.turn_index == 150


async def test_a_document_opens_where_it_was_left() -> None:
    page = Page(LONG)
    page.start = page.turns[120].start
    async with page.run_test(size=(80, 24)):
        assert page.view.caret == page.start
        assert 3 <= page.cell(page.start)[1] <= 20


@pytest.mark.parametrize("size", SIZES)
async def test_the_caret_keeps_three_rows_from_the_edge_while_there_are_more(size: tuple[int, int]) -> None:
    page = Page(LONG)
    async with page.run_test(size=size) as pilot:
        for key in ["down"] * 40 + ["pagedown"] * 3 + ["up"] * 20 + ["}"] * 9 + ["pageup"] + ["{"] * 9:
            await pilot.press(key)
            assert 3 <= page.cell(page.view.caret)[1] <= page.view.size.height - 4 or page.view.scroll_offset.y == 0


async def test_moving_the_caret_paints_only_the_rows_it_leaves_and_enters() -> None:
    page = Page()
    async with page.run_test(size=(60, 24)) as pilot:
        await pilot.press("}", "down")
        page.view.repainted = set()
        await pilot.press("right")
        assert page.view.repainted == {3}
        page.view.repainted = set()
        await pilot.press("down")
        assert page.view.repainted == {3, 4}


async def test_a_click_places_the_caret_and_more_clicks_take_word_sentence_turn() -> None:
    page = Page()
    target = page.text.index("at with")
    async with page.run_test(size=(80, 24)) as pilot:
        taken = []
        for times in (1, 2, 3, 4):
            await pilot.click(page.view, offset=page.cell(target), times=times)
            taken.append(page.chosen())
            await pilot.pause(0.6)
        assert taken == [None, "sat", "She just sat with me.", SAID[1][1]]
        await pilot.click(page.view, offset=page.cell(target))
        assert page.view.caret == target
        assert page.chosen() is None


async def test_a_drag_selects_whole_words_and_shift_click_extends() -> None:
    page = Page()
    async with page.run_test(size=(80, 24)) as pilot:
        await drag(pilot, page, page.text.index("ust sat"), page.text.index("ack the"))
        assert page.chosen() == "just sat with me. She came back"
        await pilot.click(page.view, offset=page.cell(page.text.index("eek")), shift=True)
        assert page.chosen() == "just sat with me. She came back the week"
        assert page.app.mouse_captured is None
        start, end = (page.cell(page.text.index(words)) for words in ("ust sat", "at with"))
        await pilot.mouse_down(page.view, offset=start)
        await pull(pilot, page.view, end)
        await pilot.mouse_up(page.view, offset=end, control=True)
        assert page.chosen() == "ust sa"
        await pilot.press("ctrl+shift+left")
        assert page.chosen() == "ust s"


async def test_a_drag_at_the_edge_scrolls_until_the_button_is_up() -> None:
    page = Page(LONG)
    async with page.run_test(size=(80, 20)) as pilot:
        await pilot.mouse_down(page.view, offset=page.cell(page.text.index("all right")))
        await pull(pilot, page.view, (30, 19))
        await pilot.pause(0.5)
        assert page.view.scroll_offset.y > 2
        await pilot.mouse_up(page.view, offset=(30, 19))
        stopped = page.view.scroll_offset.y
        assert page.view.selection is not None
        assert page.view.selection.start == page.text.index("all right")
        await pilot.pause(0.2)
        assert page.view.scroll_offset.y == stopped


async def test_a_pointer_that_passes_without_a_button_selects_nothing() -> None:
    page = Page()
    async with page.run_test(size=(80, 24)) as pilot:
        await pilot.hover(page.view, offset=(30, 4))
        page.view.post_message(MouseMove(page.view, 35, 4, 1, 0, 0, False, False, False))
        await pilot.pause()
        assert page.heard == []


async def test_a_drag_ends_with_the_first_move_without_a_button() -> None:
    """A terminal may lose the news that the button is up: outside its window, or in a multiplexer."""
    page = Page()
    async with page.run_test(size=(80, 24)) as pilot:
        await pilot.mouse_down(page.view, offset=page.cell(page.text.index("ust sat")))
        await pull(pilot, page.view, page.cell(page.text.index("at with")))
        await pilot.hover(page.view, offset=page.cell(page.text.index("week")))
        assert page.chosen() == "just sat"
        assert page.app.mouse_captured is None
        await pilot.hover(page.view, offset=page.cell(page.text.index("form")))
        assert page.chosen() == "just sat"


async def test_the_wheel_scrolls_and_leaves_the_caret() -> None:
    page = Page(LONG)
    async with page.run_test(size=(80, 24)) as pilot:
        for _ in range(5):
            await pilot._post_mouse_events([MouseScrollDown], page.view, (20, 10))
        await pilot.pause()
        assert page.view.scroll_offset.y >= 5
        assert page.view.caret == page.turns[0].start
        await pilot.press("right")
        assert page.cell(page.view.caret)[1] >= 0


async def test_a_page_at_eighty_columns_reads_like_this() -> None:
    page = Page()
    page.marks = (
        marked(page, "She just sat with me. She came back the week after", "kw"),
        marked(page, "She came back the week after", "lis", "orange", negative=True),
    )
    async with page.run_test(size=(80, 14)):
        assert page.lines() == [
            "1 ┊ INT  How did you first hear of it?           00:00:00",
            "  ┊",
            "2 ┊ P07  My midwife said there is this lady. She just sat  ▎kw",
            "  ┊      with me. She came back the week after, as she     ▎   ▎−lis",
            "  ┊      had said.",
            "  ┊",
            "3 ┊ P07  It was not for the form.                00:02:00",
            "  ┊",
            "4 ┊ INT  What was that like?                     00:03:00",
            "  ┊",
            "  ┊      Later",
            "5 ┊ P07  Different.                              00:04:00",
            "",
            "",
        ]


async def test_a_page_at_forty_columns_reads_like_this() -> None:
    page = Page()
    page.marks = (
        marked(page, "She just sat with me. She came", "kw"),
        marked(page, "sat with me. She came", "lis", "orange"),
        marked(page, "She came", "late", "red", negative=True),
        marked(page, "It was", "key worker"),
    )
    async with page.run_test(size=(40, 12)):
        assert page.lines() == [
            "1┊INT How did you first hear",
            " ┊    of it?",
            " ┊",
            "2┊P07 My midwife said there",
            " ┊    is this lady. She just ▎kw",
            " ┊    sat with me. She came  ▎▎▎lis −l…",
            " ┊    back the week after,",
            " ┊    as she had said.",
            " ┊",
            "3┊P07 It was not for the     ▎key work…",
            " ┊    form.",
            " ┊",
        ]


async def test_beyond_four_lanes_the_others_are_counted() -> None:
    page = Page()
    page.marks = tuple(Mark(id=f"{n}", start=page.turns[2].start, end=page.turns[2].end, label="c") for n in range(7))
    async with page.run_test(size=(80, 24)):
        line = page.lines()[page.row_of(page.turns[2])]
        assert line.count("▎") == 4
        assert line.endswith("+3")


async def test_new_marks_paint_only_their_rows() -> None:
    page = Page()
    kept = marked(page, "How did", "a")
    page.marks = (kept,)
    async with page.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        page.view.repainted = set()
        added = marked(page, "It was not", "b")
        page.view.update_marks([kept, added])
        await pilot.pause()
        assert page.view.repainted == {page.row_of(page.turns[2])}
        assert "▎b" in page.lines()[page.row_of(page.turns[2])]
        page.view.repainted = set()
        page.view.update_marks([kept, added])
        assert page.view.repainted == set()
        page.view.update_marks([added])
        assert page.view.repainted == {0}


async def test_single_marks_come_and_go_beside_the_others() -> None:
    page = Page()
    kept = marked(page, "How did", "a")
    page.marks = (kept,)
    async with page.run_test(size=(80, 24)) as pilot:
        page.view.change_marks(put=[marked(page, "How did you", "b")])
        await pilot.pause()
        assert page.lines()[0].endswith("▎a  ▎b")
        page.view.change_marks(put=[marked(page, "It was not", "c")], gone=[kept.id, "unknown"])
        await pilot.pause()
        assert page.lines()[0].endswith("00:00:00      ▎b")
        assert page.lines()[page.row_of(page.turns[2])].endswith("▎c")
        await pilot.resize_terminal(60, 24)
        assert page.lines()[0].endswith("▎b")


@pytest.mark.parametrize("size", [(6, 3), (14, 6), *SIZES])
async def test_nasty_strings_are_shown_as_they_are_and_break_nothing(size: tuple[int, int]) -> None:
    page = Page(NASTY, (Mark(id="m", start=0, end=9_000, label="[/b]", colour="no such colour"),))
    async with page.run_test(size=size) as pilot:
        seen = ""
        for key in [None, *["}"] * 12, "s", "s", "ctrl+end", *["pageup"] * 30, "shift+down", "shift+right"]:
            if key:
                await pilot.press(key)
            for y in range(page.view.size.height):
                strip = page.view.render_line(y)
                assert cell_len(strip.text) == strip.cell_length == page.view.scrollable_size.width == size[0] - 1
                assert not any(unicodedata.category(c) == "Cc" or c in "\u202e\u202c" for c in strip.text)
                seen += strip.text
        assert size[0] < 40 or ("[P07] to [NAME]" in seen and "[/office] and" in seen)


async def test_a_document_without_turns_takes_every_key() -> None:
    page = Page([])
    async with page.run_test(size=(40, 20)) as pilot:
        await pilot.press("right", "down", "s", ")", "[", "pagedown", "}", "shift+right", "ctrl+end", "home")
        await pilot.click(page.view, offset=(20, 3), times=2)
        assert (page.view.caret, page.view.selection, page.view.turn_index) == (0, None, 0)
        assert page.heard == []


async def test_another_width_keeps_the_caret_the_selection_and_its_row_on_the_screen() -> None:
    page = Page(LONG)
    async with page.run_test(size=(160, 24)) as pilot:
        page.view.move_to(page.turns[100].start + 9, centre=True)
        await pilot.press("s")
        before = page.view.caret, page.view.selection
        height = page.view._rows.height
        await pilot.resize_terminal(40, 24)
        await pilot.pause()
        assert page.view._rows.height > height
        assert (page.view.caret, page.view.selection) == before
        assert abs(page.cell(page.view.caret)[1] - 12) <= 1


async def test_another_document_takes_the_place_of_the_first() -> None:
    page = Page(LONG)
    async with page.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+end", "s")
        other = Page()
        page.view.load(other.text, other.turns, (), other.turns[3].start)
        await pilot.pause()
        assert (page.view.turn_index, page.view.selection, page.view.scroll_offset.y) == (3, None, 0)
        assert "What was that like?" in "\n".join(page.lines())


async def test_stripes_take_the_colours_of_the_theme() -> None:
    page = Page()
    page.marks = (marked(page, "How did", "a", "orange"),)

    def stripe() -> str | None:
        return next(
            s.style.color.name for s in page.view.render_line(0) if s.text.startswith("▎") and s.style and s.style.color
        )

    async with page.run_test(size=(80, 24)) as pilot:
        assert stripe() == DARK["orange"]
        page.theme = "textual-light"
        await pilot.pause()
        assert stripe() == LIGHT["orange"]


async def test_without_colour_coded_words_are_underlined_and_selected_ones_reversed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    page = Page()
    page.marks = (marked(page, "My midwife said", "a"),)
    async with page.run_test(size=(80, 24)) as pilot:
        page.view.select(page.span("How did"))
        await pilot.pause()
        first = {s.text: s.style for s in page.view.render_line(0) if s.style}
        second = {s.text: s.style for s in page.view.render_line(2) if s.style}
        assert first["ow did"].reverse
        assert second["My midwife said"].underline


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_with_the_terminals_own_colours_the_caret_shows_in_a_selection(theme: str) -> None:
    page = Page()
    async with page.run_test(size=(80, 24)) as pilot:
        page.theme = theme
        await pilot.press("s")
        styles = {s.text: s.style for s in page.view.render_line(0) if s.style}
        assert styles["ow did you first hear of it?"].reverse
        assert not styles["H"].reverse
        assert styles["H"].underline


async def test_without_the_focus_the_caret_is_shown_at_rest() -> None:
    page = Page()
    async with page.run_test(size=(80, 24)) as pilot:
        focused = [s.style for s in page.view.render_line(0) if s.text == "H"]
        page.set_focus(None)
        await pilot.pause()
        assert [s.style for s in page.view.render_line(0) if s.text == "H"] != focused
