"""Making and opening the file itself: what it must be, and a sentence for each way in which it is not."""

import errno
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tbcp_qual.errors import Conflict, ProjectUnusable

APPLICATION_ID = 0x54424350  # "TBCP"
SCHEMA_VERSION = 1
"""The number of migrations; a file with a higher `user_version` was written by a newer program."""

BUSY_SECONDS = 5.0
_HEADER = 100


def make_file(path: Path) -> None:
    """Make an empty file that only its owner can read.

    Raises:
        ProjectUnusable: something of that name is there, or the folder cannot be written.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise ProjectUnusable(f"{path} is there already.", "Choose another name, or open it.") from None
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise ProjectUnusable(f"{path} cannot be made: {reason}.", "Choose a folder you may write to.") from None


def check_file(path: Path, *, read_only: bool) -> int:
    """Look at a file before SQLite does, and return its schema version.

    Raises:
        ProjectUnusable: it is no project, newer than this program, cut short, or may not be read or written.
    """
    try:
        size = path.stat().st_size
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise ProjectUnusable(f"{path} is a folder, not a project file.", "Name the .tbcp file in it.")
        with path.open("rb") as file:
            head = file.read(_HEADER)
    except FileNotFoundError:
        raise ProjectUnusable(f"There is no file {path}.", "`tbcp-qual new NAME.tbcp` makes a project.") from None
    except OSError as problem:
        reason = os.strerror(problem.errno) if problem.errno else "unknown reason"
        raise ProjectUnusable(f"{path} cannot be read: {reason}.") from None
    if size == 0:
        raise ProjectUnusable(f"{path} is empty.", "It is not a project; restore it from a copy.")
    if not head.startswith(b"SQLite format 3\0") or len(head) < _HEADER:
        raise ProjectUnusable(f"{path} is not a tbcp_qual project.", "Transcripts go in with `documents import`.")
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise ProjectUnusable(f"{path} is a database of another program, not a tbcp_qual project.")
    version = int.from_bytes(head[60:64], "big")
    if version > SCHEMA_VERSION:
        raise ProjectUnusable(
            f"{path} was written by a newer tbcp-qual (its format is {version}, this program knows {SCHEMA_VERSION}).",
            "Update tbcp-qual; the file is left untouched.",
        )
    page = int.from_bytes(head[16:18], "big")
    page = 65536 if page == 1 else page
    whole = int.from_bytes(head[28:32], "big") * page
    journal = path.with_name(path.name + "-journal")
    if size < whole and not journal.exists():
        raise ProjectUnusable(
            f"{path} has been cut short: {size:,} of {whole:,} bytes are there.", "Restore it from a copy."
        )
    if not read_only and not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise ProjectUnusable(f"{path} is write-protected.", "Allow writing, or work on a copy.")
    if not read_only and not os.access(path, os.W_OK):
        raise ProjectUnusable(f"You may not write to {path}.", "Ask its owner, or work on a copy.")
    if not read_only and not os.access(path.parent, os.W_OK):
        raise ProjectUnusable(f"You may not write to the folder {path.absolute().parent}.", "Work on a copy elsewhere.")
    return version


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Open SQLite with the settings that every project file is used with."""
    if read_only and path.with_name(path.name + "-journal").exists() and os.access(path, os.W_OK):
        # Whoever wrote last was interrupted: only a writer may roll that back.
        recovering = connect(path, read_only=False)
        recovering.execute("SELECT count(*) FROM sqlite_master").fetchone()
        recovering.close()
    mode = "ro" if read_only else "rw"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA secure_delete=ON")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA cache_size=-32768")
    connection.execute("PRAGMA temp_store=MEMORY")
    return connection


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into a sentence; never quotes a value."""
    try:
        yield
    except sqlite3.IntegrityError as problem:
        if "FOREIGN KEY" in str(problem):
            raise Conflict(
                "Something still refers to what would go.", "See `tbcp-qual history`; nothing was changed."
            ) from None
        raise Conflict(f"The project refuses this: {problem}.", "Nothing was changed.") from None
    except sqlite3.OperationalError as problem:
        said = str(problem)
        if "locked" in said or "busy" in said:
            raise Conflict(
                f"{path} is being written by another program.", "Wait a moment and try again; nothing was changed."
            ) from None
        if "readonly" in said or "read-only" in said:
            raise ProjectUnusable(f"{path} cannot be written.", "Work on a copy; nothing was changed.") from None
        if "full" in said:
            raise ProjectUnusable("The disk is full.", "Make room; nothing was changed.") from None
        raise ProjectUnusable(f"{path} cannot be used: {said}.", "`tbcp-qual verify` says more.") from None
    except sqlite3.DatabaseError as problem:
        raise ProjectUnusable(f"{path} is damaged: {problem}.", "Restore it from a copy.") from None
    except OSError as problem:
        reason = os.strerror(problem.errno) if problem.errno else "unknown reason"
        if problem.errno == errno.ENOSPC:
            reason = "the disk is full"
        raise ProjectUnusable(f"{path} cannot be used: {reason}.") from None


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold the write lock from the first read to the commit; whatever goes wrong rolls all of it back."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
