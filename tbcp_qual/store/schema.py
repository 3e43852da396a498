"""The tables of a project file, made by numbered migrations that are never edited once released.

`user_version` is the number of migrations; a file that says more was written by a newer program.
"""

import sqlite3

from sqlite_utils import Database, Migrations

from tbcp_qual.store.file import APPLICATION_ID, SCHEMA_VERSION

MIGRATIONS = Migrations("tbcp_qual")

# The id of a revision is its clock, so that both sort alike. Ids of records are text. Tuples are kept as JSON. Foreign keys are deferred: one revision may make a record and
# what it refers to in any order.
_FIRST = """
CREATE TABLE revision (
    id TEXT PRIMARY KEY,
    coder TEXT NOT NULL,
    label TEXT NOT NULL,
    undoes TEXT,
    undoable INTEGER NOT NULL,
    at TEXT NOT NULL,
    schema INTEGER NOT NULL,
    stands INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX revision_by_target ON revision (undoes) WHERE undoes IS NOT NULL;
CREATE TABLE change (
    revision TEXT NOT NULL REFERENCES revision (id),
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    record TEXT NOT NULL,
    fields TEXT NOT NULL,
    PRIMARY KEY (revision, n)
) WITHOUT ROWID;
CREATE INDEX change_by_record ON change (record);
CREATE INDEX change_of_tree ON change (kind, record) WHERE kind IN ('code', 'question');
CREATE TABLE mismatch (
    record TEXT NOT NULL,
    field TEXT NOT NULL,
    kind TEXT NOT NULL,
    earlier TEXT NOT NULL,
    later TEXT NOT NULL,
    PRIMARY KEY (record, field)
) WITHOUT ROWID;
CREATE TABLE kept (record TEXT PRIMARY KEY, kind TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE text (hash TEXT PRIMARY KEY, body TEXT NOT NULL);

CREATE TABLE project (id TEXT PRIMARY KEY, name TEXT NOT NULL, approach TEXT NOT NULL
    CHECK (approach IN ('framework', 'coding reliability', 'reflexive'))) WITHOUT ROWID;
CREATE TABLE coder (id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE question (id TEXT PRIMARY KEY, key TEXT NOT NULL, text TEXT NOT NULL, short TEXT NOT NULL,
    parent TEXT REFERENCES question (id) DEFERRABLE INITIALLY DEFERRED,
    aspect TEXT NOT NULL CHECK (aspect IN ('', 'to what extent', 'how', 'for whom', 'in what circumstances')),
    position INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE code (id TEXT PRIMARY KEY, name TEXT NOT NULL,
    parent TEXT REFERENCES code (id) DEFERRABLE INITIALLY DEFERRED, position INTEGER NOT NULL,
    colour TEXT NOT NULL, brief TEXT NOT NULL, full TEXT NOT NULL, use_when TEXT NOT NULL, not_when TEXT NOT NULL,
    example TEXT NOT NULL, domain TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('a priori', 'inductive', 'in vivo')),
    status TEXT NOT NULL CHECK (status IN ('provisional', 'agreed')),
    questions TEXT NOT NULL, retired INTEGER NOT NULL,
    merged_into TEXT REFERENCES code (id) DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID;
CREATE TABLE theme (id TEXT PRIMARY KEY, name TEXT NOT NULL, definition TEXT NOT NULL, codes TEXT NOT NULL,
    questions TEXT NOT NULL, position INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE "case" (id TEXT PRIMARY KEY, label TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE attribute (id TEXT PRIMARY KEY,
    "case" TEXT NOT NULL REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED, name TEXT NOT NULL,
    value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document (id TEXT PRIMARY KEY, name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('interview', 'case file')), source_type TEXT NOT NULL,
    time_point TEXT NOT NULL, text TEXT NOT NULL REFERENCES text (hash) DEFERRABLE INITIALLY DEFERRED,
    file TEXT NOT NULL, cases TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX document_by_text ON document (text);
CREATE TABLE turn (id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    text TEXT NOT NULL REFERENCES text (hash) DEFERRABLE INITIALLY DEFERRED, head INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, speaker TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('', 'interviewer', 'participant')), section TEXT NOT NULL, time REAL,
    CHECK (0 <= head AND head <= start AND start <= end)) WITHOUT ROWID;
CREATE INDEX turn_by_document ON turn (document, start);
CREATE TABLE coding (id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    text TEXT NOT NULL REFERENCES text (hash) DEFERRABLE INITIALLY DEFERRED, start INTEGER NOT NULL,
    end INTEGER NOT NULL, code TEXT NOT NULL REFERENCES code (id) DEFERRABLE INITIALLY DEFERRED,
    coder TEXT NOT NULL REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED, definition TEXT NOT NULL,
    memo TEXT NOT NULL, negative INTEGER NOT NULL, CHECK (0 <= start AND start <= end)) WITHOUT ROWID;
CREATE INDEX coding_by_document ON coding (document, coder, code);
CREATE INDEX coding_by_code ON coding (code);
CREATE TABLE review (id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    turn TEXT NOT NULL REFERENCES turn (id) DEFERRABLE INITIALLY DEFERRED,
    coder TEXT NOT NULL REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID;
CREATE INDEX review_by_document ON review (document, coder);
CREATE INDEX review_by_turn ON review (turn);
CREATE TABLE done (id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    coder TEXT NOT NULL REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED, done INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX done_by_document ON done (document);
"""


@MIGRATIONS()
def m001_first(db: Database) -> None:
    """Lay out the project file of version 0.1."""
    for statement in _FIRST.split(";\n"):
        if statement.strip():
            db.conn.execute(statement)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file to the present schema; each migration in a transaction of its own, with foreign keys off."""
    connection.execute("PRAGMA foreign_keys=OFF")
    MIGRATIONS.apply(Database(connection, execute_plugins=False))
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
    connection.execute("PRAGMA foreign_keys=ON")
