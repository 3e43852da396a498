"""What was asked of whom: the topics of a guide in each document, and what it means where a table has no words.

A guide holds for one source type and, where it names one, one time point. Nobody is asked anything by a case file: of
its schedule a topic is recorded where a theme of the topic is coded in it.
"""

from collections.abc import Collection, Iterable
from typing import Literal

from tbcp_qual.analysis.themes import themes_by_code
from tbcp_qual.coding.records import Document, Question, Topic
from tbcp_qual.coding.snapshot import Snapshot

Standing = Literal["asked", "recorded", "not yet confirmed", "not asked", "not recorded", "outside the schedule"]
Silence = Literal[
    "no coding",
    "not yet coded",
    "not yet confirmed",
    "asked, not raised",
    "not asked",
    "not recorded",
    "not asked, not recorded",
    "outside the schedule",
]

_ORDER: tuple[Standing, ...] = (
    "asked",
    "recorded",
    "not yet confirmed",
    "not asked",
    "not recorded",
    "outside the schedule",
)


def guide_of(document: Document, topics: Iterable[Topic]) -> list[Topic]:
    """Return the topics of the guide that holds for a document, in their order; none where there is no such guide."""
    return [
        topic
        for topic in topics
        if topic.source_type.casefold() == document.source_type.casefold()
        and (not topic.time_point or topic.time_point.casefold() == document.time_point.casefold())
    ]


def strongest(standings: Collection[Standing]) -> Standing | None:
    """Return what several topics come to: asked if one was, not asked only if none was and all are confirmed.

    >>> strongest(["not asked", "asked"]), strongest(["not asked", "not yet confirmed"]), strongest([])
    ('asked', 'not yet confirmed', None)
    """
    return min(standings, key=_ORDER.index, default=None)


class Asked:
    """The topics of every document, and how each stands."""

    def __init__(self, snapshot: Snapshot, coder: str | None = None) -> None:
        """With `coder`, what that coder coded decides what a case file records; else what anybody coded."""
        self._guides = {document.id: guide_of(document, snapshot.topics) for document in snapshot.documents}
        self._files = {document.id for document in snapshot.documents if document.kind == "case file"}
        self._confirmed = {(asked.document, asked.topic): asked.asked for asked in snapshot.asked}
        self._below: dict[str, set[str]] = {}
        for question in snapshot.questions:
            self._below.setdefault(question.parent or question.id, set()).add(question.id)
        by_code = themes_by_code(snapshot.themes, snapshot.codebook)
        self._coded: dict[str, set[str]] = {}
        for coding in snapshot.codings:
            if coding.document in self._files and coder in (None, coding.coder):
                self._coded.setdefault(coding.document, set()).update(by_code[coding.code])

    def guide(self, document: str) -> list[Topic]:
        """Return the topics of a document, in their order."""
        return self._guides[document]

    def coded_in_file(self, document: str, topic: Topic) -> bool:
        """Whether a document is a case file in which a theme of a topic is coded."""
        return bool(self._coded.get(document, set()) & set(topic.themes))

    def confirmed(self, document: str, topic: str) -> bool:
        """Whether a person has said how a topic stands."""
        return (document, topic) in self._confirmed

    def standing(self, document: str, topic: Topic) -> Standing:
        """Return how a topic of its guide stands in a document."""
        said = self._confirmed.get((document, topic.id))
        if document in self._files and (said == "asked" or self.coded_in_file(document, topic)):
            return "recorded"
        return said or "not yet confirmed"

    def of_theme(self, document: str, theme: str) -> Standing | None:
        """Return what the topics of a theme come to in a document; None where no guide holds for it.

        A case file records a theme where that theme is coded in it, whatever else of a topic is.
        """
        if theme in self._coded.get(document, ()):
            return "recorded"
        found = {self.standing(document, topic) for topic in self.guide(document) if theme in topic.themes}
        if "recorded" in found:
            found = (found - {"recorded"}) | {"not recorded"}
        return strongest(found) or ("outside the schedule" if self.guide(document) else None)

    def of_question(self, document: str, question: Question) -> Standing | None:
        """Return what the topics of a question, or of one of its sub-questions, come to in a document."""
        keys = self._below.get(question.id, set()) | {question.id}
        found = [self.standing(document, topic) for topic in self.guide(document) if keys & set(topic.questions)]
        return strongest(found) or ("outside the schedule" if self.guide(document) else None)

    def silence(self, documents: Iterable[str], theme: str, begun: Collection[str]) -> Silence:
        """Return what it means that no words of some documents speak to a theme.

        Args:
            documents: at least one of them begun.
            theme: id of the theme.
            begun: ids of the documents that are coded or marked done.
        """
        standings: set[Standing | None] = set()
        asked = False
        for document in documents:
            standing = self.of_theme(document, theme)
            # What a file records of the theme may be about another family, and stand in that row.
            standings.add("not recorded" if standing == "recorded" else standing)
            asked = asked or (standing == "asked" and document in begun)
        if "asked" in standings:
            return "asked, not raised" if asked else "not yet coded"
        if "not yet confirmed" in standings:
            return "not yet confirmed"
        if None in standings:
            return "no coding"
        if {"not asked", "not recorded"} <= standings:
            return "not asked, not recorded"
        return (
            "not asked"
            if "not asked" in standings
            else "not recorded"
            if "not recorded" in standings
            else "outside the schedule"
        )
