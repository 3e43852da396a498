"""A project file in use: every write goes through `apply`, and codings leave through `snapshot` alone."""

import datetime
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, Self

from tbcp_qual.coding.changes import EXISTS, Change, Mismatch, Revision, create, now_ms
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Approach, Coder, ProjectInfo, Record
from tbcp_qual.coding.snapshot import Counts, Progress, Snapshot
from tbcp_qual.coding.text import text_hash
from tbcp_qual.errors import Conflict, ProjectUnusable
from tbcp_qual.store import journal, reading
from tbcp_qual.store.file import SCHEMA_VERSION, check_file, connect, in_words, make_file, writing
from tbcp_qual.store.purging import Purged, purge, purged_so_far, take_over
from tbcp_qual.store.refold import Key, all_mismatches, load, referrers, refold
from tbcp_qual.store.writing import check_nothing_built_on, checked, restate, write_rows

NOTHING_PURGED = Purged()
NO_WORDS: Mapping[str, str] = {}

Subscriber = Callable[[Revision, tuple[Key, ...]], None]


class Deed(NamedTuple):
    """A line of the history."""

    revision: Revision
    stands: bool
    """False where it has been undone."""


def _utc_now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")


class Project:
    """One open project file. One object serves one thread; several objects may have the file open."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: bool) -> None:
        """Use `create` or `open` instead."""
        self.path = path
        self.read_only = read_only
        self._db = connection
        self.now: Callable[[], int] = now_ms
        """The wall time in milliseconds since 1970."""
        self._replica = new_id()[-8:]
        self._subscribers: list[Subscriber] = []
        self._data_version = self._read_data_version()

    # -- making, opening, closing

    @classmethod
    def create(cls, path: Path | str, *, name: str, approach: Approach = "framework") -> Self:
        """Make a new project file; only its owner can read it.

        Raises:
            ProjectUnusable: a file of that name is there, or none can be made.
        """
        path = Path(path)
        make_file(path)
        connection = None
        try:
            with in_words(path):
                from tbcp_qual.store.schema import migrate

                connection = connect(path, read_only=False)
                migrate(connection)
            project = cls(path, connection, read_only=False)
            project.apply("project made", [create(ProjectInfo(id=new_id(), name=name, approach=approach))], coder="")
        except BaseException:
            if connection is not None:
                connection.close()
            path.unlink(missing_ok=True)
            raise
        return project

    @classmethod
    def open(cls, path: Path | str, *, read_only: bool = False) -> Self:
        """Open a project file.

        Raises:
            ProjectUnusable: it is none, damaged, newer than this program, or may not be written.
            Conflict: another program holds it.
        """
        path = Path(path)
        version = check_file(path, read_only=read_only)
        with in_words(path):
            connection = connect(path, read_only=read_only)
            try:
                if version < SCHEMA_VERSION:
                    _migrate_with_copy(path, connection)
                connection.execute("SELECT count(*) FROM project").fetchone()
                project = cls(path, connection, read_only=read_only)
            except BaseException:
                connection.close()
                raise
            return project

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- writing

    def apply(
        self,
        label: str,
        changes: Iterable[Change],
        *,
        coder: str,
        texts: Iterable[str] = (),
        undoable: bool = True,
    ) -> Revision | None:
        """Write changes as one revision, in one transaction, and tell the subscribers.

        Args:
            label: what was done, in the words of the screens: `coded as key worker`. Never words of a transcript.
            changes: at most one of each record.
            coder: id of the coder who did it; empty for the program itself.
            texts: clean texts that the changes refer to by hash.
            undoable: whether `undo` may take it back.

        Returns:
            The revision; None where nothing changes.

        Raises:
            Conflict: a field no longer has the value the change expects, or something refers to what would go.
        """
        changes = [change for change in changes if change.fields]
        if not changes:
            return None
        with in_words(self.path), writing(self._db):
            kept = dict(self._db.execute("SELECT record, kind FROM kept").fetchall())
            changes = [checked(self._db, change, only_kept=change.id in kept) for change in changes]
            revision = Revision(
                clock=journal.clock_after(self._db, self._replica, self.now(), changes, None),
                coder=coder,
                label=label,
                changes=tuple(changes),
                undoable=undoable,
                at=_utc_now(),
            )
            self._db.executemany(
                "INSERT OR IGNORE INTO text (hash, body) VALUES (?, ?)", ((text_hash(text), text) for text in texts)
            )
            journal.write(self._db, revision)
            if any(change.id in kept for change in changes):
                refold(self._db, {(change.kind, change.id) for change in changes})
            else:
                write_rows(self._db, changes)
        self._tell(revision, tuple((change.kind, change.id) for change in changes))
        return revision

    def undo(self, coder: str) -> Revision:
        """Take back the last act of a coder that still stands.

        Raises:
            Conflict: there is none, it cannot be undone, or somebody has built on it.
        """
        rows = self._db.execute(
            "SELECT id FROM revision WHERE coder = ? AND undoes IS NULL AND stands ORDER BY id DESC LIMIT 1",
            (coder,),
        ).fetchall()
        if not rows:
            raise Conflict("There is nothing of yours to undo.")
        return self._take_back(rows[0][0], coder, "undid: ")

    def redo(self, coder: str) -> Revision:
        """Do again what this coder undid last, if they have done nothing since.

        Raises:
            Conflict: there is nothing to do again, or somebody has built on the state without it.
        """
        rows = self._db.execute(
            "SELECT u.id FROM revision u JOIN revision target ON target.id = u.undoes"
            " WHERE u.coder = ?1 AND u.stands AND target.undoes IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM revision later WHERE later.coder = ?1 AND later.id > u.id"
            "   AND later.undoes IS NULL)"
            " ORDER BY u.id DESC LIMIT 1",
            (coder,),
        ).fetchall()
        if not rows:
            raise Conflict("There is nothing to do again.")
        return self._take_back(rows[0][0], coder, "did again: ")

    def absorb(self, revisions: Sequence[Revision], texts: Iterable[str], purged: Purged = NOTHING_PURGED) -> list[Key]:
        """Take in revisions of another copy of this project, all or none; return the records that changed.

        Revisions that are here already are passed over; what was purged, here or there, is gone in both.
        """
        with in_words(self.path), writing(self._db):
            here = {row[0] for row in self._db.execute("SELECT id FROM revision").fetchall()}
            new = [revision for revision in revisions if revision.id not in here]
            self._db.executemany(
                "INSERT OR IGNORE INTO text (hash, body) VALUES (?, ?)", ((text_hash(text), text) for text in texts)
            )
            touched: set[Key] = set()
            for revision in new:
                journal.write(self._db, revision)
                touched.update((change.kind, change.id) for change in revision.changes)
            touched |= take_over(self._db, purged)
            touched |= restate(self._db)
            altered = refold(self._db, touched)
        if purged:
            self._rewrite()
        if new:
            self._tell(new[-1], tuple(altered))
        return altered

    def purge(
        self,
        label: str,
        *,
        coder: str,
        records: Iterable[Key] = (),
        texts: Iterable[str] = (),
        words: Mapping[str, str] = NO_WORDS,
    ) -> list[Key]:
        """Take records, texts and words out of the file for good, journal and all; return the records that changed.

        Args:
            label: what was done; it stays in the history and must not name anybody.
            coder: id of the coder who did it.
            records: `(kind, id)` of what goes, with all that lies on it.
            texts: hashes of texts that go while the spans made on them stay.
            words: what takes the place of words wherever a person wrote them, in texts excepted.
        """
        with in_words(self.path), writing(self._db):
            touched = purge(self._db, records=records, texts=texts, words=words)
            revision = Revision(
                clock=journal.clock_after(self._db, self._replica, self.now(), (), None),
                coder=coder,
                label=label,
                undoable=False,
                at=_utc_now(),
            )
            journal.write(self._db, revision)
            altered = refold(self._db, touched)
        self._rewrite()
        self._tell(revision, tuple(altered))
        return altered

    def purged(self) -> Purged:
        """Return all that was purged in this file."""
        with in_words(self.path):
            return purged_so_far(self._db)

    def _rewrite(self) -> None:
        """Write the file anew without its empty places; they were overwritten already, so a busy file may wait."""
        with suppress(sqlite3.OperationalError):
            self._db.execute("VACUUM")

    def _take_back(self, target: str, coder: str, prefix: str) -> Revision:
        with in_words(self.path), writing(self._db):
            undone = journal.read(self._db, "id = ?", (target,))[0]
            if not undone.undoable:
                raise Conflict(f"“{undone.label}” cannot be undone.")
            act = undone if undone.undoes is None else journal.read(self._db, "id = ?", (undone.undoes,))[0]
            touched = {(change.kind, change.id) for change in act.changes}
            check_nothing_built_on(self._db, act)
            revision = Revision(
                clock=journal.clock_after(self._db, self._replica, self.now(), act.changes, target),
                coder=coder,
                label=f"{prefix}{act.label}",
                undoes=target,
                at=_utc_now(),
            )
            journal.write(self._db, revision)
            restate(self._db)
            altered = refold(self._db, touched)
            left = self._db.execute("SELECT kind, record FROM kept").fetchall()
            for key in touched & {(row[0], row[1]) for row in left}:
                kind, _ = referrers(self._db, key)[0]
                raise Conflict(
                    f"“{act.label}” cannot be undone: a {kind} refers to what it made.",
                    "Take that away first, or retire it instead.",
                )
        self._tell(revision, tuple(altered))
        return revision

    # -- reading

    @property
    def info(self) -> ProjectInfo:
        """The record that says what the project is."""
        return reading.all_records(self._db, "project")[0]  # type: ignore[no-any-return]

    def records(self, kind: str) -> list[Any]:
        """Return all records of a kind; codings leave through `snapshot` alone."""
        if kind in ("coding", "review", "memo"):
            raise ValueError("codings, reviews and memos leave through snapshot()")
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

    def counts(self, viewer: str) -> Counts:
        """Return how many codings a coder may see."""
        with in_words(self.path):
            return reading.counts(self._db, viewer)

    def progress(self, viewer: str) -> Progress:
        """Return how far a coder has read, in turns."""
        with in_words(self.path):
            return reading.progress(self._db, viewer)

    def history(self, *, coder: str | None = None, limit: int | None = None) -> list[Deed]:
        """Return what was done, the latest first; with `coder`, by that coder alone."""
        with in_words(self.path):
            ids = self._db.execute(
                "SELECT id, stands FROM revision WHERE ?1 IS NULL OR coder = ?1 ORDER BY id DESC LIMIT ?2",
                (coder, -1 if limit is None else limit),
            ).fetchall()
            stands = {row[0]: bool(row[1]) for row in ids}
            oldest = ids[-1][0] if ids else ""
            found = journal.read(self._db, "id >= ?", (oldest,))
        return [Deed(r, stands[r.id]) for r in reversed(found) if r.id in stands]

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
        """Return one record, or None; codings leave through `snapshot` alone."""
        if kind in ("coding", "review", "memo"):
            raise ValueError("codings, reviews and memos leave through snapshot()")
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

    # -- telling others

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Call `subscriber(revision, keys of the records touched)` after each write; return how to stop that."""
        self._subscribers.append(subscriber)

        def stop() -> None:
            with suppress(ValueError):
                self._subscribers.remove(subscriber)

        return stop

    def changed_elsewhere(self) -> bool:
        """Whether another program has written to the file since this was last asked."""
        version = self._read_data_version()
        elsewhere = version != self._data_version
        self._data_version = version
        return elsewhere

    def _read_data_version(self) -> int:
        return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def _tell(self, revision: Revision, keys: tuple[Key, ...]) -> None:
        for subscriber in list(self._subscribers):
            subscriber(revision, keys)


def _migrate_with_copy(path: Path, connection: sqlite3.Connection) -> None:
    """Make a copy, migrate, verify, and remove the copy; where that fails the copy is named."""
    from tbcp_qual.store.schema import migrate
    from tbcp_qual.store.verifying import problems

    copy = path.with_name(f"{path.name}.before-{SCHEMA_VERSION}")
    make_file(copy)
    target = sqlite3.connect(copy)
    try:
        connection.backup(target)
    finally:
        target.close()
    migrate(connection)
    wrong = problems(connection)
    if wrong:
        raise ProjectUnusable(f"{path} did not come through its update: {wrong[0]}", f"The old file is kept as {copy}.")
    copy.unlink()
