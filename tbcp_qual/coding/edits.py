"""What a person can do to records, each as the changes it makes; nothing is written here.

The changes of one call belong in one revision, so that one undo takes all of them back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tbcp_qual.coding.changes import Change, create, remove, update
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import (
    Code,
    Coding,
    Document,
    Done,
    Review,
    Theme,
    Turn,
    definition_fingerprint,
    done_id,
    review_id,
)
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import Conflict, UsageError


def apply_code(
    own: Iterable[Coding],
    codebook: Codebook,
    *,
    document: Document,
    span: Span,
    code: Code,
    coder: str,
    memo: str = "",
    negative: bool = False,
) -> list[Change]:
    """Code a span; the same code over overlapping words extends the coding that is there.

    Args:
        own: this coder's codings of the document.

    Raises:
        UsageError: the span is empty, or the code is retired.
        Conflict: a code of the same exclusive domain is on the same words.
    """
    if span.end <= span.start:
        raise UsageError("Nothing is selected.", "Select words first: `s` takes the sentence.")
    if code.retired:
        raise UsageError(f"The code “{code.name}” is retired.", "Choose another, or bring it back in the codebook.")
    same: list[Coding] = []
    for coding in own:
        if coding.coder != coder or coding.document != document.id or coding.text != document.text:
            continue
        if not Span(coding.start, coding.end).overlaps(span):
            continue
        there = codebook.current(coding.code)
        if there.id == code.id:
            same.append(coding)
        elif code.domain and there.domain == code.domain:
            raise Conflict(
                f"“{there.name}” is on these words, and only one code of “{code.domain}” can be.",
                "Remove it first, or change its code with `e`.",
            )
    if not same:
        return [
            create(
                Coding(
                    id=new_id(),
                    document=document.id,
                    text=document.text,
                    start=span.start,
                    end=span.end,
                    code=code.id,
                    coder=coder,
                    definition=definition_fingerprint(code),
                    memo=memo,
                    negative=negative,
                )
            )
        ]
    kept, *others = sorted(same, key=lambda c: (c.start, c.id))
    memos = [m for m in dict.fromkeys([*(c.memo for c in (kept, *others)), memo]) if m]
    change = update(
        kept,
        start=min(span.start, kept.start),
        end=max(span.end, *(c.end for c in same)),
        memo="\n".join(memos),
        negative=negative or any(c.negative for c in same),
    )
    return [*([change] if change.fields else []), *(remove(c) for c in others)]


def recode(coding: Coding, code: Code) -> list[Change]:
    """Give a coding another code; its words stay."""
    return [update(coding, code=code.id, definition=definition_fingerprint(code))]


def remove_coding(coding: Coding) -> list[Change]:
    """Take a coding away."""
    return [remove(coding)]


def review(turn: Turn, coder: str) -> list[Change]:
    """Say that this coder has been through a turn."""
    return [create(Review(id=review_id(turn.id, coder), document=turn.document, turn=turn.id, coder=coder))]


def mark_done(mark: Done | None, *, document: str, coder: str, done: bool = True) -> list[Change]:
    """Say that this coder has finished a document, or take that back."""
    if mark is None:
        return [create(Done(id=done_id(document, coder), document=document, coder=coder, done=done))] if done else []
    return [] if mark.done == done else [update(mark, done=done)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """What an act on a code would touch; said before it is done."""

    codings: int
    documents: int
    coders: int
    children: int
    themes: int

    def __str__(self) -> str:
        def some(n: int, one: str, many: str) -> str:
            return f"{n} {one if n == 1 else many}"

        return (
            f"{some(self.codings, 'coding', 'codings')} of {some(self.coders, 'coder', 'coders')} in "
            f"{some(self.documents, 'document', 'documents')}, {some(self.children, 'code below', 'codes below')}, "
            f"{some(self.themes, 'theme', 'themes')}"
        )


def touched(codebook: Codebook, codings: Iterable[Coding], themes: Iterable[Theme], code: Code) -> Touched:
    """Count what retiring or merging a code would touch, among what the viewer may see."""
    theirs = [c for c in codings if codebook.current(c.code).id == code.id]
    return Touched(
        codings=len(theirs),
        documents=len({c.document for c in theirs}),
        coders=len({c.coder for c in theirs}),
        children=len(codebook.branch(code.id)) - 1,
        themes=sum(code.id in theme.codes for theme in themes),
    )


def add_code(codebook: Codebook, code: Code) -> list[Change]:
    """Put a new code into the codebook, last among its siblings.

    Raises:
        UsageError: the name is empty, or a sibling has it already.
    """
    siblings = codebook.children.get(code.parent, [])
    _check_name(siblings, code.name)
    siblings = [c for c in siblings if not c.retired]
    return [create(replace(code, position=max((c.position for c in siblings), default=-1) + 1))]


def rename_code(codebook: Codebook, code: Code, name: str) -> list[Change]:
    """Give a code another name.

    Raises:
        UsageError: the name is empty, or a sibling has it already.
    """
    _check_name(codebook.children.get(code.parent, []), name, code)
    return [update(code, name=name)]


def _check_name(siblings: Sequence[Code], name: str, but: Code | None = None) -> None:
    if not name.strip() or ">" in name:
        raise UsageError("A code needs a name, without “>”.")
    others = (c for c in siblings if not c.retired and (but is None or c.id != but.id))
    if any(c.name.casefold() == name.casefold() for c in others):
        raise UsageError(f"There is a code called “{name}” there already.", "Rename one, or merge the two.")


def move_code(codebook: Codebook, code: Code, parent: Code | None) -> list[Change]:
    """Hang a code and all below it under another code, or at the top.

    Raises:
        UsageError: a code of that name is there already.
        Conflict: the new place lies below the code itself.
    """
    if parent is not None and parent.id in codebook.branch(code.id):
        raise Conflict(f"“{code.name}” cannot go below itself.")
    if code.parent == (parent.id if parent else None):
        return []
    siblings = codebook.children.get(parent.id if parent else None, [])
    _check_name(siblings, code.name, code)
    position = max((c.position for c in siblings), default=-1) + 1
    return [update(code, parent=parent.id if parent else None, position=position)]


def retire_code(codebook: Codebook, code: Code) -> list[Change]:
    """Take a code out of use, with all below it; codings keep it."""
    branch = codebook.branch(code.id)
    return [update(c, retired=True) for _, c in codebook.walk(retired=True) if c.id in branch and not c.retired]


def delete_code(codebook: Codebook, codings: Iterable[Coding], themes: Iterable[Theme], code: Code) -> list[Change]:
    """Delete a code that nothing uses; one that is in use, or has codes below it, is retired instead."""
    in_use = (
        any(c.code == code.id for c in codings)
        or any(code.id in theme.codes for theme in themes)
        or any(c.merged_into == code.id for c in codebook.by_id.values())
        or bool(codebook.children.get(code.id))
    )
    return retire_code(codebook, code) if in_use else [remove(code)]


def restore_code(codebook: Codebook, code: Code) -> list[Change]:
    """Bring a retired code back, with the codes above it.

    Raises:
        UsageError: another code has taken the name of one of them in the meantime.
    """
    back = [c for c in (code, *codebook.ancestors(code.id)) if c.retired]
    for returning in back:
        _check_name(codebook.children.get(returning.parent, []), returning.name, returning)
    return [update(c, retired=False) for c in back]


def merge_codes(codebook: Codebook, themes: Iterable[Theme], code: Code, into: Code) -> list[Change]:
    """Let another code stand for this one; its codings follow, those below it move, and themes name the other.

    Raises:
        UsageError: a code below the one has the name of a code below the other.
        Conflict: the other code lies below this one, or is forwarded to it.
    """
    if code.id == into.id or into.id in codebook.branch(code.id) or codebook.current(into.id).id == code.id:
        raise Conflict(f"“{code.name}” cannot be merged into “{into.name}”.", "Move that code out of it first.")
    changes = [update(code, merged_into=into.id, retired=True)]
    below = [c for c in codebook.children.get(into.id, []) if c.id != code.id]
    position = max((c.position for c in below), default=-1) + 1
    for offset, child in enumerate(codebook.children.get(code.id, [])):
        if not child.retired:
            _check_name(below, child.name)
        changes.append(update(child, parent=into.id, position=position + offset))
    for theme in themes:
        if code.id in theme.codes:
            named = dict.fromkeys(into.id if c == code.id else c for c in theme.codes)
            changes.append(update(theme, codes=tuple(named)))
    return changes


def edit_code(code: Code, values: Mapping[str, object]) -> list[Change]:
    """Change what a code says: its definitions, example, colour, status and the like."""
    change = update(code, **values)
    return [change] if change.fields else []
