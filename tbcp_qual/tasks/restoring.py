"""Bringing back an earlier state, of one thing or of all: shown first, then done as one revision that can be undone."""

from dataclasses import dataclass

from tbcp_qual.coding.changes import Change, Revision, create, remove, update
from tbcp_qual.coding.records import KINDS
from tbcp_qual.errors import Conflict, UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.earlier_state import PARTS, STAYS, EarlierState, Key
from tbcp_qual.tasks.history import codes_named, document_meant, revision_with
from tbcp_qual.tasks.naming import with_id
from tbcp_qual.tasks.telling import ToldField


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What happens to one record."""

    kind: str
    id: str
    called: str
    act: str
    """`comes back`, `goes` or `changes`."""
    fields: tuple[ToldField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A record that stays as it is, though it was otherwise then, and why."""

    kind: str
    id: str
    called: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What restoring an earlier state would do; shown before it is done."""

    revision: str
    """The id of the last revision of the state that comes back."""
    at: str
    what: str
    """`all`, `code Key worker`, `your codings in P07`."""
    records: tuple[Restored, ...]
    left: tuple[Left, ...]
    others: dict[str, dict[str, int]]
    """By coder, how many of their records of each kind were otherwise then and stay as they are."""
    changes: tuple[Change, ...]


def plan_all(project: Project, typed: str, *, coder: str) -> Plan:
    """Plan to bring back everything as it was right after a revision, as far as it is this coder's to change.

    Raises:
        UsageError: there is no such revision.
    """
    revision = revision_with(project, typed)
    state = EarlierState(project, revision, coder, narrow=False)
    state.want(project.touched_since(revision))
    return _told(project, state, "all")


def plan_record(project: Project, typed: str, kind: str, record: str, *, coder: str) -> Plan:
    """Plan to bring back one record, by its kind and id or the end of its id.

    Raises:
        UsageError: there is no such revision or record.
        Conflict: it is not this coder's to change, or stays for good.
    """
    revision = revision_with(project, typed)
    if kind not in KINDS:
        raise UsageError(f"There are no records called “{kind}”.", f"It is one of {', '.join(KINDS)}.")
    known = [_Known(key[1]) for key in project.touched_since(revision) if key[0] == kind]
    hint = "Only what has changed since can be brought back; `tbcp-qual history show ID` names what an act touched."
    found = with_id(known, record, what=f"{kind} that has changed since", hint=hint)
    return _one(project, revision, (kind, found.id), coder)


def plan_code(project: Project, typed: str, name: str, *, coder: str) -> Plan:
    """Plan to bring back what a code was called, said and hung under; also one that is gone.

    Raises:
        UsageError: there is no such revision or code.
    """
    revision = revision_with(project, typed)
    found = codes_named(project, name)
    if len(found) > 1:
        raise UsageError(f"Several codes are called “{name}”.", f"Give the id: {'; '.join(sorted(found))}")
    return _one(project, revision, ("code", found.pop()), coder)


def plan_document(project: Project, typed: str, name: str, *, coder: str) -> Plan:
    """Plan to bring back what was said of a document: its name, kind, source type, cases and stage; not its text.

    Raises:
        UsageError: there is no such revision or document.
    """
    revision = revision_with(project, typed)
    return _one(project, revision, ("document", document_meant(project, name)), coder)


def plan_codings(project: Project, typed: str, name: str, *, coder: str) -> Plan:
    """Plan to bring back all of this coder's codings in a document.

    Raises:
        UsageError: there is no such revision or document.
    """
    revision = revision_with(project, typed)
    document = document_meant(project, name)
    touched = {key for key in project.touched_since(revision) if key[0] == "coding"}
    state = EarlierState(project, revision, coder, narrow=True)
    state.fetch(touched)
    state.want({key for key in touched if state.lies_in(key, document) and state.is_own(key)})
    return _told(project, state, f"your codings in {state.telling.reference('document', document)}")


def restore(project: Project, plan: Plan, *, coder: str) -> Revision | None:
    """Do what was planned, as one revision; None where nothing changes."""
    when = plan.at[:16].replace("T", " ")
    return project.apply(f"restored {plan.what} as of {when}", plan.changes, coder=coder)


@dataclass(frozen=True, slots=True)
class _Known:
    id: str


def _one(project: Project, revision: str, key: Key, coder: str) -> Plan:
    state = EarlierState(project, revision, coder, narrow=True)
    state.fetch([key])
    if key[0] in STAYS:
        raise Conflict("That says what was done or decided, and stays.")
    if key[0] in PARTS and not state.lies_as_it_did(key):
        raise Conflict(
            "That is a part of the text of its document, and lies elsewhere now.", "It comes back with --all."
        )
    state.want({key})
    if state.others:
        raise Conflict(f"That is {next(iter(state.others))[0]}'s, and not yours to bring back.")
    return _told(project, state, state.called(key))


def _told(project: Project, state: EarlierState, what: str) -> Plan:
    """Return what would happen, as it is told."""
    order = list(KINDS)
    changes: list[Change] = []
    records: list[Restored] = []
    for key in sorted(state.wanted, key=lambda key: (order.index(key[0]), key[1])):
        now, wanted = state.now[key], state.wanted[key]
        known = wanted if wanted is not None else now
        assert known is not None
        if now is None:
            change, act = create(known), "comes back"
        elif wanted is None:
            change, act = remove(now), "goes"
        else:
            names = [name for name in type(wanted).__dataclass_fields__ if name != "id"]
            change, act = update(now, **{name: getattr(wanted, name) for name in names}), "changes"
        if not change.fields:
            continue
        fields = state.telling.fields(now, wanted) if act == "changes" else ()
        changes.append(change)
        records.append(
            Restored(kind=key[0], id=key[1], called=state.telling.record(known), act=act, fields=tuple(fields))
        )
    others: dict[str, dict[str, int]] = {}
    for (coder, kind), number in sorted(state.others.items()):
        others.setdefault(coder, {})[kind] = number
    return Plan(
        revision=state.revision,
        at=project.history(ids=[state.revision])[0].revision.at,
        what=what,
        records=tuple(records),
        left=tuple(
            Left(kind=key[0], id=key[1], called=state.called(key), reason=reason) for key, reason in state.left.items()
        ),
        others=others,
        changes=tuple(changes),
    )
