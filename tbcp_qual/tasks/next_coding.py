"""Going from one coding of a code to the next, through all documents in the order in which they are listed."""

from collections.abc import Sequence
from typing import Literal

from tbcp_qual.coding.records import Coding, Document
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.store import Project

AT_A_TIME = 16
"""Documents that are read together; most often the first few have one."""


def next_of_code(
    project: Project, frame: Snapshot, documents: Sequence[Document], code: str, *, step: Literal[1, -1]
) -> Coding | None:
    """Return the first coding of a code in the documents, or with step -1 the last in the last that has one.

    Args:
        project: an open project.
        frame: an earlier snapshot, for the codebook and for who looks.
        documents: where to look, in the order in which they are gone through.
        code: id of the code; codings of a code that was merged into it count.
        step: which end of a document is come to first.
    """
    book = frame.codebook
    for first in range(0, len(documents), AT_A_TIME):
        some = documents[first : first + AT_A_TIME]
        now = project.snapshot(frame.viewer, [document.id for document in some], frame=frame)
        for document in some:
            found = [
                coding
                for coding in now.codings_by_document.get(document.id, ())
                if coding.text == document.text and book.current(coding.code).id == code
            ]
            if found:
                return sorted(found, key=lambda c: (c.start, c.end, c.id))[0 if step > 0 else -1]
    return None
