"""Documents: finding them by name, saying who speaks, and marking what is coded."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import Change, Revision
from tbcp_qual.coding.records import Document, Role, Turn, done_id
from tbcp_qual.errors import UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.roles import role_changes


def document_named(project: Project, name: str) -> Document:
    """Return the document of this name; upper and lower case are the same; its id will do too.

    Raises:
        UsageError: there is none, or several have that name.
    """
    return find_document(project.records("document"), name)


def find_document(documents: Iterable[Document], name: str) -> Document:
    """Return the document of this name among some, as `document_named` does."""
    by_name: dict[str, list[Document]] = {}
    for document in documents:
        by_name.setdefault(document.name.casefold(), []).append(document)
        if document.id == name.strip():
            return document
    found = by_name.get(name.strip().casefold(), [])
    if len(found) == 1:
        return found[0]
    if found:
        # Copies that were merged may hold two of one name.
        ids = "; ".join(sorted(document.id for document in found))
        raise UsageError(f"{len(found)} documents are called “{name}”.", f"Give the id: {ids}")
    near = [by_name[n][0].name for n in get_close_matches(name.casefold(), list(by_name), n=3, cutoff=0.5)]
    hint = f"Is it {' or '.join(f'“{n}”' for n in near)}?" if near else "See `tbcp-qual documents list`."
    raise UsageError(f"No document is called “{name}”.", hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleSet:
    """What saying who a speaker is has changed."""

    turns: int
    documents: int
    """Documents in which the speaker is heard."""


def set_role(project: Project, speaker: str, role: Role, *, coder: str, document: str | None = None) -> RoleSet:
    """Say whether a speaker is the interviewer, in one document or in all; one revision.

    An interviewer is no participant; whoever answers gets one.

    Raises:
        UsageError: nobody of that name speaks, or there is no such document.
    """
    only = document_named(project, document).id if document else None
    turns: list[Turn] = [turn for turn in project.records("turn") if only is None or turn.document == only]
    theirs = [turn for turn in turns if turn.speaker.casefold() == speaker.casefold()]
    if not theirs:
        named = sorted({turn.speaker for turn in turns if turn.speaker}, key=str.casefold)
        where = f"in “{document}”" if document else "in any document"
        hint = f"Heard there: {', '.join(named[:20])}." if named else "No speakers were recognised there."
        raise UsageError(f"Nobody called “{speaker}” speaks {where}.", hint)
    switched, changes = role_changes(project, theirs, role)
    project.apply(f"{speaker} is {_article(role)}{role}", changes, coder=coder)
    return RoleSet(turns=switched, documents=len({turn.document for turn in theirs}))


def _article(role: str) -> str:
    return "an " if role.startswith("i") else "a "


def mark_done(project: Project, names: Iterable[str], coder: str, done: bool = True) -> Revision | None:
    """Say that this coder has finished documents, or take that back; one revision.

    Raises:
        UsageError: there is no document of a name; nothing is marked then.
    """
    documents = {document.id: document for document in (document_named(project, name) for name in names)}
    changes = done_changes(project, documents, coder, done)
    word = "done" if done else "not done"
    what = next(iter(documents.values())).name if len(documents) == 1 else f"{len(documents)} documents"
    return project.apply(f"marked {word}: {what}", changes, coder=coder)


def done_changes(project: Project, documents: Iterable[str], coder: str, done: bool = True) -> list[Change]:
    """Return the changes that mark documents, by id, done or not done by a coder."""
    marks = {mark.id: mark for mark in project.records("done")}
    changes: list[Change] = []
    for document in documents:
        mark = marks.get(done_id(document, coder))
        changes.extend(edits.mark_done(mark, document=document, coder=coder, done=done))
    return changes
