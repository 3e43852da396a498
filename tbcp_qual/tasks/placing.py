"""What could not be placed in a corrected text: listing it, and placing it by hand."""

from dataclasses import dataclass

from tbcp_qual.coding.changes import Change, create, update
from tbcp_qual.coding.placing import Anchor, is_unplaced
from tbcp_qual.coding.records import Document, Placement, placement_id
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span
from tbcp_qual.coding.text import one_line
from tbcp_qual.errors import UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.documents import document_named
from tbcp_qual.tasks.following import seen_anchors, told_of
from tbcp_qual.tasks.structure import open_document


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """A record whose words are not in the present text of its document."""

    kind: str
    """`coding`, `memo` or `about`."""
    id: str
    document: str
    what: str
    """Path of the code, title of the memo, label of the case."""
    coder: str
    """Name; empty for what nobody owns."""
    words: str
    """As they were in the text that it was made on."""


def _corrected(project: Project) -> set[str]:
    """Return the ids of the documents whose text was ever corrected."""
    return {forward.document for forward in project.records("forward")}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedByHand:
    """Where a record was placed."""

    document: str
    turn: int
    what: str


def list_unplaced(project: Project, *, viewer: str) -> list[Unplaced]:
    """Return what is unplaced anywhere, as far as a viewer may see it, by document and place in its old text."""
    now = project.snapshot(viewer, _corrected(project))
    lost = [anchor for anchor in seen_anchors(now) if is_unplaced(anchor, now.document_by_id[anchor.document])]
    texts = project.texts({anchor.text for anchor in lost})
    told = told_of(now)
    order = {document.id: place for place, document in enumerate(now.documents)}
    return [
        Unplaced(
            kind=anchor.kind,
            id=anchor.id,
            document=now.document_by_id[anchor.document].name,
            what=told[anchor.id][0],
            coder=told[anchor.id][1],
            words=texts[anchor.text][anchor.start : anchor.end],
        )
        for anchor in sorted(lost, key=lambda a: (order[a.document], a.start, a.end, a.id))
    ]


def place_by_hand(
    project: Project,
    record: str,
    *,
    coder: str,
    document: str | None = None,
    turn: str | None = None,
    quotation: str | None = None,
) -> PlacedByHand:
    """Say where a record lies in the corrected text of its document; one revision. The record itself stays as it is.

    Args:
        record: its id.
        document: name of its document, to be sure.
        turn: number of a turn.
        quotation: the words it belongs on; None for the whole turn.

    Raises:
        UsageError: there is no such record, turn or quotation, or it was made on the present text.
    """
    anchor, now = _found(project, record.strip(), coder)
    name = now.document_by_id[anchor.document]
    if document is not None and document_named(project, document).id != anchor.document:
        raise UsageError(f"That lies in “{name.name}” and not in “{one_line(document)}”.")
    if not turn and not quotation:
        raise UsageError("Where does it belong?", "Say it: --turn N, --quotation WORDS, or both.")
    if _made_on(project, anchor) == name.text:
        raise UsageError(
            "That was made on the present text of its document.", "Change it on screen, or remove it and code anew."
        )
    opened = open_document(project, coder, anchor.document)
    within, where = Span(0, len(opened.words)), f"“{name.name}”"
    if turn:
        chosen = opened.turns[opened.one(turn)]
        within, where = Span(chosen.start, chosen.end), f"turn {turn} of “{name.name}”"
    span = opened.quoted(quotation, within, where) if quotation else within
    project.apply(f"placed by hand: a {_called(anchor.kind)}", _placement(project, anchor, name, span), coder=coder)
    number = sum(t.head <= span.start for t in opened.turns)
    return PlacedByHand(document=name.name, turn=number, what=told_of(now)[anchor.id][0])


def _called(kind: str) -> str:
    return "mark of a case" if kind == "about" else kind


def _found(project: Project, record: str, viewer: str) -> tuple[Anchor, Snapshot]:
    """Return a record that a viewer may see, and what it was found in."""
    now = project.snapshot(viewer, _corrected(project))
    for anchor in seen_anchors(now):
        if anchor.id == record:
            return anchor, now
    raise UsageError(
        "No coding, memo or mark of a case with that id lies in a corrected document.",
        "`tbcp-qual documents unplaced` shows the ids.",
    )


def _made_on(project: Project, anchor: Anchor) -> str:
    """Return the hash of the text that a record was made on; a snapshot has it on the present one."""
    return next(stored.text for stored in project.spans(anchor.document) if stored.id == anchor.id)


def _placement(project: Project, anchor: Anchor, document: Document, span: Span) -> list[Change]:
    made = Placement(
        id=placement_id(anchor.id, document.text),
        kind=anchor.kind,
        record=anchor.id,
        document=document.id,
        text=document.text,
        start=span.start,
        end=span.end,
        by_hand=True,
    )
    known = project.record("placement", made.id)
    if known is None:
        return [create(made)]
    return [update(known, start=span.start, end=span.end, by_hand=True)]
