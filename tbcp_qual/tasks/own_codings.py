"""Changing one of one's own codings, named by its id."""

from tbcp_qual.analysis.sources import Sources
from tbcp_qual.coding.records import Coding
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import Conflict, UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.coding import set_span
from tbcp_qual.tasks.codings import ListedCoding, as_listed
from tbcp_qual.tasks.naming import with_id
from tbcp_qual.tasks.structure import open_document


def own_coding(now: Snapshot, typed: str) -> Coding:
    """Return the viewer's coding of this id, or the only coding whose id ends so.

    Raises:
        UsageError: there is none that the viewer may see.
        Conflict: it is somebody else's.
    """
    found = with_id(now.codings, typed, what="coding", hint="`tbcp-qual codings list` shows the ids.")
    if found.coder != now.viewer:
        whose = now.coder_by_id[found.coder].name
        raise Conflict(
            f"That is a coding of {whose}'s.", "Only whoever made a coding changes it; make one of your own."
        )
    return found


def move_ends(
    project: Project,
    typed: str,
    *,
    coder: str,
    turn: str | None = None,
    quotation: str | None = None,
    snap: bool = True,
) -> ListedCoding:
    """Let one of one's own codings lie on other words of its document; one revision.

    Args:
        project: which.
        typed: the id of the coding, or the end of it.
        coder: id of the coder.
        turn: number of a turn.
        quotation: the words it is to lie on, within the turn where one is named; None: the whole turn.
        snap: whether its ends go to the ends of words.

    Returns:
        The coding as it lies now.

    Raises:
        UsageError: there is no such coding, turn or quotation.
        Conflict: it is somebody else's, or a code of the same exclusive domain is on the words.
    """
    if not turn and not quotation:
        raise UsageError("On which words is it to lie?", "Say it: --turn N, --quotation WORDS, or both.")
    coding = own_coding(project.snapshot(coder), typed)
    opened = open_document(project, coder, coding.document)
    within, where = Span(0, len(opened.words)), f"“{opened.document.name}”"
    if turn:
        chosen = opened.turns[opened.one(turn)]
        within, where = Span(chosen.start, chosen.end), f"turn {turn} of {where}"
    span = opened.quoted(quotation, within, where) if quotation else within
    own = [c for c in opened.snapshot.codings if c.coder == coder]
    act = set_span(
        own, coding, opened.snapshot.codebook, document=opened.document, text=opened.words, span=span, snap=snap
    )
    project.apply(act.label, act.changes, coder=coder)
    now = project.snapshot(coder, [coding.document])
    moved = next(one for one in now.codings if one.id == coding.id)
    return as_listed(moved, now, Sources(now))
