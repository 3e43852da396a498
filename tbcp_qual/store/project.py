"""A project file in use: every write goes through `apply`, and codings leave through `snapshot` alone."""

import datetime
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

from tbcp_qual.coding.changes import Change, Revision, create, now_ms
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import REFERENCES, Approach, ProjectInfo
from tbcp_qual.coding.text import text_hash
from tbcp_qual.errors import Conflict, ProjectUnusable
from tbcp_qual.store import journal, packing, search
from tbcp_qual.store.asking import Reading
from tbcp_qual.store.file import SCHEMA_VERSION, check_file, connect, in_words, make_file, writing
from tbcp_qual.store.packing import Excerpt, Packed
from tbcp_qual.store.purging import Purged, purge, take_over
from tbcp_qual.store.refold import Key, referrers, refold
from tbcp_qual.store.writing import check_not_purged, check_nothing_built_on, checked, restate, write_rows

NOTHING_PURGED = Purged()
NO_WORDS: Mapping[str, str] = {}

Subscriber = Callable[[Revision, tuple[Key, ...]], None]


def _utc_now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")


class Project(Reading):
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
        info = create(ProjectInfo(id=new_id(), name=name, approach=approach))
        return cls._made(Path(path), lambda project: project.apply("project made", [info], coder=""))

    @classmethod
    def pack(cls, path: Path | str, of: Packed, given: Excerpt, *, label: str) -> Self:
        """Make a new file that holds part of a project for one coder.

        Args:
            path: where; only its owner can read it.
            of: the round and the coder.
            given: what it holds.
            label: the first line of its history.

        Raises:
            ProjectUnusable: a file of that name is there, or none can be made.
        """

        def fill(project: Self) -> None:
            with in_words(project.path), writing(project._db):
                packing.mark(project._db, of)
                touched = packing.write(project._db, given)
                project._write_act(label, coder="")
                restate(project._db)
                refold(project._db, touched)

        return cls._made(Path(path), fill)

    @classmethod
    def _made(cls, path: Path, fill: Callable[[Self], object]) -> Self:
        """Make a file, and let it be filled; where that fails no file is left."""
        make_file(path)
        connection = None
        try:
            with in_words(path):
                from tbcp_qual.store.schema import migrate

                connection = connect(path, read_only=False)
                migrate(connection)
            project = cls(path, connection, read_only=False)
            fill(project)
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
            Conflict: a field no longer has the value the change expects, something refers to what would go, or a text
                was purged.
        """
        changes = [change for change in changes if change.fields]
        if not changes:
            return None
        with in_words(self.path), writing(self._db):
            given = {text_hash(text): text for text in texts}
            check_not_purged(self._db, given)
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
            self._db.executemany("INSERT OR IGNORE INTO text (hash, body) VALUES (?, ?)", given.items())
            journal.write(self._db, revision)
            # What exists only because something refers to it may go with what is removed or points elsewhere now.
            if kept and any(c.id in kept or c.removes or set(c.fields) & set(REFERENCES[c.kind]) for c in changes):
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
                search.forget(self._db)
        if purged:
            self._rewrite()
        if new:
            self._tell(new[-1], tuple(altered))
        return altered

    def take(self, given: Excerpt, purged: Purged) -> tuple[int, list[Key]]:
        """Take into a pack what the project has for its coder now; say how many revisions, and which records changed.

        Args:
            given: what the project gives this coder.
            purged: what was purged in the project.
        """
        with in_words(self.path), writing(self._db):
            before = self._db.execute("SELECT count(*) FROM revision").fetchone()[0]
            touched = packing.write(self._db, given)
            new = self._db.execute("SELECT count(*) FROM revision").fetchone()[0] - before
            concerns = packing.of_these(purged, packing.known(self._db))
            touched |= take_over(self._db, concerns)
            touched |= restate(self._db)
            altered = refold(self._db, touched)
            if concerns:
                search.forget(self._db)
        if concerns:
            self._rewrite()
        return new, altered

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
            revision = self._write_act(label, coder=coder)
            altered = refold(self._db, touched)
            search.forget(self._db)
        self._rewrite()
        self._tell(revision, tuple(altered))
        return altered

    def index(self, progress: Callable[[int], None] | None = None) -> None:
        """Let everything that was written be found; `progress` gets how many records wait still."""
        more = True
        while more:
            with in_words(self.path), writing(self._db):
                more = search.catch_up(self._db)
            if progress:
                progress(search.behind(self._db))

    def _write_act(self, label: str, *, coder: str) -> Revision:
        """Append a revision that changes no record and cannot be undone, within a transaction."""
        revision = Revision(
            clock=journal.clock_after(self._db, self._replica, self.now(), (), None),
            coder=coder,
            label=label,
            undoable=False,
            at=_utc_now(),
        )
        journal.write(self._db, revision)
        return revision

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
            check_nothing_built_on(self._db, act, coder)
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
            emptied = "SELECT 1 FROM document WHERE text IN (SELECT hash FROM purged_text) LIMIT 1"
            undone_now = self._db.execute("SELECT stands FROM revision WHERE id = ?", (revision.id,)).fetchone()[0]
            if not undone_now or self._db.execute(emptied).fetchone():
                raise Conflict(f"“{act.label}” cannot be undone: the text it would bring back was purged.")
            left = self._db.execute("SELECT kind, record FROM kept").fetchall()
            for key in touched & {(row[0], row[1]) for row in left}:
                kind, _ = referrers(self._db, key)[0]
                what = "something" if self.blind(coder) else f"a {kind}"
                raise Conflict(
                    f"“{act.label}” cannot be undone: {what} refers to what it made.",
                    "Take that away first, or retire it instead.",
                )
        self._tell(revision, tuple(altered))
        return revision

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
