"""Whether a file is sound: pages, references, texts under their hashes, and tables equal to the fold of the journal."""

import sqlite3

from tbcp_qual.coding.records import KINDS, REFERENCES, Record
from tbcp_qual.coding.state import references, state_of
from tbcp_qual.coding.text import clean, text_hash
from tbcp_qual.store import journal
from tbcp_qual.store.reading import all_records
from tbcp_qual.store.refold import all_mismatches

Key = tuple[str, str]


def problems(connection: sqlite3.Connection) -> list[str]:
    """Return what is wrong, a sentence each; records are named by kind and id."""
    said = [row[0] for row in connection.execute("PRAGMA integrity_check").fetchall()]
    if said != ["ok"]:
        return [f"The file is damaged: {line}" for line in said[:20]]
    wrong = [
        f"A row of “{row[0]}” refers to a {row[2]} that is not there."
        for row in connection.execute("PRAGMA foreign_key_check").fetchall()
    ]
    sizes: dict[str, int] = {}
    purged = {row[0] for row in connection.execute("SELECT hash FROM purged_text").fetchall()}
    for stored, body in connection.execute("SELECT hash, body FROM text").fetchall():
        if stored in purged:
            if body:
                wrong.append(f"The text {stored[:12]} was purged, but its words are there.")
            continue
        sizes[stored] = len(body)
        if text_hash(body) != stored:
            wrong.append(f"The text {stored[:12]} is not the text that was stored: its words have been altered.")
        elif clean(body).text != body:
            wrong.append(f"The text {stored[:12]} holds control characters.")
    emptied = connection.execute("SELECT id FROM document WHERE text IN (SELECT hash FROM purged_text)").fetchall()
    wrong.extend(
        f"Nothing is left of the text of the document {row[0]}: all that it ever had was purged." for row in emptied
    )
    tables: dict[Key, Record] = {(kind, r.id): r for kind in KINDS for r in all_records(connection, kind)}
    gone = set(connection.execute("SELECT kind, record FROM purged").fetchall())
    wrong.extend(_misplaced(tables, sizes, gone))
    state = state_of(journal.read(connection), gone, purged)
    for key in sorted(set(tables) | set(state.records)):
        kind, record = key
        if key not in state.records:
            wrong.append(f"The {kind} {record} stands in the tables, but no revision made it.")
        elif key not in tables:
            wrong.append(f"The {kind} {record} is in the journal, but missing from the tables.")
        elif tables[key] != state.records[key]:
            wrong.append(f"The {kind} {record} differs from what the journal says.")
    if {(m.id, m.field): m for m in all_mismatches(connection)} != state.mismatches:
        wrong.append("The list of conflicts differs from what the journal says.")
    left = "SELECT count(*) FROM change WHERE record IN (SELECT record FROM purged) AND fields <> '{}'"
    if connection.execute(left).fetchone()[0]:
        wrong.append("Records that were purged have left words in the journal.")
    stored_kept = set(connection.execute("SELECT kind, record FROM kept").fetchall())
    if stored_kept != state.kept:
        wrong.append("The list of records that are kept for others' sake differs from what the journal says.")
    return wrong


def _misplaced(tables: dict[Key, Record], sizes: dict[str, int], gone: set[Key]) -> list[str]:
    wrong = []
    for (kind, record), value in tables.items():
        end, text = getattr(value, "end", None), getattr(value, "text", None)
        if isinstance(end, int) and isinstance(text, str) and text in sizes and end > sizes[text]:
            wrong.append(f"The {kind} {record} ends beyond its text.")
        for target in (target for target in references(value) if target not in tables and target not in gone):
            field = next(name for name, of in REFERENCES[kind].items() if of == target[0])
            wrong.append(f"The {kind} {record} names a {target[0]} ({field}) that is not there.")
    return wrong
