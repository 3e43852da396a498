"""Rounds of double coding: what is checked before anybody begins, and what is locked when everybody has finished.

What is locked holds ids and offsets and the names of codes, but no words of a text: the texts are kept under their
hashes. It is enough to compare the coders again whatever becomes of the codings, turns and codes.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Literal, TypeVar, get_args

from tbcp_qual.coding.changes import defaults
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.records import (
    About,
    Code,
    Coding,
    Document,
    Done,
    Record,
    Round,
    Turn,
    definition_fingerprint,
    done_id,
    kind_of,
)
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.errors import ProjectUnusable

FORM = 1
"""The form of the JSON that is locked; a later one is refused."""

FEW_UNITS = 30
"""Below so many units a figure moves with each of them."""

FEW_DOCUMENTS = 10
"""Below so many documents there is no interval."""

_KEPT: Mapping[str, tuple[str, ...]] = {
    "document": ("kind", "source_type", "time_point", "text", "cases"),
    "turn": ("document", "text", "head", "start", "end", "role"),
    "about": ("document", "text", "start", "end", "case"),
    "code": ("name", "parent", "position", "domain", "retired", "merged_into"),
    "coding": ("document", "text", "start", "end", "code", "coder", "definition", "negative", "weight", "prompted"),
    "round": (
        "name",
        "purpose",
        "blind",
        "documents",
        "texts",
        "coders",
        "codes",
        "statistic",
        "unit",
        "interviewer",
        "threshold",
        "gold",
        "drawn",
        "seed",
        "codebook",
    ),
}
"""What is locked of each kind: nothing that somebody wrote but the names of codes and of the round."""

_R = TypeVar("_R", Document, Turn, About, Code, Coding, Round)


def everybody(made: Round) -> tuple[str, ...]:
    """Return the ids of all whose codings belong to a round: its coders, and whoever they are held against."""
    return tuple(dict.fromkeys([*([made.gold] if made.gold else []), *made.coders]))


# -- before anybody begins


Looked = Literal["coders", "texts", "turns", "codebook", "units", "documents"]
"""What is looked at before anybody begins."""

LOOKED: tuple[Looked, ...] = get_args(Looked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that stands in the way of a round, or should be known before it begins."""

    about: Looked
    level: Literal["error", "warning"]
    """An error stops it."""
    message: str
    hint: str = ""


def preflight(now: Snapshot, made: Round, *, units: int, codebook: str) -> list[Finding]:
    """Look whether a round can be worked on; errors first.

    Args:
        now: holds the turns of its documents.
        made: the round.
        units: how many units it compares; 0 in a reflexive project, where none are counted.
        codebook: fingerprint of the present codebook.
    """
    found = [*_of_coders(now, made), *_of_texts(now, made), *_of_codes(now, made, codebook)]
    counted = bool(made.unit)
    if counted and not units:
        found.append(
            _error(
                "units", f"There is no {made.unit} to compare in these documents.", "Choose others, or another --unit."
            )
        )
    elif counted and made.unit != "character" and units < FEW_UNITS:
        found.append(
            _warning(
                "units",
                f"Only {units} units ({made.unit}) would be compared; a figure from fewer than {FEW_UNITS} moves with each.",
            )
        )
    if counted and 0 < len(made.documents) < FEW_DOCUMENTS:
        found.append(
            _warning(
                "documents",
                f"With {_some(len(made.documents), 'document')} there will be no interval; it takes {FEW_DOCUMENTS}.",
            )
        )
    return sorted(found, key=lambda finding: finding.level)


def _of_coders(now: Snapshot, made: Round) -> list[Finding]:
    missing = [coder for coder in everybody(made) if coder not in now.coder_by_id]
    if missing:
        return [_error("coders", "A coder of the round is not in this project any more.")]
    if made.gold in made.coders:
        return [_error("coders", f"{now.coder_by_id[made.gold or ''].name} cannot be held against their own codings.")]
    if len(everybody(made)) < 2:
        return [_error("coders", "It takes two coders to compare.", "Name them: --coders AK,RM")]
    if made.gold is None:
        return []
    waiting = [d for d in _documents(now, made) if made.gold not in now.done_by_document.get(d.id, ())]
    if waiting:
        who = now.coder_by_id[made.gold].name
        return [
            _error(
                "coders",
                f"{who}, whose codings are the ones to compare with, has not marked “{waiting[0].name}” done.",
                f'tbcp-qual documents done "{waiting[0].name}" --coder "{who}"',
            )
        ]
    return []


def _of_texts(now: Snapshot, made: Round) -> list[Finding]:
    documents = _documents(now, made)
    if not documents:
        return [
            _error("texts", "The round has no documents.", "Name them with --documents, or draw them with --share.")
        ]
    found: list[Finding] = []
    if len(documents) < len(made.documents):
        found.append(
            _error("texts", f"{_some(len(made.documents) - len(documents), 'document')} of the round is gone.")
        )
    at_opening = dict(zip(made.documents, made.texts, strict=False))
    for document in documents:
        turns = [t for t in now.turns_by_document.get(document.id, []) if t.text == document.text and t.start < t.end]
        if at_opening.get(document.id, document.text) != document.text:
            found.append(
                _error(
                    "texts",
                    f"The text of “{document.name}” has been corrected since the round was opened: coders may have worked on two texts.",
                    "Undo the correction, or open a new round.",
                )
            )
        if not turns:
            found.append(
                _error(
                    "turns", f"“{document.name}” has no turns.", "Import it again, or part it with `documents split`."
                )
            )
        elif document.kind == "interview" and not any(turn.role == "interviewer" for turn in turns):
            found.append(
                _warning(
                    "turns",
                    f"In “{document.name}” nobody is known to be the interviewer; their questions would be compared as answers.",
                    "tbcp-qual documents role SPEAKER interviewer",
                )
            )
    return found


def _of_codes(now: Snapshot, made: Round, codebook: str) -> list[Finding]:
    codes = now.codebook.by_id
    if not any(not code.retired for code in codes.values()):
        return [_error("codebook", "There is no codebook to code with.", "tbcp-qual codes import FILE")]
    found = []
    gone = [code for code in made.codes if code not in codes or codes[code].retired]
    if gone:
        named = [codes[code].name for code in gone if code in codes]
        found.append(_error("codebook", f"A code of the round is retired: {', '.join(named) or 'one that is gone'}."))
    if made.codebook and made.codebook != codebook:
        found.append(
            _error(
                "codebook",
                "The codebook has been changed since the round was opened: coders may have worked by two definitions.",
                "Undo the change, or open a new round.",
            )
        )
    return found


def _documents(now: Snapshot, made: Round) -> list[Document]:
    return [now.document_by_id[d] for d in made.documents if d in now.document_by_id]


def _error(about: Looked, message: str, hint: str = "") -> Finding:
    return Finding(about=about, level="error", message=message, hint=hint)


def _warning(about: Looked, message: str, hint: str = "") -> Finding:
    return Finding(about=about, level="warning", message=message, hint=hint)


def _some(n: int, one: str) -> str:
    return f"{n} {one}" if n == 1 else f"{n} {one}s"


# -- when everybody has finished


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """The independent codings of a round, with all that is needed to compare them again."""

    round: Round
    """As it stood."""
    codebook: str
    """Fingerprint of the codebook at that moment."""
    splitter: int
    """Version of the splitter that finds sentences."""
    documents: tuple[Document, ...]
    """Without their names."""
    turns: tuple[Turn, ...]
    abouts: tuple[About, ...]
    codes: tuple[Code, ...]
    """Without their definitions, whose fingerprints are in `definitions`."""
    definitions: Mapping[str, str]
    """By id of the code."""
    codings: tuple[Coding, ...]
    """On the present texts of that moment, without memos."""
    done: tuple[tuple[str, str], ...]
    """`(id of the document, id of the coder)`."""


def lock(now: Snapshot, made: Round, *, codebook: str, splitter: int) -> Locked:
    """Return what is to be locked of a round.

    Args:
        now: holds the round's documents, and the codings of each of its coders on them.
        made: the round.
        codebook: fingerprint of the codebook.
        splitter: version of the splitter that finds sentences.
    """
    who, on = set(everybody(made)), set(made.documents)
    text = {document.id: document.text for document in now.documents}

    def here(record: Turn | About | Coding) -> bool:
        return record.document in on and record.text == text[record.document]

    return Locked(
        round=made,
        codebook=codebook,
        splitter=splitter,
        documents=tuple(document for document in now.documents if document.id in on),
        turns=tuple(filter(here, now.turns)),
        abouts=tuple(filter(here, now.abouts)),
        codes=now.codes,
        definitions={code.id: definition_fingerprint(code) for code in now.codes},
        codings=tuple(coding for coding in now.codings if coding.coder in who and here(coding)),
        done=tuple(sorted((m.document, m.coder) for m in now.done if m.done and m.document in on and m.coder in who)),
    )


def locked_body(locked: Locked) -> str:
    """Return what is locked as JSON: the same codings are the same text, whatever the order they come in."""
    body = {
        "form": FORM,
        "round": _plain([locked.round])[0],
        "codebook": locked.codebook,
        "sentence_splitter": locked.splitter,
        "documents": _plain(locked.documents),
        "turns": _plain(locked.turns),
        "abouts": _plain(locked.abouts),
        "codes": [{**plain, "definition": locked.definitions[plain["id"]]} for plain in _plain(locked.codes)],
        "codings": _plain(locked.codings),
        "done": sorted(map(list, locked.done)),
    }
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(records: Iterable[Record]) -> list[dict[str, Any]]:
    plain = []
    for record in sorted(records, key=lambda record: record.id):
        kind = kind_of(record)
        start, kept = defaults(kind), _KEPT[kind]
        values = {name: getattr(record, name) for name in kept}
        plain.append({"id": record.id} | {name: value for name, value in values.items() if value != start[name]})
    return plain


def read_locked(body: str) -> Locked:
    """Return what a JSON that `locked_body` wrote says.

    Raises:
        ProjectUnusable: it was written by a newer program, or is not whole.
    """
    try:
        read = json.loads(body)
        if read["form"] > FORM:
            raise ProjectUnusable("That round was locked by a newer tbcp-qual.", "Install the newest one.")
        return Locked(
            round=_record(Round, read["round"]),
            codebook=read["codebook"],
            splitter=read["sentence_splitter"],
            documents=tuple(_record(Document, values) for values in read["documents"]),
            turns=tuple(_record(Turn, values) for values in read["turns"]),
            abouts=tuple(_record(About, values) for values in read["abouts"]),
            codes=tuple(_record(Code, values) for values in read["codes"]),
            definitions={values["id"]: values["definition"] for values in read["codes"]},
            codings=tuple(_record(Coding, values) for values in read["codings"]),
            done=tuple((document, coder) for document, coder in read["done"]),
        )
    except (ValueError, TypeError, KeyError) as problem:
        raise ProjectUnusable(
            "What was locked of that round is not in this file.",
            "A pack does not hold it: look in the project. Else `tbcp-qual verify` checks the whole file.",
        ) from problem


def _record(made: type[_R], values: Mapping[str, Any]) -> _R:
    known = {field.name for field in fields(made)}
    given: Any = {name: tuple(v) if isinstance(v, list) else v for name, v in values.items() if name in known}
    return made(**given)


def withheld(locked: Locked, now: Snapshot, blind: Collection[str]) -> tuple[str, ...]:
    """Return the names of the documents of a locked round that another round keeps blind for whoever looks."""
    ids = {document.id for document in locked.documents if document.id in blind}
    return tuple(document.name for document in now.documents if document.id in ids)


def as_locked(
    locked: Locked,
    now: Snapshot,
    texts: Callable[[Sequence[str]], Mapping[str, str]],
    *,
    blind: Collection[str],
) -> Snapshot:
    """Return what a round looked like when it was locked, as a snapshot that can be compared.

    Documents that are gone since, or whose words were purged, are left out. Coders and documents have the names they
    have today.

    Args:
        locked: what was locked.
        now: the project today; its names are taken.
        texts: gives texts by hash.
        blind: ids of documents that another round keeps blind for whoever looks; they are left out.
    """
    bodies = texts([document.text for document in locked.documents])
    there = {
        d.id: replace(d, name=now.document_by_id[d.id].name)
        for d in locked.documents
        if d.id in now.document_by_id and d.id not in blind and bodies.get(d.text)
    }
    order = [document.id for document in now.documents if document.id in there]
    place = {document: number for number, document in enumerate(order)}

    def kept(records: Sequence[Any]) -> tuple[Any, ...]:
        here = [record for record in records if record.document in there]
        return tuple(sorted(here, key=lambda r: (place[r.document], r.start, r.end, r.id)))

    return Snapshot(
        project=now.project,
        viewer=now.viewer,
        coders=now.coders,
        codes=locked.codes,
        cases=now.cases,
        documents=tuple(there[document] for document in order),
        turns=kept(locked.turns),
        codings=kept(locked.codings),
        abouts=kept(locked.abouts),
        done=tuple(
            Done(id=done_id(document, coder), document=document, coder=coder, done=True)
            for document, coder in locked.done
            if document in there
        ),
        texts={document.text: bodies[document.text] for document in there.values()},
    )
