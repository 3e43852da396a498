"""Random operations on a project, drawn by hypothesis: what people do, on whatever happens to be there.

An operation that the project refuses with a sentence counts as done; any other exception is a failure.
"""

from hypothesis import strategies as st

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Attribute, Case, Code, Coding, Theme, attribute_id
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import QualError
from tbcp_qual.store import Project

NAMES = [
    "code",
    "code",
    "code",
    "uncode",
    "memo",
    "negative",
    "recode",
    "review",
    "done",
    "new code",
    "rename",
    "define",
    "move",
    "retire",
    "restore",
    "delete code",
    "merge codes",
    "theme",
    "attribute",
    "undo",
    "undo",
    "redo",
]
Operation = tuple[str, int, int, int]
operations = st.tuples(st.sampled_from(NAMES), *(st.integers(0, 30) for _ in range(3)))


def perform(project: Project, coder: str, operation: Operation) -> bool:
    """Do one operation as a coder; return whether it was accepted."""
    try:
        _perform(project, coder, operation)
    except QualError:
        return False
    return True


def _perform(project: Project, coder: str, operation: Operation) -> None:
    name, a, b, c = operation
    if name == "undo":
        project.undo(coder)
        return
    if name == "redo":
        project.redo(coder)
        return
    now = project.snapshot(coder)
    changes = _changes(now, coder, name, a, b, c)
    project.apply(name, changes, coder=coder)


def _changes(now: Snapshot, coder: str, name: str, a: int, b: int, c: int) -> list:
    book, codes = now.codebook, sorted(now.codes, key=lambda code: code.id)
    document = now.documents[a % len(now.documents)]
    own = [coding for coding in now.codings if coding.coder == coder]
    if not codes:
        return edits.add_code(book, Code(id=new_id(), name="First"))
    code = codes[b % len(codes)]
    other = codes[c % len(codes)]
    turns = [turn for turn in now.turns if turn.document == document.id]
    match name:
        case "code":
            length = len(now.texts[document.text])
            start = (a * 7 + c) % (length - 1)
            span = Span(start, min(start + 1 + b, length))
            mine = [coding for coding in own if coding.document == document.id]
            return edits.apply_code(mine, book, document=document, span=span, code=code, coder=coder)
        case "uncode" | "memo" | "negative" | "recode" if own:
            return _edit_coding(own[a % len(own)], name, b, other)
        case "review":
            turn = turns[b % len(turns)]
            known = {review.turn for review in now.reviews if review.coder == coder}
            return [] if turn.id in known else edits.review(turn, coder)
        case "done":
            marks = {mark.document: mark for mark in now.done if mark.coder == coder}
            return edits.mark_done(marks.get(document.id), document=document.id, coder=coder, done=bool(b % 3))
        case "new code":
            return edits.add_code(book, Code(id=new_id(), name=f"New {a}-{b}", parent=code.id if c % 2 else None))
        case "rename":
            return edits.rename_code(book, code, f"Name {a}")
        case "define":
            return edits.edit_code(code, {"full": f"Definition {a}", "status": "agreed"})
        case "move":
            return edits.move_code(book, code, None if a % 5 == 0 else other)
        case "retire":
            return edits.retire_code(book, code)
        case "restore":
            return edits.restore_code(book, code)
        case "delete code":
            return edits.delete_code(book, now.codings, now.themes, code)
        case "merge codes":
            return edits.merge_codes(book, now.themes, code, other)
        case "theme":
            if now.themes and a % 2:
                theme = now.themes[c % len(now.themes)]
                return [update(theme, codes=tuple(dict.fromkeys((*theme.codes, code.id))))]
            return [create(Theme(id=new_id(), name=f"Theme {a}", codes=(code.id,)))]
        case "attribute":
            return _attribute(now, a, b)
    return []


def _edit_coding(coding: Coding, name: str, b: int, other: Code) -> list:
    match name:
        case "uncode":
            return edits.remove_coding(coding)
        case "memo":
            return [update(coding, memo=f"memo {b}")]
        case "negative":
            return [update(coding, negative=not coding.negative)]
    return edits.recode(coding, other)


def _attribute(now: Snapshot, a: int, b: int) -> list:
    if not now.cases:
        return [create(Case(id=new_id(), label=f"F{a}"))]
    case = now.cases[a % len(now.cases)]
    record = attribute_id(case.id, "level")
    known = {attribute.id: attribute for attribute in now.attributes}
    if record in known:
        return [update(known[record], value=str(b))]
    return [create(Attribute(id=record, case=case.id, name="level", value=str(b)))]
