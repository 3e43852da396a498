"""Who codes."""

from tbcp_qual.coding.changes import create
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
