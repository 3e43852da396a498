"""Packs: a new file with what one coder needs in a round, and nothing that anybody else has done.

In one shared file blindness is a courtesy; a pack is the guarantee. `merge` brings the work back, as often as wanted;
merged the other way, a pack takes the project's texts and codebook, and still nobody else's work.
"""

from dataclasses import dataclass
from pathlib import Path

from tbcp_qual.coding.records import Coder, Round
from tbcp_qual.errors import Conflict, UsageError
from tbcp_qual.store import Project
from tbcp_qual.store.packing import Excerpt, Packed


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What a pack holds."""

    path: Path
    round: str
    """Name."""
    coder: str
    """Name."""
    documents: tuple[str, ...]
    """Names."""
    turns: int
    codes: int
    codings: int
    """Those that this coder had made before."""


def what_goes(project: Project, made: Round, coder: Coder) -> Excerpt:
    """Return what a pack would hold.

    Raises:
        UsageError: the coder is none of the round.
        Conflict: the round is locked, or this file is a pack itself.
    """
    if project.packed() is not None:
        raise Conflict("This file is a pack itself.", "Packs are made from the project.")
    if coder.id not in made.coders:
        who = ", ".join(c.name for c in project.records("coder") if c.id in made.coders)
        raise UsageError(f"{coder.name} does not code in the round “{made.name}”.", f"There is: {who}.")
    if made.locked:
        raise Conflict(f"The round “{made.name}” is locked: there is nothing left to code in it.")
    return project.excerpt(Packed(round=made.id, coder=coder.id))


def make_pack(path: Path, made: Round, coder: Coder, goes: Excerpt) -> Pack:
    """Write a pack.

    Args:
        path: where to; no file of that name may be there.
        made: the round.
        coder: for whom.
        goes: what `what_goes` returned.

    Raises:
        ProjectUnusable: a file of that name is there, or none can be made.
    """
    of = Packed(round=made.id, coder=coder.id)
    with Project.pack(path, of, goes, label=f"pack of round {made.name} for {coder.name}") as pack:
        pack.index()
        now = pack.snapshot(coder.id)
        return Pack(
            path=path,
            round=made.name,
            coder=coder.name,
            documents=tuple(document.name for document in now.documents),
            turns=len(now.turns),
            codes=len(now.codes),
            codings=len(now.codings),
        )
