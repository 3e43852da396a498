"""Having read a document: the stage, and what one noted while getting to know it, as one act."""

from tbcp_qual.coding.changes import Revision, update
from tbcp_qual.coding.memos import Subject
from tbcp_qual.coding.records import Document, Memo, MemoKind
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.errors import UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks import memos

KIND: MemoKind = "familiarisation"


def noted(now: Snapshot, document: str) -> Memo | None:
    """Return the viewer's familiarisation memo on a whole document, the last where there are several."""
    own = [
        memo
        for memo in now.memos
        if memo.document == document and memo.kind == KIND and memo.coder == now.viewer and not memo.text
    ]
    return max(own, key=lambda memo: (memo.at, memo.id), default=None)


def have_read(project: Project, document: str, body: str, *, coder: str) -> Revision | None:
    """Set the stage of a document to read and keep the memo; an empty one is not begun, nor is one emptied. One revision.

    Args:
        project: an open project.
        document: its id.
        body: the whole memo, as it is to stand.
        coder: id of who has read it.

    Raises:
        UsageError: the document is not there any more.
    """
    found = project.record("document", document)
    if not isinstance(found, Document):
        raise UsageError("The document is not there any more.")
    now = project.snapshot(coder, [document])
    memo = noted(now, document)
    changes = [change for change in [update(found, stage="read")] if change.fields]
    if memo is not None and body.strip():
        changes += [change for change in memos.edit(now, memo, body=body).changes if change.fields]
    elif body.strip():
        changes += memos.write(now, Subject(document=found), kind=KIND, title="", body=body).changes
    return project.apply(f"read: {found.name}", changes, coder=coder) if changes else None
