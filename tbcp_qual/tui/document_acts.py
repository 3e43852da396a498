"""What is recorded of whole documents on screen: stage, time point, permission; each as an act."""

from collections.abc import Sequence

from tbcp_qual.coding.changes import update
from tbcp_qual.coding.records import Document
from tbcp_qual.coding.text import one_line
from tbcp_qual.tasks.coding import Act

NAMES = {"stage": "stage", "time_point": "time point", "permission": "permission"}
"""Fields of a document that may be changed on screen, and what they are called."""


def record(documents: Sequence[Document], field: str, value: str) -> Act:
    """Record one thing of documents; empty where nothing is recorded any more."""
    value = one_line(value)
    what = documents[0].name if len(documents) == 1 else f"{len(documents)} documents"
    changes = [update(document, **{field: value}) for document in documents]
    label = f"{NAMES[field]} of {what}: {value or 'not recorded'}"
    return Act(label, [change for change in changes if change.fields])
