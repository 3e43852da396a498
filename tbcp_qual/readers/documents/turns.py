"""A clean text cut into turns: dialogue by its labels, case files by headings, dated entries, bullets and paragraphs.

Documents mix these: notes under headings above a dialogue, or a form with one quoted exchange.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tbcp_qual.coding.records import DocumentKind
from tbcp_qual.readers.documents.blocks import CELL
from tbcp_qual.readers.documents.dates import iso_date
from tbcp_qual.readers.documents.draft import DraftTurn
from tbcp_qual.readers.documents.labels import Label, find_labels, guess_roles, may_be_label
from tbcp_qual.readers.documents.lines import (
    Line,
    bullet,
    is_cue_number,
    is_dated,
    is_lined,
    is_time,
    leading_time,
    lines_of,
    seconds,
)
from tbcp_qual.readers.documents.sections import find_dated, find_days, find_headings, find_topics
from tbcp_qual.readers.documents.wrapped import WIDEST

_FOOTER = re.compile(r"Transcribed by https?://\S+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What was recognised in a text."""

    turns: tuple[DraftTurn, ...]
    kind: DocumentKind
    warnings: tuple[str, ...]


def recognise(
    text: str,
    *,
    headings: Collection[int] = (),
    rows: Sequence[tuple[int, ...]] = (),
    close: Collection[int] = (),
) -> Recognised:
    """Cut a clean text into turns.

    Args:
        text: the clean text.
        headings: where paragraphs begin that the format marks as headings.
        rows: for each table row of several cells, where each cell begins and where the row ends.
        close: where paragraphs begin that stand right below another, though a blank line is between them in the text.
    """
    lines = lines_of(text, headings, rows, close)
    labels = find_labels(lines)
    titles = find_headings(lines, labels)
    if labels and not titles:
        roles = guess_roles(sorted({label.speaker for label in labels.values()}))
        titles = find_topics(lines, labels, {i for i in labels if roles[labels[i].speaker] == "interviewer"})
    dated = set() if labels else find_dated(lines)
    titles |= find_days(lines, dated)
    assembly = _Assembly(text, lines, labels, titles, dated)
    assembly.run()
    entered = sum(bool(line.cells) for line in lines) > 2
    headed = not labels and (len(titles) > 1 or len(dated) > 1 or entered)
    return Recognised(
        turns=tuple(assembly.turns),
        kind="case file" if headed else "interview",
        warnings=_warnings(lines, labels, titles, headed),
    )


class _Assembly:
    """One pass over the lines; what is open is a turn that may still grow, or a head that waits for its words."""

    def __init__(
        self,
        text: str,
        lines: Sequence[Line],
        labels: Mapping[int, Label],
        titles: Mapping[int, str],
        dated: Collection[int],
    ) -> None:
        self.text, self.lines, self.labels, self.titles, self.dated = text, lines, labels, titles, dated
        self.roles = guess_roles(sorted({label.speaker for label in labels.values()}))
        self.turns: list[DraftTurn] = []
        self.section = ""
        self.day = ""
        """Of the entries under a heading that is a date."""
        self.pending: int | None = None
        """Where a heading or time begins that waits for the turn below it."""
        self.time: float | None = None
        self.speaker = ""
        self.open: DraftTurn | None = None
        self.wordless = False
        """Whether the open turn has only its label yet."""
        first = min(labels, default=0)
        after = [
            i
            for i in range(first, len(lines))
            if i in labels or (lines[i].opens and i not in titles and not bullet(lines[i]))
        ]
        self.answered = len(self.roles) > 1
        """Whether several people are named; where only one is, paragraphs without a label are somebody else's."""
        self.flowing = self.answered and sum(i in labels for i in after) >= len(after) / 5
        """Whether labels are the rule, so that a paragraph without one belongs to the speaker above."""
        self.listed = sum(bool(bullet(line)) for line in lines[:first]) > 2
        """Whether there are lists of notes besides the dialogue."""
        self.lined = is_lined(lines)
        """Whether each line is a paragraph."""
        self.after_times = _after_times(lines)
        self.entry = False
        """Whether the open turn is a dated entry, which has all lines right below it."""

    def run(self) -> None:
        for i, line in enumerate(self.lines):
            if i in self.labels:
                self.label(line, self.labels[i])
            elif i in self.titles:
                self.close()
                self.section, self.speaker = self.titles[i], ""
                self.day = iso_date(self.section)
                self.wait(line)
            elif self.is_mark(i):
                self.wait(line)
                if is_time(line):
                    self.time = seconds(line.words)
            elif self.resumes(i):
                self.resume(line)
            elif self.continues(i):
                self.grow(line)
            else:
                self.plain(line)
        self.close()
        self.leftover()

    def label(self, line: Line, label: Label) -> None:
        self.close()
        self.speaker = label.speaker
        self.begin(line, label.words, label.time)
        self.wordless = label.words >= line.end

    def is_mark(self, i: int) -> bool:
        """Whether a line is a time or a subtitle's number that belongs to what comes below it."""
        below = self.lines[i + 1] if i + 1 < len(self.lines) else None
        if is_cue_number(self.lines[i], below):
            return True
        if not is_time(self.lines[i]):
            return False
        after = self.after_times[i]
        return self.wordless or not self.speaker or after in self.labels or after in self.titles or self.flowing

    def resumes(self, i: int) -> bool:
        """Whether a time stands before a line in which the same person goes on."""
        if not self.speaker or self.wordless or not self.flowing or _FOOTER.match(self.lines[i].words):
            return False
        if self.open is None:
            return self.time is not None and not (bullet(self.lines[i]) and self.listed)
        return bool(leading_time(self.lines[i].words)[1])

    def resume(self, line: Line) -> None:
        """Begin another turn of the person who speaks."""
        self.close()
        time, taken = leading_time(line.words)
        self.begin(line, line.start + taken, time)

    def continues(self, i: int) -> bool:
        """Whether a line belongs to the turn that is open."""
        line = self.lines[i]
        if self.open is None:
            return False
        if self.wordless:
            return True
        if _FOOTER.match(line.words) or i in self.dated:
            return False
        if self.speaker:
            if bullet(line):
                return not self.listed and (self.flowing or not line.opens)
            return self.flowing or not (line.opens or (self.lined and not self.answered))
        if line.opens:
            return i - 1 in self.dated and self.lines[i - 1].end == self.open.end and self.is_bare_date(i - 1)
        if line.cells or bullet(line) or self.lines[i - 1].cells or self.lined:
            return False
        return self.entry or self.goes_on(i)

    def goes_on(self, i: int) -> bool:
        """Whether a line is of one block with the line above: that is none that could be a paragraph by itself."""
        above = self.lines[i - 1].words
        full = len(above) > WIDEST and above[-1] in ".?!…"
        return not full or self.text[self.lines[i].start - 1] in " \t"

    def is_bare_date(self, i: int) -> bool:
        return len(self.lines[i].words) < 30

    def plain(self, line: Line) -> None:
        """Begin a turn of nobody's: a paragraph, a bullet, a table row or a dated entry."""
        self.close()
        self.speaker = ""
        time, taken = leading_time(line.words)
        self.begin(line, line.start + (taken or bullet(line)), time, date_of(line))
        self.grow(line)
        self.entry = bool(date_of(line))

    def begin(self, line: Line, start: int, time: float | None, date: str = "") -> None:
        head = line.start if self.pending is None else self.pending
        time = self.time if time is None else time
        role = self.roles[self.speaker] if self.speaker else ""
        self.open = DraftTurn(
            head=head,
            start=start,
            end=line.end,
            speaker=self.speaker,
            role=role,
            section=self.section,
            time=time,
            date=date or self.day,
        )
        self.pending = self.time = None

    def grow(self, line: Line) -> None:
        assert self.open is not None
        start = self.open.start
        time = self.open.time
        if self.wordless:
            start, self.wordless = line.start, False
            if self.pending is not None:
                time, self.time, self.pending = (self.time if time is None else time), None, None
        self.open = replace(self.open, start=start, end=line.end, time=time)

    def wait(self, line: Line) -> None:
        """Keep where a line begins, for the head of the turn below it."""
        if self.open is not None and not self.wordless:
            self.close()
        if self.pending is None:
            self.pending = line.start

    def close(self) -> None:
        """Keep the open turn; a label without words goes into the head of what comes next."""
        if self.open is None:
            return
        if self.wordless:
            self.pending = self.open.head
        else:
            start = self.open.start
            while start < self.open.end and self.text[start].isspace():
                start += 1
            self.turns.append(replace(self.open, start=start))
        self.open, self.wordless = None, False

    def leftover(self) -> None:
        """Make a turn of headings at the end that have nothing below them."""
        if self.pending is None or len(self.lines) - 1 not in self.titles:
            return
        end = self.lines[-1].end
        self.turns.append(DraftTurn(head=self.pending, start=self.pending, end=end, section=self.section))


def date_of(line: Line) -> str:
    """Return the date that a line opens with, or that a cell of a table row holds; empty where there is none."""
    if not line.cells:
        return iso_date(line.words[bullet(line) :]) if is_dated(line) or bullet(line) else ""
    bounds = [*line.cells, line.end + len(CELL)]
    cells = [line.words[a - line.start : b - len(CELL) - line.start] for a, b in pairwise(bounds)]
    return next((day for cell in cells if len(cell) <= 30 and (day := iso_date(cell))), "")


def _after_times(lines: Sequence[Line]) -> list[int]:
    """Return for each line the first at or below it that is no time and no number."""
    after = [len(lines)] * len(lines)
    for i in range(len(lines) - 1, -1, -1):
        stamp = is_time(lines[i]) or lines[i].words.isdigit()
        after[i] = (after[i + 1] if i + 1 < len(lines) else len(lines)) if stamp else i
    return after


def _warnings(
    lines: Sequence[Line], labels: Mapping[int, Label], titles: Mapping[int, str], headed: bool
) -> tuple[str, ...]:
    if not labels:
        return () if headed else ("no speakers were recognised; each paragraph is a turn",)
    said = []
    first = min(labels)
    odd = [
        i
        for i, line in enumerate(lines)
        if i > first and i not in labels and i not in titles and line.opens and may_be_label(line)
    ]
    if odd:
        said.append(f"paragraphs that may open with a speaker of their own ({len(odd)}) were taken as text")
    return tuple(said)
