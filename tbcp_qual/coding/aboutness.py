"""Whose words they are, and whom they are about: a key worker speaks about five families and is of none.

By: the case of the participant who speaks. About: what a person said of the part the words lie in, and where nobody
said anything of it, what the whole document is about.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tbcp_qual.coding.changes import Change, create, remove
from tbcp_qual.coding.records import About, Document, Participant, Turn, about_id
from tbcp_qual.coding.spans import Span


class Concerned(NamedTuple):
    """The cases that words come from and are about, by id."""

    by: tuple[str, ...]
    about: tuple[str, ...]
    said: bool
    """Whether somebody said so of this part; else it is what the whole document is about."""


_NOBODY = Concerned((), (), False)


class Aboutness:
    """Says of any stretch by whom and about whom it is."""

    def __init__(
        self,
        documents: Iterable[Document],
        turns: Iterable[Turn],
        abouts: Iterable[About],
        participants: Iterable[Participant],
    ) -> None:
        self._whole = {document.id: Concerned((), document.cases, False) for document in documents}
        cases = {participant.id: participant.case for participant in participants}
        self._spoken: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
        for turn in turns:
            case = cases.get(turn.participant or "")
            if case:
                self._spoken.setdefault((turn.document, turn.text), []).append((turn.start, turn.end, case))
        self._said: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
        for about in abouts:
            self._said.setdefault((about.document, about.text), []).append((about.start, about.end, about.case))
        for stretches in (*self._spoken.values(), *self._said.values()):
            stretches.sort()
        self._starts = {key: [start for start, _, _ in spoken] for key, spoken in self._spoken.items()}

    def cases_of(self, document: str, text: str, span: Span) -> Concerned:
        """Return the cases of the words of a span in a text of a document."""
        key = (document, text)
        whole = self._whole.get(document, _NOBODY)
        starts, said = self._starts.get(key), self._said.get(key)
        if starts is None and said is None:
            return whole
        by: tuple[str, ...] = ()
        if starts is not None:
            # Turns lie one after the other: the first that can reach the span is the last that begins before it.
            first = max(bisect_right(starts, span.start) - 1, 0)
            if first + 1 == len(starts) or starts[first + 1] >= span.end:
                start, end, case = self._spoken[key][first]
                by = (case,) if start < span.end and span.start < end else ()
            else:
                by = _touched(self._spoken[key][first : bisect_left(starts, span.end, first)], span)
        about = _touched(said, span) if said else ()
        return Concerned(by, about or whole.about, bool(about))

    def speaking(self, document: str, text: str) -> tuple[str, ...]:
        """Return the cases to which those who speak in a text belong."""
        return tuple(dict.fromkeys(case for _, _, case in self._spoken.get((document, text), ())))

    def said_of(self, document: str, text: str) -> tuple[str, ...]:
        """Return the cases that parts of a text are said to be about."""
        return tuple(dict.fromkeys(case for _, _, case in self._said.get((document, text), ())))


def _touched(stretches: Sequence[tuple[int, int, str]], span: Span) -> tuple[str, ...]:
    touched = [case for start, end, case in stretches if start < span.end and span.start < end]
    return tuple(touched) if len(touched) < 2 else tuple(dict.fromkeys(touched))


def mark_about(abouts: Iterable[About], document: Document, spans: Iterable[Span], case: str) -> list[Change]:
    """Say that stretches of a document's present text are about a case.

    Args:
        abouts: what has been said of the document.
        document: the document.
        spans: the stretches; those of which that is said already are passed over.
        case: id of the case.
    """
    there = {(about.start, about.end) for about in abouts if about.case == case and about.text == document.text}
    return [
        create(
            About(
                id=about_id(document.id, document.text, *span, case),
                document=document.id,
                text=document.text,
                start=span.start,
                end=span.end,
                case=case,
            )
        )
        for span in dict.fromkeys(spans)
        if span not in there
    ]


def unmark_about(abouts: Iterable[About], document: Document, spans: Iterable[Span], case: str) -> list[Change]:
    """Take back that stretches are about a case; only what was said of exactly these goes."""
    wanted = set(spans)
    return [
        remove(about)
        for about in abouts
        if about.case == case and about.text == document.text and Span(about.start, about.end) in wanted
    ]
