"""The recode queue: codings whose code is no longer what it was, and documents that were done before a code was there.

Time never decides what somebody saw: a coding holds the fingerprint of the definition it was made under, and waits
while that is not the present one. Whoever made it keeps it, gives it another code, or takes it away.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from functools import cache
from hashlib import sha256
from typing import Any, Literal

from tbcp_qual.coding.changes import Change, Revision, changed, create, effective, remove, update
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.records import STAGES, Code, Coding, Memo, Stage, definition_fingerprint
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span
from tbcp_qual.coding.versions import DEFINITION
from tbcp_qual.errors import Conflict, UsageError

Reason = Literal["redefined", "renamed", "split", "merged", "retired", "new code"]

REASONS: tuple[Reason, ...] = ("split", "merged", "retired", "redefined", "renamed", "new code")
"""In the order in which they are shown."""


def standing_fingerprint(code: Code) -> str:
    """Return the fingerprint of a definition as it stands: that of a retired code is another than while it was in use."""
    words = definition_fingerprint(code)
    return sha256(f"{words}\x1fretired".encode()).hexdigest()[:16] if code.retired else words


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What the journal knows of codes and documents beyond what they are now."""

    definitions: Mapping[tuple[str, str], Code] = field(default_factory=dict)
    """A code as it was, by its id and the fingerprint of its definition."""
    parts: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """Ids of the codes into which a code was split, by its id and the fingerprint of a definition before that."""
    unmet: frozenset[tuple[str, str]] = frozenset()
    """`(code, document)`: the viewer had finished the document when the code came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something to decide: a coding, or a whole document to read again for a code."""

    reason: Reason
    code: str
    """Id of the code that stands there today."""
    document: str
    coder: str
    own: bool
    """Whether it is the viewer's to decide."""
    coding: Coding | None = None
    """None where a document is to be read again."""
    before: Code | None = None
    """The code as it was when the coding was made; None where that is not known."""
    parts: tuple[str, ...] = ()
    """Ids of the codes into which it was split; empty where it was not."""


def recode_queue(snapshot: Snapshot, past: Past) -> tuple[Waiting, ...]:
    """Return what waits for a decision, by code in the order of the codebook, then by reason, document and place.

    Args:
        snapshot: of all documents.
        past: what `past_of` found.
    """
    book = snapshot.codebook
    fingerprints = cache(lambda code_id: _accepted(book.by_id[code_id]))
    found: list[Waiting] = []
    for coding in snapshot.codings:
        now = book.current(coding.code)
        if coding.definition not in fingerprints(now.id):
            reason, parts = _reason(coding, now, past)
            if reason is not None:
                found.append(
                    Waiting(
                        reason=reason,
                        code=now.id,
                        document=coding.document,
                        coder=coding.coder,
                        own=coding.coder == snapshot.viewer,
                        coding=coding,
                        before=past.definitions.get((coding.code, coding.definition)),
                        parts=tuple(part for part in parts if part in book.by_id),
                    )
                )
    found.extend(_to_visit(snapshot, past))
    order = {code.id: place for place, (_, code) in enumerate(book.walk(retired=True))}
    documents = {document.id: place for place, document in enumerate(snapshot.documents)}
    return tuple(
        sorted(
            found,
            key=lambda w: (
                order[w.code],
                REASONS.index(w.reason),
                documents[w.document],
                (w.coding.start, w.coding.end, w.coding.id) if w.coding else (0, 0, ""),
            ),
        )
    )


def _accepted(code: Code) -> tuple[str, ...]:
    """Return the fingerprints under which a coding of a code need not wait.

    What was kept while a code was retired was decided on the same words, and stays decided when it comes back.
    """
    return (standing_fingerprint(code), standing_fingerprint(replace(code, retired=True)))


def _reason(coding: Coding, now: Code, past: Past) -> tuple[Reason | None, tuple[str, ...]]:
    parts = past.parts.get((coding.code, coding.definition), ())
    if coding.code != now.id and (now.id, coding.definition) not in past.definitions:
        return "merged", parts
    if now.retired:
        return "retired", parts
    if not coding.definition:
        return None, ()  # it came from a project that does not say what a code meant
    if parts:
        return "split", parts
    before = past.definitions.get((now.id, coding.definition))
    if before is not None and all(getattr(before, name) == getattr(now, name) for name in DEFINITION):
        return "renamed", ()
    return "redefined", ()


def _to_visit(snapshot: Snapshot, past: Past) -> list[Waiting]:
    book, viewer = snapshot.codebook, snapshot.viewer
    used = {(book.current(c.code).id, c.document) for c in snapshot.codings if c.coder == viewer}
    visited = {memo.id for memo in snapshot.memos}
    return [
        Waiting(reason="new code", code=code, document=document, coder=viewer, own=True)
        for code, document in past.unmet
        if code in book.by_id
        and not book.by_id[code].retired
        and document in snapshot.document_by_id
        and (code, document) not in used
        and revisit_id(code, document, viewer) not in visited
    ]


# -- what the journal knows


def past_of(revisions: Iterable[Revision], viewer: str) -> Past:
    """Read from the journal what codes meant, what was split, and what a viewer finished before a code was there.

    Args:
        revisions: all of them, in clock order.
        viewer: id of the coder for whom documents are to be read again.
    """
    listed = list(revisions)
    stands = effective({revision.id: revision.undoes for revision in listed})
    codes: dict[str, Code] = {}
    definitions: dict[tuple[str, str], Code] = {}
    split: dict[tuple[str, str], tuple[str, ...]] = {}
    came: dict[str, int] = {}
    finished: dict[str, int] = {}
    staged: dict[str, int] = {}
    marks: dict[str, str] = {}
    parts_of_others: set[str] = set()
    for place, revision in enumerate(listed):
        of_codes = [change for change in revision.changes if change.kind == "code"]
        made = [change.id for change in of_codes if change.creates]
        narrowed = next((c for c in of_codes if made and "not_when" in c.fields and not c.creates), None)
        for change in of_codes:
            before = codes.get(change.id, Code(id=change.id))
            after = changed(before, change)
            assert isinstance(after, Code)
            definitions[change.id, definition_fingerprint(after)] = after
            definitions[change.id, standing_fingerprint(after)] = after
            if not stands[revision.id]:
                continue
            codes[change.id] = after
            if change.creates:
                came[change.id] = place
            if change is narrowed:
                earlier = [key for key in definitions if key[0] == change.id]
                present = _accepted(after)
                split.update({key: (*split.get(key, ()), *made) for key in earlier if key[1] not in present})
                parts_of_others.update(made)
        if stands[revision.id]:
            _note_finished(revision, place, viewer, marks, finished, staged)
    unmet = {
        (code, document)
        for code, place in came.items()
        if code not in parts_of_others
        for document, done in {**staged, **finished}.items()
        if done < place
    }
    return Past(definitions=definitions, parts=split, unmet=frozenset(unmet))


def _note_finished(
    revision: Revision,
    place: int,
    viewer: str,
    marks: dict[str, str],
    finished: dict[str, int],
    staged: dict[str, int],
) -> None:
    """Note which documents a revision finishes: by the viewer's own mark, or by the viewer setting their stage."""
    for change in revision.changes:
        if change.kind == "done":
            if change.creates and _new(change, "coder") == viewer:
                marks[change.id] = str(_new(change, "document"))
            if change.id in marks and "done" in change.fields:
                if _new(change, "done"):
                    finished[marks[change.id]] = place
                else:
                    finished.pop(marks[change.id], None)
        elif change.kind == "document" and "stage" in change.fields:
            before, after = (_is_coded(stage) for stage in change.fields["stage"])
            if after and not before and revision.coder == viewer:
                staged[change.id] = place
            elif before and not after:
                staged.pop(change.id, None)


def _new(change: Change, name: str) -> Any:
    return change.fields.get(name, (None, None))[1]


def _is_coded(stage: Stage) -> bool:
    return STAGES.index(stage) >= STAGES.index("coded")


# -- what can be decided


def keep(codebook: Codebook, codings: Iterable[Coding]) -> list[Change]:
    """Say that codings are right under the definitions as they stand now."""
    changes = [update(c, definition=standing_fingerprint(codebook.current(c.code))) for c in codings]
    return [change for change in changes if change.fields]


def give_code(codebook: Codebook, own: Sequence[Coding], codings: Sequence[Coding], code: Code) -> list[Change]:
    """Give codings another code; their words stay.

    Args:
        codebook: all codes.
        own: all codings of this coder.
        codings: those to change.
        code: the code they get.

    Raises:
        UsageError: the code is retired.
        Conflict: a code of the same exclusive domain is on the same words.
    """
    if code.retired:
        raise UsageError(f"The code “{code.name}” is retired.", "Choose another, or bring it back in the codebook.")
    ids = {coding.id for coding in codings}
    for coding in codings if code.domain else ():
        for other in own:
            there = codebook.current(other.code)
            if (
                other.id not in ids
                and (other.document, other.text) == (coding.document, coding.text)
                and there.domain == code.domain
                and there.id != code.id
                and Span(other.start, other.end).overlaps(Span(coding.start, coding.end))
            ):
                raise Conflict(
                    f"“{there.name}” is on the words of one of them, and only one code of “{code.domain}” can be.",
                    "Nothing was changed; drop the one or the other first.",
                )
    changes = [update(coding, code=code.id, definition=definition_fingerprint(code)) for coding in codings]
    return [change for change in changes if change.fields]


def take_away(codings: Iterable[Coding]) -> list[Change]:
    """Take codings away."""
    return [remove(coding) for coding in codings]


def revisit_id(code: str, document: str, coder: str) -> str:
    """One memo per code, document and coder: that it was read again."""
    return sha256("\x1f".join(("revisited", code, document, coder)).encode()).hexdigest()[:32]


def revisited(snapshot: Snapshot, code: Code, documents: Iterable[str], *, at: str) -> list[Change]:
    """Say that the viewer has read documents again for a code; each is a memo, so that the decision can be shown.

    Args:
        snapshot: holds the memos there are.
        code: the code that came later.
        documents: ids.
        at: now, ISO 8601 in UTC.
    """
    there = {memo.id for memo in snapshot.memos}
    memos = [
        Memo(
            id=revisit_id(code.id, document, snapshot.viewer),
            coder=snapshot.viewer,
            kind="method decision",
            title=f"Read again for {code.name}",
            body="Read again for a code that came after this document was done.",
            document=document,
            code=code.id,
            at=at,
        )
        for document in dict.fromkeys(documents)
    ]
    return [create(memo) for memo in memos if memo.id not in there]
