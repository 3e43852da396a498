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
    purged INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (revision, n)
) WITHOUT ROWID;
CREATE INDEX change_by_record ON change (record);
CREATE INDEX change_purged ON change (purged) WHERE purged;
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
CREATE TABLE purged (record TEXT PRIMARY KEY, kind TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE purged_text (hash TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE searched (n INTEGER PRIMARY KEY, kind TEXT NOT NULL, record TEXT NOT NULL, document TEXT NOT NULL,
    text TEXT, start INTEGER NOT NULL, end INTEGER NOT NULL, words TEXT);
CREATE INDEX searched_by_record ON searched (record);
CREATE TABLE unindexed (kind TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (kind, record)) WITHOUT ROWID;
CREATE VIRTUAL TABLE word USING fts5(words, content='', columnsize=0, tokenize="unicode61 remove_diacritics 2");
CREATE TABLE text (hash TEXT PRIMARY KEY, body TEXT NOT NULL);

CREATE TABLE project (id TEXT PRIMARY KEY, name TEXT NOT NULL, approach TEXT NOT NULL
    CHECK (approach IN ('framework', 'coding reliability', 'reflexive')), data_controller TEXT NOT NULL,
    lawful_basis TEXT NOT NULL, destroy_by TEXT NOT NULL) WITHOUT ROWID;
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
CREATE TABLE version (id TEXT PRIMARY KEY, number INTEGER NOT NULL, label TEXT NOT NULL,
    body TEXT NOT NULL REFERENCES text (hash) DEFERRABLE INITIALLY DEFERRED,
    coder TEXT NOT NULL REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED, at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE "case" (id TEXT PRIMARY KEY, label TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE attribute (id TEXT PRIMARY KEY,
    "case" TEXT NOT NULL REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED, name TEXT NOT NULL,
    value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE variable (id TEXT PRIMARY KEY, name TEXT NOT NULL,
    scale TEXT NOT NULL CHECK (scale IN ('category', 'ordered category', 'number', 'date', 'yes/no')),
    levels TEXT NOT NULL, position INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE measure (id TEXT PRIMARY KEY,
    "case" TEXT NOT NULL REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED, scale TEXT NOT NULL,
    time_point TEXT NOT NULL, value REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE participant (id TEXT PRIMARY KEY, label TEXT NOT NULL, role TEXT NOT NULL,
    "case" TEXT REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED,
    permission TEXT NOT NULL CHECK (permission IN ('', 'quote', 'role label only', 'paraphrase only')),
    archive TEXT NOT NULL CHECK (archive IN ('', 'yes', 'no')), withdrawn TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document (id TEXT PRIMARY KEY, name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('interview', 'case file')), source_type TEXT NOT NULL,
    time_point TEXT NOT NULL, text TEXT NOT NULL REFERENCES text (hash) DEFERRABLE INITIALLY DEFERRED,
    file TEXT NOT NULL, cases TEXT NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('', 'read', 'coded', 'checked', 'charted')),
    permission TEXT NOT NULL CHECK (permission IN ('', 'quote', 'role label only', 'paraphrase only'))) WITHOUT ROWID;
CREATE INDEX document_by_text ON document (text);
CREATE TABLE turn (id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    text TEXT NOT NULL REFERENCES text (hash) DEFERRABLE INITIALLY DEFERRED, head INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, speaker TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('', 'interviewer', 'participant')), section TEXT NOT NULL, time REAL,
    date TEXT NOT NULL, participant TEXT REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED,
    CHECK (0 <= head AND head <= start AND start <= end)) WITHOUT ROWID;
CREATE INDEX turn_by_document ON turn (document, start);
CREATE INDEX turn_by_participant ON turn (participant) WHERE participant IS NOT NULL;
CREATE TABLE about (id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    text TEXT NOT NULL REFERENCES text (hash) DEFERRABLE INITIALLY DEFERRED, start INTEGER NOT NULL,
    end INTEGER NOT NULL, "case" TEXT NOT NULL REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED,
    CHECK (0 <= start AND start <= end)) WITHOUT ROWID;
CREATE INDEX about_by_document ON about (document);
CREATE TABLE topic (id TEXT PRIMARY KEY, key TEXT NOT NULL, source_type TEXT NOT NULL, time_point TEXT NOT NULL,
    prompt TEXT NOT NULL, questions TEXT NOT NULL, themes TEXT NOT NULL, position INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE asked (id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    topic TEXT NOT NULL REFERENCES topic (id) DEFERRABLE INITIALLY DEFERRED,
    asked TEXT NOT NULL CHECK (asked IN ('asked', 'not asked', 'not recorded', 'outside the schedule')),
    coder TEXT NOT NULL REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID;
CREATE INDEX asked_by_document ON asked (document);
CREATE TABLE invitation (id TEXT PRIMARY KEY, source_type TEXT NOT NULL, invited INTEGER NOT NULL,
    declined INTEGER NOT NULL, note TEXT NOT NULL, CHECK (0 <= declined AND declined <= invited)) WITHOUT ROWID;
CREATE TABLE sample (id TEXT PRIMARY KEY, name TEXT NOT NULL,
    method TEXT NOT NULL CHECK (method IN ('random', 'stratified', 'purposive')),
    allocation TEXT NOT NULL CHECK (allocation IN ('', 'proportional', 'equal')), by TEXT NOT NULL,
    size INTEGER NOT NULL, seed INTEGER NOT NULL, population TEXT NOT NULL, excluded TEXT NOT NULL,
    chosen TEXT NOT NULL, why TEXT NOT NULL, coder TEXT NOT NULL REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED,
    at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE forward (id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    before TEXT NOT NULL REFERENCES text (hash) DEFERRABLE INITIALLY DEFERRED,
    after TEXT NOT NULL REFERENCES text (hash) DEFERRABLE INITIALLY DEFERRED, kept TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX forward_by_document ON forward (document);
CREATE TABLE placement (id TEXT PRIMARY KEY, kind TEXT NOT NULL, record TEXT NOT NULL,
    document TEXT NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    text TEXT NOT NULL REFERENCES text (hash) DEFERRABLE INITIALLY DEFERRED, start INTEGER NOT NULL,
    end INTEGER NOT NULL, by_hand INTEGER NOT NULL, CHECK (0 <= start AND start <= end)) WITHOUT ROWID;
CREATE INDEX placement_by_document ON placement (document);
CREATE TABLE coding (id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    text TEXT NOT NULL REFERENCES text (hash) DEFERRABLE INITIALLY DEFERRED, start INTEGER NOT NULL,
    end INTEGER NOT NULL, code TEXT NOT NULL REFERENCES code (id) DEFERRABLE INITIALLY DEFERRED,
    coder TEXT NOT NULL REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED, definition TEXT NOT NULL,
    memo TEXT NOT NULL, negative INTEGER NOT NULL, weight INTEGER CHECK (weight BETWEEN 0 AND 100),
    prompted TEXT NOT NULL CHECK (prompted IN ('', 'prompted', 'volunteered')),
    CHECK (0 <= start AND start <= end)) WITHOUT ROWID;
CREATE INDEX coding_by_document ON coding (document, coder, code);
CREATE TABLE review (id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    turn TEXT NOT NULL REFERENCES turn (id) DEFERRABLE INITIALLY DEFERRED,
    coder TEXT NOT NULL REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID;
CREATE INDEX review_by_document ON review (document, coder);
CREATE INDEX review_by_turn ON review (turn);
CREATE TABLE done (id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    coder TEXT NOT NULL REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED, done INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX done_by_document ON done (document);
CREATE TABLE memo (id TEXT PRIMARY KEY, coder TEXT NOT NULL REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL CHECK (kind IN ('familiarisation', 'analytic', 'reflexive', 'method decision')),
    title TEXT NOT NULL, body TEXT NOT NULL, document TEXT REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    text TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    "case" TEXT REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED,
    code TEXT REFERENCES code (id) DEFERRABLE INITIALLY DEFERRED,
    theme TEXT REFERENCES theme (id) DEFERRABLE INITIALLY DEFERRED, codings TEXT NOT NULL, at TEXT NOT NULL,
    CHECK (0 <= start AND start <= end)) WITHOUT ROWID;
CREATE INDEX memo_by_document ON memo (document) WHERE document IS NOT NULL;
CREATE TABLE round (id TEXT PRIMARY KEY, name TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('reliability', 'training', 'stability')), blind INTEGER NOT NULL,
    documents TEXT NOT NULL, texts TEXT NOT NULL, coders TEXT NOT NULL, codes TEXT NOT NULL, statistic TEXT NOT NULL,
    unit TEXT NOT NULL, interviewer INTEGER NOT NULL, threshold REAL, gold TEXT REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED,
    drawn TEXT NOT NULL, seed INTEGER NOT NULL, due TEXT NOT NULL, codebook TEXT NOT NULL, locked TEXT NOT NULL,
    locked_at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE decision (id TEXT PRIMARY KEY, round TEXT NOT NULL REFERENCES round (id) DEFERRABLE INITIALLY DEFERRED,
    document TEXT NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    outcome TEXT NOT NULL CHECK (outcome IN ('coders', 'all', 'neither', 'own', 'deferred', 'referred')),
    taken TEXT NOT NULL, codes TEXT NOT NULL, spans TEXT NOT NULL, referred TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('', 'oversight', 'boundary', 'unclear definition', 'genuine difference')),
    words TEXT NOT NULL, coder TEXT NOT NULL REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED,
    together TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX decision_by_round ON decision (round);
CREATE VIEW blind AS SELECT c.value AS coder, d.value AS document
    FROM round r, json_each(r.coders) c, json_each(r.documents) d WHERE r.blind AND r.locked = '';
CREATE TABLE query (id TEXT PRIMARY KEY, name TEXT NOT NULL, wording TEXT NOT NULL,
    coder TEXT NOT NULL REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID;
CREATE TABLE search (id TEXT PRIMARY KEY, wording TEXT NOT NULL, purpose TEXT NOT NULL, hits INTEGER NOT NULL,
    coder TEXT NOT NULL REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED, at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE ruling (id TEXT PRIMARY KEY, kind TEXT NOT NULL, digest TEXT NOT NULL,
    document TEXT REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    verdict TEXT NOT NULL CHECK (verdict IN ('keep', 'ignore')), reason TEXT NOT NULL,
    coder TEXT NOT NULL REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID;
CREATE TABLE export (id TEXT PRIMARY KEY, what TEXT NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('team', 'steering group', 'commissioner', 'public')),
    file TEXT NOT NULL, findings INTEGER NOT NULL, reason TEXT NOT NULL,
    coder TEXT NOT NULL REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED, at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE summary (id TEXT PRIMARY KEY, "case" TEXT REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED,
    "group" TEXT NOT NULL, theme TEXT NOT NULL REFERENCES theme (id) DEFERRABLE INITIALLY DEFERRED, wave TEXT NOT NULL,
    words TEXT NOT NULL, cites TEXT NOT NULL, rests_on TEXT NOT NULL,
    coder TEXT NOT NULL REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED, at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE finding (id TEXT PRIMARY KEY, key TEXT NOT NULL, statement TEXT NOT NULL, questions TEXT NOT NULL,
    themes TEXT NOT NULL, position INTEGER NOT NULL, status TEXT NOT NULL CHECK (status IN ('draft', 'agreed')),
    confidence TEXT NOT NULL CHECK (confidence IN ('', 'low', 'moderate', 'high')),
    judged_by TEXT REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED, adequacy TEXT NOT NULL, coherence TEXT NOT NULL,
    relevance TEXT NOT NULL, limitations TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE evidence (id TEXT PRIMARY KEY, finding TEXT NOT NULL REFERENCES finding (id) DEFERRABLE INITIALLY DEFERRED,
    document TEXT NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED, codings TEXT NOT NULL,
    reference TEXT NOT NULL, bearing TEXT NOT NULL CHECK (bearing IN ('for', 'negative case')), explained TEXT NOT NULL,
    coder TEXT NOT NULL REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID;
CREATE INDEX evidence_by_document ON evidence (document);
CREATE TABLE answer (id TEXT PRIMARY KEY, question TEXT NOT NULL REFERENCES question (id) DEFERRABLE INITIALLY DEFERRED,
    words TEXT NOT NULL, confidence TEXT NOT NULL CHECK (confidence IN ('', 'low', 'moderate', 'high')),
    caveats TEXT NOT NULL, coder TEXT NOT NULL REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED,
    at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE judgement (id TEXT PRIMARY KEY, finding TEXT REFERENCES finding (id) DEFERRABLE INITIALLY DEFERRED,
    theme TEXT REFERENCES theme (id) DEFERRABLE INITIALLY DEFERRED, source_type TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('agreement', 'partial', 'silence', 'dissonance', 'not asked')),
    note TEXT NOT NULL, coder TEXT NOT NULL REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID;
CREATE TABLE element (id TEXT PRIMARY KEY,
    part TEXT NOT NULL CHECK (part IN ('context', 'input', 'activity', 'mechanism', 'outcome')), name TEXT NOT NULL,
    text TEXT NOT NULL, support TEXT NOT NULL CHECK (support IN ('untested', 'supported', 'revised')),
    revision TEXT NOT NULL, findings TEXT NOT NULL, position INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE configuration (id TEXT PRIMARY KEY, name TEXT NOT NULL, context TEXT NOT NULL, mechanism TEXT NOT NULL,
    outcome TEXT NOT NULL, support TEXT NOT NULL CHECK (support IN ('untested', 'supported', 'revised')),
    findings TEXT NOT NULL, cases TEXT NOT NULL, position INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE item (id TEXT PRIMARY KEY, key TEXT NOT NULL, section TEXT NOT NULL, text TEXT NOT NULL,
    guidance TEXT NOT NULL, levels TEXT NOT NULL, questions TEXT NOT NULL, position INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE rating (id TEXT PRIMARY KEY, item TEXT NOT NULL REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
    document TEXT NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    coder TEXT REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED, level TEXT NOT NULL,
    words TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX rating_by_document ON rating (document);
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
