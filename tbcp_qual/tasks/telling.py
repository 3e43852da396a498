"""What records and their fields are called when a person is told of them; passages in words, ids as names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tbcp_qual.analysis.retrieval import from_wording, in_words
from tbcp_qual.coding.changes import defaults
from tbcp_qual.coding.records import ANCHORED, REFERENCES, TEXTS, Record, kind_of
from tbcp_qual.coding.rounds import read_locked
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.errors import QualError
from tbcp_qual.store import Project
from tbcp_qual.tasks.naming import short_id

PLURALS = {"about": "parts about cases", "asked": "topics asked", "done": "done marks", "query": "queries"}
_ON = {"asked": "topic", "rating": "item"}
"""Of kinds that say something of a document: the field that names what it is about."""
CALLED = {"about": "part about a case", "asked": "topic asked", "done": "done mark", "review": "reviewed turn"}

_NAMES = ("name", "label", "key", "title", "short", "number")
_IN_WORDS = frozenset(ANCHORED) - {"turn"}
"""Kinds whose span is told by its words; turns are many, and told by their place."""


def in_short(value: object) -> str:
    """Return a field's value on one line; a dash where there is none."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else " ".join(str(value).split())


def counted(kind: str, number: int) -> str:
    """Return a number with what such records are called."""
    one = CALLED.get(kind, kind)
    return f"{number:,} {one if number == 1 else PLURALS.get(kind, f'{one}s')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldField:
    """One field before and after."""

    name: str
    before: object
    """None where there was none."""
    after: object


class Telling:
    """Names records as a viewer knows them; those that are gone go by what they were called."""

    def __init__(self, project: Project, now: Snapshot) -> None:
        self._project, self._now = project, now
        self._texts: dict[str, str] = {}
        self._by_kind: dict[str, Mapping[str, Any]] = {
            "coder": now.coder_by_id,
            "document": now.document_by_id,
            "case": now.case_by_id,
            "participant": now.participant_by_id,
        }

    def reference(self, kind: str, record_id: str) -> str:
        """Return what the record of an id is called."""
        if kind == "code" and record_id in self._now.codebook.by_id:
            return self._now.codebook.path(record_id)
        if kind not in self._by_kind and kind != "turn":
            self._by_kind[kind] = {record.id: record for record in self._project.records(kind)}
        record = self._by_kind.get(kind, {}).get(record_id)
        name = _name(record) if record is not None else ""
        return name or f"{CALLED.get(kind, kind)} {short_id(record_id)}"

    def record(self, record: Record) -> str:
        """Return what a record is called: `Key worker in P07`, `F07: level`, `P07`."""
        kind = kind_of(record)
        if kind == "code":
            return self.reference("code", record.id) if record.id in self._now.codebook.by_id else _name(record)
        if kind == "coding":
            return f"{self._of(record, 'code')} in {self._of(record, 'document')}"
        if kind == "memo":
            on = next((self._of(record, f) for f in ("document", "case", "code", "theme") if getattr(record, f)), "")
            return f"on {on or 'the project'}"
        if kind == "decision":
            return f"round {self._of(record, 'round')}, {self._of(record, 'document')}"
        if kind == "summary":
            of = [self._of(record, "case") or getattr(record, "group", ""), self._of(record, "theme")]
            return ", ".join(filter(None, (*of, getattr(record, "wave", ""))))
        if kind in ("attribute", "measure"):
            return f"{self._of(record, 'case')}: {getattr(record, 'name', '') or getattr(record, 'scale', '')}"
        if kind == "about":
            return f"{self._of(record, 'document')}: {self._of(record, 'case')}"
        if "document" in REFERENCES[kind]:
            what = self._of(record, _ON[kind]) if kind in _ON else getattr(record, "speaker", "")
            return " ".join(part for part in (self._of(record, "document"), what) if part)
        return _name(record) or short_id(record.id)

    def _of(self, record: Record, field: str) -> str:
        value = getattr(record, field)
        return self.reference(REFERENCES[kind_of(record)][field], value) if value else ""

    def fields(self, before: Record | None, after: Record | None) -> list[ToldField]:
        """Return the fields in which two states of a record differ; None where it did not exist."""
        one = before if before is not None else after
        assert one is not None
        kind = kind_of(one)
        names = [name for name in type(one).__dataclass_fields__ if name != "id"]
        told = []
        if kind in _IN_WORDS and one.text:  # type: ignore[union-attr]
            words = [self._words(record) for record in (before, after)]
            if words[0] != words[1]:
                told.append(ToldField(name="words", before=words[0], after=words[1]))
            names = [name for name in names if name not in ("text", "start", "end")]
        usual = defaults(kind) if before is None or after is None else {}
        for name in names:
            if usual and getattr(one, name) == usual[name]:
                continue  # what comes or goes is told by what was said of it
            values = [self._value(kind, name, record) for record in (before, after)]
            if values[0] != values[1]:
                told.append(ToldField(name=name.replace("_", " "), before=values[0], after=values[1]))
        return told

    def _words(self, record: Any) -> str | None:
        if record is None or not record.text:
            return None
        if record.text not in self._texts:
            self._texts.update(self._project.texts([record.text]))
        return self._texts.get(record.text, "")[record.start : record.end]

    def _value(self, kind: str, name: str, record: Record | None) -> object:
        value = getattr(record, name) if record is not None else None
        if value is None or value in ("", ()):
            return None
        to = REFERENCES[kind].get(name)
        if to is not None:
            return self.reference(to, value) if isinstance(value, str) else [self.reference(to, v) for v in value]
        if (kind, name) == ("memo", "codings") and isinstance(value, tuple):
            return [short_id(coding) for coding in value]
        if (kind, name) == ("decision", "spans"):
            return [self._locked_words(record, span) for span in value]
        if name == "wording" and isinstance(value, str):
            return self._asked(value)
        if name in TEXTS.get(kind, ()):
            return f"text {value[:8]}"
        return list(value) if isinstance(value, tuple) else value

    def _asked(self, wording: str) -> str:
        """Return what was asked of codings, in words; as it is kept where that is no question to us."""
        try:
            return in_words(from_wording(wording), self._now)
        except QualError:
            return wording

    def _locked_words(self, decision: Any, span: tuple[int, int]) -> str:
        """Return words that were decided on, in the text that was locked; where they lie if it is not known any more."""
        made: Any = self._project.record("round", decision.round)
        body = self._project.texts([made.locked]).get(made.locked, "") if made is not None else ""
        documents = read_locked(body).documents if body else ()
        text = next((document.text for document in documents if document.id == decision.document), "")
        return self._project.texts([text]).get(text, "")[slice(*span)] or f"{span[0]} to {span[1]}"


def _name(record: Any) -> str:
    return next((str(getattr(record, field)) for field in _NAMES if getattr(record, field, None)), "")
