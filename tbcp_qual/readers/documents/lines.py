"""A clean text as lines, and the marks that transcripts and case files put at the start of them: times, dates, bullets.

Offsets are code points of the text. Only the first stretch of a line is looked at, so that long lines cost nothing.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

_CLOCK = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_F4 = r"#\d{1,2}:\d{2}:\d{2}-\d#"
_LOOSE_CLOCK = r"\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,3})?"
_ARROW = rf"{_LOOSE_CLOCK}[ \t]*-->[ \t]*{_LOOSE_CLOCK}"
BRACKETED_TIME = rf"(?:[\[({{<][ ]?(?:{_CLOCK})(?:[ ]?(?:-->|[-–—])[ ]?{_CLOCK})?[ ]?[\])}}>]|{_F4})"
BARE_TIME = rf"(?:{_ARROW}|{_CLOCK})"
TIME = rf"(?:{BRACKETED_TIME}|{BARE_TIME})"

_FIRST_CLOCK = re.compile(r"(\d{1,3}):(\d{1,2})(?::(\d{1,2}))?(?:[.,-](\d{1,3}))?")
_TIME_LINE = re.compile(rf"{TIME}$")
_LEADING_TIME = re.compile(rf"{BRACKETED_TIME}[ \t]*(?:[-–—:][ \t]+)?|{_ARROW}[ \t]+")
_CUE_NUMBER = re.compile(r"\d{1,6}$")
_ARROW_LINE = re.compile(rf"{_ARROW}$")
_BULLET = re.compile(r"(?:[-–•*·▪◦‣●○]|\uf0b7)[ \t]+|[-•](?=[^\W\d_])")

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY_NAME = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?[ ]+)?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"{_DAY_NAME}(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d{{2}})|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|{_DAY}[ ]+{_MONTH},?(?:[ ]+(?:\d{{4}}|\d{{2}}(?!\d|:\d)))?|{_MONTH}[ ]+{_DAY},?[ ]+\d{{4}}|{_MONTH}[ ]+\d{{4}})"
)
_IN_FIGURES = re.compile(rf"{_DAY_NAME}(?:\d{{1,4}}[./-]){{2}}\d{{2,4}}[ ,;]")
_IN_WORDS = re.compile(
    rf"{_DAY_NAME}(?:{_DAY}[ ]+{_MONTH},?|{_MONTH}[ ]+{_DAY},?)[ ]+\d{{4}}[ ]+(?-i:[A-Z])", re.IGNORECASE
)
_DATED = re.compile(rf"{_DATE}(?P<sep>[ ]*[:\t|,(]|[ ]+[-–—][ ]|[ ]*[–—]|$|(?=[ ]))", re.IGNORECASE)


def word_list(words: str) -> frozenset[str]:
    """Return the words of a list that is written as a text."""
    return frozenset(words.split())


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank, or a whole table row."""

    start: int
    """Its first character that is not white space."""
    end: int
    """Just after its last one."""
    words: str
    opens: bool
    """Whether a blank line, an empty paragraph, or the start of the document is right above it."""
    heading: bool = False
    """Whether the format marks it as a heading."""
    cells: tuple[int, ...] = ()
    """Where the cells of a table row begin; empty where it is none."""


def lines_of(
    text: str, headings: Collection[int] = (), rows: Sequence[tuple[int, ...]] = (), close: Collection[int] = ()
) -> list[Line]:
    """Return the lines that are not blank; a table row is one line, however many its cells hold."""
    marked, below = set(headings), set(close)
    row_at = {row[0]: row for row in rows}
    lines: list[Line] = []
    place, opens = 0, True
    while place < len(text):
        row = row_at.get(place)
        if row is not None and row[-1] > place:
            end = row[-1]
        else:
            end = text.find("\n", place)
            end = len(text) if end < 0 else end
        words = text[place:end].strip()
        if words:
            start = place + text[place:end].index(words[0])
            cells = row[:-1] if row is not None else ()
            heading = not cells and (place in marked or start in marked)
            lines.append(Line(start, start + len(words), words, opens and start not in below, heading, cells))
        opens = not words
        place = end + 1
    return lines


def is_lined(lines: Sequence[Line]) -> bool:
    """Whether blank lines are so rare that each line is a paragraph."""
    return sum(line.opens for line in lines[1:]) * 20 <= len(lines) - 1


def seconds(time: str) -> float | None:
    """Return the first time named, in seconds; None where it is none, such as `12:75`.

    >>> seconds("[1:02:03.5]"), seconds("0:34"), seconds("#00:01:10-5#"), seconds("12:75")
    (3723.5, 34.0, 70.5, None)
    """
    found = _FIRST_CLOCK.search(time)
    if found is None:
        return None
    parts = [int(part) for part in found.groups()[:3] if part is not None]
    if any(part >= 60 for part in parts[1:]):
        return None
    total = 0
    for part in parts:
        total = total * 60 + part
    fraction = found.group(4)
    return float(f"{total}.{fraction}") if fraction and (found.group(3) or "-" not in time) else float(total)


def is_time(line: Line) -> bool:
    """Whether a line holds a time and nothing else."""
    return bool(_TIME_LINE.match(line.words)) and seconds(line.words) is not None


def is_cue_number(line: Line, below: Line | None) -> bool:
    """Whether a line is the number of a subtitle, left above its time."""
    return below is not None and bool(_CUE_NUMBER.match(line.words) and _ARROW_LINE.match(below.words))


def leading_time(words: str) -> tuple[float | None, int]:
    """Return a time in brackets at the start of words, and how many characters it takes; `(None, 0)` without one."""
    found = _LEADING_TIME.match(words)
    if found is None or found.end() == len(words):
        return None, 0
    time = seconds(found.group())
    return (time, found.end()) if time is not None else (None, 0)


def bullet(line: Line) -> int:
    """Return how many characters the bullet of a line takes; 0 without one."""
    found = None if line.cells else _BULLET.match(line.words)
    return found.end() if found else 0


def is_dated(line: Line) -> bool:
    """Whether a line opens with a date, as the entries of a chronology do.

    A date in words must be set off from what follows (`3 May: …`), or have its year and a capital letter behind it; one
    in figures need not.
    """
    found = _DATED.match(line.words[:60])
    if found is None or not any(c.isdigit() for c in found.group()):
        return False
    words = line.words[:60]
    return bool(found["sep"] or found.end() == len(line.words) or _IN_FIGURES.match(words) or _IN_WORDS.match(words))


def is_date(line: Line) -> bool:
    """Whether a line holds a date and nothing else."""
    found = _DATED.match(line.words[:60])
    return found is not None and not line.cells and found.end() >= len(line.words.rstrip(": "))
