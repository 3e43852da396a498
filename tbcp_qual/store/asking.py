"""What can be asked of an open project file; codings and what rests on them leave through `snapshot` alone."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from tbcp_qual.coding.changes import EXISTS, Mismatch, Revision
from tbcp_qual.coding.placing import Anchor
from tbcp_qual.coding.records import Coder, ProjectInfo, Record
from tbcp_qual.coding.snapshot import Counts, Progress, Snapshot
from tbcp_qual.errors import Conflict
from tbcp_qual.store import deeds, earlier, journal, naming, packing, reading, search
from tbcp_qual.store.earlier import Earlier
from tbcp_qual.store.file import in_words
from tbcp_qual.store.packing import Excerpt, Packed
from tbcp_qual.store.purging import Purged, Standing, held, purged_so_far, standing
from tbcp_qual.store.refold import Key, all_mismatches, load
from tbcp_qual.store.search import Hit

HIDDEN = "worked on a document of a blind round"
"""What is told of an act that the viewer may not see."""

_BY_SNAPSHOT = ("coding", "review", "memo", "summary", "evidence", "rating")
_ONE_DOOR = "codings, reviews, memos, summaries, evidence and ratings leave through snapshot()"


class Deed(NamedTuple):
    """A line of the history."""

    revision: Revision
    stands: bool
    """False where it has been undone."""


def _told(revision: Revision, untold: deeds.Hidden) -> Revision:
    if revision.id in untold.revisions:
        return replace(revision, label=HIDDEN, changes=())
    if any(change.id in untold.records for change in revision.changes):
        return replace(revision, changes=tuple(c for c in revision.changes if c.id not in untold.records))
    return revision


class Reading:
    """The questions; `Project` adds the acts."""

    path: Path
    _db: sqlite3.Connection

    @property
    def info(self) -> ProjectInfo:
        """The record that says what the project is."""
        return reading.all_records(self._db, "project")[0]  # type: ignore[no-any-return]

    def records(self, kind: str) -> list[Any]:
        """Return all records of a kind; codings and what rests on them leave through `snapshot` alone."""
        if kind in _BY_SNAPSHOT:
            raise ValueError(_ONE_DOOR)
        with in_words(self.path):
            return reading.all_records(self._db, kind)

    def snapshot(
        self, viewer: str, documents: Iterable[str] | None = None, *, frame: Snapshot | None = None
    ) -> Snapshot:
        """Return what a coder may see, as values: the one door through which codings leave.

        Args:
            viewer: id of the coder who looks.
            documents: ids of the documents whose turns, texts and codings are wanted; None for all of them.
            frame: an earlier snapshot whose codebook, cases and list of documents are taken over as they are.
        """
        with in_words(self.path):
            return reading.snapshot(self._db, viewer, None if documents is None else list(documents), frame)

    def spans(self, document: str) -> list[Anchor]:
        """Return where all records of a document hold their spans, turns left out: where, but not what or whose.

        A corrected text has to take all of them along, also those that whoever corrects it may not see.
        """
        with in_words(self.path):
            return reading.anchors(self._db, document)

    def reviews_of(self, turns: Iterable[str]) -> list[tuple[str, str, str]]:
        """Return `(id, id of the turn, id of the coder)` of all reviews on some turns, which go with them.

        Whose they are is for the program alone: it is told to nobody.
        """
        with in_words(self.path):
            return reading.reviews_of(self._db, turns)

    def counts(self, viewer: str) -> Counts:
        """Return how many codings a coder may see."""
        with in_words(self.path):
            return reading.counts(self._db, viewer)

    def progress(self, viewer: str) -> Progress:
        """Return how far a coder has read, in turns."""
        with in_words(self.path):
            return reading.progress(self._db, viewer)

    def history(
        self,
        *,
        viewer: str | None = None,
        coder: str | None = None,
        limit: int | None = None,
        kinds: Iterable[str] = (),
        document: str | None = None,
        codes: Iterable[str] | None = None,
        since: str = "",
        ids: Iterable[str] | None = None,
    ) -> list[Deed]:
        """Return what was done, the latest first.

        What others did to documents that are blind for the viewer is told without its label and records, and not at
        all where it is asked what was touched; with no viewer the program itself looks.

        Args:
            viewer: id of the coder who looks.
            coder: only what this coder did.
            limit: how many at most.
            kinds: only what touched records of these kinds.
            document: id; only what touched it or a record that lies, or lay, in it.
            codes: ids; only what touched one of these codes or a record that has, or had, it.
            since: ISO 8601 in UTC; only what was done then or later.
            ids: only these revisions.
        """
        wanted = deeds.Wanted(
            coder=coder,
            kinds=tuple(kinds),
            document=document,
            codes=None if codes is None else tuple(codes),
            since=since,
            ids=None if ids is None else tuple(ids),
        )
        with in_words(self.path):
            untold = deeds.Hidden() if viewer is None else deeds.hidden(self._db, viewer)
            stands = deeds.find(self._db, wanted, limit, untold.revisions)
            found = journal.read(self._db, "id IN (SELECT value FROM json_each(?))", (json.dumps(list(stands)),))
        return [Deed(_told(revision, untold), stands[revision.id]) for revision in reversed(found)]

    def earlier(self, viewer: str, revision: str, keys: Iterable[Key]) -> dict[Key, Earlier]:
        """Return records as stored right after a revision, as far as a viewer may see them.

        Those that nobody had made by then are left out, and those that were purged.

        Args:
            viewer: id of the coder who looks.
            revision: its id.
            keys: `(kind, id)` of the records.
        """
        with in_words(self.path):
            untold = deeds.hidden(self._db, viewer).records
            return earlier.earlier(self._db, revision, [key for key in keys if key[1] not in untold])

    def touched_since(self, revision: str) -> set[Key]:
        """Return which records changed, or may have, after a revision; not how, or by whom."""
        with in_words(self.path):
            return earlier.touched_since(self._db, revision)

    def naming(self, keys: Iterable[Key]) -> dict[Key, set[Key]]:
        """Return which records refer to some records today; not what they say."""
        with in_words(self.path):
            return naming.now_naming(self._db, keys)

    def blind(self, viewer: str) -> set[str]:
        """Return the ids of the documents in which a viewer sees nobody else's work, until the round is locked."""
        with in_words(self.path):
            return reading.blind(self._db, viewer)

    def revisions(self, ids: Iterable[str] | None = None) -> list[Revision]:
        """Return revisions in clock order: all, or those named."""
        with in_words(self.path):
            if ids is None:
                return journal.read(self._db)
            return journal.read(self._db, "id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),))

    def revision_ids(self) -> set[str]:
        """Return the ids of all revisions in the file."""
        with in_words(self.path):
            return {row[0] for row in self._db.execute("SELECT id FROM revision").fetchall()}

    def texts(self, hashes: Iterable[str]) -> dict[str, str]:
        """Return clean texts by hash."""
        with in_words(self.path):
            return reading.texts(self._db, hashes)

    def record(self, kind: str, record_id: str) -> Record | None:
        """Return one record, or None; codings and what rests on them leave through `snapshot` alone."""
        if kind in _BY_SNAPSHOT:
            raise ValueError(_ONE_DOOR)
        return load(self._db, (kind, record_id))

    def value(self, kind: str, record_id: str, field: str) -> Any:
        """Return one field of one record; to settle a conflict it need not be seen by a coder."""
        record = load(self._db, (kind, record_id))
        if record is None:
            raise Conflict(f"The {kind} is no longer there.")
        return True if field == EXISTS else getattr(record, field)

    def coder_named(self, name: str) -> Coder | None:
        """Return the coder of this name; upper and lower case are the same."""
        for coder in self.records("coder"):
            if coder.name.casefold() == name.casefold():
                return coder  # type: ignore[no-any-return]
        return None

    def mismatches(self) -> list[Mismatch]:
        """Return what two people changed without seeing each other, until somebody settles it."""
        with in_words(self.path):
            return all_mismatches(self._db)

    def kept(self) -> list[Key]:
        """Return the records that were deleted in one copy and are kept because something refers to them."""
        rows = self._db.execute("SELECT kind, record FROM kept ORDER BY kind, record").fetchall()
        return [(row[0], row[1]) for row in rows]

    def verify(self) -> list[str]:
        """Check the file from the bottom up; return what is wrong, in plain words; empty where nothing is."""
        from tbcp_qual.store.verifying import problems

        with in_words(self.path):
            return problems(self._db)

    def packed(self) -> Packed | None:
        """Return whose part of the project this file is; None where it is the project itself."""
        return packing.packed(self._db)

    def borrowed(self) -> set[str]:
        """Return the ids of revisions that this file has in part, as a pack does."""
        return packing.borrowed(self._db)

    def excerpt(self, of: Packed) -> Excerpt:
        """Return what one coder needs of the project in a round: their own work, and nobody else's."""
        with in_words(self.path):
            return packing.excerpt(self._db, of)

    def purged(self) -> Purged:
        """Return all that was purged in this file."""
        with in_words(self.path):
            return purged_so_far(self._db)

    def held(self, purged: Purged) -> list[tuple[list[Any], list[Any]]]:
        """Return values that stand here as they were before another copy replaced words in them, with those there."""
        with in_words(self.path):
            return held(self._db, purged)

    def standing(self, words: Mapping[str, str]) -> Standing:
        """Return which words stand anywhere in the file, and in which texts; so that they can be taken out."""
        with in_words(self.path):
            return standing(self._db, words)

    # -- finding words

    def find(
        self, viewer: str, typed: str, *, kinds: Iterable[str] = (), after: int = 0, limit: int = 50
    ) -> tuple[list[Hit], int]:
        """Return the next hits a coder may see, and where to go on; 0 where there are no more.

        Args:
            viewer: id of the coder who looks.
            typed: what is sought, as `coding.sought` reads it; whatever it is, it is no error.
            kinds: kinds of record to look in; empty: all.
            after: where to go on.
            limit: how many hits at most.
        """
        from tbcp_qual.coding.sought import read

        sought = read(typed)
        if sought is None:
            return [], 0
        with in_words(self.path):
            return search.hits(self._db, viewer, sought, kinds=kinds, after=after, limit=limit)

    def tally(self, viewer: str, typed: str) -> dict[tuple[str, str], int]:
        """Count the hits a coder may see by kind and id of the document; empty for what lies in no document."""
        from tbcp_qual.coding.sought import read

        sought = read(typed)
        if sought is None:
            return {}
        with in_words(self.path):
            return search.tally(self._db, viewer, sought)

    def unindexed(self) -> int:
        """Return how many records wait to be found: `Project.index` lets them be."""
        with in_words(self.path):
            return search.behind(self._db)
