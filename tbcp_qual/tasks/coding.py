"""What a coder does at the transcript: each act as a label and the changes it makes.

The screens show an act at once and hand it to the writer; the command line applies it straight away.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import Change, update
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.ends import change_ends, snapped
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Code, Coding, Document, Done, Prompting, Turn
from tbcp_qual.coding.spans import Span
from tbcp_qual.coding.text import clean, one_line
from tbcp_qual.errors import UsageError

LONGEST_IN_VIVO = 48


class Act(NamedTuple):
    """One thing a coder does."""

    label: str
    """For the history; never words of a transcript."""
    changes: list[Change]


def code_selection(
    own: Sequence[Coding], codebook: Codebook, *, document: Document, span: Span, code: Code, coder: str
) -> Act:
    """Code the words selected."""
    changes = edits.apply_code(own, codebook, document=document, span=span, code=code, coder=coder)
    return Act(f"coded as {code.name}", changes)


def code_in_vivo(
    own: Sequence[Coding], codebook: Codebook, *, document: Document, span: Span, words: str, coder: str
) -> Act:
    """Make a code of the words selected, and code them with it; where there is such a code, that is used."""
    name = one_line(words).strip(" .,;:!?…“”\"'").replace(">", "›")[:LONGEST_IN_VIVO].strip()
    known = [c for c in codebook.children.get(None, []) if c.name.casefold() == name.casefold() and not c.retired]
    code = known[0] if known else Code(id=new_id(), name=name, origin="in vivo", status="provisional")
    made = [] if known else edits.add_code(codebook, code)
    changes = edits.apply_code(own, codebook, document=document, span=span, code=code, coder=coder)
    return Act("coded in vivo", [*made, *changes])


def new_code_for_selection(
    codebook: Codebook, *, name: str, under: Code | None, document: Document, span: Span, coder: str
) -> tuple[Code, Act]:
    """Make a code and code the words selected with it."""
    code = Code(id=new_id(), name=one_line(name), parent=under.id if under else None)
    changes = [
        *edits.add_code(codebook, code),
        *edits.apply_code([], codebook, document=document, span=span, code=code, coder=coder),
    ]
    return code, Act(f"new code {code.name}, and coded with it", changes)


def remove(coding: Coding, codebook: Codebook) -> Act:
    """Take a coding away."""
    return Act(f"removed a coding of {codebook.current(coding.code).name}", edits.remove_coding(coding))


def recode(coding: Coding, codebook: Codebook, code: Code) -> Act:
    """Give a coding another code."""
    return Act(f"recoded {codebook.current(coding.code).name} as {code.name}", edits.recode(coding, code))


def set_memo(coding: Coding, codebook: Codebook, memo: str) -> Act:
    """Write the memo of a coding."""
    change = update(coding, memo=clean(memo).text.strip())
    return Act(f"memo on a coding of {codebook.current(coding.code).name}", [change] if change.fields else [])


def turn_negative(coding: Coding, codebook: Codebook) -> Act:
    """Flag a coding as a negative case, or take the flag away."""
    name = codebook.current(coding.code).name
    label = f"no negative case any more: {name}" if coding.negative else f"negative case: {name}"
    return Act(label, [update(coding, negative=not coding.negative)])


def set_weight(coding: Coding, codebook: Codebook, weight: int | None) -> Act:
    """Say how strongly the words speak for the code, 0 to 100; None takes that back.

    Raises:
        UsageError: it is no such number.
    """
    if weight is not None and not 0 <= weight <= 100:
        raise UsageError("A weight is a number from 0 to 100.", "Or none, where nobody says how strong it is.")
    name = codebook.current(coding.code).name
    label = f"no weight any more: {name}" if weight is None else f"weight {weight}: {name}"
    change = update(coding, weight=weight)
    return Act(label, [change] if change.fields else [])


def set_prompted(coding: Coding, codebook: Codebook, prompted: Prompting) -> Act:
    """Say whether the words answer a question or came of themselves; empty takes that back."""
    change = update(coding, prompted=prompted)
    label = f"{prompted or 'neither prompted nor volunteered'}: {codebook.current(coding.code).name}"
    return Act(label, [change] if change.fields else [])


def set_span(
    own: Sequence[Coding],
    coding: Coding,
    codebook: Codebook,
    *,
    document: Document,
    text: str,
    span: Span,
    snap: bool = True,
) -> Act:
    """Let a coding lie on other words, on whole ones unless told not to; one of the same code that it meets joins it.

    Args:
        own: this coder's codings of the document, as they lie in its present text.
        coding: one of them.
        codebook: all codes.
        document: the document they lie in.
        text: its present text.
        span: where the coding is to lie.
        snap: whether its ends go to the ends of words.

    Raises:
        UsageError: no words are left in it.
        Conflict: a code of the same exclusive domain is on the same words.
    """
    span = Span(max(span.start, 0), min(span.end, len(text)))
    if not text[span.start : span.end].strip():
        raise UsageError("No words are left in the coding.", "Take it away instead, if that is meant.")
    changes = change_ends(own, codebook, coding, document=document, span=snapped(text, span) if snap else span)
    return Act(f"changed the ends of a coding of {codebook.current(coding.code).name}", changes)


def nothing_to_code(turn: Turn, coder: str) -> Act:
    """Say that a turn has been read and needs no code."""
    return Act("nothing to code in a turn", edits.review(turn, coder))


def mark_done(mark: Done | None, *, document: Document, coder: str) -> Act:
    """Say that a document is done, or that it is not after all."""
    done = mark is None or not mark.done
    label = f"{'done' if done else 'not done after all'}: {document.name}"
    return Act(label, edits.mark_done(mark, document=document.id, coder=coder, done=done))


class _Page(NamedTuple):
    """What is cited from: one open document, and the names of all."""

    documents: Sequence[Document]
    turns: Sequence[Turn]


def with_label(
    document: Document, turns: Sequence[Turn], span: Span, text: str, documents: Sequence[Document] = ()
) -> str:
    """Return a passage with its source label and the question before it, ready for a report.

    Args:
        document: the document it is from.
        turns: all turns of it, in order.
        span: where the passage lies.
        text: the text of the document.
        documents: all documents of the project, so that the label tells this one from them.
    """
    from tbcp_qual.analysis.sources import Sources  # the workbench starts without it

    sources = Sources(_Page(documents or (document,), turns))
    touched = sources.turns(document.id, document.text, span)
    before = reversed(turns[: touched[0][0] - 1]) if touched else ()
    question = next((turn for turn in before if turn.role == "interviewer"), None)
    asked = f"{question.speaker}: {text[question.start : question.end].strip()}\n" if question else ""
    words = text[span.start : span.end].strip()
    return f"{asked}“{words}” ({sources.label(document.id, document.text, span)})"
