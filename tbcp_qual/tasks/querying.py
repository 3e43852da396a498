"""Retrievals: asked in the researcher's words, run, saved under a name, and kept in the record."""

from collections.abc import Sequence
from datetime import UTC, datetime

from tbcp_qual.analysis.retrieval import (
    NEAR,
    SCOPES,
    Relation,
    Retrieved,
    Scope,
    Wanted,
    from_wording,
    retrieve,
    to_wording,
)
from tbcp_qual.coding.changes import create, remove, update
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Query, Round, Search
from tbcp_qual.coding.text import one_line
from tbcp_qual.errors import UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.documents import document_named


def wanted_by_name(
    project: Project,
    *,
    codes: Sequence[str] = (),
    only: bool = False,
    coders: Sequence[str] = (),
    documents: Sequence[str] = (),
    source_types: Sequence[str] = (),
    time_points: Sequence[str] = (),
    attributes: Sequence[str] = (),
    round_name: str = "",
    negative: bool | None = None,
    prompted: str = "",
    words: str = "",
    beside: Sequence[str] = (),
    without: Sequence[str] = (),
) -> Wanted:
    """Return what is asked, from the names people use.

    Args:
        attributes: `name=value`.
        beside: codes that must lie beside, `Trust`, `Trust@answer`, `Trust@near/300`.
        without: codes that must not, in the same form.

    Raises:
        UsageError: a name is not known, or a form is not understood.
    """
    book = Codebook(project.records("code"))
    return Wanted(
        codes=tuple(book.find(code).id for code in codes),
        only=only,
        coders=tuple(_coder(project, name) for name in coders),
        documents=tuple(document_named(project, name).id for name in documents),
        source_types=tuple(source_types),
        time_points=tuple(time_points),
        attributes=tuple(_attribute(said) for said in attributes),
        round=round_named(project, round_name).id if round_name else "",
        negative=negative,
        prompted=prompted,
        words=words,
        relations=(
            *(_relation(book, said, without=False) for said in beside),
            *(_relation(book, said, without=True) for said in without),
        ),
    )


def round_named(project: Project, name: str) -> Round:
    """Return the round of this name.

    Raises:
        UsageError: there is none.
    """
    rounds: list[Round] = project.records("round")
    for one in rounds:
        if name.casefold() in (one.name.casefold(), one.id):
            return one
    raise UsageError(
        f"There is no round “{name}”.", f"There is: {', '.join(r.name for r in rounds)}." if rounds else ""
    )


def _coder(project: Project, name: str) -> str:
    known = project.coder_named(name)
    if known is None:
        names = ", ".join(c.name for c in project.records("coder")) or "nobody yet"
        raise UsageError(f"There is no coder “{name}” in this project.", f"There is: {names}.")
    return known.id


def _attribute(said: str) -> tuple[str, str]:
    name, equals, value = said.partition("=")
    if not equals or not name.strip():
        raise UsageError(f"“{said}” does not say which value.", "Write NAME=VALUE.")
    return name.strip(), value.strip()


def _relation(book: Codebook, said: str, *, without: bool) -> Relation:
    code, at, where = said.rpartition("@")
    if not at:
        code, where = said, "overlapping"
    scope, _, distance = where.strip().partition("/")
    if scope not in SCOPES or (distance and not distance.isdecimal()):
        raise UsageError(f"“{where}” is no place beside a coding.", f"There is: {', '.join(SCOPES)}; near/300.")
    known: Scope = scope
    return Relation(
        codes=(book.find(code).id,), scope=known, without=without, distance=int(distance) if distance else NEAR
    )


def run(project: Project, wanted: Wanted, *, viewer: str) -> list[Retrieved]:
    """Return the codings that answer, among those the viewer may see."""
    rounds = {r.id: r for r in project.records("round")}
    return retrieve(project.snapshot(viewer), wanted, rounds=rounds)


def save_query(project: Project, name: str, wanted: Wanted, *, coder: str) -> Query:
    """Keep a query under a name; one of that name is written over."""
    name = one_line(name)
    if not name:
        raise UsageError("A query needs a name.")
    old = next((q for q in project.records("query") if q.name.casefold() == name.casefold()), None)
    wording = to_wording(wanted)
    made = Query(id=old.id if old else new_id(), name=name, wording=wording, coder=coder)
    change = update(old, name=name, wording=wording, coder=coder) if old else create(made)
    project.apply(f"query saved: {name}", [change], coder=coder)
    return made


def query_named(project: Project, name: str) -> tuple[Query, Wanted]:
    """Return a saved query and what it asks.

    Raises:
        UsageError: there is none of that name.
    """
    queries: list[Query] = project.records("query")
    for query in queries:
        if query.name.casefold() == name.casefold():
            return query, from_wording(query.wording)
    there = f"There is: {', '.join(q.name for q in queries)}." if queries else "`codings find … --save NAME` keeps one."
    raise UsageError(f"There is no query “{name}”.", there)


def delete_query(project: Project, name: str, *, coder: str) -> None:
    """Take a saved query away."""
    query, _ = query_named(project, name)
    project.apply(f"query deleted: {query.name}", [remove(query)], coder=coder)


def log_search(project: Project, wanted: Wanted, hits: int, *, purpose: str, coder: str) -> None:
    """Keep in the record that somebody looked, what for, and how much there was."""
    made = Search(
        id=new_id(),
        wording=to_wording(wanted),
        purpose=one_line(purpose),
        hits=hits,
        coder=coder,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    project.apply("search kept in the record", [create(made)], coder=coder)
