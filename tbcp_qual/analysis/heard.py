"""Who is heard and in which unit they are counted: participants in interviews, files among records, families in both.

A parent, her key worker and her file are three accounts of one family, and never three families. Whoever sits in on an
interview, a grandmother or an interpreter, is heard in it, but was not interviewed.
"""

from collections.abc import Iterable, Mapping

from tbcp_qual.analysis.asked import Asked, Standing, strongest
from tbcp_qual.analysis.passages import Passage
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.records import SOURCE_TYPES, Document, Question
from tbcp_qual.coding.snapshot import Snapshot

BYSTANDER = 0.25
"""Whoever says less than this share of what the one says who says most in an interview, sits in on it."""

_UNITS = {"parent": "parents", "practitioner": "practitioners", "partner": "partners", "case file": "case files"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many of one source type speak to something, in that source type's own unit; never added to another's."""

    source_type: str
    unit: str
    """`parents`, `case files`."""
    spoke: int
    """Of those asked, or of the files read, how many speak to it."""
    asked: int | None
    """How many were asked, or how many files were read; None where nobody confirmed what was asked."""
    unasked: int
    """How many speak to it without having been asked for it."""
    of: int
    """How many there are."""
    passages: int
    negative: int
    """How many of the passages are negative cases."""
    families: tuple[str, ...]
    """Labels of the families that the passages are by or about, as far as that is known of a passage."""

    @property
    def in_words(self) -> str:
        """`3 of 5 parents asked`, `3 of 16 case files read`, `2 of 5 parents`."""
        if self.asked is None:
            return f"{self.spoke} of {self.of} {self.unit}"
        if self.asked == 0:
            return f"no {self.unit} asked" + (f", {self.unasked} unasked" if self.unasked else "")
        besides = f", {self.unasked} unasked" if self.unasked else ""
        return f"{self.spoke} of {self.asked} {self.unit} {'read' if self.unit.endswith('files') else 'asked'}{besides}"


def unit_of(source_type: str, *, files: bool = False) -> str:
    """Return what the documents of a source type are counted in.

    >>> unit_of("parent"), unit_of("case file", files=True), unit_of("court", files=True), unit_of("volunteer")
    ('parents', 'case files', 'court files', 'participants (volunteer)')
    """
    if source_type in _UNITS:
        return _UNITS[source_type]
    return f"{source_type or 'other'} files" if files else f"participants ({source_type or 'no source type'})"


def families_of(passages: Iterable[Passage]) -> tuple[str, ...]:
    """Return the families that passages are by or about; words that may be about any of several count for none."""
    said = dict.fromkeys((p.by, p.about if p.narrowed else ()) for p in passages)
    return tuple(dict.fromkeys(family for by, about in said for family in (*by, *about)))


def accounts_of(passages: Iterable[Passage]) -> dict[str, tuple[str, ...]]:
    """Return the source types that speak of each family; more than one are accounts of one family."""
    found: dict[str, dict[str, None]] = {}
    for by, about, source_type in dict.fromkeys((p.by, p.about if p.narrowed else (), p.source_type) for p in passages):
        for family in (*by, *about):
            found.setdefault(family, {})[source_type] = None
    return {family: tuple(types) for family, types in found.items()}


class Heard:
    """Says of passages who speaks in them, and of documents who was interviewed and asked."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._asked = Asked(snapshot) if snapshot.asked else None
        self._read = {c.document for c in snapshot.codings} | {m.document for m in snapshot.done if m.done}
        self._voices: dict[str, tuple[str, ...]] = {}
        self._one_voice: dict[str, bool] = {}
        self.source_types = _in_order({d.source_type for d in snapshot.documents})
        self._of_type: dict[str, list[Document]] = {}
        for document in snapshot.documents:
            self._of_type.setdefault(document.source_type, []).append(document)

    def voices(self, document: str) -> tuple[str, ...]:
        """Return who was interviewed in a document, by id of the participant; its own id where nobody is named.

        Of a case file it is the file.
        """
        if document not in self._voices:
            self._voices[document] = self._interviewed(self._snapshot.document_by_id[document])
        return self._voices[document]

    def _interviewed(self, document: Document) -> tuple[str, ...]:
        if document.kind == "case file":
            return (document.id,)
        said: dict[str, int] = {}
        for turn in self._snapshot.turns_by_document.get(document.id, ()):
            if turn.participant and turn.role != "interviewer":
                said[turn.participant] = said.get(turn.participant, 0) + turn.end - turn.start
        most = max(said.values(), default=0)
        return tuple(voice for voice, length in said.items() if length >= BYSTANDER * most) or (document.id,)

    def speaking(self, passage: Passage) -> tuple[str, ...]:
        """Return those of the interviewed who speak in a passage, or its file."""
        voices = self.voices(passage.document)
        if not passage.placed or self._alone(passage.document):
            return voices
        turns = self._snapshot.turns_by_document.get(passage.document, ())
        touched = {t.participant for t in turns if t.head < passage.span.end and passage.span.start < t.end}
        return tuple(voice for voice in voices if voice in touched or voice == passage.document)

    def _alone(self, document: str) -> bool:
        """Whether nobody but one who was interviewed is heard in a document, or it is a file."""
        if document not in self._one_voice:
            voices = self.voices(document)
            turns = self._snapshot.turns_by_document.get(document, ())
            others = any(t.role != "interviewer" and t.participant not in (None, *voices) for t in turns)
            self._one_voice[document] = len(voices) == 1 and (voices[0] == document or not others)
        return self._one_voice[document]

    def tallies(
        self, passages: Iterable[Passage], *, themes: Iterable[str] = (), questions: Iterable[Question] = ()
    ) -> tuple[Tally, ...]:
        """Count who speaks in passages, source type by source type.

        Args:
            passages: each once.
            themes: ids of the themes for which to have been asked counts; of several, any.
            questions: where there are no themes, the questions for which it counts.
        """
        by_type: dict[str, list[Passage]] = {}
        for passage in passages:
            by_type.setdefault(passage.source_type, []).append(passage)
        wanted, keys = tuple(themes), tuple(questions)
        return tuple(self._tally(kind, by_type.get(kind, []), wanted, keys) for kind in self.source_types)

    def _tally(
        self, kind: str, passages: list[Passage], themes: tuple[str, ...], questions: tuple[Question, ...]
    ) -> Tally:
        documents = self._of_type[kind]
        files = all(d.kind == "case file" for d in documents)
        everybody = {voice for d in documents for voice in self.voices(d.id)}
        asked: set[str] | None = None
        if files:
            asked = {d.id for d in documents if d.id in self._read}
        elif self._asked is not None and (themes or questions):
            stands = {d.id: self._standing(d.id, themes, questions) for d in documents}
            asked = {voice for d, standing in stands.items() if standing == "asked" for voice in self.voices(d)}
        alone = {document for document in {p.document for p in passages} if self._alone(document)}
        spoke = {voice for document in alone for voice in self.voices(document)}
        spoke.update(voice for p in passages if p.document not in alone for voice in self.speaking(p))
        return Tally(
            source_type=kind,
            unit=unit_of(kind, files=files),
            spoke=len(spoke if asked is None else spoke & asked),
            asked=None if asked is None else len(asked),
            unasked=0 if asked is None else len(spoke - asked),
            of=len(everybody),
            passages=len(passages),
            negative=sum(p.negative for p in passages),
            families=families_of(passages),
        )

    def _standing(self, document: str, themes: tuple[str, ...], questions: tuple[Question, ...]) -> Standing | None:
        assert self._asked is not None
        found = [self._asked.of_theme(document, theme) for theme in themes]
        found += [] if themes else [self._asked.of_question(document, question) for question in questions]
        return strongest([standing for standing in found if standing is not None])


def _in_order(source_types: Iterable[str]) -> tuple[str, ...]:
    known: Mapping[str, int] = {kind: place for place, kind in enumerate(SOURCE_TYPES)}
    return tuple(sorted(source_types, key=lambda kind: (known.get(kind, len(known)), kind.casefold())))
