"""Where a passage stands and how it is cited: `P07, parent, turn 14`, and the short reference `P07.14`."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from tbcp_qual.coding.records import Document, Turn
from tbcp_qual.coding.spans import Span

_ANYBODY = re.compile(
    r"(?i:participant|respondent|interviewee|resp|(unknown )?speaker|parent|mother|father|mum|dad|carer|client|worker|"
    r"key worker|practitioner|professional|partner)\.?([ -]?(\d{1,2}|[a-z]))?$|[A-Z]$"
)
"""Labels that say what somebody is and not who: every transcript has its `R` or `Speaker 2`."""


NOT_PLACED = "not placed in the corrected text"


def says_who(speaker: str) -> bool:
    """Whether a label tells its speaker from those of other documents.

    >>> says_who("P07"), says_who("Interviewee"), says_who("Speaker 2"), says_who("R")
    (True, False, False, False)
    """
    return _ANYBODY.match(speaker) is None


class Material(Protocol):
    """What passages are cited from: a snapshot, or less of one."""

    @property
    def documents(self) -> Sequence[Document]:
        """All documents of the project."""

    @property
    def turns(self) -> Sequence[Turn]:
        """The turns of those documents from which passages are cited."""


def short_names(documents: Iterable[Document]) -> dict[str, str]:
    """Return for each document as many words of its name as tell it from all others, joined by hyphens."""
    return _short(documents, "-")


def _short(documents: Iterable[Document], between: str) -> dict[str, str]:
    words = {document.id: document.name.split() or ["document"] for document in documents}
    starts = Counter(tuple(name[:length]) for name in words.values() for length in range(1, len(name) + 1))
    short: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for document, name in words.items():
        length = next((n for n in range(1, len(name)) if starts[tuple(name[:n])] == 1), len(name))
        text = between.join(name[:length])
        taken[text] += 1
        short[document] = text if taken[text] == 1 else f"{text}({taken[text]})"
    return short


def letters(place: int) -> str:
    """Return a, b, … z, aa, ab, … for 0, 1, … .

    >>> letters(0), letters(25), letters(26)
    ('a', 'z', 'aa')
    """
    text = ""
    place += 1
    while place:
        place, digit = divmod(place - 1, 26)
        text = chr(ord("a") + digit) + text
    return text


class _Turns(NamedTuple):
    """The turns of one text in order, and where each begins, its label included."""

    turns: list[Turn]
    heads: list[int]

    def of(self, span: Span) -> range:
        """Return the places of the turns that a span touches; a label belongs to the turn it announces."""
        if not self.turns:
            return range(0)
        first = max(bisect_right(self.heads, span.start) - 1, 0)
        if first + 1 < len(self.turns) and self.turns[first].end <= span.start and self.heads[first + 1] < span.end:
            first += 1
        return range(first, max(bisect_left(self.heads, span.end), first + 1))


class Sources:
    """Cites passages; turns are looked up by bisection."""

    def __init__(self, material: Material) -> None:
        self._documents = {document.id: document for document in material.documents}
        self._turns: dict[tuple[str, str], _Turns] = {}
        grouped: dict[tuple[str, str], list[Turn]] = {}
        heard_in: dict[str, set[str]] = {}
        self._speakers: dict[str, set[str]] = {}
        for turn in material.turns:
            document = self._documents.get(turn.document)
            if document is not None and turn.text != document.text:
                continue  # left over on an earlier text: its number would mean nothing
            grouped.setdefault((turn.document, turn.text), []).append(turn)
            if turn.speaker and turn.role != "interviewer":
                heard_in.setdefault(turn.speaker, set()).add(turn.document)
                self._speakers.setdefault(turn.document, set()).add(turn.speaker)
        for key, turns in grouped.items():
            turns.sort(key=lambda turn: (turn.start, turn.end, turn.id))
            self._turns[key] = _Turns(turns, [turn.head for turn in turns])
        # A document whose turns are not at hand is likely to be where somebody speaks whose label begins its name.
        for document in material.documents:
            for speaker in {document.name, document.name.partition(" ")[0]} & heard_in.keys():
                heard_in[speaker].add(document.id)
        self._heard_once = {s for s, documents in heard_in.items() if len(documents) == 1 and says_who(s)}
        self._named = _short(material.documents, " ")
        self.short_names = short_names(material.documents)

    def turns(self, document: str, text: str, span: Span) -> list[tuple[int, Turn]]:
        """Return the turns that a span touches, each with its number, counted from 1."""
        found = self._turns.get((document, text), _Turns([], []))
        return [(place + 1, found.turns[place]) for place in found.of(span)]

    def label(self, document: str, text: str, span: Span) -> str:
        """Return who says it or which document, its source type, section and turns."""
        record = self._documents[document]
        touched = self.turns(document, text, span)
        speakers = dict.fromkeys(t.speaker for _, t in touched if t.speaker and t.role != "interviewer")
        parts = [self._who(record, list(speakers)), record.source_type]
        sections = list(dict.fromkeys(turn.section for _, turn in touched if turn.section))
        if sections:
            parts.append(f"{'section' if len(sections) == 1 else 'sections'} {', '.join(sections)}")
        if touched:
            first, last = touched[0][0], touched[-1][0]
            parts.append(f"turn {first}" if first == last else f"turns {first}–{last}")
        if text != record.text:
            parts.append(NOT_PLACED)
        return ", ".join(part for part in parts if part)

    def _who(self, document: Document, speakers: list[str]) -> str:
        """Name the speakers; where a name may be heard in several documents the document tells which."""
        if not speakers:
            return document.name
        if all(speaker in self._heard_once and self._is_named_after(document, speaker) for speaker in speakers):
            return " and ".join(speakers)
        if len(self._speakers[document.id]) == 1:
            return self._named[document.id]
        return f"{' and '.join(speakers)} in {self._named[document.id]}"

    def _is_named_after(self, document: Document, speaker: str) -> bool:
        """Whether a document tells by its name that this is whom it lets speak; an interpreter or a gran is not."""
        return document.name.casefold().startswith(speaker.casefold()) or len(self._speakers[document.id]) == 1

    def references(self, spans: Iterable[tuple[str, str, Span]]) -> dict[tuple[str, str, Span], str]:
        """Return a reference for each distinct `(document, text, span)`, with letters where a turn holds several."""
        in_turn: dict[tuple[str, int], list[tuple[str, str, Span]]] = {}
        for document, text, span in sorted(set(spans), key=lambda s: (s[0], s[2], s[1])):
            touched = self._turns.get((document, text), _Turns([], [])).of(span)
            number = touched.start + 1 if len(touched) else 0
            in_turn.setdefault((document, number), []).append((document, text, span))
        named: dict[tuple[str, str, Span], str] = {}
        for (document, number), group in in_turn.items():
            for place, key in enumerate(group):
                letter = letters(place) if len(group) > 1 else ""
                named[key] = f"{self.short_names[document]}.{number}{letter}"
        return named
