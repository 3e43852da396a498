"""Words of somebody who withdrew, repeated in what a copy has written that still held them.

The copy in which they were taken out knows only hashes of the texts; the other one still has the texts themselves, so
that between the two it can be told what repeats them.
"""

from collections.abc import Iterator

from tbcp_qual.coding.records import TEXTS
from tbcp_qual.coding.repeating import Run, repeated, runs
from tbcp_qual.store import Project
from tbcp_qual.team.names import strings_in, withdrawn_stretches


def quoted(mine: Project, theirs: Project) -> frozenset[str]:
    """Return what one of two copies has written alone and what repeats words that the other took out for good."""
    found: set[str] = set()
    for purger, holder in ((mine, theirs), (theirs, mine)):
        said = {run for stretch in _withdrawn(purger, holder) for run, _ in runs(stretch)}
        if not said:
            continue
        written = list(_written_alone(holder, purger))
        used = said.intersection(run for words in written for run, _ in runs(words))
        if used:
            used -= _still_said(purger, used)
        found.update(part for words in written for part in repeated(words, used))
    return frozenset(found)


def _withdrawn(purger: Project, holder: Project) -> Iterator[str]:
    """Give the words that are gone in one copy and that the other still holds: whole documents, and one person's in others."""
    gone = purger.purged()
    documents = {record for kind, record in gone.records if kind == "document"}
    texts = {document.text for document in holder.records("document") if document.id in documents}
    for forward in holder.records("forward"):
        texts.update((forward.before, forward.after) if forward.document in documents else ())
    yield from holder.texts(texts).values()
    yield from withdrawn_stretches(purger, holder, gone)


def _written_alone(holder: Project, purger: Project) -> Iterator[str]:
    """Give what people wrote in one copy and not in the other, texts of documents left out."""
    for revision in holder.revisions(holder.revision_ids() - purger.revision_ids()):
        for change in revision.changes:
            for name, pair in change.fields.items():
                if name not in TEXTS.get(change.kind, ()):
                    yield from strings_in(pair)


def _still_said(purger: Project, sought: set[Run]) -> set[Run]:
    """Return those of some runs of words that stand in documents that are left, such as a question asked of everybody."""
    texts = purger.texts({document.text for document in purger.records("document")})
    return {run for text in texts.values() for run, _ in runs(text) if run in sought}
