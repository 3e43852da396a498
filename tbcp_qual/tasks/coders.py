"""Who codes: added, respelt, and two that are one person made one."""

from tbcp_qual.coding.changes import Change, create, remove, update
from tbcp_qual.coding.edits import mark_done
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import REFERENCES, Coder, Round, done_id
from tbcp_qual.coding.rounds import everybody
from tbcp_qual.coding.text import one_line
from tbcp_qual.errors import Conflict, UsageError
from tbcp_qual.store import Project


def ensure_coder(project: Project, name: str) -> Coder:
    """Return the coder of this name, who is added if new.

    Raises:
        UsageError: the name is empty.
    """
    name = one_line(name)
    if not name:
        raise UsageError("A coder needs a name.", "Say who you are: --coder NAME")
    known = project.coder_named(name)
    if known is None:
        known = Coder(id=new_id(), name=name)
        project.apply(f"coder added: {name}", [create(known)], coder="", undoable=False)
    return known


def rename_coder(project: Project, name: str, new_name: str, *, by: str) -> None:
    """Spell a coder's name another way; codings stay theirs, for a coder is known by an id.

    Raises:
        UsageError: there is no such coder, the new name is empty, or somebody has it.
    """
    coder = project.coder_named(name)
    if coder is None:
        raise UsageError(f"There is no coder “{name}” in this project.", "`tbcp-qual coders list` lists them.")
    wanted = one_line(new_name)
    other = project.coder_named(wanted)
    if not wanted or (other is not None and other.id != coder.id):
        raise UsageError(f"“{wanted}” cannot be a coder's new name.", "It is empty, or somebody has it.")
    project.apply(f"coder {coder.name} is now {wanted}", [update(coder, name=wanted)], coder=by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Two coders who were made one."""

    kept: Coder
    gone: Coder
    records: int
    """How many records were the other's and are now theirs."""
    locked: tuple[str, ...]
    """Names of locked rounds that the other coded in; they stay as they were locked, and so the other stays listed."""


def join_coders(project: Project, first: str, second: str, *, by: str) -> Joined:
    """Make two coders one, where one person came under two ids from two copies; one revision, which can be undone.

    All that was the second's becomes the first's, and the second is gone. Work that comes later from a copy that still
    knows the second brings that one back; join them again then.

    Args:
        project: an open project.
        first: name or id of the coder who stays.
        second: name or id of the other; the same name where there are two of it: the one made first stays.
        by: id of whoever does it.

    Raises:
        UsageError: there is no such coder, or both are the same.
        Conflict: both code in one round, so that they cannot be one person.
    """
    kept, gone = _two(project, first, second)
    rounds: list[Round] = project.records("round")
    for made in rounds:
        if {kept.id, gone.id} <= set(everybody(made)):
            raise Conflict(
                f"{kept.name} and {gone.name} are compared with each other in the round “{made.name}”.",
                "Two coders of one round stay two.",
            )
    locked = {made.id: made.name for made in rounds if made.locked}
    theirs = sorted(project.naming([("coder", gone.id)]).get(("coder", gone.id), ()))
    bound = [key for key in theirs if key[0] == "decision" or (key[0] == "round" and key[1] in locked)]
    changes: list[Change] = []
    for key in theirs:
        if key in bound:
            continue
        changes += _marks(project, key[1], kept) if key[0] == "done" else [_signed(project, key, kept, gone)]
    if not bound:
        changes.append(remove(gone))
    project.apply(f"coder {gone.name} is {kept.name}", changes, coder=kept.id if by == gone.id else by)
    return Joined(
        kept=kept,
        gone=gone,
        records=len(theirs) - len(bound),
        locked=tuple(locked[record] for kind, record in bound if kind == "round"),
    )


def _two(project: Project, first: str, second: str) -> tuple[Coder, Coder]:
    people: list[Coder] = project.records("coder")

    def called(name: str) -> list[Coder]:
        found = [c for c in people if name.strip() == c.id or name.strip().casefold() == c.name.casefold()]
        if not found:
            raise UsageError(
                f"There is no coder “{one_line(name)}” in this project.", "`tbcp-qual coders list` lists them."
            )
        return found

    ones, others = called(first), called(second)
    if ones == others and len(ones) == 2:
        return ones[0], ones[1]
    for name, found in ((first, ones), (second, others)):
        if len(found) > 1:
            ids = "; ".join(coder.id for coder in found)
            raise UsageError(f"{len(found)} coders are called “{one_line(name)}”.", f"Give the id: {ids}")
    if ones[0].id == others[0].id:
        raise UsageError("That is one coder already.", "Name two.")
    return ones[0], others[0]


def _signed(project: Project, key: tuple[str, str], kept: Coder, gone: Coder) -> Change:
    """Return the change that puts one coder in the place of another, whatever else the record says."""
    fields = {}
    for field in (field for field, kind in REFERENCES[key[0]].items() if kind == "coder"):
        before = project.value(*key, field)
        if isinstance(before, tuple):
            after: object = tuple(kept.id if coder == gone.id else coder for coder in before)
        else:
            after = kept.id if before == gone.id else before
        if after != before:
            fields[field] = (before, after)
    return Change(*key, fields)


def _marks(project: Project, mark_id: str, kept: Coder) -> list[Change]:
    """Return the changes that let a document be done by one coder if it was by either."""
    marks = {mark.id: mark for mark in project.records("done")}
    theirs = marks[mark_id]
    own = marks.get(done_id(theirs.document, kept.id))
    done = mark_done(own, document=theirs.document, coder=kept.id) if theirs.done else []
    return [remove(theirs), *done]
