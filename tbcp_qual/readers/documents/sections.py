"""Headings and dated entries: what divides case files, and notes around a dialogue."""

import re
from collections.abc import Collection, Sequence

from tbcp_qual.coding.text import one_line
from tbcp_qual.readers.documents.dates import iso_date
from tbcp_qual.readers.documents.lines import Line, bullet, is_date, is_dated, is_lined, is_time, word_list

_MARKDOWN = re.compile(r"#{1,6}[ \t]+(?=\S)")
_ENDS = ".?!…\"”'’)]-–—"
_SPOKEN = word_list("yes no yeah yep nope ok okay right sure well so and but because mm mhm hmm erm um uh oh i it")
"""Words with which an answer begins, and a heading does not."""
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)][ \t]+(?=[A-Z])")


def find_headings(lines: Sequence[Line], labels: Collection[int]) -> dict[int, str]:
    """Return the headings, by index of the line.

    Lines that are marked, numbered or in capitals count anywhere; plain short lines only where there is no dialogue
    and no heading of the other sort.
    """
    strong: dict[int, str] = {}
    lined = is_lined(lines)
    for i, line in enumerate(lines):
        if i in labels or line.cells:
            continue
        marked = _MARKDOWN.match(line.words) if len(line.words) <= 120 else None
        set_off = line.opens or lined or (i - 1) in strong
        if line.heading or marked or (set_off and (is_capitals(line) or _is_numbered(lines, i))):
            strong[i] = one_line(line.words[marked.end() :] if marked else line.words).rstrip(": ")
    if labels or strong:
        return strong
    plain = {i: one_line(line.words).rstrip(": ") for i, line in enumerate(lines) if _is_plain_heading(lines, i, lined)}
    return plain if len(plain) > 1 else {}


def is_capitals(line: Line) -> bool:
    """Whether a line is a short one all in capitals, such as `GENERAL STRATEGY`."""
    words = line.words
    return (
        len(words) <= 70
        and words.isupper()
        and not line.cells
        and words[-1] not in ".?!,;"
        and bool(re.search(r"[^\W\d_]{4}", words))
        and len(words.split()) <= 10
        and not bullet(line)
    )


def _is_numbered(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is a numbered heading, and not an item of a numbered list."""

    def numbered(j: int) -> bool:
        return 0 <= j < len(lines) and bool(_NUMBERED.match(lines[j].words))

    words = lines[i].words
    short = len(words) <= 70 and words[-1] not in ".?!,;"
    return numbered(i) and short and i + 1 < len(lines) and not numbered(i - 1) and not numbered(i + 1)


def _is_plain_heading(lines: Sequence[Line], i: int, lined: bool) -> bool:
    """Whether a line is short, stands alone or first in its paragraph, and has a longer text below it."""
    if not (lines[i].opens or lined) or i + 1 == len(lines) or not _is_title(lines[i]):
        return False
    below = lines[i + 1]
    full = bool(below.cells or bullet(below) or is_dated(below)) or len(below.words) > max(len(lines[i].words), 40)
    return full or below.words[-1] in ".?!"


def _is_title(line: Line) -> bool:
    """Whether a line is a few words that open with a capital and end without a mark."""
    words = line.words
    if line.cells or len(words) > 60 or len(words.split()) > 8 or words[-1] in ".?!,;…\"”'’)":
        return False
    entry = ":" in words[:-1] or "\t" in words
    return (words[0].isupper() or words[0].isdigit()) and not (entry or bullet(line) or is_dated(line) or is_time(line))


def find_topics(lines: Sequence[Line], labels: Collection[int], asked: Collection[int]) -> dict[int, str]:
    """Return headings between the turns of a dialogue, by index of the line: short lines right above a question.

    They are believed where there are several, and all that is said in the document ends in a mark, so that a short
    line without one is nobody's answer.

    Args:
        asked: which of the labels are an interviewer's.
    """
    first = min(labels, default=len(lines))
    found = {
        i: one_line(lines[i].words).rstrip(": ")
        for i in range(len(lines) - 1)
        if i + 1 in asked
        and i not in labels
        and _is_title(lines[i])
        and lines[i].words.split()[0].strip(",").casefold() not in _SPOKEN
        and (i < first or lines[i - 1].words[-1] in _ENDS)
    }
    begins = {*labels, *found, len(lines)}
    last = [i for i in range(first, len(lines)) if i not in found and i + 1 in begins]
    ended = sum(lines[i].words[-1] in _ENDS for i in last)
    return found if len(found) > 1 and ended >= 0.9 * len(last) else {}


def find_dated(lines: Sequence[Line]) -> set[int]:
    """Return the lines that open entries of a chronology, where there is more than one."""
    found = {
        i
        for i, line in enumerate(lines)
        if is_dated(line) and (line.opens or i == 0 or lines[i - 1].words[-1] in ".?!:" or is_dated(lines[i - 1]))
    }
    for i in sorted(found):
        # An entry that ends without a full stop, as notes do, still ends where the next date begins.
        found.update(j for j in (i + 1, i + 2) if j < len(lines) and is_dated(lines[j]))
    return found if len(found) > 1 else set()


def find_days(lines: Sequence[Line], dated: Collection[int]) -> dict[int, str]:
    """Return dates that stand alone above what was written of the day, by index of the line, where they are the rule."""
    alone = {i for i in dated if iso_date(lines[i].words) and is_date(lines[i])}
    above = {i: one_line(lines[i].words).rstrip(": ") for i in alone if i + 1 < len(lines) and i + 1 not in dated}
    return above if len(above) > 1 and len(above) >= 0.8 * len(dated) else {}
