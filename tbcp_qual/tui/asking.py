"""What can be asked of codings: what each piece is called, what it can be, and what it says now."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from tbcp_qual.analysis.retrieval import Scope, Wanted
from tbcp_qual.coding.records import Query, Round
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.tui.dialogs.several import Offer
from tbcp_qual.tui.palette import colour
from tbcp_qual.tui.widgets.lines import Line

YES, NO = "yes", "no"
TAKEN_IN, LEFT_OUT = "taken in", "left out"

WHERE: dict[Scope, str] = {
    "overlapping": "on the same words",
    "within": "around it",
    "around": "within it",
    "near": "near it",
    "turn": "in the same turn",
    "answer": "in the same answer",
    "document": "in the same document",
    "case": "in the same case",
}
"""Where another code may be, as said in a list."""

BETWEEN = "\x1f"
"""Divides the name of an attribute from its value in a key."""


class Asking(NamedTuple):
    """What there is to ask about."""

    now: Snapshot
    rounds: tuple[Round, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One piece of what is asked."""

    title: str
    short: str = ""
    """What it is called where there is little room; empty for its title."""
    said: Callable[[Wanted, Asking], str]
    """What it says now; empty where it asks nothing."""
    unasked: str = "any"
    """What is said where it asks nothing."""
    choices: tuple[str, ...] = ()
    """What it can be, where that is one of a few; other fields take several of what there is."""
    listed: Callable[[Asking], Iterable[tuple[str, str, str]]] = lambda _: ()
    """`(key, name, note)` of what there is."""
    marked: Callable[[Wanted], Iterable[str]] = lambda _: ()
    """Keys of what is asked for."""
    value: Callable[[tuple[str, ...]], Any] = lambda keys: keys
    """The value of the field for the keys taken."""
    coloured: bool = False
    """Whether what there is are codes."""

    def offers(self, asking: Asking, *, dark: bool) -> list[Offer]:
        """Return what can be taken."""
        book = asking.now.codebook
        return [
            Offer(
                key=key,
                name=name,
                note=note,
                colour=colour(book.colour(key), dark=dark) if self.coloured else "",
            )
            for key, name, note in self.listed(asking)
        ]


def _codes(asking: Asking) -> Iterable[tuple[str, str, str]]:
    book = asking.now.codebook
    for _, code in book.walk():
        yield code.id, code.name, " › ".join(above.name for above in reversed(book.ancestors(code.id)))


def _values_of(asking: Asking) -> Iterable[tuple[str, str, str]]:
    pairs: dict[tuple[str, str], int] = {}
    for attribute in asking.now.attributes:
        if attribute.value:
            pairs[attribute.name, attribute.value] = pairs.get((attribute.name, attribute.value), 0) + 1
    for (name, value), number in sorted(pairs.items(), key=lambda item: (item[0][0].casefold(), item[0][1].casefold())):
        yield f"{name}{BETWEEN}{value}", f"{name}: {value}", f"{number} {'case' if number == 1 else 'cases'}"


def _each(values: Iterable[str]) -> Iterable[tuple[str, str, str]]:
    for value in dict.fromkeys(values):
        if value:
            yield value, value, ""


def _named(ids: Iterable[str], names: dict[str, str]) -> str:
    return ", ".join(names[id] for id in ids if id in names)


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else YES if value else NO


FIELDS: dict[str, Field] = {
    "codes": Field(
        title="codes",
        said=lambda w, a: _named(w.codes, {id: code.name for id, code in a.now.codebook.by_id.items()}),
        listed=_codes,
        marked=lambda w: w.codes,
        coloured=True,
    ),
    "only": Field(
        title="codes below them",
        short="below them",
        said=lambda w, _: LEFT_OUT if w.only else "",
        unasked=TAKEN_IN,
        choices=(TAKEN_IN, LEFT_OUT),
    ),
    "source_types": Field(
        title="source type",
        said=lambda w, _: ", ".join(w.source_types),
        listed=lambda a: _each(document.source_type for document in a.now.documents),
        marked=lambda w: w.source_types,
    ),
    "time_points": Field(
        title="time point",
        said=lambda w, _: ", ".join(w.time_points),
        listed=lambda a: _each(document.time_point for document in a.now.documents),
        marked=lambda w: w.time_points,
    ),
    "attributes": Field(
        title="attribute of a case",
        short="attribute",
        said=lambda w, _: ", ".join(f"{name}: {value}" for name, value in w.attributes),
        listed=_values_of,
        marked=lambda w: [BETWEEN.join(pair) for pair in w.attributes],
        value=lambda keys: tuple((name, value) for name, _, value in (key.partition(BETWEEN) for key in keys)),
    ),
    "documents": Field(
        title="document",
        said=lambda w, a: _named(w.documents, {id: one.name for id, one in a.now.document_by_id.items()}),
        listed=lambda a: ((one.id, one.name, one.source_type) for one in a.now.documents),
        marked=lambda w: w.documents,
    ),
    "coders": Field(
        title="coder",
        said=lambda w, a: _named(w.coders, {id: one.name for id, one in a.now.coder_by_id.items()}),
        listed=lambda a: ((one.id, one.name, "") for one in a.now.coders),
        marked=lambda w: w.coders,
    ),
    "round": Field(
        title="round",
        said=lambda w, a: _named([w.round], {one.id: one.name for one in a.rounds}),
        listed=lambda a: ((one.id, one.name, "") for one in a.rounds),
        marked=lambda w: [w.round] if w.round else [],
        value=lambda keys: keys[0] if keys else "",
    ),
    "negative": Field(
        title="negative cases", short="negative", said=lambda w, _: _yes_or_no(w.negative), choices=(YES, NO)
    ),
    "prompted": Field(
        title="prompted or volunteered",
        short="prompted",
        said=lambda w, _: w.prompted,
        choices=("prompted", "volunteered"),
    ),
    "words": Field(title="words in them", short="words", said=lambda w, _: w.words),
}
"""By field of `Wanted`, in the order in which they are shown."""


def asked_lines(wanted: Wanted, asking: Asking, queries: Sequence[Query]) -> list[Line]:
    """Return what is asked, one piece a line, and the queries that were kept."""
    names = {id: code.name for id, code in asking.now.codebook.by_id.items()}
    lines = [Line(key="", text="what is asked")]
    for name, field in FIELDS.items():
        said = field.said(wanted, asking)
        lines.append(
            Line(key=f"field:{name}", text=_pair(field.short or field.title, said or field.unasked), quiet=not said)
        )
        if name == "only":
            for n, relation in enumerate(wanted.relations):
                word = "without" if relation.without else "with"
                where = WHERE[relation.scope] + (f" ({relation.distance})" if relation.scope == "near" else "")
                lines.append(Line(key=f"relation:{n}", text=_pair(word, f"{_named(relation.codes, names)} {where}")))
    if queries:
        lines += [Line(key="", text=""), Line(key="", text="kept queries")]
        lines += [Line(key=f"query:{query.id}", text=query.name) for query in queries]
    return lines


def _pair(title: str, said: str) -> str:
    return f"{title:<13}{said}"
