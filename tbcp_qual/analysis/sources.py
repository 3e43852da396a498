"""Where a passage stands and how it is cited: `P07, parent, turn 14`, and the short reference `P07.14`."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from operator import attrgetter
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


Place = tuple[int, int, str]
"""Start, end and text of a stretch of a document; places sort as their words follow one another."""


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


@cache
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

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Return the place of the first turn touched, and that after the last; a label belongs to what it announces."""
        heads = self.heads
        if not heads:
            return (0, 0)
        first = bisect_right(heads, start) - 1
        if first < 0:
            first = 0
        after = first + 1
        if after == len(heads) or heads[after] >= end:
            return (first, after)
        if self.turns[first].end <= start:
            first += 1
        return (first, max(bisect_left(heads, end, first), first + 1))


class Sources:
    """Cites passages; turns are looked up by bisection."""

    def __init__(self, material: Material) -> None:
        self._documents = {document.id: document for document in material.documents}
        self._turns: dict[tuple[str, str], _Turns] = {}
        grouped: dict[tuple[str, str], list[Turn]] = {}
        heard: set[tuple[str, str]] = set()
        heard_in: dict[str, set[str]] = {}
        self._speakers: dict[str, set[str]] = {}
        for turn in material.turns:
            document = self._documents.get(turn.document)
            if document is not None and turn.text != document.text:
                continue  # left over on an earlier text: its number would mean nothing
            grouped.setdefault((turn.document, turn.text), []).append(turn)
            if turn.speaker and turn.role != "interviewer":
                heard.add((turn.speaker, turn.document))
        for speaker, named in heard:
            heard_in.setdefault(speaker, set()).add(named)
            self._speakers.setdefault(named, set()).add(speaker)
        for key, turns in grouped.items():
            turns.sort(key=attrgetter("start", "end", "id"))
            self._turns[key] = _Turns(turns, [turn.head for turn in turns])
        # A document whose turns are not at hand is likely to be where somebody speaks whose label begins its name.
        for document in material.documents:
            for speaker in {document.name, document.name.partition(" ")[0]} & heard_in.keys():
                heard_in[speaker].add(document.id)
        self._labels: dict[tuple[str, tuple[tuple[str, str], ...]], str] = {}
        self._heard_once = {s for s, documents in heard_in.items() if len(documents) == 1 and says_who(s)}
        self._named = _short(material.documents, " ")
        self.short_names = short_names(material.documents)

    def turns(self, document: str, text: str, span: Span) -> list[tuple[int, Turn]]:
        """Return the turns that a span touches, each with its number, counted from 1."""
        found = self._turns.get((document, text), _Turns([], []))
        return [(place + 1, found.turns[place]) for place in range(*found.bounds(*span))]

    def label(self, document: str, text: str, span: Span) -> str:
        """Return who says it or which document, its source type, section and turns."""
        found = self._turns.get((document, text))
        return self._label(document, text, *(found.bounds(*span) if found is not None else (0, 0)))

    def _label(self, document: str, text: str, first: int, after: int) -> str:
        """Return the label of what lies in some turns; what many of a document have in common is made once."""
        turns = self._turns[document, text].turns[first:after] if first < after else []
        heard = tuple([(t.speaker if t.role != "interviewer" else "", t.section) for t in turns])
        key = (document, heard)
        said = self._labels.get(key)
        if said is None:
            said = self._labels[key] = self._untimed(document, heard)
        if first < after:
            said += f", turn {after}" if first + 1 == after else f", turns {first + 1}–{after}"
        if text != self._documents[document].text:
            said += f", {NOT_PLACED}"
        return said

    def _untimed(self, document: str, heard: Sequence[tuple[str, str]]) -> str:
        """Return what stands before the turns in a label, of the `(speaker, section)` of each of them."""
        record = self._documents[document]
        sections = list(dict.fromkeys(section for _, section in heard if section))
        parts = [self._who(record, list(dict.fromkeys(speaker for speaker, _ in heard if speaker))), record.source_type]
        if sections:
            parts.append(f"{'section' if len(sections) == 1 else 'sections'} {', '.join(sections)}")
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
        by_document: dict[str, set[Place]] = {}
        for document, text, span in spans:
            by_document.setdefault(document, set()).add((*span, text))
        return {
            (document, text, Span(start, end)): reference
            for document, places in by_document.items()
            for (start, end, text), (reference, _) in self.cited(document, places).items()
        }

    def cited(self, document: str, places: Collection[Place]) -> dict[Place, tuple[str, str]]:
        """Return reference and label of distinct places in one document."""
        in_turn: dict[int, list[tuple[Place, str]]] = {}
        found_in = {text: self._turns.get((document, text)) for text in {text for _, _, text in places}}
        same: list[tuple[Place, str]] = []
        within, until, label = "", 0, ""
        for place in sorted(places):
            start, end, text = place
            if start < until >= end and text == within:
                same.append((place, label))  # in the same turn as the one before
                continue
            found = found_in[text]
            first, after = found.bounds(start, end) if found is not None else (0, 0)
            label = self._label(document, text, first, after)
            same = in_turn.setdefault(first + 1 if first < after else 0, [])
            same.append((place, label))
            within = text
            until = found.heads[after] if found is not None and first + 1 == after < len(found.heads) else 0
        short = self.short_names[document]
        named: dict[Place, tuple[str, str]] = {}
        for number, group in in_turn.items():
            if len(group) == 1:
                named[group[0][0]] = (f"{short}.{number}", group[0][1])
                continue
            for nth, (place, label) in enumerate(group):
                named[place] = (f"{short}.{number}{letters(nth)}", label)
        return named
