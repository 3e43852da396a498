"""What one viewer may see of a project at one moment, as values."""

from collections.abc import Mapping
from functools import cached_property

from tbcp_qual.coding.codebook import Codebook, in_order
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.records import (
    About,
    Answer,
    Asked,
    Attribute,
    Case,
    Code,
    Coder,
    Coding,
    Configuration,
    Document,
    Done,
    Element,
    Evidence,
    Finding,
    Item,
    Judgement,
    Measure,
    Memo,
    Participant,
    ProjectInfo,
    Question,
    Rating,
    Review,
    Search,
    Summary,
    Theme,
    Topic,
    Turn,
    Variable,
)


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """Records as stored, but with their spans on the present texts (`coding.placing`).

    Turns, texts, codings, reviews, marks and what is said about parts only of the documents that were asked for.
    """

    project: ProjectInfo
    viewer: str
    """Id of the coder who looks."""
    coders: tuple[Coder, ...] = ()
    questions: tuple[Question, ...] = ()
    codes: tuple[Code, ...] = ()
    themes: tuple[Theme, ...] = ()
    cases: tuple[Case, ...] = ()
    variables: tuple[Variable, ...] = ()
    """Sorted by position and name."""
    attributes: tuple[Attribute, ...] = ()
    measures: tuple[Measure, ...] = ()
    participants: tuple[Participant, ...] = ()
    """Sorted by label."""
    topics: tuple[Topic, ...] = ()
    """Sorted by source type, time point and position."""
    documents: tuple[Document, ...] = ()
    """All documents of the project, sorted by source type and name."""
    turns: tuple[Turn, ...] = ()
    """Sorted by document and place."""
    codings: tuple[Coding, ...] = ()
    """Sorted by document and place; only those that the viewer may see."""
    reviews: tuple[Review, ...] = ()
    done: tuple[Done, ...] = ()
    abouts: tuple[About, ...] = ()
    """Sorted by document and place."""
    asked: tuple[Asked, ...] = ()
    memos: tuple[Memo, ...] = ()
    """Those on the documents asked for and those on no document; only those that the viewer may see."""
    searches: tuple[Search, ...] = ()
    """Those kept in the record, in the order in which they were made."""
    summaries: tuple[Summary, ...] = ()
    """Those that rest on nothing the viewer may not see."""
    findings: tuple[Finding, ...] = ()
    """Sorted by position and key."""
    evidence: tuple[Evidence, ...] = ()
    """In the order in which it was made; only what the viewer may see."""
    answers: tuple[Answer, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    elements: tuple[Element, ...] = ()
    """Of the logic model, sorted by position and name."""
    configurations: tuple[Configuration, ...] = ()
    """Sorted by position and name."""
    items: tuple[Item, ...] = ()
    """Of the case-file audit, sorted by position and key."""
    ratings: tuple[Rating, ...] = ()
    """Only those that the viewer may see."""
    texts: Mapping[str, str]
    """Clean texts by hash."""

    @cached_property
    def codebook(self) -> Codebook:
        """The codes as a tree."""
        return Codebook(self.codes)

    @cached_property
    def ordered_questions(self) -> list[Question]:
        """Questions as they are asked, each before its sub-questions."""
        return in_order(self.questions)

    @cached_property
    def coder_by_id(self) -> dict[str, Coder]:
        """Coders by id."""
        return {coder.id: coder for coder in self.coders}

    @cached_property
    def document_by_id(self) -> dict[str, Document]:
        """Documents by id."""
        return {document.id: document for document in self.documents}

    @cached_property
    def case_by_id(self) -> dict[str, Case]:
        """Cases by id."""
        return {case.id: case for case in self.cases}

    @cached_property
    def participant_by_id(self) -> dict[str, Participant]:
        """Participants by id."""
        return {participant.id: participant for participant in self.participants}

    @cached_property
    def turns_by_document(self) -> dict[str, list[Turn]]:
        """Turns in order, by document id."""
        grouped: dict[str, list[Turn]] = {}
        for turn in self.turns:
            grouped.setdefault(turn.document, []).append(turn)
        return grouped

    @cached_property
    def codings_by_document(self) -> dict[str, list[Coding]]:
        """Codings in order, by document id."""
        grouped: dict[str, list[Coding]] = {}
        for coding in self.codings:
            grouped.setdefault(coding.document, []).append(coding)
        return grouped

    @cached_property
    def done_by_document(self) -> dict[str, set[str]]:
        """Ids of the coders who marked each document done."""
        grouped: dict[str, set[str]] = {}
        for mark in self.done:
            if mark.done:
                grouped.setdefault(mark.document, set()).add(mark.coder)
        return grouped

    def words(self, coding: Coding) -> str:
        """Return the coded words."""
        return self.texts[coding.text][coding.start : coding.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many codings a viewer may see; ids without any are left out."""

    codings_by_code: Mapping[str, int]
    codings_by_document: Mapping[str, int]
    done_by_document: Mapping[str, frozenset[str]]
    """Ids of the coders who have marked the document done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a viewer has read; ids of documents without any such turn are left out."""

    turns_by_document: Mapping[str, int]
    """Turns to review: those of interviewers are left out."""
    reviewed_by_document: Mapping[str, int]
    """Those of them that this viewer has coded or reviewed."""
