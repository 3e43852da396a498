"""Where a passage stands and how it is cited: `P07, parent, turn 14`, and the short reference `P07.14`."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tbcp_qual.coding.records import Document, Turn
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span


def short_names(documents: Iterable[Document]) -> dict[str, str]:
    """Return for each document as many words of its name as tell it from all others, joined by hyphens."""
    words = {document.id: document.name.split() or ["document"] for document in documents}
    starts = Counter(tuple(name[:length]) for name in words.values() for length in range(1, len(name) + 1))
    short: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for document, name in words.items():
        length = next((n for n in range(1, len(name)) if starts[tuple(name[:n])] == 1), len(name))
        text = "-".join(name[:length])
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
    """Cites passages of a snapshot; turns are looked up by bisection."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._documents = snapshot.document_by_id
        self._turns: dict[tuple[str, str], _Turns] = {}
        grouped: dict[tuple[str, str], list[Turn]] = {}
        heard_in: dict[str, set[str]] = {}
        self._speakers: dict[str, set[str]] = {}
        for turn in snapshot.turns:
            grouped.setdefault((turn.document, turn.text), []).append(turn)
            if turn.speaker and turn.role != "interviewer":
                heard_in.setdefault(turn.speaker, set()).add(turn.document)
                self._speakers.setdefault(turn.document, set()).add(turn.speaker)
        for key, turns in grouped.items():
            turns.sort(key=lambda turn: (turn.start, turn.end, turn.id))
            self._turns[key] = _Turns(turns, [turn.head for turn in turns])
        self._heard_once = {speaker for speaker, documents in heard_in.items() if len(documents) == 1}
        self.short_names = short_names(snapshot.documents)

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
        return ", ".join(part for part in parts if part)

    def _who(self, document: Document, speakers: list[str]) -> str:
        """Name the speakers; where a name is heard in several documents the document tells which."""
        if not speakers:
            return document.name
        if all(speaker in self._heard_once for speaker in speakers):
            return " and ".join(speakers)
        if len(self._speakers[document.id]) == 1:
            return document.name
        return f"{' and '.join(speakers)} in {document.name}"

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
