"""A transcript of any length with overlapping codings, for benchmarks; the words are drawn, not anybody's.

Run as a program it shows that transcript alone on screen: `python benchmarks/big_transcript.py`.
"""

import argparse
import random

from tbcp_qual.coding.records import Turn
from tbcp_qual.tui.palette import NAMES
from tbcp_qual.tui.transcript.marks import Mark

WORDS = """the a and she he it was like then because worker midwife really thought erm you know came back health visitor
first second baby home council appointment never told me about that before they started coming round to see us"""


def transcript(lines: int, *, seed: int = 7) -> tuple[str, list[Turn]]:
    """Return a text of so many lines, interviewer and parent in turn, and its turns."""
    draw, words = random.Random(seed), WORDS.split()
    parts: list[str] = []
    turns: list[Turn] = []
    place = 0
    for line in range(lines):
        speaker, role = ("P07", "participant") if line % 3 else ("INT", "interviewer")
        said = " ".join(
            " ".join(draw.choices(words, k=draw.randint(4, 14))).capitalize() + "." for _ in range(draw.randint(1, 3))
        )
        start = place + len(speaker) + 2
        turns.append(
            Turn(
                id=f"t{line}", head=place, start=start, end=start + len(said), speaker=speaker,
                role="interviewer" if role == "interviewer" else "participant", time=line * 7.0,
            )
        )  # fmt: skip
        parts.append(f"{speaker}: {said}\n")
        place += len(parts[-1])
    return "".join(parts), turns


def codings(turns: list[Turn], count: int, *, seed: int = 11) -> list[Mark]:
    """Return so many marks, from a few words to several turns, many of them overlapping."""
    draw = random.Random(seed)
    marks = []
    for index in range(count):
        turn = draw.randrange(len(turns) - 4)
        first = turns[turn]
        last = turns[turn + draw.choice((0, 0, 0, 1, 3))]
        start = draw.randrange(first.start, max(first.end - 10, first.start + 1))
        colour = NAMES[index % len(NAMES)]
        marks.append(Mark(id=f"c{index}", start=start, end=last.end, label=colour[:3], colour=colour))
    return marks


def main() -> None:
    """Show it."""
    from textual.app import App, ComposeResult

    from tbcp_qual.tui.transcript.view import TranscriptView

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--codings", type=int, default=5_000)
    asked = parser.parse_args()

    class Page(App[None]):
        def compose(self) -> ComposeResult:
            yield TranscriptView()

        def on_mount(self) -> None:
            text, turns = transcript(asked.lines)
            view = self.query_one(TranscriptView)
            view.load(text, turns, codings(turns, asked.codings), turns[len(turns) // 2].start)
            view.focus()

    Page().run()


if __name__ == "__main__":
    main()
