"""Finding words over the whole project, in their context, and coding what was found in one act."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from tbcp_qual.analysis.sources import Sources
from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import Change, Revision
from tbcp_qual.coding.records import Code, Coding, Document
from tbcp_qual.coding.sentences import sentences
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.sought import places, read
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import Conflict, ProjectUnusable
from tbcp_qual.store import Project
from tbcp_qual.store.search import Hit

Extent = Literal["words", "sentence", "turn"]

AROUND = 60
"""Code points of context on either side of a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InContext:
    """One place where what was sought stands."""

    kind: str
    record: str
    """Id of the turn, memo, code and so on."""
    document: str
    """Id; empty for what lies in no document."""
    source: str
    """`P07, parent, turn 14`, or what the record is called."""
    source_type: str
    span: Span | None
    """In the present text of the document; None for what lies in no text."""
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundWords:
    """Some hits, and how many there are."""

    hits: tuple[InContext, ...]
    more: int
    """Where to go on; 0 where these are all."""


def make_findable(project: Project) -> bool:
    """Index what was written since the last search; False where the file may not be written."""
    if project.unindexed() == 0:
        return True
    if project.read_only:
        try:
            with Project.open(project.path) as writable:
                writable.index()
        except (ProjectUnusable, Conflict):
            return False
        return True
    project.index()
    return True


def find_words(
    project: Project, typed: str, *, viewer: str, kinds: Iterable[str] = (), after: int = 0, limit: int = 50
) -> FoundWords:
    """Return hits in their context, each place of a turn by itself; records in the order in which they were indexed."""
    sought = read(typed)
    found, more = project.find(viewer, typed, kinds=kinds, after=after, limit=limit)
    if sought is None or not found:
        return FoundWords(hits=(), more=0)
    in_turns = {hit.document for hit in found if hit.kind == "turn"}
    now = project.snapshot(viewer, sorted(in_turns))
    sources, turns = Sources(now), {turn.id: turn for turn in now.turns}
    hits: list[InContext] = []
    for hit in found:
        document = now.document_by_id.get(hit.document)
        for place in places(sought, hit.words) or [Span(0, 0)]:
            span = None
            source = _called(now, hit, document)
            turn = turns.get(hit.record)
            if turn is not None:
                span = Span(turn.start + place.start, turn.start + place.end)
                source = sources.label(hit.document, turn.text, span)
            hits.append(
                InContext(
                    kind=hit.kind,
                    record=hit.record,
                    document=hit.document,
                    source=source,
                    source_type=document.source_type if document else "",
                    span=span,
                    before=_line(hit.words[max(0, place.start - AROUND) : place.start]),
                    words=_line(hit.words[place.start : place.end]),
                    after=_line(hit.words[place.end : place.end + AROUND]),
                )
            )
            if hit.kind != "turn":
                break
    return FoundWords(hits=tuple(hits), more=more)


def _line(words: str) -> str:
    return "".join(" " if c.isspace() else c for c in words)


def _called(now: Snapshot, hit: Hit, document: Document | None) -> str:
    if hit.kind in ("coding", "memo"):
        return f"memo on {document.name}" if document else "memo"
    if hit.kind == "code" and hit.record in now.codebook.by_id:
        return f"code {now.codebook.path(hit.record)}"
    return f"{hit.kind} {document.name}" if document else hit.kind


def count_words(project: Project, typed: str, *, viewer: str) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Count the turns and records hit: by kind, by name of the document, by source type."""
    documents = {document.id: document for document in project.records("document")}
    kinds: Counter[str] = Counter()
    names: Counter[str] = Counter()
    types: Counter[str] = Counter()
    for (kind, document), count in project.tally(viewer, typed).items():
        kinds[kind] += count
        if kind == "turn" and document in documents:
            names[documents[document].name] += count
            types[documents[document].source_type or "no source type"] += count
    return dict(kinds.most_common()), dict(names.most_common()), dict(types.most_common())


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCode:
    """Stretches that are about to be coded, shown before they are."""

    code: Code
    spans: tuple[tuple[Document, Span], ...]
    already: int
    """Stretches that touch a coding by this coder with this code already; they are left as they are."""
    excluded: int
    """Stretches on which a code stands that excludes this one; they are left as they are."""
    changes: tuple[Change, ...]


def hits_to_code(
    project: Project,
    typed: str,
    code: Code,
    *,
    coder: str,
    extent: Extent = "sentence",
    documents: Sequence[str] | None = None,
) -> ToCode:
    """Return what coding all hits would do: the words found, the sentences they stand in, or the whole turns.

    Args:
        documents: ids; None for all.
    """
    sought = read(typed)
    now = project.snapshot(coder, documents)
    found = _turns_found(project, coder, typed)
    spans: list[tuple[Document, Span]] = []
    for document in now.documents if sought is not None else ():
        if document.text not in now.texts:
            continue
        for turn in now.turns_by_document.get(document.id, ()):
            if turn.role == "interviewer" or turn.id not in found or sought is None:
                continue
            words = now.texts[turn.text][turn.start : turn.end]
            spans.extend((document, _widened(words, place, turn.start, extent)) for place in places(sought, words))
    return _to_code(now, code, spans, coder)


def _turns_found(project: Project, coder: str, typed: str) -> set[str]:
    found: set[str] = set()
    after = 0
    while True:
        hits, after = project.find(coder, typed, kinds=["turn"], after=after, limit=10_000)
        found.update(hit.record for hit in hits)
        if not after:
            return found


def speaker_to_code(
    project: Project, speaker: str, code: Code, *, coder: str, documents: Sequence[str] | None = None
) -> ToCode:
    """Return what coding all turns of a speaker would do."""
    now = project.snapshot(coder, documents)
    spans = [
        (document, Span(turn.start, turn.end))
        for document in now.documents
        for turn in now.turns_by_document.get(document.id, ())
        if turn.text == document.text and turn.speaker.casefold() == speaker.casefold() and turn.start < turn.end
    ]
    return _to_code(now, code, spans, coder)


def _widened(words: str, place: Span, start: int, extent: Extent) -> Span:
    if extent == "turn":
        return Span(start, start + len(words))
    if extent == "sentence":
        touched = [s for s in sentences(words) if s.start < place.end and place.start < s.end] or [place]
        place = Span(touched[0].start, touched[-1].end)
    return Span(start + place.start, start + place.end)


def _to_code(now: Snapshot, code: Code, spans: Iterable[tuple[Document, Span]], coder: str) -> ToCode:
    own: dict[str, list[Coding]] = {}
    for coding in now.codings:
        if coding.coder == coder:
            own.setdefault(coding.document, []).append(coding)
    wanted: dict[str, list[Span]] = {}
    by_id: dict[str, Document] = {}
    for document, span in spans:
        by_id[document.id] = document
        there = wanted.setdefault(document.id, [])
        if there and there[-1].overlaps(span):
            there[-1] = Span(min(there[-1].start, span.start), max(there[-1].end, span.end))
        elif not there or there[-1] != span:
            there.append(span)
    changes: list[Change] = []
    shown: list[tuple[Document, Span]] = []
    already = excluded = 0
    for document_id, stretches in wanted.items():
        mine = own.get(document_id, [])
        for span in stretches:
            same = [c for c in mine if now.codebook.current(c.code).id == code.id]
            if any(Span(c.start, c.end).overlaps(span) for c in same):
                # One that is there already is widened by hand: one act cannot change one coding twice.
                already += 1
                continue
            try:
                changes += edits.apply_code(
                    mine, now.codebook, document=by_id[document_id], span=span, code=code, coder=coder
                )
            except Conflict:
                excluded += 1
                continue
            shown.append((by_id[document_id], span))
    return ToCode(code=code, spans=tuple(shown), already=already, excluded=excluded, changes=tuple(changes))


def code_all(project: Project, planned: ToCode, *, coder: str) -> Revision | None:
    """Code what was shown, as one revision."""
    label = f"coded {len(planned.spans)} places as {planned.code.name}"
    return project.apply(label, planned.changes, coder=coder)
