"""Names that were replaced and taken out for good, and that a merge has brought back: taken out again at once.

A merge with an older copy must not bring back what was purged. The words are known for the moment of the merge alone
(`team.names`), so they go now or never; the other copy still has them, so nothing is lost that a person could miss.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tbcp_qual.coding.changes import Change
from tbcp_qual.coding.redaction import Redaction
from tbcp_qual.privacy.spelling import in_all_spellings
from tbcp_qual.store import Project
from tbcp_qual.store.refold import Key
from tbcp_qual.tasks.purging import WITHDRAWN
from tbcp_qual.tasks.replacing import Replacement, replace_words


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesBack:
    """How often words that had been taken out stood in the text of a document; never which."""

    document: str
    """Name."""
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOutAgain:
    """What was taken out again."""

    documents: tuple[NamesBack, ...]
    altered: tuple[Key, ...]
    """Other records in which words were replaced, now or in what they once said."""


def take_out_again(project: Project, names: Mapping[str, str], *, coder: str) -> TakenOutAgain | None:
    """Replace words in present texts, and take them out of all else in the file; None where they stand nowhere.

    Args:
        project: the project, after the merge.
        names: words, with what takes their place.
        coder: id of the coder who merges.
    """
    words = in_all_spellings(names)
    if not words or not project.standing(words).words:
        return None
    sought = Redaction(words)
    found: list[NamesBack] = []
    changes: list[Change] = []
    texts: list[str] = []
    documents = project.records("document")
    present = project.texts({document.text for document in documents})
    for document in documents:
        places: list[Replacement] = [(start, end, by) for start, end, by, _ in sought.places(present[document.text])]
        if places:
            replaced = replace_words(project, document, places)
            changes += replaced.changes
            texts.append(replaced.text)
            found.append(NamesBack(document=document.name, places=len(places)))
    project.apply("names replaced again after a merge", changes, coder=coder, texts=texts, undoable=False)
    now = {document.text for document in project.records("document")}
    altered = project.purge(
        "purged again after a merge", coder=coder, texts=project.standing(words).texts - now, words=words
    )
    revised = {(change.kind, change.id) for change in changes}
    return TakenOutAgain(documents=tuple(found), altered=tuple(key for key in altered if key not in revised))


def take_out_quotations(project: Project, quotations: Collection[str], *, coder: str) -> tuple[Key, ...]:
    """Take words of somebody who withdrew out of what people wrote; return the records that repeated them.

    Args:
        project: the project, after the merge.
        quotations: the words, as they stand there.
        coder: id of the coder who merges.
    """
    words = dict.fromkeys(quotations, WITHDRAWN)
    if not words or not project.standing(words).words:
        return ()
    return tuple(project.purge("purged again after a merge", coder=coder, words=words))
