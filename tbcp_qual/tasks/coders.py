"""Who codes."""

from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Coder
from tbcp_qual.coding.text import one_line
from tbcp_qual.errors import UsageError
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
