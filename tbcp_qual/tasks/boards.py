"""The board of rounds: how far each coder is with each document, told to each viewer as far as they may know it."""

import datetime
from dataclasses import dataclass
from typing import Literal

from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.records import Document, Round
from tbcp_qual.store import Project

State = Literal["not begun", "begun", "not done", "done", "locked"]
"""How far a coder is with a document; "not done" is all that is told of others in a blind round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How far one coder is with one document of a round."""

    document: str
    """Name."""
    document_id: str
    coder: str
    """Name."""
    coder_id: str
    state: State
    reviewed: int | None
    """Turns coded or reviewed; None where the viewer is not to know."""
    turns: int
    """Turns to review."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One round, as a viewer may see it."""

    round: Round
    coders: tuple[str, ...]
    """Names."""
    gold: str | None
    """Name."""
    documents: tuple[str, ...]
    """Names."""
    codes: tuple[str, ...]
    """Paths; empty where all codes are in scope."""
    places: tuple[Place, ...]
    overdue: bool
    """Whether its day has passed and it is not locked."""

    @property
    def done(self) -> int:
        """How many of its places are finished."""
        return sum(place.state in ("done", "locked") for place in self.places)


def boards(project: Project, *, viewer: str, today: datetime.date | None = None) -> list[Board]:
    """Return all rounds in the order in which they were opened; of a blind one only others' marks are told.

    Args:
        project: an open project.
        viewer: id of the coder who looks.
        today: the day that counts; None for the present one.
    """
    rounds: list[Round] = project.records("round")
    names = {coder.id: coder.name for coder in project.records("coder")}
    documents: dict[str, Document] = {document.id: document for document in project.records("document")}
    codebook = Codebook(project.records("code"))
    blind = project.blind(viewer)
    done = {(mark.document, mark.coder) for mark in project.records("done") if mark.done}
    working = {coder for made in rounds for coder in made.coders}
    progress = {coder: project.progress(coder) for coder in working}
    day_now = (today or datetime.date.today()).isoformat()

    def place(made: Round, document: str, coder: str) -> Place:
        seen = coder == viewer or document not in blind
        turns = progress[coder].turns_by_document.get(document, 0)
        reviewed = progress[coder].reviewed_by_document.get(document, 0)
        state: State
        if made.locked:
            state = "locked"
        elif (document, coder) in done:
            state = "done"
        elif not seen:
            state = "not done"
        else:
            state = "begun" if reviewed else "not begun"
        return Place(
            document=documents[document].name if document in documents else "",
            document_id=document,
            coder=names.get(coder, ""),
            coder_id=coder,
            state=state,
            reviewed=reviewed if seen else None,
            turns=turns,
        )

    return [
        Board(
            round=made,
            coders=tuple(names.get(coder, "") for coder in made.coders),
            gold=names.get(made.gold) if made.gold else None,
            documents=tuple(documents[document].name for document in made.documents if document in documents),
            codes=tuple(codebook.path(code) for code in made.codes if code in codebook.by_id),
            places=tuple(
                place(made, document, coder)
                for document in made.documents
                if document in documents
                for coder in made.coders
            ),
            overdue=bool(made.due) and made.due < day_now and not made.locked,
        )
        for made in sorted(rounds, key=lambda made: made.id)
    ]
