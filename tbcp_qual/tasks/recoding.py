"""The recode queue as it is shown, and the decisions on it; each act as a label and the changes it makes."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tbcp_qual.analysis.sources import Sources
from tbcp_qual.coding import recoding
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.counting import some
from tbcp_qual.coding.recoding import Reason, Waiting, past_of, recode_queue
from tbcp_qual.coding.records import Code, Coding, Document
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span
from tbcp_qual.coding.versions import DEFINITION, SPOKEN
from tbcp_qual.errors import Conflict, UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.coding import Act

SHORT_ID = 8
"""Last digits of an id by which a coding is listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """One coding that waits, or one document to be read again."""

    waiting: Waiting
    code: str
    """Path of the code that stands there today."""
    made_as: str
    """Name of the code it was made as, where that is another; else empty."""
    document: str
    label: str
    """How the passage is cited; for a document its name."""
    coder: str
    words: str
    unlike: tuple[tuple[str, str, str], ...]
    """`(field, before, now)` of the definition; empty where the older one is not known."""
    parts: tuple[str, ...]
    """Names of the codes into which it was split."""


def waiting_now(project: Project, viewer: str) -> tuple[Snapshot, tuple[Waiting, ...]]:
    """Return what a coder may see, and what waits there for a decision."""
    snapshot = project.snapshot(viewer)
    return snapshot, recode_queue(snapshot, past_of(project.revisions(), viewer))


def queue_lines(snapshot: Snapshot, queue: Iterable[Waiting]) -> list[QueueLine]:
    """Return the queue as people read it."""
    book, sources = snapshot.codebook, Sources(snapshot)
    lines = []
    for waiting in queue:
        now, coding = book.by_id[waiting.code], waiting.coding
        document = snapshot.document_by_id[waiting.document]
        before = waiting.before
        label = document.name
        if coding is not None:
            label = sources.label(document.id, coding.text, Span(coding.start, coding.end))
        unlike = [
            (SPOKEN.get(name, name), getattr(before, name), getattr(now, name))
            for name in (("name", *DEFINITION) if before is not None else ())
            if getattr(before, name) != getattr(now, name)
        ]
        lines.append(
            QueueLine(
                waiting=waiting,
                code=book.path(now.id),
                made_as=book.by_id[coding.code].name if coding is not None and coding.code != now.id else "",
                document=document.name,
                label=label,
                coder=snapshot.coder_by_id[waiting.coder].name,
                words=snapshot.words(coding) if coding is not None else "",
                unlike=tuple(unlike),
                parts=tuple(book.by_id[part].name for part in waiting.parts),
            )
        )
    return lines


def narrowed(
    queue: Iterable[Waiting], codebook: Codebook, *, code: Code | None = None, reason: Reason | None = None
) -> list[Waiting]:
    """Return what waits at one code or below it, or for one reason."""
    branch = codebook.branch(code.id) if code is not None else None
    return [w for w in queue if (branch is None or w.code in branch) and (reason is None or w.reason == reason)]


def own_codings(snapshot: Snapshot, ids: Sequence[str]) -> list[Coding]:
    """Return the viewer's own codings by their ids, or by the last digits of them.

    Raises:
        UsageError: there is no such coding, or several end like that.
        Conflict: it is somebody else's.
    """
    chosen: dict[str, Coding] = {}
    for wanted in ids:
        found = [coding for coding in snapshot.codings if coding.id == wanted.casefold()]
        if not found and len(wanted) >= 4:
            found = [coding for coding in snapshot.codings if coding.id.endswith(wanted.casefold())]
        if not found:
            raise UsageError(
                f"There is no coding “{wanted[:40]}”.", "`tbcp-qual codes queue` lists them with their ids."
            )
        if len(found) > 1:
            raise UsageError(
                f"Several codings end in “{wanted}”.", f"Give more of it: {'; '.join(c.id for c in found)}"
            )
        if found[0].coder != snapshot.viewer:
            name = snapshot.coder_by_id[found[0].coder].name
            raise Conflict(f"The coding “{wanted[:40]}” is {name}'s.", f"Only {name} can decide on it.")
        chosen[found[0].id] = found[0]
    return list(chosen.values())


def confirm(snapshot: Snapshot, codings: Sequence[Coding]) -> Act:
    """Say that codings of one's own are right under the definitions as they stand now."""
    changes = recoding.keep(snapshot.codebook, codings)
    return Act(f"confirmed {some(len(changes), 'coding')} under {_under(snapshot.codebook, codings)}", changes)


def recode(snapshot: Snapshot, codings: Sequence[Coding], code: Code) -> Act:
    """Give codings of one's own another code.

    Raises:
        UsageError: the code is retired.
        Conflict: a code of the same exclusive domain is on the same words.
    """
    own = [coding for coding in snapshot.codings if coding.coder == snapshot.viewer]
    changes = recoding.give_code(snapshot.codebook, own, codings, code)
    return Act(f"recoded {some(len(changes), 'coding')} as {code.name}", changes)


def drop(snapshot: Snapshot, codings: Sequence[Coding]) -> Act:
    """Take codings of one's own away."""
    return Act(
        f"dropped {some(len(codings), 'coding')} of {_under(snapshot.codebook, codings)}", recoding.take_away(codings)
    )


def revisited(snapshot: Snapshot, code: Code, documents: Sequence[Document]) -> Act:
    """Say that the viewer has read documents again for a code that came after they were done."""
    at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    changes = recoding.revisited(snapshot, code, [document.id for document in documents], at=at)
    what = documents[0].name if len(documents) == 1 else f"{len(documents)} documents"
    return Act(f"read again for {code.name}: {what}", changes)


def _under(codebook: Codebook, codings: Iterable[Coding]) -> str:
    names = list(dict.fromkeys(codebook.current(coding.code).name for coding in codings))
    return names[0] if len(names) == 1 else f"{len(names)} codes"
