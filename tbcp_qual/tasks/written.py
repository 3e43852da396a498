"""All that people wrote in a project, place by place: texts, every field of every record that may hold their words, and
the codebooks and rounds that were kept whole.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, get_args, get_origin, get_type_hints

from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.records import KIND_OF, KINDS, Record, Round, Version, kind_of
from tbcp_qual.coding.records.wording import REPEATED, WORDS, WORDS_AT
from tbcp_qual.coding.rounds import read_locked
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.versions import read_framework
from tbcp_qual.errors import ProjectUnusable
from tbcp_qual.store import Project

KEPT = "kept"
"""The field of a place in what was kept whole: nothing in it is replaced, a purge alone does that."""

_OF_SNAPSHOT: dict[str, str] = {
    KIND_OF[get_args(hint)[0]]: name
    for name, hint in get_type_hints(Snapshot).items()
    if get_origin(hint) is tuple and get_args(hint)[0] in KIND_OF
}
"""By kind what a snapshot gives, already without what the viewer may not see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A stretch of writing that is looked at: a whole text, or one field of one record."""

    kind: str
    """`text`, or the kind of the record."""
    record: str
    """Id of the document, or of the record."""
    field: str
    document: str
    """Id of the document it belongs to; empty where it belongs to none."""
    name: str
    """What a person calls it: `P07`, `memo on P07`, `case F07`."""
    words: str
    path: tuple[int, ...] = ()
    """Where the words stand in a field that holds several; empty in one that holds a string."""
    others: tuple[str, ...] = ()
    """Ids of further records that say the same in this field, and mean it."""
    family: str = ""
    """Id of the case that a record without a document is about; empty for none."""


def records_with_words(project: Project, now: Snapshot) -> dict[str, list[Any]]:
    """Return every record with words of people that the viewer of a snapshot may see, by kind.

    In a blind round nothing is given of what others decided or let stand in its documents.
    """
    blind = project.blind(now.viewer)
    found: dict[str, list[Any]] = {kind: list(getattr(now, name)) for kind, name in _OF_SNAPSHOT.items()}
    found["project"] = [now.project]
    for kind in WORDS.keys() - found.keys():
        found[kind] = [
            record
            for record in project.records(kind)
            if getattr(record, "document", None) not in blind or record.coder == now.viewer
        ]
    return found


def written_in(
    now: Snapshot, records: Mapping[str, Iterable[Record]], *, only_documents: bool = False
) -> Iterator[Place]:
    """Return the texts of a snapshot, then the words of records, kind by kind in the order of `KINDS`.

    Args:
        now: for the texts, and for what things are called.
        records: by kind.
        only_documents: only what belongs to the documents whose turns the snapshot holds.
    """
    wanted = set(now.turns_by_document) if only_documents else {document.id for document in now.documents}
    for document in now.documents:
        if document.text in now.texts and document.id in wanted:
            words = now.texts[document.text]
            yield Place(
                kind="text", record=document.id, field="text", document=document.id, name=document.name, words=words
            )
    for kind in KINDS:
        repeated: dict[tuple[str, str, str], list[Place]] = {}
        for record in records.get(kind, ()):
            document_id = record.id if kind == "document" else getattr(record, "document", None) or ""
            if only_documents and document_id not in wanted:
                continue
            for place in _places(now, kind, record, document_id):
                if (kind, place.field) in REPEATED:
                    within = document_id if kind == "turn" else ""
                    repeated.setdefault((place.field, within, place.words), []).append(place)
                else:
                    yield place
        for (field, within, words), places in repeated.items():
            if kind == "turn" and words in now.texts.get(now.document_by_id[within].text, ""):
                continue  # It is looked at there, and named anew with it.
            first = places[0]
            name = f"{field.replace('_', ' ')} in {first.name}" if kind == "turn" else first.name
            yield Place(
                kind=kind,
                record=first.record,
                field=field,
                document=within,
                name=name,
                words=words,
                others=tuple(place.record for place in places[1:]),
            )


def kept_whole(project: Project, now: Snapshot) -> Iterator[Place]:
    """Return what versions of the codebook and locked rounds say otherwise than the records of today.

    Of documents that are blind for the viewer nothing is told.
    """
    blind = project.blind(now.viewer)
    versions: list[Version] = project.records("version")
    rounds: list[Round] = [one for one in project.records("round") if one.locked]
    texts = project.texts({*(one.body for one in versions), *(one.locked for one in rounds)})
    for version in versions:
        called = f"codebook version {version.number}"
        yield from _otherwise(now, version, called, texts[version.body], _of_version)
    for one in rounds:
        yield from _otherwise(now, one, f"round {one.name}", texts[one.locked], partial(_of_round, blind=blind))


def _of_version(body: str) -> dict[str, Iterable[Record]]:
    framework = read_framework(body)
    return {"question": framework.questions, "code": framework.codes, "theme": framework.themes}


def _of_round(body: str, *, blind: Collection[str]) -> dict[str, Iterable[Record]]:
    locked = read_locked(body)
    return {
        "document": [document for document in locked.documents if document.id not in blind],
        "turn": [turn for turn in locked.turns if turn.document not in blind],
        "code": locked.codes,
        "coding": [coding for coding in locked.codings if coding.document not in blind],
    }


def _otherwise(
    now: Snapshot, of: Version | Round, called: str, body: str, read: Callable[[str], dict[str, Iterable[Record]]]
) -> Iterator[Place]:
    """Give what records that were kept say where those of today do not."""
    try:
        held = read(body)
    except ProjectUnusable:
        return  # It was purged, or `verify` says what is wrong with it.
    told: set[str] = set()
    for kind, records in held.items():
        today = {record.id: record for record in getattr(now, _OF_SNAPSHOT[kind])}
        for record in records:
            for field in WORDS[kind]:
                words = getattr(record, field)
                if words and words not in told and words != getattr(today.get(record.id), field, None):
                    told.add(words)
                    name = f"{called}, as it was kept: {kind} {field.replace('_', ' ')}"
                    yield Place(kind=kind_of(of), record=of.id, field=KEPT, document="", name=name, words=words)


def _places(now: Snapshot, kind: str, record: Record, document: str) -> Iterator[Place]:
    for field in WORDS.get(kind, ()):
        value = getattr(record, field)
        for path, words in _strings(value, WORDS_AT.get((kind, field))):
            if words:
                yield Place(
                    kind=kind,
                    record=record.id,
                    field=field,
                    document=document,
                    name=_name(now, kind, record, field),
                    words=words,
                    path=path,
                    family=record.id if kind == "case" else getattr(record, "case", None) or "",
                )


def _strings(value: Any, at: int | None) -> Iterator[tuple[tuple[int, ...], str]]:
    if isinstance(value, str):
        yield (), value
        return
    for number, one in enumerate(value):
        yield ((number,), one) if at is None else ((number, at), one[at])


def with_words(value: Any, path: tuple[int, ...], words: str) -> Any:
    """Return the value of a field with other words at a path.

    >>> with_words((("c1", "moved to Leeds"), ("c2", "")), (0, 1), "moved")
    (('c1', 'moved'), ('c2', ''))
    """
    if not path:
        return words
    return (*value[: path[0]], with_words(value[path[0]], path[1:], words), *value[path[0] + 1 :])


def at_path(value: Any, path: tuple[int, ...]) -> Any:
    """Return what stands at a path in the value of a field."""
    for step in path:
        value = value[step]
    return value


def _name(now: Snapshot, kind: str, record: Record, field: str) -> str:
    called = getattr(record, "label", "") or getattr(record, "name", "") or getattr(record, "key", "")
    document = now.document_by_id.get(getattr(record, "document", None) or record.id)
    on = f" on {document.name}" if document else ""
    if kind == "attribute":
        case = now.case_by_id.get(getattr(record, "case", ""))
        return "name of an attribute" if field == "name" else f"{called} of {case.label if case else 'a case'}"
    if kind == "document":
        return f"{field.replace('_', ' ')} of {document.name}" if document else kind
    if kind == "turn":
        return document.name if document else kind
    if kind in ("coding", "memo"):
        return f"memo{on}"
    if kind == "ruling":
        return f"reason of a ruling{on}"
    if kind in ("decision", "evidence"):
        return f"{kind}{on}"
    if kind == "summary":
        case, theme = now.case_by_id.get(getattr(record, "case", None) or ""), getattr(record, "theme", "")
        row = case.label if case else getattr(record, "group", "")
        return f"summary of {row}, “{next((one.name for one in now.themes if one.id == theme), 'a theme')}”"
    if kind == "answer":
        question = getattr(record, "question", "")
        return f"answer to question {next((one.key for one in now.questions if one.id == question), '')}".strip()
    if kind == "export":
        return f"export {getattr(record, 'file', '')}"
    if kind == "version":
        return f"codebook version {getattr(record, 'number', 0)}"
    return f"{kind} {called}".strip()
