"""What a person can do to records, each as the changes it makes; nothing is written here.

The changes of one call belong in one revision, so that one undo takes all of them back. What is done to codes stands
in `code_edits` and is offered here too.
"""

from collections.abc import Iterable

from tbcp_qual.coding.changes import Change, create, remove, update
from tbcp_qual.coding.code_edits import (
    Touched,
    add_code,
    delete_code,
    edit_code,
    merge_codes,
    move_code,
    place_code,
    rename_code,
    restore_code,
    retire_code,
    split_code,
    touched,
)
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import (
    Code,
    Coding,
    Document,
    Done,
    Review,
    Turn,
    definition_fingerprint,
    done_id,
    review_id,
)
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import Conflict, UsageError

__all__ = [
    "Touched",
    "add_code",
    "apply_code",
    "delete_code",
    "edit_code",
    "mark_done",
    "merge_codes",
    "move_code",
    "place_code",
    "recode",
    "remove_coding",
    "rename_code",
    "restore_code",
    "retire_code",
    "review",
    "split_code",
    "touched",
]


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
