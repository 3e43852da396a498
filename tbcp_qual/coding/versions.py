"""Versions of the codebook: one canonical JSON of it, which is kept for ever, and what differs between two.

Records are matched by id, so that a code that was renamed and moved is still the same code.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cached_property
from typing import Any, Literal, TypeVar

from tbcp_qual.coding.changes import defaults
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.records import Code, Question, Theme
from tbcp_qual.errors import ProjectUnusable

FORM = 1
"""The form of the JSON; a later one is refused."""

DEFINITION = ("brief", "full", "use_when", "not_when", "example")
"""The fields that define a code, besides its name."""

SPOKEN = {"use_when": "when to use", "not_when": "when not to use", "parent": "below"}
"""What fields are called where people read them; all others by their own name."""

What = Literal["added", "deleted", "retired", "brought back", "merged", "renamed", "moved", "redefined", "changed"]

Kind = Literal["code", "theme", "question"]

_DEFINING: Mapping[Kind, tuple[str, ...]] = {"code": DEFINITION, "theme": ("definition",), "question": ("text",)}
_OTHER: Mapping[Kind, tuple[str, ...]] = {
    "code": ("colour", "domain", "origin", "status", "questions"),
    "theme": ("codes", "questions"),
    "question": ("short", "aspect", "parent"),
}
_R = TypeVar("_R", Code, Theme, Question)


@dataclass(frozen=True, kw_only=True)
class Framework:
    """A codebook as it stood: retired codes are in it too."""

    questions: tuple[Question, ...] = ()
    codes: tuple[Code, ...] = ()
    themes: tuple[Theme, ...] = ()

    @cached_property
    def codebook(self) -> Codebook:
        """The codes as a tree."""
        return Codebook(self.codes)

    @cached_property
    def in_use(self) -> frozenset[str]:
        """Ids of the codes that are not retired, and lie below none that is."""
        return frozenset(code.id for _, code in self.codebook.walk())

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """Keys of the questions by id."""
        return {question.id: question.key for question in self.questions}


def framework_body(framework: Framework) -> str:
    """Return a codebook as JSON: the same codebook is the same text, whatever the order it comes in.

    Names and definitions stand in it as they are, so that a purge finds the words.
    """
    body = {
        "form": FORM,
        "questions": _plain("question", framework.questions),
        "codes": _plain("code", framework.codes),
        "themes": _plain("theme", framework.themes),
    }
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(kind: str, records: Iterable[Code | Theme | Question]) -> list[dict[str, Any]]:
    start = defaults(kind)
    return [
        {"id": record.id} | {n: value for n, default in start.items() if (value := getattr(record, n)) != default}
        for record in sorted(records, key=lambda record: record.id)
    ]


def read_framework(body: str) -> Framework:
    """Return the codebook of a JSON that `framework_body` wrote.

    Raises:
        ProjectUnusable: it was written by a newer program, or is not whole.
    """
    try:
        read = json.loads(body)
        if read["form"] > FORM:
            raise ProjectUnusable("That version was kept by a newer tbcp-qual.", "Install the newest one.")
        return Framework(
            questions=tuple(Question(**_values(Question, values)) for values in read["questions"]),
            codes=tuple(Code(**_values(Code, values)) for values in read["codes"]),
            themes=tuple(Theme(**_values(Theme, values)) for values in read["themes"]),
        )
    except (ValueError, TypeError, KeyError) as problem:
        hint = "What was purged cannot come back." if not body else "`tbcp-qual verify` checks the whole file."
        raise ProjectUnusable("The codebook of that version is not there any more.", hint) from problem


def _values(made: type[Code | Theme | Question], values: Mapping[str, Any]) -> dict[str, Any]:
    known = {field.name for field in fields(made)}
    return {n: tuple(v) if isinstance(v, list) else v for n, v in values.items() if n in known}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDifference:
    """One field, in words, before and after; empty where there was nothing."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What became of one code, theme or question."""

    kind: Kind
    id: str
    name: str
    """The path of a code, as it is in the later codebook where it is there; the key of a question."""
    what: tuple[What, ...]
    fields: tuple[FieldDifference, ...] = ()


def differences(before: Framework, after: Framework) -> tuple[Difference, ...]:
    """Return what became of each code, theme and question from one codebook to another; mere order is passed over.

    Codes come first, in the order of the later codebook; those that are gone come last of their kind.
    """
    ordered = [code for _, code in after.codebook.walk(retired=True)]
    ordered += [code for code in before.codes if code.id not in after.codebook.by_id]
    found = [
        *_differences("code", ordered, before, after, before.codes, after.codes),
        *_differences("theme", _in_order(before.themes, after.themes), before, after, before.themes, after.themes),
        *_differences(
            "question", _in_order(before.questions, after.questions), before, after, before.questions, after.questions
        ),
    ]
    return tuple(found)


def _in_order(before: Sequence[_R], after: Sequence[_R]) -> list[_R]:
    there = {record.id for record in after}
    ordered = sorted(after, key=lambda record: (record.position, record.id))
    ordered.extend(record for record in before if record.id not in there)
    return ordered


def _differences(
    kind: Kind, ordered: Iterable[_R], before: Framework, after: Framework, olds: Iterable[_R], news: Iterable[_R]
) -> Iterator[Difference]:
    old_by_id = {record.id: record for record in olds}
    new_by_id = {record.id: record for record in news}
    for record in ordered:
        old, new = old_by_id.get(record.id), new_by_id.get(record.id)
        if new is None:
            yield Difference(kind=kind, id=record.id, name=_called(kind, record, before), what=("deleted",))
        elif old is None:
            yield _added(kind, new, after)
        elif (difference := _difference(kind, old, new, before, after)).what:
            yield difference


def _added(kind: Kind, new: Code | Theme | Question, after: Framework) -> Difference:
    what: tuple[What, ...] = ("added", "retired") if isinstance(new, Code) and new.retired else ("added",)
    names = (*(("parent",) if getattr(new, "parent", None) else ()), *_DEFINING[kind], *_OTHER[kind])
    told = (
        FieldDifference(field=SPOKEN.get(n, n), before="", after=_said(after, new, n)) for n in dict.fromkeys(names)
    )
    fields = tuple(difference for difference in told if difference.after)
    return Difference(kind=kind, id=new.id, name=_called(kind, new, after), what=what, fields=fields)


def _difference(kind: Kind, old: _R, new: _R, before: Framework, after: Framework) -> Difference:
    what: list[What] = []
    told: list[FieldDifference] = []

    def unlike(*names: str) -> bool:
        differing = [name for name in names if _raw(old, name) != _raw(new, name)]
        told.extend(
            FieldDifference(field=SPOKEN.get(n, n), before=_said(before, old, n), after=_said(after, new, n))
            for n in differing
        )
        return bool(differing)

    if isinstance(old, Code) and isinstance(new, Code):
        if new.merged_into and new.merged_into != old.merged_into:
            what.append("merged")
            told.append(FieldDifference(field="merged into", before="", after=after.codebook.path(new.merged_into)))
        elif new.retired != old.retired:
            what.append("retired" if new.retired else "brought back")
        if unlike("parent"):
            what.append("moved")
    if unlike("key" if kind == "question" else "name"):
        what.append("renamed")
    if unlike(*_DEFINING[kind]):
        what.append("redefined")
    if unlike(*_OTHER[kind]):
        what.append("changed")
    return Difference(kind=kind, id=new.id, name=_called(kind, new, after), what=tuple(what), fields=tuple(told))


def _called(kind: Kind, record: Code | Theme | Question, framework: Framework) -> str:
    if kind == "code":
        return framework.codebook.path(record.id)
    return record.key if isinstance(record, Question) else record.name


def _raw(record: Code | Theme | Question, name: str) -> object:
    value = getattr(record, name)
    return frozenset(value) if isinstance(value, tuple) else value


def _said(framework: Framework, record: Code | Theme | Question, name: str) -> str:
    """Return the value of a field in words."""
    value = getattr(record, name)
    if name == "questions":
        return ", ".join(sorted(framework.keys.get(question, "?") for question in value))
    if name == "codes":
        known = (code for code in value if code in framework.codebook.by_id)
        return "; ".join(framework.codebook.path(code) for code in known)
    if name == "parent":
        if isinstance(record, Question):
            return framework.keys.get(value or "", "")
        return framework.codebook.path(value) if value in framework.codebook.by_id else "the top"
    return str(value)
