"""Names replaced by pseudonyms where they stand, and the list that says which is which."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tbcp_qual.coding.changes import Change, create, remove, update
from tbcp_qual.coding.counting import some
from tbcp_qual.coding.records import (
    Document,
    Record,
    attribute_id,
    judgement_id,
    kind_of,
    measure_id,
    summary_id,
    variable_id,
)
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.errors import UsageError
from tbcp_qual.privacy.finding import Kind
from tbcp_qual.privacy.people import TITLES
from tbcp_qual.privacy.pseudonyms import Pseudonyms, default_path, numbered_in
from tbcp_qual.store import Project
from tbcp_qual.tasks.privacy import Spotted
from tbcp_qual.tasks.written import KEPT, at_path, with_words

if TYPE_CHECKING:
    from tbcp_qual.tasks.replacing import Replacement

_BY_SNAPSHOT = ("coding", "memo", "summary", "evidence", "rating")
_ID_OF: dict[str, Callable[[Any], str]] = {
    "variable": lambda record: variable_id(record.name),
    "attribute": lambda record: attribute_id(record.case, record.name),
    "measure": lambda record: measure_id(record.case, record.scale, record.time_point),
    "summary": lambda record: summary_id(record.case, record.group, record.theme, record.wave),
    "judgement": lambda record: judgement_id(record.finding, record.theme, record.source_type, record.coder),
}
"""Kinds whose ids follow from what they say, so that two copies mean the same record."""

LETTERED: frozenset[Kind] = frozenset({"name", "school", "hospital", "ward", "children's centre"})
"""Kinds of which each gets a letter of its own, so that one can be told from another: [Parent A], [School B]."""


def list_of(project: Project, path: Path | None = None) -> Pseudonyms:
    """Return the pseudonym list of a project: where it is said to be, or in the user's state folder.

    Raises:
        BadInput: it cannot be read, or cannot be closed to others.
    """
    texts = project.texts({document.text for document in project.records("document")})
    taken = {pseudonym for text in texts.values() for pseudonym in numbered_in(text)}
    return Pseudonyms.load(path or _place_of(project), taken=taken)


def _place_of(project: Project) -> Path:
    said = os.environ.get("TBCP_PSEUDONYMS")
    return Path(said) if said else default_path(project.info.id)


def names_listed(project: Project) -> dict[str, str]:
    """Return the names on the list of a project with their pseudonyms, for looking alone.

    Raises:
        BadInput: the list cannot be read, or cannot be closed to others.
    """
    return known_names(Pseudonyms.load(_place_of(project)))


def known_names(pseudonyms: Pseudonyms) -> dict[str, str]:
    """Return the names that are on the list, with their pseudonyms: they are looked for wherever they stand."""
    return {
        words: "" if pseudonyms.is_apart(kind, words) else pseudonym
        for kind, words, pseudonym in pseudonyms.rows()
        if kind == "name"
    }


def replace_findings(
    project: Project, findings: Sequence[Spotted], pseudonyms: Pseudonyms, *, coder: str, by: str | None = None
) -> int:
    """Put pseudonyms in the place of findings, in texts and in what people wrote, as one revision; codings stay.

    The list is saved first: a pseudonym that is on no list could not be traced back.

    Args:
        findings: as the check of this moment gives them.
        pseudonyms: the list; what is new on it is saved.
        coder: id of the coder who does it.
        by: one pseudonym for all of them; None for each its own.

    Returns:
        How many places were altered.

    Raises:
        UsageError: they overlap, or a text was changed since the check.
        Conflict: the list or a record was changed meanwhile.
    """
    from tbcp_qual.tasks.replacing import replace_words

    where_of = places_of_people(project)
    chosen = {one.id: _pseudonym(one, pseudonyms, by, where_of(one)) for one in findings}
    pseudonyms.save()
    in_texts: dict[str, list[Replacement]] = {}
    in_fields: dict[tuple[str, str, str, tuple[int, ...]], list[Spotted]] = {}
    for one in findings:
        place, finding = one.place, one.finding
        if place.field == KEPT:
            continue  # What was kept whole says what it said; once replaced elsewhere, a purge takes it out.
        if place.kind == "text":
            in_texts.setdefault(place.record, []).append((finding.start, finding.end, chosen[one.id]))
        else:
            in_fields.setdefault((place.kind, place.record, place.field, place.path), []).append(one)
    documents = {document.id: document for document in project.records("document")}
    changes: dict[tuple[str, str], Change] = {}
    texts: list[str] = []
    for document, replacements in in_texts.items():
        replaced = replace_words(project, documents[document], replacements)
        texts.append(replaced.text)
        changes.update(((change.kind, change.id), change) for change in replaced.changes)
    records = _records(project, project.snapshot(coder), in_fields.values())
    altered: dict[tuple[str, str], dict[str, Any]] = {}
    for (kind, record, field, path), theirs in in_fields.items():
        for key in ((kind, record), *((kind, other) for other in theirs[0].place.others)):
            values = altered.setdefault(key, {})
            value = values.get(field, getattr(records[key], field))
            values[field] = with_words(value, path, _with(at_path(value, path), theirs, chosen))
    for key, values in altered.items():
        for change in _changes(records[key], values):
            earlier = changes.get((change.kind, change.id))
            changes[change.kind, change.id] = (
                replace(earlier, fields={**earlier.fields, **change.fields}) if earlier else change
            )
    number = sum(one.place.field != KEPT for one in findings)
    label = f"{some(number, 'identifier')} replaced by pseudonyms"
    project.apply(label, changes.values(), coder=coder, texts=texts)
    return number


def places_of_people(project: Project) -> Callable[[Spotted], str]:
    """Return what says of a finding where people of its name are the same.

    That is the family of its document, or the document where it is not about one family; of what stands in no
    document the family it is about, and nothing where there is none.
    """
    documents: list[Document] = project.records("document")
    where = {document.id: document.cases[0] if len(document.cases) == 1 else document.id for document in documents}
    return lambda one: where.get(one.place.document) or one.place.family


def _pseudonym(one: Spotted, pseudonyms: Pseudonyms, by: str | None, where: str) -> str:
    kind, suggestion = one.finding.kind, one.finding.suggestion
    if by is not None:
        pseudonyms.keep(kind, one.words, by)
        return by
    if kind in LETTERED and not numbered_in(suggestion):
        return pseudonyms.for_(kind, without_title(one.words), suggestion, where)
    pseudonyms.keep(kind, one.words, suggestion)
    return suggestion


def without_title(words: str) -> str:
    """Return a name without what stands before it: Mrs Okafor and Okafor are one person.

    >>> without_title("Mrs Okafor"), without_title("Dr. Siân Rees"), without_title("Sister")
    ('Okafor', 'Siân Rees', 'Sister')
    """
    parts = words.split()
    while len(parts) > 1 and parts[0].rstrip(".") in TITLES:
        parts = parts[1:]
    return " ".join(parts)


def _records(project: Project, now: Snapshot, findings: Iterable[Sequence[Spotted]]) -> dict[tuple[str, str], Record]:
    """Return the records that findings lie in, as the viewer of a snapshot sees them."""
    seen: dict[tuple[str, str], Record] = {}
    for kind, there in (("coding", now.codings), ("memo", now.memos), ("summary", now.summaries)):
        seen.update(((kind, record.id), record) for record in there)
    seen.update((("evidence", record.id), record) for record in now.evidence)
    seen.update((("rating", record.id), record) for record in now.ratings)
    found: dict[tuple[str, str], Record] = {}
    for place in (theirs[0].place for theirs in findings):
        for key in ((place.kind, place.record), *((place.kind, other) for other in place.others)):
            record = seen.get(key) or (None if key[0] in _BY_SNAPSHOT else project.record(*key))
            if record is None:
                raise UsageError("Something was removed since the check.", "Run `privacy check` again.")
            found[key] = record
    return found


def _changes(record: Record, values: dict[str, Any]) -> list[Change]:
    """Return what gives a record new values; one whose id follows from them makes way for another."""
    changed = replace(record, **values)
    of = _ID_OF.get(kind_of(record))
    if of is None or of(record) != record.id or of(changed) == record.id:
        return [update(record, **values)]
    return [remove(record), create(replace(changed, id=of(changed)))]


def _with(value: Any, findings: Iterable[Spotted], chosen: dict[str, str]) -> str:
    """Return a field with its findings replaced."""
    text = str(value)
    last_first = sorted(findings, key=lambda s: -s.finding.start)
    if any(one.place.words != text for one in last_first):
        raise UsageError("Something was changed since the check.", "Run `privacy check` again.")
    for one in last_first:
        text = text[: one.finding.start] + chosen[one.id] + text[one.finding.end :]
    return text
