"""Lines that a program broke by width, joined again: a line is joined to the one above where its first word would not
have fitted there. Labels, headings, dates, bullets and times begin lines of their own.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tbcp_qual.coding.text import clean
from tbcp_qual.readers.documents.labels import find_labels
from tbcp_qual.readers.documents.lines import Line, bullet, is_cue_number, is_dated, is_time, leading_time, lines_of
from tbcp_qual.readers.documents.sections import find_headings

NARROWEST, WIDEST = 40, 132
"""Characters of a line, between which lines are looked at for being broken."""
FEWEST = 4
"""Lines that must have been full for a file to count as broken by width."""
_FULL = 0.8
_LONGER = 0.02
_HYPHENATED = re.compile(r"[^\W\d_][-\u00ad]$")
_ITEM = re.compile(r"(?:\d{1,2}|[A-Za-z])[.)][ \t]+(?=[A-Z])")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def rejoined(text: str) -> tuple[str, int]:
    """Return a text whose lines are whole again, and how many were joined; the text as it was where none were broken."""
    text = clean(text).text
    if "\n" not in text:
        return text, 0
    lines = lines_of(text)
    lengths = sorted((_length(text, line) for line in lines), reverse=True)
    if not lengths or lengths[int(len(lengths) * _LONGER)] > WIDEST:
        return text, 0
    starts = beginnings(lines)
    follows = [
        i for i in range(1, len(lines)) if not lines[i].opens and i not in starts.all and i - 1 not in starts.alone
    ]
    if len(follows) < FEWEST:
        return text, 0
    width = _width(lengths)
    broken = [i for i in follows if _length(text, lines[i - 1]) + 1 + len(_first_word(lines[i].words)) > width]
    if len(broken) < max(FEWEST, _FULL * len(follows)) or width < NARROWEST:
        return text, 0
    vocabulary = words_of(text)
    pieces: list[str] = []
    place = 0
    for i in broken:
        above, below = lines[i - 1], lines[i]
        first, second = seam(above.words, below.words, vocabulary)
        pieces.append(text[place : above.end - first])
        pieces.append(second)
        place = below.start
    pieces.append(text[place:])
    return "".join(pieces), len(broken)


def breaks(joined: int) -> tuple[str, ...]:
    """Say that lines were joined."""
    return (f"line breaks made by width ({joined})",) if joined else ()


@dataclass(frozen=True, slots=True)
class Beginnings:
    """Lines that are not the rest of the line above, by index."""

    all: frozenset[int]
    alone: frozenset[int]
    """Those among them that nothing goes on from, such as headings and times."""


def beginnings(lines: Sequence[Line]) -> Beginnings:
    """Return the lines that begin something."""
    labels = find_labels(lines)
    titles = find_headings(lines, labels)
    marks = {
        i
        for i, line in enumerate(lines)
        if is_time(line) or is_cue_number(line, lines[i + 1] if i + 1 < len(lines) else None)
    }
    begun = {
        i
        for i, line in enumerate(lines)
        if bullet(line) or is_dated(line) or line.cells or leading_time(line.words)[1] or line.heading
    }
    begun |= {i for i in range(1, len(lines)) if _ITEM.match(lines[i].words) and lines[i - 1].words[-1] in ".?!:"}
    alone = {*titles, *marks, *(i for i, label in labels.items() if label.words >= lines[i].end)}
    return Beginnings(frozenset({*labels, *begun}) | alone, frozenset(alone))


def seam(above: str, below: str, vocabulary: Collection[str], *, divides: bool = False) -> tuple[int, str]:
    """Return how many characters to drop at the end of a broken line, and what to put before the next one.

    Args:
        vocabulary: the words of the document, as `words_of` gives them.
        divides: whether the document divides words at the end of lines, so that a hyphen there is none of the word's.

    >>> seam("a long-", "term plan", {"long-term"}), seam("the inter-", "view", {"interview"}), seam("so", "it", ())
    ((0, ''), (1, ''), (0, ' '))
    """
    if not _HYPHENATED.search(above) or not below[:1].islower():
        return 0, " "
    if above.endswith("\u00ad"):
        return 1, ""
    first = above.split()[-1].lstrip("(“\"'‘[")
    second = _first_word(below).rstrip(".,;:!?)”\"'’]")
    whole, divided = (first[:-1] + second).casefold(), (first + second).casefold()
    if divided in vocabulary:
        return 0, ""
    return (1, "") if divides or whole in vocabulary else (0, "")


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text, to tell a word that was divided from one that has a hyphen."""
    return (
        frozenset(word.casefold() for word in _WORD.findall(text)) if "-\n" in text or "\u00ad" in text else frozenset()
    )


def _width(lengths: Sequence[int]) -> int:
    """Return the width at which the lines were broken, from their lengths, longest first; a few may stand out."""
    within = [length for length in lengths if length <= WIDEST]
    return within[min(int(len(lengths) * _LONGER), len(within) - 1)] if within else 0


def _length(text: str, line: Line) -> int:
    """Return how long a line is on the page, with its indent."""
    return line.end - (text.rfind("\n", 0, line.start) + 1)


def _first_word(words: str) -> str:
    return words[:60].split(maxsplit=1)[0]
